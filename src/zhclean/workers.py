"""Many texts, on one core or on several, in the order they came."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from itertools import islice
from types import FrameType
from typing import TypeVar

from zhclean.pipeline import STAGES, Stage, check_confidence, clean, several

T = TypeVar("T")
R = TypeVar("R")
Cleaner = Callable[[str], str]

BATCH = 100_000
"""Characters sent to a worker at once: some 30 ms of work, against 0.2 ms to send it there and back."""

OVERHEAD = 50
"""What a text counts for beyond its characters, so that a batch of empty texts has an end too."""

AHEAD = 2
"""Tasks in flight for each worker: one at work, one waiting, so that none has to wait for the caller."""

# A plain fork copies locks that other threads hold at that moment, and the child waits for them forever.
# On macOS the system's own libraries do not survive a fork either, not even the fork server's.
START_METHOD = (
    "forkserver"
    if "forkserver" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    else "spawn"
)
DEATH = (
    "a worker died: it was killed, perhaps for lack of memory, or the main module has no "
    '`if __name__ == "__main__":` around what starts workers'
)
MOST_WORKERS = 61 if sys.platform == "win32" else 1024  # Windows cannot wait for more than 61 processes


def clean_many(
    texts: Iterable[str],
    workers: int | None = 1,
    stages: Iterable[Stage] = STAGES,
    *,
    min_confidence: float = 0.0,
) -> Generator[str, None, None]:
    """Clean each of `texts`, in their order, reading only a little ahead of what has been asked for.

    With 1 worker everything runs in this process; with more, in as many others, and with None in one for
    each core. Other processes import the main module again: it must be a file and have the usual
    ``if __name__ == "__main__":``, and stages of one's own must be importable and picklable.
    An error, in the iterable or in a text, is raised when its turn comes, after the results before it.
    Closing the generator ends the processes. `stages` and `min_confidence` are those of `clean`.

    Raises:
        TypeError: `texts` is itself a string, one of them is not, or `stages` are no stages.
        ValueError: fewer than 1 worker, or `min_confidence` is not between 0 and 1.
        concurrent.futures.process.BrokenProcessPool: a worker died; the message says of what it may have.

    >>> list(clean_many(["２０２３年", "百分之七"]))
    ['2023年', '百分之七']
    """
    if isinstance(texts, (str, bytes)):
        raise TypeError(f"texts must be an iterable of str, not one {type(texts).__name__}")
    count = cores() if workers is None else workers
    if count < 1:
        raise ValueError(f"workers must be at least 1, or None for all cores, not {workers}")
    check_confidence(min_confidence)
    cleaner = partial(clean, stages=several(stages), min_confidence=min_confidence)
    return _inline(texts, cleaner) if count == 1 else _in_batches(texts, count, cleaner)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_processes(
    function: Callable[[T], R], items: Iterable[T], workers: int
) -> Generator[tuple[T, R], None, None]:
    """Each item with what `function` makes of it, in order, with a few tasks in flight at a time.

    `function` must be picklable. What it raises is raised here in its turn.

    Raises:
        concurrent.futures.process.BrokenProcessPool: a worker was killed, mostly for lack of memory, or found itself
            starting workers as it imported the main module.
    """
    workers = min(workers, MOST_WORKERS)
    start_fork_server()
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context(START_METHOD), _follow_parent)
    tasks = ((item, _submit(pool, function, item)) for item in items)
    wait = True
    try:
        pending: deque[tuple[T, Future[R]]] = deque(islice(tasks, AHEAD * workers))
        while pending:
            item, future = pending.popleft()
            yield item, future.result()
            pending.extend(islice(tasks, 1))
    except BrokenProcessPool:
        raise BrokenProcessPool(DEATH) from None
    except KeyboardInterrupt:
        wait = False  # nor should Ctrl-C have to wait until long texts are done
        raise
    finally:
        pool.shutdown(wait=wait and not _interrupted.is_set(), cancel_futures=True)


_interrupted = threading.Event()
"""Set when Ctrl-C came, be it between two results, where a generator is only told that it is closed."""


def _interrupt(number: int, frame: FrameType | None) -> None:
    _interrupted.set()
    signal.default_int_handler(number, frame)


def start_fork_server(*, deaf: bool = False) -> None:
    """Start the process that workers come from, on systems that have one.

    A deaf one and its workers ignore Ctrl-C from their first moment; a worker that is still importing would
    else print a traceback. As this holds for all that the calling process starts in this way, it is for
    programs, and for their main thread only.
    """
    if START_METHOD != "forkserver":
        return
    from multiprocessing.forkserver import ensure_running

    if deaf:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        ensure_running()
        signal.signal(signal.SIGINT, _interrupt if before is signal.default_int_handler else before)
    else:
        ensure_running()


def _submit(pool: ProcessPoolExecutor, function: Callable[[T], R], item: T) -> Future[R]:
    """Hand a task over, which may start a process: Ctrl-C waits, as nobody would end one half started."""
    if sys.platform == "win32":
        return pool.submit(function, item)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(function, item)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _inline(texts: Iterable[str], cleaner: Cleaner) -> Generator[str, None, None]:
    yield from map(cleaner, texts)


def _in_batches(texts: Iterable[str], workers: int, cleaner: Cleaner) -> Generator[str, None, None]:
    failure: list[Exception] = []
    batches = _batches(_until_failure(texts, failure))
    for batch, done in in_processes(partial(_clean_batch, cleaner=cleaner), batches, workers):
        yield from done
        # The worker stopped at a text that fails: here it fails again, with its own traceback.
        yield from _inline(batch[len(done) :], cleaner)
    if failure:
        raise failure[0]


def _until_failure(texts: Iterable[str], failure: list[Exception]) -> Iterator[str]:
    """The texts up to an error in their source, which is kept for when its turn comes."""
    try:
        yield from texts
    except Exception as error:
        failure.append(error)


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += OVERHEAD + (len(text) if isinstance(text, str) else 0)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _clean_batch(texts: Sequence[str], cleaner: Cleaner) -> list[str]:
    """Clean texts up to the first that fails."""
    done: list[str] = []
    with suppress(Exception):
        for text in texts:
            done.append(cleaner(text))  # noqa: PERF401 - what was done before the error counts
    return done


def _follow_parent() -> None:
    """Leave Ctrl-C to the parent, and end when the parent is gone: a killed run leaves no orphans."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
