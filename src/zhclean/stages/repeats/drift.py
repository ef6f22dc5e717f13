"""Loops in which a character changes from copy to copy, as vision models write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from zhclean.characters import CLAUSE_MARKS
from zhclean.edits import Span
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.differences import differences, is_fact

UNIT = 12
"""Characters of the shortest phrase that may differ in one: shorter ones are parallel items of a list."""

COPIES, EXACT = 4, 3
"""Copies there must be, and how many of them word for word."""


def find_drifting(text: str, start: int, period: int) -> tuple[list[Claim], int]:
    """Claims on what surrounds the best copy in a loop that has a copy near `start`; where its last copy ends."""
    copies = max((_copies(text, i, period) for i in _beginnings(text, start, period)), key=len)
    return [*_claims(text, copies)], copies[-1].end


def _claims(text: str, copies: list[Span]) -> Iterator[Claim]:
    cores = [text[a:b].rstrip(CLAUSE_MARKS) for a, b in copies]
    if len(copies) < COPIES or not cores[0] or any(map(str.isspace, cores[0])):
        return
    core, exact = Counter(cores).most_common(1)[0]
    if exact < EXACT or exact == len(copies) or not all(_slip_of(core, other) for other in cores):
        return
    # What begins or ends otherwise may be the text around the loop.
    first = next(i for i, other in enumerate(cores) if other[:1] == core[0])
    last = max(i for i, other in enumerate(cores) if other[-1:] == core[-1])
    best = copies[cores.index(core)]
    kept = Span(best.start, best.start + len(core))
    end = copies[last].start + len(cores[last])  # the mark behind the last copy stays
    for gone in (Span(copies[first].start, kept.start), Span(kept.end, end)):
        if gone.start < gone.end:
            yield Claim(gone, kept, "phrase repeated in a loop, with slips", 0.75)


def _beginnings(text: str, start: int, period: int) -> list[int]:
    """Where a copy may begin: what agrees begins at `start`, or later than the copy by what differs."""

    def first(places: range) -> list[int]:
        return [i for i in places if i == 0 or text[i - 1] in CLAUSE_MARKS or text[i - 1].isspace()][:1]

    last = len(text) - period
    start = min(start, last)  # what agrees may begin within the last copy
    ahead, behind = range(start, min(start + period, last + 1)), range(start, max(start - period, -1), -1)
    return first(ahead) + first(behind) or [start]


def _copies(text: str, start: int, period: int) -> list[Span]:
    """The stretches in front of and behind the one at `start` that differ from it in one or two characters."""
    unit = text[start : start + period]
    copies = [Span(start, start + period)]
    while (ahead := _neighbour(text, unit, copies[-1].start, -1)) is not None:
        copies.append(ahead)
    copies.reverse()
    while (behind := _neighbour(text, unit, copies[-1].end, 1)) is not None:
        copies.append(behind)
    return copies


def _neighbour(text: str, unit: str, edge: int, direction: int) -> Span | None:
    for drift in (0, 1, -1):
        width = len(unit) + drift
        start, end = (edge, edge + width) if direction > 0 else (edge - width, edge)
        if start >= 0 and end <= len(text):
            most = 1 if drift else 2  # two copies may each differ from what they are copies of
            other = text[start:end]
            if "\n" not in other and Levenshtein.distance(unit, other, score_cutoff=most) <= most:
                return Span(start, end)
    return None


def _slip_of(core: str, other: str) -> bool:
    """Whether `other` is `core` but for one character that is no fact."""
    if Levenshtein.distance(core, other, score_cutoff=1) > 1:
        return False
    return not any(map(is_fact, differences(core, other)))
