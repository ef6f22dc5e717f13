"""How the cost of each stage grows with the text, on text that is friendly and text that is not.

    python -m benchmarks.growth                     from 1 KB to 50 MB, what is slow only as far as it gets
    python -m benchmarks.growth --quick             up to 1 MB
    python -m benchmarks.growth repeats --text loops

For each stage alone, for `clean`, `explain` and `decode`, and each text of `benchmarks.hostile`: the time at
every size (of several, the least; CPU seconds of this process), the rate at the last one, and the exponent of
the growth between the two largest sizes that took long enough to be measured: 1 is linear, 2 quadratic. Ends
with exit code 1 where one is above `MOST` that is not among `KNOWN`.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import log
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks.speed import alone_on_one_core  # noqa: E402 - before anything imports numpy

SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000, 50_000_000)
"""Bytes of UTF-8, about."""

MOST = 1.35
"""The exponent from which growth is told as faster than linear: n log n and caches stay below."""

MEASURABLE = 0.005
"""Seconds; what takes less is mostly overhead that does not grow."""

PATIENCE = 20.0
"""Seconds a text may be expected to take; larger ones are left out, and told as such."""

_TEMPLATES = "clauses of which each is said in many sentences are compared with all of these"
KNOWN: dict[tuple[str, str], str] = {
    ("repeats", "templated"): _TEMPLATES,
    ("clean", "templated"): _TEMPLATES,
    ("explain", "templated"): _TEMPLATES,
}
"""Subjects and texts whose cost is known to grow faster than the text, each with what is known of it."""

Subject = Callable[[str], object]


class Growth(NamedTuple):
    """What one subject costs on one text."""

    subject: str
    text: str
    seconds: dict[int, float]
    """By the bytes of the text."""

    @property
    def exponent(self) -> float | None:
        """Of the growth between the two largest sizes; None where all was too quick to measure."""
        long = [(size, seconds) for size, seconds in self.seconds.items() if seconds >= MEASURABLE]
        if len(long) < 2:
            return None
        (size, seconds), (larger, longer) = long[-2:]
        return log(longer / seconds) / log(larger / size)

    @property
    def rate(self) -> float:
        """MB a second at the largest size."""
        size = max(self.seconds)
        return size / 1e6 / max(self.seconds[size], 1e-9)


def subjects() -> dict[str, Subject]:
    """Each stage alone, and all that goes round them."""
    import zhclean
    from zhclean.configuration import shipped

    alone = {name: _alone(stage) for name, stage in shipped().items()}
    return alone | {"clean": zhclean.clean, "explain": zhclean.explain, "decode": _decode}


def _alone(stage: object) -> Subject:
    import zhclean

    return lambda text: zhclean.clean(text, [stage])  # type: ignore[list-item]


def _decode(text: str) -> object:
    import zhclean

    try:
        return zhclean.decode(text.encode("gb18030"))
    except zhclean.DecodeError:  # control characters are not text, which is an answer too
        return None


def seconds(subject: Subject, text: str, repeat: int = 3) -> float:
    """The least CPU time of several runs; of one, if that was long."""
    least = float("inf")
    for _ in range(repeat):
        started = time.process_time()
        subject(text)
        least = min(least, time.process_time() - started)
        if least > 1:
            break
    return least


def grown(name: str, subject: Subject, text: str, make: Callable[[int], str], sizes: Sequence[int]) -> Growth:
    """The subject's times, up to the size that would try our patience."""
    found, unit = dict[int, float](), len(make(1000).encode()) / 1000
    for size in sizes:
        if found and _expected(found, size) > PATIENCE:
            break
        source = make(int(size / unit))
        found[len(source.encode())] = seconds(subject, source)
    return Growth(name, text, found)


def _expected(found: Mapping[int, float], size: int) -> float:
    """Seconds, if growth goes on as it did; linear, if not known yet."""
    sizes = sorted(found)
    last = found[sizes[-1]]
    if len(sizes) < 2 or found[sizes[-2]] < MEASURABLE:
        return last * size / sizes[-1]
    return last * float((last / found[sizes[-2]]) ** (log(size / sizes[-1]) / log(sizes[-1] / sizes[-2])))


def measured(chosen: Sequence[str], texts: Sequence[str], sizes: Sequence[int]) -> Iterator[Growth]:
    """Every subject asked for on every text asked for; all where nothing is asked for."""
    from benchmarks.hostile import TEXTS

    for subject in subjects().values():  # what is loaded once is loaded now
        subject("确保服\n务业增加值增长，他说:２０２３年")
    for text, make in TEXTS.items():
        for name, subject in subjects().items():
            if (not chosen or name in chosen) and (not texts or text in texts):
                yield grown(name, subject, text, make, sizes)


def printed(growth: Growth) -> str:
    """One line of the table."""
    sizes = sorted(growth.seconds)
    times = " ".join(f"{growth.seconds[size] * 1000:>9.2f}" for size in sizes)
    exponent = f"{growth.exponent:.2f}" if growth.exponent is not None else "–"
    known = (growth.subject, growth.text) in KNOWN
    told = "" if not is_steep(growth) else "  known" if known else "  FASTER THAN LINEAR"
    return f"{growth.text:<20} {growth.subject:<12} {growth.rate:>8.2f} {exponent:>6} {times}{told}"


def is_steep(growth: Growth) -> bool:
    return growth.exponent is not None and growth.exponent > MOST


def main(argv: Sequence[str] | None = None) -> int:
    from benchmarks.hostile import TEXTS

    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m benchmarks.growth", description=__doc__, formatter_class=form)
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=f"of {', '.join(subjects())}")
    parser.add_argument("--text", action="append", default=[], choices=TEXTS, help="may be repeated")
    parser.add_argument("--quick", action="store_true", help="only up to 1 MB")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    args = parser.parse_args(argv)
    if unknown := set(args.subjects) - set(subjects()):
        parser.error(f"no subject {', '.join(sorted(unknown))}; there are {', '.join(subjects())}")
    alone_on_one_core()
    print(f"{'text':<20} {'subject':<12} {'MB/s':>8} {'power':>6} milliseconds at " + _sizes(SIZES))
    rows = []
    for growth in measured(args.subjects, args.text, SIZES[:4] if args.quick else SIZES):
        print(printed(growth), flush=True)
        rows.append(growth)
    if args.json:
        args.json.write_text(json.dumps([row._asdict() for row in rows], ensure_ascii=False), "utf-8")
    return int(any(is_steep(row) and (row.subject, row.text) not in KNOWN for row in rows))


def _sizes(sizes: Sequence[int]) -> str:
    return ", ".join(f"{size // 1000} KB" if size < 1e6 else f"{size // 10**6} MB" for size in sizes)


if __name__ == "__main__":
    sys.exit(main())
