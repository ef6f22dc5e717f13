"""Did the text left and right of a break come to stand together? Judged from the output alone.

Input and output are compared by their skeletons: no white space, punctuation in one form, runs of one
mark as one mark. So a cleaner may normalise digits and marks as it likes, and the same scoring serves
every program.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from benchmarks.damage import Piece, seams

CONTEXT = 12  # characters each side by which a seam is found in the output
State = Literal["together", "apart", "unlocated"]

_SPACE = re.compile(r"(\s+)")
_RUN = re.compile(r"([^\w\s])\1+")


def _fold() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for target, marks in {
        ".": "。．｡…·•・",
        "-": "—－─–～~⸺",
        '"': "“”‘’'＂＇「」『』",
        ":": "∶：",
        "": "\u200b\u200c\u200d\ufeff\u00ad\u2060",
    }.items():
        table.update(dict.fromkeys(map(ord, marks), target))
    return table


_FOLD = _fold()


class Skeleton:
    """The solid characters of a text, and where white space stood between them."""

    def __init__(self, text: str = "") -> None:
        self._parts: list[str] = []
        self._last = ""
        self.length = 0
        self.lines: set[int] = set()  # offsets with a line end in front
        self.spaces: set[int] = set()  # offsets with other white space in front
        self.feed(text)

    def feed(self, text: str) -> None:
        for i, part in enumerate(_SPACE.split(text)):
            if i % 2:
                (self.lines if "\n" in part or "\r" in part else self.spaces).add(self.length)
                continue
            solid = _RUN.sub(r"\1", part.translate(_FOLD))
            if solid and solid[0] == self._last and not solid[0].isalnum():
                solid = solid[1:]
            if solid:
                self._parts.append(solid)
                self._last = solid[-1]
                self.length += len(solid)

    @property
    def text(self) -> str:
        return "".join(self._parts)


class Verdict(NamedTuple):
    left: int  # index of the piece
    right: int
    kind: str  # as `seams` names it
    state: State
    offset: int  # of the seam in the output's skeleton; -1 where it was not found


class _Placed(NamedTuple):
    start: int
    end: int


def judge(pieces: Sequence[Piece], output: str) -> list[Verdict]:
    """The state of every seam of a damaged text in what a program made of it."""
    damaged, placed = Skeleton(), list[_Placed]()
    for piece in pieces:
        damaged.feed(piece.before)
        start = damaged.length
        damaged.feed(piece.text)
        placed.append(_Placed(start, damaged.length))
    given, got, result = damaged.text, Skeleton(output), list[Verdict]()
    made, drift = got.text, 0
    for left, right, kind in seams(pieces):
        a, b = placed[left], placed[right]
        offset = a.end if made == given and right == left + 1 else -1
        if offset < 0 and made != given:
            offset = _find(
                made, given[a.start : a.end][-CONTEXT:], given[b.start : b.end][:CONTEXT], a.end + drift
            )
            drift = offset - a.end if offset >= 0 else drift
        if offset >= 0:
            result.append(Verdict(left, right, kind, _state(pieces[right], kind, got, made, offset), offset))
        else:
            known = given[a.start : a.end][-CONTEXT:] in made and given[b.start : b.end][:CONTEXT] in made
            result.append(Verdict(left, right, kind, "apart" if known else "unlocated", -1))
    return result


def _find(made: str, left: str, right: str, expected: int) -> int:
    """The offset nearest to the expected one at which `left` ends and `right` begins; -1 if none."""
    best, wanted, at = -1, left + right, -1
    while (at := made.find(wanted, at + 1)) >= 0:
        seam = at + len(left)
        if best < 0 or abs(seam - expected) < abs(best - expected):
            best = seam
    return best


def _state(right: Piece, kind: str, got: Skeleton, made: str, offset: int) -> State:
    if offset in got.lines:
        return "apart"
    if kind in ("end", "intruder"):
        return "together"
    spaced = offset in got.spaces
    if right.spaced:
        between_words = (made[offset - 1] + made[offset]).isascii() if 0 < offset < len(made) else False
        return "together" if spaced or not between_words else "apart"
    return "apart" if spaced else "together"
