"""What the lines of a text are to each other: fragments of sentences, or names, headings, captions, fields, verse.

What a line is by itself is told by `zhclean.blocks`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain, compress, groupby, pairwise, takewhile
from operator import not_

from zhclean.below import LONGEST_HEADLINE, below
from zhclean.blocks import BARRIERS, CREDITS, OPENINGS, Kind, kind
from zhclean.characters import BRACKETS, ENCLOSING, HAN_NUMERALS, LEADS_OVER, NEVER_ALONE, SURNAMES
from zhclean.layout import HANGING, SET_BY_CLAUSES, SLACK
from zhclean.lexicon import lexicon
from zhclean.lines import Lines
from zhclean.page_ends import running_heads
from zhclean.patterns import pattern
from zhclean.rows import are_parallel, is_field, label
from zhclean.setting import Setting
from zhclean.side_by_side import side_by_side
from zhclean.terms import COUNTED, LONGEST_PAGE, is_number
from zhclean.torn import is_torn

ENDED = BARRIERS | {Kind.FURNITURE, Kind.CREDIT, Kind.BYLINE, Kind.CLOSING, Kind.BELOW}
"""What goes on in no other line."""

_MAY_BE_HEAD = frozenset({Kind.TEXT, Kind.LIST_ITEM})
"""What a running head looks like by itself."""

SHORTEST_FRAGMENT = 10
"""Columns of the beginning of a paragraph; shorter ones on a line of their own are names and headings."""

LONGEST_HEADING = 16
"""Characters of a heading within the text that has a clause in it."""

LONGEST_ROW = 24
"""Characters of a row of a table or a list."""

LONGEST_LABEL = 10
"""Characters of a caption that stands before a heading without being anything in particular."""

ITEMS_APART = 2
"""Lines from one item of a list to the next, at most, so that neither looks like one by chance."""

LONGEST_ITEM_HEADING = 10
"""Characters of a numbered heading, with its number."""

LONGEST_LINK, LINKS = 6, 3
"""Characters of a word that was a link and came to stand on a line of its own, and how often it does at least."""

SHORT_OF_WRAP = 3
"""How often a line of verse or of a list would have room in one of the wrapped stretch that it stands in."""

LENGTHS_OF_NAMES = range(2, 4)
"""Characters of a name."""

LONGEST_CAPTION, LONGEST_CREDIT = 40, 20
"""Characters of a line that the credit below it makes a caption, and of that credit."""

LONGEST_OVERLAP = 60
"""Characters that may stand at the end of one line and, once more, at the beginning of the next."""

LONGEST_PIECE, LEAST_PIECES, RARELY = 16, 3, 16
"""Characters of a piece of a sentence, how many there are before marks in a text in fragments, and how many unfinished
lines to each, at most.
"""

LONGEST_ENCLOSED = 6
"""Characters from an opening bracket to the end of its line, and of a name in these brackets below (（记者…）)."""

COPY, GOES_ON_SO = 12, 4
"""Characters two lines must have in common to be copies of each other, and in which one goes on as the other does."""

SHORT_COLUMNS, RAGGED_RUN = 32, 5
"""How short lines are, and how many there are in a row, that stand alone: verse, names, tables."""

LONGEST_PHRASE, VERSE = 10, 3
"""Characters of a line of verse with its mark, and such lines in a row that are verse."""

_CLAUSE, LEAST_OF_CLAUSE = pattern("[，。；！？]"), 40
"""A mark that a line must have to be called cut off, or characters that it must have: others are headings more often than
not.
"""

_CLAUSE_MARKS, _SENTENCE_MARKS = frozenset("，。；"), frozenset("。；")
"""What most headlines have none of, and what none has."""

_INDEX = pattern("[A-Za-z][0-9]")
"""A letter at the end of a line, and the one digit that is the next line."""

_CLAUSE_ENDS = tuple("，、；,;")
LEAST_CLAUSES = 4
"""Lines that end with a clause from which on a text may be set that way."""

LEAST_BROKEN = 4
"""Full and unfinished lines from which on a text is wrapped, whatever stands above them."""

_DATE = pattern("[0-9０-９〇○零一二三四五六七八九十年月日时分上下午晚至.．:：/—-]{1,16}")
"""A line that is nothing but a date, a time or a number."""


class Roles(Setting):
    """The roles of the lines of one text."""

    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self._kinds: list[Kind | None] = [None] * len(lines)
        self._parallel: dict[int, bool] = {}

    def kind(self, i: int) -> Kind:
        """What line `i` is."""
        known = self._kinds[i]
        if known is None:
            known = kind(self.lines.content[i])
            if i in self._side_by_side:
                known = Kind.TABLE
            elif known in _MAY_BE_HEAD and i in self._running_heads:
                known = Kind.FURNITURE
            elif known is Kind.TEXT and i in self._below:
                known = Kind.BELOW
            self._kinds[i] = known
        return known

    @cached_property
    def _running_heads(self) -> set[int]:
        """The lines that belong to the page and not to the text, as what stands beside them tells."""
        return running_heads(
            self.lines, lambda i: self.layout.wrap[i] > 0 and self.full[i] and not self.lines.terminal[i]
        )

    @cached_property
    def _side_by_side(self) -> set[int]:
        """The lines of which each column goes on by itself."""
        return side_by_side(self.lines, lambda i: kind(self.lines.content[i]) is Kind.TEXT)

    @cached_property
    def _below(self) -> set[int]:
        """The lines below a rubric such as 相关阅读 or 网友评论; full lines of a wrapped text are none."""
        found = below(self.lines.content)
        if not found or not self._is_wrapped:
            return found
        return {i for i in found if not (self.full[i - 1] or self.full[i])}

    @property
    def _is_wrapped(self) -> bool:
        """Whether too many lines are full and unfinished to be so by chance."""
        broken = zip(self.full, self.lines.terminal, strict=True)
        return sum(full and not terminal for full, terminal in broken) >= LEAST_BROKEN

    def barred(self, left: int, right: int) -> bool:
        """What the two lines are rules out that a sentence goes on."""
        return self.barred_by_kind(left, right) or (
            self._look_apart(left, right) and not self.is_torn(left, right)
        )

    def barred_by_kind(self, left: int, right: int) -> bool:
        """The same, by the kinds of the lines alone."""
        a, b, quoted = self.kind(left), self.kind(right), self.lines.quoted
        if a in BARRIERS or b in BARRIERS or quoted[left] != quoted[right]:
            return True
        opens = b in OPENINGS and not self._may_look_so(left, right)
        return (opens or a in ENDED) and not self.is_torn(left, right)

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
        ):
            return True
        if self.is_fragmented and not self.wrapped[left]:
            content = self.lines.content
            return self.leads_over(left) or (
                not self.is_clause(left) and are_parallel(content[left], content[right])
            )
        if self._is_said_elsewhere(left, right):
            return True
        if self.lines.headless[right] or self.lines.is_open(left) or (self.wrapped[left] and self.full[left]):
            return False
        rows = self.is_listed(left) or self.is_listed(right)
        if self.wrapped[left] and not (rows and 2 * self.lines.width_of(left) <= self.layout.wrap[left]):
            return (rows or self._are_short(left, right)) and not self.is_word_across(left, right)
        if rows:
            return True
        apart = (
            (left > 0 and self._are_rows(left, right))
            or self.begin_alike(left, right)
            or self.stands_alone(left, right)
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
            return True
        if self.full[i] or lines.terminal[i] or i + 1 == len(lines):
            return False
        # Where the next is as short the text goes on in narrower lines.
        wider = lines.width_of(i + 1) - lines.width_of(i)
        hanging = HANGING if lines.content[i + 1].endswith(_CLAUSE_ENDS) else 0
        return lines.terminal[i + 1] or not -SLACK <= wider <= SLACK + hanging

    def ends_nothing(self, i: int) -> bool:
        """Whether line `i` of a wrapped stretch is no line of a paragraph: not full, and yet without an end or a clause.

        Who wrote it may stand there in brackets.
        """
        if self.full[i] or self.lines.terminal[i] or self.lines.content[i][0] in "（(”":
            return False
        return not (self.lines.headless[i] or self.is_clause(i))

    def _may_look_so(self, left: int, i: int) -> bool:
        """Whether line `i` may begin like an item or a byline by chance: in an enumeration, or if it fills its line in
        a wrapped stretch.
        """
        if self.kind(i) is Kind.BELOW:
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

    def is_torn(self, left: int, right: int) -> bool:
        """Whether a number or a title goes across the break between the two lines."""
        return is_torn(self.lines.content[left], self.lines.content[right])

    def _are_numbers_apart(self, left: int, right: int) -> bool:
        """Whether digits meet though the left line is a date, or a field of a form, and so complete (点击：362)."""
        content = self.lines.content[left]
        complete = self.do_digits_meet(left, right) and (is_field(content) or _DATE.fullmatch(content))
        return bool(complete) and not self.is_clause(left)

    def do_digits_meet(self, left: int, right: int) -> bool:
        """Whether the left line ends with a digit and the right one begins with one."""
        return self.lines.content[left][-1].isdecimal() and self.lines.content[right][0].isdecimal()

    def are_fields(self, left: int, right: int) -> bool:
        """Whether both lines are fields of a form, each with its name in front (主办：… 承办：…)."""
        content = self.lines.content
        return not self.is_clause(left) and is_field(content[left]) and is_field(content[right])

    def is_link(self, i: int) -> bool:
        """Whether line `i` is as short as a word and stands in the text again and again: it was a link."""
        content = self.lines.content[i]
        return len(content) <= LONGEST_LINK and self._counts[content] >= LINKS

    def is_number(self, i: int) -> bool:
        """Whether line `i` is a number and nothing else."""
        return is_number(self.lines.content[i])

    def is_counted(self, i: int) -> bool:
        """Whether line `i` is a number and the next line begins with what it counts, or with a mark; or it is a digit set
        lower or higher than the letter before it (CO₂, km²).
        """
        content = self.lines.content
        if _INDEX.fullmatch(content[i - 1][-1] + content[i]):
            return True
        return content[i + 1][0] in COUNTED and content[i - 1][-1] not in HAN_NUMERALS and self.is_number(i)

    def is_numbered_page(self, i: int) -> bool:
        """Whether line `i` is a number in whose sequence other lines are numbered, as pages are."""
        return i in self._pages

    def is_single_number(self, i: int) -> bool:
        """Whether no other line but line `i` is nothing but a number."""
        return len(self._numbers) == 1 and i in self._numbers

    @cached_property
    def _numbers(self) -> dict[int, int]:
        """The lines that are nothing but a number, with it."""
        content = self.lines.content
        return {
            i: int(line) for i, line in enumerate(content) if len(line) <= LONGEST_PAGE and line.isdecimal()
        }

    @cached_property
    def _pages(self) -> set[int]:
        """Those of these lines behind which the next number comes, or before which the one before stands."""
        following = [(i, j) for (i, m), (j, n) in pairwise(self._numbers.items()) if n == m + 1]
        return set(chain.from_iterable(following))

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

    def is_name(self, i: int) -> bool:
        """Whether line `i` may be somebody's name."""
        content = self.lines.content[i]
        return len(content) in LENGTHS_OF_NAMES and content[0] in SURNAMES

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(content for content in self.lines.content if len(content) <= LONGEST_LINK)

    def _is_said_elsewhere(self, left: int, right: int) -> bool:
        """Whether the right line stands behind another line too, as the same sentence does under two headings."""
        return right == left + 1 and self.lines.content[right] in self._behind_several

    @cached_property
    def _behind_several(self) -> set[str]:
        """What is said on more than one line outside wrapped stretches, behind different ones."""
        before: dict[str, str] = {}
        pairs = compress(pairwise(self.lines.content), map(not_, self.wrapped))
        return {following for line, following in pairs if before.setdefault(following, line) != line}

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

    def is_word_across(self, left: int, right: int) -> bool:
        """Whether a word goes across the break between the two lines: so it does at half of the breaks within a
        sentence, and at three in a thousand ends.
        """
        return lexicon().is_word_across(self.lines.content[left], self.lines.content[right])

    def stands_alone(self, left: int, right: int) -> bool:
        """Whether this unfinished line is no fragment that may go on in the right one: leads over, is a name, a clause, a
        line of verse or of a list.
        """
        content = self.lines.content[left]
        if self.leads_over(left) or self.ragged[left] or _DATE.fullmatch(content):
            return True
        if content.endswith(_CLAUSE_ENDS) and self.is_set_by_clauses:
            return True
        if self._is_cut_off_copy(left, right) or self._is_item_heading(left):
            return True
        return self.is_scrap(left)

    @cached_property
    def drop_caps(self) -> list[int]:
        """The lines that are the first letter of the paragraph below, set in a size of its own."""
        contents = self.lines.content[:-1]
        return [i for i, content in enumerate(contents) if len(content) == 1 and self._is_drop_cap(i)]

    def _is_drop_cap(self, i: int) -> bool:
        content = self.lines.content[i]
        if not "\u3400" <= content <= "\u9fff" or content in HAN_NUMERALS:
            return False
        if self.kind(i + 1) is not Kind.TEXT or not self.is_clause(i + 1):
            return False
        return content in NEVER_ALONE or self.is_word_across(i, i + 1)

    def leads_over(self, i: int) -> bool:
        """Whether line `i` announces what follows."""
        return self.lines.content[i].endswith(LEADS_OVER)

    def leads_to_stray(self, i: int) -> bool:
        """Whether line `i` of a wrapped stretch announces the next one, which is none of its lines."""
        return self.wrapped[i] and self.leads_over(i) and self.stray[i + 1]

    def begin_alike(self, left: int, right: int) -> bool:
        """Whether both lines begin with the same two letters, as lines of a headline or of a list do."""
        begins = self.lines.content[left][:2]
        return begins.isalpha() and self.lines.content[right].startswith(begins)

    def is_listed(self, i: int) -> bool:
        """Whether line `i` is a row or a numbered heading, which is no part of a sentence."""
        return self.is_row(i) or self.is_numbered(i)

    def is_row(self, i: int) -> bool:
        """Whether line `i` and the one before or behind it look like rows of one list."""
        return self._are_parallel(i) or (i > 0 and self._are_parallel(i - 1))

    def is_numbered(self, i: int) -> bool:
        """Whether line `i` is a heading that is numbered as another one is, and no sentence of the text begins so."""
        way = label(self.lines.content[i])
        return way is not None and self._is_short_text(i) and self._headings[way] > 1

    def _is_short_text(self, i: int) -> bool:
        short = len(self.lines.content[i]) <= LONGEST_ROW
        return short and not self.lines.terminal[i] and self.kind(i) is Kind.TEXT

    @cached_property
    def _headings(self) -> Counter[tuple[str, ...] | None]:
        """How often short lines are numbered in each way in which no other line is."""
        numbered: Counter[tuple[str, ...] | None] = Counter()
        others: set[tuple[str, ...] | None] = {None, ("", "："), ("", ":")}  # those have sentences behind
        for i, content in enumerate(self.lines.content):
            if self._is_short_text(i):
                numbered[label(content)] += 1
            else:
                others.add(label(content))
        return Counter({way: count for way, count in numbered.items() if way not in others})

    def _are_parallel(self, i: int) -> bool:
        """Whether line `i`, unfinished, and the next one look like rows."""
        known = self._parallel.get(i)
        if known is None:
            lines = self.lines
            known = self._parallel[i] = (
                not lines.terminal[i]
                and i + 1 < len(lines)
                and self.kind(i) is self.kind(i + 1) is Kind.TEXT
                and are_parallel(lines.content[i], lines.content[i + 1])
            )
        return known

    def _are_short(self, left: int, right: int) -> bool:
        """Whether two lines of a wrapped stretch are far too short for it, and no end of a paragraph."""
        lines = self.lines
        if lines.terminal[right] or self.full[right]:
            return False
        return self.is_scrap(left) or SHORT_OF_WRAP * lines.width_of(left) <= self.layout.wrap[left]

    def _are_rows(self, left: int, right: int) -> bool:
        """Whether both lines may be rows of a table or a list: short, and without a clause."""
        content = self.lines.content
        return len(content[left]) <= LONGEST_ROW and not (self.is_clause(left) or self.is_clause(right))

    def is_label_before(self, left: int, right: int) -> bool:
        """Whether the left line has no clause and no word goes on: it may be a heading or the like."""
        return not self.is_clause(left) and not self.is_word_across(left, right)

    def may_be_crosshead(self, i: int) -> bool:
        """Whether line `i` is as short as a heading within the text and stands below an end."""
        return i > 0 and self.lines.terminal[i - 1] and len(self.lines.content[i]) <= LONGEST_HEADING

    @cached_property
    def named_crossheads(self) -> set[int]:
        """The lines as short as headings that begin like fields (节水：…), if there are several: they are set alike."""
        content, terminal = self.lines.content, self.lines.terminal
        found = {
            i
            for i, line in enumerate(content)
            if len(line) <= LONGEST_HEADING and is_field(line) and not (terminal[i] or self.leads_over(i))
        }
        return found if len(found) > 1 else set()

    def may_be_title(self, i: int) -> bool:
        """Whether line `i` is the first one, or says the same, and has nothing in it that a headline has not."""
        content = self.lines.content[i]
        is_first = content == self.lines.content[0]
        return is_first and len(content) <= LONGEST_HEADLINE and not set(content) & _CLAUSE_MARKS

    def may_be_headline(self, i: int) -> bool:
        """Whether line `i` is as short as a headline and stands above the first full stop of the text, or says the same as
        one that does: a page may stand there twice.
        """
        return self.lines.content[i] in self._headlines

    def may_head_story(self, i: int) -> bool:
        """Whether line `i` is as short as a headline, without a clause or a word at its end that none ends with, and stands
        below the end of another story.
        """
        content = self.lines.content[i]
        short = len(content) <= LONGEST_HEADLINE and content[-1] not in NEVER_ALONE and not self.is_clause(i)
        return short and i > 0 and self.lines.terminal[i - 1]

    def is_byline(self, i: int) -> bool:
        """Whether line `i` tells who wrote what stands below, and not who took a picture; it may be a mere name."""
        return self.is_name(i) or (self.kind(i) is Kind.BYLINE and "摄" not in self.lines.content[i])

    @cached_property
    def _headlines(self) -> set[str]:
        """The lines above the first full stop that are short enough."""
        above = takewhile(lambda line: "。" not in line, self.lines.content)
        return {line for line in above if len(line) <= LONGEST_HEADLINE}

    def may_be_heading(self, i: int) -> bool:
        """Whether line `i`, unfinished, is as short as a heading, or stands at the top and is as short as a headline."""
        content = self.lines.content[i]
        if self.kind(i) is not Kind.TEXT or _SENTENCE_MARKS & set(content) or content.count("，") > 1:
            return False
        return len(content) <= LONGEST_HEADING or self.may_be_headline(i)

    def is_clause(self, i: int) -> bool:
        """Whether line `i` is enough of a sentence to be called cut off."""
        return _has_clause(self.lines.content[i])

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
            content.endswith(_CLAUSE_ENDS) and not _has_clause(content[:-1]) for content in unfinished
        )
        return clauses >= max(LEAST_CLAUSES, SET_BY_CLAUSES * len(unfinished))

    def is_scrap(self, i: int) -> bool:
        """Whether a line is too short for a fragment of a sentence: a name, a rubric."""
        return self.lines.width_of(i) < SHORTEST_FRAGMENT and not self.lines.terminal[i]

    def is_rubric(self, i: int) -> bool:
        """Whether another line, not beside line `i`, is as short as this scrap, as the rubrics of a list are."""
        content = self.lines.content[i]
        others = self._scraps.get(len(content), {}).items()
        return any(other != content and (first < i - 1 or last > i + 1) for other, (first, last) in others)

    @cached_property
    def _scraps(self) -> dict[int, dict[str, tuple[int, int]]]:
        """By length, what stands on lines as short as rubrics that are no names, with the first and the last of these."""
        scraps: dict[int, dict[str, tuple[int, int]]] = {}
        for i, content in enumerate(self.lines.content):
            short = len(content) < SHORTEST_FRAGMENT and self.is_scrap(i)
            if short and self.kind(i) is Kind.TEXT and not self.is_name(i):
                known = scraps.setdefault(len(content), {})
                known[content] = known.get(content, (i, i))[0], i
        return scraps

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

    def _is_cut_off_copy(self, left: int, right: int) -> bool:
        """Whether another line begins like the left one and goes on, and not as the right one does: that is the copy to keep."""
        content, next_one = self.lines.content[left], self.lines.content[right]
        if len(content) < COPY:
            return False
        at = bisect_right(self._sorted, content)
        whole = self._sorted[at] if at < len(self._sorted) else ""
        return whole.startswith(content) and not whole.startswith(next_one[:GOES_ON_SO], len(content))

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted({content for content in self.lines.content if len(content) > COPY})

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
            flag and len(content) <= LONGEST_PHRASE and (ended or content.endswith(_CLAUSE_ENDS))
            for flag, content, ended in zip(short, lines.content, lines.terminal, strict=True)
        ]
        runs = (
            _long_runs(short, RAGGED_RUN + 1),
            _long_runs(open_ended, RAGGED_RUN),
            _long_runs(phrases, VERSE),
        )
        return [any(flags) for flags in zip(*runs, strict=True)]


def _has_clause(content: str) -> bool:
    return len(content) >= LEAST_OF_CLAUSE or _CLAUSE.search(content) is not None


def _long_runs(flags: Iterable[bool], least: int) -> list[bool]:
    """Which flags stand in a row of at least `least`."""
    result: list[bool] = []
    for flag, run in groupby(flags):
        length = len(list(run))
        result += [flag and length >= least] * length
    return result
