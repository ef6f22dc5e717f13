"""Laws that `width` and `punctuation` obey on any text."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhclean import Punctuation, Stage, Width, clean, explain
from zhclean.characters import LINE_BREAKS
from zhclean.markup.masks import HIDDEN, hide

STAGES = [
    (Width(),),
    (Punctuation(),),
    (Width(), Punctuation()),
    (Width(digits="full"), Punctuation(quotes="「」")),
    (Punctuation(quotes="“”", ellipsis="..."),),
]

TEXTS = st.text(
    "中国一二三之希思塔伯Aaz09１２Ａａ％．：，/-－,:;?!.。、…'\"＂()（）“”‘’「」『』《》·•・─—⸺﹐︵｡､｢｣%℃ 　\n\r\u2028`<>&[]#@\\",
    max_size=60,
)
SPANS = st.sampled_from(
    [
        "https://example.com/a,b;c=1?d=(e)!f",
        "http://example.com:8080/",
        "www.example.com/a:b",
        "a.b.c@example.com",
        '`打印("你好,世界")`',
        '\n```\n键: "值",１２３...\n```\n',
        '<img alt="图,一" src="a.png">',
        "600000.SH",
        "3.14",
        "1,000",
        "10:30",
        "3:2",
        "&ldquo;",
        "(终稿,一).docx",
    ]
)
PROSE = st.text("今天很好了,.:;?!\"'()，。“”", min_size=1, max_size=12).map(lambda prose: f"文{prose}文")


@pytest.mark.parametrize("stages", STAGES, ids=repr)
@given(TEXTS)
def test_cleaning_twice_is_cleaning_once(stages: tuple[Stage, ...], text: str) -> None:
    once = clean(text, stages)
    assert clean(once, stages) == once


@given(st.lists(st.tuples(PROSE, SPANS), max_size=5))
def test_what_is_no_prose_comes_out_as_it_went_in(parts: list[tuple[str, str]]) -> None:
    made = clean("".join(prose + span for prose, span in parts) + "文", [Width(), Punctuation()])
    position = 0
    for _, span in parts:
        position = made.index(span, position) + len(span)


@given(TEXTS)
def test_punctuation_changes_neither_letters_nor_digits(text: str) -> None:
    made = clean(text, [Punctuation()])
    assert [c for c in made if c.isalnum()] == [c for c in text if c.isalnum()]


@given(TEXTS)
def test_width_keeps_every_character_but_for_its_width(text: str) -> None:
    made = clean(text, [Width()])
    assert len(made) == len(text)
    assert unicodedata.normalize("NFKC", made) == unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize("stages", STAGES, ids=repr)
@given(TEXTS)
def test_line_ends_and_spaces_are_not_touched(stages: tuple[Stage, ...], text: str) -> None:
    """But for the width of those within a full-width name."""
    blank = set(LINE_BREAKS + " 　")

    def blanks(of: str) -> list[str]:
        return [c.replace("　", " ") for c in of if c in blank]

    assert blanks(clean(text, stages)) == blanks(text)


@given(TEXTS)
def test_as_many_quotes_are_opened_as_closed(text: str) -> None:
    made = clean(text, [Punctuation()])
    added = Counter(made) - Counter(text)
    if ("“" in text) == ("”" in text):
        assert added["“"] == added["”"]
    else:  # what faces the wrong way is turned
        assert sum(map(made.count, "“”")) % 2 == sum(map(text.count, "“”")) % 2
    assert added["‘"] == added["’"]


@given(TEXTS)
def test_hiding_keeps_offsets(text: str) -> None:
    hidden = hide(text)
    assert len(hidden) == len(text)
    assert all(h in (c, HIDDEN) for h, c in zip(hidden, text, strict=True))


def test_hidden_code_reaches_to_its_fence_or_to_the_end() -> None:
    assert hide("前\n```\n代码,甲\n```\n后").count(HIDDEN) == len("```\n代码,甲\n```")
    assert hide("前\n~~~~\n代码\n~~~\n后").count(HIDDEN) == len("~~~~\n代码\n~~~\n后")


def test_options() -> None:
    text = "他说:\"２０２３年(全年)增长5%...\"'好'"
    assert clean(text, [Punctuation(quotes="keep")]) == "他说：\"２０２３年（全年）增长5%……\"'好'"
    assert clean(text, [Punctuation(quotes="「」")]) == "他说：「２０２３年（全年）增长5%……」『好』"
    assert clean("「甲」『乙』don’t", [Punctuation(quotes="“”")]) == "“甲”‘乙’don’t"
    assert clean("“甲‘乙’”，don’t", [Punctuation(quotes="「」")]) == "「甲『乙』」，don’t"
    assert clean(text, [Punctuation(marks="keep", brackets="keep", quotes="keep")]).startswith(
        '他说:"２０２３年(全年)'
    )
    assert clean("春去…秋来……", [Punctuation(ellipsis="...")]) == "春去...秋来..."
    assert clean("２０２３年Ａ股", [Width(digits="keep")]) == "２０２３年A股"
    assert clean("２０２３年Ａ股", [Width(letters="keep")]) == "2023年Ａ股"
    assert (
        clean("2023年5G增长2.5%，F-16共1,000架，10:30见", [Width(digits="full")])
        == "２０２３年5G增长２．５％，F-16共１，０００架，10:30见"
    )


def test_every_edit_says_why() -> None:
    assert all(e.reason for e in explain('２０２３年,他说:"好..."(笑)', [Width(), Punctuation()]).edits)
