"""What the cases cannot say of `Invisible`: its tables, its laws, and real news."""

from __future__ import annotations

import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhclean import Invisible, clean, explain
from zhclean.characters.forms import PRIVATE_USE, UNIFIED_IDEOGRAPHS

STAGE = (Invisible(),)
ORDINARY = "市长说，“今年新建学校12所。”\n\r\n　　《规划》（草案） A股 http://a.cn/?b=1"
FOREIGN = (
    "\0\x07\x0b\x0c\x1b[1m\x85\x9d\xa0\xad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u2003\u2028\u2029\u202e\u2060\u2066"
    "\ufe0f\ufeff\ufffc\U000e0041\U000e0100⽤⼾⻔\uf9d1\ufa0e\ue81e\ue3af\ud83d\ude00❤👨مक\r\r\n\t 　"
)
MARKUP = (
    "<br>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<td>",
    "<!--",
    "-->",
    "&nbsp;",
    "&amp;",
    "lt;",
    "&#55357;",
    "(biāo)",
    "`",
)

texts = st.text(st.sampled_from(ORDINARY + FOREIGN), max_size=40)
marked_up = st.lists(st.sampled_from([*ORDINARY, *FOREIGN, *MARKUP]), max_size=40).map("".join)


@given(texts | marked_up)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text, STAGE)
    assert clean(once, STAGE) == once


@given(texts | marked_up)
def test_every_change_is_an_edit_with_a_reason(text: str) -> None:
    cleaned = explain(text, STAGE)
    assert all(edit.reason and edit.stage == "invisible" for edit in cleaned.edits)


@given(st.text(st.sampled_from(ORDINARY), max_size=60))
def test_ordinary_text_comes_back_as_it_was(text: str) -> None:
    assert (
        clean(text, STAGE) == text.replace("\r\r", "\r") if "\r\r\n" in text else clean(text, STAGE) == text
    )


@given(texts)
def test_nothing_but_foreign_characters_is_lost(text: str) -> None:
    kept = [c for c in clean(text, STAGE) if c in "市长说今年新建学校12所AB《》（）"]
    assert kept == [c for c in text if c in "市长说今年新建学校12所AB《》（）"]


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    clean(text, STAGE)


@pytest.mark.parametrize(
    "unit", ["\ud800", "<", "&amp;", "<!--", "\r", "\xa0", "\u200b\xa0", "<p>", "(", "\x1b[", "`"]
)
def test_hostile_repetition_ends(unit: str) -> None:
    clean(unit * 20_000, STAGE)


def test_every_kangxi_radical_has_the_ideograph_unicode_gives_it() -> None:
    for radical in map(chr, range(0x2F00, 0x2FD6)):
        assert UNIFIED_IDEOGRAPHS[radical] == unicodedata.normalize("NFKC", radical)


def test_ideographs_of_radicals_are_final() -> None:
    assert not UNIFIED_IDEOGRAPHS.keys() & {*UNIFIED_IDEOGRAPHS.values(), *PRIVATE_USE.values()}


def test_private_characters_that_gb18030_still_numbered_in_2000_are_in_the_table() -> None:
    numbered = [chr(c) for c in range(0xE816, 0xE865) if len(chr(c).encode("gb18030")) == 2]
    assert set(numbered) <= PRIVATE_USE.keys()


def test_reasons_name_the_character() -> None:
    reasons = [edit.reason for edit in explain("甲\u200b乙&nbsp;丙\0", STAGE).edits]
    assert reasons == ["zero-width space", "HTML entity &nbsp;; no-break space", "NUL"]


def test_half_a_surrogate_pair_is_a_gap() -> None:
    (gap,) = explain("留\u200b言\ud83d截断", STAGE).gaps
    assert (gap.start, gap.end) == (3, 4)


def test_stage_goes_to_other_processes() -> None:
    assert pickle.loads(pickle.dumps(Invisible())) == Invisible()
