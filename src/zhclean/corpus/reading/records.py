"""What flows through a corpus command: rows in Arrow batches, with their texts and ids beside them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from zhclean.console import shown
from zhclean.corpus.reading import jsonlines
from zhclean.corpus.reading.fields import Fields as Fields
from zhclean.corpus.reading.sources import InputError

BATCH = 1 << 20
"""Bytes of text in a batch: about a second of cleaning, against 5 ms to send it to a worker and back. A row that
is larger goes alone."""

MOST_ROWS = 1 << 14
"""Rows in a batch, so that one of empty texts has an end too."""


class Failure(NamedTuple):
    """A row, or the rest of a file, that could not be read or cleaned."""

    source: str
    """The file's path."""
    line: int
    """From 1; the row, in formats without lines; 0 for the file as a whole."""
    cause: str


@dataclass(frozen=True)
class Batch:
    """Rows of one source, in their order, and what failed on the way."""

    source: str
    rows: pa.RecordBatch
    """All fields, as they were read. Without columns where a file could not be read at all."""
    texts: pa.Array
    """large_string without nulls: the field `fields.text` of `rows`."""
    ids: pa.Array
    """large_string without nulls."""
    lines: pa.Array
    """int64: for each row the line it begins at, from 1; the row, in formats without lines."""
    fields: Fields
    failures: tuple[Failure, ...] = ()
    """Rows that stood before, between or behind these and are not among them."""
    position: int = 0
    """Bytes of this source, as stored, that have been read so far."""
    lost: tuple[tuple[int, int], ...] = ()
    """Rows, from 0, with undecodable bytes, and how many U+FFFD now stand for them."""

    def has(self, name: str) -> bool:
        """Whether any row has this field."""
        return name in self.rows.schema.names

    def field(self, name: str) -> pa.Array:
        """Another field of each row, lists and structures in JSON; null where a row has none."""
        values = self.rows.column(name) if self.has(name) else pa.nulls(len(self.ids), pa.string())
        if not pa.types.is_nested(values.type):
            return values
        return pa.array(
            [None if v is None else jsonlines.dump(v) for v in values.to_pylist()], pa.large_string()
        )

    def place(self, row: int) -> tuple[str, int]:
        """The file and the line in which a row stands, for a `Failure`."""
        return self.source, self.lines[row].as_py()

    def select(self, mask: pa.Array) -> Batch:
        """The rows for which the boolean `mask` is true; the failures stay."""
        rows, texts, ids, lines = (x.filter(mask) for x in (self.rows, self.texts, self.ids, self.lines))
        return replace(self, rows=rows, texts=texts, ids=ids, lines=lines)

    def with_texts(self, texts: pa.Array) -> Batch:
        """The same rows with other texts, in the type the field had."""
        if not self.rows.num_columns:
            return self
        return replace(self, rows=with_texts(self.rows, self.fields.text, texts), texts=texts)

    def table(self, schema: pa.Schema) -> pa.RecordBatch:
        """The rows with the columns of `schema`, null where they have none; values keep what they say.

        Raises:
            InputError: a value does not fit its column's type, such as 19 digits among fractions.
        """
        names = self.rows.schema.names
        columns = [
            self._fitted(field, partial(pc.cast, self.rows.column(field.name)))
            if field.name in names
            else pa.nulls(len(self.ids), field.type)
            for field in schema
        ]
        return pa.record_batch(columns, schema=schema)

    def _fitted(self, field: pa.Field, convert: Callable[[pa.DataType], pa.Array]) -> pa.Array:
        try:
            return convert(field.type)
        except (pa.ArrowException, OverflowError) as error:
            why = " ".join(str(error).split())
            raise InputError(
                f"{shown(self.source)}: field {field.name!r} does not fit the type it has with the other rows, "
                f"{field.type}: {why}"
            ) from None

    def json_lines(self) -> Iterator[str]:
        """Each row as one line of JSON, without the line end."""
        return jsonlines.of_table(self.rows)


@dataclass(frozen=True)
class TextBatch(Batch):
    """Files that are one text each: `ids` are their paths, `source` and `position` the last one's."""

    def place(self, row: int) -> tuple[str, int]:
        """The file, as a whole."""
        return self.ids[row].as_py(), 0


@dataclass(frozen=True)
class JSONBatch(Batch):
    """Rows of JSON lines. They stay the lines they were: nothing but the text's value is ever replaced.

    `rows` has the columns line (large_string), start and end (int64, the text's value in the line, in
    characters).
    """

    def has(self, name: str) -> bool:
        """Whether any line has this member."""
        return any(name in jsonlines.members(line) for line in self._lines())

    def field(self, name: str) -> pa.Array:
        """Another field of each row as text: strings as they are, other values in JSON, null if missing."""
        values = (jsonlines.members(line).get(name) for line in self._lines())
        return pa.array([value and value.as_text() for value in values], pa.large_string())

    def with_texts(self, texts: pa.Array) -> Batch:
        """The same lines, with the new text where it differs."""
        columns = [column.to_pylist() for column in self.rows.columns]
        changed = pc.not_equal(texts, self.texts).to_pylist()
        for i, (line, start, end, text) in enumerate(zip(*columns, texts.to_pylist(), strict=True)):
            if changed[i]:
                literal = json.dumps(text, ensure_ascii=False)
                columns[0][i] = line[:start] + literal + line[end:]
                columns[2][i] = start + len(literal)
        rows = pa.record_batch([*map(pa.array, columns)], schema=JSON_ROWS)
        return replace(self, rows=rows, texts=texts)

    def table(self, schema: pa.Schema) -> pa.RecordBatch:
        """The lines' values in columns; a value that does not fit its column's type is there as JSON."""
        rows = [json.loads(line) for line in self._lines()]
        columns = [
            self._fitted(field, partial(jsonlines.column, [row.get(field.name) for row in rows]))
            for field in schema
        ]
        return pa.record_batch(columns, schema=schema)

    def json_lines(self) -> Iterator[str]:
        """The lines."""
        return iter(self._lines())

    def _lines(self) -> Sequence[str]:
        lines: list[str] = self.rows.column("line").to_pylist() if self.rows.num_columns else []
        return lines


JSON_ROWS = pa.schema([("line", pa.large_string()), ("start", pa.int64()), ("end", pa.int64())])


def with_texts(rows: pa.RecordBatch, name: str, texts: pa.Array) -> pa.RecordBatch:
    """The rows with other texts in this field, in the type it has."""
    index = rows.schema.get_field_index(name)
    field = rows.schema.field(index)
    if pa.types.is_dictionary(field.type):
        encoded = texts.dictionary_encode()
        indices = encoded.indices.cast(field.type.index_type)
        column = pa.DictionaryArray.from_arrays(indices, pc.cast(encoded.dictionary, field.type.value_type))
        return rows.set_column(index, field, column.cast(field.type))
    return rows.set_column(index, field, pc.cast(texts, field.type))


def is_text(kind: pa.DataType) -> bool:
    """Whether values of this Arrow type are strings."""
    value = _value_type(kind)
    return bool(pa.types.is_string(value) or pa.types.is_large_string(value) or _is_view(value))


def as_text(values: Any) -> pa.Array:
    """Any Arrow array of plain values as large_string."""
    if isinstance(values, pa.ChunkedArray):
        return pa.chunked_array(list(map(as_text, values.chunks)), pa.large_string())
    if isinstance(values, pa.DictionaryArray):  # of string views, Arrow could not decode it
        texts = pc.cast(values.dictionary, pa.large_string())
        return pa.DictionaryArray.from_arrays(values.indices, texts).dictionary_decode()
    return pc.cast(values, pa.large_string())


def _value_type(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _is_view(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string_view(kind))
