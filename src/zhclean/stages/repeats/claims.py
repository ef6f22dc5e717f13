"""What the mechanisms claim to be a repeat, and the ledger that keeps at least one copy of everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from zhclean.edits import Edit, Span, touches
from zhclean.stages.repeats.page import Page


class Claim(NamedTuple):
    """`span` says again what `repeats` says."""

    span: Span
    repeats: Span
    reason: str
    confidence: float
    line: int | None = None
    """The number of the line, where the span is a whole one."""
    readings: tuple[tuple[Span, str], ...] = ()
    """Where in the copy that stays something was recognised wrongly that this one has right, and what."""


class Ledger:
    """Grants claims, first come first served, so that no granted claim leans on text that another removes."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._granted: list[Claim] = []
        self._gone = bytearray()
        self._kept = bytearray()

    def grant(self, claims: Iterable[Claim]) -> None:
        """Grant each claim unless it removes what is kept, or keeps what is removed, for another one."""
        for claim in claims:
            if not self._granted:
                self._gone, self._kept = bytearray(len(self._page.text)), bytearray(len(self._page.text))
            (start, end), (kept_start, kept_end) = claim.span, claim.repeats
            if (
                self._gone.find(1, start, end) >= 0
                or self._kept.find(1, start, end) >= 0
                or self._gone.find(1, kept_start, kept_end) >= 0
                or (start < kept_end and kept_start < end)
            ):
                continue  # the next round sees the text without the granted ones
            self._gone[start:end] = b"\1" * (end - start)
            self._kept[kept_start:kept_end] = b"\1" * (kept_end - kept_start)
            self._granted.append(claim)

    def edits(self) -> Iterator[Edit]:
        """The granted removals, and what they teach of the copies that stay; a line goes with one of the separators around
        it.
        """
        done = 0
        for span, new in sorted(reading for claim in self._granted for reading in claim.readings):
            if span.start >= done:  # of several copies that say something of a place the first is believed
                yield Edit(*span, new, "recognised rightly in the copy", 0.85)
                done = span.end
        lines = {claim.line: claim for claim in self._granted if claim.line is not None}
        parts = sorted(_removal(claim.span, claim) for claim in self._granted if claim.line is None)
        yield from parts
        for run in _runs(sorted(lines)):
            spans = [*self._with_separators(run)]
            # A part that went may have taken one of the separators; the next round sees the text without it.
            if not touches(parts, Span(spans[0].start + 1, spans[-1].end - 1)):
                yield from map(_removal, spans, map(lines.__getitem__, run))

    def _with_separators(self, run: range) -> Iterator[Span]:
        """The spans that remove a run of lines and leave the wider of the separators around it."""
        spans, text = self._page.spans, self._page.text
        last = run.stop == len(spans)
        before = text[self._end(run.start - 1) : spans[run.start].start]
        behind = "" if last else text[spans[run.stop - 1].end : spans[run.stop].start]
        if not last and (run.start == 0 or before.count("\n") >= behind.count("\n")):
            starts = [self._start(line) for line in range(run.start, run.stop + 1)]
            yield from map(Span, starts, starts[1:])
        else:
            ends = [self._end(line) for line in range(run.start - 1, run.stop)]
            yield from map(Span, ends, ends[1:])

    def _start(self, line: int) -> int:
        """Where a line begins, its indent included."""
        after = self._end(line - 1)
        return max(self._page.text.rfind("\n", after, self._page.spans[line].start) + 1, after)

    def _end(self, line: int) -> int:
        return self._page.spans[line].end if line >= 0 else 0


def _removal(span: Span, claim: Claim) -> Edit:
    return Edit(*span, "", claim.reason, claim.confidence, repeats=claim.repeats)


def _runs(numbers: list[int]) -> Iterator[range]:
    start = 0
    for k, number in enumerate(numbers):
        if k + 1 == len(numbers) or numbers[k + 1] != number + 1:
            yield range(numbers[start], number + 1)
            start = k + 1
