"""Traditional to Simplified or the other way round, by OpenCC, where a line is not in the wished script yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import ClassVar, Literal, NamedTuple

from zhclean.characters import KANA_CLASS
from zhclean.edits import Edit
from zhclean.options import Checked, option
from zhclean.patterns import pattern
from zhclean.stages.script.surnames import surnames
from zhclean.stages.script.words import Converter, mend
from zhclean.stages.script.written import written

Region = Literal["auto", "generic", "taiwan", "hongkong"]

_LINE = pattern(r"[^\r\n\ud800-\udfff]+")  # OpenCC reads UTF-8, which has no lone surrogates
_KANA = pattern(f"[{KANA_CLASS}]")

# Who writes which variant; 著 and 着 tell it of Traditional text only, since Simplified has both.
_TAIWAN = {"simplified": pattern("[裡說衛線著]"), "traditional": pattern("[裡說衛線]")}
_HONG_KONG = {"simplified": pattern("[裏説衞綫枱着]"), "traditional": pattern("[裏説衞綫枱]")}

_CONFIGURATION = {
    ("simplified", "generic"): "t2s",
    ("simplified", "taiwan"): "tw2s",
    ("simplified", "hongkong"): "hk2s",
    ("traditional", "generic"): "s2t",
    ("traditional", "taiwan"): "s2tw",
    ("traditional", "hongkong"): "s2hk",
}

CLEAR_MAJORITY = 3
"""How many times as many characters of one script as of the other make a document's script clear."""

BENEFIT = 2
"""Characters of the other script a line needs beyond its own before it goes against its document: names
keep old forms (毕昇), and a line of a name alone has nothing else to show."""


@dataclass(frozen=True)
class Script(Checked):
    r"""Convert what is Traditional to Simplified characters, or what is Simplified to Traditional ones.

    Each line is judged by the characters only one script has, and by its document where those are few. Text
    in the wished script stays as it is: converting 陕西乾县 again would make it 干县. Vocabulary stays too.

    >>> from zhclean import clean
    >>> clean("臺灣的經濟發展\n毕昇发明了活字印刷", [Script()])
    '台湾的经济发展\n毕昇发明了活字印刷'
    """

    name: ClassVar[str] = "script"

    to: Literal["simplified", "traditional"] = option("simplified", "The script to convert to.")
    region: Region = option(
        "auto", "Whose Traditional characters the text has, or is to have; auto looks at the text."
    )

    def propose(self, text: str) -> Iterator[Edit]:
        """One edit for each run of characters that change."""
        ours, other = _signs(self.to)
        if other.search(text) is None:
            return
        lines = [(match.start(), match[0]) for match in _LINE.finditer(text)]
        prior = _prior(len(ours.findall(text)), len(other.findall(text)))
        region = _region(text, self.to) if self.region == "auto" else self.region
        configuration = _CONFIGURATION[self.to, region]
        lines = [(start, line) for start, line in lines if _is_other(line, ours, other, prior)]
        kept = _kept([line for _, line in lines], configuration)
        for (start, line), places in zip(lines, kept, strict=True):
            yield from _converted(line, start, configuration, places)


class _Signs(NamedTuple):
    """Characters that only the wished script has, and that only the other one has."""

    ours: re.Pattern[str]
    other: re.Pattern[str]


@cache
def _signs(script: str) -> _Signs:
    """Told by the tables of OpenCC: what changes on conversion and is not in the other side's own standard.

    乾, 后 and 台 are in both standards and tell nothing.
    """
    characters = list(map(chr, range(0x4E00, 0xA000)))
    traditional = _changing(characters, "t2s", unlike="gb2312")
    simplified = _changing(characters, "s2t", unlike="big5")
    return _Signs(simplified, traditional) if script == "simplified" else _Signs(traditional, simplified)


def _changing(characters: list[str], configuration: str, unlike: str) -> re.Pattern[str]:
    converted = _converter(configuration).convert("\n".join(characters)).split("\n")
    return pattern(
        "["
        + "".join(
            before
            for before, after in zip(characters, converted, strict=True)
            if before != after and not before.encode(unlike, "ignore")
        )
        + "]"
    )


def _is_other(line: str, ours: re.Pattern[str], other: re.Pattern[str], prior: int) -> bool:
    """Whether a line is in the script that is not wished."""
    found = len(other.findall(line))
    return found - len(ours.findall(line)) + prior > 0 and 2 * len(_KANA.findall(line)) <= found


def _kept(lines: list[str], configuration: str) -> list[set[int]]:
    """Where in each line a character stays that OpenCC may change."""
    if configuration.startswith("s"):
        return surnames(lines)
    return [set(written(line)) if configuration == "tw2s" else set() for line in lines]


def _prior(ours: int, other: int) -> int:
    if other > CLEAR_MAJORITY * ours:
        return BENEFIT
    return -BENEFIT if ours > CLEAR_MAJORITY * other else 0


def _region(text: str, to: str) -> Region:
    """By the variants that Taiwan and Hong Kong write differently; generic if there are none."""
    taiwan, hong_kong = len(_TAIWAN[to].findall(text)), len(_HONG_KONG[to].findall(text))
    if taiwan == hong_kong == 0:
        return "generic"
    return "taiwan" if taiwan >= hong_kong else "hongkong"


@cache
def _converter(configuration: str) -> Converter:
    from opencc import OpenCC

    # Forms that were only inferred, and that few fonts have, are worse than the character that stands there.
    return Converter(OpenCC(configuration, include_tofu_risk_dictionaries=False).convert)


def _converted(line: str, offset: int, configuration: str, kept: set[int]) -> Iterator[Edit]:
    converter = _converter(configuration)
    new = converter.convert(line)
    reason = f"written in the other script ({configuration})"
    if len(new) != len(line):
        yield Edit(offset, offset + len(line), new, reason)
        return
    if configuration.startswith("s"):
        # To Simplified hardly a phrase is there for what stands in it by chance.
        new = mend(line, new, converter)
    changed = (
        i
        for i, (before, after) in enumerate(zip(line, new, strict=True))
        if before != after and i not in kept
    )
    for _, run in groupby(enumerate(changed), key=lambda pair: pair[1] - pair[0]):
        positions = [position for _, position in run]
        start, end = positions[0], positions[-1] + 1
        yield Edit(offset + start, offset + end, new[start:end], reason)
