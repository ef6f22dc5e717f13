"""Sentences that go on behind what stands in their middle: captions, headings, page furniture."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain

from zhclean.lines.blocks import Kind
from zhclean.lines.edges import SLACK, WIDEST
from zhclean.models.odds import either, odds, posterior, within
from zhclean.models.opinions import Pair
from zhclean.seams.candidates import CAPTIONS, candidates, goes_across
from zhclean.seams.evidence import COST_OF_TITLE, Evidence
from zhclean.seams.headlines import LONGEST_CAPTION
from zhclean.seams.intruders import COST_OF_FULL, cost_of, is_of_page, is_page_end

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

INTERRUPTION = (0.40, 0.23, 0.77, 4.1)
"""Weights: a logistic regression on news of the dev split, with captions, headings and page furniture put into
sentences, and without; and a constant, chosen there together with the costs below."""

PAGE_END = 2.0
"""Log-odds for a sentence going on where nothing but page furniture interrupts it: pages end in mid-sentence."""

COST_OF_SENTENCE = 2.8
"""Log-odds against it where the last line between ends like a sentence: most are the other half of one."""

COST_OF_SET_OFF = 2.5
"""The same, at most, where the line with which it goes on is set off like the first of a paragraph."""

COST_OF_LABEL = 2.5
"""The same where the unfinished line has no clause and no word goes on: it may be a heading or a label itself."""

COST_OF_NO_END = 2.5
"""The same where the line with which it goes on has neither a clause nor an end: the second half of a sentence has."""

COST_OF_DIGITS = 4.0
"""The same where digits meet: to the models any two of them are one number."""

COST_OF_HALF, CLEARLY = 2.3, 4.2
"""The same where one of the lines between could be the other half of the sentence; and the log-odds from which on
it could.
"""

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
        cost = _cost_of_halves(evidence, a, c) + _cost_of_lines(evidence, a, c)
        if any(opinion.goes_on > CLEARLY for opinion in evidence.opinions(other_halves)):
            cost += COST_OF_HALF
        yield of_words * words + of_explanation * explanation + of_fit * fit + constant - cost


def _cost_of_lines(evidence: Evidence, a: int, c: int) -> float:
    """Log-odds against what stands between lines `a` and `c` interrupting a sentence."""
    cost = sum(cost_of(evidence, x) for x in range(a + 1, c))
    if all(is_of_page(evidence, x) for x in range(a + 1, c)):
        cost -= PAGE_END
    if _ends_a_sentence(evidence, c - 1):
        cost += COST_OF_SENTENCE
    return cost


def _cost_of_halves(evidence: Evidence, a: int, c: int) -> float:
    """Log-odds against line `a` being interrupted, and line `c` being the rest of its sentence."""
    cost = min(max(-evidence.begun[c - 1], 0.0), COST_OF_SET_OFF)
    if not (evidence.lines.terminal[c] or evidence.is_clause(c)):
        cost += COST_OF_NO_END
    if evidence.is_label_before(a, c):
        cost += COST_OF_LABEL
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
    return cost


def _is_caption_of_two(evidence: Evidence, a: int, c: int) -> bool:
    """Whether line `a` is the first line of a caption that the next one, with its credit, ends: no word goes across to line
    `c`, and its sentence goes on better in the next line, or below an end nearly as well.
    """
    is_first = a > 0 and not evidence.wrapped[a] and len(evidence.lines.content[a]) <= LONGEST_CAPTION
    if not is_first or evidence.kind(a + 1) is not Kind.CREDITED or goes_across(evidence, a, c):
        return False
    nearly = NEARLY_AS_WELL if evidence.lines.terminal[a - 1] else 0.0
    return evidence.opinion(a, a + 1).goes_on > max(0.0, evidence.opinion(a, c).goes_on - nearly)


def _may_be_head_of_page(evidence: Evidence, a: int, c: int) -> bool:
    """Whether line `a` may be the headline, although it has a comma, and what stands below it tells who wrote it, when, or
    who read it: no word goes on, and it is neither the number of a page nor a caption.
    """
    if not evidence.may_be_title_in_clauses(a) or goes_across(evidence, a, c):
        return False
    return all(
        evidence.kind(x) not in CAPTIONS and not (evidence.lines.terminal[x] or is_page_end(evidence, x))
        for x in range(a + 1, c)
    )


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


def _may_be_wrapped(evidence: Evidence, a: int, c: int) -> bool:
    """Whether line `a`, the next one and line `c` may be lines of a wrapped text of so few that it does not show."""
    if evidence.wrapped[a] or evidence.kind(a + 1) is not Kind.TEXT:
        return False
    lines = evidence.lines
    width, next_one, last = (lines.width_of(i) for i in (a, a + 1, c))
    return width <= WIDEST and any(
        abs(edge - next_one) <= SLACK and last <= edge + SLACK for edge in (width, lines.indent[a] + width)
    )


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
