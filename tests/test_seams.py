"""Most texts are not broken: that is found out quickly, and the quick answer is the one of all models."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

import zhclean
from zhclean import seams
from zhclean.lines import lines_of
from zhclean.models import opinions
from zhclean.models.networks import Network
from zhclean.seams import Seam, judge
from zhclean.seams.evidence import Evidence

HEADLINES = (
    "全区新增就业岗位三千个",
    "山城开展全民阅读活动",
    "老旧小区改造工程下月启动",
    "市博物馆新馆对公众开放",
    "首届城市定向赛周末开跑 十条道路临时管制",
)
PARAGRAPHS = (
    "记者昨天从市人力资源部门了解到，今年以来，全区新增就业岗位三千个，完成全年计划的百分之六十。",
    "“大家的日子越来越有奔头了！”老村长笑着说。",
    "今天上午，山城全民阅读活动在中心图书馆启动，活动将持续到年底。",
    "据介绍，工程总投资一亿二千万元，涉及十四个小区、五千多户居民。",
)
FRAGMENTS = ("记者在现场看到，工人们正在加紧铺设管道", "会议指出，要把保障群众生命安", "全放在第一位。")

ends = st.lists(st.sampled_from(HEADLINES + PARAGRAPHS), max_size=10)
anything = st.lists(st.sampled_from(HEADLINES + PARAGRAPHS + FRAGMENTS), max_size=10)


@given(st.one_of(ends, anything), st.sampled_from(("\n", "\n\n", "\n　　")))
def test_the_quick_answer_is_the_answer(paragraphs: list[str], between: str) -> None:
    lines = lines_of(between.join(paragraphs))
    assert _rounded(judge(lines)) == _rounded(seams._seams(Evidence(lines), 0.3))


def _rounded(found: Iterable[Seam]) -> list[Seam]:
    """Several threads add up in another order than one."""
    return [seam._replace(probability=round(seam.probability, 4)) for seam in found]


def test_headlines_are_told_at_a_glance(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = set[str]()
    network = opinions.network

    def recorded(name: str) -> Network:
        asked.add(name)
        return network(name)

    monkeypatch.setattr(opinions, "network", recorded)
    story = "".join(PARAGRAPHS)
    assert judge(lines_of(f"{HEADLINES[0]}\n{story}\n{HEADLINES[1]}\n{story}")) == []
    assert asked == {"glance"}
    assert len(judge(lines_of("会议指出，要把保障群众生命安\n\n全放在第一位。"))) == 1
    assert asked == {"glance", "ends", "sense"}


def test_a_line_of_digits_without_end_is_no_number_of_a_page() -> None:
    digits = "31415926" * 600  # more than int() takes
    text = f"县图书馆昨日公布了去年的借阅情况。\n— 3 —\n{digits}\n4\n全年共借出图书十二万册。"
    assert digits in zhclean.clean(text, [zhclean.Unwrap(furniture="remove")])
