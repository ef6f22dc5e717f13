"""Question marks that ask nothing: what a program writes for a character that its encoding does not have.

No-break spaces, bullets, emoji, the interpunct and rare characters of names become ? in this way. Nobody can tell
which of them it was, so such a mark must not be made a Chinese one, and the loss is told.
"""

from __future__ import annotations

from typing import NamedTuple

from zhclean.characters import HAN_CLASS, LINE_BREAKS
from zhclean.edits import Span
from zhclean.markup.masks import hidden
from zhclean.patterns import pattern

_BLANKS = " \t\u00a0\u3000"

_ROW = pattern(rf"\?(?:[{_BLANKS}]*\?)*")
"""Marks that belong together, with the blanks between them."""

_ENDS_NO_QUESTION = frozenset("，、；：,;:")
_CHINESE = pattern(f"[{HAN_CLASS}，。、；：！？”’」』》）】]")

_ASKS = pattern(
    "[吗嗎么麼呢吧什何谁誰哪几幾怎咋啥否孰岂豈]|多[少久大长長高远遠深重]|难道|難道|莫非|[为為]啥|真的"
    "|(?P<word>.)[不没沒](?P=word)|有[没沒]有|还是|還是"
)
"""Words of a question."""

_SENTENCE_END = pattern(f"[。！？!?{LINE_BREAKS}]")
_SENTENCE = 60
"""Characters before a mark in which its question is looked for."""

_CLOSED = pattern(rf"[{_BLANKS}]{{0,9}}(?:[”’」』》）)\]\"'{LINE_BREAKS}]|\Z)")
"""Behind a mark that ends a quotation or a paragraph, or says of a date that it is not sure."""

_ASCII_STYLE = pattern(f"[{HAN_CLASS}”][,;:!]|[,;!][{HAN_CLASS}“]")
_WIDE_STYLE = pattern("[，。；：！]")

_NEAR = 20
"""Characters around a mark that are looked at."""


class Loss(NamedTuple):
    """A row of question marks that stand for something else; `sure` if no writer would set them there."""

    span: Span
    sure: bool


def losses(text: str) -> list[Loss]:
    """The rows of ? that ask nothing, in order.

    Without a word of a question in front of it a ? is believed where the text has other marks in ASCII too, or no
    wide ones, and none that surely asks nothing: a single one among wide marks is lost text more often than not.

    >>> text = "他笑着说。?大家问他：去不去?他点头，说去。"
    >>> [text[slice(*loss.span)] + text[loss.span.end] for loss in losses(text)]
    ['?大']
    """
    if "?" not in text:
        return []
    rows = [Span(*match.span()) for match in _ROW.finditer(text) if _is_in_chinese(text, *match.span())]
    found = {row: Loss(row, sure=True) for row in rows if _asks_nothing(text, row)}
    if found or (_ASCII_STYLE.search(text) is None and _WIDE_STYLE.search(text)):
        found |= {row: Loss(row, sure=False) for row in rows if row not in found and not _asks(text, row)}
    return [found[row] for row in rows if row in found]


def hide_losses(text: str) -> str:
    """The text with each such row hidden, as `zhclean.markup.masks.hide` does it for what is no prose."""
    return hidden(text, (loss.span for loss in losses(text)))


def _is_in_chinese(text: str, start: int, end: int) -> bool:
    return _CHINESE.search(text, max(0, start - _NEAR), end + _NEAR) is not None


def _asks_nothing(text: str, row: Span) -> bool:
    """Whether the row is first on its line, set off by blanks, or stands behind a mark that ends no question."""
    if row.end - row.start > text.count("?", *row):
        return True
    touching = text[max(0, row.start - _NEAR) : row.start]
    before = touching.rstrip(_BLANKS)
    if not before or before[-1] in LINE_BREAKS:
        return True
    if before != touching:
        return _CHINESE.match(before[-1]) is not None
    if before[-1] == "。":
        return not before.endswith("。。")  # an ellipsis
    return before[-1] in _ENDS_NO_QUESTION


def _asks(text: str, row: Span) -> bool:
    if _CLOSED.match(text, row.end):
        return True
    before = text[max(0, row.start - _SENTENCE) : row.start]
    return _ASKS.search(_SENTENCE_END.split(before)[-1]) is not None
