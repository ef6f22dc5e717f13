"""GBK that was read as UTF-8 where its bytes happened to be that, and as Latin-1 elsewhere: ÊܳÖÐø for 受持续.

Of a character up to U+00FF nobody sees whether it was one byte or two (C2 or C3 and another one); all others were two bytes or
more. Nearly always one way only makes a text of common characters: the cheapest path finds it (Viterbi, 1967).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from zhclean.characters import CHINESE_MARKS
from zhclean.lexicon import lexicon

_LEADS = range(0x81, 0xFF)
"""First bytes of a character."""

SCALE, MOST, OF_MARK, OF_WORD = 11.0, 18.0, 5.0, 3.0
"""What it costs to read a character, in natural logarithms: so much less for each unit of its weight in the lexicon, and for a
word of two; and of a mark. Few frequent characters are likelier than many others.
"""

Ways = dict[int, tuple[float, str]]
"""The cheapest text so far with its cost, by the byte that waits for its second one; 0 is none."""


def in_gbk(misread: str) -> str | None:
    """The text of which this may be all the bytes; None if it is none."""
    ways: Ways = {0: (0.0, "")}
    for character in misread:
        ways = _best(_gone_on(ways, raw) for raw in _may_be(character))
        if not ways:
            return None
    return ways[0][1] if 0 in ways else None


def _may_be(character: str) -> Iterable[bytes]:
    """The bytes that a character may have been."""
    whole = character.encode("utf-8", "surrogatepass")
    return (whole, character.encode("latin-1")) if "\x80" <= character <= "\xff" else (whole,)


def _best(several: Iterable[Ways]) -> Ways:
    best: Ways = {}
    for ways in several:
        for lead, way in ways.items():
            if lead not in best or way < best[lead]:
                best[lead] = way
    return best


def _gone_on(ways: Ways, raw: bytes) -> Ways:
    for byte in raw:
        gone_on = []
        for lead, (cost, text) in ways.items():
            if lead:
                if character := _pair(lead, byte):
                    gone_on.append({0: (cost + _cost(text[-1:], character), text + character)})
            elif byte < 0x80:
                gone_on.append({0: (cost, text + chr(byte))})
            elif byte in _LEADS:
                gone_on.append({byte: (cost, text)})
        ways = _best(gone_on)
    return ways


def _cost(before: str, character: str) -> float:
    if character in CHINESE_MARKS:
        return OF_MARK
    words = lexicon().words
    return MOST - SCALE * words.get(character, 0.0) - OF_WORD * (before + character in words)


@lru_cache(1 << 15)
def _pair(lead: int, trail: int) -> str:
    character = bytes((lead, trail)).decode("gb18030", "ignore")
    return "" if "\ue000" <= character <= "\uf8ff" else character  # nobody wrote a character of private use
