"""What several commands take, and how they end.

Exit codes: 0 done, 1 something was found that one asked for, 2 something could not be done, 130 interrupted.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from zhclean.console import STANDARD_INPUT, shown

if TYPE_CHECKING:
    from zhclean.files import Input

FAILED = 2
INTERRUPTED = 130


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
    return Input(name, sys.stdin.buffer.read() if sys.stdin else b"")


class Range(click.FloatRange):
    """A number between two others; click itself takes nan for one, and inf where there is no upper end."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number, or an error that names the option."""
        number = super().convert(value, param, ctx)
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a number of any size.", param, ctx)
        return number


@contextmanager
def blaming(name: str) -> Iterator[None]:
    """Whatever fails in here ends the command with one line that names this file and the cause."""
    from zhclean.files import cause

    try:
        yield
    except Exception as error:
        raise click.ClickException(f"{shown(name)}: {cause(error)}") from error
