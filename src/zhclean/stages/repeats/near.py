"""Lines that are nearly the same: recognised twice, with other mistakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from rapidfuzz.fuzz import ratio

from zhclean.characters import FACT_CHARACTERS
from zhclean.edits import Span
from zhclean.lines.blocks import Kind, kind
from zhclean.lines.teasers import said
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.differences import (
    better_readings,
    differences,
    is_added,
    is_fact,
    is_mark,
    is_rewritten,
    is_slip,
    is_slip_alone,
    makes_word,
    reads_unlike,
)
from zhclean.stages.repeats.page import Page

SHORTEST = 40
"""Characters of the shortest lines compared; different headlines and items are too much alike."""

LONGEST = 5_000
"""Characters of the longest lines compared, which takes time with the square of their length."""

ALIKE = 88
"""Least similarity (`rapidfuzz.fuzz.ratio`, 0 to 100) of two copies: one character in twenty differing in one
of them, and no two different natural paragraphs of this length but those that differ in facts."""

IN_PLACE = 70
"""The same of two lines that have equal lines in front of them and behind."""

NUMBER = 3
"""Characters at the beginning of an item that may be its number."""

ALIKE_SHARE = 0.3
"""Least share of a line that stands in the other in stretches of a window or more, before they are compared
character by character."""

REACH, OPEN = 6, 8
"""Lines from one pair of such lines to the next, at most, so that they are of the same two copies; and copies that are
looked at side by side.
"""

Pair = tuple[int, int]


def find_near(page: Page) -> Iterator[Claim]:
    """Claim the worse copy of lines that differ in a few characters; of lines that follow each other in both copies all go,
    or all stay, so that their order is kept.
    """
    common = Counter[tuple[int, int]]()
    for first, second in page.shared:
        a, b = page.line_at(first.start), page.line_at(second.start)
        if SHORTEST <= len(page.contents[a]) <= LONGEST and SHORTEST <= len(page.contents[b]) <= LONGEST:
            common[a, b] += first.end - first.start
    pairs = ((a, b) for (a, b), n in sorted(common.items()) if _alike(page.contents[a], page.contents[b], n))
    for run in _runs(pairs):
        first_is_worse = sum(_broken_more(page.contents[a], page.contents[b]) for a, b in run) > 0
        for a, b in run:
            worse, better = (a, b) if first_is_worse else (b, a)
            gone, kept = page.spans[worse], page.spans[better]
            found = better_readings(page.contents[better], page.contents[worse])
            readings = tuple((Span(kept.start + start, kept.start + end), new) for (start, end), new in found)
            yield Claim(gone, kept, "paragraph repeated with slips", 0.85, worse, readings)


def _runs(pairs: Iterable[Pair]) -> list[list[Pair]]:
    """The pairs in runs: in each the next pair stands a few lines further on in both copies, and the second begins behind
    the first.
    """
    runs = list[list[Pair]]()
    for pair in pairs:
        run = next((run for run in runs[: -OPEN - 1 : -1] if _goes_on(run, *pair)), None)
        if run is None:
            runs.append(run := [])
        run.append(pair)
    return runs


def _goes_on(run: list[Pair], a: int, b: int) -> bool:
    last_a, last_b = run[-1]
    return last_a < a <= last_a + REACH and last_b < b <= last_b + REACH and a < run[0][1]


def _alike(a: str, b: str, common: int) -> bool:
    """Whether two lines with `common` characters in common are copies that differ in slips."""
    longer, shorter = max(len(a), len(b)), min(len(a), len(b))
    is_close = 10 * (longer - shorter) <= longer and common >= ALIKE_SHARE * longer
    return is_close and is_copy_with_slips(a, b) and not _differ_in_one_word(a, b)


def _differ_in_one_word(a: str, b: str) -> bool:
    """Whether two lines say the same but for one word, of which nothing tells for sure that it is a slip."""
    words = [d for d in differences(a, b) if not is_mark(d)]
    return len(words) == 1 and not is_slip_alone(words[0])


def is_copy_with_slips(a: str, b: str) -> bool:
    """Whether two lines differ in slips and in nothing else; if one is a part of the other they do not."""
    if said(a) in b or said(b) in a or not ratio(a, b, score_cutoff=ALIKE):
        return False
    found = [*differences(a, b)]
    if any(is_fact(d) or is_added(d) for d in found):
        return False
    slips, rewritten = sum(map(is_slip, found)), sum(map(is_rewritten, found))
    if not (slips or reads_unlike(found)):
        return False
    if kind(a) is Kind.LIST_ITEM:  # they are alike because they are parallel: a single word makes another one
        return a[:NUMBER] == b[:NUMBER] and not rewritten
    return slips >= rewritten


def is_recognised_again(a: str, b: str) -> bool:
    """Whether two lines in one place of two copies differ in characters that were recognised wrongly, and in no fact."""
    return a != b and _facts(a) == _facts(b) and bool(ratio(a, b, score_cutoff=IN_PLACE))


def _facts(line: str) -> list[str]:
    return [char for char in line if char in FACT_CHARACTERS or (char.isascii() and char.isalnum())]


def is_parallel(a: str, b: str, least: int = SHORTEST) -> bool:
    """Whether two lines of at least so many characters are alike, and what they differ in are facts."""
    if a == b or min(len(a), len(b)) < least or max(len(a), len(b)) > LONGEST:
        return False
    return bool(ratio(a, b, score_cutoff=ALIKE)) and any(map(is_fact, differences(a, b)))


def _broken_more(a: str, b: str) -> int:
    """How many more words are broken in the first of two copies than in the second."""
    found = [*differences(a, b)]
    broken_in_a = sum(not makes_word(d.before, d.old, d.behind) for d in found)
    broken_in_b = sum(not makes_word(d.before, d.new, d.behind) for d in found)
    return broken_in_a - broken_in_b
