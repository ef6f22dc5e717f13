"""The pinned floors of `benchmarks/floors.json` hold, and the benchmark itself can be trusted."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from random import Random

import pytest

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks import corpora, damage, floors, foreign, quality, undamaged  # noqa: E402
from benchmarks.scoring import judge  # noqa: E402
from benchmarks.table import Row, Wanted  # noqa: E402

QUICK_FLOORS = floors.load()["quick"]

# Floors not reached yet; a row that reaches its floor must leave this list.
NOT_REACHED = {
    "pd1998/split-missing": "38 % of the places where text is missing are joined, not 35",
}


@cache
def measured(kind: str) -> dict[str, Row]:
    return dict(quality.measured(list(quality.quick_tasks(kind)), jobs=1))


def rows_of(kind: str) -> list[object]:
    """The rows of a kind that have floors, those known to miss theirs marked so."""
    planned = {task.name for task in quality.KINDS[kind].plan(Wanted())} & set(QUICK_FLOORS)
    return [
        pytest.param(kind, name, marks=[pytest.mark.xfail(strict=True, reason=NOT_REACHED[name])])
        if name in NOT_REACHED
        else (kind, name)
        for name in sorted(planned)
    ]


@pytest.mark.parametrize(("kind", "name"), [row for kind in quality.KINDS for row in rows_of(kind)])
def test_floor_holds(kind: str, name: str) -> None:
    if not corpora.is_available(name.split("/")[0]):
        pytest.skip("the package that ships this corpus is not installed")
    row = measured(kind)[name]
    assert not floors.below(row.figures, QUICK_FLOORS[name]), "\n".join(row.misses)


def test_who_differs_from_another_tool_says_why() -> None:
    assert [case for case in foreign.cases() if bool(case.reason) != (case.ours != case.theirs)] == []


def test_every_floor_is_of_a_row_that_is_measured() -> None:
    planned = {task.name for kind in quality.KINDS.values() for task in kind.plan(Wanted())}
    for section in floors.load().values():
        assert section.keys() <= planned


@pytest.mark.skipif(not corpora.is_available("clean"), reason="needs the corpus `clean`")
def test_changes_of_clean_news_are_listed() -> None:
    (task,) = (task for task in undamaged.plan(Wanted()) if task.name == "clean/changes")
    assert task.measure().misses == []
    assert undamaged.no_longer_made("clean") == set()


def test_floors_never_fall() -> None:
    earlier = list(_earlier_floors())
    if not earlier:
        pytest.skip("no history to compare with")
    now = floors.load()
    for pinned in earlier:
        for section, rows in pinned.items():
            for row, bounds in rows.items():
                for key, bound in bounds.items():
                    assert not floors.is_lower(key, now[section][row][key], bound), f"{section} {row} {key}"


def _earlier_floors() -> list[dict[str, floors.Floors]]:
    name = "benchmarks/floors.json"
    if not shutil.which("git") or not (ROOT / ".git").exists():
        return []
    commits = _git("log", "--format=%H", "--", name).split()
    return [json.loads(_git("show", f"{commit}:{name}")) for commit in commits]


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    return done.stdout if done.returncode == 0 else ""


PARAGRAPHS = [
    "云岭市启动春季植树活动",
    "本报讯（记者 王伟）云岭市日前启动春季植树活动，来自全市的3200多名志愿者在东湖沿岸种下雪松、银杏等树苗1.5万株，预计绿化面积将达40公顷。",
    "市林业局负责人说：“这片林子两年后就能成荫。”据介绍，今年全市计划造林6万亩，其中一半以上由企业和市民认养，认养人可以通过手机查看树木的生长情况。",
    "参加活动的李芳一家三口种了两棵树……孩子给小树挂上了写着名字的卡片，约定每年春天都来看它，《绿色日记》也从这一天写起。",
]


def _mended(damaged: damage.Damaged) -> str:
    """What a perfect cleaner would make of it: intruders behind their sentence, gaps left open."""
    units: dict[int, str] = {}
    for piece in damaged.pieces:
        gap = "\n" if piece.cut == "missing" else " " if piece.cut and piece.spaced else ""
        units[piece.unit] = units.get(piece.unit, "") + gap + piece.text
    return "\n\n".join(units.values())


def _states(row: str) -> set[tuple[str, str]]:
    states = set[tuple[str, str]]()
    for seed in range(30):
        damaged = damage.rows()[row](PARAGRAPHS, Random(seed))
        for output in (_mended(damaged), _mended(damaged).replace("，", ",").replace("……", "...")):
            states |= {(v.kind, v.state) for v in judge(damaged.pieces, output) if v.kind != "undecided"}
    return states


@pytest.mark.parametrize("row", damage.rows())
def test_a_perfect_cleaner_scores_perfectly(row: str) -> None:
    perfect = {("join", "together"), ("end", "apart"), ("intruder", "apart"), ("missing", "apart")}
    assert _states(row) <= perfect


@pytest.mark.parametrize("row", damage.rows())
def test_doing_nothing_joins_nothing_and_destroys_nothing(row: str) -> None:
    damaged = damage.rows()[row](PARAGRAPHS, Random(1))
    verdicts = judge(damaged.pieces, damaged.text)
    assert {v.state for v in verdicts if v.kind != "undecided"} == {"apart"}


@pytest.mark.parametrize("row", damage.rows())
def test_the_same_seed_gives_the_same_damage(row: str) -> None:
    break_it = damage.rows()[row]
    assert break_it(PARAGRAPHS, Random(7)) == break_it(PARAGRAPHS, Random(7))


def test_a_line_keeps_to_its_width_and_kinsoku() -> None:
    for kinsoku in ("pull", "none"):
        press = damage.Press(40, kinsoku, whole_words=False)
        for paragraph in PARAGRAPHS:
            lines = [text for text, _ in damage.wrap(paragraph, press)]
            assert max(map(damage.columns, lines)) <= 40
            assert "".join(lines).replace(" ", "") == paragraph.replace(" ", "")
            if kinsoku == "pull":
                assert not any(text[0] in damage.CLOSERS for text in lines)


def test_text_run_together_everywhere_is_seen_everywhere() -> None:
    damaged = damage.rows()["undamaged"](PARAGRAPHS, Random(1))
    assert {v.state for v in judge(damaged.pieces, "".join(PARAGRAPHS))} == {"together"}
