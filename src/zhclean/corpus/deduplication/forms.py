"""Whether two texts that are alike are two stories that fill one form: a court's notices, the forecast of each day.

A form's fixed text makes its stories alike however much they differ in what they are about: figures, dates,
names. A copy differs from its original in other ways: sentences and lines are added, cut or written anew, and
where a character was misread, its neighbours were misread as seldom as any others. So two texts are laid side by
side, and what stands in the same place of both is compared: between the same characters before and behind.

Texts are those of `compared.solid`. The time is linear in their lengths.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from zhclean.characters import SURNAMES
from zhclean.patterns import pattern

APART = 0.25
"""Share of the figures and names in the same places from which on two texts are two stories: one in ten differs in
the worst copies of one story, two in five in the stories of most forms."""

MISREAD = 2
"""Single characters that differ for each figure that may: where so many are misread, figures are too."""

_WIDTH = 5  # units of a window: what both texts share is covered by shared windows
_CONTEXT = 4  # units on either side by which places are told
_OUTER = 30  # units from an end in which a headline, a date line and a byline have room
_FEW = 12  # letters beside a figure that may all be others
_NAME = 4  # letters of the longest usual name
_LONGEST = 20  # letters of a name, with what was changed beside it

_HAN = "零〇一二三四五六七八九十百千万亿两"
_NUMBER = r"[+±-]?[0-9]+(?:[.:/,~×-]+[0-9]+)*[%‰]?"
_FIGURE = pattern(
    rf"""(?P<date> [0-9]{{4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}(?:,[0-9:]+)?
         | (?:{_NUMBER}年)? {_NUMBER}月 (?:{_NUMBER}日)? (?:{_NUMBER}[时点])? (?:{_NUMBER}分)?
         | {_NUMBER}日 (?:{_NUMBER}[时点])? (?:{_NUMBER}分)? | [0-9]{{4}}年 )
       | (?P<number> {_NUMBER} )
       | (?P<han> 百分之[{_HAN}点]+ | (?:星期|周)[一二三四五六日天] | [{_HAN}]{{2,}} | [{_HAN}](?=[人名例死伤级号日月年时元度届期起]) )""",
    re.VERBOSE,
)

# Each figure is one unit, a code point for private use whose plane says of what kind it is.
_KINDS = {"date": 0xF0000, "number": 0xF8000, "han": 0x100000}
_MANY = 0x7FF0
_UNIT = pattern("[\U000f0000-\U0010ffff]")
_OF_KIND = {kind: pattern(f"[{chr(first)}-{chr(first + _MANY)}]") for kind, first in _KINDS.items()}


class _Place(NamedTuple):
    """What two texts have between the same units before and behind."""

    before: str
    one: str
    other: str
    outer: bool
    """So near to the beginning or end of the first that a date line or a byline may be there."""


class Filling(NamedTuple):
    """What was found where two texts are laid side by side."""

    same: int
    """Figures that are the same."""
    lines: int
    """Dates that are not, in the same places, where a date line may be."""
    bylines: int
    """Names that are not, where a byline may be."""
    figures: int
    """Other figures that are not."""
    names: int
    """Other names."""
    misread: int
    """Single characters that differ, and nothing around them."""

    @property
    def apart(self) -> bool:
        """Whether they are two stories. One date and one name at the ends may differ, as date lines and bylines do."""
        apart = self.figures + self.names + max(self.lines - 1, 0) + max(self.bylines - 1, 0)
        return apart > 0 and apart >= APART * (apart + self.same) and MISREAD * apart > self.misread


def are_other_stories(one: str, other: str) -> bool:
    """Whether two texts that are alike fill a form differently.

    >>> are_other_stories("昨晚城东一仓库起火，造成3人死亡，起火原因正在调查", "昨晚城东一仓库起火，造成13人死亡，起火原因正在调查")
    True
    """
    return filling(one, other).apart


def filling(one: str, other: str) -> Filling:
    """What differs in the same places of two texts."""
    a, b = _units(one), _units(other)
    shared = _windows(a) & _windows(b)
    left, right = _uncovered(a, shared), _uncovered(b, shared)
    covered = len(_UNIT.findall(a)) - sum(len(_UNIT.findall(a, start, end)) for start, end in left)
    found = Counter({"same": covered})
    for place in _same_places(a, left, b, right):
        found.update(_differing(place))
    return Filling(*(found[name] for name in Filling._fields))


@lru_cache(maxsize=8)  # pairs come ordered by one of their texts
def _units(text: str) -> str:
    """A text in which each figure is one character."""
    return _FIGURE.sub(_unit, text)


def _unit(match: re.Match[str]) -> str:
    return chr(_KINDS[match.lastgroup or ""] + crc32(match[0].encode()) % _MANY)


@lru_cache(maxsize=8)
def _windows(units: str) -> frozenset[str]:
    return frozenset(units[i : i + _WIDTH] for i in range(len(units) - _WIDTH + 1))


def _uncovered(units: str, shared: frozenset[str]) -> list[tuple[int, int]]:
    """The runs that no shared window covers."""
    result: list[tuple[int, int]] = []
    reached = 0
    for start in range(len(units) - _WIDTH + 1):
        if units[start : start + _WIDTH] in shared:
            if start > reached:
                result.append((reached, start))
            reached = start + _WIDTH
    return [*result, (reached, len(units))] if reached < len(units) else result


def _same_places(
    a: str, left: list[tuple[int, int]], b: str, right: list[tuple[int, int]]
) -> Iterator[_Place]:
    """Pairs of runs between the same units. At the ends of a text there is a headline or a signature, as a rule."""
    at = defaultdict[tuple[str, str], list[str]](list)
    for start, end in reversed(right):
        at[_around(b, start, end)].append(b[start:end])
    for start, end in left:
        key = _around(a, start, end)
        if not at[key]:
            continue
        place = _Place(key[0], a[start:end], at[key].pop(), start < _OUTER or end > len(a) - _OUTER)
        if all(key) or _have_figures_alike(place):
            yield place


def _have_figures_alike(place: _Place) -> bool:
    """Whether several figures of the same kinds follow each other in both: a form begins or ends so, no headline does."""
    one, other = (_kinds(text) for text in (place.one, place.other))
    return len(one) > 1 and one == other


def _kinds(units: str) -> list[str]:
    return [
        next(kind for kind, of_kind in _OF_KIND.items() if of_kind.match(unit))
        for unit in _UNIT.findall(units)
    ]


def _around(units: str, start: int, end: int) -> tuple[str, str]:
    return units[max(0, start - _CONTEXT) : start], units[end : end + _CONTEXT]


def _differing(place: _Place) -> Counter[str]:
    result = Counter[str]()
    one_letters, other_letters = _UNIT.sub("", place.one), _UNIT.sub("", place.other)
    if _is_written_anew(one_letters, other_letters):
        return result
    for kind, of_kind in _OF_KIND.items():
        one, other = (Counter(of_kind.findall(text)) for text in (place.one, place.other))
        same = (one & other).total()
        result["same"] += same
        result["lines" if kind == "date" and place.outer else "figures"] += (
            min(one.total(), other.total()) - same
        )
    result["bylines" if place.outer else "names"] += _are_other_names(
        place.before, one_letters, other_letters
    )
    result["misread"] += len(one_letters) == len(other_letters) == 1 and one_letters != other_letters
    return result


def _is_written_anew(one: str, other: str) -> bool:
    """Whether another sentence stands in the place of one: what it tells belongs to no form."""
    least, most = sorted((len(one), len(other)))
    return most > _FEW and 2 * (Counter(one) & Counter(other)).total() < least


def _are_other_names(before: str, one: str, other: str) -> bool:
    """Two names of persons, or two given names behind one surname; misread characters have others between them."""
    lengths = len(one), len(other)
    if not 2 <= min(lengths) <= max(lengths) <= _LONGEST or one[0] == other[0]:
        return False
    if one[0] in SURNAMES and other[0] in SURNAMES:
        return max(lengths) <= _NAME or not set(one) & set(other)
    return before[-1:] in SURNAMES and not set(one) & set(other)
