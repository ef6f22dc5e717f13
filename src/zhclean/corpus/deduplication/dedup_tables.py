"""Deduplication of tables that are in memory already, and of Spark DataFrames; results come back in kind."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from zhclean.corpus.deduplication import plan, portions
from zhclean.corpus.deduplication.boilerplate import STRIPPED, stripped_from
from zhclean.corpus.deduplication.decision import Decision, Options, decide
from zhclean.corpus.deduplication.plan import Engine
from zhclean.corpus.deduplication.sentences import without
from zhclean.corpus.deduplication.verdicts import TABLES, TOLD, Places
from zhclean.corpus.reading import tables
from zhclean.corpus.reading.fields import Fields
from zhclean.corpus.reading.libraries import pandas_column, pandas_table, polars_column
from zhclean.corpus.reading.records import as_text, with_texts

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


@dataclass(frozen=True)
class Deduplicated:
    """What became of a table's rows; each part is a table of the kind that was given."""

    kept: Any
    """The rows that stay, with all their fields, in their order (Spark has none)."""
    removed: Any
    """id, kept_id, similarity, reason: exact, near or contained."""
    clusters: Any
    """cluster, id, kept, similarity: each survivor, whose id names the cluster, with what went for it."""
    marked: Any
    """id, mark: what stays because there is nothing to compare (empty, boilerplate-only), or though it is alike (form)."""
    boilerplate: Any
    """text, stories, documents: the list that was removed; None if it was not asked for."""
    stripped: Any
    """id, start, end, text: which article lost what of it; None if it was not asked for."""
    failed: Any
    """The rows that have no text or no id, with all their fields."""


def dedup_table(data: Any, fields: Fields, options: Options, workers: int, memory: str) -> Deduplicated:
    """Deduplicate an Arrow table, batch or reader, a pandas or polars frame, or a DuckDB relation.

    Raises:
        TypeError: not a table.
        ValueError: it has no such fields, or none that the order asks for; or the memory is not enough.
    """
    table = _arrow(data, fields)
    if why := tables.unusable(table.schema, fields, options.order_fields):
        raise ValueError(why)
    with tempfile.TemporaryDirectory(prefix="zhclean-", ignore_cleanup_errors=True) as scratch:
        from zhclean.corpus.deduplication.on_duckdb import working

        with working(Path(scratch), workers, memory) as engine:
            decision = decide(engine, [portions.Rows(table, fields)], options)
            return _Result(data, table, fields, engine, decision).whole()


def _arrow(data: Any, fields: Fields) -> pa.Table:
    if isinstance(data, pa.RecordBatch):
        return pa.Table.from_batches([data])
    if not hasattr(data, "__arrow_c_stream__"):
        raise TypeError(f"neither paths nor a table: {type(data).__name__}")
    return pandas_table(data, fields) if _library(data) == "pandas" else pa.table(data)


def _library(data: Any) -> str:
    return type(data).__module__.partition(".")[0]


class _Result:
    """A decision in terms of the table it was made about."""

    def __init__(
        self, data: Any, table: pa.Table, fields: Fields, engine: Engine, decision: Decision
    ) -> None:
        self._data, self._table, self._fields = data, table, fields
        self._engine, self._decision = engine, decision
        self._valid = np.ones(table.num_rows, np.bool_)
        for name in filter(None, fields):
            self._valid &= table.column(name).is_valid().to_numpy()

    def whole(self) -> Deduplicated:
        """Everything that is to be told."""
        found, listed = self._decision.found, self._decision.boilerplate
        blank = self._rows("SELECT place FROM {r} WHERE size <= 0", r=found.documents)
        kept = self._valid & ~self._rows("SELECT place FROM {r}", r=found.removed)
        removed, clusters, marked = (self._in_kind(self._told(name)) for name in TOLD)
        return Deduplicated(
            self._taken(kept, blank),
            removed,
            clusters,
            marked,
            None if listed is None else self._in_kind(listed),
            None if listed is None else self._in_kind(self._told_stripped(kept, blank)),
            self._taken(~self._valid, blank),
        )

    def _rows(self, sql: str, **relations: Any) -> npt.NDArray[np.bool_]:
        """Which rows of the table a SELECT names; places count those that can be read."""
        result = np.zeros(len(self._valid), np.bool_)
        result[self._valid] = Places(self._engine, sql, **relations).among(0, int(self._valid.sum()))
        return result

    def _told(self, name: str) -> pa.Table:
        batches = self._engine.batches(TOLD[name], **self._decision.found.told)
        return pa.Table.from_batches([batch.cast(TABLES[name]) for batch in batches], TABLES[name])

    def _taken(self, chosen: npt.NDArray[np.bool_], blank: npt.NDArray[np.bool_]) -> Any:
        """Some rows as they were given, without boilerplate if it was to be removed."""
        name = self._fields.text
        texts = self._stripped(chosen, blank) if self._decision.boilerplate_keys else None
        library = _library(self._data)
        if library == "pandas":
            part = self._data.iloc[np.flatnonzero(chosen)]
            return part if texts is None else part.assign(**{name: pandas_column(part[name], texts)})
        if library == "polars":
            part = self._data[np.flatnonzero(chosen)]
            return part if texts is None else part.with_columns(polars_column(part.get_column(name), texts))
        table = self._table.filter(pa.array(chosen))
        if texts is not None:
            batches = table.combine_chunks().to_batches()
            table = pa.Table.from_batches(
                [with_texts(b, name, pa.array(texts, pa.large_string())) for b in batches], table.schema
            )
        return self._in_kind(table)

    def _stripped(self, chosen: npt.NDArray[np.bool_], blank: npt.NDArray[np.bool_]) -> list[str | None]:
        """The texts of some rows without boilerplate; one that is nothing else stays as it is."""
        before = as_text(self._table.column(self._fields.text)).filter(pa.array(chosen)).to_pylist()
        after = without([text or "" for text in before], self._decision.boilerplate_keys)
        return [b if whole or not b else a for a, b, whole in zip(after, before, blank[chosen], strict=True)]

    def _told_stripped(self, chosen: npt.NDArray[np.bool_], blank: npt.NDArray[np.bool_]) -> pa.Table:
        """What the rows that stay lost, by their ids."""
        chosen, blank = chosen[self._valid], blank[self._valid]
        keys, rows, first = self._decision.boilerplate_keys, [], 0
        for batch in portions.Rows(self._table, self._fields)():
            own = slice(first, first + len(batch.ids))
            stay = batch.select(pa.array(chosen[own]))
            rows.append(
                stripped_from(
                    stay.ids.to_pylist(), stay.texts.to_pylist(), blank[own][chosen[own]].tolist(), keys
                )
            )
            first = own.stop
        return pa.Table.from_batches(rows, STRIPPED)

    def _in_kind(self, table: pa.Table) -> Any:
        """An Arrow table as one of the library that the data came from."""
        library = _library(self._data)
        if library == "pandas":
            return table.to_pandas()
        if library == "polars":
            return type(self._data)(table)
        if library in ("duckdb", "_duckdb"):
            import duckdb

            return duckdb.from_arrow(table)
        return table


def dedup_dataframe(frame: DataFrame, fields: Fields, options: Options) -> Deduplicated:
    """Deduplicate a Spark DataFrame in its own session, which is left as it was, and running.

    zhclean and pyarrow must be installed on the executors.

    Raises:
        ValueError: no id field, as rows of Spark have no number; or there are no such fields, or none that
            the order asks for.
    """
    from pyspark.sql.pandas.types import to_arrow_schema

    from zhclean.corpus.deduplication.on_spark import Frame, Spark

    if fields.id is None:
        raise ValueError("rows of Spark have no number that stays: name the field that holds their id")
    # Where a column is a time, Arrow's type of it has a zone: that which Spark hands it over in.
    zone = frame.sparkSession.conf.get("spark.sql.session.timeZone")
    schema = to_arrow_schema(frame.schema, timezone=zone)
    if why := tables.unusable(schema, fields, options.order_fields):
        raise ValueError(why)
    engine = Spark(frame.sparkSession)
    decision = decide(engine, Frame(frame, fields), options)
    found = decision.found
    unpack = partial(_unpacked, fields=fields, boilerplate=decision.boilerplate_keys)
    stay = {"sketched": decision.sketched, "documents": found.documents, "gone": found.gone}
    kept = engine.map(unpack, schema, plan.KEPT, **stay)
    removed, clusters, marked = (
        engine.table(sql, **{name: r for name, r in found.told.items() if f"{{{name}}}" in sql})
        for sql in TOLD.values()
    )
    listed = decision.boilerplate
    lost = partial(_stripped_rows, fields=fields, boilerplate=decision.boilerplate_keys)
    stripped = None if listed is None else engine.map(lost, STRIPPED, plan.KEPT, **stay)
    lacks = frame[fields.text].isNull() | frame[fields.id].isNull()
    boilerplate = None if listed is None else engine.relation(listed)
    return Deduplicated(kept, removed, clusters, marked, boilerplate, stripped, frame.where(lacks))


def _stripped_rows(batch: pa.RecordBatch, fields: Fields, boilerplate: frozenset[int]) -> pa.RecordBatch:
    """What the rows that stay lose."""
    rows = pa.RecordBatch.from_struct_array(batch["row"])
    ids, texts = (as_text(rows.column(name)).to_pylist() for name in (fields.id, fields.text))
    return stripped_from(ids, texts, [size <= 0 for size in batch["size"].to_pylist()], boilerplate)


def _unpacked(batch: pa.RecordBatch, fields: Fields, boilerplate: frozenset[int]) -> pa.RecordBatch:
    """The rows that stay as they came, without boilerplate."""
    rows = pa.RecordBatch.from_struct_array(batch["row"])
    if not boilerplate:
        return rows
    before = as_text(rows.column(fields.text)).to_pylist()
    whole = [size <= 0 for size in batch["size"].to_pylist()]
    after = without(before, boilerplate)
    texts = [b if keep else a for a, b, keep in zip(after, before, whole, strict=True)]
    return with_texts(rows, fields.text, pa.array(texts, pa.large_string()))
