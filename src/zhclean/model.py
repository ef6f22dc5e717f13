"""Does a sentence go on across a break? Two small neural networks over the characters on both sides.

Each is a pair of hidden layers over the embeddings of the last and first `WINDOW` characters, the words of
the lexicon around the break, and a few facts about the lines around. Three things are told apart: the
sentence goes on (`JOIN`), one text ends and another begins (`END`), the two do not belong together but the
left is not finished either (`SPLICE`: text is missing, or something stands in between).

The network *sense* knows all three. What it says of ends is too sure of itself, since paragraph ends are few
and breaks are as many as one likes; the network *ends*, smaller and held back in training, knows `JOIN` and
`END` only. Both are trained by ``benchmarks/train_seams.py``; the weights are numbers, no text can be read
from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from zhclean.characters import GB2312_LEVEL_1
from zhclean.lexicon import Lexicon, Points, lexicon, load
from zhclean.lines import Ints

WINDOW = 12
"""Characters looked at on either side."""

JOIN, END, SPLICE = range(3)

Floats = npt.NDArray[np.float32]

MARK_CLASSES = (
    "0123456789",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "abcdefghijklmnopqrstuvwxyz",
    "，,",
    "。．.｡",
    "、､",
    "；;",
    "：:",
    "？?",
    "！!",
    "（(",
    "）)",
    '“「"',
    "”」",
    "‘『'",
    "’』",
    "《<〈",
    "》>〉",
    "…",
    "—―─-–",
    "·•・",
    "【[〔",
    "】]〕",
    "%％",
    "/／",
    "~～",
    "〇○",
    " \u3000\t\u00a0",
    "①②③④⑤⑥⑦⑧⑨⑩",
    "■□●◎◆◇▲△★☆▼►▶※",
    "*＊#＃",
    "+＋=＝",
)
"""Characters that mean the same to the model; the order is the order of their embeddings."""

NOTHING, UNKNOWN = 0, 1
FIRST_HAN = 2 + len(MARK_CLASSES)
VOCABULARY = FIRST_HAN + len(GB2312_LEVEL_1)

_OPENERS, _CLOSERS = "“《（【「『(", "”》）】」』)"
_QUOTES = "“”「」『』"
_SENTENCE_ENDS = "。！？!?"


def _symbols(fold: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint16]:
    """The embedding of each code point below 0x10000."""
    direct = np.full(0x10000, UNKNOWN, dtype=np.uint16)
    for number, members in enumerate(MARK_CLASSES, start=2):
        direct[[ord(c) for c in members]] = number
    for number, han in enumerate(sorted(GB2312_LEVEL_1), start=FIRST_HAN):
        direct[ord(han)] = number
    return np.where(direct == UNKNOWN, direct[fold], direct)


def _steps(plus: str, minus: str = "") -> npt.NDArray[np.int8]:
    table = np.zeros(0x10000, dtype=np.int8)
    table[[ord(c) for c in plus]] = 1
    table[[ord(c) for c in minus]] = -1
    return table


@dataclass(frozen=True)
class Facts:
    """What the model is shown of a number of breaks."""

    symbols: npt.NDArray[np.uint16]
    """Rows of 2 × `WINDOW` embeddings, left side first; `NOTHING` where a line has no more."""
    numbers: Floats
    """Rows of numbers between about -1 and 1."""


Spans = tuple[Ints, Ints]
"""Starts and ends."""


class Around(NamedTuple):
    """Four lines around each break; `before` and `behind` are empty spans where the text begins or ends."""

    before: Spans
    left: Spans
    right: Spans
    behind: Spans


class FactFinder:
    """Looks up `Facts` in one text."""

    def __init__(self, points: Points) -> None:
        """Take the code points of the text."""
        self._words: Lexicon = lexicon()
        self._points = np.where(points < 0x10000, points, 0xFFFD)
        self._counts = [
            np.concatenate([[0], np.cumsum(table[self._points], dtype=np.int32)]) for table in _count_tables()
        ]

    def __call__(self, around: Around, wrapped: npt.NDArray[np.bool_]) -> Facts:
        """Facts about the breaks between the spans `around.left` and `around.right`.

        `wrapped` tells which of them are lines of a hard-wrapped text, whose lengths mean nothing.
        """
        left, right = around.left, around.right
        columns = np.arange(WINDOW)
        at_left = left[1][:, None] - WINDOW + columns
        at_right = right[0][:, None] + columns
        raw_left = np.where(at_left >= left[0][:, None], self._points[np.maximum(at_left, 0)], 0)
        last = len(self._points) - 1
        raw_right = np.where(at_right < right[1][:, None], self._points[np.minimum(at_right, last)], 0)
        raw = np.concatenate([raw_left, raw_right], axis=1)
        symbols = np.where(raw == 0, NOTHING, _symbol_table()[raw])
        words = self._words.evidence(
            np.where(raw_left == 0, 0, self._words.folded(raw_left)),
            np.where(raw_right == 0, 0, self._words.folded(raw_right)),
        )
        numbers = np.concatenate([words, self._line_numbers(around, wrapped)], axis=1)
        return Facts(symbols, numbers.astype(np.float32))

    def _line_numbers(self, around: Around, wrapped: npt.NDArray[np.bool_]) -> Floats:
        columns: list[npt.NDArray[Any]] = [wrapped]
        for start, end in around:
            ends_well = _ENDS_WELL[self._points[np.maximum(end - 1, 0)]]
            columns.append(np.where(wrapped, 0, np.log1p(end - start) / 5))
            columns.append(np.where(wrapped | (start == end), 0, 2 * ends_well - 1))
        for start, end in (around.left, around.right):
            for total, low, high in zip(self._counts, (0, -2, -2), (3, 2, 2), strict=True):
                columns.append(np.clip(total[end] - total[start], low, high) / high)
        return np.stack(columns, axis=1).astype(np.float32)


_ENDS_WELL = _steps("。！？…”）!?；：")


@lru_cache(maxsize=1)
def _count_tables() -> tuple[npt.NDArray[np.int8], ...]:
    brackets = str.maketrans("", "", _QUOTES)
    return (
        _steps(_SENTENCE_ENDS),
        _steps(_OPENERS, _CLOSERS),
        _steps(_OPENERS.translate(brackets), _CLOSERS.translate(brackets)),
    )


@lru_cache(maxsize=1)
def _symbol_table() -> npt.NDArray[np.uint16]:
    return _symbols(lexicon().fold)


GOES_ON = (0.84, 0.13, 0.98, -1.13)
"""Weights of the networks' log-odds and a constant: a logistic regression on news of the dev split, undamaged
and broken. At the rate of .5 % of unmarked paragraph ends joined it finds .95 of the breaks, *ends* alone .88."""


class Opinions(NamedTuple):
    """What the networks say of a number of breaks: natural logarithms, one element a break."""

    against_end: Floats
    """Log-odds of `JOIN` against `END`, calibrated: 0 is undecided if both are equally likely beforehand."""
    join: Floats
    """Log probability of `JOIN` among the three, equally likely beforehand; the others likewise."""
    end: Floats
    splice: Floats
    against_splice: Floats
    """Log-odds of `JOIN` against `SPLICE`."""
    goes_on: Floats
    """Log-odds that the sentence goes on, weighing both networks (`GOES_ON`)."""

    @property
    def unfinished(self) -> Floats:
        """Log-odds that the left is no end, whether the right goes on with it or not."""
        result: Floats = np.logaddexp(self.join, self.splice) - self.end
        return result


@dataclass(frozen=True)
class Network:
    """The weights: embeddings, then layers of (matrix, bias)."""

    embeddings: Floats
    layers: tuple[tuple[Floats, Floats], ...]

    def __call__(self, facts: Facts) -> Floats:
        """Log probabilities, one row a break."""
        return np.concatenate([self._forward(facts, at) for at in range(0, len(facts.numbers), BATCH)])

    def _forward(self, facts: Facts, at: int) -> Floats:
        symbols = facts.symbols[at : at + BATCH]
        embedded = self.embeddings[symbols].reshape(len(symbols), -1)
        signal = np.concatenate([embedded, facts.numbers[at : at + BATCH]], axis=1)
        for number, (matrix, bias) in enumerate(self.layers):
            signal = signal @ matrix + bias
            if number < len(self.layers) - 1:
                signal = np.maximum(signal, 0)
        signal = signal - signal.max(axis=1, keepdims=True)
        result: Floats = signal - np.log(np.exp(signal).sum(axis=1, keepdims=True))
        return result


BATCH = 2048
"""Breaks judged at once: enough to be fast, few enough for some megabytes of memory."""


NO_OPINIONS = Opinions(*np.zeros((6, 0), np.float32))
"""What there is to say of no break; the networks are not loaded for it."""


def opinions(facts: Facts) -> Opinions:
    """Ask both networks."""
    ends, sense = network("ends")(facts), network("sense")(facts)
    join, end, splice = sense.T
    against_end, against_splice = ends[:, JOIN] - ends[:, END], join - splice
    of_ends, of_sense, of_fit, constant = GOES_ON
    goes_on = of_ends * against_end + of_sense * np.clip(join - end, -30, 30) + of_fit * against_splice
    return Opinions(against_end, join, end, splice, against_splice, goes_on + constant)


def pack(name: str, arrays: dict[str, Floats]) -> dict[str, Any]:
    """Weights of network `name` as arrays to be saved: eight bits a number and a scale a column."""
    packed: dict[str, Any] = {}
    for part, array in arrays.items():
        scale = np.abs(array).max(axis=0, keepdims=True) / 127 + 1e-12
        packed[f"{name}.{part}"] = np.round(array / scale).astype(np.int8)
        packed[f"{name}.{part}.scale"] = scale.astype(np.float32)
    return packed


@lru_cache(maxsize=2)
def network(name: str) -> Network:
    """The shipped network `name`, loaded once."""
    data = load("seams.npz")

    def unpack(part: str) -> Floats:
        weights: Floats = data[f"{name}.{part}"] * data[f"{name}.{part}.scale"]
        return weights

    layers = tuple((unpack(f"matrix{i}"), unpack(f"bias{i}").ravel()) for i in range(3))
    return Network(unpack("embeddings"), layers)
