"""In what two nearly equal stretches of text differ, and whether that is a slip or a fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from zhclean.characters import FACT_CHARACTERS, GB2312_LEVEL_1, SURNAMES
from zhclean.edits import Span
from zhclean.models.lexicon import lexicon
from zhclean.models.networks import Break
from zhclean.models.opinions import opinions
from zhclean.stages.repeats.replacements import LOOK_ALIKES, MARKS, NEGATIONS, OPPOSITES, PARTICLES
from zhclean.stages.repeats.wording import is_han

CONTEXT = 24
"""Characters on either side of a difference that are looked at."""

LONGEST_SLIP = 3
"""Characters that recognition gets wrong in a row; what is longer was rewritten."""

FAMILIAR = 0.45
"""Log frequency (0 to 1) of a word that everyone knows; names of people and places are rarer ones."""

WORSE = 4.5
"""Log-odds by which one side goes on worse than the other, in front and behind together, where it is a slip: of
102 invented pairs that differ in a fact 8 do, most of them words on both sides; of slips 73 in 100."""

FAR_WORSE = 6.0
"""The same where it stands beside copies of a loop, which may be parallel clauses: of 29 invented pairs, both ways round,
2 do."""

ALONE, WORD = 11.0, 10.0
"""The same where nothing else differs but marks, with so much on top for the most frequent word on the better side: of
62 invented pairs that differ in a word of fact, as 降压药 and 降脂药 do, 11 do; of slips 77 in 100. A paragraph that was
recognised twice mostly differs in several places."""

NAME = 3.0
"""Log-odds on top where it may be a name, which need not go on well."""

SUBJECT = 3
"""Characters at the beginning of a line, at least, that say whom or what it is about."""


class Difference(NamedTuple):
    """What stands in two lines in place of each other, with the characters around it."""

    old: str
    new: str
    before: str
    behind: str


def differences(a: str, b: str) -> Iterator[Difference]:
    """In what `b` differs from `a`, in order."""
    return (difference for _, difference in _placed(a, b))


def better_readings(line: str, copy: str) -> Iterator[tuple[Span, str]]:
    """Where in a line a character was surely recognised wrongly that its copy has right, and what that is."""
    for place, d in _placed(line, copy):
        if len(d.old) == len(d.new) and not (is_fact(d) or _may_be_name(d)) and _is_better(d):
            yield place, d.new


def _placed(a: str, b: str) -> Iterator[tuple[Span, Difference]]:
    """Each difference with its place in `a`."""
    for place, other in _places(a, b):
        before, behind = a[max(place.start - CONTEXT, 0) : place.start], a[place.end : place.end + CONTEXT]
        yield place, Difference(a[slice(*place)], b[slice(*other)], before, behind)


def _is_better(d: Difference) -> bool:
    """Whether the new side makes a familiar word, and the old one none, of a character that is hardly written."""
    return _is_only_word(d, d.new, d.old) and _is_rare_for_frequent(d.old, d.new)


def _places(a: str, b: str) -> list[tuple[Span, Span]]:
    """Where the two differ. What is lost and what is added next to it, one character apart, is one word in another's
    place: 书记 and 秘书.
    """
    places, a_end, b_end = list[tuple[Span, Span]](), 0, 0
    for block in Levenshtein.editops(a, b).as_matching_blocks():
        place = Span(a_end, block.a), Span(b_end, block.b)
        a_end, b_end = block.a + block.size, block.b + block.size
        if places and place[0].start - places[-1][0].end <= 1 and _is_added_and_lost(places[-1], place):
            (in_a, in_b), (more_a, more_b) = places.pop(), place
            place = Span(in_a.start, more_a.end), Span(in_b.start, more_b.end)
        if any(start < end for start, end in place):
            places.append(place)
    return places


def _is_added_and_lost(one: tuple[Span, Span], two: tuple[Span, Span]) -> bool:
    """Whether at one of two places only the one text says something, and at the other place only the other text."""
    (a, b), (c, d) = ((len(range(*span)) for span in place) for place in (one, two))
    return (a, d) == (0, 0) or (b, c) == (0, 0)


def is_fact(d: Difference) -> bool:
    """Whether a difference is a number, a date, a name, a letter or the opposite, or too long for a slip.

    A slip turns 支 into 末 and 士 into 土; it does not turn one number into another.
    """
    if max(len(d.old), len(d.new)) > LONGEST_SLIP:
        return True
    if len(d.old) != len(d.new):
        return bool(FACT_CHARACTERS & {*d.old, *d.new}) or min(len(d.old), len(d.new)) > 0
    return any(map(_are_facts, d.old, d.new)) or (_are_names(d) and not reads_unlike([d]))


def _are_facts(x: str, y: str) -> bool:
    if x in FACT_CHARACTERS or _is_latin(x):
        return y in FACT_CHARACTERS or _is_latin(y)
    return _in_one(OPPOSITES, x, y)


def _is_latin(char: str) -> bool:
    folded = lexicon().folded(char)
    return folded.isascii() and folded.isalpha()


def _denies(d: Difference) -> bool:
    """Whether one side says that it is not so, and the other does not; 新华未 does not deny 新华社."""
    if NEGATIONS.isdisjoint(d.old) == NEGATIONS.isdisjoint(d.new):
        return False
    denial, other = (d.new, d.old) if NEGATIONS.isdisjoint(d.old) else (d.old, d.new)
    is_wrong = len(denial) == 1 and _is_only_word(d, other, denial)
    return not (is_wrong or _is_misread(d))


def is_slip(d: Difference) -> bool:
    """Whether a difference shows by itself that one side is a slip: one of the characters is hardly written or looks
    like the other, both are marks, the one is a particle, or it makes a familiar word and the other none.

    Neither says so of names, which need not be words, nor do words of what a line begins with.
    """
    if is_mark(d):
        return True
    if is_rewritten(d) or _may_be_name(d):
        return False
    is_word = _is_only_word(d, d.old, d.new) or _is_only_word(d, d.new, d.old)
    return _is_misread(d) or (is_word and len(d.before) >= SUBJECT)


def is_mark(d: Difference) -> bool:
    """Whether nothing but marks differs; a point is one where the other side has a full stop."""
    return MARKS.issuperset(d.old + d.new) or {d.old, d.new} == {"。", "."}


def is_slip_alone(d: Difference) -> bool:
    """Whether a difference is a slip although nothing else differs: one side was surely recognised wrongly."""
    old, new = (lexicon().best_word(d.before, side, d.behind) for side in (d.old, d.new))
    better = _better([d])[0] + WORD * (old - new)
    return _is_misread(d) or abs(better) > ALONE + NAME * _may_be_name(d)


def is_wrong(d: Difference) -> bool:
    """Whether the new side is wrong by itself: a Han that is hardly written or is taken for the old one, or the words go
    on far worse.
    """
    if len(d.new) == 1 and is_han(d.new) and _is_rare_for_frequent(d.new, d.old):
        return True
    if len(d.old) == len(d.new) == 1 and _in_one(LOOK_ALIKES, d.old, d.new):
        return True
    return _better([d])[0] > FAR_WORSE + NAME * _may_be_name(d)


def reads_unlike(found: Iterable[Difference]) -> bool:
    """Whether in one of the differences the words go on far worse on one side than on the other."""
    open_ = [d for d in found if not is_rewritten(d)]
    better = _better(open_)
    return any(abs(b) > WORSE + NAME * _may_be_name(d) for d, b in zip(open_, better, strict=True))


def _better(found: Sequence[Difference]) -> list[float]:
    """Of each the log-odds by which the words go on better on the old side, in front and behind together."""
    fits = iter([opinion.fits for opinion in opinions([*chain.from_iterable(map(_seams, found))])])
    return [next(fits) + next(fits) - next(fits) - next(fits) for _ in found]


def _seams(d: Difference) -> Iterator[Break]:
    """Those in front of and behind the one side, and those of the other."""
    for side in (d.old, d.new):
        yield Break("", d.before, (side + d.behind)[:CONTEXT], "")
        yield Break("", (d.before + side)[-CONTEXT:], d.behind, "")


def _is_only_word(d: Difference, one: str, other: str) -> bool:
    """Whether one side makes a familiar word, and the other none."""
    return lexicon().best_word(d.before, one, d.behind) >= FAMILIAR and not makes_word(
        d.before, other, d.behind
    )


def _is_misread(d: Difference) -> bool:
    """Whether the characters themselves tell that one of the sides was recognised wrongly."""
    if len(d.old) == len(d.new) == 1 and (
        (d.old in PARTICLES) != (d.new in PARTICLES) or _in_one(LOOK_ALIKES, d.old, d.new)
    ):
        return True
    if _is_rare_for_frequent(d.old, d.new) or _is_rare_for_frequent(d.new, d.old):
        return True
    around = d.before + d.behind
    return _is_simplified(around) and _is_simplified(d.old) != _is_simplified(d.new)


def _is_simplified(text: str) -> bool:
    words = "".join(filter(str.isalpha, text))
    return lexicon().folded(words) == words


def _is_rare_for_frequent(one: str, other: str) -> bool:
    """Whether a character that is hardly written stands where the other side has those that everyone writes."""
    one, other = lexicon().folded(one), lexicon().folded(other)
    return not GB2312_LEVEL_1.issuperset(one) and other != "" and GB2312_LEVEL_1.issuperset(other)


def _in_one(groups: str, x: str, y: str) -> bool:
    return any(x in group and y in group for group in groups.split())


def _may_be_name(d: Difference) -> bool:
    """Whether both sides begin with a surname, or one that is in no familiar word stands in front, or one character
    away.
    """
    return _are_names(d) or any(
        char in SURNAMES and not any(_is_familiar(d.before, i, side + d.behind) for side in (d.old, d.new))
        for i, char in enumerate(d.before)
        if i >= len(d.before) - 2
    )


def _are_names(d: Difference) -> bool:
    return bool(d.old and d.new) and d.old[0] in SURNAMES and d.new[0] in SURNAMES


def _is_familiar(before: str, at: int, behind: str) -> bool:
    return lexicon().best_word(before[:at], before[at], before[at + 1 :] + behind) >= FAMILIAR


def is_added(d: Difference) -> bool:
    """Whether one line says a word or a label more: recognition loses characters out of words."""
    more = d.old or d.new
    return not (d.old and d.new) and any(map(str.isalpha, more)) and not makes_word(d.before, more, d.behind)


def is_rewritten(d: Difference) -> bool:
    """Whether both sides make sense: each makes a word, or one denies what the other says."""
    return _denies(d) or (makes_word(d.before, d.old, d.behind) and makes_word(d.before, d.new, d.behind))


def makes_word(before: str, fragment: str, behind: str) -> bool:
    """Whether the fragment is in a word of two to four characters, alone or with its neighbours."""
    return lexicon().best_word(before, fragment, behind) > 0.0
