"""Characters that do not belong where they stand: those nobody sees, and foreign forms of others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhclean.characters import (
    BIDI_CONTROLS,
    BRAILLE,
    BRAILLE_BLANK,
    COMPATIBILITY_IDEOGRAPHS,
    CONTROLS,
    FOREIGN_SPACES,
    HAN_CLASS,
    HANGUL_FILLERS,
    JAMO,
    JOINERS,
    JOINING_SCRIPTS,
    LIGATURES,
    PICTOGRAPHS,
    PRIVATE_USE_AREA,
    RADICALS,
    RIGHT_TO_LEFT,
    TAG_CHARACTERS,
    VARIATION_SELECTORS,
    ZERO_WIDTH,
)
from zhclean.edits import Edit
from zhclean.patterns import pattern
from zhclean.stages.invisible.names import names
from zhclean.stages.invisible.ordinary_forms import FORMS, OrdinaryForms

STRAY_CLASS = (
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

_STRAY = pattern(f"[{STRAY_CLASS}]")

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

_RIGHT_TO_LEFT = pattern(f"[{RIGHT_TO_LEFT}]")


def strays(text: str) -> Iterator[Edit]:
    """Each is removed, or becomes the space or the ordinary character that it stands for."""
    right_to_left = _LinesWith(_RIGHT_TO_LEFT, text)
    forms = OrdinaryForms(text)
    position = 0
    for found in _STRAY.finditer(text):
        match = _CAUSE.match(text, found.start()) if found.start() >= position else None
        if match is None:
            continue
        position = match.end()
        kind, stray = str(match.lastgroup), match[0]
        if kind in FORMS:
            yield Edit(*match.span(), forms.of(stray, kind), FORMS[kind])
        elif kind == "space":
            at_line_end = position == len(text) or text[position] in "\r\n"
            yield Edit(*match.span(), "" if at_line_end else " " * len(stray), names(stray))
        elif kind != "bidi" or match.start() not in right_to_left:
            yield Edit(*match.span(), "", "terminal escape sequence" if kind == "escape" else names(stray))


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
