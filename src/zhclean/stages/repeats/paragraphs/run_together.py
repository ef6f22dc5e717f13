"""Lines that say what several others say together, one behind the other: which of the two is the copy?"""

from __future__ import annotations

from collections.abc import Iterator

from zhclean.edits import Span
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.reading_on import LEAST, ONE_END, announces, read_on
from zhclean.stages.repeats.wording import ends_well, is_sentence

MOST_PARTS = 20
"""Paragraphs, at most, that run together in a copy."""

VERSE = 15
"""Characters from which a line that ends amid a sentence is longer than one of verse, which does so too."""


def find_lines_run_together(page: Page) -> Iterator[Claim]:
    """Claim the lines in which headings, rows or entries are run together that elsewhere are lines by themselves."""
    for wholes, several in _said_in_parts(page):
        for parts in several:
            if len(parts) > 1 and _break_off(page, parts) and not _read_on(page, wholes[0], parts):
                yield from _as_one(page, wholes, parts, "lines repeated as one")
                break  # once is enough


def find_paragraphs_run_together(page: Page) -> Iterator[Claim]:
    """Claim of a wrapped paragraph, and the same in one line, its lines; and where each of these is a paragraph, the one
    line, unless more copies have it, or it is the only one, in a page that is copied below.
    """
    found = _said_in_parts(page)
    alone = len({wholes[0] for wholes, _ in found}) == 1
    for wholes, several in found:
        apart = [parts for parts in several if _are_paragraphs(page, parts)]
        for parts in several:
            copied = parts in apart and (
                len(wholes) > len(apart)
                or (alone and wholes[0] < parts[0] and _is_in_copy(page, wholes[0], parts))
            )
            if copied or (_break_off(page, parts) and _read_on(page, wholes[0], parts)):
                kept = page.spans[wholes[0]]
                for line in parts:
                    yield Claim(page.spans[line], kept, "paragraph repeated in several lines", 0.9, line)
            elif parts in apart:
                yield from _as_one(page, wholes, parts, "paragraphs repeated as one")
                break  # once is enough


def _as_one(page: Page, wholes: list[int], parts: range, reason: str) -> Iterator[Claim]:
    """Claim the lines that say all of what several lines say."""
    kept = Span(page.spans[parts[0]].start, page.spans[parts[-1]].end)
    for line in wholes:
        yield Claim(page.spans[line], kept, reason, 0.9, line)


def _said_in_parts(page: Page) -> list[tuple[list[int], list[range]]]:
    """Equal lines, with the lines that together may say what each of them says, at each place where one begins like that."""
    return [
        (page.places[long], [_parts(page, long, first) for first in page.places[short]])
        for short, long in page.beginnings
        if is_sentence(long)
    ]


def _parts(page: Page, long: str, first: int) -> range:
    """The lines from `first` on that together say what `long` says; none if they do not."""
    length = 0
    for line in range(first, min(first + MOST_PARTS, len(page.keys))):
        if not long.startswith(page.keys[line], length):
            break
        length += len(page.keys[line])
        if length == len(long):
            return range(first, line + 1)
    return range(0)


def _are_paragraphs(page: Page, lines: range) -> bool:
    """Whether each of several lines is one by itself; the first line of the text may be the headline."""
    return len(lines) > 1 and all(line == 0 or ends_well(page.keys[line]) for line in lines)


def _is_in_copy(page: Page, whole: int, parts: range) -> bool:
    """Whether the lines before a line, or behind it, stand again around several that say the same."""
    before, behind = page.content(parts[0] - 1), page.content(parts[-1] + 1)
    stands_before = bool(before) and page.content(whole - 1).endswith(before)
    stands_behind = bool(behind) and page.content(whole + 1).startswith(behind)
    return stands_before or stands_behind


def _read_on(page: Page, whole: int, lines: range) -> bool:
    """Whether lines go on in the next; the first line of the text may be the headline. In a copy of the page, which is
    likely to be wrapped as a whole, a single line's end does not tell that they are rows.
    """
    least = ONE_END if _is_in_copy(page, whole, lines) else LEAST
    return read_on([page.contents[line] for line in lines if line > 0], least)


def _break_off(page: Page, lines: range) -> bool:
    """Whether one of several lines at least leads over, breaks off amid a phrase or, longer than a line of verse, amid
    a sentence. The first line of the text may be the headline.
    """
    keys = [page.keys[line] for line in lines[:-1] if line > 0]
    return any(
        key[-1].isalnum() or announces(key) or (len(key) >= VERSE and not ends_well(key)) for key in keys
    )
