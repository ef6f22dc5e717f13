"""Words of a sentence that stand on lines of their own: links and names in bold, as `get_text` leaves them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from operator import mul

from zhclean.blocks import Kind
from zhclean.evidence import Evidence
from zhclean.networks import Break
from zhclean.odds import posterior, probability, within
from zhclean.opinions import Opinion, opinions
from zhclean.patterns import pattern
from zhclean.symbols import WINDOW

LONGEST = 16
"""Characters of a line that may be such words; a longer one is judged like any other."""

INLINE = (1.24, 0.22, 0.38, -0.27, -0.51, 3.0, 2.6)
"""Weights of how well the words fit what stands before, how well what stands behind fits them, how clearly the
sentence goes on there, how well it would go on without them, of each character, and of a number in front of what it
counts; and a constant: a logistic regression on news of the dev split with words on lines of their own, and with
captions and headings. There four lines of five are such words, so the constant is 1.4 less, and the number weighs 3
instead of 4.2.
"""

FIT_LIMIT, GOES_ON_LIMIT = 4.0, 12.0
"""Log-odds of the words are taken no more seriously than this."""

COST_OF_NAME = 3.0
"""Log-odds against a name below what has no clause: that is who wrote it."""

COST_OF_PAGE = 1.5
"""The same for a number that nothing behind it counts: it may be that of a page."""

COST_OF_END = 2.5
"""The same where one of the two breaks is likelier an end: both must be none."""

BELIEVED = 0.5
"""Probability from which on the lines are put together, if a join does not ask for more."""

_GOES_ON = frozenset({Kind.TEXT, Kind.DATELINE, Kind.LIST_ITEM, Kind.TURN})
_COMES = frozenset({Kind.TEXT, Kind.CREDITED})
"""What may stand before such words, and behind."""

_CALLS_FOR_NUMBER = frozenset("第年月约約近超逾达達共仅僅以至到于於有为為过過增降长長少前后後为計计的")
"""How a line ends behind which a number is missing."""

_QUOTED = pattern("《[^《》]+》|“[^“”]+”|「[^「」]+」")

RIVAL = 3.0
"""Log-odds by which a line must be likelier to interrupt a sentence than to be words of it, to be moved."""


def inline(evidence: Evidence) -> dict[int, float]:
    """The lines that may be such words, with the log-odds that they are, given how many there seem to be."""
    middles = candidates(evidence)
    if not middles:
        return {}
    return dict(zip(middles, posterior(list(_log_odds(evidence, middles))), strict=True))


def breaks_around(words: Mapping[int, float], threshold: float) -> dict[int, float]:
    """The breaks before and behind the lines that are believed to be such words, with the probability of that."""
    found: dict[int, float] = {}
    for x, value in words.items():
        if (likely := probability(value)) > max(threshold, BELIEVED):
            found[x - 1] = max(likely, found.get(x - 1, 0.0))
            found[x] = likely
    return found


def candidates(evidence: Evidence) -> list[int]:
    """The lines that may be such words by what they and their neighbours are."""
    return [x for x in range(1, len(evidence.lines) - 1) if _may_be(evidence, x)]


def _may_be(evidence: Evidence, x: int) -> bool:
    """Whether line `x` is short and stands in the middle of what may be one sentence."""
    lines, around = evidence.lines, range(x - 1, x + 2)
    if len(lines.content[x]) > LONGEST or lines.terminal[x - 1] or lines.terminal[x]:
        return False
    if evidence.wrapped[x - 1] or evidence.ragged[x] or any(evidence.leads_over(i) for i in (x - 1, x)):
        return False
    if evidence.kind(x - 1) not in _GOES_ON or evidence.kind(x + 1) not in _COMES or evidence.is_clause(x):
        return False
    if evidence.kind(x) is not Kind.TEXT and not _may_be_number(evidence, x):
        return False
    if evidence.is_row(x) or len({lines.quoted[i] for i in around}) > 1:
        return False
    if any(evidence.is_doubled(i, j) or evidence.are_fields(i, j) for i, j in pairwise(around)):
        return False
    return (
        evidence.is_clause(x - 1)
        or evidence.is_clause(x + 1)
        or (_may_be_number(evidence, x) and evidence.is_counted(x))
    )


def _may_be_number(evidence: Evidence, x: int) -> bool:
    """Whether line `x` is a number of the sentence: not set off by blank lines, as those of pages are, or called for."""
    lines = evidence.lines
    if not evidence.is_number(x):
        return False
    is_set_off = min(lines.newlines[x], lines.newlines[x + 1]) > 1
    return not is_set_off or (lines.content[x - 1][-1] in _CALLS_FOR_NUMBER and evidence.is_counted(x))


def _log_odds(evidence: Evidence, middles: Sequence[int]) -> Iterator[float]:
    *weights, constant = INLINE
    for x, (first, last, across) in zip(middles, said(evidence, middles), strict=True):
        value = constant + sum(map(mul, weights, facts(evidence, x, first, last, across)))
        if evidence.is_name(x) and not evidence.is_clause(x - 1):
            value -= COST_OF_NAME
        if evidence.kind(x) is Kind.FURNITURE and not evidence.is_counted(x):
            value -= COST_OF_PAGE
        yield value - (COST_OF_END if min(first.goes_on, last.goes_on) < 0 else 0.0)


def facts(evidence: Evidence, x: int, first: Opinion, last: Opinion, across: Opinion) -> tuple[float, ...]:
    """What `INLINE` weighs."""
    goes_on, content = within(last.goes_on, GOES_ON_LIMIT), evidence.lines.content[x]
    # A title in its marks is as long as it is.
    length = 0 if _QUOTED.fullmatch(content) else len(content)
    return _fits(first), _fits(last), goes_on, _fits(across), length, evidence.is_counted(x)


def said(evidence: Evidence, middles: Sequence[int]) -> Iterator[tuple[Opinion, Opinion, Opinion]]:
    """What the models say, for each of these lines, of the break before it, of the one behind it, and of what stands
    before and behind as one sentence without it.
    """
    breaks = [
        Break("", left, right, "")
        for x in middles
        for left, right in (
            (_up_to(evidence, x - 1), _from(evidence, x)),
            (_up_to(evidence, x), _from(evidence, x + 1)),
            (_up_to(evidence, x - 1), _from(evidence, x + 1)),
        )
    ]
    found = iter(opinions(breaks))
    return zip(found, found, found, strict=True)


def _fits(opinion: Opinion) -> float:
    return within(opinion.fits, FIT_LIMIT)


def _up_to(evidence: Evidence, i: int) -> str:
    """What ends with line `i`: as many lines as the networks see, if they are unfinished."""
    lines, text = evidence.lines, evidence.lines.content[i]
    while len(text) < WINDOW and i and not lines.terminal[i - 1] and evidence.kind(i - 1) is Kind.TEXT:
        i -= 1
        text = lines.content[i] + text
    return text


def _from(evidence: Evidence, i: int) -> str:
    """The same of what begins with line `i`."""
    lines, text = evidence.lines, evidence.lines.content[i]
    while (
        len(text) < WINDOW
        and i + 1 < len(lines)
        and not lines.terminal[i]
        and evidence.kind(i + 1) is Kind.TEXT
    ):
        i += 1
        text += lines.content[i]
    return text
