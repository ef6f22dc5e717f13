"""Sentences that go on behind what stands in their middle: captions, headings, page furniture."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from zhclean.blocks import BARRIERS, Kind
from zhclean.evidence import Evidence
from zhclean.lines import Flags
from zhclean.model import Opinions
from zhclean.odds import Scores, odds, posterior

ACROSS_LIMIT = 12.0
"""Log-odds of the words are taken no more seriously than this."""

UNLIKELY = -8.0
"""Log-odds that an unfinished line without a candidate is interrupted."""

LEAST_HEADLESS = -1.5
"""Least log probability that a line has no beginning: behind an end mark the network hardly expects it."""

LOOSE_END = 4.0
"""Log-odds against half a sentence being left over."""

FARTHER = 1.0
"""Log-odds by which a sentence must go on better farther down than at the nearest place it could."""

INTRUDERS = 4
"""Lines that may stand in the middle of a sentence."""

INTERRUPTION = (0.4, 0.16, 0.85, 0.7)
"""Weights and a constant: a logistic regression on news of the dev split, with captions, headings and page
furniture put into sentences, and without."""

INTRUDER_COST = {
    Kind.FURNITURE: -0.2,
    Kind.CAPTION: 0.5,
    Kind.CREDITED: 0.5,
    Kind.BYLINE: 0.5,
    Kind.CREDIT: 0.5,
}
"""Log-odds against a sentence being interrupted by such a line."""

COST_OF_TEXT = 0.08
"""The same for each character of a line that is nothing in particular: headings are short."""

OPAQUE = BARRIERS | {Kind.LIST_ITEM, Kind.DATELINE}
"""What nobody looks through."""

SETTLED_END = -0.15
"""Log probability of an end from which on nobody looks for the rest of the sentence further down."""

LONGEST_INTRUDER = 90
"""Characters of a line that can be a caption or heading; longer ones are text."""


Pairs = list[tuple[int, int]]
"""Lines whose sentence may go on, and the lines with which."""


def interruptions(evidence: Evidence, probability: Scores, threshold: float) -> dict[int, tuple[int, float]]:
    """For each line whose sentence is interrupted: the line with which it goes on, and the log-odds.

    `probability` is that of each break to be joined directly. Spans from one to the other do not overlap.
    """
    joined: Flags = probability > threshold
    settled = evidence.wrapped & joined
    asked = [a for a in evidence.asked.tolist() if not settled[a]]
    pairs = [(a, c) for a in asked for c in _candidates(evidence, a)]
    pairs = [(a, c) for a, c in pairs if not joined[a + 1 : c - 1].any()]
    if not pairs:
        return {}
    best: dict[int, tuple[int, float]] = {}
    for (left, right), value in zip(pairs, _odds_of(evidence, pairs).tolist(), strict=True):
        if value > best.get(left, (0, -np.inf))[1] + FARTHER:
            best[left] = right, value
    return _apart(_believed(evidence, best, odds(threshold)))


def _candidates(evidence: Evidence, a: int) -> Iterator[int]:
    """Lines with which the sentence of line `a` may go on, if what stands between is an intruder."""
    lines, kind = evidence.lines, evidence.kind
    if evidence.opinions.end[evidence.opinion_of[a]] > SETTLED_END and not evidence.barred(a, a + 1):
        return
    if not evidence.wrapped[a] and evidence.stands_alone(a):
        return
    for c in range(a + 2, min(a + 2 + INTRUDERS, len(lines))):
        x = c - 1
        length = lines.end[x] - lines.start[x]
        if kind(x) in OPAQUE or length > LONGEST_INTRUDER or (kind(x) is Kind.TEXT and length < 2):
            return  # a single character is no heading but may be the rest of a word
        if kind(c) in (Kind.TEXT, Kind.CREDITED) and not evidence.is_scrap(c):
            yield c


def _odds_of(evidence: Evidence, pairs: Pairs) -> Scores:
    """Log-odds of each pair: how the sentence goes on, and how well that explains the lines between."""
    a, c = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
    across, into, out = (evidence.ask(*pair) for pair in ((a, c), (a, a + 1), (c - 1, c)))
    of_words, of_explanation, of_fit, constant = INTERRUPTION
    words = np.clip(across.goes_on, -ACROSS_LIMIT, ACROSS_LIMIT)
    explained = np.clip(_explained(evidence, pairs, across, into, out), -8, 8)
    fit = np.clip(across.against_splice, -4, 4)
    costs = np.array([sum(_cost(evidence, x) for x in range(a + 1, c)) for a, c in pairs])
    return np.asarray(of_words * words + of_explanation * explained + of_fit * fit + constant - costs)


def _explained(evidence: Evidence, pairs: Pairs, across: Opinions, into: Opinions, out: Opinions) -> Scores:
    """How much better an interrupted sentence explains what follows what than its best rival.

    The rivals: the left goes on with the very next line, the right with the one before it, or both.
    Each leaves an unfinished left or a headless right behind, unless that was an end.
    """
    cannot_go_on = np.array([evidence.barred(a, a + 1) for a, _ in pairs])
    cannot_come = np.array([evidence.barred(c - 1, c) for _, c in pairs])
    goes_on = np.where(cannot_go_on, -np.inf, into.join)
    comes = np.where(cannot_come, -np.inf, out.join)
    left_open = np.where(cannot_go_on, np.logaddexp(into.join, into.splice), into.splice)
    headless = np.maximum(
        np.where(cannot_come, np.logaddexp(out.join, out.splice), out.splice), LEAST_HEADLESS
    )
    interrupted = left_open + across.join + headless
    only_left = goes_on + np.logaddexp(out.end, headless - LOOSE_END)
    only_right = comes + np.logaddexp(into.end, left_open - LOOSE_END)
    rival = np.maximum(np.maximum(only_left, only_right), goes_on + comes)
    return np.asarray(interrupted - rival, np.float64)


def _cost(evidence: Evidence, x: int) -> float:
    """Log-odds against a sentence being interrupted by line `x`."""
    if evidence.kind(x) is Kind.TEXT:
        return float(evidence.lines.end[x] - evidence.lines.start[x]) * COST_OF_TEXT
    return INTRUDER_COST.get(evidence.kind(x), 0.0)


def _believed(
    evidence: Evidence, best: dict[int, tuple[int, float]], least: float
) -> dict[int, tuple[int, float]]:
    """Those that are likely given how many sentences of this document seem to be interrupted."""
    values = np.full(len(evidence.asked), UNLIKELY)
    for left, (_, value) in best.items():
        values[evidence.opinion_of[left]] = value
    all_told = posterior(values)
    judged = {left: (right, float(all_told[evidence.opinion_of[left]])) for left, (right, _) in best.items()}
    return {left: (right, value) for left, (right, value) in judged.items() if value > least}


def _apart(best: dict[int, tuple[int, float]]) -> dict[int, tuple[int, float]]:
    """The surest of those that stand in each other's way."""
    taken: set[int] = set()
    chosen = {}
    for left, (right, value) in sorted(best.items(), key=lambda item: (-item[1][1], item[0])):
        if taken.isdisjoint(range(left, right)):
            taken.update(range(left, right))
            chosen[left] = right, value
    return chosen
