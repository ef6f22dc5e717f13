"""Which lines are full: the wrap width of each stretch of a hard-wrapped text, in display columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from zhclean.characters import NEVER_LAST
from zhclean.lines import Lines
from zhclean.patterns import pattern

NARROWEST, WIDEST = 15, 130
"""Columns a wrapped line of news may have; verse and lists of names are narrower, paragraphs wider."""

REACH = 10
"""Lines on either side that are looked at: the width is that of the stretch, not of the document."""

SLACK = 2
"""Columns by which a full line may miss the width, or hang over it: one Han character."""

HANGING, LENT = 2, 2
"""Columns by which a mark may stand beyond the edge, and by which a line is short because what may not end it went to
the next.
"""

FAR_OVER = 6
"""Columns by which a line is wider than the edge and than those beside it, and so none of the stretch: an advertisement,
a caption, a paragraph.
"""

_WORD = pattern("[A-Za-z0-9][A-Za-z0-9.,'’/_-]*")
LONGEST_WORD = 24
"""Columns of a word in Latin letters that had no room in the line before, at most."""

HANGS = 1.1
"""Full lines that one with a hanging mark counts for: so the edge is told from the one as far out as the marks."""

LOST, NEARLY = 4, 1
"""Columns of the indent that many archives cut off with the white space around paragraphs, and by which it may vary."""

BEGIN_SO = 2
"""First lines of paragraphs that must be short by an indent for each that is not."""

_MAY_HANG = frozenset("，、；：。！？”’）》」』")
_NEVER_LAST = frozenset(f"“‘{NEVER_LAST}")

NARROW, MOST_OF_NARROW = 32, 0.5
"""Below this width, in columns, verse is as wide as text: so large a share of all lines near by must be full."""

BEYOND = WIDEST + SLACK
"""Characters of a line from which on it is wider than any edge, and than what hangs over it."""

LEAST = 3
"""Full lines that a stretch must have to be taken as wrapped."""

SET_BY_CLAUSES = 0.4
"""Share of the unfinished lines that end with ， in a text set by clauses; one in twelve does in a wrapped one."""

CANDIDATES = 24
"""Different edges tried in one text."""

AT_ONCE = 4096
"""Lines looked at together: the memory it takes is that of all candidates for so many."""

PUNCTUATED = 0.3
"""Share of a wrapped stretch's lines that have marks of prose in them; tables, lists and verse have fewer."""

BETTER = 0.05
"""How much larger a share of the lines must end at one width to be measured without their indents."""

_WAYS = ((1, 0), (0, 0), (1, 1), (0, 1))
"""What counts beside the width of a line: its indent, and a column more for each mark of a typewriter."""
_FOLDED = pattern("(?<=[\u4e00-\u9fff])[,;:!?()]|[()](?=[\u4e00-\u9fff])")
_FULL_MARK = pattern("[，；：！？（）]")

_SHORT_BY = (*range(SLACK + 1), *range(LOST - NEARLY, LOST + NEARLY + 1))
"""Columns by which lines are short that tell of an edge."""

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Layout(NamedTuple):
    """What the widths of the neighbouring lines say of each line."""

    wrap: Sequence[int]
    """Right edge of the stretch in columns, 0 where it does not look wrapped."""
    full: Sequence[bool]
    """The line reaches that edge: nothing more had room."""
    indented: Sequence[bool]
    """It would reach the edge with the indent of a paragraph, which was cut off, as it was of most."""

    @property
    def wrapped(self) -> bool:
        """Whether any stretch is."""
        return any(self.wrap)


class _Marks(NamedTuple):
    """What is known of each line beside its width."""

    may_hang: Flags
    """Its last character may stand beyond the edge."""
    lent: Ints
    """Columns that stand in the next line because they could not end this one: an opening mark, a word in Latin letters."""
    mute: Flags
    """Its width tells nothing (`_mute`)."""
    begins: Flags
    """A sentence ends before it: if it ends in a short line, this is the first line of a paragraph."""

    def part(self, near: slice) -> _Marks:
        return _Marks(self.may_hang[near], self.lent[near], self.mute[near], self.begins[near])


class _Fit(NamedTuple):
    wrap: Ints
    full: Flags
    indented: Flags
    share: npt.NDArray[np.float64]
    """Share of the stretch's lines that are full: how sure the edge is."""

    def part(self, start: int, end: int) -> _Fit:
        """That of some of the lines."""
        near = slice(start, end)
        return _Fit(self.wrap[near], self.full[near], self.indented[near], self.share[near])


def layout_of(lines: Lines) -> Layout:
    """Estimate for each line whether it stands in a wrapped stretch, and whether it is full.

    Both the width of the content and its right edge (indent included) are tried, since archives come with
    their indents kept, cut off at paragraph starts only, or cut off altogether; and where the marks are those of a
    typewriter, what they were wide before somebody made them so.
    """
    mute, indent, folded = _mute(lines), lines.indent, _folded(lines)
    told = [
        (lines.width_of(i), indent[i], folded[i])
        for i, content in enumerate(lines.content)
        if not mute[i] and len(content) <= WIDEST
    ]
    ways = [way for way in _WAYS if (any(indent) or not way[0]) and (any(folded) or not way[1])]
    candidates = [
        _candidates(
            width + i * with_indent + f * with_folded
            for width, i, f in told
            if not with_folded or width + i * with_indent >= NARROWEST
        )
        for with_indent, with_folded in ways
    ]
    del told
    if not any(candidates):
        return Layout([0] * len(lines), [False] * len(lines), [False] * len(lines))
    marks = _Marks(
        np.array([content[-1] in _MAY_HANG for content in lines.content]),
        np.array([*map(_lent, lines.content[1:]), 0]),
        np.array(mute),
        np.array([True, *lines.terminal[:-1]]),
    )
    width = np.array(_widths(lines))
    unknown = marks._replace(begins=np.zeros(len(lines), np.bool_))  # two marks are as wide as half an indent
    fits = [
        _fit(_sum(width, indent if i else None, folded if f else None), unknown if f else marks, tried)
        for (i, f), tried in zip(ways, candidates, strict=True)
        if tried
    ]
    best = reduce(_better, fits)
    marked, all_ = _near(np.array([lines.punctuated, [True] * len(lines)]))
    inside = (marked >= PUNCTUATED * all_) & ~_sticks_out(width, best.wrap)
    return Layout(
        (inside * best.wrap).tolist(), (inside & best.full).tolist(), (inside & best.indented).tolist()
    )


def _sum(width: Ints, *others: list[int] | None) -> Ints:
    return sum((np.array(other) for other in others if other), start=width)


def _sticks_out(width: Ints, wrap: Ints) -> Flags:
    """Lines far wider than the edge and than both neighbours: where the width changes, the next line is as wide."""
    beside = np.zeros((2, len(width)), np.int64)
    beside[0, 1:], beside[1, :-1] = width[:-1], width[1:]
    return np.asarray((width > wrap + FAR_OVER) & (width > beside.max(axis=0) + FAR_OVER))


def _lent(content: str) -> int:
    """Columns at the beginning of a line that could not stand in the one before if it had but one less."""
    if content[0] in _NEVER_LAST:
        return LENT
    word = _WORD.match(content, 0, LONGEST_WORD) if content[0].isascii() else None
    return max(0, word.end() - 1 - SLACK) if word else 0


def _widths(lines: Lines) -> list[int]:
    """The columns of each line; of one that is far too long for any edge, its characters, which are no more."""
    return [
        len(content) if len(content) > BEYOND else lines.width_of(i)
        for i, content in enumerate(lines.content)
    ]


def _mute(lines: Lines) -> list[bool]:
    """Of each line whether its width tells nothing: it ends a sentence, or a clause in a text set by clauses, or says
    the same as one near by.
    """
    clauses = [content.endswith("，") for content in lines.content]
    if sum(clauses) < SET_BY_CLAUSES * lines.terminal.count(False):
        clauses = [False] * len(clauses)
    copies = _copies(lines.content)
    return [any(told) for told in zip(lines.terminal, clauses, copies, strict=True)]


def _copies(contents: Sequence[str]) -> Iterator[bool]:
    """Of each line, whether it says the same as one within reach before it: copies are as wide as each other."""
    last: dict[str, int] = {}
    for i, content in enumerate(contents):
        yield i - last.get(content, -REACH - 1) <= REACH
        last[content] = i


def _better(one: _Fit, other: _Fit) -> _Fit:
    """Line by line the one that explains more lines near by."""
    better = other.share > one.share + BETTER
    return _Fit(*(np.where(better, a, b) for a, b in zip(other, one, strict=True)))


def _folded(lines: Lines) -> list[int]:
    """Of each line, the marks of a typewriter in it that stand beside Han; 0 where other lines have full-width ones."""
    if _FULL_MARK.search(lines.text):
        return [0] * len(lines)
    return [len(_FOLDED.findall(content)) for content in lines.content]


def _near(flags: Flags) -> Ints:
    """For each line, how many of the lines within reach are flagged; rows of flags are counted one by one."""
    count = flags.shape[-1]
    total = np.zeros((*flags.shape[:-1], count + 2 * REACH + 1), np.int64)
    np.cumsum(flags, axis=-1, out=total[..., REACH + 1 : REACH + 1 + count])
    total[..., REACH + 1 + count :] = total[..., REACH + count, None]
    return np.asarray(total[..., 2 * REACH + 1 :] - total[..., :count])


def _fit(edge: Ints, marks: _Marks, candidates: Sequence[int]) -> _Fit:
    """The right edge that explains the neighbours of each line best: many reach it, few go beyond.

    Lines that stop in mid-sentence testify, for paragraphs of one line may be equally long by chance; the others
    are mute.
    """
    width = np.array(candidates)[:, None]
    if len(edge) <= AT_ONCE:
        return _fit_near(edge, marks, width)
    found = []
    for at in range(0, len(edge), AT_ONCE):  # each line with all that are within its reach
        before = min(at, REACH + 1)
        near = slice(at - before, at + AT_ONCE + REACH)
        found.append(_fit_near(edge[near], marks.part(near), width).part(before, before + AT_ONCE))
    return _Fit(*map(np.concatenate, zip(*found, strict=True)))


def _fit_near(edge: Ints, marks: _Marks, width: Ints) -> _Fit:
    """The same of some lines, with the candidates below each other.

    Marks may hang over the edge where more full lines end without one; in verse all lines have theirs.
    """
    room = width - edge
    over = room < 0
    reaching = room <= SLACK + marks.lent
    indented = _short_by_indent(room, reaching, marks)
    reaching |= indented
    testify = reaching & ~(over | marks.mute)
    hanging = over & (marks.may_hang & (room >= -HANGING))
    near = _near(np.array([testify, testify & ~marks.may_hang, over, room < -SLACK, hanging]))
    full, bare, beyond, far_beyond, hang = near
    hang[bare <= hang] = 0
    explained = full + HANGS * hang - 1.5 * (beyond - hang + far_beyond) + width / 1000
    score = (full >= _least(edge, width)) * explained
    best = score.argmax(axis=0), np.arange(len(edge))
    fits = score[best] > 0
    seen = np.maximum(_near(edge >= NARROWEST), 1)
    return _Fit(
        fits * width[best[0], 0], fits & reaching[best], fits & indented[best], fits * full[best] / seen
    )


def _short_by_indent(room: Ints, reaching: Flags, marks: _Marks) -> Flags:
    """First lines of paragraphs that would reach the edge with the indent they had, where most are so.

    If lines that go on are as short this is not the edge.
    """
    short = (room >= LOST - NEARLY) & (room <= LOST + NEARLY)
    first = ~_line_before(reaching)
    begins = first & marks.begins
    so = begins & short
    if not so.any():
        return so
    otherwise = (begins & reaching & ~short) | (short & _line_before(short) & ~marks.begins)
    votes = np.array([so, otherwise])
    (near_so, near_otherwise), (all_so, all_otherwise) = _near(votes), votes.sum(axis=2)
    lost = (near_so > BEGIN_SO * near_otherwise + 1) | (all_so > BEGIN_SO * all_otherwise + 1)[:, None]
    return np.asarray(first & short & lost)


def _line_before(flags: Flags) -> Flags:
    """What is flagged of the line before each."""
    before = np.zeros_like(flags)
    before[:, 1:] = flags[:, :-1]
    return before


def _least(edge: Ints, width: Ints) -> Any:
    """Full lines near by that each width must have."""
    if width.min() >= NARROW:
        return LEAST
    narrow = np.maximum(LEAST, MOST_OF_NARROW * _near(edge > 0))
    return np.where(width >= NARROW, LEAST, narrow)


def _candidates(edges: Iterable[int]) -> list[int]:
    """Edges that more than one line has and enough lines reach, the most frequent ones."""
    counts = Counter(edge for edge in edges if NARROWEST <= edge <= WIDEST)
    usual = sorted((edge for edge in counts if counts[edge] > 1), key=lambda edge: (-counts[edge], edge))
    return [edge for edge in usual[:CANDIDATES] if sum(counts[edge - short] for short in _SHORT_BY) >= LEAST]
