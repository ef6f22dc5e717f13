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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from zhclean.blocks import BARRIERS, OPENINGS, Kind, kind
from zhclean.layout import SLACK, Layout, layout_of
from zhclean.lines import Flags, Ints, Lines, code_points
from zhclean.model import END, JOIN, SPLICE, Around, FactFinder, network

Scores = npt.NDArray[np.float64]


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


# Likelihood ratios, as natural logarithms; measured on the train split of hard-wrapped news.
FULL_LINE = 1.9  # .99 of the lines that go on are full, and about .15 of those that end a paragraph
SHORT_LINE = -6.0
NO_END_MARK = 3.0  # .97 of the lines that go on, .05 of the paragraphs
END_MARK = -3.4
WRAPPED = 1.1  # three of four line ends of a wrapped text are breaks
STYLE_LIMIT = 4.0
WORDS_LIMIT = 8.0

UNDAMAGED = 0.75
"""Prior probability that a document has no break of the kind only words can tell."""

DAMAGE_RATES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9)
"""Shares of unfinished line ends that are breaks in a damaged document: equally likely beforehand."""

TRUST_IN_WORDS = 0.85
"""The network's log-odds are taken this seriously: its errors within one document are not independent."""

CERTAIN = 5.0
"""Layout, marks and style that add up to this leave the words nothing to decide."""

INTRUDERS = 4
"""Lines that may stand in the middle of a sentence."""

LONGEST_INTRUDER = 90
"""Characters of a line that can be a caption or heading; longer ones are text."""


def judge(lines: Lines, threshold: float = 0.5) -> list[Seam]:
    """The breaks of a text that are no paragraph ends, in order: those to join and those to report."""
    if len(lines) < 2:
        return []
    return list(_Judge(lines, threshold).seams())


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
    return float(_odds_against_all(network().log_odds(facts))[0])


def _odds_against_all(log_odds: npt.NDArray[np.float32]) -> Scores:
    return np.asarray(log_odds[:, JOIN] - np.logaddexp(log_odds[:, END], log_odds[:, SPLICE]), np.float64)


class Words:
    """The network's opinion on pairs of lines of one text, asked for in batches."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._known: dict[tuple[int, int], npt.NDArray[np.float32]] = {}

    @cached_property
    def _finder(self) -> FactFinder:
        return FactFinder(self._lines.points)

    def ask(self, left: Ints, right: Ints, wrapped: Flags) -> npt.NDArray[np.float32]:
        """Rows of log probabilities (`JOIN`, `END`, `SPLICE`) for lines `left` and `right`."""
        around = Around(*(self._spans(i) for i in (left - 1, left, right, right + 1)))
        return network().log_odds(self._finder(around, wrapped))

    def _spans(self, which: Ints) -> tuple[Ints, Ints]:
        lines = self._lines
        exists = (which >= 0) & (which < len(lines))
        at = np.clip(which, 0, len(lines) - 1)
        return np.where(exists, lines.start[at], 0), np.where(exists, lines.end[at], 0)


@dataclass
class _Judge:
    lines: Lines
    threshold: float
    _kinds: dict[int, Kind] = field(default_factory=dict)

    def kind(self, i: int) -> Kind:
        if i not in self._kinds:
            self._kinds[i] = kind(self.lines.content(i))
        return self._kinds[i]

    @cached_property
    def layout(self) -> Layout:
        return layout_of(self.lines)

    @cached_property
    def full(self) -> Flags:
        """Lines with no room left, those included whose indent was cut off with the paragraph's others."""
        lines, layout = self.lines, self.layout
        follows_end = np.concatenate([[True], (lines.terminal & ~layout.full)[:-1]])
        short_by = layout.wrap - lines.width
        for indent in (4, 2):
            cut_off = follows_end & (layout.wrap > 0) & (np.abs(short_by - indent) <= 1)
            whole = follows_end & layout.full
            if np.count_nonzero(cut_off) > 2 * np.count_nonzero(whole) + 1:
                behind_open_end = np.concatenate([[True], ~layout.full[:-1]])
                first = behind_open_end & (layout.wrap > 0) & (np.abs(short_by - indent) <= 1)
                return layout.full | first
        return layout.full

    @cached_property
    def style(self) -> Scores:
        """Of each break: how much its blank lines and indent look like those within paragraphs."""
        lines = self.lines
        wrapped = self.layout.wrap[:-1] > 0
        end = lines.terminal[:-1] & ~self.full[:-1]
        within = ~lines.terminal[:-1] & self.full[:-1] & wrapped
        blank = np.minimum(lines.newlines[1:], 3)
        indent = lines.indent[1:]
        score = np.zeros(len(lines) - 1)
        for value, usual_within, usual_end in ((blank, 1, None), (indent, _usual(indent[within]), None)):
            score += _ratio(value, within, end, usual_within)
        return np.clip(score, -STYLE_LIMIT, STYLE_LIMIT)

    @cached_property
    def cheap(self) -> Scores:
        """Evidence of each break without its words, in wrapped stretches; elsewhere style alone."""
        lines = self.lines
        left = slice(0, len(lines) - 1)
        wrapped = self.layout.wrap[left] > 0
        marks = np.where(lines.terminal[left], END_MARK, NO_END_MARK)
        layout = np.where(self.full[left], FULL_LINE, SHORT_LINE)
        return self.style + np.where(wrapped, WRAPPED + layout + marks, 0.0)

    # --- the three questions -------------------------------------------------------------------------

    def seams(self) -> Iterator[Seam]:
        probability, reasons = self.direct()
        joined = probability > self.threshold
        through = self.looked_through(joined)
        for i in range(len(joined)):
            if i in through:
                yield through[i]
            elif joined[i]:
                yield Seam(i, i + 1, Verdict.JOIN, float(probability[i]), self.reasons(i))
            elif i in self.gaps:
                yield Seam(i, i + 1, Verdict.GAP, self.gaps[i], ("the sentence stops and something else follows",))

    @cached_property
    def asked(self) -> Ints:
        """Breaks whose words are asked for: those the cheap evidence leaves open."""
        left = slice(0, len(self.lines) - 1)
        wrapped = self.layout.wrap[left] > 0
        first = np.concatenate([[True], ~self.full[:-2]])
        settled = wrapped & self.full[left] & (self.cheap > CERTAIN) & ~first
        candidates = np.flatnonzero(~self.lines.terminal[left] & ~settled)
        return np.array([i for i in candidates if not self.barred(int(i), int(i) + 1)], dtype=np.int64)

    def barred(self, left: int, right: int) -> bool:
        """What the two lines are rules out that a sentence goes on."""
        a, b = self.kind(left), self.kind(right)
        return a in BARRIERS or b in BARRIERS or b in OPENINGS or a in (Kind.FURNITURE, Kind.CREDIT)

    @cached_property
    def words(self) -> npt.NDArray[np.float32]:
        asked = self.asked
        if not len(asked):
            return np.zeros((0, 3), np.float32)
        return Words(self.lines).ask(asked, asked + 1, self.layout.wrap[asked] > 0)

    def direct(self) -> tuple[Scores, None]:
        """Probability of each break that the sentence goes on in the next line."""
        odds = np.where(self.layout.wrap[:-1] > 0, self.cheap, -np.inf)
        asked = self.asked
        against_end = np.clip(self.words[:, JOIN] - self.words[:, END], -WORDS_LIMIT, WORDS_LIMIT)
        against_splice = np.minimum(self.words[:, JOIN] - self.words[:, SPLICE], 0)
        wrapped = self.layout.wrap[asked] > 0
        words = TRUST_IN_WORDS * against_end
        open_ones = ~wrapped
        odds[asked[wrapped]] += words[wrapped]
        evidence = words[open_ones] + self.style[asked[open_ones]]
        damage = _posterior(evidence)
        odds[asked[open_ones]] = damage
        probability = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
        # text missing: the words fit neither
        fits = 1 / (1 + np.exp(-(against_splice + 1.0)))
        probability[asked[open_ones]] *= np.where(against_splice[open_ones] < -1.0, 0, 1)
        for i in np.flatnonzero(probability > self.threshold):
            if self.full[i] and wrapped_hard_bar(self.kind(int(i)), self.kind(int(i) + 1)):
                probability[i] = 0
        return probability, None

    @cached_property
    def gaps(self) -> dict[int, float]:
        found = {}
        for i, row in zip(self.asked, self.words, strict=True):
            if row[SPLICE] > row[JOIN] + 1 and row[SPLICE] > row[END] + 1.5 and self.layout.wrap[i] == 0:
                if self.lines.end[i] - self.lines.start[i] >= 20:
                    found[int(i)] = float(np.exp(row[SPLICE]))
        return found

    def looked_through(self, joined: Flags) -> dict[int, Seam]:
        return {}

    def reasons(self, i: int) -> tuple[str, ...]:
        return ("the sentence goes on",)


def wrapped_hard_bar(a: Kind, b: Kind) -> bool:
    return a in BARRIERS or b in BARRIERS


def _usual(values: Ints) -> int:
    return int(np.bincount(values).argmax()) if len(values) else 0


def _ratio(value: Ints, within: Flags, end: Flags, usual: int) -> Scores:
    """Log ratio of how often a value is seen within paragraphs and at their ends, in this document."""
    kinds, which = np.unique(value, return_inverse=True)
    prior_within = np.where(kinds == usual, 0.7, 0.3 / max(1, len(kinds) - 1))
    prior_end = np.full(len(kinds), 1 / len(kinds))
    seen_within = np.bincount(which[within], minlength=len(kinds))
    seen_end = np.bincount(which[end], minlength=len(kinds))
    p = (seen_within + prior_within) / (seen_within.sum() + 1)
    q = (seen_end + prior_end) / (seen_end.sum() + 1)
    return np.asarray(np.log(p) - np.log(q))[which] if len(kinds) > 1 else np.zeros(len(value))


def _posterior(evidence: Scores) -> Scores:
    """Log-odds of each break, given the evidence of all: how damaged the document is, is learnt from them."""
    if not len(evidence):
        return evidence
    rates = np.array(DAMAGE_RATES)
    ratio = np.exp(evidence)[None, :]
    likelihood = np.log1p(rates[:, None] * (ratio - 1)).sum(axis=1)
    weights = np.concatenate([[np.log(UNDAMAGED)], likelihood + np.log((1 - UNDAMAGED) / len(rates))])
    weights = np.exp(weights - weights.max())
    weights = weights[1:] / weights.sum()
    each = rates[:, None] * ratio / (1 + rates[:, None] * (ratio - 1))
    probability = np.clip((weights[:, None] * each).sum(axis=0), 1e-12, 1 - 1e-12)
    return np.asarray(np.log(probability) - np.log1p(-probability))
