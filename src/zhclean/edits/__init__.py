"""What a stage proposes, and how proposals are checked and carried out.

All offsets are in characters (code points) of a Python string.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter, itemgetter
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range of characters."""

    start: int
    end: int


class Edit(NamedTuple):
    """Replace ``text[start:end]`` with `new`.

    A stage proposes edits in offsets of the text it was given; those of `Cleaned.edits` are in offsets of
    the original text. `stage` is filled in by the pipeline: the stage's name, or the names of all that
    contributed, in the order they ran, joined with ``+``.

    >>> Edit(2, 3, "", "line broken in mid-sentence").end
    3
    """

    start: int
    end: int
    new: str
    reason: str
    """In words, for people."""
    confidence: float = 1.0
    """Between 0 and 1; 1.0 is a rule without known exceptions."""
    stage: str = ""
    repeats: Span | None = None
    """For a removal: the span of the copy that stays."""
    origin: Span | None = None
    """For an insertion: the span this text was moved from, if it stood elsewhere before."""
    group: int | None = None
    """Edits of one group make sense only together (a caption moved: one removal, one insertion)."""


class Gap(NamedTuple):
    """A place where text seems to be missing. Never repaired: zhclean does not invent text."""

    start: int
    end: int
    reason: str
    confidence: float = 1.0
    stage: str = ""


class Step(NamedTuple):
    """One stage's accepted edits, in offsets of the text that stage was given."""

    stage: str
    edits: list[Edit]


def accept(proposed: Iterable[Edit], text: str) -> list[Edit]:
    """Sort proposed edits, drop those that change nothing, and check that none overlap.

    Insertions at one place keep the order in which they were proposed.

    Raises:
        ValueError: two edits overlap, or one lies out of bounds; a mistake in the stage, not in the text.
    """
    edits = [e for e in proposed if e.end - e.start != len(e.new) or text[e.start : e.end] != e.new]
    edits.sort(key=itemgetter(0, 1))
    position = 0
    for edit in edits:
        if not position <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit overlaps another or lies out of bounds: {edit!r}")
        position = edit.end
    return edits


def sure(proposed: Iterable[Edit | Gap], min_confidence: float) -> list[Edit]:
    """The edits among what is proposed that are sure enough, as are all others of their group.

    >>> sure([Edit(0, 2, "", "moved", 0.9, group=1), Edit(5, 5, "图表", "moved", 0.6, group=1)], 0.8)
    []
    """
    edits = [e for e in proposed if isinstance(e, Edit)]
    if min_confidence <= 0:
        return edits
    unsure = {e.group for e in edits if e.confidence < min_confidence} - {None}
    return [e for e in edits if e.confidence >= min_confidence and e.group not in unsure]


def apply(text: str, edits: Sequence[Edit]) -> str:
    r"""Carry out sorted, non-overlapping edits.

    >>> apply("确保服\n务业", [Edit(3, 4, "", "")])
    '确保服务业'
    """
    pieces = []
    position = 0
    for edit in edits:
        pieces.append(text[position : edit.start])
        pieces.append(edit.new)
        position = edit.end
    pieces.append(text[position:])
    return "".join(pieces)


def touches(edits: Sequence[Edit], span: Span) -> bool:
    """Whether one of sorted edits changes something in a span, or at its edges."""
    first = bisect_left(edits, span.start, key=attrgetter("end"))
    return first < bisect_right(edits, span.end, key=attrgetter("start"))


def covering(edits: Sequence[Edit], span: Span) -> int | None:
    """Which of sorted edits replaces all of a span, if one does."""
    i = bisect_right(edits, span.start, key=lambda e: e.start) - 1
    return i if i >= 0 and span.start < span.end <= edits[i].end else None
