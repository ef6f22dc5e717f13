"""What a piece of a text ends with, said again where the next one begins: they overlap, and were set below or behind each
other.
"""

from __future__ import annotations

from collections.abc import Iterator

from zhclean.characters import CLAUSE_MARKS
from zhclean.edits import Span
from zhclean.lines.blocks import Kind, kind
from zhclean.stages.overlaps.pieces import LONG, REASON, Joint, is_cut, is_in_prose
from zhclean.stages.repeats.claims import Claim
from zhclean.stages.repeats.differences import makes_word
from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.wording import TITLE, ends_well, is_han

SHORTEST, LEAST_WITHOUT_MARKS = 12, 20
"""Characters that are said again so, at least: two different natural lines never have as many in common there."""


def find_joints(page: Page) -> Iterator[Claim]:
    """Claim the beginning of the second line with the line end in front of it, so that the first one goes on.

    A line that is the beginning or the end of the other one is none of these: it may be a heading, or quoted. Nor is the
    end of a headline with which the story begins, nor a whole clause that is taken up for effect.
    """
    for first, second in page.shared:
        line = page.line_at(first.start)
        size = first.end - first.start
        if size < SHORTEST or page.line_at(second.start) != line + 1:
            continue
        if size < LEAST_WITHOUT_MARKS and not is_in_prose(page.text[first.start : first.end]):
            continue
        left, right = page.spans[line], page.spans[line + 1]
        meets = first.end == left.end and second.start == right.start
        is_part = left.start < first.start and second.end < right.end
        if meets and is_part and _are_text(page, line) and not _begins_again(page, line, first):
            yield Claim(Span(left.end, second.end), first, REASON, 0.85)


def find_tandems(page: Page) -> Iterator[Claim]:
    """Claim the beginning of the second piece where they stand behind each other, in one line or with lines in common."""
    for distance, offset, length in page.said_again:
        if length + 1 < distance:
            continue
        high = min(offset + 2 * distance + 1, len(page.text))
        left, right = page.extend(offset, offset + distance, max(offset - distance, 0), high)
        joint = _tandem(page.text, offset - left, distance, left + right)
        if not joint or not any(map(is_han, page.text[joint.first : joint.end])):
            continue  # verse in another language may end with a line said twice
        if joint.size >= LONG and is_cut(page.text, joint):
            again = Span(joint.end, joint.again)
            yield Claim(again, _without_blanks(page.text, joint.first, joint.end), REASON, 0.85)


def _without_blanks(text: str, start: int, end: int) -> Span:
    """What stands there without the line ends around it, of which a line beside it may take one with it."""
    copy = text[start:end]
    return Span(start + len(copy) - len(copy.lstrip()), end - len(copy) + len(copy.rstrip()))


def _tandem(text: str, first: int, distance: int, size: int) -> Joint | None:
    """The joint of two pieces of which so many characters are the same at a distance, with a blank between them or none."""
    if distance <= size < 2 * distance:
        return Joint(first, first + distance, first + distance)
    if size + 1 == distance and text[first + size].isspace():
        return Joint(first, first + size, first + distance)
    return None


def _begins_again(page: Page, line: int, first: Span) -> bool:
    """Whether the next line does not go on, but says this one, or the end of this headline, from its beginning."""
    content, following = page.contents[line], page.contents[line + 1]
    own, length = content[: first.start - page.spans[line].start], first.end - first.start
    if following.startswith(own):
        return True
    is_amid = own[-1].isalnum() or following[0] in CLAUSE_MARKS  # no sentence begins so
    if ends_well(content):
        return not is_amid
    surely = _breaks_off(content, following[length:])
    return not ((is_amid and surely) or (following[length].isalnum() and (is_amid or surely)))


def _breaks_off(line: str, rest: str) -> bool:
    """Whether a line that stops in mid-clause is surely no headline."""
    if "。" in line or ("，" in line and len(line) >= TITLE):
        return True
    return makes_word(line, "", rest)


def _are_text(page: Page, line: int) -> bool:
    return all(kind(page.contents[i]) in (Kind.TEXT, Kind.DATELINE) for i in (line, line + 1))
