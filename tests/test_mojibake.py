"""Undoing wrong decodings: what comes back, what stays, what is reported."""

from __future__ import annotations

import gzip
import json
import pickle
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import zhclean
from zhclean.characters import CP1252, FREQUENT_HAN
from zhclean.edits import Edit, Gap
from zhclean.stages.mojibake import MAX_LINE

STAGES = (zhclean.Mojibake(),)
DATA = Path(__file__).parents[2] / "shared/data"

NEWS = "本报讯（记者林一舟）市交通局昨日公布，新城大桥将于本月底通车，届时往返两岸只需10分钟。"
OTHER = "全市今年新建公园12处，绿地面积增加3.5％，市民出门“推窗见绿”。"


def latin_1(raw: bytes) -> str:
    return raw.decode("latin-1")


def windows_1252(raw: bytes) -> str:
    return raw.decode("latin-1").translate(CP1252)


def partly_utf_8(raw: bytes) -> str:
    """Read as UTF-8 where the bytes happen to be that, and as Latin-1 elsewhere."""
    parts = list[str]()
    for match in re.finditer(rb"[\xc2-\xdf][\x80-\xbf]|[\xe1-\xec][\x80-\xbf]{2}|.", raw, re.DOTALL):
        parts.append(match[0].decode("latin-1" if len(match[0]) == 1 else "utf-8"))
    return "".join(parts)


MISREADINGS: dict[str, Callable[[str], str]] = {
    "UTF-8 as Latin-1": lambda text: latin_1(text.encode()),
    "UTF-8 as Windows-1252": lambda text: windows_1252(text.encode()),
    "UTF-8 as Latin-1 twice": lambda text: latin_1(latin_1(text.encode()).encode()),
    "UTF-8 as Windows-1252 twice": lambda text: windows_1252(windows_1252(text.encode()).encode()),
    "UTF-8 as Windows-1252 three times": lambda text: windows_1252(
        windows_1252(windows_1252(text.encode()).encode()).encode()
    ),
    "GBK as Latin-1": lambda text: latin_1(text.encode("gb18030")),
    "GBK as Windows-1252": lambda text: windows_1252(text.encode("gb18030")),
}
every_misreading = pytest.mark.parametrize("misread", MISREADINGS.values(), ids=MISREADINGS)


@every_misreading
def test_a_whole_document(misread: Callable[[str], str]) -> None:
    text = f"短讯\n\n　　{NEWS}\r\n　　{OTHER}\n（完）\n"
    assert zhclean.clean(misread(text), STAGES) == text


@every_misreading
def test_a_paragraph_in_a_clean_document(misread: Callable[[str], str]) -> None:
    cleaned = zhclean.explain(f"{NEWS}\n{misread(OTHER)}\n{NEWS}", STAGES)
    assert cleaned.text == f"{NEWS}\n{OTHER}\n{NEWS}"
    assert {edit.stage for edit in cleaned.edits} == {"mojibake"}
    assert all(
        len(NEWS) < edit.start < edit.end <= len(cleaned.source) - len(NEWS) - 1 for edit in cleaned.edits
    )


@every_misreading
@pytest.mark.parametrize(
    "sentence", ["第{}件事，记者昨日从市政府获悉。", "记者昨日从市政府获悉，这件事大家都说好。"]
)
def test_a_line_too_long_to_be_looked_at_at_once(sentence: str, misread: Callable[[str], str]) -> None:
    text = "".join(sentence.format(number) for number in range(1500))
    assert len(text) > 2 * MAX_LINE
    assert zhclean.clean(misread(text), STAGES) == text


@pytest.mark.parametrize("shift", range(4))
def test_a_line_read_as_gbk_is_repaired_from_its_beginning_however_long(shift: int) -> None:
    text = (NEWS + OTHER) * 100
    read = text[shift : 5000 + shift].encode().decode("gb18030", "replace")
    cleaned = zhclean.clean(read, STAGES)
    wrong = [a for a, b in zip(cleaned, text[shift:], strict=False) if a != b]
    assert set(wrong) <= {"\ufffd"}
    assert len(wrong) < 0.05 * len(cleaned)


def test_no_character_of_gbk_read_as_utf_8_is_cut_in_two() -> None:
    text = "区里探索的“中央厨房”今年2月启用，服务3个街道。" * 800
    assert zhclean.clean(partly_utf_8(text.encode("gbk")), STAGES) == text


@pytest.mark.parametrize(
    "text",
    [
        "沿江小区今年加装电梯四十部。",
        "长江小城焕然一新，居民纷纷点赞。",
        "关停沿江小码头十七座，改建为滨江步道。",
    ],
)
def test_a_soft_hyphen_that_was_lost_makes_no_rare_mark(text: str) -> None:
    assert zhclean.clean(latin_1(text.encode("gbk").replace(b"\xad", b"")), STAGES) == text


def test_a_long_line_read_as_gbk_loses_no_more_than_a_short_one() -> None:
    text = f"{NEWS}{OTHER}" * 300
    read = text.encode().decode("gb18030", "replace")
    assert zhclean.clean(read, STAGES).count("\ufffd") <= read.count("\ufffd")


@every_misreading
@example(tail="光爲")  # the last byte is a quotation mark in Windows-1252
@given(tail=st.text(st.sampled_from(sorted(FREQUENT_HAN)), max_size=30))
def test_any_news_comes_back(misread: Callable[[str], str], tail: str) -> None:
    try:
        bad = misread(NEWS + tail)
    except UnicodeEncodeError:
        return
    assert zhclean.clean(bad, STAGES) == NEWS + tail


def test_utf_8_as_gbk_loses_only_bytes_that_are_gone() -> None:
    text = f"{NEWS}\n{OTHER}"
    cleaned = zhclean.explain(text.encode().decode("gb18030", "replace"), STAGES)
    lines = cleaned.text.split("\n")
    assert [len(line) for line in lines] == [len(line) for line in text.split("\n")]
    wrong = [(a, b) for a, b in zip(cleaned.text, text, strict=True) if a != b]
    assert {a for a, _ in wrong} == {"\ufffd"}
    assert len(wrong) < 0.1 * len(text)
    assert len(cleaned.gaps) == len(wrong)


def test_one_edit_a_run_with_its_reason() -> None:
    (edit,) = zhclean.explain(latin_1(OTHER.encode()), STAGES).edits
    assert edit[2:5] == (OTHER, "UTF-8 read as Latin-1", 0.99)


def test_lost_characters_are_counted() -> None:
    cleaned = zhclean.explain("大桥全长锟斤拷锟斤拷米，宽\ufffd米。", STAGES)
    assert cleaned.text == cleaned.source
    assert [gap.reason for gap in cleaned.gaps] == [
        "characters lost to a wrong conversion, 2 of them",
        "characters lost to a wrong conversion, 1 of them",
    ]


@pytest.mark.parametrize(
    "unit", ["ä¸\xad", "ÖÐ", "鍥", "\ufffd", "锟斤拷", "½", "é’", "Ã©", "龘", "笢", "い"]
)
def test_long_lines(unit: str) -> None:
    # Time grows linearly; a quadratic step would take minutes here.
    for proposed in zhclean.Mojibake().propose(unit * 100_000):
        assert isinstance(proposed, (Edit, Gap))


def test_can_be_sent_to_other_processes() -> None:
    assert pickle.loads(pickle.dumps(zhclean.Mojibake())) == zhclean.Mojibake()


LETTERS = "abzAZéèêëàâäáãåçñíìîïóòôöõøúùûüýÿæœßðþÉÈÀÂÄÅÇÑÍÓÖÕØÚÜÝÆŒÐÞ"
CORRECT = st.one_of(
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)),
    st.text(st.sampled_from(sorted(FREQUENT_HAN))),
    st.text(st.characters(min_codepoint=0x3041, max_codepoint=0x30FE)),
    st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)),
    st.text(LETTERS),
    st.text("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ "),
    st.text(st.characters(min_codepoint=0x370, max_codepoint=0x52F)),
    st.text(st.characters(min_codepoint=0x1F300, max_codepoint=0x1FAFF)),
    st.text("❤️👨‍👩‍👧☀️🇨🇳"),
    st.text("，。、；：？！“”‘’（）《》【】—…·　\n 0123456789°±×%％"),
    st.sampled_from(
        ["l’été…", "«déjà vu»", "20 °C", "½ Liter", "£5", "“être”", "10 µm", "© 2024", "São Paulo"]
    ),
)


@given(st.lists(CORRECT, max_size=12).map("".join))
def test_correct_text_is_never_touched(text: str) -> None:
    assert not [p for p in zhclean.Mojibake().propose(text) if isinstance(p, Edit)]


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = zhclean.clean(text, STAGES)
    assert zhclean.clean(once, STAGES) == once


@pytest.mark.skipif(not DATA.exists(), reason="needs ../shared")
@pytest.mark.parametrize("name", ["clean", "epaper", "syndicated", "traditional", "wrapped", "mixed_width"])
def test_no_false_alarm_on_real_news(name: str) -> None:
    with gzip.open(DATA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            text = row.get("text") or row["gold"]
            text = text if isinstance(text, str) else "\n".join(text)
            assert not [p for p in zhclean.Mojibake().propose(text) if isinstance(p, Edit)]
