"""What a page sets above an article: its first characters, without their paragraphs, as far as a description may be long."""

from __future__ import annotations

from collections.abc import Iterator

from zhclean.edits import Span
from zhclean.lines.teasers import said
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.reading_on import read_on
from zhclean.stages.repeats.wording import ends_well

TOP, NEAR = 6, 6
"""Lines among which such a summary stands, and behind it those among which the article begins."""

SHORTEST, CLAUSES, LONG = 30, 2, 40
"""Characters of a summary, at least, and commas in one without a full stop, or characters: the lines of a headline have
fewer.
"""


def find_summaries(page: Page) -> Iterator[Claim]:
    """Claim the lines at the top that say what the next paragraphs say, or rows and entries, the last of which goes on."""
    keys = page.keys
    for line in range(min(TOP, len(keys) - 2)):
        summary = said(keys[line])
        is_whole = summary == keys[line] and ends_well(summary)
        is_prose = "。" in summary or summary.count("，") >= CLAUSES or len(summary) >= LONG
        if len(summary) < SHORTEST or not is_prose or is_whole:
            continue  # what is whole may be quoted above what explains it
        for first in range(line + 1, min(line + 1 + NEAR, len(keys) - 1)):
            last = _last_paragraph(keys, first, summary)
            if last > first and (ends_well(keys[last]) or not read_on(page.contents[first : last + 1])):
                kept = Span(page.spans[first].start, page.spans[last].end)
                yield Claim(page.spans[line], kept, "cut-off copy of several paragraphs", 0.9, line)
                break


def _last_paragraph(keys: list[str], first: int, summary: str) -> int:
    """The paragraph in which a summary of those from `first` on breaks off; 0 if it says something else."""
    length = 0
    for number in range(first, len(keys)):
        rest = summary[length:]
        if keys[number].startswith(rest) and len(keys[number]) > len(rest):
            return number
        if not rest.startswith(keys[number]):
            return 0
        length += len(keys[number])
        if length == len(summary):
            return 0  # all of several paragraphs: that is no summary
    return 0
