"""What stands in the middle of a sentence more often than above or below one: figures, dates, titles, names in Latin
letters, what is quoted or in brackets.
"""

from __future__ import annotations

from zhclean.patterns import pattern

LONGEST = 32
"""Characters of such a line."""

_NUMBER = "[0-9０-９]+(?:[.．,，·][0-9０-９]+)*"
_TERM = pattern(
    "《[^《》]{1,30}》|“[^“”。！？]{1,5}”|「[^「」。！？]{1,5}」|『[^『』。！？]{1,5}』"
    "|（[^（）。！？]{1,16}）|\\([^()。！？]{1,16}\\)"
    f"|(?:{_NUMBER}[年月日号號时時点點分]){{1,5}}"
    f"|{_NUMBER}[多余餘]?[百千万萬亿億]{{0,2}}(?:[%％℃]|[\u4e00-\u9fff]{{1,2}})"
    "|[A-Za-zＡ-Ｚａ-ｚ][A-Za-zＡ-Ｚａ-ｚ0-9０-９ .&·-]{0,23}"
)
_QUOTED = pattern("《[^《》]+》|“[^“”]+”|「[^「」]+」|『[^『』]+』")


def is_term(line: str) -> bool:
    """Whether a line is nothing but one of these; a number alone is not, which may be that of a page.

    >>> [is_term(line) for line in ("《渡口》", "54.8万元", "12月10日", "TikTok", "（见图）", "12", "一、总体要求")]
    [True, True, True, True, True, False, False]
    """
    return len(line) <= LONGEST and _TERM.fullmatch(line) is not None


def is_quoted(line: str) -> bool:
    """Whether the whole line stands in one pair of title marks or quotes."""
    return _QUOTED.fullmatch(line) is not None
