"""Which lines are full: the wrap width of each stretch of a hard-wrapped text, in display columns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from zhclean.lines import Flags, Ints, Lines

NARROWEST, WIDEST = 20, 130
"""Columns a wrapped line of news may have; verse and lists of names are narrower, paragraphs wider."""

REACH = 10
"""Lines on either side that are looked at: the width is that of the stretch, not of the document."""

SLACK = 2
"""Columns by which a full line may miss the width, or hang over it: one Han character."""

NARROW, MOST_OF_NARROW = 32, 0.5
"""Below this width, in columns, verse is as wide as text: so large a share of all lines near by must be full."""

LEAST = 3
"""Full lines that a stretch must have to be taken as wrapped."""

CANDIDATES = 24
"""Different edges tried in one text."""

PUNCTUATED = 0.3
"""Share of a wrapped stretch's lines that have marks of prose in them; tables, lists and verse have fewer."""


class Layout(NamedTuple):
    """What the widths of the neighbouring lines say of each line."""

    wrap: Ints
    """Right edge of the stretch in columns, 0 where it does not look wrapped."""
    full: Flags
    """The line reaches that edge: nothing more had room."""
    share: np.ndarray[tuple[int], np.dtype[np.float64]]
    """Share of the stretch's lines that are full: how sure the edge is."""


def layout_of(lines: Lines) -> Layout:
    """Estimate for each line whether it stands in a wrapped stretch, and whether it is full.

    Both the width of the content and its right edge (indent included) are tried, since archives come with
    their indents kept, cut off at paragraph starts only, or cut off altogether.
    """
    layout = _fit(lines.indent + lines.width, lines.terminal)
    if lines.indent.any():
        by_width = _fit(lines.width, lines.terminal)
        better = by_width.share > layout.share + 0.05
        layout = Layout(*(np.where(better, a, b) for a, b in zip(by_width, layout, strict=True)))
    if not layout.wrap.any():
        return layout
    prose = _near(lines.punctuated) >= PUNCTUATED * _near(np.ones(len(lines), np.bool_))
    return Layout(np.where(prose, layout.wrap, 0), layout.full & prose, np.where(prose, layout.share, 0))


def _near(flags: Flags) -> Ints:
    """For each line, how many of the lines within reach are flagged."""
    total = np.concatenate([[0], np.cumsum(flags)])
    at = np.arange(len(flags))
    return np.asarray(total[np.minimum(at + REACH + 1, len(flags))] - total[np.maximum(at - REACH, 0)])


def _fit(edge: Ints, terminal: Flags) -> Layout:
    """The right edge that explains the neighbours of each line best: many reach it, few go beyond.

    Only lines that stop in mid-sentence testify: paragraphs of one line may be equally long by chance.
    """
    count = len(edge)
    best, wrap, share = np.zeros(count), np.zeros(count, np.int64), np.zeros(count)
    seen = None
    for candidate in _candidates(edge[~terminal]):
        if seen is None:
            seen = np.maximum(_near(edge >= NARROWEST), 1)
        full = _near((edge >= candidate - SLACK) & (edge <= candidate) & ~terminal)
        over = _near(edge > candidate) + _near(edge > candidate + SLACK)
        least = LEAST if candidate >= NARROW else np.maximum(LEAST, MOST_OF_NARROW * _near(edge > 0))
        score = np.where(full >= least, full - 1.5 * over + candidate / 1000, 0)
        fits = score > best
        best, wrap = np.where(fits, score, best), np.where(fits, candidate, wrap)
        share = np.where(fits, full / seen, share)
    return Layout(wrap, (wrap > 0) & (edge >= wrap - SLACK), share)


def _candidates(edge: Ints) -> list[int]:
    """Edges that more than one line has, the most frequent ones."""
    counts = np.bincount(edge[(edge >= NARROWEST) & (edge <= WIDEST)], minlength=1)
    order = np.argsort(-counts, kind="stable")[:CANDIDATES]
    return [int(i) for i in order if counts[i] > 1]
