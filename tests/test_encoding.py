"""Bytes to text: every encoding Chinese files come in, damaged, mixed, short, or no text at all."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import zhclean

NEWS = "本报讯（记者林一舟）市交通局昨日公布，新城大桥将于本月底通车，届时往返两岸只需十分钟。"
NEWS_TRADITIONAL = "本報訊（記者林一舟）市交通局昨日公布，新城大橋將於本月底通車，屆時往返兩岸只需十分鐘。"
RAW_GBK = sorted((Path(__file__).parents[2] / "shared/data/raw_gbk").glob("*/*"))


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", f"utf-16-{sys.byteorder[0]}e"),
        ("utf-32", f"utf-32-{sys.byteorder[0]}e"),
        ("gb2312", "gb18030"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
    ],
)
def test_names_the_encoding_and_is_sure(codec: str, name: str) -> None:
    text, encoding, confidence, lost = zhclean.decode(NEWS.encode(codec))
    assert (text, encoding, lost) == (NEWS, name, 0)
    assert confidence > 0.9


@pytest.mark.parametrize("codec", ["big5", "big5hkscs", "cp950"])
def test_traditional_text_in_big5(codec: str) -> None:
    assert zhclean.decode(NEWS_TRADITIONAL.encode(codec))[:2] == (NEWS_TRADITIONAL, "big5")


def test_traditional_text_in_gbk() -> None:
    assert zhclean.decode(NEWS_TRADITIONAL.encode("gbk"))[:2] == (NEWS_TRADITIONAL, "gb18030")


def test_utf_16_behind_a_lost_byte_is_read_without_confidence() -> None:
    raw = (NEWS * 20).encode("utf-16")
    assert zhclean.decode(raw).confidence == 1.0
    assert zhclean.decode(raw[:201] + raw[202:]).confidence < 0.5


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [NEWS, "2024年\r\n", "Plain ASCII, two bytes a letter.\n"])
def test_utf_16_without_a_mark(text: str, codec: str) -> None:
    assert zhclean.decode(text.encode(codec))[:2] == (text, codec)


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\x84\x31\x95\x33", b"\xff\xfe", b"\xfe\xff"])
def test_a_byte_order_mark_alone_is_empty_text(mark: bytes) -> None:
    assert zhclean.read(mark) == ""


def test_a_utf_8_mark_in_front_of_gbk_is_dropped() -> None:
    assert zhclean.decode(b"\xef\xbb\xbf" + NEWS.encode("gbk"))[:2] == (NEWS, "gb18030")


def test_empty_input_is_empty_text() -> None:
    assert zhclean.decode(b"") == ("", "utf-8", 1.0, 0)


@pytest.mark.parametrize(
    "text",
    ["同时", "目前", "准确", "系统", "目录", "医学", "负責", "关于", "新年", "北京市", "记者王伟", "商务部"],
)
def test_short_gbk(text: str) -> None:
    assert zhclean.decode(text.encode("gbk"))[:2] == (text, "gb18030")


@pytest.mark.parametrize("name", ["薏苡", "龃龉", "彳亍\n畀畲"])
def test_a_few_rare_characters_are_read_without_confidence(name: str) -> None:
    found = zhclean.decode(name.encode("gbk"))
    assert (found.text, found.encoding) == (name, "gb18030")
    assert found.confidence < 0.5


@pytest.mark.parametrize("text", ["國際新聞", "記者張偉", "中華民國", "總統府"])
def test_short_big5(text: str) -> None:
    assert zhclean.decode(text.encode("big5"))[:2] == (text, "big5")


@pytest.mark.parametrize(
    "text", ["café", "Ünïcödé", "Привет", "Ελλάδα", "שלום", "سلام", "այս", "ǎ é ī", "naïve – “quoted”", "🎉"]
)
def test_short_utf_8_that_is_not_chinese(text: str) -> None:
    assert zhclean.decode(text.encode())[:2] == (text, "utf-8")


def test_what_browsers_know_and_python_does_not() -> None:
    assert zhclean.read("票价：".encode("gbk") + b"\x80" + "１２０，".encode("gbk")) == "票价：€１２０，"
    assert zhclean.read(b"\xa3\xa0\xa3\xa0" + NEWS.encode("gbk")) == "　　" + NEWS
    assert (
        zhclean.read("票價約".encode("big5") + b"\xa3\xe1" + "１２０，".encode("big5")) == "票價約€１２０，"
    )
    assert zhclean.read("瑪麗".encode("big5") + b"\xa1\x45" + "居禮夫人".encode("big5")) == "瑪麗‧居禮夫人"


def test_rare_names_stay() -> None:
    text = "朱镕基、陶喆、王祎、柳犇和𠮷田来到鸬鹚岛，鳍鲷与鳜鱼铮铮有声。\n"
    assert zhclean.decode(text.encode("gb18030"))[::3] == (text, 0)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n", "\v", "\f", "\x85", "\u2028"])
def test_line_ends_stay(end: str) -> None:
    text = end.join([NEWS, NEWS, ""])
    assert zhclean.read(text.encode("gb18030")) == zhclean.read(text.encode()) == text


class TestLostBytes:
    """What cannot be decoded becomes U+FFFD, and the rest of the text is intact."""

    def test_a_second_byte_is_gone_before_a_space(self) -> None:
        raw = "新城大桥".encode("gbk")[:-1] + " 通车".encode("gbk")
        assert zhclean.decode(raw)[::3] == ("新城大\ufffd 通车", 1)

    def test_the_pairing_is_found_again_within_the_line(self) -> None:
        raw = NEWS.encode("gbk")
        for at in range(40, 60):
            text, _, _, lost = zhclean.decode(raw[:at] + raw[at + 1 :])
            whole = at // 2
            assert text.startswith(NEWS[: whole - 1])
            assert text.endswith(NEWS[whole + 2 :])
            assert lost == 1

    def test_the_pairing_is_found_again_where_every_pair_is_valid(self) -> None:
        raw = bytearray(NEWS.encode("gbk"))
        raw[22:23] = raw[70:71] = b"?"  # a converter put question marks for the first bytes of two characters
        text, _, _, lost = zhclean.decode(bytes(raw))
        assert text[:11] == NEWS[:11]
        assert text[13:36] == NEWS[12:35]
        assert lost == 2

    def test_big5(self) -> None:
        raw = NEWS_TRADITIONAL.encode("big5")
        text, _, _, lost = zhclean.decode(raw[:34] + b"\xff" + raw[35:])
        assert (text, lost) == (NEWS_TRADITIONAL.replace("布", "\ufffd\ufffd"), 2)

    def test_one_bad_line_leaves_the_others_alone(self) -> None:
        bad = b"\xb1\xbe\xb1" + b"\n"
        text = zhclean.read((NEWS.encode("gbk") + b"\n") * 3 + bad + NEWS.encode("gbk"))
        assert text == (NEWS + "\n") * 3 + "本\ufffd\n" + NEWS

    def test_utf_8_with_a_few_broken_bytes_stays_utf_8(self) -> None:
        raw = NEWS.encode()
        assert zhclean.decode(raw[:10] + raw[12:])[:2] == (NEWS[:3] + "\ufffd" + NEWS[4:], "utf-8")

    def test_text_cut_within_a_character(self) -> None:
        assert zhclean.decode("大桥通车".encode()[:-1])[::3] == ("大桥通\ufffd", 1)
        assert zhclean.decode("大桥通车".encode("gbk")[:-1])[::3] == ("大桥通\ufffd", 1)
        assert zhclean.decode("大桥通车".encode("utf-16")[:-1])[::3] == ("大桥通\ufffd", 1)

    @pytest.mark.parametrize("text", ["她成了我们县第一个女博士。”", "选择题第12题和填空题第16题较难"])
    def test_a_cut_leaves_all_whole_characters_where_another_pairing_reads_as_well(self, text: str) -> None:
        text = f"考生普遍反映，{text}"
        assert zhclean.decode(text.encode("gbk")[:-1])[::3] == (text[:-1] + "\ufffd", 1)

    def test_a_byte_lost_in_front_of_the_end_is_no_cut(self) -> None:
        raw = "本报讯，市区普降小雨，市民出行注意安全。".encode("gbk")
        assert zhclean.decode(raw[:-8] + raw[-7:])[::3] == ("本报讯，市区普降小雨，市民出行注\ufffd安全。", 1)

    def test_replacement_characters_of_the_file_itself_are_not_counted(self) -> None:
        text = NEWS + "\ufffd\ufffd" + NEWS
        assert zhclean.decode(text.encode())[::3] == (text, 0)
        assert zhclean.decode(text.encode("gb18030"))[::3] == (text, 0)
        assert zhclean.decode(text.encode() + b"\n\xff")[::3] == (text + "\n\ufffd", 1)

    def test_padding_of_old_archives(self) -> None:
        text = NEWS + "\r\n" + "\0" * 113
        assert zhclean.decode(text.encode("gbk") + b"\xff")[::3] == (text + "\ufffd", 1)

    def test_a_few_nuls_are_text(self) -> None:
        text = NEWS * 3 + "\0" + NEWS
        assert zhclean.read(text.encode()) == zhclean.read(text.encode("gbk")) == text


class TestMixedByTheLine:
    def test_utf_8_header_on_a_gbk_body(self) -> None:
        head = "标题：新城大桥通车\n来源：海州日报\n"
        raw = head.encode() + (NEWS + "\n").encode("gbk") * 5
        assert zhclean.decode(raw)[:2] == (head + (NEWS + "\n") * 5, "gb18030+utf-8")

    def test_gbk_footer_on_a_utf_8_body(self) -> None:
        foot = "责任编辑：林一舟"
        raw = (NEWS + "\n").encode() * 5 + foot.encode("gbk")
        assert zhclean.decode(raw)[:2] == ((NEWS + "\n") * 5 + foot, "utf-8+gb18030")

    @pytest.mark.parametrize(
        "line",
        [
            "❤️加油！一起跑完全程",
            "🏃‍♀️🏃🏻‍♂️跑起来",
            "第1️⃣名🇨🇳，第2️⃣名🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "👍🏻👨‍👩‍👧‍👦全家报名☀️",
            "猫：“喵！”",
        ],
    )
    def test_utf_8_with_emoji_or_rare_characters_in_gbk(self, line: str) -> None:
        body = "明年目标：跑进4小时！有没有一起的小伙伴？评论区见。"
        raw = line.encode() + b"\n" + body.encode("gbk")
        assert zhclean.decode(raw)[:2] == (f"{line}\n{body}", "gb18030+utf-8")

    @pytest.mark.parametrize("line", ["♀♂★☆☎", "㊣㈱❤❤❤", "彳亍畀畲", "浣溪沙"])
    def test_signs_and_rare_characters_in_gbk_stay(self, line: str) -> None:
        body = "明年目标：跑进4小时！有没有一起的小伙伴？评论区见。"
        raw = f"{line}\n{body}\n".encode("gb18030")
        assert zhclean.decode(raw)[:2] == (f"{line}\n{body}\n", "gb18030")

    def test_big5_line_in_gbk(self) -> None:
        raw = b"\n".join([NEWS.encode("gbk"), NEWS_TRADITIONAL.encode("big5"), NEWS.encode("gbk")])
        assert zhclean.decode(raw)[:2] == (f"{NEWS}\n{NEWS_TRADITIONAL}\n{NEWS}", "gb18030+big5")


class TestNotChinese:
    def test_western_text_is_not_turned_into_chinese(self) -> None:
        text = "Le café de la gare est fermé – à bientôt, “messieurs”. Überall schöne Grüße."
        assert zhclean.decode(text.encode("cp1252")) == (text, "cp1252", 0.3, 0)

    def test_a_chinese_name_in_english_text_is_read(self) -> None:
        text = "The newspaper 人民日报 reported on Monday that the bridge would open."
        assert zhclean.decode(text.encode("gbk"))[:2] == (text, "gb18030")

    def test_broken_utf_8_in_another_language_stays_utf_8(self) -> None:
        text = "Мост откроют в конце месяца, дорога займёт десять минут."
        raw = text.encode()
        assert zhclean.decode(raw[:1] + raw[2:])[:2] == ("\ufffd" + text[1:], "utf-8")

    @pytest.mark.parametrize(
        "raw",
        [
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06\0\0\0\\r\xa8f",
            b"\x7fELF\x02\x01\x01" + b"\0" * 57,
            b"\0" * 1000,
            bytes(range(256)) * 8,
        ],
    )
    def test_binary_data_is_refused(self, raw: bytes) -> None:
        with pytest.raises(zhclean.DecodeError, match="binary"):
            zhclean.decode(raw)

    def test_too_many_undecodable_bytes_are_refused(self) -> None:
        raw = bytearray(NEWS.encode("gbk") * 10)
        raw[::11] = b"\xff" * len(raw[::11])
        with pytest.raises(zhclean.DecodeError, match="5%"):
            zhclean.decode(bytes(raw))


class TestPaths:
    @pytest.mark.parametrize("kind", [str, Path])
    def test_reads_a_file(self, tmp_path: Path, kind: type) -> None:
        path = tmp_path / "新闻.txt"
        path.write_bytes(NEWS.encode("gbk"))
        assert zhclean.decode(kind(path))[:2] == (NEWS, "gb18030")
        assert zhclean.read(kind(path)) == NEWS

    @pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
    def test_reads_bytes(self, kind: type) -> None:
        assert zhclean.read(kind(NEWS.encode("gbk"))) == NEWS

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError, match=r"nowhere\.txt"):
            zhclean.read(tmp_path / "nowhere.txt")

    def test_a_directory_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(IsADirectoryError, match=tmp_path.name):
            zhclean.read(tmp_path)

    def test_an_undecodable_file_is_named_in_one_line(self, tmp_path: Path) -> None:
        path = tmp_path / "picture.png"
        path.write_bytes(b"\0" * 100)
        with pytest.raises(zhclean.DecodeError, match=r"picture\.png: binary") as caught:
            zhclean.decode(path)
        assert "\n" not in str(caught.value)

    def test_text_is_no_path_by_accident(self) -> None:
        with pytest.raises(TypeError):
            zhclean.decode(42)  # type: ignore[arg-type]


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_clear_refusal(raw: bytes) -> None:
    try:
        text, encoding, confidence, lost = zhclean.decode(raw)
    except zhclean.DecodeError as error:
        assert "\n" not in str(error)  # noqa: PT017
    else:
        assert 0 <= confidence <= 1
        assert encoding
        assert 0 <= lost <= text.count("\ufffd")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=100))
def test_utf_8_is_never_altered(text: str) -> None:
    text = "一" + text  # a character of three bytes: no other encoding comes into question
    assert zhclean.decode(text.encode()) == (text, "utf-8", 1.0, 0)


COMMON = st.text(
    "本报讯记者林一舟市交通局昨日公布新城大桥将于月底车，。、“”（）１２３：届时往返两岸只需十分钟\n",
    min_size=8,
)


@given(COMMON, st.integers(0), st.booleans())
def test_one_bad_byte_costs_at_most_its_neighbours(text: str, at: int, overwrite: bool) -> None:
    text = NEWS + text
    raw = text.encode("gb18030")
    at %= len(raw)
    damaged = zhclean.read(raw[:at] + b"\xff" * overwrite + raw[at + 1 :])
    lines, intact = damaged.split("\n"), text.split("\n")
    if len(lines) == len(intact):  # the byte was no line end
        assert sum(a != b for a, b in zip(lines, intact, strict=True)) <= 1
    assert abs(len(damaged) - len(text)) <= 2


@pytest.mark.skipif(not RAW_GBK, reason="needs ../shared")
@pytest.mark.parametrize("path", RAW_GBK, ids=lambda path: path.name)
def test_files_of_an_archive(path: Path) -> None:
    raw = path.read_bytes()
    text, encoding, confidence, lost = zhclean.decode(raw)
    assert encoding == "gb18030"
    assert confidence > 0.95
    assert lost == text.count("\ufffd") <= 4
    assert lost or text == raw.decode("gb18030").replace("\ue5e5", "\u3000")
    assert text.count("\r\r\n") == raw.count(b"\r\r\n")
    assert text.count("\n") == raw.count(b"\n")


def test_a_file_that_ends_within_a_character_of_four_bytes_keeps_its_last_line_end():
    story = "本报讯，市区普降小雨，气象台预计周末天气转晴。\n".encode("gb18030")
    decoded = zhclean.decode(3 * story + "今天".encode("gb18030") + b"\xf5\x38\n")
    assert decoded.text.count("\n") == 4
    assert decoded.text.endswith("\n")
    assert decoded.lost
