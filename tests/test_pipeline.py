"""The laws every run obeys, whatever the stages do."""

from __future__ import annotations

import pickle
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import zhclean
from zhclean.edits import apply

EXAMPLES = Path(__file__).parents[1] / "examples"

SENTENCES = (
    "市政府昨天召开常务会议，研究部署防汛备汛工作。",
    "会议指出，要把保障群众生命安全放在第一位，",
    "全年完成固定资产投资一百二十亿元，同比增长百分之八点三。",
    "记者在现场看到，工人们正在加紧铺设管道",
    "“大家的日子越来越有奔头了！”老村长笑着说。",
    "山城开展全民阅读活动",
    "图为志愿者在社区服务。",
    "２０２３年，全区新增就业岗位3,500个，完成计划的112%。",
    "打造“一刻钟便民生活圈”，让居民在家门口就能享受服务",
    "The museum opens at 9:30 a.m. on weekdays.",
)
BREAKS = ("\n", "\n\n", "\r\n", "\n　　", "\n\n\n", "\u2028", " ", "")


@st.composite
def damaged_news(draw: st.DrawFn) -> str:
    """Sentences cut, repeated and put together again with all kinds of breaks."""
    parts = []
    for sentence in draw(st.lists(st.sampled_from(SENTENCES), max_size=12)):
        cut = draw(st.integers(0, len(sentence)))
        parts += [
            sentence[:cut],
            draw(st.sampled_from(BREAKS)),
            sentence[cut:],
            draw(st.sampled_from(BREAKS)),
        ]
    return "".join(parts)


any_text = st.one_of(
    damaged_news(), st.text(max_size=80), st.text(alphabet='，。.,!"“” \n\r国中一二12Aa', max_size=60)
)


@settings(max_examples=150)
@given(any_text)
@example("\r\r\n")
@example("\ud800国\x00\u2029\x0b\x0c")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = zhclean.clean(text)
    assert zhclean.clean(once) == once


@settings(max_examples=150)
@given(any_text)
def test_edits_lie_in_order_and_give_the_text(text: str) -> None:
    cleaned = zhclean.explain(text)
    assert cleaned.text == zhclean.clean(text)
    assert apply(text, cleaned.edits) == cleaned.text
    position = 0
    for edit in cleaned.edits:
        assert position <= edit.start <= edit.end <= len(text)
        assert text[edit.start : edit.end] != edit.new
        assert edit.stage
        assert edit.reason
        assert 0 < edit.confidence <= 1
        position = edit.end
    for gap in cleaned.gaps:
        assert 0 <= gap.start <= gap.end <= len(text)


@settings(max_examples=60)
@given(st.text(max_size=60))
@pytest.mark.parametrize("stage", [*zhclean.STAGES, *zhclean.OPTIONAL_STAGES], ids=lambda stage: stage.name)
def test_each_stage_alone_comes_to_rest(stage: zhclean.Stage, text: str) -> None:
    once = zhclean.clean(text, (stage,))
    assert zhclean.clean(once, (stage,)) == once


def test_undamaged_text_comes_back_byte_for_byte() -> None:
    story = (
        "　　今年以来，全县新建高标准农田三万亩。\r\n\r\n　　“收成比去年好。”种粮大户老赵说。\r\n"
        "　　截至目前，夏粮收购工作进展顺利，已入库二十六万吨。\r\n"
    )
    assert zhclean.clean(story) == story


def test_the_empty_text_stays_empty() -> None:
    assert zhclean.explain("") == zhclean.Cleaned("", "")


def test_bytes_are_refused_with_a_hint() -> None:
    with pytest.raises(TypeError, match=r"zhclean\.read"):
        zhclean.clean("中文".encode())  # type: ignore[arg-type]


def test_stages_can_be_sent_to_other_processes() -> None:
    stages = (*zhclean.STAGES, *zhclean.OPTIONAL_STAGES)
    assert pickle.loads(pickle.dumps(stages)) == stages


def test_threads_do_not_disturb_each_other() -> None:
    page = (EXAMPLES / "yunxi.txt").read_text("utf-8")
    pieces = [page[: random.Random(n).randint(50, len(page))] for n in range(16)]
    alone = [zhclean.clean(piece) for piece in pieces]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(zhclean.clean, pieces)) == alone


def test_names_of_stages_are_unique() -> None:
    names = [stage.name for stage in (*zhclean.STAGES, *zhclean.OPTIONAL_STAGES)]
    assert len(set(names)) == len(names)
