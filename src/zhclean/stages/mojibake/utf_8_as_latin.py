"""UTF-8 read as Latin-1 or Windows-1252, also several times over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhclean.characters import COMMON, HAN_CLASS, WIDE_MARK_CLASS
from zhclean.encoding.latin import (
    LATIN_TEXT,
    LEAD,
    MAX_LAYERS,
    SPECIALS,
    UNTYPOGRAPHIC,
    count_high,
    to_bytes,
)
from zhclean.patterns import pattern
from zhclean.stages.mojibake.grade import grade
from zhclean.stages.mojibake.repair import Repair

_TRAIL = f"[\x80-\xbf{SPECIALS}]"
_PLAIN_SPACE = f"[à-ï](?:{_TRAIL} | {_TRAIL})"
"""A sequence whose no-break space somebody took for a space, as in 加, or that lost a byte in front of a real one."""
_WITH_PLAIN_SPACE = pattern(_PLAIN_SPACE)
_LACKS_TRAIL = pattern(rf"[ã-éï]{_TRAIL}?(?! |{_TRAIL}|\Z)")
"""What no sequence of a Han is: its decoder left out the bytes it did not know."""
_SEQUENCE = f"(?:[Â-ß]{_TRAIL}|[à-ï]{_TRAIL}{{2}}|[ð-ô]{_TRAIL}{{3}})"
UTF_8_AS_LATIN = pattern(f"{_SEQUENCE}(?:[\t -~]*{_SEQUENCE})*")
_STRANGE_TRAIL = pattern(f"[\x80-\x9f¢-¦¨ª¬\xad¯´¶¸¹º¼¾{UNTYPOGRAPHIC}]")

_FRAGMENT_TRAIL = "".join(sorted({*map(chr, range(0x80, 0xC0)), *SPECIALS} - {*"‘’“”"}))
FRAGMENTS = pattern(
    rf"[ã-éï](?:(?<=[{HAN_CLASS}{WIDE_MARK_CLASS}].)|(?<![^\n].))[{_FRAGMENT_TRAIL}](?:[ã-éï][{_FRAGMENT_TRAIL}])*"
    rf"(?= ?[{HAN_CLASS}{WIDE_MARK_CLASS}]|$)",
    re.MULTILINE,
)
"""What is left of characters amid Chinese whose UTF-8 lost a byte when it was read as Latin-1: é™ for 限."""

_MADE_WITH_SPACE = COMMON | {*SPECIALS}
"""What a space may be a byte of; the marks of Windows-1252 are such bytes themselves, where a text was misread twice."""

MIN_COVERED = 0.75
"""Share of the characters beyond ASCII that must be whole sequences of UTF-8."""


def utf_8_as_latin(line: str) -> Iterator[Repair]:
    """ä¸­å›½ for 中国, also misread several times over."""
    if not LEAD.search(line):
        return
    for run in LATIN_TEXT.finditer(line):
        misread = _with_no_break_spaces(run[0])
        matches = list(UTF_8_AS_LATIN.finditer(misread))
        # In GBK read as Latin-1 every third character looks like UTF-8.
        covered = "".join(match[0] for match in matches)
        if count_high(covered) < MIN_COVERED * count_high(misread):
            continue
        for match in matches:
            text = _peel(match[0])
            if text is None:
                continue
            found = grade(text)
            strange = len(_STRANGE_TRAIL.findall(match[0]))
            is_strange = strange >= max(2, 0.2 * count_high(match[0]))
            sure = is_strange and found.han > 0 and found.common >= 0.8
            confidence = 0.99 if found.han > 1 else 0.9
            likely = found.han > 0 and found.common == 1.0
            start, end = run.start() + match.start(), run.start() + match.end()
            yield Repair(start, end, text, "UTF-8 read as Latin-1", confidence, sure, likely)


def _peel(text: str) -> str | None:
    """Undo as many misreadings of UTF-8 as there are; None where there is none."""
    result = None
    for _ in range(MAX_LAYERS):
        try:
            text = to_bytes(_with_no_break_spaces(text)).decode("utf-8")
        except UnicodeError:
            break
        result = text
        if not UTF_8_AS_LATIN.search(text):
            break
    return result


def _with_no_break_spaces(misread: str) -> str:
    """Spaces as the bytes they were, where these make a usual character; none where the decoder left out bytes.

    There the space behind what is left of 条 is a real one, and 桠 would be made of both.
    """
    if " " not in misread or _LACKS_TRAIL.search(misread):
        return misread
    return _WITH_PLAIN_SPACE.sub(_no_break, misread)


def _no_break(match: re.Match[str]) -> str:
    sequence = match[0].replace(" ", "\xa0")
    is_amid = match[0][1] == " "  # no decoder leaves out what stands in front of it
    return (
        sequence if is_amid or to_bytes(sequence).decode("utf-8", "replace") in _MADE_WITH_SPACE else match[0]
    )
