"""Columns that stand side by side in the lines of a text: those of a page, as `pdftotext -layout` leaves them, or of a
table. A line has a piece of each, and goes on in no other line.
"""

from __future__ import annotations

from collections.abc import Sequence

from zhclean.characters import SPACES
from zhclean.lines import columns
from zhclean.patterns import pattern

_GUTTER = pattern(f"(?<=\\S)(?:[{SPACES}]{{2,}}|(?<=[^\\0-\u10ff])[ \u3000](?=[^\\0-\u10ff]))(?=\\S)")
"""White space between two columns; a single blank stands between full-width characters."""

MOST_BLANKS, LONGEST_LABEL = 2, 6
"""Single blanks in a line that may be gutters, and characters of a label before one that is none."""

LEAST_LINES, LEAST_SPACES = 4, 4
"""Lines below each other that have the same column, and spaces of a text from which on it is looked at."""

BRIDGED = 2
"""Lines on from one that has the column to the next: one between may have but one of the columns."""

OUT_OF_LINE = 2
"""Columns by which the left edges of a column may differ: one Han character, as a mark hangs or a font is narrower."""


def side_by_side(text: str, contents: Sequence[str], indents: Sequence[int]) -> set[int]:
    r"""The lines in which columns stand side by side: in each a column begins below one of the line before. An empty one
    has none.

    >>> lines = ["早晨的风还  菜，夜里要轮流", "带着凉意。  食试验田里的谷", "指捻开一粒  得突然，眼看着", "穗，白色的  泡汤，几个年轻"]
    >>> side_by_side("\n".join(lines), lines, [0] * 4)
    {0, 1, 2, 3}
    """
    if text.count(" ") + text.count("\u3000") < LEAST_SPACES:
        return set()
    edges = [
        [indent + columns(content[:end]) for end in _gutter_ends(content)]
        for content, indent in zip(contents, indents, strict=True)
    ]
    found, open_runs = set[int](), list[_Run]()
    for i, own in enumerate(edges):
        for edge in own:
            run = _nearest(open_runs, edge) or _Run([], edge)
            if not run.lines:
                open_runs.append(run)
            if not run.lines or run.lines[-1] != i:
                run.lines.append(i)
                run.edge = edge
        for run in [run for run in open_runs if i >= run.lines[-1] + BRIDGED]:
            open_runs.remove(run)
            found |= run.covered
    return found.union(*(run.covered for run in open_runs))


def _gutter_ends(content: str) -> list[int]:
    """Where the gutters of a line end. A single blank is none behind a label such as a date, and many are those of
    letters that were spaced out.
    """
    spans = [gutter.span() for gutter in _GUTTER.finditer(content)]
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
