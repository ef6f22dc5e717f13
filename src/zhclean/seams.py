"""Does the sentence go on across this break? The one place where that is judged.

Evidence is added up as logarithms of likelihood ratios ("how much more often is this seen where a sentence
goes on than where a text ends"), so each piece can be named as a reason:

- layout: a full line in a wrapped stretch, or one that ends short of its edge;
- marks: the line ends like a sentence, or does not;
- style: the blank lines and indents with which *this* document sets off what certainly are paragraphs;
- words: the network of `zhclean.model` over the characters on both sides;
- damage: how many of the document's other seams are breaks. In a page without any certain break every join
  is suspect; in one with thirty an uncertain one is likely.

What a line is (`zhclean.blocks`) comes first: no sentence runs across a heading or a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

import numpy as np

from zhclean.blocks import BARRIERS, Kind
from zhclean.evidence import LEADS_OVER, Evidence
from zhclean.interruptions import interruptions
from zhclean.layout import LEAST
from zhclean.lines import Lines, code_points
from zhclean.model import Around, FactFinder, opinions
from zhclean.odds import Scores, odds, posterior, probability


class Verdict(Enum):
    """What is to be done with a break; the breaks not spoken of are kept."""

    JOIN = "join"
    GAP = "gap"


class Seam(NamedTuple):
    """A judgement on the break behind line `left`.

    `right` is the line the sentence goes on with; lines between the two stand in its way.
    """

    left: int
    right: int
    verdict: Verdict
    probability: float
    reasons: tuple[str, ...]


NEVER_GOES_ON = BARRIERS | {Kind.CREDIT, Kind.FURNITURE}
"""Lines whose sentence does not go on even if they are full."""

WORDS_LIMIT = 8.0
"""Log-odds of the words are taken no more seriously than this."""

AS_GOOD = 3.0
"""Log-odds by which the next line may fit better than one behind an intruder and yet not be preferred."""

SPLICE_LIMIT = -1.8
"""Log-odds of `JOIN` against `SPLICE` below which nothing is joined: text seems to be missing."""

GAP_MARGIN = 1.0
"""Log-odds by which `SPLICE` must lead for a gap to be reported."""

UNFINISHED = -3.0
"""Log probability of an end below which a break that is not joined is reported as a gap all the same."""

_SENTENCE = re.compile("[，。；！？]|.{40}", re.DOTALL)
"""What a line must have to be called cut off: others are headings more often than not."""


def judge(lines: Lines, threshold: float = 0.4) -> list[Seam]:
    """The breaks of a text that are no paragraph ends, in order: those to join and those to report."""
    if len(lines) < 2 or lines.terminal[:-1].all():
        return []  # a text without an unfinished line is not broken
    return list(_seams(Evidence(lines), threshold))


def judge_spaces(lines: Lines, threshold: float = 0.4) -> list[Seam]:
    """The same for `zhclean.lines.pieces_of`: spaces that a wrap left behind, within wrapped stretches only."""
    if len(lines) < LEAST or lines.terminal[:-1].all():
        return []
    evidence = Evidence(lines)
    space = (lines.newlines[1:] == 1) & evidence.wrapped & evidence.full[:-1]
    if np.count_nonzero(space) < LEAST:
        return []
    direct = _direct(evidence, threshold)
    joined = np.flatnonzero(space & (direct > threshold)).tolist()
    return [
        Seam(i, i + 1, Verdict.JOIN, float(direct[i]), ("space left over from a line end",)) for i in joined
    ]


def continuation(left: str, right: str) -> float:
    """Log-odds that `right` goes on where `left` stops, from the words alone.

    Above 0: more likely one sentence than two texts or a place where text is missing.
    """
    if not left or not right:
        return 0.0
    text = left + right
    begin, middle, end = np.array([0]), np.array([len(left)]), np.array([len(text)])
    around = Around((begin, begin), (begin, middle), (middle, end), (begin, begin))
    facts = FactFinder(code_points(text))(around, np.zeros(1, np.bool_))
    return float(opinions(facts).goes_on[0])


def _seams(evidence: Evidence, threshold: float) -> Iterator[Seam]:
    direct = _direct(evidence, threshold)
    through = interruptions(evidence, direct, threshold)
    behind = -1
    direct_odds = odds(direct)
    for i in np.union1d(np.flatnonzero(direct > threshold), evidence.asked).tolist():
        if i < behind:
            continue  # stands in the middle of a sentence that was completed across it
        farther, odds_farther = through.get(i, (i, -np.inf))
        if odds_farther > direct_odds[i] - AS_GOOD:
            behind = farther
            reason = "the sentence goes on behind what interrupts it"
            yield Seam(i, farther, Verdict.JOIN, float(probability(odds_farther)), (reason,))
        elif direct[i] > threshold:
            yield Seam(i, i + 1, Verdict.JOIN, float(direct[i]), tuple(_reasons(evidence, i)))
        else:
            yield from _gap(evidence, i)


def _direct(evidence: Evidence, threshold: float) -> Scores:
    """Probability of each break that the sentence goes on in the next line."""
    asked, opinions = evidence.asked, evidence.opinions
    total = np.where(evidence.wrapped, evidence.cheap, -np.inf)
    words = np.clip(opinions.goes_on, -WORDS_LIMIT, WORDS_LIMIT)
    barred = np.array([evidence.barred(i, i + 1) for i in asked.tolist()], dtype=bool)
    loose = ~evidence.wrapped[asked]
    total[asked[~loose]] += words[~loose]
    total[asked[loose]] = posterior(np.where(barred, -WORDS_LIMIT, words + evidence.begun[asked])[loose])
    total[asked[barred | (loose & (opinions.against_splice < SPLICE_LIMIT))]] = -np.inf
    result = np.asarray(probability(total))
    for i in np.flatnonzero(result > threshold).tolist():
        if evidence.kind(i) in NEVER_GOES_ON or evidence.kind(i + 1) in BARRIERS:
            result[i] = 0
    return result


def _gap(evidence: Evidence, i: int) -> Iterator[Seam]:
    """A place where text is missing: the words fit neither a sentence that goes on nor an end."""
    at = evidence.opinion_of.get(i)
    content = evidence.lines.content(i)
    if at is None or evidence.wrapped[i] or content.endswith(LEADS_OVER) or not _SENTENCE.search(content):
        return
    opinions = evidence.opinions
    neither = opinions.splice[at] > max(opinions.join[at], opinions.end[at]) + GAP_MARGIN
    open_end = opinions.against_end[at] > 0 and opinions.end[at] < UNFINISHED
    if neither or (open_end and not evidence.stands_alone(i)):
        reason = "the sentence breaks off: text is missing, or stands elsewhere"
        yield Seam(i, i + 1, Verdict.GAP, round(float(1 - np.exp(opinions.end[at])), 3), (reason,))


def _reasons(evidence: Evidence, i: int) -> Iterator[str]:
    """What speaks for joining at this break, the strongest first."""
    if evidence.wrapped[i] and evidence.full[i]:
        yield f"line is full (wrapped at {evidence.layout.wrap[i]} columns)"
    elif not evidence.lines.terminal[i]:
        yield "sentence is unfinished at the line end"
    if evidence.style[i] > 1:
        yield "not set off as this text sets off paragraphs"
    at = evidence.opinion_of.get(i)
    if at is not None and evidence.opinions.goes_on[at] > 1:
        yield "the words go on"
