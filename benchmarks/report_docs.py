"""Writes docs/benchmarks.md, and its picture, from what the benchmarks measured.

    python -m benchmarks.quality --json quality.json
    python -m benchmarks.speed --json speed.json
    python -m benchmarks.comparison --json comparison.json
    python -m benchmarks.explain --json explain.json
    python -m benchmarks.presets --json presets.json
    python -m benchmarks.missing --json missing.json
    python -m benchmarks.report_docs *.json

A file is named after its benchmark. What is not given stays as it was: all figures are kept in
docs/benchmarks.json. Without any file the page is only written anew.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks import speed_chart  # noqa: E402
from benchmarks.comparison import AS_IT_CAME, ZHCLEAN  # noqa: E402
from zhclean import Unwrap  # noqa: E402

DOCS = ROOT / "docs"
FIGURES, PAGE, PICTURE = DOCS / "benchmarks.json", DOCS / "benchmarks.md", DOCS / "benchmarks.svg"

BENCHMARKS = ("quality", "speed", "comparison", "explain", "presets", "missing")

BETTER = 0.95
"""Times zhclean's errors, from which down a peer is said to be better: less is chance."""


def page(figures: Mapping[str, Any]) -> str:
    """The page, from the figures of each benchmark by its name."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = FileSystemLoader(Path(__file__).parent / "templates")
    # Not escaped: this is Markdown, and all of it is ours.
    environment = Environment(
        loader=folder,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["rate"] = rate
    return environment.get_template("benchmarks.md.j2").render(
        **figures,
        better=list(better(figures["comparison"])),
        faster=faster(figures["speed"]),
        speeds=list(speeds(figures["speed"])),
        texts=list(dict.fromkeys(result["text"] for result in figures["speed"]["results"])),
        pivot=pivot(figures["quality"]),
        thresholds=thresholds(figures["missing"]),
        default_threshold=Unwrap().threshold,
        corpora=list(dict.fromkeys(name.split("/")[0] for name in figures["quality"])),
        as_it_came=AS_IT_CAME,
        zhclean_name=ZHCLEAN,
    )


def rate(value: float | None) -> str:
    """Three digits of a number.

    >>> rate(0.1234), rate(12.0), rate(1234.5), rate(None)
    ('0.123', '12', '1,234', '–')
    """
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def better(comparison: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Where a peer leaves clearly fewer errors than zhclean."""
    for row in comparison["rows"]:
        errors = row["errors"]
        for name, value in errors.items():
            if name not in (ZHCLEAN, AS_IT_CAME) and value < BETTER * errors[ZHCLEAN]:
                yield {**row, "peer": name, "value": value, "ours": errors[ZHCLEAN]}


def faster(speed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The peers that are faster on clean news than all of zhclean's stages together."""
    clean = [r for r in speed["results"] if r["text"] == speed_chart.TEXT and r["form"] == "documents"]
    (ours,) = (result["rate"] for result in clean if result["subject"] == "clean")
    return [r for r in clean if r["kind"] == "peer" and r["rate"] > ours]


def speeds(speed: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """For each subject its rates on each text, document by document."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for result in speed["results"]:
        if result["form"] == "documents":
            rows.setdefault((result["kind"], result["subject"]), {})[result["text"]] = result
    for (kind, subject), by_text in rows.items():
        yield {"kind": kind, "subject": subject, "by_text": by_text}


def pivot(quality: Mapping[str, Mapping[str, float | None]]) -> dict[str, dict[str, str]]:
    """The figures in words, by damage and corpus."""
    table: dict[str, dict[str, str]] = {}
    for name, figures in quality.items():
        corpus, _, row = name.partition("/")
        told = (f"{key} {value:g}" for key, value in figures.items() if value is not None)
        table.setdefault(row, {})[corpus] = ", ".join(told)
    return table


def thresholds(points: Sequence[Mapping[str, Any]]) -> dict[float, dict[str, Mapping[str, Any]]]:
    """The points of the trade-off by threshold and corpus."""
    table: dict[float, dict[str, Mapping[str, Any]]] = {}
    for point in points:
        table.setdefault(point["threshold"], {})[point["corpus"]] = point
    return table


def main(argv: Sequence[str] | None = None) -> None:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "python -m benchmarks.report_docs", description=__doc__, formatter_class=form
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="quality.json, speed.json, …")
    args = parser.parse_args(argv)
    if unknown := [str(path) for path in args.files if path.stem not in BENCHMARKS]:
        parser.error(f"not named after a benchmark: {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    figures = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    figures |= {path.stem: json.loads(path.read_text("utf-8")) for path in args.files}
    if missing := [name for name in BENCHMARKS if name not in figures]:
        parser.error(f"never measured: {', '.join(missing)}")
    text, picture = page(figures), speed_chart.drawn(figures["speed"])  # before anything is replaced
    FIGURES.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    PAGE.write_text(text, "utf-8")
    PICTURE.write_text(picture, "utf-8")


if __name__ == "__main__":
    main()
