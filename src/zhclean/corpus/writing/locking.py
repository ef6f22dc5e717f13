"""One run at a time writes an output."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

BUSY = (errno.EACCES, errno.EAGAIN)
"""What the system answers where another process holds the lock; other answers mean that it has no locks."""


@contextmanager
def locked(output: Path) -> Iterator[None]:
    """Write an output alone: two runs would write into each other's unfinished files.

    The system lets go of the lock when the process ends, however it does; the file that is locked, beside the
    output, can then stay behind and is used again.

    Raises:
        BlockingIOError: another run is writing the output.
        OSError: nothing can be written beside the output.
    """
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(output.parent)) from None
    path = output.with_name(f".{output.name}.zhclean-lock")
    file = _held(path, output)
    try:
        yield
    finally:
        if sys.platform == "win32":  # deletes no open file
            file.close()
            path.unlink(missing_ok=True)
        else:
            path.unlink(missing_ok=True)
            file.close()


def _held(path: Path, output: Path) -> BinaryIO:
    while True:
        file = path.open("ab")
        try:
            _lock(file)
        except OSError as error:
            if error.errno in BUSY:
                file.close()
                raise BlockingIOError(
                    errno.EAGAIN, "another run is writing this output", str(output)
                ) from None
        try:
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        except FileNotFoundError:
            pass
        file.close()  # a run that ended has deleted it in the meantime


def _lock(file: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
