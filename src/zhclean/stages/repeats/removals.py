"""All mechanisms of the stage, in the order in which their claims are granted."""

from __future__ import annotations

from collections.abc import Iterator

from zhclean.edits import Edit
from zhclean.stages.repeats.claims import Ledger
from zhclean.stages.repeats.loops import find_loops
from zhclean.stages.repeats.near import find_near
from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.paragraphs import find_paragraphs
from zhclean.stages.repeats.splices import find_splices


def removals(text: str) -> Iterator[Edit]:
    """What is said twice in `text`, but for one copy."""
    page = Page(text)
    ledger = Ledger(page)
    for mechanism in (find_loops, find_near, find_splices, find_paragraphs):
        ledger.grant(mechanism(page))
    return ledger.edits()
