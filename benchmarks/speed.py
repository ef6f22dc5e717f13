"""How fast everything is, on one core and in one run: zhclean, the limits, and what others offer.

    python -m benchmarks.speed                                   a table
    python -m benchmarks.speed --json speed.json --svg speed.svg
    python -m benchmarks.speed --text "clean news" --mb 0.2      one text, less of it
    python -m benchmarks.speed --no-peers

Every round measures everything once, in an order that changes from round to round, in CPU seconds of this
process pinned to one core; the median of the rounds counts, and the least and the greatest are told. So a
machine that is busy, or slows down as it gets warm, does so to all alike. Each text is measured as documents,
one by one, and as the one long text they make together.

What loads once (imports, the first call) and the most memory a long text takes are measured in processes of
their own. Ends with exit code 1 where a figure is worse than `BOUNDS` asks for. Peers that are not installed
are left out: `pip install autocorrect-py unstructured py-data-juicer`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

RARE = re.compile("[\ue000-\uf8ff\u200b-\u200f\ufeff]")
"""A class that news does not contain: to find that out, one scan of all of it is needed."""

LIMITS = "limit"
OURS = "zhclean"
PEERS = "peer"


class Subject(NamedTuple):
    """Something that does something with a text."""

    name: str
    kind: str
    run: Callable[[Any], object]
    takes_bytes: bool = False


class Result(NamedTuple):
    """How fast a subject is on a text: megabytes of UTF-8 a second."""

    text: str
    form: str
    """Its documents one by one, or all of them as one text."""
    subject: str
    kind: str
    rate: float
    """The median of the rounds."""
    least: float
    greatest: float
    of_scan: float
    """The median, over the rounds, of the rate as a multiple of that of one `re` scan."""


def alone_on_one_core() -> None:
    """Pin this process to one core, and keep numpy from using others; to be called before numpy is there."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        os.environ[name] = "1"
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


# --- What is measured --------------------------------------------------------------------------------------


def limits() -> list[Subject]:
    """What nothing that reads a whole text can be faster than."""
    return [
        Subject("decode and encode", LIMITS, lambda data: data.decode().encode(), takes_bytes=True),
        Subject("one re scan", LIMITS, RARE.findall),
    ]


def ours() -> list[Subject]:
    """All of zhclean that works on a text."""
    import zhclean
    from zhclean.configuration import shipped

    stages = [Subject(f"only {name}", OURS, _only(stage)) for name, stage in shipped().items()]
    return [
        Subject("clean", OURS, zhclean.clean),
        Subject("explain", OURS, zhclean.explain),
        Subject("read UTF-8", OURS, zhclean.read, takes_bytes=True),
        Subject("read GB18030", OURS, _Legacy(), takes_bytes=True),
        *stages,
    ]


def _only(stage: Any) -> Callable[[str], object]:
    import zhclean

    return lambda text: zhclean.clean(text, [stage])


class _Legacy:
    """Reads the bytes of a text in GB18030, which are made before the clock runs."""

    def prepare(self, text: str) -> bytes:
        return text.encode("gb18030")

    def __call__(self, data: bytes) -> object:
        import zhclean

        try:
            return zhclean.read(data)
        except zhclean.DecodeError:  # text misread twice is no text any more, which is an answer too
            return None


# --- Measuring ---------------------------------------------------------------------------------------------


def measured(
    texts: Mapping[str, Sequence[str]],
    subjects: Sequence[Subject],
    rounds: int,
    tell: Callable[[str], object],
) -> Iterator[Result]:
    """Every subject on every text, as documents and as one."""
    for name, documents in texts.items():
        for form, pieces in (("documents", list(documents)), ("one text", ["\n\n".join(documents)])):
            tell(f"{name}, {form}")
            yield from _results(name, form, pieces, subjects, rounds)


def _results(
    text: str, form: str, pieces: Sequence[str], subjects: Sequence[Subject], rounds: int
) -> Iterator[Result]:
    size = sum(len(piece.encode()) for piece in pieces) / 1e6
    inputs = {subject.name: [_input(subject, piece) for piece in pieces] for subject in subjects}
    seconds: dict[str, list[float]] = {subject.name: [] for subject in subjects}
    for subject in subjects:  # what is loaded, or remembered, for such texts is so now
        subject.run(inputs[subject.name][0])
    order = Random(0)
    for _ in range(rounds):
        for subject in order.sample(subjects, len(subjects)):
            seconds[subject.name].append(_seconds(subject.run, inputs[subject.name]))
    scan = seconds["one re scan"]
    for subject in subjects:
        own = seconds[subject.name]
        rates = [size / each for each in own]
        of_scan = median(one / each for one, each in zip(scan, own, strict=True))
        yield Result(text, form, subject.name, subject.kind, median(rates), min(rates), max(rates), of_scan)


def _input(subject: Subject, piece: str) -> str | bytes:
    if isinstance(subject.run, _Legacy):
        return subject.run.prepare(piece)
    return piece.encode() if subject.takes_bytes else piece


def _seconds(run: Callable[[Any], object], inputs: Sequence[str | bytes]) -> float:
    """CPU seconds for all of them; what is too quick for the clock is done until it is not."""
    started, times = time.process_time(), 0
    while True:
        for each in inputs:
            run(each)
        times += 1
        if (passed := time.process_time() - started) > SHORTEST:
            return passed / times


SHORTEST = 0.01
"""Seconds below which a measurement is mostly that of the clock."""


# --- What must hold ----------------------------------------------------------------------------------------


class Bound(NamedTuple):
    """A figure, and what it is to be at least, or at most."""

    name: str
    value: float | None
    """None: not measured."""
    bound: float
    is_least: bool
    unit: str = ""

    @property
    def holds(self) -> bool:
        return self.value is None or (self.value >= self.bound if self.is_least else self.value <= self.bound)


def bounds(results: Sequence[Result], fresh: Mapping[str, float | None]) -> list[Bound]:
    """The figures that are promised."""
    rates = {(r.text, r.subject): r.rate for r in results if r.form == "documents"}
    scans = {(r.text, r.subject): r.of_scan for r in results if r.form == "documents"}
    clean, juicer = rates.get(("clean news", "clean")), rates.get(("clean news", "data-juicer"))
    return [
        Bound("clean news", clean, 12, True, "MB/s"),
        Bound("clean news, of one re scan", scans.get(("clean news", "clean")), 0.1, True),
        Bound("hard-wrapped news", rates.get(("hard-wrapped news", "clean")), 6, True, "MB/s"),
        Bound("mixed-width news", rates.get(("mixed-width news", "clean")), 6, True, "MB/s"),
        Bound("clean news, times data-juicer", clean / juicer if clean and juicer else None, 12, True),
        *(Bound(name, fresh.get(name), most, False, unit) for name, (most, unit) in FRESH.items()),
    ]


FRESH = {
    "import zhclean": (0.15, "s"),
    "zhclean --help": (0.3, "s"),
    "first clean": (0.3, "s"),
    "memory, one long text": (20.0, "times its size"),
    "memory, hard-wrapped text": (20.0, "times its size"),
}
"""What is measured in processes of their own (benchmarks.fresh): the most it may be."""


# --- Telling -----------------------------------------------------------------------------------------------

HEAD = f"{'':<26}{'MB/s':>9}{'least':>9}{'greatest':>10}{'of a scan':>11}"


def table(results: Sequence[Result]) -> Iterator[str]:
    """The figures as people read them."""
    heading = ("", "")
    for r in results:
        if (r.text, r.form) != heading:
            heading = (r.text, r.form)
            yield f"\n{r.text}, {r.form}\n{HEAD}"
        yield f"{r.kind + ': ' + r.subject:<26}{r.rate:>9.2f}{r.least:>9.2f}{r.greatest:>10.2f}{r.of_scan:>11.4f}"


def told(bound: Bound) -> str:
    sign = "≥" if bound.is_least else "≤"
    value = "not measured" if bound.value is None else f"{bound.value:.3g} {bound.unit}".rstrip()
    return f"{bound.name:<32}{value:<24}{sign} {bound.bound:g}{'' if bound.holds else '   NOT HELD'}"


def machine() -> dict[str, str]:
    """What it was measured on."""
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "unknown")


def arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m benchmarks.speed", description=__doc__, formatter_class=form)
    parser.add_argument("--text", action="append", help="only this one (may be repeated)")
    parser.add_argument("--mb", type=float, default=0.5, help="of each text; default 0.5")
    parser.add_argument("--rounds", type=int, default=5, help="times everything is measured; default 5")
    parser.add_argument("--no-peers", action="store_true", help="only zhclean and the limits")
    parser.add_argument("--no-fresh", action="store_true", help="no processes of their own")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--svg", type=Path, help="draw them into this file")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    args = arguments(argv)
    alone_on_one_core()
    from benchmarks import fresh, peers, speed_texts  # they import numpy

    subjects = [*limits(), *ours()]
    if not args.no_peers:
        subjects += [Subject(name, PEERS, run) for name, run in peers.cleaners().items()]
    texts = speed_texts.texts(args.text, int(args.mb * 1e6))
    tell = lambda line: print(f"… {line}", file=sys.stderr, flush=True)  # noqa: E731
    results = list(measured(texts, subjects, args.rounds, tell))
    first = {} if args.no_fresh else fresh.figures(tell)
    held = bounds(results, first)
    print("\n".join([*table(results), "", *map(told, held)]))
    figures = {
        **machine(),
        "versions": peers.versions(),
        "rounds": args.rounds,
        "mb": args.mb,
        "results": [result._asdict() for result in results],
        "bounds": [{**bound._asdict(), "holds": bound.holds} for bound in held],
    }
    if args.json:
        args.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if args.svg:
        from benchmarks import speed_chart

        args.svg.write_text(speed_chart.drawn(figures), "utf-8")
    return int(not all(bound.holds for bound in held))


if __name__ == "__main__":
    sys.exit(main())
