"""What of a text is compared: letters and digits, and of the marks those without which a figure is another one.

3.2% is not 32%, nor −5℃ 5℃, nor 1:12 11:2. All other marks differ from copy to copy and say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from zhclean.patterns import pattern

Points = npt.NDArray[np.uint32]
Offsets = npt.NDArray[np.int64]

_CODES = 0x110000
_DIGIT = "0-9０-９"

_SIGNS: dict[str, str] = {
    **dict.fromkeys("-－−–﹣‐‑", "-"),
    **dict.fromkeys("+＋", "+"),
    "±": "±",
}  # before a figure
_UNITS: dict[str, str] = {**dict.fromkeys("%％﹪", "%"), "‰": "‰"}  # behind one
_JOINTS: dict[str, str] = {  # between two
    **_SIGNS,
    **dict.fromkeys("—―", "-"),
    **dict.fromkeys(".．﹒·", "."),
    **dict.fromkeys(":：∶﹕", ":"),
    **dict.fromkeys("/／", "/"),
    **dict.fromkeys("~～∼〜", "~"),
    **dict.fromkeys("×*＊", "×"),
}
_APART = ","
"""For any other marks between two figures: they only keep them apart."""

_KEPT: dict[str, str] = dict(zip((*"-+±%‰.:/~×", _APART), map(chr, range(0xFDD0, 0xFDDB)), strict=True))
"""Marks that are kept, as code points that are never a character, while letters are told from the rest."""

_BESIDE_FIGURES = pattern(
    rf"""(?<=[{_DIGIT}]) (?P<thousands> [,，] (?=[{_DIGIT}]{{3}} (?![{_DIGIT}])) )
       | (?<=[{_DIGIT}]) (?P<gap> [\W_]+ ) (?P<digit> (?=[{_DIGIT}]) )?
       | (?P<sign> [{re.escape("".join(_SIGNS))}] ) (?=[{_DIGIT}])""",
    re.VERBOSE,
)


class Texts(NamedTuple):
    """Texts one behind the other: text i is ``points[offsets[i]:offsets[i + 1]]``."""

    points: Points
    """Code points of what is compared."""
    offsets: Offsets

    def strings(self) -> list[str]:
        """Each text as a string."""
        whole = self.points.astype("<u4").tobytes().decode("utf-32-le")
        bounds = self.offsets.tolist()
        return [whole[start:end] for start, end in pairwise(bounds)]


def solid(texts: Sequence[str]) -> Texts:
    """The letters and digits of each text, full-width ones folded, and the marks that belong to its figures.

    Case and numbers stay as they are.

    >>> solid(["２０２３年，Ａ股 涨3.2%。", "气温－５℃，比分1：12，共4,215人", "！"]).strings()
    ['2023年A股涨3.2%', '气温-5比分1:12共4215人', '']
    """
    told = [_BESIDE_FIGURES.sub(_mark, text) for text in texts]
    lengths = np.fromiter(map(len, told), np.int64, len(told))
    raw = np.frombuffer("".join(told).encode("utf-32-le", "surrogatepass"), "<u4")
    points = _folded()[raw]
    kept = np.concatenate(([0], np.cumsum(points != 0)))
    ends = np.concatenate(([0], np.cumsum(lengths)))
    return Texts(points[points != 0], kept[ends])


def _mark(match: re.Match[str]) -> str:
    """What stands beside a figure, as far as it belongs to it.

    White space with a line end in it says nothing: lines are wrapped within figures too.
    """
    sign: str | None = match["sign"]
    if sign is not None or match["thousands"]:
        return _KEPT[_SIGNS[sign]] if sign else ""
    between: str = match["gap"]
    unit = _KEPT[_UNITS[between.strip()[0]]] if between.strip()[:1] in _UNITS else ""
    rest = between.strip()[len(unit) :].strip()
    if match["digit"] is None or (not rest and (unit or "\n" in between)):
        return unit
    if rest in _JOINTS:
        return unit + _KEPT[_JOINTS[rest]]
    return unit + _KEPT[_APART] + (_KEPT[_SIGNS[rest[-1]]] if rest[-1:] in _SIGNS else "")


@lru_cache(maxsize=1)
def _folded() -> Points:
    """For every code point the one it counts as, 0 for those that do not count."""
    codes = np.arange(_CODES, dtype="<u4")
    table = np.zeros(_CODES, np.uint32)
    for run in re.finditer(r"[^\W_]+", codes.tobytes().decode("utf-32-le", "surrogatepass")):
        table[run.start() : run.end()] = codes[run.start() : run.end()]
    for first, last in (("０", "９"), ("Ａ", "Ｚ"), ("ａ", "ｚ")):
        table[ord(first) : ord(last) + 1] -= np.uint32(0xFEE0)
    for mark, stand_in in _KEPT.items():
        table[ord(stand_in)] = ord(mark)
    return table
