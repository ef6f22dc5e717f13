"""ASCII marks with a blank on both sides, as segmented and recognized text has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhclean.characters import HAN_CLASS, HAN_NUMERAL_CLASS
from zhclean.edits import Edit
from zhclean.patterns import pattern
from zhclean.stages.punctuation.ascii_style import LEFT
from zhclean.stages.punctuation.clause_marks import wide
from zhclean.stages.punctuation.foreign_names import is_in_spaced_name

# No colon, which forms set apart.
_SPACED = pattern(
    rf"[ ](?<=[{LEFT}”’)][ ])[,.;?!](?=[ ][{HAN_CLASS}0-9“‘《（(]|[ ]?$)(?<![{HAN_NUMERAL_CLASS}][ ]\.)",
    re.MULTILINE,
)
_LEAST_SPACED = 3  # in a text; what is found once or twice may have been set apart on purpose

_APART = pattern(rf"(?<=[{HAN_CLASS}] )[,:;](?= [“「『《]?[{HAN_CLASS}])")
_ENDS = pattern("[。！？][”」』]?$")


def has_spaced_marks(text: str) -> bool:
    """Whether the text sets its ASCII marks apart again and again, commas too: 首页 . 新闻 . 本地 is a path."""
    marks = [match[0][-1] for match in _SPACED.finditer(text)]
    return len(marks) >= _LEAST_SPACED and "," in marks


def spaced_marks(line: str) -> Iterator[Edit]:
    """The marks of a text that sets them apart; `spacing` removes the blanks.

    >>> [edit.new for edit in spaced_marks("该项目占地320亩 , 预计明年投产 .")]
    ['，', '。']
    """
    for match in _SPACED.finditer(line):
        mark = match.end() - 1
        if line[mark] != ".":
            yield Edit(mark, mark + 1, wide(line[mark]), "ASCII mark in Chinese")
        elif not is_in_spaced_name(line, mark):
            yield Edit(mark, mark + 1, "。", "ASCII full stop in Chinese")


def apart(line: str, marks: str = ",:;") -> Iterator[Edit]:
    """The same of one of these marks, or two, between Han in a line that ends like a sentence, which no form does.

    >>> [edit.new for edit in apart("林小满 : 老街要先留住居民。")]
    ['：']
    """
    if any(mark in line for mark in (" : ", " , ", " ; ")) and line.count(" : ") < 2 and _ENDS.search(line):
        for match in _APART.finditer(line):
            if match[0] in marks:
                yield Edit(*match.span(), wide(match[0]), "ASCII mark in Chinese")
