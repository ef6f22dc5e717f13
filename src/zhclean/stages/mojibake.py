"""Text that was decoded in the wrong encoding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import ClassVar, NamedTuple

from zhclean.edits import Edit, Gap
from zhclean.misreading import (
    Repair,
    between_double_bytes,
    double_byte_as_latin,
    european_as_latin,
    suspect,
    utf_8_as_gbk,
    utf_8_as_latin,
)

Misreading = Callable[[str, bool], Iterator[Repair]]

_MISREADINGS: tuple[Misreading, ...] = (
    utf_8_as_latin,
    double_byte_as_latin,  # before ftfy, which would make this text unrecoverable
    utf_8_as_gbk,
    between_double_bytes,
    european_as_latin,
)

_MARKS_OF_LOSS = ("\ufffd", "锟斤拷", "嚙踝蕭", "ï¿½")
"""U+FFFD, and what it became when it was misread itself."""

_LOST = re.compile(f"(?:{'|'.join(_MARKS_OF_LOSS)})+")

_LINE = re.compile(r"[^\n]{1,10000}")
"""A line feed only: misread text is full of U+0085. Longer lines are taken in pieces, to bound memory."""


class _Line(NamedTuple):
    start: int
    text: str


@dataclass(frozen=True)
class Mojibake:
    """Undo decoding in the wrong encoding, line by line; report where characters are lost for good.

    >>> [e.new for e in Mojibake().propose("å¸‚æ”¿åºœæ–°é—»")]
    ['市政府新闻']
    """

    name: ClassVar[str] = "mojibake"

    def propose(self, text: str) -> Iterator[Edit | Gap]:
        """Yield one edit a run of misread text, and one gap a run of lost characters."""
        if text.isascii():
            return
        if any(mark in text for mark in _MARKS_OF_LOSS):
            yield from _gaps(text)
        if suspect().search(text):
            yield from _edits(text)


def _gaps(text: str) -> Iterator[Gap]:
    for match in _LOST.finditer(text):
        count = sum(match[0].count(mark) for mark in _MARKS_OF_LOSS)
        yield Gap(*match.span(), f"characters lost to a wrong conversion, {count} of them")


def _edits(text: str) -> Iterator[Edit]:
    covered = dict.fromkeys(_MISREADINGS, 0)
    left: list[_Line] = []
    for match in _LINE.finditer(text):
        line = _Line(match.start(), match[0])
        misreading = _sure(line.text)
        if misreading:
            covered[misreading] += len(line.text)
            yield from _on_line(line, misreading)
        elif not line.text.isascii():
            left.append(line)
    for misreading, size in covered.items():
        if 2 * size >= len(text):  # the document as a whole was misread: its short lines too
            for line in left:
                yield from _on_line(line, misreading)
            return


def _sure(line: str) -> Misreading | None:
    """How a line was misread, if it leaves no doubt."""
    if suspect().search(line):
        for misreading in _MISREADINGS:
            if next(misreading(line, False), None):
                return misreading
    return None


def _on_line(line: _Line, misreading: Misreading) -> Iterator[Edit]:
    for repair in misreading(line.text, True):
        old, new = line.text[repair.start : repair.end], repair.new
        before = _equal(old, new)
        after = _equal(reversed(old[before:]), reversed(new[before:]))
        start, end = line.start + repair.start + before, line.start + repair.end - after
        yield Edit(start, end, new[before : len(new) - after], repair.reason, repair.confidence)


def _equal(a: Iterable[str], b: Iterable[str]) -> int:
    """How many characters are the same at the beginning of both."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
