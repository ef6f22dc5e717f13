"""Probabilities and their odds; what many uncertain breaks of one document say of each other."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]

UNDAMAGED = 0.75
"""Prior probability that a document has no break of the kind only words can tell."""

DAMAGE_RATES = (0.02, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.75, 0.9)
"""Shares of unfinished line ends that are breaks in a damaged document: equally likely beforehand."""


def probability(odds: Any) -> Any:
    """The probability that log-odds stand for; infinite ones too."""
    return 1 / (1 + np.exp(-np.clip(odds, -30, 30)))


def odds(probability: Any) -> Any:
    """Natural logarithm of the odds; finite at 0 and 1."""
    return np.log(np.maximum(probability, 1e-12)) - np.log(np.maximum(1 - probability, 1e-12))


def posterior(evidence: Scores) -> Scores:
    """Log-odds of each break, given the evidence of all: how damaged the document is, is learnt from them."""
    if not len(evidence):
        return evidence
    rates = np.array(DAMAGE_RATES)
    ratio = np.exp(evidence)[None, :]
    likelihood = np.log1p(rates[:, None] * (ratio - 1)).sum(axis=1)
    weights = np.concatenate([[np.log(UNDAMAGED)], likelihood + np.log((1 - UNDAMAGED) / len(rates))])
    weights = np.exp(weights - weights.max())
    weights = weights[1:] / weights.sum()
    each = rates[:, None] * ratio / (1 + rates[:, None] * (ratio - 1))
    return np.asarray(odds((weights[:, None] * each).sum(axis=0)))
