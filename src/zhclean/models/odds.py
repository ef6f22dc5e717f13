"""Probabilities and their odds; what many uncertain breaks of one document say of each other."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence

UNDAMAGED = 0.8
"""Prior probability that a document has no break of the kind only words can tell."""

DAMAGE_RATES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9)
"""Shares of unfinished line ends that are breaks in a damaged document."""

_SHARES = [rate**-0.5 for rate in DAMAGE_RATES]
_PRIOR = [(1 - UNDAMAGED) * share / sum(_SHARES) for share in _SHARES]
"""Probability of each beforehand: a document with one break need not have many."""

MOST, LEAST = 30.0, 1e-12
"""Log-odds beyond which a probability is as good as certain; the least probability that is not zero."""


def within(value: float, limit: float) -> float:
    """The value, or the limit on its side of zero that it is beyond."""
    return max(-limit, min(value, limit))


def probability(odds: float) -> float:
    """The probability that log-odds stand for; infinite ones too."""
    return 1 / (1 + math.exp(-within(odds, MOST)))


def odds(probability: float) -> float:
    """Natural logarithm of the odds; finite at 0 and 1."""
    return math.log(max(probability, LEAST)) - math.log(max(1 - probability, LEAST))


def either(a: float, b: float) -> float:
    """Logarithm of the sum of two numbers given by their logarithms."""
    most = max(a, b)
    return most if most == -math.inf else most + math.log1p(math.exp(min(a, b) - most))


def damage(evidence: Sequence[float]) -> float:
    """The probability that a document is damaged at all, given the evidence of each of its breaks."""
    undamaged, *damaged = _weights([math.exp(value) for value in evidence])
    return sum(damaged) / (undamaged + sum(damaged))


def posterior(evidence: Sequence[float], breaks: Iterable[Hashable]) -> list[float]:
    """Log-odds of each break, given the evidence of all: how damaged the document is, is learnt from them.

    Equal `breaks` are one: a page that stands there twice is not twice as damaged.
    """
    ratios = [math.exp(value) for value in evidence]
    weights = _weights([*dict(zip(breaks, ratios, strict=True)).values()])
    total = sum(weights)
    return [
        odds(
            sum(
                weight / total * rate * ratio / (1 + rate * (ratio - 1))
                for weight, rate in zip(weights[1:], DAMAGE_RATES, strict=True)
            )
        )
        for ratio in ratios
    ]


def _weights(ratios: Sequence[float]) -> list[float]:
    """How well an undamaged document explains the likelihood ratios, and one damaged at each rate."""
    logs = [math.log(UNDAMAGED)]
    for rate, prior in zip(DAMAGE_RATES, _PRIOR, strict=True):
        likelihood = sum(math.log1p(rate * (ratio - 1)) for ratio in ratios)
        logs.append(likelihood + math.log(prior))
    return [math.exp(log - max(logs)) for log in logs]
