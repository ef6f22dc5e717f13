"""Words of a sentence that stand on lines of their own: links and names in bold, as `get_text` leaves them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from operator import mul

from zhclean.lines.blocks import Kind
from zhclean.lines.terms import is_quoted, is_term
from zhclean.models.networks import Break
from zhclean.models.odds import posterior, probability, within
from zhclean.models.opinions import Opinion, opinions
from zhclean.patterns import pattern
from zhclean.seams.evidence import Evidence
from zhclean.seams.kinds import LENGTHS_OF_NAMES
from zhclean.seams.said_again import LONGEST_LINK

LONGEST = 24
"""Characters of a line that may be such words; a longer one is judged like any other."""

INLINE = (1.16, 0.70, 0.12, -0.74, -0.38, 3.4, 1.36, 1.23, 0.72, 1.4)
"""Weights of how well the words fit what stands before, how well what stands behind fits them, how clearly the
sentence goes on there, how well it would go on without them, of each character, of a number in front of what it
counts or a term, of a clause in the line before and in the one behind, and of a mark that this one begins with; and a
constant: a logistic regression on news of the dev split with words on lines of their own, and with captions, headings
and page numbers. It gives terms 1.5 and the constant 0.5; with these more is found, and no more is put together wrongly.
"""

LENGTH_LIMIT = 8
"""Characters of a line beyond which its length tells no more."""

FIT_LIMIT, GOES_ON_LIMIT = 4.0, 12.0
"""Log-odds of the words are taken no more seriously than this."""

COST_OF_NAME, CLEARLY_END = 3.0, 2.8
"""Log-odds against a name below what has no clause: that is who wrote it; and by which a break is likelier an end if any
scrap may be one.
"""

_NAMED = pattern(
    "[说說称稱是在的和与與从從向对對等以因被也就]|表示|介[绍紹]|告[诉訴]|[认認][为為]|指出|透露|坦言|回[忆憶]|解[释釋]|[强強][调調]|建[议議]|提[醒议議]|[宣公]布|呼[吁籲]|希望|分析"
)
"""What stands behind a name in a sentence, and not below who wrote it."""

COST_OF_PAGE = 1.5
"""The same for a number that counts nothing, or that blank lines set off: it may be that of a page."""

COST_OF_END, COST_BESIDE_TORN = 0.5, 4.0
"""The same for each unit by which one of the two breaks is likelier an end, since both must be none; and where the
other goes through a number or a title, so that it says nothing of this one.
"""

COST_OF_RAGGED = 3.0
"""The same in a run of short lines: those of verse and of posts go on in each other too."""

COST_OF_HEADLINE = 4.0
"""The same at the top for what is longer than a link, below what has no clause: that is the second line of a headline."""

ENCLOSED = 6.0
"""Log-odds for what has the opening bracket at the end of the line before and the closing one in the next."""

FITS_BOTH = -1.5
"""Log-odds by which a line fits both sides, together, better than these fit each other: of the captions and headings in
sentences one in a hundred is above, of phrases that would be moved nearly half.
"""

BELIEVED = 0.5
"""Probability from which on the lines are put together, if a join does not ask for more."""

_GOES_ON = frozenset({Kind.TEXT, Kind.DATELINE, Kind.LIST_ITEM, Kind.TURN})
_COMES = frozenset({Kind.TEXT, Kind.CREDITED})
"""What may stand before such words, and behind."""

RIVAL, BEFORE_A_MARK = 3.0, 1.0
"""Log-odds by which a line must be likelier to interrupt a sentence than to be words of it, to be moved; and by how much
more if the next line begins with ，or the like: no page and no column ends before that.
"""


def inline(evidence: Evidence) -> dict[int, float]:
    """The lines that may be such words, with the log-odds that they are, given how many there seem to be."""
    middles = candidates(evidence)
    if not middles:
        return {}
    around = (tuple(evidence.lines.content[x - 1 : x + 2]) for x in middles)
    return dict(zip(middles, posterior(list(_log_odds(evidence, middles)), around), strict=True))


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
    if evidence.wrapped[x - 1] or any(evidence.leads_over(i) for i in (x - 1, x)):
        return False
    if evidence.kind(x - 1) not in _GOES_ON or evidence.kind(x + 1) not in _COMES or evidence.is_clause(x):
        return False
    is_text = evidence.kind(x) is Kind.TEXT or evidence.may_be_piece(x)
    if not (is_text or _may_be_number(evidence, x) or evidence.is_spoken_of(x)):
        return False
    if (
        evidence.is_foreign(x)
        and any(map(evidence.is_foreign, (x - 1, x + 1)))
        and not evidence.is_fragmented
    ):
        return False
    if evidence.is_row(x) or _is_date_above(evidence, x) or len({lines.quoted[i] for i in around}) > 1:
        return False
    if any(evidence.is_doubled(i, j) or evidence.are_bulleted(i, j) for i, j in pairwise(around)):
        return False
    if any(evidence.are_fields(i, j) for i, j in combinations(around, 2)):
        return False
    return (
        evidence.is_enclosed(x)
        or (evidence.is_fragmented and lines.content[x - 1].endswith("、"))
        or evidence.is_clause(x - 1)
        or evidence.is_clause(x + 1)
        or (_may_be_number(evidence, x) and evidence.is_counted(x))
    )


def _is_date_above(evidence: Evidence, x: int) -> bool:
    """Whether line `x` is a date such as others stand above what happened then."""
    return evidence.lines.content[x][-1] in "年月日" and evidence.is_numbered(x)


def _may_be_number(evidence: Evidence, x: int) -> bool:
    """Whether line `x` is a number of the sentence: not set off by blank lines, as those of pages are, or counted."""
    if not evidence.is_number(x):
        return False
    return not _is_set_off(evidence, x) or (evidence.is_counted(x) and not evidence.is_numbered_page(x))


def _is_set_off(evidence: Evidence, x: int) -> bool:
    """Whether blank lines stand before and behind line `x`."""
    return min(evidence.lines.newlines[x : x + 2]) > 1


def _log_odds(evidence: Evidence, middles: Sequence[int]) -> Iterator[float]:
    *weights, constant = INLINE
    for x, (first, last, across) in zip(middles, said(evidence, middles), strict=True):
        value = constant + sum(map(mul, weights, facts(evidence, x, first, last, across)))
        style = (evidence.style[x - 1] + evidence.style[x]) / 2
        enclosed = ENCLOSED * evidence.is_enclosed(x)
        yield value + style + enclosed - _costs(evidence, x, first, last)


def _costs(evidence: Evidence, x: int, first: Opinion, last: Opinion) -> float:
    """What speaks against line `x` being such words, if that is said of the breaks before and behind it."""
    likelier_end = max(0.0, -first.goes_on, -last.goes_on)
    costs = likelier_end * (COST_BESIDE_TORN if _is_torn(evidence, x) else COST_OF_END)
    if evidence.kind(x) is Kind.FURNITURE and not (evidence.may_be_piece(x) or evidence.is_spoken_of(x)):
        costs += COST_OF_PAGE * (_is_set_off(evidence, x) or not evidence.is_counted(x))
    if _may_end_headline(evidence, x):
        costs += COST_OF_HEADLINE
    if evidence.is_fragmented or evidence.is_enclosed(x):
        return costs  # what stands there is no byline, and no verse
    if _may_be_name(evidence, x, likelier_end) and not _NAMED.match(evidence.lines.content[x + 1]):
        costs += COST_OF_NAME
    return costs + COST_OF_RAGGED * evidence.ragged[x]


def _may_be_name(evidence: Evidence, x: int, likelier_end: float) -> bool:
    """Whether line `x` may tell who wrote what stands below: a name, or below a headline any scrap."""
    if evidence.is_clause(x - 1):
        return False
    content = evidence.lines.content[x]
    scrap = (
        evidence.is_scrap(x)
        and len(content) in LENGTHS_OF_NAMES
        and content.isalpha()
        and not is_term(content)
    )
    return evidence.is_name(x) or (scrap and likelier_end > CLEARLY_END)


def _may_end_headline(evidence: Evidence, x: int) -> bool:
    """Whether line `x` may be the second line of a headline: at the top, below what has no clause, and no term."""
    content = evidence.lines.content[x]
    is_part = not _is_set_off(evidence, x) if is_quoted(content) else is_term(content)
    if len(content) <= LONGEST_LINK or is_part:
        return False
    return evidence.may_be_headline(x) and not evidence.is_clause(x - 1)


def _is_torn(evidence: Evidence, x: int) -> bool:
    """Whether line `x` is no more than a part of a number or a title."""
    return any(evidence.is_torn(i, i + 1) or evidence.do_digits_meet(i, i + 1) for i in (x - 1, x))


def fits_both(evidence: Evidence, x: int) -> bool:
    """Whether line `x` goes on from the one before and goes on in the next one as headings and captions hardly do."""
    if evidence.kind(x) is not Kind.TEXT or evidence.barred(x - 1, x) or evidence.barred(x, x + 1):
        return False
    first, last, across = evidence.opinions([(x - 1, x), (x, x + 1), (x - 1, x + 1)])
    return _fits(first) + _fits(last) - _fits(across) > FITS_BOTH


def facts(evidence: Evidence, x: int, first: Opinion, last: Opinion, across: Opinion) -> tuple[float, ...]:
    """What `INLINE` weighs."""
    goes_on, content = within(last.goes_on, GOES_ON_LIMIT), evidence.lines.content[x]
    term = is_term(content) and not _is_torn(evidence, x)
    return (
        _fits(first),
        _fits(last),
        goes_on,
        _fits(across),
        0 if term or is_quoted(content) else min(len(content), LENGTH_LIMIT),  # a title is as long as it is
        evidence.is_counted(x) or term or evidence.is_spoken_of(x),
        evidence.is_clause(x - 1),
        evidence.is_clause(x + 1),
        evidence.lines.headless[x + 1],
    )


def said(evidence: Evidence, middles: Sequence[int]) -> Iterator[tuple[Opinion, Opinion, Opinion]]:
    """What the models say, for each of these lines, of the break before it, of the one behind it, and of what stands
    before and behind as one sentence without it.
    """
    pairs = [pair for x in middles for pair in ((x - 1, x), (x, x + 1), (x - 1, x + 1))]
    breaks = [Break("", evidence.up_to(left), evidence.from_(right), "") for left, right in pairs]
    found = iter(opinions(breaks, [evidence.known(*pair) for pair in pairs]))
    return zip(found, found, found, strict=True)


def _fits(opinion: Opinion) -> float:
    return within(opinion.fits, FIT_LIMIT)
