"""Tables that are in memory already, of whatever library: cleaned, and given back in kind.

Rows stay: a text that is null stays null, and nothing but the texts changes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zhclean.corpus.cleaning.kernel import EDITS, Kernel, clean_texts
from zhclean.corpus.reading import tables
from zhclean.corpus.reading.fields import Fields
from zhclean.corpus.reading.libraries import pandas_column, pandas_texts, polars_column
from zhclean.corpus.reading.records import as_text, with_texts
from zhclean.workers import in_processes

_ENTRY = pa.struct([field for field in EDITS if field.name != "row"])

EDITS_OF_ROW = pa.list_(_ENTRY)
"""A column of this type tells, for each row, its edits and gaps."""


def clean_frame(data: Any, text_field: str, kernel: Kernel, workers: int, edits: str | None) -> Any:
    """A table of the same kind with clean texts.

    pandas and polars frames (their other columns, dtypes and index are never touched), DuckDB relations, and
    all that exports an Arrow stream; what is no table of a known library comes back as an Arrow table.

    Raises:
        TypeError: not a table.
        ValueError: no such field, or it holds something else than text.
    """
    library = type(data).__module__.partition(".")[0]
    if library == "pandas":
        return _clean_pandas(data, text_field, kernel, workers, edits)
    if not hasattr(data, "__arrow_c_stream__"):
        raise TypeError(f"neither paths nor a table: {type(data).__name__}")
    reader = pa.RecordBatchReader.from_stream(data)
    cleaned = clean_stream(reader, text_field, kernel, workers, edits)
    if isinstance(data, pa.RecordBatchReader):
        return cleaned
    if isinstance(data, pa.RecordBatch):
        none = pa.RecordBatch.from_pylist([], cleaned.schema)
        return pa.concat_batches([none, *cleaned])
    table = cleaned.read_all()
    if library == "polars":
        return _as_polars(data, table, text_field, edits)
    return _as_relation(table) if library in ("duckdb", "_duckdb") else table


def clean_stream(
    reader: pa.RecordBatchReader, text_field: str, kernel: Kernel, workers: int, edits: str | None
) -> pa.RecordBatchReader:
    """Arrow batches with clean texts, read and cleaned as they are asked for."""
    if why := tables.unusable(reader.schema, Fields(text_field)):
        raise ValueError(why)
    if edits in reader.schema.names:
        raise ValueError(f"there is a field {edits!r} already")
    schema = reader.schema.append(pa.field(edits, EDITS_OF_ROW)) if edits else reader.schema
    pieces = _computed(_pieces(reader, text_field), text_field, kernel, workers)
    done = (_cleaned(rows, found, text_field, edits) for rows, found in pieces)
    return pa.RecordBatchReader.from_batches(schema, done)


def clean_rows(rows: pa.RecordBatch, text_field: str, kernel: Kernel, edits: str | None) -> pa.RecordBatch:
    """Rows with clean texts, and with a column of their edits if `edits` names one."""
    return _cleaned(rows, kernel(rows.column(text_field).to_pylist()), text_field, edits)


def _pieces(reader: pa.RecordBatchReader, text_field: str) -> Iterator[pa.RecordBatch]:
    for rows in reader:
        start = 0
        for end in tables.cuts(as_text(rows.column(text_field))):
            yield rows.slice(start, end - start)
            start = end


def _computed(
    pieces: Iterable[pa.RecordBatch], text_field: str, kernel: Kernel, workers: int
) -> Iterator[tuple[pa.RecordBatch, pa.RecordBatch]]:
    if workers == 1:
        yield from ((rows, kernel(rows.column(text_field).to_pylist())) for rows in pieces)
        return
    held: deque[pa.RecordBatch] = deque()

    def texts() -> Iterator[list[str | None]]:
        for rows in pieces:
            held.append(rows)
            yield rows.column(text_field).to_pylist()

    for _, found in in_processes(kernel, texts(), workers):
        yield held.popleft(), found


def _cleaned(
    rows: pa.RecordBatch, found: pa.RecordBatch, text_field: str, edits: str | None
) -> pa.RecordBatch:
    failures = found.filter(pc.equal(found.column("kind"), "failure"))
    if failures.num_rows:
        raise ValueError(failures.column("reason")[0].as_py())
    if found.num_rows:
        rows = with_texts(rows, text_field, clean_texts(as_text(rows.column(text_field)), found))
    return rows.append_column(pa.field(edits, EDITS_OF_ROW), _by_row(found, rows.num_rows)) if edits else rows


def _by_row(found: pa.RecordBatch, rows: int) -> pa.Array:
    """Entries as one list for each row."""
    counts = np.bincount(found.column("row").to_numpy(), minlength=rows)
    offsets = pa.array(np.concatenate([[0], np.cumsum(counts)]), pa.int32())
    entries = pa.StructArray.from_arrays(found.columns[1:], fields=list(_ENTRY))
    return pa.ListArray.from_arrays(offsets, entries, type=EDITS_OF_ROW)


def _clean_pandas(data: Any, text_field: str, kernel: Kernel, workers: int, edits: str | None) -> Any:
    """By way of the texts alone: pandas' index and dtypes do not all survive a passage through Arrow."""
    if text_field not in data.columns:
        raise ValueError(f"no field {text_field!r}; there are {', '.join(map(repr, data.columns))}")
    if edits is not None and edits in data.columns:
        raise ValueError(f"there is a field {edits!r} already")
    column = data[text_field]
    texts = pandas_texts(column, text_field)
    reader = pa.table({text_field: texts}).to_reader()
    table = clean_stream(reader, text_field, kernel, workers, edits).read_all()
    new = {name: table.column(name).to_pylist() for name in table.column_names}
    changed = {text_field: pandas_column(column, new[text_field])}
    if edits:
        changed[edits] = type(column)(new[edits], index=data.index, dtype=object)
    return data.assign(**changed)


def _as_polars(data: Any, table: pa.Table, text_field: str, edits: str | None) -> Any:
    """The frame with the columns that are new; the others never left it."""
    before = data.get_column(text_field)
    texts = polars_column(before, table.column(text_field).to_pylist())
    told = [type(before)(edits, table.column(edits))] if edits else []
    return data.with_columns(texts, *told)


def _as_relation(table: pa.Table) -> Any:
    import duckdb

    return duckdb.from_arrow(table)
