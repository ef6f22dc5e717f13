"""What several commands take: stages and inputs; and how they end.

Exit codes: 0 done, 1 something was found that one asked for, 2 something could not be done, 130 interrupted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from zhclean.console import STANDARD_INPUT, shown

if TYPE_CHECKING:
    from zhclean.files import Input
    from zhclean.pipeline import Stage

FAILED = 2
INTERRUPTED = 130


def stage_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that choose stages; the command gets them as one argument, the tuple ``stages``."""

    @wraps(command)
    def with_stages(added: set[str], only: set[str], skipped: set[str], **others: Any) -> None:
        command(stages=_choose(added, only, skipped), **others)

    decorated: Callable[..., None] = with_stages
    for name, field, text in (
        ("--with", "added", "Run this opt-in stage too."),
        ("--only", "only", "Run no stage but this."),
        ("--skip", "skipped", "Do not run this stage."),
    ):
        option = click.option(
            name,
            field,
            multiple=True,
            callback=_stage_names,
            shell_complete=_complete_stages,
            metavar="STAGE",
            help=text,
        )
        decorated = option(decorated)
    return decorated


def _stage_names(_context: click.Context, _option: click.Parameter, values: Sequence[str]) -> set[str]:
    """The names in options that may be repeated, and may each hold several with commas between."""
    names = {name for value in values for name in value.split(",")}
    for unknown in sorted(names - shipped().keys()):
        raise click.UsageError(_correction(unknown))
    return names


def _complete_stages(
    _context: click.Context, _option: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    before, comma, begun = incomplete.rpartition(",")
    return [CompletionItem(before + comma + name) for name in shipped() if name.startswith(begun)]


def shipped() -> dict[str, Stage]:
    """Every stage by its name, in the order in which they run."""
    import zhclean

    return {stage.name: stage for stage in (*zhclean.STAGES, *zhclean.OPTIONAL_STAGES)}


def _correction(unknown: str) -> str:
    from difflib import get_close_matches

    (nearest,) = get_close_matches(unknown, shipped(), n=1, cutoff=0)
    return f"unknown stage {unknown!r}: did you mean {nearest!r}? There are {', '.join(shipped())}"


def _choose(added: set[str], only: set[str], skipped: set[str]) -> tuple[Stage, ...]:
    """The stages to run, in the order in which they are listed and not in that of the options."""
    import zhclean

    names = (only or {stage.name for stage in zhclean.STAGES}) | added
    return tuple(stage for name, stage in shipped().items() if name in names - skipped)


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


@contextmanager
def blaming(name: str) -> Iterator[None]:
    """Whatever fails in here ends the command with one line that names this file and the cause."""
    from zhclean.files import cause

    try:
        yield
    except Exception as error:
        raise click.ClickException(f"{shown(name)}: {cause(error)}") from error
