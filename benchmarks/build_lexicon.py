"""Builds src/zhclean/data/lexicon.npz from jieba's dictionary and OpenCC's character tables.

    pip install 'zhclean[train]' && python benchmarks/build_lexicon.py

Words of up to four Han that jieba's dictionary counts at least ten times, and all single characters.
"""

from __future__ import annotations

import math
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import opencc

from zhclean.models.lexicon import LONGEST

RAREST = 10
TARGET = Path(__file__).parents[1] / "src" / "zhclean" / "data" / "lexicon.npz"
HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))
FULL_WIDTH_ASCII = range(0xFF01, 0xFF5F)


def fold_table() -> np.ndarray:
    to_simplified = opencc.OpenCC("t2s")
    fold = np.arange(0x10000, dtype=np.uint16)
    for block in HAN:
        for point in block:
            simplified = to_simplified.convert(chr(point))
            if len(simplified) == 1 and ord(simplified) < 0x10000:
                fold[point] = ord(simplified)
    for point in FULL_WIDTH_ASCII:
        fold[point] = point - 0xFEE0
    return fold


def words(fold: np.ndarray) -> dict[str, int]:
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("jieba is not installed: pip install 'zhclean[train]'")
    counted: dict[str, int] = {}
    with Path(spec.origin).with_name("dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, count, *_ = line.split(" ")
            if len(word) > LONGEST or not all("\u4e00" <= c <= "\u9fff" for c in word):
                continue
            if int(count) >= RAREST or len(word) == 1:
                folded = "".join(chr(fold[ord(c)]) for c in word)
                counted[folded] = max(int(count), counted.get(folded, 0))
    return counted


def main() -> None:
    fold = fold_table()
    counted = words(fold)
    known = sorted(counted)
    weights = np.array([min(255, round(16 * math.log(counted[w] + 1))) for w in known], dtype=np.uint8)
    TARGET.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        TARGET, words=np.frombuffer("\n".join(known).encode(), np.uint8), weights=weights, fold=fold
    )
    print(f"{len(known)} words, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
