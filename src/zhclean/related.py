"""Lists of related stories below a text: a rubric, such as 相关阅读, and headlines."""

from __future__ import annotations

from collections.abc import Sequence

from zhclean.patterns import pattern

_RUBRIC = pattern(
    "[^\\w\\s]{0,2}\\s*(?:往期|相关|相關|延伸|推荐|推薦|热门|熱門|精彩|更多|拓展|猜你喜欢|編輯推薦|编辑推荐|看更多)"
    "(?:内容|內容|新闻|新聞|报道|報道|報導|文章|阅读|閱讀|链接|連結|推荐|推薦|回顾|回顧|导读|精彩)?[：:]?"
)
LONGEST_RUBRIC, LONGEST_HEADLINE = 12, 40
"""Characters of the line above the list, and of its lines."""


def related(lines: Sequence[str]) -> set[int]:
    """The lines below such a rubric, as far as they are as short as headlines and have no full stop.

    >>> related(["全线通车。", "相关阅读", "老街修好了", "桥也通了", "记者昨天在现场看到，桥面已经铺好。"])
    {2, 3}
    """
    found = set[int]()
    rubrics = [i for i, line in enumerate(lines) if len(line) <= LONGEST_RUBRIC and _RUBRIC.fullmatch(line)]
    for rubric in rubrics:
        for i in range(rubric + 1, len(lines)):
            if i in found or len(lines[i]) > LONGEST_HEADLINE or "。" in lines[i]:
                break
            found.add(i)
    return found
