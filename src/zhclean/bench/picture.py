"""The figures of a corpus as a picture: SVG, drawn by a template, for light and dark pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from zhclean.bench.table import amount, number, percent
from zhclean.bench.words import stage_title, words

WIDTH, LEFT, RIGHT = 760, 250, 150
"""Of the picture, and of what stands beside the bars, in pixels."""

ROW, TOP, FOOT = 26, 72, 16
"""Heights: of a row, of the title, of the margin below."""

_LEAST = 0.5  # pixels of a bar that stands for something


def drawn(found: Mapping[str, Any], language: str) -> bytes:
    """The picture, in UTF-8."""
    own = words(language)
    environment = Environment(
        loader=PackageLoader("zhclean.bench"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    stages = list(_stages(found, language))
    damage_at = TOP + ROW * len(stages) + 40
    columns = list(_columns(found, damage_at))
    page = environment.get_template("picture.svg.j2").render(
        width=WIDTH,
        height=damage_at + ROW * len(columns) + FOOT,
        left=LEFT,
        language=language,
        own=own,
        note=own["picture_note"].format(
            size=amount(found["corpus"]["bytes"]), rate=number(found["mb_per_second"])
        ),
        stages=stages,
        columns=columns,
        damage_at=damage_at,
    )
    return page.encode()


def _length(share: float) -> float:
    return round(max(_LEAST if share else 0, share * (WIDTH - LEFT - RIGHT)), 1)


def _stages(found: Mapping[str, Any], language: str) -> Iterator[dict[str, Any]]:
    for row, stage in enumerate(found["stages"]):
        yield {
            "title": f"{stage['name']} · {stage_title(language, stage['name'])}",
            "y": TOP + ROW * row,
            "length": _length(stage["share"]),
            "share": percent(stage["share"]),
            "edits": f"{stage['edits']:,}",
        }


def _columns(found: Mapping[str, Any], top: int) -> Iterator[dict[str, Any]]:
    """The histogram of damage, a row for each column of it."""
    bins = found["damage"]["histogram"]
    total = sum(each["texts"] for each in bins) or 1
    ends = [each["from"] for each in bins[1:]] + [1]
    for row, (each, end) in enumerate(zip(bins, ends, strict=True)):
        yield {
            "title": f"{each['from']:g} – {end:g}",
            "y": top + ROW * row,
            "length": _length(each["texts"] / total),
            "texts": f"{each['texts']:,}",
        }
