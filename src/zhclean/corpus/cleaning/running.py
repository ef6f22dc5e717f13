"""Batches through the kernel, in order: from a journal as far as it goes, then on one core or on several."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from typing import TypeAlias

import pyarrow as pa

from zhclean.corpus.cleaning.kernel import EDITS, Kernel, failure, shifted
from zhclean.corpus.reading.records import Batch
from zhclean.corpus.writing.resume import Journal
from zhclean.workers import in_processes

KILLED = "its process was killed, perhaps for lack of memory"

Done: TypeAlias = tuple[Batch, pa.RecordBatch]


def done(
    batches: Iterable[Batch], kernel: Kernel, workers: int, journal: Journal | None = None
) -> Generator[Done, None, None]:
    """Each batch with its edits, which are in the journal when they come out here."""
    todo = iter(batches)
    if journal:
        yield from ((next(todo), _unpacked(entry)) for entry in journal.entries())
    for batch, edits in _computed(todo, kernel, workers):
        if journal:
            journal.append(_packed(edits))
        yield batch, edits


def _packed(edits: pa.RecordBatch) -> bytes:
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, EDITS, options=options) as writer:
        writer.write_batch(edits)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def _unpacked(entry: bytes) -> pa.RecordBatch:
    with pa.ipc.open_stream(entry) as reader:
        return reader.read_next_batch()


def _computed(batches: Iterator[Batch], kernel: Kernel, workers: int) -> Iterator[Done]:
    if workers == 1:
        yield from ((batch, kernel(batch.texts.to_pylist())) for batch in batches)
        return
    while True:
        held: deque[Batch] = deque()  # what the workers have; strings, as Arrow would send whole buffers
        try:
            for _, edits in in_processes(kernel, _texts(batches, held), workers):
                yield held.popleft(), edits
            return
        except BrokenProcessPool:
            for batch in held:
                yield batch, _each_alone(batch.texts.to_pylist(), kernel)


def _texts(batches: Iterator[Batch], held: deque[Batch]) -> Iterator[list[str]]:
    for batch in batches:
        held.append(batch)
        yield batch.texts.to_pylist()


def _each_alone(texts: list[str], kernel: Kernel) -> pa.RecordBatch:
    """The edits of texts one of which may kill its process: halved until it is alone."""
    try:
        ((_, edits),) = in_processes(kernel, [texts], 1)
    except BrokenProcessPool:
        if len(texts) == 1:
            return failure(KILLED)
        half = len(texts) // 2
        first, second = _each_alone(texts[:half], kernel), _each_alone(texts[half:], kernel)
        return pa.concat_batches([first, shifted(second, half)])
    return edits
