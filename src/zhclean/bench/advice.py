"""What is recommended for a corpus, from what was found in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from zhclean.bench.measuring import Figures

ENOUGH = 200_000
"""Bytes from which on it means something that a stage found nothing."""

COSTLY = 0.1
"""The share of the time from which on it is worth leaving out a stage that found nothing."""

FURNITURE = 0.2
"""Lines of page furniture a text from which on pages are taken for pages of print."""

SPACED = 0.25
"""The share of places where Han and Latin meet with a space between, from which on it is a recogniser's."""

LEAST_MEETING = 50
"""Such places, below which the share says nothing."""

MANY_REPEATS = 0.05
"""The share of text that is repeated from which on it is told."""

MANY_COPIES = 0.01
"""The share of texts that are copies from which on deduplication is recommended."""

MISREAD = 0.01
"""The share of texts with mojibake from which on the source should be looked at."""


class Advice(NamedTuple):
    """A recommendation: the key of its words, and what they are filled with."""

    key: str
    values: dict[str, Any]
    options: tuple[str, ...] = ()
    """What it adds to the command line of ``zhclean clean``."""


def advice(figures: Figures) -> list[Advice]:
    """Everything that is recommended; that all is well, if there is nothing else to say."""
    if not figures.texts:
        return []
    return [*_presets(figures), *_stages(figures), *_corpus(figures)] or [Advice("nothing", {})]


def _presets(figures: Figures) -> Iterator[Advice]:
    """At most one preset."""
    if figures.furniture < FURNITURE * figures.texts or figures.furniture < 2:
        return
    places = figures.spaced + figures.meeting
    values = {"lines": figures.furniture, "spaced": _percent(figures.spaced, places)}
    if places >= LEAST_MEETING and figures.spaced >= SPACED * places:
        yield Advice("ocr", values, ("--preset", "ocr"))
    else:
        yield Advice("epaper", values, ("--preset", "epaper"))


def _stages(figures: Figures) -> Iterator[Advice]:
    if figures.traditional and "script" not in figures.stages:
        yield Advice(
            "traditional", {"texts": _percent(figures.traditional, figures.texts)}, ("--with", "script")
        )
    total = sum(stage.seconds for stage in figures.stages.values()) or 1.0
    for stage in figures.stages.values():
        share = stage.seconds / total
        if not stage.edits and share >= COSTLY and figures.bytes >= ENOUGH:
            values = {"stage": stage.name, "share": _percent(share, 1)}
            yield Advice("idle", values, ("--skip", stage.name))


def _corpus(figures: Figures) -> Iterator[Advice]:
    """What options of stages do not mend."""
    if figures.copies >= max(1, MANY_COPIES * figures.texts):
        yield Advice("copies", {"texts": _percent(figures.copies, figures.texts)})
    if figures.repeated > MANY_REPEATS * figures.characters:
        yield Advice("repeats", {"share": _percent(figures.repeated, figures.characters)})
    misread = figures.stages["mojibake"].texts if "mojibake" in figures.stages else 0
    if misread >= max(1, MISREAD * figures.texts):
        yield Advice("misread", {"texts": _percent(misread, figures.texts)})
    if figures.lost:
        yield Advice("lost", {"texts": _percent(figures.lost, figures.texts)})
    if figures.gaps:
        yield Advice("gaps", {"n": figures.gaps.total()})


def _percent(part: float, whole: float) -> str:
    """A share as people read it.

    >>> _percent(1, 3), _percent(1, 5000), _percent(0, 0)
    ('33 %', '0.02 %', '0 %')
    """
    share = 100 * part / whole if whole else 0
    return f"{share:.0f} %" if share >= 1 or not share else f"{share:.2g} %"
