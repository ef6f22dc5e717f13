"""Text whose bytes were read in the wrong encoding: how each misreading looks, and how to undo it.

Every function takes one line and yields what it could repair, and whether that is sure by itself. What is
not is right only where the same misreading is sure all around, and what is likely where it is sure elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from zhclean.characters import (
    COMMON,
    CP1252,
    FREQUENT_HAN,
    FREQUENT_MARKS,
    FULLWIDTH_TO_ASCII,
    GB2312_SIGNS,
    HAN_CLASS,
    WIDE_MARK_CLASS,
)
from zhclean.encoding.double_byte import BIG5, GB18030, REPLACEMENT, DoubleByte
from zhclean.encoding.likeliest_bytes import partly_utf_8, without_soft_hyphens
from zhclean.encoding.lost_bytes import restored
from zhclean.encoding.pairing import read_around_losses
from zhclean.patterns import character_class, pattern

_READABLE = COMMON | GB2312_SIGNS


class Repair(NamedTuple):
    """Replace ``line[start:end]`` with `new`."""

    start: int
    end: int
    new: str
    reason: str
    confidence: float
    sure: bool
    likely: bool = False
    """Whether it is right in a text of which other lines were surely misread in this way."""


class Grade(NamedTuple):
    """What speaks for a text being Chinese."""

    common: float
    """Share of common characters among those beyond ASCII."""
    frequent: float
    """Share of frequent ones among the Han, the marks and the full-width letters and digits."""
    han: int
    """How many different Han."""
    different: int
    """How many different characters beyond ASCII."""


_HAN = pattern(f"[{HAN_CLASS}]")
_ASCII = pattern("[\x00-\x7f]+")
_FREQUENT = FREQUENT_HAN | FREQUENT_MARKS | {chr(code) for code in FULLWIDTH_TO_ASCII if chr(code).isalnum()}


@lru_cache(2)  # one misreading after the other asks about the same line
def grade(text: str) -> Grade:
    beyond = _ASCII.sub("", text)
    common = sum(map(COMMON.__contains__, beyond))
    frequent = sum(map(_FREQUENT.__contains__, beyond))
    size = max(1, len(beyond))
    return Grade(common / size, frequent / size, len(set(_HAN.findall(text))), len(set(beyond)))


# --- Read as Latin-1 or Windows-1252 ------------------------------------------------------------------

_SLOPPY = {ord(ch): byte for byte, ch in CP1252.items()}
"""Both in one: the bytes 80 to 9F may show as controls or as the marks of Windows-1252."""

_SPECIALS = "".join(ch for ch in CP1252.values() if ch > "\xff")
_TYPOGRAPHY = "‘’“”•–—…"
"""Specials that stand in correct text beside any letter."""

_TRAIL = f"[\x80-\xbf{_SPECIALS}]"
_PLAIN_SPACE = f"[à-ï](?:{_TRAIL} | {_TRAIL})"
"""A sequence whose no-break space somebody took for a space, as in 加, or that lost a byte in front of a real one."""
_WITH_PLAIN_SPACE = pattern(_PLAIN_SPACE)
_LACKS_TRAIL = pattern(rf"[ã-éï]{_TRAIL}?(?! |{_TRAIL}|\Z)")
"""What no sequence of a Han is: its decoder left out the bytes it did not know."""
_SEQUENCE = f"(?:[Â-ß]{_TRAIL}|[à-ï]{_TRAIL}{{2}}|[ð-ô]{_TRAIL}{{3}})"
_UTF_8_AS_LATIN = pattern(f"{_SEQUENCE}(?:[\t -~]*{_SEQUENCE})*")
_UNTYPOGRAPHIC = "".join(sorted(set(_SPECIALS) - set(_TYPOGRAPHY)))
_STRANGE_TRAIL = pattern(f"[\x80-\x9f¢-¦¨ª¬\xad¯´¶¸¹º¼¾{_UNTYPOGRAPHIC}]")
_LATIN = pattern(f"[\t -\xff{_UNTYPOGRAPHIC}]+")
_LEAD = pattern("[¡-ÿ]{2}|[Â-ô]")
_LATIN_TEXT = pattern(f"[\t -\xff{_SPECIALS}]+")
_ASCII_OR_TYPOGRAPHY = pattern(f"[\x00-\x7f{_TYPOGRAPHY}]+")
_ASCII_AND_TYPOGRAPHY = "".join(map(chr, range(0x80))) + _TYPOGRAPHY
_UNNATURAL = pattern("[À-ÿ][¡-ª¬-º¼-¿]|[¢-ª¬-¾][À-ÿ]|£[¡-¿]|[\x80-\x9f]")
"""What no European orthography puts side by side."""

_FRAGMENT_TRAIL = "".join(sorted({*map(chr, range(0x80, 0xC0)), *_SPECIALS} - {*"‘’“”"}))
FRAGMENTS = pattern(
    rf"[ã-éï](?:(?<=[{HAN_CLASS}{WIDE_MARK_CLASS}].)|(?<![^\n].))[{_FRAGMENT_TRAIL}](?:[ã-éï][{_FRAGMENT_TRAIL}])*"
    rf"(?= ?[{HAN_CLASS}{WIDE_MARK_CLASS}]|$)",
    re.MULTILINE,
)
"""What is left of characters amid Chinese whose UTF-8 lost a byte when it was read as Latin-1: é™ for 限."""

_MADE_WITH_SPACE = COMMON | {*_SPECIALS}
"""What a space may be a byte of; the marks of Windows-1252 are such bytes themselves, where a text was misread twice."""

MIN_COVERED = 0.75
"""Share of the characters beyond ASCII that must be whole sequences of UTF-8."""

MAX_LAYERS = 4
"""How often a text may have been misread; more was never seen."""


LEAST_WITHOUT_HYPHENS, LEAST_STRANGE = 24, 1
"""Bytes from which on one knows what was lost, and strange characters that show that something was."""
_LETTER_AMID = pattern(f"(?<=[{HAN_CLASS}])[@-~](?=[{HAN_CLASS}]|$)")


def to_bytes(text: str) -> bytes:
    """The bytes of text misread as Latin-1 or Windows-1252, or as a mixture of both."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.translate(_SLOPPY).encode("latin-1")


def utf_8_as_latin(line: str) -> Iterator[Repair]:
    """ä¸­å›½ for 中国, also misread several times over."""
    if not _LEAD.search(line):
        return
    for run in _LATIN_TEXT.finditer(line):
        misread = _with_no_break_spaces(run[0])
        matches = list(_UTF_8_AS_LATIN.finditer(misread))
        # In GBK read as Latin-1 every third character looks like UTF-8.
        covered = "".join(match[0] for match in matches)
        if _count_high(covered) < MIN_COVERED * _count_high(misread):
            continue
        for match in matches:
            text = _peel(match[0])
            if text is None:
                continue
            found = grade(text)
            strange = len(_STRANGE_TRAIL.findall(match[0]))
            is_strange = strange >= max(2, 0.2 * _count_high(match[0]))
            sure = is_strange and found.han > 0 and found.common >= 0.8
            confidence = 0.99 if found.han > 1 else 0.9
            likely = found.han > 0 and found.common == 1.0
            start, end = run.start() + match.start(), run.start() + match.end()
            yield Repair(start, end, text, "UTF-8 read as Latin-1", confidence, sure, likely)


def _count_high(text: str) -> int:
    return len(_ASCII_OR_TYPOGRAPHY.sub("", text))


def _count_ascii(text: str) -> int:
    return sum(map(len, _ASCII.findall(text)))


def _peel(text: str) -> str | None:
    """Undo as many misreadings of UTF-8 as there are; None where there is none."""
    result = None
    for _ in range(MAX_LAYERS):
        try:
            text = to_bytes(_with_no_break_spaces(text)).decode("utf-8")
        except UnicodeError:
            break
        result = text
        if not _UTF_8_AS_LATIN.search(text):
            break
    return result


def _with_no_break_spaces(misread: str) -> str:
    """Spaces as the bytes they were, where these make a usual character; none where the decoder left out bytes.

    There the space behind what is left of 条 is a real one, and 桠 would be made of both.
    """
    if " " not in misread or _LACKS_TRAIL.search(misread):
        return misread
    return _WITH_PLAIN_SPACE.sub(_no_break, misread)


def _no_break(match: re.Match[str]) -> str:
    sequence = match[0].replace(" ", "\xa0")
    is_amid = match[0][1] == " "  # no decoder leaves out what stands in front of it
    return (
        sequence if is_amid or to_bytes(sequence).decode("utf-8", "replace") in _MADE_WITH_SPACE else match[0]
    )


def double_byte_as_latin(line: str) -> Iterator[Repair]:
    """ÖÐ¹ú for 中国."""
    if not _LEAD.search(line):
        return
    for run in _LATIN_TEXT.finditer(line):
        spans = (run.span(), _within_typography(line, *run.span()))
        sure = [
            repair for span in dict.fromkeys(spans) if (repair := _double_byte(line, *span)) and repair.sure
        ]
        if len(sure) > 1:
            yield max(sure, key=lambda repair: (repair.confidence, *grade(repair.new)[:2]))
        elif sure:
            yield sure[0]
        else:  # quotation marks may be real ones
            pieces = (_double_byte(line, *piece.span()) for piece in _LATIN.finditer(line, *run.span()))
            yield from (piece for piece in pieces if piece)


def double_byte_as_latin_twice(line: str) -> Iterator[Repair]:
    """Ã”Ã‚ for 月: GBK read as Latin-1, of which UTF-8 was written that was read as Latin-1 again.

    A run is taken as a whole: within GBK there are pairs of bytes that happen to be UTF-8 and are none.
    """
    if not _UTF_8_AS_LATIN.search(line):
        return
    for run in _LATIN_TEXT.finditer(line):
        for start, end in dict.fromkeys((run.span(), _within_typography(line, *run.span()))):
            if repair := _chained(line[start:end]):
                yield repair._replace(start=start, end=end)
                break


def _chained(run: str) -> Repair | None:
    text = run
    for _ in range(MAX_LAYERS - 1):
        try:
            text = to_bytes(text).decode("utf-8")
        except UnicodeError:
            break
        if _LATIN_TEXT.fullmatch(text) and (repair := _double_byte(text, 0, len(text))):
            return repair._replace(reason=f"UTF-8 read as Latin-1; {repair.reason}")
    return None


def _within_typography(line: str, start: int, end: int) -> tuple[int, int]:
    """A quotation mark or dash in front of misread text or behind it may be a correct one, and no byte of it."""
    run = line[start:end]
    first = len(run) - len(run.lstrip(_ASCII_AND_TYPOGRAPHY))
    last = len(run.rstrip(_ASCII_AND_TYPOGRAPHY))
    has_marks = not {*_TYPOGRAPHY}.isdisjoint(run[:first] + run[last:])
    return (start + first, start + last) if has_marks else (start, end)


def _double_byte(line: str, start: int, end: int) -> Repair | None:
    misread = line[start:end]
    high = _count_high(misread)
    if high < 2:
        return None
    raw = to_bytes(misread)
    text, codec = max(
        ((c.greedy(raw), c) for c in (GB18030, BIG5)), key=lambda reading: reading[1].weight(reading[0])
    )
    found, lost = grade(text), 0
    again = _with_soft_hyphens(misread, raw, text, codec)
    if again:
        text, found = again, grade(again)
    elif REPLACEMENT in text and found.common >= 0.3 and (found.han >= 3 or high < 20):
        text, lost = codec.read(raw)
        found = grade(text)
    if found.common < 0.5 if found.han else not _READABLE.issuperset(_ASCII.sub("", text)):
        return None
    sure = (
        high >= 4
        and (found.han >= 3 or (found.common == 1.0 and found.different >= 6))  # a name before figures
        and found.common >= 0.85
        and found.frequent >= 0.4
        and lost <= 0.05 * high
        and len(_UNNATURAL.findall(misread)) >= 2
    )
    reason = (
        f"{'GBK' if codec is GB18030 else 'Big5'} read as Latin-1"
        + "; its soft hyphens were lost" * bool(again)
    )
    likely = high >= 4 and found.han > 1 and found.common == 1.0 and _UNNATURAL.search(misread) is not None
    return Repair(start, end, text, reason, 0.98 if sure and not again else 0.9, sure, likely)


def _with_soft_hyphens(misread: str, raw: bytes, text: str, codec: DoubleByte) -> str | None:
    """The text of bytes whose soft hyphens were removed, if more of it is common and fewer letters stand amid Han."""
    if "\xad" in misread or len(raw) < LEAST_WITHOUT_HYPHENS:
        return None
    strange = _strange(text)
    again = without_soft_hyphens(raw, codec.codec) if strange >= LEAST_STRANGE else None
    return again if again and _strange(again) <= strange / 2 and grade(again).common > 0.95 else None


def _strange(text: str) -> int:
    """Characters that are not common, and letters between two Han."""
    beyond = _ASCII.sub("", text)
    return len(beyond) - sum(map(COMMON.__contains__, beyond)) + len(_LETTER_AMID.findall(text))


_TELLTALE = pattern(
    rf"""
      Ã[\x80-\xbf{_UNTYPOGRAPHIC}]                             # accented letters; not IRMÃ”
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
    for match in _LATIN_TEXT.finditer(line):
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


# --- GBK read as UTF-8 --------------------------------------------------------------------------------

_PARTLY_UTF_8 = pattern("[\x80-\xff][\u0100-\u07ff]|[\u0100-\u07ff\ua000-\udfff][\x80-\xff]")
"""What stands side by side there: a byte by itself, and two or three that happen to be a character."""


def gbk_as_utf_8(line: str) -> Iterator[Repair]:
    """ÊܳÖÐø for 受持续: GBK read as UTF-8 where its bytes happen to be that, and as Latin-1 elsewhere."""
    if not _PARTLY_UTF_8.search(line) or _LATIN_TEXT.fullmatch(line):
        return
    for misread in dict.fromkeys((line, line.translate(_SLOPPY))):
        text = partly_utf_8(misread)
        if text is None:
            continue
        found = grade(text)
        if found.han >= 3 and found.common >= 0.9 and found.frequent >= MIN_FREQUENT:
            yield Repair(0, len(line), text, "GBK read as UTF-8 and Latin-1", 0.95, True)
            return


# --- UTF-8 read as GBK or Big5 ------------------------------------------------------------------------

_T = rb"[\x80-\xbf]"
_WHOLE = rb"[\xc2-\xdf]%b|[\xe0-\xef]%b{2}|[\xf0-\xf4]%b{3}" % (_T, _T, _T)
_HURT = rb"[\xe0-\xef]%b?[\xff?]+%b?" % (_T, _T)
# At the edge of misread text two bytes are a correct Han and no letter: 第 is the UTF-8 of Cyrillic һ. Of the
# no-break space they are, for it stands where an indent does.
_EDGE = rb"(?:[\xe0-\xef]%b{2}|[\xf0-\xf4]%b{3}|%b|\xc2\xa0)" % (_T, _T, _HURT)
_START = re.compile(_EDGE)
_PART_OF_REGION = re.compile(
    rb"(?:%b|%b|[\t\x20-\x7e]){1,4000}" % (_WHOLE, _HURT)
)  # so many, to bound memory
_UP_TO_EDGE = re.compile(rb".*%b[\t\x20-\x7e]*" % _EDGE, re.DOTALL)


_EURO = "€"
_NO_BEGINNING = re.compile(rb"[\x80-\xbf\xff]")  # a byte that was lost never begins a character
_LACKS_BYTES = re.compile(rb"[\xe0-\xef](%b?)\Z" % _T)


def _pair(lead: int, trail: int) -> str:
    return bytes((lead, trail)).decode("gb18030")


# UTF-8 of Han is a byte from E2 to EF and two from 80 to BF; read in pairs, the first two are of these.
_HEADS = {_pair(a, b) for a in range(0xE2, 0xF0) for b in range(0x80, 0xC0)}
_SECONDS = {_pair(a, b) for a in range(0x81, 0xC0) for b in range(0xE2, 0xF0)}


@lru_cache(1)
def _first_pairs() -> re.Pattern[str]:
    return pattern(f"[{character_class(_HEADS)}][{character_class(_SECONDS)}]")


def utf_8_as_gbk(line: str) -> Iterator[Repair]:
    """鍥藉 for 国家, with what the wrong decoder could not read."""
    if not _first_pairs().search(line):
        return
    pieces = _pieces(line)
    raw = b"".join(pieces)
    index = {at: i for i, at in enumerate(accumulate(map(len, pieces), initial=0))}
    for start, end in _regions(raw, index):
        text = restored(raw[start:end], line[index[start] : index[end]])
        lost = text.count(REPLACEMENT)
        found = grade(text.replace(REPLACEMENT, ""))
        # A letter that was the second half of a character may be chance: any rare character gives one.
        letters = _count_ascii(text) > _count_ascii(line[index[start] : index[end]])
        whole = not (lost or letters) and found.common == 1.0 and len(_HAN.findall(text)) >= 2
        sure = whole or (found.han >= 3 and found.common >= 0.9 and lost <= 0.35 * len(text))
        if found.han and found.common >= 0.6:
            yield Repair(index[start], index[end], text, "UTF-8 read as GBK", 0.9 if lost else 0.98, sure)


def _pieces(line: str) -> list[bytes]:
    """The bytes of each character; € may have been the byte 80, which browsers and Windows read so."""
    pieces = [_gb18030(ch) for ch in line]
    at = line.find(_EURO)
    while at >= 0:
        lacking = _LACKS_BYTES.search(b"".join(pieces[max(0, at - 3) : at]))
        behind = pieces[at + 1] if at + 1 < len(pieces) else b""
        if lacking and lacking[1] and behind == b"?":
            pieces[at] = b"\xff"  # the mark may be one, or a byte that was lost
        elif lacking and not (lacking[1] and _NO_BEGINNING.match(behind)):
            pieces[at] = b"\x80"  # otherwise the last byte of a character and the first of the next
        at = line.find(_EURO, at + 1)
    return pieces


def _regions(raw: bytes, boundaries: Container[int]) -> Iterator[tuple[int, int]]:
    """Where UTF-8 stands, beginning and ending between two characters of the wrong reading."""
    end = 0
    while match := _START.search(raw, end):
        start, end = match.start(), match.start() + 1
        if start not in boundaries or (last := _end_of_region(raw, start)) == start:
            continue
        if kept := _UP_TO_EDGE.match(raw, start, last):
            end = start + len(kept[0].rstrip(b"\t "))
            if end in boundaries:
                yield start, end


def _end_of_region(raw: bytes, start: int) -> int:
    while part := _PART_OF_REGION.match(raw, start):
        start = part.end()
    return start


@lru_cache(1 << 16)
def _gb18030(character: str) -> bytes:
    try:
        return character.encode("gb18030") if character != REPLACEMENT else b"\xff"
    except UnicodeEncodeError:
        return b"\xff\xff"  # lone surrogates


# --- GBK read as Big5 and the other way round ---------------------------------------------------------

MIN_GAIN = 0.25
MIN_COMMON_OF_HAN = 0.8
MIN_FREQUENT = 0.4
"""Share of frequent characters that right readings have and wrong ones do not."""


WORDS = 3.0
"""How much known words count beside common characters: measured on 2,500 lines of which two readings differ.
It finds 99 % of the right ones, and 88 % without it."""


def big5_as_gbk(line: str) -> Iterator[Repair]:
    """い地 for 中華."""
    before = grade(line)
    if before.frequent >= MIN_FREQUENT:
        return
    # In Big5 all kana of GBK are frequent characters: only what was read as Han is evidence.
    han = "".join(_HAN.findall(line)).encode(GB18030.codec)
    common = grade(BIG5.greedy(han)).common
    if common > 0.5 or not han:
        for repair in _between(line, before, [GB18030.codec], BIG5, "Big5 read as GBK"):
            yield repair._replace(sure=repair.sure and common >= MIN_COMMON_OF_HAN)


def gbk_as_big5(line: str) -> Iterator[Repair]:
    """笢弊 for 中国."""
    before = grade(line)
    if before.frequent < MIN_FREQUENT:
        # Python's own Big5 has the kana and Cyrillic letters elsewhere than browsers do.
        yield from _between(line, before, [BIG5.codec, "big5"], GB18030, "GBK read as Big5")


def _between(
    line: str, before: Grade, codecs: Sequence[str], target: DoubleByte, reason: str
) -> Iterator[Repair]:
    read_again = _around_losses if REPLACEMENT in line and target is GB18030 else _read_as
    text, lost = read_again(line, codecs, target)
    found = grade(text.replace(REPLACEMENT, ""))
    gain = found.common - before.common
    if (
        found.han
        and found[:2] > before[:2]
        and (found.common >= 0.9 or gain >= MIN_GAIN)
        and lost <= 0.35 * len(text)
    ):
        sure = (
            # Letters of other scripts alone are no evidence: GBK has kana, Greek, Cyrillic and accents too.
            before.han >= 4
            and found.han >= 3
            and found.common >= 0.9
            and gain >= MIN_GAIN
            and found.frequent >= MIN_FREQUENT
        )
        likely = (
            not lost
            and found.common >= 0.9
            and found.frequent >= max(MIN_FREQUENT, before.frequent + MIN_GAIN)
            and _reads_better(text, line)
        )
        yield Repair(0, len(line), text, reason, 0.85 if lost else 0.9, sure, likely)


def _read_as(line: str, codecs: Sequence[str], target: DoubleByte) -> tuple[str, int]:
    """What a line is in another encoding, and how many bytes are lost: of two ways back the one with more known words.

    前 in place of 球 is as common a character. Nothing, if none of the codecs has all of the line.
    """
    raws = dict.fromkeys(raw for codec in codecs if (raw := _encoded_again(line, codec)) is not None)
    if len(raws) < 2:
        return target.read(*raws) if raws else ("", 0)
    return target.read(max(raws, key=lambda raw: _fluency(target.greedy(raw), target)))


def _around_losses(line: str, codecs: Sequence[str], target: DoubleByte) -> tuple[str, int]:
    """The same, where the decoder did not know all pairs."""
    found = (read_around_losses(line, codec) for codec in codecs)
    texts = [*dict.fromkeys(text for text in found if text)] or [""]
    text = max(texts, key=lambda text: _fluency(text, target)) if len(texts) > 1 else texts[0]
    return text, text.count(REPLACEMENT)


def _fluency(text: str, codec: DoubleByte) -> float:
    from zhclean.models.lexicon import lexicon

    known = lexicon().folded(text)
    frequency = lexicon().words(known)
    characters = sum(frequency.get(character, 0.0) for character in known)
    return codec.weight(text) + WORDS * (_words(text) + characters / 2) / max(1, len(text))


def _words(text: str) -> float:
    """The weights of the words of two characters."""
    from zhclean.models.lexicon import lexicon

    known = lexicon().folded(text)
    frequency = lexicon().words(known)
    return sum(frequency.get(a + b, 0.0) for a, b in pairwise(known))


def _reads_better(text: str, line: str) -> bool:
    """Whether words speak for a text, and not for the line it would replace; of three Han all must be one word."""
    if len(_HAN.findall(text)) > 3:
        return _words(text) > _words(line)
    return _is_word(text) and not _is_word(line)


def _is_word(text: str) -> bool:
    """Whether the Han of a text are one known word."""
    from zhclean.models.lexicon import lexicon

    han = lexicon().folded("".join(_HAN.findall(text)))
    return len(han) > 1 and han in lexicon().words(han)


def _encoded_again(line: str, codec: str) -> bytes | None:
    try:
        return b"\xff".join(part.encode(codec) for part in line.split(REPLACEMENT))
    except UnicodeEncodeError:
        return None


# --- The scan that comes first ------------------------------------------------------------------------


_BEYOND = 0x10000
"""The place of all characters beyond the BMP in a table of code points."""


def suspicious(text: str) -> npt.NDArray[np.intp]:
    """Offsets of the first of two characters that hardly ever stand together in correct text, and always do in
    misread text, in order.
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    sides = _sides().take(points, mode="clip")
    return np.flatnonzero(sides[:-1] & (sides[1:] >> 4))


@lru_cache(1)
def _sides() -> npt.NDArray[np.uint8]:
    """Of each code point four bits that tell of what pairs it is the first, and four of what pairs the second."""
    odd = {*map(chr, range(0x80, 0x100)), *_SPECIALS} - set(_TYPOGRAPHY)
    usual = {*map(chr, range(0x3400)), *map(chr, range(0xAC00, 0xD7A4)), *COMMON} - (odd - COMMON)
    table = np.full(_BEYOND + 1, 0x11, np.uint8)  # two rare characters
    table[_points(usual)] = 0
    table[[*range(0xFE00, 0xFFFD), _BEYOND]] = 0  # variation selectors, full-width forms, emoji and the like
    for number, (firsts, seconds) in enumerate(((_HEADS, _SECONDS), ("Â", "£©°±µ·"), ("Ã", "—")), start=1):
        table[_points(firsts)] |= 1 << number
        table[_points(seconds)] |= 16 << number
    return table


def _points(characters: Iterable[str]) -> npt.NDArray[np.uint16]:
    return np.frombuffer("".join(characters).encode("utf-16-le"), np.uint16)


# --- Long lines ---------------------------------------------------------------------------------------

_FIRST = f"\x81-\xfe{_SPECIALS.replace('€', '')}"  # € is the byte 80
_SECOND = f"@-~\x80-\xfe{_SPECIALS}"
_REST = f"(?:[{_SECOND}]|[0-9][{_FIRST}][0-9])"
_DOUBLE_BYTES = f"(?:[{_FIRST}](?:{_REST}|(?!{_REST}))|[^{_FIRST}])+"
"""Whole characters of GBK or Big5 read as Latin-1; no two alternatives fit at one place, so none is ever cut."""

_LEADS = "ãäåæçèéï"
"""With which the UTF-8 of Han and of Chinese marks begins when it is read as Latin-1."""


def _read_again(texts: Iterable[str]) -> set[str]:
    """What becomes of texts whose UTF-8 is read as Latin-1, and as Windows-1252."""
    read = {text.encode().decode("latin-1") for text in texts}
    return read | {text.translate(CP1252) for text in read}


def _beginnings() -> Iterator[str]:
    """What no character of UTF-8 goes on with, however often it was misread.

    Neither a space, which may have been a no-break space, nor the ? of a lost byte.
    """
    seconds = "ÂÃÅÆËâ"  # which stand within a character that was misread several times
    yield f"[!->@-~{character_class({*map(chr, range(0xC0, 0x100)), *_HEADS} - {*seconds})}]"
    texts: Iterable[str] = _LEADS
    for _ in range(MAX_LAYERS - 1):
        texts = _read_again(texts)
        yield from sorted(texts)


_NO_SECOND_BYTES = frozenset(map(chr, (0x09, *range(0x20, 0x40))))
"""Figures, blanks and other ASCII characters in front of which no character of GBK is cut."""


@lru_cache(1)
def _whole_characters() -> re.Pattern[str]:
    return pattern(f"{_DOUBLE_BYTES}(?={'|'.join(_beginnings())})")


def cut(text: str, start: int, latest: int) -> int:
    """The last place up to `latest` where no character is cut, however the text behind `start` was misread."""
    if _PARTLY_UTF_8.search(text, start, latest):
        figures = (at for at in range(latest, start, -1) if text[at] in _NO_SECOND_BYTES)
        if (before := next(figures, None)) is not None:
            return before
    match = _whole_characters().match(text, start, latest + 1)
    return match.end() if match else latest
