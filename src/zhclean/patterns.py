"""Regular expressions that are compiled when they are first used, and classes of characters for them.

A class of all Han takes up to a millisecond to compile and there are hundreds of them; most texts need a
dozen.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import Any, cast


class _Pattern:
    """Stands for a compiled pattern, of which it has all methods."""

    def __init__(self, expression: str, flags: int) -> None:
        self._expression, self._flags = expression, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # asked for by tools that look at everything
            raise AttributeError(name)
        attribute = getattr(re.compile(self._expression, self._flags), name)
        setattr(self, name, attribute)  # so that this is not called again for it
        return attribute


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """The same as `re.compile`, at a later time: an error in the expression shows when it is used."""
    return cast("re.Pattern[str]", _Pattern(expression, flags))


def character_class(characters: Iterable[str]) -> str:
    r"""What stands between the brackets of a regular expression for these characters, as ranges.

    >>> character_class("cabx-")
    '\\-a-cx'
    """
    present = bytearray(sys.maxunicode + 2)  # bytes are searched faster than thousands of numbers are sorted
    for point in map(ord, characters):
        present[point] = 1
    ranges, end = [], 0
    while (first := present.find(1, end)) >= 0:
        end = present.find(0, first)
        ranges.append(_in_class(first) + (f"-{_in_class(end - 1)}" if end > first + 1 else ""))
    return "".join(ranges)


def _in_class(point: int) -> str:
    """A character as it is written within the brackets of a regular expression."""
    return chr(point) if point > 0x7F else re.escape(chr(point))
