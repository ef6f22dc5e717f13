"""Round brackets within one line, paired with a stack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from zhclean.characters import HAN_CLASS
from zhclean.edits import Edit
from zhclean.patterns import pattern

_BRACKET = pattern("[()（）]")
_HAN = pattern(f"[{HAN_CLASS}]")
_FULL = {"(": "（", ")": "）"}


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
