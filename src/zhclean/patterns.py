"""Regular expressions that are compiled when they are first used.

A class of all Han takes up to a millisecond to compile and there are hundreds of them; most texts need a
dozen.
"""

from __future__ import annotations

import re
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
