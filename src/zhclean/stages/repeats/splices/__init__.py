"""An end of one paragraph that came to stand at an end of another, and paragraphs cut out of another."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from zhclean.characters import CLAUSE_MARKS, CLOSERS
from zhclean.edits import Span
from zhclean.lines.blocks import Kind, kind
from zhclean.lines.teasers import has_link
from zhclean.models.odds import probability
from zhclean.models.opinions import opinion
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.differences import makes_word
from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.reading_on import CONTEXT, going_on, read_on
from zhclean.stages.repeats.splices.belonging import Edge, Place, belonging, edge
from zhclean.stages.repeats.wording import is_unpaired

SHORTEST = 30
"""Characters of a stretch; shorter ones stand twice by nature, but for an end of two paragraphs that stands in mid-clause
in the one and, in the other, behind a full stop or in a line of its own: ten million characters have none."""

LONG = 40
"""Characters from which a stretch is no formula even where it comes from the middle of its paragraph, or where
both places cut a clause; and from which a line with a comma in it is no headline."""

# Log-odds by which a stretch must belong to one place more than to the other.
BEHIND_A_STOP = 0.8
"""Where the splice begins behind a full stop and the stretch in mid-clause: nature does not repeat in this way."""

SHORT_BEHIND_A_STOP = 3.5
"""The same of a stretch shorter than `SHORTEST`: the words do go on there. What begins a sentence may stand behind a verb
elsewhere, as behind 获悉."""

IN_A_CLAUSE = 2.2
"""Where both cut a clause, or the splice alone: one splice in a hundred is then taken for what it was cut from."""

AT_A_MARK = 4.5
"""Where a mark stands at one of the cuts: writers do begin there what they said before."""

ALIKE = 8.0
"""Where what stands in front is alike: formulas are."""

GOES_ON = 4.0
"""Log-odds that a line goes on from what stands in front of it elsewhere, so that it is no sentence that can begin there:
behind 获悉, 表示 and 目前 one has 3.6 at most, and of ends that were cut anywhere four in five have more."""

AROUND = 1_000
"""Characters of a line in front of a stretch and behind it that are looked at; more would take its length a pair."""

OWN = 10
"""Characters, at least, of what is a paragraph's own in front of what was spliced onto it."""

FORMULA = 3
"""Places at which a stretch must stand to be a formula."""

PARALLEL = 6
"""Characters in front of a stretch that may be alike in both places."""

SUREST = 0.95
"""Confidence, at most, in what words say."""


def find_splices(page: Page) -> Iterator[Claim]:
    """Claim what stands at an end of a paragraph and does not belong there, and cut-out paragraphs."""
    places = [
        (_place(page, first), _place(page, second))
        for first, second in page.shared
        if page.line_at(first.start) != page.line_at(second.start)
    ]
    pairs = [pair for pair in places if _length(pair[0]) >= SHORTEST or _are_tails(*pair)]
    # A line that stands twice as a whole says nothing new of what is in it.
    told = {(first, second) for first, second in pairs if _line(page, first) != _line(page, second)}
    tails = Counter(_tail(page.text, first) for first, _ in told)
    belongs = dict(_belonging(page.text, pairs))
    for first, second in pairs:
        claims = [*_cut(page, first, second), *_cut(page, second, first)]
        if (first, second) in belongs and tails[_tail(page.text, first)] + 1 < FORMULA:
            claims += _spliced(page.text, first, second, belongs[first, second])
            claims += _spliced(page.text, second, first, -belongs[first, second])
        yield from sorted(claims, key=lambda claim: -claim.confidence)[:1]


def _belonging(
    text: str, pairs: Sequence[tuple[Place, Place]]
) -> Iterator[tuple[tuple[Place, Place], float]]:
    """Of each pair of which one may be a splice: by how much the stretch belongs to the second place more."""
    asked = [pair for pair in pairs if min(_least(text, *pair), _least(text, *pair[::-1])) < math.inf]
    belongs = belonging(text, [*chain.from_iterable(asked)])
    for pair, of_first, of_second in zip(asked, belongs[::2], belongs[1::2], strict=True):
        yield pair, of_second - of_first


def _length(place: Place) -> int:
    return place.span.end - place.span.start


def _are_tails(first: Place, second: Place) -> bool:
    return not (first.right or second.right)


def _line(page: Page, place: Place) -> str:
    return page.contents[place.line]


def _tail(text: str, place: Place) -> str:
    return text[max(place.span.start, place.span.end - SHORTEST) : place.span.end]


def _place(page: Page, span: Span) -> Place:
    number = page.line_at(span.start)
    line, text = page.spans[number], page.text
    left, right = max(line.start, span.start - AROUND), min(line.end, span.end + AROUND)
    return Place(number, span, text[left : span.start], text[span.end : right])


def _cut(page: Page, copy: Place, source: Place) -> Iterator[Claim]:
    """The claim that `copy` was cut out of the source's line, as its own edges show."""
    text = page.text
    stretch = text[slice(*copy.span)]
    if not copy.left and not copy.right:
        is_cut = source.left and (_is_cut_out(stretch, source) or _is_beheaded(text, copy, source, stretch))
        if is_cut and not _is_run_together(page, copy.line, source):
            yield Claim(copy.span, source.span, "part of another paragraph", 0.9, copy.line)
    elif not copy.right:
        if len(copy.left) >= OWN and _is_cut_off(copy, source, stretch):
            yield Claim(copy.span, source.span, "cut-off beginning of another paragraph spliced on", 0.9)
    elif not (copy.left or source.right) and _is_misplaced_in_front(copy.right, source.left, stretch):
        yield Claim(copy.span, source.span, "end of another paragraph repeated in front", 0.75)


def _spliced(text: str, copy: Place, source: Place, better: float) -> Iterator[Claim]:
    """The claim that `copy` does not belong to what stands in front of it.

    `better` is by how much the stretch belongs to the source more than to the copy, in log-odds.
    """
    if better > _least(text, copy, source):
        confidence = round(min(probability(better), SUREST), 2)
        yield Claim(copy.span, source.span, "end of another paragraph spliced on", confidence)


def _least(text: str, copy: Place, source: Place) -> float:
    """The log-odds that must speak for the source; infinite where nature repeats a stretch in this way."""
    if copy.right or len(copy.left) < OWN:
        return math.inf
    stretch = text[slice(*copy.span)]
    here, there = edge(copy.left, stretch), edge(source.left, stretch)
    at_mark = Edge.CLAUSE in (here, there)
    if here is Edge.SENTENCE and not source.right and _begins_nothing(copy.left, stretch):
        return -math.inf
    if Edge.WORD not in (here, there):
        return math.inf
    if len(stretch) < SHORTEST and here is not Edge.SENTENCE:
        return math.inf
    if len(stretch) < LONG and (here is there or at_mark or source.right):
        return math.inf
    if _alike(copy.left, source.left, 3 if here is Edge.SENTENCE else 2):
        return ALIKE
    if at_mark or here is not Edge.SENTENCE:
        return AT_A_MARK if at_mark else IN_A_CLAUSE
    return BEHIND_A_STOP if len(stretch) >= SHORTEST else SHORT_BEHIND_A_STOP


def _begins_nothing(left: str, stretch: str) -> bool:
    """Whether no sentence can begin like that behind another one: with a mark, or what closes no bracket or quotation."""
    return stretch[0] in CLAUSE_MARKS or (stretch[0] in CLOSERS and is_unpaired(left + stretch))


def _is_cut_off(copy: Place, source: Place, stretch: str) -> bool:
    """Whether another paragraph begins here, in mid-clause or behind a full stop, and breaks off in mid-sentence."""
    if source.left or edge(stretch, source.right) not in (Edge.WORD, Edge.CLAUSE):
        return False
    here = edge(copy.left, stretch)
    return here is Edge.SENTENCE or (here is Edge.WORD and _fits_ill(copy.left, stretch))


def _fits_ill(left: str, right: str) -> bool:
    return opinion(left[-CONTEXT:], right[:CONTEXT]).fits < 0


def _is_cut_out(line: str, source: Place) -> bool:
    """Whether a line that stands within another was cut out of it in mid-clause; a pull quote is not."""
    if len(line) < SHORTEST or not _is_text(line):
        return False
    return edge(line, source.right) is Edge.WORD or _begins_in_word(source.left, line)


def _is_run_together(page: Page, line: int, source: Place) -> bool:
    """Whether the other line ends with a link to the rest, or has the line beside this one, too, which does not go on: this
    one was not cut out of it, but rows and entries were run together in it.
    """
    if has_link(page.contents[source.line]):
        return True
    before, behind = page.content(line - 1), page.content(line + 1)
    beside = [
        (before, page.contents[line], bool(before) and source.left.rstrip().endswith(before)),
        (page.contents[line], behind, bool(behind) and source.right.lstrip().startswith(behind)),
    ]
    return any(is_there and not read_on((left, right)) for left, right, is_there in beside)


def _is_text(line: str) -> bool:
    return kind(line) is Kind.TEXT and any(mark in line for mark in CLAUSE_MARKS)


def _is_beheaded(text: str, copy: Place, source: Place, line: str) -> bool:
    """Whether a line below another one is its end, from amid a clause on: a pull quote begins where a clause does.

    What stands behind an unfinished line may go on with that one: a link or a date may have a line of its own.
    """
    if source.right or copy.line < source.line or not _is_text(line):
        return False
    in_front = text[max(copy.span.start - CONTEXT, 0) : copy.span.start].rstrip()
    if in_front[-1:] not in CLOSERS and edge(in_front, line) is not Edge.SENTENCE:
        return False
    is_amid = edge(source.left, line) is Edge.WORD
    return is_amid and going_on(source.left, line) > GOES_ON


def _begins_in_word(own_left: str, stretch: str) -> bool:
    return edge(own_left, stretch) is Edge.WORD and makes_word(own_left[-3:], "", stretch[:3])


def _is_misplaced_in_front(right: str, own_left: str, stretch: str) -> bool:
    """Whether `stretch`, which ends another paragraph, does not belong in front of `right`."""
    if not own_left or len(stretch) < LONG:
        return False
    if edge(stretch, right) is Edge.WORD:
        return _fits_ill(stretch, right)
    return edge(stretch, right) is Edge.SENTENCE and _begins_in_word(own_left, stretch)


def _alike(a: str, b: str, least: int) -> bool:
    """Whether so many characters in a row stand at both ends."""
    a, b = a[-PARALLEL:], b[-PARALLEL:]
    return any(a[i : i + least] in b for i in range(len(a) - least + 1))
