"""The texts of benchmarks/speed.py: news as it should be, and damaged in the ways that cost most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random

from benchmarks import corpora, damage, encodings, punctuation

PEOPLE = "pd1998"
"""What is taken where the folder of corpora is missing: a package has it."""


def clean() -> Iterator[str]:
    return _documents("clean")


def wrapped() -> Iterator[str]:
    """As it was really wrapped; else wrapped by a program."""
    if corpora.is_available("wrapped"):
        return ("\n".join(d.lines) for d in corpora.wrapped() if corpora.split(d.id) == "test")
    rng = Random(1998)
    return (damage.hard_wrap(text.split("\n"), rng, style="indent").text for text in _documents("clean"))


def mixed_width() -> Iterator[str]:
    """As it was found; else with the marks of a typewriter and full-width digits."""
    if corpora.is_available("mixed_width"):
        return _documents("mixed_width")
    return (punctuation.full_width(punctuation.with_both(text)) for text in _documents("clean"))


def mojibake() -> Iterator[str]:
    """UTF-8 read as GBK."""
    wrong = encodings.MISREADINGS["utf-8-as-gb18030"]
    return (encodings.misread(text, wrong) for text in _documents("clean"))


def repeated() -> Iterator[str]:
    """Every other paragraph is said again somewhere, and some of those only as far as the middle."""
    rng = Random(1998)
    for text in _documents("clean"):
        lines = text.split("\n")
        for line in rng.sample(lines, (len(lines) + 1) // 2):
            copy = line if rng.random() < 0.7 else line[: len(line) // 2]
            lines.insert(rng.randrange(len(lines) + 1), copy)
        yield "\n".join(lines)


TEXTS: dict[str, Callable[[], Iterator[str]]] = {
    "clean news": clean,
    "hard-wrapped news": wrapped,
    "mixed-width news": mixed_width,
    "mojibake": mojibake,
    "repeated paragraphs": repeated,
}


def texts(names: Sequence[str] | None, size: int) -> dict[str, list[str]]:
    """The documents of each text, up to about so many bytes of UTF-8."""
    return {name: list(_up_to(make(), size)) for name, make in TEXTS.items() if not names or name in names}


def source(name: str) -> str:
    """Where a text comes from, in words."""
    own = {"hard-wrapped news": "wrapped", "mixed-width news": "mixed_width"}.get(name, "clean")
    return own if corpora.is_available(own) else PEOPLE


def _documents(corpus: str) -> Iterator[str]:
    found = corpus if corpora.is_available(corpus) else PEOPLE
    return (document.whole for document in corpora.documents(found, "test"))


def _up_to(documents: Iterable[str], size: int) -> Iterator[str]:
    for document in documents:
        if size <= 0:
            return
        yield document
        size -= len(document.encode())
