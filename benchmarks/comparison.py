"""What is left wrong after zhclean, and after each peer, for every kind of damage.

    python -m benchmarks.comparison [--limit 40] [--json comparison.json]

A figure is errors in 10,000 characters: the Levenshtein distance to the text before it was damaged, blank
lines and indents not counted. The text is never what zhclean makes of it, but as it was found; only digits and
letters are half-width throughout, which in the People's Daily of 1998 they are not. Peers do what
their makers say they do (`benchmarks.peers`), which is often something else; where they do better than
zhclean that is told. Not installed ones are left out.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from rapidfuzz.distance import Levenshtein  # noqa: E402

import zhclean  # noqa: E402
from benchmarks import corpora, damage, encodings, peers, punctuation  # noqa: E402
from zhclean.characters import FULLWIDTH_TO_ASCII  # noqa: E402

CORPORA = ("pd1998", "clean")
AS_IT_CAME = "as it came"
ZHCLEAN = "zhclean"

Worse = Callable[[Sequence[str], Random], str]
"""Paragraphs in, a damaged text out."""


def undamaged(paragraphs: Sequence[str], _rng: Random) -> str:
    return "\n".join(paragraphs)


def wrapped(paragraphs: Sequence[str], rng: Random) -> str:
    return damage.hard_wrap(paragraphs, rng, style=rng.choice(("indent", "blank"))).text


def split(paragraphs: Sequence[str], rng: Random) -> str:
    return damage.split_paragraphs(paragraphs, rng).text


def ascii_marks(paragraphs: Sequence[str], _rng: Random) -> str:
    return punctuation.with_both("\n".join(paragraphs))


def full_width(paragraphs: Sequence[str], _rng: Random) -> str:
    return punctuation.full_width("\n".join(paragraphs))


def repeated(paragraphs: Sequence[str], rng: Random) -> str:
    """Three paragraphs are said again somewhere behind."""
    lines = list(paragraphs)
    for line in rng.sample(paragraphs, min(3, len(paragraphs))):
        lines.insert(rng.randint(lines.index(line) + 1, len(lines)), line)
    return "\n".join(lines)


def _misread(name: str) -> Worse:
    wrong = encodings.MISREADINGS[name]
    return lambda paragraphs, _rng: encodings.misread("\n".join(paragraphs), wrong)


DAMAGES: dict[str, Worse] = {
    "undamaged": undamaged,
    "hard-wrapped": wrapped,
    "paragraphs split": split,
    "ASCII marks, straight quotes": ascii_marks,
    "full-width digits and letters": full_width,
    "paragraphs repeated": repeated,
    "UTF-8 read as Latin-1": _misread("utf-8-as-latin-1"),
    "UTF-8 read as GB18030": _misread("utf-8-as-gb18030"),
    "GBK read as Latin-1": _misread("gbk-as-latin-1"),
}


def cleaners() -> dict[str, peers.Cleaner]:
    """All that are compared, by name; `as it came` is doing nothing."""
    return {
        AS_IT_CAME: str,
        ZHCLEAN: zhclean.clean,
        "no end mark → join": peers.no_end_mark,
    } | peers.cleaners()


def measured(limit: int) -> Iterator[dict[str, Any]]:
    """A row for each damage and corpus."""
    runs = cleaners()
    for name, worse in DAMAGES.items():
        for corpus in filter(corpora.is_available, CORPORA):
            documents = map(_half_width, corpora.documents(corpus, "test", limit))
            pairs = [(_damaged(worse, name, d), "\n".join(d.paragraphs)) for d in documents]
            rates = {each: _errors(run, pairs) for each, run in runs.items()}
            yield {"damage": name, "corpus": corpus, "documents": len(pairs), "errors": rates}


def _half_width(document: corpora.Document) -> corpora.Document:
    """With digits and letters of today's width, by a table and nothing else."""
    return document._replace(paragraphs=[_POINT.sub(".", p.translate(_HALF)) for p in document.paragraphs])


_HALF = {code: chr(half) for code, half in FULLWIDTH_TO_ASCII.items() if chr(half).isalnum() or half == 0x25}
_POINT = re.compile("(?<=[0-9])．(?=[0-9])")


def _damaged(worse: Worse, name: str, document: corpora.Document) -> str:
    return worse(document.paragraphs, Random(zlib.crc32(f"{name}/{document.id}".encode())))


def _errors(run: Callable[[str], str], pairs: Sequence[tuple[str, str]]) -> float:
    """In 10,000 characters."""
    wrong = sum(Levenshtein.distance(_plain(run(damaged)), _plain(gold)) for damaged, gold in pairs)
    return wrong / sum(len(gold) for _, gold in pairs) * 10_000


def _plain(text: str) -> str:
    return "\n".join(corpora.stripped_lines(text))


def printed(row: Mapping[str, Any]) -> str:
    figures = "".join(f"{value:>20.1f}" for value in row["errors"].values())
    return f"{row['damage']:<31}{row['corpus']:<8}{row['documents']:>5}{figures}"


def main(argv: Sequence[str] | None = None) -> None:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "python -m benchmarks.comparison", description=__doc__, formatter_class=form
    )
    parser.add_argument("--limit", type=int, default=40, help="documents a corpus; 0: all of the test part")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    args = parser.parse_args(argv)
    rows = []
    for row in measured(args.limit):
        if not rows:
            print(f"{'':<44}" + "".join(f"{name:>20}" for name in row["errors"]))
        print(printed(row), flush=True)
        rows.append(row)
    if args.json:
        found = {"limit": args.limit, "versions": peers.versions(), "rows": rows}
        args.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
