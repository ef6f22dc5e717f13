"""Headlines, headings within the text, labels, captions: lines that stand above or below others and go on in none."""

from __future__ import annotations

from functools import cached_property
from itertools import takewhile

from zhclean.characters import HAN_NUMERALS, NEVER_ALONE
from zhclean.lines.below import LONGEST_HEADLINE
from zhclean.lines.blocks import BARRIERS, CREDITS, Kind
from zhclean.lines.rows import is_field
from zhclean.patterns import pattern
from zhclean.seams.kinds import SHORTEST_FRAGMENT, Kinds

LONGEST_HEADING = 16
"""Characters of a heading within the text that has a clause in it."""

LONGEST_LABEL = 10
"""Characters of a caption that stands before a heading without being anything in particular."""

LONGEST_CAPTION, LONGEST_CREDIT = 40, 20
"""Characters of a line that the credit below it makes a caption, and of that credit."""

MOST_HEADLINES = 4
"""Lines, at most, that stand above a story and are all headlines."""

LONGEST_COUPLET, NEARLY_AS_LONG = 28, 3
"""Characters of a heading of two clauses, with its number, and by which one of these may be longer than the other."""

_COUPLET = pattern(
    "(?:[（(]?[0-9一二三四五六七八九十]{1,3}[）)、.．] ?)?((?:[^\\W\\d_]|[“”]){2,12})，((?:[^\\W\\d_]|[“”]){2,12})"
)

_REFERENCE = pattern(r"[^，。；：\s]{0,12}[（(〔［\[](?:19|20)[0-9]{2}[）)〕］\]][^，。；：\s]{1,14}[号號]")
"""The number of an official document, below its title: （2015）云刑终字第294号, 云政发〔2015〕3号."""

_CLAUSE_MARKS, _SENTENCE_MARKS = frozenset("，。；"), frozenset("。；")
"""What most headlines have none of, and what none has."""


class Headlines(Kinds):
    """The headlines of one text, and what is like them."""

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

    def is_label_before(self, left: int, right: int) -> bool:
        """Whether the left line has no clause and no word goes on: it may be a heading or the like."""
        return not self.is_clause(left) and not self.is_word_across(left, right)

    def may_be_crosshead(self, i: int) -> bool:
        """Whether line `i` is as short as a heading within the text and stands below an end."""
        return len(self.lines.content[i]) <= LONGEST_HEADING and self._is_below_end(i)

    def may_be_couplet(self, i: int) -> bool:
        """Whether line `i` is the first one, or stands below an end, and is two clauses of about the same length, as many
        headings are, and no word goes on behind it.
        """
        content = self.lines.content[i]
        found = _COUPLET.fullmatch(content) if len(content) <= LONGEST_COUPLET else None
        may_head = i == 0 or self._is_below_end(i)
        if not found or not may_head or self.is_word_across(i, i + 1):
            return False
        return abs(len(found[1]) - len(found[2])) <= NEARLY_AS_LONG

    def _is_below_end(self, i: int) -> bool:
        return i > 0 and self.lines.terminal[i - 1]

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

    def may_be_title_in_clauses(self, i: int) -> bool:
        """Whether line `i` is the first one and as short as a headline, and may have a comma in it as the beginning of a
        sentence has.
        """
        content = self.lines.content[i]
        return i == 0 and len(content) <= LONGEST_HEADLINE and not set(content) & _SENTENCE_MARKS

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
        return short and self._is_below_end(i)

    def are_stacked(self, left: int, right: int) -> bool:
        """Whether the two lines are headlines of one story, which stand above each other; a word may still be torn."""
        return right == left + 1 and left in self._stacked and not self.is_word_across(left, right)

    @cached_property
    def _stacked(self) -> set[int]:
        """The headlines below which another one stands, above the byline, the dateline, the number of the document or the first indented line."""
        return {i for opening in range(2, len(self.lines)) for i in self._headlines_above(opening)}

    def _headlines_above(self, opening: int) -> range:
        """All but the last of the headlines above a line with which the text of a story begins."""
        if not self._opens_story(opening):
            return range(0)
        first = opening
        while first > max(0, opening - MOST_HEADLINES) and self._may_be_stacked(first - 1):
            first -= 1
        is_top = first == 0 or self.lines.terminal[first - 1]
        return range(first, opening - 1) if is_top else range(0)

    def _opens_story(self, i: int) -> bool:
        if self.kind(i) in (Kind.BYLINE, Kind.DATELINE) or _REFERENCE.fullmatch(self.lines.content[i]):
            return True
        indent = self.lines.indent
        return (
            indent[i] > indent[i - 1] == 0
            and self.kind(i) is Kind.TEXT
            and len(self.lines.content[i]) > LONGEST_LABEL
        )

    def _may_be_stacked(self, i: int) -> bool:
        content = self.lines.content[i]
        is_short = len(content) <= LONGEST_HEADLINE and not _SENTENCE_MARKS & set(content)
        ends = content[-1] in "，、：" or self.lines.headless[i]
        return is_short and not ends and not self.lines.indent[i] and self.kind(i) is Kind.TEXT

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
