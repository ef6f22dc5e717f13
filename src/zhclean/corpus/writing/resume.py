"""What a killed run had done already: a journal of results, in the order of the batches they belong to."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from struct import Struct
from typing import BinaryIO

_HEAD = Struct("<QI")  # bytes of the entry, and its checksum


class Journal:
    """A file of entries to which one is added as soon as a result is there.

    The first entry is the key: the run is described by it, inputs, options and version. What was added last
    may be incomplete after a crash; it is cut off.
    """

    def __init__(self, path: Path) -> None:
        """Open the journal, or make an empty one.

        Raises:
            OSError: the file cannot be written.
        """
        self._path = path
        self._file: BinaryIO = path.open("r+b" if path.exists() else "w+b")
        self.key = self._read()
        """That of the run whose journal it is; None if it is empty."""
        self._begun = 0

    def begin(self, key: bytes) -> None:
        """Forget all entries: another run begins."""
        self._truncate(0)
        self.append(key)
        self.key = key
        self._begun = self._file.tell()

    def rename(self, key: bytes) -> None:
        """Keep all entries: the same run goes on, and what describes it has changed."""
        copy = Journal(self._path.with_name(f"{self._path.name}.tmp"))
        copy.begin(key)
        for entry in self.entries():
            copy.append(entry)
        copy._file.close()
        self._file.close()
        copy._path.replace(self._path)
        self._file = self._path.open("r+b")
        self.key = self._read()

    def entries(self) -> Iterator[bytes]:
        """What the run had done already; to be read to its end before anything is added."""
        while (entry := self._read()) is not None:
            yield entry

    def append(self, entry: bytes) -> None:
        """Add a result, so that not even a killed process loses it."""
        self._file.write(_HEAD.pack(len(entry), zlib.crc32(entry)))
        self._file.write(entry)
        self._file.flush()

    def close(self) -> None:
        """Keep the file for another run, if there is anything in it to go on with."""
        if self._file.tell() == self._begun:
            self.discard()
        self._file.close()

    def discard(self) -> None:
        """Delete the file: everything is where it belongs."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def _read(self) -> bytes | None:
        """The next entry; where there is none, or a broken one, the file ends from now on."""
        start = self._file.tell()
        head = self._file.read(_HEAD.size)
        if len(head) == _HEAD.size:
            size, checksum = _HEAD.unpack(head)
            entry = self._file.read(size) if size <= self._path.stat().st_size else b""
            if len(entry) == size and zlib.crc32(entry) == checksum:
                return entry
        self._truncate(start)
        return None

    def _truncate(self, size: int) -> None:
        self._file.seek(size)
        self._file.truncate()
