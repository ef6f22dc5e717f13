"""What the lines of a text are to each other: fragments of sentences, strays, verse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import groupby

from zhclean.characters import BRACKETS, ENCLOSING
from zhclean.lines.blocks import OPENINGS, Kind
from zhclean.lines.edges import HANGING, SLACK
from zhclean.lines.layout import SET_BY_CLAUSES
from zhclean.lines.published import begins_with_day, is_date
from zhclean.lines.rows import are_parallel, is_field
from zhclean.lines.terms import PageName, page_name
from zhclean.seams.kinds import has_clause
from zhclean.seams.said_again import LONGEST_LINK, SaidAgain

NOT_SET_OFF = 1.0
"""Log-odds of style from which on a line is surely not set off as this text sets off its paragraphs."""

SHORT_OF_WRAP = 3
"""How often a line of verse or of a list would have room in one of the wrapped stretch that it stands in."""

LONGEST_PIECE, LEAST_PIECES, RARELY = 16, 3, 16
"""Characters of a piece of a sentence, how many there are before marks in a text in fragments, and how many unfinished
lines to each, at most.
"""

LONGEST_ENCLOSED = 6
"""Characters from an opening bracket to the end of its line, and of a name in these brackets below (（记者…）)."""

SHORT_COLUMNS, RAGGED_RUN = 32, 5
"""How short lines are, and how many there are in a row, that stand alone: verse, names, tables."""

LONGEST_PHRASE, VERSE = 10, 3
"""Characters of a line of verse with its mark, and such lines in a row that are verse."""

_ADVERTISEMENT = ("广告", "廣告")
"""What stands above one, and more often than in a sentence that speaks of it."""

_LATIN_ENDS = frozenset(".?!,;:")
"""How a line ends that is a part of an English sentence, and no name and no command."""

_CLAUSE_ENDS = tuple("，、；,;")
_PHRASE_ENDS = (*_CLAUSE_ENDS, ".")
"""The marks of clauses, and of lines of verse: those of a typewriter as well."""

LEAST_CLAUSES = 4
"""Lines that end with a clause from which on a text may be set that way."""
SEVERAL, FEWER = 2, 3
"""Commas in a line that is not set that way, and how much fewer such lines there are."""


class Roles(SaidAgain):
    """The roles of the lines of one text."""

    def barred(self, left: int, right: int) -> bool:
        """What the two lines are rules out that a sentence goes on."""
        return self.barred_by_kind(left, right) or (
            self._look_apart(left, right) and not self.is_torn(left, right)
        )

    @cached_property
    def is_fragmented(self) -> bool:
        """Whether sentences are cut at each link and each word in bold, as `get_text` leaves them: behind unfinished lines
        stand short ones behind which a mark follows on a line of its own, as in no article, list or poem.
        """
        pieces = sum(map(self._is_piece, range(1, len(self.lines) - 1)))
        return pieces >= max(LEAST_PIECES, self.lines.terminal.count(False) / RARELY)

    def _is_piece(self, i: int) -> bool:
        lines = self.lines
        if not lines.headless[i + 1] or lines.terminal[i - 1] or lines.terminal[i]:
            return False
        short = len(lines.content[i]) <= LONGEST_PIECE
        return short and not (self.wrapped[i] or self.leads_over(i - 1)) and self.kind(i) is Kind.TEXT

    def is_spoken_of(self, i: int) -> bool:
        """Whether line `i` looks like the head or the foot of a page, and may as well be a word of the sentence around it:
        nothing tells that lines of its form are of pages.
        """
        if self.kind(i) is not Kind.FURNITURE or not i or self.wrapped[i - 1]:
            return False
        name = page_name(self.lines.content[i])
        if name is None or (name.form in _ADVERTISEMENT and not self._may_speak_of_it(i)):
            return False
        return name.form not in self._forms_of_pages

    def _may_speak_of_it(self, i: int) -> bool:
        """Whether a sentence that speaks of advertisements goes on behind line `i` with a mark, as no column ends before one."""
        return self.is_fragmented or (self.lines.headless[i + 1] and min(self.lines.newlines[i : i + 2]) == 1)

    @cached_property
    def _forms_of_pages(self) -> set[str]:
        """The forms of such lines of which one tears a word, a number or a title, or that are numbered on."""
        found, seen = set[str](), set[PageName]()
        for i in range(1, len(self.lines) - 1):
            name = page_name(self.lines.content[i])
            if name is None:
                continue
            goes_on = name.number is not None and (name.form, name.number - 1) in seen
            if goes_on or self.is_word_across(i - 1, i + 1) or self.is_torn(i - 1, i + 1):
                found.add(name.form)
            seen.add(name)
        return found

    def may_be_piece(self, i: int) -> bool:
        """Whether line `i` of a text in fragments looks like the number of a page, and is as short as words are (C919, -2)."""
        short = self.is_fragmented and self.kind(i) is Kind.FURNITURE and self.is_scrap(i)
        return short and not self.is_numbered_page(i)

    def _look_apart(self, left: int, right: int) -> bool:
        """Whether the two lines look like an end and a beginning, or like what stands in a list or a table."""
        if (
            self.is_doubled(left, right)
            or self.are_fields(left, right)
            or self._are_numbers_apart(left, right)
            or self._are_foreign(left, right)
            or self._are_keywords_apart(left, right)
            or self.are_bulleted(left, right)
        ):
            return True
        if self.is_fragmented and not self.wrapped[left]:
            content = self.lines.content
            return self.leads_over(left) or (
                not self.is_clause(left) and are_parallel(content[left], content[right])
            )
        if self._is_said_elsewhere(left, right) or self._is_numbered_heading(left):
            return True
        if self.lines.headless[right] or self.lines.is_open(left) or (self.wrapped[left] and self.full[left]):
            return False
        rows = self.is_listed(left) or self.is_listed(right)
        if self.wrapped[left] and not (rows and 2 * self.lines.width_of(left) <= self.layout.wrap[left]):
            return (rows or self._are_short(left, right)) and not self.is_word_across(left, right)
        if rows:
            return True
        apart = (
            (left > 0 and self._are_phrases(left, right))
            or (self.begin_alike(left, right) and not self.lines.terminal[right])
            or self.is_complete(left, right)
            or (self.is_scrap(left) and not self._may_be_beginning(left, right))
            or self.is_scrap(right)
            or self.is_label(right)
        )
        return apart and not self.is_word_across(left, right)

    @cached_property
    def stray(self) -> Sequence[bool]:
        """Of each line, if it stands behind one of a wrapped stretch, whether it may be none of its lines: it is
        something that begins anew, or it is short and yet does not end its paragraph.
        """
        return [not headless and self._is_stray(i) for i, headless in enumerate(self.lines.headless)]

    def _is_stray(self, i: int) -> bool:
        lines, what = self.lines, self.kind(i)
        if what is not Kind.TEXT and (what in OPENINGS or what is Kind.CREDITED):
            return not (what is Kind.BYLINE and self.may_look_so(i - 1, i) and self._is_of_sentence(i))
        if not self.layout.wrap[i]:
            return True
        if self.full[i] or i + 1 == len(lines):
            return False
        if lines.terminal[i]:  # the end of a paragraph, behind which the next one would be set off
            return self.begun[i] > NOT_SET_OFF and self.kind(i + 1) is Kind.TEXT
        return lines.terminal[i + 1] or not self._is_narrower_line(i)

    def _is_of_sentence(self, i: int) -> bool:
        """Whether line `i`, which looks like a byline, is not set in words: 记者 林小满 通讯员 王大山."""
        return max(map(len, self.lines.content[i].split())) > LONGEST_LINK

    def _is_narrower_line(self, i: int) -> bool:
        """Whether the text may go on in narrower lines, of which this is one but the last."""
        if self.kind(i + 1) is not Kind.TEXT or not self._is_as_wide(i + 1, i):
            return False
        if self.is_clause(i) or self._is_as_wide(i - 1, i):
            return True
        return i + 2 == len(self.lines) or self._is_as_wide(i + 2, i)

    def _is_as_wide(self, i: int, other: int) -> bool:
        lines = self.lines
        hanging = HANGING if lines.content[i].endswith(_CLAUSE_ENDS) else 0
        return -SLACK <= lines.width_of(i) - lines.width_of(other) <= SLACK + hanging

    def ends_nothing(self, i: int) -> bool:
        """Whether line `i` of a wrapped stretch is no line of a paragraph: not full, and yet without an end or a clause.

        Who wrote it may stand there in brackets.
        """
        if self.full[i] or self.lines.terminal[i] or self.lines.content[i][0] in "（(”":
            return False
        return not (self.lines.headless[i] or self.is_clause(i))

    def _are_numbers_apart(self, left: int, right: int) -> bool:
        """Whether digits meet though the left line is a date, or a field of a form, and so complete (点击：362), or a day begins."""
        content = self.lines.content[left]
        if not self.do_digits_meet(left, right):
            return False
        if begins_with_day(self.lines.content[right]):
            return True
        return not self.is_clause(left) and (is_field(content) or self.is_date(left))

    def _are_foreign(self, left: int, right: int) -> bool:
        """Whether neither of the two lines is Chinese, of which nothing is known here but how wide they are."""
        if not (self.is_foreign(left) and self.is_foreign(right)):
            return False
        following = self.lines.content[right]
        goes_on = following[0].islower() and following[-1] in _LATIN_ENDS
        return not (goes_on or self.is_fragmented or self.layout.wrap[left] > 0 < self.layout.wrap[right])

    def is_enclosed(self, i: int) -> bool:
        """Whether line `i` stands in brackets, in quotes or in title marks: the line before opens them at its end, or a name
        before it, and the next one closes them at its beginning.
        """
        before, closer = self.lines.content[i - 1], self.lines.content[i + 1][0]
        opener = ENCLOSING.get(closer)
        if opener is None or before.endswith(opener):
            return opener is not None
        near = before[-LONGEST_ENCLOSED:]
        short = len(self.lines.content[i]) <= LONGEST_ENCLOSED and self.kind(i) is Kind.TEXT
        return short and closer in BRACKETS and near.rfind(opener) > near.rfind(closer)

    def stands_alone(self, left: int, right: int) -> bool:
        """Whether this unfinished line is no fragment that may go on in the right one."""
        return self.is_complete(left, right) or self.is_scrap(left)

    def is_complete(self, left: int, right: int) -> bool:
        """Whether this unfinished line has no more to it: it leads over, is a date, a clause, a line of verse or of a list."""
        content = self.lines.content[left]
        if self.leads_over(left) or self.ragged[left] or self.is_date(left):
            return True
        if content.endswith(_CLAUSE_ENDS) and self.is_set_by_clauses:
            return True
        return self._is_cut_off_copy(left, right) or self.is_item_heading(left)

    def _may_be_beginning(self, left: int, right: int) -> bool:
        """Whether a scrap may be what a paragraph begins with: it stands below an end and above a clause, and is no name."""
        is_below_end = left > 0 and self.lines.terminal[left - 1]
        return is_below_end and self.is_clause(right) and not self.is_name(left)

    def is_date(self, i: int) -> bool:
        """Whether line `i` is nothing but a date, a time or a number."""
        return is_date(self.lines.content[i])

    def is_verse(self, i: int) -> bool:
        """Whether line `i` ends with a clause among short lines, or in a text that is set by clauses."""
        clause = self.lines.content[i].endswith(_CLAUSE_ENDS)
        return clause and (self.ragged[i] or self.is_set_by_clauses)

    def leads_to_stray(self, i: int) -> bool:
        """Whether line `i` of a wrapped stretch announces the next one, which is none of its lines."""
        return self.wrapped[i] and self.leads_over(i) and self.stray[i + 1]

    def begin_alike(self, left: int, right: int) -> bool:
        """Whether both lines begin with the same two letters, as lines of a headline or of a list do."""
        begins = self.lines.content[left][:2]
        return begins.isalpha() and self.lines.content[right].startswith(begins)

    def _are_short(self, left: int, right: int) -> bool:
        """Whether two lines of a wrapped stretch are far too short for it, and no end of a paragraph."""
        lines = self.lines
        if lines.terminal[right] or self.full[right]:
            return False
        return self.is_scrap(left) or SHORT_OF_WRAP * lines.width_of(left) <= self.layout.wrap[left]

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
        clauses = sum(
            content.endswith(_CLAUSE_ENDS) and not has_clause(content[:-1]) for content in unfinished
        )
        several = sum(content.count("，", 0, -1) >= SEVERAL for content in self.lines.content)
        return clauses >= max(LEAST_CLAUSES, SET_BY_CLAUSES * len(unfinished), FEWER * several)

    @cached_property
    def ragged(self) -> Sequence[bool]:
        """Lines in a run of short ones that no common width explains: verse, lists of names, tables."""
        lines = self.lines
        short = [
            len(content) <= SHORT_COLUMNS
            and lines.width_of(i) <= SHORT_COLUMNS
            and not wrap
            and self.kind(i) is Kind.TEXT
            for i, (content, wrap) in enumerate(zip(lines.content, self.layout.wrap, strict=True))
        ]
        open_ended = [flag and not ended for flag, ended in zip(short, lines.terminal, strict=True)]
        phrases = [
            flag and len(content) <= LONGEST_PHRASE and (ended or content.endswith(_PHRASE_ENDS))
            for flag, content, ended in zip(short, lines.content, lines.terminal, strict=True)
        ]
        runs = (
            _long_runs(short, RAGGED_RUN + 1),
            _long_runs(open_ended, RAGGED_RUN),
            _long_runs(phrases, VERSE),
        )
        return [any(flags) for flags in zip(*runs, strict=True)]


def _long_runs(flags: Iterable[bool], least: int) -> list[bool]:
    """Which flags stand in a row of at least `least`."""
    result: list[bool] = []
    for flag, run in groupby(flags):
        length = len(list(run))
        result += [flag and length >= least] * length
    return result
