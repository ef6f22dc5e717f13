"""How the edits of several steps become edits of the original."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from zhclean.edits import Edit, Span, Step, apply


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
        self._groups = _Groups()
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
            e._replace(origin=None) if e.origin and _covering(self._edits, e.origin) is None else e
            for e in self._edits
        ]
        copies = _Copies(self._source, self._edits, self._swallowed, self._groups)
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
        i = _covering(self._edits, origin)
        if i is not None:
            edit = self._edits[i]
            self._edits[i] = _merged([edit, cause], edit.start, edit.end, edit.new, edit.group, None)


class OffsetMap:
    """Maps offsets of an edited text back to the text the edits were made in."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        """Take sorted, non-overlapping edits, in offsets of the text before them."""
        self._edits = edits
        self.starts: list[int] = []
        """Where each edit's `new` starts in the edited text."""
        self.ends: list[int] = []
        """Where it ends."""
        self.shifts = [0]
        """How much longer the edited text is in front of each edit, and in the end."""
        shift = 0
        for edit in edits:
            start = edit.start + shift
            end = start + len(edit.new)
            self.starts.append(start)
            self.ends.append(end)
            self.shifts.append(shift := end - edit.end)

    def start(self, offset: int) -> int:
        """The offset before the edits that `offset` stands for, read as the start of a span."""
        i = bisect_right(self.starts, offset) - 1
        # An empty replacement at this very offset was a removal in front of the span: not part of it.
        if i < 0 or offset >= self.ends[i]:
            return offset - self.shifts[i + 1]
        return self._inside(i, offset, self._edits[i].start)

    def end(self, offset: int) -> int:
        """The offset before the edits that `offset` stands for, read as the end of a span."""
        i = bisect_left(self.starts, offset) - 1
        if i < 0 or offset > self.ends[i]:
            return offset - self.shifts[i + 1]
        return self._inside(i, offset, self._edits[i].end)

    def span(self, span: Span) -> Span:
        """The span before the edits that `span` stands for; never inverted."""
        start = self.start(span.start)
        if span.start == span.end:
            return Span(start, start)
        end = self.end(span.end)
        first, last = bisect_right(self.starts, span.start) - 1, bisect_left(self.starts, span.end) - 1
        if first != last:  # moved text at one end of it only: the rest lies where that was inserted
            start = min(start, self._edits[first].end) if first >= 0 and self._is_moved(first) else start
            end = max(end, self._edits[last].start) if self._is_moved(last) else end
        return Span(min(start, end), end)

    def _is_moved(self, i: int) -> bool:
        return self._edits[i].origin is not None

    def _inside(self, i: int, offset: int, otherwise: int) -> int:
        """An offset within replaced text: exact where the text was moved or is as long as before."""
        edit = self._edits[i]
        came_from = edit.origin or Span(edit.start, edit.end)
        if len(edit.new) == came_from.end - came_from.start:
            return came_from.start + offset - self.starts[i]
        return otherwise


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


class _Copies:
    """Where the copies stay that removals name, given all edits of a source."""

    def __init__(
        self, source: str, edits: Sequence[Edit], swallowed: Sequence[Edit], groups: _Groups
    ) -> None:
        self._source, self._edits, self._groups = source, edits, groups
        self._swallowed = sorted(swallowed, key=lambda e: e.start)
        self._longest = max((e.end - e.start for e in swallowed), default=0)
        self._moved: dict[int | None, list[tuple[Span, str]]] = {}  # what each group moves, and from where
        for edit in edits:
            if edit.origin:
                self._moved.setdefault(groups.root(edit.group), []).append((edit.origin, edit.new))

    def staying(self, edit: Edit) -> Span | None:
        """The copy that stays in the end: one that was kept may be removed later, for the sake of others.

        None if it stays in what the edit itself puts in, or nobody can tell where.
        """
        repeats, seen = edit.repeats, set[Span]()
        while repeats and repeats not in seen and (removals := self._removals_of(repeats)):
            seen.add(repeats)
            repeats = max((_said_by(e, repeats) for e in removals), key=lambda said: said.end - said.start)
        if not repeats or self._is_put_in(repeats, edit):
            return None
        return self._where_it_went(repeats)

    def _where_it_went(self, copy: Span) -> Span | None:
        """The copy, or the same text in what was moved with it: of two that were, one may have been removed.

        None if it went with what was moved more than once: where that came from is not known; and if it stood more than
        once in what was moved and was cut since.
        """
        i = _covering(self._edits, copy)
        if i is None or self._edits[i].group is None:
            return copy
        text, moved = self._source[slice(*copy)], self._moved.get(self._groups.root(self._edits[i].group), [])
        for origin, new in moved:
            if origin.start <= copy.start and copy.end <= origin.end:
                is_whole = new == self._source[slice(*origin)]
                is_left = text in new and self._source.count(text, *origin) == 1
                return copy if is_whole or is_left else None
        places = (self._source.find(text, *origin) for origin, _ in moved)
        return next((Span(at, at + len(text)) for at in places if at >= 0), None)

    def _is_put_in(self, copy: Span, edit: Edit) -> bool:
        """Whether an edit puts in what a span of the source says: text that it replaces or moves."""
        return edit.start <= copy.start < copy.end <= edit.end or self._source[slice(*copy)] in edit.new

    def _removals_of(self, span: Span) -> list[Edit]:
        """The removals of what is said elsewhere that take all of a span; none if any of it stays or was moved."""
        first = max(bisect_right(self._edits, span.start, key=lambda e: e.start) - 1, 0)
        last = bisect_left(self._edits, span.end, first, key=lambda e: e.start)
        within = [edit for edit in self._edits[first:last] if edit.repeats or edit.group is None]
        within += self._swallowed_in(span)
        removals, reached = sorted(within, key=lambda e: e.start), span.start
        for edit in removals:
            if edit.new or edit.start > reached:
                return []
            reached = max(reached, edit.end)
        return [edit for edit in removals if edit.repeats] if reached >= span.end else []

    def _swallowed_in(self, span: Span) -> list[Edit]:
        """The swallowed removals that take any of a span."""
        least = span.start - self._longest
        first = bisect_left(self._swallowed, least, key=lambda e: e.start)
        last = bisect_left(self._swallowed, span.end, first, key=lambda e: e.start)
        return [edit for edit in self._swallowed[first:last] if span.start < edit.end]


def _covering(edits: Sequence[Edit], span: Span) -> int | None:
    """Which edit replaces all of a span, if one does."""
    i = bisect_right(edits, span.start, key=lambda e: e.start) - 1
    return i if i >= 0 and span.start < span.end <= edits[i].end else None


def _said_by(removal: Edit, span: Span) -> Span:
    """Where the part of `span` that a removal takes is said again."""
    copy = removal.repeats or span
    if removal.end - removal.start != copy.end - copy.start:
        return copy
    start = max(span.start, removal.start)
    at = copy.start + start - removal.start
    return Span(at, at + min(span.end, removal.end) - start)


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


class _Groups:
    """Groups of all steps, and which of them have become one."""

    def __init__(self) -> None:
        self._parents: list[int] = []

    def of_step(self, groups: Iterable[int | None]) -> dict[int | None, int | None]:
        """For the groups of one step, numbers that no other step has."""
        numbers: dict[int | None, int | None] = {None: None}
        for group in groups:
            if group not in numbers:
                numbers[group] = len(self._parents)
                self._parents.append(len(self._parents))
        return numbers

    def unite(self, groups: Iterable[int | None]) -> int | None:
        """Make several groups one, and tell its number; None if there is none."""
        roots = {self._root(group) for group in groups if group is not None}
        first = min(roots, default=None)
        for root in roots:
            self._parents[root] = min(roots)
        return first

    def numbered(self, edits: Sequence[Edit]) -> dict[int | None, int | None]:
        """Numbers from 0, in the order of the text, for the groups with more than one of `edits`."""
        roots = {e.group: self._root(e.group) for e in edits if e.group is not None}
        members = Counter(roots[e.group] for e in edits if e.group is not None)
        shared = {root: number for number, root in enumerate(r for r, n in members.items() if n > 1)}
        return {None: None, **{group: shared.get(root) for group, root in roots.items()}}

    def root(self, group: int | None) -> int | None:
        """The number of the group it has become one with."""
        return None if group is None else self._root(group)

    def _root(self, group: int) -> int:
        parents = self._parents
        while parents[group] != group:
            parents[group] = group = parents[parents[group]]
        return group
