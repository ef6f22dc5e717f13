"""Files to files: a run that can be killed at any moment and goes on where it was."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from zhclean import __version__
from zhclean.corpus.cleaning.kernel import EDITS, cleaned, edits_of
from zhclean.corpus.cleaning.running import done
from zhclean.corpus.cleaning.summary import Summary
from zhclean.corpus.reading.fields import Fields
from zhclean.corpus.reading.readers import read
from zhclean.corpus.reading.records import Batch
from zhclean.corpus.reading.sources import Form, Source, find
from zhclean.corpus.writing import outputs
from zhclean.corpus.writing.locking import locked
from zhclean.corpus.writing.outputs import Output, Table
from zhclean.corpus.writing.resume import Journal
from zhclean.corpus.writing.tree import Tree
from zhclean.corpus.writing.whole_files import unfinished, whole
from zhclean.pipeline import STAGES, Stage

AUDIT = pa.schema(
    [("id", pa.large_string()), ("source", pa.string()), ("line", pa.int64()), *list(EDITS)[1:]]
)
"""The table of edits; its rows are those of `EDITS`, with the text they belong to."""

FAILED = pa.schema([("source", pa.string()), ("line", pa.int64()), ("cause", pa.string())])
"""The table of failed rows, a `Failure` each."""


class Plan(NamedTuple):
    """What to do with the texts, and where to account for it."""

    output: Output
    fields: Fields = Fields()
    stages: Sequence[Stage] = STAGES
    audit: Path | None = None
    failed: Path | None = None
    """None: beside the output, and only if a row fails."""
    min_confidence: float = 0.0
    workers: int = 1
    replace: bool = False

    @property
    def failed_path(self) -> Path:
        """Where failed rows are listed."""
        return self.failed or outputs.beside(self.output, "failed.jsonl")

    @property
    def journal_path(self) -> Path:
        """Where results are kept until all are there."""
        return self.output.path.with_name(f".{self.output.path.name}.zhclean-journal")


def clean_files(
    inputs: Iterable[str | os.PathLike[str]],
    plan: Plan,
    advance: Callable[[int, int], object] = lambda done, total: None,
    tell: Callable[[str], object] = lambda message: None,
) -> Summary:
    """Clean all texts of files. Killed at any moment, the same call goes on where it was.

    `advance` is called with the bytes of the inputs, as stored, that are done, and with all; `tell` with
    what a user should know.

    Raises:
        InputError: the inputs cannot be read at all, or do not go together with the output.
        FileExistsError: something would be replaced, and `plan.replace` is not set.
        OSError: the output cannot be written, or another run is writing it. What is done is kept, for
            another try.
    """
    sources = find(inputs)
    with locked(plan.output.path):
        journal = _journal(sources, plan, tell)
        try:
            summary = _clean(sources, plan, journal, advance)
        except BaseException:
            journal.close()
            raise
        journal.discard()
    return summary


def _clean(
    sources: Sequence[Source], plan: Plan, journal: Journal, advance: Callable[[int, int], object]
) -> Summary:
    summary, meter = Summary(), _Meter(sources)
    with ExitStack() as stack:
        target = stack.enter_context(outputs.opened(plan.output, sources, plan.fields))
        failed = stack.enter_context(Table(plan.failed_path, FAILED, wanted=plan.failed is not None))
        audit = stack.enter_context(Table(plan.audit, AUDIT, wanted=True)) if plan.audit else None
        kernel = partial(edits_of, stages=plan.stages, min_confidence=plan.min_confidence)
        work = done(read(sources, plan.fields), kernel, plan.workers, journal)
        stack.callback(work.close)
        for batch, edits in work:
            result = cleaned(batch, edits)
            target.write(result)
            failed.write(pa.RecordBatch.from_pylist([f._asdict() for f in result.failures], FAILED))
            if audit:
                audit.write(_audited(batch, edits))
            summary.add(batch, edits, result)
            advance(meter.at(batch), meter.total)
        if plan.audit:
            _write_record(plan, plan.audit)
        if isinstance(target, Tree):
            summary.absent = target.absent
    return summary


def _journal(sources: Sequence[Source], plan: Plan, tell: Callable[[str], object]) -> Journal:
    """The journal of this run; an output that exists is only replaced by a run that began to write it."""
    journal = Journal(plan.journal_path)
    work, places = json.loads(json.dumps([identity(sources, plan), _places(plan)]))
    before = json.loads(journal.key) if journal.key else {}
    same = before.get("work") == work
    try:
        begun = _paths(sources, _placed(plan, before["places"])) if same else []
        own = {path.absolute() for path in begun}
        paths = _paths(sources, plan)
        outputs.refuse(paths, sources, replace=plan.replace, own=own)
    except BaseException:
        journal.close()
        raise
    for path in own.difference(path.absolute() for path in paths):
        unfinished(path).unlink(missing_ok=True)
    key = json.dumps({"work": work, "places": places}).encode()
    if same:
        tell("going on where an earlier run was ended")
        if journal.key != key:
            journal.rename(key)
        return journal
    if journal.key:
        tell("an earlier run had other inputs, options or another version: starting anew")
    journal.begin(key)
    return journal


def _places(plan: Plan) -> dict[str, Any]:
    """What can differ between runs that do the same: where else they write, and in what form."""
    audit = None if plan.audit is None else os.fspath(plan.audit.absolute())
    return {"form": plan.output.form, "audit": audit, "failed": os.fspath(plan.failed_path.absolute())}


def _placed(plan: Plan, places: dict[str, Any]) -> Plan:
    """The plan of a run that wrote there."""
    form = None if places["form"] is None else Form(*places["form"])
    audit = None if places["audit"] is None else Path(places["audit"])
    return plan._replace(output=plan.output._replace(form=form), audit=audit, failed=Path(places["failed"]))


def _paths(sources: Sequence[Source], plan: Plan) -> list[Path]:
    """Everything the run may write."""
    own = outputs.tree(plan.output, sources).paths if plan.output.directory else [plan.output.path]
    return [*own, *filter(None, (plan.failed_path, plan.audit))]


def identity(sources: Sequence[Source], plan: Plan) -> dict[str, Any]:
    """What the results depend on: the files as they are now, options, and the version."""
    states = [(source.path, Path(source.path).stat()) for source in sources]
    return {
        **described(plan),
        "inputs": [(path, state.st_size, state.st_mtime_ns) for path, state in states],
    }


def described(plan: Plan) -> dict[str, Any]:
    """What was done, for whoever reads the results later."""
    return {
        "zhclean": __version__,
        "text_field": plan.fields.text,
        "id_field": plan.fields.id,
        "min_confidence": plan.min_confidence,
        "stages": [{"name": stage.name, "options": _options(stage)} for stage in plan.stages],
    }


def _options(stage: Stage) -> dict[str, Any]:
    if not is_dataclass(stage):
        return {}
    values = {option.name: getattr(stage, option.name) for option in dataclass_fields(stage)}
    return {n: v if isinstance(v, (str, int, float, bool)) else repr(v) for n, v in values.items()}


def _write_record(plan: Plan, audit: Path) -> None:
    record = json.dumps(described(plan), ensure_ascii=False, indent=2)
    with whole(outputs.beside(Output(audit, None, directory=False), "run.json")) as file:
        file.write(record.encode() + b"\n")


def _audited(batch: Batch, edits: pa.RecordBatch) -> pa.RecordBatch:
    losses = [_loss(row, count) for row, count in batch.lost]
    edits = pa.concat_batches([pa.RecordBatch.from_pylist(losses, EDITS), edits])
    rows = edits.column("row")
    places = [batch.place(row) for row in rows.to_pylist()]
    columns = [batch.ids.take(rows), [source for source, _ in places], [line for _, line in places]]
    return pa.record_batch([*columns, *edits.columns[1:]], schema=AUDIT)


def _loss(row: int, count: int) -> dict[str, Any]:
    return {"row": row, "kind": "lost", "reason": f"undecodable bytes became U+FFFD, {count} times"}


class _Meter:
    """How far reading has got, in bytes of the inputs as they are stored."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.total = 0
        self._before: dict[str, int] = {}
        for source in sources:
            self._before[source.name] = self.total
            self.total += Path(source.path).stat().st_size

    def at(self, batch: Batch) -> int:
        return self._before.get(batch.source, 0) + batch.position
