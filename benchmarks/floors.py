"""Floors of the benchmark: pinned, raised when the figures are better, never lowered."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.scoring import Score

FLOORS = Path(__file__).with_name("floors.json")
SLACK = {"joins": 0.15, "ends": 0.05, "glued": 0.2, "missing": 2.0, "unlocated": 0.1}
"""Percent by which a pinned floor stays short of what was measured."""

Floors = dict[str, dict[str, float]]
"""By "source/row"."""


def load() -> dict[str, Floors]:
    """The pinned floors: `test` for the whole test part, `quick` for what the test suite runs."""
    loaded: dict[str, Floors] = json.loads(FLOORS.read_text("utf-8"))
    return loaded


def pin(section: str, scores: dict[str, Score]) -> None:
    """Raise the floors to just below what was measured; none is ever lowered."""
    pinned = load()
    for row, result in scores.items():
        floor = pinned[section].setdefault(row, {})
        for key, share in result.shares().items():
            if share is not None and key == "joins":
                floor[key] = max(floor.get(key, 0.0), round(share - SLACK[key], 2))
            elif share is not None:
                floor[key] = min(floor.get(key, 100.0), round(share + SLACK[key], 2))
    FLOORS.write_text(json.dumps(pinned, ensure_ascii=False, indent=1) + "\n", "utf-8")


def below(result: Score, floor: dict[str, float]) -> list[str]:
    """The floors a result does not reach: joins found are at least so many, all else is at most so much."""
    failed = list[str]()
    for key, share in result.shares().items():
        if (
            share is not None
            and key in floor
            and (share < floor[key] if key == "joins" else share > floor[key])
        ):
            failed.append(f"{key} {share:.3f}")
    return failed
