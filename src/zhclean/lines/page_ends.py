"""What stands where a page ends: running heads, beside the number of the page, at a form feed or on every screen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from zhclean.characters import TERMINALS
from zhclean.lines import Lines
from zhclean.patterns import pattern

_NUMBER = pattern(r"[^\w]{0,4}第?\s*[0-9０-９]{1,4}(?:\s*[/／]\s*[0-9]{1,4})?\s*[页頁]?[^\w]{0,4}")
_CLAUSE_MARK = pattern("[，。；！？：]")

LONGEST_NUMBER, SHORTEST_HEAD, LONGEST_HEAD = 12, 3, 24
"""Characters of the line with the number of a page, and of a running head."""

LONGEST_BAR = 40
"""Characters of what stands on every screen: the bar of an application, or the headline."""


def running_heads(
    lines: Lines,
    breaks_off: Callable[[int], bool],
    goes_on: Callable[[int, int], bool],
    counts: Callable[[int], bool],
) -> set[int]:
    """The lines that are running heads: short ones beside the number of a page or at a form feed, if they stand beside
    another number too, or if the line before both breaks off, as `breaks_off` tells, and they do not, as the next line of a
    narrow column does; but not above a number that `counts` what follows, if no word is torn. Or they stand in mid-sentence
    several times and no word `goes_on` in them.
    """
    candidates = [*_beside_numbers(lines, goes_on, counts), *_at_form_feeds(lines)]
    numbers: dict[str, dict[int, str]] = {}
    for head, _, number in candidates:
        numbers.setdefault(lines.content[head], {})[head] = number
    return {i for i in _on_screens(lines, breaks_off) if not goes_on(i - 1, i)} | {
        head
        for head, before, _ in candidates
        if len(set(numbers[lines.content[head]].values())) > 1
        or (before >= 0 and breaks_off(before) and not breaks_off(head))
    }


def _on_screens(lines: Lines, breaks_off: Callable[[int], bool]) -> set[int]:
    """The lines in the middle of sentences that stand elsewhere too, each time below something else."""
    if len(set(lines.content)) == len(lines):
        return set()  # as nearly always
    places = defaultdict[str, list[int]](list)
    for i, line in enumerate(lines.content):
        if i and SHORTEST_HEAD <= len(line) <= LONGEST_BAR and line[-1] not in TERMINALS:
            places[line].append(i)
    found = set[int]()
    for line, numbers in places.items():
        below = {lines.content[i - 1] for i in numbers}
        is_headline = line == lines.content[0]
        is_again = is_headline or (len(numbers) > 1 and not _CLAUSE_MARK.search(line))
        if is_again and len(below) == len(numbers):
            found |= {i for i in numbers if breaks_off(i - 1) and not breaks_off(i)}
    return found


Candidate = tuple[int, int, str]
"""A short line, the line before it and what it stands beside, and that: a number, or which form feed."""


def _beside_numbers(
    lines: Lines, goes_on: Callable[[int, int], bool], counts: Callable[[int], bool]
) -> Iterator[Candidate]:
    content = lines.content
    for i, line in enumerate(content):
        if not (len(line) <= LONGEST_NUMBER and _NUMBER.fullmatch(line)):
            continue
        in_sentence = 1 < i < len(content) - 1 and counts(i) and not goes_on(i - 2, i + 1)
        if i and not in_sentence and _may_be_head(content[i - 1]):
            yield i - 1, i - 2, line
        if i + 1 < len(content) and _may_be_head(content[i + 1]):
            yield i + 1, i - 1, line


def _at_form_feeds(lines: Lines) -> Iterator[Candidate]:
    if "\f" not in lines.text:
        return
    for i in range(1, len(lines)):
        if "\f" in lines.text[lines.end[i - 1] : lines.start[i]]:
            for head, before in ((i - 1, i - 2), (i, i - 1)):
                if _may_be_head(lines.content[head]):
                    yield head, before, f"\f{i}"


def _may_be_head(line: str) -> bool:
    if not SHORTEST_HEAD <= len(line) <= LONGEST_HEAD or line[-1] in TERMINALS or _CLAUSE_MARK.search(line):
        return False
    return _NUMBER.fullmatch(line) is None
