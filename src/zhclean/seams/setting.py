"""How the lines of a text are set: which are full, and how much each break looks like those within paragraphs.

Evidence is the logarithm of a likelihood ratio: how much more often it is seen where a sentence goes on than
where a text ends.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby

from zhclean.lines import Lines
from zhclean.lines.edges import NARROWEST, SLACK
from zhclean.lines.layout import Layout, layout_of
from zhclean.lines.rows import are_parallel
from zhclean.models.networks import Break
from zhclean.models.opinions import against_ends

# Likelihood ratios, as natural logarithms; measured on the train split of hard-wrapped news.
FULL_LINE = 1.9  # .99 of the lines that go on are full, and about .15 of those that end a paragraph
SHORT_LINE = -6.0
NO_END_MARK = 3.0  # .97 of the lines that go on, .05 of the paragraphs
END_MARK = -4.4
WRAPPED = 1.1  # three of four line ends of a wrapped text are breaks
HEADLESS = 6.0  # the next line begins with ，or another mark that begins no paragraph, or this one ends with one like （
STYLE_LIMIT = 7.0
NOT_INDENTED = 5.0  # the next line is as wide as the column, where others are short by an indent
LEAST_INDENTED = 3  # lines that are
PARAGRAPH, INDENTED = 4, 6.0  # a line is indented by two Han more than those that go on
AS_WIDE = 2.0  # a line that is too short is as wide as one beside it

_SET = {
    (full, terminal): WRAPPED + (FULL_LINE if full else SHORT_LINE) + (END_MARK if terminal else NO_END_MARK)
    for full in (False, True)
    for terminal in (False, True)
}
"""What a line says of its end in a wrapped stretch, by whether it is full and ends like a sentence."""

FEW_LINES, MOSTLY_BROKEN = 9, 0.5
"""Full lines that leave no doubt of a wrap; and the share of the breaks at which the words go on, if they are fewer:
they do so at more in 550 of 552 such stretches of stories that were really wrapped.
"""

MOST_NEWLINES = 3
"""Line ends told apart: none, one or several blank lines."""


class Setting:
    """How the lines of one text are set; break `i` is the one behind line `i`.

    Everything is computed when it is first asked for: most texts need little of it.
    """

    def __init__(self, lines: Lines) -> None:
        self.lines = lines

    @cached_property
    def layout(self) -> Layout:
        """Which lines are full, in which stretches.

        Of a few lines that are as wide as each other the words must say that they are a wrap: cells, entries and
        headings are so by chance.
        """
        found = layout_of(self.lines)
        if not found.wrapped:
            return found
        wrap, full = [*found.wrap], [*found.full]
        for start, end in _stretches(found.wrap):
            broken = [
                i for i in range(start, min(end, len(wrap) - 1)) if full[i] and not self.lines.terminal[i]
            ]
            few = broken[:FEW_LINES]
            if self._are_mostly_rows(few) or (len(few) < FEW_LINES and not self._mostly_go_on(few)):
                wrap[start:end] = [0] * (end - start)
                full[start:end] = [False] * (end - start)
        return found._replace(wrap=wrap, full=full)

    def _are_mostly_rows(self, breaks: Sequence[int]) -> bool:
        """Whether most of the lines are as wide as each other because they are rows of a list."""
        content = self.lines.content
        return 2 * sum(are_parallel(content[i], content[i + 1]) for i in breaks) > len(breaks)

    def _mostly_go_on(self, breaks: Sequence[int]) -> bool:
        """Whether the words go on at most of some breaks of a stretch that may be wrapped."""
        return mostly_go_on(against_ends([self.break_of(i, i + 1, wrapped=True) for i in breaks]))

    @cached_property
    def wrapped(self) -> Sequence[bool]:
        """Of each break: whether it stands in a stretch that looks hard-wrapped."""
        return [wrap > 0 for wrap in self.layout.wrap[:-1]]

    @cached_property
    def full(self) -> Sequence[bool]:
        """Lines with no room left."""
        return self.layout.full

    def breaks_off(self, i: int) -> bool:
        """Whether line `i` is a full one of a wrapped stretch, in mid-sentence."""
        return self.layout.wrap[i] > 0 and self.full[i] and not self.lines.terminal[i]

    @cached_property
    def style(self) -> Sequence[float]:
        """Of each break: how much its blank lines and indent look like those within paragraphs."""
        return self._style()

    def _style(self, broken: Collection[int] = ()) -> Sequence[float]:
        """The same, where more is known of some breaks: a sentence goes on across them."""
        lines, layout = self.lines, self.layout
        newlines = [min(n, MOST_NEWLINES) for n in lines.newlines[1:]]
        indents = lines.indent[1:]
        ways = list(zip(newlines, indents, strict=True))
        different = set(ways)
        if len(different) < 2:
            return [0.0] * len(ways)  # nothing is set off, or everything
        within, end = [], []
        for i, terminal in enumerate(lines.terminal[:-1]):
            goes_on = i in broken or (not terminal and self._surely_goes_on(i))
            within.append(goes_on or (not terminal and self.full[i] and layout.wrap[i] > 0))
            end.append(terminal and not self.full[i])
        blank = _ratio(newlines, within, end, usual=1)
        usual = _most_frequent(i for i, inside in zip(indents, within, strict=True) if inside)
        indented = _ratio(indents, within, end, usual)
        if usual + PARAGRAPH in indented:
            indented[usual + PARAGRAPH] -= INDENTED
        told = {(n, i): max(-STYLE_LIMIT, min(blank[n] + indented[i], STYLE_LIMIT)) for n, i in different}
        return [told[way] for way in ways]

    def _surely_goes_on(self, i: int) -> bool:
        """Whether a mark shows that line `i` goes on: the next one begins with ，or the like, or this one opens a bracket."""
        return self.lines.headless[i + 1] or self.lines.is_open(i)

    @cached_property
    def begun(self) -> Sequence[float]:
        """Of each break: style, and whether the next line begins with a mark no paragraph begins with."""
        return self._begun(self.style)

    def begun_given(self, broken: Collection[int]) -> Sequence[float]:
        """The same, where a sentence certainly goes on across some breaks: others may look like these."""
        return self._begun(self._style(broken)) if broken else self.begun

    def _begun(self, style: Sequence[float]) -> Sequence[float]:
        go_on = {i for i in range(len(style)) if self._surely_goes_on(i)}
        return (
            [value + HEADLESS if i in go_on else value for i, value in enumerate(style)] if go_on else style
        )

    @cached_property
    def cheap(self) -> Sequence[float]:
        """All evidence but the words; outside wrapped stretches that is `begun` alone."""
        ways = list(zip(self.begun, self.wrapped, self.full, self.lines.terminal, strict=False))
        told = {
            (begun, wrapped, full, terminal): begun + _SET[full, terminal] if wrapped else begun
            for begun, wrapped, full, terminal in set(ways)
        }
        # One number for all lines of a kind, since a long text has very many lines.
        narrower = [told[way] + AS_WIDE if self._is_narrower(i) else told[way] for i, way in enumerate(ways)]
        if not self._indents_are_cut_off:
            return narrower
        return [
            value + NOT_INDENTED if self._cannot_begin(i + 1) else value for i, value in enumerate(narrower)
        ]

    def _cannot_begin(self, i: int) -> bool:
        """Whether line `i` is as wide as the column, where those that begin a paragraph lack the indent that was cut off."""
        layout = self.layout
        return (
            layout.wrap[i] > 0
            and layout.full[i]
            and self.full[i - 1]
            and self.lines.terminal[i - 1]
            and not layout.indented[i]
        )

    @cached_property
    def _indents_are_cut_off(self) -> bool:
        return sum(self.layout.indented) >= LEAST_INDENTED

    def _is_narrower(self, i: int) -> bool:
        """Whether line `i` and one beside it, too short for their stretch, may be narrower lines of the same text."""
        lines, full = self.lines, self.full
        if full[i] or not self.wrapped[i] or lines.terminal[i] or lines.width_of(i) < NARROWEST:
            return False
        beside = [j for j in (i - 1, i + 1) if 0 <= j < len(lines) and not (full[j] or lines.terminal[j])]
        return any(abs(lines.width_of(i) - lines.width_of(j)) <= SLACK for j in beside)

    def break_of(self, left: int, right: int, *, wrapped: bool) -> Break:
        """The break between lines `left` and `right` as the networks see it, in a wrapped stretch or not."""
        content = self.lines.content
        before = content[left - 1] if left else ""
        behind = content[right + 1] if right + 1 < len(content) else ""
        return Break(before, content[left], content[right], behind, wrapped)


def mostly_go_on(log_odds: Sequence[float]) -> bool:
    """Whether the words go on at `MOSTLY_BROKEN` of the breaks with these log-odds against an end, or at more."""
    return sum(value > 0 for value in log_odds) >= MOSTLY_BROKEN * len(log_odds)


def _stretches(wrap: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where each run of wrapped lines begins, and where the next line stands that is not wrapped."""
    at = 0
    for wrapped, run in groupby(wrap, bool):
        start, at = at, at + len(list(run))
        if wrapped:
            yield start, at


def _most_frequent(values: Iterable[int]) -> int:
    """The most frequent value, the least of several; 0 of none."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value), default=0)


def _ratio(
    values: Sequence[int], within: Sequence[bool], end: Sequence[bool], usual: int
) -> dict[int, float]:
    """Log ratio of how often each value is seen within paragraphs and at their ends, in this document."""
    kinds = set(values)
    if len(kinds) < 2:
        return dict.fromkeys(kinds, 0.0)
    seen_within = Counter(value for value, flag in zip(values, within, strict=True) if flag)
    seen_end = Counter(value for value, flag in zip(values, end, strict=True) if flag)
    all_within, all_end = sum(within), sum(end)

    def ratio(value: int) -> float:
        q = (seen_end[value] + 1 / len(kinds)) / (all_end + 1)
        # Beforehand a break may as well look like a paragraph end as like a plain line end.
        prior = ((value == usual) + q) / 2
        return math.log((seen_within[value] + prior) / (all_within + 1)) - math.log(q)

    return {value: ratio(value) for value in kinds}
