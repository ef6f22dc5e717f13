"""The rows of each input in a file of their own, at the same place below another directory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import pyarrow as pa

from zhclean import files
from zhclean.console import shown
from zhclean.corpus.reading.readers import schema_of
from zhclean.corpus.reading.records import Batch, JSONBatch, TextBatch
from zhclean.corpus.reading.sources import Form, Source, suffix_of
from zhclean.corpus.writing.formats import Rows
from zhclean.corpus.writing.whole_files import rows_file, text_file


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
            text_file(place.path, place.form, text)

    def _write_rows_as_texts(self, batch: Batch, place: _Place) -> None:
        """Each row in a file called by its line: an id could name any file of the system."""
        for line, text in zip(batch.lines.to_pylist(), batch.texts.to_pylist(), strict=True):
            text_file(place.path / f"{line}{suffix_of(place.form)}", place.form, text)

    def __enter__(self) -> Tree:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)


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
