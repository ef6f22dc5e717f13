"""Where a text may be misread, by a scan that costs little."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from zhclean.characters import COMMON
from zhclean.encoding.latin import SPECIALS, TYPOGRAPHY
from zhclean.stages.mojibake.utf_8_as_gbk import HEADS, SECONDS

Suspects = npt.NDArray[np.intp]
"""Offsets at which text may be misread, in order."""

_BEYOND = 0x10000
"""The place of all characters beyond the BMP in a table of code points."""


def suspicious(text: str) -> Suspects:
    """Of two characters that hardly ever stand together in correct text, and always do in misread text, the first."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    sides = _sides().take(points, mode="clip")
    return np.flatnonzero(sides[:-1] & (sides[1:] >> 4))


@lru_cache(1)
def _sides() -> npt.NDArray[np.uint8]:
    """Of each code point four bits that tell of what pairs it is the first, and four of what pairs the second."""
    odd = {*map(chr, range(0x80, 0x100)), *SPECIALS} - set(TYPOGRAPHY)
    usual = {*map(chr, range(0x3400)), *map(chr, range(0xAC00, 0xD7A4)), *COMMON} - (odd - COMMON)
    table = np.full(_BEYOND + 1, 0x11, np.uint8)  # two rare characters
    table[_points(usual)] = 0
    table[[*range(0xFE00, 0xFFFD), _BEYOND]] = 0  # variation selectors, full-width forms, emoji and the like
    for number, (firsts, seconds) in enumerate(((HEADS, SECONDS), ("Â", "£©°±µ·"), ("Ã", "—")), start=1):
        table[_points(firsts)] |= 1 << number
        table[_points(seconds)] |= 16 << number
    return table


def _points(characters: Iterable[str]) -> npt.NDArray[np.uint16]:
    return np.frombuffer("".join(characters).encode("utf-16-le"), np.uint16)
