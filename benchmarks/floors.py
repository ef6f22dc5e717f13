"""Floors of the benchmark: pinned, raised when the figures are better, never lowered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.json")

RISING = {
    "joins": 0.15,
    "restored": 0.02,
    "exact": 1.0,
    "similarity": 0.2,
    "lines": 0.5,
    "right": 0.2,
    "removed": 0.5,
}
"""Figures of which more is better, and by how much a pinned floor stays short of what was measured."""

FALLING = {
    "ends": 0.05,
    "moved": 0.05,
    "glued": 0.2,
    "missing": 2.0,
    "unlocated": 0.1,
    "wrong": 0.005,
    "lost": 0.5,
    "alarms": 0.0,
    "removals": 1.0,
    "unlisted": 0.0,
}
"""Figures of which less is better."""

Floor = dict[str, float]
"""By figure; `right@4` is a figure `right`."""

Floors = dict[str, Floor]
"""By "corpus/row"."""

Figures = Mapping[str, "float | None"]


def load() -> dict[str, Floors]:
    """The pinned floors: `test` for the whole test part, `quick` for what the test suite runs."""
    loaded: dict[str, Floors] = json.loads(FLOORS.read_text("utf-8"))
    return loaded


def pin(section: str, measured: Mapping[str, Figures]) -> None:
    """Raise the floors to just below what was measured; none is ever lowered."""
    pinned = load()
    for row, figures in measured.items():
        floor = pinned[section].setdefault(row, {})
        for key, value in figures.items():
            if value is not None:
                floor[key] = _raised(key, value, floor.get(key))
    FLOORS.write_text(json.dumps(pinned, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _raised(key: str, value: float, floor: float | None) -> float:
    name = key.split("@")[0]
    if is_rising(key):
        new = round(value - RISING[name], 2)
        return new if floor is None else max(floor, new)
    new = round(value + FALLING[name], 3)
    return new if floor is None else min(floor, new)


def is_rising(key: str) -> bool:
    return key.split("@")[0] in RISING


def is_lower(key: str, value: float, than: float) -> bool:
    """Whether a figure, or a floor, is worse than another one of the same name."""
    return value < than if is_rising(key) else value > than


def below(figures: Figures, floor: Floor) -> list[str]:
    """The figures that do not reach their floor."""
    return [
        f"{key} {value:.3f}"
        for key, value in figures.items()
        if value is not None and key in floor and is_lower(key, value, floor[key])
    ]
