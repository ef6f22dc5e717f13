"""How much of each kind of damage is undone, and whether what is not damaged stays as it is.

    python -m benchmarks.quality                          every kind, on the test part
    python -m benchmarks.quality unwrap punctuation       these kinds
    python -m benchmarks.quality --corpus clean --row marks --split dev --misses misses.txt
    python -m benchmarks.quality --quick                  what the test suite runs
    python -m benchmarks.quality --pin                    raise the floors; they are never lowered
    python -m benchmarks.quality unwrap --peers           the other rules beside zhclean

A row is a corpus and a damage; the module of each kind says what its figures mean. Ends with exit code 1
when a figure is below its floor.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from multiprocessing import Pool
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks import (  # noqa: E402
    copies,
    corpora,
    encodings,
    floors,
    foreign,
    punctuation,
    repeats,
    undamaged,
    unwrap,
)
from benchmarks.table import HEAD, SEED, Row, Task, Wanted, printed  # noqa: E402

KINDS: dict[str, ModuleType] = {
    "unwrap": unwrap,
    "repeats": repeats,
    "copies": copies,
    "punctuation": punctuation,
    "encodings": encodings,
    "undamaged": undamaged,
    "foreign": foreign,
}
"""Each has `plan(wanted)`, which yields its tasks, and `QUICK`, the documents the test suite takes."""

QUICK_CORPORA = ("pd1998", "jieba", "foreign")  # packages that anyone can install, and our own tables


def tasks(kinds: Sequence[str], chosen: Sequence[str], rows: Sequence[str], wanted: Wanted) -> Iterator[Task]:
    """The rows asked for whose data is there; all where nothing is asked for."""
    for kind in kinds or KINDS:
        for task in KINDS[kind].plan(wanted):
            asked = task.corpus in chosen if chosen else task.corpus not in corpora.ON_REQUEST
            if asked and (not rows or task.row in rows) and corpora.is_available(task.corpus):
                yield task


def quick_tasks(kind: str) -> Iterator[Task]:
    return tasks([kind], QUICK_CORPORA, (), Wanted(limit=KINDS[kind].QUICK))


def measured(planned: Sequence[Task], jobs: int) -> Iterator[tuple[str, Row]]:
    """Every task's name and row, in order."""
    if jobs == 1:
        yield from ((task.name, task.measure()) for task in planned)
        return
    with Pool(jobs) as pool:
        yield from zip((task.name for task in planned), pool.imap(_measure, planned), strict=True)


def _measure(task: Task) -> Row:
    return task.measure()


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "python -m benchmarks.quality", description=__doc__, formatter_class=form
    )
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)}; default all")
    parser.add_argument("--corpus", action="append", default=[], help="only this one (may be repeated)")
    parser.add_argument("--row", action="append", default=[], help="only this damage (may be repeated)")
    parser.add_argument("--split", default="test", choices=[*corpora.SPLITS, "all"])
    parser.add_argument("--limit", type=int, default=0, help="documents a corpus; 0: all of the part")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--misses", type=Path, help="write every miss with its surroundings to this file")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--quick", action="store_true", help="only what the test suite runs")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is measured")
    of_unwrap = parser.add_argument_group("for unwrap")
    of_unwrap.add_argument("--peers", action="store_true", help="the other rules too")
    of_unwrap.add_argument("--set", action="append", default=[], metavar="FIELD=VALUE")
    args = parser.parse_args(argv)
    if unknown := set(args.kinds) - set(KINDS):
        parser.error(f"no kind {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}")
    return args


def main(argv: Sequence[str] | None = None) -> int:
    args = arguments(argv)
    options = {key: json.loads(value) for key, value in (item.split("=", 1) for item in args.set)}
    wanted = Wanted(args.split, args.limit, args.seed, options, args.peers)
    if args.quick:
        planned = [task for kind in args.kinds or KINDS for task in quick_tasks(kind)]
    else:
        planned = list(tasks(args.kinds, args.corpus, args.row, wanted))
    is_whole = wanted == Wanted(peers=args.peers)
    section = "quick" if args.quick else "test" if is_whole else ""
    rows, failed = print_table(planned, args.jobs, floors.load().get(section, {}))
    if args.misses:
        misses = [miss for row in rows.values() for miss in row.misses]
        args.misses.write_text("\n\n".join(misses) + "\n", "utf-8")
    figures = {name: row.figures for name, row in rows.items()}
    if args.json:
        args.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1), "utf-8")
    if args.pin and section:
        floors.pin(section, figures)
    return int(failed)


def print_table(planned: Sequence[Task], jobs: int, pinned: floors.Floors) -> tuple[dict[str, Row], bool]:
    """Every row by its name, and whether one of them is below its floor."""
    print(HEAD)
    rows, any_failed = dict[str, Row](), False
    for name, row in measured(planned, jobs):
        rows[name], floor = row, pinned.get(name, {})
        failed = floors.below(row.figures, floor)
        any_failed |= bool(failed)
        print(printed(name, row, floor, failed), flush=True)
    return rows, any_failed


if __name__ == "__main__":
    sys.exit(main())
