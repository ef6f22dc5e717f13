"""Lines that two pieces of a page have in common: what the one ends with is what the next one begins with.

So they are where a scan was read in tiles, an application photographed screen by screen, a loop written by a
vision model; and captions that roll say each line twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Sequence
from typing import TYPE_CHECKING

from zhclean.characters import FACT_CHARACTERS, PROSE_MARKS, TERMINALS
from zhclean.stages.overlaps.pieces import is_in_prose

if TYPE_CHECKING:
    from zhclean.lines import Lines

REACH = 60
"""Lines from a line to its copy, at most."""

LEAST = 12
"""Characters that the pieces have in common, at least, word for word."""

BETWEEN = 3
"""Lines between the pieces, at most: those that stand on every screen."""

CUT = 2
"""Characters, at least, of a line that was cut where a piece ends."""

SLIPS, LONGEST = 10, 130
"""Characters of a line to each that may have been recognised in another way, and of the longest lines in which one may."""

LIKE_OTHERS = 2
"""Pairs of pieces that surely have a number of lines in common, from which on others are believed to."""

ROLLING = 6
"""Different lines in succession that are said twice each, as in no song; cells of a table are shorter than captions."""

_PROSE_MARKS = frozenset(PROSE_MARKS)


def may_be_tiles(text: str) -> bool:
    """Whether a line stands in the text twice, or the end of one does; in most texts none does."""
    said = [line for line in map(str.strip, text.split("\n")) if line]
    return len(set(said)) < len(said) or bool(_cut(said))


def said_again(lines: Lines) -> dict[int, int]:
    """Each line that says again what a piece before ends with, or is cut off, with the line that stays.

    One of the lines at least must break off in mid-sentence: what has an end may be said again on purpose. Where two pairs
    of pieces have so many lines in common, others that have as many are pieces, too.
    """
    from zhclean.seams.setting import Setting

    setting, contents = Setting(lines), lines.content
    found, last, counts = _rolling(contents), dict[str, int](), Counter(contents)
    heights, others = Counter[int](), list[dict[int, int]]()
    for line, content in enumerate(contents):
        before = last.get(content, line)
        last[content] = line
        if line not in found and 0 < line - before <= REACH:
            pairs = _pieces(contents, before, line, counts)
            if _is_remainder(pairs, line, found):
                continue
            if any(map(setting.breaks_off, pairs.values())):
                found.update(pairs)
                heights[_height(contents, before, line)] += 1
            elif line == before + _height(contents, before, line):
                others.append({line + i: before + i for i in range(line - before)})
    for pairs in others:
        if heights[len(pairs)] >= LIKE_OTHERS and found.keys().isdisjoint(pairs):
            found.update(pairs)
    found = _cut(contents) | found
    return {line: _stays(found, other) for line, other in found.items()}


def _is_remainder(pairs: dict[int, int], again: int, found: Container[int]) -> bool:
    """Whether between the copies stands what goes: these are parallel sentences, of which a whole one was said again."""
    return bool(pairs) and any(line in found for line in range(max(pairs.values()) + 1, again))


def _height(contents: Sequence[str], first: int, again: int) -> int:
    """How many lines from these two on are the same, up to the second one."""
    height = 0
    while (
        first + height < again < len(contents) - height
        and contents[first + height] == contents[again + height]
    ):
        height += 1
    return height


def _pieces(contents: Sequence[str], first: int, again: int, counts: Counter[str]) -> dict[int, int]:
    """The lines around two equal ones that are the end of a piece and the beginning of the next, each with its copy; none
    if something else stands between the pieces.
    """
    end = _extent(contents, first, again)
    pairs = {again + i: first + i for i in range(end)}
    if sum(len(contents[a]) for a, b in pairs.items() if contents[a] == contents[b]) < LEAST:
        return {}
    between, behind = range(first + end, again), again + end
    # Where the pieces were cut, a part of a line may stand behind the first, or in front of the second.
    if between and first and _begins_amid(contents, between[-1], first - 1):
        pairs[between[-1]] = first - 1
        between = between[:-1]
    if behind < len(contents):
        if between and _is_part(contents[between[0]], contents[behind], str.startswith):
            if _may_be_headline(contents[max(first - 1, 0) : between[0] + 1], is_top=not first):
                return {}
            pairs[between[0]] = behind
            between = between[1:]
        elif _is_part(contents[behind], contents[first], str.startswith):  # a loop that was cut off
            pairs[behind] = first
    return pairs if len(between) <= BETWEEN and all(counts[contents[i]] > 1 for i in between) else {}


def _may_be_headline(lines: Sequence[str], *, is_top: bool) -> bool:
    """Whether all but the first of these lines may be a headline, which stands below an end or at the top, and with which
    the story begins.
    """
    is_below_end = is_top or lines[0][-1] in TERMINALS
    return is_below_end and _PROSE_MARKS.isdisjoint("".join(lines[not is_top :]))


def _extent(contents: Sequence[str], first: int, again: int) -> int:
    """How many lines from these two equal ones on are the same. Those in front of them differ, or they would have been found.

    Some may have been recognised in another way, if equal ones follow: entries of a list begin, or end, otherwise.
    """
    end, at, distance = 1, 1, again - first
    while again + at < len(contents) and at < distance:
        one, other = contents[first + at], contents[again + at]
        if not _same(one, other):
            break
        at += 1
        end = at if one == other else end
    return end


def _same(a: str, b: str) -> bool:
    """Whether two lines say the same but for what was recognised in another way."""
    if a == b or len(a) != len(b) or len(a) > LONGEST:
        return a == b
    differ = [{x, y} for x, y in zip(a, b, strict=True) if x != y]
    return len(differ) * SLIPS <= len(a) and all(map(FACT_CHARACTERS.isdisjoint, differ))


def _begins_amid(contents: Sequence[str], line: int, whole: int) -> bool:
    """Whether a line is the end of another one, and stands behind one that breaks off: else an entry may begin so."""
    return _is_part(contents[line], contents[whole], str.endswith) and contents[line - 1][-1] not in TERMINALS


def _is_part(part: str, whole: str, stands: Callable[[str, str], bool]) -> bool:
    return CUT <= len(part) < len(whole) and stands(whole, part)


def _cut(contents: Sequence[str]) -> dict[int, int]:
    """The same where the pieces have no whole line in common: the second begins within a line that stands right above it,
    or above the line in which the first one ends.
    """
    found = dict[int, int]()
    for line in range(1, len(contents)):
        part, above = contents[line], contents[line - 1]
        if not (above.endswith(part) or contents[line - 2].endswith(part)):
            continue  # as nearly always
        if _is_part(part, above, str.endswith):
            own = above[: -len(part)]
            is_headline = not is_in_prose(own) and part[-1] not in TERMINALS
            if len(part) >= LEAST and is_in_prose(part) and own[-1].isalnum() and not is_headline:
                found[line] = line - 1
        elif (
            1 < line < len(contents) - 1
            and _is_part(part, contents[line - 2], str.endswith)
            and _is_part(above, contents[line + 1], str.startswith)
            and len(part) + len(above) >= LEAST
        ):
            found |= {line - 1: line + 1, line: line - 2}
    return found


def _rolling(contents: Sequence[str]) -> dict[int, int]:
    """The second ones of different lines that are said twice each, many in succession."""
    found, run, line = dict[int, int](), dict[int, int](), 0
    while line < len(contents):
        if line + 1 < len(contents) and contents[line] == contents[line + 1]:
            run[line + 1] = line
            line += 2
            continue
        found |= _if_rolling(contents, run)
        run = {}
        line += 1
    return found | _if_rolling(contents, run)


def _if_rolling(contents: Sequence[str], run: dict[int, int]) -> dict[int, int]:
    said = {contents[line] for line in run}
    is_rolling = len(said) == len(run) >= ROLLING and sum(map(len, said)) >= LEAST * ROLLING / 2
    return run if is_rolling else {}


def _stays(found: dict[int, int], line: int) -> int:
    """The line that stays of one that may go itself."""
    while line in found:
        line = found[line]
    return line
