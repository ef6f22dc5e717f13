"""What portals set below a headline: when a story was published, and where it comes from."""

from __future__ import annotations

import re

from zhclean.patterns import pattern

LONGEST = 80
"""Characters of such a line."""

_YEAR_FIRST = pattern("(?:19|20)[0-9]{2}[./年-]")
_DAY_FIRST = pattern(r"(?:19|20)[0-9]{2}[.年/-][0-9]{1,2}[.月/-][0-9]{1,2}")
_DATE = pattern("[0-9０-９〇○零一二三四五六七八九十年月日时分上下午晚至.．:：/—-]{1,16}")

_SOURCE = pattern("(?:来源|來源|作者|发布|發布|时间|時間|日期)[:：]")

_NUMBER, _BLANK = "[0-9０-９〇○零一二三四五六七八九十廿]", "[ \u3000]?"
_ANY_DAY = pattern(
    f"{_NUMBER}{{4}}{_BLANK}年{_BLANK}{_NUMBER}{{1,3}}{_BLANK}月(?:{_BLANK}{_NUMBER}{{1,3}}{_BLANK}[日号號])?"
    f"|{_NUMBER}{{4}}[./-]{_NUMBER}{{1,2}}[./-]{_NUMBER}{{1,2}}"
    f"|{_NUMBER}{{1,3}}{_BLANK}月{_BLANK}{_NUMBER}{{1,3}}{_BLANK}[日号號]"
)
_HOUR = pattern("[0-2]?[0-9][:：][0-5][0-9](?:[:：][0-5][0-9])?|(?:星期|周|週)[一二三四五六日天]")
_FIELD = pattern(
    r"""(?: (?: 发布 | 發布 | 发表 | 發表 | 发稿 | 更新 | 刊发 | 刊登 )? (?: 时间 | 時間 | 日期 ) | (?: 发布 | 发表 | 更新 )于
          | (?: 信息 | 文章 | 稿件 )? [来來]源 | 稿源 | 作者 | 记者 | 通讯员 | (?: 责任 | 責任 )? [编編][辑輯] | [責责][编編] )
        [:：] [ \u3000]? [^\s，。；！？：:|｜/]{0,16}""",
    re.VERBOSE,
)
_OUTLET = pattern(r"[^\W\d_]{2,10}(?:[报報刊社台臺网網]|新闻|新聞|在线|在線|客户端)")
_BETWEEN = pattern(r"[\s|｜/·（）()\[\]【】]+")


def begins_with_year(line: str) -> bool:
    """Whether a line begins with a date, or with the year of one."""
    return _YEAR_FIRST.match(line) is not None


def begins_with_day(line: str) -> bool:
    """Whether a line begins with the day of a year."""
    return _DAY_FIRST.match(line) is not None


def is_date(line: str) -> bool:
    """Whether a line is nothing but a date, a time or a number."""
    return _DATE.fullmatch(line) is not None


def names_source(line: str) -> bool:
    """Whether a line has a field for who wrote a story, when, or where it comes from, as no running head has."""
    return _SOURCE.search(line) is not None


def day_of(line: str) -> str:
    """The day a line tells, its numbers with a blank between; nothing if it tells none.

    >>> day_of("2024-03-18 09:21 云州日报"), day_of("发布时间：2024年3月18日")
    ('2024 3 18', '2024 3 18')
    """
    found = _ANY_DAY.search(line)
    numbers = re.findall(_NUMBER + "+", found[0]) if found else []
    return " ".join(number.lstrip("0０") for number in numbers)


def tells_published(line: str) -> bool:
    """Whether a line tells nothing but when a story was published and where: it has a day, or a field for either.

    >>> tells_published("2024-03-18 09:21 来源：云州日报"), tells_published("发布时间：2024年3月18日"), tells_published("三月十八日")
    (True, True, True)
    >>> tells_published("2024年3月18日，大桥通车"), tells_published("云州日报"), tells_published("十八")
    (False, False, False)
    """
    if len(line) > LONGEST or not (_ANY_DAY.search(line) or names_source(line)):
        return False
    rest = line
    for part in (_ANY_DAY, _HOUR, _FIELD):
        rest = part.sub(" ", rest)
    return all(map(_OUTLET.fullmatch, filter(None, _BETWEEN.split(rest))))
