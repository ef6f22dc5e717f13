"""``zhclean bench``."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zhclean.commands.arguments import FAILED, FileName, Number, blaming
from zhclean.commands.choosing import stage_options
from zhclean.console import STANDARD_OUTPUT, say, shown, standard_output
from zhclean.corpus.commands.arguments import field_options, measured, needing_extras

if TYPE_CHECKING:
    from zhclean.bench.sampling import Sample
    from zhclean.corpus.reading.sources import Source
    from zhclean.pipeline import Stage


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--limit-mb",
    type=Number(0, min_open=True),
    default=10.0,
    show_default=True,
    metavar="MB",
    help="Read about this much of the corpus.",
)
@field_options
@click.option(
    "--json", "as_json", type=FileName(readable=False), metavar="FILE", help="Write the figures here too."
)
@click.option("--picture", type=FileName(readable=False), metavar="FILE", help="Draw them here, as SVG.")
@click.option("--force", is_flag=True, help="Replace files that exist, but no input.")
@click.option("--lang", type=click.Choice(("en", "zh")), default="en", show_default=True, help="Language.")
@stage_options
@click.option("-q", "--quiet", is_flag=True, help="No progress; only errors.")
def bench(
    paths: tuple[str, ...],
    limit_mb: float,
    text_field: str,
    id_field: str | None,
    as_json: str | None,
    picture: str | None,
    force: bool,
    lang: str,
    stages: tuple[Stage, ...],
    quiet: bool,
) -> None:
    """Measure what cleaning does to a corpus of your own, and recommend stages for it.

    PATH are files, directories and glob patterns (see: zhclean corpus --help). Of a large corpus a sample is
    read, an equal share of each file; the same one each time. Nothing is changed.

    You are told how fast each stage is and what share of the time it takes, how often it changed what and
    why, with examples, how much of the text is repeated, how damaged the texts are, and which stages and
    presets suit them.

    Exit codes: 0 done; 2 something could not be read, and the rest was, or nothing could be done; 130
    interrupted.
    """
    outputs = [name for name in (as_json, picture) if name is not None]
    sources = _found(paths)
    _refuse(outputs, sources, force=force)
    found, failed = _measure(sources, limit_mb, (text_field, id_field), stages, lang, wanted=not quiet)
    _write(found, as_json, picture, lang)
    with standard_output() as stream:
        from zhclean.bench.table import print_to

        print_to(stream, found, lang)
    raise click.exceptions.Exit(FAILED if failed else 0)


def _found(paths: Sequence[str]) -> list[Source]:
    from zhclean.corpus.reading.sources import find

    with measured(wanted=False):
        return find(paths)


def _refuse(outputs: Sequence[str], sources: Sequence[Source], *, force: bool) -> None:
    """End before any work is done, if it would be in vain or do harm."""
    from zhclean.files import refuse_output

    if len({os.path.normcase(Path(name).absolute()) for name in outputs}) < len(outputs):
        raise click.UsageError("--json and --picture name one file; give each its own")
    if STANDARD_OUTPUT in outputs:
        raise click.UsageError("--json and --picture write files; on standard output is the table")
    for name in outputs:
        with blaming(name):
            refuse_output(Path(name), (source.path for source in sources), replace=force)


def _measure(
    sources: Sequence[Source],
    limit_mb: float,
    fields: tuple[str, str | None],
    stages: tuple[Stage, ...],
    language: str,
    *,
    wanted: bool,
) -> tuple[dict[str, Any], bool]:
    """The figures, and whether something could not be read."""
    from zhclean.bench.measuring import Measuring
    from zhclean.bench.sampling import Sample
    from zhclean.bench.summary import summary
    from zhclean.corpus.reading.fields import Fields

    measuring = Measuring(stages)
    with needing_extras(), measured(wanted=wanted) as advance:
        sample = Sample(sources, Fields(*fields), max(1, int(limit_mb * 1e6)))
        _add_all(sample, measuring.add, advance)
    for failure in sample.failures[:_MOST_TOLD]:
        say(f"{shown(failure.name)}: {failure.cause}")
    if not measuring.figures.texts:
        raise click.ClickException("nothing could be read")
    return summary(sample, measuring.figures, language), bool(sample.failures)


_MOST_TOLD = 10
"""Failures that have a line each; the JSON lists all."""


def _add_all(sample: Sample, add: Callable[[Any], None], advance: Callable[[int, int], object]) -> None:
    for text in sample:
        add(text)
        advance(min(sample.read, sample.limit), sample.limit)


def _write(found: dict[str, Any], as_json: str | None, picture: str | None, language: str) -> None:
    """Both files, each whole or not at all."""
    from zhclean.files import write

    if as_json is not None:
        with blaming(as_json):
            text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
            write(Path(as_json), text.encode("utf-8", "backslashreplace"))
    if picture is not None:
        from zhclean.bench.picture import drawn

        with blaming(picture):
            write(Path(picture), drawn(found, language))
