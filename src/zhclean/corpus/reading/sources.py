"""Which files a corpus consists of, in what order, and how each is packed."""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from glob import glob, has_magic
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from zhclean.console import shown

FORMATS = {
    ".txt": "txt",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
}
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
OTHER_ENDINGS = frozenset(
    (
        *(".json", ".tsv", ".xlsx", ".xls", ".xml", ".html", ".htm", ".md", ".doc", ".docx", ".pdf"),
        *(".arrow", ".feather", ".orc", ".avro", ".db", ".duckdb", ".sqlite"),
        *(".gz", ".zst", ".bz2", ".xz", ".zip", ".7z", ".tar", ".tgz"),
    )
)
"""What names of files end in that hold texts or tables and are not read here: no names for directories."""

KNOWN = "known are .txt, .jsonl, .ndjson and .csv, also with .gz or .zst, and .parquet"


class InputError(ValueError):
    """Something about the inputs as a whole, in one line, for which nothing can be done at all."""


class Form(NamedTuple):
    """How rows stand in a file, as its name tells."""

    format: str
    """"txt" (the file is one text), "jsonl", "csv" or "parquet"."""
    compression: str = ""
    """"gzip", "zstd" or "". Parquet compresses within."""


class Source(NamedTuple):
    """One file of a corpus."""

    path: str
    """As it was given, or found below what was given; with forward slashes."""
    form: Form

    @property
    def name(self) -> str:
        r"""The path as text, for ids and tables; of a name that is not UTF-8, as in old archives, with ``\xd0``."""
        return (
            self.path if self.path.isascii() else os.fsencode(self.path).decode("utf-8", "backslashreplace")
        )


class Opened(NamedTuple):
    """A file's contents, and the file itself, whose position tells how far reading has got."""

    stream: BinaryIO
    file: BinaryIO


def form_of(path: str | Path) -> Form | None:
    """The form a file's name stands for, or None where none does.

    >>> form_of("news.jsonl.gz")
    Form(format='jsonl', compression='gzip')
    """
    suffixes = [suffix.lower() for suffix in Path(path).suffixes]
    compression = COMPRESSIONS.get(suffixes[-1], "") if suffixes else ""
    if compression:
        suffixes.pop()
    known = FORMATS.get(suffixes[-1], "") if suffixes else ""
    if not known or (known == "parquet" and compression):
        return None
    return Form(known, compression)


def suffix_of(form: Form) -> str:
    """The ending that stands for a form.

    >>> suffix_of(Form("csv", "gzip"))
    '.csv.gz'
    """
    return f".{form.format}" + {"gzip": ".gz", "zstd": ".zst", "": ""}[form.compression]


def is_file_name(path: Path) -> bool:
    """Whether a path, of which there may be nothing yet, is called as files are.

    >>> is_file_name(Path("news.json")), is_file_name(Path("news.people.cn"))
    (True, False)
    """
    return form_of(path) is not None or path.suffix.lower() in OTHER_ENDINGS


def find(inputs: Iterable[str | os.PathLike[str]]) -> list[Source]:
    """The files that paths, directories and glob patterns stand for, each once.

    The order is that of `inputs`; within a directory or pattern it is that of the paths' code points, on
    every system. A directory's files in other forms, hidden ones, linked directories and links that lead
    nowhere are left out. One file by two paths is one; by links it is as many as there are.

    Raises:
        InputError: something does not exist, holds nothing in a known form, or has an unknown ending.
        OSError: a directory cannot be read.
    """
    found: dict[tuple[str, str], Source] = {}
    resolved = lru_cache(maxsize=None)(os.path.realpath)
    for item in inputs:
        for source in _found(os.fspath(item)):
            # Behind a link, .. leads elsewhere than the path says.
            key = _normal(source.path), resolved(os.path.dirname(source.path))  # noqa: PTH120 - a million Paths
            found.setdefault(key, source)
    if not found:
        raise InputError("nothing to read")
    return list(found.values())


def _normal(path: str) -> str:
    return os.path.normcase(os.path.abspath(path))  # noqa: PTH100 - that of Path keeps ..


def _found(name: str) -> Sequence[Source]:
    path = Path(name)
    if path.is_dir():
        sources = _known(sorted(_below(path)))
    elif path.exists():
        sources = _known([path.as_posix()])
    elif has_magic(name):
        matches = sorted(Path(match).as_posix() for match in _matching(name))
        sources = _known([match for match in matches if Path(match).is_file()])
    else:
        raise InputError(f"{shown(name)}: no such file or directory")
    if not sources:
        raise InputError(f"{shown(name)}: no file with a known ending; {KNOWN}")
    return sources


def _below(directory: Path) -> Iterator[str]:
    for place, directories, files in os.walk(directory, onerror=_raise):
        directories[:] = [name for name in directories if not _is_hidden(name)]
        paths = (Path(place, name) for name in files if not _is_hidden(name))
        yield from (path.as_posix() for path in paths if path.is_file())


def _raise(error: OSError) -> None:
    raise error


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "_"))


def _matching(pattern: str) -> list[str]:
    """What there is of a pattern's names, if all directories that it leads through can be read."""
    path = Path(pattern)
    for inner, outer in pairwise([path, *path.parents]):
        if has_magic(str(inner)):
            for directory in _glob(os.path.join(outer, "")):  # noqa: PTH118 - a Path drops the slash
                os.scandir(directory).close()  # raises where glob leaves out what is in it
    return _glob(pattern)


def _glob(pattern: str) -> list[str]:
    return glob(pattern, recursive=True)  # noqa: PTH207 - that of Path takes no pattern from the root


def _known(paths: Iterable[str]) -> list[Source]:
    return [Source(path, form) for path in paths if (form := form_of(path))]


@contextmanager
def opened(source: Source) -> Iterator[Opened]:
    """The decompressed contents of a file; reading may raise any of `zhclean.corpus.reading.readers.BROKEN`."""
    with Path(source.path).open("rb") as file:
        yield Opened(_decompressed(file, source.form.compression), file)


def _decompressed(file: BinaryIO, compression: str) -> BinaryIO:
    if compression and not os.fstat(file.fileno()).st_size:
        raise EOFError("an empty file is no archive")  # Python takes it for one of nothing
    if compression == "gzip":
        return cast(BinaryIO, gzip.GzipFile(fileobj=file))
    if compression == "zstd":
        from pyarrow import CompressedInputStream

        return io.BufferedReader(CompressedInputStream(file, "zstd"))
    return file
