"""What the corpus commands share: their options, their progress, and how they end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from zhclean.console import shown
from zhclean.corpus.extras import MissingExtraError, extras

F = TypeVar("F", bound=Callable[..., Any])


def field_options(command: F) -> F:
    """Options that say which fields of a row matter."""
    command = click.option("--id-field", metavar="NAME", help="The field that holds a row's id, if any.")(
        command
    )
    return click.option(
        "--text-field",
        metavar="NAME",
        default="text",
        show_default=True,
        help="The field that holds the text.",
    )(command)


jobs_option = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(0),
    default=0,
    help="Processes to use; 0, the default: one for each core.",
)


@contextmanager
def needing_extras() -> Iterator[None]:
    """Imports in here may fail because an extra is not installed; then one is told which."""
    try:
        with extras():
            yield
    except MissingExtraError as error:
        raise click.ClickException(str(error)) from error


def require(engine: str, index: Path | None) -> None:
    """End with one line if the engine is not installed, or does not go with an index."""
    if index and engine == "spark":
        raise click.UsageError("--index is a DuckDB file; it goes with --engine duckdb")
    with needing_extras():
        import duckdb  # noqa: F401
        import pyarrow  # noqa: F401

        if engine == "spark":
            import pyspark  # noqa: F401


def processes(jobs: int) -> int:
    """How many processes ``--jobs`` asks for; what they come from is started, deaf to Ctrl-C."""
    from zhclean.workers import cores, start_fork_server

    count = jobs or cores()
    if count > 1:
        start_fork_server(deaf=True)
    return count


@contextmanager
def measured(*, wanted: bool) -> Iterator[Callable[[int, int], object]]:
    """A progress bar in bytes, with rate and time left, if somebody watches; what ends the run is one line.

    Gives the function that moves the bar to so many bytes of so many.
    """
    from zhclean.corpus.reading.sources import InputError
    from zhclean.files import cause

    try:
        with _bar(wanted=wanted) as advance:
            yield advance
    except InputError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        name = f"{shown(error.filename)}: " if error.filename else ""
        raise click.ClickException(f"{name}{cause(error)}") from error


@contextmanager
def _bar(*, wanted: bool) -> Iterator[Callable[[int, int], object]]:
    if not wanted or sys.stderr is None or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

    columns = (BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
