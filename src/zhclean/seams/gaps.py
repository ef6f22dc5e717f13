"""Where a sentence breaks off: text is missing, or stands elsewhere."""

from __future__ import annotations

import math

from zhclean.lines.blocks import Kind
from zhclean.patterns import pattern
from zhclean.seams.evidence import Evidence

BREAKS_OFF = frozenset({Kind.TEXT, Kind.DATELINE, Kind.LIST_ITEM, Kind.TURN})
BEGINS_ANEW = frozenset({Kind.LIST_ITEM, Kind.CREDIT, Kind.BYLINE, Kind.DATELINE, Kind.CLOSING, Kind.BELOW})
"""Lines that may break off, and lines in front of which an end needs no mark."""

_NOTE = pattern(r"\[[0-9]{1,3}\]")
"""How a note or an entry of a bibliography begins, behind whatever the one before ends with."""

GAP_MARGIN = 1.0
"""Log-odds by which `SPLICE` must lead for a gap to be reported."""

LIKELY_END, LIKELY_HEADLINE = -0.5, 1.0
"""Log-odds of the network *ends* below which a line that may be a heading is none that breaks off, and one above the
first full stop.
"""

UNFINISHED = -3.0
"""Log probability of an end below which a break that is not joined is reported as a gap all the same."""


def may_be_gap(evidence: Evidence, i: int) -> bool:
    """Whether line `i` is enough of a sentence to break off."""
    if evidence.wrapped[i] or evidence.leads_over(i):
        return False
    if evidence.is_listed(i) or evidence.is_listed(i + 1) or evidence.is_keywords(i):
        return False
    if evidence.is_end_elsewhere(i) or _NOTE.match(evidence.lines.content[i + 1]):
        return False
    if evidence.is_foreign(i) or evidence.is_foreign(i + 1):
        return False
    if evidence.kind(i) not in BREAKS_OFF or evidence.kind(i + 1) in BEGINS_ANEW:
        return False
    return evidence.is_clause(i)


def gap(evidence: Evidence, i: int) -> float:
    """Probability that text is missing behind line `i`; 0 unless its words fit neither a sentence that goes on nor an end."""
    [sense], [against_end] = evidence.senses([(i, i + 1)]), evidence.against_ends([(i, i + 1)])
    likely = LIKELY_HEADLINE if evidence.may_be_headline(i) else LIKELY_END
    if evidence.may_be_heading(i) and against_end < likely:
        return 0.0
    neither = sense.splice > max(sense.join, sense.end) + GAP_MARGIN
    open_end = against_end > 0 and sense.end < UNFINISHED
    is_gap = neither or (open_end and not evidence.stands_alone(i, i + 1))
    return round(1 - math.exp(sense.end), 3) if is_gap else 0.0
