"""Whole corpora: files and tables of many texts, on one machine or on Spark.

Nothing heavy is imported until it is used; what needs a package that is not installed says which extra
brings it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhclean.corpus.api import clean as clean
    from zhclean.corpus.deduplication.api import dedup as dedup
    from zhclean.corpus.extras import MissingExtraError as MissingExtraError

_HOME = {
    "clean": "api",
    "dedup": "deduplication.api",
    "MissingExtraError": "extras",
}

__all__ = [*_HOME]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
