"""Does a sentence go on across a break? Three small neural networks over the characters on both sides.

Each is a hidden layer or two over the embeddings of the last and first characters, a few facts about the lines
around and, but for the first, the words of the lexicon around the break. Three things are told apart: the
sentence goes on (`JOIN`), one text ends and another begins (`END`), the two do not belong together but the left
is not finished either (`SPLICE`: text is missing, or something stands in between).

The network *sense* knows all three. What it says of ends is too sure of itself, since paragraph ends are few
and breaks are as many as one likes; the network *ends*, smaller and held back in training, knows `JOIN` and
`END` only. So does *glance*, which is smaller still, looks up no words, and is there to be quick: most ends that
have no mark can be told at a glance. All are trained by ``benchmarks/train_seams.py``; the weights are numbers,
no text can be read from them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from zhclean.models.lexicon import lexicon, load
from zhclean.models.symbols import Symbols, around

Floats = npt.NDArray[np.float32]

JOIN, END, SPLICE = range(3)

_SENTENCE_ENDS = frozenset("。！？!?")
_ENDS_WELL = frozenset("。！？…⋯”）!?；：")
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

    symbols: Symbols
    """Those of `zhclean.models.symbols.around`."""
    numbers: Floats
    """Rows of numbers between about -1 and 1."""

    def of(self, rows: npt.NDArray[np.intp]) -> Facts:
        """Those of some of the breaks."""
        return Facts(self.symbols[rows], self.numbers[rows])


def glimpses_of(breaks: Sequence[Break]) -> Facts:
    """What *glance* is shown of each break: all but the words."""
    symbols = around((b.left, b.right) for b in breaks)
    size, marks = _Told(_size), _Told(_marks)
    return Facts(symbols, np.array([_line_numbers(b, size, marks) for b in breaks], np.float32))


def facts_of(breaks: Sequence[Break], glimpses: Facts | None = None) -> Facts:
    """What the other networks are shown of each break: the words as well."""
    if glimpses is None:
        glimpses = glimpses_of(breaks)
    evidence = lexicon().evidence
    words = np.array([evidence(b.left, b.right) for b in breaks], np.float32)
    return Facts(glimpses.symbols, np.concatenate([words, glimpses.numbers], axis=1))


class _Told(dict[str, tuple[float, ...]]):
    """What is told of each line, which is asked for once: a line stands at several breaks."""

    def __init__(self, tell: Callable[[str], tuple[float, ...]]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, line: str) -> tuple[float, ...]:
        told = self[line] = self._tell(line)
        return told


def _line_numbers(b: Break, size: _Told, marks: _Told) -> tuple[float, ...]:
    """Lengths and ends of the lines around, sentences and brackets in the two next to the break."""
    before, left, right, behind, wrapped = b
    if wrapped:
        return *_OF_WRAPPED, *marks[left], *marks[right]
    return 0.0, *size[before], *size[left], *size[right], *size[behind], *marks[left], *marks[right]


_OF_WRAPPED = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def _size(line: str) -> tuple[float, float]:
    """Length of a line, and whether it ends well."""
    if not line:
        return 0.0, 0.0
    return math.log1p(len(line)) / 5, 1.0 if line[-1] in _ENDS_WELL else -1.0


def _marks(line: str) -> tuple[float, float, float]:
    """Ends of sentences, and how many more quotes and brackets, and how many more brackets, open than close."""
    found = _COUNTED.findall(line)
    if not found:
        return 0.0, 0.0, 0.0
    ends = sum([mark in _SENTENCE_ENDS for mark in found])
    if ends == len(found):
        return min(ends, _MOST_ENDS) / _MOST_ENDS, 0.0, 0.0
    depth = sum([_DEPTH[mark] for mark in found])
    brackets = depth - sum([_DEPTH[mark] for mark in found if mark in _QUOTES])
    return min(ends, _MOST_ENDS) / _MOST_ENDS, _within(depth), _within(brackets)


def _within(depth: int) -> float:
    return max(-_DEEPEST, min(depth, _DEEPEST)) / _DEEPEST


@dataclass(frozen=True)
class Network:
    """The weights: embeddings, then layers of (matrix, bias)."""

    embeddings: Floats
    layers: tuple[tuple[Floats, Floats], ...]
    narrow: Floats | None = None
    """The first part of the first layer's matrix, where that is a product of two (`in_two`)."""

    def __call__(self, facts: Facts) -> Floats:
        """Scores, one row a break: log probabilities but for a constant a row (`log_probabilities`)."""
        embedded = self.embeddings.take(facts.symbols, axis=0).reshape(len(facts.symbols), -1)
        signal = np.concatenate([embedded, facts.numbers], axis=1)
        if self.narrow is not None:
            signal = signal @ self.narrow
        for matrix, bias in self.layers[:-1]:
            signal = signal @ matrix
            signal += bias
            np.maximum(signal, 0, out=signal)
        matrix, bias = self.layers[-1]
        result: Floats = signal @ matrix + bias
        return result


def log_probabilities(scores: Floats) -> Floats:
    """Those of a network's scores, one row a break."""
    result: Floats = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    return result


def in_two(matrix: Floats, rank: int) -> tuple[Floats, Floats]:
    """Two matrices whose product is as near to `matrix` as one of that rank can be: fewer numbers to multiply by.

    Few breaks are judged at a time, so what takes long is to read the weights.
    """
    left, strength, right = np.linalg.svd(matrix, full_matrices=False)
    root = np.sqrt(strength[:rank])
    return left[:, :rank] * root, root[:, None] * right[:rank]


def pack(name: str, arrays: dict[str, Floats]) -> dict[str, Any]:
    """The weights `name` as arrays to be saved: eight bits a number and a scale a column."""
    packed: dict[str, Any] = {}
    for part, array in arrays.items():
        scale = np.abs(array).max(axis=0, keepdims=True) / 127 + 1e-12
        packed[f"{name}.{part}"] = np.round(array / scale).astype(np.int8)
        packed[f"{name}.{part}.scale"] = scale.astype(np.float32)
    return packed


def weights(name: str) -> Callable[[str], Floats]:
    """Where to ask for the parts of the shipped weights `name`."""
    data = _shipped()

    def unpack(part: str) -> Floats:
        unpacked: Floats = data[f"{name}.{part}"] * data[f"{name}.{part}.scale"]
        return unpacked

    return unpack


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Any]:
    return load("seams.npz")


LAYERS = {"glance": 2, "ends": 3, "sense": 3}
"""The networks, with the number of their layers."""


@lru_cache(maxsize=len(LAYERS))
def network(name: str) -> Network:
    """The shipped network `name`, loaded once."""
    part = weights(name)
    layers = tuple((part(f"matrix{i}"), part(f"bias{i}").ravel()) for i in range(LAYERS[name]))
    return Network(part("embeddings"), layers, part("narrow") if name == "sense" else None)
