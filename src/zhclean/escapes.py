r"""Characters written as in the source of a program (``\n``, ``\u4e2d``): a field of JSON that was never unescaped."""

from __future__ import annotations

import json
from collections.abc import Iterator

from zhclean.characters import HAN_CLASS, WIDE_MARK_CLASS
from zhclean.edits import Edit
from zhclean.markup import code_spans, inside
from zhclean.patterns import pattern

_NUMBERED = pattern(r"(?<!\\)(?:\\u[0-9a-fA-F]{4})+")
_CHINESE = pattern(f"[{HAN_CLASS}{WIDE_MARK_CLASS}\u3000“”]")
_SURROGATE = pattern(r"[\ud800-\udfff]")  # half of a pair

_LINE_END = pattern(r"(?<![\\A-Za-z:])(?:\\r)?\\n|(?<=\\n)(?:\\r)?\\n")
_BETWEEN_CHINESE = pattern(rf"[{HAN_CLASS}{WIDE_MARK_CLASS}”](?:\\r)?\\n(?![A-Za-z、和或])")
LEAST = 2
"""Line ends that must follow Chinese: a text that speaks of an escape names it once."""


def escape_edits(text: str) -> Iterator[Edit]:
    r"""Line ends and Chinese characters in place of their escapes.

    ``\n`` is one only in a text without any other line end, which shows that all of it was escaped.

    >>> [edit.new for edit in escape_edits("\\u65b0\\u95fb：大桥今日通车。\\n市民前往参观。\\n交通顺畅。")]
    ['新闻', '\n', '\n']
    """
    if "\\" not in text:
        return
    code = code_spans(text)
    for match in _NUMBERED.finditer(text):
        written = json.loads(f'"{match[0]}"')
        if _CHINESE.search(written) and not _SURROGATE.search(written) and not inside(code, match.start()):
            yield Edit(*match.span(), written, "escaped characters")
    if "\n" not in text.strip() and len(_BETWEEN_CHINESE.findall(text)) >= LEAST:
        for match in _LINE_END.finditer(text):
            if not inside(code, match.start()):
                yield Edit(*match.span(), "\n", "escaped line end")
