"""``zhclean.corpus.dedup``: one function for files, for tables of any library, and for Spark."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhclean.corpus.api import are_paths
from zhclean.corpus.extras import extras
from zhclean.workers import cores

if TYPE_CHECKING:
    from zhclean.corpus.deduplication.boilerplate import Recurrence
    from zhclean.corpus.deduplication.decision import Options
    from zhclean.corpus.deduplication.likeness import Criterion, Forms


def dedup(
    data: Any,
    output: str | os.PathLike[str] | None = None,
    *,
    text_field: str = "text",
    id_field: str | None = None,
    threshold: float = 0.7,
    containment: float | None = None,
    forms: Forms = "keep",
    prefer: Sequence[Criterion] | None = None,
    boilerplate: bool | Recurrence | Sequence[str] = False,
    index: str | os.PathLike[str] | None = None,
    engine: str = "duckdb",
    workers: int | None = 1,
    memory: str = "600MB",
    replace: bool = False,
    dry_run: bool = False,
) -> Any:
    """Remove copies and near-copies of articles from a corpus.

    `data` is a path, directory or glob pattern, or several: then `output` is a directory, and all options
    are those of ``zhclean corpus dedup``; a `Summary` comes back.

    Or `data` is a table: an Arrow table, batch or reader, a pandas or polars frame, a DuckDB relation, a
    Spark DataFrame. Then a `Deduplicated` comes back, whose parts are tables of the same kind, and Arrow
    tables for whatever is Arrow's. A DataFrame is worked on in its own session.

    `forms` says whether texts that fill one form with other figures, dates and names stay (``"keep"``) or go
    as near-copies (``"remove"``). `prefer` says which of several copies stays: objects of `zhclean.corpus.deduplication.likeness`, `Longest()` unless
    told otherwise. `boilerplate` is True, thresholds, or a list of sentences. `workers` is the number of
    processes, None for one a core; `memory` is what DuckDB may hold.

    Raises:
        MissingExtraError: a package that this needs is not installed; the message tells how to install it.
        TypeError: `data` is neither, or an option does not go with it.
        ValueError: an option means nothing, or there is no such field; of files: nothing to read.
        OSError: a file cannot be read or written, or would be replaced without `replace`.
    """
    if workers is not None and workers < 1:
        raise ValueError(f"workers must be at least 1, or None for all cores, not {workers}")
    if engine not in ("duckdb", "spark"):
        raise ValueError(f"engine must be duckdb or spark, not {engine}")
    if index is not None and engine == "spark":
        raise ValueError("an index is a DuckDB file and goes with that engine")
    count = workers or cores()
    with extras():
        options = _options(threshold, containment, forms, prefer, boilerplate)
        if are_paths(data):
            if output is None:
                raise TypeError("files need an output, the name of a directory")
            names = [os.fspath(name) for name in ([data] if isinstance(data, (str, os.PathLike)) else data)]
            return _files(
                names, output, text_field, id_field, options, engine, index, count, memory, replace, dry_run
            )
        if not (output is index is None) or replace or dry_run or engine != "duckdb":
            raise TypeError("output, index, engine, replace and dry_run go with files")
        return _table(data, text_field, id_field, options, count, memory)


def _options(
    threshold: float,
    containment: float | None,
    forms: Forms,
    prefer: Sequence[Criterion] | None,
    boilerplate: bool | Recurrence | Sequence[str],
) -> Options:
    from zhclean.corpus.deduplication.boilerplate import Recurrence
    from zhclean.corpus.deduplication.decision import Options
    from zhclean.corpus.deduplication.likeness import Likeness, Longest

    if isinstance(boilerplate, str):
        raise TypeError("boilerplate must be a list of sentences, not one str")
    what: Recurrence | tuple[str, ...] | None
    if isinstance(boilerplate, (bool, Recurrence)):
        what = Recurrence() if boilerplate is True else boilerplate or None
    else:
        what = tuple(boilerplate)
    order = (Longest(),) if prefer is None else tuple(prefer)
    return Options(Likeness(threshold, containment, forms), order, what)


def _files(
    names: Sequence[str],
    output: str | os.PathLike[str],
    text_field: str,
    id_field: str | None,
    options: Options,
    engine: str,
    index: str | os.PathLike[str] | None,
    workers: int,
    memory: str,
    replace: bool,
    dry_run: bool,
) -> Any:
    from zhclean.corpus.deduplication.dedup_files import Plan, dedup_files
    from zhclean.corpus.reading.fields import Fields
    from zhclean.corpus.writing.outputs import directory_named

    plan = Plan(
        directory_named(Path(output)),
        Fields(text_field, id_field),
        options,
        engine,
        Path(index) if index is not None else None,
        workers,
        memory,
        replace,
        dry_run,
    )
    return dedup_files(names, plan)


def _table(
    data: Any, text_field: str, id_field: str | None, options: Options, workers: int, memory: str
) -> Any:
    from zhclean.corpus.deduplication.dedup_tables import dedup_dataframe, dedup_table
    from zhclean.corpus.reading.fields import Fields

    fields = Fields(text_field, id_field)
    if type(data).__module__.partition(".")[0] == "pyspark":
        return dedup_dataframe(data, fields, options)
    return dedup_table(data, fields, options, workers, memory)
