"""Which articles stay: one SQL text for every engine, and the order in which it runs.

An engine keeps relations, runs SELECTs over them and passes batches through Python functions. It decides
nothing: no hash of its own, no row number that is not by the total order, and no order of arrival has any
influence on the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

import pyarrow as pa

from zhclean.corpus.deduplication.kernel import EXACT, FORM, MATCHES, verified
from zhclean.corpus.deduplication.likeness import Likeness
from zhclean.corpus.deduplication.portions import Scanner

Relation = Any
"""A name or an object by which an engine knows a table."""

IN_MEMORY = 4_000_000
"""Matches up to which what is left to decide is decided in one pass here instead of in rounds of SQL."""


class Engine(Protocol):
    """Something that runs SQL; `{name}` in it stands for a relation."""

    unnest: str
    """Its word for making a row of each item of a list."""

    def table(self, sql: str, **relations: Relation) -> Relation:
        """The rows of a SELECT, computed once, whatever happens to the relations it reads."""

    def map(
        self,
        function: Callable[[pa.RecordBatch], pa.RecordBatch],
        schema: pa.Schema,
        sql: str,
        **relations: Relation,
    ) -> Relation:
        """What a picklable function makes of the batches of a SELECT, in parallel, computed once."""

    def scan(self, function: Scanner, data: Any, schema: pa.Schema) -> Relation:
        """What a picklable function makes of each batch of articles, in parallel, computed once."""

    def batches(self, sql: str, **relations: Relation) -> Iterator[pa.RecordBatch]:
        """The rows of a SELECT, here."""

    def relation(self, table: pa.Table) -> Relation:
        """A small table as a relation."""

    def drop(self, *relations: Relation) -> None:
        """Forget relations that are not needed any more."""


DOCUMENTS = """
SELECT place, id, key, node, proof, size, age, ROW_NUMBER() OVER (PARTITION BY node ORDER BY key, place) AS copy
FROM {sketched}"""
# The first copy of a text in the total order stands for it; identical rows may change places.

CLASHES = "SELECT node FROM {documents} GROUP BY node HAVING MIN(proof) <> MAX(proof)"

BUCKETS = """
SELECT DISTINCT hash, node FROM {hashes}
WHERE hash IN (SELECT hash FROM {hashes} GROUP BY hash HAVING MIN(node) <> MAX(node))"""

CROWDED = "SELECT hash, COUNT(*) AS size FROM {buckets} GROUP BY hash HAVING COUNT(*) > {most}"

HEADS = """
SELECT hash, node FROM (
  SELECT b.hash, b.node, ROW_NUMBER() OVER (PARTITION BY b.hash ORDER BY d.key) AS nth
  FROM {buckets} b JOIN {crowded} c ON b.hash = c.hash JOIN {documents} d ON b.node = d.node AND d.copy = 1
) AS ranked WHERE nth <= {most}"""

PAIRS = """
SELECT DISTINCT a.node AS a, b.node AS b
FROM {buckets} a JOIN {buckets} b ON a.hash = b.hash AND a.node < b.node"""

PAIRS_IN_CROWDS = """
SELECT a.node AS a, b.node AS b
FROM {buckets} a JOIN {buckets} b ON a.hash = b.hash AND a.node < b.node
WHERE NOT EXISTS (SELECT 1 FROM {crowded} c WHERE c.hash = a.hash)
UNION
SELECT LEAST(h.node, b.node), GREATEST(h.node, b.node)
FROM {heads} h JOIN {buckets} b ON h.hash = b.hash AND h.node <> b.node"""

PAIRED_TEXTS = """
SELECT p.a, p.b, x.text AS a_text, y.text AS b_text
FROM {pairs} p
JOIN {documents} i ON p.a = i.node AND i.copy = 1 JOIN {sketched} x ON i.key = x.key AND i.place = x.place
JOIN {documents} j ON p.b = j.node AND j.copy = 1 JOIN {sketched} y ON j.key = y.key AND j.place = y.place
WHERE i.age + j.age > 0
ORDER BY p.a, p.b"""
# Remembered texts have been compared with each other. In order, so that what is computed of a text is at hand.

MATCHING = "SELECT * FROM {compared} WHERE reason <> '{form}'"

OTHERS = """
SELECT DISTINCT m.v AS node
FROM {compared} m
JOIN {documents} u ON m.u = u.node AND u.copy = 1
JOIN {documents} v ON m.v = v.node AND v.copy = 1
WHERE m.reason = '{form}' AND u.key < v.key"""
# As alike to one before it as a copy, and another story.

EDGES = """
SELECT DISTINCT m.u, m.v, v.key AS v_key
FROM {matches} m
JOIN {documents} u ON m.u = u.node AND u.copy = 1
JOIN {documents} v ON m.v = v.node AND v.copy = 1
WHERE u.key < v.key"""

# A text with no undecided neighbour before it stays; all its neighbours behind it go.
GONE = "SELECT DISTINCT v AS node FROM {edges} e WHERE NOT EXISTS (SELECT 1 FROM {edges} f WHERE f.v = e.u)"
UNDECIDED = """
SELECT u, v, v_key FROM {edges} e
WHERE NOT EXISTS (SELECT 1 FROM {gone} g WHERE g.node = e.u) AND NOT EXISTS (SELECT 1 FROM {gone} g WHERE g.node = e.v)"""
ALL_GONE = "SELECT node FROM {before} UNION SELECT node FROM {gone}"

REMOVED = """
SELECT place, id, key, node, copy, kept_id, kept_key, kept_node, similarity, reason FROM (
  SELECT c.*, ROW_NUMBER() OVER (PARTITION BY node, copy ORDER BY similarity DESC, kept_key) AS choice FROM (
    SELECT d.place, d.id, d.key, d.node, d.copy, k.id AS kept_id, k.key AS kept_key, k.node AS kept_node, m.similarity, m.reason
    FROM {gone} g
    JOIN {documents} d ON g.node = d.node
    JOIN {matches} m ON m.v = d.node
    JOIN {documents} k ON m.u = k.node AND k.copy = 1
    WHERE k.key < d.key AND NOT EXISTS (SELECT 1 FROM {gone} h WHERE h.node = m.u)
    UNION ALL
    SELECT d.place, d.id, d.key, d.node, d.copy, k.id, k.key, k.node, CAST(1 AS DOUBLE), '{exact}'
    FROM {documents} d JOIN {documents} k ON d.node = k.node AND k.copy = 1
    WHERE d.copy > 1 AND d.size > 0 AND NOT EXISTS (SELECT 1 FROM {gone} h WHERE h.node = d.node)
  ) AS c
) AS ranked WHERE choice = 1"""

REMOVED_TABLE = "SELECT id, kept_id, similarity, reason FROM {removed} ORDER BY kept_key, key"

CLUSTERS_TABLE = """
SELECT cluster, id, kept, similarity FROM (
  SELECT kept_key, key, kept_id AS cluster, id, FALSE AS kept, similarity FROM {removed}
  UNION ALL
  SELECT DISTINCT kept_key, kept_key, kept_id, kept_id, TRUE, CAST(1 AS DOUBLE) FROM {removed}
) AS members ORDER BY kept_key, kept DESC, key"""

MARKED_TABLE = """
SELECT id, mark FROM (
  SELECT id, key, CASE WHEN size < 0 THEN 'boilerplate-only' ELSE 'empty' END AS mark
  FROM {documents} WHERE size <= 0 AND age = 1
  UNION ALL
  SELECT d.id, d.key, 'form' AS mark FROM {documents} d JOIN {others} o ON d.node = o.node
  WHERE d.copy = 1 AND d.age = 1 AND NOT EXISTS (SELECT 1 FROM {gone} g WHERE g.node = d.node)
) AS marks ORDER BY key"""

KEPT = """
SELECT row, size FROM {sketched} WHERE size <= 0
UNION ALL
SELECT s.row, s.size FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY key ORDER BY key) AS twin FROM {sketched}) AS s
JOIN {documents} d ON s.key = d.key AND d.copy = 1
WHERE s.twin = 1 AND s.size > 0 AND NOT EXISTS (SELECT 1 FROM {gone} g WHERE g.node = s.node)"""
# Rows that are the same in everything have one key: any of them may be the one that stays.

EQUAL_IDS = """
SELECT id, COUNT(*) AS times FROM {documents} WHERE age = 1 GROUP BY id HAVING COUNT(*) > 1 ORDER BY id"""

HASHES = "SELECT node, {unnest}(hashes) AS hash FROM {sketched}"
# The only words the two engines do not share: UNNEST and EXPLODE.


@dataclass(frozen=True)
class Found:
    """What deduplication decided."""

    documents: Relation
    """All rows: place, id, key, node, proof, size, copy."""
    matches: Relation
    gone: Relation
    """node: the texts of which no copy stays."""
    others: Relation
    """node: the texts that are as alike to an earlier one as a copy, and other stories."""
    removed: Relation
    """place, id, key, node, copy, kept_id, kept_key, kept_node, similarity, reason; a row for each that goes."""
    crowded: int
    """Buckets with more texts than were all compared with each other."""

    @property
    def relations(self) -> tuple[Relation, ...]:
        """All of them."""
        return self.documents, self.matches, self.gone, self.others, self.removed

    @property
    def told(self) -> dict[str, Relation]:
        """Those that tables are made of."""
        return {
            "documents": self.documents,
            "removed": self.removed,
            "gone": self.gone,
            "others": self.others,
        }


def hashes_of(engine: Engine, sketched: Relation) -> Relation:
    """(node, hash) of all rows of `kernel.SKETCHED`."""
    return engine.table(HASHES.replace("{unnest}", engine.unnest), sketched=sketched)


def find(engine: Engine, sketched: Relation, hashes: Relation, likeness: Likeness) -> Found:
    """Decide which rows of `kernel.SKETCHED` go; `hashes` are those of `hashes_of`.

    Raises:
        ArithmeticError: two texts have the same node, which no one will live to see.
    """
    documents = engine.table(DOCUMENTS, sketched=sketched)
    if any(batch.num_rows for batch in engine.batches(CLASHES, documents=documents)):
        raise ArithmeticError("two different texts have the same 64-bit digest")
    pairs, crowded = _pairs(engine, documents, hashes, likeness)
    check = partial(verified, likeness=likeness)
    compared = engine.map(check, MATCHES, PAIRED_TEXTS, pairs=pairs, documents=documents, sketched=sketched)
    matches = engine.table(MATCHING.replace("{form}", FORM), compared=compared)
    others = engine.table(OTHERS.replace("{form}", FORM), compared=compared, documents=documents)
    gone = _fixpoint(engine, engine.table(EDGES, matches=matches, documents=documents))
    removed = engine.table(REMOVED.replace("{exact}", EXACT), documents=documents, matches=matches, gone=gone)
    engine.drop(pairs, compared)
    return Found(documents, matches, gone, others, removed, crowded)


def _pairs(engine: Engine, documents: Relation, hashes: Relation, likeness: Likeness) -> tuple[Relation, int]:
    """All pairs of texts that share a bucket, and how many buckets were too crowded for all their pairs."""
    most = str(int(likeness.most))
    buckets = engine.table(BUCKETS, hashes=hashes)
    crowded = engine.table(CROWDED.replace("{most}", most), buckets=buckets)
    count = counted(engine, crowded)
    if count:
        heads = engine.table(
            HEADS.replace("{most}", most), buckets=buckets, crowded=crowded, documents=documents
        )
        pairs = engine.table(PAIRS_IN_CROWDS, buckets=buckets, crowded=crowded, heads=heads)
        engine.drop(heads)
    else:
        pairs = engine.table(PAIRS, buckets=buckets)
    engine.drop(buckets, crowded)
    return pairs, count


def _fixpoint(engine: Engine, edges: Relation) -> Relation:
    """The texts that go: those with an earlier neighbour that stays. There is one solution, however found."""
    gone = None
    while (left := counted(engine, edges)) > IN_MEMORY:
        now = engine.table(GONE, edges=edges)
        edges, done = engine.table(UNDECIDED, edges=edges, gone=now), edges
        gone = now if gone is None else engine.table(ALL_GONE, before=gone, gone=now)
        engine.drop(done)
    rest = _decided(engine, edges) if left else set()
    engine.drop(edges)
    if gone is not None and not rest:
        return gone
    last = engine.relation(pa.table({"node": pa.array(sorted(rest), pa.int64())}))
    return last if gone is None else engine.table(ALL_GONE, before=gone, gone=last)


def _decided(engine: Engine, edges: Relation) -> set[int]:
    """What goes, in one pass in the total order: whatever stands before a text is decided before it."""
    gone: set[int] = set()
    for batch in engine.batches("SELECT u, v FROM {edges} ORDER BY v_key", edges=edges):
        for u, v in zip(batch["u"].to_pylist(), batch["v"].to_pylist(), strict=True):
            if u not in gone:
                gone.add(v)
    return gone


def counted(engine: Engine, relation: Relation) -> int:
    """How many rows a relation has."""
    (batch,) = (b for b in engine.batches("SELECT COUNT(*) AS n FROM {r}", r=relation) if b.num_rows)
    return int(batch["n"][0].as_py())
