"""Files into batches. Whatever cannot be read is a `Failure` and stops nothing that can.

Rows are taken apart by the standard library's parsers of JSON and CSV: engines infer types, which changes
values (007, 2024-01-01), and skip broken rows without telling which.
"""

from __future__ import annotations

import csv
import zlib
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import repeat, takewhile
from json import JSONDecodeError
from typing import IO, AnyStr, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from zhclean.console import shown
from zhclean.corpus.reading import csvlines, jsonlines, tables
from zhclean.corpus.reading.gathering import Gathering, json_rows, string_columns, text_files
from zhclean.corpus.reading.records import BATCH, MOST_ROWS, Batch, Failure, Fields
from zhclean.corpus.reading.sources import InputError, Opened, Source, opened
from zhclean.encoding import DecodeError, decode
from zhclean.files import cause

T = TypeVar("T")

BROKEN = (OSError, EOFError, zlib.error, csv.Error, UnicodeError, DecodeError, pa.ArrowException)
"""What reading raises where a file is broken."""

MOST_UNPACKED = 1 << 28
"""Bytes that one text or line of a compressed file may have: a few KB can unpack to what no memory holds."""


LEAST_ROWS = 16
"""Lines in a row that all have as many fields as the header, which those of a text do not have by chance."""


def read(sources: Iterable[Source], fields: Fields) -> Iterator[Batch]:
    """All rows of all files, in order: at least one batch for a file, or one for many texts (.txt).

    How rows are divided into batches depends on nothing but the files and `fields`.
    """
    texts = text_files(fields)
    for source in sources:
        if source.form.format == "txt":
            yield from _add_text(texts, source)
            continue
        if texts.rows or texts.failures:
            yield texts.batch()
        yield from _read(source, fields)
    if texts.rows or texts.failures:
        yield texts.batch()


def schema_of(source: Source, fields: Fields) -> pa.Schema:
    """The columns of a file's rows, for writing them as a table; all of JSON's lines are read for it.

    Empty where the file cannot be read.
    """
    if source.form.format == "txt":
        return pa.schema([(fields.id or "id", pa.string()), (fields.text, pa.string())])
    if source.form.format == "jsonl":
        batches = (batch.json_lines() for batch in _read(source, fields))
        return jsonlines.merge([jsonlines.infer(list(lines)) for lines in batches])
    for batch in _read(source, fields):
        return batch.rows.schema
    return pa.schema([])


def common_schema(sources: Iterable[Source], fields: Fields) -> pa.Schema:
    """Columns that hold the rows of all files: numbers widen, a column missing in a file is null there.

    Raises:
        InputError: a column has types that do not go together, and is not from JSON.
    """
    merged = pa.schema([])
    for source in sources:
        schema = schema_of(source, fields)
        if source.form.format == "jsonl":
            merged = jsonlines.merge([merged, schema])
            continue
        try:
            merged = pa.unify_schemas([merged, schema], promote_options="permissive")
        except pa.ArrowException as error:
            raise InputError(
                f"{shown(source.path)}: its columns do not fit the others': {_why(error)}"
            ) from None
    return merged


def _add_text(texts: Gathering, source: Source) -> Iterator[Batch]:
    """One file that is one text; undecodable bytes in it become U+FFFD, up to a limit."""
    try:
        with opened(source) as file:
            decoded = decode(_whole(source, file))
            size = file.file.tell()
    except BROKEN as error:
        yield from texts.fail(0, _why(error), source.name)
        return
    text = jsonlines.storable(decoded.text)
    yield from texts.add((source.name, text), text, source.name, 1, len(text.encode()), decoded.lost)
    texts.source, texts.position = source.name, size


def _whole(source: Source, file: Opened) -> bytes:
    data = file.stream.read(MOST_UNPACKED + 1 if source.form.compression else -1)
    return _bounded(source, data, MOST_UNPACKED)


def _lines(source: Source, stream: IO[AnyStr], most: int) -> Iterator[AnyStr]:
    longest = most + 1 if source.form.compression else -1
    lines = takewhile(len, map(stream.readline, repeat(longest)))
    return (_bounded(source, line, most) for line in lines)


def _bounded(source: Source, data: AnyStr, most: int) -> AnyStr:
    if source.form.compression and len(data) > most:
        raise DecodeError(f"a text unpacks to more than {MOST_UNPACKED >> 20} MB")
    return data


def _read(source: Source, fields: Fields) -> Iterator[Batch]:
    """One file that holds rows."""
    try:
        with opened(source) as file:
            for batch in _READERS[source.form.format](source, file, fields):
                yield replace(batch, position=file.file.tell())
    except BROKEN as error:
        yield tables.nothing(source.name, fields, _why(error))


def _json_lines(source: Source, file: Opened, fields: Fields) -> Iterator[Batch]:
    rows = json_rows(source.name, fields)
    for number, raw in _until_broken(enumerate(_lines(source, file.stream, MOST_UNPACKED), 1), rows):
        if not raw.strip():
            continue
        try:
            line, lost = _line(raw.removeprefix(BOM_UTF8))  # of each file that was joined to others
            members = jsonlines.members(line)
            text, name = jsonlines.wanted(members, fields)
        except (ValueError, RecursionError) as error:
            yield from rows.fail(number, _why(error))
            continue
        at = members[fields.text]
        yield from rows.add((line, at.start, at.end), text, name, number, len(raw), lost)
    yield rows.batch()


def _line(raw: bytes) -> tuple[str, int]:
    """A line of a file that should be, and mostly is, UTF-8; and how many U+FFFD stand for broken bytes."""
    raw = raw.rstrip(b"\n")
    try:
        return raw.decode(), 0
    except UnicodeDecodeError:
        decoded = decode(raw)
        return decoded.text, decoded.lost


def _csv(source: Source, file: Opened, fields: Fields) -> Iterator[Batch]:
    most = MOST_UNPACKED // 4  # characters: the parser holds them in four bytes each
    csv.field_size_limit(most)  # Python's own limit, 128 KB, is less than a long article
    with opened(source) as probe:
        beginning = probe.stream.read(csvlines.PROBE)
    lines = csvlines.Lines(file.stream, beginning, partial(_bounded, source, most=MOST_UNPACKED))
    # Not a generator, which would end where a line cannot be read.
    reader = csv.reader(map(partial(_bounded, source, most=most), lines), strict=True)
    names = next(reader, [])
    if why := tables.unusable(names, fields):
        yield tables.nothing(source.name, fields, why)
        return
    header_again = [f"\ufeff{names[0]}", *names[1:]]
    rows = Gathering(source.name, fields, string_columns(names))
    text_at, id_at = names.index(fields.text), names.index(fields.id) if fields.id else -1
    for number, row in _until_broken(_csv_rows(reader, lines, len(names)), rows):
        if isinstance(row, str):
            yield from rows.fail(number, row)
        elif row == header_again:
            continue  # where files were joined
        elif len(row) != len(names):
            yield from rows.fail(number, f"{len(row)} fields, and the header has {len(names)}")
        else:
            name = row[id_at] if fields.id else None
            yield from rows.add(row, row[text_at], name, number, 3 * sum(map(len, row)), lines.lost)
    yield rows.batch()


def _csv_rows(
    reader: Iterator[list[str]], lines: csvlines.Lines, width: int
) -> Iterator[tuple[int, list[str] | str]]:
    """Each row, or why there is none, with the line it begins at; reading goes on behind a broken one."""
    while True:
        number = lines.number + 1
        lines.begin_row()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, _broken_row(str(error), lines, width)
            continue
        except DecodeError as error:
            yield number, str(error)
            continue
        if row:
            yield number, row


def _broken_row(why: str, lines: csvlines.Lines, width: int) -> str:
    """Why a row is broken, and what is lost with it.

    If a quote in it is not closed, it goes on to the next quote or the file's end, over rows that have none. They
    are read again if they are rows beyond doubt, which the lines of a text, with a comma here and there, are not.
    """
    if _are_rows(lines.held(), width):
        lines.go_back()
        return "a quote is not closed"
    return f"{why}; {lines.behind} lines behind it are lost with it" if lines.behind > 0 else why


def _are_rows(lines: Sequence[str], width: int) -> bool:
    if width == 1:
        return False
    try:
        rows = [len(row) for row in csv.reader(lines, strict=True) if row]
    except csv.Error:
        return False
    return len(rows) >= LEAST_ROWS and set(rows) == {width}


def _parquet(source: Source, file: Opened, fields: Fields) -> Iterator[Batch]:
    """Row group by row group: a broken one does not take the others with it."""
    parquet = pq.ParquetFile(file.file)
    if why := tables.unusable(parquet.schema_arrow, fields):
        yield tables.nothing(source.name, fields, why)
        return
    yield tables.empty(source.name, parquet.schema_arrow, fields)
    first = 1
    for index in range(parquet.num_row_groups):
        group = parquet.metadata.row_group(index)
        size = max(1, min(MOST_ROWS, BATCH * group.num_rows // max(1, group.total_byte_size)))
        at = first
        try:
            for rows in parquet.iter_batches(size, row_groups=[index], use_threads=False):
                yield from tables.batches(source.name, rows, at, fields)
                at += rows.num_rows
        except BROKEN as error:
            why = f"rows {at} to {first + group.num_rows - 1} cannot be read: {_why(error)}"
            yield tables.nothing(source.name, fields, why, line=at)
        first += group.num_rows


def _why(error: Exception) -> str:
    """Why something cannot be read, in one line."""
    if isinstance(error, JSONDecodeError):
        return f"broken JSON: {error.msg} at character {error.pos + 1}"
    if isinstance(error, RecursionError):
        return "broken JSON: nested too deep"
    return cause(error) if isinstance(error, OSError) else " ".join(str(error).split())


_READERS: dict[str, Callable[[Source, Opened, Fields], Iterator[Batch]]] = {
    "jsonl": _json_lines,
    "csv": _csv,
    "parquet": _parquet,
}


def _until_broken(rows: Iterable[tuple[int, T]], gathered: Gathering) -> Iterator[tuple[int, T]]:
    """The rows before the place where the file breaks off, which is noted; they are still good."""
    number = 0
    try:
        for number, row in rows:
            yield number, row
    except BROKEN as error:
        gathered.failures.append(Failure(gathered.source, number + 1, _why(error)))
