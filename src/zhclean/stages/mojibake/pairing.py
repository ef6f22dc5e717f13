"""GBK that was read as Big5, where the decoder did not know all pairs: which bytes belong together behind a loss.

A decoder puts U+FFFD for one byte or for two. Up to the next ASCII character nobody sees which of the bytes behind it is
the first of a pair, and both ways give Han: the likelier text tells, where it is likelier by far.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from zhclean.encoding.double_byte import GB18030, REPLACEMENT
from zhclean.patterns import pattern
from zhclean.stages.mojibake.likeliest_bytes import cost, pair

CLEARLY = 6.0
"""By how much one text must be likelier than the other, in natural logarithms."""

OF_HALF, OF_UNREAD, OF_LONELY = 4.0, 18.0, 12.0
"""What it costs to take a byte for half of the character that is lost, to read a pair that is none, and to end with half a
character where no U+FFFD follows: of that the decoder would have made one.
"""

_UP_TO_ASCII = pattern("[^\x00-\x7f]*(?:[@-~](?![A-Za-z]))?")
"""A letter alone may be the second byte of a pair."""
_LOST = pattern(f"[{REPLACEMENT}\ue000-\uf8ff]+")
"""Nobody wrote a character of private use."""


class _Reading(NamedTuple):
    text: str
    is_cut: bool
    """Whether it ends with the first byte of a pair."""


def read_around_losses(misread: str, codec: str) -> str | None:
    """The GBK of text that `codec` was used for; a U+FFFD for each loss, also for what may be read in two ways.

    None if the codec does not have all of its characters.

    >>> read_around_losses("籵陬忑\ufffd掁牲細俶\ufffd4.2勀", "big5")
    '通车首\ufffd，共有\ufffd4.2万'
    """
    pieces = misread.split(REPLACEMENT)
    try:
        first, *others = [_encoded(piece, codec) for piece in pieces]
    except UnicodeEncodeError:
        return None
    text = _sure(first.unsure + first.sure)
    for i, piece in enumerate(others, start=1):
        is_followed = not piece.sure and i < len(others)
        text += REPLACEMENT + (_likelier(piece.unsure, is_followed=is_followed) or piece.letter)
        text += _sure(piece.sure)
    return _LOST.sub(REPLACEMENT, text)


def _sure(raw: bytes) -> str:
    return GB18030.read(raw)[0]


class _Bytes(NamedTuple):
    """What stands behind a loss: up to what is ASCII for sure, and from there on."""

    unsure: bytes
    letter: str
    """The letter they may end with, which is no byte of another character."""
    sure: bytes


def _encoded(piece: str, codec: str) -> _Bytes:
    """Raises UnicodeEncodeError where the codec lacks a character."""
    other = _other_bytes(codec)
    found = _UP_TO_ASCII.match(piece)
    end = found.end() if found else 0
    unsure, sure = (
        b"".join(other.get(character) or character.encode(codec) for character in part)
        for part in (piece[:end], piece[end:])
    )
    letter = piece[end - 1 : end]
    return _Bytes(unsure, letter if letter.isascii() else "", sure)


@lru_cache
def _other_bytes(codec: str) -> dict[str, bytes]:
    """Other pairs that give the same character, where the usual one is none of GB 2312 in either way: A2CC is 十, as A451 is."""
    found = {}
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            raw = bytes((lead, trail))
            character = raw.decode(codec, "ignore")
            if character and not _is_possible(character.encode(codec)):
                found[character] = raw
    return found


def _is_possible(raw: bytes) -> bool:
    return raw[0] < 0xF8 and raw[-1] > 0xA0


def _likelier(raw: bytes, *, is_followed: bool) -> str:
    """The text of bytes of which the first may be the second half of a lost character; nothing where that is not clear."""
    readings = [_read(raw), _read(raw[1:])]
    costs = [
        cost(reading.text.replace(REPLACEMENT, ""))
        + OF_UNREAD * reading.text.count(REPLACEMENT)
        + (OF_HALF if is_followed else OF_LONELY) * reading.is_cut
        + OF_HALF * halves
        for halves, reading in enumerate(readings)
    ]
    if abs(costs[0] - costs[1]) < CLEARLY:
        return ""
    text, is_cut = readings[costs[1] < costs[0]]
    return text + REPLACEMENT * is_cut


def _read(raw: bytes) -> _Reading:
    """Pair by pair; a U+FFFD for each pair that is none."""
    text, lead = "", 0
    for byte in raw:
        if lead:
            text += pair(lead, byte, "gb18030") or REPLACEMENT
            lead = 0
        elif byte < 0x80:
            text += chr(byte)
        else:
            lead = byte
    return _Reading(text, bool(lead))
