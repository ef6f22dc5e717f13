"""Quotation marks within one line: straight ones are curled, and all brought into one style if asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from zhclean.characters import HAN_CLASS, UNIT_CLASS, WIDE_MARK_CLASS
from zhclean.edits import Edit
from zhclean.patterns import pattern

Style = Literal["curl", "“”", "「」", "keep"]

_MARKS = {"curl": "“”‘’", "“”": "“”‘’", "「」": "「」『』"}

_DOUBLE = pattern('["＂]')
# Not an apostrophe (don't, rock'n'roll, '98), nor feet and minutes (6'2", 5'30").
_SINGLE = pattern("(?<![A-Za-z0-9])'(?![0-9]{2}(?![0-9']))|'(?![A-Za-z0-9])")

_CORNER = pattern("[「」『』]")
_CURLY = pattern("[“”]|‘[^‘’]*’")

_CANNOT_OPEN_BEFORE = pattern(r"[，。、；：！？）》〉」』】”’,;:!?)\]}\s]|\.(?![.0-9])|\Z")
_CANNOT_CLOSE_AFTER = pattern(r"[：（《〈「『【“‘:(\[{\s]")
_HAN = pattern(f"[{HAN_CLASS}]")
_CHINESE = pattern(f"[{HAN_CLASS}{WIDE_MARK_CLASS}{UNIT_CLASS}]")


class _Pair(NamedTuple):
    opened: int
    closed: int
    depth: int  # 0 is the outermost


def curl(line: str, style: Style) -> Iterator[Edit]:
    """Pairs of straight quotes with Han inside or beside them, if all of the line's quotes pair.

    >>> [edit.new for edit in sorted(curl('他说:"老师讲:"好好学"。"', "curl"))]
    ['“', '‘', '’', '”']
    """
    if '"' not in line and "'" not in line and "＂" not in line:
        return
    marks = _MARKS[style]
    for marks_of, depth in ((_DOUBLE, 0), (_SINGLE, 1)):
        offsets = [match.start() for match in marks_of.finditer(line) if not _is_prime(line, match.start())]
        for pair in _chinese(line, _pairs(line, offsets)):
            level = min(pair.depth + depth, 1) * 2
            yield Edit(pair.opened, pair.opened + 1, marks[level], "straight quote")
            yield Edit(pair.closed, pair.closed + 1, marks[level + 1], "straight quote")


def _is_prime(line: str, offset: int) -> bool:
    """Seconds, inches and minutes: a quote between two digits (9"58)."""
    return line[offset - 1 : offset].isdigit() and line[offset + 1 : offset + 2].isdigit()


def _pairs(line: str, offsets: Sequence[int]) -> Sequence[_Pair]:
    """Every quote paired, or nothing: one that is left over, or faces the wrong way, puts all in doubt."""
    if len(offsets) % 2:
        return ()
    opened: list[int] = []
    pairs = []
    for offset in offsets:
        if _closes(line, offset, bool(opened)):
            pairs.append(_Pair(opened.pop(), offset, len(opened)))
        elif _opens(line, offset, bool(opened)):
            opened.append(offset)
        else:
            return ()
    return () if opened else pairs


def _closes(line: str, offset: int, is_open: bool) -> bool:
    if not is_open:
        return False
    before, after = line[offset - 1], line[offset + 1 : offset + 2]
    # With a space on both sides it is the one that is missing: “甲 ” 乙.
    return not _CANNOT_CLOSE_AFTER.match(before) or (before.isspace() and after.isspace())


def _opens(line: str, offset: int, is_open: bool) -> bool:
    after = line[offset + 1 : offset + 2]
    return not _CANNOT_OPEN_BEFORE.match(line, offset + 1) or (not is_open and after.isspace())


def _chinese(line: str, pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    for pair in pairs:
        before, after = line[pair.opened - 1 : pair.opened], line[pair.closed + 1 : pair.closed + 2]
        if before.isdigit() and line[pair.closed - 1].isdigit():
            continue  # two sizes in inches: 32"和42"电视
        if _CHINESE.match(before) or _CHINESE.match(after) or _HAN.search(line, pair.opened, pair.closed):
            yield pair


def restyle(line: str, style: Style) -> Iterator[Edit]:
    """Bring “” and 「」 (inside them ‘’ and 『』) into one style; ’ alone is an apostrophe."""
    wanted = _MARKS[style]
    other = "「」『』" if style == "“”" else "“”‘’"
    new = dict(zip(other, wanted, strict=True))
    for match in (_CORNER if style == "“”" else _CURLY).finditer(line):
        for offset in {match.start(), match.end() - 1}:
            yield Edit(offset, offset + 1, new[line[offset]], f"quotes written {style}")
