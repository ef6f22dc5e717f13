"""Files, each of which appears under its name when it is whole and not before, and compressed as asked for."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa

from zhclean import files
from zhclean.corpus.reading.sources import Form
from zhclean.corpus.writing.formats import Rows, rows_on


@contextmanager
def rows_file(path: Path, form: Form, schema: pa.Schema) -> Iterator[Rows]:
    """A file for rows; nothing is left of it where anything goes wrong before its end.

    Raises:
        OSError: it cannot be written; the error names the file.
    """
    with whole(path) as file, _compressed(file, form.compression) as stream:
        rows = rows_on(form.format, stream, schema)
        try:
            yield rows
        except BaseException:
            with suppress(Exception):
                rows.close()  # Arrow would do so later, when the file is closed already, and complain
            raise
        rows.close()


def text_file(path: Path, form: Form, text: str) -> None:
    """Write a file of one text."""
    with whole(path) as file, _compressed(file, form.compression) as stream:
        stream.write(text.encode())


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
