"""Both READMEs do what they say: their Python runs, their commands work, their samples come out as shown."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import zhclean

ROOT = Path(__file__).parents[1]
READMES = {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md")}
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ zhclean (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
TABLE_ROW = re.compile(r"^\| `(\w+)` \| (on|off) \|", re.MULTILINE)

each_readme = pytest.mark.parametrize("name", READMES)


def blocks(name: str, language: str) -> list[str]:
    return [body for kind, body in FENCE.findall(READMES[name]) if kind == language]


@pytest.fixture
def in_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)


@each_readme
@pytest.mark.usefixtures("in_a_copy")
def test_python_gives_what_is_shown(name: str) -> None:
    session = doctest.DocTestParser().get_doctest("".join(blocks(name, "python")), {}, name, name, 0)
    assert len(session.examples) > 8
    assert doctest.DocTestRunner().run(session).failed == 0


@each_readme
@pytest.mark.usefixtures("in_a_copy")
def test_commands_run_and_print_what_is_shown(name: str) -> None:
    commands = [found for block in blocks(name, "console") for found in COMMAND.findall(block)]
    assert len(commands) >= 8
    for line, shown in commands:
        result = run(line)
        assert result.returncode == int("--check" in line), result.stderr
        assert not shown or result.stdout == shown, line
        shutil.copytree(ROOT / "examples", "examples", dirs_exist_ok=True)  # one may have replaced a file


def run(line: str) -> subprocess.CompletedProcess[str]:
    """Run a command line as a shell would."""
    words = shlex.split(line, comments=True)
    arguments = [path for word in words for path in sorted(map(str, Path().glob(word))) or [word]]
    command = [sys.executable, "-m", "zhclean", *arguments]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, env=environment
    )


@each_readme
def test_the_sample_comes_out_as_shown(name: str) -> None:
    before, after = blocks(name, "text")
    assert zhclean.clean(before) == after


@each_readme
def test_there_are_two_set_up_commands_the_same_in_both(name: str) -> None:
    assert len(blocks(name, "sh")) == 2
    assert blocks(name, "sh") == blocks("README.md", "sh")


def test_the_chinese_table_lists_the_stages_in_order() -> None:
    shipped = [(stage.name, "on") for stage in zhclean.STAGES]
    shipped += [(stage.name, "off") for stage in zhclean.OPTIONAL_STAGES]
    assert TABLE_ROW.findall(READMES["README.zh-CN.md"]) == shipped


@each_readme
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", READMES[name]):
        assert (ROOT / target).exists(), target
