"""Pages that stand there two or three times, each copy damaged in its own way: print, portal, telephone, teaser.

One copy is complete at least. Figures: documents of which what is left is `exact`, one copy in order, those with as many
`lines` as the page has, and the `similarity` of what is left, in characters. What was put into sentences (page numbers,
captions) is not counted. In the rows `copies-misread` one of two copies has three Han in a hundred recognised wrongly.
In the rows `tiles` and `chunks` the page comes in pieces that overlap: by lines of a scan, or by so many characters; by whole
sentences, or right behind each other in the other two.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from random import Random

from rapidfuzz.distance import Levenshtein

from benchmarks import corpora, damage, punctuation
from benchmarks.intruders import captions, furniture
from benchmarks.repeats import misread
from benchmarks.table import Row, Task, Wanted
from zhclean import clean
from zhclean.fingerprint import paragraph_key

QUICK = 40
SOURCES = ("pd1998", "clean", "pages")
LEAST, MOST = 4, 40  # paragraphs of a page
MISREAD = 0.03
ENDS = ("", "……", "...", "……[详细]")
"""Behind what a teaser breaks off."""

BREAKS: tuple[damage.Damage, ...] = (
    partial(damage.hard_wrap, style="indent"),
    partial(damage.hard_wrap, style="blank"),
    damage.split_paragraphs,
    partial(damage.split_paragraphs, intruders=furniture),
    partial(damage.split_paragraphs, intruders=captions),
)
CHARACTERS: tuple[Callable[[str], str], ...] = (
    punctuation.with_ascii_marks,
    punctuation.with_straight_quotes,
    punctuation.full_width,
    str,
)
"""How a complete copy may be damaged: by breaks, or in its characters, which `str` leaves as they are."""


def plan(wanted: Wanted) -> Iterator[Task]:
    for source in SOURCES:
        for row, damage_it in ROWS.items():
            yield Task(f"{source}/{row}", partial(measure, source, row, damage_it, wanted))


def measure(source: str, row: str, damage_it: Damage, wanted: Wanted) -> Row:
    result = Row()
    errors = characters = exact = as_many = 0
    for document in corpora.documents(source, wanted.part, wanted.limit):
        lines = corpora.stripped_lines(clean(document.whole))
        if not LEAST <= len(set(lines)) == len(lines) <= MOST:
            continue
        rng = Random(zlib.crc32(f"{wanted.seed}/{row}/{document.id}".encode()))
        text, intruders = damage_it(lines, rng)
        left = [
            line
            for line in corpora.stripped_lines(result.timed(text, clean))
            if paragraph_key(line) not in intruders
        ]
        distance = Levenshtein.distance("\n".join(lines), "\n".join(left))
        result.documents += 1
        characters += sum(map(len, lines))
        errors += distance
        exact += not distance
        as_many += len(left) == len(lines)
        if distance:
            result.misses.append(f"{source}/{row}  {document.id}  {distance}\n{text}")
    if result.documents:
        result.figures = {
            "exact": 100 * exact / result.documents,
            "lines": 100 * as_many / result.documents,
            "similarity": 100 * max(0.0, 1 - errors / characters),
        }
    return result


def damaged(lines: Sequence[str], rng: Random, *, count: int) -> tuple[str, set[str]]:
    """That many copies of a page, and the lines that were put in."""
    whole = rng.randrange(count)
    copies = [
        _whole(lines, rng) if i == whole or rng.random() < 0.7 else _part(lines, rng, i) for i in range(count)
    ]
    between = rng.choice(("\n", "\n\n"))
    return between.join(text for text, _ in copies), set[str]().union(*(put_in for _, put_in in copies))


def recognised_twice(lines: Sequence[str], rng: Random) -> tuple[str, set[str]]:
    """Two copies of which one was read by a machine."""
    copies = ["\n".join(lines), "\n".join(misread(line, rng, MISREAD) for line in lines)]
    rng.shuffle(copies)
    return "\n\n".join(copies), set()


def in_tiles(lines: Sequence[str], rng: Random) -> tuple[str, set[str]]:
    """A wrapped page that was read in tiles: each begins with the last one to six lines of the one before."""
    wrapped = damage.hard_wrap(lines, rng, style="indent").text.split("\n")
    overlap, height = rng.randint(1, 6), rng.randint(10, 16)
    starts = range(0, max(1, len(wrapped) - overlap), height - overlap)
    return rng.choice(("\n", "\n\n")).join("\n".join(wrapped[at : at + height]) for at in starts), set()


def in_chunks(lines: Sequence[str], rng: Random) -> tuple[str, set[str]]:
    """A page cut into pieces of 200 to 500 characters, each of which begins with the last 30 to 100 of the one before."""
    pieces = _pieces(lines, rng)
    return rng.choice(("\n", "\n\n")).join(piece.strip("\n") for piece in pieces), set()


def in_line(lines: Sequence[str], rng: Random) -> tuple[str, set[str]]:
    """The same right behind each other."""
    return "".join(_pieces(lines, rng)), set()


def _pieces(lines: Sequence[str], rng: Random) -> list[str]:
    text, overlap, size = "\n".join(lines), rng.randint(30, 100), rng.randint(200, 500)
    starts = range(0, max(1, len(text) - overlap), size - overlap)
    return [text[at : at + size] for at in starts]


def in_sentences(lines: Sequence[str], rng: Random) -> tuple[str, set[str]]:
    """A page cut into pieces of 5 to 9 sentences, each of which begins with the last one or two of the one before."""
    sentences = [found[0] for found in _SENTENCE.finditer("\n".join(lines)) if found[0]]
    size, overlap = rng.randint(5, 9), rng.randint(1, 2)
    starts = range(0, max(1, len(sentences) - overlap), size - overlap)
    return "\n".join("".join(sentences[at : at + size]).strip("\n") for at in starts), set()


_SENTENCE = re.compile("[^。！？\n]*[。！？]?[”」]?\n?")

Damage = Callable[[Sequence[str], Random], tuple[str, set[str]]]
ROWS: dict[str, Damage] = {
    "copies-2": partial(damaged, count=2),
    "copies-3": partial(damaged, count=3),
    "copies-misread": recognised_twice,
    "tiles": in_tiles,
    "chunks": in_chunks,
    "chunks-of-sentences": in_sentences,
    "chunks-in-line": in_line,
}


def _whole(lines: Sequence[str], rng: Random) -> tuple[str, set[str]]:
    if rng.random() < 0.5:
        return rng.choice(CHARACTERS)("\n".join(lines)), set()
    broken = rng.choice(BREAKS)(lines, rng)
    put_in = (
        line for piece in broken.pieces if piece.unit < 0 for line in corpora.stripped_lines(piece.text)
    )
    return broken.text, set(map(paragraph_key, put_in))


def _part(lines: Sequence[str], rng: Random, i: int) -> tuple[str, set[str]]:
    """A teaser, or, behind another copy, what stands on the next page."""
    at = rng.randrange(len(lines))
    if i and rng.random() < 0.4:
        return "\n".join(lines[at:]), set()
    last = lines[at][: max(14, int(len(lines[at]) * rng.uniform(0.3, 0.9)))]
    return "\n".join([*lines[:at], last + rng.choice(ENDS)]), set()
