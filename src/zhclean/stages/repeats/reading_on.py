"""Whether lines read on across their ends, as those of a wrapped paragraph do, or are headings, rows and entries."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from zhclean.characters import ANNOUNCES, CLAUSE_MARKS
from zhclean.lines.blocks import BARRIERS, CREDITS, OPENINGS, Kind, kind
from zhclean.lines.rows import is_field, label
from zhclean.models.networks import Break
from zhclean.models.odds import within
from zhclean.models.opinions import continuation, opinions
from zhclean.stages.repeats.wording import ends_well

CONTEXT = 24
"""Characters on either side of a line's end, or of a cut, that are looked at."""

MOST = 4.0
"""Log-odds of one line's end are taken no more seriously than this: of wrapped lines one in a hundred seems to end, of
rows one in ten to go on."""

LEAST = -1.0
"""Log-odds, all ends together, from which on lines may be a wrapped paragraph: of single ends within one 95 in 100 have
more, of those of rows and headings 25.
"""

ONE_END = -MOST
"""The same where no single end is to tell that they are none."""

_CLOSED = BARRIERS | CREDITS | {Kind.FURNITURE, Kind.CLOSING}
"""What goes on in no other line."""

_OPENS = BARRIERS | OPENINGS
"""What is no other line's end."""


def read_on(lines: Sequence[str], least: float = LEAST) -> bool:
    """Whether lines, one behind the other, are a wrapped paragraph rather than lines each by itself, all ends taken together.

    An end of a sentence says nothing. A comma says little, as verse has them: what is behind it is asked for only if no
    line breaks off amid a phrase.
    """
    unfinished = [(left, right) for left, right in pairwise(lines) if not ends_well(left)]
    amid = [(left, right) for left, right in unfinished if left[-1] not in CLAUSE_MARKS or announces(left)]
    return sum(_log_odds(amid or unfinished)) >= least


def _log_odds(ends: Sequence[tuple[str, str]]) -> list[float]:
    """Of each line's end the log-odds that the words go on."""
    asked = [end for end in ends if not _are_apart(*end)]
    said = opinions([Break("", left[-CONTEXT:], right[:CONTEXT], "") for left, right in asked])
    go_on = [within(opinion.goes_on, MOST) for opinion in said]
    return go_on + [-MOST] * (len(ends) - len(asked))


def _are_apart(left: str, right: str) -> bool:
    """Whether two lines look like an end and a beginning, or like rows that are named or numbered."""
    if kind(left) in _CLOSED or kind(right) in _OPENS or announces(left):
        return True
    number = label(left)
    return (is_field(left) and is_field(right)) or (number is not None and number == label(right))


def announces(line: str) -> bool:
    """Whether a line leads over to what stands below it; behind a semicolon a wrapped sentence goes on as well."""
    return line.endswith(ANNOUNCES)


def going_on(left: str, right: str) -> float:
    """Log-odds that the words of one line, or of a piece of one, go on in another."""
    return continuation(left[-CONTEXT:], right[:CONTEXT])
