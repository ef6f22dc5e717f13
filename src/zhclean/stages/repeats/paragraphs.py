"""Whole lines that stand elsewhere too, word for word or cut off, and which of the copies stays."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from zhclean.blocks import CREDITS, Kind, kind
from zhclean.characters import CLAUSE_MARKS, CLOSERS, TERMINALS
from zhclean.edits import Span
from zhclean.fingerprint import paragraph_key
from zhclean.patterns import pattern
from zhclean.seams import continuation
from zhclean.stages.repeats.belonging import is_unclosed
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.near import is_copy_with_slips, is_parallel
from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.stretches import stretches
from zhclean.stages.repeats.teasers import has_link, is_teaser, said

SENTENCE = 20
"""Characters from which a line with a clause mark in it is text that is not repeated on purpose."""

BESIDE = 12
"""Characters of a line that is a mistake directly behind its copy; refrains and cells of a table are shorter."""

FORMULA = 60
"""Characters up to which a line with a label, a question or a quotation may be repeated on purpose."""

PIECE = 4
"""Characters, at least, of what is left of a line beside a copy."""

CUT_OFF = 15
"""Characters from which the beginning of another line is a copy of it that was cut off."""

TITLE = 40
"""Characters from which a line is no headline: shorter ones may well begin as their text does."""

TOGETHER = 3
"""Lines, at most, of a block that stands directly behind its copy: a picture's caption and its credits."""

CLAUSES = 12
"""Han, at least, of clauses most of which is Latin or figures, as a report of the markets has them."""

LOOP, LOOPED = 4, 8
"""Copies of lines, one behind the other, that are a loop, and characters they have together; cells of a table are
shorter."""

HEADLINE = 5
"""Different characters, at least, of a headline; the cells of a table have fewer."""

MOST_PARTS = 20
"""Paragraphs, at most, that run together in a copy."""

OPENING = 4
"""Lines at the beginning among which a headline that stands twice is looked for."""

LONGEST_ENTRY = 10
"""Lines that entries of a list or register may have in common, one below the other."""

LONGEST_HEADED = 4
"""Lines, besides the first, from which what two headings have in common below them is a copied block."""

LONGEST_BETWEEN = 6
"""Lines between two paragraphs that stand between the copies of both."""

LIKE = 50
"""Least similarity (`rapidfuzz.fuzz.ratio`, 0 to 100) of headings of one kind: 红旗小区 and 东风小区."""

PAGE = 4
"""Different lines, at least, of a page that is said again as a whole, or two thirds of it up to the end of the text: a
song may end with the verse that it begins with."""

CELLS, NUMBERS = 3, 2
"""Lines on either side that are looked at for the cells of a table, and how many of them must be numbers."""

CONTEXT = 24
"""Characters on either side of a line's end that are looked at."""

TOGETHER_WITH = "repeated together with its paragraph"

GOES_ON = 4.0
"""Log-odds from which the next line goes on with a line. Where a word is torn they are 20; a headline that stands
again at a page's foot may have 3 for what the site put below it."""

_LABEL = pattern(r"[^，。；！？“]{1,6}(?<![说道出示称调为])[：:]")
_RESULT = pattern(r"[^，。；！？“]{1,6}[：:].{0,12}[0-9〇一二三四五六七八九十]+票")
FIELD = pattern(
    r"[（(\[【〔]?(?:[0-9]{1,2}|[〇零一二三四五六七八九十]{1,3})[）)\]】〕、.．](?![0-9])|[^，。；！？：:“”]{2,16}[：:]"
)
"""An item's number, or the name of a field."""
_NO_HEADINGS = CREDITS | {Kind.FURNITURE, Kind.RULE, Kind.DATELINE}
_ON_PURPOSE = frozenset(
    {Kind.HEADING, Kind.TABLE, Kind.CODE, Kind.RULE, Kind.FURNITURE, Kind.BYLINE, Kind.CREDIT}
)


class Loss(NamedTuple):
    """Why a line goes: the line that stays, in what way it repeats that one, how sure that is."""

    other: int
    reason: str
    confidence: float


def find_paragraphs(page: Page, near: Iterable[Claim]) -> Iterator[Claim]:
    """Claim the copies of lines but the best one, and the short lines that go with them or with near copies."""
    copies = _Copies(page)
    several = [*copies.run_together(), *copies.loops()]
    yield from several
    lost = copies.lost([*near, *several])
    for line, (_, reason, confidence) in sorted(lost.items()):
        other = _survivor(lost, line)
        yield Claim(page.spans[line], copies.surviving_span(line, other), reason, confidence, line)


class _Copies:
    def __init__(self, page: Page) -> None:
        self._page = page
        self._keys = page.keys
        self._groups: dict[str, list[int]] = defaultdict(list)
        for line, key in enumerate(page.keys):
            self._groups[key].append(line)
        self._goes_on_by = dict[int, float]()

    def lost(self, claims: Iterable[Claim]) -> dict[int, Loss]:
        """Every line that goes, those of the claims included."""
        lost = self._page_again()
        for claim in claims:
            other = _survivor(lost, self._page.line_at(claim.repeats.start))
            if claim.line is not None and claim.line != other:
                lost[claim.line] = Loss(other, claim.reason, claim.confidence)
        for line, loss in self._cut_off():
            if line not in lost and line != _survivor(lost, loss.other):
                lost[line] = loss
        lost |= [*self._equal(lost)]
        self._carry_along(lost)
        return lost

    def _page_again(self) -> dict[int, Loss]:
        """The lines of all but the first copy where the whole page, title and all, stands again right behind itself."""
        keys = self._keys
        for start in self._groups[keys[0]][1:OPENING]:
            end = next((i for i in range(start, len(keys)) if keys[i] != keys[i - start]), len(keys))
            if end == len(keys) - 1 and keys[end - start].startswith(keys[end]):
                end += 1  # the copy breaks off
            is_again = end >= 2 * start or (end == len(keys) and 3 * (end - start) > 2 * start)
            if is_again and len({*keys[start:end]}) >= PAGE:
                return {line: Loss(line % start, "page repeated", 0.9) for line in range(start, end)}
        return {}

    def run_together(self) -> Iterator[Claim]:
        """What stands in one line and in others, one behind the other: of a wrapped paragraph the others go, and where
        each is a paragraph, the one line, unless more copies have it.
        """
        spans = self._page.spans
        for short, long in self._beginnings():
            if not _is_sentence(long):
                continue
            wholes = self._groups[long]
            several = [range(first, self._last_part(long, first) + 1) for first in self._groups[short]]
            apart = [parts for parts in several if self._are_paragraphs(parts)]
            for parts in several:
                if self._are_wrapped(parts) or (parts in apart and len(wholes) > len(apart)):
                    for line in parts:
                        reason = "paragraph repeated in several lines"
                        yield Claim(spans[line], spans[wholes[0]], reason, 0.9, line)
                elif parts in apart:
                    kept = Span(spans[parts[0]].start, spans[parts[-1]].end)
                    for line in wholes:
                        yield Claim(spans[line], kept, "paragraphs repeated as one", 0.9, line)
                    break  # once is enough

    def loops(self) -> Iterator[Claim]:
        """All but the first copy of the lines that stand several times in direct succession, however short."""
        keys, spans = self._keys, self._page.spans
        for period in range(1, TOGETHER + 1):
            start = 0
            while start + period < len(keys):
                end = start
                while end + period < len(keys) and keys[end] == keys[end + period]:
                    end += 1
                if end - start >= (LOOP - 1) * period and self._is_looped(range(start, start + period)):
                    for line in range(start + period, end + period):
                        kept = spans[start + (line - start) % period]
                        yield Claim(spans[line], kept, "phrase repeated in a loop", 0.9, line)
                start = end + 1

    def _is_looped(self, lines: range) -> bool:
        """Whether no table or cry consists of such lines."""
        keys = [self._keys[line] for line in lines]
        said = "".join(keys)
        if len({*keys}) < len(keys) or len(said) < LOOPED or not is_prose(said):
            return False
        if any(char.isdecimal() or char in "！!" for char in said):
            return False
        return not any(
            kind(self._page.contents[line]) in _ON_PURPOSE or self._is_cell(line) for line in lines
        )

    def _last_part(self, long: str, first: int) -> int:
        """The last of the lines from `first` on that together say what `long` says; 0 if they do not."""
        length = 0
        for line in range(first, min(first + MOST_PARTS, len(self._keys))):
            if not long.startswith(self._keys[line], length):
                return 0
            length += len(self._keys[line])
            if length == len(long):
                return line
        return 0

    def _are_paragraphs(self, lines: range) -> bool:
        """Whether each of several lines is one by itself; the first line of the text may be the headline."""
        return len(lines) > 1 and all(line == 0 or ends_well(self._keys[line]) for line in lines)

    def _are_wrapped(self, lines: range) -> bool:
        """Whether several lines are one paragraph: one of them at least breaks off amid a phrase or, longer than a line
        of verse, amid a sentence. The first line of the text may be the headline.
        """
        keys = [self._keys[line] for line in lines[:-1] if line > 0]
        return any(key[-1].isalnum() or (len(key) >= CUT_OFF and not ends_well(key)) for key in keys)

    def _beginnings(self) -> Iterator[tuple[str, str]]:
        """Keys that are the beginning of another one, with the next of those; the longest first."""
        ordered = sorted(self._groups, key=lambda key: (said(key), -len(key)))
        for short, long in reversed([*pairwise(ordered)]):
            if long.startswith(said(short)):
                yield short, long

    def surviving_span(self, line: int, other: int) -> Span:
        """The part of the other line that this one repeats."""
        here, there = self._page.spans[line], self._page.spans[other]
        if self._page.contents[other].startswith(self._page.contents[line]):
            return Span(there.start, there.start + here.end - here.start)
        return there

    def _cut_off(self) -> Iterator[tuple[int, Loss]]:
        """Lines that are the beginning of a longer one."""
        whole = dict[str, str]()
        for short, long in self._beginnings():
            whole[short] = whole.get(long, long)
        for short, long in whole.items():
            other = self._groups[long][0]
            is_said = ends_well(short) and not is_teaser(short)
            confidences = dict[bool, float]()
            for line in self._groups[short]:
                is_below = self._is_below(line, other)
                if is_below not in confidences:
                    confidences[is_below] = _cut_off_confidence(short, long, is_below)
                confidence = confidences[is_below]
                is_headline = line == 0 and not has_link(short) and _may_be_title(said(short), long)
                if is_headline or not confidence:
                    continue
                if not (self._differently_captioned(line, other) or self._is_cell(line)) and not (
                    is_said and self._are_entries(line, other)
                ):
                    yield line, Loss(other, "cut-off copy of a longer paragraph", confidence)

    def _is_below(self, line: int, other: int) -> bool:
        """Whether a line stands below the whole one and is no caption: neither headline nor lead does."""
        return line > other and kind(self._content(line + 1)) not in CREDITS

    def _equal(self, lost: dict[int, Loss]) -> Iterator[tuple[int, Loss]]:
        """All but one copy of each of these lines."""
        repeated = dict(self._repeated(lost))
        best = self._best(repeated, lost) if repeated else {}
        for key, lines in repeated.items():
            stays = lines[0] if self._is_headline(lines) else best[key]
            for line in lines:
                if line != stays and not (self._is_formal(line, stays) or self._is_cell(line)):
                    yield line, Loss(stays, "paragraph repeated word for word", 0.97)

    def _repeated(self, lost: Container[int]) -> Iterator[tuple[str, list[int]]]:
        """Keys with the lines that say the same, where it is no accident."""
        for key, group in self._groups.items():
            lines = [line for line in group if line not in lost]
            if len(lines) > 1 and (
                self._is_headline(lines) or _is_sentence(key) or self._stands_beside(lines)
            ):
                yield key, lines

    def _best(self, repeated: Mapping[str, list[int]], lost: Mapping[int, Loss]) -> dict[str, int]:
        """For each of these keys the line that stays: that of the longest stretch, with the fewest lines that are lost, or
        else with which the text goes on in mid-sentence, or the first that does not stand above where a story begins.
        """
        said = {line: key for key, lines in repeated.items() for line in lines}
        for line in lost:
            survivor = _survivor(lost, line)
            said[line] = said[survivor] = self._keys[survivor]

        def rank(stretch: list[int]) -> tuple[float, ...]:
            whole = {said[line] for line in stretch if line not in lost}
            parts = {said[line] for line in stretch} - whole
            return len(whole) - len(parts), self._goes_on(stretch[-1]), -self._is_above(stretch), -stretch[0]

        best = dict[str, int]()
        for stretch in sorted(stretches(said, lost, self._begins(sorted(said))), key=rank, reverse=True):
            for line in stretch:
                if line not in lost:
                    best.setdefault(said[line], line)
        return best

    def _begins(self, lines: list[int]) -> set[int]:
        """The lines with which a story begins, or another copy of the page: at or below what the page begins with."""
        again = (bisect_left(lines, line) for line in self._groups[self._keys[0]][1:])
        dated = {line for line in lines if kind(self._content(line)) is Kind.DATELINE}
        return dated.union(lines[at] for at in again if at < len(lines))

    def _is_above(self, stretch: list[int]) -> bool:
        """Whether the text begins with these lines, in the middle of a story, and behind them begins a story."""
        if stretch[0] > self._first_unique or not ends_well(self._keys[stretch[0]]):
            return False
        return _beginning(self._content(0)) < _beginning(self._content(stretch[-1] + 1))

    @cached_property
    def _first_unique(self) -> int:
        """The first line that no other line repeats."""
        return next(
            (line for line, key in enumerate(self._keys) if len(self._groups[key]) == 1), len(self._keys)
        )

    @cached_property
    def _ends(self) -> list[int]:
        """For each line the last one of the lines, from it on, that follow each other elsewhere too."""
        keys = self._keys
        together = Counter(pairwise(keys))
        ends = [*range(len(keys))]
        for line in range(len(keys) - 2, -1, -1):
            if together[keys[line], keys[line + 1]] > 1:
                ends[line] = ends[line + 1]
        return ends

    def _goes_on(self, line: int) -> float:
        """Log-odds that the text goes on in mid-sentence behind a line and those that are copied with it; 0 where it
        surely does not, for that says nothing of where the copy belongs.
        """
        end = self._ends[line]
        if end not in self._goes_on_by:
            self._goes_on_by[end] = self._continuation(end)
        return self._goes_on_by[end]

    def _continuation(self, line: int) -> float:
        contents = self._page.contents
        if ends_well(self._keys[line]) or line + 1 == len(contents):
            return 0.0
        found = continuation(contents[line][-CONTEXT:], contents[line + 1][:CONTEXT])
        return found if found > GOES_ON else 0.0

    def _stands_beside(self, lines: list[int]) -> bool:
        """Whether a copy stands directly behind another, each with its credit, and is no row of a table or list."""
        content = self._page.contents[lines[0]]
        if len(self._keys[lines[0]]) < BESIDE or kind(content) in _ON_PURPOSE:
            return False
        return is_prose(content) and any(
            b - a <= TOGETHER and self._keys[a:b] == self._keys[b : 2 * b - a] for a, b in pairwise(lines)
        )

    def _is_headline(self, lines: list[int]) -> bool:
        """Whether the first line of the text, no sentence, stands again among those that come before the story."""
        if (
            lines[0] > 0
            or lines[1] >= OPENING
            or len(set(self._keys[0])) < HEADLINE
            or ends_well(self._keys[0])
        ):
            return False
        return all(kind(line) in _ON_PURPOSE for line in self._page.contents[1 : lines[1]])

    def _differently_captioned(self, line: int, other: int) -> bool:
        """Whether other credits follow: two pictures, of which one is described at greater length."""
        contents, keys = self._page.contents, self._keys
        if abs(line - other) == 1 or max(line, other) + 1 >= len(keys) or keys[line + 1] == keys[other + 1]:
            return False
        return all(kind(contents[i + 1]) in CREDITS for i in (line, other))

    def _is_formal(self, line: int, other: int) -> bool:
        """Whether notices say the same of each resolution, with the same result of the vote beside it, or entries of
        one form say the same.
        """
        beside = [
            {self._keys[i] for i in (at - 1, at + 1) if 0 <= i < len(self._keys)} for at in (line, other)
        ]
        return any(map(_RESULT.match, beside[0] & beside[1])) or self._are_entries(line, other)

    def _are_entries(self, line: int, other: int) -> bool:
        """Whether two entries have these lines in common: next to what both say stand items of one number, fields of one
        name, or sentences that differ in facts alone, or in front two headings that are like each other or of which
        the first has nothing else below it. A copied block brings its heading along.
        """
        if abs(line - other) == 1:
            return False
        in_front, behind = (self._in_common(line, other, step) for step in (-1, 1))
        if LONGEST_ENTRY in (in_front, behind):
            return False
        headings = self._content(line - in_front - 1), self._content(other - in_front - 1)
        ends = self._content(line + behind + 1), self._content(other + behind + 1)
        if _are_parallel(*headings) or _are_parallel(*ends):
            return True
        if in_front + behind >= LONGEST_HEADED:
            return False
        if not all(map(_is_heading, headings)):
            return self._are_in_sections_of_a_kind(line, other)
        block = self._keys[line - in_front : line + behind]  # but for its last line
        is_all = not any(map(ends_well, block)) and (not ends[0] or _is_heading(ends[0]))
        return is_all or _are_of_a_kind(*headings)

    def _are_in_sections_of_a_kind(self, line: int, other: int) -> bool:
        """Whether equally far above two places stand two headings that are like each other or end alike: 成人组 and 儿童组."""
        nearest = min(line, other, abs(line - other) - 1)
        above = range(1, min(nearest, LONGEST_ENTRY) + 1)
        at = next((i for i in above if _is_heading(self._content(line - i))), 0)
        one, two = self._content(line - at), self._content(other - at)
        if not at or one == two or not _is_heading(two):
            return False
        return _are_of_a_kind(one, two) or (one[-1] == two[-1] and one[-1].isalpha())

    def _in_common(self, line: int, other: int, step: int) -> int:
        """How many lines next to two places are the same, up to `LONGEST_ENTRY`."""
        keys, count = self._keys, 0
        low, high = sorted((line, other))
        while count < LONGEST_ENTRY and low + step >= 0 and high + step < len(keys):
            low, high = low + step, high + step
            if keys[low] != keys[high]:
                break
            count += 1
        return count

    def _content(self, line: int) -> str:
        """What a line says; nothing where there is none."""
        return self._page.contents[line] if 0 <= line < len(self._keys) else ""

    def _is_cell(self, line: int) -> bool:
        """Whether numbers stand by themselves in the lines near by, and the line is as short as a remark: a table was taken
        apart. Behind paragraphs they are those of pages.
        """
        if len(self._keys[line]) >= FORMULA:
            return False
        near = (
            self._page.contents[max(0, line - CELLS) : line]
            + self._page.contents[line + 1 : line + 1 + CELLS]
        )
        return sum(content.isdecimal() for content in near) >= NUMBERS

    def _carry_along(self, lost: dict[int, Loss]) -> None:
        """Add the repeated headings and short lines that stand beside lost lines and beside the copies."""
        for line, behind in pairwise(sorted(lost)):
            self._carry_between(
                lost, range(line + 1, behind), range(lost[line].other + 1, lost[behind].other)
            )
        # Backward first: what stands between two copies is rather the second one's heading than the first one's end.
        for step in (-1, 1):
            for line in sorted(lost, reverse=step < 0):
                self._carry(lost, self._beside(line, step), self._beside(lost[line].other, step), step)

    def _carry_between(self, lost: dict[int, Loss], lines: range, others: range) -> None:
        """Add the lines between two that are lost that stand between the copies as well."""
        if len(lines) > LONGEST_BETWEEN or len(others) > LONGEST_BETWEEN:
            return
        stay = {self._keys[other]: other for other in others if other not in lost}
        for line in lines:
            other = stay.get(self._keys[line], line)
            if line != other and not _is_cry(self._keys[line]):
                lost[line] = Loss(other, TOGETHER_WITH, 0.9)

    def _carry(self, lost: dict[int, Loss], line: int, other: int, step: int) -> None:
        """The same for the lines next to one that is lost, up to the first that is no copy or a part of one."""
        is_whole = True
        while is_whole and min(line, other) >= 0 and max(line, other) < len(self._keys):
            survivor = _survivor(lost, other)
            if line in lost or line == survivor or _is_cry(self._keys[line]):
                return
            if not self._is_copy(line, other, step):
                return
            one, two = self._keys[line], self._keys[other]
            is_whole = len(one) == len(two)
            lost[line] = Loss(survivor, TOGETHER_WITH if one in two else f"{TOGETHER_WITH}, with slips", 0.9)
            line, other = self._beside(line, step), self._beside(other, step)

    def _beside(self, line: int, step: int) -> int:
        """The next line that belongs to the text: between two of its lines the number of a page may stand."""
        line += step
        while self._content(line) and kind(self._content(line)) is Kind.FURNITURE:
            line += step
        return line

    def _is_copy(self, line: int, other: int, step: int) -> bool:
        """Whether a line beside a copy says what that beside the other one says: all of it, but for slips, its end, or,
        where the text breaks off, its beginning.
        """
        one, two = self._keys[line], self._keys[other]
        if one == two or is_copy_with_slips(one, two):
            return True
        if not PIECE <= len(one) < len(two):
            return False
        if step < 0:
            return two.endswith(one)
        return line == len(self._keys) - 1 and two.startswith(one) and not ends_well(one)


def _survivor(lost: Mapping[int, Loss], line: int) -> int:
    """The line that stays for one that may go itself."""
    while line in lost:
        line = lost[line].other
    return line


def _are_parallel(a: str, b: str) -> bool:
    """Whether two lines are items of one number, fields of one name, or sentences that differ in facts alone; none of them
    is the beginning of the other.
    """
    if b.startswith(said(a)) or a.startswith(said(b)):
        return False
    one, two = FIELD.match(a), FIELD.match(b)
    if one and two and one[0] == two[0]:
        return True
    return is_parallel(paragraph_key(a), paragraph_key(b), SENTENCE)


def _is_heading(line: str) -> bool:
    """Whether a line tells what those behind it are about: a title, a label, a question, but no sentence."""
    if not line or kind(line) in _NO_HEADINGS or (line[0] == "（" and line[-1] == "）"):
        return False
    return line[-1] in "？?" or (len(line) < TITLE and not any(mark in line for mark in "，。；！？…⋯"))


def _beginning(line: str) -> int:
    """How much a line looks like the first one of a story: one that tells place and date more than one that is short."""
    return 2 if kind(line) is Kind.DATELINE else int(_is_heading(line))


def _are_of_a_kind(a: str, b: str) -> bool:
    """Whether two headings are like each other, but not the same one recognised twice."""
    return ratio(a, b) >= LIKE and not is_copy_with_slips(a, b)


def _may_be_title(short: str, long: str) -> bool:
    """Whether a text's first line is its headline, although another line begins with it."""
    rest = long[len(short) :]  # nothing, if the first line says the same and ends with an ellipsis
    if len(short) >= TITLE or "。" in short or rest.startswith("、") or kind(short) is Kind.DATELINE:
        return False
    return not ("，" in short and _is_in_mid_phrase(short, rest))


def _is_in_mid_phrase(short: str, rest: str) -> bool:
    """Whether a line breaks off where another goes on with the phrase; a headline ends where a phrase does."""
    return rest[:1].isalnum() and continuation(short[-CONTEXT:], rest[:CONTEXT]) > 0


def ends_well(key: str) -> bool:
    """Whether a line ends where a sentence does."""
    return key.rstrip(CLOSERS)[-1:] in TERMINALS


def _is_cry(line: str) -> bool:
    """Whether a line is what someone calls out, and may call out again."""
    return line[0] in "“「" and len(line) < SENTENCE and line.rstrip(CLOSERS)[-1:] in "！!"


def _is_said(rest: str) -> bool:
    """Whether a line ends with a sentence, and not with an ellipsis, a name or a link."""
    return ends_well(rest) and any(map(str.isalnum, rest))


def is_prose(line: str) -> bool:
    """Whether half of a line is Han, or enough of it for clauses that stand in it, whatever Latin and figures there are."""
    return 2 * _han(line) >= len(line) or (_han(line) >= CLAUSES and any(mark in line for mark in "，。；"))


def _han(line: str) -> int:
    return sum("\u3400" <= char <= "\u9fff" for char in line)


def _is_sentence(key: str) -> bool:
    """Whether a line is text that is not repeated on purpose, as a vote's result or a question is."""
    if len(key) < SENTENCE or not any(mark in key for mark in CLAUSE_MARKS) or not is_prose(key):
        return False
    if kind(key) in _ON_PURPOSE:
        return False
    return len(key) >= FORMULA or not (_LABEL.match(key) or key[-1] in "？?" or key[0] in "“「")


def _breaks_off(teaser: str, long: str) -> bool:
    """Whether what stands in front of an ellipsis is long, or breaks off amid a clause, as no writer does, or in front of
    a link.
    """
    short = said(teaser)
    if kind(short) in _ON_PURPOSE or not is_prose(short):
        return False
    rest = long[len(short) : len(short) + 1]
    if len(short) < SENTENCE:
        return len(short) >= BESIDE and _is_in_mid_phrase(short, long[len(short) :])
    if len(short) >= TITLE or has_link(teaser) or is_unclosed(short) or short[-1] in "，、":
        return True
    return short[-1].isalnum() and (rest.isalnum() or rest == "、")


def _cut_off_confidence(short: str, long: str, is_below: bool) -> float:
    """How sure it is that a line that is the beginning of another was meant to go on as that one; 0: it is not.

    Below the whole one it is neither headline nor lead, so two clauses of it, too long for a heading, break off wherever
    they stop.
    """
    if is_teaser(short):
        return 0.95 if _breaks_off(short, long) else 0.0
    if kind(short) in _ON_PURPOSE or not is_prose(short):
        return 0.0
    if ends_well(short):
        # What has no sentence more, but an editor or a link, is rather the copy of the two.
        goes_on = len(short) >= TITLE and short[0] not in "“「" and _is_said(long[len(short) :])
        return 0.8 if goes_on else 0.0
    if len(short) >= TITLE or (len(short) >= CUT_OFF and (short[-1] in "，、；" or "。" in short)):
        return 0.95
    if len(short) >= CUT_OFF and long[len(short)] == "、":
        return 0.9
    has_clauses = len(short) >= CUT_OFF and any(mark in short for mark in "，；,;")
    if has_clauses and (long[len(short)].isalnum() or (is_below and len(short) >= SENTENCE)):
        return 0.9
    if kind(short) is Kind.DATELINE:
        return 0.9
    least = CUT_OFF if is_below else SENTENCE
    return (
        0.8
        if len(short) >= least and (is_unclosed(short) or _is_in_mid_phrase(short, long[len(short) :]))
        else 0.0
    )
