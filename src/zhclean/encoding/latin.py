"""Bytes read as Latin-1 or Windows-1252: what they look like, and which they were."""

from __future__ import annotations

from zhclean.characters import CP1252
from zhclean.patterns import pattern

SLOPPY = {ord(ch): byte for byte, ch in CP1252.items()}
"""Both in one: the bytes 80 to 9F may show as controls or as the marks of Windows-1252."""

SPECIALS = "".join(ch for ch in CP1252.values() if ch > "\xff")
TYPOGRAPHY = "‘’“”•–—…"
"""Specials that stand in correct text beside any letter."""

UNTYPOGRAPHIC = "".join(sorted(set(SPECIALS) - set(TYPOGRAPHY)))

LEAD = pattern("[¡-ÿ]{2}|[Â-ô]")
LATIN_TEXT = pattern(f"[\t -\xff{SPECIALS}]+")
_ASCII_OR_TYPOGRAPHY = pattern(f"[\x00-\x7f{TYPOGRAPHY}]+")

MAX_LAYERS = 4
"""How often a text may have been misread; more was never seen."""


def to_bytes(text: str) -> bytes:
    """The bytes of text misread as Latin-1 or Windows-1252, or as a mixture of both."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.translate(SLOPPY).encode("latin-1")


def count_high(text: str) -> int:
    """Characters that were bytes beyond ASCII, typography not counted."""
    return len(_ASCII_OR_TYPOGRAPHY.sub("", text))
