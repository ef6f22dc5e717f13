"""Where the copies stay that removals name, when all steps are done."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from zhclean.edits import Edit, Span, covering
from zhclean.edits.groups import Groups


class Copies:
    """Where the copies stay that removals name, given all edits of a source."""

    def __init__(self, source: str, edits: Sequence[Edit], swallowed: Sequence[Edit], groups: Groups) -> None:
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
        i = covering(self._edits, copy)
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


def _said_by(removal: Edit, span: Span) -> Span:
    """Where the part of `span` that a removal takes is said again."""
    copy = removal.repeats or span
    if removal.end - removal.start != copy.end - copy.start:
        return copy
    start = max(span.start, removal.start)
    at = copy.start + start - removal.start
    return Span(at, at + min(span.end, removal.end) - start)
