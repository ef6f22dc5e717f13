"""docs/benchmarks.md is what its generator makes of the figures that were kept, and says where others are better."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from benchmarks import report_docs, speed_chart
from benchmarks.comparison import DAMAGES


@pytest.fixture
def figures() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(report_docs.FIGURES.read_text("utf-8"))
    return found


def test_the_page_is_what_the_generator_makes(figures: dict[str, Any]) -> None:
    assert report_docs.PAGE.read_text("utf-8") == report_docs.page(figures), (
        "run: python -m benchmarks.report_docs"
    )


def test_the_picture_is_what_the_generator_draws(figures: dict[str, Any]) -> None:
    assert report_docs.PICTURE.read_text("utf-8") == speed_chart.drawn(figures["speed"])
    assert ElementTree.parse(report_docs.PICTURE).getroot().tag.endswith("svg")


def test_every_benchmark_and_damage_is_there(figures: dict[str, Any]) -> None:
    assert figures.keys() == set(report_docs.BENCHMARKS)
    assert {row["damage"] for row in figures["comparison"]["rows"]} == set(DAMAGES)


def test_tables_are_whole(figures: dict[str, Any]) -> None:
    lines = report_docs.page(figures).split("\n")
    for above, line in pairwise(lines):
        if above.startswith("|") and line.startswith("|"):
            assert above.count("|") == line.count("|"), line
    assert "\n\n\n" not in "\n".join(lines)


def test_where_a_peer_is_better_the_page_says_so(figures: dict[str, Any]) -> None:
    rows = figures["comparison"]["rows"]
    errors = dict.fromkeys(rows[0]["errors"], 4.9) | {"as it came": 9.0, "zhclean": 5.0, "ftfy": 2.0}
    rows.append({"damage": "spilt coffee", "corpus": "pd1998", "documents": 1, "errors": errors})
    said = [line for line in report_docs.page(figures).split("\n") if line.startswith("- spilt coffee")]
    assert said == ["- spilt coffee, pd1998: **ftfy** leaves 2, zhclean 5."]


def test_where_a_peer_is_faster_the_page_says_so(figures: dict[str, Any]) -> None:
    results = figures["speed"]["results"]
    results.append({**results[0], "subject": "a hare", "kind": "peer", "rate": 1e6, "text": speed_chart.TEXT})
    assert "**a hare** (1,000,000 MB/s)" in report_docs.page(figures)


def test_figures_not_given_stay(
    figures: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FIGURES", "PAGE", "PICTURE"):
        monkeypatch.setattr(report_docs, name, tmp_path / name)
    report_docs.FIGURES.write_text(json.dumps(figures), "utf-8")
    (tmp_path / "quality.json").write_text('{"pd1998/wrap-indent": {"joins": 12.5}}', "utf-8")
    report_docs.main([str(tmp_path / "quality.json")])
    kept = json.loads(report_docs.FIGURES.read_text("utf-8"))
    assert kept["speed"] == figures["speed"]
    assert "| wrap-indent | joins 12.5 |" in report_docs.PAGE.read_text("utf-8")
