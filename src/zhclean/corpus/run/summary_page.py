"""The summary of a run as one HTML file, complete in itself: the report's page with another content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any

from zhclean import __version__
from zhclean.report.messages import LANGUAGES, messages
from zhclean.report.page import asset, environment

_PACKAGE = "zhclean.corpus.run"


def render(figures: Mapping[str, Any], language: str | None = None) -> bytes:
    """The page, in UTF-8; `language` is that of the interface at first, the browser's by default.

    Raises:
        ValueError: there is no such language.
    """
    if language not in (None, *LANGUAGES):
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, or None, not {language!r}")
    template = environment(_PACKAGE, "zhclean.report").get_template("summary.html.j2")
    words = {name: {**messages(name), **_own_messages(name)} for name in LANGUAGES}
    page = template.render(
        figures=_named(figures, words["en"]),
        language=language or "auto",
        messages=words,
        t=partial(_message, words[language or LANGUAGES[0]]),
        scripts=[asset("messages.js"), asset("summary.js", _PACKAGE)],
        styles=[asset("page.css"), asset("text.css"), asset("summary.css", _PACKAGE)],
        version=__version__,
    )
    return page.encode("utf-8", "backslashreplace")


def _message(words: Mapping[str, Any], key: str) -> str:
    text = words[key]
    assert isinstance(text, str)
    return text


def _named(figures: Mapping[str, Any], words: Mapping[str, Any]) -> dict[str, Any]:
    """The figures, with a mark on the stages that have a name in words."""
    stages = [{**stage, "known": f"stage_{stage['name']}" in words} for stage in figures["stages"]]
    return {**figures, "stages": stages}


@cache
def _own_messages(language: str) -> dict[str, Any]:
    text = (files(_PACKAGE) / "languages" / f"{language}.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
