"""Headings and short lines that go because they stand beside lines that go, and beside the copies that stay."""

from __future__ import annotations

from itertools import pairwise

from zhclean.lines.blocks import Kind, kind
from zhclean.lines.teasers import is_teaser, said
from zhclean.stages.repeats.near import is_copy_with_slips, is_recognised_again
from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.paragraphs.at_once import REASON as TOGETHER_WITH
from zhclean.stages.repeats.paragraphs.cut_off import is_in_mid_phrase
from zhclean.stages.repeats.paragraphs.in_succession import BESIDE
from zhclean.stages.repeats.paragraphs.losses import Loss, survivor
from zhclean.stages.repeats.paragraphs.titles import OPENING
from zhclean.stages.repeats.wording import ends_well, is_cry, is_heading

PIECE = 4
"""Characters, at least, of what is left of a line beside a copy."""

LONGEST_BETWEEN = 6
"""Lines between two paragraphs that stand between the copies of both."""

WITH_SLIPS = f"{TOGETHER_WITH}, with slips"


def carry_along(page: Page, lost: dict[int, Loss]) -> None:
    """Add the repeated headings and short lines that stand beside lost lines and beside the copies."""
    for line, behind in pairwise(sorted(lost)):
        between = range(line + 1, behind)
        _carry_between(page, lost, between, range(lost[line].other + 1, lost[behind].other))
    # Backward first: what stands between two copies is rather the second one's heading than the first one's end.
    for step in (-1, 1):
        for line in sorted(lost, reverse=step < 0):
            other = lost[line].other
            if step > 0 and _breaks_off(page.keys[line], page.keys[other]):
                continue  # what stands below a copy that breaks off belongs to something else
            _carry(page, lost, _beside(page, line, step), _beside(page, other, step), step)
    for line in sorted(lost):
        _carry_heading(page, lost, _beside(page, line, -1), survivor(lost, line))


def _carry_between(page: Page, lost: dict[int, Loss], lines: range, others: range) -> None:
    """Add the lines between two that are lost that stand between the copies as well; if there are as many, one may
    have been recognised wrongly.
    """
    if len(lines) > LONGEST_BETWEEN or len(others) > LONGEST_BETWEEN:
        return
    stay = {page.keys[other]: other for other in others if other not in lost}
    in_place = dict(zip(lines, others, strict=True)) if len(lines) == len(others) else {}
    for line in lines:
        key = page.keys[line]
        if key in stay:
            other, reason = stay[key], TOGETHER_WITH
        elif line in in_place and is_recognised_again(key, page.keys[in_place[line]]):
            other, reason = in_place[line], WITH_SLIPS
        else:
            continue
        if line != other and other not in lost and not is_cry(key):
            lost[line] = Loss(other, reason, 0.9)


def _carry(page: Page, lost: dict[int, Loss], line: int, other: int, step: int) -> None:
    """The same for the lines next to one that is lost, up to the first that is no copy or a part of one."""
    is_whole = True
    while is_whole and min(line, other) >= 0 and max(line, other) < len(page.keys):
        stays = survivor(lost, other)
        if line in lost or line == stays or is_cry(page.keys[line]):
            return
        if not _is_copy(page, line, other, step):
            return
        one, two = page.keys[line], page.keys[other]
        is_whole = len(one) == len(two)
        lost[line] = Loss(stays, TOGETHER_WITH if said(one) in two else WITH_SLIPS, 0.9)
        line, other = _beside(page, line, step), _beside(page, other, step)


def _carry_heading(page: Page, lost: dict[int, Loss], line: int, below: int) -> None:
    """Add a heading above a line that is lost, if it stands above the one that stays too, perhaps with a byline behind."""
    if line < 0 or line in lost or not is_heading(page.content(line)):
        return
    above = range(below - 1, max(below - OPENING, -1), -1)
    other = next((at for at in above if page.keys[at] == page.keys[line]), line)
    if other != line and other not in lost:
        lost[line] = Loss(other, TOGETHER_WITH, 0.9)


def _beside(page: Page, line: int, step: int) -> int:
    """The next line that belongs to the text: between two of its lines the number of a page may stand."""
    line += step
    while page.content(line) and kind(page.content(line)) is Kind.FURNITURE:
        line += step
    return line


def _is_copy(page: Page, line: int, other: int, step: int) -> bool:
    """Whether a line beside a copy says what that beside the other one says: all of it, but for slips, its end, or,
    where the copy breaks off, its beginning.
    """
    one, two = page.keys[line], page.keys[other]
    if two in (one, said(one)) or is_copy_with_slips(one, two):
        return True
    if step < 0:
        return PIECE <= len(one) < len(two) and two.endswith(one)
    short = said(one)
    if len(short) < PIECE or not two.startswith(short):
        return False
    if is_teaser(one):
        return True
    is_last = line == len(page.keys) - 1 and not ends_well(one)
    return is_last or (len(one) >= BESIDE and is_in_mid_phrase(one, two[len(one) :]))


def _breaks_off(one: str, two: str) -> bool:
    """Whether a line is no more than the beginning of the other one, and no teaser."""
    return len(one) < len(two) and not is_teaser(one) and two.startswith(said(one))
