"""``zhclean report``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhclean.commands.arguments import FAILED, FileName, blaming, input_named, names_or_standard_input
from zhclean.commands.choosing import stage_options
from zhclean.console import STANDARD_OUTPUT, Report, emit, progress, shown

if TYPE_CHECKING:
    from zhclean.pipeline import Stage
    from zhclean.report.page import Entry, Failure


@click.command()
@click.argument("paths", nargs=-1, type=FileName(readable=False), metavar="[PATH]... | -")
@click.option(
    "-o",
    "--output",
    type=FileName(readable=False),
    metavar="FILE",
    required=True,
    help="Write here; - prints the page.",
)
@click.option("--force", is_flag=True, help="Let -o replace a file that exists.")
@click.option("--lang", type=click.Choice(("en", "zh")), help="Language of the page; else the browser's.")
@stage_options
@click.option("-q", "--quiet", is_flag=True, help="No progress, no notes; only errors.")
def report(
    paths: tuple[str, ...],
    output: str,
    force: bool,
    lang: str | None,
    stages: tuple[Stage, ...],
    quiet: bool,
) -> None:
    """Show each change to files, or to standard input, on one page for the browser.

    The page is one HTML file that holds everything and fetches nothing. Source and clean text stand side by
    side; each change is marked and explained, and stages can be switched off. Several files get a list, the
    most damaged first.

    A file that cannot be read is named on standard error and on the page, and the others are reported. If
    none can be read nothing is written.

    Exit codes: 0 done; 2 some file could not be read, or the page not be written; 130 interrupted.
    """
    from zhclean.files import refuse_output
    from zhclean.report.page import render

    names = names_or_standard_input(paths)
    if output != STANDARD_OUTPUT:
        with blaming(output):
            refuse_output(Path(output), names, replace=force)
    log = Report(quiet=quiet)
    with progress(len(names), wanted=not quiet) as advance:
        entries, failures = _examine(names, stages, log, advance)
    if entries:
        with blaming(output):
            page = render(entries, failures, lang)
        _deliver(output, page)
    log.list_failed(len(names))
    raise click.exceptions.Exit(FAILED if log.failed else 0)


def _deliver(output: str, page: bytes) -> None:
    from zhclean.files import write

    if output == STANDARD_OUTPUT:
        emit(page)
        return
    with blaming(output):
        write(Path(output), page)


def _examine(
    names: Sequence[str], stages: Sequence[Stage], log: Report, advance: Callable[[], object]
) -> tuple[list[Entry], list[Failure]]:
    """Each file, and what could not be read."""
    from zhclean.files import Outcome, cause
    from zhclean.report.page import Failure

    entries, failures = [], []
    for name in names:
        try:
            found = _entry(name, stages)
        except Exception as error:
            outcome = Outcome(failure=cause(error))
            failures.append(Failure(shown(name), outcome.failure))
        else:
            outcome = Outcome(encoding=found.data["encoding"], lost=found.data["lost"])
            entries.append(found)
        log.add(name, outcome)
        advance()
    return entries, failures


def _entry(name: str, stages: Sequence[Stage]) -> Entry:
    import zhclean
    from zhclean.files import contents
    from zhclean.report.page import entry
    from zhclean.report.view import Document

    decoded = zhclean.decode(contents(input_named(name)))
    return entry(Document(shown(name), zhclean.explain(decoded.text, stages), decoded.encoding, decoded.lost))
