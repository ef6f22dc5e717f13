"""What the cases cannot say of `Script`: the other direction, its options and its laws."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhclean import Script, clean, explain

TRADITIONAL = "臺灣鐵路局說，這條線路的發車時間會調整。"
SIMPLIFIED = "铁路局说，这条线路的发车时间会调整。"
mixtures = st.lists(
    st.sampled_from([TRADITIONAL, SIMPLIFIED, "毕昇", "畢昇", "乾", "A股\n", "\n", "\r\n", "\ud83d", "の"]),
    max_size=12,
).map("".join)


@pytest.mark.parametrize("to", ["simplified", "traditional"])
@given(text=mixtures)
def test_cleaning_twice_is_cleaning_once(to: str, text: str) -> None:
    stages = (Script(to),)  # type: ignore[arg-type]
    once = clean(text, stages)
    assert clean(once, stages) == once


@given(mixtures)
def test_only_han_change_and_none_is_lost(text: str) -> None:
    cleaned = clean(text, (Script(),))
    assert len(cleaned) == len(text)
    assert [c for c in cleaned if c < "\u4e00" or c > "\u9fff"] == [
        c for c in text if c < "\u4e00" or c > "\u9fff"
    ]


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("auto", "銀行裏有羣衆"),
        ("generic", "銀行裏有羣衆"),
        ("taiwan", "銀行裡有群眾"),
        ("hongkong", "銀行裏有羣眾"),
    ],
)
def test_traditional_of_a_region(region: str, expected: str) -> None:
    assert clean("银行里有群众", (Script("traditional", region),)) == expected  # type: ignore[arg-type]


def test_edits_are_no_longer_than_what_changes() -> None:
    edits = explain("捷運新線通車", (Script(),)).edits
    assert [(edit.start, edit.end, edit.new) for edit in edits] == [(1, 2, "运"), (3, 4, "线"), (5, 6, "车")]


def test_threads_share_the_converters() -> None:
    with ThreadPoolExecutor(4) as pool:
        results = set(pool.map(lambda _: clean(TRADITIONAL, (Script(),)), range(16)))
    assert results == {"台湾铁路局说，这条线路的发车时间会调整。"}
