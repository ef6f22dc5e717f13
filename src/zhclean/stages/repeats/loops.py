"""A phrase said again and again, or twice running, within a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from typing import NamedTuple

from zhclean.characters import CLAUSE_MARKS, SOUND_WORDS
from zhclean.edits import Span
from zhclean.patterns import pattern
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.drift import UNIT, find_drifting
from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.spoken import is_spoken, tells_of_repetition
from zhclean.stages.repeats.wording import is_han, is_unpaired

SHORT_LOOP = 4
"""Characters of a unit, its separator included, below which a loop needs more copies to be one."""

EMPHATIC, INSISTENT = 6, 4
"""Characters, without its mark, of a clause that a writer may say again for emphasis, as of a question of any length,
and how many copies are a loop even so."""

CALLED = 3
"""Characters of what people call out, and then say more: 快跑，快跑，快跑，快跑啊."""

CHEERED = 7
"""Copies, at most, of such words that a writer sets without marks: 加油加油加油加油."""

DOUBLED = 8
"""Characters of a unit that is a mistake even where it stands only twice running."""

SHORT_CLAUSE, SPOKEN = 12, 20
"""Characters below which a whole clause is said twice running, with a mark between, for emphasis, and where somebody speaks;
there one of the former length may be said three times. Whole sentences are no longer than the former, either."""

OVERLAP = 12
"""Characters of a unit that is a mistake where it stands twice running, wherever it begins: a text was put together
from pieces that overlap."""

LISTED = 4
"""Characters of an item that is a mistake where it stands twice running in a list; names are shorter."""

SPACED = 12
"""Han of a unit that may have spaces in it, as a credit has between names; in shorter ones they part columns."""

CLAUSE = 4
"""Han of a unit most of which is Latin or figures, as 上证指数报3274.18点 is; fewer are a score or a quotation."""

PARALLEL = 2
"""Characters, at most, that parallel clauses begin with."""

STUCK = 5
"""Copies of a unit with figures or Latin in it that are a loop even within a list; fewer are equal results."""

LETTERS = 5
"""Different letters, at least, of a unit without Han; codes and the values of data have fewer."""

FACTS, IN_FRONT = 7, 40
"""Items, at most, that may be the same as a fact, one for each day of a week, and characters in front of them in
which a word may say that they are facts."""

_EACH = pattern(
    r"(?:分[别別]|依次|先[后後]|各(?=[为為是]))(?:[^，。；！？,;!?\n]{0,40}|[为為是：:][^。；！？;!?\n]{0,40})\Z"
)
"""A word that says so, earlier in the clause or, with what the items are then, in the sentence."""

_CELLS = pattern(r"[|｜│┃\t]")
"""What parts the cells of a table."""

_COLUMNS = pattern(r"(?<![A-Za-z.,:;])\s|\s(?![A-Za-z0-9])")
"""A space that does, as one behind a Latin word does not."""


class Run(NamedTuple):
    """``text[start:end]`` repeats itself with a period of `period` characters."""

    start: int
    end: int
    period: int


def find_loops(page: Page, soon: Iterable[tuple[int, int]]) -> Iterator[Claim]:
    """Claim all but one copy of each loop, and the second copy of what is doubled.

    `soon` are the offsets and periods of what may stand again right behind.
    """
    done, walked = 0, dict[int, int]()
    for run in merge(_short_runs(page, soon), sorted(_long_runs(page))):
        unit = page.text[run.start : run.start + run.period]
        if run.start < done or not (_is_prose(unit) or _is_stuck(run, unit)):
            continue
        if (unit + unit).find(unit, 1) < len(unit):
            continue  # a unit that repeats itself is found with its shortest period, too
        if _lists_facts(page.text, run):
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
    if run.end - run.start < 2 * run.period - 2:
        return []
    claim = _loop(text, run, unit) or _said_twice(text, run, unit)
    return [claim] if claim else []


def _loop(text: str, run: Run, unit: str) -> Claim | None:
    core = run.period - _separator(unit)
    # What a list's run begins with may be the end of another item: 总经理、副总经理、副总经理.
    begins_in_item = _marks(unit) == "、" and unit[-1] != "、"
    copies, rest = divmod(run.end - (_first_clause(text, run) if begins_in_item else run.start), run.period)
    copies += rest >= core
    is_quoted = core <= DOUBLED and copies <= FACTS and not is_unpaired(unit) and _opens_quotation(text, run)
    if copies < 3 or _is_called_out(text, run, unit) or is_quoted:
        return None
    if run.period < SHORT_LOOP and (
        (copies <= CHEERED and core == run.period) or SOUND_WORDS & set(unit) or "一" in unit
    ):
        return None
    lists = len(_marks(unit)) > 1 and set(_marks(unit)) == {"、"}
    # The first item of a list stands behind a verb rather than behind a mark.
    start = run.start if lists and _is_whole(run, core) else _first_clause(text, run)
    rest = (run.end - start) % run.period
    is_cut_off = text[run.end : run.end + 1] in ("", "\n") and text[run.end - 1] not in CLAUSE_MARKS
    says_more = core <= CALLED and rest == core and text[run.end : run.end + 1].isalnum()
    is_whole = not (_begins_amid(run, start, core) or (is_cut_off and 0 < rest < core))
    if copies - says_more < INSISTENT and is_whole and _is_emphatic(unit, core):
        return None
    if is_whole and _is_meant(text, run, start, core):
        return None
    if is_cut_off:
        end = start + (core if _is_mark(text[start + core : start + run.period]) else run.period)
    else:
        end = run.end - (_periods(text, run, start, core) - 1) * run.period
    kept = Span(max(min(start, end - run.period), run.start), end)
    return Claim(Span(end, run.end), kept, "phrase repeated in a loop", 0.95)


def _is_meant(text: str, run: Run, start: int, core: int) -> bool:
    """Whether they are whole clauses with marks between that somebody says again, or that their sentence says are."""
    copies, rest = divmod(run.end - start, run.period)
    copies += rest >= core
    between = text[start + core : start + run.period]
    if not between or not _is_mark(between) or "、" in between or _begins_amid(run, start, core):
        return False
    if copies > FACTS or is_unpaired(text[start : start + run.period]):
        return False
    said = Span(start, run.end)
    longest = SPOKEN if copies == 2 and "。" not in between else SHORT_CLAUSE
    is_said = copies < INSISTENT and core < longest and is_spoken(text, said)
    return is_said or tells_of_repetition(text, said)


def _periods(text: str, run: Run, start: int, core: int) -> int:
    """How many copies there are of what is said once, of which the first whole clause begins at `start`."""
    if _begins_amid(run, start, core):
        return (run.end - run.start) // run.period
    copies, rest = divmod(run.end - start, run.period)
    return copies + (rest >= core and _is_mark(text[run.end - run.period : run.end - rest]))


def _begins_amid(run: Run, start: int, core: int) -> bool:
    """Whether one copy more begins within the clause in front of the first whole one, at `start`. Parallel clauses look
    like that, too, but those say less in the end than in front: 应该做什么，不应该做什么，不应该做什么，不该怎么做.
    """
    in_front, rest = start - run.start - (run.period - core), (run.end - start) % run.period
    is_parallel = rest <= PARALLEL and in_front >= 2 * rest
    return in_front > 0 and start - run.start + rest >= run.period and not is_parallel


def _is_whole(run: Run, core: int) -> bool:
    """Whether the run consists of whole copies, but for the last mark."""
    rest = (run.end - run.start) % run.period
    return rest == 0 or rest == core


def _said_twice(text: str, run: Run, unit: str) -> Claim | None:
    """Two copies are one too many only where both are whole clauses, or long."""
    if _is_called_out(text, run, unit) or _opens_quotation(text, run) or _marks(unit) == "？":
        return None
    separator = _separator(unit)
    core = run.period - separator
    start = _first_clause(text, run)
    if _is_meant(text, run, start, core):
        return None
    if run.period >= OVERLAP and run.end - run.start >= 2 * run.period > run.end - start:
        start = run.start
    between = text[start + core : start + run.period]
    rest = run.end - start - run.period
    if rest >= run.period:
        end = start + 2 * run.period
    elif (
        separator
        and _is_mark(between)
        and rest == core
        and text[run.end : run.end + 1] in CLAUSE_MARKS + "\n"
    ):
        end = start + run.period + core
    else:
        return None
    listed = separator == 1 and "、" in between
    if core < (LISTED if listed else DOUBLED) or (listed and not unit.strip(CLAUSE_MARKS).isalpha()):
        return None
    if core < DOUBLED and not _begins_clause(text, start):
        return None  # the item in front is a longer word
    if core < min(run.period, SHORT_CLAUSE) and not listed and _is_mark(between):
        return None
    if not separator and sum(map(is_han, unit)) < 0.7 * len(unit):
        return None  # the columns of a table
    kept = Span(start, start + end - start - run.period)
    return Claim(Span(kept.end, end), kept, "phrase said twice running", 0.8)


def _lists_facts(text: str, run: Run) -> bool:
    """Whether what is listed may be the same as a fact: 依次为阴性、阴性、阳性."""
    if run.period > UNIT or run.end - run.start > FACTS * run.period or not _marks(text[run.start : run.end]):
        return False
    return _EACH.search(text, max(run.start - IN_FRONT, 0), _first_clause(text, run)) is not None


def _is_prose(unit: str) -> bool:
    """Whether a loop of it can be a slip at all: words, and not the cells of a table or a rule."""
    han = sum(map(is_han, unit))
    is_clause = han >= CLAUSE and any(mark in unit for mark in "，。；")
    if len(set(unit)) < 2 or han < 2 or not (2 * han >= len(unit) or is_clause) or _CELLS.search(unit):
        return False
    return han >= SPACED or not _COLUMNS.search(unit * 2)


def _is_stuck(run: Run, unit: str) -> bool:
    """Whether nothing natural says it so often, whatever it consists of: figures, Latin or half a quotation."""
    copies = (run.end - run.start) // run.period
    if copies < 3 or not any(map(str.isalpha, unit)):
        return False
    if is_unpaired(unit):
        return run.period >= SHORT_LOOP or copies >= STUCK
    if _CELLS.search(unit) or _COLUMNS.search(unit * 2):
        return False
    is_fact = sum(map(is_han, unit)) < 2 or _marks(unit) != ""
    if run.period < SHORT_LOOP or copies < (FACTS + 1 if is_fact else STUCK):
        return False
    return any(map(is_han, unit)) or len({*filter(str.isalpha, unit)}) >= LETTERS


def _is_mark(text: str) -> bool:
    return not text.strip(CLAUSE_MARKS)


def _separator(unit: str) -> int:
    """The number of clause marks in a row, seen around the loop's corner."""
    stripped = unit.strip(CLAUSE_MARKS)
    return len(unit) - len(stripped) if stripped != unit else _inner_separator(unit)


def _inner_separator(unit: str) -> int:
    """The same for a unit that the run cut elsewhere than at its mark: a mark anywhere in it, if there is one."""
    return min(sum(char in CLAUSE_MARKS for char in unit), 1)


def _first_clause(text: str, run: Run) -> int:
    """Where the first clause of the run begins that stands in it whole; its start if it has no marks."""
    places = range(run.start, run.start + run.period)
    return next((i for i in places if _begins_clause(text, i)), run.start)


def _begins_clause(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] in CLAUSE_MARKS or text[at - 1].isspace()


def _is_called_out(text: str, run: Run, unit: str) -> bool:
    """Whether it is an exclamation: those are repeated for emphasis."""
    return any(mark in unit + text[run.end : run.end + 1] for mark in "！!")


def _is_emphatic(unit: str, core: int) -> bool:
    """Whether it is a short clause or a question: 等啊，等啊，等啊. Items of a list are not said again for emphasis."""
    return _marks(unit) == "？" or (_marks(unit) == "，" and core <= EMPHATIC)


def _marks(unit: str) -> str:
    return "".join(char for char in unit if char in CLAUSE_MARKS)


def _opens_quotation(text: str, run: Run) -> bool:
    """Whether the loop is what is quoted: people do say things twice."""
    before = text[max(run.start - 1, 0) : run.start + 1]
    return any(mark in before for mark in "“‘「『")
