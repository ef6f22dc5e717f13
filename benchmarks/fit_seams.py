"""Fits the constants that weigh the models of seams: `FITS`, `GOES_ON`, `INTERRUPTION` and `INLINE`.

    pip install 'zhclean[train]' && python -m benchmarks.fit_seams

Logistic regressions on news of the dev split, damaged as in the benchmark and undamaged. Prints the weights to
be copied into zhclean.models.opinions, zhclean.seams.interruptions and zhclean.seams.inline, and what they reach on every second
document when they are fitted to the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks import corpora, damage
from zhclean.lines import lines_of
from zhclean.models import opinions as said
from zhclean.models.language_model import coherence
from zhclean.models.networks import Break, Facts, facts_of, log_probabilities, network
from zhclean.models.odds import within
from zhclean.seams import candidates, inline
from zhclean.seams import interruptions as through
from zhclean.seams.evidence import Evidence

SOURCES = ("pd1998", "clean", "epaper")
DOCUMENTS = 200
DRAWS = 5  # times each document is damaged
JOIN, MISSING, END = "join", "missing", ""


class Case(NamedTuple):
    """A break of a damaged document outside wrapped stretches."""

    document: int
    what: str
    break_: Break
    known: int


def evidence_of(
    row: str, sources: Sequence[str] = SOURCES
) -> Iterator[tuple[int, Evidence, Sequence[damage.Piece]]]:
    for name in sources:
        documents = corpora.documents(name, "dev", DOCUMENTS)
        break_it = damage.rows([d.title for d in documents if 4 <= len(d.title) <= 16])[row]
        for (number, document), draw in product(enumerate(documents), range(DRAWS)):
            if damage.suits(row, document.paragraphs, document.title):
                damaged = break_it(document.paragraphs, Random(f"{draw}/{document.id}"))
                lines = lines_of(damaged.text)
                if len(lines) == len(damaged.pieces):
                    yield number, Evidence(lines), damaged.pieces


def cases() -> Iterator[Case]:
    """Breaks and gaps of damaged documents, unmarked ends of undamaged ones."""
    wanted = {"split-blank": JOIN, "split-missing": MISSING, "undamaged": END}
    for row, what in wanted.items():
        for number, evidence, pieces in evidence_of(row):
            for i in evidence.asked:
                if pieces[i + 1].cut == what and not evidence.barred(i, i + 1) and not evidence.wrapped[i]:
                    yield Case(number, what, evidence.break_at(i, i + 1), evidence.known(i, i + 1))


class Seen(NamedTuple):
    """What is known of the cases, one row each."""

    document: np.ndarray
    what: np.ndarray
    against_end: np.ndarray
    sense: np.ndarray  # JOIN, END, SPLICE
    words: np.ndarray
    known: np.ndarray


def look(found: Sequence[Case]) -> Seen:
    breaks = [case.break_ for case in found]
    facts: Facts = facts_of(breaks)
    ends = network("ends")(facts)
    return Seen(
        np.array([case.document for case in found]),
        np.array([case.what for case in found]),
        ends[:, 0] - ends[:, 1],
        log_probabilities(network("sense")(facts)),
        np.clip(coherence(facts.symbols), *said.COHERENCE).sum(axis=1),
        np.array([case.known for case in found]),
    )


def fit(
    name: str, columns: np.ndarray, positive: np.ndarray, document: np.ndarray, rates: Sequence[float]
) -> np.ndarray:
    """Weights and constant; prints how many negatives pass where so many positives do, on unseen documents."""
    score = np.zeros(len(positive))
    for half in (0, 1):
        seen = document % 2 == half
        score[~seen] = _regression(columns[seen], positive[seen]).decision_function(columns[~seen])
    limits = {rate: np.quantile(score[positive], 1 - rate) for rate in rates}
    passed = {rate: float(np.mean(score[~positive] > limit)) for rate, limit in limits.items()}
    model = _regression(columns, positive)
    weights = np.append(model.coef_[0], model.intercept_)
    print(f"{name} = {tuple(weights.round(2).tolist())}")
    print(
        "   ", ", ".join(f"{rate:.1%} of breaks: {share:.1%} of the others" for rate, share in passed.items())
    )
    print("   ", ", ".join(f"{rate:.1%} at {limit:.2f}" for rate, limit in limits.items()))
    return weights


def _regression(columns: np.ndarray, positive: np.ndarray) -> LogisticRegression:
    return LogisticRegression(class_weight="balanced", max_iter=1000).fit(columns, positive)


def fit_opinions() -> None:
    seen = look(list(cases()))
    print({what: int(np.sum(seen.what == what)) for what in (JOIN, MISSING, END)})
    against_splice = seen.sense[:, 0] - seen.sense[:, 2]
    columns = np.stack([against_splice, seen.words, seen.known], axis=1)
    chosen = seen.what != END
    fit(
        "sense alone",
        columns[chosen][:, :1],
        seen.what[chosen] == JOIN,
        seen.document[chosen],
        (0.98, 0.97, 0.95),
    )
    weights = fit(
        "FITS", columns[chosen], seen.what[chosen] == JOIN, seen.document[chosen], (0.99, 0.98, 0.97, 0.95)
    )
    fits = columns @ weights[:3] + weights[3]
    sense = np.clip(seen.sense[:, 0] - seen.sense[:, 1], -said.MOST_SENSE, said.MOST_SENSE)
    columns = np.stack([seen.against_end, sense, fits], axis=1)
    chosen = seen.what != MISSING
    rates = (0.99, 0.98, 0.97, 0.95, 0.9)
    fit("GOES_ON", columns[chosen], seen.what[chosen] == JOIN, seen.document[chosen], rates)


def fit_interruptions() -> None:
    columns, positive, document = [], [], []
    for row in ("split-caption", "split-page", "split-blank", "split-missing", "undamaged"):
        for number, evidence, pieces in evidence_of(row):
            for a, c in candidates.candidates(evidence, [0.0] * len(pieces), 0.5):
                columns.append(_seen_across(evidence, a, c))
                positive.append(pieces[c].cut == JOIN and pieces[a].unit == pieces[c].unit)
                document.append(number)
    print(len(positive), sum(positive))
    fit("INTERRUPTION, costs", np.array(columns), np.array(positive), np.array(document), (0.98, 0.95, 0.9))


def _seen_across(evidence: Evidence, a: int, c: int) -> list[float]:
    across = evidence.opinion(a, c)
    kinds = [evidence.kind(x) for x in range(a + 1, c)]
    return [
        within(across.goes_on, through.ACROSS_LIMIT),
        within(through.explained(evidence, a, c), through.EXPLAINED_LIMIT),
        within(across.fits, through.FIT_LIMIT),
        sum(
            len(evidence.lines.content[a + 1 + n])
            for n, kind in enumerate(kinds)
            if kind is through.Kind.TEXT
        ),
        sum(kind is through.Kind.FURNITURE for kind in kinds),
        sum(kind not in (through.Kind.TEXT, through.Kind.FURNITURE) for kind in kinds),
    ]


def fit_inline() -> None:
    columns, positive, document = [], [], []
    for row in (
        "inline",
        "inline-phrases",
        "inline-figures",
        "one-term",
        "split-caption",
        "one-caption",
        "split-page",
        "split-newline",
        "split-missing",
        "undamaged",
    ):
        for number, evidence, pieces in evidence_of(row, (*SOURCES, "inews")):
            middles = inline.candidates(evidence)
            for x, opinions in zip(middles, inline.said(evidence, middles), strict=True):
                around = pieces[x - 1 : x + 2]
                cuts = [piece.cut == JOIN for piece in around[1:]]
                # The end of a paragraph that was broken is neither.
                if pieces[x].unit < 0 or all(cuts) or not any(cuts):
                    columns.append(inline.facts(evidence, x, *opinions))
                    positive.append(all(cuts) and len({piece.unit for piece in around}) == 1)
                    document.append(number)
    print(len(positive), sum(positive))
    fit("INLINE", np.array(columns), np.array(positive), np.array(document), (0.9, 0.8, 0.7))


if __name__ == "__main__":
    fit_opinions()
    fit_interruptions()
    fit_inline()
