"""What speaks for and against a break within a sentence: how the lines are set, what they are, what they say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from weakref import proxy

from zhclean.lines import Lines
from zhclean.lines.blocks import Kind
from zhclean.models.networks import Break
from zhclean.models.opinions import Opinion, Opinions, Pair, Sense
from zhclean.models.symbols import WINDOW
from zhclean.seams.kinds import ENDED
from zhclean.seams.roles import Roles

CERTAIN = 5.0
"""Layout, marks and style that add up to this leave the words nothing to decide."""

COST_OF_TITLE = 2.0
"""Log-odds against the sentence of what may be the headline going on."""

NEARBY = 4_000
"""Characters before and behind a break in which strings across it are looked for."""

ONE, LEAST_OF_ONE, PAGE = 8, 12, 10_000
"""Characters on either side of a break that the text must say elsewhere in one, how many there must be together, and in
how many before and behind.
"""

SURE, SURELY_FITS = 6.0, 1.0
"""Log-odds that the sentence goes on, and that nothing is missing, from which on the words leave no doubt: none of 2,860
unmarked ends of unseen news is so, but for lines of verse, and two of three breaks are. Such a break outside wrapped
stretches shows how this document was broken.
"""

WORDS = frozenset({Kind.TEXT, Kind.LIST_ITEM, Kind.BYLINE})
"""Kinds of lines that a line of a sentence may be taken for."""

_QUOTES = "“”‘’「」『』"

NEAR = NEARBY // 16
"""Lines in which the same is looked for on a line of its own."""

LEAST_QUOTED = 8
"""Characters of a line that stands between the halves of a sentence because it is quoted from the text."""

CERTAIN_END = -3.0
"""Log-odds of the networks *glance* and *ends* below which the others are not asked: that is so at .81 of the
unmarked ends of unseen news and at .005 of the breaks, of which the others would hardly have saved one."""


class Evidence(Roles):
    """The evidence at all breaks of one text; break `i` is the one behind line `i`."""

    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        # A proxy: in a cycle the evidence of a long text would stay in memory when nobody needs it any more.
        self._said = Opinions(proxy(self))

    @cached_property
    def asked(self) -> Sequence[int]:
        """Breaks whose words are asked for: those the cheap evidence leaves open."""
        return [
            i
            for i, terminal in enumerate(self.lines.terminal[:-1])
            if not terminal and not self._settled(i) and self._may_go_on(i)
        ]

    def _may_go_on(self, i: int) -> bool:
        """Whether line `i` is none that ends with its last character, or no doubt is left that it is broken."""
        return self.kind(i) not in ENDED or self.is_torn(i, i + 1) or self.surely_goes_on(i, i + 1)

    def barred(self, left: int, right: int) -> bool:
        """What the two lines are rules out that a sentence goes on, and the words do not leave no doubt that it does."""
        return super().barred(left, right) and not self.surely_goes_on(left, right)

    def _looks_like_end(self, i: int) -> bool:
        return super().barred(i, i + 1)

    def surely_goes_on(self, left: int, right: int) -> bool:
        """Whether the words leave no doubt that the sentence goes on in the next line, whatever the two look like."""
        return right == left + 1 and left in self._sure

    @cached_property
    def _sure(self) -> set[int]:
        """The lines that look as if nothing went on, and of which the words leave no doubt."""
        unlikely = [
            (i, i + 1)
            for i, terminal in enumerate(self.lines.terminal[:-1])
            if not (terminal or self._settled(i)) and self._looks_like_end(i) and self.may_be_sure(i)
        ]
        likely = self.doubtful(unlikely)
        return {i for (i, _), opinion in zip(likely, self.opinions(likely), strict=True) if is_sure(opinion)}

    def may_be_sure(self, i: int) -> bool:
        """Whether the words of line `i` and the next one may leave no doubt: only those of text.

        Not in verse behind a clause, in rows, in lines that begin alike or are set letter by letter; not above a point;
        not where the line is a date or announces what follows, nor where the next one repeats it; and not where the
        words are sure because the text says the same elsewhere.
        """
        lines, following = self.lines, self.kind(i + 1)
        if not WORDS.issuperset((self.kind(i), following)) or lines.quoted[i] != lines.quoted[i + 1]:
            return False
        if self.is_foreign(i) or self.is_foreign(i + 1) or self.is_date(i):
            return False
        if is_spaced(lines.content[i]) or is_spaced(lines.content[i + 1]):
            return False
        if self.leads_over(i) or self.is_verse(i) or self.are_rows(i):
            return False
        if following is Kind.LIST_ITEM and not lines.content[i + 1][0].isalnum():
            return False
        is_again = self.is_doubled(i, i + 1) or self.begin_alike(i, i + 1) or self.is_one_elsewhere(i, i + 1)
        return not is_again

    def _settled(self, i: int) -> bool:
        """Whether the line is full and certainly goes on in the next one, and is no heading that happens to be as wide."""
        if not (self.full[i] and self.wrapped[i] and self.cheap[i] > CERTAIN) or self.stray[i + 1]:
            return False
        if self.are_stacked(i, i + 1):
            return False
        return i > 0 and (self.full[i - 1] or self.lines.punctuated[i])

    def against_ends(self, pairs: Sequence[Pair]) -> list[float]:
        """Log-odds, from the quickest networks, that lines go on with others."""
        return self._said.against_ends(pairs)

    def senses(self, pairs: Sequence[Pair]) -> list[Sense]:
        """What *sense* says of lines as the continuation of others, asked at once."""
        return self._said.senses(pairs)

    def opinions(self, pairs: Sequence[Pair]) -> list[Opinion]:
        """What all models say of lines as the continuation of others, asked at once."""
        return self._said.of(pairs)

    def doubtful(self, pairs: Sequence[Pair]) -> list[Pair]:
        """Those of the pairs of which the quickest networks are not certain that the first line is an end: of fragments, as
        short as names, all.
        """
        if self.is_fragmented:
            return list(pairs)
        said = zip(pairs, self.against_ends(pairs), strict=True)
        return [pair for pair, value in said if value > CERTAIN_END]

    def opinion(self, left: int, right: int) -> Opinion:
        """The same of one pair."""
        return self.opinions([(left, right)])[0]

    def words_go_on(self, i: int) -> bool:
        """Whether the words of break `i` were asked for and speak for a sentence that goes on."""
        return self._said.goes_on((i, i + 1)) > 1

    def break_at(self, left: int, right: int) -> Break:
        """The break between lines `left` and `right` as the networks see it; between fragments that is all of them."""
        if self.is_fragmented and not self.wrapped[left]:
            return Break("", self.up_to(left), self.from_(right), "")
        return self.break_of(left, right, wrapped=self.wrapped[left])

    def up_to(self, i: int) -> str:
        """What ends with line `i`: as many lines as the networks see, if they are unfinished."""
        lines, text = self.lines, self.lines.content[i]
        while len(text) < WINDOW and i and not lines.terminal[i - 1] and self.kind(i - 1) is Kind.TEXT:
            i -= 1
            text = lines.content[i] + text
        return text

    def from_(self, i: int) -> str:
        """The same of what begins with line `i`."""
        lines, text = self.lines, self.lines.content[i]
        while (
            len(text) < WINDOW
            and i + 1 < len(lines)
            and not lines.terminal[i]
            and self.kind(i + 1) is Kind.TEXT
        ):
            i += 1
            text += lines.content[i]
        return text

    def is_pull_quote(self, i: int) -> bool:
        """Whether what line `i` says stands within another line near by, so that this is no part of its sentence."""
        lines, quoted = self.lines, self.lines.content[i].strip(_QUOTES)
        if len(quoted) < LEAST_QUOTED:
            return False
        low, high = self._nearby(i)
        near = lines.content[max(0, i - NEAR) : i + NEAR]
        return lines.text.count(quoted, low, high) > near.count(lines.content[i])

    def is_end_elsewhere(self, i: int) -> bool:
        """Whether what line `i` says stands near by within another line too, and a sentence ends there with it."""
        quoted = self.lines.content[i].strip(_QUOTES)
        if len(quoted) < LEAST_QUOTED:
            return False
        low, high = self._nearby(i)
        return any(self.lines.text.find(quoted + mark, low, high) >= 0 for mark in "。！？")

    def _nearby(self, i: int) -> tuple[int, int]:
        """From where to where the text is searched for what line `i` says."""
        return max(0, self.lines.start[i] - NEARBY), self.lines.end[i] + NEARBY

    def is_one_elsewhere(self, left: int, right: int) -> bool:
        """Whether the text says in one, within reach, what stands on both sides of a break that goes through a phrase."""
        tail, head = self.lines.content[left], self.lines.content[right]
        if not (tail[-1].isalnum() and head[0].isalnum()) or self._are_headline_and_lead(left, right):
            return False
        return self.stands_in_one(left, right)

    def _are_headline_and_lead(self, left: int, right: int) -> bool:
        """Whether these may be a headline and what the story begins with, which descriptions of a page say in one."""
        return self.lines.terminal[right] and self.may_be_headline(left) and not self.is_clause(left)

    def stands_in_one(self, left: int, right: int) -> bool:
        """The same of any break: verse, too, may be quoted in one."""
        tail, head = self.lines.content[left][-ONE:], self.lines.content[right][:ONE]
        if len(tail) + len(head) < LEAST_OF_ONE:
            return False
        at = self.lines.end[left]
        return self.lines.text.find(tail + head, max(0, at - PAGE), at + PAGE) >= 0

    def known(self, left: int, right: int) -> int:
        """How many strings from both sides of a break stand elsewhere in the text near by."""
        text, at = self.lines.text, self.lines.end[left]
        low, high = max(0, at - NEARBY), at + NEARBY
        before, behind = self.lines.content[left][-2:], self.lines.content[right][:2]
        if text.find(before[-1] + behind[0], low, high) < 0:
            return 0
        longer = (before + behind[0], before[-1] + behind, before + behind)
        return 1 + sum(text.find(string, low, high) >= 0 for string in longer)


def is_sure(opinion: Opinion) -> bool:
    """Whether the words leave no doubt that the sentence goes on."""
    return opinion.goes_on > SURE and opinion.fits > SURELY_FITS


def is_spaced(line: str) -> bool:
    """Whether a line is set letter by letter, which no network has seen (刑 事 判 决 书)."""
    return line[1::2].isspace()
