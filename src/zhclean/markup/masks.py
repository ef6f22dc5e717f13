"""Spans that are not prose: addresses, code, mark-up, file names, data. Their marks mean something to a machine."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from zhclean.patterns import pattern

HIDDEN = "\ufffc"
"""What hidden characters are shown as: U+FFFC OBJECT REPLACEMENT CHARACTER, neither letter, digit nor mark."""

_HINTS = ("://", "www.", "@", "`", "~~~", "](", "<", "&", ").", ":\\", "=", '":')
_DATA_HINTS = (",", "|", '":', '("', "('")
_CODE_HINTS = ('"', "'")

_FENCE = pattern(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)

_URL_CHARACTER = r"[A-Za-z0-9\-._~:/?\#\[\]@!$&'*+,;=%]"

_EXTENSIONS = "docx?|pdf|pptx?|xlsx?|txt|html?|csv|md|zip|rar|jpe?g|png|gif|mp[34]"

# Every alternative scans forward once: no text makes it quadratic.
_SPAN = pattern(
    rf"""
      (?<!`)(?!``[^`\n]+'')`+[^`\n]+`+                      # Markdown code, looked for once a row of backticks; no ``TeX''
    | (?<=\])\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)          # target of a Markdown link or image
    | </?[A-Za-z][^<>\n]*>                                  # a tag: its attributes need straight quotes
    | (?:(?:https?|ftp)://|www\.)                           # a URL, without the marks of the sentence behind it
      (?:{_URL_CHARACTER}|\({_URL_CHARACTER}*\))*(?<![.,:;?!'\[\]])
    | (?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{{1,64}}@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+   # e-mail
    | &(?:[A-Za-z]{{1,8}}|\#[0-9]{{1,6}}|\#x[0-9A-Fa-f]{{1,5}});    # HTML entity, and AT&T; that was taken for one
    | [A-Za-z]:\\[^\s<>"|?*]*                               # a Windows path
    | \([^()\s]{{1,40}}\)\.(?:{_EXTENSIONS})(?![A-Za-z0-9])  # the end of a file name, 报告(终稿).docx
    | (?-i:"[a-z][a-z0-9_]+"):[ ]?(?:-?[0-9][0-9.]*|true|false|null)(?![A-Za-z0-9_])  # a setting, "max_size": 500
    | =[A-Z]{{2,12}}\((?:[^()\n]|\([^()\n]*\))*\)           # a formula of a spreadsheet
    """,
    re.VERBOSE | re.IGNORECASE,
)


_DATA_LINE = pattern(
    r"""
    ^[ \t]*(?=\S)                                              # no blank is looked at twice
    (?: \|[^\n]*\|                                             # a row of a Markdown table
      | (?=[\[{}\]]|[^\n]*"[ ]?:)                              # JSON: tokens, with brackets or a key among them
        (?: (?: "(?:[^"\\\n]|\\.)*" | [\[\]{}:,] | [0-9.eE+\-]+(?![0-9.eE+\-]) | true | false | null ) [ \t]*(?![ \t]) )+
      | (?:[A-Za-z_][A-Za-z0-9_.]*[ ]?=[ ]?)?
        [A-Za-z_][A-Za-z0-9_.]*\((?=[^\n]*["'])[^\n。！？]*\);?  # a call in a program: print("你好")
    )[ \t]*\r?$
    """,
    re.VERBOSE | re.MULTILINE,
)

# What code quotes is data, whatever it says. Prose has no such signs beside a quotation: a name such as GDP("国内生产总值")
# begins with a capital, and nobody speaks directly behind = or an option.
_STRING = r"""(?:"[^"\n]{0,80}"|'[^'\n]{0,80}')"""
_NAME = r"(?<![A-Za-z0-9_.\-])[A-Za-z_][A-Za-z0-9_.\-]{0,40}"
_CODE = pattern(
    rf"""
      {_NAME}[ ]?[=!]?=[ ]?{_STRING}                                  # an attribute, a comparison: class="标题"
    | {_NAME}\[{_STRING}\]                                            # an element, data["姓名"]
    | (?<![A-Za-z0-9_.])[a-z_][A-Za-z0-9_.]{{0,40}}                   # a call, print("你好")
      \((?=(?:[\ -&*-~]{{0,30}},[ ]?)?["'])(?:[^()\n]|\([^()\n]{{0,80}}\)){{1,200}}\)
    | (?<=[A-Za-z0-9_"'])[ ]--?[A-Za-z][A-Za-z\-]{{0,30}}[ =]{_STRING}  # an option, -m "修复登录"
    | (?<![A-Za-z0-9_])[a-z][a-z0-9_\-]{{1,20}}[ ]{_STRING}           # a command, and where it reads or writes
      (?=[ ](?:>>?|\|\|?|&&|[A-Za-z0-9_.\-]{{0,30}}(?:/|\.[a-z]{{1,4}}(?![A-Za-z0-9]))))
    | (?<![A-Za-z])(?:LIKE|IN|VALUES)[ ]?(?:\((?=[^()\n]{{0,40}}["'])[^()\n]{{1,200}}\)|{_STRING})  # of SQL
    | \{{[ ]?["'][^"'{{}}\n]{{1,40}}["'][ ]?:(?:[^{{}}\n]|\{{[^{{}}\n]{{0,200}}\}}){{1,400}}\}}  # an object of JSON
    | \[{_STRING}(?:,[ ]?(?:{_STRING}|[0-9.]+))+\]                    # a list of it
    """,
    re.VERBOSE,
)

# A row of comma-separated values: short cells without the mark of a sentence, or quoted ones.
_CELL = r'(?:"(?:[^"\n]|"")*"|(?!")[^\n,。，！？；、：“”!?;]{0,30})'
_ROW = pattern(rf"^{_CELL}(?:,{_CELL}){{2,}}(?<!\.)$", re.MULTILINE)
_QUOTED_CELL = pattern(r'(?<![^,\n])"(?:[^"\n]|"")*"(?![^,\n])')
_FIGURE = pattern(r",[ ]?[0-9][0-9.:/%\-]*(?=,|\r?\Z)")
_LEADING_FIGURE = pattern(r"[0-9][0-9.:/%\-]{0,30},")
_THOUSANDS = pattern("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_LONG_CELL = pattern(r"[^,]{9}")


def hide(text: str) -> str:
    """The text with every character of those spans hidden by `HIDDEN`: same length, same offsets.

    >>> hide("见www.example.com,谢谢").replace(HIDDEN, "-")
    '见---------------,谢谢'
    """
    if any(hint in text for hint in _HINTS):
        for spans in (_fences, _inline):
            text = hidden(text, spans(text))
    if any(hint in text for hint in _DATA_HINTS):
        for spans in (_data_lines, _tables):
            text = hidden(text, spans(text))
    # Behind lines that are data as a whole, which would not be whole any more.
    return hidden(text, _code(text)) if any(hint in text for hint in _CODE_HINTS) else text


def hidden(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with `HIDDEN` in place of each character of some spans, which are in order."""
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        pieces += text[position:start], HIDDEN * (end - start)
        position = end
    return "".join([*pieces, text[position:]])


def _inline(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _SPAN.finditer(text))


def _code(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _CODE.finditer(text))


def _data_lines(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _DATA_LINE.finditer(text))


def _tables(text: str) -> Iterator[tuple[int, int]]:
    """Lines of comma-separated values: with as many cells each, all with a figure or all short."""
    for _, group in groupby(_numbered_rows(text), key=itemgetter(0)):
        rows = [row for _, row in group]
        if _is_table([row[0] for row in rows]):
            yield rows[0].start(), rows[-1].end()


def _is_table(rows: list[str]) -> bool:
    if len(rows) > 1 and all(_FIGURE.search(row) for row in rows[1:]):
        return True
    if any(map(_QUOTED_CELL.search, rows)):  # dialogue has short quoted clauses too
        return len(rows) > 1 and all(_FIGURE.search(row) or _LEADING_FIGURE.match(row) for row in rows[1:])
    return len(rows) > 2 and not any(_LONG_CELL.search(row) for row in rows)


def _numbered_rows(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Rows, each with the number of the table it belongs to."""
    table, end, commas = 0, -1, 0
    for row in _ROW.finditer(text):
        count = _THOUSANDS.sub("", _QUOTED_CELL.sub("", row[0])).count(",")
        table += bool(text[max(end, 0) : row.start()].strip()) or count != commas
        end, commas = row.end(), count
        yield table, row


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
