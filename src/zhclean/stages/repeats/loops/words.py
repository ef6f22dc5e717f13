"""Whether what stands again is words, of which a loop may consist, or cells of a table, figures and the like."""

from __future__ import annotations

from zhclean.patterns import pattern
from zhclean.stages.repeats.loops.meant import FACTS
from zhclean.stages.repeats.loops.runs import SHORT_LOOP, Run, marks
from zhclean.stages.repeats.wording import is_han, is_unpaired

SPACED = 12
"""Han of a unit that may have spaces in it, as a credit has between names; in shorter ones they part columns."""

CLAUSE = 4
"""Han of a unit most of which is Latin or figures, as 上证指数报3274.18点 is; fewer are a score or a quotation."""

STUCK = 5
"""Copies of a unit with figures or Latin in it that are a loop even within a list; fewer are equal results."""

LETTERS = 5
"""Different letters, at least, of a unit without Han; codes and the values of data have fewer."""

_CELLS = pattern(r"[|｜│┃\t]")
"""What parts the cells of a table."""

_COLUMNS = pattern(r"(?<![A-Za-z.,:;])\s|\s(?![A-Za-z0-9])")
"""A space that does, as one behind a Latin word does not."""


def is_of_words(unit: str) -> bool:
    """Whether a loop of it can be a slip at all: words, and not the cells of a table or a rule."""
    han = sum(map(is_han, unit))
    is_clause = han >= CLAUSE and any(mark in unit for mark in "，。；")
    if len(set(unit)) < 2 or han < 2 or not (2 * han >= len(unit) or is_clause) or _CELLS.search(unit):
        return False
    return han >= SPACED or not _COLUMNS.search(unit * 2)


def is_stuck(run: Run, unit: str) -> bool:
    """Whether nothing natural says it so often, whatever it consists of: figures, Latin or half a quotation."""
    copies = (run.end - run.start) // run.period
    if copies < 3 or not any(map(str.isalpha, unit)):
        return False
    if is_unpaired(unit):
        return run.period >= SHORT_LOOP or copies >= STUCK
    if _CELLS.search(unit) or _COLUMNS.search(unit * 2):
        return False
    is_fact = sum(map(is_han, unit)) < 2 or marks(unit) != ""
    if run.period < SHORT_LOOP or copies < (FACTS + 1 if is_fact else STUCK):
        return False
    return any(map(is_han, unit)) or len({*filter(str.isalpha, unit)}) >= LETTERS
