"""What the page is told of a document: rows, findings and figures, as JSON.

Texts are sent in pieces and never as offsets, for JavaScript counts UTF-16 units and Python code points.
A *finding* is an edit or a gap. `assets/findings.js` reads what is built here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from zhclean.cleaned import Cleaned
from zhclean.edits import Edit, Gap, Span
from zhclean.report.alignment import Piece, Row, rows

_LINE_END = re.compile(r"\r\n|\r|\n")


class Document(NamedTuple):
    """One text of a report."""

    name: str
    cleaned: Cleaned
    encoding: str = ""
    lost: int = 0
    """Undecodable bytes that became U+FFFD."""


def view(document: Document, translate: Callable[[str], str | None]) -> dict[str, Any]:
    """All the page shows of one document; `translate` gives a reason in Chinese, or nothing.

    - `rows`: ``[line, piece …]``, where `line` is 0 if the row begins within a line. A piece is a string for text
      that stays; ``[old, new]`` for the next edit, or ``[old]`` if it removes; the same with a 1 in front for one
      that goes on with the last edit; ``{"gap": text}`` for the next gap.
    - `findings`: the edits, then the gaps; each the number of its cause, or ``[cause, repeats, origin, group]`` without
      the zeros at the end. `repeats` and `origin` are ``[row, units, row, units]``, where the span starts and ends
      in the source, in UTF-16 units from the start of the row; `group` counts from 1.
    - `causes`: ``[[stage …], [reason …], permille]``, numbers that count in `stages` and `reasons`, and the
      confidence. Texts have few different ones.
    """
    cleaned = document.cleaned
    aligned = rows(cleaned)
    table = _Causes(counts(cleaned))
    places = _Places(cleaned.source, aligned)
    return {
        "name": document.name,
        "encoding": document.encoding,
        "lost": document.lost,
        "damage": round(cleaned.damage, 4),
        "lengths": [len(cleaned.source), len(cleaned.text)],
        "edits": len(cleaned.edits),
        "findings": [
            *(_edit(edit, table, places) for edit in cleaned.edits),
            *map(table.number, cleaned.gaps),
        ],
        "causes": table.items,
        "stages": list(table.stages),
        "reasons": [[reason, translate(reason)] for reason in table.reasons],
        "rows": [
            _row(row, previous, places) for row, previous in zip(aligned, [None, *aligned], strict=False)
        ],
    }


def counts(cleaned: Cleaned) -> dict[str, int]:
    """Edits of each stage, in the order the stages run; one that several made counts for each of them."""
    found = Counter(stage for edit in cleaned.edits for stage in edit.stage.split("+"))
    known = [stage.name for stage in cleaned.stages]
    return {name: found[name] for name in dict.fromkeys([*known, *found]) if name in found}


class _Causes:
    """Numbers the different causes of edits and gaps."""

    def __init__(self, stages: Iterable[str]) -> None:
        self.items: list[tuple[list[int], list[int], int]] = []
        self.stages = {name: number for number, name in enumerate(stages)}
        self.reasons: dict[str, int] = {}
        self._numbers: dict[tuple[str, str, int], int] = {}

    def number(self, change: Edit | Gap) -> int:
        key = change.stage, change.reason, _permille(change.confidence)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers)
            stages = [self.stages.setdefault(name, len(self.stages)) for name in key[0].split("+")]
            reasons = [self.reasons.setdefault(part, len(self.reasons)) for part in key[1].split("; ")]
            self.items.append((stages, reasons, key[2]))
        return self._numbers[key]


class _Places:
    """Offsets of the source as the page counts them."""

    def __init__(self, source: str, aligned: Sequence[Row]) -> None:
        self._source = source
        self._lines = [0, *(match.end() for match in _LINE_END.finditer(source))]
        self._rows = [row.pieces[0].start for row in aligned]

    def line(self, offset: int) -> int:
        """Counted from 1."""
        return bisect_right(self._lines, offset)

    def spot(self, offset: int) -> tuple[int, int]:
        """The row, and UTF-16 units from its start."""
        row = max(bisect_right(self._rows, offset) - 1, 0)
        before = self._source[self._rows[row] : offset]
        return row, len(before.encode("utf-16-le", "surrogatepass")) // 2

    def span(self, span: Span | None) -> tuple[int, ...] | int:
        """Spots of its start and its end; 0 for none."""
        return (*self.spot(span.start), *self.spot(span.end)) if span else 0


def _edit(edit: Edit, table: _Causes, places: _Places) -> list[Any] | int:
    group = 0 if edit.group is None else edit.group + 1
    links = [places.span(edit.repeats), places.span(edit.origin), group]
    while links and not links[-1]:
        links.pop()
    cause = table.number(edit)
    return [cause, *links] if links else cause


def _permille(confidence: float) -> int:
    """Rounded, but never to certainty."""
    return 1000 if confidence >= 1 else min(999, round(1000 * confidence))


def _row(row: Row, previous: Row | None, places: _Places) -> list[Any]:
    source = "".join(piece.old for piece in row.pieces)
    indent = len(source) - len(source.lstrip()) if source.strip() else 0
    line = 0 if row.continues else places.line(row.pieces[0].start + indent)
    return [line, *_pieces(row.pieces, previous.pieces[-1].edit if previous else None)]


def _pieces(pieces: Sequence[Piece], last_edit: int | None) -> Iterator[Any]:
    """The row's pieces without the line end and the blank lines it ends with: rows stand apart anyway."""
    for piece in pieces[:-1]:
        yield _piece(piece, last_edit)
        last_edit = None
    last = pieces[-1]
    if last.edit is not None or last.gap is not None:
        yield _piece(last, last_edit)
    elif text := _without_line_end(last.old):
        yield text


def _piece(piece: Piece, last_edit: int | None) -> Any:
    if piece.edit is not None:
        goes_on = [1] if piece.edit == last_edit else []
        return [*goes_on, piece.old, piece.new] if piece.new else [*goes_on, piece.old]
    if piece.gap is not None:
        return {"gap": piece.old if piece.old.strip() else ""}
    return piece.old


def _without_line_end(text: str) -> str:
    body = text.rstrip()
    line_end = _LINE_END.search(text, len(body))
    return text[: line_end.start()] if line_end else text
