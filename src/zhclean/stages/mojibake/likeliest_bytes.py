"""Text in a double-byte encoding of which not all bytes are known: the reading with the most likely characters and words.

The cheapest path through all that each byte may have been finds it (Viterbi, 1967). Characters cost less the more frequent they
are, so few common ones are likelier than many others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from zhclean.characters import CHINESE_MARKS, FREQUENT_MARKS
from zhclean.models.lexicon import lexicon

SCALE, MOST, OF_WORD = 11.0, 18.0, 3.0
"""What it costs to read a character, in natural logarithms: so much less for each unit of its weight in the lexicon, and for a
word of two.
"""

OF_MARK, OF_RARE_MARK, AGAIN = 5.0, 12.0, 1.0
"""The same of a mark or a full-width figure, of a mark that is rare, and of the second …, which is as rare if it stands
alone, or the second —.
"""

LOST, LETTER = 4.0, 12.0
"""What it costs to put in a byte that is missing, and to read a letter behind a Han, which may be the second byte of another."""

_PAIRED = frozenset("…—")

SOFT_HYPHEN = b"\xad"

Ways = dict[int, tuple[float, str]]
"""The cheapest text so far with its cost, by the byte that waits for its second one; 0 is none."""

Option = tuple[float, bytes]
"""What a character of the misread text may have been, with what that costs."""


def partly_utf_8(misread: str) -> str | None:
    """GBK that was read as UTF-8 where its bytes happened to be that, and as Latin-1 elsewhere: ÊܳÖÐø is 受持续.

    Of a character up to U+00FF nobody sees whether it was one byte or two (C2 or C3 and another one); all others were two bytes
    or more. None if these are the bytes of no text.
    """
    return _likeliest(map(_one_or_two, misread), "gb18030")


def without_soft_hyphens(misread: bytes, codec: str) -> str | None:
    """GBK or Big5 that was read as Latin-1 and lost its bytes AD, as somebody removed the soft hyphens: 经 is BE AD."""
    return _likeliest(
        (((0.0, bytes((byte,))), (LOST, SOFT_HYPHEN + bytes((byte,)))) for byte in misread), codec
    )


def cost(text: str) -> float:
    """How unlikely a text is, in natural logarithms."""
    return sum(map(_cost, ("", *text), text))


def _one_or_two(character: str) -> Sequence[Option]:
    whole = character.encode("utf-8", "surrogatepass")
    if "\x80" <= character <= "\xff":
        return (0.0, whole), (0.0, character.encode("latin-1"))
    return ((0.0, whole),)


def _likeliest(characters: Iterable[Sequence[Option]], codec: str) -> str | None:
    ways: Ways = {0: (0.0, "")}
    for options in characters:
        ways = _best(_gone_on(ways, cost, raw, codec) for cost, raw in options)
        if not ways:
            return None
    return ways[0][1] if 0 in ways else None


def _best(several: Iterable[Ways]) -> Ways:
    best: Ways = {}
    for ways in several:
        for lead, way in ways.items():
            if lead not in best or way < best[lead]:
                best[lead] = way
    return best


def _gone_on(ways: Ways, more: float, raw: bytes, codec: str) -> Ways:
    ways = {lead: (cost + more, text) for lead, (cost, text) in ways.items()} if more else ways
    for byte in raw:
        gone_on = []
        for lead, (cost, text) in ways.items():
            if lead:
                if character := pair(lead, byte, codec):
                    gone_on.append({0: (cost + _cost(text[-1:], character), text + character)})
            elif byte < 0x80:
                gone_on.append({0: (cost + _cost(text[-1:], chr(byte)), text + chr(byte))})
            elif 0x81 <= byte <= 0xFE:
                gone_on.append({byte: (cost, text)})
        ways = _best(gone_on)
    return ways


def _cost(before: str, character: str) -> float:
    if character < "\x80":
        return LETTER * (character >= "@" and before > "\u2e80")
    if character in _PAIRED:
        return AGAIN if before == character else OF_RARE_MARK
    if character in CHINESE_MARKS:
        return OF_MARK if character in FREQUENT_MARKS or character.isalnum() else OF_RARE_MARK
    known = lexicon().folded(before + character)
    words = lexicon().words(known)
    return MOST - SCALE * words.get(known[-1], 0.0) - OF_WORD * (known in words)


@lru_cache(1 << 15)
def pair(lead: int, trail: int, codec: str) -> str:
    try:
        character = bytes((lead, trail)).decode(codec)
    except UnicodeDecodeError:
        return ""
    # Nobody wrote a character of private use, and of two that one pair gives none is of Big5 by itself.
    return "" if len(character) != 1 or "\ue000" <= character <= "\uf8ff" else character
