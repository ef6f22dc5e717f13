"""Which lines are full: the wrap width of each stretch of a hard-wrapped text, in display columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from zhclean.characters import NEVER_LAST
from zhclean.lines import Lines
from zhclean.lines.edges import (
    NARROWEST,
    REACH,
    SLACK,
    WIDEST,
    Flags,
    Ints,
    Marks,
    best_fit,
    candidates,
    count_near,
)
from zhclean.patterns import pattern

LENT = 2
"""Columns by which a line is short because what may not end it went to the next."""

FAR_OVER = 6
"""Columns by which a line is wider than the edge and than those beside it, and so none of the stretch: an advertisement,
a caption, a paragraph.
"""

_WORD = pattern("[A-Za-z0-9][A-Za-z0-9.,'’/_-]*")
LONGEST_WORD = 24
"""Columns of a word in Latin letters that had no room in the line before, at most."""

_MAY_HANG = frozenset("，、；：。！？”’）》」』")
_NEVER_LAST = frozenset(f"“‘{NEVER_LAST}")

BEYOND = WIDEST + SLACK
"""Characters of a line from which on it is wider than any edge, and than what hangs over it."""

SET_BY_CLAUSES = 0.4
"""Share of the unfinished lines that end with ， in a text set by clauses; one in twelve does in a wrapped one."""

PUNCTUATED = 0.3
"""Share of a wrapped stretch's lines that have marks of prose in them; tables, lists and verse have fewer."""

_WAYS = ((1, 0), (0, 0), (1, 1), (0, 1))
"""What counts beside the width of a line: its indent, and a column more for each mark of a typewriter."""
_FOLDED = pattern("(?<=[\u4e00-\u9fff])[,;:!?()]|[()](?=[\u4e00-\u9fff])")
_FULL_MARK = pattern("[，；：！？（）]")


class Layout(NamedTuple):
    """What the widths of the neighbouring lines say of each line."""

    wrap: Sequence[int]
    """Right edge of the stretch in columns, 0 where it does not look wrapped."""
    full: Sequence[bool]
    """The line reaches that edge: nothing more had room."""
    indented: Sequence[bool]
    """It would reach the edge with the indent of a paragraph, which was cut off, as it was of most."""

    @property
    def wrapped(self) -> bool:
        """Whether any stretch is."""
        return any(self.wrap)


def layout_of(lines: Lines) -> Layout:
    """Estimate for each line whether it stands in a wrapped stretch, and whether it is full.

    Both the width of the content and its right edge (indent included) are tried, since archives come with
    their indents kept, cut off at paragraph starts only, or cut off altogether; and where the marks are those of a
    typewriter, what they were wide before somebody made them so.
    """
    mute, indent, folded = _mute(lines), lines.indent, _folded(lines)
    told = [
        (lines.width_of(i), indent[i], folded[i])
        for i, content in enumerate(lines.content)
        if not mute[i] and len(content) <= WIDEST
    ]
    ways = [way for way in _WAYS if (any(indent) or not way[0]) and (any(folded) or not way[1])]
    tried = [
        candidates(
            width + i * with_indent + f * with_folded
            for width, i, f in told
            if not with_folded or width + i * with_indent >= NARROWEST
        )
        for with_indent, with_folded in ways
    ]
    del told
    if not any(tried):
        return Layout([0] * len(lines), [False] * len(lines), [False] * len(lines))
    marks = Marks(
        np.array([content[-1] in _MAY_HANG for content in lines.content]),
        np.array([*map(_lent, lines.content[1:]), 0]),
        np.array(mute),
        np.array([True, *lines.terminal[:-1]]),
    )
    width = np.array(_widths(lines))
    unknown = marks._replace(begins=np.zeros(len(lines), np.bool_))  # two marks are as wide as half an indent
    best = best_fit(
        (_sum(width, indent if i else None, folded if f else None), unknown if f else marks, edges)
        for (i, f), edges in zip(ways, tried, strict=True)
        if edges
    )
    marked, all_ = count_near(np.array([lines.punctuated, [True] * len(lines)]))
    inside = (marked >= PUNCTUATED * all_) & ~_sticks_out(width, best.wrap)
    return Layout(
        (inside * best.wrap).tolist(), (inside & best.full).tolist(), (inside & best.indented).tolist()
    )


def _sum(width: Ints, *others: list[int] | None) -> Ints:
    return sum((np.array(other) for other in others if other), start=width)


def _sticks_out(width: Ints, wrap: Ints) -> Flags:
    """Lines far wider than the edge and than both neighbours: where the width changes, the next line is as wide."""
    beside = np.zeros((2, len(width)), np.int64)
    beside[0, 1:], beside[1, :-1] = width[:-1], width[1:]
    return np.asarray((width > wrap + FAR_OVER) & (width > beside.max(axis=0) + FAR_OVER))


def _lent(content: str) -> int:
    """Columns at the beginning of a line that could not stand in the one before if it had but one less."""
    if content[0] in _NEVER_LAST:
        return LENT
    word = _WORD.match(content, 0, LONGEST_WORD) if content[0].isascii() else None
    return max(0, word.end() - 1 - SLACK) if word else 0


def _widths(lines: Lines) -> list[int]:
    """The columns of each line; of one that is far too long for any edge, its characters, which are no more."""
    return [
        len(content) if len(content) > BEYOND else lines.width_of(i)
        for i, content in enumerate(lines.content)
    ]


def _mute(lines: Lines) -> list[bool]:
    """Of each line whether its width tells nothing: it ends a sentence, or a clause in a text set by clauses, or says
    the same as one near by.
    """
    clauses = [content.endswith("，") for content in lines.content]
    if sum(clauses) < SET_BY_CLAUSES * lines.terminal.count(False):
        clauses = [False] * len(clauses)
    copies = _copies(lines.content)
    return [any(told) for told in zip(lines.terminal, clauses, copies, strict=True)]


def _copies(contents: Sequence[str]) -> Iterator[bool]:
    """Of each line, whether it says the same as one within reach before it: copies are as wide as each other."""
    last: dict[str, int] = {}
    for i, content in enumerate(contents):
        yield i - last.get(content, -REACH - 1) <= REACH
        last[content] = i


def _folded(lines: Lines) -> list[int]:
    """Of each line, the marks of a typewriter in it that stand beside Han; 0 where other lines have full-width ones."""
    if _FULL_MARK.search(lines.text):
        return [0] * len(lines)
    return [len(_FOLDED.findall(content)) for content in lines.content]
