"""JSON lines, taken apart only as far as needed, so that what is not touched stays as it was written."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from zhclean.corpus.reading.fields import Fields
from zhclean.files import SURROGATE

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


class Member(NamedTuple):
    """One member of a JSON object: its value, and where it stands in the line, in characters."""

    value: Any
    start: int
    end: int
    literal: str

    def as_text(self) -> str | None:
        """A string as it is, null as None, any other value in the JSON it was written in."""
        if isinstance(self.value, str):
            return storable(self.value)
        return None if self.value is None else self.literal


def members(line: str) -> dict[str, Member]:
    """The members of the object that a line holds; of equal names the last counts, as in `json.loads`.

    Raises:
        ValueError: the line is no JSON, or another value than an object.

    >>> members('{"id": 07}')
    Traceback (most recent call last):
        ...
    json.decoder.JSONDecodeError: Expecting ',' delimiter: line 1 column 9 (char 8)
    """
    found: dict[str, Member] = {}
    at = _behind_space(line, 0)
    if line[at : at + 1] != "{":
        _DECODER.raw_decode(line, at)
        raise ValueError("not a JSON object")
    at = _behind_space(line, at + 1)
    while line[at : at + 1] != "}" or found:
        name, at = _name(line, at)
        value, end = _DECODER.raw_decode(line, at)
        found[name] = Member(value, at, end, line[at:end])
        at = _behind_space(line, end)
        if line[at : at + 1] == "}":
            break
        at = _behind_space(line, _expect(line, at, ","))
    if _behind_space(line, at + 1) != len(line):
        raise json.JSONDecodeError("Extra data", line, at + 1)
    return found


def _name(line: str, at: int) -> tuple[str, int]:
    """A member's name at an offset, and where its value begins."""
    if line[at : at + 1] != '"':
        raise json.JSONDecodeError("Expecting property name enclosed in double quotes", line, at)
    name, at = _DECODER.raw_decode(line, at)
    return name, _behind_space(line, _expect(line, _behind_space(line, at), ":"))


def _expect(line: str, at: int, mark: str) -> int:
    if line[at : at + 1] != mark:
        raise json.JSONDecodeError(f"Expecting {mark!r} delimiter", line, at)
    return at + 1


def _behind_space(line: str, at: int) -> int:
    match = _SPACE.match(line, at)
    assert match is not None
    return match.end()


def wanted(found: Mapping[str, Member], fields: Fields) -> tuple[str, str | None]:
    """A line's text, and its id if a field holds it.

    Raises:
        ValueError: one of them is missing or null, or the text is something else than text.
    """
    for name in filter(None, fields):
        if name not in found:
            raise ValueError(f"field {name!r} is missing")
        if found[name].value is None:
            raise ValueError(f"field {name!r} is null")
    text = found[fields.text].value
    if not isinstance(text, str):
        raise ValueError(f"field {fields.text!r} is not text but {found[fields.text].literal[:20]}")
    return storable(text), found[fields.id].as_text() if fields.id else None


def storable(text: str) -> str:
    """The text without lone surrogates, which JSON can escape and UTF-8 cannot hold; U+FFFD instead."""
    return text if text.isascii() else SURROGATE.sub("\ufffd", text)


def of_table(rows: pa.RecordBatch) -> Iterator[str]:
    """Rows of a table as JSON; times in ISO 8601, decimals as strings, bytes in base 64."""
    columns = [values(column) for column in rows.columns]
    names = rows.schema.names
    for row in zip(*columns, strict=True):
        yield dump(dict(zip(names, row, strict=True)))


def values(column: pa.Array) -> list[Any]:
    """A column's values; times as Arrow writes them, as Python's have no nanoseconds."""
    times = pa.types.is_timestamp(column.type) or pa.types.is_duration(column.type)
    result: list[Any] = (pc.cast(column, pa.string()) if times else column).to_pylist()
    return result


def dump(value: object) -> str:
    """A value in JSON, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, Decimal):
        return str(value)
    return str(value)


def infer(lines: Sequence[str]) -> pa.Schema:
    """The types of the members of these lines; a member without one type is text."""
    found: dict[str, list[Any]] = {}
    for line in lines:
        for name, value in json.loads(line).items():
            found.setdefault(name, []).append(value)
    return pa.schema([(name, _type(column)) for name, column in found.items()])


def _type(values: Sequence[Any]) -> pa.DataType:
    try:
        kind = pa.array(values).type
    except (pa.ArrowException, OverflowError, UnicodeEncodeError):
        return pa.string()
    return kind if _storable_type(kind) else pa.string()


def _storable_type(kind: pa.DataType) -> bool:
    """Whether Parquet can hold the type: it has no objects without members."""
    if pa.types.is_struct(kind):
        return kind.num_fields > 0 and all(_storable_type(field.type) for field in kind)
    return _storable_type(kind.value_type) if pa.types.is_list(kind) else True


def merge(schemas: Sequence[pa.Schema]) -> pa.Schema:
    """One schema for all: numbers widen, and a member whose types do not go together is text."""
    merged: dict[str, pa.Field] = {}
    for schema in schemas:
        for field in schema:
            merged[field.name] = _unified(merged.get(field.name, field), field)
    return pa.schema(list(merged.values()))


def _unified(one: pa.Field, other: pa.Field) -> pa.Field:
    try:
        both = pa.unify_schemas([pa.schema([one]), pa.schema([other])], promote_options="permissive")
    except pa.ArrowException:
        return one.with_type(pa.string())
    return both.field(0)


def column(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    """Values as an array of a type found by `infer`; in one of text, what is no string is there in JSON."""
    if pa.types.is_string(kind):
        texts = [v if v is None or isinstance(v, str) else dump(v) for v in values]
        return pa.array([text and storable(text) for text in texts], kind)
    return pa.array(values, kind)
