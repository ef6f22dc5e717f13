"""Which fields of a row matter."""

from __future__ import annotations

from typing import NamedTuple


class Fields(NamedTuple):
    """Which fields matter; the others only pass through."""

    text: str = "text"
    id: str | None = None
    """None: a row is called by its file and line, `news.jsonl:17`, and a file of text by its path."""
