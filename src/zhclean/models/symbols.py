"""Characters as the models of seams see them: a number each for a few thousand Han and for kinds of marks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from zhclean.characters import GB2312_LEVEL_1
from zhclean.models.lexicon import lexicon

Symbols = npt.NDArray[np.uint16]

WINDOW = 12
"""Characters looked at on either side."""

MARK_CLASSES = (
    "0123456789",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "abcdefghijklmnopqrstuvwxyz",
    "，,",
    "。．.｡",
    "、､",
    "；;",
    "：:",
    "？?",
    "！!",
    "（(",
    "）)",
    '“「"',
    "”」",
    "‘『'",
    "’』",
    "《<〈",
    "》>〉",
    "…⋯",
    "—―─-–",
    "·•・",
    "【[〔",
    "】]〕",
    "%％",
    "/／",
    "~～",
    "〇○",
    " \u3000\t\u00a0",
    "①②③④⑤⑥⑦⑧⑨⑩",
    "■□●◎◆◇▲△★☆▼►▶※",
    "*＊#＃",
    "+＋=＝",
)
"""Characters that mean the same to the models; the order is the order of their embeddings."""

NOTHING, UNKNOWN = 0, 1
FIRST_HAN = 2 + len(MARK_CLASSES)
VOCABULARY = FIRST_HAN + len(GB2312_LEVEL_1)


def around(sides: Iterable[tuple[str, str]]) -> Symbols:
    """The last `WINDOW` characters of each left side and the first ones of its right side, a row each.

    `NOTHING` where a side has no more.
    """
    windows = "".join(
        [left[-WINDOW:].rjust(WINDOW, "\0") + right[:WINDOW].ljust(WINDOW, "\0") for left, right in sides]
    )
    return symbols_of(windows).reshape(-1, 2 * WINDOW)


def symbols_of(text: str) -> Symbols:
    """The symbol of each character."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return _symbol_table()[np.minimum(points, 0xFFFF)]


@lru_cache(maxsize=1)
def _symbol_table() -> npt.NDArray[np.uint16]:
    """The embedding of each code point below 0x10000; that of 0xFFFF serves those beyond."""
    direct = np.full(0x10000, UNKNOWN, dtype=np.uint16)
    for number, members in enumerate(MARK_CLASSES, start=2):
        direct[[ord(c) for c in members]] = number
    for number, han in enumerate(sorted(GB2312_LEVEL_1), start=FIRST_HAN):
        direct[ord(han)] = number
    fold = lexicon().fold
    folded, simple = np.array([*fold]), np.array([*fold.values()])
    direct[folded] = np.where(direct[folded] == UNKNOWN, direct[simple], direct[folded])
    direct[0] = NOTHING
    return direct
