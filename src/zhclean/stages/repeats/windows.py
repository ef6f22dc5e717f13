"""Which short stretches of a text stand in it twice: the one look that tells most texts from those with repeats.

All is found by the low byte of each character, of which eight make a machine word, so a clean text costs one
sort of an array. Equal bytes are candidates only: whoever acts on them compares the text.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from zhclean.fingerprint import BASE

WINDOW = 12
"""Characters of the shortest stretch found wherever its copies stand; a third of clean stories have one, and two
copies of a paragraph with one character in twenty wrong have one as well."""

GRAM = 4
"""Characters of the shortest stretch found where its copy follows soon, as in a loop or a list."""

PERIODS = range(2, 15)
"""Distances at which copies follow soon; at longer ones a loop has a window."""

BLOCK = 1 << 14
"""Characters compared at a time, so that the comparison stays in the processor's cache."""

_WORD = 8


def low_bytes(text: str) -> bytes:
    """The low byte of each character."""
    return text.encode("utf-32-le", "surrogatepass")[::4]


def windows_said_again(text: str, low: bytes) -> list[tuple[int, int]]:
    """(distance, offset) of each run of windows that stand again, each window with its next copy; in order.

    A run is as many windows, one character apart, as have their next copies at the same distance. No window
    goes over a line end.
    """
    count = len(low) - WINDOW + 1
    if count < 2:
        return []
    words = np.ndarray(len(low) - _WORD + 1, "<u8", low, 0, (1,))
    # The characters that only the second word has are in its upper half, which no place takes the place of.
    keys = words[:count] * np.uint64(BASE)
    keys += words[WINDOW - _WORD :]
    bits = count.bit_length()
    places = np.uint64((1 << bits) - 1)
    keys &= ~places
    keys |= np.arange(count, dtype=np.uint64)  # so that one sort brings copies together, in order
    keys.sort()
    again = np.flatnonzero(keys[1:] - keys[:-1] <= places)
    if not len(again):
        return []
    first, second = (keys[again] & places).astype(np.int64), (keys[again + 1] & places).astype(np.int64)
    return _runs(*_within_lines(text, first, second))


def _within_lines(
    text: str, first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    ends = np.flatnonzero(points == ord("\n"))
    whole = np.searchsorted(ends, first) == np.searchsorted(ends, first + WINDOW)
    return first[whole], second[whole]


def _runs(first: npt.NDArray[np.int64], second: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    distance = second - first
    order = np.lexsort((first, distance))
    first, distance = first[order], distance[order]
    begins = np.ones(len(first), dtype=np.bool_)
    begins[1:] = (distance[1:] != distance[:-1]) | (first[1:] != first[:-1] + 1)
    return list(zip(distance[begins].tolist(), first[begins].tolist(), strict=True))


def grams_said_again_soon(low: bytes) -> Iterator[tuple[int, int]]:
    """(period, offset) of the first of each run of grams that stand again a period further on."""
    for start in range(0, len(low), BLOCK):
        block = low[start : start + BLOCK + PERIODS.stop + GRAM]
        count = min(len(block) - GRAM + 1, BLOCK + 1)
        # Padded with what differs from gram to gram, or its end would seem to repeat itself.
        block += bytes(range(PERIODS.stop))
        grams = np.ndarray(len(block) - GRAM + 1, "<u4", block, 0, (1,)).copy()
        shape = (len(PERIODS), max(count, 0))
        later = np.ndarray(shape, "<u4", grams, 4 * PERIODS.start, (4, 4))
        same = later == grams[: shape[1]]
        if same.any():
            same[:, 1:] &= ~same[:, :-1]
            for row, column in zip(*(index.tolist() for index in np.nonzero(same)), strict=True):
                yield PERIODS[row], start + column
