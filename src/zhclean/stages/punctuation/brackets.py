"""Round brackets and title marks within one line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from zhclean.characters import HAN_CLASS
from zhclean.edits import Edit
from zhclean.patterns import pattern

_BRACKET = pattern("[()（）]")
_HAN = pattern(f"[{HAN_CLASS}]")
_FULL = {"(": "（", ")": "）"}

# What compares, shifts or redirects has a letter or a figure beside it, and no title in between: x<<2，y>>1.
_TITLE = pattern(
    rf"""
    (?<![A-Za-z0-9_)\]<])(?P<open> <<|≪|<‹ )
    [{HAN_CLASS}“‘〈0-9] [^<>≪≫‹›《》，。；\n]{{0,50}} (?<=[{HAN_CLASS}”’〉！？）0-9])
    (?P<close> >>|≫|›> )(?![A-Za-z_(\[>]|[0-9]{{1,9}}(?![0-9{HAN_CLASS}]))
    """,
    re.VERBOSE,
)


class _Bracket(NamedTuple):
    offset: int
    mark: str
    han_before: int  # stretches between brackets, so far, that have Han in them


def brackets(line: str) -> Iterator[Edit]:
    """Full width where the mate is, or where there is Han inside; unpaired ones stay: 1)总体.

    >>> [edit.start for edit in brackets("中国石油(上海)(601857.SH)")]
    [4, 7]
    """
    if "(" not in line and ")" not in line:
        return
    for opened, closed in _pairs(line):
        full = "（" in opened.mark or "）" in closed.mark
        if full or closed.han_before > opened.han_before:
            yield from (
                Edit(b.offset, b.offset + 1, _FULL[b.mark], "ASCII bracket")
                for b in (opened, closed)
                if b.mark in _FULL
            )


def _pairs(line: str) -> Iterator[tuple[_Bracket, _Bracket]]:
    opened: list[_Bracket] = []
    position = han = 0
    for match in _BRACKET.finditer(line):
        han += _HAN.search(line, position, match.start()) is not None
        position = match.end()
        bracket = _Bracket(match.start(), match[0], han)
        if bracket.mark in "(（":
            opened.append(bracket)
        elif opened:
            yield opened.pop(), bracket


def titles(line: str) -> Iterator[Edit]:
    """Title marks drawn with signs of comparison, in pairs around Han.

    >>> [edit.new for edit in titles("读<<红楼梦>>，把x<<2写成4")]
    ['《', '》']
    """
    if "<" not in line and "≪" not in line:
        return
    for match in _TITLE.finditer(line):
        if _HAN.search(line, match.end("open"), match.start("close")):
            yield Edit(*match.span("open"), "《", "title mark of other signs")
            yield Edit(*match.span("close"), "》", "title mark of other signs")
