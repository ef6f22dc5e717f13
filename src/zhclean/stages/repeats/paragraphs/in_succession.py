"""Lines that stand again directly behind themselves: the whole page, a loop of short lines, a caption with its credit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from zhclean.lines.blocks import kind
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.paragraphs.losses import Loss
from zhclean.stages.repeats.paragraphs.on_purpose import is_cell
from zhclean.stages.repeats.paragraphs.titles import OPENING
from zhclean.stages.repeats.wording import ON_PURPOSE, is_prose, is_quotation, is_sentence

BESIDE = 12
"""Characters of a line that is a mistake directly behind its copy; refrains and cells of a table are shorter."""

TOGETHER = 3
"""Lines, at most, of a block that stands directly behind its copy: a picture's caption and its credits."""

LOOP, LOOPED = 4, 8
"""Copies of lines, one behind the other, that are a loop, and characters they have together; cells of a table are
shorter."""

DOUBLED, SENTENCES = 3, 2
"""Lines, one behind the other, each directly behind itself, that are a page of which every line was doubled, and how
many of them must be sentences."""

PAGE = 4
"""Different lines, at least, of a page that is said again as a whole, or two thirds of it up to the end of the text: a
song may end with the verse that it begins with."""


def page_again(page: Page) -> dict[int, Loss]:
    """The lines of all but the first copy where the whole page, title and all, stands again right behind itself."""
    keys = page.keys
    for start in page.places[keys[0]][1:OPENING]:
        end = next((i for i in range(start, len(keys)) if keys[i] != keys[i - start]), len(keys))
        if end == len(keys) - 1 and keys[end - start].startswith(keys[end]):
            end += 1  # the copy breaks off
        is_again = end >= 2 * start or (end == len(keys) and 3 * (end - start) > 2 * start)
        if is_again and len({*keys[start:end]}) >= PAGE:
            return {line: Loss(line % start, "page repeated", 0.9) for line in range(start, end)}
    return {}


def find_looped(page: Page) -> Iterator[Claim]:
    """Claim all but the first copy of the lines that stand several times in direct succession, however short."""
    keys, spans = page.keys, page.spans
    for period in range(1, TOGETHER + 1):
        start = 0
        while start + period < len(keys):
            end = start
            while end + period < len(keys) and keys[end] == keys[end + period]:
                end += 1
            if end - start >= (LOOP - 1) * period and _is_looped(page, range(start, start + period)):
                for line in range(start + period, end + period):
                    kept = spans[start + (line - start) % period]
                    yield Claim(spans[line], kept, "phrase repeated in a loop", 0.9, line)
            start = end + 1


def _is_looped(page: Page, lines: range) -> bool:
    """Whether no table or cry consists of such lines."""
    keys = [page.keys[line] for line in lines]
    said = "".join(keys)
    if len({*keys}) < len(keys) or len(said) < LOOPED or not is_prose(said):
        return False
    if any(char.isdecimal() or char in "！!" for char in said):
        return False
    return not any(kind(page.contents[line]) in ON_PURPOSE or is_cell(page, line) for line in lines)


def stands_beside_copy(page: Page, lines: Sequence[int]) -> bool:
    """Whether of equal lines one stands directly behind another, each with its credit, and is no row of a table or list, nor
    what somebody says after another: an oath, an order.
    """
    content, keys = page.contents[lines[0]], page.keys
    if len(keys[lines[0]]) < BESIDE or kind(content) in ON_PURPOSE:
        return False
    return is_prose(content) and any(
        b - a <= TOGETHER and keys[a:b] == keys[b : 2 * b - a] and not all(map(is_quotation, keys[a:b]))
        for a, b in pairwise(lines)
    )


def doubled(page: Page) -> Iterator[tuple[int, Loss]]:
    """The second of each two lines where several lines, paragraphs among them, stand directly behind themselves: whatever
    they are. Each verse of a song may, too, but no paragraphs do.
    """
    for firsts in _doubled(page.keys):
        if len(firsts) >= DOUBLED and sum(is_sentence(page.keys[line]) for line in firsts) >= SENTENCES:
            for line in firsts:
                yield line + 1, Loss(line, "paragraph repeated word for word", 0.97)


def _doubled(keys: Sequence[str]) -> Iterator[list[int]]:
    """The first lines of each two equal ones, as far as one pair stands directly behind the other."""
    firsts, line = list[int](), 0
    while line + 1 < len(keys):
        if keys[line] == keys[line + 1]:
            firsts.append(line)
            line += 1
        elif firsts:
            yield firsts
            firsts = []
        line += 1
    yield firsts
