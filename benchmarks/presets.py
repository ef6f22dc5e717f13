"""Whether pages of one kind come out better with other options: what a preset has to show before it is shipped.

    python -m benchmarks.presets                                    the shipped presets beside the default
    python -m benchmarks.presets --kind ocr --try 'unwrap.threshold = 0.3' --try 'skip = ["repeats"]'

A row is a kind of page on one corpus; its figures are errors in 10,000 characters: the Levenshtein distance
between the page and the text before it was damaged, as it came and as each configuration leaves it. Indents
and blank lines count for nothing. A configuration is better where its errors are fewer, on pages it may
help and on pages of every other kind.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from rapidfuzz.distance import Levenshtein  # noqa: E402

import zhclean  # noqa: E402
from benchmarks import corpora, damage, intruders  # noqa: E402
from benchmarks.damage import Damaged, Piece  # noqa: E402
from benchmarks.repeats import misread  # noqa: E402
from zhclean.configuration import configured  # noqa: E402
from zhclean.presets import PRESETS  # noqa: E402

CORPORA = ("pd1998", "clean", "epaper")
MISREAD = 0.03
"""Share of Han a recogniser takes for others."""
CHARACTER_STAGES = (zhclean.Width(), zhclean.Punctuation(), zhclean.Spacing())
"""What the corpora themselves are cleaned with first: some have full-width digits."""
PAGE = (18, 40)
"""Lines from one page end to the next."""


SPACED = 0.5
"""Share of scanned pages in which the recogniser sets a space where Han and Latin letters or digits meet."""

_SCRIPTS_MEET = re.compile("(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])")


class Page(NamedTuple):
    """A damaged page and the text it should become."""

    text: str
    gold: str


Kind = Callable[[Sequence[str], Random], Page]


def epaper(paragraphs: Sequence[str], rng: Random) -> Page:
    """A newspaper's pages: paragraphs broken by page ends, whose numbers and running heads are in the text."""
    return page(damage.split_paragraphs(paragraphs, rng, intruders=intruders.furniture, stray=0.1).pieces)


def portal(paragraphs: Sequence[str], rng: Random) -> Page:
    """A portal's article: whole paragraphs with blank lines between, and an indent or none."""
    return page(
        damage.undamaged(paragraphs, rng, between="\n\n", indent=rng.choice(("", damage.INDENT))).pieces
    )


def ocr(paragraphs: Sequence[str], rng: Random) -> Page:
    """A scanned page: lines as they were set, some Han taken for others, spaces, page numbers, running heads."""
    read = [misread(paragraph, rng, MISREAD) for paragraph in paragraphs]
    lines = damage.hard_wrap(read, rng, style=rng.choice(("indent", "neither"))).pieces
    scan = page(list(damage.with_page_ends(lines, rng, intruders.furniture, PAGE)))
    return scan._replace(text=_SCRIPTS_MEET.sub(" ", scan.text)) if rng.random() < SPACED else scan


def bbs(paragraphs: Sequence[str], rng: Random) -> Page:
    """A post: lines of one width, indents or none, and the carriage returns of a board's archive."""
    style = rng.choice(("indent", "blank", "neither"))
    return page(damage.hard_wrap(paragraphs, rng, style=style, newlines=("\n", " \r\r\n")).pieces)


KINDS: dict[str, Kind] = {"epaper": epaper, "portal": portal, "ocr": ocr, "bbs": bbs}


def pages(kind: str, corpus: str, part: str, limit: int) -> Iterator[Page]:
    """Every document of a part of a corpus as a page of that kind; the same for the same arguments."""
    for document in corpora.documents(corpus, part, limit):
        yield KINDS[kind](document.paragraphs, Random(zlib.crc32(f"{kind}/{document.id}".encode())))


def page(pieces: Sequence[Piece]) -> Page:
    """A page of these pieces; its paragraphs should become whole, and what belongs to none be gone."""
    paragraphs: dict[int, str] = {}
    for piece in pieces:
        if piece.unit >= 0:
            begun = paragraphs.get(piece.unit, "")
            paragraphs[piece.unit] = begun + (" " if begun and piece.spaced else "") + piece.text
    whole = "\n".join(paragraphs.values())
    return Page(Damaged(list(pieces)).text, zhclean.clean(whole, CHARACTER_STAGES))


def errors(text: str, page: Page) -> int:
    """Characters to insert, delete or replace, indents and blank lines not counted."""
    return Levenshtein.distance(_plain(text), _plain(page.gold))


def _plain(text: str) -> str:
    return "\n".join(corpora.stripped_lines(text))


def rates(found: Sequence[Page], stages: Sequence[tuple[zhclean.Stage, ...]]) -> list[float]:
    """Errors in 10,000 characters: as the pages came, and as each tuple of stages leaves them."""
    size = sum(len(page.gold) for page in found) / 10_000
    counts = [sum(errors(page.text, page) for page in found)]
    counts += [sum(errors(zhclean.clean(page.text, each), page) for page in found) for each in stages]
    return [count / size for count in counts]


def main(argv: Sequence[str] | None = None) -> None:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "python -m benchmarks.presets", description=__doc__, formatter_class=form
    )
    parser.add_argument("--kind", action="append", choices=KINDS, help="only this (may be repeated)")
    parser.add_argument("--try", dest="tried", action="append", metavar="TOML", help="a configuration")
    parser.add_argument("--split", default="test", choices=[*corpora.SPLITS, "all"])
    parser.add_argument("--limit", type=int, default=0, help="documents a corpus; 0: all of the part")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    args = parser.parse_args(argv)
    tried = args.tried or [f'preset = "{name}"' for name in PRESETS]
    stages = [zhclean.STAGES, *(configured(tomllib.loads(each)) for each in tried)]
    names, rows = ("as it came", "default", *tried), []
    print(f"{'':<16}{'docs':>6}" + "".join(f"{name:>26}" for name in names))
    for kind in args.kind or KINDS:
        for corpus in filter(corpora.is_available, CORPORA):
            found = list(pages(kind, corpus, args.split, args.limit))
            errors = rates(found, stages)
            figures = "".join(f"{rate:>26.2f}" for rate in errors)
            print(f"{kind + '/' + corpus:<16}{len(found):>6}{figures}", flush=True)
            rows.append({"name": f"{kind}/{corpus}", "documents": len(found), "errors": errors})
    if args.json:
        written = {"configurations": names, "rows": rows}
        args.json.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
