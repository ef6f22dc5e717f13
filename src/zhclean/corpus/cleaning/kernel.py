"""The kernel: texts in, edits out. It knows no engine, no file and no other batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from zhclean.corpus.reading.records import Batch, Failure
from zhclean.edits import Edit, Gap, Span, apply
from zhclean.files import cause
from zhclean.pipeline import Stage, explain

EDITS = pa.schema(
    [
        ("row", pa.int32()),  # within the batch, from 0
        ("kind", pa.string()),  # "edit", "gap"; or "failure", "lost": then `reason` tells what
        ("start", pa.int64()),  # characters of the source, as are all offsets
        ("end", pa.int64()),
        ("old", pa.string()),
        ("new", pa.string()),
        ("stage", pa.string()),
        ("reason", pa.string()),
        ("confidence", pa.float64()),
        ("repeats_start", pa.int64()),
        ("repeats_end", pa.int64()),
        ("origin_start", pa.int64()),
        ("origin_end", pa.int64()),
        ("group", pa.int64()),
    ]
)
"""All that is known of a batch once it has been cleaned: the clean texts follow from it."""

_CHANGES = ("row", "start", "end", "new")


Kernel: TypeAlias = "Callable[[Sequence[str | None]], pa.RecordBatch]"
"""`edits_of` with everything but the texts settled; picklable."""


def edits_of(
    texts: Sequence[str | None], stages: Sequence[Stage], min_confidence: float = 0.0
) -> pa.RecordBatch:
    """The edits and gaps of each text; one that cannot be cleaned is a failure, and stops no other."""
    found = [
        entry
        for row, text in enumerate(texts)
        if text is not None
        for entry in _entries(row, text, stages, min_confidence)
    ]
    return pa.RecordBatch.from_pylist(found, schema=EDITS)


def failure(why: str) -> pa.RecordBatch:
    """What `edits_of` a single text is if it cannot be cleaned."""
    return pa.RecordBatch.from_pylist([_failed(0, why)], schema=EDITS)


def shifted(edits: pa.RecordBatch, rows: int) -> pa.RecordBatch:
    """The same edits in a batch with so many more rows before them."""
    moved = pc.add(edits.column("row"), pa.scalar(rows, pa.int32()))
    return edits.set_column(0, EDITS.field("row"), moved)


def _failed(row: int, why: str) -> dict[str, Any]:
    return {"row": row, "kind": "failure", "reason": why}


def _entries(row: int, text: str, stages: Sequence[Stage], min_confidence: float) -> Iterator[dict[str, Any]]:
    try:
        cleaned = explain(text, stages, min_confidence=min_confidence)
    except ImportError:  # of the installation, not of the text: nobody wants it said of every row
        raise
    except Exception as error:
        yield _failed(row, cause(error))
        return
    for edit in cleaned.edits:
        yield {"row": row, "kind": "edit", **_described(edit, text), **_edit_only(edit)}
    for gap in cleaned.gaps:
        yield {"row": row, "kind": "gap", **_described(gap, text)}


def _described(found: Edit | Gap, text: str) -> dict[str, Any]:
    return {
        "start": found.start,
        "end": found.end,
        "old": text[found.start : found.end],
        "stage": found.stage,
        "reason": found.reason,
        "confidence": found.confidence,
    }


def _edit_only(edit: Edit) -> dict[str, Any]:
    return {
        "new": edit.new,
        **_ends("repeats", edit.repeats),
        **_ends("origin", edit.origin),
        "group": edit.group,
    }


def _ends(name: str, span: Span | None) -> dict[str, int]:
    return {f"{name}_start": span.start, f"{name}_end": span.end} if span else {}


def cleaned(batch: Batch, edits: pa.RecordBatch) -> Batch:
    """The batch with clean texts, without the rows that could not be cleaned, which are failures now."""
    kinds = edits.column("kind")
    result = batch.with_texts(clean_texts(batch.texts, edits)) if "edit" in kinds.to_pylist() else batch
    failures = edits.filter(pc.equal(kinds, "failure"))
    if not failures.num_rows:
        return result
    rows = failures.column("row").to_pylist()
    causes = failures.column("reason").to_pylist()
    added = (Failure(*batch.place(row), why) for row, why in zip(rows, causes, strict=True))
    gone = set(rows)
    kept = pa.array([row not in gone for row in range(len(batch.ids))], pa.bool_())
    return replace(result.select(kept), failures=(*batch.failures, *added))


def clean_texts(texts: pa.Array, edits: pa.RecordBatch) -> pa.Array:
    """The texts with their edits carried out."""
    changed = edits.filter(pc.equal(edits.column("kind"), "edit"))
    values = texts.to_pylist()
    columns = (changed.column(name).to_pylist() for name in _CHANGES)
    for row, entries in groupby(zip(*columns, strict=True), itemgetter(0)):
        values[row] = apply(values[row], list(_edits(entries)))
    return pa.array(values, texts.type)


def _edits(entries: Iterable[tuple[int, int, int, str]]) -> Iterator[Edit]:
    return (Edit(start, end, new, "") for _, start, end, new in entries)
