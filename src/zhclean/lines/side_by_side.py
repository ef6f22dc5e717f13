"""Columns that stand side by side in the lines of a text: those of a page, as `pdftotext -layout` leaves them, or of a
table. A line has a piece of each, and goes on in no other line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from zhclean.characters import SPACES
from zhclean.lines import Lines, columns
from zhclean.patterns import pattern

Span = tuple[int, int]

_GUTTER = pattern(f"[{SPACES}](?:[{SPACES}]+|(?<=[^\\0-\u10ff][ \u3000])(?=[^\\0-\u10ff]))")
"""White space that may stand between two columns; a single blank does between full-width characters."""

MOST_BLANKS, LONGEST_LABEL = 2, 6
"""Single blanks in a line that may be gutters, and characters of a label before one that is none."""

LEAST_LINES = 4
"""Lines below each other that have the same column."""

BRIDGED = 2
"""Lines on from one that has the column to the next: one between may have but one of the columns."""

OUT_OF_LINE = 2
"""Columns by which the left edges of a column may differ: one Han character, as a mark hangs or a font is narrower."""


def side_by_side(lines: Lines, is_text: Callable[[int], bool]) -> set[int]:
    r"""The lines in which columns stand side by side: in each a column begins below one of the line before. One that is
    no text, as `is_text` tells, has none.

    >>> from zhclean.lines import lines_of
    >>> rows = "早晨的风还  菜，夜里要轮流", "带着凉意。  食试验田里的谷", "指捻开一粒  得突然，眼看着", "穗，白色的  泡汤，几个年轻"
    >>> side_by_side(lines_of("\n".join(rows)), lambda i: True)
    {0, 1, 2, 3}
    """
    gutters = _gutters(lines)
    if len(gutters) < LEAST_LINES:
        return set()
    found, open_runs = set[int](), list[_Run]()
    for i, spans in gutters.items():
        for run in [run for run in open_runs if i > run.lines[-1] + BRIDGED]:
            open_runs.remove(run)
            found |= run.covered
        ends = _ends(spans) if is_text(i) else []
        for edge in (lines.indent[i] + columns(lines.content[i][:end]) for end in ends):
            run = _nearest(open_runs, edge) or _Run([], edge)
            if not run.lines:
                open_runs.append(run)
            if not run.lines or run.lines[-1] != i:
                run.lines.append(i)
                run.edge = edge
    return found.union(*(run.covered for run in open_runs))


def _gutters(lines: Lines) -> dict[int, list[Span]]:
    """The lines with white space that may be gutters, and where in them it stands."""
    found: dict[int, list[Span]] = {}
    for gutter in _GUTTER.finditer(lines.text):
        i = bisect_right(lines.start, gutter.start()) - 1
        if i >= 0 and lines.start[i] < gutter.start() and gutter.end() < lines.end[i]:
            found.setdefault(i, []).append((gutter.start() - lines.start[i], gutter.end() - lines.start[i]))
    return found


def _ends(spans: Sequence[Span]) -> list[int]:
    """Where the gutters of a line end. A single blank is none behind a label such as a date, and many are those of
    letters that were spaced out.
    """
    single = sum(end - start == 1 for start, end in spans)
    return [
        end for start, end in spans if end - start > 1 or (single <= MOST_BLANKS and start > LONGEST_LABEL)
    ]


class _Run:
    """Lines below each other, or nearly, in which a column begins at the same edge."""

    def __init__(self, lines: list[int], edge: int) -> None:
        self.lines, self.edge = lines, edge

    @property
    def covered(self) -> set[int]:
        """These and the ones between, if they are enough: a line may have but one of the columns."""
        enough = len(self.lines) >= LEAST_LINES
        return set(range(self.lines[0], self.lines[-1] + 1)) if enough else set()


def _nearest(runs: Sequence[_Run], edge: int) -> _Run | None:
    """The run whose edge is nearest to this one, if any is as near as that."""
    near = [run for run in runs if abs(run.edge - edge) <= OUT_OF_LINE]
    return min(near, key=lambda run: abs(run.edge - edge), default=None)
