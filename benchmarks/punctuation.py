"""How well `width` and `punctuation` undo what they are for, on news damaged that way.

A text cleaned once by the two stages is the truth; then, one at a time,
*ascii-marks*: ，。：；？！（） become ASCII (brackets without Han inside are not counted: nothing tells their width);
*straight-quotes*: “”‘’ become straight, in paragraphs where they are balanced;
*ascii-both*: marks and quotes together;
*full-width*: letters, digits and the points between digits become full width.
Figures: marks `restored`, documents (paragraphs for quotes) restored `exact`, without any difference, and
characters changed that should not have been (`wrong`, in percent of the marks).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from benchmarks import corpora
from benchmarks.table import Row, Task, Wanted
from zhclean import Punctuation, Width, clean
from zhclean.characters import ASCII_TO_FULLWIDTH

QUICK = 100
STAGES = (Width(), Punctuation())
MARKS = str.maketrans("，。：；？！（）", ",.:;?!()")
QUOTES = str.maketrans("“”‘’", "\"\"''")
HAN = re.compile("[\u4e00-\u9fff]")
CURLED = re.compile("[“”‘’]")
WIDTH = {code: wide for code, wide in ASCII_TO_FULLWIDTH.items() if chr(code).isalnum()}


class Outcome(NamedTuple):
    marks: int
    missed: list[str]  # each with its surroundings
    wrong: list[str]


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


def compare(truth: str, damaged: str, restored: str, row: str) -> Outcome:
    if len(restored) != len(truth):
        return Outcome(0, [], [f"length {len(truth)} became {len(restored)}: {truth[:40]!r}"])
    # Among full-width digits ：，－ fold too: they may have stood at full width among ASCII digits.
    ignored = (
        {m.start() for m in re.finditer("[：，－／＆]", truth)} if row == "full-width" else uncounted(truth)
    )
    missed, wrong, marks = list[str](), list[str](), 0
    for i, (a, b, c) in enumerate(zip(truth, damaged, restored, strict=True)):
        marks += a != b and i not in ignored
        if a != c and i not in ignored:
            around = f"{truth[max(0, i - 14) : i]}⟦{a}→{c}⟧{truth[i + 1 : i + 13]}".replace("\n", "⏎")
            (missed if c == b else wrong).append(around)
    return Outcome(marks, missed, wrong)


DAMAGE: dict[str, Callable[[str], str]] = {
    "ascii-marks": with_ascii_marks,
    "straight-quotes": with_straight_quotes,
    "ascii-both": with_both,
    "full-width": full_width,
}


def plan(wanted: Wanted) -> Iterator[Task]:
    for source in corpora.SOURCES:
        for row in DAMAGE:
            yield Task(f"{source}/{row}", partial(measure, source, row, wanted))


def measure(source: str, row: str, wanted: Wanted) -> Row:
    documents = corpora.documents(source, wanted.part, wanted.limit)
    result = Row(len(documents))
    marks = missed = wrong = exact = count = 0
    for document in documents:
        for unit in units(clean(document.whole, STAGES), row):
            damaged = DAMAGE[row](unit)
            outcome = compare(unit, damaged, result.timed(damaged, partial(clean, stages=STAGES)), row)
            marks += outcome.marks
            missed += len(outcome.missed)
            wrong += len(outcome.wrong)
            count += 1
            exact += not outcome.missed and not outcome.wrong
            result.misses += [f"missed  {source}/{row}  {document.id}  {around}" for around in outcome.missed]
            result.misses += [f"wrong   {source}/{row}  {document.id}  {around}" for around in outcome.wrong]
    if marks:
        result.figures = {
            "restored": 100 * (1 - missed / marks),
            "exact": 100 * exact / count,
            "wrong": 100 * wrong / marks,
        }
    result.notes.append(f"of {marks} characters; {missed} missed, {wrong} wrong")
    return result


def units(text: str, row: str) -> Sequence[str]:
    """What must come back exactly: a paragraph for quotes, a document else."""
    is_quotes = row == "straight-quotes"
    return [line for line in text.split("\n") if balanced(line)] if is_quotes else [text]
