"""Clause marks , : ; ? ! in one line: which of them are Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhclean.characters import ASCII_TO_FULLWIDTH, HAN_CLASS, UNIT_CLASS, WIDE_MARK_CLASS
from zhclean.edits import Edit
from zhclean.markup.masks import HIDDEN
from zhclean.patterns import pattern
from zhclean.stages.punctuation.ascii_style import ASCII_STYLE, CLOSER, LEFT

_RIGHT = HAN_CLASS + WIDE_MARK_CLASS
_OPENER = "“‘(\\["

# A row of marks is taken as one. `sure`: Han or a wide mark beside it, or only a quote or bracket between.
_CLAUSE = pattern(
    rf"""
    [,:;?!] (?<![,:;?!]{{2}})
    (?<![:;](?=-?\))) (?<!:(?=-\()) (?<!!(?=\[)) # not a smiley, nor a Markdown image
    (?!(?<=,)[。；：、]|(?<=;)[，。：、]|(?<=:)[，。；、])  # nor the end of code in a sentence: …;，
    (?<![{UNIT_CLASS}].(?=[ ][A-Za-z]))          # nor behind a figure in English (rose 5%, while)
    (?<![{UNIT_CLASS}]:(?=[0-9]))                # nor in a ratio, 30%:70%
    (?: (?P<sure> (?<=[{LEFT}].) | (?<=[{LEFT}][{CLOSER}].) | (?<=[{LEFT}][{CLOSER}][{CLOSER}].)
                | (?=[,:;?!]*[{_OPENER}]{{0,2}}[{_RIGHT}①-⑳]) )
      | )
    [,:;?!]*
    """,
    re.VERBOSE,
)

# Behind a Latin word or figure: it belongs to the Chinese sentence if that word follows Han without a space,
# be it in brackets.
_WORD = r"[A-Za-z0-9μΩ][A-Za-z0-9.+%/:∶~～\-]{0,24}"
_EMBEDDED = pattern(
    rf"[{LEFT}](?:{_WORD}|\([^()]{{1,30}}\)|[“\"‘'][^“”‘’\"']{{1,30}}[”\"’'])[{CLOSER}]{{0,2}}\Z"
)
# As sure where no mark of the text is Chinese: X9 Pro, 售价.
_WORDS = pattern(rf"[{LEFT}]{_WORD}(?:[ ]{_WORD}){{1,2}}\Z")
_EMBEDDED_LENGTH = 36
_CLOSED = pattern(rf"[\"'”’」』）)]|[ \t　]*\Z|[ ][“‘《（]?[{HAN_CLASS}]")

# Between a figure and a Latin word, or the other way round: both are embedded in the Chinese sentence, as in
# 续航520km,0—100km/h加速. Two words are as likely a list in English (x,y坐标), two figures one number.
_CHUNK = r"[$€£¥]?[A-Za-z0-9][A-Za-z0-9.+%/—~～\-]{0,24}"
_BETWEEN = pattern(
    rf"[,;](?:(?<=[0-9].)(?=[ ]?[$€£¥]?[A-Za-z])|(?<=[A-Za-z].)(?=[ ]?[$€£¥]?[0-9]))(?=[ ]?{_CHUNK}[{_RIGHT}{HIDDEN},;:.])"
)
_LABEL = pattern(rf"[ \t　]{{0,4}}[A-Z][0-9]?:(?=[ ][“‘《（]?[{HAN_CLASS}])")
_CHUNK_BEFORE = pattern(rf"[{LEFT},;:]{_CHUNK}\Z")

_WIDE = dict(zip(",:;?!", "，：；？！", strict=True))
REPEATED = pattern("，{2,}|！{4,}|？{4,}")
"""Rows that are too long."""


def clause_marks(line: str, *, is_ascii: bool = False) -> Iterator[Edit]:
    """Rows of , : ; ? ! that stand in Chinese; 、 is never guessed from a comma.

    Some are only sure where all marks of the text are ASCII (`is_ascii`): the colon behind who speaks, Q: and A:.

    >>> [edit.new for edit in clause_marks("增长5.4%,不错!其中1,000家,比分3:2, Hello, world")]
    ['，', '！', '，']
    """
    between = _between(line, is_ascii)
    label = _LABEL.match(line) if is_ascii else None
    if label:
        between.add(label.end() - 1)
    for match in _CLAUSE.finditer(line):
        start, end = match.span()
        if _is_other_width(line, start, end):
            yield Edit(start, end, "", "mark repeated")
        elif match.lastgroup or start in between or _is_embedded(line, start, end, is_ascii):
            yield Edit(start, end, wide(match[0]), "ASCII mark in Chinese")


def _is_other_width(line: str, start: int, end: int) -> bool:
    """Whether a mark stands beside its own wide form and is one too many; of ？ and ！ there may be two."""
    mark = line[start:end]
    return mark in (",", ":", ";") and _WIDE[mark] in (line[start - 1 : start], line[end : end + 1])


def wide(marks: str) -> str:
    """The marks at full width, commas once and ！ and ？ three times in a row at most."""
    if len(marks) == 1:
        return _WIDE[marks]
    return capped(marks.translate(ASCII_TO_FULLWIDTH))


def capped(marks: str) -> str:
    """GB/T 15834 allows up to three ！ or ？ for emphasis."""
    return REPEATED.sub(lambda row: row[0][: 1 if row[0][0] == "，" else 3], marks)


def _is_embedded(line: str, start: int, end: int, is_ascii: bool) -> bool:
    if start == 0 or (line[start - 1].isdigit() and line[end : end + 1].isdigit()):
        return False
    first = max(0, start - _EMBEDDED_LENGTH)
    if not (_EMBEDDED.search(line, first, start) or (is_ascii and _WORDS.search(line, first, start))):
        return False
    return line[start - 1] in "\"'”’)]" or _CLOSED.match(line, end) is not None


def _between(line: str, is_ascii: bool) -> set[int]:
    """Commas and semicolons between figures and Latin words, in a line that has such marks beside Han too.

    With a blank behind it one may be of an English passage, unless all of the text is so.
    """
    marks = (match.start() for match in _BETWEEN.finditer(line) if is_ascii or line[match.end()] != " ")
    found = {at for at in marks if _CHUNK_BEFORE.search(line, max(0, at - _EMBEDDED_LENGTH), at)}
    return found if found and ASCII_STYLE.search(line) else set()
