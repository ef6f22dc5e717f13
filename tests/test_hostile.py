"""Texts that were chosen to do harm."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import walk_packages

import pytest

import zhclean
from tests.expressions import repeated
from zhclean.edits import apply
from zhclean.patterns import pattern as later

ZHCLEAN = [sys.executable, "-m", "zhclean"]
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
    "code, never closed": lambda n: "会议,决定\n" + "`" * n,
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


Later = type(later(""))
"""A pattern that is compiled when it is first used."""


def within(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, (re.Pattern, Later)) and isinstance(value.pattern, str):
        yield re.compile(value.pattern, value.flags)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from within(inner)
    elif type(value) in (tuple, list):
        for inner in value:  # type: ignore[attr-defined]
            yield from within(inner)


PATTERNS = {pattern.pattern: (name, pattern) for name, pattern in patterns()}


AT_ONE_PLACE = {
    "zhclean.lines.blocks._KIND",
    "zhclean.lines.blocks._CREDITED",
    "zhclean.lines.below._RUBRIC",
    "zhclean.lines.controls._COUNTED",
    "zhclean.lines.controls._NAVIGATION",
    "zhclean.lines.controls._TOLD",
    "zhclean.lines.page_ends._NUMBER",
    "zhclean.lines.terms._TERM",
    "zhclean.stages.unwrap._IN_ADDRESS",
    "zhclean.markup._HIDDEN",
    "zhclean.markup._URL_BEFORE",
    "zhclean.corpus.deduplication.likeness._DATE",
    "zhclean.stages.invisible.line_edges._HAN_IN_LINE",
    "zhclean.stages.punctuation._LEADER",
    "zhclean.stages.punctuation.full_stops._AT_END",
    "zhclean.stages.punctuation.full_stops._AUTHORS",
    "zhclean.stages.punctuation.clause_marks._CLOSED",
    "zhclean.stages.unwrap._LATIN_TAIL",
    "zhclean.lines.torn._NUMBER_LAST",
}
"""Patterns that are matched at one place, or search a few dozen characters, or only as far as their end is sure."""


@pytest.mark.parametrize("name", sorted({name for name, _ in PATTERNS.values()} - AT_ONE_PLACE))
def test_no_pattern_backtracks_without_bound(name: str) -> None:
    for _, pattern in (found for found in PATTERNS.values() if found[0] == name):
        own = {
            pair
            for before, seed in repeated(pattern)
            if seed
            for pair in ((before, seed), ("", before + seed))
        }
        seeds = own | {("", seed) for seed in SEEDS}
        assert not [pair for pair in seeds if superlinear(pattern, *pair)], pattern.pattern


def test_all_patterns_are_found() -> None:
    assert len(PATTERNS) > 100


def superlinear(pattern: re.Pattern[str], before: str, seed: str) -> bool:
    """Whether a search through sixteen times as many copies of a seed takes far more than sixteen times as long."""
    few, many = (before + copies(seed, length) for length in (500, 8_000))
    return all(  # a pause of the machine is no proof
        seconds(pattern, many) > 60 * max(seconds(pattern, few), 0.0003) for _ in range(3)
    )


def copies(seed: str, length: int) -> str:
    """Copies of a seed, and behind them something that no pattern looks for."""
    return seed * (length // len(seed)) + "\x01"


def seconds(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start
