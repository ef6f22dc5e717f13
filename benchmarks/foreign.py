"""The public test tables of other tools, retyped as facts, each with the outcome held right here.

    python -m benchmarks.foreign            agreement by tool, and every disagreement with its reason

`foreign.json` has their inputs and what they expect, and where zhclean differs, what it gives and why. No code or
file of theirs is in it. Only what the tools mean for any text is taken, not what they do to their own formats
(HTML, Markdown, source code) nor spelling and vocabulary. Figures: cases that come out as held `right`, in percent.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.table import Row, Task, Wanted
from zhclean import OPTIONAL_STAGES, STAGES, Stage, clean

QUICK = 0
TABLES = Path(__file__).with_suffix(".json")


class Case(NamedTuple):
    tool: str
    table: str
    stages: tuple[Stage, ...]
    source: str
    theirs: str
    ours: str
    reason: str
    """Why the two differ; empty where they agree."""


@cache
def cases() -> Sequence[Case]:
    loaded: dict[str, Any] = json.loads(TABLES.read_text("utf-8"))
    return [_case(table, loaded["reasons"], *case) for table in loaded["tables"] for case in table["cases"]]


def _case(
    table: dict[str, Any], reasons: dict[str, str], source: str, theirs: str, ours: str = "", reason: str = ""
) -> Case:
    told = reasons[reason] if reason else ""
    return Case(table["tool"], table["table"], _stages(table["stages"]), source, theirs, ours or theirs, told)


def _stages(options: dict[str, dict[str, str]]) -> tuple[Stage, ...]:
    """Stages by name, with their options; the default ones where none is named."""
    kinds: dict[str, Any] = {stage.name: type(stage) for stage in (*STAGES, *OPTIONAL_STAGES)}
    return tuple(kinds[name](**fields) for name, fields in options.items()) or STAGES


def plan(wanted: Wanted) -> Iterator[Task]:
    for tool in dict.fromkeys(case.tool for case in cases()):
        yield Task(f"foreign/{tool}", partial(measure, tool))


def measure(tool: str) -> Row:
    of_tool = [case for case in cases() if case.tool == tool]
    wrong = [case for case in of_tool if clean(case.source, case.stages) != case.ours]
    agreed = sum(not case.reason for case in of_tool)
    row = Row(len(of_tool), figures={"right": 100 * (1 - len(wrong) / len(of_tool))})
    row.notes = [f"{agreed} as {tool} has it, {len(of_tool) - agreed} differ for a reason"]
    row.misses = [
        f"wrong  {tool}: {case.source!r} became {clean(case.source, case.stages)!r}" for case in wrong
    ]
    return row


def main() -> int:
    for (tool, table), group in groupby(cases(), key=lambda case: case[:2]):
        found = list(group)
        differing = [case for case in found if case.reason]
        print(f"{tool}, {table}: {len(found) - len(differing)} of {len(found)} agree")
        for case in differing:
            print(f"    {case.source!r}\n      theirs {case.theirs!r}\n      ours   {case.ours!r}")
            print(f"      {case.reason}")
    rows = [task.measure() for task in plan(Wanted())]
    for miss in (miss for row in rows for miss in row.misses):
        print(miss)
    return int(any(row.misses for row in rows))


if __name__ == "__main__":
    sys.exit(main())
