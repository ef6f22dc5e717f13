"""What it costs to tell every edit: the time of `explain` as a multiple of that of `clean`.

    python -m benchmarks.explain [--limit 40] [--repeat 5] [--json explain.json]

Both do the same documents in turn, timed in CPU seconds of this process; of several times the shortest
counts. Fails (exit code 1) where `explain` takes more than `MOST` times as long.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import zhclean
from benchmarks.corpora import SOURCES, split, wrapped

MOST = 2.0
LONG_TEXT = 300_000
"""Characters of the documents that are one text together."""

_WORSE = str.maketrans(
    {
        "，": ",",
        "。": ".",
        "：": ":",
        "；": ";",
        "！": "!",
        "？": "?",
        "（": "(",
        "）": ")",
        "“": '"',
        "”": '"',
    }
    | {chr(0x30 + n): chr(0xFF10 + n) for n in range(10)}
)


class Cost(NamedTuple):
    characters: int
    edits: int
    clean: float
    """Seconds."""
    explain: float

    @property
    def ratio(self) -> float:
        return self.explain / self.clean


def documents(name: str) -> Iterator[str]:
    return (document.whole for document in SOURCES[name]() if split(document.id) == "test")


def wrapped_documents() -> Iterator[str]:
    return ("\n".join(document.lines) for document in wrapped() if split(document.id) == "test")


def damaged(texts: Iterator[str]) -> Iterator[str]:
    """As bad as it gets: half-width marks, full-width digits, broken everywhere, and said twice."""
    rng = random.Random(0)
    for text in texts:
        lines = text.translate(_WORSE).split("\n")
        lines.insert(rng.randrange(len(lines) + 1), rng.choice(lines))
        yield "\n\n".join("\n".join(line[i : i + 20] for i in range(0, len(line), 20)) for line in lines)


ROWS: dict[str, Callable[[], Iterator[str]]] = {
    "clean": partial(documents, "clean"),
    "mixed width": partial(documents, "mixed_width"),
    "epaper": partial(documents, "epaper"),
    "wrapped": wrapped_documents,
    "damaged": lambda: damaged(documents("clean")),
    "every other character": lambda: iter(["国," * 20, "国１" * 200, "国\u200b" * 2000]),
    "damaged, mixed width": lambda: damaged(documents("mixed_width")),
}


def together(texts: list[str], size: int) -> str:
    """The texts, one after the other until there are so many characters."""
    whole = "\n\n".join(texts)
    return (whole * (size // len(whole) + 1))[:size] if whole else whole


def cost(texts: list[str], repeat: int) -> Cost:
    clean = explain = 0.0
    edits = 0
    for text in texts:
        times = [(_seconds(zhclean.clean, text), _seconds(zhclean.explain, text)) for _ in range(repeat)]
        clean += min(first for first, _ in times)
        explain += min(second for _, second in times)
        edits += len(zhclean.explain(text).edits)
    return Cost(sum(map(len, texts)), edits, clean, explain)


def _seconds(function: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    function(text)
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--limit", type=int, default=40, help="documents a row")
    parser.add_argument("--repeat", type=int, default=5, help="times each is done")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    arguments = parser.parse_args()
    zhclean.explain("确保服\n务业增加值增长，他说:２０２３年")  # load what is loaded once
    rows = []
    print(f"{'':<30}{'characters':>12}{'edits':>9}{'clean s':>9}{'explain s':>11}{'ratio':>8}")
    for name, source in ROWS.items():
        texts = list(islice(source(), arguments.limit))
        for row, some in ((name, texts), (f"{name}, one text", [together(texts, LONG_TEXT)])):
            found = cost(some, arguments.repeat if row == name else 2)
            rows.append({"name": row, **found._asdict(), "ratio": found.ratio})
            print(
                f"{row:<30}{found.characters:>12,}{found.edits:>9,}{found.clean:>9.3f}"
                f"{found.explain:>11.3f}{found.ratio:>8.2f}",
                flush=True,
            )
    if arguments.json:
        arguments.json.write_text(json.dumps({"rows": rows}, ensure_ascii=False, indent=1) + "\n", "utf-8")
    sys.exit(max(row["ratio"] for row in rows) > MOST)


if __name__ == "__main__":
    main()
