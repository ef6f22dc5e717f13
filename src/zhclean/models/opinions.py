"""What all models together say of a break: the networks, the language model, and what stands elsewhere."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

import numpy as np

from zhclean.models.language_model import coherence
from zhclean.models.networks import (
    END,
    JOIN,
    Break,
    Facts,
    Floats,
    facts_of,
    glimpses_of,
    log_probabilities,
    network,
)
from zhclean.models.odds import within
from zhclean.models.symbols import Symbols
from zhclean.models.threads import one_thread

FITS = (0.71, 0.39, 0.70, -0.91)
"""Weights of *sense*, of the language model and of the strings that are known, and a constant: a logistic
regression on breaks and on places of the dev split where 10 to 60 characters are missing."""

GOES_ON = (0.97, 0.12, 1.38, 0.61)
"""Weights of the log-odds of *ends*, of *sense* and of `FITS`, and a constant: a logistic regression on news of
the dev split, undamaged and broken."""

MOST_SENSE = 30.0
"""Log-odds of *sense* are taken no more seriously than this."""

AT_A_GLANCE = -3.0
"""Log-odds of *glance* below which *ends* is not asked: that is so at .74 of the unmarked ends of unseen news and
at .003 of the breaks, of two thirds of which *ends* says the same (`zhclean.seams.evidence.CERTAIN_END`)."""

CLEAR = 7.0
"""Log-odds of *sense* from which on the language model is not asked: it would have to be as sure of the contrary."""

ONE_ELSEWHERE = 8.0
"""Log-odds that nothing ends and nothing is missing where the text says elsewhere in one what stands on both sides."""

COHERENCE = (-4.0, 5.0)
"""The same for each character that the language model judges."""


class Sense(NamedTuple):
    """What *sense* says of a break: log probabilities of the three, equally likely beforehand."""

    join: float
    end: float
    splice: float


class Opinion(NamedTuple):
    """What the models say of a break: natural logarithms."""

    against_end: float
    """Log-odds of `JOIN` against `END`, calibrated: 0 is undecided if both are equally likely beforehand."""
    sense: Sense
    fits: float
    """Log-odds of `JOIN` against `SPLICE`, weighing all there is to know (`FITS`)."""

    @property
    def goes_on(self) -> float:
        """Log-odds that the sentence goes on, weighing all of these (`GOES_ON`)."""
        of_ends, of_sense, of_fit, constant = GOES_ON
        sense = within(self.sense.join - self.sense.end, MOST_SENSE)
        return of_ends * self.against_end + of_sense * sense + of_fit * self.fits + constant


Pair = tuple[int, int]
"""A line whose sentence may go on, and the line with which."""


class Text(Protocol):
    """What is to be known of a text."""

    def break_at(self, left: int, right: int) -> Break:
        """The break between two lines."""

    def known(self, left: int, right: int) -> int:
        """How many strings across it stand elsewhere too."""

    def is_one_elsewhere(self, left: int, right: int) -> bool:
        """Whether elsewhere no break is there."""


class Opinions:
    """What the models say of the lines of one text as the continuation of others; no pair is judged twice."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._against_ends: dict[Pair, float] = {}
        self._senses: dict[Pair, Sense] = {}
        self._opinions: dict[Pair, Opinion] = {}
        self._facts: Facts | None = None
        self._rows: dict[Pair, int] = {}

    def against_ends(self, pairs: Sequence[Pair]) -> list[float]:
        """Log-odds of `JOIN` against `END` of each pair: from *glance* where that is sure of an end, or from *ends*."""
        for batch in _new(pairs, self._against_ends):
            self._against_ends.update(
                zip(batch, map(self._unless_one, batch, self._glance(batch)), strict=True)
            )
        return [self._against_ends[pair] for pair in pairs]

    def senses(self, pairs: Sequence[Pair]) -> list[Sense]:
        """What *sense* says of each pair."""
        for batch in _new(pairs, self._senses):
            self._senses.update(zip(batch, _senses(self._facts_of(batch)), strict=True))
        return [self._senses[pair] for pair in pairs]

    def of(self, pairs: Sequence[Pair]) -> list[Opinion]:
        """What all models say of each pair."""
        for batch in _new(pairs, self._opinions):
            against_ends, senses = self.against_ends(batch), self.senses(batch)
            known = [self._text.known(*pair) for pair in batch]
            fits = map(self._unless_one, batch, _fits(self._facts_of(batch).symbols, senses, known))
            self._opinions.update(zip(batch, map(Opinion, against_ends, senses, fits), strict=True))
        return [self._opinions[pair] for pair in pairs]

    def goes_on(self, pair: Pair) -> float:
        """Log-odds that the sentence goes on, as far as the models were asked; 0 if they were not."""
        asked = self._opinions.get(pair)
        return asked.goes_on if asked else self._against_ends.get(pair, 0.0)

    def _unless_one(self, pair: Pair, value: float) -> float:
        """What the models say, unless the text itself says elsewhere that there is no break."""
        return max(value, ONE_ELSEWHERE) if self._text.is_one_elsewhere(*pair) else value

    def _glance(self, pairs: Sequence[Pair]) -> list[float]:
        # Equal breaks are judged once: a text may be one line a thousand times.
        numbers: dict[Break, int] = {}
        places = [numbers.setdefault(self._text.break_at(*pair), len(numbers)) for pair in pairs]
        breaks = list(numbers)
        glimpses = glimpses_of(breaks)
        values = _against_end("glance", glimpses)
        open_ = np.flatnonzero(values > AT_A_GLANCE)
        if len(open_):
            rows = {place: row for row, place in enumerate(open_.tolist())}
            self._facts = facts_of([breaks[place] for place in rows], glimpses.of(open_))
            self._rows = {
                pair: rows[place] for pair, place in zip(pairs, places, strict=True) if place in rows
            }
            values[open_] = _against_end("ends", self._facts)
        found: list[float] = values[places].tolist()
        return found

    def _facts_of(self, pairs: Sequence[Pair]) -> Facts:
        """Looked up anew unless those asked last are among them: in most texts these are all."""
        rows = [self._rows.get(pair) for pair in pairs]
        if self._facts is None or None in rows:
            self._facts = facts_of([self._text.break_at(*pair) for pair in pairs])
            self._rows = {pair: row for row, pair in enumerate(pairs)}
            return self._facts
        return self._facts.of(np.array(rows))


def against_ends(breaks: Sequence[Break]) -> list[float]:
    """Log-odds of `JOIN` against `END` of each break, from *ends* alone."""
    if not breaks:
        return []
    found: list[float] = _against_end("ends", facts_of(breaks)).tolist()
    return found


def opinions(breaks: Sequence[Break], known: Sequence[int] = ()) -> list[Opinion]:
    """What all models say of breaks; `known` are the strings across each that stand elsewhere in its text, if anything
    is known of it.
    """
    found: list[Opinion] = []
    with one_thread():
        for rows in batches(range(len(breaks))):
            facts = facts_of([breaks[row] for row in rows])
            senses = _senses(facts)
            fits = _fits(facts.symbols, senses, [known[row] if known else 0 for row in rows])
            found += map(Opinion, _against_end("ends", facts).tolist(), senses, fits)
    return found


def continuation(left: str, right: str) -> float:
    """Log-odds that `right` goes on where `left` stops, from the words alone.

    Above 0: more likely one sentence than two texts or a place where text is missing.
    """
    if not left or not right:
        return 0.0
    return opinion(left, right).goes_on


def opinion(left: str, right: str) -> Opinion:
    """What the networks say of the break between two stretches of text, neither of them empty."""
    return opinions([Break("", left, right, "")])[0]


def _against_end(name: str, facts: Facts) -> Floats:
    """Log-odds of `JOIN` against `END` of each break, from one network."""
    scores = network(name)(facts)
    difference: Floats = scores[:, JOIN] - scores[:, END]
    return difference


def _senses(facts: Facts) -> list[Sense]:
    """What *sense* says of each break."""
    return list(map(Sense, *log_probabilities(network("sense")(facts)).T.tolist()))


def _fits(symbols: Symbols, senses: Sequence[Sense], known: Sequence[int]) -> list[float]:
    """Log-odds of `JOIN` against `SPLICE` of each break; `known` are the strings across it that stand elsewhere."""
    of_sense, of_words, of_strings, constant = FITS
    against_splice = [sense.join - sense.splice for sense in senses]
    fits = [
        of_sense * value + of_strings * strings + constant
        for value, strings in zip(against_splice, known, strict=True)
    ]
    close = [row for row, value in enumerate(against_splice) if abs(value) < CLEAR]
    if close:
        words = coherence(symbols[close]).clip(*COHERENCE).sum(axis=1).tolist()
        for row, value in zip(close, words, strict=True):
            fits[row] += of_words * value
    return fits


def _new(pairs: Sequence[Pair], known: Container[Pair]) -> Iterator[Sequence[Pair]]:
    """The pairs that are not known yet, each once, a batch at a time."""
    return batches([pair for pair in dict.fromkeys(pairs) if pair not in known])


BATCH = 512
"""Breaks judged at once: enough to be fast, few enough for some megabytes of memory."""

Item = TypeVar("Item")


def batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The items in parts of `BATCH`."""
    return (items[at : at + BATCH] for at in range(0, len(items), BATCH))
