"""Edits of several steps become edits of the original: nothing is lost or doubled, whatever is undone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from zhclean.cleaned import Cleaned
from zhclean.edits import Edit, Span, Step, accept, apply
from zhclean.edits.composition import Composition, in_source

SOURCE = "".join(map(chr, range(0x4E00, 0x4E28)))  # each character once, so that every one can be told apart
FRESH = st.text(alphabet="abc", max_size=2)


@st.composite
def steps(draw: st.DrawFn) -> list[Step]:
    """Steps that remove, replace, move and insert, several times in one step, each on the last one's text."""
    result: list[Step] = []
    text = SOURCE
    for number in range(draw(st.integers(1, 4))):
        edits = accept(draw(one_step(text)), text)
        result.append(Step(f"stage{number}", edits))
        text = apply(text, edits)
    return result


@st.composite
def one_step(draw: st.DrawFn, text: str) -> list[Edit]:
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=8)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        kind = draw(st.sampled_from(("remove", "replace", "move", "insert")))
        if kind == "insert":
            edits.append(Edit(start, start, draw(FRESH), "inserted"))
        elif kind == "replace":
            edits.append(Edit(start, end, draw(FRESH), "replaced"))
        else:
            edits.append(Edit(start, end, "", kind, group=start if kind == "move" else None))
    for move in [e for e in edits if e.group is not None]:
        places = [p for p in range(len(text) + 1) if not any(e.start < p < e.end for e in edits)]
        at, span = draw(st.sampled_from(places)), Span(move.start, move.end)
        edits.append(Edit(at, at, text[slice(*span)], "moved", origin=span, group=move.group))
    return edits


def composed(some: list[Step]) -> Cleaned:
    text = SOURCE
    for step in some:
        text = apply(text, step.edits)
    return Cleaned(SOURCE, text, tuple(in_source(some, SOURCE)))


@settings(max_examples=150)
@given(steps())
def test_edits_of_the_source_do_what_the_steps_did(some: list[Step]) -> None:
    cleaned = composed(some)
    assert apply(SOURCE, cleaned.edits) == cleaned.text
    assert list(cleaned.edits) == accept(cleaned.edits, SOURCE)


@settings(max_examples=150)
@given(steps())
def test_undoing_never_loses_nor_doubles_a_character(some: list[Step]) -> None:
    cleaned = composed(some)
    for edit in cleaned.edits:
        undone = cleaned.undo(edit)
        characters = [c for c in undone.text if c in SOURCE]
        assert len(characters) == len(set(characters)), "doubled"
        assert set(characters) >= set(cleaned.text).intersection(SOURCE), "lost"
        assert set(characters) >= set(SOURCE[edit.start : edit.end]), "not brought back"
        assert apply(SOURCE, undone.edits) == undone.text
    assert cleaned.undo(*cleaned.edits).text == SOURCE


@settings(max_examples=150)
@given(steps())
def test_each_character_is_found_where_it_went(some: list[Step]) -> None:
    cleaned = composed(some)
    for offset, character in enumerate(SOURCE):
        if character not in cleaned.text:
            assert 0 <= cleaned.to_clean(offset) <= len(cleaned.text)
        elif not any(e.start <= offset < e.end for e in cleaned.edits):
            assert cleaned.text[cleaned.to_clean(offset)] == character
            assert cleaned.to_source(cleaned.to_clean(offset)) == offset


def test_edits_that_only_touch_stay_two() -> None:
    first = Step("unwrap", [Edit(3, 4, "", "line broken")])
    second = Step("punctuation", [Edit(2, 3, "，", "comma")])
    assert in_source([first, second], "服务,\n业") == [
        Edit(2, 3, "，", "comma", stage="punctuation"),
        Edit(3, 4, "", "line broken", stage="unwrap"),
    ]


def test_edits_that_overlap_are_one_and_tell_each_cause_once() -> None:
    first = Step("width", [Edit(0, 2, "12", "digits; letters", 0.9, group=3)])
    second = Step("spacing", [Edit(1, 2, "", "letters; spaces")])
    (edit,) = in_source([first, second], "１２")
    assert edit == Edit(0, 2, "1", "digits; letters; spaces", 0.9, "width+spacing")


def test_insertions_at_one_place_keep_their_order() -> None:
    composition = Composition("前后")
    composition.add(Step("a", [Edit(1, 1, "二", "")]))
    composition.add(Step("b", [Edit(1, 1, "一", ""), Edit(2, 2, "三", "")]))
    assert [edit.new for edit in composition.edits()] == ["一", "二", "三"]
    assert composition.text == "前一二三后"


def test_groups_of_different_steps_are_different() -> None:
    first = Step("a", [Edit(0, 1, "", "", group=0), Edit(1, 1, "甲", "", group=0)])
    second = Step("a", [Edit(2, 3, "", "", group=0), Edit(3, 3, "丙", "", group=0)])
    assert [e.group for e in in_source([first, second], "甲乙丙")] == [0, 0, 1, 1]


def test_moved_text_that_is_removed_later_says_so_where_it_stood() -> None:
    move = Step(
        "unwrap", [Edit(1, 3, "", "moved", group=0), Edit(5, 5, "图片", "", origin=Span(1, 3), group=0)]
    )
    removal = Step("repeats", [Edit(3, 5, "", "said before", repeats=Span(5, 7))])
    (edit,) = in_source([move, removal], "前图片后，图片")
    assert edit[:4] == (1, 3, "", "moved; said before")
    assert edit.stage == "unwrap+repeats"
    assert edit.repeats == Span(5, 7)


def test_what_a_removal_repeats_is_what_stays_in_the_end() -> None:
    first = Step("repeats", [Edit(4, 6, "", "again", repeats=Span(2, 4))])
    second = Step("repeats", [Edit(2, 4, "", "again", repeats=Span(0, 2))])
    assert [e.repeats for e in in_source([first, second], "新闻新闻新闻")] == [Span(0, 2), Span(0, 2)]


def test_who_takes_the_blanks_around_a_removal_did_not_take_it() -> None:
    source = "春天。树绿，\n春天。\n　　花开。"
    repeats = Edit(7, 11, "", "said again", 0.9, repeats=Span(0, 3))
    join = Edit(6, 9, "", "joined", 0.99)
    [edit] = in_source([Step("repeats", [repeats]), Step("unwrap", [join])], source)
    assert source[slice(*edit[:2])] == "\n春天。\n　　"
    assert (edit.stage, edit.confidence, edit.repeats) == ("repeats+unwrap", 0.9, Span(0, 3))


def test_where_several_removals_take_the_copy_the_longest_tells_what_stays() -> None:
    first = Step("repeats", [Edit(9, 12, "", "again", repeats=Span(6, 9))])
    second = Step(
        "repeats", [Edit(6, 7, "", "again", repeats=Span(1, 2)), Edit(7, 9, "", "again", repeats=Span(4, 6))]
    )
    edits = in_source([first, second], "一甲二三乙丙甲乙丙甲乙丙")
    assert [e.repeats for e in edits] == [Span(1, 2), Span(4, 6), Span(4, 6)]


def test_a_copy_in_the_text_that_an_edit_puts_in_is_not_told() -> None:
    first = Step("width", [Edit(0, 4, "新闻新闻", "in ordinary characters")])
    second = Step("repeats", [Edit(2, 4, "", "again", repeats=Span(0, 2))])
    assert [(e.new, e.repeats) for e in in_source([first, second], "ｘｙｘｙ")] == [("新闻", None)]


def test_a_copy_that_is_moved_along_with_what_repeats_it_is_not_told() -> None:
    moves = [
        Edit(1, 3, "", "moved", group=0),
        Edit(4, 6, "", "moved", group=0),
        Edit(7, 7, "图片图片", "", group=0),
    ]
    removal = Step("repeats", [Edit(3, 5, "", "said before", repeats=Span(5, 7))])
    edits = in_source([Step("unwrap", moves), removal], "前图片中图片后")
    assert [(e.new, e.repeats) for e in edits] == [("", None), ("", None), ("图片", None)]
