"""The picture of benchmarks/speed.py: each subject a point on a logarithmic axis, with the range of the rounds.

Points and not bars: a logarithmic axis has no zero for a bar to begin at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from math import floor, log10
from pathlib import Path
from typing import Any

WIDTH, LEFT, RIGHT = 760, 190, 60
"""Of the picture, and of what stands beside the axis, in pixels."""

ROW, HEAD, TOP, FOOT = 22, 34, 56, 44
"""Heights: of a row, of a group's heading, of the title, of the axis."""

TEXT = "clean news"
TITLES = {"limit": "Limits", "zhclean": "zhclean", "peer": "Others, each doing less or something else"}


def drawn(figures: Mapping[str, Any]) -> str:
    """The picture, as SVG."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    folder = FileSystemLoader(Path(__file__).parent / "templates")
    environment = Environment(
        loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    groups = list(_groups(figures["results"]))
    rates = [row["least"] for _, rows in groups for row in rows]
    rates += [row["greatest"] for _, rows in groups for row in rows]
    low, high = floor(log10(min(rates))), floor(log10(max(rates))) + 1
    x = partial(_x, low, high)
    placed, y = [], TOP
    for title, rows in groups:
        placed.append({"title": title, "y": y + HEAD - 12, "rows": list(_placed(rows, x, y + HEAD))})
        y += HEAD + ROW * len(rows)
    axis = {"ticks": [{"x": x(10.0**n), "label": f"{10.0**n:g}"} for n in range(low, high + 1)], "bottom": y}
    return environment.get_template("speed.svg.j2").render(
        width=WIDTH, height=y + FOOT, left=LEFT, groups=placed, axis=axis, top=TOP
    )


def _x(low: int, high: int, rate: float) -> float:
    return round(LEFT + (log10(rate) - low) / (high - low) * (WIDTH - LEFT - RIGHT), 1)


def _groups(results: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """By kind, on clean news; then what all of it does on each kind of text."""
    one_by_one = [r for r in results if r["form"] == "documents"]
    for kind, title in TITLES.items():
        rows = [r for r in one_by_one if r["kind"] == kind and r["text"] == TEXT]
        if rows:
            yield f"{title} · {TEXT}", sorted(rows, key=lambda r: -r["rate"])
    rows = [{**r, "subject": r["text"]} for r in one_by_one if r["subject"] == "clean"]
    yield "zhclean, all stages · each kind of text", rows


def _placed(rows: Sequence[Mapping[str, Any]], x: Any, y: int) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(rows):
        yield {
            "name": row["subject"],
            "kind": row["kind"],
            "y": y + ROW * number,
            "x": x(row["rate"]),
            "least": x(row["least"]),
            "greatest": x(row["greatest"]),
            "rate": f"{row['rate']:.3g}",
        }
