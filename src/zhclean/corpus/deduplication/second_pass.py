"""What is written once all is decided: the tables that tell of it, and the articles that stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from zhclean.corpus.cleaning.clean_files import FAILED
from zhclean.corpus.cleaning.summary import size
from zhclean.corpus.deduplication import plan
from zhclean.corpus.deduplication.boilerplate import stripped_from
from zhclean.corpus.deduplication.decision import Decision
from zhclean.corpus.deduplication.likeness import Criterion, Earliest
from zhclean.corpus.deduplication.plan import Engine
from zhclean.corpus.deduplication.sentences import without
from zhclean.corpus.deduplication.summary import Summary
from zhclean.corpus.deduplication.verdicts import TABLES, TOLD, Places
from zhclean.corpus.reading.records import Batch
from zhclean.corpus.writing.outputs import Table


def tell(engine: Engine, decision: Decision, tables: Mapping[str, Table], summary: Summary) -> None:
    """Write the tables of what was decided, and count it."""
    removed = decision.found.removed
    summary.crowded = decision.found.crowded
    for batch in engine.batches("SELECT reason, COUNT(*) AS n FROM {r} GROUP BY reason", r=removed):
        summary.removed.update({row["reason"]: row["n"] for row in batch.to_pylist()})
    for name, sql in TOLD.items():
        for batch in engine.batches(sql, **decision.found.told):
            tables[name].write(batch.cast(TABLES[name]))
            if name == "marked":
                summary.marked.update(batch["mark"].to_pylist())
    if decision.boilerplate is not None:
        summary.boilerplate = decision.boilerplate.num_rows
        for batch in decision.boilerplate.to_batches():
            tables["boilerplate"].write(batch)


class SecondPass:
    """Tells what stays of the articles, read again, and accounts for the others."""

    def __init__(
        self,
        engine: Engine,
        decision: Decision,
        order: Sequence[Criterion],
        tables: Mapping[str, Table],
        summary: Summary,
    ) -> None:
        documents = decision.found.documents
        self._gone = Places(engine, "SELECT place FROM {r}", r=decision.found.removed)
        self._blank = Places(engine, "SELECT place FROM {d} WHERE size <= 0 AND age = 1", d=documents)
        rows = engine.batches(plan.EQUAL_IDS, documents=documents)
        self._equal = {id for batch in rows for id in batch["id"].to_pylist()}
        self._boilerplate = decision.boilerplate_keys
        self._order = order
        self._tables = tables
        self._summary = summary

    def stays(self, batch: Batch, first: int) -> Batch:
        """What stays of a batch; everything else is accounted for."""
        gone = self._gone.among(first, len(batch.ids))
        blank = self._blank.among(first, len(batch.ids))
        self._account(batch, gone)
        result = batch.select(pa.array(~gone))
        self._summary.kept += len(result.ids)
        self._summary.bytes_stripped += size(result.texts)
        if self._boilerplate and len(result.ids):
            result = self._strip(result, blank[~gone])
        self._summary.bytes_kept += size(result.texts)
        return result

    def _strip(self, result: Batch, blank: npt.NDArray[np.bool_]) -> Batch:
        before = result.texts.to_pylist()
        stripped = without(before, self._boilerplate)
        self._tables["stripped"].write(
            stripped_from(result.ids.to_pylist(), before, blank.tolist(), self._boilerplate)
        )
        # An article that is nothing but boilerplate stays as it is, marked.
        texts = [b if empty else s for b, s, empty in zip(before, stripped, blank, strict=True)]
        return result.with_texts(pa.array(texts, result.texts.type)) if texts != before else result

    def _account(self, batch: Batch, gone: npt.NDArray[np.bool_]) -> None:
        self._summary.failed += len(batch.failures)
        self._summary.lossy += len(batch.lost)
        failures = [failure._asdict() for failure in batch.failures]
        self._tables["failed"].write(pa.RecordBatch.from_pylist(failures, FAILED))
        for criterion in self._order:
            if isinstance(criterion, Earliest):
                dates = batch.field(criterion.field).cast(pa.string()).to_pylist()
                self._summary.undated += sum(criterion.rank(date, 0) is None for date in dates)
        ids = batch.ids.to_pylist()
        equal = [row for row, id in enumerate(ids) if id in self._equal]
        self._summary.equal_ids += len(equal)
        places = (batch.place(row) for row in equal)
        rows = [
            {"id": ids[row], "source": source, "line": line, "kept": not gone[row]}
            for row, (source, line) in zip(equal, places, strict=True)
        ]
        self._tables["equal-ids"].write(pa.RecordBatch.from_pylist(rows, TABLES["equal-ids"]))
