"""All mechanisms of the stage, in the order in which their claims are granted."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from zhclean.edits import Edit
from zhclean.stages.repeats.claims import Ledger
from zhclean.stages.repeats.loops import find_loops
from zhclean.stages.repeats.near import find_near
from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.paragraphs import find_paragraphs
from zhclean.stages.repeats.splices import find_splices
from zhclean.stages.repeats.windows import low_bytes, said_again, said_again_soon


def removals(text: str) -> Iterable[Edit]:
    """What is said twice in `text`, but for one copy."""
    low = low_bytes(text)
    again, soon = said_again(low), said_again_soon(text, low)
    first, has_copies = next(soon, None), _has_equal_beginnings(text)
    if not (again or first or has_copies):
        return ()
    page = Page(text, again)
    ledger = Ledger(page)
    ledger.grant(find_loops(page, chain([first], soon) if first else ()))
    ledger.grant(find_near(page))
    ledger.grant(find_splices(page))
    if has_copies:
        ledger.grant(find_paragraphs(page))
    return ledger.edits()


def _has_equal_beginnings(text: str) -> bool:
    """Whether a line is another one or the beginning of another one."""
    ordered = sorted(
        filter(None, map(str.strip, text.split("\n")))
    )  # a line stands in front of what begins with it
    return any(map(str.startswith, ordered[1:], ordered))
