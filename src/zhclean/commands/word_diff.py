"""Changes for people in a terminal: word by word as ``git diff --word-diff`` shows them, stage by stage."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from zhclean.cleaned import Cleaned
from zhclean.console import counted
from zhclean.edits import Edit, Gap

CONTEXT = 12
"""Characters shown on either side of a change."""

LONGEST = 40
"""Characters of one side of a change shown in full; a removed copy can be a page long."""

PLACE = 9
"""Columns for the place of a change."""

WIDTH = 100
"""Columns where there is no terminal that has some."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_SIGNS = {"\n": "↵", "\r": "␍", "\t": "⇥", "\u3000": "\u3000"}
_SPACES = {ord(" "): "␣", ord("\u3000"): "<U+3000>"}
_REMOVED, _INSERTED, _MISSING = "red", "green", "bold yellow"


def print_to(stream: TextIO, cleaned: Cleaned) -> None:
    """Print the changes of each stage in the order of the text, then the gaps, then a summary.

    In colour where `stream` is a terminal and NO_COLOR is not set; the signs are the same without.
    """
    console = Console(file=stream, highlight=False)
    width = console.width if console.is_terminal else WIDTH
    lines = _Lines(cleaned)
    for heading, changes in _sections(cleaned):
        console.print(Text(heading, "bold cyan"), soft_wrap=True)
        for row in lines.rows(changes, width - PLACE):
            for line in _Layout(row, width).printed():
                console.print(line, soft_wrap=True)
        console.print()
    console.print(_summary(cleaned), soft_wrap=True)


def _sections(cleaned: Cleaned) -> Iterator[tuple[str, Sequence[Edit | Gap]]]:
    order = {stage.name: n for n, stage in enumerate(cleaned.stages)}

    def place(edit: Edit) -> tuple[int, str]:
        return order.get(edit.stage.split("+")[0], len(order)), edit.stage

    for (_, name), edits in groupby(sorted(cleaned.edits, key=place), place):
        changes = list(edits)
        yield f"{name.replace('+', ' + ')}: {counted(len(changes), 'change')}", changes
    if cleaned.gaps:
        yield counted(len(cleaned.gaps), "gap"), cleaned.gaps


def _summary(cleaned: Cleaned) -> Text:
    counts = Counter(stage for edit in cleaned.edits for stage in edit.stage.split("+"))
    order = [stage.name for stage in cleaned.stages]
    names = sorted(counts, key=lambda name: order.index(name) if name in order else len(order))
    rows = [f"\n  {name:<12}{counts[name]:>7,}" for name in names]
    changes, gaps = counted(len(cleaned.edits), "change"), counted(len(cleaned.gaps), "gap")
    return Text.assemble((f"{changes}, {gaps}, damage {cleaned.damage:.2f}", "bold"), *rows)


class _Part(NamedTuple):
    """A piece of a row; a change begins with a note."""

    text: str
    style: str = ""
    note: str = ""


class _Row(NamedTuple):
    """The changes of one line, with what stands around them."""

    place: str
    parts: list[_Part]


class _Lines:
    """Rows of a text, and offsets as people count: lines and characters from 1."""

    def __init__(self, cleaned: Cleaned) -> None:
        self._source = cleaned.source
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(cleaned.source))]
        self._targets = {edit.group: edit for edit in cleaned.edits if edit.origin}

    def rows(self, changes: Sequence[Edit | Gap], room: int) -> Iterator[_Row]:
        """Changes of one line together, as far as there is room for them and what stands around them.

        A change that removes a line end makes two lines one.
        """
        row: _Row | None = None
        ends = [*(change.start for change in changes[1:]), len(self._source)]
        for n, (change, end) in enumerate(zip(changes, ends, strict=True)):
            last = changes[n - 1].end if n else 0
            changed = [*self._changed(change), self._behind(change.end, end)]
            if row and self._line(change.start) == self._line(last):
                more = [*row.parts[:-1], self._between(last, change.start), *changed]
                if sum(cell_len(part.text) for part in more) <= room:
                    row = row._replace(parts=more)
                    continue
            if row:
                yield row
            row = _Row(self._place(change.start), [self._before(change.start, last), *changed])
        if row:
            yield row

    def _line(self, offset: int) -> int:
        return bisect_right(self._starts, offset)

    def _place(self, offset: int) -> str:
        line = self._line(offset)
        return f"{line}:{offset - self._starts[line - 1] + 1}"

    def _before(self, offset: int, least: int) -> _Part:
        start = self._starts[self._line(offset) - 1]
        cut = max(start, least, offset - CONTEXT)
        return _Part("…" * (cut > start) + _visible(self._source[cut:offset]), "dim")

    def _behind(self, offset: int, most: int) -> _Part:
        stretch = self._source[offset : offset + CONTEXT + 1]
        line = _LINE_END.split(stretch, maxsplit=1)[0]
        shown = line[: min(CONTEXT, most - offset)]
        return _Part(_visible(shown) + "…" * (len(line) > len(shown)), "dim")

    def _between(self, start: int, end: int) -> _Part:
        if end - start <= 2 * CONTEXT:
            return _Part(_visible(self._source[start:end]), "dim")
        left, right = self._source[start : start + CONTEXT], self._source[end - CONTEXT : end]
        return _Part(f"{_visible(left)}…{_visible(right)}", "dim")

    def _changed(self, change: Edit | Gap) -> list[_Part]:
        old, note = _cut(self._source[change.start : change.end]), self._note(change)
        if isinstance(change, Gap):
            return [_Part(f"[?{old}?]" if old else "[?]", _MISSING, note)]
        new = _Part(f"{{+{_cut(change.new)}+}}", _INSERTED, "" if old else note)
        return [_Part(f"[-{old}-]", _REMOVED, note)] * bool(old) + [new] * bool(change.new)

    def _note(self, change: Edit | Gap) -> str:
        told = [change.reason]
        if isinstance(change, Edit):
            if change.repeats:
                told.append(f"the copy at {self._place(change.repeats.start)} stays")
            if change.origin:
                told.append(f"from {self._place(change.origin.start)}")
            elif target := self._targets.get(change.group):
                told.append(f"what stood here is moved to {self._place(target.start)}")
        return f"{'; '.join(told)}, {change.confidence:.0%}"


class _Layout:
    """A row broken into lines as wide as the terminal, with notes below that point at the changes."""

    def __init__(self, row: _Row, width: int) -> None:
        self._width = max(width, PLACE + 20)
        self._lines = [Text.assemble((f"{row.place:>{PLACE - 2}}  ", "bold"))]
        self._notes: list[dict[str, list[int]]] = [{}]  # for each line: by note, the columns it points at
        self._column = PLACE
        for part in row.parts:
            self._add(part)

    def printed(self) -> Iterator[Text]:
        """The lines, and the notes below each."""
        for line, notes in zip(self._lines, self._notes, strict=True):
            yield line
            for note, columns in notes.items():
                yield from self._pointing(note, columns)

    def _add(self, part: _Part) -> None:
        begun = 0
        column = self._column
        for n, character in enumerate(part.text):
            cells = cell_len(character)
            if column + cells > self._width:
                self._lines[-1].append(part.text[begun:n], part.style)
                self._lines.append(Text(" " * PLACE))
                self._notes.append({})
                begun, column = n, PLACE
            if n == 0 and part.note:
                self._notes[-1].setdefault(part.note, []).append(column)
            column += cells
        self._lines[-1].append(part.text[begun:], part.style)
        self._column = column

    def _pointing(self, note: str, columns: Sequence[int]) -> Iterator[Text]:
        """The note beside its pointers: behind the last, or in front of the first, or on a line of its own."""
        pointers, reached = "", 0
        for column in columns:
            pointers += " " * (column - reached) + "^"
            reached = column + 1
        size = cell_len(note)
        if reached + 1 + size <= self._width:
            yield Text(f"{pointers} {note}", "italic")
        elif PLACE + size + 1 <= columns[0]:
            yield Text(" " * (columns[0] - size - 1) + note + " " + pointers[columns[0] :], "italic")
        else:
            yield Text(pointers, "italic")
            yield Text(" " * PLACE + note, "italic")


def _cut(text: str) -> str:
    """The text with its spaces to be told apart, for a change may be nothing else; its middle may go."""
    if len(text) <= LONGEST:
        return _visible(text).translate(_SPACES)
    left, right = text[: LONGEST // 2], text[-LONGEST // 2 :]
    return f"{_cut(left)}… {len(text) - LONGEST:,} more …{_cut(right)}"


def _visible(text: str) -> str:
    return "".join(c if c.isprintable() else _SIGNS.get(c, f"<U+{ord(c):04X}>") for c in text)
