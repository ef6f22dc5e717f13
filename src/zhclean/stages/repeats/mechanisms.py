"""All mechanisms of the stage, in the order in which their claims are granted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from zhclean.edits import Edit
from zhclean.lines.teasers import is_teaser
from zhclean.stages.repeats.claims import Ledger
from zhclean.stages.repeats.joints import find_joints, find_tandems
from zhclean.stages.repeats.loops import find_loops
from zhclean.stages.repeats.near import find_near
from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.paragraphs import find_paragraphs
from zhclean.stages.repeats.paragraphs.run_together import find_lines_run_together
from zhclean.stages.repeats.splices import find_splices
from zhclean.stages.repeats.strewn import find_strewn
from zhclean.stages.repeats.summaries import find_summaries
from zhclean.stages.repeats.windows import Again


def granted(
    text: str,
    again: list[Again],
    first: tuple[int, int] | None,
    soon: Iterator[tuple[int, int]],
    has_copies: bool,
) -> Iterator[Edit]:
    """The removals, given what stands again: anywhere, soon (the first place and the others), as a line."""
    page = Page(text, again)
    ledger = Ledger(page)
    ledger.grant(find_summaries(page))
    if has_copies:
        ledger.grant(find_lines_run_together(page))
    ledger.grant(find_joints(page))
    ledger.grant(find_loops(page, chain([first], soon) if first else ()))
    ledger.grant(find_tandems(page))
    near = [*find_near(page)]
    ledger.grant(near)
    ledger.grant(find_splices(page))
    if has_copies or near or any(map(is_teaser, page.contents)):
        ledger.grant(find_strewn(page))
        ledger.grant(find_paragraphs(page, near))
    return ledger.edits()
