"""Both READMEs do what they say: their Python runs, their commands work, their samples come out as shown."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import zhclean
from tests.documents import ROOT, commands, failures, move_in, run, sessions
from tests.documents import blocks as blocks_of

READMES = {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md")}
TABLE_ROW = re.compile(r"^\| `(\w+)` \| (是|否) \|", re.MULTILINE)

each_readme = pytest.mark.parametrize("name", READMES)


def blocks(name: str, language: str) -> list[str]:
    return [block.body for block in blocks_of(ROOT / name, language)]


@pytest.fixture
def in_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move_in(tmp_path, monkeypatch)


@each_readme
@pytest.mark.usefixtures("in_a_copy")
def test_python_gives_what_is_shown(name: str) -> None:
    session = sessions(ROOT / name)
    assert session.count(">>> ") > 8
    assert failures(session, name) == 0


@each_readme
@pytest.mark.usefixtures("in_a_copy")
def test_commands_run_and_print_what_is_shown(name: str) -> None:
    assert len(commands(ROOT / name)) >= 8
    for line, shown in commands(ROOT / name):
        result = run(line)
        assert result.exit_code == int("--check" in line), result.stderr
        assert not shown or result.stdout == shown, line
        shutil.copytree(ROOT / "examples", "examples", dirs_exist_ok=True)  # one may have replaced a file


@each_readme
def test_the_sample_comes_out_as_shown(name: str) -> None:
    before, after = blocks(name, "text")
    assert zhclean.clean(before) == after


@each_readme
def test_there_are_two_set_up_commands_the_same_in_both(name: str) -> None:
    assert len(blocks(name, "sh")) == 2
    assert blocks(name, "sh") == blocks("README.md", "sh")


def test_the_chinese_table_lists_the_stages_in_order() -> None:
    shipped = [(stage.name, "是") for stage in zhclean.STAGES]
    shipped += [(stage.name, "否") for stage in zhclean.OPTIONAL_STAGES]
    assert TABLE_ROW.findall(READMES["README.zh-CN.md"]) == shipped


@each_readme
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", READMES[name]):
        assert (ROOT / target).exists(), target
