"""What users would otherwise have: the rule everybody writes first, and the one ready-made function."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from importlib import import_module

_FULL_STOPS = tuple("。！？!?…”」』")


def no_end_mark(text: str) -> str:
    """Join a line with the next unless it ends a sentence; the rule of novel-tidying scripts.

    >>> no_end_mark("确保服\\n\\n务业增长。\\n下一段")
    '确保服务业增长。\\n下一段'
    """
    result, line = list[str](), ""
    for part in re.split(r"[\r\n]+", text):
        line += part.strip() if line else part.rstrip()
        if line.endswith(_FULL_STOPS):
            result.append(line)
            line = ""
    return "\n".join([*result, line] if line else result)


def load() -> dict[str, Callable[[str], str] | None]:
    """Every peer by name; None where it is not installed."""
    return {"no end mark → join": no_end_mark, "unstructured": _unstructured()}


def _unstructured() -> Callable[[str], str] | None:
    os.environ.setdefault("DO_NOT_TRACK", "true")  # importing it would report to its makers
    os.environ.setdefault("SCARF_NO_ANALYTICS", "true")
    try:
        module = import_module("unstructured.cleaners.core")
    except ImportError:
        return None
    return lambda text: str(module.group_broken_paragraphs(text))
