"""Cost grows like the text and not like its square, whatever the text.

Nothing here knows how fast a machine is. Work is counted in calls, of Python's functions and C's, which are
the same on every run; and as no call shows how long it takes, times are compared with each other: of several,
the least, in CPU seconds, and with so much room that only growth which is really faster fails.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest
from benchmarks.growth import KNOWN, seconds, subjects
from benchmarks.hostile import TEXTS

import zhclean

SIZE = 1_000
"""Characters of the shorter text, of which the longer has TIMES or LONGER times as many."""

TIMES, MOST_CALLS = 4, 6.0
"""Quadratic growth makes 16 of 4; caches and shortcuts for short texts make up to 6."""

FEW_CALLS = 2_000
"""Calls that are made once, or not at all, however long the text."""

LONGER, MOST_TIME = 8, 22.0
"""Quadratic growth makes 64 of 8."""

SHORT = 0.001
"""Seconds below which the clock says more about itself."""

ATTEMPTS = 2

LARGE = 30_000
"""Characters of the shorter text where growth is known to be faster, and should be seen to be."""

SUBJECTS = subjects()
COUNTED = [name for name in SUBJECTS if name != "clean"]  # explain makes the same calls, and then its own
TIMED = [name for name in SUBJECTS if name != "explain"]

known = [pytest.param(*pair, marks=pytest.mark.xfail(reason=why, strict=True)) for pair, why in KNOWN.items()]


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """What is loaded once is loaded before anything is counted."""
    for subject in SUBJECTS.values():
        subject("　　让树苗在春天扎\n根,让全县荒\n\n山于２０２３年前变绿.")
        subject(TEXTS["wrapped news"](2_000))


def calls(subject: Callable[[str], object], text: str) -> int:
    """Calls made while the subject works on the text."""
    count = 0

    def counted(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        subject(text)
    finally:
        sys.setprofile(before)
    return count


def least_growth(subject: Callable[[str], object], text: str, size: int, attempts: int = ATTEMPTS) -> float:
    """How many times as long the longer text takes; measured again while that seems too much."""
    short, long = TEXTS[text](size), TEXTS[text](size * LONGER)
    least, longest, ratio = float("inf"), float("inf"), float("inf")
    for _ in range(attempts):
        least = min(least, seconds(subject, short, repeat=2))
        longest = min(longest, seconds(subject, long, repeat=1))
        ratio = longest / max(least, SHORT)
        if ratio <= MOST_TIME:
            break
    return ratio


def too_many_calls(subject: Callable[[str], object], text: str) -> str:
    """What is wrong, if calls grow faster than the text; asked again of a longer one, in which they may have
    begun only where there was something to do.
    """
    told = ""
    for size in (SIZE, TIMES * SIZE):
        few, many = calls(subject, TEXTS[text](size)), calls(subject, TEXTS[text](TIMES * size))
        if many <= MOST_CALLS * few + FEW_CALLS:
            return ""
        told = f"{few:,} calls became {many:,}"
    return told


def too_much_time(subject: Callable[[str], object], text: str) -> str:
    """The same of time."""
    told = ""
    for size in (SIZE, TIMES * SIZE):
        ratio = least_growth(subject, text, size)
        if ratio <= MOST_TIME:
            return ""
        told = f"{LONGER} times the text took {ratio:.0f} times as long"
    return told


@pytest.mark.parametrize("text", TEXTS)
def test_work_grows_like_the_text(text: str) -> None:
    wrong = {name: too_many_calls(SUBJECTS[name], text) for name in COUNTED if (name, text) not in KNOWN}
    assert not {name: told for name, told in wrong.items() if told}


@pytest.mark.parametrize("text", TEXTS)
def test_time_grows_like_the_text(text: str) -> None:
    wrong = {name: too_much_time(SUBJECTS[name], text) for name in TIMED if (name, text) not in KNOWN}
    assert not {name: told for name, told in wrong.items() if told}


@pytest.mark.parametrize(("name", "text"), known)
def test_known_to_grow_faster(name: str, text: str) -> None:
    assert least_growth(SUBJECTS[name], text, LARGE, attempts=1) <= MOST_TIME


class Quadratic:
    """A stage that looks at all the text for each character of it."""

    name = "quadratic"

    def propose(self, text: str) -> Iterator[zhclean.Edit]:
        for at in range(0, len(text), 32):
            set(text[:at])
        return iter(())


class QuadraticInCalls:
    """The same in calls."""

    name = "quadratic in calls"

    def propose(self, text: str) -> Iterator[zhclean.Edit]:
        for at in range(0, len(text), 16):
            for _ in range(0, at, 16):
                text.isspace()
        return iter(())


def test_what_grows_faster_is_seen_in_calls() -> None:
    assert too_many_calls(QuadraticInCalls().propose, "news")


def test_what_grows_faster_is_seen_in_time() -> None:
    assert least_growth(Quadratic().propose, "news", TIMES * SIZE) > MOST_TIME


def test_texts_have_the_size_asked_for() -> None:
    for name, make in TEXTS.items():
        assert 0.7 < len(make(SIZE)) / SIZE < 1.5, name
        assert 0.7 < len(make(10 * SIZE)) / (10 * SIZE) < 1.5, name


def test_texts_are_the_same_each_time() -> None:
    assert all(make(SIZE) == make(SIZE) for make in TEXTS.values())
