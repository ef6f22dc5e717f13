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

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from zhclean.characters import GB2312_LEVEL_1
from zhclean.lexicon import lexicon, load

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

_SENTENCE_ENDS = frozenset("。！？!?")
_ENDS_WELL = frozenset("。！？…”）!?；：")
_OPENERS, _CLOSERS = "“《（【「『(", "”》）】」』)"
_QUOTES = frozenset("“”「」『』")
_COUNTED = re.compile(f"[{''.join(_SENTENCE_ENDS)}{_OPENERS}{_CLOSERS}]")
_DEPTH = {**dict.fromkeys(_SENTENCE_ENDS, 0), **dict.fromkeys(_OPENERS, 1), **dict.fromkeys(_CLOSERS, -1)}
_MOST_ENDS, _DEEPEST = 3, 2


class Break(NamedTuple):
    """A place where a line ends, as the model sees it; the lines without white space around them."""

    before: str
    """The line before `left`; empty where the text begins."""
    left: str
    right: str
    behind: str
    """The line behind `right`; empty where the text ends."""
    wrapped: bool = False
    """Whether these are lines of a hard-wrapped text, whose lengths mean nothing."""


class Facts(NamedTuple):
    """What the networks are shown of a number of breaks."""

    symbols: npt.NDArray[np.uint16]
    """Rows of 2 × `WINDOW` embeddings, left side first; `NOTHING` where a line has no more."""
    numbers: Floats
    """Rows of numbers between about -1 and 1."""


def facts_of(breaks: Sequence[Break]) -> Facts:
    """Look up what the networks are shown of each break."""
    windows = "".join(
        [b.left[-WINDOW:].rjust(WINDOW, "\0") + b.right[:WINDOW].ljust(WINDOW, "\0") for b in breaks]
    )
    points = np.frombuffer(windows.encode("utf-32-le", "surrogatepass"), np.uint32)
    symbols = _symbol_table()[np.minimum(points, 0xFFFF)].reshape(len(breaks), 2 * WINDOW)
    evidence = lexicon().evidence
    numbers = [[*evidence(b.left, b.right), *_line_numbers(b)] for b in breaks]
    return Facts(symbols, np.array(numbers, np.float32))


def _line_numbers(b: Break) -> Iterator[float]:
    """Lengths and ends of the lines around, sentences and brackets in the two next to the break."""
    yield float(b.wrapped)
    for line in b[:4]:
        known = line and not b.wrapped
        yield math.log1p(len(line)) / 5 if known else 0.0
        yield (1.0 if line[-1] in _ENDS_WELL else -1.0) if known else 0.0
    for line in (b.left, b.right):
        yield from _marks(line)


def _marks(line: str) -> tuple[float, float, float]:
    """Ends of sentences, and how many more quotes and brackets, and how many more brackets, open than close."""
    found = _COUNTED.findall(line)
    if not found:
        return 0.0, 0.0, 0.0
    ends = sum(mark in _SENTENCE_ENDS for mark in found)
    depth = sum(_DEPTH[mark] for mark in found)
    brackets = depth - sum(_DEPTH[mark] for mark in found if mark in _QUOTES)
    return min(ends, _MOST_ENDS) / _MOST_ENDS, _within(depth), _within(brackets)


def _within(depth: int) -> float:
    return max(-_DEEPEST, min(depth, _DEEPEST)) / _DEEPEST


@lru_cache(maxsize=1)
def _symbol_table() -> npt.NDArray[np.uint16]:
    """The embedding of each code point below 0x10000; that of 0xFFFF serves those beyond."""
    direct = np.full(0x10000, UNKNOWN, dtype=np.uint16)
    for number, members in enumerate(MARK_CLASSES, start=2):
        direct[[ord(c) for c in members]] = number
    for number, han in enumerate(sorted(GB2312_LEVEL_1), start=FIRST_HAN):
        direct[ord(han)] = number
    fold = lexicon().fold
    folded, simple = np.array([*fold]), np.array([*fold.values()])
    direct[folded] = np.where(direct[folded] == UNKNOWN, direct[simple], direct[folded])
    direct[0] = NOTHING
    return direct


GOES_ON = (0.84, 0.13, 0.98, -1.13)
"""Weights of the networks' log-odds and a constant: a logistic regression on news of the dev split, undamaged
and broken. At the rate of .5 % of unmarked paragraph ends joined it finds .95 of the breaks, *ends* alone .88."""

MOST_SENSE = 30.0
"""Log-odds of *sense* are taken no more seriously than this."""


class Opinion(NamedTuple):
    """What the networks say of a break: natural logarithms."""

    against_end: float
    """Log-odds of `JOIN` against `END`, calibrated: 0 is undecided if both are equally likely beforehand."""
    join: float
    """Log probability of `JOIN` among the three, equally likely beforehand; the others likewise."""
    end: float
    splice: float

    @property
    def against_splice(self) -> float:
        """Log-odds of `JOIN` against `SPLICE`."""
        return self.join - self.splice

    @property
    def goes_on(self) -> float:
        """Log-odds that the sentence goes on, weighing both networks (`GOES_ON`)."""
        of_ends, of_sense, of_fit, constant = GOES_ON
        sense = max(-MOST_SENSE, min(self.join - self.end, MOST_SENSE))
        return of_ends * self.against_end + of_sense * sense + of_fit * self.against_splice + constant


def opinions(breaks: Sequence[Break]) -> list[Opinion]:
    """Ask both networks about each break."""
    result: list[Opinion] = []
    for at in range(0, len(breaks), BATCH):
        facts = facts_of(breaks[at : at + BATCH])
        ends, sense = network("ends")(facts), network("sense")(facts)
        against_end = ends[:, JOIN] - ends[:, END]
        result += map(Opinion, against_end.tolist(), *sense.T.tolist())
    return result


BATCH = 2048
"""Breaks judged at once: enough to be fast, few enough for some megabytes of memory."""


@dataclass(frozen=True)
class Network:
    """The weights: embeddings, then layers of (matrix, bias)."""

    embeddings: Floats
    layers: tuple[tuple[Floats, Floats], ...]

    def __call__(self, facts: Facts) -> Floats:
        """Log probabilities, one row a break."""
        embedded = self.embeddings[facts.symbols].reshape(len(facts.symbols), -1)
        signal = np.concatenate([embedded, facts.numbers], axis=1)
        for matrix, bias in self.layers[:-1]:
            signal = signal @ matrix
            signal += bias
            np.maximum(signal, 0, out=signal)
        matrix, bias = self.layers[-1]
        signal = signal @ matrix + bias
        result: Floats = signal - np.logaddexp.reduce(signal, axis=1, keepdims=True)
        return result


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
