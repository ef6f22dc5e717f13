"""Does the sentence go on in the next line? What is set up against what, for every break of a text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from zhclean.lines.blocks import BARRIERS, OPENINGS, Kind
from zhclean.models.odds import damage, odds, posterior, probability, within
from zhclean.models.opinions import ONE_ELSEWHERE, Opinion, Pair
from zhclean.seams.evidence import CERTAIN, COST_OF_TITLE, SURE, Evidence, is_sure
from zhclean.seams.inline import BELIEVED
from zhclean.seams.kinds import ENDED

NEVER_GOES_ON = ENDED | {Kind.CREDITED}
"""Lines whose sentence does not go on even if they are full."""

BEGINS_ALWAYS = BARRIERS | {Kind.CAPTION}
"""Lines with which no sentence goes on, however full the one before is: no wrapped line begins with 图为 by chance."""

OF_ENDS = 1.5
"""Weight of the network *ends* where it alone is asked."""

HOPELESS = -3.0
"""Log-odds with the word of *ends* alone, below which the others are not asked."""

WORDS_LIMIT = 8.0
"""Log-odds of the words are taken no more seriously than this."""

MISFIT, LONE_MISFIT = -1.5, -2.8
"""Log-odds of `JOIN` against `SPLICE` below which nothing is joined, because text seems to be missing: in a
document where it seems to be missing somewhere, and in others."""

MISFIT_COST = 2.0
"""Log-odds that a misfit costs in a wrapped stretch, where a break that is none is no gap but a heading."""

LABEL = 0.6
"""Log-odds against the sentence of a line without a clause, if no word goes on: nine of ten broken lines have one,
and a quarter of the unfinished ends.
"""

STACKED, STACKED_FULL = 3.0, 6.0
"""Log-odds against a headline going on in the line below, above the byline or the beginning of the story: the words go
on in one of sixty pairs of headlines, and in half of those that were broken. More in a wrapped stretch, of which a
headline may be as wide.
"""

PULL_QUOTE, SCRAP = 6.0, 1.0
"""The same for what the text says elsewhere, set off as a quotation, and for a few letters below an end."""

COUPLET = 3.0
"""Log-odds against a heading of two clauses going on: a fifth of them seemed to."""

CROSSHEADS, MOSTLY_LABELS = 6.0, 0.4
"""The same for one as short as a heading below an end, if there are several and they are so large a share of the lines
that may go on: sentences break anywhere, and one in ten behind so few words.
"""

SET_OFF = -1.0
"""What style says of a line that is set off from the one before: behind a lead-in anything may follow."""

STRAY = 4.0
"""Log-odds against a sentence going on in a line that is none of a wrapped stretch's own."""

MISSING = 0.44
"""Probability that text is missing somewhere from which on it is believed."""


def probabilities(evidence: Evidence, threshold: float) -> list[float]:
    """Probability of each break that the sentence goes on in the next line; 0 where it is not above `threshold`."""
    least, values = odds(max(threshold, BELIEVED * evidence.is_fragmented)), _log_odds(evidence)
    likely = {value: probability(value) for value in set(values) if value > least}
    return [
        likely[value] if value > least and not _never(evidence, i) else 0.0 for i, value in enumerate(values)
    ]


def _never(evidence: Evidence, i: int) -> bool:
    """Whether what the lines are rules out that break `i` is joined, however full they are."""
    quoted = evidence.lines.quoted
    if quoted[i] != quoted[i + 1]:
        return True
    before, following, leads_over = evidence.kind(i), evidence.kind(i + 1), evidence.leads_over(i)
    if before is following is Kind.TEXT and not leads_over:
        return False  # as nearly always
    closed = evidence.lines.terminal[i] or leads_over
    if following in BEGINS_ALWAYS or (following in OPENINGS and closed) or evidence.leads_to_stray(i):
        return True
    if leads_over and evidence.begun[i] < SET_OFF:
        return True
    never = before in NEVER_GOES_ON or evidence.is_whole_caption(i)
    return never and not (evidence.is_torn(i, i + 1) or evidence.surely_goes_on(i, i + 1))


def _log_odds(evidence: Evidence) -> Sequence[float]:
    """Of each break: the log-odds that the sentence goes on."""
    wrapped, total = evidence.wrapped, [-math.inf] * len(evidence.wrapped)
    if evidence.layout.wrapped:
        ends, stray = evidence.lines.terminal, evidence.stray
        total = [
            (_set_apart(evidence, i, value) if ends[i] or stray[i + 1] else value) if inside else -math.inf
            for i, (value, inside) in enumerate(zip(evidence.cheap, wrapped, strict=True))
        ]
    free = [(i, i + 1) for i in evidence.asked if not evidence.barred(i, i + 1)]
    evidence.against_ends(free)  # asked for all at once
    inside = _inside(evidence, [pair for pair in free if wrapped[pair[0]]])
    outside = _outside(evidence, [pair for pair in free if not wrapped[pair[0]]])
    for i in evidence.asked:
        total[i] = total[i] + inside.get(i, -math.inf) if wrapped[i] else outside.get(i, -math.inf)
    return total


def _set_apart(evidence: Evidence, i: int, value: float) -> float:
    """The log-odds of break `i` in a wrapped stretch, less where the next line may be none of its own.

    Where the sentence ended, and the next line is not set off as paragraphs are, it is none only if it ends none. Where
    the line is full the text may say elsewhere that the paragraph goes on.
    """
    if evidence.lines.terminal[i] and evidence.full[i] and evidence.stands_in_one(i, i + 1):
        return value + ONE_ELSEWHERE
    if value <= HOPELESS:
        return value
    if evidence.lines.terminal[i] and evidence.begun[i] > 1:
        return value - STRAY if evidence.ends_nothing(i + 1) else value
    return value - STRAY if evidence.stray[i + 1] else value


def _inside(evidence: Evidence, free: Sequence[Pair]) -> dict[int, float]:
    """What the words add to the log-odds of breaks in wrapped stretches.

    Where all else says that the sentence goes on they have little to decide, and one network is enough.
    """
    said = zip(free, evidence.against_ends(free), strict=True)
    values = {
        i: within(OF_ENDS * value, WORDS_LIMIT) - COST_OF_TITLE * evidence.may_be_title(i)
        for (i, _), value in said
    }
    unsure = [
        (i, j)
        for i, j in free
        if (evidence.cheap[i] <= CERTAIN or evidence.stray[j]) and evidence.cheap[i] + values[i] > HOPELESS
    ]
    for (i, _), opinion in zip(unsure, evidence.opinions(unsure), strict=True):
        values[i] = within(opinion.goes_on, WORDS_LIMIT) - (MISFIT_COST if opinion.fits < MISFIT else 0.0)
        values[i] -= STACKED_FULL * evidence.are_stacked(i, i + 1)
    return values


def _outside(evidence: Evidence, free: Sequence[Pair]) -> dict[int, float]:
    """Log-odds of the breaks outside wrapped stretches that may be joined."""
    unsure = evidence.doubtful(free)
    if not unsure:
        return {}
    found = {i: opinion for (i, _), opinion in zip(unsure, evidence.opinions(unsure), strict=True)}
    values = {i: -WORDS_LIMIT for i in evidence.asked if not evidence.wrapped[i]}
    begun = evidence.begun_given({i for i, opinion in found.items() if opinion.goes_on > SURE})
    labels = [i for i in found if evidence.is_label_before(i, i + 1)]
    crossheads = {i for i in labels if evidence.may_be_crosshead(i)}
    cost = LABEL + CROSSHEADS * (len(crossheads) > max(1, MOSTLY_LABELS * len(found)))
    for i, opinion in found.items():
        values[i] = within(opinion.goes_on, WORDS_LIMIT) + begun[i]
        if evidence.is_end_elsewhere(i):
            values[i] -= PULL_QUOTE
        if is_sure(opinion) and evidence.may_be_sure(i):
            continue
        if evidence.is_scrap(i) and not evidence.is_word_across(i, i + 1):
            values[i] -= SCRAP
        if evidence.are_stacked(i, i + 1) and not evidence.is_fragmented:
            values[i] -= STACKED
        elif evidence.may_be_title(i) or (i in labels and evidence.may_be_headline(i)):
            values[i] -= COST_OF_TITLE
        elif evidence.may_be_couplet(i):
            values[i] -= COUPLET
        elif i in evidence.named_crossheads:
            values[i] -= CROSSHEADS
        elif i in crossheads:
            values[i] -= cost
        elif i in labels:
            values[i] -= LABEL
    beside = (tuple(evidence.lines.content[i : i + 2]) for i in values)
    judged = dict(zip(values, posterior(list(values.values()), beside), strict=True))
    missing = set(_text_missing(found))
    return {i: judged[i] for i in found if i not in missing}


def _text_missing(found: Mapping[int, Opinion]) -> Iterator[int]:
    """Breaks where text is missing: where some is, it may be missing elsewhere in the document too."""
    unfinished = [-opinion.fits for opinion in found.values() if opinion.against_end > 0]
    limit = MISFIT if unfinished and damage(unfinished) > MISSING else LONE_MISFIT
    yield from (i for i, opinion in found.items() if opinion.fits < limit)
