"""The lines of a CSV file as text, whatever encodings they are in.

Many are decoded together, for a short line tells little of its encoding; those that do not fit the others are
then read each by itself, as in any text.
"""

from __future__ import annotations

import codecs
import io
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from typing import BinaryIO

from zhclean.encoding import DecodeError, decode
from zhclean.encoding.double_byte import REPLACEMENT

PIECE = 1 << 20
"""Bytes that are decoded together, at least, if the file has so many."""

MOST_HELD = 1 << 23
"""Bytes of the lines of a row that are held, to be read again if they turn out to be rows."""

LINE_COST = 96
"""Bytes that a line takes beyond its characters."""

PROBE = 1 << 16
"""Bytes from which it is told whether a file is in UTF-16 or UTF-32."""

_BLOCK = 1 << 13  # little, for what is read together with damage to an archive is lost with it
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")

_LOST, _BROKEN_BYTE = "zhclean-lost", "\udcff"
codecs.register_error(_LOST, lambda error: (_BROKEN_BYTE, error.end))  # type: ignore[attr-defined]


class Lines:
    """What `csv.reader` reads, a line at a time with its line end.

    One that is no text raises `DecodeError`; reading goes on behind it.
    """

    def __init__(self, stream: BinaryIO, beginning: bytes, check: Callable[[bytearray], object]) -> None:
        """Read what `stream` holds, which begins so; `check` is shown a line that is far longer than a piece."""
        self._lines = _decoded(_pieces(_blocks(stream, _wide(beginning)), check))
        self._again: deque[tuple[str, int]] = deque()
        self._row: list[tuple[str, int]] = []
        self._room = MOST_HELD
        self._first = 0
        self.number = 0
        """Of the last line, from 1."""
        self.lost = 0
        """U+FFFD that stand for broken bytes in the lines of this row."""

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self.number += 1
        if isinstance(line, DecodeError):
            raise line
        text, lost = line
        self.lost += lost
        self._room -= 2 * len(text) + LINE_COST
        if self._room > 0:
            self._row.append(line)
        else:
            self._row.clear()
        return text

    def begin_row(self) -> None:
        """What is read from now on is another row."""
        self.lost = 0
        self._row.clear()
        self._room = MOST_HELD
        self._first = self.number + 1

    @property
    def behind(self) -> int:
        """How many lines of this row there are behind its first."""
        return self.number - self._first

    def held(self) -> list[str]:
        """These lines, but for the last; none if they are too many to hold."""
        return [text for text, _ in self._row[1:-1]]

    def go_back(self) -> None:
        """Read again what stands behind the first line of this row."""
        self.number -= len(self._row) - 1
        self._again.extendleft(reversed(self._row[1:]))


def _wide(beginning: bytes) -> str:
    """UTF-16 or UTF-32, where ASCII is no part of the encoding; else nothing."""
    try:
        encoding = decode(beginning).encoding
    except DecodeError:
        return ""
    return encoding if encoding.startswith(("utf-16", "utf-32")) else ""


def _blocks(stream: BinaryIO, wide: str) -> Iterator[bytes]:
    """The contents; if in UTF-16 or UTF-32, then as UTF-8, where what is broken is a byte that is broken too."""
    blocks = iter(lambda: stream.read(_BLOCK), b"")
    if not wide:
        yield from blocks
        return
    for text in codecs.iterdecode(blocks, wide, _LOST):
        yield text.encode("utf-8", "surrogateescape")


def _pieces(blocks: Iterator[bytes], check: Callable[[bytearray], object]) -> Iterator[bytes]:
    """Whole lines together, none but the last piece of a file smaller than `PIECE` without need."""
    held = bytearray()
    searched = 0
    while True:
        try:
            block = next(blocks, b"")
        except Exception:
            yield bytes(held[: _end_of_lines(held, 0, len(held))])
            raise
        if not block:
            break
        held += block
        if len(held) < searched + 2 * PIECE:
            continue
        limit = len(held) - PIECE
        if end := _end_of_lines(held, searched, limit):
            yield bytes(held[:end])
            del held[:end]
            searched = 0
        else:
            check(held)
            searched = limit
    yield bytes(held)


def _end_of_lines(data: bytearray, start: int, end: int) -> int:
    r"""Behind the last line that ends in this part of the data, 0 if none does; no \r\n is torn."""
    return data.rfind(b"\n", start, end) + 1 or data.rfind(b"\r", start, max(start, end - 1)) + 1


def _decoded(pieces: Iterable[bytes]) -> Iterator[tuple[str, int] | DecodeError]:
    """Each line, and how many U+FFFD in it stand for broken bytes."""
    for piece in pieces:
        try:
            decoded = decode(piece)
        except DecodeError:
            yield from (_alone(match[0]) for match in _LINE.finditer(piece))
            continue
        texts = io.StringIO(decoded.text, newline="")
        if decoded.lost:
            yield from map(_with_loss, texts, (match[0] for match in _LINE.finditer(piece)))
        else:
            yield from zip(texts, repeat(0))


def _alone(raw: bytes) -> tuple[str, int] | DecodeError:
    try:
        decoded = decode(raw)
    except DecodeError as error:
        return error
    return decoded.text, decoded.lost


def _with_loss(text: str, raw: bytes) -> tuple[str, int]:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return text, text.count(REPLACEMENT)
    return text, 0  # what is U+FFFD here was so before
