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
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from zhclean.blocks import BARRIERS, OPENINGS, Kind, kind
from zhclean.layout import LEAST, Layout, layout_of
from zhclean.lines import Flags, Ints, Lines, code_points
from zhclean.model import Around, FactFinder, Opinions, opinions

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


ENDED = BARRIERS | {Kind.FURNITURE, Kind.CREDIT, Kind.BYLINE}
"""What goes on in no other line."""

# Likelihood ratios, as natural logarithms; measured on the train split of hard-wrapped news.
FULL_LINE = 1.9  # .99 of the lines that go on are full, and about .15 of those that end a paragraph
SHORT_LINE = -6.0
NO_END_MARK = 3.0  # .97 of the lines that go on, .05 of the paragraphs
END_MARK = -4.4
WRAPPED = 1.1  # three of four line ends of a wrapped text are breaks
STYLE_LIMIT = 7.0
WORDS_LIMIT = 8.0

UNDAMAGED = 0.9
"""Prior probability that a document has no break of the kind only words can tell."""

DAMAGE_RATES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9)
"""Shares of unfinished line ends that are breaks in a damaged document: equally likely beforehand."""

CERTAIN = 5.0
"""Layout, marks and style that add up to this leave the words nothing to decide."""

HEADLESS = -1.5
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

INTRUDER_COST = {Kind.FURNITURE: -0.2, Kind.CAPTION: 0.5, Kind.CREDITED: 0.5, Kind.BYLINE: 0.5, Kind.CREDIT: 0.5}
"""Log-odds against a sentence being interrupted by such a line."""

COST_OF_TEXT = 0.08
"""The same for each character of a line that is nothing in particular: headings are short."""

OPAQUE = BARRIERS | {Kind.LIST_ITEM, Kind.DATELINE}
"""What nobody looks through."""

SHORTEST_FRAGMENT = 5
"""Characters of the beginning of a paragraph; shorter ones on a line of their own are names and headings."""

COPY = 12
"""Characters two lines must have in common to be copies of each other."""

SHORT_COLUMNS, RAGGED_RUN = 40, 5
"""How short lines are, and how many there are in a row, that stand alone: verse, names, tables."""

SETTLED_END = -0.15
"""Log probability of an end from which on nobody looks for the rest of the sentence further down."""

SPLICE_LIMIT = -3.0
"""Log-odds of `JOIN` against `SPLICE` below which nothing is joined: text seems to be missing."""

GAP_MARGIN = 1.0

_SENTENCE = re.compile("[，。；！？]|.{40}", re.DOTALL)
"""What a line must have to be called cut off: others are headings more often than not."""

_DATE = re.compile("[0-9０-９〇○零一二三四五六七八九十年月日时分上下午晚至.．:：/—-]{1,16}")
"""A line that is nothing but a date, a time or a number."""

_LEADS_OVER = ("——", "：", ":", "；", ";")
"""How a line ends that leads over to the paragraphs behind it, more often than it breaks off."""

LONGEST_INTRUDER = 90
"""Characters of a line that can be a caption or heading; longer ones are text."""


def judge(lines: Lines, threshold: float = 0.35) -> list[Seam]:
    """The breaks of a text that are no paragraph ends, in order: those to join and those to report."""
    if len(lines) < 2 or lines.terminal[:-1].all():
        return []  # a text without an unfinished line is not broken
    return list(_Judge(lines, threshold).seams())


def judge_spaces(lines: Lines, threshold: float = 0.35) -> list[Seam]:
    """The same for `zhclean.lines.pieces_of`: spaces that a wrap left behind, within wrapped stretches only."""
    if len(lines) < LEAST or lines.terminal[:-1].all():
        return []
    judge = _Judge(lines, threshold)
    space = (lines.newlines[1:] == 1) & judge.wrapped & judge.full[:-1]
    if np.count_nonzero(space) < LEAST:
        return []
    probability = judge.direct()
    joined = np.flatnonzero(space & (probability > threshold)).tolist()
    return [Seam(i, i + 1, Verdict.JOIN, float(probability[i]), ("space left over from a line end",)) for i in joined]


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


class Words:
    """The network's opinion on pairs of lines of one text, asked for in batches."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    @cached_property
    def _finder(self) -> FactFinder:
        return FactFinder(self._lines.points)

    def ask(self, left: Ints, right: Ints, wrapped: Flags) -> Opinions:
        """What the networks say of the breaks between lines `left` and `right`."""
        if not len(left):
            return Opinions(*np.zeros((4, 0), np.float32))
        around = Around(*(self._spans(i) for i in (left - 1, left, right, right + 1)))
        return opinions(self._finder(around, wrapped))

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

    # --- evidence without words ----------------------------------------------------------------------

    @cached_property
    def layout(self) -> Layout:
        return layout_of(self.lines)

    @cached_property
    def wrapped(self) -> Flags:
        """Of each break: whether it stands in a stretch that looks hard-wrapped."""
        return self.layout.wrap[:-1] > 0

    @cached_property
    def full(self) -> Flags:
        """Lines with no room left, those included whose indent was cut off with the paragraph's others."""
        lines, layout = self.lines, self.layout
        if not layout.wrap.any():
            return layout.full
        follows_end = np.concatenate([[True], (lines.terminal & ~layout.full)[:-1]])
        short_by = layout.wrap - lines.width
        for indent in (4, 2):
            near = (layout.wrap > 0) & (np.abs(short_by - indent) <= 1)
            if np.count_nonzero(near & follows_end) > 2 * np.count_nonzero(follows_end & layout.full) + 1:
                return layout.full | (near & np.concatenate([[True], ~layout.full[:-1]]))
        return layout.full

    @cached_property
    def style(self) -> Scores:
        """Of each break: how much its blank lines and indent look like those within paragraphs."""
        lines = self.lines
        end = lines.terminal[:-1] & ~self.full[:-1]
        within = ~lines.terminal[:-1] & self.full[:-1] & self.wrapped
        indent = lines.indent[1:]
        blank = _ratio(np.minimum(lines.newlines[1:], 3), within, end, usual=1)
        indented = _ratio(indent, within, end, usual=_most_frequent(indent[within]))
        return np.clip(blank + indented, -STYLE_LIMIT, STYLE_LIMIT)

    @cached_property
    def cheap(self) -> Scores:
        """All evidence but the words; outside wrapped stretches that is style alone."""
        marks = np.where(self.lines.terminal[:-1], END_MARK, NO_END_MARK)
        layout = np.where(self.full[:-1], FULL_LINE, SHORT_LINE)
        return self.style + np.where(self.wrapped, WRAPPED + layout + marks, 0.0)

    # --- evidence of words ---------------------------------------------------------------------------

    @cached_property
    def words(self) -> Words:
        return Words(self.lines)

    @cached_property
    def asked(self) -> Ints:
        """Breaks whose words are asked for: those the cheap evidence leaves open."""
        first = np.concatenate([[True], ~self.full[:-2]])
        settled = self.wrapped & self.full[:-1] & (self.cheap > CERTAIN) & ~first
        open_ended = np.flatnonzero(~self.lines.terminal[:-1] & ~settled)
        return np.array([i for i in open_ended if self.kind(int(i)) not in ENDED], dtype=np.int64)

    @cached_property
    def opinions(self) -> Opinions:
        """What the words say of the breaks asked for."""
        return self.words.ask(self.asked, self.asked + 1, self.wrapped[self.asked])

    @cached_property
    def opinion_of(self) -> dict[int, int]:
        """The place of each break in `opinions`."""
        return {i: at for at, i in enumerate(self.asked.tolist())}

    # --- verdicts ------------------------------------------------------------------------------------

    def seams(self) -> Iterator[Seam]:
        probability = self.direct()
        through = self.looked_through(probability)
        behind = -1
        for i in np.union1d(np.flatnonzero(probability > self.threshold), self.asked).tolist():
            if i < behind:
                continue  # stands in the middle of a sentence that was completed across it
            if i in through:
                behind = through[i].right
                yield through[i]
            elif probability[i] > self.threshold:
                yield Seam(i, i + 1, Verdict.JOIN, float(probability[i]), tuple(self.reasons(i)))
            else:
                yield from self.gap(i)

    def direct(self) -> Scores:
        """Probability of each break that the sentence goes on in the next line."""
        odds = np.where(self.wrapped, self.cheap, -np.inf)
        words = np.clip(self.opinions.goes_on, -WORDS_LIMIT, WORDS_LIMIT)
        barred = np.array([self.barred(i, i + 1) for i in self.asked.tolist()], dtype=bool)
        loose = ~self.wrapped[self.asked]
        odds[self.asked[~loose]] += words[~loose]
        odds[self.asked[loose]] = _posterior(np.where(barred, -WORDS_LIMIT, words + self.style[self.asked])[loose])
        odds[self.asked[barred | (loose & (self.opinions.against_splice < SPLICE_LIMIT))]] = -np.inf
        probability = np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))
        for i in np.flatnonzero(probability > self.threshold).tolist():
            if self.kind(i) in BARRIERS or self.kind(i + 1) in BARRIERS:
                probability[i] = 0
        return probability

    def barred(self, left: int, right: int) -> bool:
        """What the two lines are rules out that a sentence goes on."""
        a, b = self.kind(left), self.kind(right)
        if a in ENDED or b in BARRIERS or b in OPENINGS:
            return True
        return not self.wrapped[left] and (self.stands_alone(left) or self.is_scrap(right))

    def stands_alone(self, left: int) -> bool:
        """Whether this unfinished line is no fragment: leads over, is a name, or a line of verse or of a list."""
        content = self.lines.content(left)
        if content.endswith(_LEADS_OVER) or self.ragged[left] or _DATE.fullmatch(content):
            return True
        if self.is_cut_off_copy(content):
            return True
        return self.is_scrap(left)

    def is_scrap(self, i: int) -> bool:
        """Whether a line is too short for a fragment of a sentence: a name, a rubric."""
        return bool(self.lines.end[i] - self.lines.start[i] < SHORTEST_FRAGMENT and not self.lines.terminal[i])

    def is_cut_off_copy(self, content: str) -> bool:
        """Whether another line begins like this one and goes on: that is the copy to keep."""
        alike = self.beginnings.get(content[:COPY], ()) if len(content) >= COPY else ()
        return any(len(other) > len(content) and other.startswith(content) for other in alike)

    @cached_property
    def beginnings(self) -> dict[str, set[str]]:
        """The lines that begin with the same characters."""
        found: dict[str, set[str]] = {}
        for i in np.flatnonzero(self.lines.end - self.lines.start > COPY).tolist():
            content = self.lines.content(i)
            found.setdefault(content[:COPY], set()).add(content)
        return found

    @cached_property
    def ragged(self) -> Flags:
        """Lines in a run of short ones that no common width explains: verse, lists of names, tables."""
        short = (self.lines.width <= SHORT_COLUMNS) & (self.layout.wrap == 0) & ~self.lines.terminal
        for i in np.flatnonzero(short).tolist():
            short[i] = self.kind(i) is Kind.TEXT
        change = np.flatnonzero(np.diff(short)) + 1
        runs = np.split(np.arange(len(short)), change)
        return np.concatenate([np.full(len(run), short[run[0]] and len(run) >= RAGGED_RUN) for run in runs])

    def looked_through(self, probability: Scores) -> dict[int, Seam]:
        """Sentences that go on behind captions, headings or page furniture."""
        settled = self.wrapped & (probability > self.threshold)
        pairs = [(a, c) for a in self.asked.tolist() if not settled[a] for c in self.behind_intruders(a)]
        if not pairs:
            return {}
        a, c = (np.array(side, dtype=np.int64) for side in zip(*pairs, strict=True))
        wrapped = self.wrapped[a]
        across, into, out = (self.words.ask(*pair, wrapped) for pair in ((a, c), (a, a + 1), (c - 1, c)))
        odds = interruption_odds(across, self.explained(pairs, across, into, out)) - self.costs(pairs)
        odds[[bool(np.any(probability[x + 1 : y - 1] > self.threshold)) for x, y in pairs]] = -np.inf
        best: dict[int, tuple[float, int]] = {}
        for (left, right), value in zip(pairs, odds.tolist(), strict=True):
            if value > best.get(left, (-np.inf, 0))[0] + FARTHER:
                best[left] = value, right
        return self.apart(self.believed(best))

    def believed(self, best: dict[int, tuple[float, int]]) -> dict[int, tuple[float, int]]:
        """Those that are likely given how many sentences of this document seem to be interrupted."""
        evidence = np.full(len(self.asked), -WORDS_LIMIT)
        for left, (odds, _) in best.items():
            evidence[self.opinion_of[left]] = odds
        posterior = _posterior(evidence)
        return {
            left: (float(posterior[self.opinion_of[left]]), right)
            for left, (_, right) in best.items()
            if posterior[self.opinion_of[left]] > _odds(self.threshold)
        }

    def explained(self, pairs: list[tuple[int, int]], across: Opinions, into: Opinions, out: Opinions) -> Scores:
        """How much better an interrupted sentence explains what follows what than its best rival.

        The rivals: the left goes on with the very next line, the right with the one before it, or both.
        Each leaves an unfinished left or a headless right behind, unless that was an end.
        """
        cannot_go_on = np.array([self.barred(a, a + 1) for a, _ in pairs])
        cannot_come = np.array([self.barred(c - 1, c) for _, c in pairs])
        goes_on = np.where(cannot_go_on, -np.inf, into.join)
        comes = np.where(cannot_come, -np.inf, out.join)
        left_open = np.where(cannot_go_on, np.logaddexp(into.join, into.splice), into.splice)
        headless = np.maximum(np.where(cannot_come, np.logaddexp(out.join, out.splice), out.splice), HEADLESS)
        interrupted = left_open + across.join + headless
        only_left = goes_on + np.logaddexp(out.end, headless - LOOSE_END)
        only_right = comes + np.logaddexp(into.end, left_open - LOOSE_END)
        rival = np.maximum(np.maximum(only_left, only_right), goes_on + comes)
        return np.asarray(interrupted - rival, np.float64)

    def apart(self, best: dict[int, tuple[float, int]]) -> dict[int, Seam]:
        """The surest of those that stand in each other's way."""
        taken: list[tuple[int, int]] = []
        chosen = {}
        reason = ("the sentence goes on behind what stands in its middle",)
        for left, (odds, right) in sorted(best.items(), key=lambda item: (-item[1][0], item[0])):
            if all(right <= a or left >= c for a, c in taken):
                taken.append((left, right))
                chosen[left] = Seam(left, right, Verdict.JOIN, _probability(odds), reason)
        return chosen

    def behind_intruders(self, a: int) -> Iterator[int]:
        """Lines with which the sentence of line `a` may go on, if what stands between is an intruder."""
        if self.opinions.end[self.opinion_of[a]] > SETTLED_END and not self.barred(a, a + 1):
            return
        if not self.wrapped[a] and self.stands_alone(a):
            return
        for c in range(a + 2, min(a + 2 + INTRUDERS, len(self.lines))):
            x = c - 1
            if self.kind(x) in OPAQUE or self.lines.end[x] - self.lines.start[x] > LONGEST_INTRUDER:
                return
            if self.kind(c) in (Kind.TEXT, Kind.CREDITED) and not self.is_scrap(c):
                yield c

    def costs(self, pairs: list[tuple[int, int]]) -> Scores:
        """Log-odds against a sentence being interrupted by just these lines."""
        return np.array([sum(map(self.cost, range(a + 1, c))) for a, c in pairs])

    def cost(self, x: int) -> float:
        if self.kind(x) is Kind.TEXT:
            return float(self.lines.end[x] - self.lines.start[x]) * COST_OF_TEXT
        return INTRUDER_COST.get(self.kind(x), 0.0)

    def gap(self, i: int) -> Iterator[Seam]:
        at = self.opinion_of.get(i)
        if at is None or self.wrapped[i] or not _SENTENCE.search(self.lines.content(i)):
            return
        splice, others = self.opinions.splice[at], max(self.opinions.join[at], self.opinions.end[at])
        if splice > others + GAP_MARGIN:
            reason = "the sentence breaks off: text is missing"
            yield Seam(i, i + 1, Verdict.GAP, float(np.exp(splice)), (reason,))

    def reasons(self, i: int) -> Iterator[str]:
        """What speaks for joining at this break, the strongest first."""
        if self.wrapped[i] and self.full[i]:
            yield f"line is full (wrapped at {self.layout.wrap[i]} columns)"
        elif not self.lines.terminal[i]:
            yield "sentence is unfinished at the line end"
        if self.style[i] > 1:
            yield "not set off as this text sets off paragraphs"
        at = self.opinion_of.get(i)
        if at is not None and self.opinions.goes_on[at] > 1:
            yield "the words go on"


def interruption_odds(across: Opinions, explained: Scores) -> Scores:
    """Log-odds that a sentence is interrupted, from how it goes on and how well that explains the rest."""
    of_words, of_explanation, of_fit, constant = INTERRUPTION
    words = np.clip(across.goes_on, -WORDS_LIMIT, 1.5 * WORDS_LIMIT)
    fit = np.clip(across.against_splice, -4, 4)
    return np.asarray(of_words * words + of_explanation * np.clip(explained, -8, 8) + of_fit * fit + constant)


def _probability(odds: float) -> float:
    return float(1 / (1 + np.exp(-odds)))


def _odds(probability: Any) -> Any:
    return np.log(np.maximum(probability, 1e-12)) - np.log(np.maximum(1 - probability, 1e-12))


def _most_frequent(values: Ints) -> int:
    return int(np.bincount(values).argmax()) if len(values) else 0


def _ratio(value: Ints, within: Flags, end: Flags, usual: int) -> Scores:
    """Log ratio of how often a value is seen within paragraphs and at their ends, in this document."""
    kinds, which = np.unique(value, return_inverse=True)
    seen_within = np.bincount(which[within], minlength=len(kinds))
    seen_end = np.bincount(which[end], minlength=len(kinds))
    q = (seen_end + 1 / len(kinds)) / (seen_end.sum() + 1)
    # Beforehand a break may as well look like a paragraph end as like a plain line end.
    prior = ((kinds == usual) + q) / 2
    p = (seen_within + prior) / (seen_within.sum() + 1)
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
