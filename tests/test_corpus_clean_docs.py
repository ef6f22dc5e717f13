"""What docs/corpus.md shows is what happens."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from zhclean.cli import program

PAGE = (Path(__file__).parents[1] / "docs" / "corpus.md").read_text("utf-8")


def test_commands_take_the_options_that_are_shown() -> None:
    for line in re.findall(r"^\$ zhclean (corpus .*?)(?: +#.*)?$", PAGE, re.MULTILINE):
        words = line.split()
        command = program
        for name in words[:2]:
            command = command.get_command(None, name)  # type: ignore[attr-defined]
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= known, line


@pytest.mark.parametrize("command", ["clean", "dedup", "run"])
def test_help_is_quick(command: str) -> None:
    script = f"""
import sys
from zhclean.cli import program
try:
    program.main(["corpus", {command!r}, "--help"])
except SystemExit:
    print(*sorted({{"pyarrow", "duckdb", "pyspark", "numpy", "rich", "jinja2"}} & sys.modules.keys()), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.startswith("Usage:")
    assert done.stderr.split() == []
