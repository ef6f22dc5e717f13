"""The patch is carried out by the tool that reads patches."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import zhclean
from zhclean.cleaned import Cleaned
from zhclean.commands.unified import unified
from zhclean.edits import Edit, accept, apply

PATCH = shutil.which("patch")
PAGE = Path(__file__).parents[1] / "examples" / "yunxi.txt"
BROKEN = "市政府昨天召开常务会议，确保服\n\n务业增加值增长百分之七。\n会议还研究了其他事项,提出要求。\n"

needs_patch = pytest.mark.skipif(PATCH is None, reason="the tool patch is not installed")


def patched(directory: Path, name: str, data: bytes, patch: bytes) -> bytes:
    """What `patch` makes of a file whose name it finds in the patch."""
    file = directory / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    result = subprocess.run(
        [str(PATCH), "-p0", "--binary", "--fuzz=0", "--no-backup-if-mismatch"],
        input=patch,
        cwd=directory,
        capture_output=True,
    )
    assert result.returncode == 0, (result.stdout + result.stderr).decode("utf-8", "replace")
    assert b"offset" not in result.stdout
    return file.read_bytes() if file.exists() else b""  # an emptied file may be removed


def explained(name: str, directory: Path, *options: str) -> bytes:
    command = [sys.executable, "-m", "zhclean", "explain", "--unified", *options, name]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=directory, capture_output=True, check=True, env=environment).stdout


def check(directory: Path, data: bytes, name: str = "page.txt") -> None:
    """The patch of a file in UTF-8 makes of it what `zhclean clean` writes."""
    (directory / name).parent.mkdir(parents=True, exist_ok=True)
    (directory / name).write_bytes(data)
    patch = explained(name, directory)
    assert patch.startswith(b"--- ")
    assert patched(directory, name, data, patch).decode() == zhclean.clean(zhclean.read(data))


@needs_patch
@pytest.mark.parametrize(
    "text",
    [
        BROKEN,
        BROKEN.rstrip("\n"),
        BROKEN.replace("\n", "\r\n"),
        BROKEN.replace("\n", "\r"),
        BROKEN.replace("\n", "\u2028"),
        BROKEN.replace("\n\n", "\n\f\n"),
        "\ufeff" + BROKEN,
        "\ufeff全市经济平稳运行。\n",
        "第一行没有问题。\n" * 3 + BROKEN + "后面的话也没有问题。\n" * 3,
        PAGE.read_text("utf-8"),
    ],
    ids=["lf", "no-end", "crlf", "cr", "u2028", "form-feed", "mark", "only-mark", "amid", "example"],
)
def test_patch_makes_the_clean_file(text: str, tmp_path: Path) -> None:
    check(tmp_path, text.encode())


@needs_patch
@pytest.mark.parametrize("name", ["新闻 第一版.txt", "deep/er/page.txt", "tab\tand\\.txt", 'quo"ted.txt'])
def test_file_is_found_by_its_name(name: str, tmp_path: Path) -> None:
    if os.name == "nt" and set(name) & set('\t"'):
        pytest.skip("Windows has no such names")
    check(tmp_path, BROKEN.encode(), name)


@needs_patch
def test_patch_of_another_encoding_is_for_the_text_in_utf_8(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(BROKEN.encode("gb18030"))
    patch = explained("page.txt", tmp_path)
    first, rest = patch.split(b"\n", 1)
    assert first == b"page.txt is gb18030: this patch applies to its text in UTF-8"
    assert rest.startswith(b"--- page.txt\n")
    assert patched(tmp_path, "page.txt", BROKEN.encode(), patch).decode() == zhclean.clean(BROKEN)


@needs_patch
def test_patch_of_one_stage_does_what_that_stage_did(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(BROKEN.encode())
    patch = explained("page.txt", tmp_path, "--stage", "punctuation")
    assert patched(tmp_path, "page.txt", BROKEN.encode(), patch).decode() == BROKEN.replace(",", "，")


def test_nothing_to_change_is_no_patch(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("全市经济平稳运行。\n", "utf-8")
    assert explained("page.txt", tmp_path) == b""


texts = st.text(alphabet="一二三\n\n\n\r\x0b\x0c\x1c\x85\u2028 -+\\@", max_size=60)


@st.composite
def edited(draw: st.DrawFn) -> Cleaned:
    source = draw(texts)
    cuts = sorted(draw(st.lists(st.integers(0, len(source)), max_size=8)))
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    short = st.text(alphabet="一四\n\r-", max_size=4)
    edits = accept([Edit(start, end, draw(short), "") for start, end in pairs], source)
    return Cleaned(source, apply(source, edits), tuple(edits))


@needs_patch
@settings(max_examples=60)
@given(edited())
@example(Cleaned("一", "", (Edit(0, 1, "", ""),)))
@example(Cleaned("一\n二", "一\n二\n", (Edit(3, 3, "\n", ""),)))
@example(Cleaned("-- 一\n", "++ 一\n", (Edit(0, 2, "++", ""),)))
def test_any_edits_make_a_patch_that_applies(tmp_path_factory: pytest.TempPathFactory, some: Cleaned) -> None:
    patch = unified(some.source, some.edits, "page.txt")
    assert bool(patch) == (some.source != some.text)
    if patch:
        directory = tmp_path_factory.mktemp("patched")
        assert patched(directory, "page.txt", some.source.encode(), patch.encode()) == some.text.encode()
