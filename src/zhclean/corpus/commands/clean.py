"""``zhclean corpus clean``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhclean.commands.arguments import FAILED
from zhclean.commands.choosing import confidence_option, stage_options
from zhclean.console import say, shown
from zhclean.corpus.commands.arguments import field_options, jobs_option, measured, needing_extras, processes

if TYPE_CHECKING:
    from zhclean.corpus.cleaning.summary import Summary
    from zhclean.pipeline import Stage


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="IN...")
@click.option("-o", "--output", required=True, metavar="OUT", help="A file or a directory; see above.")
@click.option(
    "--format", "form", metavar="FORMAT", help="Of the files in OUT, such as jsonl.gz, if not as in IN."
)
@field_options
@click.option("--audit", type=click.Path(path_type=Path), metavar="FILE", help="Write a table of all edits.")
@click.option(
    "--failed",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The table of failed rows.  [default: beside OUT, if there are any]",
)
@click.option("--force", is_flag=True, help="Replace outputs that exist.")
@confidence_option
@stage_options
@jobs_option
@click.option("-q", "--quiet", is_flag=True, help="No progress, no summary; only errors.")
def clean(
    inputs: tuple[str, ...],
    output: str,
    form: str | None,
    text_field: str,
    id_field: str | None,
    audit: Path | None,
    failed: Path | None,
    force: bool,
    min_confidence: float,
    stages: tuple[Stage, ...],
    jobs: int,
    quiet: bool,
) -> None:
    """Clean every text of a corpus.

    IN are files, directories and glob patterns (see: zhclean corpus --help). OUT is one file for all rows if
    its name ends like one (news.parquet, news.jsonl.zst), and a directory otherwise: there each input has a
    file at the place it has below the directory all inputs share.

    Fields beside the text pass through as they are; a line of JSON whose text stays the same stays the same,
    byte for byte. A row without id is called by its file and line, a .txt file by its path.

    A row that cannot be read or cleaned (broken JSON, no text, a broken archive) is listed with file, line
    and cause, and stops no other. Files take their names when they are complete. A run that was killed goes
    on where it was when the same command is given again, and comes to the same result, byte for byte.

    Exit codes: 0 done; 2 some rows failed, and the others were done, or nothing could be done; 130
    interrupted.
    """
    with needing_extras():
        from zhclean.corpus.cleaning import clean_files
        from zhclean.corpus.reading.fields import Fields
        from zhclean.corpus.writing import outputs
    workers = processes(jobs)
    tell = (lambda message: None) if quiet else say
    with measured(wanted=not quiet) as advance:
        plan = clean_files.Plan(
            outputs.output_named(output, form),
            Fields(text_field, id_field),
            stages,
            audit,
            failed,
            min_confidence,
            workers,
            force,
        )
        summary = clean_files.clean_files(inputs, plan, advance, tell)
    if not quiet and (summary.rows or not summary.failed):
        _tell(summary, output)
    if summary.failed:
        _tell_failures(summary, plan.failed_path)
        raise click.exceptions.Exit(FAILED)


def _tell(summary: Summary, output: str) -> None:
    from zhclean.corpus.cleaning.summary import amount

    edits = sum(summary.edits.values())
    say(
        f"{summary.rows:,} texts in {shown(output)}, {summary.changed:,} of them changed by {edits:,} edits; "
        f"{amount(summary.bytes_before)} became {amount(summary.bytes_after)}"
    )
    if summary.lossy:
        say(f"{summary.lossy:,} texts had undecodable bytes, which became U+FFFD; --audit tells which")


def _tell_failures(summary: Summary, path: Path) -> None:
    told = 0
    for cause, (count, first) in summary.causes.items():
        place = f"{shown(first.source)}:{first.line}" if first.line else shown(first.source)
        say(f"{place}: {cause}" + (f" (the first of {count:,} rows)" if count > 1 else ""))
        told += count
    rest = f", {summary.failed - told:,} of them for other causes" if told < summary.failed else ""
    say(f"{summary.failed:,} rows failed{rest}; {shown(path)} lists them")
