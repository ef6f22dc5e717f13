"""What stands in the middle of a sentence more often than above or below one: figures, dates, titles, names in Latin
letters, telephone numbers, what is quoted or in brackets.
"""

from __future__ import annotations

from typing import NamedTuple

from zhclean.patterns import pattern

LONGEST = 32
"""Characters of such a line."""

_NUMBER = "[0-9０-９]+(?:[.．,，·][0-9０-９]+)*"
_TERM = pattern(
    "《[^《》]{1,30}》|“[^“”。！？]{1,5}”|「[^「」。！？]{1,5}」|『[^『』。！？]{1,5}』"
    "|（[^（）。！？：]{1,16}）|\\([^()。！？:]{1,16}\\)"
    "|[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?:[.．][0-9０-９]+)?|[0-9０-９]+[.．][0-9０-９]+"
    f"|(?:{_NUMBER}[年月日号號时時点點分]){{1,5}}"
    f"|{_NUMBER}[-—–～~∶]{_NUMBER}[年月日時时%％℃]?"
    f"|{_NUMBER}[多余餘]?[百千万萬亿億]{{0,2}}(?:[%％℃]|[\u4e00-\u9fff]{{1,2}})"
    "|\\+?[0-9]{2,4}(?:[- ][0-9]{1,4})?[- ][0-9]{4,8}|\\[[0-9]{1,3}\\]"  # telephone numbers and notes
    "|[A-Za-zＡ-Ｚａ-ｚ][A-Za-zＡ-Ｚａ-ｚ0-9０-９ .&·-]{0,23}"
)
_QUOTED = pattern("《[^《》]+》|“[^“”]+”|「[^「」]+」|『[^『』]+』")
_ON_PAGES = pattern(
    "[^\\W\\d_]{2,4}(?:[日晚早晨时時商][报報])|([0-9]{1,3})[/／][0-9]{1,3}|[E-Z]([1-9][0-9]{0,2})|[广廣]告"
)
_ALONE = pattern("[0-9０-９]+(?:[.．,][0-9０-９]+)*")

COUNTED = frozenset(
    "，。、；：∶）％%年月日时時点點分秒天周岁歲个個名人位家种種类類项項条條件次届屆号號户戶元美万萬亿億千百米公里吨噸克亩畝度倍平立"
    "辆輛台臺艘架座栋棟所间間页頁册冊部篇首张張幅枚只隻头頭匹棵株株双雙对對套组組批层層级級场場局轮輪回集期卷%％℃余餘多票份颗顆坪阵陣例班杯瓶袋箱盒支枝封呎齣小楼樓块塊周週世股笔筆批斤款处處幢粒磅把根顿頓盘盤毫桶罐筐碗宗桩樁滴厘摄攝铜銅趟盏盞响響铢銖兆茬顶頂埃扇棒"
)
"""Measure words and what else stands behind a number, by its first character."""

LONGEST_PAGE = 4
"""Digits of a page's number."""


def is_term(line: str) -> bool:
    """Whether a line is nothing but one of these; a whole number alone is not, which may be that of a page.

    >>> [is_term(line) for line in ("《渡口》", "54.8万元", "12月10日", "7.5", "TikTok", "037-558558", "12", "一、总体要求")]
    [True, True, True, True, True, True, False, False]
    """
    return len(line) <= LONGEST and _TERM.fullmatch(line) is not None


class PageName(NamedTuple):
    """What a page may have at its head or foot: the line but for its number, and that."""

    form: str
    number: int | None


def page_name(line: str) -> PageName | None:
    """What a line says that stands at the head or foot of a page, and that a sentence may speak of as well: a paper, G7, 2/3.
    Not 第3版 nor A4, which are of pages more often.

    >>> page_name("云岭日报"), page_name("G7"), page_name("第3版"), page_name("云岭日报 第3版")
    (PageName(form='云岭日报', number=None), PageName(form='G', number=7), None, None)
    """
    found = _ON_PAGES.fullmatch(line)
    if not found:
        return None
    if found.lastindex is None:
        return PageName(line, None)
    start, end = found.span(found.lastindex)
    return PageName(line[:start] + line[end:], int(line[start:end]))


def is_quoted(line: str) -> bool:
    """Whether the whole line stands in one pair of title marks or quotes."""
    return _QUOTED.fullmatch(line) is not None


def is_number(line: str) -> bool:
    """Whether a line is a number and nothing else."""
    return _ALONE.fullmatch(line) is not None
