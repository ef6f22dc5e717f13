"""Rows of a list or a table that nobody marked: lines that say the same of different things.

15日：阴转小雨，16～21℃ and 16日：大雨，14～18℃ are such, or 东港 0∶0 临江 and 青岭 3∶1 西关. Two halves of one
sentence hardly ever look like that.
"""

from __future__ import annotations

from zhclean.patterns import pattern

_GAP = pattern(r"(?<=\S)(?:\u3000+|[ \u3000]{2,}|\t+)(?=\S)")

CELLS = 3
"""Cells, at least, of a row."""

LONGEST = 40
"""Characters of a row."""

_NUMBER = pattern("[0-9０-９]+(?:[.．,:：∶/][0-9０-９]+)*")
_WORDS = pattern("[\u3400-\u9fff]+|[A-Za-z]+")
_TELLING = pattern("[0-9０-９：: ]")
LEAST_MARKS, SENTENCES = 2, frozenset("。；！？")
"""A row has a number, a colon or a space in it, and its shape two marks or numbers at least and no ends of sentences."""

MOST_OF_SHAPE = 3
"""Marks and numbers that must be the same if one of two rows says more than the other."""

_NUMERALS = "0-9０-９〇零一二三四五六七八九十"
_LABEL = pattern(
    f"([^{_NUMERALS}，。；：、“《\\s]{{0,2}})[{_NUMERALS}]{{1,3}}([^{_NUMERALS}，。；：、\\s]{{0,2}}(?:[，：:、 ]|$))"
)
"""How numbered rows begin: 第一步，and 15日：and 周三："""

_FIELD = pattern("(?![0-9０-９])[^，。；：、！？“”《》]{2,6}[：:]")
"""How rows begin that have a name in front: 主办：and @江边的风："""


def are_parallel(one: str, other: str) -> bool:
    """Whether two lines look like neighbouring rows: of one shape, or numbered or named alike.

    >>> are_parallel("15日：阴转小雨，16～21℃", "16日：大雨，14～18℃"), are_parallel("大白菜，1.20，持平", "黄瓜，4.60，上涨")
    (True, True)
    >>> are_parallel("第一步，登录服务网", "第二步，上传身份证、房产证照片"), are_parallel("确保服务业，", "增加值增长，")
    (True, False)
    """
    if max(len(one), len(other)) > LONGEST:
        return False
    if is_field(one) and is_field(other):
        return True
    like = label(one)
    if like and like == label(other):
        return True
    if not (_TELLING.search(one) and _TELLING.search(other)):
        return False  # as nearly always
    shorter, longer = sorted((_shape(one), _shape(other)), key=len)
    if len(shorter) < LEAST_MARKS or SENTENCES & set(longer):
        return False
    return shorter == longer or (len(shorter) >= MOST_OF_SHAPE and longer.startswith(shorter))


def label(line: str) -> tuple[str, ...] | None:
    """How a numbered row or heading begins, without its number; None if it is none, or nothing but that."""
    found = _LABEL.match(line)
    return found.groups() if found and any(found.groups()) else None


def is_field(line: str) -> bool:
    """Whether a line begins with the name of a field (主办：…)."""
    return _FIELD.match(line) is not None


def _shape(line: str) -> str:
    """The marks of a line, with 0 for each number."""
    return _WORDS.sub("", _NUMBER.sub("0", line))


def has_gaps(text: str) -> bool:
    """Whether there are wide blanks within the lines of a text at all."""
    return _GAP.search(text) is not None


def are_cells(line: str) -> bool:
    """Whether wide blanks part a line into three cells or more, which are not its characters one by one.

    >>> are_cells("白天　多云　风力三四级"), are_cells("观　光　事　业")
    (True, False)
    """
    if not ("\u3000" in line or "  " in line or "\t" in line):
        return False  # as nearly always
    cells = _GAP.split(line)
    return len(cells) >= CELLS and sum(len(cell) > 1 for cell in cells) >= CELLS - 1
