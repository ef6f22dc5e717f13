"""Sentences that recur at the edges of many stories: notices, credits, advertisements of a site.

What recurs inside stories is quotation, and stays. What recurs in copies of one story is the story: copies
count once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from zhclean.corpus.kernel import digests, halves
from zhclean.corpus.plan import Engine, Found, Relation
from zhclean.corpus.records import Batch
from zhclean.corpus.sentences import Sentence, edges, sentences
from zhclean.minhash import solid

UNITS = pa.schema([("node", pa.int64()), ("unit", pa.int64())])
EDGES = pa.schema([("node", pa.int64()), ("unit", pa.int64()), ("text", pa.string())])
LISTED = pa.schema([("text", pa.string()), ("stories", pa.int64()), ("documents", pa.int64())])


@dataclass(frozen=True)
class Recurrence:
    """What counts as boilerplate."""

    least: int = 3
    """Stories at whose beginning or end it stands; near-duplicates are one story."""
    share: float = 0.5
    """Least share of the stories with it in which it stands there."""

    def __post_init__(self) -> None:
        """Refuse what means nothing.

        Raises:
            ValueError: fewer than 2 stories, or a share not between 0 and 1.
        """
        if self.least < 2:
            raise ValueError(f"boilerplate must stand in at least 2 stories, not {self.least}")
        if not 0 <= self.share <= 1:
            raise ValueError(f"share must be between 0 and 1, not {self.share}")


@dataclass(frozen=True)
class Units:
    """The sentences of each text, each once."""

    def __call__(self, batch: Batch, _first: int = 0) -> pa.RecordBatch:
        """Rows of `UNITS`."""
        texts = batch.texts.to_pylist()
        rows = [
            (node, unit)
            for node, own in zip(nodes(texts), sentences(texts), strict=True)
            for unit in {s.key for s in own if s.key is not None}
        ]
        return _batch(rows, UNITS)


@dataclass(frozen=True)
class EdgeUnits:
    """The recurring sentences in the runs of such at the edges of each text."""

    recurring: frozenset[int]

    def __call__(self, batch: Batch, _first: int = 0) -> pa.RecordBatch:
        """Rows of `EDGES`."""
        texts = batch.texts.to_pylist()
        found = zip(nodes(texts), texts, sentences(texts), strict=True)
        rows = [row for node, text, own in found for row in self._rows(node, text, own)]
        return _batch(rows, EDGES)

    def _rows(self, node: int, text: str, own: Sequence[Sentence]) -> Iterator[tuple[int, int, str]]:
        before, behind = edges(own, self.recurring)
        for sentence in (*own[:before], *own[len(own) - behind :]):
            if sentence.key is not None:
                yield node, sentence.key, text[sentence.start : sentence.end].strip()


def nodes(texts: Sequence[str]) -> list[int]:
    """The node of each text, whole."""
    return [node for node, _ in halves(digests(solid(texts).strings()))]


def _batch(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.RecordBatch:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.record_batch(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


STORIES = """
SELECT d.node, COALESCE(r.kept_node, d.node) AS story
FROM {documents} d LEFT JOIN {removed} r ON d.node = r.node AND r.copy = 1
WHERE d.copy = 1 AND d.size > 0"""

RECURRING = """
SELECT u.unit, COUNT(DISTINCT s.story) AS stories, COUNT(*) AS documents
FROM {units} u JOIN {stories} s ON u.node = s.node
GROUP BY u.unit HAVING COUNT(DISTINCT s.story) >= {least}"""

AT_EDGES = """
SELECT text, stories, documents FROM (
  SELECT e.unit, MIN(e.text) AS text, COUNT(DISTINCT s.story) AS at_edge, MIN(r.stories) AS stories,
    MIN(r.documents) AS documents
  FROM {edges} e JOIN {stories} s ON e.node = s.node JOIN {recurring} r ON e.unit = r.unit
  GROUP BY e.unit
) AS counted WHERE at_edge >= {least} AND at_edge >= stories * {share}
ORDER BY stories DESC, documents DESC, text"""


def find(engine: Engine, data: Relation, found: Found, what: Recurrence) -> pa.Table:
    """The boilerplate of a corpus: rows of `LISTED`, the most frequent first.

    `found` is what deduplication of the whole texts found: copies of a story count as one.
    """
    least = str(int(what.least))
    stories = engine.table(STORIES, documents=found.documents, removed=found.removed)
    units = engine.scan(Units(), data, UNITS)
    recurring = engine.table(RECURRING.replace("{least}", least), units=units, stories=stories)
    suspects = [batch["unit"].to_pylist() for batch in engine.batches("SELECT unit FROM {r}", r=recurring)]
    at_edges = engine.scan(EdgeUnits(frozenset(u for own in suspects for u in own)), data, EDGES)
    sql = AT_EDGES.replace("{least}", least).replace("{share}", repr(float(what.share)))
    rows = [b.cast(LISTED) for b in engine.batches(sql, edges=at_edges, stories=stories, recurring=recurring)]
    engine.drop(stories, units, recurring, at_edges)
    return pa.Table.from_batches(rows, LISTED)
