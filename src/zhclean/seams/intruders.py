"""What a line in the middle of a sentence may be, and how much speaks against it standing there."""

from __future__ import annotations

from zhclean.lines.blocks import Kind
from zhclean.lines.controls import is_count
from zhclean.lines.edges import SLACK
from zhclean.lines.published import begins_with_year
from zhclean.lines.terms import is_term
from zhclean.seams.evidence import Evidence

INTRUDER_COST = {
    Kind.FURNITURE: 0.0,
    Kind.CAPTION: 0.5,
    Kind.CREDITED: 0.5,
    Kind.BYLINE: 0.5,
    Kind.CREDIT: 0.5,
    Kind.BELOW: 0.5,
}
"""Log-odds against a sentence being interrupted by such a line."""

COST_OF_TEXT = 0.1
"""The same for each character of a line that is nothing in particular: headings are short."""

COST_OF_FULL = 3.0
"""The same for one that is about as wide as the lines of the wrapped text it stands in: of a hundred captions and
headings five are so, and most lines of the text.
"""

COST_OF_NAME, COST_OF_SCRAP, COST_OF_RUBRIC = 6.0, 2.0, 3.0
"""The same for one that may be a name, and for one as short: whose it is stands below a headline. And more if another is
as short: they are the rubrics of a list.
"""

COST_OF_TERM = 8.0
"""The same for a number in front of what it counts, and for what else is a word of a sentence (`zhclean.lines.terms`)."""

COST_OF_FRAGMENT = 5.0
"""The same for a line of a text in fragments: nearly all are words of a sentence."""

COST_OF_LONE_NUMBER, LONGEST_LONE_PAGE = 4.0, 3
"""The same for a number that counts nothing, if there is no other: one page may have its number, but hardly of four digits.
"""

COST_OF_CLAUSE = 2.0
"""The same for one that breaks off behind a clause: headings hardly have one."""


def is_page_end(evidence: Evidence, x: int) -> bool:
    """Whether line `x` is furniture that may stand in the middle of a sentence: neither a date nor a number of readers, as
    portals set them below a headline.
    """
    content = evidence.lines.content[x]
    return evidence.kind(x) is Kind.FURNITURE and not (is_count(content) or begins_with_year(content))


def cost_of(evidence: Evidence, x: int) -> float:
    """Log-odds against a sentence being interrupted by line `x`."""
    if evidence.kind(x) is not Kind.TEXT:
        if evidence.may_be_piece(x):
            return COST_OF_FRAGMENT
        if evidence.is_spoken_of(x):
            return COST_OF_TERM
        if not _is_number_of_text(evidence, x):
            return INTRUDER_COST.get(evidence.kind(x), 0.0)
        return COST_OF_LONE_NUMBER if _is_lone_number(evidence, x) else COST_OF_TERM
    if is_term(evidence.lines.content[x]):
        return COST_OF_TERM
    if evidence.is_fragmented:
        return COST_OF_FRAGMENT
    if evidence.is_pull_quote(x):
        return 0.0
    cost = len(evidence.lines.content[x]) * COST_OF_TEXT + _cost_of_shortness(evidence, x)
    if evidence.is_clause(x) and not evidence.lines.terminal[x]:
        cost += COST_OF_CLAUSE
    return cost + (COST_OF_FULL if _is_about_full(evidence, x) else 0.0)


def _is_number_of_text(evidence: Evidence, x: int) -> bool:
    """Whether line `x` is a number that is none of a page: it counts what follows, or is not set off, or there are
    others of no sequence.
    """
    beside = evidence.kind(x - 1), evidence.kind(x + 1)
    if not evidence.is_number(x) or evidence.is_numbered_page(x) or Kind.FURNITURE in beside:
        return False
    if _is_surely_of_text(evidence, x):
        return True
    is_set_off = evidence.lines.newlines[x] > 1 and evidence.is_single_number(x)
    return not (evidence.wrapped[x - 1] or is_set_off)


def _is_lone_number(evidence: Evidence, x: int) -> bool:
    """Whether line `x` is the only number on a line of its own, and counts nothing."""
    return evidence.is_single_number(x) and not _is_surely_of_text(evidence, x)


def _is_surely_of_text(evidence: Evidence, x: int) -> bool:
    """Whether a number is longer than that of a page, or counts what follows."""
    return evidence.is_counted(x) or len(evidence.lines.content[x]) > LONGEST_LONE_PAGE


def _is_about_full(evidence: Evidence, x: int) -> bool:
    wrap = evidence.layout.wrap[x]
    return wrap > 0 and (evidence.full[x] or abs(wrap - evidence.lines.width_of(x)) <= 2 * SLACK)


def is_of_page(evidence: Evidence, x: int) -> bool:
    if evidence.kind(x) is not Kind.FURNITURE or evidence.is_spoken_of(x):
        return False
    return not _is_number_of_text(evidence, x)


def _cost_of_shortness(evidence: Evidence, x: int) -> float:
    """Log-odds against what is moved being no more than a name: below the first line any scrap is one."""
    if evidence.is_name(x) or (x == 1 and evidence.is_scrap(x)):
        return COST_OF_NAME
    if not evidence.is_scrap(x):
        return 0.0
    return COST_OF_SCRAP + (COST_OF_RUBRIC if evidence.is_rubric(x) else 0.0)
