"""What the page says, in each language of its interface; the words stand in `languages/*.json`."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "zh")


@cache
def messages(language: str) -> dict[str, Any]:
    """All messages by key; one that counts something is an object with a form for each plural category."""
    content: dict[str, Any] = _load(language)["messages"]
    return content


def message(language: str, key: str) -> str:
    """One message that counts nothing."""
    text = messages(language)[key]
    assert isinstance(text, str)
    return text


def translation(reason: str) -> str | None:
    """A stage's reason in Chinese, or nothing if there is no translation.

    >>> translation("characters lost to a wrong conversion, 3 of them")
    '错误转码造成 3 个字丢失'
    """
    if exact := _reasons().get(reason):
        return exact
    for pattern, chinese in _patterns():
        if match := pattern.fullmatch(reason):
            return chinese.replace("{}", match[1])
    return None


@cache
def _reasons() -> dict[str, str]:
    content: dict[str, str] = _load("zh")["reasons"]
    return content


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """Reasons that name something that differs from text to text."""
    return [
        (re.compile(re.escape(english).replace(r"\{\}", "(.+)"), re.DOTALL), chinese)
        for english, chinese in _reasons().items()
        if "{}" in english
    ]


@cache
def _load(language: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(
        (files("zhclean.report") / "languages" / f"{language}.json").read_text("utf-8")
    )
    return content
