"""What stayed in earlier runs, in a DuckDB file, so that today's articles are compared with it too.

Only survivors are remembered, with their sketches. Remembered articles come before all new ones in the
order; where the order as it was asked for says otherwise of two that match, all articles at once would have
come to another result, and that is counted.

What one run adds is a batch, known by its rows. Where the same rows come again, for the run is repeated or was
killed behind the moment at which they were remembered, they are compared with what was remembered before them:
compared with themselves, all would go.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from zhclean.console import shown
from zhclean.corpus.deduplication import boilerplate, plan
from zhclean.corpus.deduplication.boilerplate import Recurrence
from zhclean.corpus.deduplication.decision import Decision, Options, list_boilerplate, sketch
from zhclean.corpus.deduplication.on_duckdb import DuckDB, quoted
from zhclean.corpus.reading.sources import InputError

_FORMAT = 2
_TABLES = (
    "CREATE TABLE remembered.settings (name VARCHAR, setting VARCHAR)",
    "CREATE TABLE remembered.boilerplate (text VARCHAR, stories BIGINT, documents BIGINT)",
    "CREATE TABLE remembered.batches (number BIGINT, digest BLOB)",
    """CREATE TABLE remembered.articles (
      batch BIGINT, id VARCHAR, key BLOB, node BIGINT, proof BIGINT, size BIGINT, text VARCHAR)""",
    "CREATE TABLE remembered.hashes (batch BIGINT, node BIGINT, hash BIGINT)",
)

# A first byte puts all remembered articles before all new ones.
_NEW = """
SELECT place, id, '\\x01'::BLOB || key AS key, node, proof, size, text, age FROM {sketched}"""
_NEAR_HASHES = """
SELECT node, hash FROM remembered.hashes WHERE batch < {batch} AND hash IN (SELECT hash FROM {hashes})"""
_REMEMBERED = """
SELECT -1 AS place, id, '\\x00'::BLOB || key AS key, node, proof, size, text, CAST(0 AS INTEGER) AS age
FROM remembered.articles
WHERE batch < {batch} AND (node IN (SELECT node FROM {near}) OR node IN (SELECT node FROM {new} WHERE size > 0))"""
_TOGETHER = "SELECT * FROM {one} UNION ALL SELECT * FROM {other}"

_SURVIVORS = """
SELECT CAST({batch} AS BIGINT) AS batch, s.id, s.key[2:] AS key, s.node, s.proof, s.size, s.text
FROM {sketched} s JOIN {documents} d ON s.key = d.key AND s.place = d.place
WHERE d.age = 1 AND d.size > 0 AND d.copy = 1 AND NOT EXISTS (SELECT 1 FROM {gone} g WHERE g.node = d.node)"""

_OUT_OF_ORDER = """
SELECT COUNT(DISTINCT u.node) AS n
FROM {matches} m
JOIN {documents} u ON m.u = u.node AND u.copy = 1 AND u.age = 1
JOIN {documents} v ON m.v = v.node AND v.age = 0
WHERE u.key[2:] < v.key[2:]"""

_AGAIN = "SELECT COUNT(*) AS n FROM {removed} WHERE key <> kept_key AND key[2:] = kept_key[2:]"


class Indexed(NamedTuple):
    """A decision that took what is remembered into account."""

    decision: Decision
    out_of_order: int
    """New texts that match a remembered one and come before it in the order that was asked for."""
    again: int
    """New rows that are a remembered row, in everything: another run's output has it."""
    batch: _Batch


class _Batch(NamedTuple):
    """The rows of one run."""

    number: int
    """Batches with a lesser one were remembered before it."""
    digest: bytes
    known: bool


class Index:
    """An open index."""

    def __init__(self, engine: DuckDB, path: Path, *, fresh: bool) -> None:
        self._engine = engine
        self._path = path
        self.fresh = fresh
        """Nothing was ever remembered in it."""

    def decide(self, data: Any, options: Options) -> Indexed:
        """Which of the new articles go, given those remembered.

        Raises:
            InputError: the index was made with other options.
        """
        engine = self._engine
        listed = list_boilerplate(engine, data, options) if self.fresh else self._listed(options)
        fixed = options if listed is None else replace(options, boilerplate=tuple(listed["text"].to_pylist()))
        sketched, hashes = sketch(engine, data, fixed)
        new = engine.table(_NEW, sketched=sketched)
        batch = self._batch(new)
        if not self.fresh:
            near = engine.table(_NEAR_HASHES, hashes=hashes, batch=str(batch.number))
            old = engine.table(_REMEMBERED, near=near, new=new, batch=str(batch.number))
            new, only_new = engine.table(_TOGETHER, one=new, other=old), new
            together = engine.table(_TOGETHER, one=hashes, other=near)
            engine.drop(near, old, only_new)
        else:
            together = hashes
        found = plan.find(engine, new, together, options.likeness)
        out_of_order = _number(engine, _OUT_OF_ORDER, matches=found.matches, documents=found.documents)
        again = _number(engine, _AGAIN, removed=found.removed)
        return Indexed(Decision(new, hashes, found, listed), out_of_order, again, batch)

    def _batch(self, new: str) -> _Batch:
        """These rows as a batch: one that was remembered already, or the next."""
        digest = blake2b(digest_size=16)
        for rows in self._engine.batches("SELECT key FROM {new} ORDER BY key", new=new):
            for key in rows["key"].to_pylist():
                digest.update(len(key).to_bytes(8, "big") + key)
        found = [] if self.fresh else self._engine.batches("SELECT number, digest FROM remembered.batches")
        numbers = {row["digest"]: row["number"] for batch in found for row in batch.to_pylist()}
        known = numbers.get(digest.digest())
        return _Batch(known or len(numbers) + 1, digest.digest(), known is not None)

    def remember(self, indexed: Indexed, options: Options) -> None:
        """Add what stays, unless it was added before; all of it or, whatever happens, nothing.

        Raises:
            OSError: the file cannot be written.
        """
        decision, batch = indexed.decision, indexed.batch
        if batch.known:
            return
        relations = {
            "batch": str(batch.number),
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
            self._engine.execute("BEGIN")
            try:
                if self.fresh:
                    self._create(listed, options)
                self._engine.execute(
                    "INSERT INTO remembered.batches VALUES (?, ?)", [batch.number, batch.digest]
                )
                self._engine.execute(f"INSERT INTO remembered.articles SELECT * FROM {survivors}")
                self._engine.execute(
                    f"INSERT INTO remembered.hashes SELECT DISTINCT {batch.number}, node, hash "
                    f"FROM {decision.hashes} WHERE node IN (SELECT node FROM {survivors})"
                )
                self._engine.execute("COMMIT")
            except BaseException:
                self._engine.execute("ROLLBACK")
                raise
        self.fresh = False

    def _create(self, listed: str, options: Options) -> None:
        for statement in _TABLES:
            self._engine.execute(statement)
        for name, setting in _settings(options).items():
            self._engine.execute("INSERT INTO remembered.settings VALUES (?, ?)", [name, setting])
        self._engine.execute(f"INSERT INTO remembered.boilerplate SELECT * FROM {listed}")

    def _listed(self, options: Options) -> pa.Table | None:
        """The boilerplate as it was when the index was made: that of one corpus must not change."""
        self.compare(options)
        if options.boilerplate is None:
            return None
        rows = list(self._engine.batches("SELECT * FROM remembered.boilerplate"))
        return pa.Table.from_batches([batch.cast(boilerplate.LISTED) for batch in rows], boilerplate.LISTED)

    def compare(self, options: Options) -> None:
        """Whether runs with these options can be on this index.

        Raises:
            InputError: it was made with others.
        """
        if self.fresh:
            return
        rows = self._engine.batches("SELECT name, setting FROM remembered.settings")
        made = {row["name"]: row["setting"] for batch in rows for row in batch.to_pylist()}
        for name, setting in _settings(options).items():
            if made.get(name) != setting:
                raise InputError(
                    f"{shown(self._path)}: was made with {name} {made.get(name)}, and this run has {setting}"
                )


@contextmanager
def opened(engine: DuckDB, path: Path) -> Iterator[Index]:
    """An index in a file, which no other run can open meanwhile.

    It is made at once, so that what is wrong with it is known before any work; if nothing is remembered, it is
    gone again.

    Raises:
        InputError: the file is no index, cannot be made, or another process has it open.
    """
    made = not path.exists()
    with _failing(path):
        _attach(engine, path)
        sql = "SELECT COUNT(*) AS n FROM duckdb_tables() WHERE database_name = 'remembered'"
        tables = _number(engine, sql)
    if tables not in (0, len(_TABLES)):
        raise InputError(f"{shown(path)}: a database, but no index of zhclean")
    index = Index(engine, path, fresh=tables == 0)
    try:
        yield index
    finally:
        if made and index.fresh:
            _discard(engine, path)


def check(path: Path, options: Options) -> None:
    """Open the index and compare it with the options, as a run of deduplication would.

    Raises:
        InputError: what `opened` and `Index.compare` raise.
    """
    with closing(DuckDB(None)) as engine, opened(engine, path) as index:
        index.compare(options)


def _discard(engine: DuckDB, path: Path) -> None:
    import duckdb

    with suppress(duckdb.Error):  # one that is out of memory does nothing more
        engine.execute("DETACH remembered")
    path.unlink(missing_ok=True)


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
