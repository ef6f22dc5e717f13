"""Beginnings of a paragraph that say themselves that they were cut off: with an ellipsis, a link to the rest, or both."""

from __future__ import annotations

import re

from zhclean.patterns import pattern

_REST = "(?:详细|詳細|[阅閱][读讀]全文|查看(?:全文|更多|[详詳]情)|全文|更多)"
_DOTS = r"(?:(?<!…)…+|(?<!\.)\.{3,})"
_CUT = pattern(
    rf"(?:{_DOTS}(?:[\[【（(]?{_REST}[\]】）)]?[>»]*)?|[\[【（(]{_REST}[\]】）)])[^\S\n]*$", re.MULTILINE
)
"""What stands where the line was cut off, at the end of a line."""


def has_teasers(text: str) -> bool:
    """Whether a line of the text may be one: a writer's ellipsis looks the same."""
    return _CUT.search(text) is not None


def said(line: str) -> str:
    """What a line says in front of the mark that it was cut off.

    >>> said("途经文昌路、滨江路……[详细]")
    '途经文昌路、滨江路'
    """
    found = _CUT.search(line)
    return line[: found.start()] if found else line
