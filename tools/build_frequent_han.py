"""Rewrite `FREQUENT_HAN` in `src/zhclean/characters/__init__.py` from the dictionary of jieba (MIT licence).

    pip install 'zhclean[train]' && python tools/build_frequent_han.py

A character counts as often as all the words that contain it; the traditional forms are those of OpenCC.
"""

from __future__ import annotations

import re
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

from opencc import OpenCC

TARGET = Path(__file__).parent.parent / "src" / "zhclean" / "characters" / "__init__.py"
TABLE = re.compile(r'(?<=^FREQUENT_HAN = frozenset\(\n).*?(?=^\)\n""")', re.MULTILINE | re.DOTALL)
HOW_MANY = 600
STANDARDS = ("s2t", "s2tw", "s2hk")  # they disagree on 為 and 爲, 裡 and 裏


def frequent() -> str:
    """The most frequent Han, in order of frequency."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed: pip install 'zhclean[train]'")
    counts: Counter[str] = Counter()
    with Path(spec.origin).with_name("dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, count, *_ = line.split(" ")
            for character in word:
                counts[character] += int(count)
    han = [character for character, _ in counts.most_common() if "\u4e00" <= character <= "\u9fff"]
    return "".join(han[:HOW_MANY])


def traditional(simplified: str) -> str:
    """The traditional forms that differ, in order of code points."""
    forms = {OpenCC(standard).convert(han) for standard in STANDARDS for han in simplified}
    return "".join(sorted(form for form in forms - set(simplified) if len(form) == 1))


def rows(characters: str) -> str:
    """Lines of a Python string, fifty characters each."""
    return "".join(f'    "{characters[i : i + 50]}"\n' for i in range(0, len(characters), 50))


def main() -> None:
    """Replace the table and nothing else."""
    simplified = frequent()
    table = f"{rows(simplified)}    # and their traditional forms\n{rows(traditional(simplified))}"
    text, replaced = TABLE.subn(table, TARGET.read_text("utf-8"))
    assert replaced == 1, "FREQUENT_HAN is not where it was"
    TARGET.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
