"""What a text says more than once, in so far as it tells what a line is: links, copies, doubled ends."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from functools import cached_property
from itertools import compress, pairwise, takewhile
from operator import not_

from zhclean.seams.lists import Lists

LONGEST_LINK, LINKS = 6, 3
"""Characters of a word that was a link and came to stand on a line of its own, and how often it does at least."""

LONGEST_OVERLAP = 60
"""Characters that may stand at the end of one line and, once more, at the beginning of the next."""

COPY, GOES_ON_SO, COPIES = 12, 4, 8
"""Characters two lines must have in common to be copies of each other, and in which one goes on as the other does; and copies
looked at.
"""

ENDING = 3
"""Characters with which wrapped sentences end a line alike that differ in whom they speak of."""


class SaidAgain(Lists):
    """Which lines of one text say again what others say."""

    def is_link(self, i: int) -> bool:
        """Whether line `i` is as short as a word and stands in the text again and again: it was a link."""
        content = self.lines.content[i]
        return len(content) <= LONGEST_LINK and self._counts[content] >= LINKS

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(content for content in self.lines.content if len(content) <= LONGEST_LINK)

    def _is_said_elsewhere(self, left: int, right: int) -> bool:
        """Whether the right line stands behind another line too, as the same sentence does under two headings, and the same
        advertisement in two sentences; not where two wrapped sentences end alike.
        """
        if right != left + 1:
            return False
        several = self._behind_several.get(self.lines.content[right], {""})
        return len(several) > 1 and (len({*map(_ending, several)}) > 1 or not self.is_clause(left))

    @cached_property
    def _behind_several(self) -> dict[str, set[str]]:
        """Behind which lines each line stands, outside wrapped stretches."""
        before = defaultdict[str, set[str]](set)
        for line, following in compress(pairwise(self.lines.content), map(not_, self.wrapped)):
            before[following].add(line)
        return before

    def is_doubled(self, left: int, right: int) -> bool:
        """Whether the right line begins with what the left one ends with: no sentence goes on like that."""
        tail, head = self.lines.content[left][-LONGEST_OVERLAP:], self.lines.content[right][:LONGEST_OVERLAP]
        at = tail.find(head[:2])
        while at >= 0:
            if len(tail) - at >= 2 and head.startswith(tail[at:]) and not tail[at:].isascii():
                return True
            at = tail.find(head[:2], at + 1)
        return False

    def _is_cut_off_copy(self, left: int, right: int) -> bool:
        """Whether other lines begin like the left one and go on, and none as the right one does: these are the copies to keep."""
        content, next_one = self.lines.content[left], self.lines.content[right]
        if len(content) < COPY:
            return False
        at = bisect_right(self._sorted, content)
        wholes = takewhile(lambda line: line.startswith(content), self._sorted[at : at + COPIES])
        rests = [line[len(content) :][:GOES_ON_SO] for line in wholes]
        return bool(rests) and not any(next_one.startswith(rest) for rest in rests)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted({content for content in self.lines.content if len(content) > COPY})


def _ending(line: str) -> str:
    return line[-ENDING:]
