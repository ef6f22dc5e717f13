"""Texts of any size that make bad algorithms slow: nothing but brackets, one line, the same line for ever.

Each is a function from a number of characters to a text of about that length, the same at every call. Two
sizes of one text differ in nothing but their length, so how the cost grows can be read off them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from random import Random

Maker = Callable[[int], str]

_WHO = [
    "市政府",
    "全县群众",
    "教育部门",
    "当地企业",
    "交通系统",
    "科研人员",
    "老工人",
    "街道办事处",
    "水利专家",
    "青年志愿者",
]
_WHEN = [
    "今年以来",
    "昨天上午",
    "截至上月底",
    "在汛期到来之前",
    "按照规划",
    "经过半年努力",
    "为方便居民出行",
    "根据会议部署",
]
_DID = [
    "加快推进",
    "认真总结",
    "全面完成",
    "重点支持",
    "不断改善",
    "共同研究",
    "及时公布",
    "逐步扩大",
    "稳妥安排",
    "大力发展",
]
_WHAT = [
    "旧城改造",
    "防汛工程",
    "农田灌溉",
    "公共图书馆建设",
    "冬季供暖",
    "职业培训",
    "社区养老服务",
    "粮食收购",
    "轨道交通",
    "生态保护",
]


@cache
def _words() -> list[str]:
    """Common words of the shipped lexicon."""
    from zhclean.models.lexicon import lexicon

    words = lexicon().words("".join(map(chr, range(0x4E00, 0xA000))))
    return sorted(word for word, frequency in words.items() if len(word) > 1 and frequency > 0.4)


def prose(size: int, paragraph_end: str = "\n") -> str:
    """Undamaged text, every clause another: what the cost of the usual case is measured on."""
    rng, parts, length = Random(1998), list[str](), 0
    while length < size:
        clauses = ["".join(rng.choices(_words(), k=rng.randint(3, 6))) for _ in range(rng.randint(1, 4))]
        end = paragraph_end if rng.random() < 0.3 else ""
        parts.append(
            "，".join(clauses) + (f"{rng.randrange(10**4)}项。" if rng.random() < 0.2 else "。") + end
        )
        length += len(parts[-1])
    return "".join(parts)


def _templated(size: int) -> str:
    """Market briefs, of which each says what others said, in another order."""
    rng, parts, length = Random(1998), list[str](), 0
    while length < size:
        sentence = f"{rng.choice(_WHEN)}，{rng.choice(_WHO)}{rng.choice(_DID)}{rng.choice(_WHAT)}，"
        sentence += (
            f"完成投资{rng.randrange(10**6)}万元，{rng.choice(_WHO)}还{rng.choice(_DID)}{rng.choice(_WHAT)}。"
        )
        parts.append(sentence + ("\n" if rng.random() < 0.3 else ""))
        length += len(parts[-1])
    return "".join(parts)


def wrapped(size: int) -> str:
    """The same in lines of twenty characters."""
    return "\n\n".join(
        "\n".join(line[i : i + 20] for i in range(0, len(line), 20)) for line in prose(size).split("\n")
    )


def again(unit: str, size: int) -> str:
    """`unit` again and again."""
    return unit * (size // len(unit) + 1)


def _nearly_the_same(size: int) -> str:
    """Lines that differ in two characters each, at places that differ."""
    rng, line = Random(7), prose(60, "").strip()[:60]
    lines = []
    for _ in range(size // (len(line) + 1) + 1):
        letters = list(line)
        for place in rng.sample(range(len(line)), 2):
            letters[place] = chr(rng.randrange(0x4E00, 0x9000))
        lines.append("".join(letters))
    return "\n".join(lines)


def _cut_off(size: int) -> str:
    """Copies of one sentence, each cut at another place, and none followed by its other half."""
    rng, line = Random(7), prose(80, "")
    return "\n".join(line[: rng.randrange(5, len(line))] for _ in range(size // 40 + 1))


def _short_lines(size: int) -> str:
    """Lines of three characters, hardly one twice."""
    rng = Random(7)
    return "\n".join("".join(chr(rng.randrange(0x4E00, 0x9000)) for _ in range(3)) for _ in range(size // 4))


def _thue_morse(size: int) -> str:
    """Two characters in the one order that never says anything three times running."""
    return "".join("中国"[bin(n).count("1") % 2] for n in range(size))


def _loops(size: int) -> str:
    """Phrases said twice running, within phrases said twice running, and so on."""
    text, rng = "中", Random(7)
    while len(text) < size:
        text = text + chr(rng.randrange(0x4E00, 0x9000)) + text
    return text[:size]


def _misread(size: int) -> str:
    """UTF-8 read as Latin-1: three characters for each."""
    return prose(size // 3).encode().decode("latin-1")


def _nested(size: int) -> str:
    """Brackets opened for ever, then closed for ever."""
    return "（" * (size // 2) + "）" * (size // 2)


def _scattered_repeats(size: int) -> str:
    """News every third paragraph of which was said before."""
    rng, lines = Random(7), prose(size * 3 // 4).split("\n")
    result = list[str]()
    for line in lines:
        result.append(line)
        if rng.random() < 0.33:
            result.append(rng.choice(result))
    return "\n".join(result)


FRIENDLY: dict[str, Maker] = {
    "news": prose,
    "wrapped news": wrapped,
    "scattered repeats": _scattered_repeats,
}

HOSTILE: dict[str, Maker] = {
    "templated": _templated,
    "one line": partial(prose, paragraph_end=""),
    "short lines": _short_lines,
    "one-character lines": partial(again, "国\n"),
    "line ends": partial(again, "\n"),
    "carriage returns": partial(again, "\r\r\n"),
    "spaces": partial(again, " "),
    "ideographic spaces": partial(again, "　"),
    "lines of spaces": partial(again, "国 \n　\n"),
    "one character": partial(again, "国"),
    "two characters": _thue_morse,
    "digits": partial(again, "1"),
    "full-width digits": partial(again, "１"),
    "grouped digits": partial(again, "１，０００"),
    "times and scores": partial(again, "１２：３０："),
    "opening brackets": partial(again, "（"),
    "closing brackets": partial(again, ")"),
    "nested brackets": _nested,
    "mixed brackets": partial(again, "([（【《"),
    "straight quotes": partial(again, '"'),
    "quotes": partial(again, "“"),
    "apostrophes": partial(again, "'国"),
    "full stops": partial(again, "."),
    "commas": partial(again, ",，"),
    "dashes": partial(again, "-—－"),
    "points between": partial(again, "国."),
    "width in turn": partial(again, "国１"),
    "zero width in turn": partial(again, "国\u200b"),
    "marks in turn": partial(again, "国,"),
    "spaced out": partial(again, "新 华 社 北 京 "),
    "titles with spaces": partial(again, "《目前的刑 事法》，"),
    "addresses": partial(again, "http://a.cn/"),
    "mail addresses": partial(again, "a@b."),
    "less-than signs": partial(again, "<"),
    "open tags": partial(again, "<div "),
    "open comments": partial(again, "<!--"),
    "ampersands": partial(again, "&#"),
    "escapes": partial(again, "\x1b["),
    "pinyin": partial(again, "国(guó"),
    "misread": _misread,
    "accents": partial(again, "é"),
    "lost": partial(again, "锟斤拷"),
    "the same paragraph": partial(again, prose(200, "").strip() + "\n"),
    "two lines in turn": partial(again, "今天上午全县召开春耕生产会议。\n各乡镇负责人参加了会议。\n"),
    "nearly the same": _nearly_the_same,
    "cut off": _cut_off,
    "loops in loops": _loops,
    "page numbers": partial(again, "— 3 —\n\n本版责编：李小舟\n"),
    "captions": partial(again, "确保服\n图为志愿者在社区服务。李小舟 摄\n务业增长。\n"),
}

TEXTS = FRIENDLY | HOSTILE
