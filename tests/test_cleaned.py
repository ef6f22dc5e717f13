"""What one can do with a result: refuse edits, find places again, compare documents."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import zhclean
from tests.damaged_news import any_text
from zhclean.edits import Edit, Gap, Span, apply

MOVED = (
    "园区负责人介绍，企业从签约到投产平均只需8个月，这得益于当地推行的一站式审\n\n"
    "图为工人在生产线上作业。本报记者 李小舟 摄\n\n批服务，所有手续都有专人代办。\n\n目前已有３０家企业入驻。"
)
CUT_OFF = (  # the copy that stays has its second half behind an article in between
    "老街片区今年将延长路灯照明时间，新增一批移动摊位，让市民的夜生\n\n智慧农场\n\n村里的早稻已经收割完毕。\n\n"
    "老街片区今年将延长路灯照明时间，新增一批移动摊位，让市民的夜生\n\n活更加丰富。"
)
COPIES_IN_THE_WAY = (  # what one removal names is removed itself, and then stands in what is moved
    "市政府昨天召开常务会议，研究部\n署防汛备汛工作。\n\n市政府昨天召开常务会议，研究部署防汛备汛工作。\n\n"
    "会议指出，要把保障群众生命安全放在第一位，\n\n会议指出，要把保障群众生命安全放在第一位，\n"
    "记者在现场看到\n，工人们正在加紧铺设管道\n\n"
    + "市政府昨天召开常务会议，研究部署防汛备汛工作。\n\n"
    * 2
    + "市政府昨天召开常务会议，研究部署防汛备汛工作。\n市政府\n昨天召开常务会议，研究部署防汛备汛工作。\n\n"
    "市政府昨天召开常务会议，研究部署防汛备汛工作。\n"
)
MOVED_TWICE = (  # what is moved had come from two places
    "\n市政府昨天召开常务会议，研究部署防汛备汛工作。\n\n市政府昨天召开常务会议，研究部署防汛备汛工作。\n\n"
    "会议指出，要把保障群众生命安全放在第一位，\n会议\n指出，要把保障群众生命安全放在第一位，\n\n"
    "图为志愿者在社区服务。\n市政府昨天召开常务\n会议，研究部署防汛备汛工作。\n"
)
TWICE = "全市新增就业岗位１２０００个，完成年度计划的百分之九十五。\n\n山城新貌\n\n"


@pytest.fixture(scope="module")
def moved() -> zhclean.Cleaned:
    return zhclean.explain(MOVED)


# --- Refusing edits ----------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(any_text, st.data())
@example(MOVED, None)
@example(CUT_OFF, None)
@example(TWICE * 3, None)
def test_undoing_leaves_the_others_as_they_are(text: str, data: st.DataObject | None) -> None:
    cleaned = zhclean.explain(text)
    assert cleaned.undo() == cleaned
    assert cleaned.undo(*cleaned.edits).text == text
    some = (
        data.draw(st.lists(st.sampled_from(cleaned.edits))) if data and cleaned.edits else cleaned.edits[:1]
    )
    undone = cleaned.undo(*some)
    assert set(undone.edits) <= set(cleaned.edits) - set(some)
    assert apply(text, undone.edits) == undone.text
    gone = set(cleaned.edits) - set(undone.edits)
    assert not {e.group for e in gone if e.group is not None} & {e.group for e in undone.edits}


@settings(max_examples=60)
@given(any_text)
@example(MOVED)
@example(CUT_OFF)
@example(COPIES_IN_THE_WAY)
@example(MOVED_TWICE)
def test_undoing_one_loses_and_doubles_nothing(text: str) -> None:
    cleaned = zhclean.explain(text)
    for edit in cleaned.edits:
        undone = cleaned.undo(edit)
        for kept in undone.edits:
            if kept.origin:  # what was moved is not where it was
                assert any(e.start <= kept.origin.start and kept.origin.end <= e.end for e in undone.edits)
            if kept.repeats:  # what was removed is still said
                assert undone.text[slice(*undone.to_clean(kept.repeats))].strip()


def test_a_moved_caption_goes_back_whole(moved: zhclean.Cleaned) -> None:
    insertion = next(edit for edit in moved.edits if edit.origin)
    removal = next(edit for edit in moved.edits if edit.group == insertion.group and edit != insertion)
    assert moved.undo(insertion) == moved.undo(removal)
    assert moved.undo(removal).text == MOVED.replace("３０", "30")


def test_a_removal_goes_with_the_repair_that_made_its_copy_readable() -> None:
    sentence = "全市经济平稳运行，就业形势持续向好。"
    garbled = sentence.encode().decode("latin-1")
    page = zhclean.Cleaned(
        f"{garbled}\n{sentence}",
        sentence,
        (
            Edit(0, len(garbled), sentence, "UTF-8 read as Latin-1", stage="mojibake"),
            Edit(
                len(garbled),
                len(garbled) + 1 + len(sentence),
                "",
                "again",
                stage="repeats",
                repeats=Span(0, len(garbled)),
            ),
        ),
    )
    assert page.undo(page.edits[0]).text == page.source, "else nobody could read the sentence any more"
    assert page.undo(page.edits[1]).text == f"{sentence}\n{sentence}"


def test_a_removal_stays_where_its_copy_only_gets_another_width() -> None:
    page = zhclean.explain(TWICE * 2 + "以上数据由统计部门提供。")
    folded = next(edit for edit in page.edits if edit.new == "12000")
    undone = page.undo(folded)
    assert undone.text.count("１２０００") == 1
    assert undone.text.count("山城新貌") == page.text.count("山城新貌")


def test_what_is_no_edit_of_the_text_cannot_be_undone(moved: zhclean.Cleaned) -> None:
    with pytest.raises(ValueError, match="not an edit of this text"):
        moved.undo(Edit(0, 1, "", "of another text"))


def test_edits_to_undo_are_arguments_of_their_own(moved: zhclean.Cleaned) -> None:
    for several in (moved.edits, list(moved.edits)):
        with pytest.raises(TypeError, match=r"several as undo\(\*edits\), not a (tuple|list)$"):
            moved.undo(several)  # type: ignore[arg-type]


@pytest.mark.parametrize("place", [(0.5, 1), (1,), (1, 2, 3), ("0", "1"), 0.5, None])
def test_a_place_is_an_offset_or_two(moved: zhclean.Cleaned, place: Any) -> None:
    for lead in (moved.to_clean, moved.to_source):
        with pytest.raises(TypeError, match="expected an offset or a pair of offsets, not "):
            lead(place)


def test_a_span_does_not_end_before_it_begins(moved: zhclean.Cleaned) -> None:
    for lead in (moved.to_clean, moved.to_source):
        with pytest.raises(ValueError, match="the span ends before it begins"):
            lead((5, 2))


@settings(max_examples=20)
@given(any_text, st.sampled_from([stage.name for stage in zhclean.STAGES]))
def test_a_stage_left_out_is_as_if_it_had_not_run(text: str, name: str) -> None:
    without = zhclean.explain(text).without(stage=name)
    assert without == zhclean.explain(text, [stage for stage in zhclean.STAGES if stage.name != name])
    assert not any(name in edit.stage.split("+") for edit in without.edits)


def test_several_stages_can_be_left_out_and_the_caution_stays() -> None:
    cleaned = zhclean.explain(MOVED, min_confidence=1.0).without("width", "unwrap")
    assert cleaned.text == MOVED
    assert cleaned.min_confidence == 1.0


def test_a_stage_that_did_not_run_cannot_be_left_out(moved: zhclean.Cleaned) -> None:
    with pytest.raises(ValueError, match="no stage 'script' ran; there were: mojibake, invisible"):
        moved.without("script")
    with pytest.raises(ValueError, match="no stage 'width' ran; there were: none that is known"):
        zhclean.Cleaned("", "").without("width")


def test_a_result_can_be_sent_to_other_processes(moved: zhclean.Cleaned) -> None:
    assert moved.to_clean(3) == 3
    assert moved.damage
    again = pickle.loads(pickle.dumps(moved))
    assert (again, again.stages) == (moved, moved.stages)
    assert again.without("width").text == moved.without("width").text


# --- Finding places again ----------------------------------------------------------------------------------


@settings(max_examples=50)
@given(any_text)
@example(MOVED)
@example(CUT_OFF)
def test_each_place_is_found_in_the_other_text(text: str) -> None:
    cleaned = zhclean.explain(text)
    source, clean = cleaned.source, cleaned.text
    assert (cleaned.to_clean(len(source)), cleaned.to_source(len(clean))) == (len(clean), len(source))
    origins = [edit.origin for edit in cleaned.edits if edit.origin]
    position = previous = 0
    for edit in (*cleaned.edits, Edit(len(source), len(source), "", "")):
        for offset in range(position, edit.start):
            place = cleaned.to_clean(offset)
            assert clean[place] == source[offset]
            assert cleaned.to_source(place) == offset
            assert place >= previous
            previous = place
        for offset in range(edit.start, edit.end):
            place = cleaned.to_clean(offset)
            assert 0 <= place <= len(clean)
            if not any(start <= offset < end for start, end in origins):
                assert place >= previous
                previous = place
        position = edit.end


@settings(max_examples=60)
@given(any_text, st.data())
def test_a_span_leads_to_a_span(text: str, data: st.DataObject) -> None:
    cleaned = zhclean.explain(text)
    for size, other, lead in (
        (len(text), len(cleaned.text), cleaned.to_clean),
        (len(cleaned.text), len(text), cleaned.to_source),
    ):
        start, end = sorted(data.draw(st.tuples(st.integers(0, size), st.integers(0, size))))
        there = lead((start, end))
        assert 0 <= there.start <= there.end <= other
        for offset in range(start, end):
            assert lead((offset, offset + 1)).end <= other


def test_words_are_found_across_what_was_done_to_them(moved: zhclean.Cleaned) -> None:
    def found(words: str) -> str:
        start = MOVED.index(words)
        return moved.text[slice(*moved.to_clean((start, start + len(words))))]

    assert found("３０家") == "30家"
    assert found("李小舟") == "李小舟", "moved with its caption"
    start, end = MOVED.index("审"), MOVED.index("批服务") + 3
    assert moved.text[slice(*moved.to_clean((start, end)))] == "审批服务", "without what stood in its middle"
    assert moved.source[slice(*moved.to_source(Span(*map(moved.text.index, ("李", " 摄")))))] == "李小舟"


def test_removed_text_leads_to_the_empty_place_where_it_would_be() -> None:
    page = zhclean.explain("夜\u200b色很美。")
    assert page.to_clean((1, 2)) == (1, 1)
    assert page.to_clean(1) == 1


@pytest.mark.parametrize("place", [-1, 99, (0, 99), (-3, 2)])
def test_places_outside_are_refused(moved: zhclean.Cleaned, place: int | tuple[int, int]) -> None:
    short = zhclean.explain("夜色很美。")
    with pytest.raises(IndexError, match="lies outside the text of 5 characters"):
        short.to_clean(place)
    with pytest.raises(IndexError, match="lies outside the text of 5 characters"):
        short.to_source(place)


# --- Damage ------------------------------------------------------------------------------------------------


@settings(max_examples=30)
@given(any_text)
def test_damage_is_a_share_and_falls_as_edits_are_undone(text: str) -> None:
    cleaned = zhclean.explain(text)
    assert 0 <= cleaned.damage <= 1
    assert bool(cleaned.damage) == bool(cleaned.edits or cleaned.gaps)
    for edit in cleaned.edits[:3]:
        assert cleaned.undo(edit).damage <= cleaned.damage


def test_worse_is_more() -> None:
    plain = "全市经济平稳运行，就业形势持续向好，居民收入稳步增加。"
    gap = Gap(5, 5, "text is missing")
    by_damage = [
        zhclean.explain(plain).damage,
        zhclean.explain(plain.replace("，", ",", 1)).damage,
        zhclean.explain(plain[:14] + "\n\n" + plain[14:]).damage,
        zhclean.Cleaned(plain, plain, gaps=(gap,)).damage,
        zhclean.explain(plain.encode().decode("latin-1")).damage,
    ]
    assert by_damage == sorted(by_damage)
    assert (by_damage[0], by_damage[-1]) == (0.0, 1.0)


def test_stages_of_ones_own_count_too() -> None:
    @dataclass(frozen=True)
    class NoStars:
        name: ClassVar[str] = "stars"

        def propose(self, text: str) -> list[Edit]:
            return [Edit(n, n + 1, "", "star") for n, c in enumerate(text) if c == "*"]

    assert zhclean.explain("**重点**", [NoStars()]).damage == pytest.approx(2 / 6)
