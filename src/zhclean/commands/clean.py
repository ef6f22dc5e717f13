"""``zhclean clean``."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhclean.commands.arguments import FAILED, FileName, input_named, names_or_standard_input
from zhclean.commands.choosing import confidence_option, stage_options
from zhclean.console import STANDARD_INPUT, STANDARD_OUTPUT, Report, emit, progress

if TYPE_CHECKING:
    from zhclean.commands.outputs import Output
    from zhclean.pipeline import Stage


@click.command()
@click.argument("paths", nargs=-1, type=FileName(readable=False), metavar="[PATH]... | -")
@click.option(
    "-o", "--output", type=FileName(readable=False), metavar="FILE_OR_DIR", help="Write here; see above."
)
@click.option("-i", "--in-place", is_flag=True, help="Replace each file by its clean text.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if something would change.")
@click.option("--force", is_flag=True, help="Let -o replace files that exist.")
@confidence_option
@stage_options
@click.option(
    "-j", "--jobs", type=click.IntRange(0), default=1, help="Processes to use; 0: one for each core."
)
@click.option("-q", "--quiet", is_flag=True, help="No progress, no notes; only errors.")
def clean(
    paths: tuple[str, ...],
    output: str | None,
    in_place: bool,
    check: bool,
    force: bool,
    min_confidence: float,
    stages: tuple[Stage, ...],
    jobs: int,
    quiet: bool,
) -> None:
    """Clean files, or standard input.

    Read are UTF-8, GB18030 and so GBK and GB 2312, Big5, UTF-16, and UTF-32 with a byte order mark;
    written is UTF-8 without one, line ends as they were.
    Undecodable bytes and lone surrogates become U+FFFD and are reported; a file with more than 5 %
    undecodable bytes is not text, and an error.

    Several files go to standard output one after the other, with a line break between two where the first
    does not end in one. -o takes a file for one input, and a directory if it is one, ends in a separator, or
    there are several inputs: they keep their paths below the directory they share; -o - is standard output.
    With -i a file is replaced, at once and whole, only if a byte of it changes; links are followed and the
    mode is kept. With --check you are told for which files that would be.

    Stages are given by name (see: zhclean stages), with commas or by repeating the option. What is chosen
    every time goes into a zhclean.toml in this directory or above.

    Exit codes: 0 done; 1 --check found something to change; 2 some file could not be done, and the others
    were; 130 interrupted.
    """
    from zhclean.commands.outputs import run
    from zhclean.files import treat
    from zhclean.workers import cores, start_fork_server

    names = names_or_standard_input(paths)
    if in_place and (output is not None or STANDARD_INPUT in names):
        raise click.UsageError("--in-place goes with neither -o nor standard input")
    if output == STANDARD_OUTPUT:
        output = None
    report = Report(quiet=quiet)
    to = _output(names, output, in_place, check, force, report)
    prints = not (output or in_place or check)
    workers = min(jobs or cores(), len(names))
    if workers > 1:
        start_fork_server(deaf=True)
    work = partial(treat, stages=stages, min_confidence=min_confidence)
    with progress(len(names), wanted=not (quiet or prints)) as advance:
        for item, outcome in run([input_named(name) for name in names], to, work, workers):
            report.add(item.name, outcome)
            advance()
    report.list_failed(len(names))
    raise click.exceptions.Exit(FAILED if report.failed else int(report.found))


def _output(
    names: Sequence[str], output: str | None, in_place: bool, check: bool, force: bool, report: Report
) -> Output:
    from zhclean import files
    from zhclean.commands import outputs

    if check:
        return outputs.Check(report.would_change)
    if in_place:
        return outputs.InPlace()
    if output is None:
        return outputs.Together(emit)
    in_directory = files.is_directory(output, len(names))
    try:
        places = files.places(names, Path(output)) if in_directory else [Path(output)]
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    by_name = dict(zip(names, places, strict=True))
    return outputs.Elsewhere(by_name, replace=force, make_directories=in_directory)
