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
    "epaper": Preset(
        "E-papers and other pages of print: page numbers, running heads and footers go.",
        {"unwrap": {"furniture": "remove"}},
    ),
    "ocr": Preset(
        "Scanned pages and text out of PDFs: page numbers, running heads and footers go, and spaces where Han"
        " and Latin letters or digits meet.",
        {"unwrap": {"furniture": "remove"}, "spacing": {"han_latin": "remove"}},
    ),
}
