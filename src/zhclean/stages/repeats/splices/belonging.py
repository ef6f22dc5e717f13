"""To which of two places a stretch of text belongs that stands in both."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from zhclean.characters import CLAUSE_MARKS, CLOSERS, TERMINALS
from zhclean.edits import Span
from zhclean.models.networks import Break
from zhclean.models.opinions import Opinion, opinions
from zhclean.stages.repeats.reading_on import CONTEXT
from zhclean.stages.repeats.wording import is_unpaired

# Weights of a logistic regression: which of two places is the splice? Asked of news in which the end of one
# paragraph, cut anywhere, was spliced onto another, whole or cut anywhere (the train split; 9,000 pairs).
BEHIND_A_STOP = -3.5
"""Log-odds that a stretch belongs behind a full stop, where the words need not go on: an end of a paragraph that
is cut anywhere begins in mid-sentence, and a paragraph it is spliced onto mostly ends with a full stop."""

MOST_SURE = 12.0
"""Log-odds of the model are taken no more seriously than this in mid-sentence."""

UNPAIRED = -4.0
"""Log-odds where the line has a closing quote or bracket without its opening one, or the other way round."""

SEEN_TWO, SEEN_THREE = 0.7, 1.7
"""Log-odds of a pair of characters across the cut that stands elsewhere in the text, and of a triple besides."""

SEEN_WHOLE, WHOLE = 2.0, 8
"""The same where so many characters in front of the cut stand there too: as in a paragraph that stands twice."""

NEARBY = 20_000
"""Characters in front of and behind the cut in which those are looked for."""

_CLAUSE_ENDS, _OPENERS = CLAUSE_MARKS + CLOSERS + "—", "（(“「《【["


class Edge(IntEnum):
    """What a cut goes through."""

    LINE = 0
    """Nothing: a line begins or ends there."""
    SENTENCE = 1
    """It lies behind the end of a sentence."""
    CLAUSE = 2
    """A mark stands at it."""
    WORD = 3
    """It goes through a clause."""


class Place(NamedTuple):
    """A stretch that stands twice, as it stands in one line, with what is next to it there, left and right."""

    line: int
    span: Span
    left: str
    right: str


def edge(left: str, right: str) -> Edge:
    """What a cut between two strings goes through."""
    left, right = left.rstrip(), right.lstrip()
    if not left or not right:
        return Edge.LINE
    if left.rstrip(CLOSERS)[-1:] in TERMINALS:
        return Edge.SENTENCE
    at_mark = left[-1] in _CLAUSE_ENDS + _OPENERS or right[0] in _CLAUSE_ENDS
    return Edge.CLAUSE if at_mark else Edge.WORD


def belonging(text: str, places: Sequence[Place]) -> list[float]:
    """Of each place the log-odds that the stretch goes on from what stands in front of it there."""
    asked = [i for i, place in enumerate(places) if place.left.strip()]
    breaks = [_break(text, places[i]) for i in asked]
    result = [BEHIND_A_STOP] * len(places)
    for i, opinion in zip(asked, opinions(breaks), strict=True):
        result[i] = _belongs(text, places[i], opinion)
    return result


def _break(text: str, place: Place) -> Break:
    left, right = place.left[-CONTEXT:].rstrip(), text[place.span.start : place.span.start + CONTEXT]
    return Break("", left, right.lstrip(), "")


def _belongs(text: str, place: Place, opinion: Opinion) -> float:
    stretch = text[slice(*place.span)]
    unpaired = UNPAIRED * is_unpaired(place.left + stretch)
    if edge(place.left, stretch) is Edge.SENTENCE:
        return BEHIND_A_STOP + unpaired
    words = max(-MOST_SURE, min(opinion.fits, MOST_SURE))
    return words + unpaired + _seen_elsewhere(text, place)


def _seen_elsewhere(text: str, place: Place) -> float:
    """What it says for a place that the characters across the cut stand side by side elsewhere."""
    at = place.span.start
    low, high = max(at - NEARBY, 0), at + NEARBY

    def seen(before: int, behind: int) -> bool:
        return text.count(text[at - before : at + behind], low, high) > 1

    if not seen(1, 1):
        return 0.0
    whole = len(place.left) >= WHOLE and seen(WHOLE, 2)
    return SEEN_TWO + SEEN_THREE * (seen(2, 1) or seen(1, 2)) + SEEN_WHOLE * whole
