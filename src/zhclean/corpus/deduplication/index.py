"""What stayed in earlier runs, in a DuckDB file, so that today's articles are compared with it too.

Only survivors are remembered, with their sketches. Remembered articles come before all new ones in the
order; where the order as it was asked for says otherwise of two that match, all articles at once would have
come to another result, and that is counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from zhclean.console import shown
from zhclean.corpus.deduplication import boilerplate, plan
from zhclean.corpus.deduplication.boilerplate import Recurrence
from zhclean.corpus.deduplication.decision import Decision, Options, list_boilerplate, sketch
from zhclean.corpus.deduplication.on_duckdb import DuckDB, quoted
from zhclean.corpus.reading.sources import InputError

_FORMAT = 2  # texts as they are compared: now with the marks of figures
_TABLES = (
    "CREATE TABLE remembered.settings (name VARCHAR, setting VARCHAR)",
    "CREATE TABLE remembered.boilerplate (text VARCHAR, stories BIGINT, documents BIGINT)",
    """CREATE TABLE remembered.articles (
      id VARCHAR, key BLOB, node BIGINT, proof BIGINT, size BIGINT, text VARCHAR)""",
    "CREATE TABLE remembered.hashes (node BIGINT, hash BIGINT)",
)

# A first byte puts all remembered articles before all new ones.
_NEW = """
SELECT place, id, '\\x01'::BLOB || key AS key, node, proof, size, text, age FROM {sketched}"""
_NEAR_HASHES = """
SELECT node, hash FROM remembered.hashes WHERE hash IN (SELECT hash FROM {hashes})"""
_REMEMBERED = """
SELECT -1 AS place, id, '\\x00'::BLOB || key AS key, node, proof, size, text, CAST(0 AS INTEGER) AS age
FROM remembered.articles
WHERE node IN (SELECT node FROM {near}) OR node IN (SELECT node FROM {new} WHERE size > 0)"""
_TOGETHER = "SELECT * FROM {one} UNION ALL SELECT * FROM {other}"

_SURVIVORS = """
SELECT s.id, s.key[2:] AS key, s.node, s.proof, s.size, s.text
FROM {sketched} s JOIN {documents} d ON s.key = d.key AND s.place = d.place
WHERE d.age = 1 AND d.size > 0 AND d.copy = 1 AND NOT EXISTS (SELECT 1 FROM {gone} g WHERE g.node = d.node)"""

_OUT_OF_ORDER = """
SELECT COUNT(DISTINCT u.node) AS n
FROM {matches} m
JOIN {documents} u ON m.u = u.node AND u.copy = 1 AND u.age = 1
JOIN {documents} v ON m.v = v.node AND v.age = 0
WHERE u.key[2:] < v.key[2:]"""


class Indexed(NamedTuple):
    """A decision that took what is remembered into account."""

    decision: Decision
    out_of_order: int
    """New texts that match a remembered one and come before it in the order that was asked for."""


class Index:
    """An open index."""

    def __init__(self, engine: DuckDB, path: Path, *, fresh: bool) -> None:
        self._engine = engine
        self._path = path
        self._fresh = fresh

    def decide(self, data: Any, options: Options) -> Indexed:
        """Which of the new articles go, given those remembered.

        Raises:
            InputError: the index was made with other options.
        """
        engine = self._engine
        listed = list_boilerplate(engine, data, options) if self._fresh else self._listed(options)
        fixed = options if listed is None else replace(options, boilerplate=tuple(listed["text"].to_pylist()))
        sketched, hashes = sketch(engine, data, fixed)
        new = engine.table(_NEW, sketched=sketched)
        if not self._fresh:
            near = engine.table(_NEAR_HASHES, hashes=hashes)
            old = engine.table(_REMEMBERED, near=near, new=new)
            new, only_new = engine.table(_TOGETHER, one=new, other=old), new
            together = engine.table(_TOGETHER, one=hashes, other=near)
            engine.drop(near, old, only_new)
        else:
            together = hashes
        found = plan.find(engine, new, together, options.likeness)
        out_of_order = _number(engine, _OUT_OF_ORDER, matches=found.matches, documents=found.documents)
        return Indexed(Decision(new, hashes, found, listed), out_of_order)

    def remember(self, decision: Decision, options: Options) -> None:
        """Add what stays; all of it or, whatever happens, nothing.

        Raises:
            OSError: the file cannot be written.
        """
        relations = {
            "sketched": decision.sketched,
            "documents": decision.found.documents,
            "gone": decision.found.gone,
        }
        survivors = self._engine.table(_SURVIVORS, **relations)
        # Made before the transaction, which can write to one database only.
        listed = self._engine.relation(
            boilerplate.LISTED.empty_table() if decision.boilerplate is None else decision.boilerplate
        )
        with _failing(self._path):
            if self._fresh:
                _attach(self._engine, self._path)
            self._engine.execute("BEGIN")
            try:
                if self._fresh:
                    self._create(listed, options)
                self._engine.execute(f"INSERT INTO remembered.articles SELECT * FROM {survivors}")
                self._engine.execute(
                    f"INSERT INTO remembered.hashes SELECT DISTINCT node, hash FROM {decision.hashes} "
                    f"WHERE node IN (SELECT node FROM {survivors})"
                )
                self._engine.execute("COMMIT")
            except BaseException:
                self._engine.execute("ROLLBACK")
                raise
        self._fresh = False

    def _create(self, listed: str, options: Options) -> None:
        for statement in _TABLES:
            self._engine.execute(statement)
        for name, setting in _settings(options).items():
            self._engine.execute("INSERT INTO remembered.settings VALUES (?, ?)", [name, setting])
        self._engine.execute(f"INSERT INTO remembered.boilerplate SELECT * FROM {listed}")

    def _listed(self, options: Options) -> pa.Table | None:
        """The boilerplate as it was when the index was made: that of one corpus must not change."""
        self._compare(options)
        if options.boilerplate is None:
            return None
        rows = list(self._engine.batches("SELECT * FROM remembered.boilerplate"))
        return pa.Table.from_batches([batch.cast(boilerplate.LISTED) for batch in rows], boilerplate.LISTED)

    def _compare(self, options: Options) -> None:
        rows = self._engine.batches("SELECT name, setting FROM remembered.settings")
        made = {row["name"]: row["setting"] for batch in rows for row in batch.to_pylist()}
        for name, setting in _settings(options).items():
            if made.get(name) != setting:
                raise InputError(
                    f"{shown(self._path)}: was made with {name} {made.get(name)}, and this run has {setting}"
                )


@contextmanager
def opened(engine: DuckDB, path: Path) -> Iterator[Index]:
    """An index in a file, which is made when there is something to remember.

    Raises:
        InputError: the file is no index, or another process has it open.
    """
    fresh = True
    if path.exists():
        with _failing(path):
            _attach(engine, path)
            sql = "SELECT COUNT(*) AS n FROM duckdb_tables() WHERE database_name = 'remembered'"
            tables = _number(engine, sql)
        fresh = tables == 0
        if fresh:
            engine.execute("DETACH remembered")
        elif tables != len(_TABLES):
            raise InputError(f"{shown(path)}: a database, but no index of zhclean")
    yield Index(engine, path, fresh=fresh)


def _attach(engine: DuckDB, path: Path) -> None:
    engine.execute(f"ATTACH {quoted(str(path))} AS remembered (TYPE duckdb)")


@contextmanager
def _failing(path: Path) -> Iterator[None]:
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise InputError(f"{shown(path)}: {str(error).splitlines()[0]}") from error


def _number(engine: DuckDB, sql: str, **relations: str) -> int:
    return int(next(b for b in engine.batches(sql, **relations) if b.num_rows)["n"][0].as_py())


def _settings(options: Options) -> dict[str, str]:
    """What must be the same in all runs on one index."""
    what = options.boilerplate
    return {
        "format": str(_FORMAT),
        "threshold": repr(options.likeness.threshold),
        "containment": repr(options.likeness.containment),
        "forms": options.likeness.forms,
        "seed": repr(options.likeness.seed),
        "order": json.dumps([repr(criterion) for criterion in options.order], ensure_ascii=False),
        "boilerplate": "off" if what is None else "found" if isinstance(what, Recurrence) else "listed",
    }
