"""Which lines are spaced out: a space behind every character (新 华 社 北 京) or every word (建筑 工程 合同)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from zhclean.characters import HAN_CLASS
from zhclean.edits import Span
from zhclean.patterns import pattern

_GAP = pattern(rf"[ \u3000](?<=[{HAN_CLASS}].)(?=[{HAN_CLASS}])")
_WIDE = rf"{HAN_CLASS}、-】！-～"
_PARTNER = f"{_WIDE}A-Za-z0-9“”‘’—…"  # not ASCII marks: the colon of a header has a space behind it
_ANY_GAP = pattern(rf"[ \u3000](?:(?<=[{_WIDE}].)(?=[{_PARTNER}])|(?<=[{_PARTNER}].)(?=[{_WIDE}]))")
_HAN_RUN = pattern(f"[{HAN_CLASS}]+")
_STOP = pattern(r"[，。；：、！？）》]")
_SPACED_STOP = pattern(r"[ \u3000][，。；：、！？）》]")
_LONE_FUNCTION_WORD = pattern(r"[ \u3000][的了在是和与为有对从将被把及][ \u3000]")

_LINE = pattern(r"[^\r\n]+")

LEAST_GAPS = 12
"""Spaces between Han below which nothing is decided: a list of names has as many."""

LEAST_PROSE = 3
"""Marks and lone function words that show that the line is prose: names, verse and tables have none."""


class _Measure(NamedTuple):
    """Counts of one line, or of several."""

    gaps: int  # single spaces between two Han
    all_gaps: int  # single spaces beside Han, full-width letters, digits and marks
    touching: int  # pairs of Han without a space
    stops: int
    spaced_stops: int
    function_words: int

    def __add__(self, other: tuple[int, ...]) -> _Measure:  # type: ignore[override]
        return _Measure(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def is_spaced_out(self) -> bool:
        """Enough evidence, in one line or in all the lines that may be spaced out."""
        if self.gaps < LEAST_GAPS or self.stops + self.function_words < LEAST_PROSE:
            return False
        share = self.gaps / (self.gaps + self.touching)
        return share >= 0.7 or (share >= 0.3 and self.spaced_stops >= 0.6 * self.stops)

    @property
    def may_be(self) -> bool:
        return self.all_gaps > 0 and self.all_gaps >= 0.25 * (self.all_gaps + self.touching)


def spaced_out_lines(text: str) -> list[Span]:
    """The lines whose single spaces mean nothing, without line ends; sorted.

    The document is judged by all lines that may be spaced out, and each of them goes with it: a short line
    (a heading, 第 三 条) decides nothing by itself.
    """
    if text.count(" ") + text.count("\u3000") < LEAST_GAPS:
        return []
    total = _Measure(0, 0, 0, 0, 0, 0)
    for line in _lines_with_gaps(text):
        measure = _measure(text, line)
        if measure.may_be:
            total += measure
    if not total.is_spaced_out:
        return []
    lines = (Span(*match.span()) for match in _LINE.finditer(text))
    return [line for line in lines if _measure(text, line).may_be]


def _lines_with_gaps(text: str) -> Iterator[Span]:
    end = -1
    for gap in _GAP.finditer(text):
        if gap.start() > end:
            start = text.rfind("\n", 0, gap.start()) + 1
            end = text.find("\n", gap.start())
            end = len(text) if end < 0 else end
            yield Span(start, end)


def _measure(text: str, span: Span) -> _Measure:
    def count(pattern: re.Pattern[str]) -> int:
        return len(pattern.findall(text, *span))

    touching = sum(len(run) - 1 for run in _HAN_RUN.findall(text, *span))
    return _Measure(
        count(_GAP), count(_ANY_GAP), touching, count(_STOP), count(_SPACED_STOP), count(_LONE_FUNCTION_WORD)
    )
