"""What the command line says and prints: messages, progress, standard output."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from zhclean.files import Outcome

PROGRAM = "zhclean"
STANDARD_INPUT = STANDARD_OUTPUT = "-"
"""What stands for them where a file is named."""


def say(message: str) -> None:
    """One line on standard error."""
    _write(f"{PROGRAM}: {' '.join(message.split())}")


def _write(line: str) -> None:
    if sys.stderr is None:  # print() would take standard output then
        return
    try:
        print(line, file=sys.stderr, flush=True)  # not click.echo, which would write into the progress bar
    except OSError:  # nobody can be told; how the run ends must not hang on it
        _drop_what_is_buffered(sys.stderr)


def shown(name: str | os.PathLike[str]) -> str:
    r"""A file name fit for a message: on one line, and valid whatever its bytes are.

    >>> shown("新闻\n1.txt")
    '新闻\\n1.txt'
    """
    if name == STANDARD_INPUT:
        return "standard input"
    readable = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in readable)


def counted(number: int, what: str) -> str:
    """A number of things, in words.

    >>> counted(1, "change"), counted(2_000, "change")
    ('1 change', '2,000 changes')
    """
    return f"{number:,} {what}{'' if number == 1 else 's'}"


class Report:
    """Says what happened to each file, and remembers what decides the exit code."""

    def __init__(self, *, quiet: bool) -> None:
        self.failed: list[str] = []
        self.found = False
        self._quiet = quiet

    def add(self, name: str, outcome: Outcome) -> None:
        """Say what went wrong with a file, or was lost in it."""
        if outcome.failure:
            self.failed.append(name)
            say(f"{shown(name)}: {outcome.failure}")
        elif not self._quiet:
            note_losses(name, outcome.encoding, outcome.lost, outcome.surrogates)

    def would_change(self, name: str, how: str) -> None:
        """Say that ``--check`` found something."""
        self.found = True
        if not self._quiet:
            say(f"{shown(name)}: {how}")

    def list_failed(self, total: int) -> None:
        """List what failed once more, for its line may have scrolled away between others."""
        if self.failed and total > 1:
            say(f"{len(self.failed)} of {total} files failed:")
            for name in self.failed:
                _write(f"  {shown(name)}")


def note_losses(name: str, encoding: str, lost: int, surrogates: int = 0) -> None:
    """Say how much of a file is U+FFFD now."""
    if lost:
        say(f"{shown(name)}: read as {encoding}; undecodable bytes became U+FFFD, {counted(lost, 'time')}")
    if surrogates:
        say(f"{shown(name)}: lone surrogates became U+FFFD, {counted(surrogates, 'time')}")


def speak_utf8() -> None:
    """Print UTF-8 whatever the console is set to; no message may fail for a character in it."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # as one is that was closed from the start
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]


def emit(data: bytes) -> None:
    """Print bytes as they are: no line end is translated on any system."""
    with standard_output() as stream:
        stream.buffer.write(data)


@contextmanager
def standard_output() -> Iterator[TextIO]:
    """Standard output, flushed; where it cannot be written the run ends, in peace if a pipe was closed."""
    if sys.stdout is None:
        raise click.ClickException("standard output is closed")
    try:
        yield sys.stdout
        sys.stdout.flush()
    except OSError as error:
        if _is_closed_pipe(error):
            _drop_what_is_buffered(sys.stdout)
            raise click.exceptions.Exit(0) from None
        raise not_printed(error) from None


def not_printed(error: OSError) -> click.ClickException:
    """What ends a run whose standard output cannot be written."""
    _drop_what_is_buffered(sys.stdout)
    return click.ClickException(f"standard output: {error.strerror}")


def _is_closed_pipe(error: OSError) -> bool:
    """Whether the reader of our output went away, which Windows calls EINVAL."""
    return isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL)


def _drop_what_is_buffered(stream: TextIO) -> None:
    """Else Python tries to write it once more as it ends, and complains."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def progress(total: int, *, wanted: bool) -> Iterator[Callable[[], object]]:
    """A progress bar for several files, if somebody watches; gives the function that moves it on by one."""
    if total < 2 or not wanted or sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.advance(task)
