r"""Characters written as in the source of a program (``\n``, ``\u4e2d``): a field of JSON that was never unescaped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import chain

from zhclean.characters import CP1252, HAN_CLASS, WIDE_MARK_CLASS
from zhclean.edits import Edit
from zhclean.markup import code_spans, entity_edits, inside
from zhclean.markup.mentions import is_mentioned_entity
from zhclean.patterns import pattern

_NUMBERED = pattern(r"(?<!\\)(?:\\u[0-9a-fA-F]{4})+")
_CHINESE = pattern(f"[{HAN_CLASS}{WIDE_MARK_CLASS}\u3000“”]")
_SURROGATE = pattern(r"[\ud800-\udfff]")  # half of a pair
_BEYOND_LATIN_1 = pattern("[^\x00-\xa6\xa8-\xb6\xb8-\xff\ue000-\uf8ff]+")
"""And § and ·; a number below is as likely a byte."""
LEAST_ESCAPES, MOSTLY = 4, 0.7
"""Runs of escapes, and the share of them in which there is Chinese, that show that a program wrote all."""

_CAN_END_A_LINE = r"(?:(?<![\\A-Za-z])(?<![A-Za-z]:)|(?<=\\n)|(?<=\\u[0-9a-fA-F]{4}))"  # not that of D:\news
_LINE_END = pattern(rf"{_CAN_END_A_LINE}(?:\\r)?\\n")
# GDP\n市民 is one too where no path is; \neq and \nabla are LaTeX.
_LINE_END_WITHOUT_PATHS = pattern(
    rf"(?:{_CAN_END_A_LINE}|(?<=[A-Za-z])(?=(?:\\r)?\\n(?:(?![a-z])|https?://|www\.)))(?:\\r)?\\n"
)
_NO_MENTION = r"(?![A-Za-z、和或与與即是为為等表代匹换換])"
_BETWEEN_CHINESE = pattern(rf"[{HAN_CLASS}{WIDE_MARK_CLASS}”](?:\\r)?\\n{_NO_MENTION}")
LEAST = 2
"""Line ends that must follow Chinese: a text that speaks of an escape names it once."""

_ESCAPE_OR_QUOTE = pattern(r"\\(?:u[0-9a-fA-F]{4}|.)|\"", re.DOTALL)
_OF_JSON = pattern(r"\\(?:u.{4}|[\"\\/nrt])", re.DOTALL)
"""Without \\b and \\f, which no text has: \\beta and \\frac are LaTeX."""
_ESCAPED_MARK = pattern(r"(?<!\\)\\([\"/])")
_SIGN_OF_JSON = pattern(
    rf"""
      [。！？!?…](?:[”’」』）)]|\\")?(?:\\r)?\\n{_NO_MENTION}[{HAN_CLASS}“「『\\]  # where a sentence ends
    | :\\/\\/                                                                      # in an address
    | (?: (?<=[{HAN_CLASS}{WIDE_MARK_CLASS},:.!?]) | ^ ) \\"(?:[^"\\]|\\u[0-9a-fA-F]{{4}}){{1,200}}\\"
    | \\u003[cC]/?[a-z][a-z0-9]{{0,9}}[^\\\n]{{0,80}}\\u003[eE]                         # a tag
    | \\u(?:[4-9][0-9a-fA-F]|ff|30)[0-9a-fA-F]{{2}}                               # a Han or a Chinese mark
    """,
    re.VERBOSE,
)
_ESCAPED_QUOTATION = pattern(
    rf"""
      \\"(?=[^"\\\n]{{0,200}}[{HAN_CLASS}])[^"\\\n]{{1,200}}\\"
    | (?<=[{HAN_CLASS}{WIDE_MARK_CLASS}])\\"[^"\\\n]{{1,200}}\\"
    | \\"[^"\\\n]{{1,200}}\\"(?=[{HAN_CLASS}{WIDE_MARK_CLASS}])
    """,
    re.VERBOSE,
)
_BARE_SLASH = pattern(r"(?<!\\)/")
_PATH = pattern(r"(?<![A-Za-z])[A-Za-z]:\\(?![\\/\"u])")  # of Windows; in JSON it has two backslashes
_SPEAKS_OF_THEM = pattern(
    "换行|換行|转义|轉義|跳脫|反斜|正则|正則|制表|定位符|字符串|字串|JSON|LaTeX", re.IGNORECASE
)
_SPEAKS_OF_QUOTES = pattern("引[号號]|(?<!包)括[起住上号號]|[为為][空零]|空[值串格]|赋值|CSV")

_QUOTES = pattern('"+')
_DOUBLED_QUOTATION = pattern(
    rf"""
    (?: (?P<behind_mark> ^ | (?<=[{WIDE_MARK_CLASS},:"]) ) | (?<=[{HAN_CLASS}]) )
    ""(?P<quoted>(?!(?:或者?|和|与|與|以?及|跟)")[{HAN_CLASS}A-Za-z0-9“《][^"\n]{{0,200}})""
    (?= $ | [{HAN_CLASS}{WIDE_MARK_CLASS},.!?"] )
    """,
    re.VERBOSE | re.MULTILINE,
)
_CLAUSE = pattern("[，。；：！？,;!?]")


_BYTE = (
    r"(?:&\#(?:1[2-9][0-9]|2[0-5][0-9]|[xX][89a-fA-F][0-9a-fA-F]);|&[A-Za-z]{3,6}(?:[0-9]{2})?;"
    r"|\\u00[89a-fA-F][0-9a-fA-F])"
)
_BYTES = pattern(f"{_BYTE}(?:{_BYTE}|[\x80-\xff])|[\xc2-\xf4]{_BYTE}")
"""Two of them, one of which is escaped; a single é is that of Café."""
_LATIN = pattern(f"[\x80-\xff{''.join(CP1252.values())}]+")


def byte_edits(text: str) -> Iterator[Edit]:
    r"""Characters in place of their escapes, where these may be bytes that were taken for Latin-1.

    >>> [edit.new for edit in byte_edits(r"&#230;&#188;&#162; \u00e5\u00ad\u0097 &#27721;")]
    ['æ', '¼', '¢', 'å\xad\x97']
    """
    if ("&" not in text and "\\" not in text) or _BYTES.search(text) is None:
        return
    code = code_spans(text)
    numbered = (match for match in _NUMBERED.finditer(text) if not inside(code, match.start()))
    escaped = chain(entity_edits(text), (Edit(*match.span(), _read(match), "") for match in numbered))
    for edit in escaped:
        if _LATIN.fullmatch(edit.new):
            yield edit._replace(reason="escaped characters")


def _read(numbered: re.Match[str]) -> str:
    return str(json.loads(f'"{numbered[0]}"'))


def escape_edits(text: str) -> Iterator[Edit]:
    r"""Line ends and Chinese characters in place of their escapes; all others too in what was a string of JSON.

    ``\n`` is one only in a text without any other line end, which shows that all of it was escaped.

    >>> [edit.new for edit in escape_edits("\\u65b0\\u95fb：大桥今日通车。\\n市民前往参观。\\n交通顺畅。")]
    ['新闻', '\n', '\n']
    >>> [edit.new for edit in escape_edits('他说：\\"大桥今日通车。\\"')]
    ['"', '"']
    """
    if "\\" not in text:
        return
    code = code_spans(text)
    is_json = _is_json(text)
    are_chinese = not is_json and _are_chinese(text)
    for match in _NUMBERED.finditer(text):
        written = _read(match)
        is_read = is_json or _CHINESE.search(written) or (are_chinese and _BEYOND_LATIN_1.fullmatch(written))
        if not is_read or _SURROGATE.search(written):
            continue
        if not inside(code, match.start()) and not is_mentioned_entity(text, *match.span(), written):
            yield Edit(*match.span(), written, "escaped characters")
    if is_json or _has_escaped_line_ends(text):
        line_end = _LINE_END if _PATH.search(text) else _LINE_END_WITHOUT_PATHS
        for match in line_end.finditer(text):
            if not inside(code, match.start()):
                yield Edit(*match.span(), "\n", "escaped line end")
    marks = '"/' if is_json else _always_escaped(text)
    for match in _ESCAPED_MARK.finditer(text) if marks else ():
        if match[1] in marks and not inside(code, match.start()):
            yield Edit(*match.span(), match[1], "escaped characters")


def _are_chinese(text: str) -> bool:
    r"""Whether most escapes of a text are of Chinese: then a program wrote the others as well, as in ``22\u223625``."""
    found = [_CHINESE.search(_read(match)) is not None for match in _NUMBERED.finditer(text)]
    is_program = len(found) >= LEAST_ESCAPES and sum(found) >= MOSTLY * len(found)
    return is_program and _SPEAKS_OF_THEM.search(text) is None


def _has_escaped_line_ends(text: str) -> bool:
    is_one_line = "\n" not in text.strip() and _PATH.search(text) is None
    return is_one_line and len(_BETWEEN_CHINESE.findall(text)) >= LEAST


def _is_json(text: str) -> bool:
    """Whether a text is what stands in a string of JSON: every backslash is of an escape, every quote has one."""
    return "\n" not in text.strip() and _SIGN_OF_JSON.search(text) is not None and _is_escaped(text)


def _is_escaped(text: str) -> bool:
    if _SPEAKS_OF_THEM.search(text):
        return False
    return all(_OF_JSON.fullmatch(found[0]) for found in _ESCAPE_OR_QUOTE.finditer(text))


def _always_escaped(text: str) -> str:
    """Which of the marks " and / stand behind a backslash wherever a text has them, if it quotes Chinese in this way.

    Then the text was a string whose line ends alone were read.
    """
    if _ESCAPED_QUOTATION.search(text) is None or not _is_escaped(text):
        return ""
    return '"' if _BARE_SLASH.search(text) else '"/'


def doubled_quote_edits(text: str) -> Iterator[Edit]:
    """One quote in place of two, as a field of CSV has them, if all of a text are doubled and most surely quote something.

    >>> [edit.start for edit in doubled_quote_edits('桥名叫""听澜桥""，昨日通车。')]
    [3, 8]
    """
    runs = [*_QUOTES.finditer(text)] if '""' in text else []
    if not all(len(match[0]) in (2, 4) for match in runs) or _speaks_of_strings(text):
        return
    quotations = sum(map(_is_quotation, _DOUBLED_QUOTATION.finditer(text)))
    code = code_spans(text)
    if 8 * quotations < text.count('"') or any(inside(code, match.start()) for match in runs):
        return
    for match in runs:
        yield from (Edit(at, at + 1, "", "doubled quote") for at in range(match.start(), match.end(), 2))


def _is_quotation(doubled: re.Match[str]) -> bool:
    """Whether what stands between is no part of the sentence around it: 用""括起，写成"" has two empty quotations."""
    return doubled["behind_mark"] is not None or _CLAUSE.search(doubled["quoted"]) is None


def _speaks_of_strings(text: str) -> bool:
    return bool(_SPEAKS_OF_THEM.search(text) or _SPEAKS_OF_QUOTES.search(text))
