"""With which lines below a sentence may go on, if what stands between is none of it."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate

from zhclean.lines.blocks import BARRIERS, Kind
from zhclean.lines.published import names_source
from zhclean.models.opinions import Pair
from zhclean.patterns import pattern
from zhclean.seams.evidence import Evidence
from zhclean.seams.headlines import LONGEST_CAPTION
from zhclean.seams.intruders import is_page_end

INTRUDERS = 3
"""Lines that may stand in the middle of a sentence."""

OPAQUE = BARRIERS | {Kind.DATELINE, Kind.TURN}
"""What nobody looks through, nor through most items of lists."""

CAPTIONS = frozenset({Kind.CAPTION, Kind.CREDITED})
"""What is complete as it stands."""

SHOWS = ("即", "为", "為", "是", "如", "叫", "称", "稱")

LONGEST_SHOWN = 8
"""How a line ends behind which a name, a number or a formula may be shown on a line of its own, and characters of that."""

_TURNS = pattern("[（(]? ?下? ?[转轉][^，。；！？]{1,8}[版页頁张張]")

_COMES = pattern("[（(]? ?上? ?接[^，。；！？]{1,8}[版页頁张張]")
"""Where a story goes on, at the foot of a page, and where it comes from, at the head of another."""

_PAGER = pattern("[上下]一[页頁]|[首末尾][页頁]|第[0-9]{1,3}[页頁]")

_OF_PICTURE = pattern("[（(]?[图圖]")

SETTLED, SHORT = 0.995, 24
"""Probability of a break outside wrapped stretches from which on nobody asks whether something interrupts it,
and characters of a line so short that one asks all the same: most headings and captions are."""

SETTLED_END = -0.15
"""Log probability of an end from which on nobody looks for the rest of the sentence further down."""

LONGEST_PAGER = 12
"""Lines between the halves of a sentence, at most: those of a pager are one intruder, however many they are."""

LONGEST_INTRUDER = 90
"""Characters of a line that can be a caption or heading; longer ones are text."""


def candidates(evidence: Evidence, probability: Sequence[float], threshold: float) -> list[Pair]:
    """Lines whose sentence may go on behind something else, with the lines with which it may.

    Nobody looks beyond a break that is joined directly, nor for those that certainly are, nor behind a full
    line of a wrapped text that certainly goes on.
    """
    before = array("q", [0])  # how many are joined before each break
    before.extend(accumulate(p > threshold for p in probability))
    asked = [a for a in evidence.asked if not _is_settled(evidence, a, probability[a], threshold)]
    pairs = [
        (a, c)
        for a in asked
        for c in _behind(evidence, a)
        if before[a + 1] == before[c - 1] and not (evidence.full[c - 1] and probability[c - 1] > SETTLED)
    ]
    pairs = evidence.doubtful(pairs)
    open_ended = _open_ended(evidence, list(dict.fromkeys(a for a, _ in pairs)))
    return [(a, c) for a, c in pairs if a in open_ended]


def _is_settled(evidence: Evidence, a: int, probability: float, threshold: float) -> bool:
    """Whether line `a` goes on in the next line, so that nobody asks what might interrupt it."""
    if evidence.wrapped[a]:
        return not evidence.stray[a + 1]
    return probability > SETTLED and len(evidence.lines.content[a + 1]) > SHORT


def _behind(evidence: Evidence, a: int) -> Iterator[int]:
    """Lines with which the sentence of line `a` may go on, if what stands between is an intruder."""
    kind = evidence.kind
    if _ends_here(evidence, a) or evidence.stands_in_one(a, a + 1):
        return
    for c in within_reach(evidence, a):
        x = c - 1
        if kind(x) is Kind.TEXT and _is_no_heading(evidence, x):
            return
        if (c == a + 2 and evidence.is_enclosed(x)) or _stands_alone(evidence, a, c):
            continue
        if evidence.lines.content[c] == evidence.lines.content[a + 1]:
            continue  # the next entry of a list ends as this one does
        if _are_headed(evidence, range(a + 1, c)) and not goes_across(evidence, a, c):
            continue  # a numbered heading mostly ends what stands above
        if not (evidence.is_clause(a) or evidence.is_clause(c)):
            continue  # rows of a table or a list
        if kind(c) is Kind.CREDITED and kind(x) is Kind.CAPTION and not evidence.lines.terminal[x]:
            continue  # the rest of the caption
        if kind(c) in (Kind.TEXT, Kind.CREDITED) and not (
            evidence.is_scrap(c) or evidence.is_doubled(a, c) or evidence.is_row(c)
        ):
            yield c


def _are_headed(evidence: Evidence, between: range) -> bool:
    """Whether one of these lines is numbered and no sentence, as a note is at the foot of a page."""
    return any(evidence.kind(x) is Kind.LIST_ITEM and not evidence.lines.terminal[x] for x in between)


def _stands_alone(evidence: Evidence, a: int, c: int) -> bool:
    """Whether line `a` is no fragment that may go on in line `c`."""
    alone = not evidence.wrapped[a] and evidence.stands_alone(a, c)
    return alone and not goes_across(evidence, a, c)


def goes_across(evidence: Evidence, a: int, c: int) -> bool:
    """Whether a word, a number or a title goes across the break between two lines."""
    return evidence.is_word_across(a, c) or evidence.is_torn(a, c)


def _is_broken_off(evidence: Evidence, a: int) -> bool:
    """Whether line `a` breaks off amid something that goes on within reach: a headline may go on in a word by chance."""
    may_be_sentence = evidence.is_clause(a)
    return any(
        evidence.is_torn(a, c) or (may_be_sentence and evidence.is_word_across(a, c))
        for c in within_reach(evidence, a)
    )


def _is_no_heading(evidence: Evidence, x: int) -> bool:
    """Whether line `x` is none: a single character, which may be the rest of a word, what goes on itself, a word of the
    sentence that was a link, or a row of a list.
    """
    content = evidence.lines.content[x]
    return len(content) < 2 or content.endswith(("，", "、")) or evidence.is_link(x) or evidence.is_listed(x)


def _ends_here(evidence: Evidence, a: int) -> bool:
    """Whether what stands below line `a` is no intruder, whatever goes on behind it."""
    if evidence.leads_to_stray(a) or evidence.kind(a) in CAPTIONS or evidence.is_doubled(a, a + 1):
        return True
    if not evidence.wrapped[a] and evidence.is_scrap(a) and not _is_broken_off(evidence, a):
        return True
    if evidence.is_listed(a) or evidence.is_keywords(a) or evidence.are_bulleted(a, a + 1):
        return True
    if evidence.kind(a) is Kind.TEXT and (_goes_on_elsewhere(evidence, a) or _is_headline(evidence, a)):
        return True
    if evidence.kind(a + 1) is not Kind.TEXT:
        return False
    if evidence.begin_alike(a, a + 1):
        return True
    shown = evidence.lines.content[a + 1]
    is_short = len(shown) <= LONGEST_SHOWN and not evidence.lines.terminal[a + 1]
    return is_short and evidence.lines.content[a].endswith(SHOWS)


def _goes_on_elsewhere(evidence: Evidence, a: int) -> bool:
    """Whether a line below line `a` sends the reader to another page, and none below that says where it comes from."""
    below = evidence.lines.content[a + 1 : a + 3]
    return _TURNS.match(below[0]) is not None and not (len(below) > 1 and _COMES.match(below[1]))


def _is_headline(evidence: Evidence, a: int) -> bool:
    """Whether the line below line `a` tells who wrote what stands below that, or when, and nothing goes across it."""
    if _is_told_below(evidence, a):
        c = a + 2
        return not (evidence.is_clause(a) and c < len(evidence.lines) and goes_across(evidence, a, c))
    heads_story = evidence.is_byline(a + 1) and evidence.may_head_story(a)
    return heads_story and not any(evidence.is_word_across(a, c) for c in within_reach(evidence, a))


def _is_told_below(evidence: Evidence, a: int) -> bool:
    """Whether line `a` may be a headline, and the next line tells who wrote what stands below, when, or who read it."""
    below, content = evidence.kind(a + 1), evidence.lines.content[a + 1]
    if below is Kind.FURNITURE and not evidence.wrapped[a]:
        dated = names_source(content) and evidence.may_be_headline(a)
        return dated or (evidence.may_be_title_in_clauses(a) and not is_page_end(evidence, a + 1))
    is_of_text = below in (Kind.BYLINE, Kind.CREDIT) and not _OF_PICTURE.match(content)
    return is_of_text and evidence.may_be_headline(a)


def within_reach(evidence: Evidence, a: int) -> Iterator[int]:
    """Lines with no more between them and line `a` than can be an interruption, by its length and kind."""
    content, quoted = evidence.lines.content, evidence.lines.quoted
    intruders = 0
    for c in range(a + 2, min(a + 2 + LONGEST_PAGER, len(content))):
        in_pager = evidence.kind(c - 1) is evidence.kind(c - 2) is Kind.FURNITURE
        intruders += not (in_pager and _PAGER.search("".join(content[a + 1 : a + LONGEST_PAGER])))
        if intruders > INTRUDERS or len(content[c - 1]) > LONGEST_INTRUDER or _is_opaque(evidence, a, c - 1):
            return
        if quoted[a] == quoted[c - 1] == quoted[c]:
            yield c


def _is_opaque(evidence: Evidence, a: int, x: int) -> bool:
    """Whether nobody looks through line `x` behind line `a`: a heading or a note with a number is no longer than a caption,
    and no next item.
    """
    if evidence.kind(x) is not Kind.LIST_ITEM:
        return evidence.kind(x) in OPAQUE
    is_item = evidence.kind(a) is Kind.LIST_ITEM or len(evidence.lines.content[x]) > LONGEST_CAPTION
    return is_item and not evidence.is_item_heading(x)


def _open_ended(evidence: Evidence, lines: Sequence[int]) -> set[int]:
    """Those of the lines that may be unfinished."""
    said = zip(lines, evidence.senses([(a, a + 1) for a in lines]), strict=True)
    return {a for a, sense in said if sense.end <= SETTLED_END or evidence.barred(a, a + 1)}
