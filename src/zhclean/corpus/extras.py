"""What an installation may lack, and which extra brings it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_EXTRAS = {"pyarrow": "corpus", "duckdb": "corpus", "pyspark": "spark"}


class MissingExtraError(ImportError):
    """A package is not installed; the message tells the command that installs it."""


@contextmanager
def extras() -> Iterator[None]:
    """Imports in here may fail for want of an extra; the error then says which.

    Raises:
        MissingExtraError: instead of the import's own error.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in _EXTRAS:
            raise
        command = f"pip install 'zhclean[{_EXTRAS[package]}]'"
        raise MissingExtraError(f"{package} is not installed: {command}", name=package) from error
