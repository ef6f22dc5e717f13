"""Sentences that go on behind what stands in their middle: captions, headings, page furniture."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain

from zhclean.lines.blocks import BARRIERS, Kind
from zhclean.lines.controls import is_count
from zhclean.lines.edges import SLACK, WIDEST
from zhclean.lines.published import begins_with_year, names_source
from zhclean.lines.terms import is_term
from zhclean.models.odds import either, odds, posterior, within
from zhclean.models.opinions import Pair
from zhclean.patterns import pattern
from zhclean.seams.evidence import COST_OF_TITLE, Evidence
from zhclean.seams.headlines import LONGEST_CAPTION

ACROSS_LIMIT = 12.0
"""Log-odds of the words are taken no more seriously than this."""

EXPLAINED_LIMIT, FIT_LIMIT = 8.0, 4.0
"""The same for what an interruption explains, and for `JOIN` against `SPLICE`."""

UNLIKELY = -8.0
"""Log-odds that an unfinished line without a candidate is interrupted."""

LEAST_HEADLESS = -1.5
"""Least log probability that a line has no beginning: behind an end mark the network hardly expects it."""

LOOSE_END = 4.0
"""Log-odds against half a sentence being left over."""

FARTHER = 1.5
"""Log-odds by which a place farther down may be less likely, and yet it is there that the sentence goes on: what
stands before it has been charged for.
"""

MOVING = 0.4
"""Probability from which on something is moved, if a join does not ask for more: moved wrongly it does more harm."""

INTRUDERS = 3
"""Lines that may stand in the middle of a sentence."""

INTERRUPTION = (0.40, 0.23, 0.77, 4.1)
"""Weights: a logistic regression on news of the dev split, with captions, headings and page furniture put into
sentences, and without; and a constant, chosen there together with the costs below."""

INTRUDER_COST = {
    Kind.FURNITURE: 0.0,
    Kind.CAPTION: 0.5,
    Kind.CREDITED: 0.5,
    Kind.BYLINE: 0.5,
    Kind.CREDIT: 0.5,
    Kind.BELOW: 0.5,
}
"""Log-odds against a sentence being interrupted by such a line."""

PAGE_END = 2.0
"""Log-odds for a sentence going on where nothing but page furniture interrupts it: pages end in mid-sentence."""

COST_OF_TEXT = 0.1
"""The same for each character of a line that is nothing in particular: headings are short."""

COST_OF_FULL = 3.0
"""The same for one that is about as wide as the lines of the wrapped text it stands in: of a hundred captions and
headings five are so, and most lines of the text.
"""

COST_OF_NAME, COST_OF_SCRAP, COST_OF_RUBRIC = 6.0, 2.0, 3.0
"""The same for one that may be a name, and for one as short: whose it is stands below a headline. And more if another is
as short: they are the rubrics of a list.
"""

COST_OF_TERM = 8.0
"""The same for a number in front of what it counts, and for what else is a word of a sentence (`zhclean.lines.terms`)."""

COST_OF_FRAGMENT = 5.0
"""The same for a line of a text in fragments: nearly all are words of a sentence."""

COST_OF_LONE_NUMBER, LONGEST_LONE_PAGE = 4.0, 3
"""The same for a number that counts nothing, if there is no other: one page may have its number, but hardly of four digits.
"""

COST_OF_SENTENCE = 2.8
"""The same for one that ends like a sentence, if it is the last: most are the other half of one."""

COST_OF_SET_OFF = 2.5
"""The same, at most, where the line with which it goes on is set off like the first of a paragraph."""

COST_OF_LABEL = 2.5
"""The same where the unfinished line has no clause and no word goes on: it may be a heading or a label itself."""

COST_OF_NO_END = 2.5
"""The same where the line with which it goes on has neither a clause nor an end: the second half of a sentence has."""

COST_OF_CLAUSE = 2.0
"""The same for one that breaks off behind a clause: headings hardly have one."""

COST_OF_DIGITS = 4.0
"""The same where digits meet: to the models any two of them are one number."""

COST_OF_HALF, CLEARLY = 2.3, 4.2
"""The same where one of the lines between could be the other half of the sentence; and the log-odds from which on
it could.
"""

OPAQUE = BARRIERS | {Kind.DATELINE, Kind.TURN}
"""What nobody looks through, nor through most items of lists."""

_CAPTIONS = frozenset({Kind.CAPTION, Kind.CREDITED})
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


COST_OF_CAPTION = 0.7
"""The same where the unfinished line is more likely the caption of the picture that the next line credits."""

COST_OF_TWO, NEARLY_AS_WELL = 4.0, 3.0
"""The same for one that goes on in the next line, which has the credit, and by how much less it may do so below an end."""

Interruptions = dict[int, tuple[int, float]]
"""For each line whose sentence is interrupted: the line with which it goes on, and the log-odds."""


def interruptions(evidence: Evidence, probability: Sequence[float], threshold: float) -> Interruptions:
    """Find the sentences that go on behind something else; their spans do not overlap.

    `probability` is that of each break to be joined directly.
    """
    pairs = candidates(evidence, probability, threshold)
    best: Interruptions = {}
    for (left, right), value in zip(pairs, _odds_of(evidence, pairs), strict=True):
        nearer = best.get(left)
        if nearer and (value <= nearer[1] - FARTHER or evidence.is_one_elsewhere(left, nearer[0])):
            continue
        best[left] = right, value
    return _apart(_believed(evidence, best, odds(max(threshold, MOVING)))) if best else {}


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
        if any(kind(x) is Kind.LIST_ITEM for x in range(a + 1, c)) and not _goes_across(evidence, a, c):
            continue  # a numbered heading mostly ends what stands above
        if not (evidence.is_clause(a) or evidence.is_clause(c)):
            continue  # rows of a table or a list
        if kind(c) is Kind.CREDITED and kind(x) is Kind.CAPTION and not evidence.lines.terminal[x]:
            continue  # the rest of the caption
        if kind(c) in (Kind.TEXT, Kind.CREDITED) and not (
            evidence.is_scrap(c) or evidence.is_doubled(a, c) or evidence.is_row(c)
        ):
            yield c


def _stands_alone(evidence: Evidence, a: int, c: int) -> bool:
    """Whether line `a` is no fragment that may go on in line `c`."""
    alone = not evidence.wrapped[a] and evidence.stands_alone(a, c)
    return alone and not _goes_across(evidence, a, c)


def _goes_across(evidence: Evidence, a: int, c: int) -> bool:
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
    if evidence.leads_to_stray(a) or evidence.kind(a) in _CAPTIONS or evidence.is_doubled(a, a + 1):
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
        return not (evidence.is_clause(a) and c < len(evidence.lines) and _goes_across(evidence, a, c))
    heads_story = evidence.is_byline(a + 1) and evidence.may_head_story(a)
    return heads_story and not any(evidence.is_word_across(a, c) for c in within_reach(evidence, a))


def _is_told_below(evidence: Evidence, a: int) -> bool:
    """Whether line `a` may be a headline, and the next line tells who wrote what stands below, when, or who read it."""
    below, content = evidence.kind(a + 1), evidence.lines.content[a + 1]
    if below is Kind.FURNITURE and not evidence.wrapped[a]:
        dated = names_source(content) and evidence.may_be_headline(a)
        return dated or (evidence.may_be_title_in_clauses(a) and not _is_page_end(evidence, a + 1))
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


def _odds_of(evidence: Evidence, pairs: Sequence[Pair]) -> Iterator[float]:
    """Log-odds of each pair: how the sentence goes on, and how well that explains the lines between."""
    halves = [_other_halves(evidence, a, c) for a, c in pairs]
    evidence.opinions([*pairs, *chain.from_iterable(halves)])  # asked for all at once
    evidence.senses([neighbours for a, c in pairs for neighbours in ((a, a + 1), (c - 1, c))])
    of_words, of_explanation, of_fit, constant = INTERRUPTION
    for (a, c), other_halves in zip(pairs, halves, strict=True):
        across = evidence.opinion(a, c)
        words = within(across.goes_on, ACROSS_LIMIT)
        explanation = within(explained(evidence, a, c), EXPLAINED_LIMIT)
        fit = within(across.fits, FIT_LIMIT)
        cost = sum(_cost(evidence, x) for x in range(a + 1, c))
        if evidence.is_label_before(a, c):
            cost += COST_OF_LABEL
        if not (evidence.lines.terminal[c] or evidence.is_clause(c)):
            cost += COST_OF_NO_END
        if all(_is_of_page(evidence, x) for x in range(a + 1, c)):
            cost -= PAGE_END
        if _ends_a_sentence(evidence, c - 1):
            cost += COST_OF_SENTENCE
        cost += min(max(-evidence.begun[c - 1], 0.0), COST_OF_SET_OFF)
        if any(opinion.goes_on > CLEARLY for opinion in evidence.opinions(other_halves)):
            cost += COST_OF_HALF
        if _may_be_wrapped(evidence, a, c):
            cost += COST_OF_FULL
        if evidence.do_digits_meet(a, c):
            cost += COST_OF_DIGITS
        if evidence.is_caption(a):
            cost += COST_OF_CAPTION
        if _is_caption_of_two(evidence, a, c):
            cost += COST_OF_TWO
        if evidence.may_be_title(a) or _may_be_head_of_page(evidence, a, c):
            cost += COST_OF_TITLE
        yield of_words * words + of_explanation * explanation + of_fit * fit + constant - cost


def _is_caption_of_two(evidence: Evidence, a: int, c: int) -> bool:
    """Whether line `a` is the first line of a caption that the next one, with its credit, ends: no word goes across to line
    `c`, and its sentence goes on better in the next line, or below an end nearly as well.
    """
    is_first = a > 0 and not evidence.wrapped[a] and len(evidence.lines.content[a]) <= LONGEST_CAPTION
    if not is_first or evidence.kind(a + 1) is not Kind.CREDITED or _goes_across(evidence, a, c):
        return False
    nearly = NEARLY_AS_WELL if evidence.lines.terminal[a - 1] else 0.0
    return evidence.opinion(a, a + 1).goes_on > max(0.0, evidence.opinion(a, c).goes_on - nearly)


def _may_be_head_of_page(evidence: Evidence, a: int, c: int) -> bool:
    """Whether line `a` may be the headline, although it has a comma, and what stands below it tells who wrote it, when, or
    who read it: no word goes on, and it is neither the number of a page nor a caption.
    """
    if not evidence.may_be_title_in_clauses(a) or _goes_across(evidence, a, c):
        return False
    return all(
        evidence.kind(x) not in _CAPTIONS and not (evidence.lines.terminal[x] or _is_page_end(evidence, x))
        for x in range(a + 1, c)
    )


def _is_page_end(evidence: Evidence, x: int) -> bool:
    """Whether line `x` is furniture that may stand in the middle of a sentence: neither a date nor a number of readers, as
    portals set them below a headline.
    """
    content = evidence.lines.content[x]
    return evidence.kind(x) is Kind.FURNITURE and not (is_count(content) or begins_with_year(content))


def explained(evidence: Evidence, a: int, c: int) -> float:
    """How much better an interrupted sentence explains what follows what than its best rival.

    The rivals: the left goes on with the very next line, the right with the one before it, or both.
    Each leaves an unfinished left or a headless right behind, unless that was an end.
    """
    across, into, out = evidence.senses([(a, c), (a, a + 1), (c - 1, c)])
    cannot_go_on, cannot_come = evidence.barred(a, a + 1), evidence.barred(c - 1, c)
    goes_on = -math.inf if cannot_go_on else into.join
    comes = -math.inf if cannot_come else out.join
    left_open = either(into.join, into.splice) if cannot_go_on else into.splice
    headless = max(either(out.join, out.splice) if cannot_come else out.splice, LEAST_HEADLESS)
    interrupted = left_open + across.join + headless
    only_left = goes_on + either(out.end, headless - LOOSE_END)
    only_right = comes + either(into.end, left_open - LOOSE_END)
    return interrupted - max(only_left, only_right, goes_on + comes)


def _ends_a_sentence(evidence: Evidence, x: int) -> bool:
    """Whether line `x` is the end of a sentence, and not one quoted from the text."""
    return evidence.lines.terminal[x] and evidence.kind(x) is Kind.TEXT and not evidence.is_pull_quote(x)


def _other_halves(evidence: Evidence, a: int, c: int) -> list[Pair]:
    """The line behind line `a` if it may end its sentence, and the one in front of line `c` if it may begin it."""
    begins = not evidence.lines.terminal[c - 1] and evidence.is_clause(c - 1)
    halves = [
        pair
        for pair, may_be in (((a, a + 1), _ends_a_sentence(evidence, a + 1)), ((c - 1, c), begins))
        if may_be
    ]
    return [pair for pair in halves if not evidence.barred(*pair)]


def _cost(evidence: Evidence, x: int) -> float:
    """Log-odds against a sentence being interrupted by line `x`."""
    if evidence.kind(x) is not Kind.TEXT:
        if evidence.may_be_piece(x):
            return COST_OF_FRAGMENT
        if evidence.is_spoken_of(x):
            return COST_OF_TERM
        if not _is_number_of_text(evidence, x):
            return INTRUDER_COST.get(evidence.kind(x), 0.0)
        return COST_OF_LONE_NUMBER if _is_lone_number(evidence, x) else COST_OF_TERM
    if is_term(evidence.lines.content[x]):
        return COST_OF_TERM
    if evidence.is_fragmented:
        return COST_OF_FRAGMENT
    if evidence.is_pull_quote(x):
        return 0.0
    cost = len(evidence.lines.content[x]) * COST_OF_TEXT + _cost_of_shortness(evidence, x)
    if evidence.is_clause(x) and not evidence.lines.terminal[x]:
        cost += COST_OF_CLAUSE
    return cost + (COST_OF_FULL if _is_about_full(evidence, x) else 0.0)


def _is_number_of_text(evidence: Evidence, x: int) -> bool:
    """Whether line `x` is a number that is none of a page: it counts what follows, or is not set off, or there are
    others of no sequence.
    """
    beside = evidence.kind(x - 1), evidence.kind(x + 1)
    if not evidence.is_number(x) or evidence.is_numbered_page(x) or Kind.FURNITURE in beside:
        return False
    if _is_surely_of_text(evidence, x):
        return True
    is_set_off = evidence.lines.newlines[x] > 1 and evidence.is_single_number(x)
    return not (evidence.wrapped[x - 1] or is_set_off)


def _is_lone_number(evidence: Evidence, x: int) -> bool:
    """Whether line `x` is the only number on a line of its own, and counts nothing."""
    return evidence.is_single_number(x) and not _is_surely_of_text(evidence, x)


def _is_surely_of_text(evidence: Evidence, x: int) -> bool:
    """Whether a number is longer than that of a page, or counts what follows."""
    return evidence.is_counted(x) or len(evidence.lines.content[x]) > LONGEST_LONE_PAGE


def _is_about_full(evidence: Evidence, x: int) -> bool:
    wrap = evidence.layout.wrap[x]
    return wrap > 0 and (evidence.full[x] or abs(wrap - evidence.lines.width_of(x)) <= 2 * SLACK)


def _may_be_wrapped(evidence: Evidence, a: int, c: int) -> bool:
    """Whether line `a`, the next one and line `c` may be lines of a wrapped text of so few that it does not show."""
    if evidence.wrapped[a] or evidence.kind(a + 1) is not Kind.TEXT:
        return False
    lines = evidence.lines
    width, next_one, last = (lines.width_of(i) for i in (a, a + 1, c))
    return width <= WIDEST and any(
        abs(edge - next_one) <= SLACK and last <= edge + SLACK for edge in (width, lines.indent[a] + width)
    )


def _is_of_page(evidence: Evidence, x: int) -> bool:
    if evidence.kind(x) is not Kind.FURNITURE or evidence.is_spoken_of(x):
        return False
    return not _is_number_of_text(evidence, x)


def _cost_of_shortness(evidence: Evidence, x: int) -> float:
    """Log-odds against what is moved being no more than a name: below the first line any scrap is one."""
    if evidence.is_name(x) or (x == 1 and evidence.is_scrap(x)):
        return COST_OF_NAME
    if not evidence.is_scrap(x):
        return 0.0
    return COST_OF_SCRAP + (COST_OF_RUBRIC if evidence.is_rubric(x) else 0.0)


def _believed(evidence: Evidence, best: Interruptions, least: float) -> Interruptions:
    """Those that are likely given how many sentences of this document seem to be interrupted."""
    values = [best[a][1] if a in best else UNLIKELY for a in evidence.asked]
    content = evidence.lines.content
    halves = ((content[a], content[best[a][0]] if a in best else "") for a in evidence.asked)
    judged = zip(evidence.asked, posterior(values, halves), strict=True)
    return {a: (best[a][0], value) for a, value in judged if a in best and value > least}


def _apart(best: Interruptions) -> Interruptions:
    """The surest of those that stand in each other's way."""
    taken: set[int] = set()
    chosen = {}
    for left, (right, value) in sorted(best.items(), key=lambda item: (-item[1][1], item[0])):
        if taken.isdisjoint(range(left, right)):
            taken.update(range(left, right))
            chosen[left] = right, value
    return chosen
