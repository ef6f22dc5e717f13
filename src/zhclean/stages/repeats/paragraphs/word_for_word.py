"""Lines that stand in a text several times, word for word, and neither by accident nor on purpose: all but one go."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.paragraphs.in_succession import stands_beside_copy
from zhclean.stages.repeats.paragraphs.losses import Loss
from zhclean.stages.repeats.paragraphs.on_purpose import is_cell, is_formal, is_formula
from zhclean.stages.repeats.paragraphs.staying import staying
from zhclean.stages.repeats.paragraphs.titles import is_headline_again
from zhclean.stages.repeats.reading_on import going_on
from zhclean.stages.repeats.wording import FORMULA, ends_well, is_heading, is_sentence

BLOCK = 12
"""Different lines, one behind the other, that no song and no register has twice."""


def lose_equal(page: Page, lost: dict[int, Loss]) -> None:
    """Add the copies but those that are the rest of a sentence which begins in a line that stays."""
    copies, rests = dict(_copies(page, lost)), set[int]()
    for line in sorted(copies):
        if _is_rest(page, line, copies[line].other, lost, rests):
            rests.add(line)
        else:
            lost[line] = copies[line]


def _is_rest(page: Page, line: int, other: int, lost: Container[int], rests: Container[int]) -> bool:
    """Whether the line before stays, is another one than before the copy, or a rest itself, and goes on in this one,
    which is no longer than those of a wrapped text.
    """
    before = line - 1
    if before in (-1, other) or before in lost or len(page.keys[line]) > FORMULA:
        return False
    if ends_well(page.keys[before]):
        return False
    is_other = before in rests or (
        page.keys[before] != page.key(other - 1) and not is_heading(page.content(before))
    )
    return is_other and going_on(page.contents[before], page.contents[line]) > 0


def _copies(page: Page, lost: dict[int, Loss]) -> Iterator[tuple[int, Loss]]:
    """All but one copy of each of these lines."""
    blocks = _lines_in_blocks(page)
    repeated = dict(_repeated(page, lost, blocks))
    best = staying(page, repeated, lost)
    for key, lines in repeated.items():
        stays = lines[0] if is_headline_again(page, lines) else best[key]
        for line in lines:
            if line == stays or (line not in blocks and _is_on_purpose(page, line, stays)):
                continue
            if not _opens_another(page, line, stays):
                yield line, Loss(stays, "paragraph repeated word for word", 0.97)


def _is_on_purpose(page: Page, line: int, other: int) -> bool:
    return is_formal(page, line, other) or is_cell(page, line)


def _opens_another(page: Page, line: int, other: int) -> bool:
    """Whether a line ends with a clause, and the sentence goes on in another way than in the copy of the line."""
    content = page.content
    while content(line).endswith(("，", "、")):
        line, other = line + 1, other + 1
        if content(line) != content(other):
            return bool(content(line)) and not content(other).startswith(content(line))
    return False


def _repeated(page: Page, lost: Container[int], blocks: Container[int]) -> Iterator[tuple[str, list[int]]]:
    """Keys with the lines that say the same, where it is no accident."""
    for key, places in page.places.items():
        lines = [line for line in places if line not in lost]
        if len(lines) > 1 and (
            is_headline_again(page, lines)
            or (is_sentence(key) and not is_formula(page, lines))
            or stands_beside_copy(page, lines)
        ):
            yield key, lines
        elif len(copied := _copied_in_blocks(page, lines, blocks)) > 1:
            yield key, copied


def _copied_in_blocks(page: Page, lines: Sequence[int], blocks: Container[int]) -> list[int]:
    """Those of the lines that stand in blocks, or beside a line beside which one of them stands."""
    content, in_blocks = page.content, [line for line in lines if line in blocks]
    before, behind = ({content(line + step) for line in in_blocks} for step in (-1, 1))
    return [
        line for line in lines if line in blocks or content(line - 1) in before or content(line + 1) in behind
    ]


def _lines_in_blocks(page: Page) -> set[int]:
    """The lines of blocks that stand again as a whole and are longer than refrains and entries: whatever they are."""
    keys, following = page.keys, dict[int, int]()
    for lines in page.places.values():
        following.update(pairwise(lines))
    found, length = set[int](), 0
    for line in range(len(keys) - 1, -1, -1):
        again = following.get(line, -1)
        goes_on = length and following.get(line + 1, -1) == again + 1
        length = length + 1 if goes_on else int(again >= 0)
        if length >= BLOCK and len({*keys[line : line + BLOCK]}) == BLOCK:
            for start in (line, again):
                found.update(range(start, start + BLOCK))
    return found
