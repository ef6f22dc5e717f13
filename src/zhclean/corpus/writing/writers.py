"""Batches into files, each of which appears under its name when it is whole and not before."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, NamedTuple, Protocol, TextIO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from zhclean import files
from zhclean.console import shown
from zhclean.corpus.reading import jsonlines
from zhclean.corpus.reading.readers import schema_of
from zhclean.corpus.reading.records import Batch, JSONBatch, TextBatch
from zhclean.corpus.reading.sources import Form, Source

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


@contextmanager
def rows_file(path: Path, form: Form, schema: pa.Schema) -> Iterator[Rows]:
    """A file for rows; nothing is left of it where anything goes wrong before its end.

    Raises:
        OSError: it cannot be written; the error names the file.
    """
    with whole(path) as file, _compressed(file, form.compression) as stream:
        rows = _opened(form.format, stream, schema)
        try:
            yield rows
        except BaseException:
            with suppress(Exception):
                rows.close()  # Arrow would do so later, when the file is closed already, and complain
            raise
        rows.close()


def _opened(name: str, stream: BinaryIO, schema: pa.Schema) -> Rows:
    if name == "jsonl":
        return JSONLinesFile(stream)
    return CSVFile(stream, schema) if name == "csv" else ParquetFile(stream, schema)


def unfinished(path: Path) -> Path:
    """What a file is called until it is complete."""
    return Path(os.path.realpath(path)).with_name(files.TEMPORARY.format(_mark(path)))


def _mark(path: Path) -> str:
    """Always the same: what a killed run left behind is written over by the next.

    And short: names may be as long as the system allows.
    """
    return hashlib.blake2s(os.fsencode(path.name), digest_size=8).hexdigest()


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write, in a directory made as needed, that takes its name when it is complete.

    Raises:
        OSError: it cannot be written; the error names the file.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with files.whole(path, _mark(path)) as file:
            yield file
    except OSError as error:
        if error.filename is None:
            raise OSError(error.errno, error.strerror or str(error), str(path)) from error
        raise


@contextmanager
def _compressed(file: BinaryIO, compression: str) -> Iterator[BinaryIO]:
    """Compression whose bytes depend on nothing but what is compressed."""
    if compression == "gzip":
        with gzip.GzipFile("", "wb", 6, file, mtime=0) as stream:
            yield cast(BinaryIO, stream)
    elif compression == "zstd":
        file.flush()
        own = os.fdopen(os.dup(file.fileno()), "wb")  # Arrow closes what it is given
        with pa.CompressedOutputStream(own, "zstd") as stream:
            yield stream
    else:
        yield file


class _Place(NamedTuple):
    source: Source
    path: Path
    form: Form


class Tree:
    """Each source's rows in a file of their own, at the same place below another directory."""

    def __init__(self, sources: Sequence[Source], directory: Path, form: Form | None = None) -> None:
        """With `form`, files of rows are written in it instead of their own; as .txt, a directory each.

        Raises:
            ValueError: two sources would be one file.
        """
        paths = files.places([source.path for source in sources], directory)
        names = Counter(source.name for source in sources)
        if twice := next((name for name in names if names[name] > 1), None):
            raise ValueError(f"two files are called {shown(twice)}, one of them in bytes that are no UTF-8")
        self._places = {
            source.name: _Place(source, *_placed(path, source.form, form))
            for source, path in zip(sources, paths, strict=True)
        }
        self._stack = ExitStack()
        self._written: set[str] = set()
        self._source = ""
        self._rows: Rows | None = None

    @property
    def paths(self) -> Iterator[Path]:
        """All files that may be written."""
        return (place.path for place in self._places.values())

    @property
    def absent(self) -> list[Path]:
        """Those of them that were not written: there was nothing that could be read."""
        return [place.path for name, place in self._places.items() if name not in self._written]

    def write(self, batch: Batch) -> None:
        """Write the rows; a file is complete when a batch of another comes, or at the end."""
        if not batch.rows.num_columns:
            return
        if isinstance(batch, TextBatch):
            self._write_texts(batch)
            self._written.update(batch.ids.to_pylist())
            return
        self._written.add(batch.source)
        place = self._places[batch.source]
        if place.form.format == "txt":
            self._write_rows_as_texts(batch, place)
            return
        if self._rows is None or self._source != batch.source:
            self._stack.close()
            self._source = batch.source
            self._rows = self._stack.enter_context(rows_file(place.path, place.form, _schema(place, batch)))
        self._rows.write(batch)

    def _write_texts(self, batch: TextBatch) -> None:
        for name, text in zip(batch.ids.to_pylist(), batch.texts.to_pylist(), strict=True):
            place = self._places[name]
            _write_text(place.path, place.form, text)

    def _write_rows_as_texts(self, batch: Batch, place: _Place) -> None:
        """Each row in a file called by its line: an id could name any file of the system."""
        for line, text in zip(batch.lines.to_pylist(), batch.texts.to_pylist(), strict=True):
            _write_text(place.path / f"{line}{suffix_of(place.form)}", place.form, text)

    def __enter__(self) -> Tree:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)


def _write_text(path: Path, form: Form, text: str) -> None:
    with whole(path) as file, _compressed(file, form.compression) as stream:
        stream.write(text.encode())


def _schema(place: _Place, batch: Batch) -> pa.Schema:
    """The columns of a file; those of JSON lines are only known when all have been read."""
    if isinstance(batch, JSONBatch) and place.form.format != "jsonl":
        return schema_of(place.source, batch.fields)
    return batch.rows.schema


def _placed(path: Path, own: Form, wanted: Form | None) -> tuple[Path, Form]:
    if wanted is None or own.format == "txt":
        return path, own
    stem = path.with_suffix("") if own.compression else path
    return stem.with_suffix("" if wanted.format == "txt" else suffix_of(wanted)), wanted


def suffix_of(form: Form) -> str:
    """The ending that stands for a form.

    >>> suffix_of(Form("csv", "gzip"))
    '.csv.gz'
    """
    return f".{form.format}" + {"gzip": ".gz", "zstd": ".zst", "": ""}[form.compression]
