r"""Characters written as in the source of a program (``\n``, ``\u4e2d``): a field of JSON that was never unescaped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain

from zhclean.characters import CP1252, HAN_CLASS, WIDE_MARK_CLASS
from zhclean.edits import Edit
from zhclean.markup import code_spans, entity_edits, inside
from zhclean.patterns import pattern

_NUMBERED = pattern(r"(?<!\\)(?:\\u[0-9a-fA-F]{4})+")
_CHINESE = pattern(f"[{HAN_CLASS}{WIDE_MARK_CLASS}\u3000“”]")
_SURROGATE = pattern(r"[\ud800-\udfff]")  # half of a pair

_LINE_END = pattern(r"(?<![\\A-Za-z:])(?:\\r)?\\n|(?<=\\n)(?:\\r)?\\n")
_BETWEEN_CHINESE = pattern(rf"[{HAN_CLASS}{WIDE_MARK_CLASS}”](?:\\r)?\\n(?![A-Za-z、和或])")
LEAST = 2
"""Line ends that must follow Chinese: a text that speaks of an escape names it once."""


_BYTE = (
    r"(?:&\#(?:1[2-9][0-9]|2[0-5][0-9]|[xX][89a-fA-F][0-9a-fA-F]);|&[A-Za-z]{3,6}(?:[0-9]{2})?;"
    r"|\\u00[89a-fA-F][0-9a-fA-F])"
)
_BYTES = pattern(f"{_BYTE}(?:{_BYTE}|[\x80-\xff])|[\xc2-\xf4]{_BYTE}")
"""Two of them, one of which is escaped; a single é is that of Café."""
_LATIN = pattern(f"[\x80-\xff{''.join(CP1252.values())}]+")


def byte_edits(text: str) -> Iterator[Edit]:
    r"""Characters in place of their escapes, where these may be bytes that were taken for Latin-1.

    >>> [edit.new for edit in byte_edits(r"&#230;&#188;&#162; \u00e5\u00ad\u0097 &#27721;")]
    ['æ', '¼', '¢', 'å\xad\x97']
    """
    if _BYTES.search(text) is None:
        return
    code = code_spans(text)
    numbered = (match for match in _NUMBERED.finditer(text) if not inside(code, match.start()))
    escaped = chain(entity_edits(text), (Edit(*match.span(), _read(match), "") for match in numbered))
    for edit in escaped:
        if _LATIN.fullmatch(edit.new):
            yield edit._replace(reason="escaped characters")


def _read(numbered: re.Match[str]) -> str:
    return str(json.loads(f'"{numbered[0]}"'))


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
        written = _read(match)
        if _CHINESE.search(written) and not _SURROGATE.search(written) and not inside(code, match.start()):
            yield Edit(*match.span(), written, "escaped characters")
    if "\n" not in text.strip() and len(_BETWEEN_CHINESE.findall(text)) >= LEAST:
        for match in _LINE_END.finditer(text):
            if not inside(code, match.start()):
                yield Edit(*match.span(), "\n", "escaped line end")
