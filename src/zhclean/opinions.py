"""What all models together say of a break: the networks, the language model, and what stands elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import add
from typing import NamedTuple

import numpy as np

from zhclean.language_model import coherence
from zhclean.networks import END, JOIN, SPLICE, Break, facts_of, network
from zhclean.odds import within
from zhclean.threads import one_thread

FITS = (0.68, 0.40, 0.70, -0.90)
"""Weights of *sense*, of the language model and of the strings that are known, and a constant: a logistic
regression on breaks and on places of the dev split where 10 to 60 characters are missing."""

GOES_ON = (0.85, 0.12, 1.36, -0.01)
"""Weights of the log-odds of *ends*, of *sense* and of `FITS`, and a constant: a logistic regression on news of
the dev split, undamaged and broken."""

MOST_SENSE = 30.0
"""Log-odds of *sense* are taken no more seriously than this."""

CLEAR = 7.0
"""Log-odds of *sense* from which on the language model is not asked: it would have to be as sure of the contrary."""

COHERENCE = (-4.0, 5.0)
"""The same for each character that the language model judges."""


class Opinion(NamedTuple):
    """What the models say of a break: natural logarithms."""

    against_end: float
    """Log-odds of `JOIN` against `END`, calibrated: 0 is undecided if both are equally likely beforehand."""
    join: float
    """Log probability of `JOIN` among the three, equally likely beforehand; the others likewise."""
    end: float
    splice: float
    fits: float
    """Log-odds of `JOIN` against `SPLICE`, weighing all there is to know (`FITS`)."""

    @property
    def against_splice(self) -> float:
        """The same, from *sense* alone."""
        return self.join - self.splice

    @property
    def goes_on(self) -> float:
        """Log-odds that the sentence goes on, weighing all of these (`GOES_ON`)."""
        of_ends, of_sense, of_fit, constant = GOES_ON
        sense = within(self.join - self.end, MOST_SENSE)
        return of_ends * self.against_end + of_sense * sense + of_fit * self.fits + constant


def against_ends(breaks: Sequence[Break]) -> list[float]:
    """Log-odds of `JOIN` against `END` of each break, from the network *ends* alone."""
    found: list[float] = []
    for at in range(0, len(breaks), BATCH):
        facts = facts_of(breaks[at : at + BATCH])
        with one_thread():
            logs = network("ends")(facts)
        found += (logs[:, JOIN] - logs[:, END]).tolist()
    return found


def opinions(breaks: Sequence[Break], against_end: Sequence[float] | None = None) -> list[Opinion]:
    """What all models say of each break; `against_end` is what `against_ends` has said, if it was asked."""
    if against_end is None:
        against_end = against_ends(breaks)
    found: list[Opinion] = []
    for at in range(0, len(breaks), BATCH):
        some = slice(at, at + BATCH)
        with one_thread():
            found += map(Opinion, against_end[some], *_others(breaks[some]))
    return found


def _others(breaks: Sequence[Break]) -> Iterator[list[float]]:
    """What the other models say: `JOIN`, `END`, `SPLICE` and how the sides fit, an element a break."""
    facts = facts_of(breaks)
    sense = network("sense")(facts)
    of_sense, of_words, of_strings, constant = FITS
    against_splice = sense[:, JOIN] - sense[:, SPLICE]
    fits = of_sense * against_splice + constant
    close = np.flatnonzero(np.abs(against_splice) < CLEAR)
    if len(close):
        words = coherence(facts.symbols[close]).clip(*COHERENCE)
        fits[close] += of_words * words.sum(axis=1)
    known = [of_strings * b.known for b in breaks]
    yield from sense.T.tolist()
    yield list(map(add, fits.tolist(), known))


BATCH = 512
"""Breaks judged at once: enough to be fast, few enough for some megabytes of memory."""
