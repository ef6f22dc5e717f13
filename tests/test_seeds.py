"""Two real newspaper pages, which are not part of the project: skipped where they are missing."""

from __future__ import annotations

from pathlib import Path

import pytest

import zhclean
from tests.command_line import invoke

SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
PAGES = sorted(path for path in SEEDS.glob("*.txt") if not path.name.endswith(".expected.txt"))

GAPS = {  # what stands before and behind each place where the page lost text
    "002_da73dc83d3f1958d": [
        ("制造业量质", "重大场景"),
        ("新增工程师", "农业实验室"),
        ("社区100名", "## 推进智治"),
    ],
}

pytestmark = pytest.mark.skipif(not PAGES, reason="../shared/seeds is not there")


def paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def expected(page: Path) -> list[str]:
    return paragraphs(page.with_suffix(".expected.txt").read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: getattr(page, "stem", "none"))
def test_every_paragraph_comes_out_and_nothing_else(page: Path) -> None:
    assert paragraphs(zhclean.clean(zhclean.read(page))) == expected(page)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: getattr(page, "stem", "none"))
def test_the_command_prints_the_same(page: Path) -> None:

    result = invoke(["clean", str(page)])
    assert result.exit_code == 0
    assert paragraphs(result.stdout) == expected(page)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: getattr(page, "stem", "none"))
def test_gaps_are_reported_where_text_is_missing(page: Path) -> None:
    cleaned = zhclean.explain(zhclean.read(page))
    found = [(cleaned.source[: gap.start], cleaned.source[gap.end :]) for gap in cleaned.gaps]
    for left, right in GAPS.get(page.stem, []):
        assert any(before.endswith(left) and after.startswith(right) for before, after in found), (
            left,
            found,
        )
