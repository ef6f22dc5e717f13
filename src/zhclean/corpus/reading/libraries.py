"""Columns of pandas and polars frames, to Arrow and back; the frames themselves never leave their library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from zhclean.corpus.reading.fields import Fields
from zhclean.corpus.reading.jsonlines import storable


def pandas_texts(column: Any, name: str) -> pa.Array:
    """The texts; lone surrogates in them, which Arrow cannot hold, become U+FFFD.

    Raises:
        ValueError: there is something else among them.
    """
    try:
        texts = _array(column)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        raise ValueError(f"field {name!r} holds something else than text") from None
    # Where there are none the column has any type.
    return texts if texts.null_count < len(texts) else pa.nulls(len(texts), pa.string())


def pandas_table(frame: Any, fields: Fields) -> pa.Table:
    """The frame without its index; whatever Arrow has no type for is text, but for the texts themselves."""
    columns = [
        pandas_texts(column, name)
        if name == fields.text
        else _ids(column)
        if name == fields.id
        else _anything(column)
        for name, column in frame.items()
    ]
    return pa.Table.from_arrays(columns, list(map(str, frame.columns)))


def pandas_column(like: Any, values: Sequence[str | None]) -> Any:
    """A column like another one, with other texts; a categorical one has the categories it needs now."""
    kind = "category" if like.dtype.name == "category" else like.dtype
    return type(like)(values, index=like.index, dtype=kind)


def polars_column(like: Any, values: Sequence[str | None]) -> Any:
    """A column like another one, with other texts; an Enum has the categories it needs now."""
    kind = like.dtype
    if type(kind).__name__ == "Enum":
        kind = type(kind)(list(dict.fromkeys(value for value in values if value is not None)))
    return type(like)(like.name, values, dtype=kind)


def _array(column: Any) -> pa.Array:
    try:
        return _plain(pa.array(column, from_pandas=True))
    except UnicodeEncodeError:
        values = [storable(value) if isinstance(value, str) else value for value in column]
        return pa.array(values, from_pandas=True)


def _plain(values: Any) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def _ids(column: Any) -> pa.Array:
    """Numbers that pandas made fractions, as one of them is missing, are whole numbers again."""
    ids = _anything(column)
    if pa.types.is_floating(ids.type):
        try:
            return ids.cast(pa.int64())  # refuses what is no whole number
        except pa.ArrowInvalid:
            return ids
    return ids


def _anything(column: Any) -> pa.Array:
    try:
        return _array(column)
    except (pa.ArrowException, UnicodeEncodeError, OverflowError):
        missing = column.isna().tolist()
        values = [None if gap else storable(str(value)) for gap, value in zip(missing, column, strict=True)]
        return pa.array(values, pa.large_string())
