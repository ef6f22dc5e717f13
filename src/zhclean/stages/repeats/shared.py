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
    for distance, offset in page.said_again:
        if distance == diagonal and offset < end:
            continue
        # The first characters of the window may be the line's indent.
        first = page.spans[page.line_at(offset + WINDOW - 1)]
        second = page.spans[page.line_at(offset + WINDOW - 1 + distance)]
        high = min(second.end, first.end + distance)
        low = max(first.start, second.start - distance)
        at = max(offset, low)
        left, right = page.extend(at, at + distance, low, high)
        diagonal, end = distance, at + right
        if left + right >= WINDOW:
            span = Span(at - left, end)
            yield Shared(span, Span(span.start + distance, span.end + distance))
