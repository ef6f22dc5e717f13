"""ASCII and malformed punctuation marks become the ordinary Chinese ones (GB/T 15834).

Every rule reads one line, which is a paragraph where `unwrap` has run, with addresses, code and the like hidden,
and question marks that stand for a lost character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Literal

from zhclean.characters import (
    HAN_CLASS,
    INTERPUNCT_VARIANT_CLASS,
    KANA_CLASS,
    LATIN_LETTER_CLASS,
    LINE_BREAKS,
    PRESENTATION_FORMS,
    UNIT_CLASS,
    WIDE_MARK_CLASS,
)
from zhclean.edits import Edit
from zhclean.encoding.lost_characters import hide_losses
from zhclean.markup.masks import hide
from zhclean.options import Checked, option
from zhclean.patterns import pattern
from zhclean.stages.punctuation.ascii_style import ends_with_points, is_reference
from zhclean.stages.punctuation.brackets import brackets, titles
from zhclean.stages.punctuation.clause_marks import REPEATED, capped, clause_marks
from zhclean.stages.punctuation.full_stops import full_stops
from zhclean.stages.punctuation.quotes import Style, curl, is_one_sided, one_sided, restyle
from zhclean.stages.punctuation.set_apart import apart, has_spaced_marks, spaced_marks

Rule = Callable[[str], Iterator[Edit]]

_LINE = pattern(f"[^{LINE_BREAKS}]+")

_FORMS = "".join(PRESENTATION_FORMS)
_MARK = pattern(f"[,:;?!\"'()＂{INTERPUNCT_VARIANT_CLASS}⸺─―–…⋯‥︙⋮≪〝｡､{_FORMS}]")
_ROWS = (
    "--",
    "－－",
    "-—",
    "—-",
    "，，",
    "，。",
    "，、",
    "。。。",
    "！！！！",
    "？？？？",
    "······",
    "<<",
    "<‹",
    "``",
)
# A decimal point is nothing to look at.
_POINT = pattern(r"\.(?![0-9])")
_QUOTE = pattern("[“”‘’「」『』]")

_FORM = pattern(f"[{_FORMS}]")
_ORDINARY = str.maketrans(PRESENTATION_FORMS)
_MATES = dict(zip("）｝〕】》〉」』］〗", "（｛〔【《〈「『［〖", strict=True))
_BRACKET = pattern("[（）｛｝〔〕【】《》〈〉「」『』［］〖〗]")
_COMMA_TOO_MANY = pattern(r"[，,](?<=[\w”』」）].)(?=[。、；：）])")
_COMMA_AT_END = pattern(r"[，,](?<=[\w”』」）].)(?=[。；])")
_LEAST_COMMAS = 2  # in a text, at ends; a single one may be a slip of either mark, and what stood between ，、 may be lost
_OTHER_WIDTH = pattern("。｡+|(?<!｡)｡+。|、､+|(?<!､)､+、")
_INTERPUNCT = pattern(rf"[{INTERPUNCT_VARIANT_CLASS}](?<=[{HAN_CLASS}].)(?=[{HAN_CLASS}])")
_KANA = pattern(f"[{KANA_CLASS}]")
_KANA_DISTANCE = 20

_OPENING = f"{HAN_CLASS}“‘「『《〈（"
_CLOSING = f"{HAN_CLASS}{UNIT_CLASS}”’」』》〉）"
_CLOSING_QUOTES, _OPENING_QUOTES = tuple("”’」』"), ("", *"“‘「『")
_DASH = pattern(r"[—–─―－⸺\-]+")
# So Taiwan sets dash, interpunct and ellipsis, for which Big5 has no others, and quotes in vertical text.
_TAIWANESE = {"──": "——", "‧": "·", "⋯⋯": "……", "〝": "“"}
# Not ———: old papers set it so throughout.
_DRAWN_DASHES = frozenset(("──", "――", "－－", "––", "--", "---", "----", "—-", "-—"))
_TEXT = pattern(rf"[{_CLOSING}，。；：？！、…\s]")
_BEFORE_TEXT = pattern(f"[{_OPENING}]")
_SPEECH = pattern(f"[{HAN_CLASS}，。；：？！、…]")

_ELLIPSIS = pattern(r"[.…⋯‥︙⋮・･·]+|。{3,}")
_DRAWN_ELLIPSIS = pattern(r"\.{3,12}|…{3}|⋯{2,3}|‥{2,3}|[︙⋮]{2}|[・･·]{6,12}")
_SUSPECT_DOTS = pattern(r"\.\.\.|。。。|[…⋯]|‥‥|[︙⋮]{2}|[・･·]{6}")
# Dots that lead to a page number, or a row of them to be written on, are drawn lines.
_LEADER = pattern(r"[ \t　]*[(（]?[0-9ivxIVX]+[)）]?[元页頁]?[ \t　]*\Z")
_WIDE = pattern(f"[{HAN_CLASS}{WIDE_MARK_CLASS}“”‘’{UNIT_CLASS}]")
_HAN = pattern(f"[{HAN_CLASS}]+")
_LETTERS = pattern(f"[{LATIN_LETTER_CLASS}]+")
_SYLLABLES = pattern(f"[{KANA_CLASS}\uac00-\ud7a3]+")  # kana and Hangul, of which each says as much as a Han
_BRACKETED = pattern(r"\([^()]*\)")  # 陈国栋 in an English sentence: Chen G. (陈国栋)
_MOST_LETTERS = 8  # to a Han; in English with a Chinese name in it there are more


@dataclass(frozen=True)
class Punctuation(Checked):
    """Restore Chinese marks, one for one, where their surroundings leave no doubt.

    >>> from zhclean import clean
    >>> clean('他说:"今年增长5.4%,不错!"', [Punctuation()])
    '他说：“今年增长5.4%，不错！”'
    """

    name: ClassVar[str] = "punctuation"

    marks: Literal["full", "keep"] = option(
        "full", "The width of , . : ; ? ! and of the marks no other option names."
    )
    brackets: Literal["full", "keep"] = option(
        "full", "The width of ( ) around Han, or beside a full-width mate."
    )
    quotes: Style = option("curl", "Curl straight quotes only, or bring all others into one style as well.")
    ellipsis: Literal["……", "...", "keep"] = option("……", "What three points, and …… itself, become.")

    def propose(self, text: str) -> Iterator[Edit]:
        """Edits of one mark, or of a row of marks."""
        if not self._is_suspect(text):
            return
        visible = hide_losses(hide(text))
        rules = tuple(self._rules(visible))
        for match in _LINE.finditer(visible):
            line, base = match[0], match.start()
            if self._is_suspect(line) and _is_chinese(line) and not is_reference(line):
                for rule in rules:
                    for start, end, new, reason, *_ in rule(line):
                        yield Edit(base + start, base + end, new, reason)

    def _is_suspect(self, text: str) -> bool:
        return (
            _MARK.search(text) is not None
            or any(row[0] in text and row in text for row in _ROWS)  # one character is found much faster
            or ("." in text and _POINT.search(text) is not None)
            or ("“" in text) != ("”" in text)
            or (self.quotes in ("“”", "「」") and _QUOTE.search(text) is not None)
        )

    def _rules(self, text: str) -> Iterator[Rule]:
        kept = _marks_of_taiwan(text)
        if self.marks == "full":
            is_ascii = ends_with_points(text)
            yield from (partial(clause_marks, is_ascii=is_ascii), partial(full_stops, is_ascii=is_ascii))
            yield from (_forms, _repeated)
            yield from (partial(_interpuncts, kept=kept), partial(_dashes, kept=kept), titles)
            if has_spaced_marks(text):
                yield from (spaced_marks, partial(apart, marks=":"))
            else:
                yield apart
            if len(_COMMA_AT_END.findall(text)) >= _LEAST_COMMAS:
                yield _commas_too_many
        if self.brackets == "full":
            yield brackets
        if self.quotes != "keep":
            yield partial(curl, style=self.quotes, kept=kept)
            if is_one_sided(text):
                yield one_sided
            elif self.quotes != "curl":
                yield partial(restyle, style=self.quotes)
        if self.ellipsis != "keep":
            yield partial(_ellipses, new=self.ellipsis, kept=kept)


def _marks_of_taiwan(text: str) -> frozenset[str]:
    """Those a Traditional text sets itself: they are drawn with other characters only where others are the rule."""
    used = {
        mark
        for mark, ordinary in _TAIWANESE.items()
        if mark[0] in text and text.count(mark) > text.count(ordinary)
    }
    if not used:
        return frozenset()
    from zhclean.models.lexicon import lexicon

    return frozenset(used if lexicon().is_traditional(text) else ())


def _is_chinese(line: str) -> bool:
    """Whether there is Han in the line, and not just a name or two, in brackets or among many more foreign letters."""
    if _HAN.search(line) is None:
        return False
    foreign = _length(_LETTERS, line) + _MOST_LETTERS * _length(_SYLLABLES, line)
    return foreign <= _MOST_LETTERS or foreign <= _MOST_LETTERS * _length(_HAN, _BRACKETED.sub("", line))


def _length(characters: re.Pattern[str], line: str) -> int:
    return sum(map(len, characters.findall(line)))


def _forms(line: str) -> Iterator[Edit]:
    """A bracket only where its mate is: a lone ︵ may have been drawn as an ornament."""
    if _FORM.search(line) is None:
        return
    lone = _lone_brackets(line.translate(_ORDINARY))
    for match in _FORM.finditer(line):
        if match.start() not in lone:
            yield Edit(match.start(), match.end(), PRESENTATION_FORMS[match[0]], "small or vertical form")


def _lone_brackets(line: str) -> set[int]:
    opened: dict[str, list[int]] = {opener: [] for opener in _MATES.values()}
    lone = set()
    for match in _BRACKET.finditer(line):
        offset, mark = match.start(), match[0]
        if mark in opened:
            opened[mark].append(offset)
        elif opened[_MATES[mark]]:
            opened[_MATES[mark]].pop()
        else:
            lone.add(offset)
    return lone.union(*opened.values())


def _repeated(line: str) -> Iterator[Edit]:
    if "，，" in line or "！！！！" in line or "？？？？" in line:
        for match in REPEATED.finditer(line):
            yield Edit(match.start(), match.end(), capped(match[0]), "mark repeated")
    if "｡" in line or "､" in line:
        for match in _OTHER_WIDTH.finditer(line):
            yield Edit(*match.span(), "。" if "。" in match[0] else "、", "mark repeated")


def _commas_too_many(line: str) -> Iterator[Edit]:
    """The commas that some program put in front of other marks: 三例，。"""
    for match in _COMMA_TOO_MANY.finditer(line):
        yield Edit(*match.span(), "", "mark repeated")


def _interpuncts(line: str, kept: frozenset[str]) -> Iterator[Edit]:
    """Between Han only, and not in Japanese, where ・ is the ordinary mark."""
    for match in _INTERPUNCT.finditer(line):
        if match[0] not in kept and not _is_japanese(line, *match.span()):
            yield Edit(match.start(), match.end(), "·", "variant of the interpunct")


def _dashes(line: str, kept: frozenset[str]) -> Iterator[Edit]:
    wrong = _DRAWN_DASHES - kept
    for match in _DASH.finditer(line):
        start, end = match.span()
        if match[0] == "⸺" or (match[0] in wrong and _is_in_text(line, start, end)):
            yield Edit(start, end, "——", "dash drawn with other characters")


def _is_in_text(line: str, start: int, end: int) -> bool:
    """Whether Han or marks stand on both sides of a dash, be it the first of its line as in a subtitle (——访某某).

    Speech breaks off and begins with one (“我不是——”), but in “--” it is the sign that is meant.
    """
    before, after = line[start - 1 : start], line[end : end + 1]
    if _BEFORE_TEXT.match(after):
        return before in _OPENING_QUOTES or _TEXT.match(before) is not None
    return after in _CLOSING_QUOTES and _SPEECH.match(before) is not None


def _ellipses(line: str, new: str, kept: frozenset[str]) -> Iterator[Edit]:
    if _SUSPECT_DOTS.search(line) is None:
        return
    for match in _ELLIPSIS.finditer(line):
        start, end = match.span()
        restyled = new == "..." and match[0] == "……"
        if match[0] != new and match[0][:2] not in kept and (restyled or _is_ellipsis(line, start, end)):
            yield Edit(start, end, new, "ellipsis of other marks")


def _is_ellipsis(line: str, start: int, end: int) -> bool:
    dots = line[start:end]
    before, after = line[start - 1 : start], line[end : end + 1]
    if dots == "…":
        return bool(_HAN.match(before) and _HAN.match(after))
    if dots[0] == "。":
        return True
    if _DRAWN_ELLIPSIS.fullmatch(dots) is None or _LEADER.match(line, end) or _is_japanese(line, start, end):
        return False
    return bool(_WIDE.match(before) or _WIDE.match(after))


def _is_japanese(line: str, start: int, end: int) -> bool:
    return _KANA.search(line, max(0, start - _KANA_DISTANCE), end + _KANA_DISTANCE) is not None
