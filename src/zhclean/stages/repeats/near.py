"""Lines that are nearly the same: recognised twice, with other mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from zhclean.blocks import Kind, kind
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.differences import differences, is_fact, is_rewritten, makes_word
from zhclean.stages.repeats.page import Page

SHORTEST = 40
"""Characters of the shortest lines compared; different headlines and items are too much alike."""

ALIKE = 88
"""Least similarity (`rapidfuzz.fuzz.ratio`, 0 to 100) of two copies: one character in twenty differing in one
of them, and no two different natural paragraphs of this length but those that differ in facts."""

PROBES = (slice(0, 6), slice(9, 15), slice(-6, None), slice(-15, -9))
"""Where two copies are expected to agree at least once; slips hit all four in one of two hundred."""


def find_near(page: Page) -> Iterator[Claim]:
    """Claim the worse copy of lines that differ in a few characters."""
    long = [line for line in page.stripped if len(line) >= SHORTEST]
    if len(long) < 2:
        return
    pairs = set[tuple[str, str]]()
    for probe in PROBES:
        parts = [line[probe] for line in long]
        if len(set(parts)) < len(parts):
            pairs.update(_alike(long, probe))
    if pairs:
        first = {line: i for i, line in reversed([*enumerate(page.contents)])}
        for a, b in sorted((first[a], first[b]) for a, b in pairs):
            worse, better = _ranked(page, a, b)
            span, kept = page.spans[worse], page.spans[better]
            yield Claim(span, kept, "paragraph repeated with slips", 0.85, worse)


def _alike(lines: list[str], probe: slice) -> Iterator[tuple[str, str]]:
    """Pairs of different lines that agree in a probe and nearly in length, and are alike."""
    ordered = sorted(set(lines), key=lambda line: (line[probe], len(line)))
    for a, b in pairwise(ordered):
        if a[probe] != b[probe] or 10 * (len(b) - len(a)) > len(b) or b.startswith(a):
            continue
        if ratio(a, b, score_cutoff=ALIKE):
            found = [*differences(a, b)]
            # Items of a list are alike because they are parallel.
            if not any(map(is_fact, found)) and not is_rewritten(found) and kind(a) is not Kind.LIST_ITEM:
                yield a, b


def _ranked(page: Page, a: int, b: int) -> tuple[int, int]:
    """The line with more broken words, and the other; of equals the later one, and the earlier."""
    found = [*differences(page.contents[a], page.contents[b])]
    broken_in_a = sum(not makes_word(d.before, d.old, d.behind) for d in found)
    broken_in_b = sum(not makes_word(d.before, d.new, d.behind) for d in found)
    return (a, b) if broken_in_a > broken_in_b else (b, a)
