"""DuckDB as an engine: relations are tables of one database on disk, Python runs in processes around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from zhclean.corpus.deduplication.portions import Portion, Scanner, placed
from zhclean.corpus.reading.records import Batch
from zhclean.corpus.reading.sources import InputError
from zhclean.workers import in_processes

MEMORY = "600MB"
"""What the database holds at most; Python and two workers need as much again."""

T = TypeVar("T")

_BATCH = 2048  # rows of a result that go to a worker at once


class DuckDB:
    """Relations are names of tables."""

    unnest = "UNNEST"

    def __init__(self, directory: Path | None, workers: int = 1, memory: str = MEMORY) -> None:
        """Work in a directory of its own, which takes a few times the corpus's size for a while.

        `memory` bounds what the database holds; what does not fit goes to that directory. Without one, all
        is in memory and must fit.

        Raises:
            InputError: `memory` is no size, such as 800MB.
        """
        import duckdb

        self._workers = workers
        self._numbers = count()
        self._connection = duckdb.connect(str(directory / "work.duckdb") if directory else ":memory:")
        settings = {
            "memory_limit": memory,
            "threads": str(workers),
            "temp_directory": str(directory / "spill") if directory else "",
            "preserve_insertion_order": "false",
            "default_collation": "binary",
            "enable_progress_bar": "false",
        }
        try:
            self._connection.execute("".join(f"SET {n} = {quoted(v)};" for n, v in settings.items()))
        except duckdb.Error as error:
            raise InputError(f"memory must be a size such as 800MB: {str(error).splitlines()[0]}") from error

    def close(self) -> None:
        """Let go of the database's files."""
        self._connection.close()

    def table(self, sql: str, **relations: str) -> str:
        """See `plan.Engine`."""
        name = self._name()
        self._connection.execute(f"CREATE TABLE {name} AS {sql.format(**relations)}")
        return name

    def map(
        self,
        function: Callable[[pa.RecordBatch], pa.RecordBatch],
        schema: pa.Schema,
        sql: str,
        **relations: str,
    ) -> str:
        """See `plan.Engine`."""
        rows = self.table(sql, **relations)
        result = self.gather(self.mapped(function, self._slices(rows)), schema)
        self.drop(rows)
        return result

    def _slices(self, name: str) -> Iterator[pa.RecordBatch]:
        """A table a few rows at a time: DuckDB would hold the whole of a large result in memory."""
        (total,) = next(self.batches(f"SELECT COUNT(*) AS n FROM {name}"))["n"].to_pylist()
        for start in range(0, total, _BATCH):
            where = f"rowid >= {start} AND rowid < {start + _BATCH}"
            yield from self.batches(f"SELECT * FROM {name} WHERE {where}")

    def scan(self, function: Scanner, portions: Iterable[Portion], schema: pa.Schema) -> str:
        """See `plan.Engine`."""
        return self.gather(self.mapped(partial(_called, function), placed(portions)), schema)

    def mapped(self, function: Callable[[T], pa.RecordBatch], items: Iterable[T]) -> Iterator[pa.RecordBatch]:
        """What a picklable function makes of each item, in their order."""
        if self._workers == 1:
            yield from map(function, items)
        else:
            for _, result in in_processes(function, items, self._workers):
                yield result

    def gather(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> str:
        """A relation of batches as they come."""
        name = self.relation(schema.empty_table())
        for batch in batches:
            if not batch.num_rows:
                continue
            self.append(name, pa.Table.from_batches([batch], schema))
        return name

    def append(self, name: str, table: pa.Table) -> None:
        """Add rows to a relation."""
        self._connection.register("arriving", table)
        self._connection.execute(f"INSERT INTO {name} SELECT * FROM arriving")
        self._connection.unregister("arriving")

    def batches(self, sql: str, **relations: str) -> Iterator[pa.RecordBatch]:
        """See `plan.Engine`; other statements may run while the result is read."""
        with self._connection.cursor() as cursor:
            result = cursor.sql(sql.format(**relations))
            # The name it has since DuckDB 2, and the one before.
            reader = getattr(result, "to_arrow_reader", None) or result.fetch_arrow_reader
            yield from reader(_BATCH)

    def relation(self, table: pa.Table) -> str:
        """See `plan.Engine`."""
        name = self._name()
        self._connection.register("arriving", table)
        self._connection.execute(f"CREATE TABLE {name} AS SELECT * FROM arriving")
        self._connection.unregister("arriving")
        return name

    def drop(self, *relations: str) -> None:
        """See `plan.Engine`."""
        for name in relations:
            self._connection.execute(f"DROP TABLE {name}")

    def execute(self, sql: str, parameters: Sequence[object] | None = None) -> None:
        """Any other statement; what it cannot do is a `duckdb.Error`."""
        self._connection.execute(sql, parameters)

    def _name(self) -> str:
        return f"relation_{next(self._numbers)}"


@contextmanager
def working(directory: Path, workers: int, memory: str) -> Iterator[DuckDB]:
    """An engine, as long as it is needed.

    Raises:
        InputError: `memory` is no size, or not enough for the work.
    """
    import duckdb

    with closing(DuckDB(directory, workers, memory)) as engine:
        try:
            yield engine
        except duckdb.OutOfMemoryException as error:
            why = str(error).splitlines()[0]
            raise InputError(f"{memory} of memory are not enough for DuckDB: {why}") from error


def quoted(value: str) -> str:
    """A literal for the few statements that take no parameters: SET and ATTACH."""
    return "'{}'".format(value.replace("'", "''"))


def _called(function: Scanner, item: tuple[Batch, int]) -> pa.RecordBatch:
    return function(*item)
