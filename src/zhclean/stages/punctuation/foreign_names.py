"""Whether a point stands in a foreign name, 希思.塔伯特, as the words beside it tell."""

from __future__ import annotations

from zhclean.characters import HAN_CLASS, TRANSLITERATION_HAN
from zhclean.patterns import pattern

_HAN = pattern(f"[{HAN_CLASS}]")

_LONGEST_WORD = 4
_MEMORY = 1000  # characters in which somebody is mentioned again
_ENDS_NO_NAME = pattern(rf"[的了上下后前着过们]\Z|[0-9][{HAN_CLASS}]{{0,3}}\Z")
_NAME_BEFORE = pattern(rf"\.[{HAN_CLASS}]{{1,5}}[和与及同跟、][{HAN_CLASS}]{{1,4}}\Z")
_BEGINS_NO_NAME = pattern("[在这那他她它我而但并其据当从对与也就该]|让[我你他她它人]")


def is_in_name(line: str, point: int) -> bool:
    """Whether both sides of the point are spelt like a foreign name, and nothing else is known of them."""
    if not (_HAN.match(line, point - 1) and _HAN.match(line, point + 1)):
        return False
    left, right = line[max(0, point - _LONGEST_WORD) : point], line[point + 1 : point + 1 + _LONGEST_WORD]
    spelt = sum(character in TRANSLITERATION_HAN for character in left[-2:] + right[:2])
    is_touching = TRANSLITERATION_HAN.issuperset((left[-1], right[0]))
    if spelt < (2 if is_touching else 3) or _ENDS_NO_NAME.search(left) or _BEGINS_NO_NAME.match(right):
        return False
    if _NAME_BEFORE.search(line, max(0, point - 12), point):
        return True  # 约翰.史密斯和玛丽.居里: of a row of names the first stayed
    said_before = line.find(right[:3], max(0, point - _MEMORY), point)
    if said_before >= 0 and line[max(0, said_before - 1)] not in ".·":
        return False
    lengths = range(2, _LONGEST_WORD + 1)
    return not any(_is_word(left[-n:]) or _is_word(right[:n]) for n in lengths)


def is_in_spaced_name(line: str, point: int) -> bool:
    """The same where a blank stands on both sides of the point."""
    left = line[max(0, point - 1 - _MEMORY) : point - 1]
    return is_in_name(f"{left}.{line[point + 2 : point + 2 + _LONGEST_WORD]}", len(left))


def _is_word(text: str) -> bool:
    """Whether it is a word that is not spelt like a name itself (比尔, 乌克兰)."""
    from zhclean.models.lexicon import lexicon

    known = lexicon().folded(text)
    return known in lexicon().words(known) and not TRANSLITERATION_HAN.issuperset(text)
