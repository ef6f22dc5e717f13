"""What is known of Chinese words and characters: the data behind the seam model.

`data/lexicon.npz` is built by ``benchmarks/build_lexicon.py`` from the dictionary of jieba (MIT licence) and
the character tables of OpenCC (Apache 2.0). Traditional text is looked up through a character-level
Simplified fold, and full-width letters and digits as their ASCII forms.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

LONGEST = 4
"""Characters of the longest word looked up: four code points fit one 64-bit key."""

# Rows of words across a break: how many of their characters stand left and right of it.
STRADDLING = ((1, 1), (1, 2), (2, 1), (1, 3), (2, 2), (3, 1))

Points = npt.NDArray[np.uint32]
Values = npt.NDArray[np.float32]


class Lexicon(NamedTuple):
    """Sorted word keys with the logarithm of their frequency, and the fold of code points below 0x10000."""

    keys: npt.NDArray[np.uint64]
    weights: npt.NDArray[np.uint8]
    fold: npt.NDArray[np.uint16]

    def folded(self, points: Points) -> Points:
        """Code points with script and width folded away; those beyond the BMP become U+FFFD."""
        return self.fold[np.where(points < 0x10000, points, 0xFFFD)].astype(np.uint32)

    def weight(self, words: Points) -> Values:
        """Of each row of up to four folded code points: log frequency as a word in 0…1, 0 if it is none."""
        keys = np.zeros(len(words), dtype=np.uint64)
        for place in range(words.shape[1]):
            keys |= words[:, place].astype(np.uint64) << np.uint64(16 * place)
        at = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        found = np.where(self.keys[at] == keys, self.weights[at], 0)
        return np.divide(found, 160, dtype=np.float32)

    def evidence(self, left: Points, right: Points) -> Values:
        """Words around breaks: one row a break, one column a question.

        `left` ends and `right` begins at the break; each row has at least five folded code points, 0 where
        the line has no more. The columns: words across the break (`STRADDLING`), words of one to four
        characters that end at it and begin at it, and words of two to four one character away from it.
        """
        across = [np.concatenate([left[:, -i:], right[:, :j]], axis=1) for i, j in STRADDLING]
        ending = [left[:, -i:] for i in range(1, LONGEST + 1)]
        beginning = [right[:, :i] for i in range(1, LONGEST + 1)]
        ending_before = [left[:, -i - 1 : -1] for i in range(2, LONGEST + 1)]
        beginning_behind = [right[:, 1 : i + 1] for i in range(2, LONGEST + 1)]
        windows = [*across, *ending, *beginning, *ending_before, *beginning_behind]
        columns = np.empty((len(left), len(windows)), dtype=np.float32)
        for length in range(
            1, LONGEST + 1
        ):  # one look-up for all windows of a length: they are many and small
            alike = [i for i, window in enumerate(windows) if window.shape[1] == length]
            weights = self.weight(np.concatenate([windows[i] for i in alike]))
            columns[:, alike] = weights.reshape(len(alike), len(left)).T
        return columns


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped lexicon, loaded once."""
    data = load("lexicon.npz")
    return Lexicon(data["keys"], data["weights"], data["fold"])


def load(name: str) -> dict[str, Any]:
    """The arrays of one of the package's data files."""
    with np.load(BytesIO(files("zhclean").joinpath("data", name).read_bytes())) as arrays:
        return dict(arrays)
