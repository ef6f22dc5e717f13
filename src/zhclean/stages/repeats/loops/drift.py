"""Loops in which a character changes from copy to copy, as vision models write them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from zhclean.characters import CLAUSE_MARKS
from zhclean.edits import Span
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.differences import differences, is_fact, is_wrong
from zhclean.stages.repeats.loops.runs import begins_clause
from zhclean.stages.repeats.wording import is_han

UNIT = 12
"""Characters of the shortest phrase that may differ in one: shorter ones are parallel items of a list."""

COPIES, EXACT = 4, 3
"""Copies there must be, and how many of them word for word."""

BESIDE = 4
"""Stretches in front of these, and behind, of which one may show that the loop drifts."""


def find_drifting(text: str, start: int, period: int) -> tuple[list[Claim], int]:
    """Claims on what surrounds the best copy in a loop that has a copy near `start`; where its last copy ends."""
    copies = max((_copies(text, i, period) for i in _beginnings(text, start, period)), key=len)
    return [*_claims(text, copies)], copies[-1].end


def _claims(text: str, copies: list[Span]) -> Iterator[Claim]:
    cores = [text[a:b].rstrip(CLAUSE_MARKS) for a, b in copies]
    if len(copies) < COPIES or not cores[0] or any(map(str.isspace, cores[0])):
        return
    core, exact = Counter(cores).most_common(1)[0]
    if exact < EXACT or exact == len(copies):
        return
    loop = _with_slips(text, copies, cores, core)
    if len(loop) == exact or not all(_slip_of(core, cores[i]) for i in loop):
        return
    best = copies[cores.index(core)]
    kept = Span(best.start, best.start + len(core))
    end = copies[loop[-1]].start + len(cores[loop[-1]])  # the mark behind the last copy stays
    for gone in (Span(copies[loop[0]].start, kept.start), Span(kept.end, end)):
        if gone.start < gone.end:
            yield Claim(gone, kept, "phrase repeated in a loop, with slips", 0.75)


def _with_slips(text: str, copies: list[Span], cores: list[str], core: str) -> range:
    """Which copies are the loop: from the first exact one to the last, and those in front and behind that are slips, too.

    What begins or ends a run may be the text around the loop, most of which the loop says again: 1美元对人民币7.0975元 in
    front of 1欧元对人民币7.0975元. It is taken for a slip where a copy beside it, or itself, is one without doubt: it stands
    between exact ones, or is wrong by itself.
    """
    exact = [i for i, other in enumerate(cores) if other == core]
    first, last = exact[0], exact[-1]
    beside = cores[max(first - BESIDE, 0) : first] + cores[last + 1 : last + 1 + BESIDE]
    if last - first < len(exact) and not any(_slip_of(core, other, surely=True) for other in beside):
        return range(first, last + 1)
    while first > 0 and _is_copy(core, cores[first - 1], slice(1)):
        first -= 1
    while last + 1 < len(cores) and _is_copy(core, cores[last + 1], slice(-1, None)):
        last += 1
    while first < exact[0] and not _begins_plainly(text, copies[first].start):
        first += 1
    while last > exact[-1] and not _ends_clause(text, copies[last].end):
        last -= 1
    return range(first, last + 1)


def _is_copy(core: str, other: str, edge: slice) -> bool:
    """Whether a stretch next to the loop is a copy with a slip. One that begins, or ends, with another character may be the
    text around the loop, unless it is a word that is wrong by itself.
    """
    if core[edge] == other[edge]:
        return _slip_of(core, other)
    is_replaced = len(core) == len(other) and is_han(core[edge]) and is_han(other[edge])
    return is_replaced and _slip_of(core, other, surely=True)


def _beginnings(text: str, start: int, period: int) -> list[int]:
    """Where a copy may begin: what agrees begins at `start`, or later than the copy by what differs."""

    def first(places: range) -> list[int]:
        return [i for i in places if begins_clause(text, i)][:1]

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


def _slip_of(core: str, other: str, surely: bool = False) -> bool:
    """Whether `other` is `core` but for one character that is no fact; `surely`, if that is wrong by itself."""
    if Levenshtein.distance(core, other, score_cutoff=1) > 1:
        return False
    found = [*differences(core, other)]
    return not any(map(is_fact, found)) and not (surely and not all(map(is_wrong, found)))


def _begins_plainly(text: str, at: int) -> bool:
    """The same but for what follows a mark of ASCII, which may stand within a number: 16:9."""
    return begins_clause(text, at) and not (at and text[at - 1].isascii() and text[at - 1] != "\n")


def _ends_clause(text: str, at: int) -> bool:
    return text[at - 1] in CLAUSE_MARKS or not text[at : at + 1].isalnum()
