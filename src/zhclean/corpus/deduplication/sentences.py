"""Sentences and lines of articles, and boilerplate at the edges of a text. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

from zhclean.corpus.deduplication.compared import solid

SHORTEST = 4
"""Letters and digits a sentence must have to be told from others: less recurs by chance."""

_SENTENCE = re.compile(r"[^\n。！？!?…]*[。！？!?…]+[”’」』）)]*|[^\n。！？!?…]+|\n+")


class Sentence(NamedTuple):
    """A sentence or line of a text."""

    start: int
    end: int
    key: int | None
    """A hash of its letters and digits; None if they are too few to tell it from others."""
    blank: bool
    """Has no letter or digit at all."""


def sentences(texts: Sequence[str]) -> list[list[Sentence]]:
    """The sentences of each text, one behind the other; a line end is one of its own.

    >>> [[s.end for s in text] for text in sentences(["到此为止。责任编辑：李明"])]
    [[5, 12]]
    """
    spans = [[match.span() for match in _SENTENCE.finditer(text)] for text in texts]
    pieces = [text[start:end] for text, own in zip(texts, spans, strict=True) for start, end in own]
    letters = iter(solid(pieces).strings())
    return [
        [Sentence(*span, key_of(piece), not piece) for span, piece in zip(own, letters, strict=False)]
        for own in spans
    ]


def key_of(letters: str) -> int | None:
    """The key of a sentence, given its letters and digits."""
    if len(letters) < SHORTEST:
        return None
    return int.from_bytes(blake2b(letters.encode(), digest_size=8).digest(), "big", signed=True)


def keys(texts: Iterable[str]) -> frozenset[int]:
    """The keys of all sentences of a list of boilerplate."""
    return frozenset(s.key for own in sentences(list(texts)) for s in own if s.key is not None)


class Edges(NamedTuple):
    """How many of a text's sentences, from its beginning and from its end, are boilerplate."""

    before: int
    behind: int


def edges(own: Sequence[Sentence], boilerplate: frozenset[int]) -> Edges:
    """The runs of boilerplate at both ends; what tells nothing by itself goes with what stands behind it."""
    before = _run(own, boilerplate)
    return Edges(before, _run(own[: before - 1 if before else None : -1], boilerplate))


def _run(own: Sequence[Sentence], boilerplate: frozenset[int]) -> int:
    reached = 0
    for number, sentence in enumerate(own, 1):
        if sentence.key in boilerplate or (sentence.blank and reached == number - 1):
            reached = number
        elif sentence.key is not None:
            break
    return reached if any(s.key in boilerplate for s in own[:reached]) else 0


def cuts(text: str, own: Sequence[Sentence], boilerplate: frozenset[int]) -> list[tuple[int, int]]:
    """From where to where a text is boilerplate: at its beginning, at its end."""
    before, behind = edges(own, boilerplate)
    spans = (
        (0, own[before - 1].end if before else 0),
        (own[-behind].start if behind else len(text), len(text)),
    )
    return [(start, end) for start, end in spans if start < end]


def without(texts: Sequence[str], boilerplate: frozenset[int]) -> list[str]:
    r"""The texts without boilerplate at their edges; one that is nothing else becomes empty.

    >>> without(["今天天气很好。\n返回搜狐，查看更多"], keys(["返回搜狐，查看更多"]))
    ['今天天气很好。']
    """
    result = []
    for text, own in zip(texts, sentences(texts), strict=True):
        for start, end in reversed(cuts(text, own, boilerplate)):
            text = text[:start] + text[end:]
        result.append(text)
    return result
