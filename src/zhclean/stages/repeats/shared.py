"""Stretches of text that stand twice, each copy within a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from zhclean.edits import Span
from zhclean.stages.repeats.windows import WINDOW

if TYPE_CHECKING:
    from zhclean.stages.repeats.page import Page


class Shared(NamedTuple):
    """The same text at `first` and, further down, at `second`; in a loop the two overlap."""

    first: Span
    second: Span


def find_shared(page: Page) -> Iterator[Shared]:
    """Maximal stretches of at least a window that stand in one line and again, there or further down.

    Each is compared with its next copy only: of n copies n - 1 pairs.
    """
    diagonal, end = -1, -1
    for distance, offset, length in page.said_again:
        if distance != diagonal:
            diagonal, end = distance, -1
        for line in page.lines_of(offset, offset + length):
            at, until = max(offset, line.start, end), min(offset + length, line.end)
            while until - at >= WINDOW:
                if page.text[at] != page.text[at + distance]:  # only their low bytes are the same
                    at += 1
                    continue
                pair = _around(page, line, at, distance)
                end = pair.first.end
                if end - pair.first.start >= WINDOW:
                    yield pair
                at = max(at, end) + 1


def _around(page: Page, line: Span, offset: int, distance: int) -> Shared:
    """What is the same around an offset in a line and around a place further on."""
    other = page.spans[page.line_at(offset + distance)]
    low, high = max(line.start, other.start - distance), min(line.end + distance, other.end)
    left, right = page.extend(offset, offset + distance, low, high)
    start, end = offset - left, offset + right
    return Shared(Span(start, end), Span(start + distance, end + distance))
