"""Lines that are the beginning of another one, and whether they were meant to go on as that one does."""

from __future__ import annotations

from zhclean.lines.blocks import Kind, kind
from zhclean.lines.teasers import has_link, is_teaser, said
from zhclean.models.opinions import continuation
from zhclean.patterns import pattern
from zhclean.stages.repeats.belonging import is_unclosed
from zhclean.stages.repeats.wording import ON_PURPOSE, SENTENCE, TITLE, ends_well, is_prose, is_said

CUT_OFF = 15
"""Characters from which the beginning of another line is a copy of it that was cut off."""

LEAST_TEASER, LEAST_LINKED = 12, 6
"""Characters, at least, in front of an ellipsis that breaks off amid a phrase, and if a link stands behind it."""

_OF_PICTURE = pattern("[摄攝图圖]")

CONTEXT = 24
"""Characters on either side of a line's end that are looked at."""


def cut_off_confidence(short: str, long: str, is_below: bool) -> float:
    """How sure it is that a line that is the beginning of another was meant to go on as that one; 0: it is not.

    Below the whole one it is neither headline nor lead, so two clauses of it, too long for a heading, break off wherever
    they stop.
    """
    if is_teaser(short):
        return 0.95 if _breaks_off(short, long) else 0.0
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


def cut_off_where_copy_ends(short: str, long: str) -> float:
    """The same of a line as short as may be, if the paragraph before it stands before the whole line, too."""
    if (
        len(short) < LEAST_LINKED
        or kind(short) in ON_PURPOSE
        or not is_in_mid_phrase(short, long[len(short) :])
    ):
        return 0.0
    return 0.85


def is_without_credit(short: str, long: str) -> bool:
    """Whether a caption is all of another one but who took the picture."""
    of_picture = _OF_PICTURE.search(long, len(short)) is not None and "。" not in long[len(short) :]
    return of_picture and ends_well(short) and kind(long) is Kind.CREDITED


def may_be_title(short: str, long: str) -> bool:
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
    rest = long[len(short) : len(short) + 1]
    if len(short) < SENTENCE:
        least = LEAST_LINKED if has_link(teaser) else LEAST_TEASER
        return len(short) >= least and is_in_mid_phrase(short, long[len(short) :])
    if len(short) >= TITLE or has_link(teaser) or is_unclosed(short) or short[-1] in "，、":
        return True
    return short[-1].isalnum() and (rest.isalnum() or rest == "、")


def is_in_mid_phrase(short: str, rest: str) -> bool:
    """Whether a line breaks off where another goes on with the phrase; a headline ends where a phrase does."""
    return rest[:1].isalnum() and continuation(short[-CONTEXT:], rest[:CONTEXT]) > 0
