"""Tags, entities and escapes that a text speaks of: 换行用<br>标签. To read them would change what it says."""

from __future__ import annotations

import re
from typing import NamedTuple

from zhclean.characters import HAN_CLASS
from zhclean.patterns import pattern

_QUOTED, _STRAIGHT = ("“”", "‘’", "「」", "『』"), ('""', "''")

_NOUN_BEHIND = pattern(
    r"[”’」』\"']?[ ]?(?:标签|標籤|元素|标记|標記|属性|屬性|实体|實體)(?![<\n]|\Z)"  # not a cell of a table
)
_VERB_BEFORE = pattern(
    r"(?:写作|寫作|写成|寫成|写为|寫為|转义为|轉義為|字符实体|字符實體|字元實體)[ ]?[“‘「『\"']?\Z"
)
_MEANS = "表示|代表|就是|意为|意為|是"
_MEANS_BEHIND = pattern(f"[ ]?(?:{_MEANS})(?![，：“,:「])")  # who says something does so, too: 发言人表示，
_MEANS_BEHIND_QUOTE = pattern(f".[ ]?(?:{_MEANS})")
_USE_BEFORE = pattern(r"(?:用|是|为|為|写|寫|加|和|与|與|或|、)[ ]?[“‘「『\"']?\Z")
_IN_CLAUSE = pattern(f"[{HAN_CLASS}，、；：“‘「『][ ]?\\Z")
_HAN_BEFORE = pattern(f"[{HAN_CLASS}]\\Z")
_HAN_BEHIND = pattern(f"[{HAN_CLASS}]")
_PAIR_BEHIND, _PAIR_BEFORE = pattern("[和与與、及或]</"), pattern(r">[和与與、及或]\Z")
_OF_MARKUP = pattern("HTML|XML|网页代码|網頁代碼|网页里|網頁裡|源代码|原始碼", re.IGNORECASE)
_SENTENCE_END = pattern("[。！？\n]")

_REACH = 60
"""Characters on either side that are looked at."""

_OF_SYNTAX = frozenset("\xa0<>&\"'")
"""What entities are written for in any page; others may stand in quotes as what they are: 画“&times;”."""


class _Place(NamedTuple):
    """What stands beside a tag or entity."""

    before: str
    behind: str

    @property
    def is_quoted(self) -> bool:
        """Whether it stands alone in quotes; between straight ones there may be two quotations."""
        around = self.before[-1:] + self.behind[:1]
        return around in _QUOTED or (around in _STRAIGHT and self.is_of_markup)

    @property
    def is_of_markup(self) -> bool:
        """Whether its sentence speaks of HTML."""
        sentence = _SENTENCE_END.split(self.before)[-1] + " " + _SENTENCE_END.split(self.behind)[0]
        return _OF_MARKUP.search(sentence) is not None


def _place(text: str, start: int, end: int) -> _Place:
    return _Place(text[max(0, start - _REACH) : start], text[end : end + _REACH])


def is_mentioned_tag(text: str, start: int, end: int, *, in_line: bool, unpaired: bool) -> bool:
    """Whether a sentence speaks of a tag; one that is set in a line, as <b> is, may stand beside any word.

    >>> is_mentioned_tag("换行用<br>标签。", 3, 7, in_line=False, unpaired=True)
    True
    """
    place = _place(text, start, end)
    if place.is_quoted:
        return True
    if in_line or not _IN_CLAUSE.search(place.before):
        return False
    if _VERB_BEFORE.search(place.before):
        return True
    if _PAIR_BEHIND.match(place.behind) or _PAIR_BEFORE.search(place.before):
        return True
    if not unpaired and not place.is_of_markup:
        return False
    if _NOUN_BEHIND.match(place.behind):
        return True
    return unpaired and place.is_of_markup and _USE_BEFORE.search(place.before) is not None


def is_between_han(text: str, start: int, end: int) -> bool:
    """Whether a tag stands amid a clause, where no paragraph begins.

    >>> is_between_han("段落用<p>分开。", 3, 6)
    True
    """
    return bool(_HAN_BEFORE.search(text[max(0, start - 1) : start]) and _HAN_BEHIND.match(text, end))


def is_mentioned_entity(text: str, start: int, end: int, new: str) -> bool:
    """Whether a sentence speaks of the entity or escape of a character; 发言人&nbsp;表示 is none.

    >>> is_mentioned_entity("小于号写作&lt;，", 5, 9, "<")
    True
    """
    place = _place(text, start, end)
    if place.is_quoted and (new in _OF_SYNTAX or _MEANS_BEHIND_QUOTE.match(place.behind)):
        return True
    if _VERB_BEFORE.search(place.before):
        return True
    if _MEANS_BEHIND.match(place.behind) and place.is_of_markup:
        return True
    # Beside other words the space is left over more often than it is spoken of: 我是&nbsp;HTML5开发者.
    is_named = _NOUN_BEHIND.match(place.behind) or (place.is_of_markup and _USE_BEFORE.search(place.before))
    return new in _OF_SYNTAX and new != "\xa0" and bool(is_named)


def speaks_of_markup(text: str, start: int, end: int) -> bool:
    """Whether the sentence around a tag or entity speaks of HTML."""
    return _place(text, start, end).is_of_markup
