"""Controls, soft hyphens and no-break spaces that are bytes of text still misread, and no strays.

Whoever removes them destroys the text: where the soft hyphen behind Õã½ is gone, nobody can tell that it was 浙江.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from zhclean.edits import Span
from zhclean.encoding.latin import LATIN_TEXT, SPECIALS, UNTYPOGRAPHIC
from zhclean.patterns import pattern

_TRAIL = f"\x80-\x9f¡-\xbf{SPECIALS}"

_UNSEEN = pattern("[\x80-\xa0\xad]")
_NEVER_MEANT = pattern("[\x80-\x9f\xad]")
"""Of these those that nobody sets beside letters, as they do a no-break space."""
_SEEN = pattern(f"[¡-ª¬®-º¼-ÿ{UNTYPOGRAPHIC}]")
"""Quotation marks and dashes may stand beside a soft hyphen in correct text."""

_STRETCH = pattern(f"[\x80-\xff{SPECIALS}]+")
_CHARACTER = pattern(
    rf"""
      [à-ï](?:[\x80-\x9f][{_TRAIL}\xa0] | \xad[{_TRAIL}] | [{_TRAIL}][\x80-\x9f\xad])   # a Han in UTF-8
    | ð[\x9fŸ][{_TRAIL}\xa0]{{2}}                                                       # an emoji in UTF-8
    | [\x81-\x84\x90-\x9f][0-9][\x81-\xfe{SPECIALS}][0-9]                              # four bytes of GB18030
    """,
    re.VERBOSE,
)
"""What is a character misread, whatever stands beside it."""

_UNNATURAL = pattern("[À-ÿ]\xad?[¡-ª¬®-º¼-¿]|[¢-ª¬®-¾]\xad?[À-ÿ]|£[¡-¿]")
"""What no European orthography puts side by side."""

MANY_SEEN, MANY_UNNATURAL = 3, 2
"""So many characters hang together in misread text, and in no European word; where so many pairs of a line are unnatural, one is enough."""


def misread_runs(text: str) -> list[Span]:
    r"""Where characters hang together that are misread and of which nobody sees one, in order.

    >>> misread_runs("主场: \xd5\xe3\xbd\xad")
    [Span(start=4, end=8)]
    >>> misread_runs("法国的cr\xe9\xad\xe9e")
    []
    """
    if _UNSEEN.search(text) is None:
        return []
    runs = [Span(*match.span()) for match in _CHARACTER.finditer(text)]
    for line in LATIN_TEXT.finditer(text):
        if _UNSEEN.search(line[0]):
            runs += _stretches(text, *line.span())
    return _merged(runs)


def misread_bytes(text: str) -> frozenset[int]:
    """Where nobody sees a byte of text that is misread."""
    return frozenset(match.start() for run in misread_runs(text) for match in _UNSEEN.finditer(text, *run))


def _stretches(text: str, start: int, end: int) -> Iterator[Span]:
    is_misread = len(_UNNATURAL.findall(text, start, end)) >= MANY_UNNATURAL
    unseen, needed = (_UNSEEN, 1) if is_misread else (_NEVER_MEANT, MANY_SEEN)
    for match in _STRETCH.finditer(text, start, end):
        if unseen.search(match[0]) and len(_SEEN.findall(match[0])) >= needed:
            yield Span(*match.span())


def _merged(runs: Iterable[Span]) -> list[Span]:
    """In order, each with those that touch it."""
    merged: list[Span] = []
    for run in sorted(runs):
        if merged and run.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(run.end, merged[-1].end))
        else:
            merged.append(run)
    return merged
