"""Forms that fonts, PDF files and other encodings have for ordinary characters, and which characters those are."""

from __future__ import annotations

import unicodedata
from functools import cached_property

from zhclean.characters.forms import PRIVATE_USE, UNIFIED_IDEOGRAPHS
from zhclean.patterns import pattern

_NOT_OF_GB18030 = pattern("[\ue000-\ue5e4\ue5e6-\ue765\ue865-\uf8ff]")
_TRADITIONAL = pattern("[國會這個們來說時對開關後過還進發現經業學與為於東車長門間問題體點]")
_SIMPLIFIED_SHAPES = {ord("戶"): "户", ord("靑"): "青", ord("黃"): "黄"}

_RADICAL_TABLE = str.maketrans(UNIFIED_IDEOGRAPHS)
# The bytes A3 A0 are a wide space for browsers, and U+E5E5 for other decoders.
_PRIVATE_TABLE = str.maketrans(PRIVATE_USE | {"\ue5e5": "\u3000"})

FORMS = {  # by the name of the group that finds them
    "pair": "surrogate pair",
    "radical": "radical in place of an ideograph",
    "double": "compatibility ideograph",
    "ligature": "ligature",
    "private": "private-use code point of GB 18030",
}


class OrdinaryForms:
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

    def of(self, stray: str, kind: str) -> str:
        """The ordinary characters for foreign ones of a kind in `FORMS`."""
        if kind == "pair":
            return stray.encode("utf-16", "surrogatepass").decode("utf-16")
        if kind == "radical":
            return stray.translate(_RADICAL_TABLE).translate(self._shapes)
        if kind == "private":
            return stray.translate(self._private)
        return unicodedata.normalize("NFKC" if kind == "ligature" else "NFC", stray)
