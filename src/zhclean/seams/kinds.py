"""What each line is, as it says itself and as the lines beside it tell; numbers, names and clauses.

What a line is by itself is told by `zhclean.lines.blocks`.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from operator import and_

from zhclean.characters import HAN_NUMERALS, LEADS_OVER, SURNAMES
from zhclean.lines import Lines
from zhclean.lines.below import below
from zhclean.lines.blocks import BARRIERS, OPENINGS, Kind, ends_with_credit, kind
from zhclean.lines.page_ends import running_heads
from zhclean.lines.rows import are_cells, has_gaps
from zhclean.lines.side_by_side import side_by_side
from zhclean.lines.terms import COUNTED, LONGEST_PAGE, is_number
from zhclean.lines.torn import begins_date, is_torn
from zhclean.models.lexicon import lexicon
from zhclean.patterns import pattern
from zhclean.seams.setting import Setting

ENDED = BARRIERS | {Kind.FURNITURE, Kind.CREDIT, Kind.BYLINE, Kind.CLOSING, Kind.BELOW}
"""What goes on in no other line."""

_MAY_BE_HEAD = frozenset({Kind.TEXT, Kind.LIST_ITEM})
"""What a running head looks like by itself."""

SHORTEST_FRAGMENT = 10
"""Columns of the beginning of a paragraph; shorter ones on a line of their own are names and headings."""

ITEMS_APART = 2
"""Lines from one item of a list to the next, at most, so that neither looks like one by chance."""

LENGTHS_OF_NAMES = range(2, 4)
"""Characters of a name."""

_CLAUSE, LEAST_OF_CLAUSE = pattern("[，。；！？]"), 40
"""A mark that a line must have to be called cut off, or characters that it must have: others are headings more often than
not.
"""

_MINUTES = pattern("[:：][0-5][0-9](?![0-9])")
_INDEX = pattern("[A-Za-z][0-9]")
"""A letter at the end of a line, and the one digit that is the next line."""

_LATIN = pattern("[A-Za-z]")

_NUMERALS = HAN_NUMERALS | frozenset("万萬亿億")
"""How a line ends that is a number itself, so that the next one is none of it."""

LESS_FREQUENT, LONG = 0.25, 3
"""How much less frequent, as the lexicon has it, a word may be that a number tears than what it would count, and characters
of a word that may be rare: so stand five of a thousand numbers in sentences, and two of five places torn before such a
character.
"""

_AND_MORE, _ROUND = "多余餘", ("0", "０")
"""What stands behind a round number only: 20 多名, never 24 多名."""

LEAST_BROKEN = 4
"""Full and unfinished lines from which on a text is wrapped, whatever stands above them."""


class Kinds(Setting):
    """What the lines of one text are."""

    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self._kinds: list[Kind | None] = [None] * len(lines)

    def kind(self, i: int) -> Kind:
        """What line `i` is."""
        known = self._kinds[i]
        if known is None:
            known = kind(self.lines.content[i])
            if i in self._side_by_side or i in self._rows_of_cells:
                known = Kind.TABLE
            elif known in _MAY_BE_HEAD and i in self._running_heads:
                known = Kind.FURNITURE
            elif known is Kind.TEXT and i in self._below:
                known = Kind.BELOW
            elif known is Kind.TEXT and self._begins_caption(i):
                known = Kind.CAPTION
            self._kinds[i] = known
        return known

    def _begins_caption(self, i: int) -> bool:
        """Whether line `i` and the one below, which ends with who took the picture, are set off by blank lines: a caption of two lines."""
        newlines, credited = self.lines.newlines, i + 1
        if self.lines.terminal[i] or credited == len(self.lines) or newlines[i] < 2 or newlines[credited] > 1:
            return False
        if kind(self.lines.content[credited]) is not Kind.CREDITED:
            return False
        return credited + 1 == len(self.lines) or newlines[credited + 1] > 1

    @cached_property
    def _running_heads(self) -> set[int]:
        """The lines that belong to the page and not to the text, as what stands beside them tells."""
        return running_heads(self.lines, self.breaks_off, self.is_word_across, self.is_counted)

    @cached_property
    def _side_by_side(self) -> set[int]:
        """The lines of which each column goes on by itself."""
        return side_by_side(self.lines, lambda i: kind(self.lines.content[i]) is Kind.TEXT)

    @cached_property
    def _rows_of_cells(self) -> set[int]:
        """The lines that wide blanks part into cells, as they do the one before or behind, however full they may be."""
        if not has_gaps(self.lines.text):
            return set()
        in_cells = [are_cells(content) for content in self.lines.content]
        pairs = (i for i, both in enumerate(map(and_, in_cells, in_cells[1:])) if both)
        return {line for i in pairs for line in (i, i + 1)}

    @cached_property
    def _below(self) -> set[int]:
        """The lines below a rubric such as 相关阅读 or 网友评论; full lines of a wrapped text are none."""
        found = below(self.lines.content, self.lines.terminal)
        if not found or not self._is_wrapped:
            return found
        return {i for i in found if not (self.full[i - 1] or self.full[i])}

    @property
    def _is_wrapped(self) -> bool:
        """Whether too many lines are full and unfinished to be so by chance."""
        broken = zip(self.full, self.lines.terminal, strict=True)
        return sum(full and not terminal for full, terminal in broken) >= LEAST_BROKEN

    def barred_by_kind(self, left: int, right: int) -> bool:
        """The same, by the kinds of the lines alone."""
        a, b, quoted = self.kind(left), self.kind(right), self.lines.quoted
        if a in BARRIERS or b in BARRIERS or quoted[left] != quoted[right]:
            return True
        opens = b in OPENINGS and not self.may_look_so(left, right)
        return (opens or a in ENDED or self.is_whole_caption(left)) and not self.is_torn(left, right)

    def may_look_so(self, left: int, i: int) -> bool:
        """Whether line `i` may begin like an item or a byline by chance: in an enumeration, or if it fills its line in
        a wrapped stretch.
        """
        if self.kind(i) in (Kind.BELOW, Kind.CAPTION):
            return False
        if self.kind(i) is Kind.LIST_ITEM and self.lines.content[left].endswith("、"):
            return True
        begins = self.lines.content[i][0]
        if not (
            self.wrapped[i - 1]
            and self.full[i - 1]
            and self.full[i]
            and (begins.isalnum() or begins in "（(")
        ):
            return False
        near = range(max(0, i - ITEMS_APART), min(i + ITEMS_APART + 1, len(self.lines)))
        return not any(j != i and self.kind(j) is Kind.LIST_ITEM for j in near)

    def is_whole_caption(self, i: int) -> bool:
        """Whether line `i` is a caption from its beginning to its credit, however full it may be in a wrapped stretch."""
        return self.kind(i) is Kind.CAPTION and ends_with_credit(self.lines.content[i])

    def is_torn(self, left: int, right: int) -> bool:
        """Whether a number or a title goes across the break between the two lines, or the date that a sentence begins with."""
        content = self.lines.content
        if is_torn(content[left], content[right]):
            return True
        begins = left == 0 or (self.lines.terminal[left - 1] and self.lines.newlines[right] == 1)
        return begins and begins_date(content[left], content[right])

    def do_digits_meet(self, left: int, right: int) -> bool:
        """Whether the left line ends with a digit and the right one begins with one."""
        return self.lines.content[left][-1].isdecimal() and self.lines.content[right][0].isdecimal()

    def is_number(self, i: int) -> bool:
        """Whether line `i` is a number and nothing else."""
        return is_number(self.lines.content[i])

    def is_counted(self, i: int) -> bool:
        """Whether line `i` is a number and the next line begins with what it counts, with a mark or with minutes, and it tears
        no word; or it is a digit set lower or higher than the letter before it (CO₂, km²).
        """
        before, number, following = self.lines.content[i - 1 : i + 2]
        if _INDEX.fullmatch(before[-1] + number):
            return True
        if before[-1] in _NUMERALS or not self.is_number(i):
            return False
        if following[0] in _AND_MORE and not number.endswith(_ROUND):
            return False
        counts = following[0] in COUNTED and not _is_torn_by_number(before, following)
        return counts or _MINUTES.match(following) is not None

    def is_numbered_page(self, i: int) -> bool:
        """Whether line `i` is a number in whose sequence other lines are numbered, as pages are."""
        return i in self._pages

    def is_single_number(self, i: int) -> bool:
        """Whether no other line but line `i` is nothing but a number."""
        return len(self.numbers) == 1 and i in self.numbers

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The lines that are nothing but a number, with it."""
        content = self.lines.content
        return {
            i: int(line) for i, line in enumerate(content) if len(line) <= LONGEST_PAGE and line.isdecimal()
        }

    @cached_property
    def _pages(self) -> set[int]:
        """Those of these lines behind which the next number comes, or before which the one before stands."""
        following = [(i, j) for (i, m), (j, n) in pairwise(self.numbers.items()) if n == m + 1]
        return {i for pair in following if not all(map(self._counts_what_follows, pair)) for i in pair}

    def _counts_what_follows(self, i: int) -> bool:
        """Whether line `i`, a number, stands in a sentence with what it counts, and tears no word of it."""
        if not 0 < i < len(self.lines) - 1:
            return False
        return self.is_counted(i) and not self.is_word_across(i - 1, i + 1)

    def is_name(self, i: int) -> bool:
        """Whether line `i` may be somebody's name."""
        content = self.lines.content[i]
        return len(content) in LENGTHS_OF_NAMES and content[0] in SURNAMES

    def is_word_across(self, left: int, right: int) -> bool:
        """Whether a word goes across the break between the two lines: so it does at half of the breaks within a
        sentence, and at three in a thousand ends.
        """
        return lexicon().is_word_across(self.lines.content[left], self.lines.content[right])

    def leads_over(self, i: int) -> bool:
        """Whether line `i` announces what follows."""
        return self.lines.content[i].endswith(LEADS_OVER)

    def is_clause(self, i: int) -> bool:
        """Whether line `i` is enough of a sentence to be called cut off."""
        return has_clause(self.lines.content[i])

    def is_foreign(self, i: int) -> bool:
        """Whether line `i` has Latin letters and nothing Chinese in it."""
        content = self.lines.content[i]
        return content.isascii() and _LATIN.search(content) is not None

    def is_scrap(self, i: int) -> bool:
        """Whether a line is too short for a fragment of a sentence: a name, a rubric."""
        return self.lines.width_of(i) < SHORTEST_FRAGMENT and not self.lines.terminal[i]


def _is_torn_by_number(left: str, right: str) -> bool:
    """Whether a word goes across from line to line that is long, or about as frequent as what a number might count."""
    known = lexicon()
    counted = known.folded(right[0])
    torn = known.best_word(left, "", right)
    is_frequent = torn > known.words(counted).get(counted, 1.0) - LESS_FREQUENT
    return torn > 0 and (is_frequent or known.best_word(left, "", right, LONG) > 0)


def has_clause(content: str) -> bool:
    return len(content) >= LEAST_OF_CLAUSE or _CLAUSE.search(content) is not None
