"""Does the sentence go on across this break? The one place where that is judged.

Evidence is added up as logarithms of likelihood ratios ("how much more often is this seen where a sentence
goes on than where a text ends"), so each piece can be named as a reason:

- layout: a full line in a wrapped stretch, or one that ends short of its edge;
- marks: the line ends like a sentence, or does not;
- style: the blank lines and indents with which *this* document sets off what certainly are paragraphs;
- words: the network of `zhclean.models.opinions` over the characters on both sides;
- damage: how many of the document's other seams are breaks. In a page without any certain break every join
  is suspect; in one with thirty an uncertain one is likely.

What a line is (`zhclean.lines.blocks`) comes first: no sentence runs across a heading or a table.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from zhclean.lines import Lines
from zhclean.lines.blocks import BARRIERS, OPENINGS, Kind
from zhclean.lines.edges import LEAST
from zhclean.models.networks import Break
from zhclean.models.odds import damage, odds, posterior, probability, within
from zhclean.models.opinions import ONE_ELSEWHERE, Opinion, Pair, opinions
from zhclean.models.threads import one_thread
from zhclean.seams.evidence import CERTAIN, COST_OF_TITLE, SURE, Evidence, is_sure
from zhclean.seams.inline import BEFORE_A_MARK, BELIEVED, RIVAL, breaks_around, fits_both, inline
from zhclean.seams.interruptions import interruptions, within_reach
from zhclean.seams.kinds import ENDED
from zhclean.seams.setting import mostly_go_on


class Verdict(Enum):
    """What is to be done with a break; the breaks not spoken of are kept."""

    JOIN = "join"
    GAP = "gap"


class Seam(NamedTuple):
    """A judgement on the break behind line `left`.

    `right` is the line the sentence goes on with; lines between the two stand in its way.
    """

    left: int
    right: int
    verdict: Verdict
    probability: float
    reasons: tuple[str, ...]


NEVER_GOES_ON = ENDED | {Kind.CREDITED}
"""Lines whose sentence does not go on even if they are full."""

BEGINS_ALWAYS = BARRIERS | {Kind.CAPTION}
"""Lines with which no sentence goes on, however full the one before is: no wrapped line begins with 图为 by chance."""

BREAKS_OFF = frozenset({Kind.TEXT, Kind.DATELINE, Kind.LIST_ITEM, Kind.TURN})
BEGINS_ANEW = frozenset({Kind.LIST_ITEM, Kind.CREDIT, Kind.BYLINE, Kind.DATELINE, Kind.CLOSING, Kind.BELOW})
"""Lines that may break off, and lines in front of which an end needs no mark."""

OF_ENDS = 1.5
"""Weight of the network *ends* where it alone is asked."""

HOPELESS = -3.0
"""Log-odds with the word of *ends* alone, below which the others are not asked."""

WORDS_LIMIT = 8.0
"""Log-odds of the words are taken no more seriously than this."""

AS_GOOD = 3.0
"""Log-odds by which the next line may fit better than one behind an intruder and yet not be preferred."""

OF_LAYOUT = 0.5
"""Share of the log-odds of the layout that counts for what stands behind an intruder in a wrapped text: with all of it
captions are told apart better still, and one in two thousand breaks before the number of a page is lost.
"""

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

GAP_MARGIN = 1.0
"""Log-odds by which `SPLICE` must lead for a gap to be reported."""

DROP_CAP = 0.95
"""Probability that a single letter above a paragraph is its first: as a heading hardly one stands there that makes a
word with what follows.
"""

LIKELY_END, LIKELY_HEADLINE = -0.5, 1.0
"""Log-odds of the network *ends* below which a line that may be a heading is none that breaks off, and one above the
first full stop.
"""

UNFINISHED = -3.0
"""Log probability of an end below which a break that is not joined is reported as a gap all the same."""


def judge(lines: Lines, threshold: float = 0.3) -> list[Seam]:
    """The breaks of a text that are no paragraph ends, in order: those to join and those to report."""
    if all(lines.terminal[:-1]):
        return []  # a text without an unfinished line is not broken
    with one_thread():
        evidence = Evidence(lines)
        return [] if _only_ends(evidence) else list(_seams(evidence, threshold))


def judge_spaces(lines: Lines, threshold: float = 0.3) -> list[Seam]:
    """The same for `zhclean.lines.pieces_of`: spaces that a wrap left behind, within wrapped stretches only.

    A wrap cuts words, and hardly ever ends with a phrase; phrases of one length that are set off by spaces do.
    """
    if len(lines) < LEAST or all(lines.terminal[:-1]):
        return []
    with one_thread():
        return list(_spaces(Evidence(lines), threshold))


def continuation(left: str, right: str) -> float:
    """Log-odds that `right` goes on where `left` stops, from the words alone.

    Above 0: more likely one sentence than two texts or a place where text is missing.
    """
    if not left or not right:
        return 0.0
    return opinion(left, right).goes_on


def opinion(left: str, right: str) -> Opinion:
    """What the networks say of the break between two stretches of text, neither of them empty."""
    return opinions([Break("", left, right, "")])[0]


def _only_ends(evidence: Evidence) -> bool:
    """Whether all unfinished lines are headlines and the like, and certainly: most texts need no closer look."""
    lines = evidence.lines
    unfinished = [i for i, terminal in enumerate(lines.terminal[:-1]) if not terminal]
    if any(map(evidence.is_clause, unfinished)) or evidence.layout.wrapped or evidence.drop_caps:
        return False
    below = [(i, i + 1) for i in unfinished]
    return not evidence.doubtful(below + [(i, c) for i in unfinished for c in within_reach(evidence, i)])


def _spaces(evidence: Evidence, threshold: float) -> Iterator[Seam]:
    space = [
        i
        for i, newlines in enumerate(evidence.lines.newlines[1:])
        if newlines == 1 and evidence.wrapped[i] and evidence.full[i]
    ]
    if len(space) < LEAST or not any(evidence.is_word_across(i, i + 1) for i in space):
        return
    if not mostly_go_on(evidence.against_ends([(i, i + 1) for i in space])):
        return
    direct = _direct(evidence, threshold)
    reasons = ("space left over from a line end",)
    yield from (Seam(i, i + 1, Verdict.JOIN, direct[i], reasons) for i in space if direct[i] > threshold)


def _seams(evidence: Evidence, threshold: float) -> Iterator[Seam]:
    words = inline(evidence)
    around = breaks_around(words, threshold)
    certain = {i: (value, "words of the sentence on a line of their own") for i, value in around.items()}
    if threshold < DROP_CAP:
        certain |= dict.fromkeys(evidence.drop_caps, (DROP_CAP, "the first letter of the paragraph"))
    direct = _direct(evidence, threshold)
    for i, (value, _) in certain.items():
        direct[i] = max(direct[i], value)
    through = {
        a: (c, value)
        for a, (c, value) in interruptions(evidence, direct, threshold).items()
        if around.keys().isdisjoint(range(a, c))
        and not _may_be_words(evidence, words, range(a + 1, c), value)
    }
    undecided = _undecided(evidence, through) - certain.keys()
    through = {a: through[a] for a in through.keys() - undecided}
    broken_off = {
        i for i in evidence.asked if not direct[i] and i not in through and _may_be_gap(evidence, i)
    }
    evidence.senses([(i, i + 1) for i in broken_off])  # asked for all at once
    behind = -1
    # One number for a line, the right of one seam and the left of the next: a long text has very many.
    for (i, following), value in zip(pairwise(range(len(direct) + 1)), direct, strict=True):
        if i < behind:
            continue  # stands in the middle of a sentence that was completed across it
        if i in certain:
            yield Seam(i, following, Verdict.JOIN, certain[i][0], (certain[i][1],))
        elif i in through and through[i][1] + _of_layout(evidence, i) > odds(value) - AS_GOOD:
            behind, odds_farther = through[i]
            reason = "the sentence goes on behind what interrupts it"
            yield Seam(i, behind, Verdict.JOIN, probability(odds_farther), (reason,))
        elif value > threshold and i not in undecided:
            yield Seam(i, following, Verdict.JOIN, value, _reasons(evidence, i))
        elif i in broken_off:
            yield from _gap(evidence, i)


def _of_layout(evidence: Evidence, i: int) -> float:
    """What it says for a sentence that is interrupted that line `i` is full: it goes on somewhere, and the next line is none
    of its paragraph.
    """
    is_before_stray = evidence.wrapped[i] and evidence.stray[i + 1]
    return OF_LAYOUT * max(0.0, evidence.cheap[i]) if is_before_stray else 0.0


def _undecided(evidence: Evidence, through: Mapping[int, tuple[int, float]]) -> set[int]:
    """The breaks before and behind what interrupts the only sentence that is interrupted, if it fits on both sides."""
    alone = [(a, c) for a, (c, _) in through.items() if c == a + 2] if len(through) == 1 else []
    return {i for a, c in alone if fits_both(evidence, a + 1) for i in (a, c - 1)}


def _may_be_words(
    evidence: Evidence, words: Mapping[int, float], between: Iterable[int], value: float
) -> bool:
    """Whether a line in the middle of a sentence may be words of it, if `value` are the log-odds that it is none."""
    rivals = {
        x: RIVAL + BEFORE_A_MARK * evidence.lines.headless[x + 1]
        if evidence.kind(x) is Kind.TEXT or evidence.is_single_number(x)
        else 0.0
        for x in between
        if x in words
    }
    return any(words[x] >= value - margin for x, margin in rivals.items())


def _direct(evidence: Evidence, threshold: float) -> list[float]:
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


def _may_be_gap(evidence: Evidence, i: int) -> bool:
    """Whether line `i` is enough of a sentence to break off."""
    if evidence.wrapped[i] or evidence.leads_over(i):
        return False
    if evidence.is_listed(i) or evidence.is_listed(i + 1) or evidence.is_keywords(i):
        return False
    if evidence.is_end_elsewhere(i):
        return False
    if evidence.is_foreign(i) or evidence.is_foreign(i + 1):
        return False
    if evidence.kind(i) not in BREAKS_OFF or evidence.kind(i + 1) in BEGINS_ANEW:
        return False
    return evidence.is_clause(i)


def _gap(evidence: Evidence, i: int) -> Iterator[Seam]:
    """A place where text is missing: the words fit neither a sentence that goes on nor an end."""
    [sense], [against_end] = evidence.senses([(i, i + 1)]), evidence.against_ends([(i, i + 1)])
    likely = LIKELY_HEADLINE if evidence.may_be_headline(i) else LIKELY_END
    if evidence.may_be_heading(i) and against_end < likely:
        return
    neither = sense.splice > max(sense.join, sense.end) + GAP_MARGIN
    open_end = against_end > 0 and sense.end < UNFINISHED
    if neither or (open_end and not evidence.stands_alone(i, i + 1)):
        reason = "the sentence breaks off: text is missing, or stands elsewhere"
        yield Seam(i, i + 1, Verdict.GAP, round(1 - math.exp(sense.end), 3), (reason,))


def _reasons(evidence: Evidence, i: int) -> tuple[str, ...]:
    """What speaks for joining at this break, the strongest first."""
    full_at = evidence.layout.wrap[i] if evidence.wrapped[i] and evidence.full[i] else 0
    unfinished = not evidence.lines.terminal[i]
    in_one = not unfinished and evidence.stands_in_one(i, i + 1)
    return _in_words(full_at, unfinished, evidence.style[i] > 1, evidence.words_go_on(i), in_one)


@lru_cache(maxsize=1024)
def _in_words(
    full_at: int, unfinished: bool, not_set_off: bool, go_on: bool, in_one: bool
) -> tuple[str, ...]:
    """The reasons as one reads them; kept, since the thousands of breaks of a text have a handful of them."""
    words = []
    if full_at:
        words.append(f"line is full (wrapped at {full_at} columns)")
    elif unfinished:
        words.append("sentence is unfinished at the line end")
    if not_set_off:
        words.append("not set off as this text sets off paragraphs")
    if go_on:
        words.append("the words go on")
    if in_one:
        words.append("elsewhere the text says this in one")
    return tuple(words)
