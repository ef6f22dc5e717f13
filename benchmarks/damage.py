"""Breaks clean news text in the ways real archives are broken, and remembers where.

Every damage is a pure function of the paragraphs and a seeded `random.Random`: the same seed, the same
damage. The result is a sequence of pieces, so that what belongs together is known and not guessed.
All widths are in display columns, two a Han character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import accumulate, pairwise, repeat
from random import Random
from typing import Literal, NamedTuple

from benchmarks.intruders import captions, furniture, headings

Break = Literal["", "join", "missing", "undecided"]
End = Literal["", "undecided", "doubtful"]
"""`undecided`: right after 。！？”… on a full line with neither indent nor blank line, so nothing tells that
the paragraph ends; `doubtful`: the corpus says that it ends there, and is very likely wrong."""

END_MARKS = frozenset("。！？”…")
CLOSERS = frozenset("。，、；：！？”’）》」』】〉〕…％%,.;:!?)]}")
OPENERS = frozenset("“‘（《「『【〈〔([{")
INDENT = "　　"
HAN_WIDTHS = (17, 42)  # narrowest and widest line of a hard-wrapped text, in Han
MISSING = (10, 60)  # characters lost at a gap
SPACED_PARAGRAPHS = 6  # of a text spaced out, where every character is a break to score


class Piece(NamedTuple):
    """A run of text that the damage left whole."""

    text: str
    unit: int  # gold paragraph, or for an intruder a number below zero
    before: str  # what stands between it and the piece in front
    cut: Break = ""  # what the break in front of it is, if the paragraph began earlier
    spaced: bool = False  # the original had a space where the break is
    end: End = ""  # if it is its paragraph's last: why that end is counted nowhere


@dataclass
class Damaged:
    """A damaged document; `text` is what the cleaner gets."""

    pieces: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(piece.before + piece.text for piece in self.pieces)


Intruders = Callable[[Random], Iterator[list[str]]]
"""For one document: the lines of one break after another."""


@cache
def columns_of(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WFA" else 1


def columns(text: str) -> int:
    return sum(map(columns_of, text))


# --- Whole documents hard-wrapped --------------------------------------------------------------------------


class Press(NamedTuple):
    """How one document is set: the habits of the program that wrapped it."""

    width: int
    kinsoku: Literal["hang", "pull", "none"]
    whole_words: bool  # Latin words and numbers are not broken

    @classmethod
    def draw(cls, rng: Random) -> Press:
        return cls(
            2 * rng.randint(*HAN_WIDTHS) + (rng.random() < 0.2),
            rng.choice(("hang", "pull", "none")),
            rng.random() < 0.5,
        )


_WORD = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,%'-]*|.", re.DOTALL)


def wrap(paragraph: str, press: Press, indent: int = 0) -> list[tuple[str, bool]]:
    """Break one paragraph into lines, each with whether a space stood where it begins."""
    lines: list[tuple[str, bool]] = []
    line, used, spaced = "", indent, False
    for token in _WORD.findall(paragraph) if press.whole_words else paragraph:
        size = columns(token)
        if used + size > press.width and line.strip() and not _hangs(token, line, press):
            kept, carried = _pulled(line, token, press)
            lines.append((kept.rstrip(), spaced))
            spaced = not token.strip() or (not carried and kept != kept.rstrip())
            line, used = carried, columns(carried)
            if not token.strip():
                continue
        line, used = line + token, used + size
    if line.strip() or not lines:
        lines.append((line.rstrip(), spaced))
    return lines


def _hangs(token: str, line: str, press: Press) -> bool:
    return press.kinsoku == "hang" and token in CLOSERS and columns(line) <= press.width + 2


def _pulled(line: str, token: str, press: Press) -> tuple[str, str]:
    """What stays on a full line and what goes to the next with the token that found no room."""
    cut = len(line)
    if press.kinsoku != "none":
        if press.kinsoku == "pull" and token in CLOSERS:
            while cut > 1 and line[cut - 1] in CLOSERS and len(line) - cut < 2:
                cut -= 1
            cut -= 1
        while cut > 1 and line[cut - 1] in OPENERS:
            cut -= 1
    return (line[:cut], line[cut:]) if cut > 0 else (line, "")


def hard_wrap(
    paragraphs: Sequence[str],
    rng: Random,
    *,
    style: Literal["indent", "margin", "blank", "neither"],
    newlines: Sequence[str] = ("\n",),
    changing: bool = False,
) -> Damaged:
    """Every paragraph in lines of one width (or of up to three, if the width is `changing`).

    `margin` is an indent with all lines moved in from the left, as wire copy was printed.
    """
    press, newline, pieces = Press.draw(rng), rng.choice(newlines), list[Piece]()
    indent, margin = _left_edge(style, rng)
    turns = set(rng.sample(range(1, len(paragraphs)), min(2, len(paragraphs) - 1))) if changing else set()
    for unit, paragraph in enumerate(paragraphs):
        if unit in turns:
            press = press._replace(width=2 * rng.randint(*HAN_WIDTHS))
        before = (newline * (2 if style == "blank" else 1) if unit else "") + margin + indent
        for number, (line, spaced) in enumerate(wrap(paragraph, press, columns(indent))):
            cut: Break = "join" if number else ""
            if cut and style == "neither" and pieces[-1].text[-1] in END_MARKS:
                cut = "undecided"
            pieces.append(Piece(line, unit, before, cut, spaced))
            before = newline + margin
        if style == "neither":
            pieces[-1] = _undecided_end(pieces[-1], press.width)
    return Damaged(pieces)


PAGE = (8, 24)  # lines from one page end to the next


def paged(paragraphs: Sequence[str], rng: Random, *, intruders: Intruders) -> Damaged:
    """Hard-wrapped in one of three styles, with what stands at the page ends between the lines."""
    style: Literal["indent", "blank", "neither"] = rng.choice(("indent", "blank", "neither"))
    whole, newline = hard_wrap(paragraphs, rng, style=style), rng.choice(("\n", "\n", "\n\n"))
    return Damaged(list(with_page_ends(whole.pieces, rng, intruders, PAGE, newline)))


def with_page_ends(
    lines: Sequence[Piece], rng: Random, intruders: Intruders, page: tuple[int, int], newline: str = "\n"
) -> Iterator[Piece]:
    """The lines, and after every page (from and to how many lines it has) what `intruders` draws."""
    drawn, left, strangers = intruders(rng), rng.randint(*page), 0
    for line in lines:
        if not left:
            for text in next(drawn):
                strangers += 1
                yield Piece(text, -strangers, newline)
            line = line._replace(before=line.before.replace("\n", newline, 1))
        left = left - 1 if left else rng.randint(*page)
        yield line


def _left_edge(style: str, rng: Random) -> tuple[str, str]:
    """The indent of a paragraph's first line, and the margin of all lines."""
    if style not in ("indent", "margin"):
        return "", ""
    indent = rng.choice((INDENT, INDENT, "    "))
    return indent, " " * rng.randint(4, 16) if style == "margin" else ""


def _undecided_end(last: Piece, width: int) -> Piece:
    full = last.text[-1] in END_MARKS and columns(last.text) >= width - 2
    return last._replace(end="undecided") if full else last


def left_over_spaces(paragraphs: Sequence[str], rng: Random) -> Damaged:
    """Wrapped once, then the line ends were turned into spaces: paragraphs are lines again."""
    whole = hard_wrap(paragraphs, rng, style="neither")
    return Damaged([p._replace(end="") if not p.cut else _space_for_newline(p) for p in whole.pieces])


def _space_for_newline(piece: Piece) -> Piece:
    # Where the original had a space there is no damage.
    return piece._replace(before=" ", cut="undecided" if piece.spaced else "join", end="")


STRAY = 0.01
"""Share of the places between two Han in which a space was left."""

_BETWEEN_HAN = re.compile("(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")


def stray_spaces(paragraphs: Sequence[str], rng: Random) -> Damaged:
    """A space here and there between two Han, as where lines of other widths ended."""
    pieces = list[Piece]()
    for unit, paragraph in enumerate(paragraphs):
        cuts = [match.start() for match in _BETWEEN_HAN.finditer(paragraph) if rng.random() < STRAY]
        for start, end in pairwise([0, *cuts, len(paragraph)]):
            before: tuple[str, Break] = (" ", "join") if start else ("\n" if unit else "", "")
            pieces.append(Piece(paragraph[start:end], unit, *before))
    return Damaged(pieces)


_CHARACTER = re.compile(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ.．%％]+|\s+|.")
_PAIR = re.compile(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ.．%％]+|\s+|[\u4e00-\u9fff]{1,2}|.")


def spaced_out(paragraphs: Sequence[str], rng: Random) -> Damaged:
    """A space between all characters, or between all words (here: pairs); numbers stay whole."""
    token, pieces = rng.choice((_CHARACTER, _PAIR)), list[Piece]()
    for unit, paragraph in enumerate(paragraphs[:SPACED_PARAGRAPHS]):
        spaced, before = False, "\n" if unit else ""
        for part in token.findall(paragraph):
            if part.isspace():
                spaced = True
                continue
            cut: Break = ("undecided" if spaced else "join") if before == " " else ""
            pieces.append(Piece(part, unit, before, cut, spaced))
            spaced, before = False, " "
    return Damaged(pieces)


# --- Paragraphs broken once, in mid-sentence ---------------------------------------------------------------


def split_paragraphs(
    paragraphs: Sequence[str],
    rng: Random,
    *,
    between: str = "\n\n",
    at_break: str = "\n\n",
    intruders: Intruders | None = None,
    missing: float = 0.0,
    stray: float = 0.0,
    positions: Callable[[str], Sequence[int]] | None = None,
) -> Damaged:
    """About half of the paragraphs broken once.

    `intruders` draws the lines that stand in the breaks, never one the document has itself; `missing` is the share of breaks at which text is
    lost; `stray` is the share of whole paragraphs that are followed by intruders too.
    """
    pieces, strangers = list[Piece](), 0
    drawn = intruders(rng) if intruders else repeat(list[str]())
    for unit, paragraph in enumerate(paragraphs):
        least = MISSING[0] if rng.random() < missing else 0
        at = _position(paragraph, rng, positions, least)
        first, rest = paragraph[: at or None], paragraph[at:] if at else ""
        lost = rng.randint(least, min(MISSING[1], len(rest) - 5)) if at and least else 0
        pieces.append(Piece(first.rstrip(), unit, between if unit else ""))
        if at or rng.random() < stray:
            for line in next(lines for lines in drawn if not set(lines) & set(paragraphs)):
                strangers += 1
                pieces.append(Piece(line, -strangers, at_break if at else between))
        if at:
            spaced = not lost and (first[-1].isspace() or rest[0].isspace())
            pieces.append(Piece(rest[lost:].strip(), unit, at_break, "missing" if lost else "join", spaced))
    return Damaged(pieces)


def break_one(paragraphs: Sequence[str], rng: Random, *, intruders: Intruders | None = None) -> Damaged:
    """One paragraph broken in mid-sentence, with what `intruders` draws in the break, and all others as they were."""
    legal = [unit for unit, paragraph in enumerate(paragraphs) if mid_sentence(paragraph)]
    chosen, pieces = rng.choice(legal) if legal else -1, list[Piece]()
    for unit, paragraph in enumerate(paragraphs):
        before = "\n" if unit else ""
        if unit != chosen:
            pieces.append(Piece(paragraph, unit, before))
            continue
        broken = split_paragraphs(
            [paragraph], rng, at_break="\n", intruders=intruders, positions=mid_sentence
        ).pieces
        pieces += [piece._replace(unit=unit if piece.unit >= 0 else piece.unit) for piece in broken]
        pieces[-len(broken)] = pieces[-len(broken)]._replace(before=before)
    return Damaged(pieces)


HEADED = 0.25
"""Share of the places between two whole paragraphs where a heading stands."""


def with_headings(
    paragraphs: Sequence[str], rng: Random, *, titles: Intruders, broken: bool = False
) -> Damaged:
    """Headings between whole paragraphs, and, if one is `broken`, a paragraph broken in mid-sentence."""
    pieces, drawn = list[Piece](), titles(rng)
    for piece in (break_one if broken else undamaged)(paragraphs, rng).pieces:
        is_whole = bool(pieces) and pieces[-1].unit != piece.unit and not piece.cut
        if (
            is_whole
            and pieces[-1].text[-1] in END_MARKS
            and piece.text[-1] in END_MARKS
            and rng.random() < HEADED
        ):
            [heading] = next(lines for lines in drawn if not set(lines) & set(paragraphs))
            pieces.append(Piece(heading, -len(pieces), "\n"))
        pieces.append(piece)
    return Damaged(pieces)


_MARK = re.compile(r"[，。；！？、：\s]")
LINKS, LINK_WORDS, LINK = (1, 1, 2, 3), (1, 1, 1, 2, 3, 4), (2, 16)  # in a paragraph; words; characters


Span = tuple[int, int]


def inline(paragraphs: Sequence[str], rng: Random, *, links: Callable[[str, Random], list[Span]]) -> Damaged:
    """In about half of the paragraphs one to three stretches, links or in bold, on lines of their own."""
    pieces = list[Piece]()
    for unit, paragraph in enumerate(paragraphs):
        chosen = links(paragraph, rng) if rng.random() < 0.5 else []
        edges = sorted({0, len(paragraph), *(at for link in chosen for at in link)})
        pieces += _set_apart([paragraph[start:end] for start, end in pairwise(edges)], unit, "\n")
    return Damaged(pieces)


def _set_apart(parts: Iterable[str], unit: int, between: str) -> Iterator[Piece]:
    """The parts of a paragraph, each on a line of its own."""
    for number, part in enumerate(parts):
        before = between if number else "\n" * (unit > 0)
        yield Piece(part, unit, before, "join" if number else "")


_FIGURE = re.compile("《[^《》]{1,14}》|“[^“”，。！？]{1,14}”|[0-9０-９]+(?:[.．][0-9０-９]+)?")


def figures(paragraph: str, rng: Random) -> list[Span]:
    """Where numbers and what stands in quotes or title marks stand."""
    inner = [found.span() for found in _FIGURE.finditer(paragraph, 1, max(1, len(paragraph) - 2))]
    chosen = sorted(rng.sample(inner, min(len(inner), rng.choice(LINKS))))
    return [link for i, link in enumerate(chosen) if not i or chosen[i - 1][1] + 1 < link[0]]


_TERM = re.compile(
    "《[^《》]{1,14}》|“[^“”，。！？]{1,14}”|（[^（）。！？]{2,12}）|(?<![A-Za-z])[A-Za-z][A-Za-z0-9 ]{1,14}(?![A-Za-z])"
    "|(?<![0-9０-９.．])(?:[0-9０-９]{1,4}[年月日时]){1,4}|(?<![0-9０-９.．])[0-9０-９]+(?:[.．][0-9０-９]+)?"
    "(?:[百千万亿]?[元人个家吨亩米岁名次位]|[百千万亿]|[％%])?(?![0-9０-９.．])"
)


def one_term(paragraphs: Sequence[str], rng: Random) -> Damaged:
    """One figure, date, title, quotation, remark in brackets or word in Latin letters on a line of its own, and all
    else as it was.
    """
    found = [
        (unit, *match.span())
        for unit, paragraph in enumerate(paragraphs)
        for match in _TERM.finditer(paragraph, 5, max(5, len(paragraph) - 5))
    ]
    chosen, start, end = rng.choice(found) if found else (-1, 0, 0)
    around, pieces = rng.choice(("\n", "\n\n")), list[Piece]()
    for unit, paragraph in enumerate(paragraphs):
        parts = (paragraph[:start], paragraph[start:end], paragraph[end:]) if unit == chosen else (paragraph,)
        pieces += _set_apart(map(str.strip, parts), unit, around)
    return Damaged(pieces)


def words(paragraph: str, rng: Random) -> list[Span]:
    """Where whole words stand, as jieba cuts them, apart from each other."""
    import jieba

    jieba.setLogLevel("WARNING")
    ends, found = list(accumulate(map(len, jieba.cut(paragraph)))), list[Span]()
    for _ in range(rng.choice(LINKS) if len(ends) > 12 else 0):
        first = rng.randrange(1, len(ends) - 5)
        start, end = ends[first], ends[first + rng.choice(LINK_WORDS)]
        near = any(start <= b + 1 and a <= end + 1 for a, b in found)
        if not near and LINK[0] <= end - start <= LINK[1] and not _MARK.search(paragraph[start - 1 : end]):
            found.append((start, end))
    return found


PHRASE = (6, 24)  # characters of a longer stretch in bold
_CLAUSE_MARK = re.compile(r"[，。；！？：\s]")


def phrases(paragraph: str, rng: Random) -> list[Span]:
    """One or two longer stretches in bold, between the edges of words and within a clause."""
    import jieba

    jieba.setLogLevel("WARNING")
    edges = [0, *accumulate(map(len, jieba.cut(paragraph)))]
    found = list[Span]()
    for _ in range(rng.choice((1, 1, 2))):
        start = rng.choice(edges[1:-1]) if len(edges) > 8 else 0
        length = rng.randint(*PHRASE)
        fitting = [end for end in edges[:-1] if PHRASE[0] <= end - start <= length]
        end = fitting[-1] if start and fitting else 0
        near = any(start <= b + 1 and a <= end + 1 for a, b in found)
        if end and not near and not _CLAUSE_MARK.search(paragraph[start - 1 : end]):
            found.append((start, end))
    return found


def _position(
    paragraph: str, rng: Random, positions: Callable[[str], Sequence[int]] | None, lost: int
) -> int:
    """Where to break this paragraph so that `lost` characters more can go behind it; 0 if not at all."""
    if positions is None and (rng.random() < 0.5 or not re.search("[。，！？]", paragraph)):
        return 0
    legal = [
        at
        for at in (positions or mid_sentence)(paragraph)
        if paragraph[:at].rstrip()[-1:] not in END_MARKS and at + lost <= len(paragraph) - (5 if lost else 0)
    ]
    return rng.choice(legal) if legal else 0


def mid_sentence(paragraph: str) -> Sequence[int]:
    """Anywhere but within five characters of the paragraph's ends."""
    return range(5, len(paragraph) - 4) if len(paragraph) >= 24 else ()


_TIGHT = re.compile(r"[0-9０-９][0-9０-９.．,，%％]+|[A-Za-zＡ-Ｚａ-ｚ]{2,}|《[^《》]{2,30}》")


def inside_tokens(paragraph: str) -> Sequence[int]:
    """Inside numbers, Latin words and book titles."""
    return [at for m in _TIGHT.finditer(paragraph) for at in range(m.start() + 1, m.end()) if at >= 2]


def broken_title(paragraphs: Sequence[str], rng: Random) -> Damaged:
    """The first paragraph, a title, set in two lines; the rest as it was."""
    title, between = paragraphs[0], rng.choice(("\n", "\n\n"))
    at = rng.randint(len(title) // 3, len(title) - len(title) // 3)
    pieces = [
        Piece(title[:at].rstrip(), 0, ""),
        Piece(title[at:].lstrip(), 0, "\n", "join", title[at - 1].isspace() or title[at].isspace()),
    ]
    return Damaged(pieces + [Piece(p, n, between) for n, p in enumerate(paragraphs[1:], 1)])


def undamaged(paragraphs: Sequence[str], rng: Random, *, between: str = "\n", indent: str = "") -> Damaged:
    return Damaged([Piece(p, n, (between if n else "") + indent) for n, p in enumerate(paragraphs)])


# --- The rows of the table ---------------------------------------------------------------------------------

Damage = Callable[[Sequence[str], Random], Damaged]


def rows(real: Sequence[str] = ()) -> dict[str, Damage]:
    """Every damage by its name in the table; `real` are headings of other documents."""
    pictures, titles = partial(captions, real=real), partial(headings, real=real)
    return {
        "wrap-indent": partial(hard_wrap, style="indent"),
        "wrap-blank": partial(hard_wrap, style="blank"),
        "wrap-neither": partial(hard_wrap, style="neither"),
        "wrap-changing": partial(hard_wrap, style="indent", changing=True),
        "wrap-margin": partial(hard_wrap, style="margin"),
        "wrap-crcrlf": partial(hard_wrap, style="indent", newlines=("\r\r\n", " \r\r\n")),
        "wrap-doubled": partial(hard_wrap, style="neither", newlines=("\n\n",)),
        "wrap-page": partial(paged, intruders=furniture),
        "wrap-caption": partial(paged, intruders=pictures),
        "wrap-spaces": left_over_spaces,
        "stray-spaces": stray_spaces,
        "spaced-out": spaced_out,
        "split-blank": split_paragraphs,
        "split-newline": partial(split_paragraphs, at_break="\n"),
        "split-inside": partial(split_paragraphs, at_break="\n", positions=inside_tokens),
        "split-page": partial(split_paragraphs, intruders=furniture, stray=0.1),
        "split-caption": partial(split_paragraphs, intruders=pictures, stray=0.1),
        "split-missing": partial(split_paragraphs, missing=0.5),
        "inline": partial(inline, links=words),
        "inline-figures": partial(inline, links=figures),
        "inline-phrases": partial(inline, links=phrases),
        "one-term": one_term,
        "one-break": break_one,
        "one-caption": partial(break_one, intruders=pictures),
        "headings": partial(with_headings, titles=titles),
        "headings-broken": partial(with_headings, titles=titles, broken=True),
        "title": broken_title,
        "undamaged": undamaged,
        "undamaged-blank": partial(undamaged, between="\n\n"),
        "undamaged-indent": partial(undamaged, indent=INDENT),
    }


def suits(row: str, paragraphs: Sequence[str], title: str) -> bool:
    """Whether a document can be damaged in this way at all."""
    return row != "title" or (bool(title) and paragraphs[0] == title and 12 <= len(title) <= 44)


def as_found(text: str) -> Damaged:
    """A text that is in order, with the white space it came with."""
    pieces, position = list[Piece](), 0
    for unit, match in enumerate(re.finditer(r"\S(?:[^\r\n]*\S)?", text)):
        pieces.append(Piece(match[0], unit, text[position : match.start()]))
        position = match.end()
    return Damaged(pieces)


def real_wrap(lines: Sequence[str], paragraph: Sequence[int]) -> Damaged:
    """A text that came wrapped: lines and the paragraph each belongs to."""
    width, pieces = usual_width(lines, paragraph), list[Piece]()
    for number, (line, unit) in enumerate(zip(lines, paragraph, strict=True)):
        goes_on = number > 0 and paragraph[number - 1] == unit
        undecided = goes_on and lines[number - 1][-1] in END_MARKS
        cut: Break = "undecided" if undecided else "join" if goes_on else ""
        piece = Piece(line, unit, "\n" if number else "", cut)
        ends = number + 1 < len(lines) and paragraph[number + 1] != unit
        if ends and columns(line) >= width and _in_mid_sentence(line, lines[number + 1]):
            piece = piece._replace(end="doubtful")
        pieces.append(_undecided_end(piece, width))
    return Damaged(pieces)


def _in_mid_sentence(line: str, following: str) -> bool:
    """A full line that ends without any mark, and not before a dateline: no paragraph ends so.

    The gold of the wrapped corpus, derived from lost indents, says so 15 times.
    """
    return line[-1] not in END_MARKS | set("；：") and not following.startswith("新华社")


def usual_width(lines: Sequence[str], paragraph: Sequence[int]) -> int:
    """The median width of lines that go on; what the corpus states is too wide in four of ten."""
    widths = sorted(columns(a) for a, p, q in zip(lines, paragraph, paragraph[1:], strict=False) if p == q)
    return widths[len(widths) // 2] if widths else 10**6


def seams(pieces: Sequence[Piece]) -> Iterator[tuple[int, int, str]]:
    """Pairs of pieces to score: (left, right, kind), each pair once.

    `join` and `missing`: both halves of one paragraph. `end`: two gold paragraphs that follow one another,
    whatever stands between. `intruder`: an intruder and what it may be run together with.
    """
    last_of = {piece.unit: i for i, piece in enumerate(pieces)}
    first_of = {piece.unit: i for i, piece in reversed(list(enumerate(pieces)))}
    previous: dict[int, int] = {}
    for i, piece in enumerate(pieces):
        if piece.unit < 0:
            yield from ((a, b, "intruder") for a, b in _around(pieces, i, last_of, first_of))
        elif piece.cut:
            yield previous[piece.unit], i, piece.cut
        elif piece.unit - 1 in last_of and piece.unit > 0:
            left = last_of[piece.unit - 1]
            yield left, i, pieces[left].end or "end"
        previous[piece.unit] = i


def _around(
    pieces: Sequence[Piece], i: int, last_of: dict[int, int], first_of: dict[int, int]
) -> set[tuple[int, int]]:
    """Neighbours of the intruder `i` where it stands, and where it belongs: behind the whole paragraph."""
    pairs = {(i - 1, i)} if i else set()
    if i + 1 < len(pieces) and pieces[i + 1].unit >= 0:
        pairs.add((i, i + 1))
    host = next((p.unit for p in reversed(pieces[:i]) if p.unit >= 0), None)
    if host is not None:
        pairs.add((last_of[host], i))
        if host + 1 in first_of:
            pairs.add((i, first_of[host + 1]))
    return pairs
