"""Bytes to text, for the encodings Chinese files come in.

The order of the questions: a byte order mark; NULs as UTF-16 has them; strict UTF-8; then GB18030 against
Big5 by how common the characters are that they give. Detectors made for all languages fail on short
Chinese strings. Files are mixed by the line (`zhclean.encoding.by_line`).
Korean, Japanese and Russian in encodings of their own are not recognised and may be taken for Chinese.
"""

from __future__ import annotations

import codecs
import errno
import os
import re
from pathlib import Path
from typing import NamedTuple, TypeAlias

from zhclean.characters import COMMON, CP1252, HAN_CLASS
from zhclean.encoding.by_line import MIN_GAIN, Reading, in_unicode, read_by_line
from zhclean.encoding.commonness import MIN_COMMON, common_share, count_high, plain_share
from zhclean.encoding.double_byte import BIG5, GB18030, REPLACEMENT
from zhclean.patterns import pattern

Source: TypeAlias = "bytes | bytearray | memoryview | str | os.PathLike[str]"

MAX_LOST = 0.05
"""Share of the bytes that may be undecodable; beyond it the file is broken or not text."""

MAX_CONTROLS = 0.05
"""Share of control bytes a text may hold, NULs at its end not counted."""

A_NAME = 4
"""Characters of a text so short that all may be rare ones."""

CLEAR_WEIGHT = 1.0
"""Mean weight of the characters from which on a reading is surely not shifted by lost bytes."""

_SAMPLE, _PROBE = 1 << 11, 1 << 16
_BOMS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKS_TO_DROP = (codecs.BOM_UTF8, b"\x84\x31\x95\x33")  # the latter is the mark in GB18030
_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\b\t\n\v\f\r\x1a\x1b"})
_HIGH_REST_OF_LINE = re.compile(rb"[\x80-\xff][^\n]*")
_HAN_ONLY = pattern(f"[{HAN_CLASS}\\s]+")
_THREE_BYTES_IN_UTF_8 = pattern("[\u0800-\U0010ffff]")
_ONE_SCRIPT = pattern(
    "[\x00-\u013e\u0141-\u017f\u01cd-\u01dc]*"  # Latin, pinyin
    "|[\x00-\x7f\xa0-\xbf\u0384-\u03ce]*"  # Greek
    "|[\x00-\x7f\xa0-\xbf\u0400-\u045f\u0490\u0491]*"  # Cyrillic
    "|[\x00-\x7f\xa0-\xbf\u0531-\u058a]*"  # Armenian
    "|[\x00-\x7f\xa0-\xbf\u05b0-\u05f4]*"  # Hebrew
    "|[\x00-\x7f\xa0-\xbf\u060c\u061b\u061f\u0621-\u06d3]*"  # Arabic
)


class DecodeError(ValueError):
    """Bytes that are no text in an encoding known here; the message names the file, if any, and the cause."""


class Decoded(NamedTuple):
    """Text, and how it was found."""

    text: str
    """Without byte order mark; line ends as they were."""
    encoding: str
    """"utf-8", "gb18030", "big5", "utf-16-le" …; for a file mixed by the line all of them, the main one first,
    joined with ``+``."""
    confidence: float
    """From 0 to 1. 1.0: a byte order mark and nothing lost, or faultless UTF-8. Otherwise the share of common
    characters, less where few characters speak or another encoding fits as well, and 0.3 for Windows-1252."""
    lost: int
    """How many U+FFFD in `text` stand for bytes that could not be decoded; those the file itself holds are
    not counted."""


def decode(source: Source) -> Decoded:
    """Decode bytes or the file at a path.

    UTF-8, UTF-16 and UTF-32 (the latter with a mark), GB18030 (and so GB 2312 and GBK), Big5 with the Hong
    Kong characters; European text in Windows-1252 is recognised so that it is not taken for Chinese. Bytes
    that cannot be decoded become U+FFFD.

    Raises:
        DecodeError: not text, or more than 5 % of the bytes undecodable.
        OSError: the file is missing, unreadable, or a directory; the message names it.
        TypeError: neither bytes nor a path.

    >>> decode("同时，确保服务业增长".encode("gbk"))[1:]
    ('gb18030', 1.0, 0)
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        return _decode(bytes(source))
    path = Path(source)
    if path.is_dir():  # Windows would call this a lack of permission
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    try:
        return _decode(path.read_bytes())
    except DecodeError as error:
        raise DecodeError(f"{path}: {error}") from None


def read(source: Source) -> str:
    """The text of `decode`.

    >>> read("新华社北京电".encode("gbk"))
    '新华社北京电'
    """
    return decode(source).text


def _decode(data: bytes) -> Decoded:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _wide(data[len(mark) :], encoding, 1.0)
    for mark in _MARKS_TO_DROP:
        data = data.removeprefix(mark)
    if b"\0" in data and (found := _utf_16(data)):
        return found
    if _is_binary(data):
        raise DecodeError("binary data, not text")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _checked(_decode_legacy(data), data)
    return _gbk_in_disguise(data, text) or Decoded(text, "utf-8", 1.0, 0)


def _checked(decoded: Decoded, data: bytes) -> Decoded:
    # One lost byte is allowed whatever the length: a short string may have been cut in a character.
    if decoded.lost > max(1, MAX_LOST * len(data)):
        raise DecodeError(
            f"more than {MAX_LOST:.0%} of the bytes cannot be decoded, best as {decoded.encoding}"
        )
    return decoded


def _decoded(reading: Reading, confidence: float) -> Decoded:
    return Decoded(reading.text, reading.encoding, round(confidence, 3), reading.lost)


def _is_binary(data: bytes) -> bool:
    text = data.rstrip(b"\0\x1a\xff")  # old archives fill their last block
    controls = len(text) - len(text.translate(None, _CONTROLS))
    return bool(data) and controls >= MAX_CONTROLS * len(text)


def _utf_16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark, where one byte order gives plain text."""
    for encoding in ("utf-16-le", "utf-16-be"):
        sample = data[:_SAMPLE].decode(encoding, "replace").rstrip("\0")
        if (share := plain_share(sample)) >= 0.9:
            return _wide(data, encoding, share)
    return None


def _wide(data: bytes, encoding: str, confidence: float) -> Decoded:
    """UTF-16 or UTF-32, in which all is garbage behind a lost byte: the text tells how much of it is."""
    found = _checked(_decoded(in_unicode(data, encoding), confidence), data)
    return found._replace(confidence=round(plain_share(found.text), 3)) if found.lost else found


def _gbk_in_disguise(data: bytes, text: str) -> Decoded | None:
    """GBK whose bytes happen to be valid UTF-8, as those of 同时, 目前 and 准确 are."""
    if text.isascii() or _THREE_BYTES_IN_UTF_8.search(text) or _ONE_SCRIPT.fullmatch(text):
        return None
    gbk = GB18030.greedy(data)
    if all(ch in COMMON for ch in gbk if ch > "\x7f"):
        return Decoded(gbk, GB18030.name, 0.5, 0)
    return None


def _decode_legacy(data: bytes) -> Decoded:
    """Decode what is not strict UTF-8."""
    high = count_high(data)
    sample = _sample(data)
    gb, big5 = (codec.weight(codec.greedy(sample)) for codec in (GB18030, BIG5))
    if max(gb, big5) < CLEAR_WEIGHT:  # lost bytes may have shifted the pairing
        gb, big5 = (codec.weight(codec.read(sample)[0]) for codec in (GB18030, BIG5))
    if _is_mostly_utf_8(data, max(gb, big5)):
        text = data.decode("utf-8", "replace")
        return _decoded(read_by_line(data, text, None), 1 - text.count(REPLACEMENT) / high)
    codec = GB18030 if gb >= big5 else BIG5
    read = codec.read(sample)[0]
    common, n = common_share(read)
    if common < MIN_COMMON and not (n <= A_NAME and _HAN_ONLY.fullmatch(read)):
        return _not_chinese(data, high)
    greedy = codec.greedy(data)
    if greedy.count(REPLACEMENT) > 4 * MAX_LOST * len(data):
        raise DecodeError(f"more than {MAX_LOST:.0%} of the bytes cannot be decoded, best as {codec.name}")
    certainty = (1 - 0.2**n) * (0.5 + 0.5 * min(1.0, abs(gb - big5) / MIN_GAIN))
    return _decoded(read_by_line(data, greedy, codec), common * certainty)


def _is_mostly_utf_8(data: bytes, weight: float) -> bool:
    """Whether UTF-8 with errors fits better than the double-byte reading of this mean weight."""
    middle = len(data) // 2
    probe = data[:_PROBE] + data[max(_PROBE, middle) : middle + _PROBE]
    high = count_high(probe)
    text = probe.decode("utf-8", "replace")
    lost = text.count(REPLACEMENT)
    return lost < high / 8 or (lost < high / 2 and GB18030.weight(text) >= weight)


def _not_chinese(data: bytes, high: int) -> Decoded:
    if found := _utf_16(data):
        return found
    if high < 0.3 * len(data):
        text = data.decode("latin-1").translate(CP1252)
        return Decoded(text, "cp1252", 0.3, 0)
    raise DecodeError("no encoding of Chinese text fits")


def _sample(data: bytes) -> bytes:
    """The first lines that are neither ASCII nor UTF-8, each from its first high byte on."""
    lines: list[bytes] = []
    size = 0
    for match in _HIGH_REST_OF_LINE.finditer(data):
        if not _is_utf_8(match[0]):
            lines.append(match[0][: _SAMPLE - size])
            size += len(lines[-1])
        if size >= _SAMPLE:
            break
    return b"\n".join(lines)


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
