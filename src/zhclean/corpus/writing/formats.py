"""Rows as JSON lines, CSV or Parquet, written to a stream."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Any, BinaryIO, Protocol, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from zhclean.corpus.reading import jsonlines
from zhclean.corpus.reading.records import Batch

ROW_GROUP = 32 << 20
"""Bytes of a Parquet row group in memory, which is what writing one needs."""


class Rows(Protocol):
    """An open file that takes rows."""

    def write(self, batch: Batch) -> None:
        """Add the rows of a batch, with the texts they have now."""

    def write_table(self, rows: pa.RecordBatch) -> None:
        """Add rows that have the file's columns already."""

    def close(self) -> None:
        """Write what is still held back."""


class JSONLinesFile:
    """One row a line; those that were JSON lines stay as they were written, but for their text."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, batch: Batch) -> None:
        """Add the rows of a batch."""
        self._add(batch.json_lines())

    def write_table(self, rows: pa.RecordBatch) -> None:
        """Add rows of a table."""
        self._add(jsonlines.of_table(rows))

    def close(self) -> None:
        """Nothing is held back."""

    def _add(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._stream.write(line.encode() + b"\n")


class CSVFile:
    """Values without a quote around them are written without; null is an empty field, other types JSON."""

    def __init__(self, stream: BinaryIO, schema: pa.Schema) -> None:
        self._schema = schema
        self._text = io.TextIOWrapper(stream, "utf-8", newline="", write_through=False)
        self._writer = csv.writer(_Lines(self._text), lineterminator=_Lines.END)
        self._writer.writerow(schema.names)

    def write(self, batch: Batch) -> None:
        """Add the rows of a batch."""
        self.write_table(batch.table(self._schema))

    def write_table(self, rows: pa.RecordBatch) -> None:
        """Add rows of a table."""
        columns = [map(_cell, jsonlines.values(column)) for column in rows.columns]
        self._writer.writerows(zip(*columns, strict=True))

    def close(self) -> None:
        """Write what is still in memory."""
        self._text.flush()
        self._text.detach()


class _Lines:
    r"""Lines that `csv.writer` ends with \r\n, ended with \n.

    It puts quotes around what holds a character of its line end, and a bare \r ends a line for all that read CSV.
    """

    END = "\r\n"

    def __init__(self, text: TextIO) -> None:
        self._text = text

    def write(self, line: str) -> int:
        return self._text.write(line.removesuffix(self.END) + "\n")


def _cell(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    text = jsonlines.dump(value)
    return str(json.loads(text)) if text.startswith('"') else text


class ParquetFile:
    """A table, compressed with zstd."""

    def __init__(self, stream: BinaryIO, schema: pa.Schema) -> None:
        self._schema = schema
        self._writer = pq.ParquetWriter(stream, schema, compression="zstd")
        self._waiting: list[pa.RecordBatch] = []

    def write(self, batch: Batch) -> None:
        """Add the rows of a batch."""
        self.write_table(batch.table(self._schema))

    def write_table(self, rows: pa.RecordBatch) -> None:
        """Add rows of a table."""
        self._waiting.append(rows)
        if sum(batch.nbytes for batch in self._waiting) >= ROW_GROUP:
            self._write_group()

    def close(self) -> None:
        """Write the last rows and the file's end."""
        if self._waiting:
            self._write_group()
        self._writer.close()

    def _write_group(self) -> None:
        self._writer.write_table(pa.Table.from_batches(self._waiting, self._schema))
        self._waiting.clear()


def rows_on(name: str, stream: BinaryIO, schema: pa.Schema) -> Rows:
    """What writes rows in the format of this name."""
    if name == "jsonl":
        return JSONLinesFile(stream)
    return CSVFile(stream, schema) if name == "csv" else ParquetFile(stream, schema)
