"""How well `width` and `punctuation` undo what they are for, on news damaged that way.

    python benchmarks/punctuation.py [--misses N] [SOURCE ...]

A row is a corpus. Its text, cleaned once by the two stages, is the truth; then, one at a time,
*marks*: ，。：；？！（） become ASCII (brackets without Han inside are not counted: nothing tells their width);
*quotes*: “”‘’ become straight, in paragraphs where they are balanced;
*both*: marks and quotes together;
*width*: letters, digits and the points between digits become full width.
Marks are counted one by one, `exact` are documents (paragraphs for quotes) restored without any difference,
`wrong` are characters changed that should not have been. `edits` are the changes to the text as it was found.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import NamedTuple

from benchmarks.corpora import SOURCES, Document
from zhclean import Punctuation, Width, clean, explain
from zhclean.characters import ASCII_TO_FULLWIDTH

STAGES = (Width(), Punctuation())
MARKS = str.maketrans("，。：；？！（）", ",.:;?!()")
QUOTES = str.maketrans("“”‘’", "\"\"''")
HAN = re.compile("[\u4e00-\u9fff]")
BRACKETS = re.compile("[（）]")
CURLED = re.compile("[“”‘’]")
WIDTH = {code: wide for code, wide in ASCII_TO_FULLWIDTH.items() if chr(code).isalnum()}


class Outcome(NamedTuple):
    marks: int
    missed: list[str]  # each with its surroundings
    wrong: list[str]


def documents(source: str) -> Iterator[Document]:
    try:
        yield from SOURCES[source]()
    except FileNotFoundError as error:
        print(f"{source:20s} left out: {error}")


def texts(source: str) -> Iterator[str]:
    return (document.text or "\n".join(document.paragraphs) for document in documents(source))


def with_ascii_marks(text: str) -> str:
    return text.translate(MARKS)


def with_straight_quotes(text: str) -> str:
    return "\n".join(line.translate(QUOTES) if balanced(line) else line for line in text.split("\n"))


def with_both(text: str) -> str:
    return with_ascii_marks(with_straight_quotes(text))


def full_width(text: str) -> str:
    return re.sub(r"(?<=[0-9])\.(?=[0-9])", "．", text).translate(WIDTH)


def balanced(line: str) -> bool:
    """Whether curly quotes are there, in pairs, single ones only inside double ones; no straight ones."""
    marks = "".join(CURLED.findall(line))
    while (fewer := marks.replace("“”", "").replace("‘’", "")) != marks:
        marks = fewer
    return not marks and CURLED.search(line) is not None and not {"'", '"'} & set(line)


def uncounted(text: str) -> set[int]:
    """Offsets of full-width brackets that are unpaired in their line or hold no Han."""
    offsets: set[int] = set()
    opened: list[int] = []
    for match in re.finditer("[（）\n]", text):
        if match[0] == "（":
            opened.append(match.start())
        elif match[0] == "）" and opened:
            start = opened.pop()
            if HAN.search(text, start, match.start()) is None:
                offsets |= {start, match.start()}
        else:
            offsets.update(opened if match[0] == "\n" else [match.start()])
            opened = []
    return offsets | set(opened)


def compare(truth: str, damaged: str, restored: str, kind: str) -> Outcome:
    if len(restored) != len(truth):
        return Outcome(0, [], [f"length {len(truth)} became {len(restored)}: {truth[:40]!r}"])
    # Among full-width digits ：，－ fold too: they may have stood at full width among ASCII digits.
    ignored = {m.start() for m in re.finditer("[：，－／＆]", truth)} if kind == "width" else uncounted(truth)
    missed, wrong, marks = [], [], 0
    for i, (a, b, c) in enumerate(zip(truth, damaged, restored, strict=True)):
        marks += a != b and i not in ignored
        if a != c and i not in ignored:
            around = f"{truth[max(0, i - 14) : i]}⟦{a}→{c}⟧{truth[i + 1 : i + 13]}".replace("\n", "⏎")
            (missed if c == b else wrong).append(around)
    return Outcome(marks, missed, wrong)


DAMAGE: dict[str, Callable[[str], str]] = {
    "marks": with_ascii_marks,
    "quotes": with_straight_quotes,
    "both": with_both,
    "width": full_width,
}


def measure(source: str, kind: str) -> tuple[str, list[str], list[str]]:
    """One cell of the table, the misses and the wrong changes."""
    total = exact = count = 0
    missed: list[str] = []
    wrong: list[str] = []
    for text in texts(source):
        truth = clean(text, STAGES)
        for unit in units(truth, kind):
            damaged = DAMAGE[kind](unit)
            outcome = compare(unit, damaged, clean(damaged, STAGES), kind)
            total += outcome.marks
            missed += outcome.missed
            wrong += outcome.wrong
            count += 1
            exact += not outcome.missed and not outcome.wrong
    restored = 100 * (1 - len(missed) / total) if total else 100.0
    return (
        f"{total:7d} {restored:7.3f}% {100 * exact / max(1, count):7.2f}% {len(wrong):5d}",
        missed,
        wrong,
    )


def units(text: str, kind: str) -> Sequence[str]:
    """What must come back exactly: a paragraph for quotes, a document else."""
    return [line for line in text.split("\n") if balanced(line)] if kind == "quotes" else [text]


def print_edits(source: str, limit: int) -> None:
    reasons: Counter[str] = Counter()
    shown: list[str] = []
    for text in texts(source):
        for edit in explain(text, STAGES).edits:
            reasons[edit.reason] += 1
            around = f"{text[max(0, edit.start - 14) : edit.start]}⟦{text[edit.start : edit.end]}→{edit.new}⟧{text[edit.end : edit.end + 14]}"
            shown.append(f"{edit.reason}: {around!r}")
    print(f"{source:20s} edits  {sum(reasons.values()):7d} {dict(reasons.most_common())}")
    for line in Random(0).sample(shown, min(limit, len(shown))):
        print("    ", line)


def print_source(source: str, limit: int) -> None:
    for kind in DAMAGE:
        cell, missed, wrong = measure(source, kind)
        print(f"{source:20s} {kind:6s} {cell}", flush=True)
        for label, places in (("missed", missed), ("wrong ", wrong)):
            for around in Random(0).sample(places, min(limit, len(places))):
                print(f"     {label} {around}")
    print_edits(source, limit)


def available(chosen: Sequence[str]) -> Iterator[str]:
    for source in chosen or SOURCES:
        if next(documents(source), None) is not None:
            yield source


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("sources", nargs="*", help=f"of {', '.join(SOURCES)}")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="show N misses of each cell")
    options = parser.parse_args()
    print(f"{'corpus':20s} damage   marks restored    exact wrong")
    for source in available(options.sources):
        print_source(source, options.misses)


if __name__ == "__main__":
    main()
