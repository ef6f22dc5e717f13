"""Characters nobody sees, characters that stand for another one, and what HTML left behind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import ClassVar

from zhclean.characters import (
    BIDI_CONTROLS,
    BRAILLE,
    BRAILLE_BLANK,
    COMBINING_MARKS,
    COMPATIBILITY_IDEOGRAPHS,
    CONTROLS,
    FOREIGN_BREAKS,
    FOREIGN_SPACES,
    HAN_CLASS,
    HANGUL_FILLERS,
    JAMO,
    JOINERS,
    JOINING_SCRIPTS,
    LATIN_LETTER_CLASS,
    LIGATURES,
    PICTOGRAPHS,
    PRIVATE_USE_AREA,
    RADICALS,
    RIGHT_TO_LEFT,
    TAG_CHARACTERS,
    TONED_VOWELS,
    VARIATION_SELECTORS,
    ZERO_WIDTH,
)
from zhclean.characters.forms import PRIVATE_USE, UNIFIED_IDEOGRAPHS
from zhclean.edits import Edit, Gap, Step
from zhclean.edits.composition import Composition
from zhclean.markup import cdata_edits, entity_edits, hidden_edits, raised_edits, tag_edits
from zhclean.markup.escapes import doubled_quote_edits, escape_edits
from zhclean.markup.pinyin import may_have_pinyin, pinyin_edits
from zhclean.patterns import pattern

_STRAY_CLASS = (
    CONTROLS
    + ZERO_WIDTH
    + JOINERS
    + BIDI_CONTROLS
    + VARIATION_SELECTORS
    + TAG_CHARACTERS
    + FOREIGN_SPACES
    + BRAILLE_BLANK
    + HANGUL_FILLERS
    + RADICALS
    + COMPATIBILITY_IDEOGRAPHS
    + LIGATURES
    + PRIVATE_USE_AREA
    + r"\ud800-\udfff"
)
_BEYOND_BMP = pattern("[\U00010000-\U0010ffff]-[\U00010000-\U0010ffff]")
_SUSPECT = pattern(
    # Every range beyond the BMP would cost as much again, so they are one here.
    f"[{_BEYOND_BMP.sub('', _STRAY_CLASS)}{FOREIGN_BREAKS}{TONED_VOWELS}{COMBINING_MARKS}&<\\\\\U0002f800-\U000e01ef]"
)
"""One scan for everything this stage repairs but what is doubled, and pinyin without tones."""
_SUSPECTS = ("\r\r", '""')

_STRAY = pattern(f"[{_STRAY_CLASS}]")

_CAUSE = pattern(
    rf"""
    (?P<escape>   \x1b\[[0-9;]{{0,20}}[A-Za-z] )    # a terminal's colours, from bulletin boards
  | (?P<removed>  [{CONTROLS}{ZERO_WIDTH}]+ )
  | (?P<joiner>   [{JOINERS}]
                  (?<![{JOINING_SCRIPTS}].)(?![{JOINING_SCRIPTS}])            # Indic and Arabic letters need them,
                  (?: (?<![{PICTOGRAPHS}].) | (?![{PICTOGRAPHS}]) ) )         # and so do emoji made of several
  | (?P<bidi>     [{BIDI_CONTROLS}]+ )
  | (?P<selector> [{VARIATION_SELECTORS}]
                  (?: (?<![{PICTOGRAPHS}{HAN_CLASS}{JOINING_SCRIPTS}0-9\#*].)
                  |   (?<=[{HAN_CLASS}][\ufe03-\ufe0f])                       # registered of Han are the others
                  |   (?<=[0-9\#*].)(?!\u20e3) ) )                            # a keycap is digit, selector, U+20E3
  | (?P<tag>      (?<![\U0001f3f4{TAG_CHARACTERS}])[{TAG_CHARACTERS}]+ )      # behind a black flag they name a region
  | (?P<filler>   [{HANGUL_FILLERS}] (?<![{JAMO}].)(?![{JAMO}]) )
  | (?P<space>    [{FOREIGN_SPACES}]+
                | {BRAILLE_BLANK} (?<![{BRAILLE}].)(?![{BRAILLE}]) )          # pictures are drawn with several
  | (?P<pair>     [\ud800-\udbff][\udc00-\udfff] )
  | (?P<radical>  [{RADICALS}]+ )
  | (?P<double>   [{COMPATIBILITY_IDEOGRAPHS}]+ )
  | (?P<ligature> [{LIGATURES}] (?: (?<=[a-z].) | (?=[a-z]) ) )             # ﬁ and ﬂ alone are Chinese read as Mac Roman
  | (?P<private>  [{PRIVATE_USE_AREA}]+ )
    """,
    re.VERBOSE,
)
_LONE_SURROGATE = pattern(
    r"[\ud800-\udfff](?<![\ud800-\udbff][\udc00-\udfff])(?!(?<=[\ud800-\udbff])[\udc00-\udfff])"
)

_BREAK = pattern(f"[{FOREIGN_BREAKS}]+")
_CARRIAGE_RETURNS = pattern(r"\r(?<!\r\r)\r+(\n?)")
_BLANK_LINE = pattern(r"\r?\n[ \t\u3000]{0,100}\r?\n")

_BROKEN_WORD = pattern(
    rf"\xad(?<=[{LATIN_LETTER_CLASS}].)[ \t]{{0,9}}(?:\r?\n[ \t\u3000]{{0,9}}){{1,2}}(?=[a-zà-öø-ÿ])"
)

# Latin letters only: Unicode's composition would also replace compatibility ideographs that names need.
_DECOMPOSED = pattern(f"[{LATIN_LETTER_CLASS}][{COMBINING_MARKS}]{{1,4}}(?![{COMBINING_MARKS}])")

_FOREIGN_SPACE = pattern(f"[{FOREIGN_SPACES}]")
_INDENT = pattern(f"^[ \t\u3000{FOREIGN_SPACES}]+", re.MULTILINE)
_WIDE_SPACES = "\u2001\u2003\u3000\u3164"
_PARAGRAPH_INDENT = range(3, 8)
"""Columns of no-break spaces that were meant as the indent of two characters."""

_HAN_IN_LINE = pattern(f"[^\n{HAN_CLASS}]*[{HAN_CLASS}]")

_RIGHT_TO_LEFT = pattern(f"[{RIGHT_TO_LEFT}]")
_NOT_OF_GB18030 = pattern("[\ue000-\ue5e4\ue5e6-\ue765\ue865-\uf8ff]")
_TRADITIONAL = pattern("[國會這個們來說時對開關後過還進發現經業學與為於東車長門間問題體點]")
_SIMPLIFIED_SHAPES = {ord("戶"): "户", ord("靑"): "青", ord("黃"): "黄"}

_RADICAL_TABLE = str.maketrans(UNIFIED_IDEOGRAPHS)
# The bytes A3 A0 are a wide space for browsers, and U+E5E5 for other decoders.
_PRIVATE_TABLE = str.maketrans(PRIVATE_USE | {"\ue5e5": "\u3000"})


@dataclass(frozen=True)
class Invisible:
    r"""Remove what nobody sees, give foreign forms their ordinary character, and strip left-over HTML.

    >>> from zhclean import clean
    >>> clean("⽤\u200b户&nbsp;&ldquo;在线&rdquo;<br/>第二行", [Invisible()])
    '用户 “在线”\n第二行'
    """

    name: ClassVar[str] = "invisible"

    def propose(self, text: str) -> Iterator[Edit | Gap]:
        """Edits of all repairs, one after the other; a gap for each half of a surrogate pair."""
        if (
            _SUSPECT.search(text) is None
            and not any(sign in text for sign in _SUSPECTS)
            and not may_have_pinyin(text)
        ):
            return
        composition = Composition(text)
        for repair in _REPAIRS:
            composition.add(Step("", _united(repair(composition.text))))
        yield from composition.edits()
        for lone in _LONE_SURROGATE.finditer(text):
            yield Gap(*lone.span(), "half of a surrogate pair: the other half of the character is missing")


def _united(edits: Iterator[Edit]) -> list[Edit]:
    """Edits that touch made one: ``&ldquo;&nbsp;`` is one place to look at."""
    result: list[Edit] = []
    for _, group in groupby(_numbered(edits), key=itemgetter(0)):
        touching = [edit for _, edit in group]
        if len(touching) > 1:
            new = "".join(edit.new for edit in touching)
            reasons = dict.fromkeys(edit.reason for edit in touching)
            confidence = min(edit.confidence for edit in touching)
            result.append(Edit(touching[0].start, touching[-1].end, new, "; ".join(reasons), confidence))
        else:
            result += touching
    return result


def _numbered(edits: Iterator[Edit]) -> Iterator[tuple[int, Edit]]:
    """Edits in order, each with the number of the cluster of touching edits it belongs to."""
    cluster, position = 0, -1
    for edit in sorted(edits):
        cluster += edit.start != position
        position = edit.end
        yield cluster, edit


def _carriage_returns(text: str) -> Iterator[Edit]:
    r"""Line ends that were converted twice: the second time made ``\r\r\n`` of ``\r\n``."""
    for match in _CARRIAGE_RETURNS.finditer(text) if "\r\r" in text else ():
        if match[1]:
            yield Edit(match.start(), match.end() - 2, "", "doubled carriage return")


def _cdata(text: str) -> Iterator[Edit]:
    if "<![CDATA[" in text:
        yield from cdata_edits(text)


def _hidden(text: str) -> Iterator[Edit]:
    if "<" in text:
        yield from hidden_edits(text)


def _raised(text: str) -> Iterator[Edit]:
    if "<" in text:
        yield from raised_edits(text)


def _tags(text: str) -> Iterator[Edit]:
    if "<" in text:
        yield from tag_edits(text, _line_break(text), _paragraph_break(text))


def _foreign_breaks(text: str) -> Iterator[Edit]:
    """A break beside an ordinary one adds nothing: pages end in a line end *and* a form feed."""
    if _BREAK.search(text) is None:
        return
    line_break, paragraph_break = _line_break(text), _paragraph_break(text)
    for match in _BREAK.finditer(text):
        start, end = match.span()
        at_break = start == 0 or end == len(text) or text[start - 1] in "\r\n" or text[end] in "\r\n"
        new = "" if at_break else paragraph_break if "\u2029" in match[0] else line_break
        yield Edit(start, end, new, _names(match[0]))


def _line_break(text: str) -> str:
    return "\r\n" if (at := text.find("\n")) > 0 and text[at - 1] == "\r" else "\n"


def _paragraph_break(text: str) -> str:
    """What stands between this document's paragraphs, by its first blank line."""
    blank = _BLANK_LINE.search(text)
    return blank[0] if blank else _line_break(text)


def _broken_words(text: str) -> Iterator[Edit]:
    """A soft hyphen is drawn at the end of a line only, where it says that the word goes on in the next one."""
    for match in _BROKEN_WORD.finditer(text) if "\xad" in text else ():
        yield Edit(*match.span(), "", "word broken at a soft hyphen")


def _accents(text: str) -> Iterator[Edit]:
    """A letter and the accents behind it become one character, where there is one."""
    for match in _DECOMPOSED.finditer(text):
        new = unicodedata.normalize("NFC", match[0])
        if len(new) == 1:
            yield Edit(*match.span(), new, "letter and accent apart")


def _indents(text: str) -> Iterator[Edit]:
    """No-break spaces at a line's start: the width of an indent is kept, in the usual 　　."""
    if _FOREIGN_SPACE.search(text) is None:
        return
    for match in _INDENT.finditer(text):
        foreign = _FOREIGN_SPACE.search(match[0])
        if foreign is None:
            continue
        columns = sum(2 if space in _WIDE_SPACES else 1 for space in match[0])
        if match.end() == len(text) or text[match.end()] in "\r\n" or columns == 1:
            new = ""
        elif _HAN_IN_LINE.match(text, match.end()):
            new = "\u3000" * (2 if columns in _PARAGRAPH_INDENT else columns // 2)
        else:
            new = " " * columns
        yield Edit(*match.span(), new, f"{_name(foreign[0])} at the start of a line")


def _strays(text: str) -> Iterator[Edit]:
    right_to_left = _LinesWith(_RIGHT_TO_LEFT, text)
    forms = _OrdinaryForms(text)
    position = 0
    for found in _STRAY.finditer(text):
        match = _CAUSE.match(text, found.start()) if found.start() >= position else None
        if match is None:
            continue
        position = match.end()
        kind, stray = str(match.lastgroup), match[0]
        if kind in _FORMS:
            yield Edit(*match.span(), getattr(forms, kind)(stray), _FORMS[kind])
        elif kind == "space":
            at_line_end = position == len(text) or text[position] in "\r\n"
            yield Edit(*match.span(), "" if at_line_end else " " * len(stray), _names(stray))
        elif kind != "bidi" or match.start() not in right_to_left:
            yield Edit(*match.span(), "", "terminal escape sequence" if kind == "escape" else _names(stray))


_FORMS = {
    "pair": "surrogate pair",
    "radical": "radical in place of an ideograph",
    "double": "compatibility ideograph",
    "ligature": "ligature",
    "private": "private-use code point of GB 18030",
}


class _OrdinaryForms:
    """What foreign forms stand for in one text; what the text says is looked up when it is needed."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _shapes(self) -> dict[int, str]:
        return {} if _TRADITIONAL.search(self._text) else _SIMPLIFIED_SHAPES

    @cached_property
    def _private(self) -> dict[int, str]:
        # Beside private characters of another set, those of GB 18030 are likelier to be that set's too.
        return {} if _NOT_OF_GB18030.search(self._text) else _PRIVATE_TABLE

    def pair(self, stray: str) -> str:
        return stray.encode("utf-16", "surrogatepass").decode("utf-16")

    def radical(self, stray: str) -> str:
        return stray.translate(_RADICAL_TABLE).translate(self._shapes)

    def double(self, stray: str) -> str:
        return unicodedata.normalize("NFC", stray)

    def ligature(self, stray: str) -> str:
        return unicodedata.normalize("NFKC", stray)

    def private(self, stray: str) -> str:
        return stray.translate(self._private)


class _LinesWith:
    """Whether the line at an offset has a match; asked in ascending order, each line is searched once."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._pattern, self._text = pattern, text
        self._end, self._found = -1, False

    def __contains__(self, offset: int) -> bool:
        if offset > self._end:
            start = self._text.rfind("\n", 0, offset) + 1
            end = self._text.find("\n", offset)
            self._end = end if end >= 0 else len(self._text)
            self._found = self._pattern.search(self._text, start, self._end) is not None
        return self._found


def _name(character: str) -> str:
    if character in _KNOWN_AS:
        return _KNOWN_AS[character]
    return unicodedata.name(character, "").lower() or f"control character U+{ord(character):04X}"


@lru_cache(maxsize=256)
def _names(characters: str) -> str:
    return ", ".join(map(_name, sorted(set(characters))))


_KNOWN_AS = {
    "\0": "NUL",
    "\v": "vertical tab",
    "\f": "form feed",
    "\x85": "next line (NEL)",
    "\u200b": "zero-width space",
    "\ufeff": "byte order mark inside the text",
}

_REPAIRS: tuple[Callable[[str], Iterator[Edit]], ...] = (
    doubled_quote_edits,
    escape_edits,  # first, and doubled carriage returns next: the others look at how this document's lines end
    _carriage_returns,
    _cdata,
    _hidden,
    _raised,
    _tags,
    entity_edits,  # behind tags, so that an escaped &lt;p&gt; is not taken for one at once
    _broken_words,  # before soft hyphens go
    _foreign_breaks,
    _indents,  # before single no-break spaces
    _strays,
    _accents,
    pinyin_edits,  # knows vowels with their tones as one character
)
