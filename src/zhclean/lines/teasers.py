"""Beginnings of a paragraph that say themselves that they were cut off: with an ellipsis, a link to the rest, or both."""

from __future__ import annotations

from zhclean.patterns import pattern

_REST = "(?:详细|詳細|[阅閱][读讀]全文|查看(?:全文|更多|[详詳]情)|全文|更多)"
_CUT = pattern(
    rf"(?:(?:(?<![…⋯])[…⋯]+|(?<!\.)\.{{3,}})(?:[\[【（(]?{_REST}[\]】）)]?[>»]*)?|[\[【（(]{_REST}[\]】）)])\Z"
)
"""What stands where the line was cut off."""

_LAST = frozenset("…⋯.]】）)>»细細文多情")
"""What it ends with."""


def is_teaser(line: str) -> bool:
    """Whether a line may be one: a writer's ellipsis looks the same."""
    return said(line) != line


def has_link(line: str) -> bool:
    """Whether it names a link to the rest, which no writer sets."""
    return line[-1:] not in "…⋯." and is_teaser(line)


def said(line: str) -> str:
    """What a line says in front of the mark that it was cut off.

    >>> said("途经文昌路、滨江路……[详细]")
    '途经文昌路、滨江路'
    """
    found = _CUT.search(line) if line[-1:] in _LAST else None
    return line[: found.start()] if found else line
