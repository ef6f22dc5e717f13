"""A phrase said again and again, or twice running, within a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from zhclean.characters import CLAUSE_MARKS, SOUND_WORDS
from zhclean.edits import Span
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.page import Hashes, Page

SHORT_LOOP = 4
"""Characters of a unit, its separator included, below which a loop needs more copies to be one."""

DOUBLED = 8
"""Characters of a unit that is a mistake even where it stands only twice running."""

DRIFTING = 12
"""Characters of a unit that may differ in one of them from copy to copy."""


class Run(NamedTuple):
    """``text[start:end]`` repeats itself with a period of `period` characters."""

    start: int
    end: int
    period: int


def find_loops(page: Page) -> Iterator[Claim]:
    """Claim all but one copy of each loop, and the second copy of what is doubled."""
    done = 0
    for run in sorted(_runs(page)):
        claim = run.start >= done and _judge(page.text, run)
        if claim:
            yield claim
            done = run.end


def _runs(page: Page) -> Iterator[Run]:
    """The maximal periodic stretches within a line; the shortest period of each."""
    seen: dict[int, int] = {}  # start of a run found → its end
    for period, offsets in _hits(page):
        end = -1
        for i in offsets:
            if i < end - period:
                continue
            left, right = page.extend(i, i + period, 0, len(page.text))
            start, end = i - left, i + period + right
            line_end = page.text.find("\n", start, end)
            if line_end >= 0 or end - start < 2 * period - 2 or seen.get(start, -1) >= end:
                continue
            seen[start] = end
            yield Run(start, end, period)


def _hits(page: Page) -> Iterator[tuple[int, list[int]]]:
    """Periods of 2 to 31 in ascending order, each with offsets at which the text may repeat itself.

    The four (eight) characters at every other (every eighth) offset are compared with those a period
    further on: a stretch of five (fifteen) characters that stands a period further on as well is found.
    """
    for hashes, step, periods in ((page.by_4, 2, range(2, 16)), (page.by_8, 8, range(16, 32))):
        equal = _equal_at(hashes, step, periods)
        if not equal.any():
            continue
        rows, columns = np.nonzero(equal.T)
        for row in np.unique(rows):
            yield periods[row], (columns[rows == row] * step).tolist()


def _equal_at(hashes: Hashes, step: int, periods: range) -> npt.NDArray[np.bool_]:
    """For each `step`-th hash (row) and each period (column) whether the hash stands there again."""
    padded = np.concatenate([hashes, np.zeros(periods.stop, dtype=hashes.dtype)])
    count, size = -(-len(hashes) // step), hashes.itemsize
    ahead = np.ndarray(
        (count, len(periods)), hashes.dtype, padded, offset=periods.start * size, strides=(step * size, size)
    )
    return ahead == hashes[::step, None]


def _judge(text: str, run: Run) -> Claim | None:
    unit = text[run.start : run.start + run.period]
    if not _is_prose(unit) or (unit + unit).find(unit, 1) < len(unit):
        return None
    core = run.period - _separator(unit)
    copies, rest = divmod(run.end - run.start, run.period)
    whole_rest = rest >= core
    copies += whole_rest
    keep = rest if whole_rest else run.period + rest
    if copies < 2 or not _is_slip(text, run, core, copies):
        return None
    if copies > 2 and run.end == len(text) or text[run.end : run.end + 1] == "\n":
        keep = core if whole_rest else run.period
    start = run.start + keep
    reason = "phrase repeated in a loop" if copies > 2 else "phrase said twice running"
    return Claim(Span(start, run.end), Span(run.start, run.start + keep), reason, 0.95 if copies > 2 else 0.8)


def _is_prose(unit: str) -> bool:
    """Whether a loop of it can be a slip at all: words, and not the cells of a table or a rule."""
    han = sum("\u3400" <= c <= "\u9fff" for c in unit)
    return len(set(unit)) > 1 and 2 * han >= len(unit) and han >= 2 and not any(map(str.isspace, unit))


def _separator(unit: str) -> int:
    """The number of clause marks in a row, seen around the loop's corner."""
    stripped = unit.strip(CLAUSE_MARKS)
    return len(unit) - len(stripped) if stripped else 0


def _is_slip(text: str, run: Run, core: int, copies: int) -> bool:
    unit = text[run.start : run.start + run.period]
    if "！" in unit or "!" in unit:
        return False
    quoted = _opens_quotation(text, run)
    if copies == 2:
        if text[run.start] == "、" and core < run.period < DOUBLED:
            return core >= 4 and not quoted
        return core >= DOUBLED and not quoted
    if run.period < SHORT_LOOP:
        return (
            (copies > 3 or core < run.period)
            and not quoted
            and not SOUND_WORDS & set(unit)
            and "一" not in unit
        )
    return not quoted or core > DOUBLED


def _opens_quotation(text: str, run: Run) -> bool:
    """Whether the loop is what is quoted: people do say things twice."""
    before = text[max(run.start - 1, 0) : run.start + run.period]
    return any(mark in before for mark in "“‘「『")
