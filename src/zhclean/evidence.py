"""What speaks for and against a break within a sentence: what the lines are, how they are set, what they say.

Evidence is the logarithm of a likelihood ratio: how much more often it is seen where a sentence goes on than
where a text ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

import numpy as np

from zhclean.blocks import BARRIERS, OPENINGS, Kind, kind
from zhclean.layout import Layout, layout_of
from zhclean.lines import Flags, Ints, Lines
from zhclean.model import NO_OPINIONS, Around, FactFinder, Opinions, opinions
from zhclean.odds import Scores

ENDED = BARRIERS | {Kind.FURNITURE, Kind.CREDIT, Kind.BYLINE}
"""What goes on in no other line."""

# Likelihood ratios, as natural logarithms; measured on the train split of hard-wrapped news.
FULL_LINE = 1.9  # .99 of the lines that go on are full, and about .15 of those that end a paragraph
SHORT_LINE = -6.0
NO_END_MARK = 3.0  # .97 of the lines that go on, .05 of the paragraphs
END_MARK = -4.4
WRAPPED = 1.1  # three of four line ends of a wrapped text are breaks
HEADLESS = 6.0  # the next line begins with ，or another mark that begins no paragraph
STYLE_LIMIT = 7.0

CERTAIN = 5.0
"""Layout, marks and style that add up to this leave the words nothing to decide."""

SHORTEST_FRAGMENT = 5
"""Characters of the beginning of a paragraph; shorter ones on a line of their own are names and headings."""

COPY = 12
"""Characters two lines must have in common to be copies of each other."""

SHORT_COLUMNS, RAGGED_RUN = 32, 5
"""How short lines are, and how many there are in a row, that stand alone: verse, names, tables."""

_DATE = re.compile("[0-9０-９〇○零一二三四五六七八九十年月日时分上下午晚至.．:：/—-]{1,16}")
"""A line that is nothing but a date, a time or a number."""

LEADS_OVER = ("——", "：", ":", "；", ";")
"""How a line ends that leads over to the paragraphs behind it, more often than it breaks off."""


class Evidence:
    """The evidence at all breaks of one text; break `i` is the one behind line `i`.

    Everything is computed when it is first asked for: most texts need little of it.
    """

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self._kinds: dict[int, Kind] = {}

    def kind(self, i: int) -> Kind:
        """What line `i` is."""
        if i not in self._kinds:
            self._kinds[i] = kind(self.lines.content(i))
        return self._kinds[i]

    # --- how the lines are set ------------------------------------------------------------------------

    @cached_property
    def layout(self) -> Layout:
        """Which lines are full, in which stretches."""
        return layout_of(self.lines)

    @cached_property
    def wrapped(self) -> Flags:
        """Of each break: whether it stands in a stretch that looks hard-wrapped."""
        return np.asarray(self.layout.wrap[:-1] > 0)

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
                return np.asarray(layout.full | (near & np.concatenate([[True], ~layout.full[:-1]])))
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
        """All evidence but the words; outside wrapped stretches that is `begun` alone."""
        marks = np.where(self.lines.terminal[:-1], END_MARK, NO_END_MARK)
        layout = np.where(self.full[:-1], FULL_LINE, SHORT_LINE)
        return self.begun + np.where(self.wrapped, WRAPPED + layout + marks, 0.0)

    @cached_property
    def begun(self) -> Scores:
        """Style, and whether the next line begins with a mark no paragraph begins with."""
        return np.asarray(self.style + np.where(self.lines.headless[1:], HEADLESS, 0.0))

    # --- what the lines are ---------------------------------------------------------------------------

    def barred(self, left: int, right: int) -> bool:
        """What the two lines are rules out that a sentence goes on."""
        a, b = self.kind(left), self.kind(right)
        if a in ENDED or b in BARRIERS or b in OPENINGS:
            return True
        if self.wrapped[left] or self.lines.headless[right]:
            return False
        return self.stands_alone(left) or self.is_scrap(right)

    def stands_alone(self, left: int) -> bool:
        """Whether this unfinished line is no fragment: leads over, is a name, or a line of verse or of a list."""
        content = self.lines.content(left)
        if content.endswith(LEADS_OVER) or self.ragged[left] or _DATE.fullmatch(content):
            return True
        if self.is_cut_off_copy(content):
            return True
        return self.is_scrap(left)

    def is_scrap(self, i: int) -> bool:
        """Whether a line is too short for a fragment of a sentence: a name, a rubric."""
        return bool(
            self.lines.end[i] - self.lines.start[i] < SHORTEST_FRAGMENT and not self.lines.terminal[i]
        )

    def is_cut_off_copy(self, content: str) -> bool:
        """Whether another line begins like this one and goes on: that is the copy to keep."""
        if len(content) < COPY:
            return False
        at = bisect_right(self._sorted, content)
        return at < len(self._sorted) and self._sorted[at].startswith(content)

    @cached_property
    def _sorted(self) -> list[str]:
        long = np.flatnonzero(self.lines.end - self.lines.start > COPY).tolist()
        return sorted({self.lines.content(i) for i in long})

    @cached_property
    def ragged(self) -> Flags:
        """Lines in a run of short ones that no common width explains: verse, lists of names, tables."""
        short = (self.lines.width <= SHORT_COLUMNS) & (self.layout.wrap == 0)
        for i in np.flatnonzero(short).tolist():
            short[i] = self.kind(i) is Kind.TEXT
        return _long_runs(short, RAGGED_RUN + 1) | _long_runs(short & ~self.lines.terminal, RAGGED_RUN)

    # --- what the words say ---------------------------------------------------------------------------

    @cached_property
    def asked(self) -> Ints:
        """Breaks whose words are asked for: those the cheap evidence leaves open."""
        first = np.concatenate([[True], ~self.full[:-2]])
        settled = self.wrapped & self.full[:-1] & (self.cheap > CERTAIN) & ~first
        open_ended = np.flatnonzero(~self.lines.terminal[:-1] & ~settled)
        return np.array([i for i in open_ended if self.kind(int(i)) not in ENDED], dtype=np.int64)

    @cached_property
    def opinions(self) -> Opinions:
        """What the networks say of the breaks asked for."""
        return self.ask(self.asked, self.asked + 1)

    @cached_property
    def opinion_of(self) -> dict[int, int]:
        """The place of each break in `opinions`."""
        return {i: at for at, i in enumerate(self.asked.tolist())}

    def ask(self, left: Ints, right: Ints) -> Opinions:
        """What the networks say of lines `right` as the continuation of lines `left`."""
        if not len(left):
            return NO_OPINIONS
        around = Around(*(self._spans(i) for i in (left - 1, left, right, right + 1)))
        return opinions(self._finder(around, self.wrapped[left]))

    @cached_property
    def _finder(self) -> FactFinder:
        return FactFinder(self.lines.points)

    def _spans(self, which: Ints) -> tuple[Ints, Ints]:
        lines = self.lines
        exists = (which >= 0) & (which < len(lines))
        at = np.clip(which, 0, len(lines) - 1)
        return np.where(exists, lines.start[at], 0), np.where(exists, lines.end[at], 0)


def _long_runs(flags: Flags, least: int) -> Flags:
    """Which flags stand in a row of at least `least`."""
    runs = np.split(flags, np.flatnonzero(np.diff(flags)) + 1)
    return np.concatenate([run & (len(run) >= least) for run in runs])


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
