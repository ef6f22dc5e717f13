"""What is known of Chinese words and characters: the data behind the seam model.

`data/lexicon.npz` is built by ``benchmarks/build_lexicon.py`` from the dictionary of jieba (MIT licence) and
the character tables of OpenCC (Apache 2.0). Traditional text is looked up through a character-level
Simplified fold, and full-width letters and digits as their ASCII forms.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from operator import ne
from typing import Any

import numpy as np
import numpy.typing as npt

from zhclean.characters import HAN_CLASS
from zhclean.patterns import pattern

LONGEST = 4
"""Characters of the longest word looked up."""

TRADITIONAL = 0.05
"""Share of the Han with a Simplified form from which on a text is Traditional: in news it is never below 0.1,
and in Simplified news never above 0.02."""

LOG_TOTAL = 1.79
"""The logarithm of the number of words that were counted, on the scale of their frequencies."""

NEAR = LONGEST + 1
"""Characters looked at on either side of a break; it lies in the middle of twice as many."""


def _slices(*places: tuple[int, int]) -> list[slice]:
    """What stands between two places, counted from the break."""
    return [slice(NEAR + start, NEAR + end) for start, end in places]


_ACROSS = _slices((-1, 1), (-1, 2), (-2, 1), (-1, 3), (-2, 2), (-3, 1))
_ASKED = [
    *_ACROSS,
    *_slices(*((-length, 0) for length in range(1, LONGEST + 1))),
    *_slices(*((0, length) for length in range(1, LONGEST + 1))),
    *_slices(*((-length - 1, -1) for length in range(2, LONGEST + 1))),
    *_slices(*((1, length + 1) for length in range(2, LONGEST + 1))),
]


_HAN = pattern(f"[{HAN_CLASS}]+")


class _Fold(dict[int, int]):
    """For `str.translate`, which takes long over characters that are missing: they stand for themselves."""

    def __missing__(self, point: int) -> int:
        if point < 0x10000:  # so that the table cannot grow without end
            self[point] = point
        return point


class _Words:
    """Words in their folded form, with the logarithm of their frequency; read when they are asked for.

    There are a hundred thousand, and to read them all takes longer than to clean most texts.
    """

    def __init__(self, lines: npt.NDArray[np.uint8], weights: npt.NDArray[np.uint8]) -> None:
        """`lines` is UTF-8, one word a line, in order; each begins with a Han, of three bytes."""
        starts = np.concatenate([[0], np.flatnonzero(lines == ord("\n")) + 1])
        first = [lines[starts + i] for i in range(3)]
        differs = np.logical_or.reduce([np.diff(byte, prepend=0) != 0 for byte in first])
        groups = np.flatnonzero(differs)
        characters = np.stack(first, axis=1)[groups].tobytes().decode()
        self._groups = {character: i for i, character in enumerate(characters)}
        self._first, self._starts = np.append(groups, len(starts)), np.append(starts[groups], len(lines) + 1)
        self._lines, self._weights = lines.tobytes(), weights
        self._looked_for, self._read = set[str](), dict[str, float]()

    def beginning_with(self, characters: str) -> dict[str, float]:
        """At least those that begin with one of the characters."""
        if not self._looked_for.issuperset(characters):
            for character in self._groups.keys() & characters:
                group = self._groups[character]
                words = self._lines[self._starts[group] : self._starts[group + 1] - 1].decode().split("\n")
                weights = self._weights[self._first[group] : self._first[group + 1]]
                self._read.update(zip(words, (weights / np.float32(160)).tolist(), strict=True))
            self._looked_for.update(characters)
        return self._read


class Lexicon:
    """Words with the logarithm of their frequency.

    `fold` is for `str.translate`: Simplified for Traditional, ASCII for full-width letters and digits.
    """

    def __init__(self, words: _Words, fold: _Fold) -> None:
        self.fold, self._words = fold, words

    def words(self, folded: str) -> dict[str, float]:
        """Log frequency in 0…1 of words in their folded form: of all that begin with a character of `folded`, and of others."""
        return self._words.beginning_with(folded)

    def folded(self, text: str) -> str:
        """The text with script and width folded away."""
        return text.translate(self.fold)

    def is_traditional(self, text: str) -> bool:
        """Whether a text is written in Traditional characters."""
        han = "".join(_HAN.findall(text))
        changed: int = sum(map(ne, han, self.folded(han)))
        return changed > TRADITIONAL * len(han)

    def evidence(self, left: str, right: str) -> list[float]:
        """Words around a break between two lines, of which the last and first five characters are looked at.

        The numbers: words across the break, words of one to four characters that end at it and begin at it,
        and words of two to four one character away from it.
        """
        near = self._near(left, right)
        get = self.words(near).get
        return [get(near[place], 0.0) for place in _ASKED]

    def is_word_across(self, left: str, right: str) -> bool:
        """Whether a word stands across the break between two lines."""
        near = self._near(left, right)
        words = self.words(near)
        return any(near[place] in words for place in _ACROSS)

    def best_word(self, before: str, fragment: str, behind: str, shortest: int = 2) -> float:
        """The log frequency (0 to 1) of the most frequent word of `shortest` to four characters that has a fragment in it, alone
        or with its neighbours; 0 if there is none. No fragment is the place between two characters.
        """
        before, behind = before[1 - LONGEST :], behind[: LONGEST - 1]
        text, start, end = self.folded(before + fragment + behind), len(before), len(before) + len(fragment)
        words = [
            text[i : i + width]
            for width in range(shortest, LONGEST + 1)
            for i in range(len(text) - width + 1)
            if i <= start and end <= i + width and (fragment or i < start < i + width)
        ]
        known = self.words(text)
        return max((known.get(word, 0.0) for word in words), default=0.0)

    def segmented(self, run: str) -> list[str]:
        """The words of a run of Han, such that their frequencies have the greatest product (Viterbi, 1967)."""
        folded = self.folded(run)
        get = self.words(folded).get
        best, lengths = [0.0], list[int]()
        for end in range(1, len(run) + 1):
            # A character is a word, however rare it is.
            ways = [(best[end - 1] + get(folded[end - 1], 0.0) - LOG_TOTAL, 1)]
            for length in range(2, min(LONGEST, end) + 1):
                frequency = get(folded[end - length : end])
                if frequency is not None:
                    ways.append((best[end - length] + frequency - LOG_TOTAL, length))
            score, length = max(ways)
            best.append(score)
            lengths.append(length)
        words, end = list[str](), len(run)
        while end:
            words.append(run[end - lengths[end - 1] : end])
            end -= lengths[end - 1]
        return words[::-1]

    def _near(self, left: str, right: str) -> str:
        """What is looked at on both sides of a break; what the left has too little of is filled up, by no letter."""
        return self.folded(left[-NEAR:].rjust(NEAR, "\0") + right[:NEAR])


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped lexicon, loaded once."""
    data = load("lexicon.npz")
    other = np.flatnonzero(data["fold"] != np.arange(len(data["fold"])))
    fold = _Fold(zip(other.tolist(), data["fold"][other].tolist(), strict=True))
    return Lexicon(_Words(data["words"], data["weights"]), fold)


def load(name: str) -> dict[str, Any]:
    """The arrays of one of the package's data files."""
    with np.load(BytesIO(files("zhclean").joinpath("data", name).read_bytes())) as arrays:
        return dict(arrays)
