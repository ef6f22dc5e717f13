"""How well bytes are decoded and wrong decodings undone, and whether correct text is left alone.

    python -m benchmarks.encodings                the whole table
    python -m benchmarks.encodings --limit 100    on fewer documents

Ends with exit code 1 when a figure is below its floor. Needs the texts of `benchmarks.corpora`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import NamedTuple

from opencc import OpenCC
from rapidfuzz.distance import Indel

import zhclean
from benchmarks import corpora
from zhclean.characters import CP1252
from zhclean.edits import Edit

SEED = 2312
STAGES = (zhclean.Mojibake(),)
CLAUSE = re.compile("[\u4e00-\u9fff，。、：]{8,}")
STRINGS = 2_000  # of each length


class Row(NamedTuple):
    name: str
    share: float
    """Per cent."""
    floor: float
    note: str = ""


# --- Bytes ------------------------------------------------------------------------------------------------


def short_strings(texts: list[str]) -> Iterator[Row]:
    """Strings of a few characters, without any ASCII, cut out of clauses."""
    rng = Random(SEED)
    clauses = [clause for text in texts for clause in CLAUSE.findall(text)]
    to_traditional = OpenCC("s2tw").convert
    for codec, convert in (("gbk", str), ("big5", to_traditional), ("gbk", to_traditional)):
        script = "simplified" if convert is str else "traditional"
        for length, floor in ((2, 97.0), (3, 99.0), (4, 99.5), (8, 99.9)):
            right = total = 0
            for clause in rng.choices(clauses, k=STRINGS):
                start = rng.randrange(len(clause) - length + 1)
                text = convert(clause[start : start + length])
                raw = text.encode(codec, "ignore")
                total += 1
                right += zhclean.read(raw) == raw.decode(codec)
            yield Row(
                f"{length} characters, {script}, {codec}", 100 * right / total, floor, f"{right} of {total}"
            )


def lost_bytes(texts: list[str]) -> Iterator[Row]:
    """One byte in 500 of GBK deleted or overwritten: characters that come back, and by Python's decoder."""
    for name, by in (("deleted", b""), ("overwritten", b"\xff")):
        ours = plain = 0.0
        rng = Random(SEED)
        for text in texts:
            pieces = re.findall(b"(?s).{1,500}", text.encode("gb18030"))
            raw = b"".join(p[: (i := rng.randrange(len(p)))] + by + p[i + 1 :] for p in pieces)
            ours += Indel.normalized_similarity(zhclean.read(raw), text)
            plain += Indel.normalized_similarity(raw.decode("gb18030", "replace"), text)
        note = f"plain decoder {100 * plain / len(texts):.2f}"
        yield Row(f"one byte in 500 {name}", 100 * ours / len(texts), 99.0, note)


def archive() -> Iterator[Row]:
    """Files as they were found: GB18030, with lost bytes, padding and every kind of line end."""
    paths = sorted((corpora.DATA / "raw_gbk").glob("*/*"))
    found = [zhclean.decode(path) for path in paths]
    right = sum(d.encoding == "gb18030" and d.confidence > 0.95 for d in found)
    note = f"{right} of {len(paths)}, {sum(d.lost for d in found)} bytes lost"
    yield Row("files of an archive in GB18030", 100 * right / len(paths), 100.0, note)


# --- Text -------------------------------------------------------------------------------------------------


def latin_1(raw: bytes) -> str:
    return raw.decode("latin-1")


def windows_1252(raw: bytes) -> str:
    """As browsers read it: every byte is a character."""
    return raw.decode("latin-1").translate(CP1252)


def as_gb18030(text: str) -> str:
    return re.sub("\ufffd+", "\ufffd", text.encode().decode("gb18030", "replace"))


class Misreading(NamedTuple):
    misread: Callable[[str], str]
    documents: float
    """Floor of the mean similarity of whole documents, per cent."""
    lines: float


MISREADINGS = {
    "GBK read as Latin-1": Misreading(lambda text: latin_1(text.encode("gb18030")), 99.9, 99.0),
    "GBK read as Windows-1252": Misreading(lambda text: windows_1252(text.encode("gb18030")), 99.9, 99.0),
    "UTF-8 read as Latin-1": Misreading(lambda text: latin_1(text.encode()), 99.9, 99.5),
    "UTF-8 read as Windows-1252": Misreading(lambda text: windows_1252(text.encode()), 99.9, 99.5),
    "UTF-8 as Latin-1, no-break spaces lost": Misreading(
        lambda text: latin_1(text.encode()).replace("\xa0", " "), 99.9, 99.5
    ),
    "UTF-8 read as Latin-1 twice": Misreading(
        lambda text: latin_1(latin_1(text.encode()).encode()), 99.9, 99.5
    ),
    "UTF-8 read as Windows-1252 twice": Misreading(
        lambda text: windows_1252(windows_1252(text.encode()).encode()), 99.9, 99.5
    ),
    "UTF-8 read as GB18030": Misreading(as_gb18030, 97.0, 95.0),
    "UTF-8 read as Python's gbk": Misreading(lambda text: text.encode().decode("gbk", "replace"), 86.0, 82.0),
    "GBK read as Big5": Misreading(
        lambda text: text.encode("gb18030").decode("big5hkscs", "replace"), 94.0, 86.0
    ),
}


def misreadings(texts: list[str]) -> Iterator[Row]:
    """Mean similarity to the original: whole documents, then one line in a correct document."""
    for name, (misread, floor, floor_of_lines) in MISREADINGS.items():
        whole = [zhclean.clean(misread(text), STAGES) for text in texts]
        yield _similarity(f"{name}, documents", whole, texts, floor)
        rng = Random(SEED)
        cleaned, originals = list[str](), list[str]()
        for text in texts:
            lines = [line for line in text.split("\n") if line]
            at = rng.randrange(len(lines))
            mixed = "\n".join([*lines[:at], misread(lines[at]), *lines[at + 1 :]])
            result = zhclean.clean(mixed, STAGES).split("\n")
            cleaned.append(result[at] if len(result) == len(lines) else "")
            originals.append(lines[at])
        yield _similarity(f"{name}, lines", cleaned, originals, floor_of_lines)


def _similarity(name: str, cleaned: list[str], originals: list[str], floor: float) -> Row:
    pairs = list(zip(cleaned, originals, strict=True))
    share = sum(Indel.normalized_similarity(a, b) for a, b in pairs) / len(pairs)
    return Row(name, 100 * share, floor, f"{sum(a == b for a, b in pairs)} of {len(pairs)} exact")


def false_alarms(sources: dict[str, list[str]]) -> Iterator[Row]:
    """Correct documents that are left alone."""
    stage = zhclean.Mojibake()
    for name, texts in sources.items():
        touched = sum(any(isinstance(p, Edit) for p in stage.propose(text)) for text in texts)
        yield Row(f"left alone: {name}", 100 - 100 * touched / len(texts), 100.0, f"{len(texts)} texts")


def _texts(name: str, limit: int) -> list[str]:
    documents = list(corpora.SOURCES[name]())
    texts = [document.text or "\n".join(document.paragraphs) for document in documents]
    return texts if limit >= len(texts) else Random(SEED).sample(texts, limit)


def _words() -> list[str]:
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        return []
    with Path(spec.origin).with_name("dict.txt").open(encoding="utf-8") as lines:
        return [line.split(" ")[0] for line in lines]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--limit", type=int, default=300, help="documents for what is damaged (default 300)")
    limit = parser.parse_args().limit
    texts = _texts("clean", limit)
    correct = {name: _texts(name, sys.maxsize) for name in corpora.SOURCES}
    correct["wrapped"] = ["\n".join(wrapped.lines) for wrapped in corpora.wrapped()]
    if words := _words():
        correct["words of a dictionary"] = words
    missed = 0
    for rows in (
        short_strings(texts),
        lost_bytes(texts),
        archive(),
        misreadings(texts),
        false_alarms(correct),
    ):
        for row in rows:
            below = row.share < row.floor
            missed += below
            mark = "  BELOW ITS FLOOR" if below else ""
            print(f"{row.name:48} {row.share:7.2f} %  floor {row.floor:6.2f}  {row.note}{mark}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
