"""Where lines end and begin: ends converted twice, breaks of other kinds, words broken at a hyphen, indents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhclean.characters import FOREIGN_BREAKS, FOREIGN_SPACES, HAN_CLASS, LATIN_LETTER_CLASS
from zhclean.edits import Edit
from zhclean.patterns import pattern
from zhclean.stages.invisible.names import names

_BREAK = pattern(f"[{FOREIGN_BREAKS}]+")
_CARRIAGE_RETURNS = pattern(r"\r(?<!\r\r)\r+(\n?)")
_BLANK_LINE = pattern(r"\r?\n[ \t\u3000]{0,100}\r?\n")

_BROKEN_WORD = pattern(
    rf"\xad(?<=[{LATIN_LETTER_CLASS}].)[ \t]{{0,9}}(?:\r?\n[ \t\u3000]{{0,9}}){{1,2}}(?=[a-zà-öø-ÿ])"
)

_FOREIGN_SPACE = pattern(f"[{FOREIGN_SPACES}]")
_INDENT = pattern(f"^[ \t\u3000{FOREIGN_SPACES}]+", re.MULTILINE)
_WIDE_SPACES = "\u2001\u2003\u3000\u3164"
_PARAGRAPH_INDENT = range(3, 8)
"""Columns of no-break spaces that were meant as the indent of two characters."""

_HAN_IN_LINE = pattern(f"[^\n{HAN_CLASS}]*[{HAN_CLASS}]")


def carriage_returns(text: str) -> Iterator[Edit]:
    r"""Line ends that were converted twice: the second time made ``\r\r\n`` of ``\r\n``."""
    for match in _CARRIAGE_RETURNS.finditer(text) if "\r\r" in text else ():
        if match[1]:
            yield Edit(match.start(), match.end() - 2, "", "doubled carriage return")


def foreign_breaks(text: str) -> Iterator[Edit]:
    """A break beside an ordinary one adds nothing: pages end in a line end *and* a form feed."""
    if _BREAK.search(text) is None:
        return
    between_lines, between_paragraphs = line_break(text), paragraph_break(text)
    for match in _BREAK.finditer(text):
        start, end = match.span()
        at_break = start == 0 or end == len(text) or text[start - 1] in "\r\n" or text[end] in "\r\n"
        new = "" if at_break else between_paragraphs if "\u2029" in match[0] else between_lines
        yield Edit(start, end, new, names(match[0]))


def line_break(text: str) -> str:
    """What stands between this document's lines, by its first line end."""
    return "\r\n" if (at := text.find("\n")) > 0 and text[at - 1] == "\r" else "\n"


def paragraph_break(text: str) -> str:
    """What stands between this document's paragraphs, by its first blank line."""
    blank = _BLANK_LINE.search(text)
    return blank[0] if blank else line_break(text)


def broken_words(text: str) -> Iterator[Edit]:
    """A soft hyphen is drawn at the end of a line only, where it says that the word goes on in the next one."""
    for match in _BROKEN_WORD.finditer(text) if "\xad" in text else ():
        yield Edit(*match.span(), "", "word broken at a soft hyphen")


def indents(text: str) -> Iterator[Edit]:
    """No-break spaces at a line's start: the width of an indent is kept, in the usual 　　."""
    if _FOREIGN_SPACE.search(text) is None:
        return
    for match in _INDENT.finditer(text):
        foreign = _FOREIGN_SPACE.search(match[0])
        if foreign is None:
            continue
        columns = sum(2 if space in _WIDE_SPACES else 1 for space in match[0])
        if match.end() == len(text) or text[match.end()] in "\r\n" or columns == 1:
            new = ""
        elif _HAN_IN_LINE.match(text, match.end()):
            new = "\u3000" * (2 if columns in _PARAGRAPH_INDENT else columns // 2)
        else:
            new = " " * columns
        yield Edit(*match.span(), new, f"{names(foreign[0])} at the start of a line")
