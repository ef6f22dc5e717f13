"""How many broken lines are joined, and how many paragraph ends destroyed, for each way news is broken.

    python -m benchmarks.quality                          the whole table, on the test part
    python -m benchmarks.quality --split dev --misses misses.txt
    python -m benchmarks.quality --peers                  the other rules beside zhclean
    python -m benchmarks.quality --pin                    raise the floors; they are never lowered
    python -m benchmarks.quality --curve threshold=.3,.5,.7

A join counts when the text left and right of the break stands together in the output; an end is destroyed
when it does. Breaks and ends right after 。！？”… at a full line with neither indent nor blank line are
counted nowhere, since nothing decides them.
"""

from __future__ import annotations

import argparse
import dataclasses
import functools
import json
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing import Pool
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import zhclean  # noqa: E402
from benchmarks import corpora, damage, floors, peers  # noqa: E402
from benchmarks.scoring import Score, Verdict, judge  # noqa: E402

SEED = 1998
AS_FOUND_ONLY = ("mixed_width", "syndicated")  # sources whose paragraphs are not clean enough to damage
NEAR = 4  # characters from a break within which a reported gap counts as reporting it

QUICK = (["pd1998"], "test", 40)  # sources, part and number of documents that the test suite runs
STATES = ("together", "apart", "unlocated")

WARM_UP = "　　让树苗在春天扎\n根,"  # asks every lazily loaded table for something

Cleaner = Callable[[str], tuple[str, list[tuple[int, int]]]]
"""Text in; text out and the spans of reported gaps, in offsets of the text that came in."""


class Sample(NamedTuple):
    source: str
    row: str
    id: str
    damaged: damage.Damaged


# --- Samples -----------------------------------------------------------------------------------------------


def samples(source: str, part: str, limit: int, seed: int, rows: Iterable[str] = ()) -> Iterator[Sample]:
    """Every damaged document of a source; the same for the same arguments."""
    wanted = set(rows)
    if source == "wrapped":
        for wrapped in _part(corpora.wrapped(), part, limit):
            yield Sample(source, "as-found", wrapped.id, damage.real_wrap(wrapped.lines, wrapped.paragraph))
        return
    documents = list(_part(corpora.SOURCES[source](), part, limit))
    for row, break_it in damage.rows(_headings(documents)).items():
        if (wanted and row not in wanted) or source in AS_FOUND_ONLY:
            continue
        for document in documents:
            paragraphs = document.paragraphs
            if row == "title" and document.title and document.title != paragraphs[0]:
                paragraphs = [document.title, *paragraphs]
            if damage.suits(row, paragraphs, document.title):
                rng = Random(zlib.crc32(f"{seed}/{row}/{document.id}".encode()))
                yield Sample(source, row, document.id, break_it(paragraphs, rng))
    for document in documents:
        if document.text and (not wanted or "as-found" in wanted):
            yield Sample(source, "as-found", document.id, damage.as_found(document.text))


def _part(documents: Iterable[Any], part: str, limit: int) -> Iterator[Any]:
    taken = 0
    for document in documents:
        if part in ("all", corpora.split(document.id)):
            yield document
            taken += 1
            if taken == limit:
                return


def _headings(documents: Sequence[corpora.Document]) -> list[str]:
    """Real headings of these documents, to stand as intruders in the others."""
    return [d.title for d in documents if 4 <= len(d.title) <= 16]


# --- Scoring -----------------------------------------------------------------------------------------------


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


def score(sample: Sample, run: Cleaner) -> tuple[Score, list[tuple[Verdict, str]]]:
    """One document's counts, and its misses with the output they stand in."""
    text, pieces = sample.damaged.text, sample.damaged.pieces
    started = time.process_time()
    output, gaps = run(text)
    result = Score(1, len(text.encode()), time.process_time() - started)
    ends = _ends(pieces)
    misses = list[tuple[Verdict, str]]()
    for verdict in judge(pieces, output):
        result.add(f"{verdict.kind} {verdict.state}")
        near = any(a - NEAR <= ends[verdict.left] and ends[verdict.right - 1] <= b + NEAR for a, b in gaps)
        if near:
            result.add(f"gap {verdict.kind}")
        wrong = {"join": "apart", "missing": "together", "end": "together", "intruder": "together"}
        if verdict.state in (wrong.get(verdict.kind), "unlocated"):
            misses.append((verdict, output))
    return result, misses


def _ends(pieces: Sequence[damage.Piece]) -> list[int]:
    ends, position = list[int](), 0
    for piece in pieces:
        position += len(piece.before) + len(piece.text)
        ends.append(position)
    return ends


def describe(sample: Sample, verdict: Verdict, output: str) -> str:
    """A miss as people read it: both sides, the damaged lines around, and what came out."""
    pieces = sample.damaged.pieces
    left, right = pieces[verdict.left], pieces[verdict.right]
    what = {
        "join": "NOT JOINED",
        "end": "END DESTROYED",
        "intruder": "INTRUDER GLUED",
        "missing": "GAP JOINED",
    }
    title = "UNLOCATED" if verdict.state == "unlocated" else what[verdict.kind]
    lines = [
        f"{title}  {sample.source}/{sample.row}  {sample.id}",
        f"    {left.text[-20:]} | {right.text[:20]}",
    ]
    for i in range(max(0, verdict.left - 1), min(len(pieces), verdict.right + 2)):
        mark = "L" if i == verdict.left else "R" if i == verdict.right else " "
        text = pieces[i].text
        shown = text if len(text) <= 60 else f"{text[:28]} … {text[-28:]}"
        lines.append(f"  {mark} {pieces[i].before.count(chr(10))}⏎ {pieces[i].unit:>4} {shown}")
    return "\n".join(lines)


class Task(NamedTuple):
    source: str
    part: str
    limit: int
    seed: int
    cleaner: str
    options: dict[str, Any]
    rows: tuple[str, ...]


def run_task(task: Task, chunk: tuple[int, int] = (0, 1)) -> tuple[dict[str, Score], list[str]]:
    """Score every sample of a task (or every n-th of them, for parallel work), by row."""
    scores: dict[str, Score] = {}
    misses = list[str]()
    peer = peers.load().get(task.cleaner)
    if not peer:
        zhclean.explain(WARM_UP)  # so that no row pays for loading
    for number, sample in enumerate(samples(task.source, task.part, task.limit, task.seed, task.rows)):
        if number % chunk[1] != chunk[0]:
            continue
        run = _peer(peer) if peer else with_zhclean(task.options, sample.row == "split-missing")
        result, wrong = score(sample, run)
        scores.setdefault(sample.row, Score()).merge(result)
        misses.extend(describe(sample, verdict, output) for verdict, output in wrong)
    return scores, misses


def _peer(function: Callable[[str], str]) -> Cleaner:
    return lambda text: (function(text), [])


def measure(task: Task, jobs: int = 1) -> tuple[dict[str, Score], list[str]]:
    if jobs == 1:
        return run_task(task)
    with Pool(jobs) as pool:
        parts = pool.map(functools.partial(run_task, task), [(n, jobs) for n in range(jobs)])
    scores: dict[str, Score] = {}
    for part, _ in parts:
        for row, result in part.items():
            scores.setdefault(row, Score()).merge(result)
    return scores, [miss for _, found in parts for miss in found]


# --- The table ---------------------------------------------------------------------------------------------

HEAD = f"{'row':<28}{'docs':>6}{'breaks':>8}{'found %':>9}{'ends':>8}{'destr. %':>9}{'glued %':>9}{'unloc.':>7}{'MB/s':>7}"


def line(name: str, result: Score, others: Sequence[Score | None], floor: dict[str, float]) -> str:
    """One row; behind zhclean's figures those of the others, as joins found / ends destroyed."""
    cells = f"{name:<28}{result.documents:>6}{result.total('join'):>8}{_percent(result.share('join')):>9}"
    cells += f"{result.total('end'):>8}{_percent(result.share('end'), 3):>9}{_percent(result.share('intruder'), 2):>9}"
    cells += f"{result.unlocated:>7}{result.speed:>7.1f}"
    for other in others:
        shares = f"{_percent(other.share('join'), 1)} / {_percent(other.share('end'), 1)}" if other else "–"
        cells += f"{shares:>20}"
    cells += f"  {_told(result, floor)}"
    left_out = {
        kind: sum(result.counts.get(f"{kind} {s}", 0) for s in STATES) for kind in ("undecided", "doubtful")
    }
    if any(left_out.values()):
        cells += f"\n{'':<28}counted nowhere: " + ", ".join(
            f"{n} {kind}" for kind, n in left_out.items() if n
        )
    if result.total("missing"):
        cells += (
            f"\n{'':<28}text missing at {result.total('missing')} breaks: joined {_percent(result.share('missing'))} %"
            f", reported as gap {_percent(result.gaps('missing'))} % (of the others {_percent(result.gaps('join'))} %)"
        )
    return cells


def _percent(share: float | None, digits: int = 2) -> str:
    return "–" if share is None else f"{share:.{digits}f}"


def _told(result: Score, floor: dict[str, float]) -> str:
    if not floor:
        return ""
    told = " ".join(f"{key}{'≥' if key == 'joins' else '≤'}{value:g}" for key, value in floor.items())
    return told + (
        "  ok" if not floors.below(result, floor) else "  BELOW: " + ", ".join(floors.below(result, floor))
    )


def print_curve(args: argparse.Namespace) -> None:
    """What the default trades: joins found against gaps joined, along one field of Unwrap."""
    field_name, values = args.curve.split("=", 1)
    print(f"{field_name:<14}{'found %':>9}{'missing joined %':>18}{'destroyed %':>13}{'reported %':>12}")
    for value in values.split(","):
        options = {field_name: json.loads(value)}
        total = Score()
        for source in sources(args.corpus):
            if source in corpora.SOURCES and source not in AS_FOUND_ONLY:
                task = Task(source, args.split, args.limit, args.seed, "zhclean", options, ("split-missing",))
                for result in measure(task, args.jobs)[0].values():
                    total.merge(result)
        print(
            f"{value:<14}{_percent(total.share('join')):>9}{_percent(total.share('missing')):>18}"
            f"{_percent(total.share('end'), 3):>13}{_percent(total.gaps('missing')):>12}",
            flush=True,
        )


def sources(chosen: Sequence[str]) -> list[str]:
    """The chosen sources, or all whose data is there."""
    if chosen:
        return list(chosen)
    there = ["pd1998"]
    there += [
        s for s in ("clean", "epaper", *AS_FOUND_ONLY, "wrapped") if (corpora.DATA / f"{s}.jsonl.gz").exists()
    ]
    return there


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], prog="python -m benchmarks.quality")
    parser.add_argument("--corpus", action="append", default=[], choices=[*corpora.SOURCES, "wrapped"])
    parser.add_argument("--row", action="append", default=[], help="only this damage (may be repeated)")
    parser.add_argument("--split", default="test", choices=[*corpora.SPLITS, "all"])
    parser.add_argument("--limit", type=int, default=0, help="documents a source; 0: all of the part")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--misses", type=Path, help="write every miss with its surroundings to this file")
    parser.add_argument("--json", type=Path, help="write the counts to this file")
    parser.add_argument("--peers", action="store_true", help="the other rules too")
    parser.add_argument("--quick", action="store_true", help="only what the test suite runs")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is measured")
    parser.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE", help="a field of Unwrap")
    parser.add_argument(
        "--curve", metavar="FIELD=V,V,…", help="the missing-text trade-off along a field of Unwrap"
    )
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    args = arguments(argv)
    if args.quick:
        args.corpus, args.split, args.limit, args.seed = *QUICK, SEED
    if args.curve:
        print_curve(args)
        return 0
    whole = (args.split, args.limit, args.seed) == ("test", 0, SEED)
    section = "quick" if args.quick else "test" if whole else ""
    scores, misses = print_table(args, floors.load().get(section, {}))
    if args.misses:
        args.misses.write_text("\n\n".join(misses) + "\n", "utf-8")
    if args.json:
        rows = {row: dataclasses.asdict(result) for row, result in scores.items()}
        args.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    failed = any(
        floors.below(result, floors.load().get(section, {}).get(row, {})) for row, result in scores.items()
    )
    if args.pin and section:
        floors.pin(section, scores)
    return int(failed)


def print_table(args: argparse.Namespace, pinned: floors.Floors) -> tuple[dict[str, Score], list[str]]:
    options = {key: json.loads(value) for key, value in (item.split("=", 1) for item in args.set)}
    installed = peers.load() if args.peers else {}
    for name in (name for name, peer in installed.items() if peer is None):
        print(f"{name}: not installed")
    print(HEAD + "".join(f"{name:>20}" for name in installed) + "  floor")
    scores, misses = dict[str, Score](), list[str]()
    for source in sources(args.corpus):
        task = Task(source, args.split, args.limit, args.seed, "zhclean", options, tuple(args.row))
        ours, wrong = measure(task, args.jobs)
        theirs = [
            measure(task._replace(cleaner=name), args.jobs)[0] if peer else {}
            for name, peer in installed.items()
        ]
        misses += wrong
        for row, result in ours.items():
            name = f"{source}/{row}"
            scores[name] = result
            print(line(name, result, [table.get(row) for table in theirs], pinned.get(name, {})), flush=True)
    return scores, misses


if __name__ == "__main__":
    sys.exit(main())
