"""Makes texts of a fuzzer's bytes, so that a small change of the bytes is a small change of the text."""

from __future__ import annotations

WHOLE = (
    "市政府昨天召开常务会议，研究部署防汛备汛工作。",
    "会议指出，要把保障群众生命安全放在第一位，",
    "全年完成固定资产投资一百二十亿元，同比增长百分之八点三。",
    "记者在现场看到，工人们正在加紧铺设管道",
    "“大家的日子越来越有奔头了！”老村长笑着说。",
    "山城开展全民阅读活动",
    "图为志愿者在社区服务。本报记者 李小舟 摄",
    "打造“一刻钟便民生活圈”，让居民在家门口就能享受服务",
    "新華社臺北5月20日電（記者林滿）",
    "— 3 —",
    "责任编辑：周远",
    "The museum opens at 9:30 a.m. on weekdays.",
)
HALVES = tuple(half for text in WHOLE for half in (text[: len(text) // 2], text[len(text) // 2 :]))
WORDS = (
    "服务业",
    "人民",
    "医院",
    "发展",
    "垃圾",
    "分类",
    "治理",
    "雲溪",
    "國際",
    "的",
    "了",
    "是",
    "在",
    "不",
    "一",
    "二",
    "第",
    "条",
    "年",
    "月",
    "日",
    "阿",
    "斯",
    "尔",
)
FIGURES = (
    "１２",
    "３．５",
    "３，０００",
    "％",
    "5.4%",
    "1,000",
    "10:30",
    "3:2",
    "2024-05-01",
    "①",
    "Ａ",
    "ｋｍ",
    "Ⅱ",
)
MARKS = tuple("，。；：？！、…—·（）《》「」『』“”‘’〈〉【】") + tuple(",.;:?!()[]{}\"'`*_|#<>-~/\\&@+=^")
RUNS = (
    "……",
    "——",
    "....",
    "。。。",
    "！！！",
    ",,",
    "--",
    "? ?",
    "```",
    "~~~",
    "***",
    "###",
    "|---|",
    "((((",
    "（（（",
)
ENDS = ("\n", "\n\n", "\r\n", "\r", "\r\r\n", "\n\n\n", "\n　　", "\u2028", "\u2029", "\x85", "\x0b", "\x0c")
SPACES = (" ", "  ", "　", "　　", "\t", "\xa0", "\u200b", "\ufeff", "\u200d", "\ufe0f", "\xad", "\u3000\n")
CONTROLS = ("\x00", "\x1b[31m", "\u202a", "\u202e", "\u2067", "\u2069", "\U000e0041", "\ud800", "\udc00")
FOREIGN = (
    "⼈",
    "\ue5e5",
    "\ufffd",
    "锟斤拷",
    "烫烫",
    "ï¿½",
    "Ã©",
    "ä¸\xad",
    "é\x95¿",
    "±¾±¨",
    "¥»³ø",
    "涓",
    "€",
    "한국",
    "カナ",
)
MARKUP = (
    "<p>",
    "</p>",
    "<br/>",
    "<td>",
    "<sup>",
    "&nbsp;",
    "&amp;",
    "&#x4e2d;",
    "<!--",
    "http://a.cn/b?c=1,2",
    "a@b.cn",
    "\\n",
    "\\u4e2d",
)
COMBINING = ("\u0301", "\u0300\u0301", "\u20e3", "👨‍👩", "🏴", "क्", "\u0e33", "が", "é")
PIECES = (
    *WHOLE,
    *HALVES,
    *WORDS,
    *FIGURES,
    *MARKS,
    *RUNS,
    *ENDS,
    *SPACES,
    *CONTROLS,
    *FOREIGN,
    *MARKUP,
    *COMBINING,
)
"""What texts are put together from; no more than there are bytes."""


def text_of(data: bytes) -> str:
    """The text some bytes stand for: pieces of damaged news, or what the bytes say in UTF-8.

    The first byte tells which. Bytes that are no UTF-8 become lone surrogates.
    """
    if data[:1] < b"\x40":
        return data[1:].decode("utf-8", "surrogateescape")
    return "".join(PIECES[byte % len(PIECES)] for byte in data[1:])
