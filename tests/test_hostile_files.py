"""Files, names and moments that were chosen to do harm."""

from __future__ import annotations

import ctypes
import gzip
import json
import os
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

import zhclean
from zhclean import corpus
from zhclean.corpus.reading.fields import Fields
from zhclean.corpus.reading.readers import read
from zhclean.corpus.reading.sources import find

ZHCLEAN = [sys.executable, "-m", "zhclean"]
posix = pytest.mark.skipif(os.name == "nt", reason="POSIX only")


# --- Moments -----------------------------------------------------------------------------------------------

MOMENTS = (0.0, 0.1, 0.3, 0.6, 1.0, 1.5)
"""Seconds after which a run is killed: before it reads, while it works, while it writes, when it is done."""

PAGE = "会议将于２０２３年\u200b举行，与会代表共三百人。\n" * 20_000


@posix
@pytest.mark.parametrize(
    "arguments", [("--in-place",), ("--force", "-o", "page.txt")], ids=["in place", "to a file"]
)
def test_killed_at_any_moment_the_old_file_or_the_new_one_is_there(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    old, new = PAGE.encode(), zhclean.clean(PAGE, [zhclean.Width()]).encode()
    (tmp_path / "source.txt").write_bytes(old)
    page = tmp_path / "page.txt"
    source = "page.txt" if "--in-place" in arguments else "source.txt"
    command = [*ZHCLEAN, "clean", "--only", "width", source, *arguments]
    for moment in (*MOMENTS, None):
        page.write_bytes(old)
        run_until(moment, command, tmp_path)
        assert page.read_bytes() in (old, new), f"killed after {moment} s"
    assert page.read_bytes() == new, "left alone, it is done"


def run_until(moment: float | None, command: list[str], directory: Path) -> None:
    """Start a program, and kill it after so many seconds unless it has ended."""
    with subprocess.Popen(command, cwd=directory, stderr=subprocess.DEVNULL) as run:
        try:
            run.wait(moment)
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)


@posix
@pytest.mark.parametrize("output", ["out.csv.gz", "out"])
def test_killed_at_any_moment_the_old_corpus_or_the_new_one_is_there(output: str, tmp_path: Path) -> None:
    write_rows(tmp_path / "new.jsonl", ["２０２３年"] * 3000)
    write_rows(tmp_path / "old.jsonl", ["２０２２年"] * 2000)
    command = [*ZHCLEAN, "corpus", "clean", "new.jsonl", "-o", output, "--only", "width", "--force", "-q"]
    corpus.clean(tmp_path / "old.jsonl", tmp_path / output, workers=1)
    written = tmp_path / output
    if output == "out":
        written = (tmp_path / output / "old.jsonl").replace(tmp_path / output / "new.jsonl")
    old = written.read_bytes()
    seen = []
    for moment in (*MOMENTS[2:], None):
        written.write_bytes(old)
        run_until(moment, command, tmp_path)
        seen.append(written.read_bytes())
    assert set(seen) <= {old, seen[-1]}, "half a file"
    texts = [text for batch in read(find([written]), Fields()) for text in batch.texts.to_pylist()]
    assert texts == ["2023年"] * 3000
    assert set(names_in(tmp_path)) == {"new.jsonl", "old.jsonl", output}, (
        "the last run clears up after the killed"
    )


def write_rows(path: Path, texts: list[str]) -> None:
    path.write_text("".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts), "utf-8")


def names_in(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def test_two_processes_that_write_one_output_leave_one_whole(tmp_path: Path) -> None:
    wanted = set()
    for name in ("a", "b"):
        text = name.upper() * 400_000
        (tmp_path / f"{name}.txt").write_text(text)
        wanted.add(text)
    command = [*ZHCLEAN, "clean", "--force", "-o", "out.txt", "--only", "width"]
    runs = [subprocess.Popen([*command, f"{name}.txt"], cwd=tmp_path) for name in ("a", "b")]
    assert [run.wait() for run in runs] == [0, 0]
    assert (tmp_path / "out.txt").read_text() in wanted
    assert names_in(tmp_path) == ["a.txt", "b.txt", "out.txt"]


@posix
@pytest.mark.parametrize("job", ["clean", "dedup", "run"])
def test_an_output_that_another_run_is_writing_is_left_to_it(job: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "slow.jsonl")
    write_rows(tmp_path / "other.jsonl", ["甲地今天有雨。"])
    command = [*ZHCLEAN, "corpus", job, "--force", "-q", "-o", "out"]
    with subprocess.Popen([*command, "slow.jsonl"], cwd=tmp_path) as first:
        pipe = (tmp_path / "slow.jsonl").open("wb")  # waits until the first run reads
        second = subprocess.run([*command, "other.jsonl"], cwd=tmp_path, capture_output=True, check=False)
        before = names_in(tmp_path)
        first.kill()
    pipe.close()
    assert second.returncode == 2
    assert second.stderr.decode().startswith("zhclean: out")
    assert second.stderr.decode().endswith(": another run is writing this output\n")
    third = subprocess.run([*command, "other.jsonl"], cwd=tmp_path, capture_output=True, check=True)
    assert not third.stderr, "a killed run locks nobody out"
    assert set(names_in(tmp_path)) == {"other.jsonl", "out", "slow.jsonl"}, before


# --- Names and places --------------------------------------------------------------------------------------

HOSTILE_NAMES = [
    "a\nb",
    "-o",
    "--in-place",
    " ",
    "'\"$(rm)`",
    "*[a]?",
    "新" * 80,
    "\u202etxt",
    "\udcb1\udcb1",
]
linux = pytest.mark.skipif(sys.platform != "linux", reason="other systems allow fewer names")


@linux
@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_file_may_have_any_name(name: str, tmp_path: Path) -> None:
    page = tmp_path / "in" / f"{name}.txt"
    page.parent.mkdir()
    page.write_text("２０２３年", "utf-8")
    summary = corpus.clean(tmp_path / "in", tmp_path / "out/", workers=1)
    assert (summary.rows, summary.failed) == (1, 0)
    assert (tmp_path / "out" / page.name).read_text("utf-8") == "2023年"
    arguments = [*ZHCLEAN, "clean", "--in-place", "--", page.name]
    done = subprocess.run(arguments, cwd=page.parent, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
    assert page.read_text("utf-8") == "2023年"
    assert [path.name for path in page.parent.iterdir()] == [page.name]


@posix
def test_links_are_followed_and_stay(tmp_path: Path) -> None:
    """Also through a directory that is a link, and for what a corpus command writes."""
    (tmp_path / "real").mkdir()
    (tmp_path / "linked").symlink_to("real")
    real, link = tmp_path / "real" / "rows.jsonl", tmp_path / "rows.jsonl"
    real.write_text("old", "utf-8")
    link.symlink_to("linked/rows.jsonl")
    (tmp_path / "a.txt").write_text("２０２３年", "utf-8")
    corpus.clean(tmp_path / "a.txt", link, workers=1, replace=True)
    assert link.is_symlink()
    assert json.loads(real.read_text("utf-8"))["text"] == "2023年"
    assert names_in(tmp_path / "real") == ["rows.jsonl"]


@posix
def test_links_in_a_circle_are_a_failure(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("b.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    done = subprocess.run([*ZHCLEAN, "clean", "a.txt"], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)


def as_anybody() -> None:
    """Take from a process of root the right to write where permissions forbid it; nobody else has it."""
    if sys.platform == "linux":
        prctl = ctypes.CDLL(None, use_errno=True).prctl
        for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2
CORPUS = ("corpus", "clean", "rows.jsonl", "--force", "-q", "-o")


@posix
@pytest.mark.parametrize(
    ("locked", "arguments", "complaint"),
    [
        ("page.txt", ("clean", "--in-place", "page.txt"), "page.txt: file is write-protected"),
        (".", ("clean", "--in-place", "page.txt"), "page.txt: Permission denied"),
        ("out.txt", ("clean", "page.txt", "--force", "-o", "out.txt"), "out.txt: file is write-protected"),
        ("dir", ("clean", "page.txt", "-o", "dir/new/"), "Permission denied"),
        ("out.jsonl", (*CORPUS, "out.jsonl"), "out.jsonl: file is write-protected"),
        ("dir", (*CORPUS, "dir/out.jsonl"), "Permission denied"),
        ("dir", (*CORPUS, "dir/new/deep"), "Permission denied"),
        ("rows.jsonl", ("corpus", "dedup", "rows.jsonl", "-q", "-o", "."), ""),
    ],
)
def test_what_must_not_be_written_is_not(
    locked: str, arguments: tuple[str, ...], complaint: str, tmp_path: Path
) -> None:
    (tmp_path / "dir").mkdir()
    for name in ("page.txt", "out.txt", "out.jsonl"):
        (tmp_path / name).write_text("２０２３年", "utf-8")
    write_rows(tmp_path / "rows.jsonl", ["２０２３年"])
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    place = tmp_path / locked
    place.chmod(0o555 if place.is_dir() else 0o444)
    done = subprocess.run(
        [*ZHCLEAN, *arguments], cwd=tmp_path, capture_output=True, preexec_fn=as_anybody, check=False
    )
    place.chmod(0o755)
    assert complaint in done.stderr.decode()
    assert done.stderr.count(b"\n") == bool(complaint)
    assert done.returncode == (2 if complaint else 0)
    assert {path: path.read_bytes() for path in before} == before
    if complaint:
        assert set(names_in(tmp_path)) == {*(path.name for path in before), "dir"}
        assert not names_in(tmp_path / "dir")


@posix
def test_what_must_not_be_read_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "page.txt").touch(0)
    done = subprocess.run(
        [*ZHCLEAN, "clean", "page.txt"], cwd=tmp_path, capture_output=True, preexec_fn=as_anybody, check=False
    )
    assert (done.returncode, done.stderr) == (2, b"zhclean: page.txt: Permission denied\n")


# --- Archives ----------------------------------------------------------------------------------------------

MB = 1 << 20


def gzipped(path: Path, data: bytes) -> None:
    path.write_bytes(gzip.compress(data, 1))


def zstandard(path: Path, data: bytes) -> None:
    with pa.CompressedOutputStream(str(path), "zstd") as stream:
        stream.write(data)


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzipped), (".zst", zstandard)])
@pytest.mark.parametrize(
    ("form", "begins"),
    [
        (".txt", ""),
        (".jsonl", '{"text": "'),
        (".csv", "text\n"),
        (".csv", 'text\n"'),
        (".csv", 'text\n"' + "\n" * MB),
    ],
)
def test_what_unpacks_without_end_is_a_failure_and_no_death(
    form: str,
    begins: str,
    ending: str,
    pack: Callable[[Path, bytes], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("zhclean.corpus.reading.readers.MOST_UNPACKED", MB)
    pack(tmp_path / f"bomb{form}{ending}", begins.encode() + "国".encode() * (30 * MB // 3))
    (tmp_path / "good.txt").write_text("２０２３年", "utf-8")
    corpus.clean(
        tmp_path / "good.txt", tmp_path / "before.jsonl", workers=1
    )  # what is loaded once is not counted
    (tmp_path / "before.jsonl").unlink()
    tracemalloc.start()
    summary = corpus.clean(tmp_path, tmp_path / "out.jsonl", workers=1)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert summary.rows == 1
    assert summary.failed
    for cause in summary.causes:
        assert "unpacks to more than 1 MB" in cause or "field larger than field limit" in cause
    assert most < 15 * MB, "half of what is packed"


@pytest.mark.parametrize("name", ["page.txt.gz", "pages.zip", "pages.tar"])
def test_an_archive_is_not_taken_for_a_text(name: str, tmp_path: Path) -> None:
    gzipped(tmp_path / name, "２０２３年\n".encode() * 1000)
    done = subprocess.run([*ZHCLEAN, "clean", name], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == f"zhclean: {name}: binary data, not text\n".encode()
