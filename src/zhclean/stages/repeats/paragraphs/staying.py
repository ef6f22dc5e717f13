"""Which of several copies of a line stays, as what stands around each of them tells."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from zhclean.lines.blocks import Kind, kind
from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.paragraphs.losses import Loss, survivor
from zhclean.stages.repeats.paragraphs.stretches import stretches
from zhclean.stages.repeats.reading_on import going_on
from zhclean.stages.repeats.wording import ends_well, is_heading

GOES_ON = 4.0
"""Log-odds from which the next line goes on with a line. Where a word is torn they are 20; a headline that stands
again at a page's foot may have 3 for what the site put below it."""


def staying(page: Page, repeated: Mapping[str, list[int]], lost: Mapping[int, Loss]) -> dict[str, int]:
    """For each of these keys the line that stays: that of the longest stretch, with the fewest lines that are lost, or
    else with which the text goes on in mid-sentence, or the first that does not stand above where a story begins.
    """
    if not repeated:
        return {}
    said = {line: key for key, lines in repeated.items() for line in lines}
    for line in lost:
        other = survivor(lost, line)
        said[line] = said[other] = page.keys[other]
    around = _Around(page)

    def rank(stretch: list[int]) -> tuple[float, ...]:
        whole = {said[line] for line in stretch if line not in lost}
        parts = {said[line] for line in stretch} - whole
        goes_on = around.goes_on(stretch[-1]) if stretch[-1] not in lost else 0.0
        return len(whole) - len(parts), goes_on, -around.is_above_story(stretch), -stretch[0]

    found = stretches(said, lost, _begins(page, sorted(said)))
    asked = [stretch for stretch in found if any(said[line] in repeated for line in stretch)]
    best = dict[str, int]()
    for stretch in sorted(asked, key=rank, reverse=True):
        for line in stretch:
            if line not in lost:
                best.setdefault(said[line], line)
    return best


def _begins(page: Page, lines: Sequence[int]) -> set[int]:
    """The lines with which another copy of the page begins: those at or below what the page begins with."""
    again = (bisect_left(lines, line) for line in page.places[page.keys[0]][1:])
    return {lines[at] for at in again if at < len(lines)}


class _Around:
    """What stands around stretches of lines that are copied."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._goes_on_by = dict[int, float]()

    def is_above_story(self, stretch: Sequence[int]) -> bool:
        """Whether the text begins with these lines, in the middle of a story, and behind them begins a story: not where a
        copy of them is the last thing on the page.
        """
        page, end = self._page, self._ends[stretch[-1]]
        if stretch[0] > self._first_unique or not ends_well(page.keys[stretch[0]]):
            return False
        if page.places[page.keys[end]][-1] == len(page.keys) - 1:
            return False
        return _likeness_to_opening(page.content(0)) < _likeness_to_opening(page.content(stretch[-1] + 1))

    def goes_on(self, line: int) -> float:
        """Log-odds that the text goes on in mid-sentence behind a line and those that are copied with it; 0 where it
        surely does not, for that says nothing of where the copy belongs.
        """
        end = self._ends[line]
        if end not in self._goes_on_by:
            self._goes_on_by[end] = self._going_on(end)
        return self._goes_on_by[end]

    def _going_on(self, line: int) -> float:
        contents = self._page.contents
        if ends_well(self._page.keys[line]) or line + 1 == len(contents):
            return 0.0
        found = going_on(contents[line], contents[line + 1])
        return found if found > GOES_ON else 0.0

    @cached_property
    def _first_unique(self) -> int:
        """The first line that no other line repeats."""
        keys, places = self._page.keys, self._page.places
        return next((line for line, key in enumerate(keys) if len(places[key]) == 1), len(keys))

    @cached_property
    def _ends(self) -> list[int]:
        """For each line the last one of the lines, from it on, that follow each other elsewhere too."""
        keys = self._page.keys
        together = Counter(pairwise(keys))
        ends = [*range(len(keys))]
        for line in range(len(keys) - 2, -1, -1):
            if together[keys[line], keys[line + 1]] > 1:
                ends[line] = ends[line + 1]
        return ends


def _likeness_to_opening(line: str) -> int:
    """How much a line looks like the first one of a story: one that tells place and date more than one that is short."""
    return 2 if kind(line) is Kind.DATELINE else int(is_heading(line))
