"""The figures of a whole run, as the summary page shows them: plain values that JSON can hold."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from zhclean.corpus.cleaning.summary import Summary, amount
from zhclean.corpus.deduplication.summary import Summary as Dedup
from zhclean.corpus.reading.fields import Fields
from zhclean.corpus.reading.readers import read
from zhclean.corpus.reading.sources import find
from zhclean.report.messages import translation

LARGEST = 10
"""Clusters and sentences listed."""

BIN = 5
"""Hundredths in a column of the histogram."""

_BEGINNING = 60  # characters of an article that tell which one it is


def cleaning_figures(summary: Summary) -> dict[str, Any]:
    """What cleaning did."""
    told = sum(count for count, _ in summary.causes.values())
    return {
        "clean": summary.rows,
        "cleaning_failed": summary.failed,
        "changed": summary.changed,
        "gaps": summary.gaps,
        "lossy": summary.lossy,
        "bytes_before": summary.bytes_before,
        "bytes_after": summary.bytes_after,
        "stages": [_stage(name, summary) for name, _ in summary.edits.most_common()],
        "causes": [
            {"cause": cause, "count": count, "place": f"{first.source}:{first.line}"}
            for cause, (count, first) in summary.causes.items()
        ],
        "other_causes": summary.failed - told,
    }


def _stage(name: str, summary: Summary) -> dict[str, Any]:
    samples = [
        {**sample._asdict(), "translation": translation(sample.reason) or ""}
        for sample in summary.samples[name]
    ]
    growth = summary.growth[name]
    sign = "+" if growth > 0 else ""
    return {"name": name, "edits": summary.edits[name], "size": sign + amount(growth), "samples": samples}


def dedup_figures(
    clean: Sequence[Path],
    tables: Mapping[str, Path],
    fields: Fields,
    counts: Dedup,
    cleaning: dict[str, Any],
) -> dict[str, Any]:
    """What removing copies from the clean files did, from its counts and tables."""
    removed = sum(counts.removed.values())
    return {
        "rows": cleaning["clean"] + cleaning["cleaning_failed"],
        "kept": counts.kept,
        "removed": removed,
        "failed": cleaning["cleaning_failed"] + counts.failed,
        "reasons": dict(sorted(counts.removed.items())),
        "steps": _steps(counts, cleaning),
        "similarities": _histogram(tables["removed"]),
        "clusters": _largest_clusters(tables["clusters"], clean, fields),
        "boilerplate": _most_frequent(tables["boilerplate"]),
    }


def _steps(counts: Dedup, cleaning: dict[str, Any]) -> list[dict[str, Any]]:
    """Rows and sizes, from step to step."""
    whole = cleaning["bytes_before"]
    sizes = (
        ("source", cleaning["clean"] + cleaning["cleaning_failed"], whole),
        ("clean", cleaning["clean"], cleaning["bytes_after"]),
        ("dedup", counts.kept, counts.bytes_stripped),
        ("boilerplate", counts.kept, counts.bytes_kept),
    )
    return [
        {"name": name, "rows": rows, "size": amount(size), "share": size / max(1, whole)}
        for name, rows, size in sizes
    ]


def _rows(table: Path, text: str, *others: str) -> Iterator[tuple[Any, ...]]:
    """The rows of one of the tables; nothing if there is no such table."""
    for batch in read(find([table]) if table.exists() else [], Fields(text)):
        if len(batch.ids):
            columns = [batch.texts, *(batch.field(other) for other in others)]
            yield from zip(*(column.to_pylist() for column in columns), strict=True)


def _histogram(table: Path) -> list[dict[str, Any]]:
    """How many copies there are of each similarity; exact ones have a bin of their own."""
    bins: Counter[int] = Counter()
    for _, similarity in _rows(table, "kept_id", "similarity"):
        hundredths = int(float(similarity) * 100 + 1e-9)
        bins[min(100, hundredths) // BIN * BIN] += 1
    if not bins:
        return []
    most = max(bins.values())
    return [
        {"name": _bin_name(start), "count": bins[start], "share": bins[start] / most}
        for start in range(min(bins), 101, BIN)
    ]


def _bin_name(start: int) -> str:
    return "1.00" if start == 100 else f"{start / 100:.2f} – {(start + BIN) / 100 - 0.01:.2f}"


def _largest_clusters(table: Path, clean: Sequence[Path], fields: Fields) -> list[dict[str, Any]]:
    """A cluster's rows stand together, so that none need be remembered but the largest."""
    members = groupby(_rows(table, "cluster", "kept"), key=lambda row: row[0])
    sizes = ((sum(1 for _ in rows) - 1, name) for name, rows in members)
    largest = heapq.nlargest(LARGEST, sizes)
    beginnings = _beginnings(clean, fields, {name for _, name in largest})
    return [{"id": name, "copies": n, "beginning": beginnings.get(name, "")} for n, name in largest]


def _beginnings(clean: Sequence[Path], fields: Fields, wanted: set[str]) -> dict[str, str]:
    """How the articles with these ids begin; they are those of the clean texts."""
    found: dict[str, str] = {}
    for batch in read(find(clean), fields):
        here = pc.is_in(batch.ids, pa.array(sorted(wanted), batch.ids.type))
        beginnings = pc.utf8_slice_codeunits(batch.texts.filter(here), 0, _BEGINNING)
        found.update(zip(batch.ids.filter(here).to_pylist(), beginnings.to_pylist(), strict=True))
    return found


def _most_frequent(table: Path) -> list[dict[str, Any]]:
    rows = _rows(table, "text", "stories", "documents")
    largest = heapq.nlargest(LARGEST, ((int(stories), int(n), text) for text, stories, n in rows))
    return [{"text": text, "stories": stories, "documents": n} for stories, n, text in largest]
