"""What a misreading is undone with, and what finds it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple


class Repair(NamedTuple):
    """Replace ``line[start:end]`` with `new`."""

    start: int
    end: int
    new: str
    reason: str
    confidence: float
    sure: bool
    """Whether it is right by itself; what is not is right only where the same misreading is sure all around."""
    likely: bool = False
    """Whether it is right in a text of which other lines were surely misread in this way."""


Misreading = Callable[[str], Iterator[Repair]]
"""Takes one line, and yields what it could repair."""
