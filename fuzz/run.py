"""Fuzz zhclean: python -m fuzz.run [--seconds N | --texts N] [TARGET…].

Needs atheris: pip install -e '.[fuzz]'. The seconds are shared by the targets, all by default; a number of texts
is for each target, however fast the machine is. What breaks a law
is kept in fuzz/found/TARGET/, and is a test from then on (tests/test_fuzz.py); the exit code is 1.
What reaches new code is kept in .fuzz/TARGET/, where the next run begins.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import atheris
from tests import cases

with atheris.instrument_imports(include=["zhclean"]):
    from fuzz.laws import TARGETS

HERE = Path(__file__).parent
FOUND, CORPUS = HERE / "found", HERE.parent / ".fuzz"
HANG = 60
"""Seconds for one text, of at most a few thousand characters, after which it counts as a hang."""
LONGEST = 1000
"""Bytes, each of which may stand for a sentence."""
ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for all targets together (60)")
    parser.add_argument(
        "--texts", type=int, help="for each target, instead of a time; begins with those of the cases"
    )
    parser.add_argument(
        "--seed", type=int, default=0, help="of the same texts again; 0: others each time (0)"
    )
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if unknown := set(options.targets) - TARGETS.keys():
        parser.error(f"unknown target {min(unknown)!r}: there are {', '.join(TARGETS)}")
    return options


def fuzz(target: str, limit: str, seed: int) -> None:
    """Fuzz one target in this process, which ends with it."""
    corpus, found = CORPUS / target, FOUND / target
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(parents=True, exist_ok=True)
    sow(target, corpus)
    flags = [limit, f"-timeout={HANG}", f"-max_len={LONGEST}", "-len_control=0"]
    flags.append(f"-seed={seed}")
    flags += [f"-artifact_prefix={found}/", "-print_final_stats=1", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *flags, str(corpus), str(found)], TARGETS[target])
    atheris.Fuzz()


def sow(target: str, corpus: Path) -> None:
    """Begin with the texts of the test cases; for `read`, in several encodings."""
    for number, path in enumerate(sorted(cases.CASES.glob("*.md"))):
        for place, case in enumerate(cases.load(path)):
            encoding = ENCODINGS[place % len(ENCODINGS)] if target == "read" else "utf-8"
            data = case.source.encode(encoding, "replace")
            seed = corpus / f"case-{number}-{place}"
            seed.write_bytes(data if target == "read" else b"\0" + data)


def main() -> int:
    options = arguments()
    targets = options.targets or list(TARGETS)
    share = max(1, options.seconds // len(targets))
    if options.alone:
        limit = f"-runs={options.texts}" if options.texts else f"-max_total_time={share}"
        fuzz(targets[0], limit, options.seed)
    limit = f"--texts={options.texts}" if options.texts else f"--seconds={share}"
    environment = {**os.environ, "PYTHONHASHSEED": str(options.seed or "random")}
    broken = []
    for target in targets:
        print(f"{target}: {limit}", flush=True)
        command = [sys.executable, "-m", "fuzz.run", "--alone", limit, f"--seed={options.seed}", target]
        if subprocess.run(command, cwd=HERE.parent, env=environment, check=False).returncode:
            broken.append(target)
    if broken:
        print(f"broken: {', '.join(broken)}; see {FOUND}")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
