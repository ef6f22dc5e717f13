"""Deduplication from articles to verdicts, under any engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from zhclean.corpus import boilerplate, plan
from zhclean.corpus.boilerplate import Recurrence
from zhclean.corpus.kernel import SKETCHED, Sketcher
from zhclean.corpus.likeness import Criterion, Likeness, Longest
from zhclean.corpus.plan import Engine, Found, Relation
from zhclean.corpus.sentences import keys


@dataclass(frozen=True)
class Options:
    """What to do with copies."""

    likeness: Likeness = Likeness()
    order: tuple[Criterion, ...] = (Longest(),)
    """Which of several copies stays; then the id decides, by code points, then the rest of the row."""
    boilerplate: Recurrence | tuple[str, ...] | None = None
    """Find it, take this list, or leave it where it is."""


@dataclass(frozen=True)
class Decision:
    """What was decided, in relations of the engine."""

    sketched: Relation
    hashes: Relation
    found: Found
    boilerplate: pa.Table | None
    """Rows of `boilerplate.LISTED`; None if it was not asked for."""

    @property
    def boilerplate_keys(self) -> frozenset[int]:
        """Of the sentences to remove."""
        return keys(self.boilerplate["text"].to_pylist()) if self.boilerplate is not None else frozenset()


def list_boilerplate(engine: Engine, data: Any, options: Options) -> pa.Table | None:
    """The boilerplate that `options` ask for, found in the data or given."""
    what = options.boilerplate
    if what is None:
        return None
    if not isinstance(what, Recurrence):
        columns = {"text": list(what), "stories": [None] * len(what), "documents": [None] * len(what)}
        return pa.table(columns, schema=boilerplate.LISTED)
    whole = _decided(engine, data, options, frozenset())
    listed = boilerplate.find(engine, data, whole[2], what)
    engine.drop(*whole[:2], *whole[2].relations)
    return listed


def decide(engine: Engine, data: Any, options: Options) -> Decision:
    """Which articles go.

    Raises:
        KeyError: the order asks for a field that is not there.
    """
    listed = list_boilerplate(engine, data, options)
    texts = listed["text"].to_pylist() if listed is not None else []
    return Decision(*_decided(engine, data, options, keys(texts)), listed)


def _decided(
    engine: Engine, data: Any, options: Options, left_out: frozenset[int]
) -> tuple[Relation, Relation, Found]:
    sketcher = Sketcher(options.likeness, options.order, left_out)
    sketched = engine.scan(sketcher, data, SKETCHED)
    hashes = plan.hashes_of(engine, sketched)
    return sketched, hashes, plan.find(engine, sketched, hashes, options.likeness)
