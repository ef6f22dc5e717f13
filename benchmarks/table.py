"""What every kind of damage is measured as: tasks, each of which yields one row of figures."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from benchmarks.floors import Floor, is_rising

SEED = 1998


class Wanted(NamedTuple):
    """Which documents, and how they are cleaned."""

    part: str = "test"
    limit: int = 0
    """Documents a corpus; 0: all of the part."""
    seed: int = SEED
    options: Mapping[str, Any] = {}
    """Fields of `Unwrap` set otherwise."""
    peers: bool = False


@dataclass
class Row:
    """The figures of one kind of damage on one corpus."""

    documents: int = 0
    bytes: int = 0
    seconds: float = 0.0  # of processor time, spent cleaning
    figures: dict[str, float | None] = field(default_factory=dict)
    """In percent if nothing else is said; None of nothing."""
    notes: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def timed(self, text: str, run: Callable[[str], Any]) -> Any:
        """What `run` makes of the text, with its time and size counted."""
        started = time.process_time()
        result = run(text)
        self.seconds += time.process_time() - started
        self.bytes += len(text.encode(errors="surrogatepass"))
        return result


class Task(NamedTuple):
    """One row to be measured; `name` is corpus/row."""

    name: str
    measure: Callable[[], Row]

    @property
    def corpus(self) -> str:
        return self.name.split("/")[0]

    @property
    def row(self) -> str:
        return self.name.split("/")[1]


HEAD = f"{'row':<38}{'docs':>6}{'MB/s':>6}  figures, each with its floor"


def printed(name: str, row: Row, floor: Floor, failed: Sequence[str]) -> str:
    """A row as people read it."""
    speed = f"{row.bytes / 1e6 / row.seconds:.1f}" if row.seconds else "–"
    figures = "  ".join(_figure(key, value, floor) for key, value in row.figures.items() if value is not None)
    told = f"  BELOW: {', '.join(failed)}" if failed else ""
    lines = [f"{name:<38}{row.documents:>6}{speed:>6}  {figures}{told}"]
    return f"\n{'':<38}".join(lines + row.notes)


def _figure(key: str, value: float, floor: Floor) -> str:
    bound = f" ({'≥' if is_rising(key) else '≤'}{floor[key]:g})" if key in floor else ""
    return f"{key} {f'{value:.3f}'.rstrip('0').rstrip('.')}{bound}"
