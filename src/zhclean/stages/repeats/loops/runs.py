"""A stretch of text that repeats itself, and where in it clauses begin and marks stand."""

from __future__ import annotations

from typing import NamedTuple

from zhclean.characters import CLAUSE_MARKS

SHORT_LOOP = 4
"""Characters of a unit, its separator included, below which a loop needs more copies to be one."""

DOUBLED = 8
"""Characters of a unit that is a mistake even where it stands only twice running."""

LISTED = 4
"""Characters of an item that is a mistake where it stands twice running in a list; names are shorter."""

PARALLEL = 2
"""Characters, at most, that parallel clauses begin with."""


class Run(NamedTuple):
    """``text[start:end]`` repeats itself with a period of `period` characters."""

    start: int
    end: int
    period: int


def begins_amid(run: Run, start: int, core: int) -> bool:
    """Whether one copy more begins within the clause in front of the first whole one, at `start`. Parallel clauses look
    like that, too, but those say less in the end than in front: 应该做什么，不应该做什么，不应该做什么，不该怎么做.
    """
    in_front, rest = start - run.start - (run.period - core), (run.end - start) % run.period
    is_parallel = rest <= PARALLEL and in_front >= 2 * rest
    return in_front > 0 and start - run.start + rest >= run.period and not is_parallel


def has_whole_copies(run: Run, core: int) -> bool:
    """Whether the run consists of whole copies, but for the last mark."""
    rest = (run.end - run.start) % run.period
    return rest == 0 or rest == core


def first_clause(text: str, run: Run) -> int:
    """Where the first clause of the run begins that stands in it whole; its start if it has no marks."""
    places = range(run.start, run.start + run.period)
    return next((i for i in places if begins_clause(text, i)), run.start)


def begins_clause(text: str, at: int) -> bool:
    """Whether a mark or a blank stands in front of an offset, or nothing does."""
    return at == 0 or text[at - 1] in CLAUSE_MARKS or text[at - 1].isspace()


def separator_size(unit: str) -> int:
    """The number of clause marks in a row, seen around the loop's corner. A unit that the run cut elsewhere than at its
    mark has one within it, if any.
    """
    return len(unit) - len(unit.strip(CLAUSE_MARKS)) or len(marks(unit)[:1])


def marks(unit: str) -> str:
    """The clause marks in it."""
    return "".join(char for char in unit if char in CLAUSE_MARKS)


def is_mark(text: str) -> bool:
    """Whether it consists of them."""
    return not text.strip(CLAUSE_MARKS)
