"""The rest of a block that stands again directly behind itself, where some of its lines go: all of it was printed twice."""

from __future__ import annotations

from collections.abc import Mapping

from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.paragraphs.losses import Loss

LONGEST_BLOCK = 40
"""Lines of such a block; to look further would take its length a line."""

REASON = "repeated together with its paragraph"


def lose_rest_of_blocks(page: Page, lost: dict[int, Loss]) -> None:
    """Add what stands in a copy of a block with lines that go: labels, numbers and links as well, whatever they are."""
    for line in sorted(lost):
        first = min(line, lost[line].other)
        period = max(line, lost[line].other) - first
        if 1 < period <= LONGEST_BLOCK:
            lost.update(_rest(lost, _block(page, first, period), period))


def _block(page: Page, line: int, period: int) -> range:
    """The lines around this one that stand again directly behind themselves; none if these are fewer than the period."""
    start, end = line, line + 1
    while start > max(line - period + 1, 0) and page.keys[start - 1] == page.key(start - 1 + period):
        start -= 1
    while end < start + period and page.keys[end] == page.key(end + period):
        end += 1
    is_whole = end - start == period and page.keys[line] == page.key(line + period)
    return range(start, end) if is_whole else range(0)


def _rest(lost: Mapping[int, Loss], block: range, period: int) -> dict[int, Loss]:
    """The other lines of the copy that goes; none if lines of both copies go."""
    goes = [line + period in lost for line in block if (line in lost) != (line + period in lost)]
    stay = [line for line in block if line not in lost and line + period not in lost]
    if all(goes):
        return {line + period: Loss(line, REASON, 0.9) for line in stay if goes}
    return {} if any(goes) else {line: Loss(line + period, REASON, 0.9) for line in stay}
