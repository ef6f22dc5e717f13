"""Spaces where Chinese has none: beside full-width marks, and all through a spaced-out text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from zhclean.characters import HAN_CLASS, LATIN_LETTER_CLASS
from zhclean.edits import Edit
from zhclean.lines.spaced_out import spaced_out_lines
from zhclean.markup.masks import HIDDEN, hide
from zhclean.options import Checked, option
from zhclean.patterns import pattern

_OPENERS = "（《〈【〔「『“‘［｛"
_CLOSERS = "）》〉】〕」』”’］｝"
_BRACKETS = "）》〉】〕」』］｝"
# With currency, topics (#云岭马拉松#), names (@云岭日报) and emoji.
_WORD = f"{HAN_CLASS}{_OPENERS}0-9A-Za-z０-９Ａ-Ｚａ-ｚ…—$€£¥￥#@\U0001f300-\U0001faff"

_CREDIT = rf"(?![{_OPENERS}])[^，。；？！…\r\n]{{4,24}}(?<!：)(?![^\r\n])"
"""What stands behind the last sentence of a line and is none: 本报记者 王明 摄. A bracket needs no space."""

# It begins with the first space of a run: a long run is looked at once.
_BESIDE_MARK = pattern(
    rf"""
    [ \u3000]
    (?: (?<=[{_OPENERS}].)[ \u3000]*(?=[^\s{_CLOSERS}])      # not （    ）, which is to be filled in
      | (?<=[，、；：].)[ \u3000]{{0,2}}(?=[{_WORD}]|(?P<hidden>{HIDDEN}))  # 姓名：    性别：    is a form
      | (?<=[。？！].)(?=[{_WORD}])(?!\d{{1,2}}[.．、])        # more than one may be where a paragraph ended
        (?=(?P<credit>{_CREDIT})|)
      | (?<=[^ \u3000\n\r{_OPENERS}{HIDDEN}].)[ \u3000]*(?=[，。；：？！、{_BRACKETS}]|(?P<quote>[”’]))
    )
    """,
    re.VERBOSE,
)
# Dashes and ellipses set as two or three characters apart; with spaces around them too they may be empty cells.
_APART = pattern(
    rf"(?<=[{HAN_CLASS}])\.(?:[ ]\.){{2,5}}(?![ ]?\.)|…(?<!\s.)[ ]…(?![\s…])|—(?<!\s.)[ ]—(?![\s—])"
)
_TABLE_ROW = pattern(r"^[^\n|]*\|[^\n|]*\|[^\n]*", re.MULTILINE)
_QUOTE_REACH = 300
"""Characters in front of a closing quote in which it must have been opened: some pages print ” for “."""

_NOT_CHINESE = rf"\s\x21-\x7e０-９Ａ-Ｚａ-ｚ{HIDDEN}"
_FILLER = pattern(
    rf"""
    [ \u3000](?<![ \u3000].)(?![ \u3000]|$)
    (?: (?<=^\ )                                   # what is left of the space in front of a word
      | (?<=[^{_NOT_CHINESE}].)(?=[^\s{HIDDEN}])
      | (?<=[^\s{HIDDEN}].)(?=[^{_NOT_CHINESE}])
      | (?<=\d.)(?<!\d\d.)(?=\d(?!\d))              # 1 2 0 亿
      | (?<=\d.)(?=%|[.,:/\-][ ]\d)                 # 1 . 5 %, 1 , 2 0 0, 1 9 : 3 0
      | (?<=\d[ ][.,:/\-].)(?=\d)
      | (?<=[$€£¥].)(?=\d)
    )
    """,
    re.VERBOSE | re.MULTILINE,
)

_LATIN = f"0-9{LATIN_LETTER_CLASS}"
_CURRENCY = "[$€£¥]?"  # $ is written in front of its figure; - is not: 歼-20
_BOUNDARY = pattern(
    rf"(?<=[{HAN_CLASS}])(?={_CURRENCY}[{_LATIN}])|(?:(?<=[{_LATIN}])|(?<=[0-9]%))(?=[{HAN_CLASS}])"
)
_SPACE_AT_BOUNDARY = pattern(
    rf" (?:(?<=[{HAN_CLASS}].)(?={_CURRENCY}[{_LATIN}])|(?:(?<=[{_LATIN}].)|(?<=[0-9]%.))(?=[{HAN_CLASS}]))"
)
_PARAGRAPH = pattern(rf"^[ \t\u3000]*(?=[{HAN_CLASS}{_OPENERS}0-9０-９][^\n]*[。？！；，])", re.MULTILINE)
_LIST_ITEM = pattern(r"\d{1,3}[.)] ")


@dataclass(frozen=True)
class Spacing(Checked):
    """Remove spaces beside ，。；：？！、 and inside （《“”》）, and those of spaced-out text.

    Spaces between Han mean something in headlines and lists of names, one behind the last
    sentence of a line sets a credit apart, and spaces at the ends of lines do no harm: all stay.

    >>> from zhclean import clean
    >>> clean("新增产能 ，总投资 “五十亿元 ”。 俞永均 沈天舟", [Spacing()])
    '新增产能，总投资 “五十亿元”。 俞永均 沈天舟'
    """

    name: ClassVar[str] = "spacing"

    han_latin: Literal["keep", "insert", "remove"] = option(
        "keep", "Spaces between Han and Latin letters or digits."
    )
    indent: Literal["keep", "insert", "remove"] = option("keep", "The indent of paragraphs, 　　.")

    def propose(self, text: str) -> Iterator[Edit]:
        """One edit for each run of spaces; the house style follows when those are gone."""
        edits = _needless(text)
        if not edits and self.han_latin != "keep":
            edits = _at_boundaries(text, insert=self.han_latin == "insert")
        if not edits and self.indent != "keep":
            edits = _indents(text, "\u3000\u3000" if self.indent == "insert" else "")
        yield from edits


def _needless(text: str) -> list[Edit]:
    if " " not in text and "\u3000" not in text:
        return []
    spaced_out = spaced_out_lines(text)
    is_apart = any(apart in text for apart in ("— —", "… …", ". . ."))
    if not spaced_out and not is_apart and _BESIDE_MARK.search(text) is None:
        return []
    visible = hide(text)
    if "|" in text:
        visible = _TABLE_ROW.sub(lambda row: HIDDEN * len(row[0]), visible)
    fillers = {
        match.start(): Edit(*match.span(), "", "space between the characters of spaced-out text")
        for line in spaced_out
        for match in _FILLER.finditer(visible, *line)
    }
    spaces = [
        match
        for match in _BESIDE_MARK.finditer(visible)
        if match.start() not in fillers and _is_needless(match, text, visible)
    ]
    beside_marks = (
        Edit(*space.span(), "", "space beside a full-width mark") for space in _meaningless(spaces)
    )
    within = _within_marks(visible) if is_apart else ()
    return [*fillers.values(), *beside_marks, *(space for space in within if space.start not in fillers)]


def _within_marks(text: str) -> Iterator[Edit]:
    for match in _APART.finditer(text):
        for offset in range(match.start() + 1, match.end(), 2):
            yield Edit(offset, offset + 1, "", "space within a mark")


def _meaningless(spaces: list[re.Match[str]]) -> list[re.Match[str]]:
    """Without those that set a credit apart, unless most marks of the text have a space behind them."""
    credits = sum(space["credit"] is not None for space in spaces)
    behind = sum(space.string[space.start() - 1] in "，、；。？！" for space in spaces) if credits else 0
    return spaces if behind > 2 * credits else [space for space in spaces if space["credit"] is None]


def _is_needless(space: re.Match[str], text: str, visible: str) -> bool:
    """Not in front of hidden code or a tag, nor of a closing quotation mark of which nothing was opened."""
    if space["hidden"]:
        return text[space.end()].isalnum()  # an address
    return space["quote"] is None or _is_open(space, visible)


def _is_open(closing: re.Match[str], text: str) -> bool:
    """Whether a quotation that this mark may close was opened before it."""
    opener = "“" if closing["quote"] == "”" else "‘"
    reach = (max(0, closing.start() - _QUOTE_REACH), closing.start())
    return text.rfind(opener, *reach) > text.rfind(closing["quote"], *reach)


def _at_boundaries(text: str, *, insert: bool) -> list[Edit]:
    pattern = _BOUNDARY if insert else _SPACE_AT_BOUNDARY
    reason = "space between Han and Latin" if insert else "no space between Han and Latin"
    return [Edit(*match.span(), " " * insert, reason) for match in pattern.finditer(hide(text))]


def _indents(text: str, indent: str) -> list[Edit]:
    """Paragraphs are lines with a mark of a sentence; headings, lists and code keep what they have."""
    return [
        Edit(*match.span(), indent, "indent of a paragraph")
        for match in _PARAGRAPH.finditer(hide(text))
        if match[0] != indent and not _LIST_ITEM.match(text, match.end())
    ]
