"""``zhclean corpus run``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhclean.commands.arguments import FAILED
from zhclean.commands.choosing import confidence_option, stage_options
from zhclean.console import say, shown
from zhclean.corpus.commands.arguments import field_options, jobs_option, measured, processes, require
from zhclean.corpus.commands.dedup import dedup, options_of

if TYPE_CHECKING:
    from zhclean.corpus.deduplication.likeness import Forms
    from zhclean.pipeline import Stage


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="IN...")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="DIR", help="See above."
)
@field_options
@confidence_option
@stage_options
@click.option(
    "--boilerplate/--no-boilerplate",
    default=True,
    show_default=True,
    help="Remove sentences that recur at the edges of stories.",
)
@click.option(
    "--lang", "language", type=click.Choice(("en", "zh")), help="Language of the summary; else the browser's."
)
@click.option("--force", is_flag=True, help="Replace outputs that exist.")
@jobs_option
@click.option("-q", "--quiet", is_flag=True, help="No progress, no summary; only errors.")
def run(
    inputs: tuple[str, ...],
    output: Path,
    text_field: str,
    id_field: str | None,
    min_confidence: float,
    stages: tuple[Stage, ...],
    boilerplate: bool,
    language: str | None,
    force: bool,
    jobs: int,
    quiet: bool,
    threshold: float,
    containment: float | None,
    forms: Forms,
    prefer: tuple[str, ...],
    index: Path | None,
    engine: str,
    memory: str,
) -> None:
    """Clean a corpus, remove boilerplate and copies, and sum up what was done on a page.

    DIR gets: clean, each input with clean texts; edits.parquet, the table of all edits; what zhclean corpus
    dedup writes (kept, removed, clusters …), for the clean texts; and summary.html, with counts and sizes
    from step to step, examples of each kind of edit, similarities, the largest clusters and the most
    frequent boilerplate. Without --id-field, ids name the lines of the files in clean.

    A run that was killed goes on when the same command is given again: with the texts that are not clean
    yet, or with the copies.

    Exit codes: 0 done; 2 some rows failed, and the others were done, or nothing could be done; 130
    interrupted.
    """
    require(engine, index)
    from zhclean.corpus.cleaning import clean_files
    from zhclean.corpus.deduplication import dedup_files
    from zhclean.corpus.deduplication.boilerplate import Recurrence
    from zhclean.corpus.deduplication.likeness import Likeness
    from zhclean.corpus.reading.fields import Fields
    from zhclean.corpus.run import run_files
    from zhclean.corpus.writing import outputs

    workers, fields = processes(jobs), Fields(text_field, id_field)
    options = options_of(
        Likeness(threshold, containment, forms), prefer, Recurrence() if boilerplate else None
    )
    tell = (lambda message: None) if quiet else say
    with measured(wanted=not quiet) as advance:
        directory = outputs.directory_named(output)
        cleaning = clean_files.Plan(
            run_files.clean_output(directory),
            fields,
            stages,
            directory / "edits.parquet",
            None,
            min_confidence,
            workers,
            force,
        )
        plan = dedup_files.Plan(
            directory, fields, options, engine, index, workers=workers, memory=memory, replace=force
        )
        result = run_files.run_files(inputs, cleaning, plan, language, advance, tell)
    if not quiet:
        say(
            f"{result.kept:,} articles stay, {result.removed:,} copies removed, {result.failed:,} rows failed; "
            f"{shown(result.page)} sums up"
        )
        if result.lossy:
            audit = shown(output / "edits.parquet")
            say(f"{result.lossy:,} texts had undecodable bytes, which became U+FFFD; {audit} tells which")
    if result.failed:
        say(f"{result.failed:,} rows failed; {shown(cleaning.failed_path)} lists them")
        raise click.exceptions.Exit(FAILED)


# What deduplication does is said with the same options.
run.params += [
    option
    for option in dedup.params
    if option.name in ("threshold", "containment", "forms", "prefer", "index", "engine", "memory")
]
