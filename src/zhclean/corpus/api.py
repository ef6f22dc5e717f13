"""``zhclean.corpus.clean``: one function for files and for tables of any library."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhclean.corpus.extras import extras
from zhclean.pipeline import STAGES, Stage
from zhclean.workers import cores

if TYPE_CHECKING:
    from zhclean.corpus.cleaning.kernel import Kernel

_PATH = (str, os.PathLike)


def clean(
    data: Any,
    output: str | os.PathLike[str] | None = None,
    *,
    text_field: str = "text",
    id_field: str | None = None,
    stages: Sequence[Stage] = STAGES,
    min_confidence: float = 0.0,
    workers: int | None = 1,
    edits: str | None = None,
    audit: str | os.PathLike[str] | None = None,
    failed: str | os.PathLike[str] | None = None,
    replace: bool = False,
) -> Any:
    """Clean every text of a corpus.

    `data` is a path, directory or glob pattern, or several: then `output`, `audit`, `failed` and `replace`
    are what ``-o``, ``--audit``, ``--failed`` and ``--force`` of ``zhclean corpus clean`` are, `id_field`
    matters, and a `Summary` comes back. A run that was killed goes on where it was.

    Or `data` is a table: an Arrow table, batch or reader, a pandas or polars frame, a DuckDB relation, a
    Spark DataFrame. The same kind comes back, with the same rows in the same order (Spark promises none);
    null stays null. `edits` names a column to add, which lists each row's edits and gaps.

    `stages` and `min_confidence` are those of `zhclean.clean`; `workers` is the number of processes, None for one a core; Spark has its own.

    Raises:
        MissingExtraError: a package that this needs is not installed; the message tells how to install it.
        TypeError: `data` is neither, or an option does not go with it.
        ValueError: no such field, or it holds something else than text; of files: nothing to read.
        OSError: a file cannot be read or written, or would be replaced without `replace`.
    """
    if workers is not None and workers < 1:
        raise ValueError(f"workers must be at least 1, or None for all cores, not {workers}")
    count = workers or cores()
    if are_paths(data):
        if output is None or edits is not None:
            raise TypeError("files need an output, and tell their edits in a table of their own: audit=")
        with extras():
            from zhclean.corpus.cleaning.clean_files import Plan, clean_files
            from zhclean.corpus.reading.fields import Fields
            from zhclean.corpus.writing.outputs import output_named

            plan = Plan(
                output_named(os.fspath(output)),
                Fields(text_field, id_field),
                stages,
                Path(audit) if audit else None,
                Path(failed) if failed else None,
                min_confidence,
                count,
                replace,
            )
            return clean_files([data] if isinstance(data, _PATH) else data, plan)
    if not (output is audit is failed is id_field is None) or replace:
        raise TypeError(
            "output, id_field, audit, failed and replace go with files; edits= tells a table's edits"
        )
    with extras():
        from zhclean.corpus.cleaning.kernel import edits_of

        kernel = partial(edits_of, stages=stages, min_confidence=min_confidence)
        return _clean_table(data, text_field, kernel, count, edits)


def are_paths(data: Any) -> bool:
    """Whether this names files: a path, or a list of paths."""
    if isinstance(data, _PATH):
        return True
    return isinstance(data, (list, tuple)) and all(isinstance(item, _PATH) for item in data)


def _clean_table(data: Any, text_field: str, kernel: Kernel, workers: int, edits: str | None) -> Any:
    if type(data).__module__.partition(".")[0] == "pyspark":
        from zhclean.corpus.cleaning.spark import clean_dataframe

        return clean_dataframe(data, text_field, kernel, edits)
    from zhclean.corpus.cleaning.frames import clean_frame

    return clean_frame(data, text_field, kernel, workers, edits)
