"""Rows, items, fields and headings with a number: lines that stand in a list, and go on in none."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from zhclean.lines import Lines
from zhclean.lines.blocks import Kind
from zhclean.lines.rows import are_parallel, is_field, label
from zhclean.patterns import pattern
from zhclean.seams.headlines import Headlines

LONGEST_ROW = 24
"""Characters of a row of a table or a list."""

LONGEST_ITEM_HEADING = 10
"""Characters of a numbered heading, with its number."""

LONGEST_NUMBERED, MOST_MARKS = 24, 1
"""Characters of one that is numbered as others are, and commas in it."""

_KEYWORDS = pattern(
    r"[【\[（(]?\s?(?:[关關]\s?[键鍵]\s?[词詞字]|主[题題][词詞]|K(?:EY|ey) ?(?:WORDS|[Ww]ords))(?:\s?(?:[】\]）)]|[：:])|[ \u3000](?=.*；))"
)

_NUMBERED = pattern("([（(第]?)([0-9]{1,2}|[一二三四五六七八九十]{1,3})([）)、.．章节節条條])")


class Lists(Headlines):
    """Which lines of one text are those of lists."""

    def __init__(self, lines: Lines) -> None:
        super().__init__(lines)
        self._parallel: dict[int, bool] = {}

    def are_bulleted(self, left: int, right: int) -> bool:
        """Whether both lines begin with a point, as items of a list do; a full stop begins one line of many."""
        content = self.lines.content
        return content[left][0] in ".．" and content[right][0] in ".．"

    def _are_keywords_apart(self, left: int, right: int) -> bool:
        """Whether the left line names what an article is about, and the right one is no more of that."""
        if not self.is_keywords(left):
            return False
        keywords, following = self.lines.content[left], self.lines.content[right]
        mark = "；" if "；" in keywords else "，"
        goes_on = mark in following and "。" not in following and keywords.count(mark) > 1
        return not (goes_on or ";" in following or self.is_word_across(left, right))

    def is_keywords(self, i: int) -> bool:
        """Whether line `i` names what an article is about."""
        return _KEYWORDS.match(self.lines.content[i]) is not None

    def are_fields(self, left: int, right: int) -> bool:
        """Whether both lines are fields of a form, each with its name in front (主办：… 承办：…)."""
        content = self.lines.content
        return not self.is_clause(left) and is_field(content[left]) and is_field(content[right])

    def is_item_heading(self, i: int) -> bool:
        """Whether line `i` is a heading with a number: as short as one, and without a clause."""
        short = len(self.lines.content[i]) <= LONGEST_ITEM_HEADING
        return short and self.kind(i) is Kind.LIST_ITEM and not self.is_clause(i)

    def _is_numbered_heading(self, i: int) -> bool:
        """Whether line `i` is numbered as others are of which none has an end, so that they are headings."""
        item = self.kind(i) is Kind.LIST_ITEM
        return item and _numbering(self.lines.content[i]) in self._numberings_of_headings

    @cached_property
    def _numberings_of_headings(self) -> set[tuple[str, ...]]:
        """How items are numbered of which there are several, all as short as headings and without an end."""
        lines = self.lines
        items = [i for i in range(len(lines)) if self.kind(i) is Kind.LIST_ITEM]
        ways = Counter(_numbering(lines.content[i]) for i in items)
        others = {
            _numbering(lines.content[i])
            for i in items
            if lines.terminal[i] or not _may_be_numbered_heading(lines.content[i]) or self._has_rest_below(i)
        }
        return {way for way, count in ways.items() if way and count > 1 and way not in others}

    def _has_rest_below(self, i: int) -> bool:
        """Whether the line below item `i` is shorter, as the rest of it is where all items are cut off."""
        content = self.lines.content
        is_text = i + 1 < len(content) and self.kind(i + 1) is Kind.TEXT
        return is_text and len(content[i + 1]) < len(content[i])

    def is_listed(self, i: int) -> bool:
        """Whether line `i` is a row or a numbered heading, which is no part of a sentence."""
        return self.is_row(i) or self.is_numbered(i)

    def is_row(self, i: int) -> bool:
        """Whether line `i` and the one before or behind it look like rows of one list."""
        return self.are_rows(i) or (i > 0 and self.are_rows(i - 1))

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

    def are_rows(self, i: int) -> bool:
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

    def _are_phrases(self, left: int, right: int) -> bool:
        """Whether both lines may be rows of a table or a list: short, and without a clause."""
        content = self.lines.content
        return len(content[left]) <= LONGEST_ROW and not (self.is_clause(left) or self.is_clause(right))


def _numbering(item: str) -> tuple[str, ...]:
    """How an item is numbered, without its number; nothing if it is not."""
    found = _NUMBERED.match(item)
    return ("1" if found[2].isascii() else "一", found[1], found[3]) if found else ()


def _may_be_numbered_heading(item: str) -> bool:
    heading = _NUMBERED.sub("", item, count=1)
    return (
        len(item) <= LONGEST_NUMBERED
        and "。" not in heading
        and heading.count("，") + heading.count("、") <= MOST_MARKS
    )
