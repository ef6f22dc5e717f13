"""One text as the mechanisms of the stage see it; each part is computed once, when it is asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from zhclean.edits import Span
from zhclean.fingerprint import paragraph_key
from zhclean.lines.teasers import said
from zhclean.stages.repeats.shared import Shared, find_shared
from zhclean.stages.repeats.windows import Again


@dataclass(frozen=True)
class Page:
    """A text with what is derived from it."""

    text: str
    said_again: list[Again]
    """What stands again anywhere."""

    @cached_property
    def shared(self) -> list[Shared]:
        """The stretches that stand twice, each within a line."""
        return [*find_shared(self)]

    @cached_property
    def spans(self) -> list[Span]:
        """Where the content of each line that is not blank stands."""
        spans, at = list[Span](), 0
        for line in self.text.splitlines(keepends=True):
            content = line.strip()
            if content:
                start = at + len(line) - len(line.lstrip())
                spans.append(Span(start, start + len(content)))
            at += len(line)
        return spans

    @cached_property
    def contents(self) -> list[str]:
        """The content of each line."""
        return [self.text[start:end] for start, end in self.spans]

    def content(self, line: int) -> str:
        """What a line says; nothing where there is none."""
        return self.contents[line] if 0 <= line < len(self.contents) else ""

    @cached_property
    def keys(self) -> list[str]:
        """The paragraph key of each line."""
        return [paragraph_key(line) for line in self.contents]

    def key(self, line: int) -> str:
        """The paragraph key of a line; nothing where there is none."""
        return self.keys[line] if 0 <= line < len(self.keys) else ""

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The numbers of the lines that have each key, in order."""
        places = dict[str, list[int]]()
        for line, key in enumerate(self.keys):
            places.setdefault(key, []).append(line)
        return places

    @cached_property
    def beginnings(self) -> list[tuple[str, str]]:
        """Keys that are the beginning of another one, with the next of those; the longest first."""
        ordered = sorted(self.places, key=lambda key: (said(key), -len(key)))
        return [
            (short, long) for short, long in reversed([*pairwise(ordered)]) if long.startswith(said(short))
        ]

    @cached_property
    def _starts(self) -> list[int]:
        return [span.start for span in self.spans]

    def line_at(self, offset: int) -> int:
        """The number of the line an offset stands in."""
        return bisect_right(self._starts, offset) - 1

    def lines_of(self, start: int, end: int) -> Iterator[Span]:
        """Where the content of each line stands that begins in front of `end`, from the one at `start` on."""
        number = max(self.line_at(start), 0)
        while number < len(self.spans) and self.spans[number].start < end:
            yield self.spans[number]
            number += 1

    def extend(self, i: int, j: int, low: int, high: int) -> tuple[int, int]:
        """How far the text around `i` and `j` > `i` is the same: characters to the left and to the right.

        `i` goes no lower than `low`, `j` no higher than `high`.
        """
        left = _in_common(lambda a, b: self.text[i - b : i - a] == self.text[j - b : j - a], i - low)
        right = _in_common(lambda a, b: self.text[i + a : i + b] == self.text[j + a : j + b], high - j)
        return left, right


def _in_common(same: Callable[[int, int], bool], most: int) -> int:
    """The largest n up to `most` for which ``same(0, n)``, asked for in pieces that double and then halve."""
    done, step, growing = 0, 16, True
    while step and done < most:
        end = min(done + step, most)
        if same(done, end):
            done = end
        else:
            growing = False
        step = step * 2 if growing else step // 2
    return done
