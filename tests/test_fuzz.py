"""What the fuzzer found stays mended, and its laws hold for a handful of texts without it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from fuzz.laws import TARGETS
from fuzz.texts import PIECES, text_of

FOUND = Path(__file__).parents[1] / "fuzz" / "found"


@pytest.mark.parametrize(
    "path", sorted(FOUND.glob("*/*")), ids=lambda path: f"{path.parent.name}-{path.name[:16]}"
)
def test_what_was_found_is_mended(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_laws_hold_without_guidance(target: str) -> None:
    rng = random.Random(target)
    for length in range(1, 30):
        TARGETS[target](rng.randbytes(length))


def test_every_byte_stands_for_something() -> None:
    assert len(PIECES) <= 256
    assert text_of(b"\xff\x00") == PIECES[0]
    assert text_of("\0中".encode() + b"\xff") == "中\udcff"
