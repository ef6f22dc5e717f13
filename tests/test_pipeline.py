"""The laws every run obeys, whatever the stages do."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import zhclean
from tests.damaged_news import any_text
from zhclean.edits import apply

EXAMPLES = Path(__file__).parents[1] / "examples"


@settings(max_examples=100)
@given(any_text)
@example("\r\r\n")
@example("\ud800国\x00\u2029\x0b\x0c")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = zhclean.clean(text)
    assert zhclean.clean(once) == once


@settings(max_examples=100)
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


@settings(max_examples=40)
@given(any_text, st.sampled_from((0.5, 0.9, 0.97, 1.0)))
def test_who_is_cautious_gets_what_is_sure_and_that_is_final(text: str, least: float) -> None:
    cleaned = zhclean.explain(text, min_confidence=least)
    assert all(edit.confidence >= least for edit in cleaned.edits)
    assert cleaned.text == zhclean.clean(text, min_confidence=least)
    assert zhclean.clean(cleaned.text, min_confidence=least) == cleaned.text


def test_an_edit_that_is_refused_takes_its_group_with_it() -> None:
    page = (
        "园区负责人介绍，企业从签约到投产平均只需八个月，这得益于当地推行的一站式审\n\n"
        "图为工人在生产线上作业。本报记者 李小舟 摄\n\n批服务，所有手续都有专人代办。\n\n目前已有三十家企业入驻。"
    )
    moved = zhclean.explain(page)
    assert any(edit.origin for edit in moved.edits)
    surest = max(edit.confidence for edit in moved.edits)
    assert zhclean.explain(page, min_confidence=min(surest + 1e-9, 1.0)).text == page


@pytest.mark.parametrize("kind", [list, iter, set, lambda stages: (stage for stage in stages)])
def test_stages_come_in_any_iterable(
    kind: Callable[[Sequence[zhclean.Stage]], Iterable[zhclean.Stage]],
) -> None:
    stages = [zhclean.Width()]
    assert zhclean.clean("２０２３年", kind(stages)) == "2023年"
    assert zhclean.explain("２０２３年", kind(stages)).stages == tuple(stages)
    assert list(zhclean.clean_many(["２０２３年"] * 3, stages=kind(stages))) == ["2023年"] * 3


@pytest.mark.parametrize("stages", [zhclean.Width(), "width", ["width"], [zhclean.Width], None, [None]])
def test_what_is_no_stage_is_told_at_once(stages: Any) -> None:
    told = r"such as \[?zhclean\.Width\(\)"
    with pytest.raises(TypeError, match=told):
        zhclean.clean("中文", stages)
    with pytest.raises(TypeError, match=told):
        zhclean.explain("中文", stages)
    with pytest.raises(TypeError, match=told):
        zhclean.clean_many(["中文"], stages=stages)  # before a text is asked for


@pytest.mark.parametrize("least", [-0.1, 1.5, float("nan")])
def test_a_confidence_lies_between_0_and_1(least: float) -> None:
    with pytest.raises(ValueError, match="min_confidence must be between 0 and 1"):
        zhclean.clean("中文", min_confidence=least)
    with pytest.raises(ValueError, match="min_confidence must be between 0 and 1"):
        zhclean.clean_many(["中文"], min_confidence=least)  # before a text is asked for
