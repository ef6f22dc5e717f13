"""Spaces in the middle of sentences that were line ends, wherever the lines ended: 目前的刑 事法治.

Between two Han a space parts names, the halves of a headline, the items of a list; in the middle of a word it does not. In a line
of prose one of 1,199 natural spaces stands in a word that goes on (People's Daily, evening news, posts of the train part; two
more in titles), and half of those that are left over do. Where there are several, the others go with them if the words do.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from zhclean.characters import HAN_CLASS, SURNAMES
from zhclean.edits import Edit, Span
from zhclean.models.lexicon import lexicon
from zhclean.models.networks import Break
from zhclean.models.opinions import opinions
from zhclean.models.threads import one_thread
from zhclean.patterns import pattern

_SPACE = pattern(rf" (?<=[{HAN_CLASS}]{{2}}.)(?=[{HAN_CLASS}])")
"""Behind two Han: a given name of one has a space in front of it, too (王 莉)."""
_END, _COMMA, LONG = pattern("[。！？]"), pattern("[，,]"), 40
"""What a line of prose has in it, and no headline and no address: the end of a sentence, or a comma where it is so long."""
_ROLE = "[记記]者|通[讯訊][员員]|作者|[编編][辑輯]|主任|部[长長]|局[长長]|[摄攝]"  # a name of one letter may have others behind
_ROLES = "[书書][记記支]|[^增成延拉][长長]|主席|理|[员員]|代表|教授|[师師]|同[学學志]|[选選歌]手|[导導]演|先生|[医醫]生|法官|作家|指[导導]|、"
_NAMED = pattern(
    f"(?:{_ROLE})[\u4e00-\u9fff]{{1,2}}$|(?:{_ROLES})[{''.join(sorted(SURNAMES))}]$|[大中小][学學]$|[日晚早][报報]$"
)
"""Behind whom a name may stand whose letters are set apart; and behind what a part of an institution may."""
_TITLE = pattern("《[^《》\n]{1,30}》|“[^“”，。；！？\n]{1,20}”|「[^「」，。；！？\n]{1,20}」")
"""What may have two halves, as headlines have."""

_LETTERS_APART = pattern(rf"^(?:[{HAN_CLASS}] ){{4,11}}[{HAN_CLASS}]$", re.MULTILINE)
"""Of five letters and more: 东 南 西 北 are four."""

LABEL, ITEM = 5, 6
"""Characters of a place or a rubric in front of a line's sentence, and up to the next space in a list: 数学 生物 化学."""

REACH = 24
"""Characters on either side that the words are judged by."""

IN_WORD, BETWEEN_WORDS, LIKE_MOST = 3.0, 6.0, 1.0
"""Log-odds from which on a sentence goes on across a space within a word, and between two, where some are left over, and where
most are.
"""

SEVERAL, SHARE, MOST = 2, 0.25, 0.4
"""Spaces in words from which on others are believed to be left over; and how large a share of all in prose they are, where some
are, and where most are: of those left over half are in words.
"""


class _Place(NamedTuple):
    at: int
    left: str
    right: str
    in_word: bool


def leftover_spaces(text: str) -> list[Edit]:
    """Removals of such spaces, and of those that set the letters of a heading apart."""
    return [*_in_headings(text), *_in_prose(text)]


def _in_headings(text: str) -> Iterator[Edit]:
    """The spaces in lines that are nothing but letters set apart and are made of words: 刑 事 判 决 书."""
    for match in _LETTERS_APART.finditer(text):
        if _are_words(match[0].replace(" ", "")):
            for at in range(match.start() + 1, match.end(), 2):
                yield Edit(at, at + 1, "", "space between the letters of a heading", 0.85)


def _are_words(letters: str) -> bool:
    """Whether words of two letters and more are all there is."""
    known = lexicon().folded(letters)
    words = lexicon().words(known)
    reached = {0}
    for end in range(2, len(known) + 1):
        if any(start in reached and known[start:end] in words for start in range(max(0, end - 4), end - 1)):
            reached.add(end)
    return len(known) in reached


def _in_prose(text: str) -> list[Edit]:
    places = [*_places(text)]
    if not any(place.in_word for place in places):
        return []
    with one_thread():
        said = opinions([Break("", place.left, place.right, "", wrapped=True) for place in places])
    values = [opinion.goes_on for opinion in said]
    sure = sum(place.in_word and value > IN_WORD for place, value in zip(places, values, strict=True))
    if sure < SHARE * len(places):
        return []  # what is set off by spaces on purpose may make a word by chance
    between = BETWEEN_WORDS if sure < MOST * len(places) else LIKE_MOST
    least = {True: IN_WORD, False: between if sure >= SEVERAL else math.inf}
    return [
        Edit(place.at, place.at + 1, "", "space in the middle of a sentence", 0.9 if place.in_word else 0.8)
        for place, value in zip(places, values, strict=True)
        if value > least[place.in_word]
    ]


def _is_within(spans: Sequence[Span], at: int) -> bool:
    """Whether a place lies in one of several spans, which stand in order."""
    before = bisect_left(spans, Span(at, at))
    return before > 0 and at < spans[before - 1][1]


def _places(text: str) -> Iterator[_Place]:
    """The spaces between Han in lines of prose, without those within a title or a name."""
    is_across, end = lexicon().is_word_across, -1
    titles: Sequence[Span] = ()
    for match in _SPACE.finditer(text):
        at = match.start()
        if at > end:
            start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            end = len(text) if end < 0 else end
            is_prose = _END.search(text, start, end) or (
                end - start >= LONG and _COMMA.search(text, start, end)
            )
            titles = [Span(*title.span()) for title in _TITLE.finditer(text, start, end)] if is_prose else ()
        is_label = at - start < LABEL or text.find(" ", at + 1, at + ITEM) >= 0
        if not is_prose or is_label or _is_within(titles, at):
            continue
        left = text[max(start, at - REACH) : at]
        right = text[at + 1 : min(end, at + 1 + REACH)]
        is_name = left[-1] in SURNAMES and right[1:2] in ("、", "）", ")")
        if not (is_name or _NAMED.search(left)):
            yield _Place(at, left.replace(" ", ""), right.replace(" ", ""), is_across(left, right))
