"""Edits as a patch in unified format, which ``patch`` and ``git apply`` carry out."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from zhclean.edits import Edit, apply

CONTEXT = 3
"""Unchanged lines on either side of a change."""

_TO_QUOTE = re.compile(r'[\x00-\x1f\x7f"\\\udc80-\udcff]')
_SURROGATE = re.compile("[\ud800-\udfff]")


class Region(NamedTuple):
    """Lines of the source, ``[first : first + len(old)]``, and those that take their place."""

    first: int
    old: list[str]
    new: list[str]

    @property
    def end(self) -> int:
        """The line of the source behind it."""
        return self.first + len(self.old)


def unified(source: str, edits: Sequence[Edit], name: str) -> str:
    r"""The patch that makes the clean text of the source; empty if there is nothing to do.

    Lines end with a line feed, as they do for ``patch``, and with nothing else. Lone surrogates, which no
    file in UTF-8 can hold, are U+FFFD.

    Args:
        source: the text the edits belong to.
        edits: sorted, not overlapping.
        name: the name of the file to patch.

    >>> print(unified("一\n确保服\n务业\n", [Edit(5, 6, "", "line broken")], "a.txt"), end="")
    --- a.txt
    +++ a.txt
    @@ -1,3 +1,2 @@
     一
    -确保服
    -务业
    +确保服务业
    """
    lines = _lines(source)
    hunks = list(_hunks(list(_regions(source, edits))))
    if not hunks:
        return ""
    quoted = _quoted(name)
    parts = [f"--- {quoted}\n+++ {quoted}\n"]
    shift = 0  # how many lines longer the result is, up to the hunk at hand
    for hunk in hunks:
        body, shift = _hunk(hunk, lines, shift)
        parts += body
    return _SURROGATE.sub("\ufffd", "".join(parts))


def _lines(text: str) -> list[str]:
    """The lines with their line feeds; the last one may have none."""
    *whole, rest = text.split("\n")
    return [line + "\n" for line in whole] + ([rest] if rest else [])


def _regions(source: str, edits: Sequence[Edit]) -> Iterator[Region]:
    """The lines that change, in order; they do not overlap."""
    starts = [0, *(match.end() for match in re.finditer("\n", source) if match.end() < len(source))]
    together: list[Edit] = []
    first = last = 0
    for edit in edits:
        line = bisect_right(starts, edit.start) - 1
        if together and line > last:
            yield from _region(source, starts, first, last, together)
            together = []
        first = first if together else line
        last = bisect_right(starts, edit.end) - 1
        together.append(edit)
    if together:
        yield from _region(source, starts, first, last, together)


def _region(
    source: str, starts: Sequence[int], first: int, last: int, edits: Sequence[Edit]
) -> Iterator[Region]:
    start = starts[first]
    text = source[start : starts[last + 1] if last + 1 < len(starts) else None]
    old = _lines(text)
    new = _lines(apply(text, [e._replace(start=e.start - start, end=e.end - start) for e in edits]))
    before = _same(old, new)
    behind = _same(old[before:][::-1], new[before:][::-1])
    old, new = old[before : len(old) - behind], new[before : len(new) - behind]
    if old or new:
        yield Region(first + before, old, new)


def _same(some: Sequence[str], others: Sequence[str]) -> int:
    """How many lines are the same from the beginning."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(some), len(others)))


def _hunks(regions: Sequence[Region]) -> Iterator[list[Region]]:
    """Regions whose context would overlap."""
    hunk: list[Region] = []
    for region in regions:
        if hunk and region.first - hunk[-1].end > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(region)
    if hunk:
        yield hunk


def _hunk(regions: Sequence[Region], lines: Sequence[str], shift: int) -> tuple[list[str], int]:
    first = max(0, regions[0].first - CONTEXT)
    last = min(len(lines), regions[-1].end + CONTEXT)
    body: list[str] = []
    position = first
    for region in regions:
        body += _marked(" ", lines[position : region.first])
        body += _marked("-", region.old) + _marked("+", region.new)
        position = region.end
    body += _marked(" ", lines[position:last])
    growth = sum(len(region.new) - len(region.old) for region in regions)
    size = last - first
    heading = f"@@ -{_range(first, size)} +{_range(first + shift, size + growth)} @@\n"
    return [heading, *body], shift + growth


def _marked(sign: str, lines: Sequence[str]) -> list[str]:
    return [
        sign + (line if line.endswith("\n") else line + "\n\\ No newline at end of file\n") for line in lines
    ]


def _range(first: int, size: int) -> str:
    """The lines as a hunk names them, from 1; of none, the one in front."""
    return f"{first + 1 if size else first},{size}"


def _quoted(name: str) -> str:
    """The name so that ``patch`` finds its end: a tab stands behind spaces, escapes for what is not text."""
    if _TO_QUOTE.search(name):
        return '"' + _TO_QUOTE.sub(_escape, name) + '"'
    return name + "\t" if " " in name else name


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return (
        "\\" + character
        if character in '"\\'
        else "".join(f"\\{byte:03o}" for byte in os.fsencode(character))
    )
