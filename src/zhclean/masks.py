"""Spans that are not prose: addresses, code, mark-up, file names. Their marks mean something to a machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhclean.patterns import pattern

HIDDEN = "\ufffc"
"""What hidden characters are shown as: U+FFFC OBJECT REPLACEMENT CHARACTER, neither letter, digit nor mark."""

_HINTS = ("://", "www.", "@", "`", "~~~", "](", "<", "&", ").", ":\\")

_FENCE = pattern(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)

_URL_CHARACTER = r"[A-Za-z0-9\-._~:/?\#\[\]@!$&'*+,;=%]"

_EXTENSIONS = "docx?|pdf|pptx?|xlsx?|txt|html?|csv|md|zip|rar|jpe?g|png|gif|mp[34]"

# Every alternative scans forward once: no text makes it quadratic.
_SPAN = pattern(
    rf"""
      (?<!`)`+[^`\n]+`+                                     # Markdown code, looked for once a row of backticks
    | (?<=\])\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)          # target of a Markdown link or image
    | </?[A-Za-z][^<>\n]*>                                  # a tag: its attributes need straight quotes
    | (?:(?:https?|ftp)://|www\.)                           # a URL, without the marks of the sentence behind it
      (?:{_URL_CHARACTER}|\({_URL_CHARACTER}*\))*(?<![.,:;?!'\[\]])
    | (?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{{1,64}}@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+   # e-mail
    | &(?:[A-Za-z]{{1,8}}|\#[0-9]{{1,6}}|\#x[0-9A-Fa-f]{{1,5}});    # HTML entity, and AT&T; that was taken for one
    | [A-Za-z]:\\[^\s<>"|?*]*                               # a Windows path
    | \([^()\s]{{1,40}}\)\.(?:{_EXTENSIONS})(?![A-Za-z0-9])  # the end of a file name, 报告(终稿).docx
    """,
    re.VERBOSE | re.IGNORECASE,
)


def hide(text: str) -> str:
    """The text with every character of those spans replaced by `HIDDEN`: same length, same offsets.

    >>> hide("见www.example.com,谢谢").replace(HIDDEN, "-")
    '见---------------,谢谢'
    """
    if not any(hint in text for hint in _HINTS):
        return text
    for spans in (_fences, _inline):
        text = _hidden(text, spans(text))
    return text


def _hidden(text: str, spans: Iterator[tuple[int, int]]) -> str:
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        pieces += text[position:start], HIDDEN * (end - start)
        position = end
    return "".join([*pieces, text[position:]])


def _inline(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _SPAN.finditer(text))


def _fences(text: str) -> Iterator[tuple[int, int]]:
    """Fenced code blocks; one that is never closed goes on to the end, as CommonMark has it."""
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if opened is None:
            opened = fence
        elif fence[1].startswith(opened[1]):
            yield opened.start(), fence.end()
            opened = None
    if opened is not None:
        yield opened.start(), len(text)
