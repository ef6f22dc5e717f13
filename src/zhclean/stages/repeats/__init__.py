"""Removes what a text says twice, and only that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zhclean.edits import Edit, Gap


@dataclass(frozen=True)
class Repeats:
    """Remove what is said twice within a document: paragraphs, cut-off copies, spliced ends, loops."""

    name: ClassVar[str] = "repeats"

    def propose(self, text: str) -> Iterator[Edit | Gap]:
        """Yield the removals; each names the copy that stays."""
        # The mechanisms need numpy, which a mere import of the package should not load.
        from zhclean.stages.repeats.claims import Ledger
        from zhclean.stages.repeats.loops import find_loops
        from zhclean.stages.repeats.near import find_near
        from zhclean.stages.repeats.page import Page
        from zhclean.stages.repeats.paragraphs import find_paragraphs
        from zhclean.stages.repeats.shared import find_shared
        from zhclean.stages.repeats.splices import find_splices

        page = Page(text)
        ledger = Ledger(page)
        shared = [*find_shared(page)]
        ledger.grant(find_loops(page, shared))
        ledger.grant(find_near(page))
        ledger.grant(find_splices(page, shared))
        ledger.grant(find_paragraphs(page))
        yield from ledger.edits()
