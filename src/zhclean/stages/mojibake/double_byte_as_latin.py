"""GBK or Big5 read as Latin-1 or Windows-1252, also where UTF-8 was written of that and misread again."""

from __future__ import annotations

from collections.abc import Iterator

from zhclean.characters import COMMON, GB2312_SIGNS, HAN_CLASS
from zhclean.encoding.double_byte import BIG5, GB18030, REPLACEMENT, DoubleByte
from zhclean.encoding.latin import (
    LATIN_TEXT,
    LEAD,
    MAX_LAYERS,
    TYPOGRAPHY,
    UNTYPOGRAPHIC,
    count_high,
    to_bytes,
)
from zhclean.patterns import pattern
from zhclean.stages.mojibake.grade import MIN_FREQUENT, evidence, grade
from zhclean.stages.mojibake.likeliest_bytes import without_soft_hyphens
from zhclean.stages.mojibake.repair import Repair
from zhclean.stages.mojibake.utf_8_as_latin import UTF_8_AS_LATIN

_READABLE = COMMON | GB2312_SIGNS

_LATIN = pattern(f"[\t -\xff{UNTYPOGRAPHIC}]+")
_ASCII_AND_TYPOGRAPHY = "".join(map(chr, range(0x80))) + TYPOGRAPHY
_UNNATURAL = pattern("[À-ÿ][¡-ª¬-º¼-¿]|[¢-ª¬-¾][À-ÿ]|£[¡-¿]|[\x80-\x9f]")
"""What no European orthography puts side by side."""

LEAST_WITHOUT_HYPHENS, LEAST_STRANGE = 24, 1
"""Bytes from which on one knows what was lost, and strange characters that show that something was."""
_LOST_ITS_CONTROLS = pattern("[0-9][\x81-\xfe][0-9]")
"""What is left of four bytes of GB18030 if somebody removed their controls: 9Ð5 of 👉. More than soft hyphens was lost there."""
_LETTER_AMID = pattern(f"(?<=[{HAN_CLASS}])[@-~](?=[{HAN_CLASS}]|$)")


def double_byte_as_latin(line: str) -> Iterator[Repair]:
    """ÖÐ¹ú for 中国."""
    if not LEAD.search(line):
        return
    for run in LATIN_TEXT.finditer(line):
        spans = (run.span(), _within_typography(line, *run.span()))
        sure = [
            repair for span in dict.fromkeys(spans) if (repair := _double_byte(line, *span)) and repair.sure
        ]
        if len(sure) > 1:
            yield max(sure, key=lambda repair: (repair.confidence, *grade(repair.new)[:2]))
        elif sure:
            yield sure[0]
        else:  # quotation marks may be real ones
            pieces = (_double_byte(line, *piece.span()) for piece in _LATIN.finditer(line, *run.span()))
            yield from (piece for piece in pieces if piece)


def double_byte_as_latin_twice(line: str) -> Iterator[Repair]:
    """Ã”Ã‚ for 月: GBK read as Latin-1, of which UTF-8 was written that was read as Latin-1 again.

    A run is taken as a whole: within GBK there are pairs of bytes that happen to be UTF-8 and are none.
    """
    if not UTF_8_AS_LATIN.search(line):
        return
    for run in LATIN_TEXT.finditer(line):
        for start, end in dict.fromkeys((run.span(), _within_typography(line, *run.span()))):
            if repair := _chained(line[start:end]):
                yield repair._replace(start=start, end=end)
                break


def _chained(run: str) -> Repair | None:
    text = run
    for _ in range(MAX_LAYERS - 1):
        try:
            text = to_bytes(text).decode("utf-8")
        except UnicodeError:
            break
        if LATIN_TEXT.fullmatch(text) and (repair := _double_byte(text, 0, len(text))):
            return repair._replace(reason=f"UTF-8 read as Latin-1; {repair.reason}")
    return None


def _within_typography(line: str, start: int, end: int) -> tuple[int, int]:
    """A quotation mark or dash in front of misread text or behind it may be a correct one, and no byte of it."""
    run = line[start:end]
    first = len(run) - len(run.lstrip(_ASCII_AND_TYPOGRAPHY))
    last = len(run.rstrip(_ASCII_AND_TYPOGRAPHY))
    has_marks = not {*TYPOGRAPHY}.isdisjoint(run[:first] + run[last:])
    return (start + first, start + last) if has_marks else (start, end)


def _double_byte(line: str, start: int, end: int) -> Repair | None:
    misread = line[start:end]
    high = count_high(misread)
    if high < 2:
        return None
    raw = to_bytes(misread)
    codec = max(GB18030, BIG5, key=lambda codec: codec.weight(codec.greedy(raw)))
    text = codec.greedy(raw)
    found, lost = grade(text), 0
    again = _with_soft_hyphens(misread, raw, text, codec)
    if again:
        text, found = again, grade(again)
    elif REPLACEMENT in text and found.common >= 0.3 and (found.han >= 3 or high < 20):
        text, lost = codec.read(raw)
        found = grade(text)
    if found.common < 0.5 if found.han else not _READABLE.issuperset(evidence(text)):
        return None
    sure = (
        high >= 4
        and (found.han >= 3 or (found.common == 1.0 and found.different >= 6))  # a name before figures
        and found.common >= 0.85
        and found.frequent >= MIN_FREQUENT
        and lost <= 0.05 * high
        and len(_UNNATURAL.findall(misread)) >= 2
    )
    reason = (
        f"{'GBK' if codec is GB18030 else 'Big5'} read as Latin-1"
        + "; its soft hyphens were lost" * bool(again)
    )
    likely = high >= 4 and found.han > 1 and found.common == 1.0 and _UNNATURAL.search(misread) is not None
    return Repair(start, end, text, reason, 0.98 if sure and not again else 0.9, sure, likely)


def _with_soft_hyphens(misread: str, raw: bytes, text: str, codec: DoubleByte) -> str | None:
    """The text of bytes whose soft hyphens were removed, if more of it is common and fewer letters stand amid Han."""
    if "\xad" in misread or len(raw) < LEAST_WITHOUT_HYPHENS or _LOST_ITS_CONTROLS.search(misread):
        return None
    strange = _strange(text)
    again = without_soft_hyphens(raw, codec.codec) if strange >= LEAST_STRANGE else None
    return again if again and _strange(again) <= strange / 2 and grade(again).common > 0.95 else None


def _strange(text: str) -> int:
    """Characters that are not common, and letters between two Han."""
    beyond = evidence(text)
    return len(beyond) - sum(map(COMMON.__contains__, beyond)) + len(_LETTER_AMID.findall(text))
