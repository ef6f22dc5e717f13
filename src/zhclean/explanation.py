"""What `zhclean.explain` found, for people in a terminal and for programs as JSON.

The JSON is one object: `source` (the path, or ``-``), `encoding`, `lost` (undecodable bytes that became
U+FFFD), `text` (the clean text), `edits` and `gaps`. An edit has `start`, `end`, `old`, `new`, `stage`,
`reason`, `confidence`, `repeats`, `origin` and `group`; a gap has `start`, `end`, `reason`, `confidence` and
`stage`. All positions count characters (code points) of the decoded source from 0, `end` exclusive;
`repeats` and `origin` are null or ``[start, end]``. `zhclean.Edit` says what each means.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from typing import TextIO

from rich.console import Console
from rich.text import Text

from zhclean.cleaned import Cleaned
from zhclean.edits import Edit, Gap
from zhclean.encoding import Decoded

CONTEXT = 12
"""Characters shown on either side of a change."""

LONGEST = 60
"""Characters of one side of a change shown in full; a removed copy can be a page long."""

_LINE_END = re.compile(r"\r\n|\r|\n")
_SIGNS = {"\n": "↵", "\r": "␍", "\t": "⇥", "\u3000": "\u3000"}


def as_json(source: str, decoded: Decoded, cleaned: Cleaned) -> bytes:
    """One JSON object, as the module's docstring describes it, in UTF-8."""
    found = {
        "source": source,
        "encoding": decoded.encoding,
        "lost": decoded.lost,
        "text": cleaned.text,
        "edits": [_edit_fields(edit, cleaned.source) for edit in cleaned.edits],
        "gaps": [gap._asdict() for gap in cleaned.gaps],
    }
    # A lone surrogate becomes \udxxx: what JSON calls it, and the only form UTF-8 has for it.
    return json.dumps(found, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"


def print_to(stream: TextIO, cleaned: Cleaned) -> None:
    """Print changes and gaps in the order of the text, then a summary.

    In colour where `stream` is a terminal and NO_COLOR is not set.
    """
    console = Console(file=stream, highlight=False)
    lines = _Lines(cleaned.source)
    for edit in cleaned.edits:
        console.print(_edit_heading(edit, lines), soft_wrap=True)
        console.print(_edit_body(edit, cleaned.source), soft_wrap=True)
    for gap in cleaned.gaps:
        console.print(_gap_heading(gap, lines), soft_wrap=True)
        console.print(_gap_body(gap, cleaned.source), soft_wrap=True)
    console.print(_summary(cleaned), style="bold", soft_wrap=True)


class _Lines:
    """Offsets as people count: lines and characters from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def place(self, offset: int) -> str:
        line = bisect_right(self._starts, offset)
        return f"{line}:{offset - self._starts[line - 1] + 1}"


def _edit_fields(edit: Edit, source: str) -> dict[str, object]:
    fields = edit._asdict()
    return {
        "start": fields.pop("start"),
        "end": fields.pop("end"),
        "old": source[edit.start : edit.end],
        "new": fields.pop("new"),
        "stage": fields.pop("stage"),
        **fields,
    }


def _edit_heading(edit: Edit, lines: _Lines) -> Text:
    notes = []
    if edit.repeats:
        notes.append(f"the copy at {lines.place(edit.repeats.start)} stays")
    if edit.origin:
        notes.append(f"moved from {lines.place(edit.origin.start)}")
    return _heading(lines.place(edit.start), edit.stage, "; ".join([edit.reason, *notes]), edit.confidence)


def _gap_heading(gap: Gap, lines: _Lines) -> Text:
    return _heading(lines.place(gap.start), f"{gap.stage} gap", gap.reason, gap.confidence)


def _heading(place: str, stage: str, reason: str, confidence: float) -> Text:
    return Text.assemble(
        (place, "bold"), "  ", (stage, "cyan"), f"  {reason}  ", (f"{confidence:.0%}", "dim")
    )


def _edit_body(edit: Edit, source: str) -> Text:
    old, new = _cut(source[edit.start : edit.end]), _cut(edit.new)
    return _in_context(edit, source, (old, "red"), " → ", (new, "green"))


def _gap_body(gap: Gap, source: str) -> Text:
    old = _visible(source[gap.start : gap.end])
    return _in_context(gap, source, (old, ""), ("?", "bold yellow"))


def _in_context(change: Edit | Gap, source: str, *inside: str | tuple[str, str]) -> Text:
    before = source[max(0, change.start - CONTEXT) : change.start]
    after = source[change.end : change.end + CONTEXT]
    return Text.assemble("    ", (_visible(before), "dim"), "[", *inside, "]", (_visible(after), "dim"))


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return _exact(text) or "nothing"
    half = LONGEST // 2
    return f"{_exact(text[:half])} … {_exact(text[-half:])} ({len(text):,} characters)"


def _exact(text: str) -> str:
    """The text with its spaces to be told apart, for a change may be nothing else."""
    return _visible(text).translate({ord(" "): "␣", ord("\u3000"): "<U+3000>"})


def _visible(text: str) -> str:
    return "".join(c if c.isprintable() else _SIGNS.get(c, f"<U+{ord(c):04X}>") for c in text)


def _summary(cleaned: Cleaned) -> str:
    stages = Counter(stage for edit in cleaned.edits for stage in edit.stage.split("+"))
    parts = [_count(len(cleaned.edits), "change")]
    if stages:
        parts.append(f" ({', '.join(f'{name} {n}' for name, n in stages.most_common())})")
    return "".join([*parts, ", ", _count(len(cleaned.gaps), "gap")])


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
