"""Sketches: two texts agree in a slot with the probability of their Jaccard similarity."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.stories import story, text
from zhclean.corpus.deduplication.compared import solid
from zhclean.corpus.deduplication.minhash import Layout, anchors, bands, layout, sketch

TEXTS = st.lists(st.text(alphabet="新华社电今天的，。 a１2\n.-%:", max_size=30), max_size=12)


@given(TEXTS)
def test_a_text_has_the_same_sketch_whoever_stands_beside_it(texts: list[str]) -> None:
    together = sketch(solid(texts), 16)
    for row, own in enumerate(texts):
        assert (sketch(solid([own]), 16)[0] == together[row]).all()


@given(TEXTS)
@example(["222222222222a2", ""])
def test_anchors_are_those_of_the_text_alone(texts: list[str]) -> None:
    hashes, offsets = anchors(solid(texts))
    for row, own in enumerate(texts):
        assert anchors(solid([own]))[0].tolist() == hashes[offsets[row] : offsets[row + 1]].tolist()


@given(
    st.text(alphabet="新华社电今天的", min_size=1, max_size=4), st.text(alphabet="新华社电今天的", min_size=1)
)
def test_a_text_shorter_than_a_shingle_is_one_shingle(short: str, other: str) -> None:
    one, two = sketch(solid([short, other]), 64)
    assert (one == two).all() == (short == other)


def test_what_is_no_letter_or_digit_does_not_count() -> None:
    assert (
        solid(["“２０２４年”，Ａ股 涨了 32点！", "2024年A股涨了32点"]).strings() == ["2024年A股涨了32点"] * 2
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("我市10月物价同比上涨3.2%。", "我市10月物价同比上涨32%。"),
        ("物价同比上涨3%。", "物价同比上涨3。"),
        ("明晨最低气温-5℃。", "明晨最低气温5℃。"),
        ("明晨最低气温（－5℃）。", "明晨最低气温（5℃）。"),
        ("-5℃，明晨最低气温。", "5℃，明晨最低气温。"),
        ("甲川队客场1:12告负。", "甲川队客场11:2告负。"),
        ("甲川队客场1-12告负。", "甲川队客场1:12告负。"),
        ("中签号码：1、23、4。", "中签号码：12、3、4。"),
        ("甲川指数收于3,012.5点。", "甲川指数收于30,125点。"),
        ("咨询电话：0871-6315", "咨询电话：08716-315"),
        ("温差为3-5℃。", "温差为3、-5℃。"),
        ("涨幅3%—5%。", "涨幅35%。"),
    ],
)
def test_a_figure_with_another_mark_is_another_figure(one: str, other: str) -> None:
    pair = solid([one, other]).strings()
    assert pair[0] != pair[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("全年产茶4,215吨。", "全年产茶4215吨。"),
        ("全年产茶１２，３４５．６吨。", "全年产茶12345.6吨。"),
        ("收于３０１２．５点，涨３．２％。", "收于3012.5点，涨3.2%。"),
        ("比分为1：12。", "比分为 1 : 12。"),
        ("气温为−5℃。", "气温为-5℃。"),
        ("号码是1、23、4。", "号码是1，23，4。"),
        ("全年产茶42\n15吨。", "全年产茶4215吨。"),
        ("涨幅为3.\n2%。", "涨幅为3.2%。"),
        ("3月5日，15人获奖。", "3月5日15人获奖。"),
    ],
)
def test_a_figure_that_is_only_written_otherwise_is_the_same(one: str, other: str) -> None:
    pair = solid([one, other]).strings()
    assert pair[0] == pair[1]


@given(TEXTS)
def test_what_is_compared_is_that_of_the_text_alone(texts: list[str]) -> None:
    assert solid(texts).strings() == [solid([own]).strings()[0] for own in texts]


def test_no_text_no_sketch() -> None:
    assert sketch(solid([]), 8).shape == (0, 8)
    assert (sketch(solid(["", "……"]), 8) == 0xFFFFFFFF).all()


@pytest.mark.parametrize("length", [1, 4, 12])
def test_slots_estimate_jaccard_without_bias(length: int) -> None:
    random = Random(length)
    differences = []
    for seed in range(60):
        one, rest = story(random, length), story(random, length)
        pair = [text(one + rest), text(one)]
        sets = [{t[i : i + 5] for i in range(len(t) - 4)} for t in solid(pair).strings()]
        jaccard = len(sets[0] & sets[1]) / len(sets[0] | sets[1])
        a, b = sketch(solid(pair), 128, seed)
        differences.append((a == b).mean() - jaccard)
    # The mean of 60 estimates has a standard error of at most 0.06 / sqrt(60).
    assert abs(np.mean(differences)) < 0.025


@pytest.mark.parametrize("threshold", [0.2, 0.3, 0.5, 0.7, 0.8, 0.95, 1.0])
def test_the_layout_misses_next_to_nothing_at_the_threshold(threshold: float) -> None:
    shape = layout(threshold)
    assert shape.found(threshold) >= 1 - 1.0001e-4
    assert shape.slots <= 1024


def test_bands_agree_where_their_slots_do() -> None:
    sketches = np.array([[1, 2, 3, 4], [1, 2, 9, 4], [3, 4, 1, 2]], np.uint32)
    found = bands(sketches, Layout(2, 2))
    assert found[0, 0] == found[1, 0]
    assert len(np.unique(found)) == 5
