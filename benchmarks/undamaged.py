"""What zhclean does to text that is in order: nothing, but for changes that were looked at and are listed.

`undamaged.json` lists them with the reason why each is right. Rows:
*changes*: all that the default stages change in clean news; a change is `unlisted` when the list lacks it;
*removals*: all that `repeats` removes from news, a 200,000 characters, and how many of it are `unlisted`;
*misreadings*: correct texts, or words of a dictionary, that `mojibake` touches (false `alarms`, in percent).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks import corpora
from benchmarks.table import Row, Task, Wanted
from zhclean import STAGES, Edit, Mojibake, Repeats, Stage, explain

QUICK = 100
LISTED = Path(__file__).with_suffix(".json")
CHANGES = ("clean",)
REMOVALS = ("pd1998", "clean", "mixed_width", "epaper")
LONGEST_QUOTE = 8  # characters of a corpus that the list may hold; of more it tells the number


class Change(NamedTuple):
    """One edit of one document; text that is too long to quote is its length in characters."""

    document: str
    start: int
    old: str | int
    new: str | int


def plan(wanted: Wanted) -> Iterator[Task]:
    """All documents whatever the part, for none of this is learnt from them."""
    limit = wanted.limit
    for source in CHANGES:
        yield Task(f"{source}/changes", partial(changes, source, STAGES, limit))
    for source in REMOVALS:
        yield Task(f"{source}/removals", partial(changes, source, (Repeats(),), limit))
    for source in (*corpora.SOURCES, "wrapped", "jieba"):
        yield Task(f"{source}/misreadings", partial(misreadings, source, limit))


def changes(source: str, stages: Sequence[Stage], limit: int) -> Row:
    """What these stages change in a corpus, against the list."""
    documents = corpora.documents(source, limit=limit)
    row = Row(len(documents))
    made = {
        _change(document, edit): _described(document, edit)
        for document in documents
        for edit in row.timed(document.whole, partial(explain, stages=stages)).edits
    }
    unlisted = made.keys() - _listed()
    row.figures = {"unlisted": float(len(unlisted))}
    if len(stages) == 1:
        size = sum(len(document.whole) for document in documents)
        row.figures["removals"] = 200_000 * len(made) / size
    row.notes.append(f"{len(made)} changes")
    row.misses = [f"unlisted  {described}" for change, described in made.items() if change in unlisted]
    return row


def _described(document: corpora.Document, edit: Edit) -> str:
    text = document.whole
    around = text[max(0, edit.start - 12) : edit.start], text[edit.end : edit.end + 12]
    listed = json.dumps(_change(document, edit), ensure_ascii=False)
    return (
        f"{listed}  {edit.stage}: {edit.reason}  {around[0]}⟦{text[edit.start : edit.end][:60]}⟧{around[1]}"
    )


def no_longer_made(source: str) -> set[Change]:
    """Changes listed that the default stages do not make any more."""
    made = {_change(d, e) for d in corpora.documents(source) for e in explain(d.whole).edits}
    return {change for change in _listed() if change.document.startswith(f"{source}/")} - made


def _change(document: corpora.Document, edit: Edit) -> Change:
    old, new = (
        part if len(part) <= LONGEST_QUOTE else len(part)
        for part in (document.whole[edit.start : edit.end], edit.new)
    )
    return Change(document.id, edit.start, old, new)


@cache
def _listed() -> frozenset[Change]:
    entries: list[dict[str, Any]] = json.loads(LISTED.read_text("utf-8"))
    return frozenset(Change(*change) for entry in entries for change in entry["changes"])


def misreadings(source: str, limit: int) -> Row:
    texts = list(_texts(source, limit))
    row, stage = Row(len(texts)), Mojibake()
    for text in texts:
        if any(isinstance(p, Edit) for p in row.timed(text, lambda text: list(stage.propose(text)))):
            row.misses.append(f"touched  {source}  {text[:60]}")
    row.figures = {"alarms": 100 * len(row.misses) / len(texts)}
    return row


def _texts(source: str, limit: int) -> Iterator[str]:
    if source == "jieba":
        words = corpora.dictionary()
        yield "\n".join(words)
        yield from words
    elif source == "wrapped":
        yield from ("\n".join(wrapped.lines) for wrapped in corpora.wrapped())
    else:
        yield from (document.whole for document in corpora.documents(source, limit=limit))
