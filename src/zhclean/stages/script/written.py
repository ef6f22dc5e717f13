"""著 that tells of writing stays in Simplified: Taiwan writes it for 着 too, and OpenCC knows few words that have it."""

from __future__ import annotations

from collections.abc import Iterator

from zhclean.models.lexicon import LONGEST, lexicon
from zhclean.patterns import pattern

WRITTEN, ASPECT = "著", "着"

_WRITTEN = pattern(f"{WRITTEN}(?=[《〈]|有[《〈多数數一二三四五六七八九十])|(?<=[所拙])著|(?<=[见見]微知)著")
"""Words and phrases of it that the lexicon lacks; none of them has 着."""


def written(line: str) -> Iterator[int]:
    """Where in a line from Taiwan 著 is no 着.

    >>> list(written("其原著與專著各一，他看著笑"))
    [2, 5]
    """
    i = line.find(WRITTEN)
    while i >= 0:
        before, behind = line[max(0, i - LONGEST) : i], line[i + 1 : i + LONGEST]
        as_written, as_aspect = (lexicon().best_word(before, form, behind) for form in (WRITTEN, ASPECT))
        if as_written > as_aspect or (as_aspect == 0 and _WRITTEN.match(line, i)):
            yield i
        i = line.find(WRITTEN, i + 1)
