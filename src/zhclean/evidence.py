"""What speaks for and against a break within a sentence: what the lines are, how they are set, what they say.

Evidence is the logarithm of a likelihood ratio: how much more often it is seen where a sentence goes on than
where a text ends.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby

from zhclean.blocks import BARRIERS, OPENINGS, Kind, kind
from zhclean.characters import LEADS_OVER
from zhclean.layout import SET_BY_CLAUSES, Layout, layout_of
from zhclean.lexicon import lexicon
from zhclean.lines import Lines
from zhclean.networks import Break
from zhclean.opinions import Opinion, Opinions, Pair, against_ends
from zhclean.patterns import pattern
from zhclean.torn import is_torn

ENDED = BARRIERS | {Kind.FURNITURE, Kind.CREDIT, Kind.BYLINE}
"""What goes on in no other line."""

CREDITS = frozenset({Kind.CREDITED, Kind.CREDIT, Kind.BYLINE})
"""What tells who wrote something or took a picture."""

# Likelihood ratios, as natural logarithms; measured on the train split of hard-wrapped news.
FULL_LINE = 1.9  # .99 of the lines that go on are full, and about .15 of those that end a paragraph
SHORT_LINE = -6.0
NO_END_MARK = 3.0  # .97 of the lines that go on, .05 of the paragraphs
END_MARK = -4.4
WRAPPED = 1.1  # three of four line ends of a wrapped text are breaks
HEADLESS = 6.0  # the next line begins with ，or another mark that begins no paragraph
STYLE_LIMIT = 7.0

_SET = {
    (full, terminal): WRAPPED + (FULL_LINE if full else SHORT_LINE) + (END_MARK if terminal else NO_END_MARK)
    for full in (False, True)
    for terminal in (False, True)
}
"""What a line says of its end in a wrapped stretch, by whether it is full and ends like a sentence."""

CERTAIN = 5.0
"""Layout, marks and style that add up to this leave the words nothing to decide."""

SHORTEST_FRAGMENT = 5
"""Characters of the beginning of a paragraph; shorter ones on a line of their own are names and headings."""

LONGEST_LABEL = 10
"""Characters of a caption that stands before a heading without being anything in particular."""

ITEMS_APART = 2
"""Lines from one item of a list to the next, at most, so that neither looks like one by chance."""

LONGEST_ITEM_HEADING = 10
"""Characters of a numbered heading, with its number."""

LONGEST_CAPTION, LONGEST_CREDIT = 40, 20
"""Characters of a line that the credit below it makes a caption, and of that credit."""

LONGEST_OVERLAP = 60
"""Characters that may stand at the end of one line and, once more, at the beginning of the next."""

COPY = 12
"""Characters two lines must have in common to be copies of each other."""

FEW_LINES, MOSTLY_BROKEN = 9, 0.5
"""Full lines that leave no doubt of a wrap; and the share of the breaks at which the words go on, if they are fewer:
they do so at more in 550 of 552 such stretches of stories that were really wrapped.
"""

COST_OF_TITLE = 2.0
"""Log-odds against the sentence of what may be the headline going on."""

SHORT_COLUMNS, RAGGED_RUN = 32, 5
"""How short lines are, and how many there are in a row, that stand alone: verse, names, tables."""

MOST_NEWLINES = 3
"""Line ends told apart: none, one or several blank lines."""

CERTAIN_END = -2.5
"""Log-odds of the networks *glance* and *ends* below which the others are not asked: that is so at .81 of the
unmarked ends of unseen news and at .005 of the breaks, of which the others would hardly have saved one."""

NEARBY = 4_000
"""Characters before and behind a break in which strings across it are looked for."""

_CLAUSE = pattern("[，。；！？]|.{40}", re.DOTALL)
"""What a line must have to be called cut off: others are headings more often than not."""

_CLAUSE_ENDS = tuple("，、；,;")
LEAST_CLAUSES = 4
"""Lines that end with a clause from which on a text may be set that way."""

_FIELD = pattern("[^，。；！？：:“”]{2,6}[：:]")

_DATE = pattern("[0-9０-９〇○零一二三四五六七八九十年月日时分上下午晚至.．:：/—-]{1,16}")
"""A line that is nothing but a date, a time or a number."""


class Evidence:
    """The evidence at all breaks of one text; break `i` is the one behind line `i`.

    Everything is computed when it is first asked for: most texts need little of it.
    """

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self._kinds: list[Kind | None] = [None] * len(lines)
        self._said = Opinions(self.break_at, self.known)

    def kind(self, i: int) -> Kind:
        """What line `i` is."""
        known = self._kinds[i]
        if known is None:
            known = self._kinds[i] = kind(self.lines.content[i])
        return known

    # --- how the lines are set ------------------------------------------------------------------------

    @cached_property
    def layout(self) -> Layout:
        """Which lines are full, in which stretches.

        Of a few lines that are as wide as each other the words must say that they are a wrap: cells, entries and
        headings are so by chance.
        """
        found = layout_of(self.lines)
        wrap, full = [*found.wrap], [*found.full]
        for start, end in _stretches(found.wrap):
            broken = [i for i in range(start, min(end, len(wrap) - 1)) if full[i] and not self.lines.terminal[i]]
            if len(broken) < FEW_LINES and not self._mostly_go_on(broken):
                wrap[start:end] = [0] * (end - start)
                full[start:end] = [False] * (end - start)
        return Layout(wrap, full)

    def _mostly_go_on(self, breaks: Sequence[int]) -> bool:
        """Whether the words go on at most of some breaks of a stretch that may be wrapped."""
        said = against_ends([self._break(i, i + 1, wrapped=True) for i in breaks])
        return sum(value > 0 for value in said) >= MOSTLY_BROKEN * len(breaks)

    @cached_property
    def wrapped(self) -> Sequence[bool]:
        """Of each break: whether it stands in a stretch that looks hard-wrapped."""
        return [wrap > 0 for wrap in self.layout.wrap[:-1]]

    @cached_property
    def full(self) -> Sequence[bool]:
        """Lines with no room left, those included whose indent was cut off with the paragraph's others."""
        layout = self.layout
        if not layout.wrapped:
            return layout.full
        before = zip([True, *self.lines.terminal], [False, *layout.full], strict=True)
        follows_end = [ended and not full for ended, full in before]
        reaching = sum(first and full for first, full in zip(follows_end, layout.full, strict=False))
        for indent in (4, 2):
            near = [
                wrap > 0 and abs(wrap - width - indent) <= 1
                for wrap, width in zip(layout.wrap, self.lines.width, strict=True)
            ]
            if sum(map(_both, near, follows_end)) > 2 * reaching + 1:
                short_before = [True, *(not full for full in layout.full)]
                return list(map(_either, layout.full, map(_both, near, short_before)))
        return layout.full

    @cached_property
    def style(self) -> Sequence[float]:
        """Of each break: how much its blank lines and indent look like those within paragraphs."""
        lines, layout = self.lines, self.layout
        within, end = [], []
        for i, terminal in enumerate(lines.terminal[:-1]):
            within.append(not terminal and self.full[i] and layout.wrap[i] > 0)
            end.append(terminal and not self.full[i])
        newlines = [min(n, MOST_NEWLINES) for n in lines.newlines[1:]]
        indents = lines.indent[1:]
        blank = _ratio(newlines, within, end, usual=1)
        usual = _most_frequent(i for i, inside in zip(indents, within, strict=True) if inside)
        indented = _ratio(indents, within, end, usual)
        ways = list(zip(newlines, indents, strict=True))
        told = {(n, i): max(-STYLE_LIMIT, min(blank[n] + indented[i], STYLE_LIMIT)) for n, i in set(ways)}
        return [told[way] for way in ways]

    @cached_property
    def begun(self) -> Sequence[float]:
        """Of each break: style, and whether the next line begins with a mark no paragraph begins with."""
        headless = self.lines.headless[1:]
        return [style + HEADLESS if mark else style for style, mark in zip(self.style, headless, strict=True)]

    @cached_property
    def cheap(self) -> Sequence[float]:
        """All evidence but the words; outside wrapped stretches that is `begun` alone."""
        ways = list(zip(self.begun, self.wrapped, self.full, self.lines.terminal, strict=False))
        told = {
            (begun, wrapped, full, terminal): begun + _SET[full, terminal] if wrapped else begun
            for begun, wrapped, full, terminal in set(ways)
        }
        return [told[way] for way in ways]

    # --- what the lines are ---------------------------------------------------------------------------

    def barred(self, left: int, right: int) -> bool:
        """What the two lines are rules out that a sentence goes on."""
        a, b = self.kind(left), self.kind(right)
        if a not in BARRIERS and b not in BARRIERS and self.is_torn(left, right):
            return False
        if a in ENDED or b in BARRIERS or (b in OPENINGS and not self._may_look_so(right)):
            return True
        if self.is_doubled(left, right) or self._are_fields(left, right):
            return True
        if self.wrapped[left] or self.lines.headless[right]:
            return False
        if self.stands_alone(left) or self.is_scrap(right) or self.is_label(right):
            return not self.is_word_across(left, right)
        return False

    def is_stray(self, i: int) -> bool:
        """Whether line `i`, behind one of a wrapped stretch, may be none of its lines: it is something that begins
        anew, or it is short and yet does not end its paragraph.
        """
        if self.kind(i) in OPENINGS or self.kind(i) is Kind.CREDITED:
            return True
        return not (self.full[i] or self.lines.terminal[i]) and i + 1 < len(self.lines)

    def _may_look_so(self, i: int) -> bool:
        """Whether line `i` fills its line in a wrapped stretch, so that it may begin like an item or a byline by chance."""
        begins = self.lines.content[i][0]
        if not (self.wrapped[i - 1] and self.full[i - 1] and self.full[i] and (begins.isalnum() or begins in "（(")):
            return False
        near = range(max(0, i - ITEMS_APART), min(i + ITEMS_APART + 1, len(self.lines)))
        return not any(j != i and self.kind(j) is Kind.LIST_ITEM for j in near)

    def is_torn(self, left: int, right: int) -> bool:
        """Whether a number or a title goes across the break between the two lines."""
        return is_torn(self.lines.content[left], self.lines.content[right])

    def _are_fields(self, left: int, right: int) -> bool:
        """Whether both lines are fields of a form, each with its name in front (主办：… 承办：…)."""
        content = self.lines.content
        return not self.is_clause(left) and all(_FIELD.match(content[i]) for i in (left, right))

    def _is_item_heading(self, i: int) -> bool:
        """Whether line `i` is a heading with a number: as short as one, and without a clause."""
        short = len(self.lines.content[i]) <= LONGEST_ITEM_HEADING
        return short and self.kind(i) is Kind.LIST_ITEM and not self.is_clause(i)

    def is_doubled(self, left: int, right: int) -> bool:
        """Whether the right line begins with what the left one ends with: no sentence goes on like that."""
        tail, head = self.lines.content[left][-LONGEST_OVERLAP:], self.lines.content[right][:LONGEST_OVERLAP]
        at = tail.find(head[:2])
        while at >= 0:
            if len(tail) - at >= 2 and head.startswith(tail[at:]) and not tail[at:].isascii():
                return True
            at = tail.find(head[:2], at + 1)
        return False

    def stands_alone(self, left: int) -> bool:
        """Whether this unfinished line is no fragment: leads over, is a name, a clause, a line of verse or of a list."""
        content = self.lines.content[left]
        if self.leads_over(left) or self.ragged[left] or _DATE.fullmatch(content):
            return True
        if content.endswith(_CLAUSE_ENDS) and self.is_set_by_clauses:
            return True
        if self.is_cut_off_copy(content) or self._is_item_heading(left):
            return True
        return self.is_scrap(left)

    def leads_over(self, i: int) -> bool:
        """Whether line `i` announces what follows."""
        return self.lines.content[i].endswith(LEADS_OVER)

    def leads_to_stray(self, i: int) -> bool:
        """Whether line `i` of a wrapped stretch announces the next one, which is none of its lines."""
        return self.wrapped[i] and self.leads_over(i) and self.is_stray(i + 1)

    def may_be_title(self, i: int) -> bool:
        """Whether line `i` is the first one and has nothing in it that a headline has not."""
        return i == 0 and not self.is_clause(i)

    def is_clause(self, i: int) -> bool:
        """Whether line `i` is enough of a sentence to be called cut off."""
        return _CLAUSE.search(self.lines.content[i]) is not None

    @cached_property
    def is_set_by_clauses(self) -> bool:
        """Whether somebody began a new line behind most clauses, as posts for telephones are set."""
        unfinished = [
            content
            for content, terminal, wrapped in zip(
                self.lines.content, self.lines.terminal, self.wrapped, strict=False
            )
            if not terminal and not wrapped
        ]
        clauses = sum(content.endswith(_CLAUSE_ENDS) for content in unfinished)
        return clauses >= max(LEAST_CLAUSES, SET_BY_CLAUSES * len(unfinished))

    def is_scrap(self, i: int) -> bool:
        """Whether a line is too short for a fragment of a sentence: a name, a rubric."""
        return len(self.lines.content[i]) < SHORTEST_FRAGMENT and not self.lines.terminal[i]

    def is_label(self, i: int) -> bool:
        """Whether a short line without an end stands before a barrier: the end of a paragraph would have one."""
        lines = self.lines
        if lines.terminal[i] or len(lines.content[i]) > LONGEST_LABEL or i + 1 == len(lines):
            return False
        return self.kind(i + 1) in BARRIERS

    def is_caption(self, i: int) -> bool:
        """Whether nothing but a credit stands below this short line: that tells who took the picture."""
        lines = self.lines
        if i + 1 == len(lines) or len(lines.content[i]) > LONGEST_CAPTION:
            return False
        credit = lines.content[i + 1]
        return len(credit) <= LONGEST_CREDIT and self.kind(i + 1) in CREDITS and "摄" in credit

    def is_cut_off_copy(self, content: str) -> bool:
        """Whether another line begins like this one and goes on: that is the copy to keep."""
        if len(content) < COPY:
            return False
        at = bisect_right(self._sorted, content)
        return at < len(self._sorted) and self._sorted[at].startswith(content)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted({content for content in self.lines.content if len(content) > COPY})

    @cached_property
    def ragged(self) -> Sequence[bool]:
        """Lines in a run of short ones that no common width explains: verse, lists of names, tables."""
        lines = self.lines
        short = [
            width <= SHORT_COLUMNS and not wrap and self.kind(i) is Kind.TEXT
            for i, (width, wrap) in enumerate(zip(lines.width, self.layout.wrap, strict=True))
        ]
        open_ended = [flag and not ended for flag, ended in zip(short, lines.terminal, strict=True)]
        return list(map(_either, _long_runs(short, RAGGED_RUN + 1), _long_runs(open_ended, RAGGED_RUN)))

    # --- what the words say ---------------------------------------------------------------------------

    @cached_property
    def asked(self) -> Sequence[int]:
        """Breaks whose words are asked for: those the cheap evidence leaves open."""
        return [
            i
            for i, terminal in enumerate(self.lines.terminal[:-1])
            if not terminal and not self._settled(i) and (self.kind(i) not in ENDED or self.is_torn(i, i + 1))
        ]

    def _settled(self, i: int) -> bool:
        """Whether the line is full and certainly goes on in the next one, and is no heading that happens to be as wide."""
        if not (self.full[i] and self.wrapped[i] and self.cheap[i] > CERTAIN) or self.is_stray(i + 1):
            return False
        return bool(i and self.full[i - 1]) or self.lines.punctuated[i]

    def against_ends(self, pairs: Sequence[Pair]) -> list[float]:
        """Log-odds, from the quickest networks, that lines go on with others."""
        return self._said.against_ends(pairs)

    def opinions(self, pairs: Sequence[Pair]) -> list[Opinion]:
        """What all models say of lines as the continuation of others, asked at once."""
        return self._said.of(pairs)

    def doubtful(self, pairs: Sequence[Pair]) -> list[Pair]:
        """Those of the pairs of which the quickest networks are not certain that the first line is an end."""
        said = zip(pairs, self.against_ends(pairs), strict=True)
        return [pair for pair, value in said if value > CERTAIN_END]

    def opinion(self, left: int, right: int) -> Opinion:
        """The same of one pair."""
        return self.opinions([(left, right)])[0]

    def is_word_across(self, left: int, right: int) -> bool:
        """Whether a word goes across the break between the two lines: so it does at half of the breaks within a
        sentence, and at three in a thousand ends.
        """
        return lexicon().is_word_across(self.lines.content[left], self.lines.content[right])

    def words_go_on(self, i: int) -> bool:
        """Whether the words of break `i` were asked for and speak for a sentence that goes on."""
        return self._said.goes_on((i, i + 1)) > 1

    def break_at(self, left: int, right: int) -> Break:
        """The break between lines `left` and `right` as the networks see it."""
        return self._break(left, right, wrapped=self.wrapped[left])

    def _break(self, left: int, right: int, *, wrapped: bool) -> Break:
        content = self.lines.content
        before = content[left - 1] if left else ""
        behind = content[right + 1] if right + 1 < len(content) else ""
        return Break(before, content[left], content[right], behind, wrapped)

    def known(self, left: int, right: int) -> int:
        """How many strings from both sides of a break stand elsewhere in the text near by."""
        text, at = self.lines.text, self.lines.end[left]
        low, high = max(0, at - NEARBY), at + NEARBY
        before, behind = self.lines.content[left][-2:], self.lines.content[right][:2]
        if text.find(before[-1] + behind[0], low, high) < 0:
            return 0
        longer = (before + behind[0], before[-1] + behind, before + behind)
        return 1 + sum(text.find(string, low, high) >= 0 for string in longer)


def _stretches(wrap: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where each run of wrapped lines begins, and where the next line stands that is not wrapped."""
    at = 0
    for wrapped, run in groupby(wrap, bool):
        start, at = at, at + len(list(run))
        if wrapped:
            yield start, at


def _both(a: bool, b: bool) -> bool:
    return a and b


def _either(a: bool, b: bool) -> bool:
    return a or b


def _long_runs(flags: Iterable[bool], least: int) -> list[bool]:
    """Which flags stand in a row of at least `least`."""
    result: list[bool] = []
    for flag, run in groupby(flags):
        length = len(list(run))
        result += [flag and length >= least] * length
    return result


def _most_frequent(values: Iterable[int]) -> int:
    """The most frequent value, the least of several; 0 of none."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value), default=0)


def _ratio(
    values: Sequence[int], within: Sequence[bool], end: Sequence[bool], usual: int
) -> dict[int, float]:
    """Log ratio of how often each value is seen within paragraphs and at their ends, in this document."""
    kinds = set(values)
    if len(kinds) < 2:
        return dict.fromkeys(kinds, 0.0)
    seen_within = Counter(value for value, flag in zip(values, within, strict=True) if flag)
    seen_end = Counter(value for value, flag in zip(values, end, strict=True) if flag)
    all_within, all_end = sum(within), sum(end)

    def ratio(value: int) -> float:
        q = (seen_end[value] + 1 / len(kinds)) / (all_end + 1)
        # Beforehand a break may as well look like a paragraph end as like a plain line end.
        prior = ((value == usual) + q) / 2
        return math.log((seen_within[value] + prior) / (all_within + 1)) - math.log(q)

    return {value: ratio(value) for value in kinds}
