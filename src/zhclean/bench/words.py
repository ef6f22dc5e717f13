"""What ``zhclean bench`` says, in each of its languages; the words stand in `languages/*.json`."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from zhclean.bench.advice import Advice
from zhclean.report.messages import messages, translation


@cache
def words(language: str) -> dict[str, str]:
    """All words by key."""
    text = (files("zhclean.bench") / "languages" / f"{language}.json").read_text("utf-8")
    found: dict[str, str] = json.loads(text)
    return found


def filled(language: str, each: Advice) -> str:
    """A recommendation in words."""
    values = dict(each.values)
    if "stage" in values:
        values["title"] = stage_title(language, values["stage"])
    return words(language)["advice_" + each.key].format(**values)


def stage_title(language: str, name: str) -> str:
    """What a stage is about, in words; its name, if it is not one of ours.

    >>> stage_title("zh", "unwrap")
    '断行'
    """
    return str(messages(language).get(f"stage_{name}", name))


def reason_in(language: str, reason: str) -> str:
    """Why an edit was made, part by part; in English where there is no translation.

    >>> reason_in("zh", "full-width letters or digits; ASCII mark in Chinese")
    '全角字母或数字；中文里的 ASCII 标点'
    """
    if language != "zh":
        return reason
    return translation(reason) or "；".join(translation(part) or part for part in reason.split("; "))
