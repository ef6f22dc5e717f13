"""Whether a clause is said again on purpose: somebody speaks, or the sentence tells of it."""

from __future__ import annotations

from zhclean.edits import Span
from zhclean.patterns import pattern
from zhclean.stages.repeats.loops.saying import (
    CLOSING_QUOTES,
    NOT_SPEAKING,
    OPENING_QUOTES,
    REPETITION,
    SPEAKING,
    TIMES,
)

QUOTED, SENTENCE = 300, 60
"""Characters in front that are searched for an opening quote, and in front and behind for its sentence."""

_SPEAKS = pattern(f"(?<!{')(?<!'.join(NOT_SPEAKING.split())})(?<=[{SPEAKING}])[：:]")
_REPEATS = pattern(f"{'|'.join(REPETITION.split())}|[{TIMES}]遍")
_END, _CLAUSE_END = pattern("[。！？!?\n]"), pattern("[，；。！？,;!?\n]")


def is_spoken(text: str, said: Span) -> bool:
    """Whether it stands in a quotation that is open there, or behind a colon that opens speech."""
    line = max(text.rfind("\n", 0, said.start) + 1, said.start - QUOTED)
    opened, closed = (
        max(text.rfind(quote, line, said.start) for quote in quotes)
        for quotes in (OPENING_QUOTES, CLOSING_QUOTES)
    )
    return opened > closed or _SPEAKS.search(_in_front(text, said.start)) is not None


def tells_of_repetition(text: str, said: Span) -> bool:
    """Whether the rest of its sentence has a word that says that it is said more than once."""
    return any(map(_REPEATS.search, (_in_front(text, said.start), _behind(text, said.end))))


def _in_front(text: str, at: int) -> str:
    """What the sentence says in front."""
    return _END.split(text[max(at - SENTENCE, 0) : at])[-1]


def _behind(text: str, at: int) -> str:
    """What its next clause says, if it did not end there."""
    if _END.match(text[at - 1 : at]):
        return ""
    return _CLAUSE_END.split(text[at : at + SENTENCE].lstrip("，"))[0]
