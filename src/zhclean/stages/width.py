"""Full-width letters and digits become ASCII; half-width CJK marks become ordinary ones.

Never by NFKC: that also turns ，；：！？（） into ASCII, ① into 1 and ㎡ into m2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from zhclean.characters import (
    ASCII_TO_FULLWIDTH,
    FULLWIDTH_TO_ASCII,
    HALFWIDTH_CJK_MARKS,
    HAN_CLASS,
    KANA_CLASS,
    UNIT_CLASS,
    WIDE_MARK_CLASS,
)
from zhclean.edits import Edit
from zhclean.markup.masks import HIDDEN, hide
from zhclean.options import Checked, option
from zhclean.patterns import pattern

_CANDIDATE = pattern("[０-９Ａ-Ｚａ-ｚ％．｡｢｣､]")

_HAN_DIGIT = "〇零一二三四五六七八九"

# What a folded run can consist of; the patterns below then say which of it changes.
_AREA = pattern("[－＋０-９Ａ-Ｚａ-ｚ％．][０-９Ａ-Ｚａ-ｚ0-9A-Za-z％．，：／－＋＆＠＿＝　]*")

# Of several groups the first is short or a later one begins with 0: 120，135，168 are three numbers.
_THOUSANDS = (
    r"(?<![0-9０-９．.，,第])(?:[１-９][０-９]{0,2}，[０-９]{3}|[１-９][０-９]?(?:，[０-９]{3}){2,}"
    r"|[１-９][０-９]{2}(?:，[１-９][０-９]{2})*，０[０-９]{2}(?:，[０-９]{3})*)(?![0-9０-９]|，[０-９])"
)
_TIME = r"(?<![0-9０-９：])(?:[０-１]?[０-９]|２[０-４])：[０-５][０-９](?:：[０-５][０-９])?(?![0-9０-９：])"
_JOINER = r"(?<=[０-９Ａ-Ｚａ-ｚ％])[／－＋＆＠＿＝](?=[０-９Ａ-Ｚａ-ｚ])"
_DIGIT_POINT = r"(?<=[0-9０-９])．(?=[0-9０-９])"
_LETTER_POINT = r"(?<=[Ａ-Ｚａ-ｚ])．(?=[Ａ-Ｚａ-ｚ])"
# The one behind the last of several initials, Ｊ．Ｋ．罗琳; a single letter may number a list.
_INITIAL_POINT = r"(?<=[.．·][A-ZＡ-Ｚ])．(?![0-9A-Za-z０-９Ａ-Ｚａ-ｚ])"
_ENDING_SIGNS = r"(?<=[Ａ-Ｚａ-ｚ])＋＋(?![0-9A-Za-z０-９Ａ-Ｚａ-ｚ＋])"  # Ｃ＋＋; in 保险＋期货 it joins
# Words of one name. Behind a figure and in front of a time it sets apart columns of a table, behind a letter options: Ａ　Ｂ.
_WORD_SPACE = r"(?<=[Ａ-Ｚａ-ｚ][０-９Ａ-Ｚａ-ｚ])　(?=[０-９Ａ-Ｚａ-ｚ])(?![０-９]+：)"
# 气温－５℃, 歼－２０; not in a range (１日－３日).
_SIGN = rf"(?<![0-9A-Za-z０-９Ａ-Ｚａ-ｚ％－＋])(?<![0-9０-９][{HAN_CLASS}])[－＋](?=[０-９])"
# ６００５１９．ＳＨ; behind fewer digits it may number a list.
_TICKER_POINT = r"(?<=[０-９]{4})．(?=[Ａ-Ｚ]{2})"
_SCHEME = r"(?<=[ｐｓ])：／／(?=[Ａ-Ｚａ-ｚ])"

_DIGITS = rf"{_THOUSANDS}|{_TIME}|[０-９％]+|{_DIGIT_POINT}|{_SIGN}"
_LETTERS = rf"[Ａ-Ｚａ-ｚ]+|{_LETTER_POINT}|{_INITIAL_POINT}|{_ENDING_SIGNS}|{_SCHEME}"
_RUN = {
    (True, True): pattern(rf"(?:{_DIGITS}|{_LETTERS}|{_JOINER}|{_TICKER_POINT}|{_WORD_SPACE})+"),
    (True, False): pattern(rf"(?:{_DIGITS})+"),
    (False, True): pattern(rf"(?:{_LETTERS})+"),
}

# The same among ASCII digits: with one group, only 000 or a decimal tells a number from a list (名列第3，100人到场).
_GROUPED = pattern(
    r"""
    (?<![0-9.．,第])(?<![0-9]，)
    (?: [1-9][0-9]?(?:，[0-9]{3}){2,}
      | [1-9][0-9]{2}(?=(?:，[0-9]{3}){2})(?:，[1-9][0-9]{2})*，0[0-9]{2}(?:，[0-9]{3})*
      | [1-9][0-9]{0,2}，(?:000|[0-9]{3}(?=\.[0-9]+(?![0-9]|，[0-9]))) )
    (?![0-9]|，[0-9])
    """,
    re.VERBOSE,
)

_GROUP = pattern("，(?<=[0-9]，)[0-9]{3}(?![0-9])")  # is found much faster than the number around it

# 21:15 is a time of day and a badminton result; beside a score that is no time, or a word for one, it is a score.
_SCORE = pattern(
    r"[0-9０-９]：[0-9０-９](?![0-9０-９])|[0-9０-９]：[６-９][０-９]|[胜勝负負局队隊]|以(?=[０-９])"
    r"|击败|擊敗|轻取|輕取|领先|領先|落后|落後|失利|比分|比数|比數"
)
_SCORE_DISTANCE = 12

# Behind a Han digit: surely the 〇 of a number in Han within it or behind two digits, but 唯一０封对手 has none.
_HAN_ZEROS = pattern(
    rf"(?<=[{_HAN_DIGIT}])０+(?P<sure>(?<=[{_HAN_DIGIT}０][{_HAN_DIGIT}０]０)|(?=[{_HAN_DIGIT}]))?"
)

_NARROW = FULLWIDTH_TO_ASCII | {ord("　"): " "}

# ｡ and ､ are nothing but a stop and a comma, also behind what is not Chinese: 10 nm｡, 3 m³､ [1]｡ Only faces are drawn
# with them, (｡•ᴗ•｡): behind a bracket that opens or a blank, in front of a sign or a bracket that closes.
_OPENING_CLASS = r"\s(\[{<"
_SENTENCE_GOES_ON = rf"(?=\s|\Z|[0-9A-Za-z“”‘’\"'\[{UNIT_CLASS}{HIDDEN}])"
_HALFWIDTH_MARK = pattern(
    rf"(?<=[{HAN_CLASS}{WIDE_MARK_CLASS}])[｡｢｣､]|[｡｢｣､](?=[{HAN_CLASS}{WIDE_MARK_CLASS}])"
    rf"|[｡､](?<=[0-9A-Za-z{UNIT_CLASS}”’\"')].)|(?<=[^{_OPENING_CLASS}])[｡､]{_SENTENCE_GOES_ON}"
)
_KANA_DISTANCE = 10
_KANA = pattern(f"[{KANA_CLASS}]")

# A digit beside a Latin letter belongs to a name (5G, F-16, CO2), not to the text's figures.
_NARROW_FIGURE = pattern(
    r"(?<![A-Za-z0-9.,:/_\-])[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?%?(?![A-Za-z0-9/_\-]|[.,:][A-Za-z0-9])"
)


@dataclass(frozen=True)
class Width(Checked):
    """Fold full-width letters, digits and ％, with the point, grouping comma and colon inside numbers.

    >>> from zhclean import clean
    >>> clean("２０２３年１２月，Ａ股上涨２．５％，成交１，０００亿元。比分３：２。", [Width()])
    '2023年12月，A股上涨2.5%，成交1,000亿元。比分3：2。'
    """

    name: ClassVar[str] = "width"

    digits: Literal["half", "full", "keep"] = option(
        "half", "The width of digits, and of the marks inside numbers."
    )
    letters: Literal["half", "keep"] = option("half", "The width of Latin letters.")

    def propose(self, text: str) -> Iterator[Edit]:
        """One edit for each run of characters that change together."""
        if self.digits == "full":
            yield from _widened(text)
        if _CANDIDATE.search(text) is None and _GROUP.search(text) is None:
            return
        visible = hide(text)
        run = _RUN.get((self.digits == "half", self.letters == "half"))
        if run is not None:
            yield from _folded(visible, run)
        if self.digits == "half":
            yield from _grouped(visible)
        yield from _ordinary_marks(visible)


def _folded(text: str, run: re.Pattern[str]) -> Iterator[Edit]:
    for area in _AREA.finditer(text):
        for match in run.finditer(text, area.start(), area.end()):
            new = _fold(text, *match.span())
            if new != match[0]:
                yield Edit(*match.span(), new, "full-width letters or digits")


def _fold(text: str, start: int, end: int) -> str:
    zeros = _HAN_ZEROS.match(text, start) if text[start] == "０" else None
    if zeros and zeros.end() == end:
        return "〇" * len(zeros[0]) if zeros["sure"] is not None else zeros[0]
    new = text[start:end].translate(_NARROW)
    if "：" in text[start:end] and "://" not in new and _is_score(text, start, end):
        return new.replace(":", "：")
    return new


def _grouped(text: str) -> Iterator[Edit]:
    for match in _GROUPED.finditer(text) if _GROUP.search(text) else ():
        start = text.index("，", match.start())
        yield Edit(
            start, match.end(), text[start : match.end()].replace("，", ","), "full-width comma in a number"
        )


def _is_score(text: str, start: int, end: int) -> bool:
    first = max(0, start - _SCORE_DISTANCE)
    first = max(first, text.rfind("\n", first, start) + 1)
    last = end + _SCORE_DISTANCE
    found = _SCORE.search(text, first, last + 3)  # to see whether a number goes on behind the last character
    return found is not None and found.start() < last and text.find("\n", end, found.start()) < 0


def _ordinary_marks(text: str) -> Iterator[Edit]:
    for match in _HALFWIDTH_MARK.finditer(text):
        start, end = match.span()
        # Half-width marks are at home in half-width katakana.
        if _KANA.search(text, max(0, start - _KANA_DISTANCE), end + _KANA_DISTANCE):
            continue
        mark = HALFWIDTH_CJK_MARKS[match[0]]
        # One beside its own ordinary form is one too many, which `punctuation` can tell as long as they differ.
        if mark not in (text[start - 1 : start], text[end : end + 1]):
            yield Edit(start, end, mark, "half-width mark")


def _widened(text: str) -> Iterator[Edit]:
    visible = hide(text)
    for match in _NARROW_FIGURE.finditer(visible):
        if HIDDEN not in visible[max(0, match.start() - 1) : match.end() + 1]:
            yield Edit(match.start(), match.end(), match[0].translate(ASCII_TO_FULLWIDTH), "narrow digits")
