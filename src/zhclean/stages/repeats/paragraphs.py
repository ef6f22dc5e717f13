"""Whole lines that stand elsewhere too, word for word or cut off, and which of the copies stays."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, pairwise
from typing import NamedTuple

from zhclean.edits import Span
from zhclean.lines.blocks import CREDITS, Kind, kind
from zhclean.lines.teasers import has_link, is_teaser, said
from zhclean.models.opinions import continuation
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.cut_off import (
    CONTEXT,
    CUT_OFF,
    cut_off_confidence,
    cut_off_where_copy_ends,
    is_in_mid_phrase,
    is_without_credit,
    may_be_title,
)
from zhclean.stages.repeats.near import is_copy_with_slips, is_recognised_again
from zhclean.stages.repeats.on_purpose import OnPurpose
from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.reading_on import LEAST, ONE_END, leads_over, read_on
from zhclean.stages.repeats.stretches import stretches
from zhclean.stages.repeats.titles import (
    OPENING,
    headline_of_title,
    is_headline_again,
    labelled,
    may_be_named,
)
from zhclean.stages.repeats.wording import (
    FORMULA,
    ON_PURPOSE,
    ends_well,
    is_cry,
    is_heading,
    is_prose,
    is_sentence,
)

BESIDE = 12
"""Characters of a line that is a mistake directly behind its copy; refrains and cells of a table are shorter."""

PIECE = 4
"""Characters, at least, of what is left of a line beside a copy."""

TOGETHER = 3
"""Lines, at most, of a block that stands directly behind its copy: a picture's caption and its credits."""

LOOP, LOOPED = 4, 8
"""Copies of lines, one behind the other, that are a loop, and characters they have together; cells of a table are
shorter."""

MOST_PARTS = 20
"""Paragraphs, at most, that run together in a copy."""

BLOCK = 12
"""Different lines, one behind the other, that no song and no register has twice."""

LONGEST_BETWEEN = 6
"""Lines between two paragraphs that stand between the copies of both."""

PAGE = 4
"""Different lines, at least, of a page that is said again as a whole, or two thirds of it up to the end of the text: a
song may end with the verse that it begins with."""

WITHOUT_CREDIT = 0.85
"""Confidence that of two captions, one below the other, the one without its credit is a copy."""

TOGETHER_WITH = "repeated together with its paragraph"
WITH_SLIPS = f"{TOGETHER_WITH}, with slips"

GOES_ON = 4.0
"""Log-odds from which the next line goes on with a line. Where a word is torn they are 20; a headline that stands
again at a page's foot may have 3 for what the site put below it."""


class Loss(NamedTuple):
    """Why a line goes: the line that stays, in what way it repeats that one, how sure that is."""

    other: int
    reason: str
    confidence: float


def find_run_together(page: Page) -> Iterator[Claim]:
    """Claim the lines in which headings, rows or entries are run together that elsewhere are lines by themselves."""
    return _Copies(page).of_lines()


def find_paragraphs(page: Page, near: Iterable[Claim]) -> Iterator[Claim]:
    """Claim the copies of lines but the best one, and the short lines that go with them or with near copies."""
    copies = _Copies(page)
    several = [*copies.run_together(), *copies.loops()]
    lost = copies.lost([*near, *several])
    yield from (claim for claim in several if page.line_at(claim.repeats.start) not in lost)
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
        self._purpose = OnPurpose(page)
        self._goes_on_by = dict[int, float]()

    def lost(self, claims: Iterable[Claim]) -> dict[int, Loss]:
        """Every line that goes, those of the claims included."""
        lost = self._page_again()
        for claim in claims:
            other = _survivor(lost, self._page.line_at(claim.repeats.start))
            if claim.line is not None and claim.line != other:
                lost[claim.line] = Loss(other, claim.reason, claim.confidence)
        for line, loss in chain(self._titles(), self._cut_off()):
            if line not in lost and line != _survivor(lost, loss.other):
                lost[line] = loss
        self._lose(lost, dict(self._equal(lost)))
        self._carry_along(lost)
        return lost

    def _lose(self, lost: dict[int, Loss], copies: dict[int, Loss]) -> None:
        """Add the copies but those that are the rest of a sentence which begins in a line that stays."""
        rests = set[int]()
        for line in sorted(copies):
            if self._is_rest(line, copies[line].other, lost, rests):
                rests.add(line)
            else:
                lost[line] = copies[line]

    def _is_rest(self, line: int, other: int, lost: Container[int], rests: Container[int]) -> bool:
        """Whether the line before stays, is another one than before the copy, or a rest itself, and goes on in this one,
        which is no longer than those of a wrapped text.
        """
        before = line - 1
        if before in (-1, other) or before in lost or len(self._keys[line]) > FORMULA:
            return False
        if ends_well(self._keys[before]):
            return False
        is_other = before in rests or (
            self._keys[before] != self._page.key(other - 1) and not is_heading(self._page.content(before))
        )
        return is_other and self._odds_of_going_on(before) > 0

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
        each is a paragraph, the one line, unless more copies have it, or it is the only one, in a page that is copied below.
        """
        spans = self._page.spans
        beginnings = [(short, long) for short, long in self._beginnings() if is_sentence(long)]
        alone = len({long for _, long in beginnings}) == 1
        for short, long in beginnings:
            wholes = self._groups[long]
            several = [range(first, self._last_part(long, first) + 1) for first in self._groups[short]]
            apart = [parts for parts in several if self._are_paragraphs(parts)]
            for parts in several:
                copied = parts in apart and (
                    len(wholes) > len(apart)
                    or (alone and wholes[0] < parts[0] and self._is_in_copy(wholes[0], parts))
                )
                if copied or self._are_wrapped(wholes[0], parts):
                    for line in parts:
                        reason = "paragraph repeated in several lines"
                        yield Claim(spans[line], spans[wholes[0]], reason, 0.9, line)
                elif parts in apart:
                    kept = Span(spans[parts[0]].start, spans[parts[-1]].end)
                    for line in wholes:
                        yield Claim(spans[line], kept, "paragraphs repeated as one", 0.9, line)
                    break  # once is enough

    def of_lines(self) -> Iterator[Claim]:
        """Each line that runs together what others say, one behind the other, that do not go on in each other."""
        spans = self._page.spans
        for short, long in self._beginnings():
            if not is_sentence(long):
                continue
            for first in self._groups[short]:
                parts = range(first, self._last_part(long, first) + 1)
                wholes = self._groups[long]
                if len(parts) > 1 and self._break_off(parts) and not self._read_on(wholes[0], parts):
                    kept = Span(spans[parts[0]].start, spans[parts[-1]].end)
                    for line in wholes:
                        yield Claim(spans[line], kept, "lines repeated as one", 0.9, line)
                    break  # once is enough

    def _is_in_copy(self, whole: int, parts: range) -> bool:
        """Whether the lines before a line, or behind it, stand again around several that say the same."""
        content = self._page.content
        before, behind = content(parts[0] - 1), content(parts[-1] + 1)
        stands_before = bool(before) and content(whole - 1).endswith(before)
        stands_behind = bool(behind) and content(whole + 1).startswith(behind)
        return stands_before or stands_behind

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
            kind(self._page.contents[line]) in ON_PURPOSE or self._purpose.is_cell(line) for line in lines
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

    def _are_wrapped(self, whole: int, lines: range) -> bool:
        """Whether several lines are one paragraph, as `whole` says it."""
        return self._break_off(lines) and self._read_on(whole, lines)

    def _read_on(self, whole: int, lines: range) -> bool:
        """Whether lines go on in the next; the first line of the text may be the headline. In a copy of the page, which is
        likely to be wrapped as a whole, a single line's end does not tell that they are rows.
        """
        least = ONE_END if self._is_in_copy(whole, lines) else LEAST
        return read_on([self._page.contents[line] for line in lines if line > 0], least)

    def _break_off(self, lines: range) -> bool:
        """Whether one of several lines at least leads over, breaks off amid a phrase or, longer than a line of verse, amid
        a sentence. The first line of the text may be the headline.
        """
        keys = [self._keys[line] for line in lines[:-1] if line > 0]
        return any(
            key[-1].isalnum() or leads_over(key) or (len(key) >= CUT_OFF and not ends_well(key))
            for key in keys
        )

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

    def _titles(self) -> Iterator[tuple[int, Loss]]:
        """The title of the page, if it is the headline and the site's name, and the headline behind its label."""
        if headline := headline_of_title(self._page):
            yield 0, Loss(headline, "headline repeated with the site's name", 0.85)
        for line in labelled(self._page):
            yield line, Loss(0, "headline repeated behind its label", 0.85)

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
                    confidences[is_below] = cut_off_confidence(short, long, is_below)
                confidence = confidences[is_below]
                if abs(line - other) == 1 and is_without_credit(short, long):
                    confidence = WITHOUT_CREDIT
                if not confidence and self._ends_copy(line, long):
                    confidence = cut_off_where_copy_ends(short, long)
                is_headline = line == 0 and not has_link(short) and may_be_title(said(short), long)
                is_named = other == 0 and may_be_named(self._page, line)
                if is_headline or is_named or not confidence:
                    continue
                if not (
                    self._purpose.differently_captioned(line, other) or self._purpose.is_cell(line)
                ) and not (is_said and self._purpose.are_entries(line, other)):
                    yield line, Loss(other, "cut-off copy of a longer paragraph", confidence)

    def _ends_copy(self, line: int, long: str) -> bool:
        """Whether a paragraph stands before a line that stands before this one, the whole, too."""
        before = self._keys[line - 1] if line else ""
        return is_sentence(before) and any(before == self._keys[whole - 1] for whole in self._groups[long])

    def _is_below(self, line: int, other: int) -> bool:
        """Whether a line stands below the whole one and is no caption: neither headline nor lead does."""
        return line > other and kind(self._page.content(line + 1)) not in CREDITS

    def _equal(self, lost: dict[int, Loss]) -> Iterator[tuple[int, Loss]]:
        """All but one copy of each of these lines."""
        repeated = dict(self._repeated(lost))
        best = self._best(repeated, lost) if repeated else {}
        for key, lines in repeated.items():
            stays = lines[0] if self._is_headline(lines) else best[key]
            for line in lines:
                if line != stays and not (
                    self._is_on_purpose(line, stays) or self._opens_another(line, stays)
                ):
                    yield line, Loss(stays, "paragraph repeated word for word", 0.97)

    def _opens_another(self, line: int, other: int) -> bool:
        """Whether a line ends with a clause, and the sentence goes on in another way than in the copy of the line."""
        content = self._page.content
        while content(line).endswith(("，", "、")):
            line, other = line + 1, other + 1
            if content(line) != content(other):
                return bool(content(line)) and not content(other).startswith(content(line))
        return False

    def _is_on_purpose(self, line: int, other: int) -> bool:
        if line in self._blocks:
            return False
        return self._purpose.is_formal(line, other) or self._purpose.is_cell(line)

    def _repeated(self, lost: Container[int]) -> Iterator[tuple[str, list[int]]]:
        """Keys with the lines that say the same, where it is no accident."""
        for key, group in self._groups.items():
            lines = [line for line in group if line not in lost]
            if len(lines) > 1 and (
                self._is_headline(lines)
                or (is_sentence(key) and not self._purpose.is_formula(lines))
                or self._stands_beside(lines)
            ):
                yield key, lines
            elif len(copied := self._in_blocks(lines)) > 1:
                yield key, copied

    def _in_blocks(self, lines: list[int]) -> list[int]:
        """Those of the lines that stand in blocks, or beside a line beside which one of them stands."""
        content, in_blocks = self._page.content, [line for line in lines if line in self._blocks]
        before, behind = ({content(line + step) for line in in_blocks} for step in (-1, 1))
        return [
            line
            for line in lines
            if line in self._blocks or content(line - 1) in before or content(line + 1) in behind
        ]

    @cached_property
    def _blocks(self) -> set[int]:
        """The lines of blocks that stand again as a whole and are longer than refrains and entries: whatever they are."""
        keys, following = self._keys, dict[int, int]()
        for lines in self._groups.values():
            following.update(pairwise(lines))
        found, length = set[int](), 0
        for line in range(len(keys) - 1, -1, -1):
            again = following.get(line, -1)
            goes_on = length and following.get(line + 1, -1) == again + 1
            length = length + 1 if goes_on else int(again >= 0)
            if length >= BLOCK and len({*keys[line : line + BLOCK]}) == BLOCK:
                for start in (line, again):
                    found.update(range(start, start + BLOCK))
        return found

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
            goes_on = self._goes_on(stretch[-1]) if stretch[-1] not in lost else 0.0
            return len(whole) - len(parts), goes_on, -self._is_above(stretch), -stretch[0]

        found = stretches(said, lost, self._begins(sorted(said)))
        asked = [stretch for stretch in found if any(said[line] in repeated for line in stretch)]
        best = dict[str, int]()
        for stretch in sorted(asked, key=rank, reverse=True):
            for line in stretch:
                if line not in lost:
                    best.setdefault(said[line], line)
        return best

    def _begins(self, lines: list[int]) -> set[int]:
        """The lines with which another copy of the page begins: those at or below what the page begins with."""
        again = (bisect_left(lines, line) for line in self._groups[self._keys[0]][1:])
        return {lines[at] for at in again if at < len(lines)}

    def _is_above(self, stretch: list[int]) -> bool:
        """Whether the text begins with these lines, in the middle of a story, and behind them begins a story: not where a copy
        of them is the last thing on the page.
        """
        if stretch[0] > self._first_unique or not ends_well(self._keys[stretch[0]]):
            return False
        if self._groups[self._keys[self._ends[stretch[-1]]]][-1] == len(self._keys) - 1:
            return False
        return _beginning(self._page.content(0)) < _beginning(self._page.content(stretch[-1] + 1))

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
        if ends_well(self._keys[line]) or line + 1 == len(self._keys):
            return 0.0
        found = self._odds_of_going_on(line)
        return found if found > GOES_ON else 0.0

    def _odds_of_going_on(self, line: int) -> float:
        contents = self._page.contents
        return continuation(contents[line][-CONTEXT:], contents[line + 1][:CONTEXT])

    def _stands_beside(self, lines: list[int]) -> bool:
        """Whether a copy stands directly behind another, each with its credit, and is no row of a table or list."""
        content = self._page.contents[lines[0]]
        if len(self._keys[lines[0]]) < BESIDE or kind(content) in ON_PURPOSE:
            return False
        return is_prose(content) and any(
            b - a <= TOGETHER and self._keys[a:b] == self._keys[b : 2 * b - a] for a, b in pairwise(lines)
        )

    def _is_headline(self, lines: list[int]) -> bool:
        """Whether the headline stands again in front of the story."""
        return is_headline_again(self._page, lines)

    def _carry_along(self, lost: dict[int, Loss]) -> None:
        """Add the repeated headings and short lines that stand beside lost lines and beside the copies."""
        for line, behind in pairwise(sorted(lost)):
            self._carry_between(
                lost, range(line + 1, behind), range(lost[line].other + 1, lost[behind].other)
            )
        # Backward first: what stands between two copies is rather the second one's heading than the first one's end.
        for step in (-1, 1):
            for line in sorted(lost, reverse=step < 0):
                if step > 0 and self._breaks_off(line, lost[line].other):
                    continue  # what stands below a copy that breaks off belongs to something else
                self._carry(lost, self._beside(line, step), self._beside(lost[line].other, step), step)
        for line in sorted(lost):
            self._carry_heading(lost, self._beside(line, -1), _survivor(lost, line))

    def _breaks_off(self, line: int, other: int) -> bool:
        """Whether a line is no more than the beginning of the other one, and no teaser."""
        one, two = self._keys[line], self._keys[other]
        return len(one) < len(two) and not is_teaser(one) and two.startswith(said(one))

    def _carry_heading(self, lost: dict[int, Loss], line: int, below: int) -> None:
        """Add a heading above a line that is lost, if it stands above the one that stays too, perhaps with a byline behind."""
        if line < 0 or line in lost or not is_heading(self._page.content(line)):
            return
        above = range(below - 1, max(below - OPENING, -1), -1)
        other = next((at for at in above if self._keys[at] == self._keys[line]), line)
        if other != line and other not in lost:
            lost[line] = Loss(other, TOGETHER_WITH, 0.9)

    def _carry_between(self, lost: dict[int, Loss], lines: range, others: range) -> None:
        """Add the lines between two that are lost that stand between the copies as well; if there are as many, one may
        have been recognised wrongly.
        """
        if len(lines) > LONGEST_BETWEEN or len(others) > LONGEST_BETWEEN:
            return
        stay = {self._keys[other]: other for other in others if other not in lost}
        in_place = dict(zip(lines, others, strict=True)) if len(lines) == len(others) else {}
        for line in lines:
            key = self._keys[line]
            if key in stay:
                other, reason = stay[key], TOGETHER_WITH
            elif line in in_place and is_recognised_again(key, self._keys[in_place[line]]):
                other, reason = in_place[line], WITH_SLIPS
            else:
                continue
            if line != other and other not in lost and not is_cry(key):
                lost[line] = Loss(other, reason, 0.9)

    def _carry(self, lost: dict[int, Loss], line: int, other: int, step: int) -> None:
        """The same for the lines next to one that is lost, up to the first that is no copy or a part of one."""
        is_whole = True
        while is_whole and min(line, other) >= 0 and max(line, other) < len(self._keys):
            survivor = _survivor(lost, other)
            if line in lost or line == survivor or is_cry(self._keys[line]):
                return
            if not self._is_copy(line, other, step):
                return
            one, two = self._keys[line], self._keys[other]
            is_whole = len(one) == len(two)
            lost[line] = Loss(survivor, TOGETHER_WITH if said(one) in two else WITH_SLIPS, 0.9)
            line, other = self._beside(line, step), self._beside(other, step)

    def _beside(self, line: int, step: int) -> int:
        """The next line that belongs to the text: between two of its lines the number of a page may stand."""
        line += step
        while self._page.content(line) and kind(self._page.content(line)) is Kind.FURNITURE:
            line += step
        return line

    def _is_copy(self, line: int, other: int, step: int) -> bool:
        """Whether a line beside a copy says what that beside the other one says: all of it, but for slips, its end, or,
        where the copy breaks off, its beginning.
        """
        one, two = self._keys[line], self._keys[other]
        if two in (one, said(one)) or is_copy_with_slips(one, two):
            return True
        if step < 0:
            return PIECE <= len(one) < len(two) and two.endswith(one)
        short = said(one)
        if len(short) < PIECE or not two.startswith(short):
            return False
        if is_teaser(one):
            return True
        is_last = line == len(self._keys) - 1 and not ends_well(one)
        return is_last or (len(one) >= BESIDE and is_in_mid_phrase(one, two[len(one) :]))


def _survivor(lost: Mapping[int, Loss], line: int) -> int:
    """The line that stays for one that may go itself."""
    while line in lost:
        line = lost[line].other
    return line


def _beginning(line: str) -> int:
    """How much a line looks like the first one of a story: one that tells place and date more than one that is short."""
    return 2 if kind(line) is Kind.DATELINE else int(is_heading(line))
