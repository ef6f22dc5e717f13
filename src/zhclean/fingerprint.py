"""Fingerprints of text: keys of paragraphs, hashes of shingles, samples of them. Pure functions on numpy arrays.

All hashes are polynomials modulo two to the power of the array's word size, so equal text has equal hashes
on every machine and in every process; equal hashes are candidates only, and whoever acts on them compares
the text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Hashes = TypeVar("Hashes", npt.NDArray[np.uint32], npt.NDArray[np.uint64])
Offsets = npt.NDArray[np.int64]

BASE = 0x9E3779B97F4A7C15
"""Base of the polynomial, odd so that no character is lost: the golden ratio in 64 bits."""

REMIX = 0xD6E8FEB86659FD93
"""Multiplier that gives hashes another order (D. Stafford's mix, first constant rounded to odd)."""


def paragraph_key(line: str) -> str:
    """The line without any white space: indents and spaces between names differ from copy to copy.

    >>> paragraph_key("　　本报记者 李 明摄")
    '本报记者李明摄'
    """
    return "".join(line.split())


@lru_cache
def _power(width: int, dtype: np.dtype[np.unsignedinteger]) -> np.unsignedinteger:
    return dtype.type(pow(BASE, width, 1 << 8 * dtype.itemsize))


def lengthen(left: Hashes, left_width: int, right: Hashes, right_width: int) -> Hashes:
    """Hashes of the shingles `left_width + right_width` characters wide, from those of the two widths."""
    count = max(len(right) - left_width, 0)
    return left[:count] * _power(right_width, left.dtype) + right[left_width : left_width + count]


def doubled(hashes: Hashes, width: int) -> Hashes:
    """Hashes of the shingles twice as wide; `width` is that of the given ones."""
    return lengthen(hashes, width, hashes, width)


def shingles(points: Hashes, width: int) -> Hashes:
    """A hash of each run of `width` characters, in order; empty if the text is shorter.

    `points` are the code points as 32-bit or 64-bit words; the hashes are as wide.

    >>> len(shingles(np.array([1, 2, 3, 1, 2, 3], dtype=np.uint32), 3))
    4
    """
    result, reached = points, 1
    for bit in bin(width)[3:]:
        result, reached = doubled(result, reached), 2 * reached
        if bit == "1":
            result, reached = lengthen(result, reached, points, 1), reached + 1
    return result


def lowest_in_each(hashes: Hashes, window: int) -> Hashes:
    """The lowest of each `window` hashes in a row: what winnowing picks its sample from."""
    lowest, covered = hashes, 1
    while covered < window and len(lowest):
        step = min(covered, window - covered)
        count = max(len(lowest) - step, 0)
        lowest = np.minimum(lowest[:count], lowest[step:])
        covered += step
    return lowest


def winnow(hashes: Hashes, window: int) -> Offsets:
    """Offsets of a sample of hashes that depends on the text alone (Schleimer, Wilkerson and Aiken 2003).

    Of two equal stretches of at least ``window + width - 1`` characters the same shingle of both is in the
    sample; about ``2 / (window + 1)`` of all shingles are.
    """
    lowest = lowest_in_each(hashes, window)
    if not len(lowest):
        return np.zeros(0, dtype=np.int64)
    begins = np.concatenate([[0], np.flatnonzero(lowest[1:] != lowest[:-1]) + 1])
    places, wanted = begins.copy(), lowest[begins]
    for step in range(1, window):
        places = np.where(hashes[places] != wanted, begins + step, places)
    return np.unique(places)


def sketch(hashes: Hashes, starts: Offsets) -> Hashes:
    """Six min-hashes (rows) of each of the segments (columns) that begin at `starts`.

    The lowest and the highest of the hashes and of two remixes of them: six orders for the price of two
    multiplications. Two segments agree in a row with the probability of their Jaccard similarity.
    """
    kind = hashes.dtype.type
    multiplier, half = kind(REMIX & np.iinfo(hashes.dtype).max), kind(4 * hashes.dtype.itemsize)
    rows = []
    for _ in range(3):
        rows += [np.minimum.reduceat(hashes, starts), np.maximum.reduceat(hashes, starts)]
        hashes = (hashes ^ (hashes >> half)) * multiplier
    return np.stack(rows)
