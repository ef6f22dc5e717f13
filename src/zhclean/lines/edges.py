"""Which right edge the lines of a text speak for, each by those near by, in display columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NARROWEST, WIDEST = 15, 130
"""Columns a wrapped line of news may have; verse and lists of names are narrower, paragraphs wider."""

REACH = 10
"""Lines on either side that are looked at: the width is that of the stretch, not of the document."""

SLACK = 2
"""Columns by which a full line may miss the width, or hang over it: one Han character."""

HANGING = 2
"""Columns by which a mark may stand beyond the edge."""

HANGS = 1.1
"""Full lines that one with a hanging mark counts for: so the edge is told from the one as far out as the marks."""

LOST, NEARLY = 4, 1
"""Columns of the indent that many archives cut off with the white space around paragraphs, and by which it may vary."""

BEGIN_SO = 2
"""First lines of paragraphs that must be short by an indent for each that is not."""

NARROW, MOST_OF_NARROW = 32, 0.5
"""Below this width, in columns, verse is as wide as text: so large a share of all lines near by must be full."""

LEAST = 3
"""Full lines that a stretch must have to be taken as wrapped."""

CANDIDATES = 24
"""Different edges tried in one text."""

AT_ONCE = 4096
"""Lines looked at together: the memory it takes is that of all candidates for so many."""

BETTER = 0.05
"""How much larger a share of the lines must end at one width to be measured without their indents."""

_SHORT_BY = (*range(SLACK + 1), *range(LOST - NEARLY, LOST + NEARLY + 1))
"""Columns by which lines are short that tell of an edge."""


class Marks(NamedTuple):
    """What is known of each line beside its width."""

    may_hang: Flags
    """Its last character may stand beyond the edge."""
    lent: Ints
    """Columns that stand in the next line because they could not end this one: an opening mark, a word in Latin letters."""
    mute: Flags
    """Its width tells nothing, for it ends a sentence or says the same as one near by."""
    begins: Flags
    """A sentence ends before it: if it ends in a short line, this is the first line of a paragraph."""

    def part(self, near: slice) -> Marks:
        """What is known of some of the lines."""
        return Marks(self.may_hang[near], self.lent[near], self.mute[near], self.begins[near])


class Fit(NamedTuple):
    """How well each line and those near by agree with the edge that explains them best."""

    wrap: Ints
    """The edge, 0 where none explains them."""
    full: Flags
    """The line reaches it."""
    indented: Flags
    """It would with the indent it had."""
    share: npt.NDArray[np.float64]
    """Share of the stretch's lines that are full: how sure the edge is."""

    def part(self, start: int, end: int) -> Fit:
        """The same of some of the lines."""
        near = slice(start, end)
        return Fit(self.wrap[near], self.full[near], self.indented[near], self.share[near])


def candidates(edges: Iterable[int]) -> list[int]:
    """Edges that more than one line has and enough lines reach, the most frequent ones."""
    counts = Counter(edge for edge in edges if NARROWEST <= edge <= WIDEST)
    usual = sorted((edge for edge in counts if counts[edge] > 1), key=lambda edge: (-counts[edge], edge))
    return [edge for edge in usual[:CANDIDATES] if sum(counts[edge - short] for short in _SHORT_BY) >= LEAST]


def best_fit(ways: Iterable[tuple[Ints, Marks, Sequence[int]]]) -> Fit:
    """The best of several ways to measure the lines: where each ends, what is known of it, the candidates for the edge."""
    return reduce(_better, (_fit(*way) for way in ways))


def _better(one: Fit, other: Fit) -> Fit:
    """Line by line the one that explains more lines near by."""
    better = other.share > one.share + BETTER
    return Fit(*(np.where(better, a, b) for a, b in zip(other, one, strict=True)))


def _fit(edge: Ints, marks: Marks, candidates: Sequence[int]) -> Fit:
    """The right edge that explains the neighbours of each line best: many reach it, few go beyond.

    Lines that stop in mid-sentence testify, for paragraphs of one line may be equally long by chance; the others
    are mute.
    """
    width = np.array(candidates)[:, None]
    if len(edge) <= AT_ONCE:
        return _fit_near(edge, marks, width)
    found = []
    for at in range(0, len(edge), AT_ONCE):  # each line with all that are within its reach
        before = min(at, REACH + 1)
        near = slice(at - before, at + AT_ONCE + REACH)
        found.append(_fit_near(edge[near], marks.part(near), width).part(before, before + AT_ONCE))
    return Fit(*map(np.concatenate, zip(*found, strict=True)))


def _fit_near(edge: Ints, marks: Marks, width: Ints) -> Fit:
    """The same of some lines, with the candidates below each other.

    Marks may hang over the edge where more full lines end without one; in verse all lines have theirs.
    """
    room = width - edge
    over = room < 0
    reaching = room <= SLACK + marks.lent
    indented = _short_by_indent(room, reaching, marks)
    reaching |= indented
    testify = reaching & ~(over | marks.mute)
    hanging = over & (marks.may_hang & (room >= -HANGING))
    near = count_near(np.array([testify, testify & ~marks.may_hang, over, room < -SLACK, hanging]))
    full, bare, beyond, far_beyond, hang = near
    hang[bare <= hang] = 0
    explained = full + HANGS * hang - 1.5 * (beyond - hang + far_beyond) + width / 1000
    score = (full >= _least(edge, width)) * explained
    best = score.argmax(axis=0), np.arange(len(edge))
    fits = score[best] > 0
    seen = np.maximum(count_near(edge >= NARROWEST), 1)
    return Fit(
        fits * width[best[0], 0], fits & reaching[best], fits & indented[best], fits * full[best] / seen
    )


def _short_by_indent(room: Ints, reaching: Flags, marks: Marks) -> Flags:
    """First lines of paragraphs that would reach the edge with the indent they had, where most are so.

    If lines that go on are as short this is not the edge.
    """
    short = (room >= LOST - NEARLY) & (room <= LOST + NEARLY)
    first = ~_line_before(reaching)
    begins = first & marks.begins
    so = begins & short
    if not so.any():
        return so
    otherwise = (begins & reaching & ~short) | (short & _line_before(short) & ~marks.begins)
    votes = np.array([so, otherwise])
    (near_so, near_otherwise), (all_so, all_otherwise) = count_near(votes), votes.sum(axis=2)
    lost = (near_so > BEGIN_SO * near_otherwise + 1) | (all_so > BEGIN_SO * all_otherwise + 1)[:, None]
    return np.asarray(first & short & lost)


def _line_before(flags: Flags) -> Flags:
    """What is flagged of the line before each."""
    before = np.zeros_like(flags)
    before[:, 1:] = flags[:, :-1]
    return before


def _least(edge: Ints, width: Ints) -> Any:
    """Full lines near by that each width must have."""
    if width.min() >= NARROW:
        return LEAST
    narrow = np.maximum(LEAST, MOST_OF_NARROW * count_near(edge > 0))
    return np.where(width >= NARROW, LEAST, narrow)


def count_near(flags: Flags) -> Ints:
    """For each line, how many of the lines within reach are flagged; rows of flags are counted one by one."""
    count = flags.shape[-1]
    total = np.zeros((*flags.shape[:-1], count + 2 * REACH + 1), np.int64)
    np.cumsum(flags, axis=-1, out=total[..., REACH + 1 : REACH + 1 + count])
    total[..., REACH + 1 + count :] = total[..., REACH + count, None]
    return np.asarray(total[..., 2 * REACH + 1 :] - total[..., :count])
