"""Long stretches of text that stand twice, found by the clauses in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from zhclean.edits import Span
from zhclean.stages.repeats.page import Page

ENDING = 8
"""Characters at the end of a clause that are looked for elsewhere; a stretch of forty hardly ever has no end of
a clause as long."""

SHORTEST = 30
"""Characters of a stretch; shorter ones stand twice by nature."""


class Shared(NamedTuple):
    """The same text at `first` and, further down, at `second`; in a loop the two overlap."""

    first: Span
    second: Span


def find_shared(page: Page) -> Iterator[Shared]:
    """Maximal stretches of at least `SHORTEST` characters that stand in one line and again further down.

    Each is compared with the one before it only: of n copies n - 1 pairs.
    """
    diagonal, end = -1, -1
    for shift, offset in sorted(_pairs(page)):
        if shift == diagonal and offset < end:
            continue
        first, second = page.spans[page.line_at(offset)], page.spans[page.line_at(offset + shift)]
        high = min(second.end, first.end + shift)
        left, right = page.extend(offset, offset + shift, max(first.start, second.start - shift), high)
        diagonal, end = shift, offset + right
        if left + right >= SHORTEST:
            start = offset - left
            yield Shared(Span(start, end), Span(start + shift, end + shift))


def _pairs(page: Page) -> Iterator[tuple[int, int]]:
    """(distance, offset) of each end of a clause and the next that is the same."""
    endings = [clause[-ENDING:] for clause in page.clauses if len(clause) >= ENDING]
    if len(set(endings)) == len(endings):
        return
    last: dict[str, int] = {}
    for clause, start in zip(page.clauses, page.clause_starts, strict=True):
        if len(clause) >= ENDING:
            ending, offset = clause[-ENDING:], start + len(clause) - ENDING
            if ending in last:
                yield offset - last[ending], last[ending]
            last[ending] = offset
