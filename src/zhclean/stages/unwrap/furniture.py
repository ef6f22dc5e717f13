"""Lines that belong to the page and not to its text, for those who want them removed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from zhclean.edits import Edit
from zhclean.lines import Lines
from zhclean.lines.blocks import Kind, kind
from zhclean.lines.published import begins_with_year
from zhclean.seams.evidence import Evidence
from zhclean.seams.intruders import is_of_page

MOST_LINES = 3
"""Lines of page furniture one below the other, such as a footer, a page number and a running head."""

LEAST_OF_PAGE = 150
"""Characters from the number of a page to the next one, at least: fewer stand between the numbers of a list."""


def furniture(lines: Lines) -> list[Edit]:
    """Removals of page furniture, each with the line end before it; long rows of it are columns of numbers."""
    looks_so = {i for i, content in enumerate(lines.content) if kind(content) is Kind.FURNITURE}
    if not looks_so:
        return []
    evidence = Evidence(lines)
    of_text, removals = {*_numbers_of_list(evidence), *_days(lines, looks_so)}, []
    for is_furniture, run in groupby(
        range(len(lines)), lambda i: i in looks_so and i not in of_text and _is_of_page(evidence, i)
    ):
        together = list(run)
        if is_furniture and len(together) <= MOST_LINES:
            first, last = together[0], together[-1]
            start = lines.end[first - 1] if first else lines.start[0]
            end = lines.end[last] if first or last + 1 == len(lines) else lines.start[last + 1]
            removals.append(Edit(start, end, "", "page furniture", 0.9))
    return removals


def _is_of_page(evidence: Evidence, i: int) -> bool:
    """Whether line `i` is no number or word of the sentence around it; above the first and below the last line is none."""
    return not 0 < i < len(evidence.lines) - 1 or is_of_page(evidence, i)


def _numbers_of_list(evidence: Evidence) -> Iterator[int]:
    """The lines that are nothing but a number and follow each other too closely for pages."""
    lines = evidence.lines
    for (i, number), (j, following) in pairwise(evidence.numbers.items()):
        if following == number + 1 and lines.start[j] - lines.end[i] < LEAST_OF_PAGE:
            yield from (i, j)


def _days(lines: Lines, looks_so: set[int]) -> list[int]:
    """The lines that begin with a date, if there are several: the pages of a paper are all of one day."""
    days = {i: lines.content[i] for i in sorted(looks_so) if begins_with_year(lines.content[i])}
    return list(days) if len({*days.values()}) > 1 else []
