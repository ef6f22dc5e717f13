"""Where an offset of an edited text stood before the edits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from zhclean.edits import Edit, Span


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
