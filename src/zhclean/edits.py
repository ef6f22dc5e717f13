"""What a stage proposes, what a run returns, and how edits of several steps become edits of the original.

All offsets are in characters (code points) of a Python string.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge
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


@dataclass(frozen=True)
class Cleaned:
    """The result of `zhclean.explain`.

    `edits` are sorted, do not overlap, lie within `source` and give `text` when applied to it; `gaps` are
    in offsets of `source` too.
    """

    source: str
    text: str
    edits: tuple[Edit, ...] = ()
    gaps: tuple[Gap, ...] = field(default=())


class Step(NamedTuple):
    """One stage's accepted edits, in offsets of the text that stage was given."""

    stage: str
    edits: list[Edit]


def accept(proposed: Iterable[Edit], text: str) -> list[Edit]:
    """Sort proposed edits, drop those that change nothing, and check that none overlap.

    Raises:
        ValueError: two edits overlap, or one lies out of bounds; a mistake in the stage, not in the text.
    """
    edits = sorted(e for e in proposed if e.end - e.start != len(e.new) or text[e.start : e.end] != e.new)
    position = 0
    for edit in edits:
        if not position <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit overlaps another or lies out of bounds: {edit!r}")
        position = edit.end
    return edits


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


class OffsetMap:
    """Maps offsets of an edited text back to the text the edits were made in."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        """Take sorted, non-overlapping edits, in offsets of the text before them."""
        self._edits = edits
        self._starts: list[int] = []  # where each edit's `new` starts in the edited text
        self._shifts: list[int] = []  # how much longer the text is behind it
        shift = 0
        for edit in edits:
            self._starts.append(edit.start + shift)
            shift += len(edit.new) - (edit.end - edit.start)
            self._shifts.append(shift)

    def start(self, offset: int) -> int:
        """The offset before the edits that `offset` stands for, read as the start of a span."""
        i = bisect_right(self._starts, offset) - 1
        # An empty replacement at this very offset was a removal in front of the span: not part of it.
        if i < 0 or offset >= self._starts[i] + len(self._edits[i].new):
            return offset - (self._shifts[i] if i >= 0 else 0)
        return self._inside(i, offset, self._edits[i].start)

    def end(self, offset: int) -> int:
        """The offset before the edits that `offset` stands for, read as the end of a span."""
        i = bisect_left(self._starts, offset) - 1
        if i < 0 or offset > self._starts[i] + len(self._edits[i].new):
            return offset - (self._shifts[i] if i >= 0 else 0)
        return self._inside(i, offset, self._edits[i].end)

    def span(self, span: Span) -> Span:
        """The span before the edits that `span` stands for; never inverted."""
        start, end = self.start(span.start), self.end(span.end)
        return Span(min(start, end), end) if span.start < span.end else Span(start, start)

    def _inside(self, i: int, offset: int, otherwise: int) -> int:
        """An offset within replaced text: exact where the text was moved or is as long as before."""
        edit = self._edits[i]
        came_from = edit.origin or Span(edit.start, edit.end)
        if len(edit.new) == came_from.end - came_from.start:
            return came_from.start + offset - self._starts[i]
        return otherwise


def compose(first: Sequence[Edit], second: Sequence[Edit], between: str) -> list[Edit]:
    """The edits that do at once what `first` and then `second` do.

    `between` is the text that `first` results in and `second` applies to. Edits that overlap or touch
    merge into one that lists its causes; an edit wholly inside a later removal is swallowed by it.

    >>> compose([Edit(1, 2, "xx", "a")], [Edit(2, 4, "", "b")], "0xx23")
    [Edit(start=1, end=3, new='x', reason='a; b', confidence=1.0, stage='', repeats=None, origin=None, group=None)]
    """
    if not first:
        return list(second)
    offsets = OffsetMap(first)
    result: list[Edit] = []
    shift = 0  # how much longer `between` is than the source, up to the cluster at hand
    for cluster in _clusters(first, second):
        lo, hi = cluster.start, cluster.end
        growth = sum(len(e.new) - (e.end - e.start) for e in cluster.first)
        relative = [e._replace(start=e.start - lo, end=e.end - lo) for e in cluster.second]
        new = apply(between[lo:hi], relative)
        causes = [*cluster.surviving_first(), *(_in_source(e, offsets) for e in cluster.second)]
        result.append(_merged(causes, lo - shift, hi - shift - growth, new))
        shift += growth
    return result


@dataclass
class _Cluster:
    """Edits of two steps that overlap or touch; `start` and `end` are offsets of the text between them."""

    start: int
    end: int
    first: list[Edit] = field(default_factory=list)
    second: list[Edit] = field(default_factory=list)
    placed: list[Span] = field(default_factory=list)  # where the edits of `first` stand in that text

    def surviving_first(self) -> list[Edit]:
        """The edits of the first step that leave a trace in the result."""
        removed = [e for e in self.second if not e.new and e.start < e.end]
        return [
            edit
            for edit, at in zip(self.first, self.placed, strict=True)
            if not any(r.start <= at.start and at.end <= r.end for r in removed)
        ]


def _clusters(first: Sequence[Edit], second: Sequence[Edit]) -> Iterator[_Cluster]:
    cluster: _Cluster | None = None
    for span, edit, is_first in _sweep(first, second):
        if cluster is None or span.start > cluster.end:
            if cluster is not None:
                yield cluster
            cluster = _Cluster(*span)
        cluster.end = max(cluster.end, span.end)
        if is_first:
            cluster.first.append(edit)
            cluster.placed.append(span)
        else:
            cluster.second.append(edit)
    if cluster is not None:
        yield cluster


def _sweep(first: Sequence[Edit], second: Sequence[Edit]) -> Iterator[tuple[Span, Edit, bool]]:
    """Both steps' edits in the order in which they stand in the text between them."""

    def placed() -> Iterator[tuple[Span, Edit, bool]]:
        shift = 0
        for e in first:
            yield Span(e.start + shift, e.start + shift + len(e.new)), e, True
            shift += len(e.new) - (e.end - e.start)

    return merge(placed(), ((Span(e.start, e.end), e, False) for e in second), key=lambda item: item[0])


def _in_source(edit: Edit, offsets: OffsetMap) -> Edit:
    if edit.repeats is None and edit.origin is None:
        return edit
    return edit._replace(
        repeats=edit.repeats and offsets.span(edit.repeats),
        origin=edit.origin and offsets.span(edit.origin),
    )


def _merged(causes: Sequence[Edit], start: int, end: int, new: str) -> Edit:
    if len(causes) == 1:
        return causes[0]._replace(start=start, end=end, new=new)
    return Edit(
        start,
        end,
        new,
        reason="; ".join(dict.fromkeys(e.reason for e in causes)),
        confidence=min(e.confidence for e in causes),
        stage="+".join(dict.fromkeys(name for e in causes for name in e.stage.split("+"))),
        repeats=next((e.repeats for e in causes if e.repeats), None),
        group=next((e.group for e in causes if e.group is not None), None),
    )


def in_source(steps: Sequence[Step], source: str) -> list[Edit]:
    """Edits of `source` that do at once what all `steps` do, one after the other."""
    edits: list[Edit] = []
    text = source
    for step in steps:
        edits = compose(edits, [e._replace(stage=step.stage) for e in step.edits], text)
        text = apply(text, step.edits)
    return [e for e in edits if e.new != source[e.start : e.end]]
