"""Where the rows of a corpus go: one file, or a directory with a file for each input."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Protocol

import pyarrow as pa

from zhclean.console import shown
from zhclean.corpus.reading.fields import Fields
from zhclean.corpus.reading.readers import common_schema
from zhclean.corpus.reading.records import Batch
from zhclean.corpus.reading.sources import KNOWN, Form, InputError, Source, form_of, is_file_name
from zhclean.corpus.writing.formats import Rows
from zhclean.corpus.writing.tree import Tree
from zhclean.corpus.writing.whole_files import rows_file


class Target(Protocol):
    """Takes batches."""

    def write(self, batch: Batch) -> None:
        """Add the rows of a batch."""


class Output(NamedTuple):
    """What `-o` names."""

    path: Path
    form: Form | None
    """That of the one file; of the files in a directory if it is not their own."""
    directory: bool


def output_named(name: str, form: str | None = None) -> Output:
    """One file if the name ends like one, else a directory; `form` ("csv", "jsonl.gz") then changes its files.

    Raises:
        InputError: the form is unknown, one file cannot have it, or no directory can be there.
    """
    path = Path(name)
    own = None if path.is_dir() or name.endswith(_SEPARATORS) else form_of(path)
    if form is None:
        wanted = own
    elif own:
        raise InputError(f"{shown(name)} tells its format by its name; --format is for directories")
    else:
        wanted = form_of(f"name.{form.removeprefix('.')}")
        if wanted is None:
            raise InputError(f"unknown format {form!r}; {KNOWN}")
    if own and own.format == "txt":
        raise InputError(f"{shown(name)}: a .txt file holds one text; name a directory, or another format")
    return (
        Output(path, wanted, directory=False)
        if own
        else Output(directory_named(name), wanted, directory=True)
    )


def directory_named(name: str | Path) -> Path:
    """The directory of this name, which need not exist, as a path that something can stand beside.

    Raises:
        InputError: there is something else, the name is that of a file, or nothing can stand beside it.
    """
    path = Path(name)
    if path.name in ("", ".."):
        path = path.resolve()
    if not path.name:
        raise InputError(f"{shown(name)}: nothing can stand beside it; name a directory in it")
    if path.exists() and not path.is_dir():
        raise InputError(f"{shown(name)} exists, and is no directory")
    if not path.exists() and is_file_name(path) and not str(name).endswith(_SEPARATORS):
        raise InputError(f"{shown(name)} is called like a file, and what is written there is a directory")
    return path


_SEPARATORS = tuple(filter(None, (os.sep, os.altsep)))


def opened(output: Output, sources: Sequence[Source], fields: Fields) -> AbstractContextManager[Target]:
    """The output, ready to take all rows of the sources in their order.

    Raises:
        InputError: the sources' columns do not fit into one table, or two files would be one.
        OSError: it cannot be written.
    """
    if output.directory:
        return tree(output, sources)
    assert output.form is not None
    columns = pa.schema([]) if output.form.format == "jsonl" else common_schema(sources, fields)
    return rows_file(output.path, output.form, columns)


def tree(output: Output, sources: Sequence[Source]) -> Tree:
    """The directory that is the output."""
    try:
        return Tree(sources, output.path, output.form)
    except ValueError as error:
        raise InputError(str(error)) from None


def beside(output: Output, ending: str) -> Path:
    """Where something about the output goes: ``news.parquet``, ``news/`` and "failed" give news.failed.jsonl."""
    name = output.path.name
    if not output.directory:
        while form_of(name) or name.endswith((".gz", ".zst")):
            name = name.rpartition(".")[0]
    return output.path.with_name(f"{name}.{ending}")


def refuse(
    paths: Iterable[Path], sources: Iterable[Source], *, replace: bool, own: Collection[Path] = ()
) -> None:
    """Raise where writing would replace an input, or anything at all unless `replace`.

    Files of its `own`, absolute, which it began to write before it was killed, a run may replace.

    Raises:
        InputError: an output is an input, or two are one file.
        FileExistsError: an output exists.
    """
    inputs = {os.path.realpath(source.path) for source in sources}
    taken: set[str] = set()
    for path in paths:
        real = os.path.realpath(path)
        if real in inputs:
            raise InputError(f"{shown(path)} is an input; it would be replaced by the output")
        if real in taken:
            raise InputError(f"{shown(path)}: two outputs would be this file; give each its own")
        taken.add(real)
        if not replace and path.absolute() not in own and os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "output exists; --force replaces it", str(path))


class Table:
    """A file for rows about the corpus; where there are none there is no file, unless one is `wanted`."""

    def __init__(self, path: Path, schema: pa.Schema, *, wanted: bool) -> None:
        """The ending of `path` tells the form.

        Raises:
            InputError: it tells none that holds rows.
        """
        form = form_of(path)
        if form is None or form.format == "txt":
            raise InputError(f"{shown(path)}: not the name of a table; {KNOWN}")
        self._path = path
        self._file = rows_file(path, form, schema)
        self._rows: Rows | None = None
        self._wanted = wanted

    def write(self, rows: pa.RecordBatch) -> None:
        """Add rows that have the file's columns."""
        if rows.num_rows and self._rows is None:
            self._rows = self._file.__enter__()
        if self._rows:
            self._rows.write_table(rows)

    def __enter__(self) -> Table:
        if self._wanted:
            self._rows = self._file.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._rows:
            self._file.__exit__(kind, error, trace)
        elif error is None:
            self._path.unlink(missing_ok=True)  # what an earlier run had to say is true no more
