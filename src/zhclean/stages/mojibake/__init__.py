"""Text that was decoded in the wrong encoding: a module for each misreading, `suspects` before them, `cutting` for long lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import ClassVar, NamedTuple

from zhclean.characters import HAN_CLASS, WIDE_MARK_CLASS
from zhclean.edits import Edit, Gap, Span, Step, touches
from zhclean.edits.composition import Composition
from zhclean.encoding.lost_characters import losses
from zhclean.markup.escapes import byte_edits
from zhclean.markup.masks import hide
from zhclean.patterns import pattern
from zhclean.stages.mojibake.cutting import cut
from zhclean.stages.mojibake.double_byte_as_latin import double_byte_as_latin, double_byte_as_latin_twice
from zhclean.stages.mojibake.european_as_latin import european_as_latin
from zhclean.stages.mojibake.gbk_and_big5 import big5_as_gbk, gbk_as_big5
from zhclean.stages.mojibake.gbk_as_utf_8 import gbk_as_utf_8
from zhclean.stages.mojibake.repair import Misreading, Repair
from zhclean.stages.mojibake.shifted_bytes import shifted
from zhclean.stages.mojibake.suspects import Suspects, suspicious
from zhclean.stages.mojibake.utf_8_as_gbk import utf_8_as_gbk
from zhclean.stages.mojibake.utf_8_as_latin import FRAGMENTS, utf_8_as_latin

_MISREADINGS: tuple[Misreading, ...] = (
    gbk_as_utf_8,
    utf_8_as_latin,
    double_byte_as_latin_twice,
    double_byte_as_latin,
    utf_8_as_gbk,
    big5_as_gbk,
    gbk_as_big5,
)
"""Of Chinese text; of text in other languages there is `european_as_latin`, which comes last."""

_MARKS_OF_LOSS = ("\ufffd", "锟斤拷", "嚙踝蕭", "ï¿½")
"""U+FFFD, and what it became when it was misread itself."""

_SIGNS_OF_LOSS = "".join(mark[0] for mark in _MARKS_OF_LOSS)
_LOST = pattern(f"(?:{'|'.join(_MARKS_OF_LOSS)})+(?:(?<=锟斤拷)锟斤?)?")

_WIDE = pattern(f"[{HAN_CLASS}{WIDE_MARK_CLASS}]")

MAX_LINE = 10_000
"""Characters looked at together; a longer line is taken in pieces of whole characters, to bound memory."""


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
        if escaped := _escaped(text):
            yield from escaped
            return
        if text.isascii():
            return
        off = [*_shifted(text)]
        yield from off
        for found in _in_wrong_encoding(text):
            if not touches(off, Span(found.start + 1, found.end - 1)):  # beside one of them it may stand
                yield found


def _in_wrong_encoding(text: str) -> Iterator[Edit | Gap]:
    yield from _unencodable(text)
    suspects = suspicious(text)
    if len(suspects) or any(sign in text for sign in _SIGNS_OF_LOSS):
        yield from _gaps(text)
        yield from _edits(text, suspects)


def _escaped(text: str) -> list[Edit]:
    """Misread text that somebody escaped: repaired at once, for to `invisible` its C1 controls are none to keep."""
    escapes = sorted(byte_edits(text))
    if not escapes:
        return []
    composition = Composition(text)
    composition.add(Step("", escapes))
    edits = sorted(_edits(composition.text, suspicious(composition.text)))
    if not any(_WIDE.search(edit.new) for edit in edits):
        return []
    composition.add(Step("", edits))
    return composition.edits()


def _shifted(text: str) -> Iterator[Edit]:
    for start, end, new in shifted(text):
        yield Edit(start, end, new, "GBK that lost a byte, read half a character off", 0.9)


def _gaps(text: str) -> Iterator[Gap]:
    for match in _LOST.finditer(text):
        count = sum(match[0].count(mark) for mark in _MARKS_OF_LOSS)
        yield Gap(*match.span(), f"characters lost to a wrong conversion, {count} of them")
    for match in FRAGMENTS.finditer(text):
        count = len(match[0]) // 2
        yield Gap(*match.span(), f"characters lost to a wrong conversion, {count} of them")


def _unencodable(text: str) -> Iterator[Gap]:
    """Where ? stands for characters that some encoding did not have."""
    for (start, end), sure in losses(hide(text)) if "?" in text else ():
        if sure:
            count = text.count("?", start, end)
            yield Gap(start, end, f"characters that could not be encoded became ?, {count} of them", 0.9)


def _edits(text: str, suspects: Suspects) -> Iterator[Edit]:
    covered = dict.fromkeys(_MISREADINGS, 0)
    end = 0
    left: list[Span] = []  # what is not surely repaired
    unsure: list[_Line] = []
    for line in _suspect_lines(text, suspects):
        misreading, repairs = _sure_repairs(line.text)
        if misreading is None:
            unsure.append(line)
            continue
        covered[misreading] += len(line.text)
        yield from (_edit(line, repair) for repair in repairs)
        left.append(Span(end, line.start))
        end = line.start + len(line.text)
    left.append(Span(end, len(text)))
    # The document as a whole may have been misread: its short lines too. ftfy would make those unrecoverable.
    whole = next((misreading for misreading, size in covered.items() if 2 * size >= len(text)), None)
    seen = [misreading for misreading, size in covered.items() if size]
    for line in _lines(text, left) if seen else unsure:
        repairs = list(whole(line.text)) if whole else _likely_repairs(line.text, seen)
        yield from (_edit(line, repair) for repair in repairs)


def _suspect_lines(text: str, suspects: Suspects) -> Iterator[_Line]:
    # A line ends with a line feed only: misread text is full of U+0085.
    end = 0
    while (following := suspects.searchsorted(end)) < len(suspects):
        at = int(suspects[following])
        start = max(text.rfind("\n", end, at) + 1, end, at - MAX_LINE // 2)
        end = text.find("\n", at, start + MAX_LINE)
        if end < 0:
            latest = start + MAX_LINE
            end = len(text) if latest >= len(text) else cut(text, start, latest)
        yield _Line(start, text[start:end])


def _lines(text: str, spans: Iterable[Span]) -> Iterator[_Line]:
    for start, end in spans:
        for line in text[start:end].split("\n"):
            if len(line) <= MAX_LINE and not line.isascii():
                yield _Line(start, line)
            start += len(line) + 1


def _sure_repairs(line: str) -> tuple[Misreading | None, list[Repair]]:
    """How a line was misread if that leaves no doubt, and what repairs it."""
    for misreading in _MISREADINGS:
        repairs = list(misreading(line))
        if any(repair.sure for repair in repairs):
            return misreading, repairs
    return None, []


def _likely_repairs(line: str, seen: Iterable[Misreading]) -> list[Repair]:
    """How a line may be repaired in a text of which others were misread: as they were, or as foreign words are."""
    for misreading in seen:
        repairs = [repair for repair in misreading(line) if repair.sure or repair.likely]
        if repairs:
            return repairs
    return list(european_as_latin(line))


def _edit(line: _Line, repair: Repair) -> Edit:
    old, new = line.text[repair.start : repair.end], repair.new
    before = _equal(old, new)
    after = _equal(reversed(old[before:]), reversed(new[before:]))
    start, end = line.start + repair.start + before, line.start + repair.end - after
    return Edit(start, end, new[before : len(new) - after], repair.reason, repair.confidence)


def _equal(a: Iterable[str], b: Iterable[str]) -> int:
    """How many characters are the same at the beginning of both."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))
