"""Every option of every stage about characters: what it takes, and that no choice makes a run restless."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhclean import Punctuation, Script, Spacing, Stage, Width, clean
from zhclean.options import Option, options_of

KINDS: tuple[type[Any], ...] = (Width, Punctuation, Spacing, Script)
OPTIONS = [(kind, option) for kind in KINDS for option in options_of(kind)]
STYLES = {
    kind: [
        kind(**dict(zip((o.name for o in options_of(kind)), values, strict=True)))
        for values in product(*(o.choices for o in options_of(kind)))
    ]
    for kind in KINDS
}

PIECES = (
    "市长说",
    "臺灣",
    "铁路",
    "毕昇",
    "，",
    "。",
    ",",
    ".",
    "...",
    "……",
    "…",
    ":",
    '"',
    "'",
    "“",
    "”",
    "「",
    "」",
    "『",
    "』",
    "(",
    ")",
    "（",
    "）",
    "１２",
    "34",
    "5%",
    "1,000",
    "２．５",
    "$8",
    "Ａ",
    "Go",
    "é",
    "α",
    " ",
    "　",
    "\n",
    "    ",
    "- ",
    "1. ",
    "`a, b`",
    "https://a.cn/b",
    "don’t",
    "--",
    "•",
    "の",
)
texts = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@pytest.mark.parametrize(("kind", "option"), OPTIONS, ids=[option.key for _, option in OPTIONS])
def test_an_option_names_what_it_takes(kind: type[Any], option: Option) -> None:
    message = f"{option.key}: expected one of {', '.join(option.choices)}, not 'odd'"
    with pytest.raises(ValueError, match=re.escape(message)):
        kind(**{option.name: "odd"})
    assert option.text


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150)
@given(data=st.data(), text=texts)
def test_cleaning_twice_is_cleaning_once_with_every_choice(
    kind: type[Any], data: st.DataObject, text: str
) -> None:
    stages = (data.draw(st.sampled_from(STYLES[kind])),)
    once = clean(text, stages)
    assert clean(once, stages) == once


@settings(max_examples=150)
@given(stages=st.tuples(*(st.sampled_from(STYLES[kind]) for kind in KINDS)), text=texts)
def test_cleaning_twice_is_cleaning_once_with_every_style(stages: tuple[Stage, ...], text: str) -> None:
    once = clean(text, stages)
    assert clean(once, stages) == once
