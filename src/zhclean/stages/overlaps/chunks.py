"""Pieces of so many characters, as programs cut texts for models of language: each begins with what the one before ends
with, wherever in a line that may be.
"""

from __future__ import annotations

from collections.abc import Iterator

from zhclean.stages.overlaps.pieces import Joint, is_cut, is_in_prose

LEAST, FARTHEST = 12, 2_000
"""Characters that two pieces have in common, at least and at most."""

TRIED = 4
"""Places tried at which the common part may begin, of a text that says the same again and again."""

NEARLY = 2
"""Characters by which what pieces have in common may differ in length, from one pair to the next: what stood at an end was
stripped.
"""

MANY, NUMBER = 3, 2
"""Different parts of lines that are said again so, from which on none of them is by accident; and characters of an item's
number.
"""


def chunk_joints(text: str) -> list[Joint]:
    """Where one piece was set below another one, in order. What is behind the second copy goes on in the line of the first.

    Where two pieces are surely cut, others that have as much in common are so, too; and so many say whole sentences again
    in no text by itself.
    """
    joints = [*_candidates(text)]
    sizes = {
        joint.size + more for joint in joints if is_cut(text, joint) for more in range(-NEARLY, NEARLY + 1)
    }
    parts = {text[joint.first : joint.end] for joint in joints if _are_sentences(text, joint)}
    return joints if len(parts) >= MANY else [joint for joint in joints if joint.size in sizes]


def _are_sentences(text: str, joint: Joint) -> bool:
    """Whether a part of a line with sentences is said again, and no entry of a list that another one begins with."""
    own = text[text.rfind("\n", 0, joint.first) + 1 : joint.first]
    behind = text[joint.again : joint.again + 1]
    if not (own.strip() or behind.strip()):
        return False  # nothing but whole lines
    return text[joint.end - 1] == "。" or (is_in_prose(own[NUMBER:]) and own[-1:] not in "：:")


def _candidates(text: str) -> Iterator[Joint]:
    """The line ends with the same on both sides, as much of it as there is."""
    at = end = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            start = at + len(line) - len(line.lstrip()) if line[0].isspace() else at
            # Said before at all? Nearly no line is, and each text pays for this question.
            if start >= end and text.find(text[start : start + LEAST], max(0, end - FARTHEST), end) >= 0:
                joint = _joint(text, end, start)
                if joint:
                    yield joint
                    end = joint.again
            end = max(end, at + len(line.rstrip()))
        at += len(line) + 1


def _joint(text: str, end: int, start: int) -> Joint | None:
    probe = text[start : start + LEAST]
    first = text.find(probe, max(0, end - FARTHEST), end)
    for _ in range(TRIED):
        if first < 0:
            return None
        if text.startswith(text[first:end], start):
            return Joint(first, end, start)
        first = text.find(probe, first + 1, end)
    return None
