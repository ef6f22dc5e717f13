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

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from zhclean.lines import Lines
from zhclean.lines.blocks import Kind
from zhclean.lines.edges import LEAST
from zhclean.models.odds import odds, probability
from zhclean.models.threads import one_thread
from zhclean.seams.candidates import within_reach
from zhclean.seams.direct import probabilities
from zhclean.seams.evidence import Evidence
from zhclean.seams.gaps import gap, may_be_gap
from zhclean.seams.inline import BEFORE_A_MARK, RIVAL, breaks_around, fits_both, inline
from zhclean.seams.interruptions import interruptions
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


AS_GOOD = 3.0
"""Log-odds by which the next line may fit better than one behind an intruder and yet not be preferred."""

OF_LAYOUT = 0.5
"""Share of the log-odds of the layout that counts for what stands behind an intruder in a wrapped text: with all of it
captions are told apart better still, and one in two thousand breaks before the number of a page is lost.
"""

DROP_CAP = 0.95
"""Probability that a single letter above a paragraph is its first: as a heading hardly one stands there that makes a
word with what follows.
"""


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
    direct = probabilities(evidence, threshold)
    reasons = ("space left over from a line end",)
    yield from (Seam(i, i + 1, Verdict.JOIN, direct[i], reasons) for i in space if direct[i] > threshold)


def _seams(evidence: Evidence, threshold: float) -> Iterator[Seam]:
    words = inline(evidence)
    around = breaks_around(words, threshold)
    certain = {i: (value, "words of the sentence on a line of their own") for i, value in around.items()}
    if threshold < DROP_CAP:
        certain |= dict.fromkeys(evidence.drop_caps, (DROP_CAP, "the first letter of the paragraph"))
    direct = probabilities(evidence, threshold)
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
    broken_off = {i for i in evidence.asked if not direct[i] and i not in through and may_be_gap(evidence, i)}
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
        elif i in broken_off and (missing := gap(evidence, i)):
            reason = "the sentence breaks off: text is missing, or stands elsewhere"
            yield Seam(i, following, Verdict.GAP, missing, (reason,))


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
