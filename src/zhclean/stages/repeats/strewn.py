"""Blocks of short lines that a site put between the paragraphs of a text, several times: advertisements, bars of links."""

from __future__ import annotations

from collections.abc import Iterator

from zhclean.lines.blocks import CREDITS, Kind, kind
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.wording import FIELD, SENTENCE, ends_well, is_prose

COPIES = 3
"""Copies, at least. In ten million characters of news, pages and posts no block of lines stands so often between
paragraphs that end where a sentence does; two may be the credits of two pictures."""

LONGEST = 10
"""Lines, at most, of a block."""

VERSE = 4
"""Characters, at least, of a line of verse; the longest is at most twice as long as the shortest."""

_NEVER = CREDITS | {Kind.HEADING, Kind.TABLE, Kind.CODE, Kind.RULE, Kind.DATELINE}
_ENDS = ("？", "?")
_AMID = ("，", "、", "；")
_BEGINNINGS = tuple("“「『‘")


def find_strewn(page: Page) -> Iterator[Claim]:
    """Claim all but the first copy of each."""
    for starts in page.places.values():
        if len(starts) < COPIES or not _differ(page, starts, -1):
            continue
        size = next((n for n in range(1, LONGEST) if not _agree(page, starts, n)), LONGEST)
        if size > 1 and _differ(page, starts, size) and _are_strewn(page, starts, size):
            yield from _claims(page, starts, size)


def _claims(page: Page, starts: list[int], size: int) -> Iterator[Claim]:
    for start in starts[1:]:
        for i in range(size):
            span, kept = page.spans[start + i], page.spans[starts[0] + i]
            yield Claim(span, kept, "paragraph repeated word for word", 0.85, start + i)


def _are_strewn(page: Page, starts: list[int], size: int) -> bool:
    if not _is_put_in(page.contents[starts[0] : starts[0] + size]):
        return False
    return all(_stands_between(page, start - 1, start + size) for start in starts)


def _stands_between(page: Page, in_front: int, behind: int) -> bool:
    """Whether finished paragraphs are in front and behind. In front may be the headline; a text may begin or end with a
    block.
    """
    if in_front < 0:
        return True
    if in_front > 0 and not _is_finished(page.key(in_front)):
        return False
    return behind == len(page.contents) or _is_finished(page.key(behind))


def _is_put_in(lines: list[str]) -> bool:
    """Whether no verse, table, turn of a conversation or entry of a form consists of such lines, nor the beginning of a sentence."""
    if any(kind(line) in _NEVER or FIELD.match(line) for line in lines):
        return False
    if any(line.startswith(_BEGINNINGS) or line.endswith(_ENDS) for line in lines) or lines[-1].endswith(
        _AMID
    ):
        return False
    lengths = [*map(len, lines)]
    is_even = min(lengths) >= VERSE and max(lengths) <= 2 * min(lengths)
    return not is_even or any(char.isascii() for line in lines for char in line)


def _is_finished(line: str) -> bool:
    return len(line) >= SENTENCE and ends_well(line) and is_prose(line)


def _agree(page: Page, lines: list[int], distance: int) -> bool:
    """Whether the same line stands so far behind each of these."""
    return len({page.key(line + distance) for line in lines}) == 1


def _differ(page: Page, lines: list[int], distance: int) -> bool:
    """Whether another line stands so far behind each of these."""
    return len({page.key(line + distance) for line in lines}) == len(lines)
