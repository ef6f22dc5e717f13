"""A text as lines: where each stands, how it is set, what ends it.

Plain sequences of Python: a document has some ten to a hundred lines, fewer than arrays begin to pay for.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from functools import cached_property

from zhclean.characters import (
    BEHIND_AN_END,
    CLOSERS,
    LINE_BREAKS,
    NEVER_FIRST,
    NEVER_LAST,
    PROSE_MARKS,
    SPACES,
    TERMINALS,
)
from zhclean.lines.teasers import has_link

AMBIGUOUS_WIDE = "“”‘’…⋯—·×°§±÷①②③④⑤⑥⑦⑧⑨⑩■□●○◆◇▲△★☆℃‰№→←↑↓"
"""East-Asian *ambiguous* characters below U+2E80 or among symbols: two columns in Chinese text."""

WIDE = f"{AMBIGUOUS_WIDE}\u1100-\u1fff\u2e80-\uff60\uffe0-\uffe6\U00010000-\U0010ffff"
"""Two columns wide, as the inside of a character class (Hangul Jamo is the first wide block)."""

_INFORMAL = frozenset(("～", *map(chr, range(0x1F000, 0x1FB00))))
"""What ends a line of a post as a full stop does: 快来～, and emoji."""

_CLOSER, _TERMINAL = frozenset(CLOSERS), frozenset(TERMINALS)
_NEVER_FIRST, _NEVER_LAST = frozenset(NEVER_FIRST), frozenset(NEVER_LAST)
_NARROW = re.compile(f"[^{WIDE}]+")
_LATIN_WORD = re.compile("[A-Za-z'’-]+")
_PROSE_MARK = re.compile(f"[{re.escape(PROSE_MARKS)}]")
_LINE_END = re.compile(f"\r{{1,2}}\n|[{LINE_BREAKS}]")
"""One line end; that of a DOS file is one too, and so is the \\r\\r\\n of one converted twice."""

_BLANK = re.escape(LINE_BREAKS + SPACES)
_CONTENT = re.compile(f"[^{_BLANK}](?:[^{LINE_BREAKS}]*[^{_BLANK}])?")
_FULL_WIDTH, _NO_SPACE = f"[^\\0-\u10ff{SPACES}]", f"[^{SPACES}]"
_SPACE_BETWEEN = re.compile(f"(?<={_FULL_WIDTH}) (?={_NO_SPACE})|(?<={_NO_SPACE}) (?={_FULL_WIDTH})")
"""A single space beside a full-width character."""
_PARTING = re.compile(f"{_SPACE_BETWEEN.pattern}|(?<={_NO_SPACE})[ \u3000]{{2,8}}(?={_NO_SPACE})")
"""The same, or several spaces, which set off paragraphs where all line ends became spaces."""

_QUOTED = re.compile("(?:>[ \t]?|: |[│┃|] (?![^\n]*[│┃|]\\s*$))+", re.MULTILINE)
"""What mail, Markdown and bulletin boards set in front of each line of a quotation."""

LONGEST_NAME = 24
"""Characters at the end of a line in which a name in brackets is looked for, its end mark included."""

_SIGNED = re.compile(
    f"[{re.escape(TERMINALS)}][”’〞〟」』｣﹂﹄]?(?:[（(][^（）()，。；！？]{{1,20}}[）)]|—{{1,2}}[^，。；！？]{{1,20}})$"
)
"""Who said, wrote or took it stands behind the last sentence, in brackets or behind a dash."""

DEEPEST = 4
"""Closing marks behind a mark that ends a sentence: ！”） is three deep; deeper does not occur in news."""


class Lines:
    """The lines of a text that are not blank, in order; all sequences have one element a line.

    `start` and `end` are offsets of the content, which is the line without white space around it and without
    the signs of a quotation; `indent` is the number of columns in front of it; `newlines` counts the line ends between a line and the one
    before (2 is one blank line); the first line's are counted from the beginning of the text.
    """

    def __init__(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        self.text = text
        # A quarter of the memory that lists take, of texts of very many lines.
        self.start = array("q", [start for start, _ in spans])
        self.end = array("q", [end for _, end in spans])
        self.content = [text[start:end] for start, end in spans]
        self._widths: list[int | None] = [None] * len(spans)

    def __len__(self) -> int:
        return len(self.start)

    @cached_property
    def newlines(self) -> list[int]:
        """Line ends before each line."""
        return self._set_off[0]

    @cached_property
    def indent(self) -> list[int]:
        """Columns of white space and signs of a quotation before each line."""
        return self._set_off[1]

    @cached_property
    def quoted(self) -> list[int]:
        """How many quotations each line stands in, one within the other."""
        return self._set_off[2]

    @cached_property
    def _set_off(self) -> tuple[list[int], list[int], list[int]]:
        """Line ends, columns and signs of quotations before each line."""
        text, counted = self.text, _Counted({"\n": (1, 0, 0)})
        before = [counted[text[end:start]] for end, start in zip([0, *self.end], self.start, strict=False)]
        newlines, indent, quoted = map(list, zip(*before, strict=True)) if before else ([], [], [])
        return newlines, indent, quoted

    @cached_property
    def latin_words(self) -> str:
        """The different Latin words of the text, one a line: much shorter than the text to search."""
        return "\n".join(set(_LATIN_WORD.findall(self.text)))

    def width_of(self, i: int) -> int:
        """Display columns of the content of one line."""
        known = self._widths[i]
        if known is None:
            known = self._widths[i] = columns(self.content[i])
        return known

    @cached_property
    def punctuated(self) -> list[bool]:
        """Whether there are marks of prose in the line."""
        return [_PROSE_MARK.search(content) is not None for content in self.content]

    @cached_property
    def headless(self) -> list[bool]:
        """Whether the line begins with a mark that begins no paragraph."""
        return [content[0] in _NEVER_FIRST for content in self.content]

    def is_open(self, i: int) -> bool:
        """Whether line `i` ends with a bracket or title mark that opens."""
        return self.content[i][-1] in _NEVER_LAST

    @cached_property
    def terminal(self) -> list[bool]:
        """Whether the line ends like a sentence: 。！？… or such a mark in closing quotes or brackets."""
        return [ends_sentence(content) for content in self.content]


class Pieces(Lines):
    """Lines cut at single spaces beside full-width characters too: there `newlines` is 1, at a line end one
    more than there are line ends.
    """

    @cached_property
    def _set_off(self) -> tuple[list[int], list[int], list[int]]:
        newlines, indent, quoted = super()._set_off
        parted = [
            ends + 1 if ends else 1 + (spaces > 1) for ends, spaces in zip(newlines, indent, strict=True)
        ]
        return parted, [0] * len(indent), quoted


class _Counted(dict[str, tuple[int, int, int]]):
    """Of what stands between two lines: line ends, columns behind the last one, and signs of quotations there.

    A text has few such strings.
    """

    def __missing__(self, between: str) -> tuple[int, int, int]:
        ends = list(_LINE_END.finditer(between))
        before = between[ends[-1].end() :] if ends else between
        counted = self[between] = len(ends), columns(before), before.count(">") + before.count(": ")
        return counted


def columns(text: str) -> int:
    """Display columns: two for a Han character or full-width mark, one for ASCII.

    >>> columns("第3版")
    5
    """
    return 2 * len(text) - sum(map(len, _NARROW.findall(text)))


def ends_sentence(line: str) -> bool:
    """Whether a line ends in 。！？… or in such a mark and closing quotes, brackets, or a name; with an emoji, or a link to
    the rest. Three points are an ellipsis.

    >>> ends_sentence("他说：“好。”"), ends_sentence("全线通车。（林小满）"), ends_sentence("确保服")
    (True, True, False)
    >>> ends_sentence("书到用时方恨少。——俗语"), ends_sentence("下雪了😂"), ends_sentence("途经文昌路……展开全文")
    (True, True, True)
    """
    last = line[-1]
    if last in _TERMINAL or last in _INFORMAL or line.endswith("..."):
        return True
    if last not in _CLOSER and "—" not in line[-LONGEST_NAME:]:
        return has_link(line)
    last = (line[-DEEPEST:].rstrip(BEHIND_AN_END) or line[:-DEEPEST])[-1:]
    if last in _TERMINAL or _SIGNED.search(line, max(0, len(line) - LONGEST_NAME)):
        return True
    return has_link(line)


def lines_of(text: str) -> Lines:
    """Split `text` into its lines that are not blank."""
    spans = [match.span() for match in _CONTENT.finditer(text)]
    is_quoted = any(sign in text for sign in ("\n>", "\n: ", "\n│ ", "\n┃ ", "\n| "))
    return Lines(text, _quotations(text, spans) if is_quoted else spans)


def _quotations(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The lines without the signs of a quotation, where more than one has them; those with nothing else are blank."""
    signs = [None, *(_QUOTED.match(text, start, end) for start, end in spans), None]
    found = []
    for i, (start, end) in enumerate(spans, start=1):
        sign = signs[i]
        if sign and (signs[i - 1] or signs[i + 1]):
            start = sign.end()
        if start < end:
            found.append((start, end))
    return found


def pieces_of(text: str) -> Pieces:
    """Split `text` at its line ends and at single spaces beside full-width characters."""
    spans = []
    for line in _CONTENT.finditer(text):
        position, end = line.span()
        for space in _PARTING.finditer(text, position, end):
            spans.append((position, space.start()))
            position = space.end()
        spans.append((position, end))
    return Pieces(text, spans)
