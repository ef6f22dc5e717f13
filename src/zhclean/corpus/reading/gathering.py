"""Rows on their way into batches that are bounded in bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from zhclean.corpus.reading.records import (
    BATCH,
    JSON_ROWS,
    MOST_ROWS,
    Batch,
    Failure,
    Fields,
    JSONBatch,
    TextBatch,
)

ROW_COST = 64
"""Bytes a row counts for beyond its contents."""

MOST_FAILURES = 1000
"""Failures in a batch: memory stays bounded where every row is broken."""

Columns = Callable[[list[Any]], pa.RecordBatch]


@dataclass
class Gathering:
    """Rows read one at a time; `batches` are ready to go on when there is something in them."""

    source: str
    fields: Fields
    columns: Columns
    """Makes rows, as they were added, a record batch."""
    kind: type[Batch] = Batch
    rows: list[Any] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    lost: list[tuple[int, int]] = field(default_factory=list)
    size: int = 0
    position: int = 0

    def add(
        self, row: Any, text: str, name: str | None, line: int, size: int, lost: int = 0
    ) -> Iterator[Batch]:
        """Take in a row of `size` bytes; yields the batch before it if both together were too large."""
        if self.rows and (self.size + size > BATCH or len(self.rows) >= MOST_ROWS):
            yield self.batch()
        if lost:
            self.lost.append((len(self.rows), lost))
        self.rows.append(row)
        self.texts.append(text)
        self.ids.append(f"{self.source}:{line}" if name is None else name)
        self.lines.append(line)
        self.size += size + ROW_COST

    def fail(self, line: int, cause: str, source: str = "") -> Iterator[Batch]:
        """Note a row that could not be read; yields a batch if there are many such."""
        self.failures.append(Failure(source or self.source, line, cause))
        if len(self.failures) >= MOST_FAILURES:
            yield self.batch()

    def batch(self) -> Batch:
        """What has been gathered, which may be nothing; gathering begins anew."""
        texts, ids = (pa.array(strings, pa.large_string()) for strings in (self.texts, self.ids))
        batch = self.kind(
            self.source,
            self.columns(self.rows),
            texts,
            ids,
            pa.array(self.lines, pa.int64()),
            self.fields,
            tuple(self.failures),
            self.position,
            tuple(self.lost),
        )
        for gathered in (self.rows, self.texts, self.ids, self.lines, self.failures, self.lost):
            gathered.clear()
        self.size = self.position = 0
        return batch


def string_columns(names: list[str]) -> Columns:
    """Rows that are sequences of strings."""
    schema = pa.schema([(name, pa.string()) for name in names])

    def columns(rows: list[Any]) -> pa.RecordBatch:
        values = zip(*rows, strict=True) if rows else ([] for _ in names)
        return pa.record_batch([pa.array(column, pa.string()) for column in values], schema=schema)

    return columns


def json_columns(rows: list[Any]) -> pa.RecordBatch:
    """Rows that are (line, start, end)."""
    values = zip(*rows, strict=True) if rows else ([], [], [])
    arrays = [pa.array(v, f.type) for v, f in zip(values, JSON_ROWS, strict=True)]
    return pa.record_batch(arrays, schema=JSON_ROWS)


def json_rows(source: str, fields: Fields) -> Gathering:
    """Gathers JSON lines."""
    return Gathering(source, fields, json_columns, JSONBatch)


def text_files(fields: Fields) -> Gathering:
    """Gathers files that are one text each."""
    return Gathering("", fields, string_columns([fields.id or "id", fields.text]), TextBatch)
