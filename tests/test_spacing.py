"""What the cases cannot say of `Spacing`: its options and its laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhclean import Spacing, clean

STAGE = (Spacing(),)
texts = st.text(st.sampled_from("市长说新的 　\t\n\r，。：！（）《》“”’A1.|`"), max_size=60)
spaced_out = st.text(st.sampled_from("市长说的在，。（）1A\n"), min_size=20, max_size=60).map(" ".join)


@given(texts | spaced_out)
def test_only_spaces_disappear(text: str) -> None:
    assert clean(text, STAGE).replace(" ", "").replace("\u3000", "") == text.replace(" ", "").replace(
        "\u3000", ""
    )


@pytest.mark.parametrize("han_latin", ["keep", "insert", "remove"])
@pytest.mark.parametrize("indent", ["keep", "insert", "remove"])
@given(text=texts | spaced_out)
def test_cleaning_twice_is_cleaning_once(han_latin: str, indent: str, text: str) -> None:
    stages = (Spacing(han_latin, indent),)  # type: ignore[arg-type]
    once = clean(text, stages)
    assert clean(once, stages) == once


@given(st.text(st.sampled_from("市长说，。（）“”A1\n\r\t"), max_size=60))
def test_text_without_spaces_comes_back_as_it_was(text: str) -> None:
    assert clean(text, STAGE) == text


@pytest.mark.parametrize("unit", [" ", "　", "国 ", "， ", "（ ）", " ”", "|", "新 华 。 的 "])
def test_hostile_repetition_ends(unit: str) -> None:
    clean(unit * 20_000, STAGE)


@pytest.mark.parametrize(
    ("option", "text", "expected"),
    [
        (
            "insert",
            "2023年5月，A股上涨3%后回落，见http://a.cn/b中",
            "2023 年 5 月，A 股上涨 3% 后回落，见http://a.cn/b中",
        ),
        (
            "remove",
            "2023 年 5 月，A 股上涨 3% 后回落，New York 分社",
            "2023年5月，A股上涨3%后回落，New York分社",
        ),
        ("keep", "2023 年5月，A 股", "2023 年5月，A 股"),
    ],
)
def test_spaces_between_han_and_latin(option: str, text: str, expected: str) -> None:
    assert clean(text, (Spacing(han_latin=option),)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("option", "text", "expected"),
    [
        (
            "insert",
            "标题一行\n正文第一段。\n    正文第二段。",
            "标题一行\n　　正文第一段。\n　　正文第二段。",
        ),
        (
            "remove",
            "　　标题\n　　正文第一段。\n- 列表，一\n1. 列表，二",
            "　　标题\n正文第一段。\n- 列表，一\n1. 列表，二",
        ),
        ("keep", "　　正文。\n正文。", "　　正文。\n正文。"),
    ],
)
def test_indents_of_paragraphs(option: str, text: str, expected: str) -> None:
    assert clean(text, (Spacing(indent=option),)) == expected  # type: ignore[arg-type]
