"""A phrase said three times or more in succession, of which one copy stays."""

from __future__ import annotations

from zhclean.characters import CLAUSE_MARKS, SOUND_WORDS
from zhclean.edits import Span
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.loops.meant import (
    FACTS,
    INSISTENT,
    is_called_out,
    is_emphatic,
    is_meant,
    opens_quotation,
)
from zhclean.stages.repeats.loops.runs import (
    DOUBLED,
    SHORT_LOOP,
    Run,
    begins_amid,
    first_clause,
    has_whole_copies,
    is_mark,
    marks,
    separator_size,
)
from zhclean.stages.repeats.wording import is_unpaired

CALLED = 3
"""Characters of what people call out, and then say more: 快跑，快跑，快跑，快跑啊."""

CHEERED = 7
"""Copies, at most, of such words that a writer sets without marks: 加油加油加油加油."""


def said_many_times(text: str, run: Run, unit: str) -> Claim | None:
    """All copies but one are too many, unless somebody says it so, with marks between, or cries or cheers."""
    core = run.period - separator_size(unit)
    # What a list's run begins with may be the end of another item: 总经理、副总经理、副总经理.
    begins_in_item = marks(unit) == "、" and unit[-1] != "、"
    copies, rest = divmod(run.end - (first_clause(text, run) if begins_in_item else run.start), run.period)
    copies += rest >= core
    is_quoted = core <= DOUBLED and copies <= FACTS and not is_unpaired(unit) and opens_quotation(text, run)
    if copies < 3 or is_called_out(text, run, unit) or is_quoted:
        return None
    if run.period < SHORT_LOOP and (
        (copies <= CHEERED and core == run.period) or SOUND_WORDS & set(unit) or "一" in unit
    ):
        return None
    lists = len(marks(unit)) > 1 and set(marks(unit)) == {"、"}
    # The first item of a list stands behind a verb rather than behind a mark.
    start = run.start if lists and has_whole_copies(run, core) else first_clause(text, run)
    rest = (run.end - start) % run.period
    is_cut_off = text[run.end : run.end + 1] in ("", "\n") and text[run.end - 1] not in CLAUSE_MARKS
    says_more = core <= CALLED and rest == core and text[run.end : run.end + 1].isalnum()
    is_whole = not (begins_amid(run, start, core) or (is_cut_off and 0 < rest < core))
    if copies - says_more < INSISTENT and is_whole and is_emphatic(unit, core):
        return None
    if is_whole and is_meant(text, run, start, core):
        return None
    if is_cut_off:
        end = start + (core if is_mark(text[start + core : start + run.period]) else run.period)
    else:
        end = run.end - (_periods(text, run, start, core) - 1) * run.period
    kept = Span(max(min(start, end - run.period), run.start), end)
    return Claim(Span(end, run.end), kept, "phrase repeated in a loop", 0.95)


def _periods(text: str, run: Run, start: int, core: int) -> int:
    """How many copies there are of what is said once, of which the first whole clause begins at `start`."""
    if begins_amid(run, start, core):
        return (run.end - run.start) // run.period
    copies, rest = divmod(run.end - start, run.period)
    return copies + (rest >= core and is_mark(text[run.end - run.period : run.end - rest]))
