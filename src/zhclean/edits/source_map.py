"""Where each character of a source stands in its clean text, and the other way round."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from zhclean.edits import Edit, Span

LARGEST = 10_000_000
"""Old times new characters of an edit up to which the two are compared one by one."""


class Piece(NamedTuple):
    """A stretch of one text, and of the other; character by character where both are as long."""

    start: int
    end: int
    there: Span
    moved: bool = False

    def cut(self, start: int, end: int) -> Piece:
        """The part between two offsets; what was replaced as one stays one there."""
        start, end = max(start, self.start), min(end, self.end)
        if self.end - self.start != self.there.end - self.there.start:
            return self._replace(start=start, end=end)
        shift = self.there.start - self.start
        return Piece(start, end, Span(start + shift, end + shift), self.moved)

    def turned(self) -> Piece:
        """The same, seen from the other text."""
        return Piece(*self.there, Span(self.start, self.end), self.moved)


class SourceMap:
    """Maps offsets and spans of a source to its clean text, and back.

    Within an edit the characters that are in both texts are found by comparing them; a stretch without any,
    and not as long as before, is one place.
    """

    def __init__(self, source: str, text: str, edits: Sequence[Edit]) -> None:
        pieces = list(_pieces(source, edits))
        self._text = text
        self.from_source = Side(_moves_looked_up(pieces), len(source), len(text))
        self.from_clean = Side(
            [piece.turned() for piece in pieces if piece.there.start < piece.there.end],
            len(text),
            len(source),
        )

    def left_of(self, span: Span) -> str:
        """What the clean text holds of a span of the source, in the order of the source."""
        return "".join(self._text[slice(*piece.there)] for piece in self.from_source.pieces(span))


class Side:
    """The way from one of the two texts to the other."""

    def __init__(self, pieces: Iterable[Piece], size: int, size_there: int) -> None:
        """Take pieces that cover the first text, in its order, and the number of characters of both."""
        self._pieces = list(pieces)
        self._starts = [piece.start for piece in self._pieces]
        self._size, self._size_there = size, size_there

    def offset(self, offset: int) -> int:
        """Where the character at `offset` stands in the other text, or would stand.

        Raises:
            IndexError: the text is shorter.
        """
        self._check(offset)
        if offset == self._size:
            return self._size_there
        piece = self._pieces[bisect_right(self._starts, offset) - 1]
        return piece.cut(offset, offset + 1).there.start

    def span(self, span: Span) -> Span:
        """The smallest span of the other text that holds what it has of `span`; empty if that is nothing.

        What was moved counts only if the span begins or ends with it: a sentence does not grow by the
        caption that stood in its middle.

        Raises:
            IndexError: the text is shorter.
        """
        images = [piece for piece in self.pieces(span) if piece.there.start < piece.there.end]
        if not images:
            place = self.offset(span.start)
            return Span(place, place)
        if not (images[0].moved or images[-1].moved):
            return Span(images[0].there.start, images[-1].there.end)
        return Span(min(p.there.start for p in images), max(p.there.end for p in images))

    def pieces(self, span: Span) -> Iterator[Piece]:
        """The pieces of a span."""
        self._check(span.start)
        self._check(span.end)
        first = bisect_right(self._starts, span.start) - 1
        for i in range(max(first, 0), bisect_right(self._starts, span.end - 1)):
            yield self._pieces[i].cut(*span)

    def _check(self, offset: int) -> None:
        if not 0 <= offset <= self._size:
            raise IndexError(f"offset {offset} lies outside the text of {self._size} characters")


def _pieces(source: str, edits: Sequence[Edit]) -> Iterator[Piece]:
    """Pieces of the source in the order of the clean text; moved text is in them twice, once as removed."""
    position = at = 0
    for edit in edits:
        size, size_new = edit.end - edit.start, len(edit.new)
        if size == size_new and not edit.origin:
            continue  # character by character, as what stands around it
        if position < edit.start:
            yield Piece(position, edit.start, Span(at, at := at + edit.start - position))
        if size and (edit.origin or not size_new):
            yield Piece(edit.start, edit.end, Span(at, at))
        if size_new:
            span = edit.origin or Span(edit.start, edit.end)
            yield from _aligned(source, span, edit.new, at, moved=edit.origin is not None)
        position, at = edit.end, at + size_new
    if position < len(source):
        yield Piece(position, len(source), Span(at, at + len(source) - position))


def _aligned(source: str, span: Span, new: str, at: int, *, moved: bool) -> Iterator[Piece]:
    """Pieces of a span of the source and of the text that took its place."""
    done = done_new = 0
    for start, start_new, size in _common(source[slice(*span)], new):
        if (done, done_new) != (start, start_new):
            there = Span(at + done_new, at + start_new)
            yield Piece(span.start + done, span.start + start, there, moved)
        if size:
            there = Span(at + start_new, at + start_new + size)
            yield Piece(span.start + start, span.start + start + size, there, moved)
        done, done_new = start + size, start_new + size


def _common(old: str, new: str) -> Iterator[tuple[int, int, int]]:
    """Offsets and size of the stretches that are in both, and the end of both."""
    if len(old) != len(new) and 0 < len(old) * len(new) <= LARGEST:
        from rapidfuzz.distance import Indel

        for operation in Indel.opcodes(old, new):
            if operation.tag == "equal":
                size = operation.src_end - operation.src_start
                yield operation.src_start, operation.dest_start, size
    yield len(old), len(new), 0


def _moves_looked_up(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces that cover the source in its order: removed text that was only moved leads to its new place."""
    moved = sorted((piece for piece in pieces if piece.moved), key=attrgetter("start"))
    k = 0
    for piece in pieces:
        if piece.moved or piece.start == piece.end:
            continue
        position = piece.start
        while piece.there.start == piece.there.end and k < len(moved) and moved[k].start < piece.end:
            if (start := max(position, moved[k].start)) < (end := min(piece.end, moved[k].end)):
                if position < start:
                    yield piece.cut(position, start)
                yield moved[k].cut(start, end)
                position = end
            if moved[k].end > piece.end:
                break
            k += 1
        if position < piece.end:
            yield piece.cut(position, piece.end) if position > piece.start else piece
