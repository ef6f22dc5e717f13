from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhclean.characters import CLAUSE_MARKS
from zhclean.edits import Edit, Span, accept
from zhclean.fingerprint import paragraph_key, shingles
from zhclean.pipeline import clean, explain
from zhclean.stages.repeats import Repeats

STAGES = (Repeats(),)

HEADINGS = ["压实责任", "本报记者 周 立", "第一章 总则", "现予公告。", "## 重点任务"]
SENTENCES = [
    "渔港今年新建了冷链物流中心，渔民的收入跟着稳了下来。",
    "县医院的新门诊楼本月启用，挂号、缴费、取药都可以在手机上完成，行动不便的老年人还有专人陪诊。",
    "检查组对三十家企业进行了抽查，发现问题六十余处，已全部下发整改通知。",
    "老街片区今年将延长路灯照明时间，新增一批移动摊位，让市民的夜生活更加丰富。",
    "公交集团负责人说，社区巴士车身短、转弯半径小，适合走背街小巷。",
    "图为志愿者在社区食堂为老人送餐。",
]
WHOLE = st.sampled_from(HEADINGS + SENTENCES)
PIECE = st.builds(
    lambda line, start, end: line[start : max(end, start + 1)],
    st.sampled_from(SENTENCES),
    st.integers(0, 20),
    st.integers(5, 60),
)
LOOP = st.builds(lambda piece, times: piece * times, PIECE, st.integers(2, 6))
LINE = st.one_of(WHOLE, PIECE, LOOP, st.tuples(WHOLE | PIECE, WHOLE | PIECE).map("".join))
SEPARATOR = st.sampled_from(["\n", "\n\n", "\r\n", "\n\n\n", "\n　　"])
PAGE = st.builds(lambda lines, separator: separator.join(lines), st.lists(LINE, max_size=12), SEPARATOR)


@given(PAGE)
@settings(max_examples=150, deadline=None)
def test_removing_twice_is_removing_once(text: str) -> None:
    cleaned = clean(text, STAGES)
    assert not list(Repeats().propose(cleaned))


def says_all_of(kept: str, gone: str) -> bool:
    """Whether `gone` is nothing but copies of `kept` or of a part of it, and marks between them."""
    kept, gone = paragraph_key(kept), paragraph_key(gone).strip(CLAUSE_MARKS)
    times = len(gone) // len(kept) + 2
    return any(gone in (kept + mark) * times for mark in ("", "，", "、", "；", "。"))


@given(PAGE)
@settings(max_examples=150, deadline=None)
def test_a_copy_of_all_that_is_removed_stays(text: str) -> None:
    edits = accept((e for e in Repeats().propose(text) if isinstance(e, Edit)), text)
    gone = [(e.start, e.end) for e in edits]
    for edit in edits:
        if edit.new:
            assert edit.reason == "recognised rightly in the copy"
            assert edit.new in text
            continue
        assert edit.repeats is not None
        start, end = edit.repeats
        assert start < end
        assert not any(a < end and start < b for a, b in gone), "the copy goes, too"
        # A slip is what the copy does not say.
        assert "slips" in edit.reason or says_all_of(text[start:end], text[edit.start : edit.end])


@given(
    st.lists(st.tuples(WHOLE, st.integers(1, 3)), max_size=8).flatmap(
        lambda pairs: st.permutations([line for line, times in pairs for _ in range(times)])
    ),
    SEPARATOR,
)
@settings(max_examples=100, deadline=None)
def test_whatever_is_repeated_is_still_said(lines: list[str], separator: str) -> None:
    cleaned = clean(separator.join(lines), STAGES)
    assert all(line in cleaned for line in lines)


@given(st.lists(WHOLE, max_size=12), SEPARATOR)
@settings(max_examples=100, deadline=None)
def test_what_stays_is_not_glued_together(lines: list[str], separator: str) -> None:
    kept = clean(separator.join(lines), STAGES)
    assert all(line.strip() in lines for line in kept.split(separator) if kept)


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=30))
@settings(max_examples=100, deadline=None)
def test_every_paragraph_survives_any_repetition(lines: list[str]) -> None:
    left = clean("\n".join(lines), STAGES).split("\n")
    assert set(left) == set(lines)


def test_every_removal_says_what_it_repeats() -> None:
    text = f"{SENTENCES[1]}\n{SENTENCES[2]}\n{SENTENCES[1][:29]}"
    (edit,) = explain(text, STAGES).edits
    assert edit.reason == "cut-off copy of a longer paragraph"
    assert text[slice(*edit.repeats or ())] == SENTENCES[1][:29]
    assert edit.repeats == Span(0, 29)
    assert 0.5 < edit.confidence < 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "　\r\n\r\n",
        "好" * 5000,
        "\ud800" * 40,
        "𠀀" * 40,
        "，" * 5000,
        "（" * 5000,
        "a b " * 1000,
    ],
)
def test_text_without_words_is_left_alone(text: str) -> None:
    assert clean(text, STAGES) == text


def test_characters_beyond_the_basic_plane_do_not_shift_offsets() -> None:
    loop = "会议要求抓紧抢收早稻，" * 5
    assert (
        clean(f"𠮷𠮷镇{'𠀀' * 50}。{loop}颗粒归仓。", STAGES)
        == f"𠮷𠮷镇{'𠀀' * 50}。会议要求抓紧抢收早稻，颗粒归仓。"
    )


def test_a_hundred_thousand_equal_lines_are_one() -> None:
    line = "市民反映的道路积水问题已经得到解决，有关部门表示将加强巡查。"
    assert clean((line + "\n") * 100_000, STAGES) == line + "\n"


def test_a_loop_of_a_hundred_thousand_copies_is_one() -> None:
    unit = "市民反映道路积水问题突出，"
    assert (
        clean("据报道，" + unit * 100_000 + "有关部门正在处理。", STAGES)
        == f"据报道，{unit}有关部门正在处理。"
    )


@pytest.mark.parametrize("text", ["甲乙" * 50_000, "会议要求抓紧抢收早稻" * 5_000])
def test_what_repeats_itself_throughout_is_said_once(text: str) -> None:
    assert len(clean(text, STAGES)) == len(set(text))


def test_stretches_of_words_without_end_take_time_with_their_length() -> None:
    """Fibonacci words are full of loops of every length, none of which goes on for long."""
    short, long = "晴", "雨"
    while len(long) < 20_000:
        short, long = long, long + short
    small, large = (len([*Repeats().propose(long[:size])]) for size in (5_000, 20_000))
    assert large < 5 * small


@pytest.mark.parametrize("other", [chr(0x6001), "、", "，"])
def test_what_stands_in_front_of_a_copy_by_chance_does_not_hide_it(other: str) -> None:
    """U+3001 and U+6001 have the same low byte, by which copies are looked for."""
    unit = "施工队以饱满的精神状态"
    assert clean(f"三{other}{unit * 5}投入抢修。", STAGES) == f"三{other}{unit}投入抢修。"


@pytest.mark.parametrize("copies", range(2, 8))
@pytest.mark.parametrize(
    "block",
    [
        [HEADINGS[0], SENTENCES[0]],
        ["渔港建起冷链物流中心", HEADINGS[1], *SENTENCES[:3]],
        ["## 重点任务", SENTENCES[1], "（二）补齐短板", SENTENCES[2], "（完）"],
    ],
)
def test_however_often_a_block_is_copied_the_first_copy_stays(block: list[str], copies: int) -> None:
    assert clean("\n\n".join(block * copies), STAGES) == "\n\n".join(block)


def test_many_cut_off_copies_are_one() -> None:
    line = "".join(SENTENCES)
    text = "\n".join(line[:end] for end in range(40, len(line) + 1))
    assert clean(text, STAGES) == line


@given(st.text(alphabet="天地人和", max_size=80), st.integers(1, 20))
def test_equal_runs_have_equal_hashes(text: str, width: int) -> None:
    hashes = shingles(np.array([ord(c) for c in text], dtype=np.uint64), width)
    assert len(hashes) == max(len(text) - width + 1, 0)
    for i, j in pairwise(range(len(hashes))):
        assert (hashes[i] == hashes[j]) == (text[i : i + width] == text[j : j + width])


def test_a_paragraph_key_ignores_spaces_only() -> None:
    assert paragraph_key(" 　李 明摄\t") == paragraph_key("李明 摄")
    assert paragraph_key("李明摄。") != paragraph_key("李明摄")
