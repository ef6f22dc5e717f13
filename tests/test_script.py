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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("秘书长发言时说，市长发布了公告。", "祕書長發言時說，市長發佈了公告。"),
        ("她剪去一头长发，换上了新装。", "她剪去一頭長髮，換上了新裝。"),
        ("一个中国原则不容挑战，三百多人参加了会议。", "一個中國原則不容挑戰，三百多人參加了會議。"),
        ("校长胡文轩出席，县长面带笑容。", "校長胡文軒出席，縣長面帶笑容。"),
        ("小店卖热汤面，墙上挂着倒计时钟。", "小店賣熱湯麪，牆上掛着倒計時鐘。"),
        ("老人每天喝人参汤。", "老人每天喝人蔘湯。"),
    ],
)
def test_phrases_do_not_lie_across_words(text: str, expected: str) -> None:
    assert clean(text, (Script("traditional", "generic"),)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("区长余兰主持会议，百余人参加。", "區長余蘭主持會議，百餘人參加。"),
        ("记者于洋报道，车队于三日到达。", "記者于洋報道，車隊於三日到達。"),
        ("记者于北京报道，书记于会后发言。", "記者於北京報道，書記於會後發言。"),
        ("范建国说，示范区的规范要求很有范儿。", "范建國說，示範區的規範要求很有範兒。"),
        ("被告人涂某认罪，曾涂改证件。", "被告人涂某認罪，曾塗改證件。"),
        ("选手游长江获胜。次日，游长江与队友同游古镇。", "選手游長江獲勝。次日，游長江與隊友同遊古鎮。"),
        ("区长党育民致辞，全党同志要团结。", "區長党育民致辭，全黨同志要團結。"),
    ],
)
def test_surnames_that_are_words_too(text: str, expected: str) -> None:
    assert clean(text, (Script("traditional", "generic"),)) == expected
