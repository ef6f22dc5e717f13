"""Sentences that recur at the edges of many stories: notices, credits, advertisements of a site.

What recurs inside stories is quotation, and what reads like news is news; both stay. What recurs in copies of one story is the story: copies
count once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from zhclean.corpus.deduplication.compared import solid
from zhclean.corpus.deduplication.kernel import digests, halves, shingle_set
from zhclean.corpus.deduplication.notices import NOTICE, kind_of
from zhclean.corpus.deduplication.plan import Engine, Found, Relation
from zhclean.corpus.deduplication.sentences import Sentence, cuts, edges, key_of, sentences, without
from zhclean.corpus.reading.records import Batch

UNITS = pa.schema([("node", pa.int64()), ("unit", pa.int64())])
RESIDUES = pa.schema([("node", pa.int64()), ("shingle", pa.int64())])
EDGES = pa.schema([("node", pa.int64()), ("unit", pa.int64()), ("text", pa.string()), ("kind", pa.string())])
"""Sentences at the edges, each with what it reads like there."""
STRIPPED = pa.schema([("id", pa.string()), ("start", pa.int64()), ("end", pa.int64()), ("text", pa.string())])
"""What was removed from which article: offsets in characters of its text as it came."""
LISTED = pa.schema([("text", pa.string()), ("stories", pa.int64()), ("documents", pa.int64())])


_LEAST_OWN = 8  # letters and digits that make a story of its own
_STORIES_OF_A_LINE = 5  # at least, where nothing but its place tells that a line is none of the story
_SAMPLE = 64  # shingles by which rests are compared


@dataclass(frozen=True)
class Recurrence:
    """What counts as boilerplate."""

    least: int = 3
    """Stories at whose beginning or end it stands; near-duplicates are one story."""
    share: float = 0.5
    """Least share of the stories with it in which it stands there."""
    news: bool = False
    """Take sentences, too, that read like news and not like a notice, a credit or an advertisement."""

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

    def _rows(self, node: int, text: str, own: Sequence[Sentence]) -> Iterator[tuple[int, int, str, str]]:
        before, behind = edges(own, self.recurring)
        for run in (own[:before][::-1], own[len(own) - behind :]):  # both from the story outwards
            found = ""
            for sentence in run:
                if sentence.key is None:
                    continue
                content = text[sentence.start : sentence.end].strip()
                # What stands between a notice and the edge of the page belongs to the notice.
                found = NOTICE if found == NOTICE else kind_of(content, _line_around(text, sentence))
                yield node, sentence.key, content, found


def _line_around(text: str, sentence: Sentence) -> str:
    end = text.find("\n", sentence.end)
    return text[text.rfind("\n", 0, sentence.start) + 1 : end if end >= 0 else len(text)].strip()


@dataclass(frozen=True)
class Residues:
    """Of texts most of which recurs elsewhere, at the edges: what is left without that."""

    recurring: frozenset[int]

    def __call__(self, batch: Batch, _first: int = 0) -> pa.RecordBatch:
        """Rows of `RESIDUES`: the least hashes of the shingles of each such rest."""
        texts = batch.texts.to_pylist()
        rests = solid(without(texts, self.recurring)).strings()
        rows = [
            (node, key)
            for node, text, rest in zip(nodes(texts), texts, rests, strict=True)
            if _LEAST_OWN <= len(rest) < len(text) / 2
            for key in sorted(filter(None, map(key_of, shingle_set(rest))))[:_SAMPLE]
        ]
        return _batch(rows, RESIDUES)


def nodes(texts: Sequence[str]) -> list[int]:
    """The node of each text, whole."""
    return [node for node, _ in halves(digests(solid(texts).strings()))]


def stripped_from(
    ids: Sequence[str], texts: Sequence[str], whole: Sequence[bool], boilerplate: frozenset[int]
) -> pa.RecordBatch:
    """Rows of `STRIPPED` for articles, of which some stay whole because they are nothing but boilerplate."""
    rows = [
        (id, start, end, text[start:end])
        for id, text, own, stays in zip(ids, texts, sentences(texts), whole, strict=True)
        if not stays
        for start, end in cuts(text, own, boilerplate)
    ]
    return _batch(rows, STRIPPED)


def _batch(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.RecordBatch:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.record_batch(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


STORIES = """
SELECT d.node, COALESCE(r.kept_node, d.node) AS story
FROM {documents} d LEFT JOIN {removed} r ON d.node = r.node AND r.copy = 1
WHERE d.copy = 1 AND d.size > 0"""

WIDESPREAD = "SELECT unit FROM {units} GROUP BY unit HAVING COUNT(DISTINCT node) >= {least}"

MIXED = """
SELECT m.story FROM (SELECT story, COUNT(*) AS members FROM {stories} GROUP BY story HAVING COUNT(*) > 1) AS m
JOIN {stories} s ON s.story = m.story JOIN {residues} r ON r.node = s.node
GROUP BY m.story
HAVING COUNT(DISTINCT r.node) = MIN(m.members) AND COUNT(DISTINCT r.shingle) > 0.9 * COUNT(*)"""
# Near-duplicates of which each has something of its own, and none the same: one notice under many stories.

TOLD_APART = """
SELECT s.node, CASE WHEN m.story IS NULL THEN s.story ELSE s.node END AS story
FROM {stories} s LEFT JOIN {mixed} m ON s.story = m.story"""

RECURRING = """
SELECT u.unit, COUNT(DISTINCT s.story) AS stories, COUNT(*) AS documents
FROM {units} u JOIN {stories} s ON u.node = s.node
GROUP BY u.unit HAVING COUNT(DISTINCT s.story) >= {least}"""

AT_EDGES = """
SELECT text, stories, documents FROM (
  SELECT e.unit, MIN(e.text) AS text, COUNT(DISTINCT s.story) AS at_edge, MIN(r.stories) AS stories,
    MIN(r.documents) AS documents, COUNT(*) AS times,
    SUM(CASE WHEN e.kind = 'notice' THEN 1 ELSE 0 END) AS notices,
    SUM(CASE WHEN e.kind = 'news' THEN 1 ELSE 0 END) AS news
  FROM {edges} e JOIN {stories} s ON e.node = s.node JOIN {recurring} r ON e.unit = r.unit
  GROUP BY e.unit
) AS counted WHERE at_edge >= {least} AND at_edge >= stories * {share}
  AND ({any} OR notices * 2 >= times OR (news * 2 <= times AND at_edge >= {of_a_line}))
ORDER BY stories DESC, documents DESC, text"""


def find(engine: Engine, data: Any, found: Found, what: Recurrence) -> pa.Table:
    """The boilerplate of a corpus: rows of `LISTED`, the most frequent first.

    `found` is what deduplication of the whole texts found: copies of a story count as one.
    """
    least = str(int(what.least))
    units = engine.scan(Units(), data, UNITS)
    stories = _stories(engine, data, found, units, least)
    recurring = engine.table(RECURRING.replace("{least}", least), units=units, stories=stories)
    at_edges = engine.scan(EdgeUnits(_keys(engine, "SELECT unit FROM {r}", r=recurring)), data, EDGES)
    sql = AT_EDGES.replace("{least}", least).replace("{share}", repr(float(what.share)))
    sql = sql.replace("{any}", str(what.news).upper()).replace("{of_a_line}", str(_STORIES_OF_A_LINE))
    rows = [b.cast(LISTED) for b in engine.batches(sql, edges=at_edges, stories=stories, recurring=recurring)]
    engine.drop(stories, units, recurring, at_edges)
    return pa.Table.from_batches(rows, LISTED)


def _stories(engine: Engine, data: Any, found: Found, units: Relation, least: str) -> Relation:
    """(node, story): near-duplicates are one story, unless nothing but boilerplate makes them so."""
    stories = engine.table(STORIES, documents=found.documents, removed=found.removed)
    widespread = _keys(engine, WIDESPREAD.replace("{least}", least), units=units)
    residues = engine.scan(Residues(widespread), data, RESIDUES)
    mixed = engine.table(MIXED, stories=stories, residues=residues)
    result = engine.table(TOLD_APART, stories=stories, mixed=mixed)
    engine.drop(stories, residues, mixed)
    return result


def _keys(engine: Engine, sql: str, **relations: Relation) -> frozenset[int]:
    return frozenset(unit for batch in engine.batches(sql, **relations) for unit in batch["unit"].to_pylist())
