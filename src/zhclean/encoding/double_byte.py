"""GB18030 and Big5 as browsers read them, and how to go on behind a lost byte.

In both, a character is two bytes of which the second may look like a first. After one lost byte a plain
decoder therefore pairs every byte with the wrong neighbour up to the next space or line end, mostly
without noticing. Here the reading of a damaged stretch is the one with the least cost: common characters
are cheap, rare ones dear, a byte given up as lost dearer still.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, pairwise, repeat
from math import inf

from zhclean.characters import (
    BIG5_LEVEL_1,
    CHINESE_MARKS,
    COMMON,
    FREQUENT_HAN,
    FREQUENT_MARKS,
    GB2312_LEVEL_1,
)
from zhclean.patterns import character_class, pattern

REPLACEMENT = "\ufffd"

COST_LOST = 10.0
"""More than any one character, so that a rare name is never taken for two lost bytes."""
COST_ORPHAN = 3.0
"""A byte given up behind one that occurs in no character: whoever wrote over a first byte left the second."""
COST_CUT = 9.2
"""The first byte of a character at the end: texts are cut more often than they lose a byte just in front of it."""
COST_STRAY = 5.0
"""An ASCII letter alone between characters: rather the second byte of one."""
COST_FOUR_BYTES = COST_PRIVATE = 8.0
COST_RARE = 6.0
COST_SYMBOL = COST_OTHER_SCRIPT = 2.0
COST_COMMON = 1.0
COST_FREQUENT = 0.3
COST_SWALLOWED_LETTER = 6.0
"""Added where a character would take the first letter of a Latin word as its second byte."""

WINDOW, OVERLAP = 512, 32
"""Bytes read at a time, so that damage in a long line costs no more than damage in a short one."""

_ASCII = pattern("[\x00-\x7f]+")

_STRETCH = re.compile(rb"[^\x00-\x2f\x3a-\x3f]+")
"""Bytes outside it are never part of a longer character; they set the pairing right again."""


@dataclass(frozen=True)
class DoubleByte:
    """One of the two encodings, with what is needed to read damaged text in it."""

    name: str
    codec: str
    level_1: frozenset[str]
    amended: Mapping[str, str] = field(repr=False, hash=False)
    """What Python's codec gives, and what browsers make of the same bytes."""
    missing: Mapping[bytes, str] = field(repr=False, hash=False)
    """Bytes that browsers know and Python's codec does not."""

    @cached_property
    def weights(self) -> dict[str, float]:
        """How much each character speaks for this encoding; characters not listed speak against it."""
        weights = dict.fromkeys(GB2312_LEVEL_1 | BIG5_LEVEL_1, 0.5)
        weights.update(dict.fromkeys(self.level_1 | CHINESE_MARKS, 1.0))
        return weights | {ch: weights.get(ch, 0.5) + 0.5 for ch in FREQUENT_HAN}

    @cached_property
    def _suspicious(self) -> re.Pattern[str]:
        # As a look-behind: an alternation would scan half as fast.
        return re.compile(f"{self._rare}(?:(?<={self._wrong})|{self._rare})")

    @cached_property
    def _broken(self) -> re.Pattern[str]:
        return re.compile(f"{self._rare}(?:(?<={self._wrong})|.?{self._rare}.?{self._rare})")

    @cached_property
    def _rare(self) -> str:
        usual = {*map(chr, range(0x3400)), *COMMON}
        return f"[^{character_class(usual - set(self.amended))}]"

    @cached_property
    def _wrong(self) -> str:
        return f"[\ufffd\ue000-\uf8ff{''.join(self.amended)}]"

    @cached_property
    def _costs(self) -> dict[bytes, float]:
        """What it costs to read each character of one or two bytes."""
        trails = bytes(chain(range(0x40, 0x7F), range(0x80, 0xFF)))
        known = {bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in trails}
        known.update(self.missing)
        return {raw: self._cost(text) for raw in known if (text := self._text(raw))}

    def is_suspicious(self, text: str) -> bool:
        """Whether text read by `greedy` may hold lost bytes, wrong pairs or lines in another encoding."""
        return self._suspicious.search(text) is not None

    def weight(self, text: str) -> float:
        """How much a text speaks for this encoding: the mean weight of its characters beyond ASCII, 0 to 1.5."""
        beyond = _ASCII.sub("", text)
        return sum(map(self.weights.get, beyond, repeat(0.0))) / max(1, len(beyond))

    def greedy(self, raw: bytes) -> str:
        """Read quickly, as Python does."""
        return raw.decode(self.codec, "replace")

    def read(self, raw: bytes) -> tuple[str, int]:
        """Read bytes that may be damaged; also how many bytes became U+FFFD."""
        pieces: list[str] = []
        lost = end = 0
        for stretch in _STRETCH.finditer(raw):
            pieces.append(raw[end : stretch.start()].decode("ascii"))
            end = stretch.end()
            for piece in self._pieces(stretch[0], at_end=end == len(raw)):
                lost += piece is None
                pieces.append(REPLACEMENT if piece is None else piece)
        pieces.append(raw[end:].decode("ascii"))
        return "".join(pieces), lost

    def _pieces(self, raw: bytes, *, at_end: bool) -> Iterator[str | None]:
        """The text of a stretch, which may be the one the bytes end with; None for a byte given up as lost."""
        start = 0
        while start < len(raw):
            window = raw[start : start + WINDOW + OVERLAP]
            is_last = start + len(window) == len(raw)
            text = self.greedy(window)
            if not is_last:
                text = text[:-OVERLAP]  # the window may end within a character
            if self._broken.search(text):
                path = self._cheapest(window, is_last=is_last and at_end)
                window = window[: path[-1] if is_last else next(at for at in path if at >= WINDOW)]
                yield from self._along(path, window)
                start += len(window)
            else:
                yield text
                start += len(text.encode(self.codec))

    def _along(self, path: list[int], raw: bytes) -> Iterator[str | None]:
        """The text of `raw`, whose characters end where `path` says."""
        end = 0
        for at, after in pairwise(path):
            character = raw[at:after]
            if character in self.missing or (len(character) == 1 and character >= b"\x80"):
                yield self._strict(raw[end:at])
                yield self.missing.get(character)
                end = after
        yield self._strict(raw[end:])

    def _cheapest(self, raw: bytes, *, is_last: bool) -> list[int]:
        """Where the characters start in the cheapest reading; the end comes last."""
        size = len(raw)
        cut = size - 1 if is_last and 0x81 <= raw[-1] <= 0xFE else size
        cost = [0.0] + [inf] * (size + 3)  # room for characters cut off at the end; never read back
        length = [1] * (size + 4)
        costs = self._costs
        before = 0
        for i, byte in enumerate(raw):
            here = cost[i]
            if byte >= 0x80:
                lost = COST_CUT if i == cut else COST_ORPHAN if before == 0xFF else COST_LOST
                alone = costs.get(raw[i : i + 1]) or lost
            else:
                alone = (
                    COST_STRAY if before >= 0x80 and byte >= 0x40 and raw[i + 1 : i + 2] >= b"\x80" else 0.0
                )
            before = byte
            # Of equals the reading that goes wrong last.
            if here + alone <= cost[i + 1]:
                cost[i + 1], length[i + 1] = here + alone, 1
            if byte < 0x80:
                continue
            pair = raw[i : i + 2]
            known = costs.get(pair)
            if known is None:
                if self._is_four_bytes(raw[i : i + 4]) and here + COST_FOUR_BYTES <= cost[i + 4]:
                    cost[i + 4], length[i + 4] = here + COST_FOUR_BYTES, 4
            elif i + 1 < size:
                if pair[1] < 0x80 and _starts_word(raw[i + 1 : i + 3]):
                    known += COST_SWALLOWED_LETTER
                if here + known <= cost[i + 2]:
                    cost[i + 2], length[i + 2] = here + known, 2
        path = [size]
        while path[-1]:
            path.append(path[-1] - length[path[-1]])
        return path[::-1]

    def _is_four_bytes(self, raw: bytes) -> bool:
        return len(raw) == 4 and raw[1:2].isdigit() and self._strict(raw) is not None

    def _text(self, raw: bytes) -> str | None:
        return self.missing.get(raw) or self._strict(raw)

    def _strict(self, raw: bytes) -> str | None:
        try:
            text = raw.decode(self.codec)
        except UnicodeDecodeError:
            return None
        return "".join(self.amended.get(ch, ch) for ch in text)

    def _cost(self, text: str) -> float:
        if text in FREQUENT_HAN or text in FREQUENT_MARKS:
            return COST_FREQUENT
        if text in self.level_1 or text in CHINESE_MARKS:
            return COST_COMMON
        if text < "\u3400":  # scripts other than Han, box drawing, enclosed numbers
            return COST_SYMBOL
        if text in GB2312_LEVEL_1 or text in BIG5_LEVEL_1:
            return COST_OTHER_SCRIPT
        return COST_PRIVATE if "\ue000" <= text <= "\uf8ff" else COST_RARE


def _starts_word(raw: bytes) -> bool:
    return raw.isalpha() and len(raw) == 2


GB18030 = DoubleByte(
    "gb18030",
    "gb18030",
    GB2312_LEVEL_1,
    # Python follows the standard of 2000; that of 2022 gave these characters their Unicode places.
    amended=dict(
        zip(
            "\ue5e5\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue7c7"
            "\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
            "\u3000\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u1e3f"
            "\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
            strict=True,
        )
    ),
    missing={b"\x80": "€"},
)
BIG5 = DoubleByte(
    "big5",
    "big5hkscs",
    BIG5_LEVEL_1,
    amended={"•": "‧", "､": "﹑"},
    missing={b"\xa3\xe1": "€"},
)
