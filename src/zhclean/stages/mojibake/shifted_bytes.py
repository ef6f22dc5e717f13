"""GBK that lost one byte between a mark and a quotation mark, so that what follows is read half a character off.

水道?！蔽錆h海事 is 水道。”武漢海事: of A1A3 A1B1 CEE4 9D68 the first byte became a question mark, A3A1 is ！, B1CE is 蔽, and
E49D is 錆. The second byte of a character that is a letter by itself ends it, h, or the next ASCII character does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from zhclean.characters import HAN_CLASS
from zhclean.encoding.double_byte import REPLACEMENT
from zhclean.patterns import character_class, pattern
from zhclean.stages.mojibake.likeliest_bytes import cost

_LOST = b"\xa1"
_SECOND_BYTES_OF_QUOTES = (0xB0, 0xB1, 0xB8, 0xB9)  # A1B0 is “, and so on: ” 「 」
_FIRST_OFF = character_class(
    {
        character
        for lead in _SECOND_BYTES_OF_QUOTES
        for trail in range(0x81, 0xFF)
        for character in bytes((lead, trail)).decode("gbk", "ignore")
    }
)
_SHIFTED = pattern(
    rf"[?!！](?:(?<=\?)(?=！)|(?<=[{HAN_CLASS}”」][!！]))(?P<off>！?[{_FIRST_OFF}][^\x00-\x7f]{{0,200}})(?![^\x00-\x7f])(?P<end>[@-~?]|(?![@-~?\r\n]))"
)

SURELY, UNKNOWN = 4.0, 10.0
"""By how much the text must be likelier than what was read, in natural logarithms, and what a character costs of which a byte
is gone. Of 31,638 exclamation marks in real news and posts none was above -7.6.
"""


class Shifted(NamedTuple):
    """``text[start:end]`` is `new`."""

    start: int
    end: int
    new: str


def shifted(text: str) -> Iterator[Shifted]:
    """Where a byte was lost; U+FFFD stands for a character at the end of which the other byte is gone.

    Up to a line end nothing is read again: the other byte may be the first one of the next line.
    """
    if "!" not in text and "！" not in text:
        return
    for match in _SHIFTED.finditer(text):
        start = match.start() if match[0][0] == "?" else match.start("off")
        new = _read_again(match["off"], match["end"])
        if new and _cost(new) + SURELY < cost(text[start : match.end()]):
            yield Shifted(start, match.end(), new)


def _read_again(off: str, end: str) -> str | None:
    try:
        raw = _LOST + off.encode("gbk")
        if end in ("", "?"):
            return raw[:-1].decode("gbk") + REPLACEMENT
        return (raw + end.encode()).decode("gbk")
    except UnicodeError:
        return None


def _cost(text: str) -> float:
    return cost(text.rstrip(REPLACEMENT)) + UNKNOWN * (REPLACEMENT in text)
