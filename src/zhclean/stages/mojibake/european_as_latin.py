"""UTF-8 of other languages than Chinese read as Windows-1252, which is left to ftfy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhclean.encoding.latin import LATIN_TEXT, UNTYPOGRAPHIC
from zhclean.patterns import pattern
from zhclean.stages.mojibake.repair import Repair

_TELLTALE = pattern(
    rf"""
      Ã[\x80-\xbf{UNTYPOGRAPHIC}]                              # accented letters; not IRMÃ”
    | Â[\x80-\xa2\xa4-\xa8\xaa\xac-\xaf\xb2-\xb4\xb6\xb8-\xba\xbf]  # not before £ © « ° ± µ · » ¼ ½ ¾,
                                                              # which may stand behind a letter
    | (?:^|(?<=[0-9 “]))(?:Â[£©°±µ·¼½¾]|Ã—(?![—–]))                # a word begins with such a letter and no sign behind
    | â[€œ„†] | [à-ï][\x80-\x9f][\x80-\xbf]                  # quotation marks, dashes, arrows
    | ï»¿                                                     # the byte order mark
    """,
    re.VERBOSE,
)
"""What UTF-8 makes of the characters that are likely beside Chinese, and no correct text has."""


def european_as_latin(line: str) -> Iterator[Repair]:
    """CafÃ© for Café, donâ€™t for don’t: what ftfy is made for."""
    for match in LATIN_TEXT.finditer(line):
        if not _TELLTALE.search(match[0]):
            continue
        from ftfy import TextFixerConfig, fix_encoding_and_explain

        config = TextFixerConfig(
            unescape_html=False,
            remove_terminal_escapes=False,
            fix_encoding=True,
            restore_byte_a0=True,
            replace_lossy_sequences=False,
            decode_inconsistent_utf8=True,
            fix_c1_controls=False,
            fix_latin_ligatures=False,
            fix_character_width=False,
            uncurl_quotes=False,
            fix_line_breaks=False,
            fix_surrogates=False,
            remove_control_chars=False,
            normalization=None,
        )
        text = fix_encoding_and_explain(match[0], config).text
        if text != match[0]:
            yield Repair(*match.span(), text, "UTF-8 read as Windows-1252", 0.9, True)
