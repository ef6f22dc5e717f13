"""Clause marks , : ; ? ! and the full stop, in one line: which of them are Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhclean.characters import (
    ASCII_TO_FULLWIDTH,
    HAN_CLASS,
    HAN_NUMERAL_CLASS,
    TRANSLITERATION_HAN,
    UNIT_CLASS,
    WIDE_MARK_CLASS,
)
from zhclean.edits import Edit
from zhclean.markup.masks import HIDDEN
from zhclean.patterns import pattern

_LEFT = HAN_CLASS + WIDE_MARK_CLASS + UNIT_CLASS
_RIGHT = HAN_CLASS + WIDE_MARK_CLASS
_CLOSER = "\"'”’)\\]"
_OPENER = "“‘(\\["

_HAN = pattern(f"[{HAN_CLASS}]")

# A row of marks is taken as one. `sure`: Han or a wide mark beside it, or only a quote or bracket between.
_CLAUSE = pattern(
    rf"""
    [,:;?!] (?<![,:;?!]{{2}})
    (?<![:;](?=-?\))) (?<!:(?=-\()) (?<!!(?=\[)) # not a smiley, nor a Markdown image
    (?!(?<=,)[。；：、]|(?<=;)[，。：、]|(?<=:)[，。；、])  # nor the end of code in a sentence: …;，
    (?<![{UNIT_CLASS}].(?=[ ][A-Za-z]))          # nor behind a figure in English (rose 5%, while)
    (?<![{UNIT_CLASS}]:(?=[0-9]))                # nor in a ratio, 30%:70%
    (?: (?P<sure> (?<=[{_LEFT}].) | (?<=[{_LEFT}][{_CLOSER}].) | (?<=[{_LEFT}][{_CLOSER}][{_CLOSER}].)
                | (?=[,:;?!]*[{_OPENER}]{{0,2}}[{_RIGHT}①-⑳]) )
      | )
    [,:;?!]*
    """,
    re.VERBOSE,
)

# Behind a Latin word or figure: it belongs to the Chinese sentence if that word follows Han without a space,
# be it in brackets.
_WORD = r"[A-Za-z0-9μΩ][A-Za-z0-9.+%/:∶~～\-]{0,24}"
_EMBEDDED = pattern(
    rf"[{_LEFT}](?:{_WORD}|\([^()]{{1,30}}\)|[“\"‘'][^“”‘’\"']{{1,30}}[”\"’'])[{_CLOSER}]{{0,2}}\Z"
)
_WORDS = pattern(
    rf"[{_LEFT}]{_WORD}(?:[ ]{_WORD}){{1,2}}\Z"
)  # as sure where no mark of the text is Chinese: X9 Pro, 售价
_EMBEDDED_LENGTH = 36
_CLOSED = pattern(rf"[\"'”’」』）)]|[ \t　]*\Z|[ ][“‘《（]?[{HAN_CLASS}]")

# Between a figure and a Latin word, or the other way round: both are embedded in the Chinese sentence, as in
# 续航520km,0—100km/h加速. Two words are as likely a list in English (x,y坐标), two figures one number.
_CHUNK = r"[$€£¥]?[A-Za-z0-9][A-Za-z0-9.+%/—~～\-]{0,24}"
_BETWEEN = pattern(
    rf"[,;](?:(?<=[0-9].)(?=[ ]?[$€£¥]?[A-Za-z])|(?<=[A-Za-z].)(?=[ ]?[$€£¥]?[0-9]))(?=[ ]?{_CHUNK}[{_RIGHT}{HIDDEN},;:.])"
)
_LABEL = pattern(rf"[ \t　]{{0,4}}[A-Z][0-9]?:(?=[ ][“‘《（]?[{HAN_CLASS}])")
_CHUNK_BEFORE = pattern(rf"[{_LEFT},;:]{_CHUNK}\Z")

_WIDE = dict(zip(",:;?!", "，：；？！", strict=True))
_CAPPED = pattern("，{2,}|！{4,}|？{4,}")


def is_reference(line: str) -> bool:
    """Whether the line is an entry of a bibliography, which GB/T 7714 sets with half-width marks."""
    return len(line) <= _LONGEST_REFERENCE and _REFERENCE.search(line) is not None


def clause_marks(line: str, *, is_ascii: bool = False) -> Iterator[Edit]:
    """Rows of , : ; ? ! that stand in Chinese; 、 is never guessed from a comma.

    Some are only sure where all marks of the text are ASCII (`is_ascii`): the colon behind who speaks, Q: and A:.

    >>> [edit.new for edit in clause_marks("增长5.4%,不错!其中1,000家,比分3:2, Hello, world")]
    ['，', '！', '，']
    """
    between = _between(line, is_ascii)
    label = _LABEL.match(line) if is_ascii else None
    if label:
        between.add(label.end() - 1)
    for match in _CLAUSE.finditer(line):
        start, end = match.span()
        if _is_other_width(line, start, end):
            yield Edit(start, end, "", "mark repeated")
        elif match.lastgroup or start in between or _is_embedded(line, start, end, is_ascii):
            yield Edit(start, end, wide(match[0]), "ASCII mark in Chinese")


def _is_other_width(line: str, start: int, end: int) -> bool:
    """Whether a mark stands beside its own wide form and is one too many; of ？ and ！ there may be two."""
    mark = line[start:end]
    return mark in (",", ":", ";") and _WIDE[mark] in (line[start - 1 : start], line[end : end + 1])


def wide(marks: str) -> str:
    """The marks at full width, commas once and ！ and ？ three times in a row at most."""
    if len(marks) == 1:
        return _WIDE[marks]
    return capped(marks.translate(ASCII_TO_FULLWIDTH))


def capped(marks: str) -> str:
    """GB/T 15834 allows up to three ！ or ？ for emphasis."""
    return _CAPPED.sub(lambda row: row[0][: 1 if row[0][0] == "，" else 3], marks)


def _is_embedded(line: str, start: int, end: int, is_ascii: bool) -> bool:
    if start == 0 or (line[start - 1].isdigit() and line[end : end + 1].isdigit()):
        return False
    first = max(0, start - _EMBEDDED_LENGTH)
    if not (_EMBEDDED.search(line, first, start) or (is_ascii and _WORDS.search(line, first, start))):
        return False
    return line[start - 1] in "\"'”’)]" or _CLOSED.match(line, end) is not None


def _between(line: str, is_ascii: bool) -> set[int]:
    """Commas and semicolons between figures and Latin words, in a line that has such marks beside Han too.

    With a blank behind it one may be of an English passage, unless all of the text is so.
    """
    marks = (match.start() for match in _BETWEEN.finditer(line) if is_ascii or line[match.end()] != " ")
    found = {at for at in marks if _CHUNK_BEFORE.search(line, max(0, at - _EMBEDDED_LENGTH), at)}
    return found if found and _ASCII_STYLE.search(line) else set()


_END = rf"[ ]?[{_CLOSER}」』）]*[ \t　]*\Z"
# A point that may be a full stop: not between two Latin letters or digits, nor one of several close together
# (an ellipsis, 人.民.生.活, 时间.地点.人物, 维.普.辛格, 乔治.W.布什), but for a short sentence at the end (…3票.通过.).
_POINT = pattern(
    rf"\.(?<!\.\.)(?<!\.[A-Z]\.)(?![A-Z]\.)(?<!\.[{HAN_CLASS}]\.)(?![{HAN_CLASS}]?\.)"
    rf"(?:(?={_END})|(?<!\.[{HAN_CLASS}]{{2}}\.))(?![{HAN_CLASS}]{{2}}\.(?!{_END}))"
    r"(?!(?<=[0-9A-Za-z]\.)[0-9A-Za-z])"
    r"(?!(?:US|HK|S[HISZ]|BJ|TW|[NO]|OQ|KS|L)(?![A-Za-z0-9]))"  # the exchange in a ticker, 阿里巴巴.US
)
_AT_END = pattern(_END)
_HAN_BEFORE = pattern(
    rf"(?:[{HAN_CLASS}]|[{HAN_CLASS}][0-9][0-9.,~～—\-]{{0,12}}[{UNIT_CLASS}])[{_CLOSER}」』》）]{{0,3}}\Z"
)
_CHINESE_BEFORE = pattern(
    rf"""
    (?: [{HAN_CLASS}{UNIT_CLASS}》」』〉】]
      | [0-9][/∶:：比][0-9]+                                  # a fraction, score or time; 1. numbers a list, 1/3. never
      | [{HAN_CLASS}](?:[0-9]+[A-Z]+|[A-Z]+[0-9]+|[A-Z]{{3,}})  # 5G, C919, GDP; not J. nor Mr.
      | [{HAN_CLASS}](?<![第图表件款条])[0-9]{{1,9}}\.[0-9]{{1,9}}  # 9.5; not 第3.2.
      | [{HAN_CLASS}/][0-9][0-9.,]{{0,9}}[ ]?[A-Za-zμΩ][A-Za-zμΩ/·²³]{{0,9}}  # 2870mm
      | [{HAN_CLASS}A-Za-z][^()（）]{{0,20}}[)）]             # more in brackets than a number
    )
    [{_CLOSER}」』》）]{{0,3}}\Z
    """,
    re.VERBOSE,
)
_FIGURE_BEFORE = pattern(
    rf"[0-9](?:[ ]?[A-Za-zμΩ][A-Za-zμΩ/·²³]{{0,9}})?\Z|[{_LEFT}][A-Za-z][A-Za-z0-9+\-]*[{_CLOSER}」』》）]{{0,3}}\Z"
)
_WORD_BEFORE = 26  # characters to look back
_CHINESE_AFTER = pattern(rf"[ ]?[\"'”’」』）)]{{0,3}}[ \t　]?[\"'“‘「『《（(【]{{0,3}}[{HAN_CLASS}0-9A-Z—…]")

_ASCII_STYLE = pattern(
    rf"[{HAN_CLASS}][,:;?!()\"]|[,:;?!()\"][{HAN_CLASS}]|[{HAN_CLASS}]\.[{_CLOSER}」』）]*\Z"
    rf"|[0-9A-Za-z],[ ][{HAN_CLASS}]"
)
_REFERENCE = pattern(
    r"\[[A-Z](?:/[A-Z]{2})?\]|出版社[,，][ ]?[0-9]{4}(?!年)|\A\s*(?:\[[0-9]{1,3}\]|[0-9]{1,3}\.)\s*\^ .*(?:[0-9]{4}|ISBN)|出版社\. [0-9]{4}[. \[]"
)
# Names and nothing else before the point: the authors of a book, a byline.
_AUTHORS = pattern(
    rf"[\[\]0-9.、\s]*[{HAN_CLASS}]{{1,3}}(?:[,，、;；\s]+[{HAN_CLASS}]{{2,3}})*(?:[,，]?等)?\Z"
)
# A word alone in front of the point and another one right behind it: 中国.云岭师范大学.
_BEHIND_WORD = pattern(
    rf"\.(?=[{HAN_CLASS}])(?:(?<=\A[{HAN_CLASS}]{{2}}.)|(?<=[\s\u2460-\u2473][{HAN_CLASS}]{{2}}.))"
)
_LONGEST_AUTHORS = 30
_LONGEST_TITLE = 80  # characters; a longer line that begins with a few short words is prose: 抢农时.云岭市…
_LONGEST_REFERENCE = 300  # characters; a longer line has more in it than an entry
_LONGEST_WORD = 4
_MEMORY = 1000  # characters in which somebody is mentioned again
_ENDS_NO_NAME = pattern(rf"[的了上下后前着过们]\Z|[0-9][{HAN_CLASS}]{{0,3}}\Z")
_NAME_BEFORE = pattern(rf"\.[{HAN_CLASS}]{{1,5}}[和与及同跟、][{HAN_CLASS}]{{1,4}}\Z")
_BEGINS_NO_NAME = pattern("[在这那他她它我而但并其据当从对与也就该]|让[我你他她它人]")

_NUMBER = pattern(
    rf"(?:\A|[^{HAN_CLASS}])(?:第|其|图|附?表|附?件|方案|案例|专题)?[{HAN_NUMERAL_CLASS}]{{1,5}}\Z"
)
_NUMERAL = pattern(f"[{HAN_NUMERAL_CLASS}]")


# Behind Han, at the end of a line or in front of what begins with a quotation or a bracket: no name has such a point.
_SURE_POINT = pattern(
    rf"\.(?:(?<=[{HAN_CLASS}].)|(?<=[{HAN_CLASS}][”’」』》）].))(?=[ ]?[{_CLOSER}」』）]{{0,3}}[ ]?(?:[“‘「『《（]|$))",
    re.MULTILINE,
)
_POINTS_TO_A_STOP = 4
"""In a text without 。 one point is enough; a 。 or two may have come in with a passage from elsewhere."""


def ends_with_points(text: str) -> bool:
    """Whether the sentences of a text end with points, so that one in doubt ends a sentence too."""
    least = max(1, _POINTS_TO_A_STOP * text.count("。"))
    return text.count(".") >= least and len(_SURE_POINT.findall(text)) >= least


def full_stops(line: str, *, is_ascii: bool = False) -> Iterator[Edit]:
    """Points that end a Chinese sentence; in doubt a point stays: 1.总体, 九.一三, 希思.塔伯特.

    In doubt the line is asked whether its other marks are ASCII, or its text (`is_ascii`).

    >>> [edit.start for edit in full_stops("会议今天上午在北京开幕.来宾很多,场面热烈.")]
    [11, 21]
    """
    ascii_style: bool | None = None
    for match in _POINT.finditer(line):
        point = match.start()
        at_end = _AT_END.match(line, point + 1) is not None
        if not (at_end and _stands_behind(_HAN_BEFORE, line, point)):
            if ascii_style is None:
                ascii_style = _has_ascii_style(line, is_ascii)
            if not (ascii_style and (_ends_figure(line, point) if at_end else _ends_sentence(line, point))):
                continue
        if not _is_number(line, point):
            yield Edit(point, point + 1, "。", "ASCII full stop in Chinese")


def _has_ascii_style(line: str, is_ascii: bool) -> bool:
    """Whether the line or its text has ASCII marks beside Han and no 。, so that its full stop must be a point too."""
    if "。" in line or _REFERENCE.search(line):
        return False
    return is_ascii or _ASCII_STYLE.search(line) is not None


def _stands_behind(before: re.Pattern[str], line: str, point: int) -> bool:
    if _HAN.match(line, point - 1):
        return True
    return before.search(line, max(0, point - _WORD_BEFORE), point) is not None


def _ends_figure(line: str, point: int) -> bool:
    return _stands_behind(_CHINESE_BEFORE, line, point) or _stands_behind(_FIGURE_BEFORE, line, point)


def _ends_sentence(line: str, point: int) -> bool:
    return (
        _CHINESE_AFTER.match(line, point + 1) is not None
        and _stands_behind(_CHINESE_BEFORE, line, point)
        and not _is_in_name(line, point)
        and not _BEHIND_WORD.match(line, point)
        and not (point < _LONGEST_AUTHORS and len(line) < _LONGEST_TITLE and _AUTHORS.match(line, 0, point))
    )


def _is_number(line: str, point: int) -> bool:
    """A list number (一.总体) or a date that names an event (九.一三)."""
    if _NUMERAL.match(line, point - 1) is None or line.endswith("之一", 0, point):
        return False
    return (
        _NUMERAL.match(line, point + 1) is not None
        or _NUMBER.search(line, max(0, point - 8), point) is not None
    )


def _is_in_name(line: str, point: int) -> bool:
    """Whether both sides of the point are spelt like a foreign name, and nothing else is known of them."""
    if not (_HAN.match(line, point - 1) and _HAN.match(line, point + 1)):
        return False
    left, right = line[max(0, point - _LONGEST_WORD) : point], line[point + 1 : point + 1 + _LONGEST_WORD]
    spelt = sum(character in TRANSLITERATION_HAN for character in left[-2:] + right[:2])
    is_touching = TRANSLITERATION_HAN.issuperset((left[-1], right[0]))
    if spelt < (2 if is_touching else 3) or _ENDS_NO_NAME.search(left) or _BEGINS_NO_NAME.match(right):
        return False
    if _NAME_BEFORE.search(line, max(0, point - 12), point):
        return True  # 约翰.史密斯和玛丽.居里: of a row of names the first stayed
    said_before = line.find(right[:3], max(0, point - _MEMORY), point)
    if said_before >= 0 and line[max(0, said_before - 1)] not in ".·":
        return False
    lengths = range(2, _LONGEST_WORD + 1)
    return not any(_is_word(left[-n:]) or _is_word(right[:n]) for n in lengths)


def _is_word(text: str) -> bool:
    """Whether it is a word that is not spelt like a name itself (比尔, 乌克兰)."""
    from zhclean.models.lexicon import lexicon

    known = lexicon().folded(text)
    return known in lexicon().words(known) and not TRANSLITERATION_HAN.issuperset(text)


# A mark with a blank on both sides, as segmented and recognized text has it; no colon, which forms set apart.
_SPACED = pattern(
    rf"[ ](?<=[{_LEFT}”’)][ ])[,.;?!](?=[ ][{HAN_CLASS}0-9“‘《（(]|[ ]?$)(?<![{HAN_NUMERAL_CLASS}][ ]\.)",
    re.MULTILINE,
)
_LEAST_SPACED = 3  # in a text; what is found once or twice may have been set apart on purpose


def has_spaced_marks(text: str) -> bool:
    """Whether the text sets its ASCII marks apart again and again, commas too: 首页 . 新闻 . 本地 is a path."""
    marks = [match[0][-1] for match in _SPACED.finditer(text)]
    return len(marks) >= _LEAST_SPACED and "," in marks


def spaced_marks(line: str) -> Iterator[Edit]:
    """The marks of a text that sets them apart; `spacing` removes the blanks.

    >>> [edit.new for edit in spaced_marks("该项目占地320亩 , 预计明年投产 .")]
    ['，', '。']
    """
    for match in _SPACED.finditer(line):
        mark = match.end() - 1
        if line[mark] != ".":
            yield Edit(mark, mark + 1, _WIDE[line[mark]], "ASCII mark in Chinese")
        elif not _is_in_spaced_name(line, mark):
            yield Edit(mark, mark + 1, "。", "ASCII full stop in Chinese")


_APART = pattern(rf"(?<=[{HAN_CLASS}] )[,:;](?= [“「『《]?[{HAN_CLASS}])")
_ENDS = pattern("[。！？][”」』]?$")


def apart(line: str, marks: str = ",:;") -> Iterator[Edit]:
    """The same of one of these marks, or two, between Han in a line that ends like a sentence, which no form does.

    >>> [edit.new for edit in apart("林小满 : 老街要先留住居民。")]
    ['：']
    """
    if any(mark in line for mark in (" : ", " , ", " ; ")) and line.count(" : ") < 2 and _ENDS.search(line):
        for match in _APART.finditer(line):
            if match[0] in marks:
                yield Edit(*match.span(), _WIDE[match[0]], "ASCII mark in Chinese")


def _is_in_spaced_name(line: str, point: int) -> bool:
    left = line[max(0, point - 1 - _MEMORY) : point - 1]
    return _is_in_name(f"{left}.{line[point + 2 : point + 2 + _LONGEST_WORD]}", len(left))
