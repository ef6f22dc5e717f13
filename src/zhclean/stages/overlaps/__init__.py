"""What two pieces of a page have in common: what the one ends with is what the next one begins with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from zhclean.edits import Edit, Span
from zhclean.stages.overlaps.chunks import chunk_joints
from zhclean.stages.overlaps.pieces import REASON
from zhclean.stages.overlaps.tiles import may_be_tiles, said_again


@dataclass(frozen=True)
class Overlaps:
    """Remove the beginning of a piece of a page that says again what the one before ends with."""

    name: ClassVar[str] = "overlaps"

    def propose(self, text: str) -> Iterator[Edit]:
        """Removals, each with the line end in front of it; each names what stays."""
        joints = chunk_joints(text)
        for joint in joints:
            again = Span(joint.end, joint.again)
            yield Edit(*again, "", REASON, 0.9, repeats=Span(joint.first, joint.end))
        if joints or not may_be_tiles(text):
            return
        from zhclean.lines import lines_of

        lines = lines_of(text)
        for line, other in sorted(said_again(lines).items()):
            kept = Span(lines.start[other], lines.end[other])
            yield Edit(lines.end[line - 1], lines.end[line], "", REASON, 0.9, repeats=kept)
