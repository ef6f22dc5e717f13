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

ENOUGH = 22
"""Characters that must stand again at one distance, together or in several stretches: names are shorter."""

GRAM = 4
"""Characters of the shortest stretch found where its copy follows soon, as in a loop or a list."""

GRIDS = ((1, range(2, 9)), (4, range(9, 14)))
"""At how many places a gram is looked up, and how many characters further on: a stretch of eight characters has a
gram at one of four places."""

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
_BELOW = _POWERS - np.uint64(1)
_ABOVE = ~_BELOW


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
    again = np.empty(count - 1, np.bool_)
    for at in range(0, count - 1, BLOCK):
        end = min(at + BLOCK, count - 1)
        np.less(keys[at + 1 : end + 1] - keys[at:end], _POWERS[count.bit_length()], out=again[at:end])
    if np.count_nonzero(again) < 2:
        return []
    first, pairs = keys[:-1][again], keys[1:][again]
    del keys, again  # in place from here on: of a text that is all copies these are the most memory
    first &= _BELOW[count.bit_length()]
    pairs &= _BELOW[count.bit_length()]
    pairs -= first
    pairs <<= _HALF
    pairs |= first
    pairs.sort()
    return [*_with_enough(_runs(pairs))]


def _window_keys(low: bytes, count: int) -> npt.NDArray[np.uint64]:
    """Of each window a hash, with the window's place in the lowest bits; sorted, copies stand together in order."""
    words = np.ndarray(len(low) - _WORD + 1, "<u8", low, 0, (1,))
    # The characters that only the second word has are in its upper half, which no place takes the place of.
    keys = words[:count] * _BASE
    keys += words[WINDOW - _WORD :]
    keys &= _ABOVE[count.bit_length()]
    for at in range(0, count, BLOCK):
        block = keys[at : at + BLOCK]
        block |= _places()[: len(block)] + np.uint64(at) if at else _places()[: len(block)]
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
        for place, period, step in _grams_said_again(block):
            least = max(GRAM, period - SEPARATOR)
            for offset in range(max(start + place - step + 1, 0), start + place + 1):
                if text.startswith(text[offset : offset + least], offset + period):
                    yield offset, period
                    break


def _grams_said_again(low: bytes) -> list[tuple[int, int, int]]:
    """(offset, period, step of its grid) of the first of each run of grams that stand again a period further on."""
    grams = np.ndarray(len(low) - GRAM + 1, "<u4", low, 0, (1,)).copy()
    found: list[tuple[int, int, int]] = []
    for step, periods in GRIDS:
        count = -(-(len(low) - len(_PADDING)) // step) + 1
        later = np.ndarray((len(periods), count), "<u4", grams, GRAM * periods.start, (GRAM, GRAM * step))
        same = later == grams[: count * step : step]
        same[:, -1] = False  # a place more than asked for, so that no run goes on in the next row
        for at in _runs_of_ones(same.tobytes()):
            row, place = divmod(at, count)
            found.append((place * step, periods[row], step))
    return sorted(found)


def _runs_of_ones(flags: bytes) -> Iterator[int]:
    """Where each run begins; bytes are searched faster than a short array is asked."""
    at = flags.find(1)
    while at >= 0:
        yield at
        end = flags.find(0, at)
        at = flags.find(1, end)
