"""Spark as an engine: relations are DataFrames, Python runs in its workers through ``mapInArrow``."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from zhclean.corpus.deduplication.portions import Portion, Scanner, placed_in
from zhclean.corpus.reading import tables
from zhclean.corpus.reading.fields import Fields

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_TASKS = 1000  # portions that are read at once, at most

Kernel = Callable[[pa.RecordBatch], pa.RecordBatch]


class Spark:
    """Works in a session that belongs to somebody else, and leaves its settings and views as they are."""

    unnest = "EXPLODE"

    def __init__(self, session: SparkSession) -> None:
        """Use a session, classic or Connect."""
        self._session = session

    def table(self, sql: str, **relations: Any) -> DataFrame:
        """See `plan.Engine`."""
        return _cut(self._session.sql(sql, **relations))

    def map(self, function: Kernel, schema: pa.Schema, sql: str, **relations: Any) -> DataFrame:
        """See `plan.Engine`."""
        return mapped(function, schema, self._session.sql(sql, **relations))

    def scan(self, function: Scanner, data: Sequence[Portion] | Frame, schema: pa.Schema) -> DataFrame:
        """See `plan.Engine`; portions are read on the executors, so files must be where those can see them."""
        if isinstance(data, Frame):
            return data.scan(function, schema)
        from pyspark.sql.pandas.types import from_arrow_schema

        rows = [(number, bytearray(pickle.dumps(portion))) for number, portion in enumerate(data)]
        frame = self._session.createDataFrame(rows, "number long, portion binary")
        spread = frame.repartition(max(1, min(len(rows), _TASKS)))
        return _cut(spread.mapInArrow(partial(_read, function=function), from_arrow_schema(schema)))

    def batches(self, sql: str, **relations: Any) -> Iterator[pa.RecordBatch]:
        """See `plan.Engine`; the whole result passes through the driver's memory."""
        yield from self._session.sql(sql, **relations).toArrow().to_batches()

    def relation(self, table: pa.Table) -> DataFrame:
        """See `plan.Engine`."""
        from pyspark.sql.pandas.types import from_arrow_schema

        if not table.num_rows:
            return self._session.createDataFrame([], from_arrow_schema(table.schema))
        return self._session.createDataFrame(table)

    def drop(self, *relations: DataFrame) -> None:
        """See `plan.Engine`."""
        for relation in relations:
            relation.unpersist()


@dataclass(frozen=True)
class Frame:
    """A DataFrame of articles, whose rows the relations made of it carry along."""

    frame: DataFrame
    fields: Fields

    def scan(self, function: Scanner, schema: pa.Schema) -> DataFrame:
        """What the function makes of the rows; if it tells rows apart, with each row in the column `row`.

        Rows without text or id are left out. Places are 0: partitions come and go, and rows that are the
        same in everything need not be told apart.
        """
        from pyspark.sql.pandas.types import from_arrow_schema
        from pyspark.sql.types import StructType

        columns, carry = from_arrow_schema(schema), "place" in schema.names
        if carry:
            columns = columns.add("row", StructType(list(self.frame.schema.fields)))
        work = partial(_scanned, function=function, fields=self.fields, carry=carry)
        return _cut(self.frame.mapInArrow(work, columns))


def _scanned(
    batches: Iterable[pa.RecordBatch], function: Scanner, fields: Fields, carry: bool
) -> Iterator[pa.RecordBatch]:
    for rows in batches:
        for batch in tables.batches("", rows, 1, fields):
            made = function(batch, 0)
            yield _carrying(made, batch.rows) if carry else made


def _carrying(made: pa.RecordBatch, rows: pa.RecordBatch) -> pa.RecordBatch:
    zeros = pa.array([0] * made.num_rows, pa.int64())
    row = pa.StructArray.from_arrays(rows.columns, fields=list(rows.schema))
    return made.set_column(0, made.schema.field(0), zeros).append_column("row", row)


def _read(batches: Iterable[pa.RecordBatch], function: Scanner) -> Iterator[pa.RecordBatch]:
    for rows in batches:
        for number, pickled in zip(*(column.to_pylist() for column in rows.columns), strict=True):
            for batch, place in placed_in(pickle.loads(pickled), number):
                yield function(batch, place)


def mapped(function: Kernel, schema: pa.Schema, frame: DataFrame) -> DataFrame:
    """What a function makes of the batches of a DataFrame, computed once."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return _cut(frame.mapInArrow(partial(_each, function=function), from_arrow_schema(schema)))


def _each(batches: Iterable[pa.RecordBatch], function: Kernel) -> Iterator[pa.RecordBatch]:
    return map(function, batches)


def _cut(frame: DataFrame) -> DataFrame:
    """The same rows, computed now and without their history, which slows planning down with every step.

    Checkpoints survive the loss of an executor where the session has a directory for them; else each
    executor keeps its own part.
    """
    context = getattr(frame.sparkSession, "_sc", None)
    if context is not None and context.getCheckpointDir() is not None:
        return frame.checkpoint()
    return frame.localCheckpoint()


@contextmanager
def local_session(workers: int) -> Iterator[SparkSession]:
    """A session of our own on this machine, stopped at the end; one that is there is used and left running."""
    from pyspark.sql import SparkSession

    if (active := SparkSession.getActiveSession()) is not None:
        yield active
        return
    # Its workers would else be the first python3 on the path, which may not have zhclean.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = (
        SparkSession.builder.master(f"local[{workers}]")
        .appName("zhclean")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", str(2 * workers))
        .getOrCreate()
    )
    try:
        yield session
    finally:
        session.stop()
