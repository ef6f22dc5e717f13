"""UTF-8 read as GBK, with what that decoder could not read."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from itertools import accumulate

from zhclean.characters import HAN_CLASS
from zhclean.encoding.double_byte import REPLACEMENT
from zhclean.patterns import character_class, pattern
from zhclean.stages.mojibake.grade import beyond_ascii, grade
from zhclean.stages.mojibake.lost_bytes import restored
from zhclean.stages.mojibake.repair import Repair

_HAN = pattern(f"[{HAN_CLASS}]")

_T = rb"[\x80-\xbf]"
_WHOLE = rb"[\xc2-\xdf]%b|[\xe0-\xef]%b{2}|[\xf0-\xf4]%b{3}" % (_T, _T, _T)
_HURT = rb"[\xe0-\xef]%b?[\xff?]+%b?" % (_T, _T)
# At the edge of misread text two bytes are a correct Han and no letter: 第 is the UTF-8 of Cyrillic һ. Of the
# no-break space they are, for it stands where an indent does.
_EDGE = rb"(?:[\xe0-\xef]%b{2}|[\xf0-\xf4]%b{3}|%b|\xc2\xa0)" % (_T, _T, _HURT)
_START = re.compile(_EDGE)
_PART_OF_REGION = re.compile(
    rb"(?:%b|%b|[\t\x20-\x7e]){1,4000}" % (_WHOLE, _HURT)
)  # so many, to bound memory
_UP_TO_EDGE = re.compile(rb".*%b[\t\x20-\x7e]*" % _EDGE, re.DOTALL)

_EURO = "€"
_NO_BEGINNING = re.compile(rb"[\x80-\xbf\xff]")  # a byte that was lost never begins a character
_LACKS_BYTES = re.compile(rb"[\xe0-\xef](%b?)\Z" % _T)


def _pair(lead: int, trail: int) -> str:
    return bytes((lead, trail)).decode("gb18030")


# UTF-8 of Han is a byte from E2 to EF and two from 80 to BF; read in pairs, the first two are of these.
HEADS = {_pair(a, b) for a in range(0xE2, 0xF0) for b in range(0x80, 0xC0)}
SECONDS = {_pair(a, b) for a in range(0x81, 0xC0) for b in range(0xE2, 0xF0)}


@lru_cache(1)
def _first_pairs() -> re.Pattern[str]:
    return pattern(f"[{character_class(HEADS)}][{character_class(SECONDS)}]")


def utf_8_as_gbk(line: str) -> Iterator[Repair]:
    """鍥藉 for 国家, with what the wrong decoder could not read."""
    if not _first_pairs().search(line):
        return
    pieces = _pieces(line)
    raw = b"".join(pieces)
    index = {at: i for i, at in enumerate(accumulate(map(len, pieces), initial=0))}
    for start, end in _regions(raw, index):
        text = restored(raw[start:end], line[index[start] : index[end]])
        lost = text.count(REPLACEMENT)
        found = grade(text.replace(REPLACEMENT, ""))
        # A letter that was the second half of a character may be chance: any rare character gives one.
        letters = _count_ascii(text) > _count_ascii(line[index[start] : index[end]])
        whole = not (lost or letters) and found.common == 1.0 and len(_HAN.findall(text)) >= 2
        sure = whole or (found.han >= 3 and found.common >= 0.9 and lost <= 0.35 * len(text))
        if found.han and found.common >= 0.6:
            yield Repair(index[start], index[end], text, "UTF-8 read as GBK", 0.9 if lost else 0.98, sure)


def _pieces(line: str) -> list[bytes]:
    """The bytes of each character; € may have been the byte 80, which browsers and Windows read so."""
    pieces = [_gb18030(ch) for ch in line]
    at = line.find(_EURO)
    while at >= 0:
        lacking = _LACKS_BYTES.search(b"".join(pieces[max(0, at - 3) : at]))
        behind = pieces[at + 1] if at + 1 < len(pieces) else b""
        if lacking and lacking[1] and behind == b"?":
            pieces[at] = b"\xff"  # the mark may be one, or a byte that was lost
        elif lacking and not (lacking[1] and _NO_BEGINNING.match(behind)):
            pieces[at] = b"\x80"  # otherwise the last byte of a character and the first of the next
        at = line.find(_EURO, at + 1)
    return pieces


def _regions(raw: bytes, boundaries: Container[int]) -> Iterator[tuple[int, int]]:
    """Where UTF-8 stands, beginning and ending between two characters of the wrong reading."""
    end = 0
    while match := _START.search(raw, end):
        start, end = match.start(), match.start() + 1
        if start not in boundaries or (last := _end_of_region(raw, start)) == start:
            continue
        if kept := _UP_TO_EDGE.match(raw, start, last):
            end = start + len(kept[0].rstrip(b"\t "))
            if end in boundaries:
                yield start, end


def _end_of_region(raw: bytes, start: int) -> int:
    while part := _PART_OF_REGION.match(raw, start):
        start = part.end()
    return start


@lru_cache(1 << 16)
def _gb18030(character: str) -> bytes:
    try:
        return character.encode("gb18030") if character != REPLACEMENT else b"\xff"
    except UnicodeEncodeError:
        return b"\xff\xff"  # lone surrogates


def _count_ascii(text: str) -> int:
    return len(text) - len(beyond_ascii(text))
