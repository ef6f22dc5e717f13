"""Pairs that cannot be alike are told by a few machine words of each text, before their sets are compared.

Sandes, Teodoro and Melo, Bitmap Filter: Speeding up Exact Set Similarity Joins with Bitwise Operations
(Information Systems 88, 2020): each member of a set turns one bit around. Bits that differ between two sets come
from members that only one of them has, so they bound what is shared; nothing that is alike is missed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from zhclean.corpus.deduplication.likeness import Likeness
from zhclean.corpus.deduplication.minhash import WIDTH
from zhclean.fingerprint import shingles

_BITS = 4096  # texts up to some ten thousand characters are told apart by so many
_REMEMBERED = 50_000  # bitmaps that a process keeps, 30 MB


class Bitmap(NamedTuple):
    """A set of shingles, in brief."""

    size: int
    bits: int


_bitmaps: dict[int, Bitmap] = {}


def bitmap(node: int, text: str) -> Bitmap:
    """The bitmap of the text of a node, as often as it is asked for."""
    if (found := _bitmaps.get(node)) is None:
        if len(_bitmaps) >= _REMEMBERED:
            _bitmaps.clear()
        found = _bitmaps[node] = _bitmap(text)
    return found


def _bitmap(text: str) -> Bitmap:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
    hashes = np.unique(shingles(points, min(WIDTH, max(len(text), 1))))
    # The upper bits of a product depend on all bits of the hash.
    places = (hashes * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(64 - _BITS.bit_length() + 1)).astype(
        np.int64
    )
    turned = np.packbits(np.bincount(places, minlength=_BITS).astype(np.uint8) & 1)
    return Bitmap(len(hashes), int.from_bytes(turned.tobytes(), "big"))


def may_match(one: Bitmap, other: Bitmap, likeness: Likeness) -> bool:
    """Whether two sets can be as alike as asked; if not, they are not."""
    together = one.size + other.size
    shared = (together - (one.bits ^ other.bits).bit_count()) / 2  # at most
    if shared >= likeness.threshold * (together - shared):
        return True
    return likeness.containment is not None and shared >= likeness.containment * min(one.size, other.size)
