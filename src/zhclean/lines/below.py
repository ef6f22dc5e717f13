"""What stands below a text: a rubric, such as 相关阅读 or 网友评论, and headlines or what readers say."""

from __future__ import annotations

from collections.abc import Sequence

from zhclean.patterns import pattern

_RUBRIC = pattern(
    "[^\\w\\s]{0,2}\\s*(?:往期|相关|相關|延伸|推荐|推薦|热门|熱門|精彩|更多|拓展|猜你喜欢|編輯推薦|编辑推荐|看更多)"
    "(?:内容|內容|新闻|新聞|报道|報道|報導|文章|阅读|閱讀|链接|連結|推荐|推薦|回顾|回顧|导读|精彩)?[：:]?"
    "|(?P<comments>[^\\w\\s]{0,2}\\s*(?:目前没有|暂无|暫無)?"
    "(?:网友|網友|网民|热门|熱門|最新|最热|最熱|全部|所有|精彩|精选|精選|用户|更多|我要|发表|發表)+"
    "(?:评论|評論|跟[贴貼帖]|留言)(?:[仅僅]供.*|[区區]?\\s*[（(]?[0-9]*[条條]?[）)]?[：:]?)"
    "|[暂暫][无無](?:评论|評論|跟[贴貼帖]|留言).*"
    "|(?:评论|評論|跟[贴貼帖]|留言)(?:[区區]|列表|\\s*[（(]?[0-9]+\\s*[条條]?[）)]?.*)[：:]?)"
)
LONGEST_RUBRIC, LONGEST_HEADLINE = 40, 40
"""Characters of the line above such a list, and of a headline in it."""
LONGEST_LABEL = 20
"""Characters of a line without an end that may stand between a text and what readers say of it: who wrote it, links."""


def below(lines: Sequence[str], terminal: Sequence[bool]) -> set[int]:
    """The lines below such a rubric: headlines as far as they are short and have no full stop; comments to the end, with
    the rubric itself, which may be a sentence. `terminal` tells which of the lines end a sentence.

    >>> below(["全线通车。", "相关阅读", "老街修好了", "桥也通了", "记者昨天在现场看到，桥面已经铺好。"], [True, False, False, False, True])
    {2, 3}
    >>> below(["全线通车。", "网友评论", "早该修了", "什么时候通到我们镇？天天堵车。"], [True, False, False, True])
    {1, 2, 3}
    >>> below(["全线通车", "评论(12)", "东湖至青川的公路昨天通车，山里", "人不再绕路。"], [False, False, False, True])
    set()
    """
    found, is_below_end = set[int](), False
    for at, (line, rubric) in enumerate(zip(lines, map(_RUBRIC.fullmatch, lines), strict=True)):
        if rubric is not None and len(line) <= LONGEST_RUBRIC:
            if not rubric["comments"]:
                found.update(_headlines(lines, at + 1))
            elif is_below_end:  # a link to the comments may stand below the headline or within the text
                return found.union(range(at, len(lines)))
        if len(line) > LONGEST_LABEL or terminal[at]:
            is_below_end = terminal[at]
    return found


def _headlines(lines: Sequence[str], start: int) -> range:
    """The lines from `start` on that may be headlines."""
    for i in range(start, len(lines)):
        if len(lines[i]) > LONGEST_HEADLINE or "。" in lines[i]:
            return range(start, i)
    return range(start, len(lines))
