"""Whether anything is said twice, which most texts can be told quickly that it is not."""

from __future__ import annotations

from collections.abc import Iterable

from zhclean.edits import Edit
from zhclean.stages.repeats.windows import low_bytes, said_again, said_again_soon

TOP = 200
"""Characters of a text in which the label of its headline is looked for."""


def removals(text: str) -> Iterable[Edit]:
    """What is said twice in `text`, but for one copy."""
    low = low_bytes(text)
    again, soon = said_again(low), said_again_soon(text, low)
    first, has_copies = next(soon, None), _has_equal_beginnings(text) or _may_have_label(text)
    if not (again or first or has_copies):
        return ()
    # Only a text with something to remove pays for loading the mechanisms.
    from zhclean.stages.repeats.mechanisms import granted

    return granted(text, again, first, soon, has_copies)


def _has_equal_beginnings(text: str) -> bool:
    """Whether a line is another one or the beginning of another one."""
    ordered = sorted(
        filter(None, map(str.strip, text.split("\n")))
    )  # a line stands in front of what begins with it
    return any(map(str.startswith, ordered[1:], ordered))


def _may_have_label(text: str) -> bool:
    """Whether a headline may stand behind its label at the top (标题：)."""
    top = text[:TOP]
    return any(label in top for label in ("题：", "题:", "題：", "題:"))
