"""What the pages of documentation show, to be run: their blocks, and a place that has the files they speak of."""

from __future__ import annotations

import doctest
import gzip
import json
import os
import re
import shlex
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import Result

from tests.command_line import invoke

ROOT = Path(__file__).parents[1]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ zhclean (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
NEWS = (
    {"id": "1", "title": "养老", "text": "全市有养老机构５００家,确保服\n\n务覆盖每个乡镇。"},
    {"id": "2", "title": "造林", "text": "全市完成造林１２万亩。"},
    {"id": "3", "title": "雨水", "text": "今年雨水偏多。"},
)
STORIES = tuple(
    {"id": f"s{number}", "text": f"{what}昨天在市里开始，{who}到场，{more}。\n更多新闻请扫码关注本报客户端。"}
    for number, (what, who, more) in enumerate(
        zip(
            [
                "防汛演练",
                "秋粮收购",
                "书画展览",
                "社区义诊",
                "龙舟比赛",
                "地铁试车",
                "古树普查",
                "冬季供暖",
                "校园足球",
                "茶叶品鉴",
            ],
            [
                "消防队员",
                "各县农户",
                "退休教师",
                "中医专家",
                "沿江村民",
                "铁路职工",
                "林业学者",
                "热力公司",
                "中小学生",
                "山区茶农",
            ],
            [
                "持续三天",
                "当日入库千吨",
                "展出百件作品",
                "接诊四百人次",
                "十二支队伍参加",
                "全程二十公里",
                "登记二百余株",
                "覆盖六个片区",
                "决出四强",
                "评出金奖",
            ],
            strict=True,
        )
    )
)
"""Stories that end alike."""


class Block(NamedTuple):
    """A fenced block of a page."""

    language: str
    body: str


def blocks(page: Path, language: str | None = None) -> list[Block]:
    """The fenced blocks of a page, or those of one language."""
    found = [Block(*parts) for parts in FENCE.findall(page.read_text("utf-8"))]
    return [block for block in found if language in (None, block.language)]


def move_in(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go where the files are that the pages speak of, with one core: to start workers takes longer than all else."""
    lay_out(directory)
    monkeypatch.chdir(directory)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0}, raising=False)


def lay_out(directory: Path) -> None:
    """Put the files that the pages speak of into a directory."""
    shutil.copytree(ROOT / "examples", directory / "examples", dirs_exist_ok=True)
    shutil.copy(ROOT / "examples" / "yunxi.txt", directory)
    (directory / "news").mkdir(exist_ok=True)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in NEWS)
    (directory / "news" / "2024-01.jsonl").write_text(lines, "utf-8")
    for day in ("01", "02"):
        row = {"id": f"{day}-1", "time": f"2024-03-{day}", "text": f"三月{day}日，全市新开工项目十二个。"}
        (directory / f"2024-03-{day}.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    (directory / "news" / "2024-02.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    stories = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in STORIES)
    (directory / "news.jsonl").write_text(stories, "utf-8")
    (directory / "news.jsonl.gz").write_bytes(gzip.compress(stories.encode()))


def commands(page: Path) -> list[tuple[str, str]]:
    """The command lines of a page, without ``zhclean``, each with the output it shows, if any."""
    return [found for block in blocks(page, "console") for found in COMMAND.findall(block.body)]


def make_way(line: str) -> None:
    """Remove what a command would have to replace: of several in a row each stands for itself."""
    output = re.search(r" -o (\S+)", line)
    if output and (place := Path(output[1])).exists():
        shutil.rmtree(place) if place.is_dir() else place.unlink()


def run(line: str) -> Result:
    """Run a command line as a shell would, in this process: to start one for each takes longest."""
    words = shlex.split(line, comments=True)
    quoted = set(re.findall(r"'([^']*)'", line))
    matches = {word: sorted(map(str, Path().glob(word))) for word in words if word not in quoted}
    arguments = [path for word in words for path in matches.get(word) or [word]]
    return invoke(arguments)


def sessions(page: Path) -> str:
    """The interactive Python of a page, one session."""
    return "".join(block.body for block in blocks(page) if block.body.startswith(">>> "))


def scripts(page: Path) -> str:
    """The other Python of a page, one script."""
    return "\n".join(block.body for block in blocks(page, "python") if not block.body.startswith(">>>"))


def failures(session: str, name: str) -> int:
    """How many examples of a session give something else than they show."""
    examples = doctest.DocTestParser().get_doctest(session, {}, name, name, 0)
    return doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(examples).failed
