"""The kernel in Spark: on a data frame of the user's own session, wherever it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

    from zhclean.corpus.cleaning.kernel import Kernel


def clean_dataframe(frame: DataFrame, text_field: str, kernel: Kernel, edits: str | None) -> DataFrame:
    """The data frame with clean texts; computed, like everything in Spark, when it is asked for.

    zhclean and pyarrow must be installed on the executors.

    Raises:
        ValueError: no such field, or it holds something else than text.
    """
    from pyspark.sql.pandas.types import from_arrow_type
    from pyspark.sql.types import StringType, StructType

    fields = {field.name: field.dataType for field in frame.schema.fields}
    if text_field not in fields:
        raise ValueError(f"no field {text_field!r}; there are {', '.join(map(repr, fields))}")
    if not isinstance(fields[text_field], StringType):
        raise ValueError(f"field {text_field!r} is {fields[text_field].simpleString()}, not text")
    if edits in fields:
        raise ValueError(f"there is a field {edits!r} already")
    schema = StructType(list(frame.schema.fields))
    if edits:
        from zhclean.corpus.cleaning.frames import EDITS_OF_ROW

        schema = schema.add(edits, from_arrow_type(EDITS_OF_ROW))
    return frame.mapInArrow(_cleaner(text_field, kernel, edits), schema)


def _cleaner(
    text_field: str, kernel: Kernel, edits: str | None
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def clean_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from zhclean.corpus.cleaning.frames import clean_rows

        return (clean_rows(rows, text_field, kernel, edits) for rows in batches)

    return clean_batches
