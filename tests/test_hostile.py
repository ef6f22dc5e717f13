"""Texts, files and moments that were chosen to do harm."""

from __future__ import annotations

import gzip
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import zhclean
from zhclean.edits import apply

ZHCLEAN = [sys.executable, "-m", "zhclean"]
posix = pytest.mark.skipif(os.name == "nt", reason="POSIX only")
EVERY_STAGE = (*zhclean.STAGES, *zhclean.OPTIONAL_STAGES)


# --- Texts -------------------------------------------------------------------------------------------------

TEXTS: dict[str, Callable[[int], str]] = {
    "brackets nested deeply": lambda n: "（" * n + "银川" + "）" * n,
    "brackets of all kinds, never closed": lambda n: "（《“‘「『[{(" * (n // 9),
    "nothing but line ends": lambda n: "\n" * n,
    "line ends of all kinds": lambda n: "\r\n\n\r\u2028\u2029\x85\x0b\x0c" * (n // 9),
    "a tower of combining marks": lambda n: "国" + "\u0301" * n + "家",
    "half surrogate pairs": lambda n: "\ud800国\udc00" * (n // 3),
    "directions that override each other": lambda n: "\u202e\u2066会议\u2069\u202d" * (n // 6),
    "tags, never closed": lambda n: "<p <a <" * (n // 7),
    "entities within entities": lambda n: "&amp;" * (n // 5),
    "mojibake of mojibake": lambda n: "Ã¢â‚¬Å“" * (n // 9),
    "one sentence for ever": lambda n: "市政府召开会议，" * (n // 8),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_obeys_the_laws(name: str) -> None:
    text = TEXTS[name](2000)
    cleaned = zhclean.explain(text, EVERY_STAGE)
    assert apply(text, cleaned.edits) == cleaned.text
    assert zhclean.clean(cleaned.text, EVERY_STAGE) == cleaned.text


@pytest.mark.parametrize("name", TEXTS)
def test_twice_the_text_takes_about_twice_the_time(name: str) -> None:
    small, large = TEXTS[name](20_000), TEXTS[name](160_000)
    zhclean.clean(small)  # what is loaded once is not counted
    assert cost(large) < 40 * max(cost(small), 0.01), "eight times the text; squared it would be 64"


def cost(text: str) -> float:
    """Seconds of this process, the better of two."""
    times = []
    for _ in range(2):
        start = time.process_time()
        zhclean.clean(text)
        times.append(time.process_time() - start)
    return min(times)


def test_ten_million_line_ends() -> None:
    assert set(zhclean.clean("新\n" + "\n" * 10_000_000)) == {"新", "\n"}


def test_every_code_point_once() -> None:
    text = "".join(map(chr, range(0x110000)))
    cleaned = zhclean.explain(text)
    assert apply(text, cleaned.edits) == cleaned.text
    assert zhclean.clean(cleaned.text) == cleaned.text


@pytest.mark.parametrize("width", [16, 64, 256, 0x110000])
def test_characters_in_the_order_of_their_code_points_are_no_mojibake(width: int) -> None:
    """Among them are all rare characters: some of their pairs are bytes of a common one and a letter."""
    text = "\n".join("".join(map(chr, range(i, min(i + width, 0x110000)))) for i in range(0, 0x110000, width))
    assert not zhclean.explain(text, [zhclean.Mojibake()]).edits


def test_directions_cannot_hide_in_what_is_shown() -> None:
    attack = "同意\u202e对反\u202c的有三人，\u2066其余\u2069弃权。"
    assert not set(zhclean.clean(attack)) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    shown = subprocess.run([*ZHCLEAN, "explain"], input=attack.encode(), capture_output=True, check=True)
    assert "\u202e" not in shown.stdout.decode()


# --- Patterns ----------------------------------------------------------------------------------------------

SEEDS = (
    *"国一１1aＡ，。.：:-—…·“”\"'（）《》<>&;=/@#|`~*_ \t\n\r　\u200b\ufffdÃ锟",
    "国，", "1,", "１，", "1.", "1:", "a.", "a-", "aA1", "国 ", " 国", "。\n", "\n　", "<a ", "&a", "“国", "（国", "ab/", "a@",
    "——", "……", "年1", "<p>", "](", "```", "http://", "a=1&", "Ã©", "第一",
)  # fmt: skip


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern of text that a module of the package holds, also in a tuple, list or mapping."""
    for module in walk_packages(zhclean.__path__, "zhclean."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(import_module(module.name)).items():
            yield from ((f"{module.name}.{name}", pattern) for pattern in within(value))


def within(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from within(inner)
    elif type(value) in (tuple, list):
        for inner in value:  # type: ignore[attr-defined]
            yield from within(inner)


PATTERNS = {pattern.pattern: (name, pattern) for name, pattern in patterns()}


AT_ONE_PLACE = {
    "zhclean.blocks._KIND",
    "zhclean.corpus.likeness._DATE",
    "zhclean.stages.invisible._HAN_IN_LINE",
    "zhclean.stages.punctuation._LEADER",
    "zhclean.stages.stops._AT_END",
    "zhclean.stages.stops._AUTHORS",
}
"""Patterns that search nothing: they are matched at one place, where they take time linear in what they match."""


@pytest.mark.parametrize("name", sorted({name for name, _ in PATTERNS.values()} - AT_ONE_PLACE))
def test_no_pattern_backtracks_without_bound(name: str) -> None:
    for _, pattern in (found for found in PATTERNS.values() if found[0] == name):
        slow = [seed for seed in SEEDS if superlinear(pattern, seed)]
        assert not slow, pattern.pattern


def test_all_patterns_are_found() -> None:
    assert len(PATTERNS) > 100


def superlinear(pattern: re.Pattern[str], seed: str) -> bool:
    """Whether a search through four times as many copies of a seed takes far more than four times as long.

    What is quick all the same is not looked at: the patterns' own limits keep it so.
    """
    few = seconds(pattern, copies(seed, 500))
    if few < 0.002:
        return False
    return (
        seconds(pattern, copies(seed, 2_000)) > 10 * few and seconds(pattern, copies(seed, 8_000)) > 100 * few
    )


def copies(seed: str, length: int) -> str:
    """Copies of a seed, and behind them something that no pattern looks for."""
    return seed * (length // len(seed)) + "\x01"


def seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start


# --- Moments -----------------------------------------------------------------------------------------------

PAGE = "会议将于２０２３年\u200b举行，与会代表共三百人。\n" * 20_000


@posix
@pytest.mark.parametrize(
    "arguments", [("--in-place",), ("--force", "-o", "page.txt")], ids=["in place", "to a file"]
)
def test_killed_at_any_moment_the_old_file_or_the_new_one_is_there(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    old, new = PAGE.encode(), zhclean.clean(PAGE, [zhclean.Width()]).encode()
    (tmp_path / "source.txt").write_bytes(old)
    page = tmp_path / "page.txt"
    source = "page.txt" if "--in-place" in arguments else "source.txt"
    command = [*ZHCLEAN, "clean", "--only", "width", source, *arguments]
    seen = set()
    for wait in (0.0, 0.1, 0.3, 0.6, 1.0, 1.5, 30.0):
        page.write_bytes(old)
        with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.DEVNULL) as run:
            try:
                run.wait(wait)
            except subprocess.TimeoutExpired:
                run.send_signal(signal.SIGKILL)
        assert page.read_bytes() in (old, new), f"killed after {wait} s"
        seen.add(page.read_bytes() == new)
    assert True in seen, "left alone, it is done"


def test_two_processes_that_write_one_output_leave_one_whole(tmp_path: Path) -> None:
    wanted = set()
    for name in ("a", "b"):
        text = name.upper() * 400_000
        (tmp_path / f"{name}.txt").write_text(text)
        wanted.add(text)
    command = [*ZHCLEAN, "clean", "--force", "-o", "out.txt", "--only", "width"]
    runs = [subprocess.Popen([*command, f"{name}.txt"], cwd=tmp_path) for name in ("a", "b")]
    assert [run.wait() for run in runs] == [0, 0]
    assert (tmp_path / "out.txt").read_text() in wanted
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b.txt", "out.txt"]


# --- Archives ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.jsonl.gz"])
def test_what_unpacks_without_end_is_a_failure_and_no_death(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhclean import corpus

    monkeypatch.setattr("zhclean.corpus.readers.MOST_UNPACKED", 1 << 20)
    with gzip.open(tmp_path / name, "wb") as bomb:
        for _ in range(64):
            bomb.write(b"\xe5\x9b\xbd" * (1 << 18))
    (tmp_path / "good.txt").write_text("２０２３年", "utf-8")
    summary = corpus.clean([tmp_path / name, tmp_path / "good.txt"], tmp_path / "out.jsonl", workers=1)
    assert (summary.rows, summary.failed) == (1, 1)
    assert [cause for cause in summary.causes if "unpacks to more than 1 MB" in cause]
