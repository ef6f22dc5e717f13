"""Did the text left and right of a break come to stand together? Judged from the output alone.

Input and output are compared by their skeletons: no white space, marks in one form, runs of full stops,
commas and the like as one. So a cleaner may normalise digits and marks as it likes, and the same scoring serves
every program.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

from benchmarks.damage import Piece, seams

CONTEXT = 12  # characters each side by which a seam is found in the output
State = Literal["together", "apart", "unlocated"]

COUNTED = ("join", "missing", "end", "intruder")  # kinds of seams that are scored

_SPACE = re.compile(r"(\s+)")
_RUN = re.compile(r"([.,!?])\1+")


def _fold() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table.update({code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFE50, 0xFE6C)})
    for target, marks in {
        ".": "。．｡…·•・",
        "-": "—－─–～~",
        "--": "⸺",
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
            if solid and solid[0] == self._last and solid[0] in ".,!?":
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


def judge(pieces: Sequence[Piece], output: str) -> list[Verdict]:
    """The state of every seam of a damaged text in what a program made of it."""
    damaged, ends = Skeleton(), list[int]()
    for piece in pieces:
        damaged.feed(piece.before + piece.text)
        ends.append(damaged.length)
    got = Skeleton(output)
    made, result = got.text, list[Verdict]()
    same = made == damaged.text
    solid = [] if same else [Skeleton(piece.text).text for piece in pieces]
    drift = 0
    for left, right, kind in seams(pieces):
        offset, known = ends[left], True
        if same and right != left + 1:
            offset = -1
        elif not same:
            offset, known = _locate(made, solid, left, right, ends[left] + drift)
            drift = offset - ends[left] if offset >= 0 else drift
        state: State = "unlocated" if not known else "apart"
        if offset >= 0:
            state = _state(pieces[right], kind, got, made, offset)
            if state == "together" and kind in ("end", "intruder") and not same:
                wanted = (solid[left][-CONTEXT:], solid[right][:CONTEXT])
                if _together(got, *wanted) <= _together(damaged, *wanted):
                    state = "unlocated"  # the text says the same elsewhere, and this place is gone
        result.append(Verdict(left, right, kind, state, offset))
    return result


def moved(pieces: Sequence[Piece], output: str) -> int:
    """How many paragraphs stand in the output before the one that they stood behind."""
    damaged, made, found = Skeleton(), Skeleton(output).text, list[int]()
    for piece in pieces:
        expected = damaged.length
        damaged.feed(piece.before + piece.text)
        if piece.unit >= 0 and not piece.cut:
            found.append(_find(made, "", Skeleton(piece.text).text[: 2 * CONTEXT], expected))
    if made == damaged.text:
        return 0
    return sum(after < before for before, after in pairwise(at for at in found if at >= 0))


def _locate(made: str, solid: Sequence[str], left: int, right: int, expected: int) -> tuple[int, bool]:
    """Where two pieces meet in the output (-1: nowhere), and whether both are in it at all.

    A short piece is looked for with its neighbours first, so that it is not mistaken for another.
    """
    before, after = solid[left][-CONTEXT:], solid[right][:CONTEXT]
    wide_before, wide_after = before, after
    while len(wide_before) < CONTEXT and left > 0:
        left -= 1
        wide_before = (solid[left] + wide_before)[-CONTEXT:]
    while len(wide_after) < CONTEXT and right + 1 < len(solid):
        right += 1
        wide_after = (wide_after + solid[right])[:CONTEXT]
    offset = _find(made, wide_before, wide_after, expected)
    if offset < 0 and (wide_before, wide_after) != (before, after):
        offset = _find(made, before, after, expected)
    return offset, offset >= 0 or (before in made and after in made)


def _together(skeleton: Skeleton, left: str, right: str) -> int:
    """How often `right` follows `left` with no line end between."""
    text, wanted, times, at = skeleton.text, _RUN.sub(r"\1", left + right), 0, -1
    while (at := text.find(wanted, at + 1)) >= 0:
        times += at + len(left) not in skeleton.lines
    return times


def _find(made: str, left: str, right: str, expected: int) -> int:
    """The offset nearest to the expected one at which `left` ends and `right` begins; -1 if none."""
    best, wanted, at = -1, _RUN.sub(r"\1", left + right), -1
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


@dataclass
class Score:
    """Counts of one row; shares are percentages, or None of nothing."""

    documents: int = 0
    counts: dict[str, int] = field(default_factory=dict)  # "join together", "end apart", "gap missing" …

    def add(self, key: str, number: int = 1) -> None:
        self.counts[key] = self.counts.get(key, 0) + number

    def merge(self, other: Score) -> None:
        self.documents += other.documents
        for key, number in other.counts.items():
            self.add(key, number)

    def total(self, kind: str) -> int:
        return sum(self.counts.get(f"{kind} {state}", 0) for state in ("together", "apart"))

    def share(self, kind: str) -> float | None:
        """How many seams of this kind stand together, in percent of those located."""
        total = self.total(kind)
        return 100 * self.counts.get(f"{kind} together", 0) / total if total else None

    def gaps(self, kind: str) -> float | None:
        total = self.total(kind)
        return 100 * self.counts.get(f"gap {kind}", 0) / total if total else None

    def shares(self) -> dict[str, float | None]:
        """All that a floor can be set for, in percent: what was found, destroyed, glued, and lost sight of."""
        seams = sum(self.total(kind) for kind in COUNTED) + self.unlocated
        return {
            "joins": self.share("join"),
            "ends": self.share("end"),
            "moved": self.moved,
            "glued": self.share("intruder"),
            "missing": self.share("missing"),
            "unlocated": 100 * self.unlocated / seams if seams else None,
        }

    @property
    def moved(self) -> float | None:
        """Paragraphs that stand before the one they stood behind, in percent of all ends."""
        total = self.total("end")
        return 100 * self.counts.get("moved", 0) / total if total else None

    @property
    def unlocated(self) -> int:
        return sum(self.counts.get(f"{kind} unlocated", 0) for kind in COUNTED)
