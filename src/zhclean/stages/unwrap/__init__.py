"""Joins what was broken, and moves what stands in the middle of a sentence behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Literal

from zhclean.characters import BEHIND_AN_END, HAN_CLASS, LEADS_OVER, SHORT_ENGLISH_WORDS, TERMINALS
from zhclean.edits import Edit, Gap, Span
from zhclean.options import Checked, option
from zhclean.patterns import pattern

if TYPE_CHECKING:
    from zhclean.lines import Lines
    from zhclean.seams import Seam

_LATIN_TAIL = pattern(r"[A-Za-z][A-Za-z'’-]*$")
_LATIN_HEAD = pattern(r"[A-Za-z][A-Za-z'’-]*")

_IN_ADDRESS = pattern(r"(?:(?:https?|ftp)://|www\.|[A-Za-z0-9._%+-]@)[!-~]*$|(?<![!-~])(?:https?:?/?|www)$")
"""What an address begins with that has come as far as the end of the line; none goes on with a capital."""

_SPACE_BETWEEN = pattern(r" (?:(?<=[\u2e80-\uffef] )(?=\S)|(?<=\S )(?=[\u2e80-\uffef]))")

_SPACE_BETWEEN_HAN = pattern(rf" (?<=[{HAN_CLASS}].)(?=[{HAN_CLASS}])")

SUREST = 0.999
"""Confidence, at most, in a join."""

LEAST_SPACES, SAMPLE = 4, 20_000
"""Spaces beside full-width characters from which on a text is looked at, and how far they are counted."""


@dataclass(frozen=True)
class Unwrap(Checked):
    """Join sentences broken across lines, blank lines, columns and pages."""

    name: ClassVar[str] = "unwrap"

    threshold: float = option(0.3, "Probability above which a break is joined.", least=0, most=1)
    furniture: Literal["keep", "remove"] = option(
        "keep", "What to do with page numbers, running heads and footers: keep or remove them."
    )

    def propose(self, text: str) -> Iterator[Edit | Gap]:
        """Yield an edit for each break that is no paragraph end, a gap where text is missing."""
        if left_over := _left_over(text, self.threshold):
            yield from left_over
            return  # the lines are looked at when the spaces are gone
        if not _has_open_end(text):
            return
        from zhclean.lines import lines_of
        from zhclean.seams import Verdict, judge

        lines = lines_of(text)
        if self.furniture == "remove":
            from zhclean.stages.unwrap.furniture import furniture

            if removals := furniture(lines):
                yield from removals
                return  # the sentences it stood in are completed when it is gone
        seams = judge(lines, self.threshold)
        for seam in seams:
            if seam.verdict is Verdict.GAP:
                span = lines.end[seam.left], lines.start[seam.right]
                yield Gap(*span, "; ".join(seam.reasons), seam.probability)
        joins = [seam for seam in seams if seam.verdict is Verdict.JOIN]
        del seams
        yield from _edits(lines, joins)


def _has_open_end(text: str) -> bool:
    """Whether a line before the last does not end like a sentence, nor leads over to the next; most texts are
    not broken, and this costs a hundredth of looking closer.
    """
    for line in text.splitlines()[:-1]:
        end = line.rstrip(BEHIND_AN_END)
        if end and end[-1] not in TERMINALS and not end.endswith(LEADS_OVER):
            return True
    return False


def _left_over(text: str, threshold: float) -> list[Edit]:
    """Removals of spaces that set lines to their width, or stand where a text was once wrapped (進 行)."""
    may_be_wrap = (
        text.count(" ") >= LEAST_SPACES and len(_SPACE_BETWEEN.findall(text, 0, SAMPLE)) >= LEAST_SPACES
    )
    if not may_be_wrap and _SPACE_BETWEEN_HAN.search(text) is None:
        return []
    from zhclean.lines.spaced_out import spaced_out_lines
    from zhclean.stages.unwrap.leftover_spaces import leftover_spaces

    if spaced_out_lines(text):
        return []  # `spacing` closes them up, numbers and all
    return (may_be_wrap and _of_wrap(text, threshold)) or leftover_spaces(text)


def _of_wrap(text: str, threshold: float) -> list[Edit]:
    """Removals of spaces of which a text that is set to a width, or once was, has one at the place of every break."""
    from zhclean.lines import pieces_of
    from zhclean.seams import judge_spaces
    from zhclean.stages.unwrap.justified import justified

    if justifying := [*justified(text)]:
        return justifying
    pieces = pieces_of(text)
    return [_join(pieces, seam) for seam in judge_spaces(pieces, threshold)]


def _edits(lines: Lines, joins: list[Seam]) -> Iterator[Edit]:
    """What is to be done for each join; takes the joins off the list, since a long text has very many."""
    moving = [seam for seam in joins if seam.right > seam.left + 1]
    last_line = _last_lines(joins) if moving else {}
    for seam in sorted(moving, key=lambda seam: last_line[seam.left]):
        last = last_line[seam.left]
        yield _join(lines, seam)._replace(group=last)
        yield _insertion(lines, last, seam)
    while joins:
        seam = joins.pop()
        if seam.right == seam.left + 1:
            yield _join(lines, seam)


def _last_lines(joins: Sequence[Seam]) -> dict[int, int]:
    """For each line whose sentence goes on: the line in which its paragraph ends."""
    last: dict[int, int] = {}
    for seam in reversed(joins):
        last[seam.left] = last.get(seam.right, seam.right)
    return last


def _join(lines: Lines, seam: Seam) -> Edit:
    start, end = lines.end[seam.left], lines.start[seam.right]
    return Edit(start, end, _between(lines, seam), *_told(seam.reasons, seam.probability))


@lru_cache(maxsize=1024)
def _told(reasons: tuple[str, ...], probability: float) -> tuple[str, float]:
    """Reason and confidence of an edit: one and the same object in all edits in which they are the same."""
    return "; ".join(reasons), _confidence(probability)


def _confidence(probability: float) -> float:
    """To three places, and never 1: words and layout leave a doubt."""
    return min(round(probability, 3), SUREST)


def _insertion(lines: Lines, last: int, seam: Seam) -> Edit:
    """What stood in the way, behind the paragraph that ends with line `last`, set off as it was before."""
    at = lines.end[last]
    span = Span(lines.end[seam.left], lines.end[seam.right - 1])
    reason, confidence = "moved from the middle of the sentence", _confidence(seam.probability)
    return Edit(at, at, lines.text[slice(*span)], reason, confidence, origin=span, group=last)


def _between(lines: Lines, seam: Seam) -> str:
    """What to put between the two halves: a space between two Latin words or where one was, otherwise nothing."""
    left, right = lines.content[seam.left][-40:], lines.content[seam.right][:40]
    if not (right[0].isascii() or left[-1].isascii()):  # as nearly always
        return ""
    if _had_space(lines, seam):
        return " "
    if not right[0].isascii():
        return ""
    if _IN_ADDRESS.search(left) and not right[0].isupper():
        return ""
    tail, head = _LATIN_TAIL.search(left), _LATIN_HEAD.match(right)
    if not tail or not head or left.endswith("-"):
        return ""
    if tail[0] + head[0] in lines.latin_words:
        return ""
    return "" if _halves_of_one_word(tail[0], head[0]) else " "


def _had_space(lines: Lines, seam: Seam) -> bool:
    """Whether a space stands beside the line end where a letter or digit is, in a text that has none at most of them."""
    beside = lines.text[lines.end[seam.left] : lines.start[seam.left + 1]]
    if not (beside.startswith(" \n") or beside.endswith("\n ")) or beside.count(" ") > 2:
        return False
    letters = lines.content[seam.left][-1].isalnum() and lines.content[seam.right][0].isalnum()
    return letters and 3 * lines.text.count(" \n") < len(lines) and 3 * lines.text.count("\n ") < len(lines)


def _halves_of_one_word(tail: str, head: str) -> bool:
    """An abbreviation cut in two (APE|C), or a remainder too short to be a word."""
    if (tail + head).isupper():
        return True
    words = {tail.lower(), head}
    return head.islower() and min(map(len, words)) <= 2 and not words & SHORT_ENGLISH_WORDS
