"""``zhclean corpus dedup``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhclean.commands.arguments import FAILED, Number
from zhclean.console import say, shown
from zhclean.corpus.commands.arguments import field_options, jobs_option, measured, processes, require

if TYPE_CHECKING:
    from zhclean.corpus.deduplication.boilerplate import Recurrence
    from zhclean.corpus.deduplication.decision import Options
    from zhclean.corpus.deduplication.likeness import Criterion, Forms, Likeness
    from zhclean.corpus.deduplication.summary import Summary

_FILE = click.Path(path_type=Path, dir_okay=False)
_SHARE = Number(0, 1, min_open=True)


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="IN...")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="DIR", help="See above."
)
@field_options
@click.option(
    "--threshold",
    type=Number(0.2, 1),
    default=0.7,
    show_default=True,
    help="Least Jaccard similarity of near-duplicates.",
)
@click.option(
    "--containment",
    type=_SHARE,
    metavar="SHARE",
    help="Remove an article too if so much of it stands in a longer one, such as 0.9.",
)
@click.option(
    "--forms",
    type=click.Choice(("keep", "remove")),
    default="keep",
    show_default=True,
    help="Texts that fill one form with other figures, dates, names: stories, or near-duplicates.",
)
@click.option(
    "--prefer", multiple=True, metavar="RULE", help="Which copy stays; see above.  [default: longest]"
)
@click.option(
    "--boilerplate", is_flag=True, help="Find sentences that recur at the edges of stories; remove them."
)
@click.option(
    "--boilerplate-from",
    type=_FILE,
    metavar="FILE",
    help="Remove the sentences in the field text of this table.",
)
@click.option(
    "--boilerplate-stories",
    type=click.IntRange(2),
    default=3,
    show_default=True,
    help="Stories a sentence of boilerplate must stand in; copies are one story.",
)
@click.option(
    "--boilerplate-share",
    type=Number(0, 1),
    default=0.5,
    show_default=True,
    help="Share of its stories where it must stand at the beginning or end.",
)
@click.option(
    "--boilerplate-news",
    is_flag=True,
    help="Boilerplate may read like news, too, and not only like notices, credits, advertisements.",
)
@click.option(
    "--index", type=_FILE, metavar="FILE", help="Compare with what stayed in earlier runs, and remember."
)
@click.option("--dry-run", is_flag=True, help="Write the tables only: no articles, nothing to remember.")
@click.option("--engine", type=click.Choice(("duckdb", "spark")), default="duckdb", show_default=True)
@click.option(
    "--memory", default="600MB", show_default=True, metavar="SIZE", help="What DuckDB may hold in memory."
)
@click.option("--seed", type=int, default=0, help="Of the sketches; seldom changes anything.")
@click.option("--force", is_flag=True, help="Replace outputs that exist.")
@jobs_option
@click.option("-q", "--quiet", is_flag=True, help="No summary; only errors.")
def dedup(
    inputs: tuple[str, ...],
    output: Path,
    text_field: str,
    id_field: str | None,
    threshold: float,
    containment: float | None,
    forms: Forms,
    prefer: tuple[str, ...],
    boilerplate: bool,
    boilerplate_from: Path | None,
    boilerplate_stories: int,
    boilerplate_share: float,
    boilerplate_news: bool,
    index: Path | None,
    dry_run: bool,
    engine: str,
    memory: str,
    seed: int,
    force: bool,
    jobs: int,
    quiet: bool,
) -> None:
    """Remove copies and near-copies of articles from a corpus.

    Two articles are near-duplicates if their sets of five-character shingles, over letters and digits, have
    a Jaccard similarity of at least the threshold; each pair is verified before anything goes. An article
    goes only for one that stays and that it matches itself. Where the figures, dates or names that stand in
    the same places of two articles differ, they are two stories of one form and stay, marked.

    DIR gets, in the format of the inputs: kept, the articles that stay, unchanged and in order; removed (id,
    kept_id, similarity, reason: exact, near or contained); clusters (cluster, id, kept, similarity: each
    survivor with what went for it). And, if there is anything to say: marked (id, mark: empty,
    boilerplate-only, or form), boilerplate (text, stories, documents), stripped (id, start, end,
    text: which article lost what), equal-ids, failed.

    --prefer says which of several copies stays: longest; earliest=FIELD or latest=FIELD, for a date;
    FIELD=VALUE,VALUE,… for the first of these values. Repeated, the later ones decide ties. In the end the
    id decides, by code points.

    --boilerplate removes what recurs at the beginning or end of several stories (notices, credits) before
    anything is compared, and from the articles that stay. Look at it first with --dry-run; the table, without
    the lines that should stay, goes to --boilerplate-from. An article that is nothing else stays as it is.

    --index takes all remembered articles as earlier than all new ones. In batches the same articles stay as
    all at once if that is so by the rules of --prefer; where it is not, one is told of how many. The list of
    boilerplate is frozen in the index.

    Exit codes: 0 done; 2 some rows could not be read, and the others were done, or nothing could be done;
    130 interrupted.
    """
    if boilerplate and boilerplate_from:
        raise click.UsageError("--boilerplate finds a list, --boilerplate-from has one: choose")
    require(engine, index)
    from zhclean.corpus.deduplication import dedup_files as run
    from zhclean.corpus.deduplication.boilerplate import Recurrence
    from zhclean.corpus.deduplication.likeness import Likeness
    from zhclean.corpus.reading.fields import Fields
    from zhclean.corpus.writing import outputs

    workers = processes(jobs)
    fields, likeness = Fields(text_field, id_field), Likeness(threshold, containment, forms, seed=seed)
    with measured(wanted=False):
        what = Recurrence(boilerplate_stories, boilerplate_share, boilerplate_news) if boilerplate else None
        listed = run.listed_texts(boilerplate_from) if boilerplate_from else what
        options = options_of(likeness, prefer, listed)
        directory = outputs.directory_named(output)
        plan = run.Plan(directory, fields, options, engine, index, workers, memory, force, dry_run)
        try:
            summary = run.dedup_files(inputs, plan)
        except ValueError as error:
            raise click.ClickException(str(error)) from error
    if not quiet:
        _tell(summary, plan.directory, dry_run)
    if summary.failed:
        say(f"{summary.failed:,} rows could not be read; see the table failed in {shown(str(output))}")
        raise click.exceptions.Exit(FAILED)


def options_of(
    likeness: Likeness, prefer: Sequence[str], boilerplate: Recurrence | tuple[str, ...] | None
) -> Options:
    """What to do with copies, the rules of ``--prefer`` read."""
    from zhclean.corpus.deduplication.decision import Options
    from zhclean.corpus.deduplication.likeness import Longest

    return Options(likeness, tuple(map(criterion, prefer)) or (Longest(),), boilerplate)


def criterion(rule: str) -> Criterion:
    """What a rule of ``--prefer`` means.

    >>> criterion("source=新华社,人民网")
    Priority(field='source', values=('新华社', '人民网'))
    """
    from zhclean.corpus.deduplication.likeness import Earliest, Latest, Longest, Priority

    name, equals, value = rule.partition("=")
    if rule == "longest":
        return Longest()
    if not (name and equals and value):
        raise click.UsageError(
            f"--prefer {rule}: known are longest, earliest=FIELD, latest=FIELD and FIELD=VALUE,VALUE"
        )
    if name in ("earliest", "latest"):
        return Earliest(value) if name == "earliest" else Latest(value)
    return Priority(name, tuple(value.split(",")))


def _tell(summary: Summary, directory: Path, dry_run: bool) -> None:
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in sorted(summary.removed.items()))
    would = "would stay" if dry_run else "stay"
    say(
        f"{summary.rows:,} articles: {summary.kept:,} {would}, {summary.removed.total():,} removed"
        f"{f' ({reasons})' if reasons else ''}, {summary.failed:,} failed; see {shown(str(directory))}"
    )
    for count, text in (
        (summary.boilerplate, "sentences are boilerplate"),
        (summary.marked["boilerplate-only"], "articles are nothing but boilerplate; they stay, marked"),
        (summary.marked["empty"], "articles have no letter or digit; they stay, marked"),
        (
            summary.marked["form"],
            "articles are like another but for figures, dates or names; they stay, marked",
        ),
        (summary.equal_ids, "rows share their id with another; each is counted by itself, see equal-ids"),
        (summary.undated, "rows have no date that can be read; they come last"),
        (summary.lossy, "rows had undecodable bytes, which became U+FFFD"),
        (
            summary.crowded,
            "buckets were too crowded to compare all pairs; the first in the order were compared",
        ),
        (
            summary.out_of_order,
            "new articles match a remembered one that comes later in the order: all at once, it would have gone",
        ),
        (
            summary.again,
            "of the removed rows are remembered rows themselves; the output of an earlier run has them",
        ),
    ):
        if count:
            say(f"{count:,} {text}")
