"""What a writer, or somebody who speaks, says again on purpose; and items of a list that are equal as facts."""

from __future__ import annotations

from zhclean.edits import Span
from zhclean.patterns import pattern
from zhclean.stages.repeats.loops.drift import UNIT
from zhclean.stages.repeats.loops.runs import Run, begins_amid, first_clause, is_mark, marks
from zhclean.stages.repeats.loops.spoken import is_spoken, tells_of_repetition
from zhclean.stages.repeats.wording import is_unpaired

EMPHATIC, INSISTENT = 6, 4
"""Characters, without its mark, of a clause that a writer may say again for emphasis, as of a question of any length,
and how many copies are a loop even so."""

SHORT_CLAUSE, SPOKEN = 12, 20
"""Characters below which a whole clause is said twice running, with a mark between, for emphasis, and where somebody speaks;
there one of the former length may be said three times. Whole sentences are no longer than the former, either."""

FACTS, IN_FRONT = 7, 40
"""Items, at most, that may be the same as a fact, one for each day of a week, and characters in front of them in
which a word may say that they are facts."""

_EACH = pattern(
    r"(?:分[别別]|依次|先[后後]|各(?=[为為是]))(?:[^，。；！？,;!?\n]{0,40}|[为為是：:][^。；！？;!?\n]{0,40})\Z"
)
"""A word that says so, earlier in the clause or, with what the items are then, in the sentence."""


def is_meant(text: str, run: Run, start: int, core: int) -> bool:
    """Whether they are whole clauses with marks between that somebody says again, or that their sentence says are."""
    copies, rest = divmod(run.end - start, run.period)
    copies += rest >= core
    between = text[start + core : start + run.period]
    if not between or not is_mark(between) or "、" in between or begins_amid(run, start, core):
        return False
    if copies > FACTS or is_unpaired(text[start : start + run.period]):
        return False
    said = Span(start, run.end)
    longest = SPOKEN if copies == 2 and "。" not in between else SHORT_CLAUSE
    is_said = copies < INSISTENT and core < longest and is_spoken(text, said)
    return is_said or tells_of_repetition(text, said)


def is_emphatic(unit: str, core: int) -> bool:
    """Whether it is a short clause or a question: 等啊，等啊，等啊. Items of a list are not said again for emphasis."""
    return marks(unit) == "？" or (marks(unit) == "，" and core <= EMPHATIC)


def is_called_out(text: str, run: Run, unit: str) -> bool:
    """Whether it is an exclamation: those are repeated for emphasis."""
    return any(mark in unit + text[run.end : run.end + 1] for mark in "！!")


def opens_quotation(text: str, run: Run) -> bool:
    """Whether the loop is what is quoted: people do say things twice."""
    before = text[max(run.start - 1, 0) : run.start + 1]
    return any(mark in before for mark in "“‘「『")


def lists_facts(text: str, run: Run) -> bool:
    """Whether what is listed may be the same as a fact: 依次为阴性、阴性、阳性."""
    if run.period > UNIT or run.end - run.start > FACTS * run.period or not marks(text[run.start : run.end]):
        return False
    return _EACH.search(text, max(run.start - IN_FRONT, 0), first_clause(text, run)) is not None
