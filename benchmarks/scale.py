"""Deduplication of 10,000 to a million documents: time, memory, and the known duplicates found.

``python -m benchmarks.scale 10000 100000 1000000 --workers 2``

Documents are some 600 characters: sentences of the People's Daily of January 1998, drawn anew for each
document, so that most share a sentence or two with others, as news does. One in five is a copy of another:
word for word but for line breaks, or with sentences replaced. The pairs are known, with their exact Jaccard
similarity. Beside it, datasketch and rensa sketch the same documents in the same run.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.corpora import people_daily

LENGTH = 600  # characters of a document
COPIES = 0.2  # share of documents that are copies
THRESHOLD = 0.7
SKETCHED = 4000  # documents whose sketching is timed; datasketch needs 10 s for them
SLOTS = 128  # of the others' sketches


class Pair(NamedTuple):
    """A copy and what it was made from."""

    original: str
    copy: str
    jaccard: float


def sentences() -> list[str]:
    """The raw material: sentences of ordinary length."""
    paragraphs = (paragraph for document in people_daily() for paragraph in document.paragraphs)
    found = (s for paragraph in paragraphs for s in re.findall(r"[^。！？]{12,120}[。！？]", paragraph))
    return list(dict.fromkeys(found))


def shingles(sentences: Sequence[str]) -> set[str]:
    text = re.sub(r"[\W_]", "", "".join(sentences))
    return {text[i : i + 5] for i in range(len(text) - 4)}


def documents(count: int, seed: int = 0) -> Iterator[tuple[str, str, Pair | None]]:
    """Id, text, and whose copy it is."""
    random, pool = Random(seed), sentences()
    recent: list[tuple[str, list[str]]] = []
    for number in range(count):
        name = f"{number:07}"
        if recent and random.random() < COPIES:
            original, own = random.choice(recent)
            changed = random.choice((0, 0, 1, 2, 3))
            made = list(own)
            for place in random.sample(range(len(made)), min(changed, len(made))):
                made[place] = random.choice(pool)
            one, other = shingles(own), shingles(made)
            yield name, "\n".join(made), Pair(original, name, len(one & other) / len(one | other))
            continue
        own = []
        while sum(map(len, own)) < LENGTH:
            own.append(random.choice(pool))
        if len(recent) < 1000:
            recent.append((name, own))
        else:
            recent[random.randrange(1000)] = (name, own)
        yield name, "".join(own), None


def write(path: Path, count: int) -> tuple[int, list[Pair]]:
    """A corpus in a file: its size in bytes of text, and the known pairs."""
    size, pairs = 0, list[Pair]()
    with path.open("w", encoding="utf-8") as file:
        for name, text, pair in documents(count):
            size += len(text.encode())
            pairs += [pair] if pair else []
            file.write(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n")
    return size, pairs


class Memory:
    """The most memory that this process and those it started held together, in bytes."""

    def __init__(self) -> None:
        self.peak = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.5):
            self.peak = max(self.peak, sum(map(_resident, _family(os.getpid()))))


def _family(root: int) -> set[int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    family = {root}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def _resident(pid: int) -> int:
    """Memory that processes share, such as libraries, counts in parts for each."""
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) << 10 if found else 0


class Result(NamedTuple):
    """What a run took and found."""

    seconds: float
    cpu: float
    memory: int
    recall: float
    precision: float


def measure(path: Path, pairs: Sequence[Pair], workers: int, memory: str) -> Result:
    """Deduplicate a file, from reading it to the last byte of what stays."""
    from zhclean.corpus.deduplication.dedup_files import Plan, dedup_files
    from zhclean.corpus.reading.fields import Fields

    output = path.with_suffix("")
    plan = Plan(output, Fields("text", "id"), workers=workers, memory=memory)
    start, cpu = time.perf_counter(), os.times()
    with Memory() as watched:
        dedup_files([path], plan)
    seconds = time.perf_counter() - start
    spent = sum(os.times()[:4]) - sum(cpu[:4])
    with (output / "removed.jsonl").open(encoding="utf-8") as lines:
        removed = {row["id"]: row["kept_id"] for row in map(json.loads, lines)}
    made_from = {pair.copy: pair.original for pair in pairs}

    def family(name: str) -> str:
        return made_from.get(name, name)

    # Originals are no copies, so all that is alike has one original.
    right = sum(family(copy) == family(kept) for copy, kept in removed.items())
    near = [pair for pair in pairs if pair.jaccard >= THRESHOLD]
    found = sum(pair.copy in removed or pair.original in removed for pair in near)
    return Result(seconds, spent, watched.peak, found / max(len(near), 1), right / max(len(removed), 1))


def ours(texts: Sequence[str]) -> object:
    from zhclean.corpus.deduplication.compared import solid
    from zhclean.corpus.deduplication.minhash import bands, layout, sketch

    shape = layout(THRESHOLD)
    return [bands(sketch(solid(texts[i : i + 160]), shape.slots), shape) for i in range(0, len(texts), 160)]


def datasketch(texts: Sequence[str]) -> object:
    from datasketch import MinHash

    result = []
    for text in texts:
        sketch = MinHash(SLOTS)
        sketch.update_batch([text[i : i + 5].encode() for i in range(len(text) - 4)])
        result.append(sketch)
    return result


def rensa(texts: Sequence[str]) -> object:
    from rensa import RMinHash

    tokens = [[text[i : i + 5] for i in range(len(text) - 4)] for text in texts]
    return RMinHash.digests_from_token_sets(tokens, SLOTS, 42)


def sketching() -> None:
    """Megabytes of UTF-8 a second of processor time, on one core."""
    texts = [text for _, text, _ in islice(documents(SKETCHED), SKETCHED)]
    size = sum(len(text.encode()) for text in texts) / 1e6
    peers: tuple[tuple[str, Callable[[Sequence[str]], object]], ...] = (
        ("zhclean", ours),
        ("datasketch", datasketch),
        ("rensa", rensa),
    )
    for name, work in peers:
        if name != "zhclean" and find_spec(name) is None:
            print(f"sketching  {name:<11} not installed")
            continue
        work(texts[:160])
        best = min(_spent(work, texts) for _ in range(3))
        print(f"sketching  {name:<11} {size / best:6.1f} MB/s a core")


def _spent(work: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    start = time.process_time()
    work(texts)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("counts", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--memory", default="600MB", help="what DuckDB may hold")
    parser.add_argument("--directory", help="where corpora are written; 8 GB for a million documents")
    arguments = parser.parse_args()
    sketching()
    for count in arguments.counts:
        with tempfile.TemporaryDirectory(dir=arguments.directory) as directory:
            path = Path(directory) / "news.jsonl"
            size, pairs = write(path, count)
            # A process of its own: memory that Python does not give back would count for the next size.
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
                result = pool.submit(measure, path, pairs, arguments.workers, arguments.memory).result()
        print(
            f"{count:>9,} documents, {size / 1e6:,.0f} MB: {result.seconds:,.1f} s "
            f"({count / result.seconds:,.0f} documents/s, {result.seconds / count * 1e6:,.0f} µs each; "
            f"{result.cpu:,.1f} s of processor time), "
            f"{result.memory / 1e6:,.0f} MB of memory, recall {result.recall:.4%}, precision {result.precision:.4%}",
            flush=True,
        )


if __name__ == "__main__":
    main()
