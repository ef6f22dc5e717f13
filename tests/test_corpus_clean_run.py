"""``zhclean corpus run``: clean, without boilerplate and copies, summed up on a page in two languages."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.command_line import invoke
from zhclean.corpus.cleaning import clean_files
from zhclean.corpus.deduplication import dedup_files
from zhclean.corpus.deduplication.boilerplate import Recurrence
from zhclean.corpus.deduplication.decision import Options
from zhclean.corpus.reading.fields import Fields
from zhclean.corpus.reading.sources import InputError
from zhclean.corpus.run import run_files, summary_page

NOTICE = "声明：本文由入驻作者撰写，不代表本站立场，转载请注明出处。"
STORIES = [
    "市水务局昨日通报，城东污水处理厂三期工程已经通水试运行，日处理能力提高到十二万吨。",
    "记者从区教育局了解到，今年秋季学期全区将新增四所公办幼儿园，提供学位一千二百个。",
    "受冷空气影响，本周末全省气温明显下降，北部山区夜间可能出现霜冻，农户须注意防寒。",
    "全年新增高新技术企业一百家以上，确保服\n\n务业增加值增长百分之七，外贸进出口稳中提质。",
]


def write_corpus(path: Path) -> None:
    """Four stories that carry one notice, one of them three times, once with a slip; and a broken line."""
    rows = [{"id": f"{n}", "text": f"{story}\n{NOTICE}"} for n, story in enumerate(STORIES)]
    rows.append({"id": "copy", "text": STORIES[0] + "\n" + NOTICE})
    rows.append({"id": "near", "text": STORIES[0].replace("昨日", "今日") + "\n" + NOTICE})
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join([*lines, "{"]), "utf-8")


def plans(directory: Path, id: str | None = "id") -> tuple[clean_files.Plan, dedup_files.Plan]:
    fields = Fields(id=id)
    cleaning = clean_files.Plan(run_files.clean_output(directory), fields, audit=directory / "edits.parquet")
    return cleaning, dedup_files.Plan(directory, fields, Options(boilerplate=Recurrence()))


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_one_run_does_it_all(tmp_path: Path) -> None:
    write_corpus(tmp_path / "in" / "a.jsonl")
    out = tmp_path / "out"
    result = run_files.run_files([tmp_path / "in"], *plans(out))
    assert (result.kept, result.removed, result.failed) == (4, 2, 1)
    kept = {row["id"]: row["text"] for row in rows(out / "kept.jsonl")}
    assert kept["3"] == STORIES[3].replace("\n\n", "")
    assert NOTICE not in "".join(kept.values())
    assert {row["reason"] for row in rows(out / "removed.jsonl")} == {"exact", "near"}
    assert [row["line"] for row in rows(out / "clean.failed.jsonl")] == [7]
    assert {row["id"] for row in pq.read_table(out / "edits.parquet").to_pylist()} == {"3"}
    assert not list(out.rglob(".*"))


def test_a_run_killed_among_the_copies_goes_on_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_corpus(tmp_path / "in" / "a.jsonl")
    undisturbed, out = tmp_path / "undisturbed", tmp_path / "out"
    run_files.run_files([tmp_path / "in"], *plans(undisturbed))
    with monkeypatch.context() as patch:
        patch.setattr(run_files, "render", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run_files.run_files([tmp_path / "in"], *plans(out))
    assert not (out / "summary.html").exists()
    said: list[str] = []
    run_files.run_files([tmp_path / "in"], *plans(out), tell=said.append)
    assert said == ["all texts are clean already: going on with the copies"]
    for path in undisturbed.rglob("*"):
        if path.is_file() and path.suffix != ".html":
            assert (out / path.relative_to(undisturbed)).read_bytes() == path.read_bytes(), path
    with pytest.raises(FileExistsError):
        run_files.run_files([tmp_path / "in"], *plans(out))


def test_one_killed_when_the_index_knows_its_articles_keeps_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_corpus(tmp_path / "a.jsonl")
    out = tmp_path / "out"
    cleaning, dedup = plans(out)
    dedup = replace(dedup, index=tmp_path / "i.duckdb")
    with monkeypatch.context() as patch:
        patch.setattr(run_files, "render", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run_files.run_files([tmp_path / "a.jsonl"], cleaning, dedup)
    kept = (out / "kept.jsonl").read_bytes()
    assert kept.count(b"\n") == 4
    assert run_files.run_files([tmp_path / "a.jsonl"], cleaning, dedup).kept == 4
    assert (out / "kept.jsonl").read_bytes() == kept


@pytest.mark.parametrize("name", ["kept", "removed", "clean.failed"])
def test_an_input_is_never_replaced(name: str, tmp_path: Path) -> None:
    source = tmp_path / f"{name}.jsonl"
    write_corpus(source)
    before = source.read_bytes()
    done = invoke(["corpus", "run", str(source), "-o", str(tmp_path), "--force", "-j1"])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
    assert f"{name}.jsonl is an input" in done.stderr
    assert source.read_bytes() == before
    assert list(tmp_path.iterdir()) == [source], "it is told before anything is done"


def test_nor_is_one_that_takes_an_output_s_name_only_when_another_turns_out_to_be_broken(
    tmp_path: Path,
) -> None:
    write_corpus(tmp_path / "kept.jsonl")
    before = (tmp_path / "kept.jsonl").read_bytes()
    (tmp_path / "broken.csv").write_bytes(b"no header\n")
    with pytest.raises(InputError, match="is an input"):
        run_files.run_files([tmp_path / "kept.jsonl", tmp_path / "broken.csv"], *plans(tmp_path))
    assert (tmp_path / "kept.jsonl").read_bytes() == before


@pytest.mark.parametrize("name", ["kept.jsonl", "equal-ids.jsonl", "summary.html"])
def test_what_is_there_is_seen_before_the_work(name: str, tmp_path: Path) -> None:
    write_corpus(tmp_path / "a.jsonl")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text("mine")
    with pytest.raises(FileExistsError, match=name):
        run_files.run_files([tmp_path / "a.jsonl"], *plans(tmp_path / "out"))
    assert [path.name for path in (tmp_path / "out").iterdir()] == [name]


def test_an_order_by_a_field_that_is_nowhere_is_refused_before_the_work(tmp_path: Path) -> None:
    write_corpus(tmp_path / "a.jsonl")
    out = tmp_path / "out"
    done = invoke(
        ["corpus", "run", str(tmp_path / "a.jsonl"), "-o", str(out), "-j1", "--prefer", "latest=wann"]
    )
    assert done.exit_code == 2
    assert done.stderr == "zhclean: no row has a field 'wann', which the order asks for\n"
    assert not out.exists()


def test_so_is_an_index_that_cannot_be_made(tmp_path: Path) -> None:
    write_corpus(tmp_path / "a.jsonl")
    out, index = tmp_path / "out", tmp_path / "nowhere" / "i.duckdb"
    done = invoke(["corpus", "run", str(tmp_path / "a.jsonl"), "-o", str(out), "-j1", "--index", str(index)])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "i.duckdb" in done.stderr
    assert not out.exists()


@pytest.mark.parametrize("name", ["_b.jsonl", ".b.jsonl"])
def test_an_input_that_is_named_is_read_whatever_its_name(name: str, tmp_path: Path) -> None:
    write_corpus(tmp_path / "a.jsonl")
    row = {"id": "own", "text": "市图书馆今日起延长开放时间至晚上九点。"}
    (tmp_path / name).write_text(json.dumps(row), "utf-8")
    run_files.run_files([tmp_path / "a.jsonl", tmp_path / name], *plans(tmp_path / "out"))
    assert rows(tmp_path / "out" / "kept.jsonl")[-1] == row
    assert run_files.run_files([tmp_path / name], *plans(tmp_path / "alone")).kept == 1


@pytest.mark.parametrize("other", ["b.jsonl", "b.csv"])
def test_what_an_earlier_run_left_is_no_input(other: str, tmp_path: Path) -> None:
    write_corpus(tmp_path / "a.jsonl")
    run_files.run_files([tmp_path / "a.jsonl"], *plans(tmp_path / "out"))
    (tmp_path / "b.jsonl").write_text('{"id": "own", "text": "市图书馆今日延长开放。"}', "utf-8")
    (tmp_path / "b.csv").write_text("id,text\nown,市图书馆今日延长开放。\n", "utf-8")
    cleaning, dedup = plans(tmp_path / "out")
    again = cleaning._replace(replace=True), replace(dedup, replace=True)
    result = run_files.run_files([tmp_path / other], *again)
    assert (result.kept, result.removed) == (1, 0)
    assert "0.80 – 0.84" not in result.page.read_text("utf-8"), "the table that the earlier run left"


def test_nor_what_it_left_of_an_input_that_cannot_be_read_now(tmp_path: Path) -> None:
    write_corpus(tmp_path / "a.jsonl")
    (tmp_path / "b.csv").write_text("id,text\nown,市图书馆今日延长开放。\n", "utf-8")
    inputs = [tmp_path / "a.jsonl", tmp_path / "b.csv"]
    assert run_files.run_files(inputs, *plans(tmp_path / "out")).kept == 5
    (tmp_path / "b.csv").write_text("no header\n")
    cleaning, dedup = plans(tmp_path / "out")
    again = cleaning._replace(replace=True), replace(dedup, replace=True)
    assert run_files.run_files(inputs, *again).kept == 4
    with pytest.raises(InputError, match=r"no input can be read; .*clean\.failed\.jsonl tells why"):
        run_files.run_files(inputs[1:], *again)


def test_losses_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"text\n" + STORIES[0].encode() + b"\xff\n" + STORIES[1].encode())
    result = run_files.run_files([tmp_path / "a.csv"], *plans(tmp_path / "out", id=None))
    assert result.lossy == 1
    done = invoke(["corpus", "run", str(tmp_path / "a.csv"), "-o", str(tmp_path / "out"), "--force", "-j1"])
    assert "1 texts had undecodable bytes, which became U+FFFD; " in done.stderr


def test_the_command(tmp_path: Path) -> None:
    write_corpus(tmp_path / "in" / "a.jsonl")
    args = ["corpus", "run", "in", "-o", "out", "--id-field", "id", "-j1", "--lang", "zh"]
    done = subprocess.run(
        [sys.executable, "-m", "zhclean", *args],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.splitlines() == [
        "zhclean: 4 articles stay, 2 copies removed, 1 rows failed; out/summary.html sums up",
        "zhclean: 1 rows failed; out/clean.failed.jsonl lists them",
    ]
    assert "6 篇" not in (tmp_path / "out" / "summary.html").read_text("utf-8")  # the browser counts


class Page(HTMLParser):
    """What a page shows, and what it would fetch."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.text, self.links = "", []
        self.messages: set[str] = set()
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [
            value for name, value in attrs if name in ("src", "href") and value not in ("data:,", "#rows")
        ]
        self.messages.update(value or "" for name, value in attrs if name in ("data-say", "data-label"))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    directory = tmp_path_factory.mktemp("run")
    write_corpus(directory / "in" / "a.jsonl")
    return run_files.run_files([directory / "in"], *plans(directory / "out")).page.read_bytes()


def test_the_page_is_complete_in_itself(page: bytes) -> None:
    assert Page(page).links == []
    assert b"default-src 'none'" in page
    assert b"http://" not in page
    assert b"https://" not in page


def test_the_page_tells_what_was_done(page: bytes) -> None:
    shown = Page(page)
    for told in (NOTICE, "0.80 – 0.84", "broken JSON", "unwrap", STORIES[0][:20]):
        assert told in shown.text, told


def test_the_page_speaks_two_languages(page: bytes) -> None:
    settings = re.search(rb'id="settings">(.*?)</script>', page)
    assert settings
    messages = json.loads(settings[1])["messages"]
    assert messages["en"].keys() == messages["zh"].keys()
    assert Page(page).messages <= messages["en"].keys()


def test_texts_cannot_become_markup() -> None:
    evil = "</script><script>alert(1)</script>"
    sample = {
        "id": evil,
        "before": evil,
        "old": evil,
        "new": evil,
        "after": evil,
        "reason": evil,
        "translation": evil,
    }
    figures = {
        **dict.fromkeys(("rows", "kept", "removed", "changed", "failed", "gaps", "lossy", "other_causes"), 1),
        "steps": [],
        "causes": [{"cause": evil, "count": 1, "place": evil}],
        "stages": [{"name": evil, "edits": 1, "size": "+1 B", "samples": [sample]}],
        "reasons": {"exact": 1},
        "similarities": [{"name": evil, "count": 1, "share": 1}],
        "clusters": [{"id": evil, "copies": 1, "beginning": evil}],
        "boilerplate": [{"text": evil, "stories": 1, "documents": 1}],
    }
    assert b"<script>alert" not in summary_page.render(figures)
    with pytest.raises(ValueError, match="language must be one of"):
        summary_page.render(figures, "fr")
