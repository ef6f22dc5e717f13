"""Source and clean text side by side: which piece of one belongs to which piece of the other, row by row.

A row ends where both texts are between two lines. So a paragraph stands beside itself, lines that were joined
stand beside the line they became, and a removed paragraph stands beside nothing.
All offsets are in characters of the source or of the clean text, as named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from zhclean.cleaned import Cleaned
from zhclean.edits import Gap

LONGEST_ROW = 2000
"""Characters after which a row ends even within a line: a browser lays out a row as a whole."""

_LINE_START = re.compile(r"(?<=[\r\n])(?=[^\S\r\n]*\S)")


class Piece(NamedTuple):
    """What stands in both texts at one place; `old` and `new` differ only in a piece of an edit."""

    start: int
    """Where `old` starts in the source."""
    clean_start: int
    """Where `new` starts in the clean text."""
    old: str
    new: str
    edit: int | None = None
    """Index in `Cleaned.edits`; a removal of several paragraphs has a piece in each of their rows."""
    gap: int | None = None
    """Index in `Cleaned.gaps`; such a piece may be empty."""

    def part(self, start: int, end: int) -> Piece:
        """A part, by offsets within `old`, `new`, or both if they are the same."""
        return self._replace(
            start=self.start + min(start, len(self.old)),
            clean_start=self.clean_start + min(start, len(self.new)),
            old=self.old[start:end],
            new=self.new[start:end],
        )


@dataclass
class Row:
    """Pieces that stand side by side."""

    pieces: list[Piece] = field(default_factory=list)
    continues: bool = False
    """Whether it begins within the line in which the row before ends."""

    def add(self, piece: Piece) -> None:
        """Put a piece at the end, as one with the one before if both are of the same edit."""
        if piece.edit is not None and self.pieces and self.pieces[-1].edit == piece.edit:
            before = self.pieces.pop()
            piece = before._replace(old=before.old + piece.old, new=before.new + piece.new)
        self.pieces.append(piece)

    def is_blank(self) -> bool:
        """Whether there is nothing to see on either side."""
        return not any(p.old.strip() or p.new.strip() or p.gap is not None for p in self.pieces)


def rows(cleaned: Cleaned) -> list[Row]:
    """Every piece of both texts, in order; joined they are the source, and the clean text."""
    result = [Row()]
    length = 0
    for piece in _pieces(cleaned):
        for part, begins_line in _parts(piece, cleaned):
            if (begins_line or length > LONGEST_ROW) and not result[-1].is_blank():
                result.append(Row(continues=not begins_line))
                length = 0
            result[-1].add(part)
            length += max(len(part.old), len(part.new))
    return result if result[-1].pieces else []


def _pieces(cleaned: Cleaned) -> Iterator[Piece]:
    """Kept text and edits in turn, with the gaps where they are."""
    gaps = _Gaps(cleaned.gaps)
    position = clean_position = 0
    for index, edit in enumerate(cleaned.edits):
        yield from gaps.within(cleaned.source[position : edit.start], position, clean_position)
        clean_position += edit.start - position
        yield Piece(edit.start, clean_position, cleaned.source[edit.start : edit.end], edit.new, edit=index)
        clean_position += len(edit.new)
        position = edit.end
    yield from gaps.within(cleaned.source[position:], position, clean_position)
    yield from gaps.rest(len(cleaned.source), len(cleaned.text))


class _Gaps:
    """Hands out gaps in the order of the text, each at the first place where it can be shown."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        self._gaps = gaps
        self._next = 0

    def within(self, kept: str, start: int, clean_start: int) -> Iterator[Piece]:
        """Kept text, cut where gaps are in it."""
        whole = Piece(start, clean_start, kept, kept)
        position = 0
        while self._next < len(self._gaps) and self._gaps[self._next].start < start + len(kept):
            gap = self._gaps[self._next]
            at = max(gap.start - start, position)
            # One that starts within an edit is a mere point behind it: what follows may have nothing to do with it.
            end = max(at, min(gap.end - start, len(kept))) if gap.start >= start else at
            if at > position:
                yield whole.part(position, at)
            yield whole.part(at, end)._replace(gap=self._next)
            position = end
            self._next += 1
        if position < len(kept):
            yield whole.part(position, len(kept))

    def rest(self, end: int, clean_end: int) -> Iterator[Piece]:
        """The gaps at the very end."""
        for index in range(self._next, len(self._gaps)):
            yield Piece(end, clean_end, "", "", gap=index)


def _parts(piece: Piece, cleaned: Cleaned) -> Iterator[tuple[Piece, bool]]:
    """The piece, cut where rows may begin; with each part whether it begins a line on both sides."""
    length = max(len(piece.old), len(piece.new))
    cuts = [(0, _begins_line(piece, cleaned)), *_cuts(piece, cleaned), (length, False)]
    for (start, begins_line), (end, _) in pairwise(cuts):
        yield piece.part(start, end), begins_line


def _begins_line(piece: Piece, cleaned: Cleaned) -> bool:
    both = piece.old + piece.new
    if piece.edit is None:
        return bool(_LINE_START.match(cleaned.source, piece.start)) and _follows_line_end(
            cleaned.text, piece.clean_start
        )
    is_break = not both.strip() and ("\n" in both or "\r" in both)
    return (
        not is_break  # it belongs to the line it ends
        and _between_lines(cleaned.source, piece.start)
        and _between_lines(cleaned.text, piece.clean_start)
    )


def _cuts(piece: Piece, cleaned: Cleaned) -> Iterator[tuple[int, bool]]:
    """Offsets within the piece at which a row may begin; a gap stays whole, as it is counted once."""
    if piece.gap is not None:
        return
    if piece.edit is None:
        yield from _cuts_of_kept(piece.old)
    elif not piece.new and _between_lines(cleaned.text, piece.clean_start):
        yield from ((match.start(), True) for match in _LINE_START.finditer(piece.old, 1))
    elif not piece.old and _between_lines(cleaned.source, piece.start):
        yield from ((match.start(), True) for match in _LINE_START.finditer(piece.new, 1))


def _cuts_of_kept(text: str) -> Iterator[tuple[int, bool]]:
    lines = [0, *(match.start() for match in _LINE_START.finditer(text, 1)), len(text)]
    for start, end in pairwise(lines):
        if start:
            yield start, True
        while end - start > LONGEST_ROW:
            start = (text.find("。", start + LONGEST_ROW, end) + 1) or start + LONGEST_ROW
            if start < end:
                yield start, False


def _between_lines(text: str, offset: int) -> bool:
    return offset in (0, len(text)) or text[offset - 1] in "\r\n" or text[offset] in "\r\n"


def _follows_line_end(text: str, offset: int) -> bool:
    return offset == 0 or text[offset - 1] in "\r\n"
