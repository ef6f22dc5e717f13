"""Reading, naming and writing files, down to what the operating system does."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import zhclean
from zhclean import files
from zhclean.commands import outputs
from zhclean.console import shown

OLD, NEW = b"\xe6\x97\xa7\n", b"\xe6\x96\xb0\r\n"
posix = pytest.mark.skipif(os.name == "nt", reason="POSIX only")


def names_in(directory: Path) -> list[str]:
    return [path.name for path in directory.iterdir()]


def test_what_is_written_is_there_byte_for_byte(tmp_path: Path) -> None:
    files.write(tmp_path / "page.txt", NEW)
    assert (tmp_path / "page.txt").read_bytes() == NEW
    assert names_in(tmp_path) == ["page.txt"]


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_a_replaced_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(OLD)
    page.chmod(mode)
    files.write(page, NEW)
    assert stat.S_IMODE(page.stat().st_mode) == mode


@posix
def test_a_new_file_has_the_mode_any_new_file_has(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_bytes(b"")
    files.write(tmp_path / "page.txt", NEW)
    assert (tmp_path / "page.txt").stat().st_mode == (tmp_path / "other.txt").stat().st_mode


@posix
def test_a_link_stays_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there/page.txt", tmp_path / "link.txt"
    target.write_bytes(OLD)
    link.symlink_to(Path("there/page.txt"))
    files.write(link, NEW)
    assert link.is_symlink()
    assert target.read_bytes() == NEW


def test_when_the_disk_is_full_the_old_file_stays_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    page = tmp_path / "page.txt"
    page.write_bytes(OLD)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        files.write(page, NEW)
    assert page.read_bytes() == OLD
    assert names_in(tmp_path) == ["page.txt"]


def test_a_process_killed_while_it_writes_leaves_the_old_file_whole(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(OLD)
    script = (
        "import os, sys, time, pathlib, zhclean.files as files\n"
        "os.fsync = lambda _: time.sleep(60)\n"
        "files.write(pathlib.Path(sys.argv[1]), b'x' * 10_000_000)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, page]) as run:
        while len(names_in(tmp_path)) == 1 and run.poll() is None:
            time.sleep(0.01)
        run.kill()
    assert page.read_bytes() == OLD
    (left,) = set(names_in(tmp_path)) - {"page.txt"}
    assert left.startswith(".zhclean-")
    assert left.endswith(".tmp")


@posix
def test_devices_are_written_and_not_replaced() -> None:
    files.refuse_existing(Path(os.devnull))
    files.write(Path(os.devnull), NEW)
    assert files.is_stream(Path(os.devnull))


def test_what_exists_is_not_replaced_unasked(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(OLD)
    files.refuse_existing(tmp_path / "new.txt")
    with pytest.raises(FileExistsError, match="--force"):
        files.refuse_existing(tmp_path / "page.txt")


@posix
def test_a_link_to_nowhere_exists(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to("nowhere")
    with pytest.raises(FileExistsError):
        files.refuse_existing(tmp_path / "link.txt")


def test_a_directory_keeps_the_paths_below_what_the_inputs_share() -> None:
    inputs = ["pages/01/a.txt", "pages/02/a.txt", "./pages/b.txt"]
    assert files.places(inputs, Path("out")) == [
        Path("out/01/a.txt"),
        Path("out/02/a.txt"),
        Path("out/b.txt"),
    ]
    assert files.places(["pages/01/a.txt"], Path("out")) == [Path("out/a.txt")]


def test_nothing_is_placed_outside_the_directory() -> None:
    assert files.places(["../../a.txt", "../b.txt"], Path("out"))[0] == Path("out/a.txt")


@pytest.mark.parametrize("inputs", [["a.txt", "a.txt"], ["a.txt", "./a.txt"], ["x/../a.txt", "b", "a.txt"]])
def test_two_inputs_never_become_one_output(inputs: list[str]) -> None:
    with pytest.raises(ValueError, match="would both be written to"):
        files.places(inputs, Path("out"))


def test_standard_input_has_no_name_in_a_directory() -> None:
    with pytest.raises(ValueError, match="standard input has no name"):
        files.places(["-"], Path("out"))


def test_a_directory_is_told_by_what_it_is_how_it_is_written_or_what_goes_there(tmp_path: Path) -> None:
    assert files.is_directory(str(tmp_path), 1)
    assert files.is_directory("new" + os.sep, 1)
    assert files.is_directory("new", 2)
    assert not files.is_directory("new", 1)


def test_lone_surrogates_become_replacement_characters_and_are_counted() -> None:
    assert files.utf8("市\ud800区\udc80") == ("市\ufffd区\ufffd".encode(), 2)
    assert files.utf8("市区😀") == ("市区😀".encode(), 0)


def test_an_outcome_tells_a_change_of_text_from_one_of_encoding() -> None:
    clean = "今日阴转多云。\n"
    same = files.treat(files.Input("a", clean.encode()), zhclean.STAGES)
    recoded = files.treat(files.Input("a", clean.encode("gbk")), zhclean.STAGES)
    assert (same.text_changed, same.bytes_changed) == (False, False)
    assert (recoded.text_changed, recoded.bytes_changed) == (False, True)
    assert recoded.clean == clean.encode()


def test_line_ends_are_not_translated() -> None:
    text = "第一条\r\n第二条\r\r\n第三条\n"
    assert files.treat(files.Input("a", text.encode()), ()).clean == text.encode()


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("a\nb.txt", r"a\nb.txt"),
        ("\x1b[31m.txt", r"\x1b[31m.txt"),
        ("新闻.txt", "新闻.txt"),
        ("-", "standard input"),
    ],
)
def test_names_in_messages_are_readable_and_harmless(name: str, readable: str) -> None:
    assert shown(name) == readable


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow only Unicode names")
def test_names_that_are_no_text_are_shown_by_their_bytes() -> None:
    assert shown(os.fsdecode(b"\xb1\xb1.txt")) == r"\xb1\xb1.txt"


def test_the_death_of_a_worker_costs_only_the_file_it_was_at(tmp_path: Path) -> None:
    script = tmp_path / "deadly.py"
    script.write_text(
        "import os\n"
        "from functools import partial\n"
        "from zhclean import files\n"
        "from zhclean.commands import outputs\n"
        "class Deadly:\n"
        "    name = 'deadly'\n"
        "    def propose(self, text):\n"
        "        return os._exit(1) if text == 'die' else ()\n"
        "if __name__ == '__main__':\n"
        "    inputs = [files.Input(t, t.encode()) for t in ('a', 'die', 'b', 'c')]\n"
        "    for item, outcome in outputs.outcomes(inputs, partial(files.treat, stages=(Deadly(),)), 2):\n"
        "        print(item.name, outcome.clean.decode(), outcome.failure)\n"
    )
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=True)
    killed = "its process was killed, perhaps for lack of memory"
    assert run.stdout.splitlines() == ["a a ", f"die  {killed}", "b b ", "c c "]


def test_texts_printed_together_never_share_a_line() -> None:
    printed: list[bytes] = []
    together = outputs.Together(printed.append)
    for text in (b"a", b"b\n", b"", b"c\r", b"d", b""):
        together.take("", files.Outcome(text))
    assert b"".join(printed) == b"a\nb\nc\rd"
