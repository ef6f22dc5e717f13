"""What a cleaning run did, in numbers and examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from zhclean.corpus.reading.records import Batch, Failure

MOST_CAUSES = 10
"""Causes of failures that are told apart, as there may be as many as rows."""

MOST_SAMPLES = 5
"""Edits of each kind that are kept as examples."""

CONTEXT = 24
"""Characters shown on either side of an example."""


class Sample(NamedTuple):
    """An edit, with the text around it."""

    id: str
    before: str
    old: str
    new: str
    after: str
    reason: str


@dataclass
class Summary:
    """Counts of a run. Sizes are bytes of the texts in UTF-8."""

    rows: int = 0
    """Rows written; those that came in are these and the failed ones."""
    failed: int = 0
    changed: int = 0
    gaps: int = 0
    lossy: int = 0
    """Rows with undecodable bytes, which are U+FFFD now; the table of edits tells which."""
    bytes_before: int = 0
    bytes_after: int = 0
    edits: Counter[str] = field(default_factory=Counter)
    """By the stage, or stages, that made them."""
    growth: Counter[str] = field(default_factory=Counter)
    """Bytes that the texts grew by each of these, mostly below 0."""
    samples: dict[str, list[Sample]] = field(default_factory=dict)
    """Some edits of each of these, the first ones, each from another text."""
    causes: dict[str, tuple[int, Failure]] = field(default_factory=dict)
    """How often rows failed for a cause, and the first of them; of the first causes met."""
    absent: list[Path] = field(default_factory=list)
    """Files of an output directory that were not written, for nothing of their inputs could be read."""

    def add(self, batch: Batch, edits: pa.RecordBatch, result: Batch) -> None:
        """Count a batch: before, what was done, and after."""
        kinds = edits.column("kind")
        made = edits.filter(pc.equal(kinds, "edit"))
        self.rows += len(result.ids)
        self.changed += len(made.column("row").unique())
        self.gaps += pc.sum(pc.equal(kinds, "gap")).as_py() or 0
        self.lossy += len(batch.lost)
        self.bytes_before += size(batch.texts)
        self.bytes_after += size(result.texts)
        self._add_edits(batch, made)
        for failure in result.failures:
            self._add_failure(failure)

    def _add_edits(self, batch: Batch, made: pa.RecordBatch) -> None:
        stages = made.column("stage").to_pylist()
        self.edits.update(stages)
        lengths = (pc.binary_length(made.column(name)).to_pylist() for name in ("old", "new"))
        for stage, old, new in zip(stages, *lengths, strict=True):
            self.growth[stage] += new - old
        for index in _first_of_each_text(made):
            found = self.samples.setdefault(stages[index], [])
            if len(found) < MOST_SAMPLES:
                found.append(_sample(batch, made.slice(index, 1).to_pylist()[0]))

    def _add_failure(self, failure: Failure) -> None:
        self.failed += 1
        if failure.cause in self.causes or len(self.causes) < MOST_CAUSES:
            count, first = self.causes.get(failure.cause, (0, failure))
            self.causes[failure.cause] = (count + 1, first)


def size(texts: pa.Array) -> int:
    """Bytes of the texts in UTF-8."""
    return pc.sum(pc.binary_length(texts)).as_py() or 0


def amount(size: float) -> str:
    """Bytes, as people read them.

    >>> amount(999), amount(-2081), amount(3_064_000)
    ('999 B', '-2.1 KB', '3.1 MB')
    """
    if abs(size) < 1000:
        return f"{size:.0f} B"
    for unit in ("KB", "MB"):
        size /= 1000
        if abs(size) < 999.95:
            return f"{size:.1f} {unit}"
    return f"{size / 1000:,.1f} GB"


def _first_of_each_text(made: pa.RecordBatch) -> Iterator[int]:
    """Where, in each text, each stage's first edit is."""
    seen: set[tuple[int, str]] = set()
    rows, stages = made.column("row").to_pylist(), made.column("stage").to_pylist()
    for index, key in enumerate(zip(rows, stages, strict=True)):
        if key not in seen:
            seen.add(key)
            yield index


def _sample(batch: Batch, edit: dict[str, Any]) -> Sample:
    text = batch.texts[edit["row"]].as_py()
    start, end = edit["start"], edit["end"]
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    old, new = (_shortened(edit[name]) for name in ("old", "new"))
    return Sample(batch.ids[edit["row"]].as_py(), before, old, new, after, edit["reason"])


def _shortened(text: str) -> str:
    return text if len(text) <= 10 * CONTEXT else f"{text[: 5 * CONTEXT]} … {text[-5 * CONTEXT :]}"
