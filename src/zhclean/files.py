"""One file at a time: read, cleaned, written; and what the output is called."""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from zhclean.console import STANDARD_INPUT, shown
from zhclean.encoding import DecodeError, decode
from zhclean.pipeline import Stage, clean

TEMPORARY = ".zhclean-{}.tmp"
"""What a file is called while it is written, beside its final place; a killed run can leave one behind."""

SURROGATE = re.compile("[\ud800-\udfff]")


class Input(NamedTuple):
    """A path to read, or the bytes that came through standard input."""

    name: str
    data: bytes | None = None


class Outcome(NamedTuple):
    """What became of one input: its clean bytes, or the cause why there are none."""

    clean: bytes = b""
    """UTF-8 without a byte order mark, whatever the input was in."""
    text_changed: bool = False
    bytes_changed: bool = False
    """Also true where only the encoding differs."""
    encoding: str = ""
    lost: int = 0
    """Undecodable bytes that became U+FFFD."""
    surrogates: int = 0
    """Lone surrogates, which no UTF-8 can hold, that became U+FFFD."""
    failure: str = ""


def treat(item: Input, stages: Sequence[Stage], min_confidence: float = 0.0) -> Outcome:
    """Read, decode and clean one input; never raises for what is wrong with it."""
    try:
        data = contents(item)
        decoded = decode(data)
        cleaned = clean(decoded.text, stages, min_confidence=min_confidence)
    except Exception as error:
        return Outcome(failure=cause(error))
    encoded, surrogates = utf8(cleaned)
    return Outcome(
        encoded, cleaned != decoded.text, encoded != data, decoded.encoding, decoded.lost, surrogates
    )


def contents(item: Input) -> bytes:
    """The bytes of an input.

    Raises:
        OSError: the path cannot be read.
    """
    if item.data is not None:
        return item.data
    if Path(item.name).is_dir():  # Windows would say "Permission denied"
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), item.name)
    return Path(item.name).read_bytes()


def utf8(text: str) -> tuple[bytes, int]:
    """The text in UTF-8, and how many lone surrogates had to become U+FFFD for it."""
    try:
        return text.encode(), 0
    except UnicodeEncodeError:
        text, surrogates = SURROGATE.subn("\ufffd", text)
        return text.encode(), surrogates


def cause(error: BaseException) -> str:
    """Why something failed, in one line, without the name of the file."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    text = " ".join(str(error).split())
    return text if isinstance(error, DecodeError) else f"{type(error).__name__}: {text}".rstrip(": ")


def places(names: Sequence[str], directory: Path) -> list[Path]:
    """Where each input goes in an output directory: by its path below the directory all inputs share.

    Raises:
        ValueError: standard input has no name, two inputs would be one file, or the inputs are on several
            drives.
    """
    if STANDARD_INPUT in names:
        raise ValueError("standard input has no name to use in a directory; give -o a file")
    paths = [Path(name).absolute() for name in names]  # not resolved: a link keeps its own name
    paths = [Path(os.path.normpath(path)) for path in paths]
    common = os.path.commonpath([path.parent for path in paths])
    result = [directory / path.relative_to(common) for path in paths]
    taken: dict[str, str] = {}
    for name, place in zip(names, result, strict=True):
        if first := taken.get(os.path.normcase(place)):
            raise ValueError(f"{shown(first)} and {shown(name)} would both be written to {shown(place)}")
        taken[os.path.normcase(place)] = name
    return result


def is_directory(output: str, inputs: int) -> bool:
    """Whether `output` names a directory: it is one, is written like one, or several files go there."""
    separators = tuple(filter(None, (os.sep, os.altsep)))
    return inputs > 1 or output.endswith(separators) or Path(output).is_dir()


def refuse_existing(path: Path) -> None:
    """Raise FileExistsError where writing `path` would replace something."""
    if os.path.lexists(path) and not is_stream(path):
        raise FileExistsError(errno.EEXIST, "output exists; --force replaces it", str(path))


def refuse_output(path: Path, inputs: Iterable[str], *, replace: bool) -> None:
    """Raise before any work is done, if writing `path` would be in vain or do harm.

    Raises:
        FileExistsError: it is one of the inputs, under whatever name; or it exists, and `replace` is not set.
        FileNotFoundError: there is no directory for it.
        IsADirectoryError: it is one.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not path.absolute().parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "no such directory")
    for name in inputs if path.exists() else ():
        if name != STANDARD_INPUT and Path(name).exists() and path.samefile(name):
            raise FileExistsError(errno.EEXIST, "is one of the inputs")
    if not replace:
        refuse_existing(path)


def write(path: Path, data: bytes) -> None:
    """Write a file so that at every moment its path holds the old contents or the new ones, whole.

    Devices and pipes, which hold nothing to protect, are written directly.

    Raises:
        OSError: the file is write-protected, or its directory is.
    """
    if is_stream(path):
        path.write_bytes(data)
        return
    with whole(path, secrets.token_hex(8)) as file:
        file.write(data)


@contextmanager
def whole(path: Path, mark: str) -> Iterator[BinaryIO]:
    """A file to write that takes its place, and the place of what was there, when it is complete.

    It keeps the mode of what was there and, if possible, the owner; a link stays, and its target is
    written. `mark` is part of its name until then.

    Raises:
        OSError: the file is write-protected, or its directory is.
    """
    target = Path(os.path.realpath(path))
    before = target.stat() if target.exists() else None
    if before and not os.access(target, os.W_OK):  # a new file could take its place all the same
        raise PermissionError(errno.EACCES, "file is write-protected", str(path))
    temporary = target.with_name(TEMPORARY.format(mark))
    try:
        with temporary.open("wb") as file:
            yield file
            # Down to the disk: a rename may get there before the contents do.
            file.flush()
            os.fsync(file.fileno())
        if before:
            _take_over(temporary, before)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def is_stream(path: Path) -> bool:
    """Whether this is a device or a pipe."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _take_over(path: Path, before: os.stat_result) -> None:
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(path, before.st_uid, before.st_gid)
    path.chmod(stat.S_IMODE(before.st_mode))  # last: a change of owner clears set-user-id
