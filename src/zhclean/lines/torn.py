"""Tokens that a break tears in two: what stands on both sides cannot be two lines."""

from __future__ import annotations

import re

from zhclean.characters import FULLWIDTH_TO_ASCII
from zhclean.patterns import pattern

_NUMBER_LAST = pattern("(?P<unit>[年月])?(?P<digits>[0-9]+)$")
_DIGITS_FIRST = pattern("([0-9]+)(?=(.?))", re.DOTALL)
_DATE_PARTS = {
    "年": pattern("(?:1[89]|20)[0-9]{2}"),
    "月": pattern("1[0-2]"),
    "日": pattern("[1-3][0-9]"),
}

_REST_OF_NUMBER = pattern("[.．][0-9]|[万萬亿億%℃]")
_POINT_LAST = pattern(r"[^\W0-9_][0-9]+[.．]$")
"""A decimal whose digits are to follow; a number without a word before it may be that of an item."""

_UNITS = {
    "年": pattern("1[89][0-9]{2}|20[0-9]{2}"),
    "月": pattern("1[0-2]|[1-9]"),
    "日": pattern("[12][0-9]|3[01]|[1-9]"),
}
_WITH_UNIT = pattern(
    "(?P<unit>年)(?![级級轻輕近仅僅味货貨])|(?P<of_month>月)(?=[0-9〇一二三初中上下底份末，,至到])|(?P<of_day>[日号號])(?=[上下早晚凌中午零，,电電讯訊至到])"
)
"""What a line begins with that goes on from a number that is all of the line before: 1995|年2月, 25|日晚上."""

_NEXT_UNIT = {"年": "月", "月": "日"}

LONGEST_NUMBER = 5
"""Characters on either side of a break in which a number of a date stands."""

LONGEST_TITLE = 40
"""Characters of a title in 《》, or of a remark in brackets, that may stand on either side of a break."""

_BRACKETS = {"（": "）", "(": ")", "【": "】", "〔": "〕", "［": "］"}


def is_torn(left: str, right: str) -> bool:
    """Whether a date, a decimal, a title or a remark that is all there is in brackets goes across the break between two
    lines.

    >>> is_torn("截至19", "98年底"), is_torn("《乡", "书》中写道："), is_torn("第3版", "1998年，全区")
    (True, True, False)
    >>> is_torn("1990年5", "月，她"), is_torn("增长7", ".5%"), is_torn("本版编辑3", "月亮升起来了")
    (True, True, False)
    >>> is_torn("增长7.", "5%"), is_torn("1.", "5月开工"), is_torn("（原标题：渡口", "重开）")
    (True, False, True)
    """
    return _number_is_torn(left, right) or _title_is_torn(left, right) or _remark_is_torn(left, right)


def begins_date(number: str, right: str) -> bool:
    """Whether a line that is nothing but a number is the year, the month or the day with which a sentence begins.

    >>> begins_date("1995", "年2月中旬，"), begins_date("25", "日晚上，"), begins_date("25", "日本队")
    (True, True, False)
    """
    unit = _WITH_UNIT.match(right)
    if not unit:
        return False
    name = "年" if unit["unit"] else "月" if unit["of_month"] else "日"
    return _UNITS[name].fullmatch(number) is not None


def _number_is_torn(left: str, right: str) -> bool:
    left, right = (
        part.translate(FULLWIDTH_TO_ASCII) for part in (left[-LONGEST_NUMBER:], right[:LONGEST_NUMBER])
    )
    if _POINT_LAST.search(left) and right[:1].isdecimal():
        return True
    before = _NUMBER_LAST.search(left)
    if not before:
        return False
    return _date_is_torn(before["digits"], right) or _rest_is_torn_off(before["unit"], right)


def _date_is_torn(digits: str, right: str) -> bool:
    behind = _DIGITS_FIRST.match(right)
    if not behind or behind[2] not in _DATE_PARTS or not behind[2]:
        return False
    return _DATE_PARTS[behind[2]].fullmatch(digits + behind[1]) is not None


def _rest_is_torn_off(unit: str | None, right: str) -> bool:
    """Whether the right begins with decimals or 万, or with the month or day that a number behind a year or month is."""
    return _REST_OF_NUMBER.match(right) is not None or (
        unit is not None and right.startswith(_NEXT_UNIT[unit])
    )


def _title_is_torn(left: str, right: str) -> bool:
    opened, closed = left.rfind("《", max(0, len(left) - LONGEST_TITLE)), right.find("》", 0, LONGEST_TITLE)
    return opened > left.rfind("》") and closed > 0 and "《" not in right[:closed]


def _remark_is_torn(left: str, right: str) -> bool:
    closer = _BRACKETS.get(left[0])
    if not closer or closer in left or len(left) > LONGEST_TITLE:
        return False
    closed = right.find(closer, 0, LONGEST_TITLE)
    return closed >= 0 and left[0] not in right[:closed]
