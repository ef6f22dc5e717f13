"""The figures of a corpus for people at a terminal."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from zhclean.bench.words import reason_in, stage_title, words

WIDTH = 100
"""Columns where there is no terminal that has some."""

MOST_REASONS = 5
"""Reasons of a stage that have a line."""

_SIGNS = str.maketrans({"\n": "↵", "\r": "␍", "\t": "⇥"})


def print_to(stream: TextIO, found: Mapping[str, Any], language: str) -> None:
    """Print what was read, what it would cost, what would change, and what is recommended."""
    console = Console(file=stream, highlight=False)
    if not console.is_terminal:
        console.width = WIDTH
    own = words(language)
    console.print(Text(own["title"], "bold"))
    for line in _lines(found, own):
        console.print(Text(line), soft_wrap=True)
    console.print(_stages(found, language))
    if any(stage["edits"] for stage in found["stages"]):
        console.print(_reasons(found, language))
    console.print(Text(own["advice_title"], "bold"))
    for each in found["advice"]:
        console.print(Text(f"  • {each['text']}"), soft_wrap=True)
    if found["options"]:
        command = shlex.join(["zhclean", "clean", *found["options"], "…"]).replace("'…'", "…")
        console.print(Text("  " + own["command"].format(command=command), "bold"), soft_wrap=True)


def _lines(found: Mapping[str, Any], own: Mapping[str, str]) -> Iterator[str]:
    corpus, damage = found["corpus"], found["damage"]
    yield own["read_whole" if corpus["whole"] else "read_part"].format(
        texts=f"{corpus['texts']:,}",
        size=amount(corpus["bytes"]),
        files=f"{corpus['files']:,}",
        read=f"{corpus['files_read']:,}",
        limit=f"{corpus['limit'] / 1e6:g}",
    )
    if failures := corpus["failures"]:
        yield own["failed"].format(n=len(failures), **failures[0])
    if not corpus["texts"]:
        return
    yield own["speed"].format(
        rate=number(found["mb_per_second"]), changed=percent(found["changed_texts"] / corpus["texts"])
    )
    yield own["repeated"].format(share=percent(found["repeated_share"]), copies=f"{found['copies']:,}")
    yield own["damage"].format(mean=f"{damage['mean']:.3f}", median=f"{damage['median']:.3f}")
    if damage["worst"]:
        names = ", ".join(f"{each['text']} ({each['damage']:.2f})" for each in damage["worst"])
        yield own["worst"].format(names=names)
    if found["gaps"]:
        yield own["gaps"].format(n=sum(found["gaps"].values()))


def _stages(found: Mapping[str, Any], language: str) -> Table:
    own = words(language)
    table = Table(box=SIMPLE_HEAD, title=own["stages_title"], title_justify="left", title_style="bold")
    table.add_column(own["stage"], no_wrap=True)
    table.add_column(own["about"])
    for key in ("rate", "time", "edits", "texts"):
        table.add_column(own[key], justify="right", no_wrap=True)
    for stage in found["stages"]:
        table.add_row(
            stage["name"],
            stage_title(language, stage["name"]),
            number(stage["mb_per_second"]),
            percent(stage["share"]),
            f"{stage['edits']:,}",
            f"{stage['texts']:,}",
        )
    return table


def _reasons(found: Mapping[str, Any], language: str) -> Table:
    own = words(language)
    table = Table(box=SIMPLE_HEAD, title=own["reasons_title"], title_justify="left", title_style="bold")
    table.add_column(own["stage"], no_wrap=True)
    table.add_column(own["edits"], justify="right", no_wrap=True)
    table.add_column(own["reason"], ratio=2)
    table.add_column(own["example"], ratio=3)
    for stage in found["stages"]:
        examples = {each["reason"]: each for each in stage["examples"]}
        shown = list(stage["reasons"].items())[:MOST_REASONS]
        for row, (reason, count) in enumerate(shown):
            name = stage["name"] if not row else ""
            table.add_row(
                name, f"{count:,}", Text(reason_in(language, reason)), example(examples.get(reason))
            )
        if rest := stage["edits"] - sum(count for _, count in shown):
            table.add_row("", f"{rest:,}", own["other_reasons"], "")
    return table


def example(found: Mapping[str, Any] | None) -> Text:
    """An edit between its neighbours: [-removed-] and {+inserted+}, as ``zhclean explain`` shows them."""
    if found is None:
        return Text("")
    before, old, new, after = (found[key].translate(_SIGNS) for key in ("before", "old", "new", "after"))
    removed, inserted = (old and f"[-{old}-]"), (new and f"{{+{new}+}}")
    return Text.assemble(before, (removed, "red"), (inserted, "green"), after, overflow="fold")


def number(value: float | None) -> str:
    """Three digits of a number."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def percent(share: float) -> str:
    """A share in percent."""
    return f"{100 * share:.1f} %"


def amount(size: int) -> str:
    """Bytes, as people read them."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{size / 1e3:,.1f} KB"
