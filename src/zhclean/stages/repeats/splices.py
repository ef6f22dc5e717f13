"""An end of one paragraph that came to stand at an end of another, and paragraphs cut out of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from zhclean.blocks import Kind, kind
from zhclean.characters import CLAUSE_MARKS, CLOSERS, TERMINALS
from zhclean.edits import Span
from zhclean.seams import continuation, opinion
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.differences import makes_word
from zhclean.stages.repeats.page import Page

SHORTEST = 30
"""Characters of a stretch; shorter ones stand twice by nature."""

LONG = 40
"""Characters from which a stretch is no formula even where it comes from the middle of its paragraph, or where
both places cut a clause."""

CONTEXT = 24
"""Characters on either side of a cut that are looked at."""

BETTER = 5.0
"""By how much the words must speak for one of two places, in log-odds, where both cut a clause."""

POOR = 0.3
"""Log-odds up to which words may be taken not to go together where the stretch is known to belong elsewhere."""

AMID = -15.0
"""Log-odds, behind a full stop, of missing text against a new sentence, from which words do not begin one."""

OWN = 10
"""Characters, at least, of what is a paragraph's own in front of what was spliced onto it."""

FORMULA = 3
"""Places at which a stretch must stand to be a formula."""

PARALLEL = 6
"""Characters in front of a stretch that, alike in both places, make it a formula and no accident."""


class Edge(IntEnum):
    """What a cut goes through."""

    LINE = 0
    """Nothing: a line begins or ends there."""
    SENTENCE = 1
    """It lies behind the end of a sentence."""
    CLAUSE = 2
    """A mark stands at it."""
    WORD = 3
    """It goes through a clause."""


class Place(NamedTuple):
    """A stretch that stands twice, as it stands in one line, with what is left and right of it there."""

    line: int
    span: Span
    left: str
    right: str


def find_splices(page: Page) -> Iterator[Claim]:
    """Claim what stands at an end of a paragraph and does not belong there, and cut-out paragraphs."""
    shared = [pair for pair in page.shared if pair.first.end - pair.first.start >= SHORTEST]
    pairs = Counter(_tail(page, first) for first, _ in shared)
    lines = Counter(page.keys) if shared else Counter[str]()
    for first, second in shared:
        places = _place(page, first), _place(page, second)
        if places[0].line == places[1].line:
            continue
        is_formula = pairs[_tail(page, first)] + 1 >= FORMULA
        claims = [
            claim
            for copy, source in (places, places[::-1])
            if (claim := _judge(page.text, copy, source, lines[page.keys[source.line]] > 1, is_formula))
        ]
        yield from sorted(claims, key=lambda claim: -claim.confidence)[:1]


def _tail(page: Page, span: Span) -> str:
    return page.text[span.end - SHORTEST : span.end]


def _place(page: Page, span: Span) -> Place:
    number = page.line_at(span.start)
    line, text = page.spans[number], page.text
    return Place(number, span, text[line.start : span.start], text[span.end : line.end])


def _judge(text: str, copy: Place, source: Place, is_repeated: bool, is_formula: bool) -> Claim | None:
    """The claim that `copy` does not belong where it stands, and `source` does.

    `is_repeated` tells that the source's line stands elsewhere word for word, `is_formula` that the stretch
    stands in many places.
    """
    stretch = text[slice(*copy.span)]
    if not copy.left and not copy.right:
        if source.left and _is_cut_out(stretch, source.left, source.right):
            return Claim(copy.span, source.span, "part of another paragraph", 0.9, copy.line)
    elif not copy.right and len(copy.left) >= OWN:
        if source.left and source.right and len(stretch) < LONG:
            return None
        doubt = _repeated_end(copy, stretch) if is_repeated else 0.0
        if not is_formula:
            doubt = max(doubt, _misfit(copy.left, source.left, stretch))
        return Claim(copy.span, source.span, "end of another paragraph spliced on", doubt) if doubt else None
    elif not copy.left and source.left and not source.right and len(stretch) >= LONG:
        doubt = _misfit_in_front(copy.right, stretch)
        return (
            Claim(copy.span, source.span, "end of another paragraph repeated in front", doubt)
            if doubt
            else None
        )
    return None


def _repeated_end(copy: Place, stretch: str) -> float:
    """How sure it is that the end of a paragraph that stands elsewhere as a whole does not belong here."""
    if len(stretch) < LONG or _edge(copy.left, stretch) is not Edge.WORD:
        return 0.0
    return 0.9 if continuation(copy.left[-CONTEXT:], stretch[:CONTEXT]) < POOR else 0.0


def _is_cut_out(line: str, own_left: str, own_right: str) -> bool:
    """Whether a line that stands within another was cut out of it in mid-clause; a pull quote is not."""
    if kind(line) is not Kind.TEXT or not any(m in line for m in CLAUSE_MARKS):
        return False
    if _edge(line, own_right) is Edge.WORD:
        return True
    return _edge(own_left, line) is Edge.WORD and makes_word(own_left[-3:], "", line[:3])


def _misfit(left: str, own_left: str, stretch: str) -> float:
    """How sure it is that `stretch` goes on from `own_left` and not from `left`; 0 where that is open."""
    here, there = _edge(left, stretch), _edge(own_left, stretch)
    if here is Edge.SENTENCE:
        return _begins_amid(left, own_left, stretch) if there is Edge.WORD else 0.0
    fit = continuation(left[-CONTEXT:], stretch[:CONTEXT])
    if there in (Edge.LINE, Edge.SENTENCE):
        misplaced = here is Edge.WORD and fit < 0 and not _begins_amid(own_left, left, stretch)
        return 0.8 if misplaced else 0.0
    if len(stretch) < LONG or _alike(left[-PARALLEL:], own_left[-PARALLEL:]):
        return 0.0
    if here is Edge.CLAUSE:
        return 0.75 if there is Edge.WORD and makes_word(own_left[-3:], "", stretch[:3]) else 0.0
    better = continuation(own_left[-CONTEXT:], stretch[:CONTEXT]) - fit
    return 0.75 if better > BETTER else 0.0


def _begins_amid(left: str, own_left: str, stretch: str) -> float:
    """How sure it is that behind a full stop `stretch` begins amid the sentence it was cut out of."""
    if makes_word(own_left[-3:], "", stretch[:3]):
        return 0.95
    if stretch[0] in "（(“「《":
        return 0.0
    said = opinion(left[-CONTEXT:].rstrip(), stretch[:CONTEXT].lstrip())
    return 0.8 if said.splice - said.end > AMID else 0.0


def _misfit_in_front(right: str, stretch: str) -> float:
    """How sure it is that `stretch`, which ends another paragraph, does not belong in front of `right`."""
    if _edge(stretch, right) is not Edge.WORD:
        return 0.0
    return 0.75 if continuation(stretch[-CONTEXT:], right[:CONTEXT]) < 0 else 0.0


def _edge(left: str, right: str) -> Edge:
    left, right = left.rstrip(), right.lstrip()
    if not left or not right:
        return Edge.LINE
    if left.rstrip(CLOSERS)[-1:] in TERMINALS:
        return Edge.SENTENCE
    marks = CLAUSE_MARKS + CLOSERS + "—"
    return Edge.CLAUSE if left[-1] in marks or right[0] in marks else Edge.WORD


def _alike(a: str, b: str) -> bool:
    """Whether two characters in a row stand in both."""
    return any(a[i : i + 2] in b for i in range(len(a) - 1))
