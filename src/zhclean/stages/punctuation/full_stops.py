"""Points that end a Chinese sentence, in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhclean.characters import HAN_CLASS, HAN_NUMERAL_CLASS, UNIT_CLASS
from zhclean.edits import Edit
from zhclean.patterns import pattern
from zhclean.stages.punctuation.ascii_style import CLOSER, LEFT, has_ascii_style
from zhclean.stages.punctuation.foreign_names import is_in_name

_HAN = pattern(f"[{HAN_CLASS}]")

_END = rf"[ ]?[{CLOSER}」』）]*[ \t　]*\Z"
# A point that may be a full stop: not between two Latin letters or digits, nor one of several close together
# (an ellipsis, 人.民.生.活, 时间.地点.人物, 维.普.辛格, 乔治.W.布什), but for a short sentence at the end (…3票.通过.).
_POINT = pattern(
    rf"\.(?<!\.\.)(?<!\.[A-Z]\.)(?![A-Z]\.)(?<!\.[{HAN_CLASS}]\.)(?![{HAN_CLASS}]?\.)"
    rf"(?:(?={_END})|(?<!\.[{HAN_CLASS}]{{2}}\.))(?![{HAN_CLASS}]{{2}}\.(?!{_END}))"
    r"(?!(?<=[0-9A-Za-z]\.)[0-9A-Za-z])"
    r"(?!(?:US|HK|S[HISZ]|BJ|TW|[NO]|OQ|KS|L)(?![A-Za-z0-9]))"  # the exchange in a ticker, 阿里巴巴.US
)
_AT_END = pattern(_END)
_HAN_BEFORE = pattern(
    rf"(?:[{HAN_CLASS}]|[{HAN_CLASS}][0-9][0-9.,~～—\-]{{0,12}}[{UNIT_CLASS}])[{CLOSER}」』》）]{{0,3}}\Z"
)
_CHINESE_BEFORE = pattern(
    rf"""
    (?: [{HAN_CLASS}{UNIT_CLASS}》」』〉】]
      | [0-9][/∶:：比][0-9]+                                  # a fraction, score or time; 1. numbers a list, 1/3. never
      | [{HAN_CLASS}](?:[0-9]+[A-Z]+|[A-Z]+[0-9]+|[A-Z]{{3,}})  # 5G, C919, GDP; not J. nor Mr.
      | [{HAN_CLASS}](?<![第图表件款条])[0-9]{{1,9}}\.[0-9]{{1,9}}  # 9.5; not 第3.2.
      | [{HAN_CLASS}](?<![第图表件款条章节项卷])(?!(?:19|20)[0-9]{{2}}\b)[0-9]{{2,9}}  # 186; 9. may number a list, and 2015. tells when
      | [{HAN_CLASS}/][0-9][0-9.,]{{0,9}}[ ]?[A-Za-zμΩ][A-Za-zμΩ/·²³]{{0,9}}  # 2870mm
      | [{HAN_CLASS}A-Za-z][^()（）]{{0,20}}[)）]             # more in brackets than a number
    )
    [{CLOSER}」』》）]{{0,3}}\Z
    """,
    re.VERBOSE,
)
_FIGURE_BEFORE = pattern(
    rf"[0-9](?:[ ]?[A-Za-zμΩ][A-Za-zμΩ/·²³]{{0,9}})?\Z|[{LEFT}][A-Za-z][A-Za-z0-9+\-]*[{CLOSER}」』》）]{{0,3}}\Z"
)
_WHOLE_NUMBER = pattern("[0-9]{2,9}\\Z")
_NEXT_ITEM = 500  # characters up to the next item of a list that is set in one line
_WORD_BEFORE = 26  # characters to look back
_CHINESE_AFTER = pattern(rf"[ ]?[\"'”’」』）)]{{0,3}}[ \t　]?[\"'“‘「『《（(【]{{0,3}}[{HAN_CLASS}0-9A-Z—…]")

# Names and nothing else before the point: the authors of a book, a byline.
_AUTHORS = pattern(
    rf"[\[\]0-9.、\s]*[{HAN_CLASS}]{{1,3}}(?:[,，、;；\s]+[{HAN_CLASS}]{{2,3}})*(?:[,，]?等)?\Z"
)
# A word alone in front of the point and another one right behind it: 中国.云岭师范大学.
_BEHIND_WORD = pattern(
    rf"\.(?=[{HAN_CLASS}])(?:(?<=\A[{HAN_CLASS}]{{2}}.)|(?<=[\s\u2460-\u2473][{HAN_CLASS}]{{2}}.))"
)
_LONGEST_AUTHORS = 30
_LONGEST_TITLE = 80  # characters; a longer line that begins with a few short words is prose: 抢农时.云岭市…

_NUMBER = pattern(
    rf"(?:\A|[^{HAN_CLASS}])(?:第|其|图|附?表|附?件|方案|案例|专题)?[{HAN_NUMERAL_CLASS}]{{1,5}}\Z"
)
_NUMERAL = pattern(f"[{HAN_NUMERAL_CLASS}]")


def full_stops(line: str, *, is_ascii: bool = False) -> Iterator[Edit]:
    """Points that end a Chinese sentence; in doubt a point stays: 1.总体, 九.一三, 希思.塔伯特.

    In doubt the line is asked whether its other marks are ASCII, or its text (`is_ascii`).

    >>> [edit.start for edit in full_stops("会议今天上午在北京开幕.来宾很多,场面热烈.")]
    [11, 21]
    """
    ascii_style: bool | None = None
    for match in _POINT.finditer(line):
        point = match.start()
        at_end = _AT_END.match(line, point + 1) is not None
        if not (at_end and _stands_behind(_HAN_BEFORE, line, point)):
            if ascii_style is None:
                ascii_style = has_ascii_style(line, is_ascii)
            if not (ascii_style and (_ends_figure(line, point) if at_end else _ends_sentence(line, point))):
                continue
        if not _is_number(line, point):
            yield Edit(point, point + 1, "。", "ASCII full stop in Chinese")


def _stands_behind(before: re.Pattern[str], line: str, point: int) -> bool:
    if _HAN.match(line, point - 1):
        return True
    return before.search(line, max(0, point - _WORD_BEFORE), point) is not None


def _ends_figure(line: str, point: int) -> bool:
    return _stands_behind(_CHINESE_BEFORE, line, point) or _stands_behind(_FIGURE_BEFORE, line, point)


def _ends_sentence(line: str, point: int) -> bool:
    return (
        _CHINESE_AFTER.match(line, point + 1) is not None
        and _stands_behind(_CHINESE_BEFORE, line, point)
        and not _is_item(line, point)
        and not is_in_name(line, point)
        and not _BEHIND_WORD.match(line, point)
        and not (point < _LONGEST_AUTHORS and len(line) < _LONGEST_TITLE and _AUTHORS.match(line, 0, point))
    )


def _is_item(line: str, point: int) -> bool:
    """Whether another item of a list is near that has the number before, or the next one: …9.绿化10.照明."""
    number = _WHOLE_NUMBER.search(line, max(0, point - _WORD_BEFORE), point)
    if number is None:
        return False
    near = line[max(0, point - _NEXT_ITEM) : point + _NEXT_ITEM]
    return any(f"{int(number[0]) + step}." in near for step in (-1, 1))


def _is_number(line: str, point: int) -> bool:
    """A list number (一.总体) or a date that names an event (九.一三)."""
    if _NUMERAL.match(line, point - 1) is None or line.endswith("之一", 0, point):
        return False
    return (
        _NUMERAL.match(line, point + 1) is not None
        or _NUMBER.search(line, max(0, point - 8), point) is not None
    )
