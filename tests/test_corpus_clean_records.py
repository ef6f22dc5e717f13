"""Rows go in and come out as they were; what cannot be read is accounted for."""

from __future__ import annotations

import csv
import errno
import gzip
import io
import json
import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zhclean.corpus import clean
from zhclean.corpus.reading import csvlines
from zhclean.corpus.reading.fields import Fields
from zhclean.corpus.reading.gathering import Gathering
from zhclean.corpus.reading.jsonlines import members
from zhclean.corpus.reading.readers import read
from zhclean.corpus.reading.records import BATCH, Batch
from zhclean.corpus.reading.sources import Form, InputError, find, form_of
from zhclean.corpus.writing.outputs import opened, output_named
from zhclean.encoding import decode

TEXTS = ["新华社北京三月五日电", "", "两行的\n文字，和“引号”、\t制表符", "𠮷野家", '"只有\\引号"']
COMPRESSIONS = {"": bytes, ".gz": gzip.compress, ".zst": lambda data: pa.compress(data, "zstd", asbytes=True)}
NAMES = [f"news.{name}{packed}" for name in ("jsonl", "csv") for packed in COMPRESSIONS] + ["news.parquet"]


def test_the_name_tells_the_form() -> None:
    assert form_of("a/b.JSONL.GZ") == Form("jsonl", "gzip")
    assert form_of("2024.03.05.txt") == Form("txt")
    assert form_of("news.ndjson.zst") == Form("jsonl", "zstd")
    for unknown in ("news", "news.gz", "news.parquet.gz", "news.json", ".jsonl"):
        assert form_of(unknown) is None, unknown


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    """A file made by other means than our own."""
    form = form_of(path)
    assert form
    if form.format == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
        return
    stream = io.StringIO(newline="")
    if form.format == "jsonl":
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    else:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    packed = {"gzip": ".gz", "zstd": ".zst", "": ""}[form.compression]
    path.write_bytes(COMPRESSIONS[packed](stream.getvalue().encode()))


def batches(*paths: Path | str, **fields: str) -> list[Batch]:
    return list(read(find(paths), Fields(**fields)))


def texts(*paths: Path | str, **fields: str) -> list[str]:
    return [text for batch in batches(*paths, **fields) for text in batch.texts.to_pylist()]


def failures(*paths: Path | str, **fields: str) -> list[tuple[int, str]]:
    return [(f.line, f.cause) for batch in batches(*paths, **fields) for f in batch.failures]


def copy(path: Path, to: Path | str, form: str | None = None, **fields: str) -> None:
    sources = find([path])
    with opened(output_named(str(to), form), sources, Fields(**fields)) as target:
        for batch in read(sources, Fields(**fields)):
            target.write(batch)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("to", NAMES)
def test_every_format_becomes_every_format_and_is_the_same(tmp_path: Path, name: str, to: str) -> None:
    rows = [{"id": f"{n} ", "text": text, "section": "要闻"} for n, text in enumerate(TEXTS)]
    write(tmp_path / name, rows)
    (tmp_path / "out").mkdir()
    copy(tmp_path / name, tmp_path / "out" / to)
    batch = batches(tmp_path / "out" / to, id="id")[-1]
    assert batch.texts.to_pylist() == TEXTS
    assert batch.ids.to_pylist() == [f"{n} " for n in range(len(TEXTS))]
    assert batch.field("section").to_pylist() == ["要闻"] * len(TEXTS)
    assert not batch.failures


@pytest.mark.parametrize("packed", COMPRESSIONS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_tree_of_texts_keeps_its_shape(tmp_path: Path, packed: str, encoding: str) -> None:
    text = "新华社北京三月五日电 记者今天从国务院新闻办公室获悉，全国粮食总产量再创新高。\r\n"
    for name in ("2024/03/05", "2024/03/06 "):
        path = tmp_path / "in" / f"{name}.txt{packed}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(COMPRESSIONS[packed](text.encode(encoding)))
    copy(tmp_path / "in", tmp_path / "out")
    written = sorted(path for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert [path.name for path in written] == [f"05.txt{packed}", f"06 .txt{packed}"]
    assert texts(tmp_path / "out") == [text, text]
    assert [batch.ids.to_pylist() for batch in batches(tmp_path / "in")] == [
        [source.path for source in find([tmp_path / "in"])]
    ]


def test_rows_can_become_a_tree_of_texts_whatever_their_ids_are(tmp_path: Path) -> None:
    write(tmp_path / "news.csv", [{"id": "../../etc/passwd", "text": text} for text in TEXTS[:2]])
    copy(tmp_path / "news.csv", tmp_path / "out", form="txt", id="id")
    assert texts(tmp_path / "out") == TEXTS[:2]
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.txt")} == {
        "out/news/2.txt",
        "out/news/3.txt",
    }


UNTOUCHED = [
    '{"text": "甲", "n": 1.0, "big": 123456789012345678901234567890, "e": 1e5, "date": "2024-03-05"}',
    '{ "nested" : {"a": [1, {"text": "乙"}], "b": null}, "text":"\\u4e59" , "escaped": "\\u4e00\\/"}',
    '{"n": "not a number here", "text": "丙", "empty": {}, "half": "\\ud800"}',
]


def test_lines_of_json_stay_the_lines_they_were(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(UNTOUCHED), "utf-8")
    copy(tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    assert (tmp_path / "b.jsonl").read_text("utf-8").splitlines() == UNTOUCHED


def test_only_the_text_of_a_line_of_json_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(UNTOUCHED), "utf-8")
    (batch,) = batches(tmp_path / "a.jsonl")
    changed = batch.with_texts(pa.array(["甲", '新"的', "丙"], pa.large_string()))
    first, second, third = changed.json_lines()
    assert (first, third) == (UNTOUCHED[0], UNTOUCHED[2])
    assert second == UNTOUCHED[1].replace('"\\u4e59"', '"新\\"的"')
    again = changed.with_texts(pa.array(["甲", "更新", "丙"], pa.large_string()))
    assert list(again.json_lines())[1] == UNTOUCHED[1].replace('"\\u4e59"', '"更新"')


def test_json_without_one_type_becomes_text_in_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(UNTOUCHED), "utf-8")
    copy(tmp_path / "a.jsonl", tmp_path / "b.parquet")
    rows = pq.read_table(tmp_path / "b.parquet").to_pylist()
    assert [row["n"] for row in rows] == ["1.0", None, "not a number here"]
    assert [row["date"] for row in rows] == ["2024-03-05", None, None]
    assert rows[0]["big"] == "123456789012345678901234567890"
    assert json.loads(rows[1]["nested"]) == {"a": [1, {"text": "乙"}], "b": None}
    assert rows[2]["empty"] == "{}"


TYPES = pa.table(
    {
        "id": pa.array([7, 8], pa.int32()),
        "text": pa.array(["甲", "乙"]).dictionary_encode(),
        "day": [date(2024, 3, 5), None],
        "at": pa.array([datetime(2024, 3, 5, 8, 30), None], pa.timestamp("ns", "Asia/Shanghai")),
        "price": [Decimal("1.50"), None],
        "tags": [["a", "b"], []],
        "deep": [{"x": {"y": [1.5]}}, None],
        "raw": [b"\x00\xff", None],
    }
)


def test_types_of_a_table_are_kept(tmp_path: Path) -> None:
    pq.write_table(TYPES, tmp_path / "a.parquet")
    (tmp_path / "out").mkdir()
    copy(tmp_path / "a.parquet", tmp_path / "out")
    assert pq.read_table(tmp_path / "out" / "a.parquet").cast(TYPES.schema).equals(TYPES)
    assert pq.read_schema(tmp_path / "out" / "a.parquet").equals(pq.read_schema(tmp_path / "a.parquet"))
    assert batches(tmp_path / "a.parquet", id="id")[-1].ids.to_pylist() == ["7", "8"]


def test_types_of_a_table_in_json(tmp_path: Path) -> None:
    pq.write_table(TYPES, tmp_path / "a.parquet")
    copy(tmp_path / "a.parquet", tmp_path / "a.jsonl")
    row = json.loads((tmp_path / "a.jsonl").read_text("utf-8").splitlines()[0])
    assert row["day"] == "2024-03-05"
    assert row["price"] == "1.50"
    assert (row["tags"], row["deep"], row["raw"]) == (["a", "b"], {"x": {"y": [1.5]}}, "AP8=")
    assert row["at"].startswith("2024-03-05")


BROKEN_LINES = {
    '{"text": "甲"': "broken JSON: Expecting ',' delimiter at character 13",
    "[1, 2]": "not a JSON object",
    '{"text": "甲"} {': "broken JSON: Extra data at character 14",
    '{"title": "甲"}': "field 'text' is missing",
    '{"text": null}': "field 'text' is null",
    '{"text": 5}': "field 'text' is not text but 5",
    '{"text": ["甲"]}': "field 'text' is not text but [\"甲\"]",
    "{" * 3: "broken JSON: Expecting property name enclosed in double quotes at character 2",
    '{"text": ' + "[" * 100_000: "broken JSON: nested too deep",
}


def test_broken_lines_of_json_are_listed_with_their_cause(tmp_path: Path) -> None:
    lines = [line for broken in BROKEN_LINES for line in (broken, '{"text": "好"}', "")]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    assert failures(tmp_path / "a.jsonl") == [
        (3 * n + 1, cause) for n, cause in enumerate(BROKEN_LINES.values())
    ]
    assert texts(tmp_path / "a.jsonl") == ["好"] * len(BROKEN_LINES)


@pytest.mark.parametrize(
    "line", ["{}", '{"a" : 1}', ' {"a":{"b":2},"a":3 } ', '{"a":"}"}\r', '{"":""}', "{,}", '{"a":1,}']
)
def test_members_are_those_of_json(line: str) -> None:
    try:
        expected = json.loads(line)
    except ValueError:
        with pytest.raises(ValueError):  # noqa: PT011 - as json.loads
            members(line)
    else:
        assert {name: member.value for name, member in members(line).items()} == expected


def test_lines_of_json_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes("".join('{"text": "新华社北京电"}\n' * 2).encode("gb18030"))
    assert texts(tmp_path / "a.jsonl") == ["新华社北京电"] * 2


NEWS = "全市新增高新技术企业"

MIXED = {
    "English before GBK": ["This article is in English only."] * 50 + [NEWS.encode("gbk")],
    "GBK before UTF-8": [NEWS.encode("gbk"), NEWS.encode()],
    "UTF-8 before GBK": [NEWS.encode(), NEWS.encode("gbk")],
    "much of both": [NEWS.encode()] * 50 + [NEWS.encode("gbk")] * 50,
    "GBK before Big5": [NEWS.encode("gbk")] * 50 + ["新聞記者從會議獲悉".encode("big5")],
    "the euro of GBK": ["价格一百".encode("gbk") + b"\x80", NEWS.encode("gbk")],
    "two lines of a field": [b'"' + NEWS.encode("gbk") + b"\r\n" + NEWS.encode() + b'"'],
}


@pytest.mark.parametrize("piece", [1, 100, csvlines.PIECE])
@pytest.mark.parametrize("given", MIXED.values(), ids=MIXED)
def test_lines_of_csv_are_decoded_as_those_of_a_text(
    given: list[str | bytes], piece: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csvlines, "PIECE", piece)
    rows = [value.encode() if isinstance(value, str) else value for value in given]
    (tmp_path / "a.csv").write_bytes(b"n,text\n" + b"".join(b"1,%b\n" % row for row in rows))
    assert texts(tmp_path / "a.csv") == [decode(row).text.strip('"') for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_in_unicode_of_any_width(
    encoding: str, end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csvlines, "PIECE", 100)
    given = ["上午", f"下{end}午", "上"] * 100
    rows = "".join(f'"{text}",1{end}' for text in given)
    (tmp_path / "a.csv").write_bytes(f"text,n{end}{rows}".encode(encoding))
    assert texts(tmp_path / "a.csv") == given


def test_a_line_of_csv_that_is_no_text_takes_no_other_with_it(tmp_path: Path) -> None:
    row = f"{NEWS},1\n".encode()
    (tmp_path / "a.csv").write_bytes(b"text,n\n" + row + bytes(range(9)) * 9 + b"\n" + row)
    assert texts(tmp_path / "a.csv") == [NEWS] * 2
    assert failures(tmp_path / "a.csv") == [(3, "binary data, not text")]


def test_broken_rows_of_csv_are_listed_with_their_cause(tmp_path: Path) -> None:
    rows = 'id,text\n1,"两行\n文字"\n2\n\n3,"引"号\n4,好\n5,好,多\n6,"没有结束\n7,后面的\n'
    (tmp_path / "a.csv").write_bytes(rows.encode("gb18030"))
    assert texts(tmp_path / "a.csv") == ["两行\n文字", "好"]
    assert batches(tmp_path / "a.csv")[0].lines.to_pylist() == [2, 7]
    assert failures(tmp_path / "a.csv") == [
        (4, "1 fields, and the header has 2"),
        (6, "',' expected after '\"'"),
        (8, "3 fields, and the header has 2"),
        (9, "unexpected end of data; 1 lines behind it are lost with it"),
    ]


@pytest.mark.parametrize("behind", ["", f'a,"{NEWS}，\n今年"\n', f"a,{NEWS}"])
def test_a_quote_that_is_not_closed_takes_no_rows_with_it(behind: str, tmp_path: Path) -> None:
    rows = [f"{n},{NEWS}" for n in range(2000)]
    broken = f'7,"{NEWS}'
    file = "\n".join(["id,text", *rows, broken, *rows, broken, *rows, behind])
    (tmp_path / "a.csv").write_text(file, "utf-8")
    assert failures(tmp_path / "a.csv") == [(2002, "a quote is not closed"), (4003, "a quote is not closed")]
    found = batches(tmp_path / "a.csv", id="id")
    ids = [id for batch in found for id in batch.ids.to_pylist()]
    assert ids == [*map(str, range(2000))] * 3 + ["a"] * bool(behind)
    numbers = [line for batch in found for line in batch.lines.to_pylist()]
    assert numbers == [*range(2, 2002), *range(2003, 4003), *range(4004, 6004)] + [6004] * bool(behind)


def test_lines_that_are_too_many_to_hold_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvlines, "MOST_HELD", 10_000)
    (tmp_path / "a.csv").write_text(f'id,text\n7,"{NEWS}\n' + f"8,{NEWS}\n" * 300, "utf-8")
    assert failures(tmp_path / "a.csv") == [
        (2, "unexpected end of data; 300 lines behind it are lost with it")
    ]


def test_lines_of_a_text_are_not_taken_for_rows(tmp_path: Path) -> None:
    text = "\n".join([NEWS, NEWS, *(f"{NEWS},{n}" for n in range(30))])
    (tmp_path / "a.csv").write_text(f'id,text\n1,"{text}\n', "utf-8")
    (tmp_path / "b.csv").write_text('text\n"甲\n' + f"{NEWS}\n" * 30, "utf-8")
    for name, lines in (("a.csv", 31), ("b.csv", 30)):
        ((number, why),) = failures(tmp_path / name)
        assert (number, why) == (2, f"unexpected end of data; {lines} lines behind it are lost with it")
        assert texts(tmp_path / name) == []


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_line_ends_in_a_field_of_csv_end_no_row(end: str, tmp_path: Path) -> None:
    rows = f'id,text,note\n1,{NEWS},"甲{end}乙"\n2,{NEWS},"丙{end}"\n3,{NEWS},丁\n'
    (tmp_path / "a.csv").write_bytes(rows.encode())
    copy(tmp_path / "a.csv", tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_bytes() == rows.encode()


def test_nulls_of_a_table_are_listed(tmp_path: Path) -> None:
    table = pa.table({"text": ["甲", None, "丙", "丁"], "id": ["1", "2", None, "4"]})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=2)
    assert texts(tmp_path / "a.parquet", id="id") == ["甲", "丁"]
    assert failures(tmp_path / "a.parquet", id="id") == [
        (2, "field 'text' is null"),
        (3, "field 'id' is null"),
    ]


@pytest.mark.parametrize(
    ("columns", "cause"),
    [
        ({"title": ["甲"]}, "no field 'text'; there are 'title'"),
        ({"text": [1]}, "field 'text' is int64, not text"),
    ],
)
def test_a_table_without_texts_is_one_failure(tmp_path: Path, columns: dict[str, Any], cause: str) -> None:
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    assert failures(tmp_path / "a.parquet") == [(0, cause)]


def cut_off(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def spoilt(data: bytes) -> bytes:
    middle = len(data) * 2 // 3
    return data[:middle] + bytes(200) + data[middle + 200 :]


@pytest.mark.parametrize("packed", [".gz", ".zst"])
@pytest.mark.parametrize("damage", [cut_off, spoilt])
@pytest.mark.parametrize("name", ["jsonl", "csv"])
def test_rows_before_the_damage_to_an_archive_are_kept(
    tmp_path: Path, packed: str, damage: Callable[[bytes], bytes], name: str
) -> None:
    noise = Random(0)
    rows = [{"text": f"第{n}号 {noise.getrandbits(64):x}", "n": str(n)} for n in range(40_000)]
    path = tmp_path / f"a.{name}{packed}"
    write(path, rows)
    path.write_bytes(damage(path.read_bytes()))
    kept = texts(path)
    assert kept[:10_000] == [row["text"] for row in rows[:10_000]]
    assert damage is spoilt or kept == [row["text"] for row in rows[: len(kept)]]
    assert failures(path)[-1][0] > 10_000


def test_a_broken_row_group_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.table({"text": [f"第{n}号" for n in range(30)]}), path, row_group_size=10, use_dictionary=False
    )
    column = pq.ParquetFile(path).metadata.row_group(1).column(0)
    data = bytearray(path.read_bytes())
    data[column.data_page_offset : column.data_page_offset + column.total_compressed_size] = bytes(
        column.total_compressed_size
    )
    path.write_bytes(data)
    assert texts(path) == [f"第{n}号" for n in (*range(10), *range(20, 30))]
    ((line, cause),) = failures(path)
    assert line == 11
    assert cause.startswith("rows 11 to 20 cannot be read: ")


def test_a_large_table_is_written_in_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that whoever reads it needs no more memory than whoever wrote it."""
    monkeypatch.setattr("zhclean.corpus.writing.formats.ROW_GROUP", 100_000)
    texts = [f"第{n}版，今日要闻。" * 2000 for n in range(100)]
    pq.write_table(pa.table({"text": texts}), tmp_path / "a.parquet")
    clean(tmp_path / "a.parquet", tmp_path / "b.parquet", stages=(), workers=1)
    assert pq.ParquetFile(tmp_path / "b.parquet").num_row_groups > 1
    assert pq.read_table(tmp_path / "b.parquet").column("text").to_pylist() == texts


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst", "a.csv.gz", "a.txt.gz", "a.txt.zst"])
def test_an_archive_of_no_bytes_is_a_broken_one(name: str, tmp_path: Path) -> None:
    (tmp_path / name).touch()
    assert failures(tmp_path / name) == [(0, "an empty file is no archive")]


def test_a_file_of_rows_behind_another_one_may_begin_with_a_mark(tmp_path: Path) -> None:
    rows = '{"text": "甲"}\n'.encode("utf-8-sig")
    (tmp_path / "a.jsonl").write_bytes(rows * 2)
    assert texts(tmp_path / "a.jsonl") == ["甲"] * 2
    (tmp_path / "a.csv").write_bytes(f"id,text\n1,{NEWS}\n".encode("utf-8-sig") * 2)
    assert texts(tmp_path / "a.csv") == [NEWS] * 2
    assert failures(tmp_path / "a.csv") == []


@pytest.mark.parametrize("name", ["a.parquet", "a.jsonl.gz", "a.csv.zst", "a.txt", "a.txt.gz"])
def test_a_file_that_is_something_else_is_one_failure(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(bytes(range(256)) * 8)
    (tmp_path / "b.txt").write_text("好", "utf-8")
    assert texts(tmp_path) == ["好"]
    assert len(failures(tmp_path)) == 1


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_table_stays_a_table(tmp_path: Path, name: str) -> None:
    if name == "news.parquet":
        pq.write_table(pa.schema([("text", pa.string())]).empty_table(), tmp_path / name)
    else:
        packed = Path(name).suffix
        header = b"text,n\n" if ".csv" in name else b""
        (tmp_path / name).write_bytes(COMPRESSIONS.get(packed, bytes)(header))
    copy(tmp_path / name, tmp_path / "out")
    assert (tmp_path / "out" / name).exists()
    assert texts(tmp_path / "out" / name) == []
    assert failures(tmp_path / "out" / name) == []


def test_what_is_read_and_in_what_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "b/read.me", "b/.hidden.txt", "b/_SUCCESS.txt", "b/10.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, "utf-8")
    names = [tmp_path / "b", tmp_path / "*.txt", tmp_path / "b" / "1.txt"]
    found = [Path(source.path).relative_to(tmp_path).as_posix() for source in find(names)]
    assert found == ["b/1.txt", "b/10.txt", "b/2.txt", "a.txt"]


def test_a_file_by_two_names_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "甲"}', "utf-8")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path)
    found = find(["a.jsonl", tmp_path / "a.jsonl", "below/../a.jsonl", "./*.jsonl", "."])
    assert [source.path for source in found] == ["a.jsonl"]


@pytest.mark.skipif(sys.platform != "linux", reason="names are in Unicode")
def test_names_that_are_told_alike_are_refused(tmp_path: Path) -> None:
    try:
        for name in (b"\xd0\xc2.txt", rb"\xd0\xc2.txt"):
            (tmp_path / os.fsdecode(name)).write_text(NEWS, "utf-8")
    except OSError:
        pytest.skip("the file system takes Unicode only")
    with pytest.raises(InputError, match="two files are called"):
        clean(tmp_path, tmp_path / "out", workers=1)
    assert not list((tmp_path / "out").glob("*"))


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege")
def test_but_not_two_files_by_names_that_look_like_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere" / "deep").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere" / "deep")
    for name in ("a.jsonl", "elsewhere/a.jsonl"):
        (tmp_path / name).write_text(f'{{"text": "{name}"}}', "utf-8")
    monkeypatch.chdir(tmp_path)
    assert texts("a.jsonl", "link/../a.jsonl") == ["a.jsonl", "elsewhere/a.jsonl"]


def test_inputs_that_are_nothing_are_errors(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "read.me").touch()
    for name in ("missing.jsonl", "empty", "read.me", "*.csv"):
        with pytest.raises(InputError, match=r"no such file|known ending"):
            find([tmp_path / name])


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_links_to_files_are_read_and_those_to_directories_if_they_are_named(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "1.txt").write_text("好", "utf-8")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "file.txt").symlink_to(tmp_path / "b" / "1.txt")
    (tmp_path / "a" / "linked").symlink_to(tmp_path / "b")
    (tmp_path / "a" / "nowhere.txt").symlink_to(tmp_path / "missing.txt")
    assert [Path(source.path).name for source in find([tmp_path / "a"])] == ["file.txt"]
    assert [Path(source.path).name for source in find([tmp_path / "a" / "linked"])] == ["1.txt"]


@pytest.mark.parametrize("named", ["", "*/*/*.txt", "**/*.txt", "c/**/1.txt", "c/b/*.txt"])
def test_a_directory_that_cannot_be_read_is_an_error(
    named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("c/a/1.txt", "c/b/1.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("好", "utf-8")
    permitted = os.scandir

    def scandir(path: str) -> Any:
        if Path(path) == tmp_path / "c" / "b":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return permitted(path)

    monkeypatch.setattr(os, "scandir", scandir)  # whoever is root may read everything
    with pytest.raises(PermissionError, match=r"c.b"):
        find([tmp_path / named])


def test_a_name_with_brackets_is_first_a_name(tmp_path: Path) -> None:
    (tmp_path / "[1].txt").write_text("好", "utf-8")
    assert texts(tmp_path / "[1].txt") == ["好"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet"])
def test_batches_are_bounded_and_a_giant_goes_alone(tmp_path: Path, name: str) -> None:
    sizes = [BATCH // 8] * 20 + [3 * BATCH] + [10] * 20
    write(tmp_path / name, [{"text": "a" * size} for size in sizes])
    found = [[len(text) for text in batch.texts.to_pylist()] for batch in batches(tmp_path / name)]
    assert [size for batch in found for size in batch] == sizes
    assert all(sum(batch) <= BATCH or len(batch) == 1 for batch in found)


def test_undecodable_bytes_are_counted(tmp_path: Path) -> None:
    good = "新华社北京三月五日电 记者今天从国务院新闻办公室获悉".encode()
    (tmp_path / "a.txt").write_bytes(good + b"\xff")
    (tmp_path / "b.jsonl").write_bytes(b'{"text": "' + good + b'"}\n{"text": "' + good + b'\xe6"}\n')
    (tmp_path / "c.csv").write_bytes(b"text\n" + good + b"\n" + good + b"\xff\n" + good)
    (tmp_path / "d.csv").write_bytes("text\n上".encode("utf-16") + b"\x00\xd8" + "下".encode("utf-16-le"))
    assert [batch.lost for batch in batches(tmp_path)] == [((0, 1),), ((1, 1),), ((1, 1),), ((0, 1),)]


def test_a_replacement_character_that_a_file_holds_is_no_loss(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"text\n{NEWS}\ufffd\n", "utf-8")
    assert [batch.lost for batch in batches(tmp_path)] == [()]
    with (tmp_path / "a.csv").open("ab") as file:
        file.write(NEWS.encode() + b"\xff\n")
    assert [batch.lost for batch in batches(tmp_path)] == [((1, 1),)]


def test_failures_are_bounded_too(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{\n" * 5000)
    assert max(len(batch.failures) for batch in batches(tmp_path / "a.jsonl")) <= 1000
    assert len(failures(tmp_path / "a.jsonl")) == 5000


def test_gathering_begins_anew_after_each_batch() -> None:
    rows = Gathering("a", Fields(), lambda rows: pa.record_batch({"text": pa.array(rows, pa.string())}))
    assert list(rows.add("甲", "甲", None, 1, 3)) == []
    assert rows.batch().ids.to_pylist() == ["a:1"]
    assert rows.batch().ids.to_pylist() == []


def test_columns_that_do_not_fit_are_an_error_that_names_the_file(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": ["甲"], "n": [1]}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"text": ["乙"], "n": ["1"]}), tmp_path / "b.parquet")
    sources = find([tmp_path])
    with pytest.raises(InputError, match=r"b\.parquet: its columns do not fit the others'"):
        opened(output_named(str(tmp_path / "c.parquet")), sources, Fields())


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_numbers_that_do_not_fit_are_an_error_that_names_file_and_field(kind: str, tmp_path: Path) -> None:
    for name, number in (("a", 1234567890123456789), ("b", 0.5)):
        rows = [{"n": number, "text": NEWS}]
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(rows[0]), "utf-8")
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / f"{name}.parquet")
    inputs = [tmp_path / f"{name}.{kind}" for name in "ab"]
    with pytest.raises(InputError, match=rf"a\.{kind}: field 'n' does not fit the type"):
        clean(inputs, tmp_path / "out.parquet", workers=1)
    assert not (tmp_path / "out.parquet").exists()
    clean(inputs, tmp_path / "out.jsonl", workers=1)
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["n"] for line in lines] == [1234567890123456789, 0.5]


@pytest.mark.parametrize(("name", "form"), [("out.txt", None), ("out", "docx"), ("out.csv", "jsonl")])
def test_outputs_that_cannot_be(name: str, form: str | None) -> None:
    with pytest.raises(InputError):
        output_named(name, form)
