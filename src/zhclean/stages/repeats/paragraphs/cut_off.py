"""Lines that are the beginning of another one, and whether they were meant to go on as that one does."""

from __future__ import annotations

from collections.abc import Iterator

from zhclean.lines.blocks import CREDITS, Kind, kind
from zhclean.lines.teasers import has_link, is_teaser, said
from zhclean.patterns import pattern
from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.paragraphs.losses import Loss
from zhclean.stages.repeats.paragraphs.on_purpose import are_differently_captioned, are_entries, is_cell
from zhclean.stages.repeats.paragraphs.titles import may_be_named
from zhclean.stages.repeats.reading_on import going_on
from zhclean.stages.repeats.wording import (
    ON_PURPOSE,
    SENTENCE,
    TITLE,
    ends_well,
    is_prose,
    is_said,
    is_sentence,
    is_unclosed,
)

CUT_OFF = 15
"""Characters from which the beginning of another line is a copy of it that was cut off."""

LEAST_TEASER, LEAST_LINKED = 12, 6
"""Characters, at least, in front of an ellipsis that breaks off amid a phrase, and if a link stands behind it."""

WITHOUT_CREDIT = 0.85
"""Confidence that of two captions, one below the other, the one without its credit is a copy."""

_REST_OF_NUMBER = pattern("[.,]?[0-9]")
"""What stands behind a figure where a number was cut."""

_OF_PICTURE = pattern("[摄攝图圖]")


def cut_off_copies(page: Page) -> Iterator[tuple[int, Loss]]:
    """Lines that are the beginning of a longer one."""
    whole = dict[str, str]()
    for short, long in page.beginnings:
        whole[short] = whole.get(long, long)
    for short, long in whole.items():
        other = page.places[long][0]
        is_whole = ends_well(short) and not is_teaser(short)
        confidences = dict[tuple[bool, bool], float]()
        for line in page.places[short]:
            is_beside = abs(line - other) == 1
            where = _is_below(page, line, other), is_beside
            if where not in confidences:
                confidences[where] = _confidence(short, long, *where)
            confidence = confidences[where]
            if is_beside and _is_without_credit(short, long):
                confidence = WITHOUT_CREDIT
            if not confidence and _ends_copy(page, line, long):
                confidence = _confidence_where_copy_ends(short, long)
            is_headline = line == 0 and not has_link(short) and _may_be_title(said(short), long)
            is_named = other == 0 and may_be_named(page, line)
            if is_headline or is_named or not confidence:
                continue
            if are_differently_captioned(page, line, other) or is_cell(page, line):
                continue
            if not (is_whole and are_entries(page, line, other)):
                yield line, Loss(other, "cut-off copy of a longer paragraph", confidence)


def _ends_copy(page: Page, line: int, long: str) -> bool:
    """Whether a paragraph stands before a line that stands before this one, the whole, too."""
    before = page.key(line - 1)
    return is_sentence(before) and any(before == page.key(whole - 1) for whole in page.places[long])


def _is_below(page: Page, line: int, other: int) -> bool:
    """Whether a line stands below the whole one and is no caption: neither headline nor lead does."""
    return line > other and kind(page.content(line + 1)) not in CREDITS


def _confidence(short: str, long: str, is_below: bool, is_beside: bool) -> float:
    """How sure it is that a line that is the beginning of another was meant to go on as that one; 0: it is not.

    Below the whole one it is neither headline nor lead, so two clauses of it, too long for a heading, break off wherever
    they stop.
    """
    if is_teaser(short):
        if _breaks_off(short, long):
            return 0.95
        return 0.85 if is_beside and _is_taken_up(short) else 0.0
    if kind(short) in ON_PURPOSE or not is_prose(short):
        return 0.0
    if ends_well(short):
        # What has no sentence more, but an editor or a link, is rather the copy of the two.
        goes_on = len(short) >= TITLE and short[0] not in "“「" and is_said(long[len(short) :])
        return 0.8 if goes_on else 0.0
    if len(short) >= TITLE or (len(short) >= CUT_OFF and (short[-1] in "，、；" or "。" in short)):
        return 0.95
    if len(short) >= CUT_OFF and long[len(short)] == "、":
        return 0.9
    has_clauses = len(short) >= CUT_OFF and any(mark in short for mark in "，；,;")
    if has_clauses and (long[len(short)].isalnum() or (is_below and len(short) >= SENTENCE)):
        return 0.9
    if kind(short) is Kind.DATELINE:
        return 0.9
    least = CUT_OFF if is_below else SENTENCE
    return (
        0.8
        if len(short) >= least and (is_unclosed(short) or is_in_mid_phrase(short, long[len(short) :]))
        else 0.0
    )


def _confidence_where_copy_ends(short: str, long: str) -> float:
    """The same of a line as short as may be, if the paragraph before it stands before the whole line, too."""
    if (
        len(short) < LEAST_LINKED
        or kind(short) in ON_PURPOSE
        or not is_in_mid_phrase(short, long[len(short) :])
    ):
        return 0.0
    return 0.85


def _is_without_credit(short: str, long: str) -> bool:
    """Whether a caption is all of another one but who took the picture."""
    of_picture = _OF_PICTURE.search(long, len(short)) is not None and "。" not in long[len(short) :]
    return of_picture and ends_well(short) and kind(long) is Kind.CREDITED


def _may_be_title(short: str, long: str) -> bool:
    """Whether a text's first line is its headline, although another line begins with it."""
    rest = long[len(short) :]  # nothing, if the first line says the same and ends with an ellipsis
    if len(short) >= TITLE or "。" in short or rest.startswith("、") or kind(short) is Kind.DATELINE:
        return False
    return not ("，" in short and is_in_mid_phrase(short, rest))


def _breaks_off(teaser: str, long: str) -> bool:
    """Whether what stands in front of an ellipsis is long, or breaks off amid a clause, as no writer does, or in front of
    a link.
    """
    short = said(teaser)
    if kind(short) in ON_PURPOSE or not is_prose(short):
        return False
    rest = long[len(short) :]
    if len(short) < SENTENCE:
        least = LEAST_LINKED if has_link(teaser) else LEAST_TEASER
        return len(short) >= least and is_in_mid_phrase(short, rest)
    if len(short) >= TITLE or has_link(teaser) or is_unclosed(short) or short[-1] in "，、":
        return True
    return _is_within_number(short, rest) or (
        short[-1].isalnum() and (rest[:1].isalnum() or rest[:1] == "、")
    )


def _is_taken_up(teaser: str) -> bool:
    """Whether no headline is as long as what stands in front of an ellipsis, or a link, directly beside the whole: wherever
    that was cut, and whatever it says.
    """
    short = said(teaser)
    if has_link(teaser):
        return len(short) >= CUT_OFF
    return len(short) >= SENTENCE and is_prose(short) and kind(short) not in ON_PURPOSE


def is_in_mid_phrase(short: str, rest: str) -> bool:
    """Whether a line breaks off where another goes on with the phrase; a headline ends where a phrase does, and nothing
    within a number.
    """
    return _is_within_number(short, rest) or (rest[:1].isalnum() and going_on(short, rest) > 0)


def _is_within_number(short: str, rest: str) -> bool:
    return short[-1].isdecimal() and _REST_OF_NUMBER.match(rest) is not None
