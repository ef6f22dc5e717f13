"""Fingerprints of text: keys of paragraphs, hashes of shingles. Pure functions.

Hashes are polynomials modulo two to the power of the array's word size, so equal text has equal hashes on
every machine and in every process; equal hashes are candidates only, and whoever acts on them compares the
text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Hashes = TypeVar("Hashes", npt.NDArray[np.uint32], npt.NDArray[np.uint64])

BASE = 0x9E3779B97F4A7C15
"""Base of the polynomial, odd so that no character is lost: the golden ratio in 64 bits."""


def paragraph_key(line: str) -> str:
    """The line without any white space: indents and spaces between names differ from copy to copy.

    >>> paragraph_key("　　本报记者 李 明摄")
    '本报记者李明摄'
    """
    return "".join(line.split())


def shingles(points: Hashes, width: int) -> Hashes:
    """A hash of each run of `width` characters, in order; empty if the text is shorter.

    `points` are the code points as 32-bit or 64-bit words; the hashes are as wide.

    >>> len(shingles(np.array([1, 2, 3, 1, 2, 3], dtype=np.uint32), 3))
    4
    """
    result, reached = points, 1
    for bit in bin(width)[3:]:
        result, reached = _longer(result, reached, result, reached), 2 * reached
        if bit == "1":
            result, reached = _longer(result, reached, points, 1), reached + 1
    return result


def _longer(left: Hashes, left_width: int, right: Hashes, right_width: int) -> Hashes:
    count = max(len(right) - left_width, 0)
    return left[:count] * _power(right_width, left.dtype) + right[left_width : left_width + count]


@lru_cache
def _power(width: int, dtype: np.dtype[np.unsignedinteger]) -> np.unsignedinteger:
    return dtype.type(pow(BASE, width, 1 << 8 * dtype.itemsize))
