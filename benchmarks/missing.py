"""What caution costs where text is missing: one operating point for each threshold of `zhclean.Unwrap`.

    python -m benchmarks.missing --json missing.json

About half of the paragraphs are broken once, and 10 to 60 characters are missing at half of the breaks. Lower
thresholds join more: more sentences are completed, and more places joined where they should not be.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import corpora, unwrap
from benchmarks.table import Row, Wanted

SOURCES = ("pd1998", "clean", "epaper")
THRESHOLDS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
DAMAGE = "split-missing"


def curve(sources: Sequence[str], wanted: Wanted) -> Iterator[dict[str, Any]]:
    """The points, the least cautious first; shares in percent, None of nothing."""
    for threshold in THRESHOLDS:
        clean = unwrap.with_zhclean({"threshold": threshold}, explain=True)
        for source in sources:
            count = unwrap.counted(source, DAMAGE, wanted, clean, Row())
            yield {
                "corpus": source,
                "threshold": threshold,
                "joined": count.share("join"),
                "missing_joined": count.share("missing"),
                "missing_told": count.gaps("missing"),
                "ends_destroyed": count.share("end"),
            }


def main(argv: Sequence[str] | None = None) -> None:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "python -m benchmarks.missing", description=__doc__, formatter_class=form
    )
    parser.add_argument("--split", default="test", choices=[*corpora.SPLITS, "all"])
    parser.add_argument("--limit", type=int, default=0, help="documents a corpus; 0: all of the part")
    parser.add_argument("--json", type=Path, help="write the points to this file")
    args = parser.parse_args(argv)
    print(f"{'corpus':<10}{'threshold':>10}{'joined':>9}{'… where text is missing':>25}{'ends':>8}")
    points = []
    sources = [name for name in SOURCES if corpora.is_available(name)]
    for point in curve(sources, Wanted(args.split, args.limit)):
        points.append(point)
        joined, missing, ends = (_percent(point[k]) for k in ("joined", "missing_joined", "ends_destroyed"))
        print(f"{point['corpus']:<10}{point['threshold']:>10}{joined:>9}{missing:>25}{ends:>8}", flush=True)
    if args.json:
        args.json.write_text(json.dumps(points, ensure_ascii=False, indent=1), "utf-8")


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.2f}"


if __name__ == "__main__":
    main()
