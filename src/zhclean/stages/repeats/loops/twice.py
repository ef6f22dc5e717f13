"""A phrase said twice running: two copies are one too many only where both are whole clauses, or long."""

from __future__ import annotations

from zhclean.characters import CLAUSE_MARKS
from zhclean.edits import Span
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.loops.meant import SHORT_CLAUSE, is_called_out, is_meant, opens_quotation
from zhclean.stages.repeats.loops.runs import (
    DOUBLED,
    LISTED,
    Run,
    begins_clause,
    first_clause,
    is_mark,
    marks,
    separator_size,
)
from zhclean.stages.repeats.wording import is_han

OVERLAP = 12
"""Characters of a unit that is a mistake where it stands twice running, wherever it begins: a text was put together
from pieces that overlap."""


def said_twice(text: str, run: Run, unit: str) -> Claim | None:
    """Two copies are one too many only where both are whole clauses, or long."""
    if is_called_out(text, run, unit) or opens_quotation(text, run) or marks(unit) == "？":
        return None
    separator = separator_size(unit)
    core = run.period - separator
    start = first_clause(text, run)
    if is_meant(text, run, start, core):
        return None
    if run.period >= OVERLAP and run.end - run.start >= 2 * run.period > run.end - start:
        start = run.start
    between = text[start + core : start + run.period]
    rest = run.end - start - run.period
    if rest >= run.period:
        end = start + 2 * run.period
    elif (
        separator and is_mark(between) and rest == core and text[run.end : run.end + 1] in CLAUSE_MARKS + "\n"
    ):
        end = start + run.period + core
    else:
        return None
    listed = separator == 1 and "、" in between
    if core < (LISTED if listed else DOUBLED) or (listed and not unit.strip(CLAUSE_MARKS).isalpha()):
        return None
    if core < DOUBLED and not begins_clause(text, start):
        return None  # the item in front is a longer word
    if core < min(run.period, SHORT_CLAUSE) and not listed and is_mark(between):
        return None
    if not separator and sum(map(is_han, unit)) < 0.7 * len(unit):
        return None  # the columns of a table
    kept = Span(start, start + end - start - run.period)
    return Claim(Span(kept.end, end), kept, "phrase said twice running", 0.8)
