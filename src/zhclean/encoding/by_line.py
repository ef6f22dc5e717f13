"""Files mixed by the line: headers in one encoding, the body in another."""

from __future__ import annotations

from typing import NamedTuple

from zhclean.encoding.commonness import MIN_COMMON, common_share, count_high
from zhclean.encoding.double_byte import BIG5, GB18030, REPLACEMENT, DoubleByte

MIN_COMMON_IN_LINE, MIN_GAIN = 0.9, 0.25
"""How much more common the characters of a line must be in an encoding that is not the file's own."""


class Reading(NamedTuple):
    """Text, the encodings its bytes were read in, and how many of them could not be decoded."""

    text: str
    encoding: str
    lost: int


def read_by_line(data: bytes, greedy: str, codec: DoubleByte | None) -> Reading:
    """Read again the lines that look wrong in the main encoding (None is UTF-8), each by itself."""
    main = codec.name if codec else "utf-8"
    suspicious = codec.is_suspicious if codec else _has_replacement
    if not suspicious(greedy):
        return Reading(greedy, main, 0)
    encodings = dict.fromkeys([main])
    lines = []
    lost = 0
    # No encoding here uses a line feed within a character, but Python takes one for the end of a character cut off.
    for raw in data.split(b"\n"):
        line = codec.greedy(raw) if codec else raw.decode("utf-8", "replace")
        if suspicious(line):
            reading = _best_reading(raw, codec)
            line = reading.text
            encodings[reading.encoding] = None
            lost += reading.lost
        lines.append(line)
    return Reading("\n".join(lines), "+".join(encodings), lost)


def _has_replacement(text: str) -> bool:
    return REPLACEMENT in text


def _best_reading(raw: bytes, codec: DoubleByte | None) -> Reading:
    """One line, in the file's main encoding unless another gives far more common characters."""
    best = _read(raw, codec)
    share, _ = common_share(best.text)
    if codec is None and best.lost < count_high(raw) / 8:
        return best  # some broken bytes, in whatever language
    for other in (None, GB18030, BIG5):
        if share + MIN_GAIN > 1 or other is codec:
            continue
        reading = _read(raw, other)
        grade, n = common_share(reading.text)
        # A whole line of valid UTF-8 is no chance, rare characters or not.
        least = MIN_COMMON if other is None and not reading.lost else MIN_COMMON_IN_LINE
        if n >= 2 and grade >= max(least, share + MIN_GAIN) and reading.lost <= best.lost:
            best, share = reading, grade
    return best


def _read(raw: bytes, codec: DoubleByte | None) -> Reading:
    if codec is None:
        return in_unicode(raw, "utf-8")
    text, lost = codec.read(raw)
    return Reading(text, codec.name, lost)


def in_unicode(data: bytes, encoding: str) -> Reading:
    """Bytes in UTF-8, -16 or -32; the U+FFFD they hold themselves are not lost."""
    text = data.decode(encoding, "replace")
    lost = text.count(REPLACEMENT)
    if lost:
        lost -= data.decode(encoding, "ignore").count(REPLACEMENT)
    return Reading(text, encoding, lost)
