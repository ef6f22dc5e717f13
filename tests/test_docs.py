"""Every page of docs/ does what it says: its Python runs, its commands work, its files are understood."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import zhclean
from tests.documents import ROOT, blocks, commands, failures, make_way, move_in, run, scripts, sessions

DOCS = ROOT / "docs"
PAGES = {path.relative_to(DOCS).as_posix(): path for path in sorted(DOCS.rglob("*.md"))}
ENGLISH = {name: path for name, path in PAGES.items() if not name.endswith(".zh.md")}
CHINESE = {name: path for name, path in PAGES.items() if name not in ENGLISH}
CODE = {".py", ".toml", ".json", ""}
ABOUT_OTHER_DATA = {"corpus.md", "deduplication.md"}
"""Pages whose figures and scripts speak of a corpus that is not here; the tests of `zhclean.corpus` run those."""


@pytest.fixture(autouse=True)
def _among_the_files_the_pages_speak_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move_in(tmp_path, monkeypatch)


@pytest.mark.parametrize("name", [n for n, page in ENGLISH.items() if commands(page) or sessions(page)])
def test_commands_and_python_give_what_is_shown(name: str) -> None:
    for line, shown in commands(ENGLISH[name]):
        make_way(line)
        result = run(line)
        assert result.exit_code == 0 or ("--check" in line and result.exit_code == 1), result.stderr
        assert not shown or result.stdout == shown or name in ABOUT_OTHER_DATA, line
    assert failures(sessions(ENGLISH[name]), name) == 0


@pytest.mark.parametrize(
    "name", [n for n, page in ENGLISH.items() if scripts(page) and n not in ABOUT_OTHER_DATA]
)
def test_scripts_run(name: str) -> None:
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", scripts(ENGLISH[name])]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", [n for n, page in PAGES.items() if blocks(page, "toml")])
def test_configurations_are_understood(name: str, tmp_path: Path) -> None:
    for block in blocks(PAGES[name], "toml"):
        file = tmp_path / ("pyproject.toml" if "[tool.zhclean]" in block.body else "zhclean.toml")
        file.write_text(block.body, "utf-8")
        assert zhclean.configured(file)


@pytest.mark.parametrize(
    "name", [n for n, page in PAGES.items() if "pip install 'zhclean[" in page.read_text("utf-8")]
)
def test_extras_exist(name: str) -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    for extra in re.findall(r"zhclean\[(\w+)\]", PAGES[name].read_text("utf-8")):
        assert re.search(rf"^{extra} = \[", project, re.MULTILINE), extra


@pytest.mark.parametrize("name", CHINESE)
def test_a_chinese_page_says_all_that_the_english_one_says(name: str) -> None:
    chinese, english = CHINESE[name], ENGLISH[name.replace(".zh.md", ".md")]
    assert sessions(chinese) == sessions(english)
    assert scripts(chinese) == scripts(english)
    assert [(line.replace(" --lang zh", ""), shown) for line, shown in commands(chinese)] == commands(english)
    for mark in ("## ", "- ", "| ", "<!-- "):
        assert parts(chinese, mark) == parts(english, mark), mark


def test_every_page_is_in_the_navigation() -> None:
    listed = (ROOT / "mkdocs.yml").read_text("utf-8")
    pages = [name for name in ENGLISH if not name.startswith("decisions/")]
    assert [name for name in pages if f" {name}\n" not in listed] == []


@pytest.mark.parametrize("name", ["how-it-works.md", *(n for n in ENGLISH if n.startswith("decisions/"))])
def test_code_that_is_named_is_there(name: str) -> None:
    spoken_of = re.findall(r"`([^`\n]+)`", PAGES[name].read_text("utf-8"))
    words = {word for code in spoken_of for word in re.findall(r"[A-Za-z_]{3,}", code)}
    assert words - words_of_the_repository() == set()


@cache
def words_of_the_repository() -> frozenset[str]:
    """Names of its files, and all words in those that are code or configuration."""
    parts = ("src", "tests", "benchmarks", "tools", "fuzz", ".ci")
    files = [ROOT / "pyproject.toml", *(path for part in parts for path in (ROOT / part).rglob("*"))]
    code = [
        path.read_bytes().decode("utf-8", "ignore")
        for path in files
        if path.suffix in CODE and path.is_file()
    ]
    return frozenset(re.findall(r"[A-Za-z_]{3,}", "\n".join([*map(str, files), *code])))


def parts(page: Path, mark: str) -> int:
    """How many lines of a page begin with a mark, blocks of code aside."""
    prose = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return sum(line.startswith(mark) for line in prose.splitlines())
