"""What deduplication computes about texts: the same Python on the same Arrow batches under every engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import repeat
from struct import unpack
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from zhclean.corpus.deduplication.bitmaps import bitmap, may_match
from zhclean.corpus.deduplication.compared import Texts, solid
from zhclean.corpus.deduplication.forms import are_other_stories
from zhclean.corpus.deduplication.likeness import Likeness, Order, sort_key
from zhclean.corpus.deduplication.minhash import WIDTH, Layout, anchors, bands, layout, sketch
from zhclean.corpus.deduplication.sentences import without
from zhclean.corpus.reading.records import Batch

SKETCHED = pa.schema(
    [
        ("place", pa.int64()),  # the row's number among all that were read; only tells rows apart
        ("id", pa.string()),
        ("key", pa.binary()),  # its place in the total order: `likeness.sort_key`
        ("node", pa.int64()),  # half of the digest of the text as it is compared: texts equal in it are one
        ("proof", pa.int64()),  # the other half
        (
            "size",
            pa.int64(),
        ),  # characters compared; near nothing: 0, and -1 if there is boilerplate and nothing else
        ("text", pa.string()),  # what is compared: letters and digits
        ("age", pa.int32()),  # 0: remembered from an earlier run, 1: new
        ("hashes", pa.list_(pa.int64())),  # of bands and anchors; texts that share one are candidates
    ]
)

PAIRS = pa.schema([("a", pa.int64()), ("b", pa.int64()), ("a_text", pa.string()), ("b_text", pa.string())])

MATCHES = pa.schema(
    [("u", pa.int64()), ("v", pa.int64()), ("similarity", pa.float64()), ("reason", pa.string())]
)
"""v may go where u stays, unless the reason is `FORM`."""

NEAR, CONTAINED, EXACT = "near", "contained", "exact"

FORM = "form"
"""Alike enough, but another story: v stays."""

_AT_ONCE = 100_000  # characters whose arrays stay in the processor's cache


@dataclass(frozen=True)
class Sketcher:
    """Makes rows of articles rows of `SKETCHED`."""

    likeness: Likeness
    order: Order
    boilerplate: frozenset[int] = frozenset()
    """Keys of sentences that are left out of the comparison."""

    def __call__(self, batch: Batch, first: int = 0) -> pa.RecordBatch:
        """The sketches of a batch whose first row is number `first`."""
        whole = batch.texts.to_pylist()
        texts = without(whole, self.boilerplate) if self.boilerplate else whole
        shape = layout(self.likeness.threshold)
        parts = [self._part(texts[start:end], shape) for start, end in _groups(texts)]
        compared = [text for part in parts for text in part[0]]
        hashes = pa.concat_arrays([part[1] for part in parts] or [pa.array([], pa.list_(pa.int64()))])
        digest = digests(compared)
        columns: list[Any] = [
            pa.array(range(first, first + len(texts)), pa.int64()),
            batch.ids.cast(pa.string()),
            pa.array(self._keys(batch, compared, digest), pa.binary()),
            pa.array([node for node, _ in halves(digest)], pa.int64()),
            pa.array([proof for _, proof in halves(digest)], pa.int64()),
            pa.array(map(_size, compared, texts, whole), pa.int64()),
            pa.array(compared, pa.string()),
            pa.array([1] * len(texts), pa.int32()),
            hashes,
        ]
        return pa.record_batch(columns, schema=SKETCHED)

    def _part(self, texts: Sequence[str], shape: Layout) -> tuple[list[str], pa.ListArray]:
        compared = solid(texts)
        return compared.strings(), self._hashes(compared, shape)

    def _hashes(self, texts: Texts, shape: Layout) -> pa.ListArray:
        count = len(texts.offsets) - 1
        own = bands(sketch(texts, shape.slots, self.likeness.seed), shape)
        own = own[np.diff(texts.offsets) > 0]
        owners = np.repeat(np.flatnonzero(np.diff(texts.offsets)), shape.bands)
        values = own.reshape(-1)
        if self.likeness.containment is not None:
            more, at = anchors(texts)
            owners = np.concatenate((owners, np.repeat(np.arange(count), np.diff(at))))
            values = np.concatenate((values, more))[np.argsort(owners, kind="stable")]
        offsets = np.concatenate(([0], np.cumsum(np.bincount(owners, minlength=count))))
        return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(values, pa.int64()))

    def _keys(self, batch: Batch, compared: Sequence[str], whole: Sequence[bytes]) -> Iterator[bytes]:
        sizes = list(map(len, compared))
        columns: list[Sequence[int | None]] = []
        for criterion in self.order:
            field = criterion.field
            values = repeat(None) if field is None else batch.field(field).cast(pa.string()).to_pylist()
            columns.append([criterion.rank(value, size) for value, size in zip(values, sizes, strict=False)])
        ranks = zip(*columns, strict=True) if columns else repeat(())
        # The row itself comes last, so that rows which differ in anything at all have an order.
        rest = (
            blake2b(line.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            for line in batch.json_lines()
        )
        for rank, id, digest, row in zip(ranks, batch.ids.to_pylist(), whole, rest, strict=False):
            yield sort_key(rank, id, digest + row)


def _size(compared: str, text: str, whole: str) -> int:
    return len(compared) if compared or text == whole or not solid([whole]).strings()[0] else -1


def digests(compared: Sequence[str]) -> list[bytes]:
    """128 bits of each text as it is compared: equal digests are equal texts."""
    return [blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest() for text in compared]


def halves(whole: Sequence[bytes]) -> list[tuple[int, int]]:
    """Digests as two numbers each: the node, and the proof that it is that of one text only."""
    return [unpack(">qq", digest) for digest in whole]


def _groups(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of texts that are worked on together."""
    start = size = 0
    for i, text in enumerate(texts):
        if size and size + len(text) > _AT_ONCE:
            yield start, i
            start, size = i, 0
        size += len(text) + 1
    if start < len(texts):
        yield start, len(texts)


def verified(pairs: pa.RecordBatch, likeness: Likeness) -> pa.RecordBatch:
    """Rows of `MATCHES` for those of `PAIRS` that are as alike as asked, by their sets of shingles."""
    sets: dict[int, frozenset[str]] = {}
    found: list[Match] = []
    for a, b, a_text, b_text in zip(*(column.to_pylist() for column in pairs.columns), strict=True):
        if not may_match(bitmap(a, a_text), bitmap(b, b_text), likeness):
            continue
        one = sets.get(a) or sets.setdefault(a, shingle_set(a_text))
        other = sets.get(b) or sets.setdefault(b, shingle_set(b_text))
        matches = list(_matches((a, one, len(a_text)), (b, other, len(b_text)), likeness))
        if matches and likeness.forms == "keep" and are_other_stories(a_text, b_text):
            matches = [match._replace(reason=FORM) for match in matches]
        found.extend(matches)
    columns = list(zip(*found, strict=True)) or [()] * len(MATCHES)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, MATCHES, strict=True)]
    return pa.record_batch(arrays, schema=MATCHES)


def shingle_set(text: str) -> frozenset[str]:
    """All runs of five characters; a shorter text is one by itself.

    >>> sorted(shingle_set("新华社北京电"))
    ['华社北京电', '新华社北京']
    """
    return frozenset(text[i : i + WIDTH] for i in range(max(1, len(text) - WIDTH + 1)))


class Match(NamedTuple):
    """A row of `MATCHES`."""

    u: int
    v: int
    similarity: float
    reason: str


_Node = tuple[int, frozenset[str], int]


def _matches(one: _Node, other: _Node, likeness: Likeness) -> Iterator[Match]:
    (a, a_set, a_size), (b, b_set, b_size) = one, other
    shared = len(a_set & b_set)
    jaccard = shared / (len(a_set) + len(b_set) - shared)
    if jaccard >= likeness.threshold:
        yield Match(a, b, jaccard, NEAR)
        yield Match(b, a, jaccard, NEAR)
    elif likeness.containment is not None:
        # The shorter goes for the longer and never the other way round: nothing said only once is lost.
        if b_size <= a_size and shared / len(b_set) >= likeness.containment:
            yield Match(a, b, shared / len(b_set), CONTAINED)
        if a_size <= b_size and shared / len(a_set) >= likeness.containment:
            yield Match(b, a, shared / len(a_set), CONTAINED)
