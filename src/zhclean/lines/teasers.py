"""Beginnings of a paragraph that say themselves that they were cut off: with an ellipsis, a link to the rest, or both."""

from __future__ import annotations

from zhclean.patterns import pattern

_LINKS = """
继续阅读 繼續閱讀 继续阅读全文 繼續閱讀全文 展开全文 展開全文 展开阅读全文 展開閱讀全文 展开阅读 展開閱讀 展开更多 展開更多 点击展开 點擊展開
点击展开全文 點擊展開全文 点击查看 點擊查看 点击查看全文 點擊查看全文 点击查看更多 點擊查看更多 点击查看详情 點擊查看詳情 点击阅读 點擊閱讀 点击阅读全文
點擊閱讀全文 阅读全文 閱讀全文 全文阅读 全文閱讀 查看全文 查看全部 查看更多 查看详情 查看詳情 查看原文 看全文 阅读原文 閱讀原文 阅读更多 閱讀更多 阅读详情
閱讀詳情 了解更多 了解详情
"""
LINKS = frozenset(_LINKS.split())
"""What a link to the rest says; nobody else writes it on a line of its own."""

_SHORT_LINKS = "详细 詳細 详情 詳情 全文 更多"
"""The same behind an ellipsis or in brackets; elsewhere these are words of the sentence."""

_REST = f"(?:{'|'.join([*sorted(LINKS), *_SHORT_LINKS.split()])})"
_CUT = pattern(
    rf"(?:(?:(?<![…⋯])[…⋯]+|(?<!\.)\.{{3,}})(?:[\[【（(]?{_REST}[\]】）)]?[>»]*)?|[\[【（(]{_REST}[\]】）)])\Z"
)
"""What stands where the line was cut off."""

_LAST = frozenset("…⋯.]】）)>»") | {word[-1] for word in (*LINKS, *_SHORT_LINKS.split())}
"""What it ends with."""


def is_teaser(line: str) -> bool:
    """Whether a line may be one: a writer's ellipsis looks the same."""
    return said(line) != line


def has_link(line: str) -> bool:
    """Whether it names a link to the rest, which no writer sets."""
    return line[-1:] not in "…⋯." and is_teaser(line)


def said(line: str) -> str:
    """What a line says in front of the mark that it was cut off.

    >>> said("途经文昌路、滨江路……[详细]"), said("途经文昌路、滨江路…展开全文")
    ('途经文昌路、滨江路', '途经文昌路、滨江路')
    """
    found = _CUT.search(line) if line[-1:] in _LAST else None
    return line[: found.start()] if found else line
