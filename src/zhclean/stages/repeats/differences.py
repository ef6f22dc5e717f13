"""In what two nearly equal stretches of text differ, and whether that is a slip or a fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from zhclean.characters import FACT_CHARACTERS, SURNAMES
from zhclean.lexicon import LONGEST, lexicon

LONGEST_SLIP = 3
"""Characters that recognition gets wrong in a row; what is longer was rewritten."""

REWRITTEN = 0.5
"""Share of differences that make words on both sides from which two texts say different things."""


class Difference(NamedTuple):
    """What stands in two lines in place of each other, with the characters around it."""

    old: str
    new: str
    before: str
    behind: str


def differences(a: str, b: str) -> Iterator[Difference]:
    blocks = Levenshtein.editops(a, b).as_matching_blocks()
    a_end = b_end = 0
    for block in blocks:
        if (a_end, b_end) != (block.a, block.b):
            before, behind = a[max(a_end - 3, 0) : a_end], a[block.a : block.a + 3]
            yield Difference(a[a_end : block.a], b[b_end : block.b], before, behind)
        a_end, b_end = block.a + block.size, block.b + block.size


def is_fact(d: Difference) -> bool:
    """Whether a difference is a number, a date or a name, or too long for a slip.

    A slip turns 支 into 末 and 士 into 土; it does not turn one number into another.
    """
    if max(len(d.old), len(d.new)) > LONGEST_SLIP:
        return True
    if len(d.old) != len(d.new):
        return bool(FACT_CHARACTERS & {*d.old, *d.new}) or min(len(d.old), len(d.new)) > 0
    return any(x in FACT_CHARACTERS and y in FACT_CHARACTERS for x, y in zip(d.old, d.new, strict=True)) or (
        _is_name(d.old) and _is_name(d.new)
    )


def is_added(d: Difference) -> bool:
    """Whether one line says a word or a label more: recognition loses characters out of words."""
    more = d.old or d.new
    return not (d.old and d.new) and any(map(str.isalpha, more)) and not makes_word(d.before, more, d.behind)


def _is_name(fragment: str) -> bool:
    return fragment[0] in SURNAMES


def is_rewritten(found: Sequence[Difference], most: float = REWRITTEN) -> bool:
    """Whether more than `most` of what differs makes words in both lines: then they say different things."""
    words = sum(
        makes_word(d.before, d.old, d.behind) and makes_word(d.before, d.new, d.behind) for d in found
    )
    return words > most * len(found)


def makes_word(before: str, fragment: str, behind: str) -> bool:
    """Whether the fragment is in a word of two to four characters, alone or with its neighbours."""
    text, start, end = before + fragment + behind, len(before), len(before) + len(fragment)
    words = [
        text[i : i + width]
        for width in range(2, LONGEST + 1)
        for i in range(len(text) - width + 1)
        if i <= start and end <= i + width and (fragment or i < start < i + width)
    ]
    known = lexicon()
    return any(known.folded(word) in known.words for word in words)
