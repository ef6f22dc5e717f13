"""Where OpenCC took a phrase that lies across two words, the words decide: 市长|发言 has no 长发 (hair)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate

from zhclean.characters import HAN_CLASS, HAN_NUMERALS
from zhclean.models.lexicon import lexicon
from zhclean.patterns import pattern
from zhclean.stages.script.surnames import BEHIND_TITLE

Convert = Callable[[str], str]

_RUN = pattern(f"[{HAN_CLASS}]{{2,}}")
_APART = "\n"
"""In no phrase of OpenCC, so that words it stands between are converted each by itself."""
LONGEST_PHRASE = 4
"""Characters of the phrases that are looked for; hardly any longer one lies across two words by chance."""
_OF_NAMES = "里"
"""Hundreds of foreign names have it, in which 裏 is wrong: 加|里萨."""
_UNSURE_ALONE = "钟松"
"""Alone they become the surname 鍾 and the tree 松; a phrase that has them as 鐘 and 鬆 is oftener right: 除夕|钟|声响."""


class Converter:
    """OpenCC with a configuration: a text as a whole, and as characters that know nothing of each other."""

    def __init__(self, convert: Convert) -> None:
        self.convert = convert
        self._alone = _Alone(convert)

    def characters(self, text: str) -> str:
        """The text with each character converted by itself."""
        return text.translate(self._alone)


class _Alone(dict[int, str]):
    """For `str.translate`: what is asked for is remembered."""

    def __init__(self, convert: Convert) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, point: int) -> str:
        self[point] = self._convert(chr(point))
        return self[point]


def mend(line: str, converted: str, converter: Converter) -> str:
    """What OpenCC made of a line, as long as that, less the phrases that tear words."""
    alone = converter.characters(line)
    mended = list(converted)
    for run in _RUN.finditer(line) if alone != converted else ():
        start, end = run.span()
        if alone[start:end] != converted[start:end]:  # a phrase has had its say
            for i, character in _torn(run[0], converted[start:end], converter.convert):
                mended[start + i] = character
    return "".join(mended)


def _torn(run: str, converted: str, convert: Convert) -> Iterator[tuple[int, str]]:
    """Characters that a phrase across words has changed, and what they are in their own word."""
    words = lexicon().segmented(run)
    own = convert(_APART.join(words)).replace(_APART, "")
    if len(own) != len(run) or own == converted:
        return
    torn = _places_inside(words)
    for word, start in zip(words, accumulate(map(len, words), initial=0), strict=False):
        for i in range(start, start + len(word)):
            if own[i] == converted[i] or _is_unsure(word, run[i], converted[i]):
                continue
            phrases = _shortest_phrases(run, i, converted[i], convert)
            if len(word) == 1 and not BEHIND_TITLE.search(run[max(0, i - LONGEST_PHRASE) : i]):
                # What goes with a word in front of it: 热汤|面 is 湯麪.
                phrases = [] if any(phrase[-1] == i for phrase in phrases) else phrases
            if phrases and all(phrase.start in torn or phrase.stop in torn for phrase in phrases):
                yield i, own[i]


def _is_unsure(word: str, character: str, converted: str) -> bool:
    """Whether the word tells less than a phrase: one of one character knows no name that the phrase may have kept it for."""
    return character in _OF_NAMES or (len(word) == 1 and (converted == word or word in _UNSURE_ALONE))


def _places_inside(words: list[str]) -> set[int]:
    """Between which characters a word would be torn, each by the one behind it. A number may end anywhere: 八|九点钟."""
    starts = accumulate(map(len, words), initial=0)
    return {
        place
        for word, start in zip(words, starts, strict=False)
        if word[0] not in HAN_NUMERALS
        for place in range(start + 1, start + len(word))
    }


def _shortest_phrases(run: str, i: int, character: str, convert: Convert) -> list[range]:
    """The shortest strings around a place that make the character there what it was made."""
    for length in range(2, LONGEST_PHRASE + 1):
        starts = range(max(0, i - length + 1), min(i, len(run) - length) + 1)
        found = [
            range(s, s + length)
            for s in starts
            if convert(run[s : s + length])[i - s : i - s + 1] == character
        ]
        if found:
            return found
    return []
