"""Joins what was broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zhclean.edits import Edit, Gap


@dataclass(frozen=True)
class Unwrap:
    """Joins sentences broken across lines, blank lines, columns and pages."""

    name: ClassVar[str] = "unwrap"

    threshold: float = 0.5

    def propose(self, text: str) -> Iterator[Edit | Gap]:
        """Yield an edit for each break that is no paragraph end, a gap where text is missing."""
        if "\n" not in text and "\r" not in text:
            return
        from zhclean.lines import lines_of
        from zhclean.seams import Verdict, judge

        lines = lines_of(text)
        for seam in judge(lines, self.threshold):
            start, end = int(lines.end[seam.left]), int(lines.start[seam.right])
            if seam.verdict is Verdict.JOIN:
                yield Edit(start, end, "", seam.reasons[0], seam.probability)
            else:
                yield Gap(start, end, seam.reasons[0], seam.probability)
