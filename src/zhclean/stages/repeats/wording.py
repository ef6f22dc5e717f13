"""What a line says by itself: a sentence, a heading, the field of a form, what somebody calls out."""

from __future__ import annotations

from zhclean.characters import CLAUSE_MARKS, CLOSERS, TERMINALS
from zhclean.lines.blocks import CREDITS, Kind, kind
from zhclean.patterns import pattern

SENTENCE = 20
"""Characters from which a line with a clause mark in it is text that is not repeated on purpose."""

FORMULA = 60
"""Characters up to which a line with a label, a question or a quotation may be repeated on purpose."""

TITLE = 40
"""Characters from which a line is no headline: shorter ones may well begin as their text does."""

CLAUSES = 12
"""Han, at least, of clauses most of which is Latin or figures, as a report of the markets has them."""

_LABEL = pattern(r"[^，。；！？“]{1,6}(?<![说道出示称调为])[：:]")
FIELD = pattern(
    r"[（(\[【〔]?(?:[0-9]{1,2}|[〇零一二三四五六七八九十]{1,3})[）)\]】〕、.．](?![0-9])|[^，。；！？：:“”]{2,16}[：:]"
)
"""An item's number, or the name of a field."""

ON_PURPOSE = frozenset(
    {Kind.HEADING, Kind.TABLE, Kind.CODE, Kind.RULE, Kind.FURNITURE, Kind.BYLINE, Kind.CREDIT}
)
"""What may stand again because it is what it is."""

_QUOTATION = pattern("“[^“”]*”?|「[^「」]*」?")
_PAIRS = (("《", "》"), ("“", "”"), ("（", "）"), ("「", "」"))
_NO_HEADINGS = CREDITS | {Kind.FURNITURE, Kind.RULE, Kind.DATELINE}


def is_sentence(key: str) -> bool:
    """Whether a line is text that is not repeated on purpose, as a vote's result or a question is."""
    if len(key) < SENTENCE or not any(mark in key for mark in CLAUSE_MARKS) or not is_prose(key):
        return False
    if kind(key) in ON_PURPOSE:
        return False
    return len(key) >= FORMULA or not (_LABEL.match(key) or key[-1] in "？?" or _is_speech(key))


def _is_speech(line: str) -> bool:
    """Whether a line begins with what somebody says, and has no more beside it than who says it."""
    return line[0] in "“「" and _outside_quotations(line) < SENTENCE


def is_quotation(line: str) -> bool:
    """Whether a line is what somebody says, to its end, and nothing else: another may say it after him."""
    is_said = line[0] in "“「" and line[-1] in "”」" and line[-2] not in "…⋯."
    return is_said and not _outside_quotations(line)


def _outside_quotations(line: str) -> int:
    return len(_QUOTATION.sub("", line))


def is_heading(line: str) -> bool:
    """Whether a line tells what those behind it are about: a title, a label, a question, but no sentence."""
    if not line or kind(line) in _NO_HEADINGS or (line[0] == "（" and line[-1] == "）"):
        return False
    return line[-1] in "？?" or (len(line) < TITLE and not any(mark in line for mark in "，。；！？…⋯"))


def ends_well(key: str) -> bool:
    """Whether a line ends where a sentence does."""
    return key.rstrip(CLOSERS)[-1:] in TERMINALS


def is_cry(line: str) -> bool:
    """Whether a line is what someone calls out, and may call out again."""
    return line[0] in "“「" and len(line) < SENTENCE and line.rstrip(CLOSERS)[-1:] in "！!"


def is_said(rest: str) -> bool:
    """Whether a line ends with a sentence, and not with an ellipsis, a name or a link."""
    return ends_well(rest) and any(map(str.isalnum, rest))


def is_prose(line: str) -> bool:
    """Whether half of a line is Han, or enough of it for clauses that stand in it, whatever Latin and figures there are."""
    return 2 * _han(line) >= len(line) or (_han(line) >= CLAUSES and any(mark in line for mark in "，。；"))


def is_unpaired(line: str) -> bool:
    """Whether a quotation or bracket lacks its other end."""
    return any(line.count(opening) != line.count(closing) for opening, closing in _PAIRS)


def is_unclosed(line: str) -> bool:
    """Whether more of them open than close."""
    return any(line.count(opening) > line.count(closing) for opening, closing in _PAIRS)


def is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _han(line: str) -> int:
    return sum(map(is_han, line))
