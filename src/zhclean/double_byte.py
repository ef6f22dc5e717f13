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
from itertools import chain
from math import inf

from zhclean.characters import BIG5_LEVEL_1, CHINESE_MARKS, FREQUENT_HAN, FREQUENT_MARKS, GB2312_LEVEL_1

REPLACEMENT = "\ufffd"

COST_LOST = 10.0
"""More than any one character, so that a rare name is never taken for two lost bytes."""
COST_FOUR_BYTES = COST_PRIVATE = 8.0
COST_RARE = 6.0
COST_SYMBOL = COST_OTHER_SCRIPT = 2.0
COST_COMMON = 1.0
COST_FREQUENT = 0.3
COST_SWALLOWED_LETTER = 6.0
"""Added where a character would take the first letter of a Latin word as its second byte."""

WINDOW, OVERLAP = 512, 32
"""Bytes read at a time, so that damage in a long line costs no more than damage in a short one."""

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
        common = re.escape("".join(sorted(GB2312_LEVEL_1 | BIG5_LEVEL_1 | CHINESE_MARKS)))
        symbols = "".join(chr(i) for i in range(0x3400) if chr(i) not in self.amended)
        return f"[^{re.escape(symbols)}{common}]"

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
            for piece in self._pieces(stretch[0]):
                lost += piece is None
                pieces.append(REPLACEMENT if piece is None else piece)
        pieces.append(raw[end:].decode("ascii"))
        return "".join(pieces), lost

    def _pieces(self, raw: bytes) -> Iterator[str | None]:
        """The text of a stretch; None for a byte given up as lost."""
        start = 0
        while start < len(raw):
            window = raw[start : start + WINDOW + OVERLAP]
            text = self.greedy(window)
            if start + len(window) < len(raw):
                text = text[:-OVERLAP]  # the window may end within a character
            if not self._broken.search(text):
                yield text
                start += len(text.encode(self.codec))
                continue
            for at, length in self._cheapest(window):
                if at >= WINDOW:
                    break
                yield self._text(window[at : at + length])
                start += length

    def _cheapest(self, raw: bytes) -> list[tuple[int, int]]:
        """Offset and length of each character of the cheapest reading."""
        size = len(raw)
        cost = [0.0] + [inf] * (size + 3)  # room for characters cut off at the end; never read back
        length = [1] * (size + 4)
        costs = self._costs
        for i, byte in enumerate(raw):
            here = cost[i]
            price = here if byte < 0x80 else here + costs.get(raw[i : i + 1], COST_LOST)
            # Of equals the reading that goes wrong last.
            if price <= cost[i + 1]:
                cost[i + 1], length[i + 1] = price, 1
            if byte < 0x80:
                continue
            known = costs.get(raw[i : i + 2])
            if known is None:
                if self._is_four_bytes(raw[i : i + 4]) and here + COST_FOUR_BYTES <= cost[i + 4]:
                    cost[i + 4], length[i + 4] = here + COST_FOUR_BYTES, 4
            elif i + 1 < size:
                price = here + known + COST_SWALLOWED_LETTER * _starts_word(raw[i + 1 : i + 3])
                if price <= cost[i + 2]:
                    cost[i + 2], length[i + 2] = price, 2
        path = []
        while size:
            path.append((size - length[size], length[size]))
            size -= length[size]
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
