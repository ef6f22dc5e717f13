"""What cleaning does to texts, and what each stage costs: counts and CPU seconds, text by text."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple

from zhclean.bench.sampling import Text
from zhclean.characters import HAN_CLASS
from zhclean.cleaned import Cleaned
from zhclean.edits import Edit, Gap
from zhclean.lines.blocks import Kind, kind
from zhclean.pipeline import Stage, clean, explain
from zhclean.stages.script import Script

MOST_SAMPLES = 3
"""Edits of each stage kept as examples, each for another reason and from another text."""

CONTEXT = 16
"""Characters shown on either side of an example."""

MOST_SHOWN = 60
"""Characters of an example's own two sides."""

WORST = 5
"""The most damaged texts that are named."""

BINS = (0.0, 0.001, 0.01, 0.05, 0.2, 0.5)
"""Where the columns of the histogram of damage begin."""

_SPACED = re.compile(rf"(?<=[{HAN_CLASS}]) (?=[A-Za-z0-9])|(?<=[A-Za-z0-9]) (?=[{HAN_CLASS}])")
_MEETING = re.compile(rf"(?<=[{HAN_CLASS}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{HAN_CLASS}])")


class Timed:
    """A stage that counts its time: all else is the stage's own."""

    def __init__(self, stage: Stage) -> None:
        self.seconds = 0.0
        self._stage = stage

    @property
    def name(self) -> str:
        """That of the stage."""
        return self._stage.name

    def propose(self, text: str) -> Iterable[Edit | Gap]:
        """What the stage proposes, all at once: what it does later would count as another's time."""
        started = time.process_time()
        proposed = list(self._stage.propose(text))
        self.seconds += time.process_time() - started
        return proposed

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stage, name)


class Example(NamedTuple):
    """An edit with the text around it."""

    text: str
    """The name of the text it is from."""
    before: str
    old: str
    new: str
    after: str
    reason: str


@dataclass
class StageFigures:
    """What one stage did and cost."""

    name: str
    seconds: float = 0.0
    edits: int = 0
    """Those it had a part in; an edit of two stages counts for both."""
    texts: int = 0
    """Texts it changed."""
    reasons: Counter[str] = field(default_factory=Counter)
    examples: list[Example] = field(default_factory=list)


@dataclass
class Figures:
    """All that is counted. Sizes are bytes of UTF-8 if nothing else is said."""

    stages: dict[str, StageFigures]
    bytes: int = 0
    seconds: float = 0.0
    """Of `clean`: that of the stages, and of carrying out their edits."""
    texts: int = 0
    changed: int = 0
    characters: int = 0
    repeated: int = 0
    """Characters removed because another place says them."""
    lost: int = 0
    """Texts with undecodable bytes."""
    copies: int = 0
    """Texts that say, when they are clean, what one before them said."""
    furniture: int = 0
    """Lines that are page numbers, running heads, footers."""
    spaced: int = 0
    """Places where Han and Latin letters or digits meet with a space between."""
    meeting: int = 0
    """The same without one."""
    traditional: int = 0
    """Texts at least partly in Traditional characters."""
    gaps: Counter[str] = field(default_factory=Counter)
    damage: list[tuple[float, str]] = field(default_factory=list)
    """Of each text, with its name."""


class Measuring:
    """Texts go in, `figures` come out."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        self._stages = list(stages)
        self._timed = [Timed(stage) for stage in stages]
        self._seen: set[bytes] = set()
        self.figures = Figures({stage.name: StageFigures(stage.name) for stage in stages})

    def add(self, text: Text) -> None:
        """Count what is done to a text, then clean it again with the clock running."""
        cleaned = explain(text.text, self._stages)  # first: what is loaded once is loaded here
        started = time.process_time()
        clean(text.text, self._timed)
        self.figures.seconds += time.process_time() - started
        for timed in self._timed:
            self.figures.stages[timed.name].seconds = timed.seconds
        self._count_text(text, cleaned)
        self._count_edits(text.name, cleaned)
        self._look(cleaned)

    def _count_text(self, text: Text, cleaned: Cleaned) -> None:
        figures = self.figures
        figures.texts += 1
        figures.bytes += len(text.text.encode(errors="surrogatepass"))
        figures.characters += len(text.text)
        figures.changed += bool(cleaned.edits)
        figures.lost += bool(text.lost)
        figures.gaps.update(_kind_of(gap.reason) for gap in cleaned.gaps)
        figures.damage.append((cleaned.damage, text.name))
        key = sha256("".join(cleaned.text.split()).encode(errors="surrogatepass")).digest()
        figures.copies += key in self._seen
        self._seen.add(key)

    def _count_edits(self, name: str, cleaned: Cleaned) -> None:
        figures, touched = self.figures, set[str]()
        for edit in cleaned.edits:
            if edit.repeats is not None:
                figures.repeated += edit.end - edit.start - len(edit.new)
            for stage in edit.stage.split("+"):
                own = figures.stages[stage]
                own.edits += 1
                own.reasons[_kind_of(edit.reason)] += 1
                own.texts += stage not in touched
                if stage not in touched and edit.stage == stage:
                    _add_example(own, name, cleaned.source, edit)
                touched.add(stage)

    def _look(self, cleaned: Cleaned) -> None:
        """For what no stage that runs by default would tell."""
        lines = cleaned.source.split("\n")
        self.figures.furniture += sum(kind(line.strip()) is Kind.FURNITURE for line in lines)
        self.figures.spaced += len(_SPACED.findall(cleaned.text))
        self.figures.meeting += len(_MEETING.findall(cleaned.text))
        # of the clean text: mojibake is full of rare characters
        self.figures.traditional += any(True for _ in Script().propose(cleaned.text))


def _kind_of(reason: str) -> str:
    """The reason without its numbers, which tell of one place only.

    >>> _kind_of("line is full (wrapped at 76 columns)")
    'line is full (wrapped at … columns)'
    """
    return re.sub("[0-9]+", "…", reason)


def _add_example(own: StageFigures, name: str, source: str, edit: Edit) -> None:
    reason = _kind_of(edit.reason)
    if len(own.examples) >= MOST_SAMPLES or reason in {example.reason for example in own.examples}:
        return
    before, after = source[max(0, edit.start - CONTEXT) : edit.start], source[edit.end : edit.end + CONTEXT]
    old, new = _shortened(source[edit.start : edit.end]), _shortened(edit.new)
    own.examples.append(Example(name, before, old, new, after, reason))


def _shortened(text: str) -> str:
    half = MOST_SHOWN // 2
    return text if len(text) <= MOST_SHOWN else f"{text[:half]}…{text[-half:]}"
