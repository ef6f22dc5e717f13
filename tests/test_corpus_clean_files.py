"""``zhclean corpus clean``: what it writes, what it accounts for, and what survives a kill."""

from __future__ import annotations

import gc
import gzip
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from zhclean import __version__, clean, corpus
from zhclean.corpus.cleaning import clean_files
from zhclean.corpus.cleaning.clean_files import Plan
from zhclean.corpus.cleaning.summary import Summary
from zhclean.corpus.reading import gathering
from zhclean.corpus.reading.fields import Fields
from zhclean.corpus.reading.sources import InputError
from zhclean.corpus.writing.outputs import output_named
from zhclean.corpus.writing.resume import Journal
from zhclean.corpus.writing.whole_files import unfinished
from zhclean.edits import Edit, apply
from zhclean.stages.width import Width

DAMAGED = "全年新增高新技术企业一百家以上，确保服\n\n务业增加值增长百分之七。"
SOUND = "记者从市气象局获悉，今年入汛以来全市平均降水量比常年偏多两成。"
FULL_WIDTH = "２０２３年全市完成造林１２万亩。"

SMALL_BATCHES = """
import sys
from zhclean.corpus.reading import gathering
gathering.BATCH = 4000
from zhclean.cli import main
if __name__ == "__main__":
    main()
"""
"""The command line with batches so small that a small corpus has many."""


def rows(count: int) -> list[dict[str, Any]]:
    return [
        {"id": f"第{n} ", "text": (DAMAGED, SOUND, FULL_WIDTH)[n % 3] + f"\n编号{n}。", "n": n}
        for n in range(count)
    ]


def write_rows(path: Path, some: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some), "utf-8")


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def run(inputs: list[Path], output: Path, **plan: Any) -> Summary:
    return clean_files.clean_files(inputs, Plan(output_named(str(output)), **plan))


def digests(directory: Path) -> dict[str, str]:
    """Every file below a directory, hidden ones too, with a digest of its contents."""
    files = (path for path in directory.rglob("*") if path.is_file())
    return {str(p.relative_to(directory)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def command(
    *args: object, script: Path | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    program = [str(script)] if script else ["-m", "zhclean"]
    return subprocess.run(
        [sys.executable, *program, "corpus", "clean", *map(str, args)],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
    )


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "BATCH", 4000)


def test_texts_are_those_of_the_library(tmp_path: Path) -> None:
    given = rows(7)
    write_rows(tmp_path / "a.jsonl", given)
    summary = run([tmp_path / "a.jsonl"], tmp_path / "b.jsonl")
    assert read_rows(tmp_path / "b.jsonl") == [{**row, "text": clean(row["text"])} for row in given]
    assert (summary.rows, summary.failed, summary.changed) == (7, 0, 5)
    assert summary.edits["unwrap"] == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "b.jsonl"]


def test_the_audit_holds_every_edit(tmp_path: Path) -> None:
    given = rows(7)
    write_rows(tmp_path / "a.jsonl", given)
    run(
        [tmp_path / "a.jsonl"], tmp_path / "b.jsonl", audit=tmp_path / "edits.parquet", fields=Fields(id="id")
    )
    audit = pq.read_table(tmp_path / "edits.parquet").to_pylist()
    for row, line in zip(given, range(1, 8), strict=True):
        found = [entry for entry in audit if entry["id"] == row["id"] and entry["kind"] == "edit"]
        assert {entry["line"] for entry in found} <= {line}
        assert all(row["text"][e["start"] : e["end"]] == e["old"] for e in found)
        edits = [Edit(e["start"], e["end"], e["new"], e["reason"]) for e in found]
        assert apply(row["text"], edits) == clean(row["text"])


def test_the_audit_tells_version_and_options(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.jsonl", rows(1))
    run([tmp_path / "a.jsonl"], tmp_path / "b.jsonl", audit=tmp_path / "edits.csv.gz", stages=(Width(),))
    told = json.loads((tmp_path / "edits.run.json").read_text("utf-8"))
    assert told["zhclean"] == __version__
    assert [stage["name"] for stage in told["stages"]] == ["width"]
    assert gzip.decompress((tmp_path / "edits.csv.gz").read_bytes()).startswith(b"id,source,line,kind,")


@pytest.mark.usefixtures("small_batches")
def test_the_number_of_workers_does_not_matter(tmp_path: Path) -> None:
    write_rows(tmp_path / "in" / "a.jsonl", rows(200))
    write_rows(tmp_path / "in" / "b" / "c.jsonl", rows(50))
    for workers in (1, 3):
        out = tmp_path / f"out{workers}"
        run([tmp_path / "in"], out / "news", workers=workers, audit=out / "edits.jsonl")
    assert digests(tmp_path / "out1") == digests(tmp_path / "out3")
    assert set(digests(tmp_path / "out1")) == {
        "news/a.jsonl",
        "news/b/c.jsonl",
        "edits.jsonl",
        "edits.run.json",
    }


def test_rows_in_are_rows_out_and_failed(tmp_path: Path) -> None:
    lines = ["{", '{"text": 5}', "", '{"n": 1}', *(json.dumps(row) for row in rows(5)), '{"text": null}']
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "in" / "b.txt").write_bytes(bytes(range(256)))
    (tmp_path / "in" / "c.txt").write_text(SOUND, "utf-8")
    summary = run([tmp_path / "in"], tmp_path / "out.jsonl")
    assert (summary.rows, summary.failed) == (6, 5)
    failed = read_rows(tmp_path / "out.failed.jsonl")
    assert [Path(row["source"]).name + f":{row['line']}" for row in failed] == [
        "a.jsonl:1",
        "a.jsonl:2",
        "a.jsonl:4",
        "a.jsonl:10",
        "b.txt:0",
    ]
    assert len(read_rows(tmp_path / "out.jsonl")) == 6


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes there, and Unicode elsewhere")
def test_names_need_not_be_unicode(tmp_path: Path) -> None:
    """As archives made in GBK leave them."""
    (tmp_path / "in").mkdir()
    for name, data in (("新闻.txt", FULL_WIDTH.encode("gbk")), ("数据.jsonl", b'{"text": "12"}\n{\n')):
        path = os.path.join(os.fsencode(tmp_path), b"in", name.encode("gbk"))  # noqa: PTH118 - bytes
        Path(os.fsdecode(path)).write_bytes(data)
    summary = run([tmp_path / "in"], tmp_path / "out", audit=tmp_path / "edits.csv")
    assert (summary.rows, summary.failed) == (2, 1)
    written = [os.fsencode(path.name) for path in (tmp_path / "out").iterdir()]
    assert sorted(written) == sorted(name.encode("gbk") for name in ("新闻.txt", "数据.jsonl"))
    assert "\\xd0\\xc2\\xce\\xc5.txt" in (tmp_path / "edits.csv").read_text("utf-8")


class Stumbles(Width):
    """A stage with a mistake in it."""

    def propose(self, text: str) -> Any:
        if "编号2" in text:
            raise RuntimeError("what now")
        return ()


def test_a_text_that_cannot_be_cleaned_stops_no_other(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.jsonl", rows(5))
    summary = run([tmp_path / "a.jsonl"], tmp_path / "b.jsonl", stages=(Stumbles(),))
    assert [row["n"] for row in read_rows(tmp_path / "b.jsonl")] == [0, 1, 3, 4]
    assert [*summary.causes] == ["RuntimeError: what now"]
    assert read_rows(tmp_path / "b.failed.jsonl")[0]["line"] == 3


KILLER = """
import os, sys
from zhclean.corpus.reading import gathering
gathering.BATCH = 1000
from zhclean.corpus.cleaning.clean_files import Plan, clean_files
from zhclean.corpus.writing.outputs import output_named
from zhclean.stages.width import Width

class Deadly(Width):
    def propose(self, text):
        if "编号1" in text:
            os._exit(1)
        return ()

if __name__ == "__main__":
    plan = Plan(output_named(sys.argv[2]), stages=(Deadly(),), workers=2)
    print(clean_files([sys.argv[1]], plan).failed)
"""


def test_a_text_that_kills_its_process_stops_no_other(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.jsonl", rows(3))
    (tmp_path / "killer.py").write_text(KILLER, "utf-8")
    args = [sys.executable, "killer.py", "a.jsonl", "b.jsonl"]
    done = subprocess.run(args, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1"]
    assert [row["n"] for row in read_rows(tmp_path / "b.jsonl")] == [n for n in range(3) if n != 1]
    assert read_rows(tmp_path / "b.failed.jsonl") == [
        {"source": "a.jsonl", "line": 2, "cause": "its process was killed, perhaps for lack of memory"}
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_killed_run_goes_on_and_comes_to_the_same_result(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(SMALL_BATCHES, "utf-8")
    write_rows(tmp_path / "in" / "a.jsonl", rows(500))
    write_rows(tmp_path / "in" / "b.jsonl", [*rows(20), {"n": 1}])
    args = ["in", "-o", "out/", "--audit", "audit/edits.parquet", "--failed", "audit/failed.csv", "-j2"]
    for name in ("undisturbed", "killed"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "in").symlink_to(tmp_path / "in")
    command(*args, script=tmp_path / "program.py", cwd=tmp_path / "undisturbed")

    victim = subprocess.Popen(
        [sys.executable, tmp_path / "program.py", "corpus", "clean", *args], cwd=tmp_path / "killed"
    )
    journal = tmp_path / "killed" / ".out.zhclean-journal"
    while not (journal.exists() and journal.stat().st_size > 5000):
        assert victim.poll() is None, "the run ended before it could be killed"
        time.sleep(0.005)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    done_before = journal.read_bytes()
    assert not (tmp_path / "killed" / "audit" / "edits.parquet").exists()

    again = command(*args, script=tmp_path / "program.py", cwd=tmp_path / "killed")
    assert again.returncode == 2, again.stderr
    assert "going on where an earlier run was ended" in again.stderr
    assert len(done_before) > 5000
    assert digests(tmp_path / "killed" / "out") == digests(tmp_path / "undisturbed" / "out")
    assert digests(tmp_path / "killed" / "audit") == digests(tmp_path / "undisturbed" / "audit")
    assert not journal.exists()
    assert not [path for path in (tmp_path / "killed").rglob("*") if "zhclean" in path.name]


def interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int, **plan: Any) -> None:
    """A run that ends after so many batches."""
    count = 0

    def advance(done: int, total: int) -> None:
        nonlocal count
        count += 1
        if count == after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        clean_files.clean_files(
            [tmp_path / "a.jsonl"], Plan(output_named(str(tmp_path / "b.jsonl")), **plan), advance
        )


@pytest.mark.usefixtures("small_batches")
def test_what_was_done_is_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_rows(tmp_path / "a.jsonl", rows(300))
    interrupted(tmp_path, monkeypatch, after=4)
    assert not (tmp_path / "b.jsonl").exists()
    journal = Journal(tmp_path / ".b.jsonl.zhclean-journal")
    assert len(list(journal.entries())) == 4
    journal.close()
    said: list[str] = []
    plan = Plan(output_named(str(tmp_path / "b.jsonl")))
    clean_files.clean_files([tmp_path / "a.jsonl"], plan, tell=said.append)
    assert said == ["going on where an earlier run was ended"]
    assert [row["n"] for row in read_rows(tmp_path / "b.jsonl")] == list(range(300))


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("option", ["audit", "failed"])
def test_going_on_it_replaces_only_what_it_wrote_before(
    option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_rows(tmp_path / "a.jsonl", rows(300))
    first, mine, third = (tmp_path / f"{name}.csv" for name in ("first", "mine", "third"))
    interrupted(tmp_path, monkeypatch, after=4, **{option: first})
    mine.write_text("my own table")
    with pytest.raises(FileExistsError, match=r"mine\.csv"):
        run([tmp_path / "a.jsonl"], tmp_path / "b.jsonl", **{option: mine})
    assert mine.read_text() == "my own table"

    def killed(journal: Journal) -> None:
        journal._file.close()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "discard", killed)
        with pytest.raises(KeyboardInterrupt):  # when everything is written
            run([tmp_path / "a.jsonl"], tmp_path / "b.jsonl", **{option: third})
    assert third.exists()
    said: list[str] = []
    plan = Plan(output_named(str(tmp_path / "b.jsonl")), **{option: third})
    clean_files.clean_files([tmp_path / "a.jsonl"], plan, tell=said.append)
    assert said == ["going on where an earlier run was ended"]
    assert [row["n"] for row in read_rows(tmp_path / "b.jsonl")] == list(range(300))


@pytest.mark.usefixtures("small_batches")
def test_nor_does_it_replace_a_tree_in_another_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_rows(tmp_path / "in" / "a.jsonl", rows(300))
    killed = Plan(output_named(f"{tmp_path / 'out'}/"))
    with pytest.raises(KeyboardInterrupt):
        clean_files.clean_files(
            [tmp_path / "in"], killed, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
    (tmp_path / "out" / "a.csv").write_text("my own table")
    with pytest.raises(FileExistsError, match=r"a\.csv"):
        clean_files.clean_files([tmp_path / "in"], Plan(output_named(f"{tmp_path / 'out'}/", "csv")))


@pytest.mark.usefixtures("small_batches")
def test_what_a_killed_run_left_unfinished_goes_if_the_next_writes_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_rows(tmp_path / "a.jsonl", rows(300))
    interrupted(tmp_path, monkeypatch, after=4, audit=tmp_path / "one.csv")
    unfinished(tmp_path / "one.csv").write_text("id,source")  # a kill leaves no time to delete it
    run([tmp_path / "a.jsonl"], tmp_path / "b.jsonl", audit=tmp_path / "other.csv")
    assert not list(tmp_path.glob(".*"))


@pytest.mark.usefixtures("small_batches")
def test_an_interrupted_run_has_nothing_to_complain_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaints: list[Any] = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    write_rows(tmp_path / "a.jsonl", rows(300))
    interrupted(tmp_path, monkeypatch, after=4, audit=tmp_path / "edits.parquet")
    gc.collect()
    assert not complaints
    assert not (tmp_path / "edits.parquet").exists()


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("damage", [b"", b"garbage at the end", None])
def test_a_journal_that_breaks_off_is_good_up_to_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes | None
) -> None:
    write_rows(tmp_path / "a.jsonl", rows(300))
    interrupted(tmp_path, monkeypatch, after=4)
    path = tmp_path / ".b.jsonl.zhclean-journal"
    data = path.read_bytes()
    path.write_bytes(data[:-7] if damage is None else data + damage)
    run([tmp_path / "a.jsonl"], tmp_path / "b.jsonl")
    run([tmp_path / "a.jsonl"], tmp_path / "c.jsonl")
    assert (tmp_path / "b.jsonl").read_bytes() == (tmp_path / "c.jsonl").read_bytes()


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("change", ["input", "options", "fields"])
def test_other_inputs_or_options_start_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    write_rows(tmp_path / "a.jsonl", rows(300))
    interrupted(tmp_path, monkeypatch, after=4)
    if change == "input":
        write_rows(tmp_path / "a.jsonl", rows(301)[::-1])
    other = {"options": {"stages": (Width(),)}, "fields": {"fields": Fields(id="id")}}.get(change, {})
    said: list[str] = []
    clean_files.clean_files(
        [tmp_path / "a.jsonl"], Plan(output_named(str(tmp_path / "b.jsonl")), **other), tell=said.append
    )
    assert said == ["an earlier run had other inputs, options or another version: starting anew"]
    run([tmp_path / "a.jsonl"], tmp_path / "c.jsonl", **other)
    assert (tmp_path / "b.jsonl").read_bytes() == (tmp_path / "c.jsonl").read_bytes()


def test_nothing_is_replaced_unasked(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.jsonl", rows(2))
    for name in ("b.jsonl", "b.failed.jsonl", "audit.csv"):
        (tmp_path / name).write_text("mine")
        with pytest.raises(FileExistsError, match=name):
            run([tmp_path / "a.jsonl"], tmp_path / "b.jsonl", audit=tmp_path / "audit.csv")
        assert digests(tmp_path).keys() == {"a.jsonl", name}
        (tmp_path / name).unlink()
    (tmp_path / "b.failed.jsonl").write_text("of an earlier run")
    run([tmp_path / "a.jsonl"], tmp_path / "b.jsonl", replace=True)
    assert digests(tmp_path).keys() == {"a.jsonl", "b.jsonl"}


@pytest.mark.parametrize("here", [".", "./", "", "../out", "../out/deeper/.."])
def test_the_output_may_be_the_directory_one_is_in(
    here: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_rows(tmp_path / "a.jsonl", [*rows(2), {}])
    (tmp_path / "out" / "deeper").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "out")
    corpus.clean("../a.jsonl", here)
    assert digests(tmp_path).keys() == {"a.jsonl", "out/a.jsonl", "out.failed.jsonl"}


def test_a_directory_may_have_a_name_with_dots(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.jsonl", rows(2))
    (tmp_path / "old.json").mkdir()
    for name in ("news.people.cn", "2024.03.05", "old.json", f"new.json{os.sep}"):
        corpus.clean(tmp_path / "a.jsonl", f"{tmp_path}/{name}")
        assert (tmp_path / name / "a.jsonl").is_file()


def test_an_input_is_never_replaced(tmp_path: Path) -> None:
    write_rows(tmp_path / "in" / "a.jsonl", rows(2))
    for output in (tmp_path / "in", tmp_path / "in" / "a.jsonl"):
        with pytest.raises(InputError, match="is an input"):
            run([tmp_path / "in"], output, replace=True)
    assert digests(tmp_path).keys() == {"in/a.jsonl"}


def test_an_empty_corpus_has_an_empty_result(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").touch()
    summary = run([tmp_path / "a.jsonl"], tmp_path / "b.parquet", audit=tmp_path / "edits.csv")
    assert (summary.rows, summary.failed) == (0, 0)
    assert pq.read_table(tmp_path / "b.parquet").num_rows == 0
    assert (tmp_path / "edits.csv").read_text().count("\n") == 1


FULL_DISK = """
import resource, sys
most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, most))
from zhclean.cli import main
try:
    main()
finally:  # whoever measures this has to write as well
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits of file sizes")
@pytest.mark.parametrize("name", ["b.jsonl", "b.csv.gz", "b.parquet", "b.jsonl.zst"])
def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, name: str) -> None:
    noise = [{"text": hashlib.sha512(str(n).encode()).hexdigest() * 4} for n in range(3000)]
    write_rows(tmp_path / "a.jsonl", noise)
    (tmp_path / "full.py").write_text(FULL_DISK)
    done = command("a.jsonl", "-o", name, "-j1", "--only", "width", script=tmp_path / "full.py", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [f"zhclean: {name}: File too large"]
    assert digests(tmp_path).keys() == {"a.jsonl", "full.py", f".{name}.zhclean-journal"}
    again = command("a.jsonl", "-o", name, "-j1", "--only", "width", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert digests(tmp_path).keys() == {"a.jsonl", "full.py", name}


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["missing.jsonl", "-o", "b.jsonl"], "missing.jsonl: no such file or directory"),
        (["a.jsonl", "-o", "a.jsonl"], "a.jsonl is an input; it would be replaced by the output"),
        (
            ["a.jsonl", "-o", "b.txt"],
            "b.txt: a .txt file holds one text; name a directory, or another format",
        ),
        (["a.jsonl", "-o", "b.jsonl", "--audit", "edits.txt"], "edits.txt: not the name of a table; "),
        (["a.jsonl", "-o", "a.jsonl/b.jsonl"], "a.jsonl: Not a directory"),
        (["a.jsonl", "-o", "/"], "/: nothing can stand beside it; "),
        pytest.param(
            ["a.jsonl", "-o", "/dev/full"],
            "/dev/full exists, and is no directory",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="there is no such device"),
        ),
        (["a.jsonl", "-o", "b.json"], "b.json is called like a file, "),
        (["a.jsonl", "-o", "b.jsonl", "--audit", "b.jsonl"], "b.jsonl: two outputs would be this file; "),
        (
            ["a.jsonl", "-o", "b.jsonl", "--audit", "c.csv", "--failed", "./c.csv"],
            "c.csv: two outputs would be this file; ",
        ),
    ],
)
def test_errors_are_one_line(tmp_path: Path, args: list[str], message: str) -> None:
    write_rows(tmp_path / "a.jsonl", rows(1))
    done = command(*args, cwd=tmp_path)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"zhclean: {message}")
    assert digests(tmp_path).keys() == {"a.jsonl"}


def test_failed_rows_are_told_by_cause(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "好"}\n{}\n{}\n{"text": 5}\n', "utf-8")
    done = command("a.jsonl", "-o", "b.jsonl", "-j1", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "zhclean: 1 texts in b.jsonl, 0 of them changed by 0 edits; 3 B became 3 B",
        "zhclean: a.jsonl:2: field 'text' is missing (the first of 2 rows)",
        "zhclean: a.jsonl:4: field 'text' is not text but 5",
        "zhclean: 3 rows failed; b.failed.jsonl lists them",
    ]
    assert len(read_rows(tmp_path / "b.failed.jsonl")) == 3
