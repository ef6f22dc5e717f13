"""Deduplication from files to files."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from zhclean.console import shown
from zhclean.corpus.deduplication.decision import Decision, Options, decide
from zhclean.corpus.deduplication.on_duckdb import DuckDB, working
from zhclean.corpus.deduplication.plan import Engine
from zhclean.corpus.deduplication.portions import of_files, placed
from zhclean.corpus.deduplication.second_pass import SecondPass, tell
from zhclean.corpus.deduplication.summary import Summary
from zhclean.corpus.deduplication.verdicts import ALWAYS, TABLES
from zhclean.corpus.reading.fields import Fields
from zhclean.corpus.reading.readers import read
from zhclean.corpus.reading.sources import Form, InputError, Source, find, suffix_of
from zhclean.corpus.writing import outputs
from zhclean.corpus.writing.locking import locked
from zhclean.corpus.writing.outputs import Output, Table


@dataclass(frozen=True)
class Plan:
    """What to do with the articles, and where."""

    directory: Path
    fields: Fields = field(default_factory=Fields)
    options: Options = field(default_factory=Options)
    engine: str = "duckdb"
    """Or "spark"."""
    index: Path | None = None
    workers: int = 1
    memory: str = "600MB"
    """What DuckDB may hold in memory."""
    replace: bool = False
    dry_run: bool = False
    """Write the tables and neither articles nor index."""


def dedup_files(inputs: Iterable[str | Path], how: Plan, spared: Sequence[Source] = ()) -> Summary:
    """Write the articles that stay, in their order, and tables of what was removed and why.

    Like an input, none of the files in `spared` is replaced.

    Raises:
        InputError: the inputs cannot be read at all, do not go together with the output or the index, or
            have no field that the order asks for; or the memory is not enough.
        FileExistsError: something would be replaced, and `how.replace` is not set.
        OSError: the output cannot be written, or another run is writing it.
    """
    sources = find(inputs)
    outputs.refuse(written(how, sources), [*sources, *spared], replace=how.replace)
    check_order(how, sources)
    with locked(how.directory / "kept"), _engine(how) as engine, ExitStack() as stack:
        summary = Summary()
        portions = of_files(sources, how.fields)
        if how.index is None:
            decision = decide(engine, portions, how.options)
        else:
            from zhclean.corpus.deduplication.index import opened

            assert isinstance(engine, DuckDB)
            index = stack.enter_context(opened(engine, how.index))
            indexed = index.decide(portions, how.options)
            decision, summary.out_of_order, summary.again = indexed[:3]
        _write(engine, decision, how, sources, summary)
        if how.index is not None and not how.dry_run:
            index.remember(indexed, how.options)
    return summary


def written(how: Plan, sources: Sequence[Source]) -> list[Path]:
    """Everything that may be written about these sources, but for the index."""
    if how.dry_run:
        return list(table_paths(how, sources).values())
    target = _target(how, sources)
    kept = outputs.tree(target, sources).paths if target.directory else [target.path]
    return [*kept, *table_paths(how, sources).values()]


def check_order(how: Plan, sources: Sequence[Source]) -> None:
    """Refuse an order by a field that is nowhere; as a rule the first rows show that it is somewhere.

    Raises:
        InputError: there are rows, and none has the field.
    """
    missing = set(how.options.order_fields)
    batches = read(sources, how.fields)
    rows = 0
    while missing and (batch := next(batches, None)):
        missing -= {name for name in missing if batch.has(name)}
        rows += len(batch.ids)
    if missing and rows:
        raise InputError(f"no row has a field {min(missing)!r}, which the order asks for")


def check_index(how: Plan) -> None:
    """Refuse an index that this could not go on with.

    Raises:
        InputError: it cannot be opened, is none, or was made with other options.
    """
    if how.index is not None:
        from zhclean.corpus.deduplication.index import check

        check(how.index, how.options)


def listed_texts(path: Path) -> tuple[str, ...]:
    """The texts of a table of boilerplate, as `--dry-run` wrote it or without some of its rows.

    Raises:
        InputError: it cannot be read.
    """
    batches = list(read(find([path]), Fields()))
    for failure in (failure for batch in batches for failure in batch.failures):
        raise InputError(f"{shown(failure.source)}:{failure.line}: {failure.cause}")
    return tuple(text for batch in batches for text in batch.texts.to_pylist())


def _form(sources: Sequence[Source]) -> Form:
    """That of the tables: the inputs' own, if it is one and holds rows."""
    forms = {source.form for source in sources}
    return next(iter(forms)) if len(forms) == 1 and "txt" not in {f.format for f in forms} else Form("jsonl")


def table_paths(how: Plan, sources: Sequence[Source]) -> dict[str, Path]:
    """Where each of the `TABLES` about these sources goes."""
    return {name: how.directory / f"{name}{suffix_of(_form(sources))}" for name in TABLES}


def _target(how: Plan, sources: Sequence[Source]) -> Output:
    """One file for what stays if the inputs have one form, else a directory of files like the inputs."""
    form = _form(sources)
    if all(source.form == form for source in sources):
        return Output(how.directory / f"kept{suffix_of(form)}", form, directory=False)
    return Output(how.directory / "kept", None, directory=True)


@contextmanager
def _engine(how: Plan) -> Iterator[Engine]:
    if how.engine == "spark":
        from zhclean.corpus.deduplication.on_spark import Spark, local_session

        with local_session(how.workers) as session:
            yield Spark(session)
        return
    # On the disk of the output: it is large enough, which that of temporary files may not be.
    scratch = how.directory / ".zhclean-dedup"
    shutil.rmtree(scratch, ignore_errors=True)  # a killed run's
    scratch.mkdir(parents=True)
    try:
        with working(scratch, how.workers, how.memory) as engine:
            yield engine
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _write(
    engine: Engine,
    decision: Decision,
    how: Plan,
    sources: Sequence[Source],
    summary: Summary,
) -> None:
    paths = table_paths(how, sources)
    with ExitStack() as stack:
        tables = {
            name: stack.enter_context(Table(paths[name], schema, wanted=name in ALWAYS))
            for name, schema in TABLES.items()
        }
        tell(engine, decision, tables, summary)
        kept = None
        if not how.dry_run:
            kept = stack.enter_context(outputs.opened(_target(how, sources), sources, how.fields))
        articles = SecondPass(engine, decision, how.options.order, tables, summary)
        for batch, first in placed(of_files(sources, how.fields)):
            result = articles.stays(batch, first)
            if kept:
                kept.write(result)
