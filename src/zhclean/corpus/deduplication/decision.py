"""Deduplication from articles to verdicts, under any engine."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa

from zhclean.corpus.deduplication import boilerplate, plan
from zhclean.corpus.deduplication.boilerplate import Recurrence
from zhclean.corpus.deduplication.kernel import SKETCHED, Sketcher
from zhclean.corpus.deduplication.likeness import Criterion, Likeness, Longest
from zhclean.corpus.deduplication.plan import Engine, Found, Relation
from zhclean.corpus.deduplication.sentences import keys


@dataclass(frozen=True)
class Options:
    """What to do with copies."""

    likeness: Likeness = field(default_factory=Likeness)
    order: tuple[Criterion, ...] = (Longest(),)
    """Which of several copies stays; then the id decides, by code points, then the rest of the row."""
    boilerplate: Recurrence | tuple[str, ...] | None = None
    """Find it, take this list, or leave it where it is."""

    @property
    def order_fields(self) -> tuple[str, ...]:
        """Fields that the order looks at."""
        return tuple(criterion.field for criterion in self.order if criterion.field)


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
    # Where an article is nothing but a notice, all that carry the notice contain it; they are no copies.
    likeness = replace(options.likeness, containment=None)
    sketched, hashes = sketch(engine, data, replace(options, likeness=likeness, boilerplate=None))
    found = plan.find(engine, sketched, hashes, likeness)
    listed = boilerplate.find(engine, data, found, what)
    engine.drop(sketched, hashes, *found.relations)
    return listed


def decide(engine: Engine, data: Any, options: Options) -> Decision:
    """Which articles go."""
    listed = list_boilerplate(engine, data, options)
    fixed = options if listed is None else replace(options, boilerplate=tuple(listed["text"].to_pylist()))
    sketched, hashes = sketch(engine, data, fixed)
    return Decision(sketched, hashes, plan.find(engine, sketched, hashes, options.likeness), listed)


def sketch(engine: Engine, data: Any, options: Options) -> tuple[Relation, Relation]:
    """Rows of `kernel.SKETCHED`, and their hashes. Boilerplate must be a list by now, or None."""
    assert not isinstance(options.boilerplate, Recurrence)
    sketcher = Sketcher(options.likeness, options.order, keys(options.boilerplate or ()))
    sketched = engine.scan(sketcher, data, SKETCHED)
    return sketched, plan.hashes_of(engine, sketched)
