"""When two articles count as the same, and which of them stays: the options of deduplication."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Literal, Protocol, TypeAlias, get_args, runtime_checkable

_LAST = 2**63 - 1  # where a row stands that does not say
_SIGN = 1 << 63

Forms: TypeAlias = Literal["keep", "remove"]


@dataclass(frozen=True)
class Likeness:
    """What makes a text go for another one. Similarities are over sets of character 5-grams."""

    threshold: float = 0.7
    """Least Jaccard similarity: what two texts share, of all that either has."""
    containment: float | None = None
    """Least share of a text that must stand in a longer one; None: texts inside others stay."""
    forms: Forms = "keep"
    """Texts as alike that fill one form with other figures, dates and names: stories of their own, or copies."""
    most: int = 64
    """How many texts of a crowded bucket, the first in the order, are compared with the rest of it."""
    seed: int = 0
    """Of the sketches. Another one finds the same pairs, but for one in ten thousand at the threshold."""

    def __post_init__(self) -> None:
        """Refuse what means nothing.

        Raises:
            ValueError: a share is not above 0 and at most 1, or `most` is less than 1.
        """
        for name in ("threshold", "containment"):
            share = getattr(self, name)
            if share is not None and not (0 < share <= 1 and math.isfinite(share)):
                raise ValueError(f"{name} must be above 0 and at most 1, not {share}")
        if self.threshold < 0.2:
            raise ValueError(
                f"threshold must be at least 0.2, not {self.threshold}: nearly all texts are so alike"
            )
        if self.forms not in get_args(Forms):
            raise ValueError(f"forms must be keep or remove, not {self.forms}")
        if self.most < 1:
            raise ValueError(f"most must be at least 1, not {self.most}")


@runtime_checkable
class Criterion(Protocol):
    """One thing by which articles are put in order; the least number stays."""

    @property
    def field(self) -> str | None:
        """The field it looks at; None for the text."""

    def rank(self, value: str | None, size: int) -> int | None:
        """A number of 64 bits with sign; None, which comes last, if the value says nothing."""


@dataclass(frozen=True)
class Longest:
    """The longest text first, in letters and digits."""

    field: None = None

    def rank(self, value: str | None, size: int) -> int:
        """The longer, the less."""
        return -size


@dataclass(frozen=True)
class Earliest:
    """The earliest date first; rows without a date that can be read come last."""

    field: str

    def rank(self, value: str | None, size: int) -> int | None:
        """Microseconds since 1970, or None."""
        return None if value is None else microseconds(value)


@dataclass(frozen=True)
class Latest(Earliest):
    """The latest date first; rows without a date that can be read come last."""

    def rank(self, value: str | None, size: int) -> int | None:
        """Microseconds before 1970, or None."""
        moment = super().rank(value, size)
        return None if moment is None else -moment


@dataclass(frozen=True)
class Priority:
    """The rows whose field has the first of these values first; those with none of them last."""

    field: str
    values: tuple[str, ...]

    def rank(self, value: str | None, size: int) -> int | None:
        """The place of the value in the list, or None."""
        return self.values.index(value) if value in self.values else None


Order: TypeAlias = Sequence[Criterion]

_DATE = re.compile(
    r"""\s* (\d{4}) (?: \s*[-/.年]\s* (\d{1,2}) \s*[-/.月]\s* (\d{1,2}) \s*日? | (\d{2}) (\d{2}) )
        (?: [T\s]* (\d{1,2}) \s*[:：时]\s* (\d{1,2}) \s*分?
            (?: \s*[:：]?\s* (\d{1,2}) \s*秒? (?: [.,] (\d{1,9}) )? )?
            \s* (Z | [+-]\d{2}:?\d{2})? )? \s* $""",
    re.VERBOSE | re.ASCII,
)
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MICROSECOND = timedelta(microseconds=1)


def microseconds(text: str) -> int | None:
    """A date, with or without time of day, as microseconds since 1970; None if it is none.

    Known are 2018-06-22, 2018/6/22, 2018.6.22, 20180622 and 2018年6月22日, all also with 10:20, 10:20:30 or
    10时20分, a fraction, and Z or +08:00 (none: UTC), and seconds or milliseconds since 1970.

    >>> microseconds("2018年6月22日 10:20") == microseconds("2018-06-22T10:20:00Z") == microseconds("1529662800")
    True
    """
    if re.fullmatch(r"\s*-?\d{9,13}(\.\d{1,9})?\s*", text, re.ASCII):
        seconds = float(text)
        return round(seconds * (1000 if abs(seconds) >= 1e11 else 1_000_000))
    if not (match := _DATE.match(text)):
        return None
    year, *rest, fraction, zone = match.groups()
    month, day = rest[:2] if rest[0] else rest[2:4]
    hour, minute, second = (int(part or 0) for part in rest[4:])
    try:
        moment = datetime(int(year), int(month), int(day), hour, minute, second, tzinfo=timezone.utc)
        return (moment - _offset(zone) - _EPOCH) // _MICROSECOND + int((fraction or "0")[:6].ljust(6, "0"))
    except (ValueError, OverflowError):
        return None


def _offset(zone: str | None) -> timedelta:
    if zone is None or zone == "Z":
        return timedelta()
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    return timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)


def sort_key(ranks: Sequence[int | None], id: str, digest: bytes) -> bytes:
    """The place of a row in the total order: bytes that compare as the criteria, the id, the rest do.

    Bytes, because every engine compares them in the same way, whatever its collation. Ids compare as code
    points; none is the beginning of another, as each ends in two NULs that no id has.
    """
    numbers = [_SIGN + (_LAST if rank is None else max(-_LAST, min(rank, _LAST - 1))) for rank in ranks]
    name = id.encode("utf-8", "surrogatepass").replace(b"\0", b"\0\xff")
    return struct.pack(f">{len(numbers)}Q", *numbers) + name + b"\0\0" + digest
