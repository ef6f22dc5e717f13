"""Tokens that a break tears in two: what stands on both sides cannot be two lines."""

from __future__ import annotations

import re

from zhclean.characters import FULLWIDTH_TO_ASCII
from zhclean.patterns import pattern

_DIGITS_LAST = pattern("[0-9]+$")
_DIGITS_FIRST = pattern("([0-9]+)(?=(.?))", re.DOTALL)
_DATE_PARTS = {
    "年": pattern("(?:1[89]|20)[0-9]{2}"),
    "月": pattern("1[0-2]"),
    "日": pattern("[1-3][0-9]"),
}

LONGEST_TITLE = 40
"""Characters of a title in 《》 that may stand on either side of a break."""


def is_torn(left: str, right: str) -> bool:
    """Whether a date or a title goes across the break between two lines.

    >>> is_torn("截至19", "98年底"), is_torn("《乡", "书》中写道："), is_torn("第3版", "1998年，全区")
    (True, True, False)
    """
    return _date_is_torn(left, right) or _title_is_torn(left, right)


def _date_is_torn(left: str, right: str) -> bool:
    before = _DIGITS_LAST.search(left[-4:].translate(FULLWIDTH_TO_ASCII))
    behind = _DIGITS_FIRST.match(right[:5].translate(FULLWIDTH_TO_ASCII))
    if not before or not behind or behind[2] not in _DATE_PARTS or not behind[2]:
        return False
    return _DATE_PARTS[behind[2]].fullmatch(before[0] + behind[1]) is not None


def _title_is_torn(left: str, right: str) -> bool:
    opened, closed = left.rfind("《", max(0, len(left) - LONGEST_TITLE)), right.find("》", 0, LONGEST_TITLE)
    return opened > left.rfind("》") and closed > 0 and "《" not in right[:closed]
