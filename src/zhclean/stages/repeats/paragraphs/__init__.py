"""Whole lines that stand elsewhere too, word for word or cut off, and which of the copies stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from zhclean.edits import Span
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.paragraphs.at_once import lose_rest_of_blocks
from zhclean.stages.repeats.paragraphs.carrying import carry_along
from zhclean.stages.repeats.paragraphs.cut_off import cut_off_copies
from zhclean.stages.repeats.paragraphs.in_succession import doubled, find_looped, page_again
from zhclean.stages.repeats.paragraphs.losses import Loss, survivor
from zhclean.stages.repeats.paragraphs.run_together import find_paragraphs_run_together
from zhclean.stages.repeats.paragraphs.titles import titles_again
from zhclean.stages.repeats.paragraphs.word_for_word import lose_equal


def find_paragraphs(page: Page, near: Iterable[Claim]) -> Iterator[Claim]:
    """Claim the copies of lines but the best one, and the short lines that go with them or with near copies."""
    several = [*find_paragraphs_run_together(page), *find_looped(page)]
    lost = _lost(page, [*near, *several])
    yield from (claim for claim in several if page.line_at(claim.repeats.start) not in lost)
    for line, (_, reason, confidence) in sorted(lost.items()):
        kept = _repeated_part(page, line, survivor(lost, line))
        yield Claim(page.spans[line], kept, reason, confidence, line)


def _lost(page: Page, claims: Iterable[Claim]) -> dict[int, Loss]:
    """Every line that goes, those of the claims included."""
    lost = page_again(page)
    for claim in claims:
        other = survivor(lost, page.line_at(claim.repeats.start))
        if claim.line is not None and claim.line != other:
            lost[claim.line] = Loss(other, claim.reason, claim.confidence)
    for line, loss in chain(titles_again(page), cut_off_copies(page)):
        if line not in lost and line != survivor(lost, loss.other):
            lost[line] = loss
    lose_equal(page, lost)
    for line, loss in doubled(page):
        if line not in lost and line != survivor(lost, loss.other):
            lost[line] = loss
    carry_along(page, lost)
    lose_rest_of_blocks(page, lost)
    return lost


def _repeated_part(page: Page, line: int, other: int) -> Span:
    """The part of the other line that this one repeats."""
    here, there = page.spans[line], page.spans[other]
    if page.contents[other].startswith(page.contents[line]):
        return Span(there.start, there.start + here.end - here.start)
    return there
