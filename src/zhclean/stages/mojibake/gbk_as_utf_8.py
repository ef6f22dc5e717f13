"""GBK read as UTF-8 where its bytes happen to be that, and as Latin-1 elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from zhclean.encoding.latin import LATIN_TEXT, SLOPPY
from zhclean.patterns import pattern
from zhclean.stages.mojibake.grade import MIN_FREQUENT, grade
from zhclean.stages.mojibake.likeliest_bytes import partly_utf_8
from zhclean.stages.mojibake.repair import Repair

PARTLY_UTF_8 = pattern("[\x80-\xff][\u0100-\u07ff]|[\u0100-\u07ff\ua000-\udfff][\x80-\xff]")
"""What stands side by side there: a byte by itself, and two or three that happen to be a character."""


def gbk_as_utf_8(line: str) -> Iterator[Repair]:
    """ÊܳÖÐø for 受持续."""
    if not PARTLY_UTF_8.search(line) or LATIN_TEXT.fullmatch(line):
        return
    for misread in dict.fromkeys((line, line.translate(SLOPPY))):
        text = partly_utf_8(misread)
        if text is None:
            continue
        found = grade(text)
        if found.han >= 3 and found.common >= 0.9 and found.frequent >= MIN_FREQUENT:
            yield Repair(0, len(line), text, "GBK read as UTF-8 and Latin-1", 0.95, True)
            return
