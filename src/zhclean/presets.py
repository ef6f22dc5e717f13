"""Configurations for kinds of sources, each shipped because measuring showed that it helps there.

What was measured, and what did not help, is in docs/decisions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Preset(NamedTuple):
    """A configuration with a name."""

    text: str
    """What it is for, in one sentence."""
    table: Mapping[str, Any]
    """What a file would say."""


PRESETS: dict[str, Preset] = {
    "ocr": Preset(
        "Scanned pages and text out of PDFs: no space where Han and Latin letters or digits meet.",
        {"spacing": {"han_latin": "remove"}},
    ),
}
