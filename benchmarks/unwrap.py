"""How many broken lines are joined, and how many paragraph ends destroyed, for each way news is broken.

A join counts when the text left and right of the break stands together in the output; an end is destroyed
when it does. Breaks and ends right after 。！？”… at a full line with neither indent nor blank line are
counted nowhere, since nothing decides them. Figures: `joins` found, `ends` destroyed, paragraphs `moved`, intruders
`glued` to a paragraph, breaks joined although text is `missing` there, and seams `unlocated` in the output.
"""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from random import Random
from typing import Any, NamedTuple

import zhclean
from benchmarks import corpora, damage, peers
from benchmarks.scoring import Score, Verdict, judge, moved
from benchmarks.table import Row, Task, Wanted

QUICK = 40
SOURCES = (*corpora.SOURCES, "wrapped")
AS_FOUND_ONLY = ("mixed_width", "syndicated", "wrapped")  # their paragraphs are not clean enough to damage
PARAGRAPHS_ONLY = ("pd1998", "pd1998-traditional", "inews")  # how they were set is not known
NEAR = 4  # characters from a break within which a reported gap counts as reporting it
STATES = ("together", "apart", "unlocated")
WARM_UP = "　　让树苗在春天扎\n根,"  # asks every lazily loaded table for something

Cleaner = Callable[[str], tuple[str, list[tuple[int, int]]]]
"""Text in; text out and the spans of reported gaps, in offsets of the text that came in."""


class Sample(NamedTuple):
    id: str
    damaged: damage.Damaged


def plan(wanted: Wanted) -> Iterator[Task]:
    for source in SOURCES:
        for row in _rows(source):
            yield Task(f"{source}/{row}", partial(measure, source, row, wanted))


def _rows(source: str) -> list[str]:
    if source in AS_FOUND_ONLY:
        return ["as-found"]
    return [*damage.rows(), *(() if source in PARAGRAPHS_ONLY else ("as-found",))]


# --- Samples -----------------------------------------------------------------------------------------------


def samples(source: str, row: str, wanted: Wanted) -> Iterator[Sample]:
    """Every document of a source, damaged in one way; the same for the same arguments."""
    if source == "wrapped":
        for wrapped in _wrapped(wanted):
            yield Sample(wrapped.id, damage.real_wrap(wrapped.lines, wrapped.paragraph))
        return
    documents = corpora.documents(source, wanted.part, wanted.limit)
    if row == "as-found":
        yield from (Sample(d.id, damage.as_found(d.text)) for d in documents if d.text)
        return
    break_it = damage.rows(_headings(documents))[row]
    for document in documents:
        paragraphs = document.paragraphs
        if row == "title" and document.title and document.title != paragraphs[0]:
            paragraphs = [document.title, *paragraphs]
        if damage.suits(row, paragraphs, document.title):
            rng = Random(zlib.crc32(f"{wanted.seed}/{row}/{document.id}".encode()))
            yield Sample(document.id, break_it(paragraphs, rng))


def _wrapped(wanted: Wanted) -> Sequence[corpora.Wrapped]:
    chosen = [w for w in corpora.wrapped() if wanted.part in ("all", corpora.split(w.id))]
    return chosen[: wanted.limit or None]


def _headings(documents: Sequence[corpora.Document]) -> list[str]:
    """Real headings of these documents, to stand as intruders in the others."""
    return [d.title for d in documents if 4 <= len(d.title) <= 16]


# --- Scoring -----------------------------------------------------------------------------------------------


def measure(source: str, row: str, wanted: Wanted) -> Row:
    zhclean.explain(WARM_UP)  # so that no row pays for loading
    run = with_zhclean(dict(wanted.options), explain=row == "split-missing")
    result = Row()
    total = counted(source, row, wanted, run, result)
    result.documents, result.figures, result.notes = total.documents, total.shares(), _notes(total)
    for name, peer in peers.load().items() if wanted.peers else ():
        result.notes.append(f"{name}: {_shares_of(peer, source, row, wanted) if peer else 'not installed'}")
    return result


def with_zhclean(options: dict[str, Any], explain: bool) -> Cleaner:
    """zhclean with all defaults, or with fields of its Unwrap stage set otherwise."""
    stages = tuple(
        dataclasses.replace(stage, **options) if isinstance(stage, zhclean.Unwrap) else stage
        for stage in zhclean.STAGES
    )

    def run(text: str) -> tuple[str, list[tuple[int, int]]]:
        if not explain:
            return zhclean.clean(text, stages), []
        cleaned = zhclean.explain(text, stages)
        return cleaned.text, [(gap.start, gap.end) for gap in cleaned.gaps]

    return run


def counted(source: str, row: str, wanted: Wanted, run: Cleaner, result: Row) -> Score:
    """The counts of a row; time and misses go to `result`."""
    total = Score()
    for sample in samples(source, row, wanted):
        found, wrong = score(sample.damaged, run, result)
        total.merge(found)
        result.misses += [describe(f"{source}/{row}", sample, verdict) for verdict in wrong]
    return total


def score(damaged: damage.Damaged, run: Cleaner, timer: Row) -> tuple[Score, list[Verdict]]:
    """One document's counts, and its misses."""
    pieces, result = damaged.pieces, Score(1)
    output, gaps = timer.timed(damaged.text, run)
    ends = _ends(pieces)
    misses = list[Verdict]()
    for verdict in judge(pieces, output):
        result.add(f"{verdict.kind} {verdict.state}")
        if any(a - NEAR <= ends[verdict.left] and ends[verdict.right - 1] <= b + NEAR for a, b in gaps):
            result.add(f"gap {verdict.kind}")
        wrong = {"join": "apart", "missing": "together", "end": "together", "intruder": "together"}
        if verdict.state in (wrong.get(verdict.kind), "unlocated"):
            misses.append(verdict)
    result.add("moved", moved(pieces, output))
    return result, misses


def _ends(pieces: Sequence[damage.Piece]) -> list[int]:
    ends, position = list[int](), 0
    for piece in pieces:
        position += len(piece.before) + len(piece.text)
        ends.append(position)
    return ends


def _shares_of(peer: Callable[[str], str], source: str, row: str, wanted: Wanted) -> str:
    shares = counted(source, row, wanted, lambda text: (peer(text), []), Row()).shares()
    return "  ".join(f"{key} {value:.1f}" for key, value in shares.items() if value is not None)


def _notes(total: Score) -> list[str]:
    notes = [f"of {total.total('join')} breaks and {total.total('end')} ends"]
    left_out = {
        kind: sum(total.counts.get(f"{kind} {s}", 0) for s in STATES) for kind in ("undecided", "doubtful")
    }
    if any(left_out.values()):
        notes.append("counted nowhere: " + ", ".join(f"{n} {kind}" for kind, n in left_out.items() if n))
    if total.total("missing"):
        notes.append(
            f"text missing at {total.total('missing')} breaks, reported as gap"
            f" {_percent(total.gaps('missing'))} % (of the others {_percent(total.gaps('join'))} %)"
        )
    return notes


def describe(name: str, sample: Sample, verdict: Verdict) -> str:
    """A miss as people read it: both sides, and the damaged lines around."""
    pieces = sample.damaged.pieces
    left, right = pieces[verdict.left], pieces[verdict.right]
    what = {
        "join": "NOT JOINED",
        "end": "END DESTROYED",
        "intruder": "INTRUDER GLUED",
        "missing": "GAP JOINED",
    }
    title = "UNLOCATED" if verdict.state == "unlocated" else what[verdict.kind]
    lines = [f"{title}  {name}  {sample.id}", f"    {left.text[-20:]} | {right.text[:20]}"]
    for i in range(max(0, verdict.left - 1), min(len(pieces), verdict.right + 2)):
        mark = "L" if i == verdict.left else "R" if i == verdict.right else " "
        text = pieces[i].text
        shown = text if len(text) <= 60 else f"{text[:28]} … {text[-28:]}"
        lines.append(f"  {mark} {pieces[i].before.count(chr(10))}⏎ {pieces[i].unit:>4} {shown}")
    return "\n".join(lines)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.2f}"
