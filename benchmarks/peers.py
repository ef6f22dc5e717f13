"""What users would otherwise have: the rule everybody writes first, and what is ready-made.

pip install autocorrect-py unstructured py-data-juicer aiohttp
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

_FULL_STOPS = tuple("。！？!?…”」』")


def no_end_mark(text: str) -> str:
    """Join a line with the next unless it ends a sentence; the rule of novel-tidying scripts.

    >>> no_end_mark("确保服\\n\\n务业增长。\\n下一段")
    '确保服务业增长。\\n下一段'
    """
    result, line = list[str](), ""
    for part in re.split(r"[\r\n]+", text):
        line += part.strip() if line else part.rstrip()
        if line.endswith(_FULL_STOPS):
            result.append(line)
            line = ""
    return "\n".join([*result, line] if line else result)


def load() -> dict[str, Callable[[str], str] | None]:
    """Every peer by name; None where it is not installed."""
    return {"no end mark → join": no_end_mark, "unstructured": _unstructured()}


def _unstructured() -> Callable[[str], str] | None:
    os.environ.setdefault("DO_NOT_TRACK", "true")  # importing it would report to its makers
    os.environ.setdefault("SCARF_NO_ANALYTICS", "true")
    try:
        module = import_module("unstructured.cleaners.core")
    except ImportError:
        return None
    return lambda text: str(module.group_broken_paragraphs(text))


# --- Whatever cleans a text, as its makers recommend --------------------------------------------------------

Cleaner = Callable[[str], str]

PACKAGES = ("zhclean", "ftfy", "OpenCC", "autocorrect-py", "py-data-juicer", "unstructured", "numpy")


def versions() -> dict[str, str]:
    """The version of each package that is installed."""
    return {package: found for package in PACKAGES if (found := _version(package))}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def cleaners() -> dict[str, Cleaner]:
    """Those that are installed, by name."""
    return {name: run for name, make in _MAKERS.items() if (run := _made(make))}


def _made(make: Callable[[], Cleaner]) -> Cleaner | None:
    try:
        return make()
    except ImportError:
        return None


def _ftfy() -> Cleaner:
    return import_module("ftfy").fix_text  # type: ignore[no-any-return]


def _autocorrect() -> Cleaner:
    return import_module("autocorrect_py").format  # type: ignore[no-any-return]


def _opencc() -> Cleaner:
    return import_module("opencc").OpenCC("t2s").convert  # type: ignore[no-any-return]


def _unstructured_cleaners() -> Cleaner:
    """The cleaners its documentation puts first, and the one that joins lines."""
    if (group := _unstructured()) is None:
        raise ImportError
    core = import_module("unstructured.cleaners.core")

    def run(text: str) -> str:
        whole = core.replace_unicode_quotes(group(text))
        return "\n".join(core.clean(line, extra_whitespace=True) for line in whole.split("\n"))

    return run


_JUICER = (
    ("fix_unicode_mapper", "FixUnicodeMapper", {}),
    ("punctuation_normalization_mapper", "PunctuationNormalizationMapper", {}),
    ("whitespace_normalization_mapper", "WhitespaceNormalizationMapper", {}),
    ("remove_repeat_sentences_mapper", "RemoveRepeatSentencesMapper", {}),
    ("chinese_convert_mapper", "ChineseConvertMapper", {"mode": "t2s"}),
)


def _juicer() -> Cleaner:
    """The operators of data-juicer that come nearest to what zhclean does; none joins lines."""
    chain: list[Any] = [
        getattr(import_module(f"data_juicer.ops.mapper.{module}"), operator)(**options)
        for module, operator, options in _JUICER
    ]

    def run(text: str) -> str:
        samples = {"text": [text]}
        for operator in chain:
            samples = operator.process_batched(samples)
        return samples["text"][0]

    return run


_MAKERS: dict[str, Callable[[], Cleaner]] = {
    "ftfy": _ftfy,
    "autocorrect": _autocorrect,
    "OpenCC": _opencc,
    "unstructured": _unstructured_cleaners,
    "data-juicer": _juicer,
}
