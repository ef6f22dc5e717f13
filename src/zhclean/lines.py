"""A text as an array of lines: where each stands, how it is set, what ends it.

Everything is computed for all lines at once from the array of code points, so that looking at a clean text
costs a few milliseconds a megabyte.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from zhclean.characters import CLOSERS, LINE_BREAKS, NEVER_FIRST, PROSE_MARKS, SPACES, TERMINALS

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

FIRST_WIDE = 0x1100
"""Code points from here on are taken as two columns wide (Hangul Jamo is the first wide block)."""

AMBIGUOUS_WIDE = "“”‘’…—·×°§±÷①②③④⑤⑥⑦⑧⑨⑩■□●○◆◇▲△★☆℃‰№→←↑↓"
"""East-Asian *ambiguous* characters below that block or among symbols: two columns in Chinese text."""


def code_points(text: str) -> npt.NDArray[np.uint32]:
    """The code points of `text`, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _class_table(*members: str) -> npt.NDArray[np.bool_]:
    table = np.zeros(0x10000, dtype=np.bool_)
    table[[ord(c) for group in members for c in group]] = True
    return table


_LATIN_WORD = re.compile("[A-Za-z'’-]+")

_IS_BREAK = _class_table(LINE_BREAKS)
_IS_SPACE = _class_table(SPACES)
_IS_TERMINAL = _class_table(TERMINALS)
_IS_CLOSER = _class_table(CLOSERS)
_IS_PROSE_MARK = _class_table(PROSE_MARKS)
_IS_NEVER_FIRST = _class_table(NEVER_FIRST)
_IS_WIDE = _class_table(AMBIGUOUS_WIDE)
_IS_WIDE[FIRST_WIDE:0x2000] = True
_IS_WIDE[0x2E80:0xFF61] = True
_IS_WIDE[0xFFE0:0xFFE7] = True


@dataclass(frozen=True)
class Lines:
    """The lines of a text that are not blank, in order; all arrays have one element a line.

    `start` and `end` are offsets of the content, without white space around it; `indent` is the number of
    columns in front of it; `newlines` counts the line ends between a line and the one before (2 is one
    blank line); the first line's are counted from the beginning of the text.
    """

    text: str
    points: npt.NDArray[np.uint32]
    start: Ints
    end: Ints
    indent: Ints
    newlines: Ints

    def __len__(self) -> int:
        return len(self.start)

    def content(self, i: int) -> str:
        """The text of line `i` without the white space around it."""
        return self.text[self.start[i] : self.end[i]]

    @cached_property
    def _columns(self) -> Ints:
        wide = _IS_WIDE[np.minimum(self.points, 0xFFFF)]
        wide |= self.points > 0xFFFF
        columns = np.zeros(len(self.points) + 1, dtype=np.int64)
        np.cumsum(wide, out=columns[1:])
        columns += np.arange(len(columns))
        return columns

    @cached_property
    def latin_words(self) -> str:
        """The different Latin words of the text, one a line: much shorter than the text to search."""
        return "\n".join(set(_LATIN_WORD.findall(self.text)))

    @cached_property
    def width(self) -> Ints:
        """Display columns of the content: two for a Han character or full-width mark, one for ASCII."""
        return self._columns[self.end] - self._columns[self.start]

    @cached_property
    def punctuated(self) -> Flags:
        """Whether there are marks of prose in the line."""
        marks = np.flatnonzero(_IS_PROSE_MARK[np.minimum(self.points, 0xFFFF)])
        return np.asarray(np.searchsorted(marks, self.start) < np.searchsorted(marks, self.end))

    @cached_property
    def headless(self) -> Flags:
        """Whether the line begins with a mark that begins no paragraph."""
        return np.asarray(_IS_NEVER_FIRST[np.minimum(self.points[self.start], 0xFFFF)])

    @cached_property
    def last(self) -> Ints:
        """Offset of the last character that is not a closing quote or bracket."""
        last = self.end - 1
        for _ in range(4):  # ！”） is three deep; deeper nesting does not occur in news
            closer = _IS_CLOSER[np.minimum(self.points[last], 0xFFFF)] & (last > self.start)
            last = last - closer
        return last

    @cached_property
    def terminal(self) -> Flags:
        """Whether the line ends like a sentence: 。！？… or such a mark in closing quotes or brackets."""
        return _IS_TERMINAL[np.minimum(self.points[self.last], 0xFFFF)]


def lines_of(text: str) -> Lines:
    """Split `text` into its lines that are not blank."""
    points = code_points(text)
    low = np.minimum(points, 0xFFFF).astype(np.uint16)
    is_break = _IS_BREAK[low]
    solid = np.flatnonzero(~(is_break | _IS_SPACE[low]))
    return _split(text, points, solid, np.flatnonzero(is_break))


def pieces_of(text: str) -> Lines:
    """Split at single spaces between full-width characters too: `newlines` is 1 at a space and 2 or more at
    a line end.
    """
    points = code_points(text)
    low = np.minimum(points, 0xFFFF).astype(np.uint16)
    is_break = _IS_BREAK[low]
    is_space = _IS_SPACE[low]
    wide = np.concatenate([[False], low >= FIRST_WIDE, [False]]) & ~np.concatenate([[True], is_space, [True]])
    between = (low == 32) & (wide[:-2] | wide[2:]) & ~np.concatenate([is_space[1:], [True]])
    between &= ~np.concatenate([[True], is_space[:-1]])
    solid = np.flatnonzero(~(is_break | is_space))
    pieces = _split(text, points, solid, np.flatnonzero(is_break | between))
    real = np.searchsorted(np.flatnonzero(is_break), pieces.start)
    ends = np.diff(real, prepend=0)
    object.__setattr__(pieces, "newlines", np.where(ends > 0, ends + 1, 1))
    object.__setattr__(pieces, "indent", np.zeros_like(pieces.indent))
    return pieces


def _split(text: str, points: npt.NDArray[np.uint32], solid: Ints, breaks: Ints) -> Lines:
    """Lines from the offsets of solid characters and of those that separate lines."""
    if not len(solid):
        none = np.zeros(0, dtype=np.int64)
        return Lines(text, points, none, none, none, none)
    # The line each solid character stands in, as the number of breaks before it.
    first = np.searchsorted(solid, np.concatenate([[0], breaks + 1]))
    begins = np.unique(first[first < len(solid)])
    start = solid[begins]
    end = solid[np.concatenate([begins[1:], [len(solid)]]) - 1] + 1
    # A CR directly before an LF belongs to it, and to be \r\r\n-proof so does one before that CR.
    real = breaks[(points[breaks] != 13) | ~_before_newline(points, breaks)]
    before = np.searchsorted(real, start)
    newlines = np.diff(before, prepend=0)
    line_start = (
        np.where(before > 0, real[np.maximum(before - 1, 0)] + 1, 0) if len(real) else np.zeros_like(start)
    )
    lines = Lines(text, points, start, end, start, newlines)
    object.__setattr__(lines, "indent", lines._columns[start] - lines._columns[line_start])
    return lines


def _before_newline(points: npt.NDArray[np.uint32], breaks: Ints) -> Flags:
    """For each break, whether it is a CR in front of an LF, possibly with another CR between."""
    following = np.append(points, [0, 0])
    one, two = following[breaks + 1], following[np.minimum(breaks + 2, len(following) - 1)]
    return np.asarray((one == 10) | ((one == 13) & (two == 10)))
