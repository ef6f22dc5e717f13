"""Sketches of many texts at once: one-permutation MinHash and the LSH bands cut from it. Pure, in numpy.

Li, Owen and Zhang, One Permutation Hashing (NIPS 2012), with slots left empty filled as in Dahlgaard,
Knudsen and Thorup, Fast Similarity Sketching (FOCS 2017): by more rounds over the same shingles, not by
copying neighbours, so that two texts agree in a slot with probability Jaccard however short they are.

Everything is 64-bit arithmetic on code points: the same text has the same sketch on every machine.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from zhclean.corpus.deduplication.compared import Offsets, Texts
from zhclean.fingerprint import shingles

WIDTH = 5
"""Characters in a shingle: most five characters of Chinese occur in few texts, and an edit spoils only five."""

MISSED = 1e-4
"""The share of pairs exactly at the threshold that may share no band; more similar ones are missed less."""

ANCHOR_WIDTH = 13
"""Characters in an anchor: long enough to be rare, short enough to survive between two edits."""

ANCHOR_SHARE = 8
"""One in so many runs of `ANCHOR_WIDTH` characters is an anchor, told by its hash alone."""

_ROUNDS = 4  # rounds of one hash a shingle before every empty slot looks at every shingle
_EMPTY = np.uint32(0xFFFFFFFF)

Words = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Layout:
    """How a sketch is cut into bands of `rows` slots each; two texts are candidates if they share a band."""

    bands: int
    rows: int

    @property
    def slots(self) -> int:
        """Hashes in a sketch."""
        return self.bands * self.rows

    def found(self, jaccard: float) -> float:
        """The probability that two texts so similar share a band.

        >>> round(Layout(34, 4).found(0.75), 6)
        0.999998
        """
        return float(1 - (1 - jaccard**self.rows) ** self.bands)


def layout(threshold: float) -> Layout:
    """The bands that find all but `MISSED` of the pairs at `threshold`.

    More rows make a band more selective and ask for more bands; six times the threshold keeps both the
    bands few and the pairs at a third of the threshold out.

    >>> layout(0.7)
    Layout(bands=34, rows=4)
    """
    rows = max(1, round(6 * threshold))
    agree = threshold**rows
    return Layout(1 if agree >= 1 else math.ceil(math.log(MISSED) / math.log1p(-agree)), rows)


class _Shingled(NamedTuple):
    """The hashed shingles of many texts; those of text i are ``hashes[offsets[i]:offsets[i + 1]]``."""

    hashes: Words
    offsets: Offsets

    def owners(self) -> npt.NDArray[np.int64]:
        """For each shingle its text."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def of(self, chosen: npt.NDArray[np.bool_]) -> _Shingled:
        """Some of the texts."""
        lengths = np.diff(self.offsets)
        offsets = np.concatenate(([0], np.cumsum(lengths[chosen])))
        return _Shingled(self.hashes[np.repeat(chosen, lengths)], offsets)


def _shingled(texts: Texts, width: int) -> _Shingled:
    """All shingles; a text shorter than one is one shingle as it is, an empty one has none."""
    lengths = np.diff(texts.offsets)
    counts = np.where(lengths >= width, lengths - width + 1, np.minimum(lengths, 1))
    offsets = np.concatenate(([0], np.cumsum(counts)))
    # Behind each short text, padding: it must not run into the next one.
    padding = np.where((lengths > 0) & (lengths < width), width - lengths, 0)
    starts = texts.offsets[:-1] + np.concatenate(([0], np.cumsum(padding)[:-1])) if len(lengths) else lengths
    points = texts.points.astype(np.uint64)
    if padding.any():
        points = np.insert(points, np.repeat(texts.offsets[1:], padding), np.uint64(0))
    hashes = shingles(points, width)
    index = np.arange(offsets[-1]) + np.repeat(starts - offsets[:-1], counts)
    return _Shingled(hashes[index], offsets)


def _mixed(words: Words, salt: int) -> Words:
    """Every bit of the result depends on every bit of the word (the finisher of MurmurHash3)."""
    mixed = words ^ np.uint64(salt)
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        mixed ^= mixed >> np.uint64(33)
        mixed *= np.uint64(factor)
    mixed ^= mixed >> np.uint64(33)
    return mixed


def _salt(seed: int, number: int) -> int:
    """A salt for each of the hash functions of a seed."""
    word = np.array([seed * 0x9E3779B97F4A7C15 + number * 0xD1B54A32D192ED03 & 0xFFFFFFFFFFFFFFFF], np.uint64)
    return int(_mixed(word, 0x2545F4914F6CDD1D)[0])


def sketch(texts: Texts, slots: int, seed: int = 0) -> npt.NDArray[np.uint32]:
    """A row of `slots` hashes for each text; that of an empty text says nothing.

    Two texts agree in a slot with probability Jaccard, over their sets of shingles.
    """
    found = _shingled(texts, WIDTH)
    result = np.full((len(texts.offsets) - 1, slots), _EMPTY, np.uint32)
    owners = found.owners() * slots
    mixed = _mixed(found.hashes, _salt(seed, 0))
    np.minimum.at(result.reshape(-1), owners + _slot(mixed, slots), mixed.astype(np.uint32))
    for number in range(1, _ROUNDS):
        _fill(result, found, _salt(seed, number))
    _fill_all(result, found, _salt(seed, _ROUNDS))
    return result


def _slot(mixed: Words, slots: int) -> npt.NDArray[np.int64]:
    """A slot from the upper half of a hash, whose lower half is the value."""
    return ((mixed >> np.uint64(32)) * np.uint64(slots) >> np.uint64(32)).astype(np.int64)


def _unfilled(result: npt.NDArray[np.uint32], found: _Shingled) -> npt.NDArray[np.bool_]:
    full: npt.NDArray[np.bool_] = (result == _EMPTY).any(axis=1) & (np.diff(found.offsets) > 0)
    return full


def _fill(result: npt.NDArray[np.uint32], found: _Shingled, salt: int) -> None:
    """One more hash for each shingle of texts with empty slots; what is filled stays as it is."""
    chosen = _unfilled(result, found)
    if not chosen.any():
        return
    rest = found.of(chosen)
    slots = result.shape[1]
    flat = result[chosen].reshape(-1)
    mixed = _mixed(rest.hashes, salt)
    at = rest.owners() * slots + _slot(mixed, slots)
    free = flat[at] == _EMPTY
    np.minimum.at(flat, at[free], mixed[free].astype(np.uint32))
    result[chosen] = flat.reshape(-1, slots)


def _fill_all(result: npt.NDArray[np.uint32], found: _Shingled, salt: int) -> None:
    """Whatever is still empty takes the least of the text's shingles, hashed for that slot alone."""
    texts, slots = np.nonzero((result == _EMPTY) & (np.diff(found.offsets) > 0)[:, None])
    if not len(texts):
        return
    counts = np.diff(found.offsets)[texts]
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))
    index = np.arange(counts.sum()) + np.repeat(found.offsets[texts] - starts, counts)
    own = np.repeat(slots.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15), counts)
    mixed = _mixed(found.hashes[index] ^ own, salt).astype(np.uint32)
    result[texts, slots] = np.minimum.reduceat(mixed, starts)


def bands(sketches: npt.NDArray[np.uint32], shape: Layout) -> npt.NDArray[np.int64]:
    """A hash for each band of each sketch; bands of different number never agree but by accident."""
    cut = sketches.reshape(len(sketches), shape.bands, shape.rows).astype(np.uint64)
    result = np.broadcast_to(np.arange(shape.bands, dtype=np.uint64), cut.shape[:2]).copy()
    for row in range(shape.rows):
        result = _mixed(result * np.uint64(0x9E3779B97F4A7C15) + cut[:, :, row], 0)
    return result.view(np.int64)


def anchors(texts: Texts) -> tuple[npt.NDArray[np.int64], Offsets]:
    """Places by which a text is recognised inside a longer one: hashes, and where each text's begin.

    An anchor is a run of `ANCHOR_WIDTH` characters whose hash says so: a text that holds the same run has
    the same anchor, whatever stands around it.
    """
    found = _shingled(texts, ANCHOR_WIDTH)
    mixed = _mixed(found.hashes, _salt(0, -1))
    chosen = mixed % np.uint64(ANCHOR_SHARE) == 0
    if len(mixed):  # a short text may have none: its least hash is one in any case
        counts = np.diff(found.offsets)
        filled = counts > 0  # an empty text would cut the one before it
        least = np.minimum.reduceat(mixed, found.offsets[:-1][filled])
        chosen |= mixed == np.repeat(least, counts[filled])
    kept = np.concatenate(([0], np.cumsum(chosen)))
    return mixed[chosen].view(np.int64), kept[found.offsets]
