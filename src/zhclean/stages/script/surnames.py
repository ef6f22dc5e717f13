"""Surnames that are words too, and keep their form in Traditional text as a name alone: 余兰 and 百餘人."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhclean.characters import HAN_CLASS
from zhclean.models.lexicon import lexicon
from zhclean.patterns import pattern

NEVER_WORDS, AS_FREQUENT, RARER = "范", "余游涂郁岳朴", "于党"
"""Surnames that are no word alone (规范, 示范); that may be one; and that are a word nearly always."""

LISTED = "余郁岳朴于"
"""Those with which hardly a thing begins that is enumerated; with the others do 、游古迹、 and 、党群、."""
FREQUENT = 0.6
"""From this frequency on, a word is taken for one that a preposition has behind it (北京, 近日), though 建国 is a name, too."""

_SURNAME = pattern(f"[{NEVER_WORDS}{AS_FREQUENT}{RARER}]")
_RUN = pattern(f"[{HAN_CLASS}]+")

_TITLE = (
    "(?:[^增成延拉漫专生擅特][长長]|书记|记者|主席|总理|总统|经理|总裁|主任|教授|院士|博士|律师|法官|医生|护士|老师|教师|大师|师傅|工程师"
    "|同志|同学|选手|队员|球员|运动员|演员|导演|教练|作家|诗人|画家|歌手|主持人|先生|女士|烈士|英雄|警官|民警|村民|市民|居民|职工|员工"
    "|学生|司机|被告人?|嫌疑人|通讯员|委员|研究员|评论员|董事|司令员?|政委|干事|作者|编辑|译者|摄影|将军|代表|专家|学者|助理|名将|老将|小将|新秀)"
)
BEHIND_TITLE = pattern(f"{_TITLE}$")
_IN_LIST = pattern(r"(?:[、（(：:“\s　和与]|^)$")

# With what no given name begins, and what ends none.
_NO_NAME = "的了是在有和与为等日月年人个名多万亿元件次天时上下中内外前后里间今心这那其此各该本全每一二三四五六七八九十百千去到过来出完得向回进法也都就还不"
_FIRST = f"(?![{_NO_NAME}])[{HAN_CLASS}]"
_SECOND = f"(?![的了是在有和与为等也都就还不前后上下内外里时间])[{HAN_CLASS}]"
# What a name has behind it, as far as this is short and frequent.
_GOES_ON = (
    r"(?:[，、。；：:）)”》\s　]|\Z|说|表示|介绍|告诉|认为|指出|强调|主持|出席|参加|报道|摄|等|和|与|在|的|向|对|为|是|也|又|还|则|因|从|将|已|被|把"
    "|率|任|作|代表|宣布|透露|坦言|坚持|带领|担任|获|以|先生|女士|同志|教授|老师|一行|夫妇|当选|入选|夺|致)"
)
_NAME = pattern(f".(?P<given>{_FIRST}(?:{_SECOND})?)(?P<next>{_GOES_ON})")
_BEFORE_NAME = pattern(f"(?![{_NO_NAME}儿])[{HAN_CLASS}·]")  # 范儿 is a manner
_SOMEBODY = pattern("某(?![年月日个些种地国一天时处项方])|先生|女士|小姐|老师|教授|氏")
"""Whom a surname alone goes with, right behind it."""


def surnames(lines: Sequence[str]) -> list[set[int]]:
    """Where in each of the lines of a Simplified text surnames stand that are words too, as far as that is sure.

    Somebody is given with a title once, and without one from then on.
    """
    candidates = [list(_candidates(line)) for line in lines]
    found = [
        [(i, _named(line, i, is_alone=is_alone)) for i, is_alone in places]
        for line, places in zip(lines, candidates, strict=True)
    ]
    names = {name for places in found for _, name in places if name is not None and len(name) > 1}
    return [
        {
            i
            for i, name in places
            if name is not None or not names.isdisjoint((line[i : i + 2], line[i : i + 3]))
        }
        for line, places in zip(lines, found, strict=True)
    ]


def _candidates(line: str) -> Iterator[tuple[int, bool]]:
    """Characters that words begin with, and whether they are a word alone."""
    for run in _RUN.finditer(line) if _SURNAME.search(line) else ():
        if _SURNAME.search(run[0]):
            start = run.start()
            for word in lexicon().segmented(run[0]):
                if _SURNAME.match(word):
                    yield start, len(word) == 1
                start += len(word)


def _named(line: str, i: int, *, is_alone: bool) -> str | None:
    """The name that begins here, as far as it is known; None if it is not sure that there is one."""
    surname, before = line[i], line[max(0, i - 4) : i]
    has_title, in_list = BEHIND_TITLE.search(before) is not None, _IN_LIST.search(before) is not None
    name = _NAME.match(line, i)
    is_listed = in_list and surname in LISTED and name is not None
    if surname in NEVER_WORDS:
        is_name = is_alone and _BEFORE_NAME.match(line, i + 1) is not None
    elif surname in AS_FREQUENT:
        is_name = is_alone and (has_title or is_listed or _is_somebody(line, i))
    else:
        is_listed = is_listed and name is not None and name["next"] in "、（）()等和"
        is_given = name is not None and _is_given(name["given"])
        is_name = (has_title or is_listed) and (is_given or (is_alone and _is_somebody(line, i)))
    if not is_name:
        return None
    return surname + name["given"] if name is not None and has_title else surname


def _is_somebody(line: str, i: int) -> bool:
    return _SOMEBODY.match(line, i + 1) is not None


def _is_given(name: str) -> bool:
    """Whether this is hardly a word that a preposition may have behind it: 记者于北京报道."""
    return len(name) == 1 or lexicon().words(name).get(name, 0.0) < FREQUENT
