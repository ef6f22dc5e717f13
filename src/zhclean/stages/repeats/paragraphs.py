"""Whole lines that stand elsewhere too: word for word, cut off, or nearly the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from zhclean.characters import CLAUSE_MARKS, CLOSERS, TERMINALS
from zhclean.edits import Span
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.page import Page

SENTENCE = 20
"""Characters from which a line with a clause mark in it is taken as text that is not repeated on purpose."""

CUT_OFF = 15
"""Characters from which the beginning of another line is a copy of it that was cut off."""

COMPLETE = 40
"""Characters from which whole sentences that another line begins with are one, too."""


def find_paragraphs(page: Page) -> Iterator[Claim]:
    """Claim the copies of lines but the best one, and what goes with them."""
    if not _something_twice(page.text):
        return
    copies = _Copies(page)
    lost = dict(copies.cut_off())
    lost |= copies.equal(lost)
    copies.carry_along(lost)
    for line, (other, reason, confidence) in sorted(lost.items()):
        yield Claim(page.spans[line], copies.surviving_span(line, other), reason, confidence, line)


def _something_twice(text: str) -> bool:
    """Whether any line is the beginning of another: sorted, the two stand together."""
    lines = sorted(filter(None, map(str.strip, text.split("\n"))))
    return any(map(str.startswith, lines[1:], lines))


Lost = dict[int, tuple[int, str, float]]
"""Line → the line that stays, in what way it repeats it, and how sure that is."""


class _Copies:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.groups: dict[str, list[int]] = defaultdict(list)
        for line, key in enumerate(page.keys):
            self.groups[key].append(line)

    def cut_off(self) -> Iterator[tuple[int, tuple[int, str, float]]]:
        """Lines that are the beginning of a longer one."""
        ordered = sorted(self.groups)
        whole = dict[str, str]()
        for short, long in reversed([*pairwise(ordered)]):
            if long.startswith(short):
                whole[short] = whole.get(long, long)
        for short, long in whole.items():
            confidence = _cut_off_confidence(short)
            if confidence:
                for line in self.groups[short]:
                    yield line, (self.groups[long][0], "cut-off copy of a longer paragraph", confidence)

    def equal(self, cut_off: Lost) -> Lost:
        """All but the best copy of each line that stands more than once."""
        lost: Lost = {}
        follows, leads = self._company(cut_off, 1), self._company(cut_off, -1)
        for key, lines in self.groups.items():
            if len(lines) > 1 and lines[0] not in cut_off and (_is_sentence(key) or _doubled(key, lines)):
                best = max(lines, key=lambda line: (follows[line] + leads[line], -line))
                for line in lines:
                    if line != best:
                        lost[line] = (best, "paragraph repeated word for word", 0.97)
        return lost

    def _company(self, cut_off: Lost, step: int) -> list[int]:
        """For each line whether the repeated lines behind it (in front of it) lead to one that is cut off
        (-1), or to the whole of one that is cut off elsewhere (1).
        """
        whole = {other for other, _, _ in cut_off.values()}
        keys = self.page.keys
        company = [0] * (len(keys) + 1)  # the one element more is the neighbour of the first and the last
        lines = range(len(keys)) if step < 0 else range(len(keys) - 1, -1, -1)
        for line in lines:
            next_one = line + step if 0 <= line + step < len(keys) else -1
            if next_one in cut_off:
                company[line] = -1
            elif next_one in whole:
                company[line] = 1
            elif next_one >= 0 and len(self.groups[keys[next_one]]) > 1:
                company[line] = company[next_one]
        return company

    def carry_along(self, lost: Lost) -> None:
        """Add the repeated headings and short lines that stand beside lost lines and beside the copies."""
        for step in (1, -1):
            for line in sorted(lost, reverse=step < 0):
                other = lost[line][0]
                self._carry(lost, line + step, other + step, step)

    def _carry(self, lost: Lost, line: int, other: int, step: int) -> None:
        keys = self.page.keys
        while 0 <= min(line, other) and max(line, other) < len(keys):
            if line in lost or other in lost or line == other or keys[line] != keys[other]:
                return
            lost[line] = (other, "repeated together with its paragraph", 0.9)
            line, other = line + step, other + step

    def surviving_span(self, line: int, other: int) -> Span:
        """The part of the other line that this one repeats."""
        here, there = self.page.spans[line], self.page.spans[other]
        if self.page.contents[other].startswith(self.page.contents[line]):
            return Span(there.start, there.start + here.end - here.start)
        return there


def _is_sentence(key: str) -> bool:
    return len(key) >= SENTENCE and any(mark in key for mark in CLAUSE_MARKS)


def _doubled(key: str, lines: list[int]) -> bool:
    return len(key) >= 12 and any(b - a == 1 for a, b in pairwise(lines))


def _cut_off_confidence(short: str) -> float:
    """How sure it is that a line that is the beginning of another was meant to go on as that one; 0: it is not."""
    complete = short.rstrip(CLOSERS)[-1:] in TERMINALS
    if complete:
        return 0.8 if len(short) >= COMPLETE else 0
    clauses = any(mark in short for mark in CLAUSE_MARKS)
    return 0.95 if (clauses and len(short) >= CUT_OFF) or len(short) >= COMPLETE else 0
