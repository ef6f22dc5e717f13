"""Two pieces of a text that overlap, one set behind the other: what the first ends with is what the second begins with."""

from __future__ import annotations

from typing import NamedTuple

from zhclean.characters import NEVER_FIRST, NEVER_LAST, PROSE_MARKS

LONG, LEAST_OF_LINE = 30, 20
"""Characters in common, at least, where only the end of the first piece is cut in mid-phrase, for a refrain may go on so; and
where they are a part of one line, for the end of a headline may be the beginning of the story.
"""

_PROSE_MARKS, _NEVER_FIRST, _OPENING = (
    frozenset(PROSE_MARKS),
    frozenset(NEVER_FIRST),
    frozenset(f"“‘{NEVER_LAST}"),
)


class Joint(NamedTuple):
    """What stands from `first` to `end`, where a piece ends, stands from `start` on once more; in characters."""

    first: int
    end: int
    start: int

    @property
    def size(self) -> int:
        """Characters that the pieces have in common."""
        return self.end - self.first

    @property
    def again(self) -> int:
        """Where the second copy ends."""
        return self.start + self.end - self.first


def is_cut(text: str, joint: Joint) -> bool:
    """Whether one of the pieces begins or ends in the middle of a phrase, and no text says so much twice by itself."""
    common = text[joint.first : joint.end]
    before, behind = (
        text[max(joint.first - 1, 0) : joint.first],
        text[joint.again : joint.again + 1],
    )
    is_prose = not _PROSE_MARKS.isdisjoint(common)
    begins_amid = before in _OPENING or (
        before.isalnum() if common[0].isalnum() else common[0] in _NEVER_FIRST and not before.isspace()
    )
    if "\n" not in common:
        return begins_amid and is_prose and len(common) >= LEAST_OF_LINE
    ends_amid = common[-1].isalnum() and behind.isalnum() and (is_prose or len(common) >= LONG)
    return begins_amid or ends_amid
