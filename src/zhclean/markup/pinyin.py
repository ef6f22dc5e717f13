"""Pinyin that was put into a text behind its characters: 標(biāo)點(diǎn)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhclean.characters import BIG5_LEVEL_1, FREQUENT_HAN, GB2312_LEVEL_1, HAN_CLASS, TONED_VOWELS
from zhclean.edits import Edit, Span
from zhclean.markup import inside
from zhclean.patterns import pattern

_SYLLABLE = rf"(?:[zcs]h|[bpmfdtnlgɡkhjqxzcsryw])?[iuü]?[aeoɑ]?[{TONED_VOWELS}][aeiouɑ]?(?:n[gɡ]?|r)?"
_BEHIND_HAN = pattern(rf"[(（](?<=[{HAN_CLASS}].){_SYLLABLE}[)）]", re.IGNORECASE)
_GLOSSED_WORD = pattern(rf"(?:[{HAN_CLASS}][(（]{_SYLLABLE}[)）]){{2,}}", re.IGNORECASE)
_TONELESS = (
    "(?:[zcs]h?|[bpmfdtnlgkhjqxryw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|an|en|in|un|ai|ao|ei|ia|ie|iu|"
    "ou|ua|ue|ui|uo|er|a|e|i|o|u|v)"
)
_WITHOUT_TONE = pattern(rf"[(](?<=[{HAN_CLASS}].){_TONELESS}[)]")
_REST_OF_PAPER = pattern(r"(?<=日)\?qǐng\)\?bào\)")
"""What became of 報 in 日報 where such a program took its bytes for those of 請報."""


_HAN = pattern(f"[{HAN_CLASS}]")
_SOUND = pattern("[读讀念音](?![(（])")
_NEAR = 8  # characters on each side in which a text speaks of how something is read
_LEAST_CHARACTERS = 3  # pinyin that was put in is that of whole words; who explains a reading explains one
_LEAST_WORDS = 2  # of which more than one character has its own
_MANY, _SELDOM = 8, 0.25
"""Characters that have theirs, and the share of places that speak of sounds, where a program put in all of it: 讀 and
音 stand in its words too (相關(guān)閱讀).
"""
_QUOTED = pattern('[“‘「『"][^“”‘’「」『』"，。！？；：\n]{1,60}[”’」』"]')
_LISTED_BEFORE = pattern(rf"([、，,；;：:。“‘「『\"\s])[{HAN_CLASS}]{{1,4}}\Z")
_LISTED_BEHIND = pattern(rf"[{HAN_CLASS}]{{0,3}}([、，,；;：:。！？”’」』\"\s])")
_WORD = 4
_BETWEEN_WORDS = "、；;\n"
_BETWEEN_ENTRIES = "、，,；;/ \u3000\n"
_STEADY = 0.8
"""Share of the places at which a character has the same syllable as elsewhere."""
_COMMON = GB2312_LEVEL_1 | BIG5_LEVEL_1


def may_have_pinyin(text: str) -> bool:
    """Whether syllables without tones stand in brackets as often as a program puts them in."""
    return text.count("(") >= _MANY and len(_WITHOUT_TONE.findall(text)) >= _MANY


def pinyin_edits(text: str) -> Iterator[Edit]:
    """Remove toned syllables in brackets behind common characters, where they say nothing to a reader.

    An editor explains a rare character (禚（zhuó）姓) or says how a common one is read here (单（shàn）县,
    “好(hào)学”不是“好(hǎo)学”). That stays; but where most characters of a text have theirs, or whole words of it, or
    many while the text hardly speaks of how they are read, none is an explanation.
    """
    if "?qǐng)" in text:
        for match in _REST_OF_PAPER.finditer(text):
            yield Edit(*match.span(), "報", "remains of a character behind which pinyin was put in", 0.95)
    yield from _without_tones(text)
    glosses = [*_BEHIND_HAN.finditer(text)]
    if len(glosses) < _LEAST_CHARACTERS:
        return
    found = [match for match in glosses if text[match.start() - 1] in _COMMON]
    readings: dict[str, set[str]] = {}
    for match in found:
        readings.setdefault(text[match.start() - 1], set()).add(match[0][1:-1].lower())
    if len(readings) < _LEAST_CHARACTERS or _are_set_apart(text, glosses):
        return
    of_sound = [_speaks_of_sound(text, match) for match in found]
    many, ordinary = len(readings) >= _MANY, _are_ordinary(text, glosses)
    if 2 * len(found) > len(_HAN.findall(text)):
        put_in = many or ordinary
    else:
        put_in = many and ordinary and sum(of_sound) <= _SELDOM * len(found)
    if not put_in and not (ordinary and _are_whole_words(text)):
        return
    for match, sound in zip(found, of_sound, strict=True):
        if put_in or not (sound or len(readings[text[match.start() - 1]]) > 1):
            yield Edit(*match.span(), "", "pinyin put in behind a character", 0.95)


def _are_whole_words(text: str) -> bool:
    """Whether several characters running have theirs, at more than one place: 標(biāo)點(diǎn)."""
    return len({*_GLOSSED_WORD.findall(text)}) >= _LEAST_WORDS


def _are_ordinary(text: str, glosses: Sequence[re.Match[str]]) -> bool:
    """Whether frequent characters have theirs as often as others: an author explains what few can read."""
    return 2 * sum(text[match.start() - 1] in FREQUENT_HAN for match in glosses) >= len(glosses)


def _are_set_apart(text: str, glosses: Sequence[re.Match[str]]) -> bool:
    """Whether at least half stand in words that the text quotes or lists: 燕（yàn）、聚（jù）.

    A program knows no words: it does the same outside of quotations, and to several characters of what is listed.
    """
    quoted = [Span(*match.span()) for match in _QUOTED.finditer(text)]
    apart = sum(inside(quoted, match.start()) or _is_listed(text, match) for match in glosses)
    return 2 * apart >= len(glosses)


def _is_listed(text: str, gloss: re.Match[str]) -> bool:
    """Whether a word with a single gloss stands alone between two marks, one of which separates the words of lists."""
    start, end = gloss.span()
    before = _LISTED_BEFORE.search(text[start - _WORD - 1 : start] if start > _WORD else f"\n{text[:start]}")
    behind = _LISTED_BEHIND.match(f"{text[end : end + _WORD]}\n"[:_WORD])
    return bool(before and behind and (before[1] in _BETWEEN_WORDS or behind[1] in _BETWEEN_WORDS))


def _without_tones(text: str) -> Iterator[Edit]:
    """The same of syllables without tones, as words of other languages may look: many, each with its own character."""
    found = [*_WITHOUT_TONE.finditer(text)]
    readings = {text[match.start() - 1]: match[0][1:-1] for match in found}
    if len(readings) < _MANY or len({*readings.values()}) < _MANY:
        return
    listed = sum(text[match.end() : match.end() + 1] in _BETWEEN_ENTRIES for match in found)
    if 2 * listed > len(found) or "拼音" in text or "读音" in text or "讀音" in text:
        return  # a list of names, or of words in two languages
    steady = sum(readings[text[match.start() - 1]] == match[0][1:-1] for match in found)
    if steady >= _STEADY * len(found) and sum(
        _speaks_of_sound(text, match) for match in found
    ) <= _SELDOM * len(found):
        yield from (Edit(*match.span(), "", "pinyin put in behind a character") for match in found)


def _speaks_of_sound(text: str, gloss: re.Match[str]) -> bool:
    return _SOUND.search(text, max(0, gloss.start() - _NEAR), gloss.end() + _NEAR) is not None
