"""How common the characters of a reading are: the right one of Chinese news gives few that are rare."""

from __future__ import annotations

from zhclean.characters import COMMON, EMOJI_PARTS
from zhclean.patterns import pattern

MIN_COMMON = 0.5
"""Share of common characters below which a reading is not Chinese news."""

_ASCII = bytes(range(0x80))
_NO_EVIDENCE = pattern(f"[\x00-\x7f{EMOJI_PARTS}]+")


def common_share(text: str) -> tuple[float, int]:
    """Share of common characters among those beyond ASCII that are no emoji, and how many those are."""
    foreign = _NO_EVIDENCE.sub("", text)
    return sum(map(COMMON.__contains__, foreign)) / max(1, len(foreign)), len(foreign)


def plain_share(text: str) -> float:
    """Share of the characters that are common, or of ASCII."""
    return sum(ch in COMMON or " " <= ch <= "~" or ch in "\t\r\n" for ch in text) / max(1, len(text))


def count_high(data: bytes) -> int:
    """How many bytes are beyond ASCII."""
    return len(data.translate(None, _ASCII))
