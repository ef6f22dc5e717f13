"""A phrase said again and again, or twice running, within a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge

from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.loops.drift import UNIT, find_drifting
from zhclean.stages.repeats.loops.many_times import said_many_times
from zhclean.stages.repeats.loops.meant import lists_facts
from zhclean.stages.repeats.loops.runs import LISTED, Run
from zhclean.stages.repeats.loops.twice import said_twice
from zhclean.stages.repeats.loops.words import is_of_words, is_stuck
from zhclean.stages.repeats.page import Page


def find_loops(page: Page, soon: Iterable[tuple[int, int]]) -> Iterator[Claim]:
    """Claim all but one copy of each loop, and the second copy of what is doubled.

    `soon` are the offsets and periods of what may stand again right behind.
    """
    done, walked = 0, dict[int, int]()
    for run in merge(_short_runs(page, soon), sorted(_long_runs(page))):
        unit = page.text[run.start : run.start + run.period]
        if run.start < done or not (is_of_words(unit) or is_stuck(run, unit)):
            continue
        if (unit + unit).find(unit, 1) < len(unit):
            continue  # a unit that repeats itself is found with its shortest period, too
        if lists_facts(page.text, run):
            continue
        claims = list[Claim]()
        if run.period >= UNIT and run.start >= walked.get(run.period, 0):
            claims, walked[run.period] = find_drifting(page.text, run.start, run.period)
        for claim in claims or _judge(page.text, run, unit):
            yield claim
            done = max(done, claim.span.end, claim.repeats.end)


def _short_runs(page: Page, soon: Iterable[tuple[int, int]]) -> Iterator[Run]:
    for offset, period in soon:
        if page.text[offset].isspace():
            continue  # no loop of words begins with a blank
        line = page.spans[page.line_at(offset)]
        left, right = page.extend(offset, offset + period, line.start, line.end)
        if left + right >= LISTED:
            yield Run(offset - left, offset + period + right, period)


def _long_runs(page: Page) -> Iterator[Run]:
    for first, second in page.shared:
        period = second.start - first.start
        # Of a loop that drifts less than a whole copy is the same as in the next.
        beside = 2 * (first.end - first.start) >= period
        if beside and page.line_at(first.start) == page.line_at(second.start):
            yield Run(first.start, second.end, period)


def _judge(text: str, run: Run, unit: str) -> list[Claim]:
    """What is too much of a run, of which the copies are the same."""
    if run.end - run.start < 2 * run.period - 2:
        return []
    claim = said_many_times(text, run, unit) or said_twice(text, run, unit)
    return [claim] if claim else []
