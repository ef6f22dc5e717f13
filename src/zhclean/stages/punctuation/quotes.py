"""Quotation marks within one line: straight ones are curled, and all brought into one style if asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from zhclean.characters import HAN_CLASS, UNIT_CLASS, WIDE_MARK_CLASS
from zhclean.edits import Edit
from zhclean.patterns import pattern

Style = Literal["curl", "“”", "「」", "keep"]

_MARKS = {"curl": "“”‘’", "“”": "“”‘’", "「」": "「」『』"}

_DOUBLE = pattern('["＂“”「」『』]')
# Not an apostrophe (don't, rock'n'roll, '98), nor feet and minutes (6'2", 5'30").
_SINGLE = pattern("(?<![A-Za-z0-9])'(?![0-9]{2}(?![0-9']))|'(?![A-Za-z0-9])")
# Two for one double quote (''绿色''); behind a mark one quotation may end and the next begin.
_DOUBLED = pattern("''(?<![。！？…，!?.,]'')")
_STRAIGHT = "\"＂'"
_STRAIGHT_DOUBLE = pattern('["＂]')
_BEHIND_BACKSLASH = pattern(r"\\[\"'＂]")
_RUN = pattern('"+')
_CLOSING = "”」』"
_IN_CORNERS = "「」『』"

_CORNER = pattern("[「」『』]")
_CURLY = pattern("[“”]|‘[^‘’]*’")
_CURLY_DOUBLE = pattern("[“”]")

_CANNOT_OPEN_BEFORE = pattern(r"[，。、；：！？）》〉」』】”’,;:!?)\]}\s]|\.(?![.0-9])|\Z")
_CANNOT_CLOSE_AFTER = pattern(r"[：（《〈「『【“‘:(\[{\s]")
# What asks for its object in the quotation that follows: 以"四下基层"为抓手.
_ASKS_FOR_OBJECT = pattern(f"(?:[从把]|(?<![所何予可得加难足])以|(?<=所)谓).(?!字)[{HAN_CLASS}]")
_MARK = pattern(r"[，。；：！？…—,;:!?.]")
_COMMA = pattern("[，,]")  # with the end of a sentence in front of the quote it makes no sense
_SAYS = "说說道称稱问問答喊"
_SENTENCE_END = pattern("[。！？…!?.]")
_TERM_END = pattern(f"(?![{_SAYS}])[{HAN_CLASS}]")
_HAN = pattern(f"[{HAN_CLASS}]")
_CHINESE = pattern(f"[{HAN_CLASS}{WIDE_MARK_CLASS}{UNIT_CLASS}]")

_DRAWN = pattern(
    r"(?P<open>〝)[^〝〞〟“”「」\n]{1,500}(?P<close>[〞〟])"
    r"|(?<!`)(?P<tex>``)(?!`)(?:[^`“”「」'\n]|'(?!')){1,500}(?P<end>'')(?!')"
)
_REACH = 300
"""Characters in front of a quotation in which the one around it was opened."""


class _Pair(NamedTuple):
    opened: int
    closed: int
    around: str  # the opening mark of the quotation it stands in


def curl(line: str, style: Style, kept: frozenset[str] = frozenset()) -> Iterator[Edit]:
    """Pairs of straight quotes with Han inside or beside them, if all of the line's quotes pair.

    >>> [edit.new for edit in sorted(curl('他说:"老师讲:"好好学"。"', "curl"))]
    ['“', '‘', '’', '”']
    """
    drawn = list(_drawn(line, style, kept))
    yield from drawn
    if drawn or ('"' not in line and "'" not in line and "＂" not in line):
        return  # straight quotes beside such are read when those are ordinary
    if _are_escaped(line):
        return
    for marks_of in (_DOUBLE,) if _DOUBLED.search(line) else (_DOUBLE, _SINGLE):
        offsets = [match.start() for match in marks_of.finditer(line) if not _is_prime(line, match.start())]
        for pair in _chinese(line, _pairs(line, offsets)):
            marks = _IN_CORNERS if pair.around in ("「", "『") else _MARKS[style]
            level = 2 if pair.around or marks_of is _SINGLE else 0
            yield Edit(pair.opened, pair.opened + 1, marks[level], "straight quote")
            yield Edit(pair.closed, pair.closed + 1, marks[level + 1], "straight quote")
    lone = _lone_closing(line)
    if lone is not None:
        yield Edit(lone, lone + 1, _MARKS[style][1], "straight quote")


def _are_escaped(line: str) -> bool:
    """Whether a quote has its backslash, or each of several is two: of what is still written so, some is no quotation."""
    if "\\" in line and _BEHIND_BACKSLASH.search(line):
        return True
    runs = _RUN.findall(line) if '""' in line else []
    return len(runs) > 1 and not any(len(run) % 2 for run in runs)


def _drawn(line: str, style: Style, kept: frozenset[str]) -> Iterator[Edit]:
    """Pairs of 〝〞 or 〝〟, and of TeX's ``''."""
    if "〝" not in line and "``" not in line:
        return
    for match in _DRAWN.finditer(line):
        pair = _Pair(match.start(), match.end() - 1, "")
        opened, closed = ("open", "close") if match["open"] else ("tex", "end")
        if match[opened] in kept or not any(_chinese(line, [pair])):
            continue
        before = line[max(0, match.start() - _REACH) : match.start()]
        level = 2 if before.rfind("“") > before.rfind("”") else 0
        for mark, new in ((opened, level), (closed, level + 1)):
            yield Edit(*match.span(mark), _MARKS[style][new], "quotation mark of another form")


def _is_prime(line: str, offset: int) -> bool:
    """Seconds, inches and minutes: a quote between two digits (9"58)."""
    return line[offset - 1 : offset].isdigit() and line[offset + 1 : offset + 2].isdigit()


def _pairs(line: str, offsets: Sequence[int]) -> Sequence[_Pair]:
    """Pairs of straight quotes, or nothing: a quote left over, or one that faces the wrong way, puts all in doubt."""
    if not any(line[offset] in _STRAIGHT for offset in offsets):
        return ()
    opened: list[int] = []
    pairs = []
    for offset, outer in zip(offsets, _speech(line, offsets), strict=True):
        if _closes(line, offset, len(opened) > outer):
            mate = opened.pop()
            if (line[mate] in _STRAIGHT) != (line[offset] in _STRAIGHT):
                return ()
            if line[offset] in _STRAIGHT:
                pairs.append(_Pair(mate, offset, line[opened[-1]] if opened else ""))
        elif _opens(line, offset, len(opened) > outer):
            opened.append(offset)
        else:
            return ()
    return () if opened else pairs


def _lone_closing(line: str) -> int | None:
    """The line's only straight quote, where it closes what its only open “ opened: a speech or a term."""
    straight = [match.start() for match in _STRAIGHT_DOUBLE.finditer(line)]
    if len(straight) != 1:
        return None
    (at,) = straight
    opened = line.rfind("“", 0, at)
    is_left = line.count("“", 0, at) == line.count("”", 0, at) + 1 and opened > line.rfind("”", 0, at)
    if not is_left or line.count("“", at) != line.count("”", at):
        return None
    is_term = _MARK.search(line, opened, at) is None and _TERM_END.match(line, at - 1) is not None
    return at if is_term or _SENTENCE_END.match(line, at - 1) else None


def _speech(line: str, offsets: Sequence[int]) -> Sequence[int]:
    """For each quote, how many quotations must stay open around what it opens or closes.

    Speech begins behind a mark and ends behind the end of a sentence; quotes between words are terms in it:
    他说:"要发扬"钉钉子"精神。" Elsewhere such quotes stand side by side.
    """
    around = [0] * len(offsets)
    begun: int | None = None
    for i, offset in enumerate(offsets):
        if begun is not None and _SENTENCE_END.match(line, offset - 1):
            if _are_terms(line, offsets[begun + 1 : i]) and not _COMMA.match(line, offset + 1):
                around[begun + 1 : i] = [1] * (i - begun - 1)
            begun = None
        elif offset == 0 or _MARK.match(line, offset - 1):
            begun = i
    return around


def _are_terms(line: str, offsets: Sequence[int]) -> bool:
    """Whether these quotes may be pairs around words: none stands behind a mark or who says what, no pair holds one."""
    return len(offsets) % 2 == 0 and all(
        end - start > 1
        and line[end - 1] not in _SAYS
        and not _MARK.match(line, start - 1)
        and not _MARK.search(line, start, end)
        for start, end in zip(offsets[::2], offsets[1::2], strict=True)
    )


def _closes(line: str, offset: int, is_open: bool) -> bool:
    if not is_open or line[offset] not in _STRAIGHT:
        return is_open and line[offset] in _CLOSING
    before, after = line[offset - 1], line[offset + 1 : offset + 2]
    # With a space on both sides it is the one that is missing: “甲 ” 乙.
    if before.isspace() and after.isspace():
        return True
    return not _CANNOT_CLOSE_AFTER.match(before) and not _ASKS_FOR_OBJECT.match(line, offset - 1)


def _opens(line: str, offset: int, is_open: bool) -> bool:
    if line[offset] not in _STRAIGHT:
        return line[offset] not in _CLOSING
    after = line[offset + 1 : offset + 2]
    return not _CANNOT_OPEN_BEFORE.match(line, offset + 1) or (not is_open and after.isspace())


def _chinese(line: str, pairs: Sequence[_Pair]) -> Iterator[_Pair]:
    for pair in pairs:
        before, after = line[pair.opened - 1 : pair.opened], line[pair.closed + 1 : pair.closed + 2]
        if before.isdigit() and line[pair.closed - 1].isdigit():
            continue  # two sizes in inches: 32"和42"电视
        if _CHINESE.match(before) or _CHINESE.match(after) or _HAN.search(line, pair.opened, pair.closed):
            yield pair


def is_one_sided(text: str) -> bool:
    """Whether a text has only one of “ and ” and no straight quotes, and that an even number of times a line.

    A quotation over several paragraphs opens in each of them and closes once, so that some line has one alone.
    """
    if ("“" in text) == ("”" in text) or _STRAIGHT_DOUBLE.search(text):
        return False
    mark = "“" if "“" in text else "”"
    return all(line.count(mark) % 2 == 0 for line in text.splitlines())


def one_sided(line: str) -> Iterator[Edit]:
    """Pairs of “ and “, or ” and ”, where the one that faces the wrong way cannot be right as it stands.

    >>> [edit.new for edit in one_sided("这里实行“半幅通行“，货车绕行。")]
    ['”']
    """
    mark = "“" if "“" in line else "”"
    offsets = [match.start() for match in _CURLY_DOUBLE.finditer(line)]
    pairs = [*zip(offsets[::2], offsets[1::2], strict=False)]
    if len(offsets) % 2 or not all(_is_pair(line, *pair, mark) for pair in pairs):
        return
    for opened, closed in pairs:
        at, new = (closed, "”") if mark == "“" else (opened, "“")
        yield Edit(at, at + 1, new, "quotation mark that faces the wrong way")


def _is_pair(line: str, opened: int, closed: int, mark: str) -> bool:
    """Whether two of one mark are a pair: that another word follows “, or goes before ”, no quotation allows."""
    ends = _CANNOT_OPEN_BEFORE.match(line, closed + 1) is not None
    begins = opened == 0 or _CANNOT_CLOSE_AFTER.match(line, opened - 1) is not None
    is_sure = ends if mark == "“" else begins
    return (
        is_sure
        and _HAN.match(line, opened + 1) is not None
        and _HAN.search(line, opened, closed) is not None
        and (_CANNOT_CLOSE_AFTER.match(line, closed - 1) is None)
    )


def restyle(line: str, style: Style) -> Iterator[Edit]:
    """Bring “” and 「」 (inside them ‘’ and 『』) into one style; ’ alone is an apostrophe."""
    wanted = _MARKS[style]
    other = "「」『』" if style == "“”" else "“”‘’"
    new = dict(zip(other, wanted, strict=True))
    for match in (_CORNER if style == "“”" else _CURLY).finditer(line):
        for offset in {match.start(), match.end() - 1}:
            yield Edit(offset, offset + 1, new[line[offset]], f"quotes written {style}")
