"""How damaged a text was: one number to sort documents by, the worst first."""

from __future__ import annotations

from collections.abc import Iterable

from zhclean.edits import Edit, Gap

WEIGHT = {
    "mojibake": 1.0,  # unreadable
    "invisible": 0.5,  # seen by programs, not by readers
    "overlaps": 1.0,
    "unwrap": 1.0,
    "width": 0.2,  # readable, but not what one searches for
    "punctuation": 0.2,
    "spacing": 0.2,
    "repeats": 1.0,  # all of it is too much
    "script": 0.0,  # a wish, not damage
}
"""What a character in need of repair counts, by stage."""

OTHER_WEIGHT = 0.5
"""The same for stages that do not come with zhclean."""

BROKEN_SENTENCE = 10
"""Characters that count as damaged where a sentence is broken: some on either side have to be read twice."""

MISSING_TEXT = 20
"""The same where text is missing: about a line of a newspaper column."""


def damage(source: str, edits: Iterable[Edit], gaps: Iterable[Gap]) -> float:
    """The share of `source` in need of repair, weighed by kind, from 0 to 1.

    An edit counts as many characters as it replaces or inserts, whichever is more; a sentence broken in two
    counts `BROKEN_SENTENCE`, a gap `MISSING_TEXT`. They are weighed by `WEIGHT`, added up and divided by the
    number of characters of the source that are not white space.
    """
    damaged = sum(map(_cost, edits)) + MISSING_TEXT * sum(1 for _ in gaps)
    return min(1.0, damaged / max(1, sum(map(len, source.split()))))


def _cost(edit: Edit) -> float:
    stages = edit.stage.split("+")
    if stages == ["unwrap"]:
        return 0.0 if edit.origin else BROKEN_SENTENCE * WEIGHT["unwrap"]
    weight = max(WEIGHT.get(stage, OTHER_WEIGHT) for stage in stages)
    return weight * max(edit.end - edit.start, len(edit.new))
