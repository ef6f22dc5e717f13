"""Removes what a text says twice, and only that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from zhclean.edits import Edit, Gap


@dataclass(frozen=True)
class Repeats:
    """Remove what is said twice within a document: paragraphs, cut-off copies, spliced ends, loops."""

    name: ClassVar[str] = "repeats"

    def propose(self, text: str) -> Iterable[Edit | Gap]:
        """The removals; each names the copy that stays."""
        # The mechanisms need numpy, which a mere import of the package should not load.
        from zhclean.stages.repeats.removals import removals

        return removals(text)
