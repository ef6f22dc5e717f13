"""Lines that stand together in one copy of a page: these stay together, or go together, so that their order is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

MOST, LOOSER = 0.5, 0.7
"""Share of the copies of two lines above which they stand together, and how much less it counts where a story begins."""


class _Place(NamedTuple):
    """One line, or the parts of one that was broken, and what is said there."""

    lines: list[int]
    said: str


def stretches(
    said: Mapping[int, str], parts: Container[int], begins: Container[int] = ()
) -> Iterator[list[int]]:
    """Repeated lines in stretches, in order: `said` tells what each line says, `parts` which are none but parts of it,
    `begins` with which a story may begin.

    What follows in one copy follows in the others; behind the last line of a copy anything may stand. So a stretch
    ends where less than most copies go on as it does, and never has the same line twice.

    >>> said = dict(enumerate(["城东", "去年", "今年", "去年", "今年"]))
    >>> [*stretches(said, set())]
    [[0], [1, 2], [3, 4]]
    """
    places = _places(said, parts)
    copies = Counter(place.said for place in places)
    followed = Counter((a.said, b.said) for a, b in pairwise(places))
    firmness = [
        followed[a.said, b.said]
        / max(copies[a.said], copies[b.said])
        * (LOOSER if b.lines[0] in begins else 1)
        for a, b in pairwise(places)
    ]
    for stretch in _split(places, firmness):
        yield [line for place in stretch for line in place.lines]


def _places(said: Mapping[int, str], parts: Container[int]) -> list[_Place]:
    places = list[_Place]()
    for line in sorted(said):
        last = places[-1] if places else None
        if last and said[line] == last.said and line in parts and last.lines[-1] in parts:
            last.lines.append(line)
        else:
            places.append(_Place([line], said[line]))
    return places


def _split(places: Sequence[_Place], firmness: Sequence[float]) -> Iterator[Sequence[_Place]]:
    """The places up to each that does not stand together with the next one; of a line that would stand twice, the copies
    are parted where they hang together least.
    """
    start, seen = 0, dict[str, int]()
    for at, place in enumerate(places):
        if at > start and firmness[at - 1] <= MOST:
            yield places[start:at]
            start = at
        elif seen.get(place.said, -1) >= start:
            first = seen[place.said]
            cut = min(range(first, at), key=lambda i: (firmness[i], -i)) + 1
            yield places[start:cut]
            start = cut
        seen[place.said] = at
    if start < len(places):
        yield places[start:]
