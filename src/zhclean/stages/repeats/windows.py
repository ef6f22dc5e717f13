"""Which stretches of a text stand in it twice: the one look that tells most texts from those with repeats.

All is found by the low byte of each character, of which eight make a machine word, so a clean text costs one
sort of an array. Equal bytes are candidates only: whoever acts on them compares the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from zhclean.fingerprint import BASE

WINDOW = 12
"""Characters of the shortest stretch found wherever its copies stand. A third of clean stories have one, and so
have two copies of a paragraph with one character in twenty wrong."""

ENOUGH = 30
"""Characters that must stand again at one distance, together or in several stretches: names are shorter."""

GRAMS = ((4, range(2, 9)), (8, range(9, 17)))
"""Characters of the shortest stretches found where their copies follow soon, as in a loop or a list, and how many
characters further on."""

SEPARATOR = 1
"""The mark between two copies, which need not stand behind the last one."""

BLOCK = 1 << 14
"""Characters compared at a time, so that the comparison stays in the processor's cache."""

_PADDING = bytes(range(32))
"""Differs from gram to gram, or the end of a text would seem to stand again; longer than a period and a gram."""

_WORD = 8
_HALF = np.uint64(32)
_BASE = np.uint64(BASE)
_POWERS = np.uint64(1) << np.arange(64, dtype=np.uint64)


class Again(NamedTuple):
    """About `length` characters at `offset` that stand again `distance` further on."""

    distance: int
    offset: int
    length: int


def low_bytes(text: str) -> bytes:
    """The low byte of each character."""
    return text.encode("utf-32-le", "surrogatepass")[::4]


def said_again(low: bytes) -> list[Again]:
    """The stretches of a window or more that stand again, each with its next copy; in order.

    Of those at one distance there are `ENOUGH` characters, or they are half of what they begin a loop of.
    """
    count = len(low) - WINDOW + 1
    if count < 2:
        return []
    keys = _window_keys(low, count)
    again = keys[1:] - keys[:-1] < _POWERS[count.bit_length()]
    if np.count_nonzero(again) < 2:
        return []
    at = again.nonzero()[0]
    places = _POWERS[count.bit_length()] - _POWERS[0]
    first, second = keys[at] & places, keys[at + 1] & places
    pairs = ((second - first) << _HALF) | first
    pairs.sort()
    return [*_with_enough(_runs(pairs))]


def _window_keys(low: bytes, count: int) -> npt.NDArray[np.uint64]:
    """Of each window a hash, with the window's place in the lowest bits; sorted, copies stand together in order."""
    words = np.ndarray(len(low) - _WORD + 1, "<u8", low, 0, (1,))
    # The characters that only the second word has are in its upper half, which no place takes the place of.
    keys = words[:count] * _BASE
    keys += words[WINDOW - _WORD :]
    keys &= ~(_POWERS[count.bit_length()] - _POWERS[0])
    keys |= _places()[:count] if count <= BLOCK else np.arange(count, dtype=np.uint64)
    keys.sort()
    return keys


@lru_cache(maxsize=1)
def _places() -> npt.NDArray[np.uint64]:
    return np.arange(BLOCK, dtype=np.uint64)


def _runs(pairs: npt.NDArray[np.uint64]) -> Iterator[Again]:
    """The stretches whose windows stand again at one distance; a pair is a distance and an offset."""
    ends = (pairs[1:] - pairs[:-1] != 1).nonzero()[0].tolist()
    ends.append(len(pairs) - 1)
    start = 0
    for end, last in zip(ends, pairs[ends].tolist(), strict=True):
        windows = end - start + 1
        yield Again(last >> 32, (last & 0xFFFFFFFF) - windows + 1, windows + WINDOW - 1)
        start = end + 1


def _with_enough(runs: Iterator[Again]) -> Iterator[Again]:
    for distance, stretches in groupby(runs, itemgetter(0)):
        found = [*stretches]
        length = sum(stretch.length for stretch in found)
        if length >= min(ENOUGH, distance / 2):
            yield from found


def said_again_soon(text: str, low: bytes) -> Iterator[tuple[int, int]]:
    """(offset, period) of each stretch of a period that stands again right behind, but for its last mark; in order."""
    padded = low + _PADDING
    for start in range(0, len(low), BLOCK):
        block = padded[start : start + BLOCK + len(_PADDING)]
        found = [place for width, periods in GRAMS for place in _grams_said_again(block, width, periods)]
        for place, period, width in sorted(found):
            offset, least = start + place, max(width, period - SEPARATOR)
            if text.startswith(text[offset : offset + least], offset + period):
                yield offset, period


def _grams_said_again(low: bytes, width: int, periods: range) -> list[tuple[int, int, int]]:
    """(offset, period, width) of the first of each run of grams that stand again a period further on."""
    grams = np.ndarray(len(low) - width + 1, f"<u{width}", low, 0, (1,)).copy()
    count = len(low) - len(_PADDING)
    later = np.ndarray((len(periods), count), grams.dtype, grams, width * periods.start, (width, width))
    same = later == grams[:count]
    if not np.count_nonzero(same):
        return []
    at = same.ravel().nonzero()[0]
    first = np.concatenate((at[:1], at[1:][at[1:] - at[:-1] != 1]))
    return [(place % count, periods[place // count], width) for place in first.tolist()]
