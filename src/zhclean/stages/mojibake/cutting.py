"""Where a long line may be cut and no character is, however it was misread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from zhclean.characters import CP1252
from zhclean.encoding.latin import MAX_LAYERS, SPECIALS
from zhclean.patterns import character_class, pattern
from zhclean.stages.mojibake.gbk_as_utf_8 import PARTLY_UTF_8
from zhclean.stages.mojibake.utf_8_as_gbk import HEADS

_FIRST = f"\x81-\xfe{SPECIALS.replace('€', '')}"  # € is the byte 80
_SECOND = f"@-~\x80-\xfe{SPECIALS}"
_REST = f"(?:[{_SECOND}]|[0-9][{_FIRST}][0-9])"
_DOUBLE_BYTES = f"(?:[{_FIRST}](?:{_REST}|(?!{_REST}))|[^{_FIRST}])+"
"""Whole characters of GBK or Big5 read as Latin-1; no two alternatives fit at one place, so none is ever cut."""

_LEADS = "ãäåæçèéï"
"""With which the UTF-8 of Han and of Chinese marks begins when it is read as Latin-1."""

_NO_SECOND_BYTES = frozenset(map(chr, (0x09, *range(0x20, 0x40))))
"""Figures, blanks and other ASCII characters in front of which no character of GBK is cut."""


def cut(text: str, start: int, latest: int) -> int:
    """The last place up to `latest` where no character is cut, however the text behind `start` was misread."""
    if PARTLY_UTF_8.search(text, start, latest):
        figures = (at for at in range(latest, start, -1) if text[at] in _NO_SECOND_BYTES)
        if (before := next(figures, None)) is not None:
            return before
    match = _whole_characters().match(text, start, latest + 1)
    return match.end() if match else latest


@lru_cache(1)
def _whole_characters() -> re.Pattern[str]:
    return pattern(f"{_DOUBLE_BYTES}(?={'|'.join(_beginnings())})")


def _beginnings() -> Iterator[str]:
    """What no character of UTF-8 goes on with, however often it was misread.

    Neither a space, which may have been a no-break space, nor the ? of a lost byte.
    """
    seconds = "ÂÃÅÆËâ"  # which stand within a character that was misread several times
    yield f"[!->@-~{character_class({*map(chr, range(0xC0, 0x100)), *HEADS} - {*seconds})}]"
    texts: Iterable[str] = _LEADS
    for _ in range(MAX_LAYERS - 1):
        texts = _read_again(texts)
        yield from sorted(texts)


def _read_again(texts: Iterable[str]) -> set[str]:
    """What becomes of texts whose UTF-8 is read as Latin-1, and as Windows-1252."""
    read = {text.encode().decode("latin-1") for text in texts}
    return read | {text.translate(CP1252) for text in read}
