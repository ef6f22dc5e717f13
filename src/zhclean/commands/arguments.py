"""What several commands take, and how they end.

Exit codes: 0 done, 1 something was found that one asked for, 2 something could not be done, 130 interrupted.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EBADF
from typing import TYPE_CHECKING, Any

import click

from zhclean.console import STANDARD_INPUT, shown

if TYPE_CHECKING:
    from zhclean.files import Input

FAILED = 2
INTERRUPTED = 130


class FileName(click.Path):
    """A path that need not exist; an empty one, as an unset variable of a shell gives, is none."""

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        """Take what was given on the command line as it is."""
        if not value:
            self.fail("an empty name is no file.", parameter, context)
        return super().convert(value, parameter, context)


class Number(click.FloatRange):
    """A number in a range; click's own lets NaN pass, which lies in none, and infinity."""

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> float:
        """Read what was given on the command line."""
        number: float = super().convert(value, parameter, context)
        if not math.isfinite(number):
            self.fail(f"{value} is not a finite number.", parameter, context)
        return number


def names_or_standard_input(paths: tuple[str, ...]) -> tuple[str, ...]:
    """The paths given, or standard input where there are none; an error at a terminal, where nothing waits."""
    if paths:
        return paths
    if sys.stdin is None or sys.stdin.isatty():
        raise click.UsageError("nothing to read: name a file, or - for standard input (see --help)")
    return (STANDARD_INPUT,)


def input_named(name: str) -> Input:
    """A path, or what standard input holds if the name is ``-``."""
    from zhclean.files import Input

    if name != STANDARD_INPUT:
        return Input(name)
    with blaming(name):
        if sys.stdin is None:
            raise OSError(EBADF, "it is closed")
        return Input(name, sys.stdin.buffer.read())


@contextmanager
def blaming(name: str) -> Iterator[None]:
    """Whatever fails in here ends the command with one line that names this file and the cause."""
    from zhclean.files import cause

    try:
        yield
    except click.ClickException:
        raise  # which says that already
    except Exception as error:
        raise click.ClickException(f"{shown(name)}: {cause(error)}") from error
