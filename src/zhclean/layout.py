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

LEAST = 3
"""Full lines that a stretch must have to be taken as wrapped."""

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
    layout = _fit(lines.indent + lines.width)
    if lines.indent.any():
        by_width = _fit(lines.width)
        better = by_width.share > layout.share + 0.05
        layout = Layout(*(np.where(better, a, b) for a, b in zip(by_width, layout, strict=True)))
    prose = _near_share(lines.punctuated) >= PUNCTUATED
    return Layout(np.where(prose, layout.wrap, 0), layout.full & prose, np.where(prose, layout.share, 0))


def _near_share(flags: Flags) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """For each line, the share of the lines within reach that are flagged."""
    total = np.concatenate([[0], np.cumsum(flags)])
    at = np.arange(len(flags))
    first, last = np.maximum(at - REACH, 0), np.minimum(at + REACH + 1, len(flags))
    return np.asarray((total[last] - total[first]) / (last - first))


def _fit(edge: Ints) -> Layout:
    count = len(edge)
    possible = (edge >= NARROWEST) & (edge <= WIDEST)
    if np.count_nonzero(possible) < LEAST:
        return Layout(np.zeros(count, np.int64), np.zeros(count, np.bool_), np.zeros(count))
    padded = np.pad(np.where(edge <= WIDEST, edge, WIDEST + 10 * SLACK), REACH)
    near = np.lib.stride_tricks.sliding_window_view(padded, 2 * REACH + 1)
    seen = np.count_nonzero(near >= NARROWEST, axis=1)
    best = np.full(count, -np.inf)
    wrap, share = np.zeros(count, np.int64), np.zeros(count)
    for k in range(2 * REACH + 1):  # the edge of each neighbour in turn, as a candidate for all lines at once
        candidate = near[:, k]
        reach = near - candidate[:, None]
        full = np.count_nonzero((reach >= -SLACK) & (reach <= 0), axis=1)
        over = np.count_nonzero(reach > 0, axis=1) + np.count_nonzero(reach > SLACK, axis=1)
        score = full - 1.5 * over + candidate / 1000
        fits = (full >= LEAST) & (score > best) & (candidate >= NARROWEST) & (candidate <= WIDEST)
        best = np.where(fits, score, best)
        wrap = np.where(fits, candidate, wrap)
        share = np.where(fits, full / np.maximum(seen, 1), share)
    wrapped = best > 0
    wrap = np.where(wrapped, wrap, 0)
    return Layout(wrap, wrapped & (edge >= wrap - SLACK), np.where(wrapped, share, 0))
