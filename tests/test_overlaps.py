"""The laws of `Overlaps`: tiles are put together again, and lines that stand once stay."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from zhclean import Overlaps, clean

LINES = [
    "　　滨江区今年把老旧小区改造列为头号民生",
    "工程，目前已有二十三个小区完成外墙保温和管",
    "网更新，惠及居民八千余户。改造中，街道请居",
    "民代表全程监督施工质量，每周开一次碰头会，",
    "居民提出的意见当场登记、限期答复。",
    "　　市政府要求，到今年底全市再完成一百二",
    "十个小区的改造，重点解决屋顶漏水、下水道堵",
    "塞和停车困难等问题。所需资金由市、区两级财",
    "政分担，居民只需承担加装电梯费用的一部分，",
    "具体办法由各小区的业主大会商定。",
]


@given(st.integers(2, 4), st.integers(1, 3), st.sampled_from(["\n", "\n\n"]))
def test_tiles_are_put_together(start: int, overlap: int, joint: str) -> None:
    """Of two tiles whose common lines one breaks off, and the text as it was."""
    tiles = LINES[:start], LINES[start - min(overlap, start - 1) :]
    text = joint.join("\n".join(tile) for tile in tiles)
    assert clean(text, [Overlaps()]) == "\n".join(LINES)


@given(st.lists(st.sampled_from(LINES), unique=True))
def test_what_stands_once_stays(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert clean(text, [Overlaps()]) == text


@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_each_line_is_still_said(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert {*clean(text, [Overlaps()]).split("\n")} == {*text.split("\n")}


PAGE = """滨江区今年把老旧小区改造列为头号民生工程，目前已有二十三个小区完成外墙保温和管网更新，惠及居民八千余户。
改造中，街道请居民代表全程监督施工质量，每周开一次碰头会，居民提出的意见当场登记、限期答复。
市政府要求，到今年底全市再完成一百二十个小区的改造，重点解决屋顶漏水、下水道堵塞和停车困难等问题。
所需资金由市、区两级财政分担，居民只需承担加装电梯费用的一部分，具体办法由各小区的业主大会商定。"""


@given(st.integers(80, 120), st.integers(30, 50), st.sampled_from(["\n", "\n\n", ""]))
def test_chunks_are_put_together(size: int, overlap: int, joint: str) -> None:
    """However long the pieces are and whatever they have in common, as long as one of them is cut in mid-phrase."""
    starts = range(0, len(PAGE) - overlap, size - overlap)
    ends = [start + size for start in starts[:-1]]
    assume(all(PAGE[at - 1 : at + 1].isalnum() for at in (*starts[1:], *ends)))
    text = joint.join(PAGE[start : start + size] for start in starts)
    assert clean(text) == PAGE
