"""What is read in one go, and how its rows are told apart without looking at them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import pyarrow as pa

from zhclean.corpus.reading import tables
from zhclean.corpus.reading.fields import Fields
from zhclean.corpus.reading.readers import read
from zhclean.corpus.reading.records import Batch
from zhclean.corpus.reading.sources import Source

PORTION = 40
"""A row's place is its portion's number, shifted by so many bits, plus its number within it."""

_TEXTS = 4096  # files of one text each that are read in one go


class Portion(Protocol):
    """Reads the same batches each time; picklable."""

    def __call__(self) -> Iterator[Batch]:
        """Read them."""


Scanner: TypeAlias = Callable[[Batch, int], pa.RecordBatch]
"""Makes something of a batch and the place of its first row."""


@dataclass(frozen=True)
class Files:
    """One file of rows, or many of one text."""

    sources: tuple[Source, ...]
    fields: Fields

    def __call__(self) -> Iterator[Batch]:
        """Read them."""
        return read(self.sources, self.fields)


@dataclass(frozen=True)
class Rows:
    """A table."""

    table: pa.Table
    fields: Fields

    def __call__(self) -> Iterator[Batch]:
        """Take it apart; rows without text or id are failures, and have no place."""
        first = 1
        for rows in self.table.to_batches():
            yield from tables.batches("", rows, first, self.fields)
            first += rows.num_rows


def of_files(sources: Sequence[Source], fields: Fields) -> list[Files]:
    """The portions of a corpus of files."""
    result: list[Files] = []
    texts: list[Source] = []
    for source in sources:
        if source.form.format == "txt":
            texts.append(source)
        if texts and (source.form.format != "txt" or len(texts) == _TEXTS):
            result.append(Files(tuple(texts), fields))
            texts.clear()
        if source.form.format != "txt":
            result.append(Files((source,), fields))
    return [*result, Files(tuple(texts), fields)] if texts else result


def placed(portions: Iterable[Portion]) -> Iterator[tuple[Batch, int]]:
    """All batches, each with the place of its first row."""
    for number, portion in enumerate(portions):
        yield from placed_in(portion, number)


def placed_in(portion: Portion, number: int) -> Iterator[tuple[Batch, int]]:
    """The batches of one portion."""
    row = number << PORTION
    for batch in portion():
        yield batch, row
        row += len(batch.ids)
