"""Whether a line or a text is set with ASCII marks throughout, so that those in doubt are Chinese ones too."""

from __future__ import annotations

import re

from zhclean.characters import HAN_CLASS, UNIT_CLASS, WIDE_MARK_CLASS
from zhclean.patterns import pattern

LEFT = HAN_CLASS + WIDE_MARK_CLASS + UNIT_CLASS
"""What stands in front of a Chinese mark, as the inside of a character class."""
CLOSER = "\"'”’)\\]"
"""What may stand between the two, likewise."""

ASCII_STYLE = pattern(
    rf"[{HAN_CLASS}][,:;?!()\"]|[,:;?!()\"][{HAN_CLASS}]|[{HAN_CLASS}]\.[{CLOSER}」』）]*\Z"
    rf"|[0-9A-Za-z],[ ][{HAN_CLASS}]"
)
_REFERENCE = pattern(
    r"\[[A-Z](?:/[A-Z]{2})?\]|出版社[,，][ ]?[0-9]{4}(?!年)|\A\s*(?:\[[0-9]{1,3}\]|[0-9]{1,3}\.)\s*\^ .*(?:[0-9]{4}|ISBN)|出版社\. [0-9]{4}[. \[]"
)
_LONGEST_REFERENCE = 300  # characters; a longer line has more in it than an entry

# Behind Han, at the end of a line or in front of what begins with a quotation or a bracket: no name has such a point.
_SURE_POINT = pattern(
    rf"\.(?:(?<=[{HAN_CLASS}].)|(?<=[{HAN_CLASS}][”’」』》）].))(?=[ ]?[{CLOSER}」』）]{{0,3}}[ ]?(?:[“‘「『《（]|$))",
    re.MULTILINE,
)
_POINTS_TO_A_STOP = 4
"""In a text without 。 one point is enough; a 。 or two may have come in with a passage from elsewhere."""


def is_reference(line: str) -> bool:
    """Whether the line is an entry of a bibliography, which GB/T 7714 sets with half-width marks."""
    return len(line) <= _LONGEST_REFERENCE and _REFERENCE.search(line) is not None


def ends_with_points(text: str) -> bool:
    """Whether the sentences of a text end with points, so that one in doubt ends a sentence too."""
    least = max(1, _POINTS_TO_A_STOP * text.count("。"))
    return text.count(".") >= least and len(_SURE_POINT.findall(text)) >= least


def has_ascii_style(line: str, is_ascii: bool) -> bool:
    """Whether the line or its text has ASCII marks beside Han and no 。, so that its full stop must be a point too."""
    if "。" in line or _REFERENCE.search(line):
        return False
    return is_ascii or ASCII_STYLE.search(line) is not None
