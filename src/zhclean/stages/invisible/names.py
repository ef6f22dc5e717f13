"""What characters nobody sees are called in the reasons of edits."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_KNOWN_AS = {
    "\0": "NUL",
    "\v": "vertical tab",
    "\f": "form feed",
    "\x85": "next line (NEL)",
    "\u200b": "zero-width space",
    "\ufeff": "byte order mark inside the text",
}


@lru_cache(maxsize=256)
def names(characters: str) -> str:
    """The names of these characters, each once."""
    return ", ".join(map(_name, sorted(set(characters))))


def _name(character: str) -> str:
    if character in _KNOWN_AS:
        return _KNOWN_AS[character]
    return unicodedata.name(character, "").lower() or f"control character U+{ord(character):04X}"
