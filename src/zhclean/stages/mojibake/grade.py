"""What speaks for a text being Chinese: how common its characters are, and how frequent."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from zhclean.characters import (
    COMMON,
    EMOJI_PARTS,
    FREQUENT_HAN,
    FREQUENT_MARKS,
    FULLWIDTH_TO_ASCII,
    HAN_CLASS,
    RAISED_AND_LOWERED,
)
from zhclean.patterns import pattern

MIN_FREQUENT = 0.4
"""Share of frequent characters that right readings have and wrong ones do not."""

_HAN = pattern(f"[{HAN_CLASS}]")
_ASCII = pattern("[\x00-\x7f]+")
_OF_TWO_BYTES = "".join(
    ch
    for ch in map(chr, range(0x2600, 0x2C00))
    if ch.encode("gbk", "ignore") or ch.encode("big5hkscs", "ignore")
)
"""Stars and ornaments that GBK or Big5 has, at places where the other one has Han: these do tell of a misreading."""
_NO_EVIDENCE = pattern(f"(?:[\x00-\x7f{EMOJI_PARTS}{RAISED_AND_LOWERED}∶](?<![{_OF_TWO_BYTES}]))+")
"""Emoji, raised and lowered figures, and the ratio of scores: no Chinese, and yet what stands beside it."""
_FREQUENT = FREQUENT_HAN | FREQUENT_MARKS | {chr(code) for code in FULLWIDTH_TO_ASCII if chr(code).isalnum()}


class Grade(NamedTuple):
    """What speaks for a text being Chinese."""

    common: float
    """Share of common characters among those that are evidence."""
    frequent: float
    """Share of frequent ones among the Han, the marks and the full-width letters and digits."""
    han: int
    """How many different Han."""
    different: int
    """How many different characters that are evidence."""


@lru_cache(2)  # one misreading after the other asks about the same line
def grade(text: str) -> Grade:
    beyond = evidence(text)
    common = sum(map(COMMON.__contains__, beyond))
    frequent = sum(map(_FREQUENT.__contains__, beyond))
    size = max(1, len(beyond))
    return Grade(common / size, frequent / size, len(set(_HAN.findall(text))), len(set(beyond)))


def beyond_ascii(text: str) -> str:
    """The characters that are no ASCII."""
    return _ASCII.sub("", text)


def evidence(text: str) -> str:
    """The characters that speak for its being Chinese, or against it."""
    return _NO_EVIDENCE.sub("", text)
