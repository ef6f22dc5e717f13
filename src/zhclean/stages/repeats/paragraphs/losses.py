"""Which lines of a text go, each for another one that it repeats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Loss(NamedTuple):
    """Why a line goes: the line that stays, in what way it repeats that one, how sure that is."""

    other: int
    reason: str
    confidence: float


def survivor(lost: Mapping[int, Loss], line: int) -> int:
    """The line that stays for one that may go itself."""
    while line in lost:
        line = lost[line].other
    return line
