"""The command line in this process: to start another for each call takes longest."""

from __future__ import annotations

from collections.abc import Iterable
from inspect import signature
from typing import Any

from click.testing import CliRunner, Result

from zhclean.cli import program


def invoke(arguments: Iterable[str], stdin: bytes = b"") -> Result:
    """Run ``zhclean`` with these arguments; its two streams are kept apart."""
    # click 8.2 always does so, and has no such parameter
    apart: Any = {"mix_stderr": False} if "mix_stderr" in signature(CliRunner).parameters else {}
    return CliRunner(**apart).invoke(program, [*arguments], input=stdin)
