"""What a scraper leaves of HTML: tags, comments and entities, in text that is not HTML any more."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from html.entities import html5, name2codepoint

from zhclean.edits import Edit, Span
from zhclean.markup.mentions import is_between_han, is_mentioned_entity, is_mentioned_tag, speaks_of_markup
from zhclean.patterns import pattern

CODE = pattern(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
"""Fenced and inline code of Markdown."""

_TAG = pattern(
    r"<(?P<closing>/?)(?P<name>[a-z][a-z0-9]{0,9}(?::[a-z][a-z0-9]{0,20})?)(?P<attributes>\s[^<>]{0,2000})?\s?/?>"
    r"|<!doctype\b[^<>]*>|<\?xml\b[^<>]*>",
    re.IGNORECASE,
)
_HIDDEN = {
    "HTML comment": (pattern("<!--.*?-->", re.DOTALL), pattern("-->")),
    "HTML element <script>": (
        pattern(r"<script\b[^<>]*>.*?</script\s*>", re.DOTALL | re.IGNORECASE),
        pattern(r"</script\s*>", re.IGNORECASE),
    ),
    "HTML element <style>": (
        pattern(r"<style\b[^<>]*>.*?</style\s*>", re.DOTALL | re.IGNORECASE),
        pattern(r"</style\s*>", re.IGNORECASE),
    ),
}
"""What no reader is shown, with what ends it: nothing is searched for behind the last end."""

_CDATA = pattern(r"(?<![^\s>])<!\[CDATA\[(?P<text>.*?)\]\]>", re.DOTALL)
_CDATA_END = pattern(r"\]\]>")

_ATTRIBUTES = pattern(r"""(?:\s+[\w:@.-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=]+)))*\s*/?\s*""")

_RAISED = pattern(r"<sup>([-+]?[0-9]{1,3})</sup>", re.IGNORECASE)
_SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")

_ENTITY = pattern(
    r"""
    &(?:amp;)*                         # escaped once, twice, …
    (?: \#(?P<decimal>[0-9]{1,7})[;；] # a width conversion may have widened the semicolon
      | \#[xX](?P<hex>[0-9a-fA-F]{1,6})[;；]
      | (?P<name>[A-Za-z][A-Za-z0-9]{1,30})[;；]
      | (?P<bare>nbsp|ldquo|rdquo|lsquo|rsquo|mdash|hellip|middot)(?![A-Za-z=;；])
      | \#(?P<open>[0-9]{4,5})(?=[^\x00-\x7f])
    )
    """,
    re.VERBOSE,
)
_MISTAKEN_ENTITY = pattern(r"(?<=[A-Za-z0-9])&[A-Z][A-Z0-9]*(;)(?![\x21-\x7e])")
_URL_BEFORE = pattern(r"(?:://|www\.)[!-~]*\Z")
_PARAMETER = pattern(r"[A-Za-z_][A-Za-z0-9_.-]{0,40}=")

_PARAGRAPH = pattern(
    r"p|div|section|article|header|footer|main|nav|aside|figure|figcaption|blockquote|center|pre|address|form"
    r"|h[1-6r]|[uod]l|li|d[td]|table|thead|tbody|tfoot|tr|caption|html|head|body|title"
)
_INLINE = pattern(
    r"[abiuso]|em|strong|span|font|big|small|su[bp]|strike|del|ins|mark|cite|abbr|code|label|video|audio|iframe"
    r"|object|button|tt|nobr|time|svg|path"
)
_CELL = pattern("t[dh]")
_OFFICE = pattern("(?:[ovwm]|st1):.*")  # what Word exports
_EMPTY = pattern("br|hr|img|wbr|input|meta|link|source|embed|param")
_NAMES = pattern("|".join(names.pattern for names in (_PARAGRAPH, _INLINE, _CELL, _OFFICE, _EMPTY)))


def code_spans(text: str) -> list[Span]:
    """Spans of Markdown code, which stay as they are; sorted."""
    return [Span(*match.span()) for match in CODE.finditer(text)] if "`" in text else []


def inside(spans: list[Span], offset: int) -> bool:
    """Whether `offset` lies in one of the sorted `spans`."""
    i = bisect_right(spans, (offset, len(spans) and spans[-1].end)) - 1
    return i >= 0 and offset < spans[i].end


def cdata_edits(text: str) -> Iterator[Edit]:
    """Take text out of what XML wraps it in, as feeds have it.

    >>> [edit.new for edit in cdata_edits("<![CDATA[大桥今日通车。]]>")]
    ['', '']
    """
    if "<![CDATA[" not in text:
        return
    code = code_spans(text)
    last = max((match.end() for match in _CDATA_END.finditer(text)), default=0)
    for match in _CDATA.finditer(text, 0, last):
        if not inside(code, match.start()):
            yield Edit(match.start(), match.start("text"), "", "CDATA section")
            yield Edit(match.end("text"), match.end(), "", "CDATA section")


def hidden_edits(text: str) -> Iterator[Edit]:
    """Remove comments, scripts and style sheets."""
    if "<" not in text:
        return
    code = code_spans(text)
    position = 0
    for start, end, reason in sorted(_hidden_spans(text)):
        if start >= position and not inside(code, start):
            yield Edit(start, end, "", reason)
            position = end


def _hidden_spans(text: str) -> Iterator[tuple[int, int, str]]:
    for reason, (element, end) in _HIDDEN.items():
        last = max((match.end() for match in end.finditer(text)), default=0)
        for match in element.finditer(text, 0, last):
            yield (*match.span(), reason)


def raised_edits(text: str) -> Iterator[Edit]:
    """Raised numbers become superscripts: without the tag 10³ would be 103.

    >>> [edit.new for edit in raised_edits("10<sup>3</sup>")]
    ['³']
    """
    if "<" not in text:
        return
    code = code_spans(text)
    for match in _RAISED.finditer(text):
        if not inside(code, match.start()):
            yield Edit(*match.span(), match[1].translate(_SUPERSCRIPTS), "HTML tag <sup>")


def tag_edits(text: str, line_break: str, paragraph_break: str) -> Iterator[Edit]:
    """Remove tags; one that ends a line or a paragraph leaves a break where there is none yet."""
    code = code_spans(text)
    closed = {m["name"].lower() for m in _TAG.finditer(text) if m["closing"]}
    tags = [m for m in _TAG.finditer(text) if _is_markup(m, closed) and not inside(code, m.start())]
    tags = _not_spoken_of(text, tags, closed)
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    for run in _runs(tags, text):
        start, end = run[0].start(), run[-1].end()
        at_break = start <= first or end >= last or not {"\n", "\r"}.isdisjoint(text[start - 1 : end + 1])
        left = "" if at_break else _break_left(run, line_break, paragraph_break)
        for tag in run:
            yield Edit(*tag.span(), left, _tag_reason(tag))
            left = ""


def _is_markup(tag: re.Match[str], closed: set[str]) -> bool:
    name = (tag["name"] or "").lower()
    if not name:
        return True
    if not _NAMES.fullmatch(name) or not _ATTRIBUTES.fullmatch(tag["attributes"] or ""):
        return False
    # A word in angle brackets is a tag only if it behaves like one: <Time>周刊 and List<A> are not.
    return bool(
        tag["closing"] or tag["attributes"] or name in closed or name == "p" or _EMPTY.fullmatch(name)
    )


def _not_spoken_of(text: str, tags: list[re.Match[str]], closed: set[str]) -> list[re.Match[str]]:
    """Those tags that are left over; an unpaired <p> amid a clause is none, unless others begin paragraphs."""
    left = [tag for tag in tags if not _is_spoken_of(tag, closed)]
    starts = [tag.span() for tag in left if tag[0].lower() == "<p>"]
    if "p" not in closed and all(is_between_han(text, *span) for span in starts):
        return [tag for tag in left if tag[0].lower() != "<p>"]
    return left


def _is_spoken_of(tag: re.Match[str], closed: set[str]) -> bool:
    name = (tag["name"] or "").lower()
    if not name or tag["attributes"]:
        return False
    in_line = _INLINE.fullmatch(name) is not None
    return is_mentioned_tag(tag.string, *tag.span(), in_line=in_line, unpaired=name not in closed)


def _runs(tags: list[re.Match[str]], text: str) -> Iterator[list[re.Match[str]]]:
    """Tags with nothing but white space between them."""
    run: list[re.Match[str]] = []
    for tag in tags:
        if run and text[run[-1].end() : tag.start()].strip():
            yield run
            run = []
        run.append(tag)
    if run:
        yield run


def _break_left(run: list[re.Match[str]], line_break: str, paragraph_break: str) -> str:
    names = [(tag["name"] or "").lower() for tag in run]
    if names.count("br") > 1:
        # Where single ones end lines, two of them must not look the same.
        return paragraph_break if paragraph_break != line_break else line_break * 2
    if any(map(_PARAGRAPH.fullmatch, names)):
        return paragraph_break
    return line_break if "br" in names else "\t" if any(map(_CELL.fullmatch, names)) else ""


def _tag_reason(tag: re.Match[str]) -> str:
    return f"HTML tag <{tag['closing']}{tag['name'].lower()}>" if tag["name"] else "HTML declaration"


def entity_edits(text: str) -> Iterator[Edit]:
    """Put the character where its entity stands; entities that touch make one edit."""
    if "&" not in text:
        return
    code = code_spans(text)
    for match in _ENTITY.finditer(text):
        new = _decoded(match)
        # There & joins the parts of a query, and the next may begin like an entity without its semicolon.
        before_digit = text[match.end() : match.end() + 1].isdigit()
        is_doubtful = (
            (new == "&" and not _joins_parameters(text, match))
            or match["open"]
            or (match["bare"] and before_digit)
        )
        in_url = is_doubtful and _URL_BEFORE.search(text, max(0, match.start() - 300), match.start())
        if new is None or in_url or inside(code, match.start()):
            continue
        if not is_mentioned_entity(text, *match.span(), new):
            yield Edit(*match.span(), new, f"HTML entity {match[0][:40]}")
    for match in _MISTAKEN_ENTITY.finditer(text):
        if match[0][1:] not in html5:
            yield Edit(*match.span(1), "", "semicolon a parser added to what it took for an entity", 0.9)


def _joins_parameters(text: str, entity: re.Match[str]) -> bool:
    """Whether the next part of a query follows, b=2, in a sentence that does not speak of HTML."""
    return _PARAMETER.match(text, entity.end()) is not None and not speaks_of_markup(text, *entity.span())


def _decoded(entity: re.Match[str]) -> str | None:
    """The characters of an entity; None if there is no such entity."""
    decimal = entity["decimal"] or entity["open"]
    if decimal or entity["hex"]:
        code = int(decimal) if decimal else int(entity["hex"], 16)
        if code == 0 or 0xD800 <= code <= 0xDFFF:
            return chr(code)  # half of a pair, which becomes whole beside its other half
        return html.unescape(f"&#{code};") if code <= 0x10FFFF else None
    name = entity["name"] or entity["bare"]
    # The one- and two-letter names HTML 5 added (&in; &pr;) are likelier text than entities.
    known = name in name2codepoint or (len(name) > 2 and f"{name};" in html5)
    return html.unescape(f"&{name};") if known else None
