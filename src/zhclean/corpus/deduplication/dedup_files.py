"""Deduplication from files to files."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from zhclean.console import shown
from zhclean.corpus.cleaning.clean_files import FAILED
from zhclean.corpus.cleaning.summary import size
from zhclean.corpus.deduplication import plan
from zhclean.corpus.deduplication.boilerplate import STRIPPED, stripped_from
from zhclean.corpus.deduplication.decision import Decision, Options, decide
from zhclean.corpus.deduplication.likeness import Earliest
from zhclean.corpus.deduplication.on_duckdb import DuckDB, working
from zhclean.corpus.deduplication.plan import Engine, Relation
from zhclean.corpus.deduplication.portions import of_files, placed
from zhclean.corpus.deduplication.sentences import without
from zhclean.corpus.reading.fields import Fields
from zhclean.corpus.reading.readers import read
from zhclean.corpus.reading.records import Batch
from zhclean.corpus.reading.sources import Form, InputError, Source, find
from zhclean.corpus.writing import outputs
from zhclean.corpus.writing.locking import locked
from zhclean.corpus.writing.outputs import Output, Table
from zhclean.corpus.writing.writers import suffix_of

TABLES = {
    "removed": pa.schema(
        [("id", pa.string()), ("kept_id", pa.string()), ("similarity", pa.float64()), ("reason", pa.string())]
    ),
    "clusters": pa.schema(
        [("cluster", pa.string()), ("id", pa.string()), ("kept", pa.bool_()), ("similarity", pa.float64())]
    ),
    "marked": pa.schema([("id", pa.string()), ("mark", pa.string())]),
    "equal-ids": pa.schema(
        [("id", pa.string()), ("source", pa.string()), ("line", pa.int64()), ("kept", pa.bool_())]
    ),
    "boilerplate": pa.schema([("text", pa.string()), ("stories", pa.int64()), ("documents", pa.int64())]),
    "stripped": STRIPPED,
    "failed": FAILED,
}
"""What is written beside the articles that stay; the last five only if there is anything to write."""

ALWAYS = ("removed", "clusters")

TOLD = {"removed": plan.REMOVED_TABLE, "clusters": plan.CLUSTERS_TABLE, "marked": plan.MARKED_TABLE}
"""Tables that are a SELECT from what was decided."""


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


@dataclass
class Summary:
    """Counts of a run: rows = kept + removed + failed."""

    kept: int = 0
    removed: Counter[str] = field(default_factory=Counter)
    """By reason."""
    failed: int = 0
    marked: Counter[str] = field(default_factory=Counter)
    """Articles that stay because there is nothing to compare, by mark."""
    boilerplate: int = 0
    """Sentences in the list."""
    equal_ids: int = 0
    """Rows that share their id with another."""
    undated: int = 0
    """Rows without a date that can be read, where the order asks for one."""
    lossy: int = 0
    """Rows with undecodable bytes, which are U+FFFD now."""
    crowded: int = 0
    """Buckets with more texts than were all compared with each other."""
    out_of_order: int = 0
    """New texts that come before a remembered one which they match."""
    bytes_stripped: int = 0
    """Of the articles that stay, in UTF-8, before boilerplate is removed."""
    bytes_kept: int = 0
    """Of the articles that stay, as they are written."""

    @property
    def rows(self) -> int:
        """All rows that came in."""
        return self.kept + self.removed.total() + self.failed


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
            decision, summary.out_of_order = index.decide(portions, how.options)
        _write(engine, decision, how, sources, summary)
        if how.index is not None and not how.dry_run:
            index.remember(decision, how.options)
    return summary


def written(how: Plan, sources: Sequence[Source]) -> list[Path]:
    """Everything that may be written about these sources, but for the index."""
    if how.dry_run:
        return list(_tables(how, sources).values())
    target = _target(how, sources)
    kept = outputs.tree(target, sources).paths if target.directory else [target.path]
    return [*kept, *_tables(how, sources).values()]


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


def _tables(how: Plan, sources: Sequence[Source]) -> dict[str, Path]:
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


class Places:
    """Some rows, by their places."""

    def __init__(self, engine: Engine, sql: str, **relations: Relation) -> None:
        """Take the column `place` of a SELECT."""
        found = [batch["place"].to_numpy(zero_copy_only=False) for batch in engine.batches(sql, **relations)]
        self._places: npt.NDArray[np.int64] = np.sort(np.concatenate([*found, np.array([], np.int64)]))

    def among(self, first: int, count: int) -> npt.NDArray[np.bool_]:
        """For each of `count` rows whether it is one of them."""
        start, end = np.searchsorted(self._places, (first, first + count))
        result = np.zeros(count, np.bool_)
        result[self._places[start:end] - first] = True
        return result


def _write(
    engine: Engine,
    decision: Decision,
    how: Plan,
    sources: Sequence[Source],
    summary: Summary,
) -> None:
    removed = decision.found.removed
    summary.crowded = decision.found.crowded
    for batch in engine.batches("SELECT reason, COUNT(*) AS n FROM {r} GROUP BY reason", r=removed):
        summary.removed.update({row["reason"]: row["n"] for row in batch.to_pylist()})
    paths = _tables(how, sources)
    with ExitStack() as stack:
        tables = {
            name: stack.enter_context(Table(paths[name], schema, wanted=name in ALWAYS))
            for name, schema in TABLES.items()
        }
        for name, sql in TOLD.items():
            for batch in engine.batches(sql, **decision.found.told):
                tables[name].write(batch.cast(TABLES[name]))
                if name == "marked":
                    summary.marked.update(batch["mark"].to_pylist())
        if decision.boilerplate is not None:
            summary.boilerplate = decision.boilerplate.num_rows
            for batch in decision.boilerplate.to_batches():
                tables["boilerplate"].write(batch)
        kept = None
        if not how.dry_run:
            kept = stack.enter_context(outputs.opened(_target(how, sources), sources, how.fields))
        writer = _Writer(engine, decision, how, tables, summary)
        for batch, first in placed(of_files(sources, how.fields)):
            result = writer.stays(batch, first)
            if kept:
                kept.write(result)


class _Writer:
    """Goes through the articles a second time."""

    def __init__(
        self, engine: Engine, decision: Decision, how: Plan, tables: dict[str, Table], summary: Summary
    ) -> None:
        documents = decision.found.documents
        self._gone = Places(engine, "SELECT place FROM {r}", r=decision.found.removed)
        self._blank = Places(engine, "SELECT place FROM {d} WHERE size <= 0 AND age = 1", d=documents)
        rows = engine.batches(plan.EQUAL_IDS, documents=documents)
        self._equal = {id for batch in rows for id in batch["id"].to_pylist()}
        self._boilerplate = decision.boilerplate_keys
        self._order = how.options.order
        self._tables = tables
        self._summary = summary

    def stays(self, batch: Batch, first: int) -> Batch:
        """What stays of a batch; everything else is accounted for."""
        gone = self._gone.among(first, len(batch.ids))
        blank = self._blank.among(first, len(batch.ids))
        self._account(batch, gone)
        result = batch.select(pa.array(~gone))
        self._summary.kept += len(result.ids)
        self._summary.bytes_stripped += size(result.texts)
        if self._boilerplate and len(result.ids):
            result = self._strip(result, blank[~gone])
        self._summary.bytes_kept += size(result.texts)
        return result

    def _strip(self, result: Batch, blank: npt.NDArray[np.bool_]) -> Batch:
        before = result.texts.to_pylist()
        stripped = without(before, self._boilerplate)
        self._tables["stripped"].write(
            stripped_from(result.ids.to_pylist(), before, blank.tolist(), self._boilerplate)
        )
        # An article that is nothing but boilerplate stays as it is, marked.
        texts = [b if empty else s for b, s, empty in zip(before, stripped, blank, strict=True)]
        return result.with_texts(pa.array(texts, result.texts.type)) if texts != before else result

    def _account(self, batch: Batch, gone: npt.NDArray[np.bool_]) -> None:
        self._summary.failed += len(batch.failures)
        self._summary.lossy += len(batch.lost)
        failures = [failure._asdict() for failure in batch.failures]
        self._tables["failed"].write(pa.RecordBatch.from_pylist(failures, FAILED))
        for criterion in self._order:
            if isinstance(criterion, Earliest):
                dates = batch.field(criterion.field).cast(pa.string()).to_pylist()
                self._summary.undated += sum(criterion.rank(date, 0) is None for date in dates)
        ids = batch.ids.to_pylist()
        equal = [row for row, id in enumerate(ids) if id in self._equal]
        self._summary.equal_ids += len(equal)
        places = (batch.place(row) for row in equal)
        rows = [
            {"id": ids[row], "source": source, "line": line, "kept": not gone[row]}
            for row, (source, line) in zip(equal, places, strict=True)
        ]
        self._tables["equal-ids"].write(pa.RecordBatch.from_pylist(rows, TABLES["equal-ids"]))
