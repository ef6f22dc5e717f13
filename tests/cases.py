"""Reads the case files, `cases/*.md`: titled inputs with what must come out.

A case is a heading, then a fenced block `input` and, where something must change, a fenced block
`expected`; without one the input must come back as it was. A fence marked `escaped` may hold Python
escapes (\\u200b, \\r). A line `stages: a, b` before the input runs those stages only (any shipped stage,
by name); the default is the stage the file is named after, and `stages: all` means the default pipeline.
A line `set: punctuation.quotes=「」, …` gives an option of one of them another value.
A line `gap: 量质|重大` names a gap that must be reported between those two strings of the input.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

CASES = Path(__file__).parent / "cases"
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_BLOCK = re.compile(r"^(`{3,}|~{3,})(input|expected)( escaped)?\n(.*?)\n?^\1$", re.MULTILINE | re.DOTALL)
_STAGES = re.compile(r"^stages: (.+)$", re.MULTILINE)
_SET = re.compile(r"^set: (.+)$", re.MULTILINE)
_GAP = re.compile(r"^gap: (.+)\|(.+)$", re.MULTILINE)


class Case(NamedTuple):
    id: str
    stages: tuple[str, ...]  # empty: the default pipeline
    source: str
    expected: str
    gaps: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, str], ...]  # stage.option and its value


def load(path: Path) -> list[Case]:
    parts = _HEADING.split(path.read_text("utf-8"))[1:]
    return [_case(path.stem, title, body) for title, body in zip(parts[::2], parts[1::2], strict=True)]


def _case(stem: str, title: str, body: str) -> Case:
    blocks = {kind: _unescape(text) if escaped else text for _, kind, escaped, text in _BLOCK.findall(body)}
    if "input" not in blocks:
        raise ValueError(f"{stem}: {title}: no input block")
    names = _STAGES.search(body)
    listed = names[1] if names else stem if stem not in ("negative", "known_failures") else "all"
    stages = () if listed == "all" else tuple(name.strip() for name in listed.split(","))
    gaps = tuple(_GAP.findall(body))
    told = _SET.search(body)
    options = tuple(tuple(item.strip().split("=", 1)) for item in told[1].split(",")) if told else ()
    expected = blocks.get("expected", blocks["input"])
    return Case(f"{stem}: {title}", stages, blocks["input"], expected, gaps, options)


def _unescape(text: str) -> str:
    return re.sub(r"\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|[nrtfv\\0])", _escape, text)


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("ascii").decode("unicode_escape")
