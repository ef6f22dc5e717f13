"""TODO."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zhclean.edits import Edit, Gap


@dataclass(frozen=True)
class Width:
    """TODO."""

    name: ClassVar[str] = "width"

    def propose(self, text: str) -> Iterator[Edit | Gap]:
        """TODO."""
        yield from ()
