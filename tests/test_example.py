"""The page in `examples/`, invented, with every kind of damage a real newspaper page came with."""

from __future__ import annotations

from pathlib import Path

import pytest

import zhclean
from zhclean.edits import apply

EXAMPLES = Path(__file__).parents[1] / "examples"
PAGE = zhclean.read(EXAMPLES / "yunxi.txt")
EXPECTED = zhclean.read(EXAMPLES / "yunxi.expected.txt")

GAPS = (  # what stands before and behind each place where the page lost text
    ("水环境质", "发展林下经济"),
    ("新增星级民宿", "茶园春色"),
    ("学科带头人20名", "## 党建引领"),
)


@pytest.fixture(scope="module")
def cleaned() -> zhclean.Cleaned:
    return zhclean.explain(PAGE)


def paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def test_the_page_comes_out_clean(cleaned: zhclean.Cleaned) -> None:
    assert cleaned.text == EXPECTED


def test_the_clean_page_is_left_alone() -> None:
    assert zhclean.clean(EXPECTED) == EXPECTED


@pytest.mark.parametrize(("left", "right"), GAPS)
def test_a_place_where_text_is_missing_is_reported(left: str, right: str, cleaned: zhclean.Cleaned) -> None:
    around = [(PAGE[: gap.start], PAGE[gap.end :]) for gap in cleaned.gaps]
    assert any(before.endswith(left) and behind.startswith(right) for before, behind in around), around


def test_nothing_is_reported_where_nothing_is_missing(cleaned: zhclean.Cleaned) -> None:
    assert len(cleaned.gaps) == len(GAPS), [PAGE[gap.start - 8 : gap.end + 8] for gap in cleaned.gaps]


def test_the_edits_lead_from_the_page_to_its_clean_text(cleaned: zhclean.Cleaned) -> None:
    assert apply(PAGE, cleaned.edits) == cleaned.text
