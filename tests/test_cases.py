"""Every case file, one test a case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import zhclean
from tests.cases import CASES, Case, load

BY_NAME = {stage.name: stage for stage in (*zhclean.STAGES, *zhclean.OPTIONAL_STAGES)}
KNOWN_FAILURES = CASES / "known_failures.md"


def stages_of(case: Case) -> tuple[zhclean.Stage, ...]:
    stages = {stage.name: stage for stage in [BY_NAME[name] for name in case.stages] or zhclean.STAGES}
    for key, value in case.options:
        name, option = key.split(".")
        changed: Any = stages[name]
        stages[name] = replace(changed, **{option: value})
    return tuple(stages.values())


def check(case: Case) -> None:
    stages = stages_of(case)
    cleaned = zhclean.explain(case.source, stages)
    assert cleaned.text == case.expected
    assert zhclean.clean(cleaned.text, stages) == cleaned.text, "cleaning twice must be cleaning once"
    reported = [(case.source[: gap.end].rstrip(), case.source[gap.start :].lstrip()) for gap in cleaned.gaps]
    for left, right in case.gaps:
        assert any(before.endswith(left) and after.startswith(right) for before, after in reported), reported


@pytest.mark.parametrize(
    "case",
    [c for path in sorted(CASES.glob("*.md")) if path != KNOWN_FAILURES for c in load(path)],
    ids=lambda case: case.id,
)
def test_case(case: Case) -> None:
    check(case)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(c, marks=pytest.mark.xfail(strict=True, reason="known failure"), id=c.id)
        for c in (load(KNOWN_FAILURES) if KNOWN_FAILURES.exists() else [])
    ],
)
def test_known_failure(case: Case) -> None:
    check(case)
