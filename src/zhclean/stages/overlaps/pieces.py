"""Two pieces of a text that overlap, one set behind the other: what the first ends with is what the second begins with."""

from __future__ import annotations

from typing import NamedTuple

from zhclean.characters import NEVER_FIRST, NEVER_LAST, PROSE_MARKS

REASON = "said again where two pieces of the page overlap"

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
    common, behind = text[joint.first : joint.end], text[joint.again : joint.again + 1]
    has_lines, is_prose = "\n" in common, not _PROSE_MARKS.isdisjoint(common)
    begins_amid = _begins_amid(text, joint, has_lines)
    if not has_lines:
        return begins_amid and is_prose and len(common) >= LEAST_OF_LINE
    return begins_amid or (common[-1].isalnum() and behind.isalnum() and len(common) >= LONG)


def _begins_amid(text: str, joint: Joint, has_lines: bool) -> bool:
    """Whether the second piece begins in the middle of a phrase; a headline with a label in front of it, as that of a film
    has one, does not.
    """
    own, head = text[text.rfind("\n", 0, joint.first) + 1 : joint.first], text[joint.first]
    is_headline = not (has_lines or is_in_prose(own[:-1]) or text.find("。", joint.first, joint.end - 1) >= 0)
    if not own or is_headline:
        return False
    if own[-1] in _OPENING:
        return has_lines and len(own) > 1
    return own[-1].isalnum() if head.isalnum() else head in _NEVER_FIRST and not own[-1].isspace()


def is_in_prose(before: str) -> bool:
    """Whether what stands before in a line has a mark of prose in it."""
    return not _PROSE_MARKS.isdisjoint(before)
