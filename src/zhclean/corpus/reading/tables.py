"""Arrow tables into batches: those of Parquet files, and those that come from other libraries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from zhclean.corpus.reading.gathering import ROW_COST
from zhclean.corpus.reading.records import BATCH, Batch, Failure, Fields, as_text, is_text


def unusable(columns: pa.Schema | Sequence[str], fields: Fields, others: Sequence[str] = ()) -> str:
    """Why rows with these columns cannot be read, or lack one of the others; empty if all is there."""
    names = list(columns.names if isinstance(columns, pa.Schema) else columns)
    if twice := next((name for name in names if names.count(name) > 1), None):
        return f"two fields are called {twice!r}"
    for name in filter(None, (*fields, *others)):
        if name not in names:
            return f"no field {name!r}; there are {', '.join(map(repr, names)) or 'none'}"
    if isinstance(columns, pa.Schema):
        kind = columns.field(fields.text).type
        if not is_text(kind):
            return f"field {fields.text!r} is {kind}, not text"
    return ""


def batches(source: str, rows: pa.RecordBatch, first: int, fields: Fields) -> Iterator[Batch]:
    """Rows with these columns, of which the first is number `first`, in batches bounded in bytes."""
    start = 0
    for end in cuts(as_text(rows.column(fields.text))):
        yield _batch(source, rows.slice(start, end - start), first + start, fields)
        start = end


def cuts(texts: pa.Array) -> Iterator[int]:
    """Where each batch ends."""
    size = 0
    for i, length in enumerate(pc.fill_null(pc.binary_length(texts), 0).to_pylist()):
        if size and size + length > BATCH:
            yield i
            size = 0
        size += length + ROW_COST
    if len(texts):
        yield len(texts)


def _batch(source: str, rows: pa.RecordBatch, first: int, fields: Fields) -> Batch:
    lines = pa.array(range(first, first + rows.num_rows), pa.int64())
    texts = as_text(rows.column(fields.text))
    if fields.id:
        ids = as_text(rows.column(fields.id))
    else:
        prefix, nothing_between = (pa.scalar(s, pa.large_string()) for s in (source and f"{source}:", ""))
        ids = pc.binary_join_element_wise(prefix, as_text(lines), nothing_between)
    failures = (*_nulls(source, fields.text, texts, lines), *_nulls(source, fields.id, ids, lines))
    batch = Batch(source, rows, texts, ids, lines, fields, tuple(sorted(set(failures))))
    return batch.select(pc.and_(texts.is_valid(), ids.is_valid())) if failures else batch


def _nulls(source: str, name: str | None, values: pa.Array, lines: pa.Array) -> Iterator[Failure]:
    if values.null_count:
        for line in lines.filter(values.is_null()).to_pylist():
            yield Failure(source, line, f"field {name!r} is null")


def empty(source: str, schema: pa.Schema, fields: Fields) -> Batch:
    """No rows, with their columns: an empty table is a table too."""
    rows = pa.record_batch([pa.nulls(0, field.type) for field in schema], schema=schema)
    return _batch(source, rows, 1, fields)


def nothing(source: str, fields: Fields, cause: str, line: int = 0) -> Batch:
    """A failure by itself, without columns."""
    strings, lines = pa.array([], pa.large_string()), pa.array([], pa.int64())
    failures = (Failure(source, line, cause),)
    return Batch(source, pa.record_batch([], names=[]), strings, strings, lines, fields, failures)
