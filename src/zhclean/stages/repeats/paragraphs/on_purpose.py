"""What may stand twice on purpose: entries of a register, results of votes, cells of a table, two pictures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from zhclean.fingerprint import paragraph_key
from zhclean.lines.blocks import CREDITS, Kind, kind
from zhclean.lines.published import day_of, is_date
from zhclean.lines.teasers import said
from zhclean.patterns import pattern
from zhclean.stages.repeats.near import is_copy_with_slips, is_parallel
from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.wording import FIELD, FORMULA, SENTENCE, ends_well, is_heading

LONGEST_ENTRY = 10
"""Lines that entries of a list or register may have in common, one below the other."""

LONGEST_HEADED = 4
"""Lines, besides the first, from which what two headings have in common below them is a copied block."""

LIKE = 50
"""Least similarity (`rapidfuzz.fuzz.ratio`, 0 to 100) of headings of one kind: 红旗小区 and 东风小区."""

CELLS, NUMBERS = 3, 2
"""Lines on either side that are looked at for the cells of a table, and how many of them must be numbers."""

FORMULAS, LONGEST_ITEM = 3, 5
"""Times that a formula stands behind different items, and lines of such an item, with it."""

DAY = 3
"""Numbers of a day with its year."""

_NUMBERED = pattern(
    "[（(【第]?[0-9]{1,4}[^0-9，。；！？]|[（(【第]?[一二三四五六七八九十]{1,3}[、）)】.．章条]"
)
_NUMBER = pattern("[0-9]+|[一二三四五六七八九十]+")

_RESULT = pattern(r"[^，。；！？“]{1,6}[：:].{0,12}[0-9〇一二三四五六七八九十]+票")


def is_formula(page: Page, lines: Sequence[int]) -> bool:
    """Whether what these lines say closes, or opens, several items: it stands between different lines each time, which
    stand nowhere else, and again and again within a few lines, or behind lines that begin with a date or a number each.
    """
    if len(page.keys[lines[0]]) >= FORMULA or max(b - a for a, b in pairwise(lines)) > LONGEST_ITEM:
        return False
    before, behind = ([page.key(line + step) for line in lines] for step in (-1, 1))
    if any(len(page.places.get(key, ())) > 1 for key in (*before, *behind)):
        return False
    if len(lines) >= FORMULAS:
        return True
    numberings = {_numbering(page.content(line - 1)) for line in lines}
    return len(numberings) == 1 and "" not in numberings


def is_formal(page: Page, line: int, other: int) -> bool:
    """Whether notices say the same of each resolution, with the same result of the vote beside it, or entries of
    one form say the same.
    """
    beside = [{page.keys[i] for i in (at - 1, at + 1) if 0 <= i < len(page.keys)} for at in (line, other)]
    return any(map(_RESULT.match, beside[0] & beside[1])) or are_entries(page, line, other)


def are_entries(page: Page, line: int, other: int) -> bool:
    """Whether two entries have these lines in common: next to what both say stand items of one number, fields of one
    name, or sentences that differ in facts alone, or in front two headings that are like each other or of which
    the first has nothing else below it. A copied block brings its heading along.
    """
    if abs(line - other) == 1:
        return False
    in_front, behind = (_in_common(page, line, other, step) for step in (-1, 1))
    if LONGEST_ENTRY in (in_front, behind):
        return False
    above = line - in_front - 1, other - in_front - 1
    headings = page.content(above[0]), page.content(above[1])
    ends = page.content(line + behind + 1), page.content(other + behind + 1)
    if _are_parallel(*headings) or _are_parallel(*ends):
        return True
    if in_front + behind >= LONGEST_HEADED:
        return False
    if not all(is_heading(page.content(at)) and not _dates_notice(page, at) for at in above):
        return _are_in_sections_of_a_kind(page, line, other)
    block = page.keys[line - in_front : line + behind]  # but for its last line
    is_all = not any(map(ends_well, block)) and (not ends[0] or is_heading(ends[0]))
    return is_all or _are_of_a_kind(*headings)


def _dates_notice(page: Page, line: int) -> bool:
    """Whether a line is the day, with its year, below who signs a notice: that is over, and the day heads nothing."""
    day, signer = page.content(line), page.content(line - 1)
    if not is_date(day) or len(day_of(day).split()) < DAY:
        return False
    return line > 1 and kind(signer) is Kind.TEXT and is_heading(signer) and not is_date(signer)


def _are_in_sections_of_a_kind(page: Page, line: int, other: int) -> bool:
    """Whether equally far above two places stand two headings that are like each other or end alike: 成人组 and 儿童组."""
    nearest = min(line, other, abs(line - other) - 1)
    above = range(1, min(nearest, LONGEST_ENTRY) + 1)
    at = next((i for i in above if is_heading(page.content(line - i))), 0)
    one, two = page.content(line - at), page.content(other - at)
    if not at or one == two or not is_heading(two):
        return False
    return _are_of_a_kind(one, two) or (one[-1] == two[-1] and one[-1].isalpha())


def _in_common(page: Page, line: int, other: int, step: int) -> int:
    """How many lines next to two places are the same, up to `LONGEST_ENTRY`."""
    keys, count = page.keys, 0
    low, high = sorted((line, other))
    while count < LONGEST_ENTRY and low + step >= 0 and high + step < len(keys):
        low, high = low + step, high + step
        if keys[low] != keys[high]:
            break
        count += 1
    return count


def is_cell(page: Page, line: int) -> bool:
    """Whether tabs part the line, or numbers stand by themselves in the lines near by, and the line is as short as a
    remark: a table was taken apart. Behind paragraphs they are those of pages.
    """
    if "\t" in page.contents[line]:
        return any("\t" in page.content(beside) for beside in (line - 1, line + 1))
    if len(page.keys[line]) >= FORMULA:
        return False
    near = page.contents[max(0, line - CELLS) : line] + page.contents[line + 1 : line + 1 + CELLS]
    return sum(content.isdecimal() for content in near) >= NUMBERS


def are_differently_captioned(page: Page, line: int, other: int) -> bool:
    """Whether other credits follow: two pictures, of which one is described at greater length."""
    contents, keys = page.contents, page.keys
    if abs(line - other) == 1 or max(line, other) + 1 >= len(keys) or keys[line + 1] == keys[other + 1]:
        return False
    return all(kind(contents[i + 1]) in CREDITS for i in (line, other))


def _are_parallel(a: str, b: str) -> bool:
    """Whether two lines are items of one number, fields of one name, or sentences that differ in facts alone; none of them
    is the beginning of the other.
    """
    if b.startswith(said(a)) or a.startswith(said(b)):
        return False
    one, two = FIELD.match(a), FIELD.match(b)
    if one and two and one[0] == two[0]:
        return True
    return is_parallel(paragraph_key(a), paragraph_key(b), SENTENCE)


def _are_of_a_kind(a: str, b: str) -> bool:
    """Whether two headings are like each other, but not the same one recognised twice."""
    return ratio(a, b) >= LIKE and not is_copy_with_slips(a, b)


def _numbering(line: str) -> str:
    """How a line is numbered or dated, with 0 for the number; nothing if it is not."""
    found = _NUMBERED.match(line)
    return _NUMBER.sub("0", found[0]) if found else ""
