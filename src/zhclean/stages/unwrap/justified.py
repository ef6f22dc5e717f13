"""Lines that were spaced out to the width of their column, as some tools read them from PDF: 码 头 职 工 中 ， 已 有 718 人."""

from __future__ import annotations

from collections.abc import Iterator

from zhclean.characters import HAN_CLASS
from zhclean.edits import Edit
from zhclean.lines import columns
from zhclean.patterns import pattern

_LINE = pattern(r"[^\r\n]*\S[^\r\n]*")
_TOKEN = pattern(f"[{HAN_CLASS}、-】！-～“”‘’—…]|[A-Za-z0-9.%+-]+")
_SPACE = pattern("(?<![A-Za-z0-9]) | (?![A-Za-z0-9])")

LEAST_SPACES, AS_WIDE = 7, 4
"""Spaces of such a line, and columns by which it may be wider or narrower than one beside it when they are gone."""

CONFIDENCE = 0.9


def justified(text: str) -> Iterator[Edit]:
    r"""Removals of the spaces in such lines: without them a line is as wide as one beside it, as no heading is by chance.

    >>> [edit.start for edit in justified("参加培训的老职工们\n老 码 头 职 工 已 有 人 了\n")]
    [11, 13, 15, 17, 19, 21, 23, 25]
    """
    if text.count(" ") < LEAST_SPACES:
        return
    lines = [match.span() for match in _LINE.finditer(text)]
    for before, (start, end), behind in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        content = text[start:end].strip()
        if content.count(" ") < LEAST_SPACES or not all(map(_TOKEN.fullmatch, content.split(" "))):
            continue
        width = _width(content)
        if any(abs(_width(text[slice(*beside)]) - width) <= AS_WIDE for beside in (before, behind) if beside):
            first = text.index(content, start)
            for space in _SPACE.finditer(text, first, first + len(content)):
                yield Edit(*space.span(), "", "space of a justified line", CONFIDENCE)


def _width(line: str) -> int:
    return columns(line.replace(" ", "").strip())
