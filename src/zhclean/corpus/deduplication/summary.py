"""How many rows stay, and what became of the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Summary:
    """Counts of a run: rows = kept + removed + failed."""

    kept: int = 0
    removed: Counter[str] = field(default_factory=Counter)
    """By reason."""
    failed: int = 0
    marked: Counter[str] = field(default_factory=Counter)
    """Articles that stay because there is nothing to compare, by mark."""
    boilerplate: int = 0
    """Sentences in the list."""
    equal_ids: int = 0
    """Rows that share their id with another."""
    undated: int = 0
    """Rows without a date that can be read, where the order asks for one."""
    lossy: int = 0
    """Rows with undecodable bytes, which are U+FFFD now."""
    crowded: int = 0
    """Buckets with more texts than were all compared with each other."""
    out_of_order: int = 0
    """New texts that come before a remembered one which they match."""
    again: int = 0
    """Rows that are a remembered row, in everything: they stand in the output of another run."""
    bytes_stripped: int = 0
    """Of the articles that stay, in UTF-8, before boilerplate is removed."""
    bytes_kept: int = 0
    """Of the articles that stay, as they are written."""

    @property
    def rows(self) -> int:
        """All rows that came in."""
        return self.kept + self.removed.total() + self.failed
