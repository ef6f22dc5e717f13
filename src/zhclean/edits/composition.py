"""How the edits of several steps become edits of the original."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from zhclean.edits import Edit, Span, Step, apply, covering
from zhclean.edits.copies import Copies
from zhclean.edits.groups import Groups
from zhclean.edits.offsets import OffsetMap


def in_source(steps: Iterable[Step], source: str) -> list[Edit]:
    """Edits of `source` that do at once what all `steps` do, one after the other.

    >>> in_source([Step("a", [Edit(1, 2, "xx", "one")]), Step("b", [Edit(2, 4, "", "two")])], "0123")
    [Edit(start=1, end=3, new='x', reason='one; two', confidence=1.0, stage='a+b', repeats=None, origin=None, group=None)]
    """
    composition = Composition(source)
    for step in steps:
        composition.add(step)
    return composition.edits()


class Composition:
    """Edits of a source, to which steps are added one after the other.

    Edits of different steps that overlap merge into one that lists its causes; an edit wholly inside a
    later removal is swallowed by it. Either way the edits that belong to one of them now belong to all:
    undoing some of them alone could lose text, or double it.
    """

    def __init__(self, source: str) -> None:
        self.text = source
        """The source with all edits of the steps so far."""
        self._source = source
        self._edits: list[Edit] = []
        self._groups = Groups()
        self._removed_after_move: list[tuple[Span, Edit]] = []  # where the text came from, and why it went
        self._swallowed: list[Edit] = []  # removals of what is said elsewhere, of which later ones took more

    def add(self, step: Step) -> None:
        """Add the edits of a step, in offsets of `self.text`."""
        if not step.edits:
            return
        offsets = OffsetMap(self._edits)
        translate = self._translation(step, offsets)
        if self._edits:
            self._edits = self._composed(step.edits, offsets, translate)
        else:
            self._edits = [translate(edit, 0) for edit in step.edits]
        self.text = apply(self.text, step.edits)

    def edits(self) -> list[Edit]:
        """The edits of the source so far; each group has a number of its own, and more than one member."""
        for origin, cause in self._removed_after_move:
            self._tell_why(origin, cause)
        self._removed_after_move.clear()
        # Text that was moved from several places did not come from one.
        self._edits = [
            e._replace(origin=None) if e.origin and covering(self._edits, e.origin) is None else e
            for e in self._edits
        ]
        copies = Copies(self._source, self._edits, self._swallowed, self._groups)
        numbers = self._groups.numbered(self._edits)
        return [
            edit._replace(group=numbers[edit.group], repeats=copies.staying(edit))
            if edit.group is not None or edit.repeats
            else edit
            for edit in self._edits
        ]

    def _composed(
        self, edits: Sequence[Edit], offsets: OffsetMap, translate: Callable[[Edit, int], Edit]
    ) -> list[Edit]:
        """The edits so far and those of a step in one list."""
        result: list[Edit] = []
        done = 0
        for begin, end, first, last in _clusters(offsets, edits):
            if done < first:
                result += self._edits[done:first]
            if first == last:
                result.append(translate(edits[begin], offsets.shifts[first]))
            else:
                later = [translate(edit, 0) for edit in edits[begin:end]]
                result += self._united(first, last, later, offsets)
            done = last
        return result + self._edits[done:]

    def _translation(self, step: Step, offsets: OffsetMap) -> Callable[[Edit, int], Edit]:
        """What gives the step's edits its name, moves them back, and says the rest in terms of the source."""
        numbers = self._groups.of_step(edit.group for edit in step.edits)

        def translate(edit: Edit, shift: int) -> Edit:
            start, end, new, reason, confidence, _, repeats, origin, group = edit
            if repeats:
                repeats = offsets.span(repeats)
            if origin:
                origin = offsets.span(origin)
            start, end, group = start - shift, end - shift, numbers[group]
            return Edit(start, end, new, reason, confidence, step.stage, repeats, origin, group)

        return translate

    def _united(self, first: int, last: int, later: Sequence[Edit], offsets: OffsetMap) -> Iterator[Edit]:
        """One edit for the earlier ones, ``[first:last]``, and the later; none if all is as it was."""
        lo = min(later[0].start, offsets.starts[first])
        hi = max(later[-1].end, offsets.ends[last - 1])
        new = apply(self.text[lo:hi], [e._replace(start=e.start - lo, end=e.end - lo) for e in later])
        start, end = lo - offsets.shifts[first], hi - offsets.shifts[last]
        earlier = self._edits[first:last]
        group = self._groups.unite(e.group for e in (*earlier, *later))
        causes = [*self._not_swallowed(earlier, range(first, last), later, offsets), *later]
        if new != self._source[start:end]:
            origin = self._origin_of(new, causes) if start == end else None
            yield _merged(causes, start, end, new, group, origin)

    def _origin_of(self, new: str, causes: Sequence[Edit]) -> Span | None:
        """Where inserted text came from: the only place, or of several the first that says just this."""
        origins = list(dict.fromkeys(e.origin for e in causes if e.origin))
        if len(origins) == 1:
            return origins[0]
        return next((origin for origin in origins if self._source[slice(*origin)] == new), None)

    def _not_swallowed(
        self, earlier: Sequence[Edit], places: range, later: Sequence[Edit], offsets: OffsetMap
    ) -> Iterator[Edit]:
        """The earlier edits that leave a trace in the result: whoever takes the blanks around what went did not take it."""
        removals = [e for e in later if not e.new]
        for edit, place in zip(earlier, places, strict=True):
            start, end = offsets.starts[place], offsets.ends[place]
            i = bisect_right(removals, start, key=lambda e: e.start) - 1
            if i < 0 or end > removals[i].end or (edit.repeats and self._takes_blanks(removals[i])):
                yield edit
            elif edit.repeats and not edit.new:
                self._swallowed.append(edit)
            elif edit.origin:
                self._removed_after_move.append((edit.origin, removals[i]))

    def _takes_blanks(self, removal: Edit) -> bool:
        """Whether a removal of this step, in offsets of the text as it is now, takes no more than white space."""
        return self.text[removal.start : removal.end].isspace()

    def _tell_why(self, origin: Span, cause: Edit) -> None:
        """Text that was moved and then removed is missed where it came from: say there why it went."""
        i = covering(self._edits, origin)
        if i is not None:
            edit = self._edits[i]
            self._edits[i] = _merged([edit, cause], edit.start, edit.end, edit.new, edit.group, None)


def _clusters(earlier: OffsetMap, edits: Sequence[Edit]) -> Iterator[tuple[int, int, int, int]]:
    """Each edit of a step, in order, alone or with all that overlap each other.

    Yields ``begin, end, first, last``: the edits ``[begin:end]`` of the step, and the earlier ones,
    ``[first:last]``, that they overlap.
    """
    starts, ends = earlier.starts, earlier.ends
    first = begin = 0
    while begin < len(edits):
        first = bisect_right(ends, edits[begin].start, first)
        last = bisect_left(starts, edits[begin].end, first)
        end = begin + 1
        while first < last and end < len(edits) and edits[end].start < ends[last - 1]:
            last = bisect_left(starts, edits[end].end, last)
            end += 1
        yield begin, end, first, last
        first, begin = last, end


def _merged(
    causes: Sequence[Edit], start: int, end: int, new: str, group: int | None, origin: Span | None
) -> Edit:
    return Edit(
        start,
        end,
        new,
        reason="; ".join(dict.fromkeys(told for e in causes for told in e.reason.split("; "))),
        confidence=min(e.confidence for e in causes),
        stage="+".join(dict.fromkeys(name for e in causes for name in e.stage.split("+"))),
        repeats=next((e.repeats for e in causes if e.repeats), None),
        origin=origin,
        group=group,
    )
