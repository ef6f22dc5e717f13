"""Pinyin that was put into a text behind its characters: 標(biāo)點(diǎn)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhclean.characters import BIG5_LEVEL_1, GB2312_LEVEL_1, HAN_CLASS, TONED_VOWELS
from zhclean.edits import Edit
from zhclean.patterns import pattern

_SYLLABLE = rf"(?:[zcs]h|[bpmfdtnlgɡkhjqxzcsryw])?[iuü]?[aeoɑ]?[{TONED_VOWELS}][aeiouɑ]?(?:n[gɡ]?|r)?"
_BEHIND_HAN = pattern(rf"[(（](?<=[{HAN_CLASS}].){_SYLLABLE}[)）]", re.IGNORECASE)


def pinyin_edits(text: str) -> Iterator[Edit]:
    """Remove toned syllables in brackets behind single characters.

    An editor explains a rare character (禚（zhuó）姓) or says a common one that is read unusually, once, in
    the marks of the text (单（shàn）县). Both stay: what goes stands behind common characters, in ASCII
    brackets or more than once.
    """
    found = [match for match in _BEHIND_HAN.finditer(text) if text[match.start() - 1] in _COMMON]
    for match in found:
        if len(found) > 1 or match[0].startswith("("):
            yield Edit(*match.span(), "", "pinyin put in behind a character")


_COMMON = GB2312_LEVEL_1 | BIG5_LEVEL_1
