"""The order of the stages, and the one loop that runs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from zhclean.cleaned import Cleaned
from zhclean.edits import Edit, Gap, Step, accept, apply, sure
from zhclean.edits.composition import in_source
from zhclean.edits.offsets import OffsetMap
from zhclean.stages.invisible import Invisible
from zhclean.stages.mojibake import Mojibake
from zhclean.stages.overlaps import Overlaps
from zhclean.stages.punctuation import Punctuation
from zhclean.stages.repeats import Repeats
from zhclean.stages.script import Script
from zhclean.stages.spacing import Spacing
from zhclean.stages.unwrap import Unwrap
from zhclean.stages.width import Width


class Stage(Protocol):
    """One kind of repair: a frozen dataclass whose fields are its options.

    Anything with these two members can stand in a tuple of stages. A stage keeps no state between calls,
    so it can be used from threads and sent to other processes.
    """

    @property
    def name(self) -> str:
        """What the command line and `Edit.stage` call it."""

    def propose(self, text: str) -> Iterable[Edit | Gap]:
        """Yield edits and gaps in offsets of `text`, in any order; edits must not overlap.

        Run again on the result of its own edits a stage must come to an end: each kind of edit lowers
        something (line breaks, length, characters out of form).
        """


STAGES: tuple[Stage, ...] = (
    Mojibake(),  # first: what it repairs contains C1 controls and no-break spaces the next stage removes
    Invisible(),  # before anything looks at neighbouring characters
    Overlaps(),  # while the lines that say the same are the same lines
    Unwrap(),  # while lines are as wide as they were set; before quotes are paired by paragraph
    Width(),  # before punctuation, which then knows one form of each letter and digit
    Punctuation(),
    Spacing(),  # behind punctuation: it removes spaces around full-width marks
    Repeats(),  # last: copies are compared in their final form, and a cut-off one is a prefix by now
)

OPTIONAL_STAGES: tuple[Stage, ...] = (
    Script(),  # changes the text's script, which is a wish and not a repair
)

PATIENCE = 10
"""Rounds without the text getting shorter after which a run gives up; no text known needs more than 4."""


class _Run:
    """A text on its way through the stages."""

    def __init__(
        self, text: str, stages: Sequence[Stage], min_confidence: float, *, keep_steps: bool
    ) -> None:
        self.text = text
        self.steps: list[Step] = []
        self._stages, self._min_confidence, self._keep_steps = stages, min_confidence, keep_steps
        self._gaps: dict[int, list[tuple[str, Gap]]] = {}
        self._silent: set[int] = set()  # those that have nothing to change in the text as it is now
        self._shortest = len(text)
        self._patience = PATIENCE * len(stages)

    def ask(self, number: int) -> bool:
        """Let a stage do what it proposes; whether that changed the text."""
        if number in self._silent or not self._patience or not self.text:
            return False
        self._patience -= 1
        stage = self._stages[number]
        proposed = list(stage.propose(self.text))
        # Only what a stage says of the final text counts: a gap may close as the text changes.
        self._gaps[number] = [(stage.name, p) for p in proposed if isinstance(p, Gap)] if proposed else []
        edits = accept(sure(proposed, self._min_confidence), self.text) if proposed else []
        if edits:
            self._take(Step(stage.name, edits))
        else:
            self._silent.add(number)
        return bool(edits)

    def _take(self, step: Step) -> None:
        self._silent.clear()
        if self._keep_steps:
            self.steps.append(step)
        self.text = apply(self.text, step.edits)
        if len(self.text) < self._shortest:
            self._patience, self._shortest = PATIENCE * len(self._stages), len(self.text)

    @property
    def gaps(self) -> list[tuple[str, Gap]]:
        """Stage name and gap, in offsets of the text as it is now."""
        return [gap for number in sorted(self._gaps) for gap in self._gaps[number]]


def several(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """The stages of an iterable, which may be gone through only once.

    Raises:
        TypeError: it is none, or one of them is no stage.
    """
    if isinstance(stages, str) or not isinstance(stages, Iterable):
        raise TypeError(f"stages must be an iterable of stages, such as [zhclean.Width()], not {stages!r}")
    chosen = tuple(stages)
    for stage in chosen:
        if isinstance(stage, type) or not (hasattr(stage, "name") and hasattr(stage, "propose")):
            raise TypeError(f"a stage must be an object such as zhclean.Width(), not {stage!r}")
    return chosen


def check_confidence(least: float) -> None:
    """Raise ValueError where `least` is not between 0 and 1."""
    if not 0 <= least <= 1:
        raise ValueError(f"min_confidence must be between 0 and 1, not {least!r}")


def clean(text: str, stages: Iterable[Stage] = STAGES, *, min_confidence: float = 0.0) -> str:
    r"""Repair `text`; the same as ``explain(…).text`` with the same arguments.

    With `min_confidence` no edit is made that is less sure, nor are those that belong to it, and everything
    else is done as if it had never been proposed. Confidences run from 0 to 1.

    Raises:
        TypeError: `text` is not a string (bytes go through `zhclean.read` first), or `stages` are no stages.
        ValueError: `min_confidence` is not between 0 and 1.

    >>> clean("全年新增高新技术企业一百家以上，确保服\n\n务业增加值增长百分之七。")
    '全年新增高新技术企业一百家以上，确保服务业增加值增长百分之七。'
    """
    return _run(text, several(stages), min_confidence, keep_steps=False).text


def explain(text: str, stages: Iterable[Stage] = STAGES, *, min_confidence: float = 0.0) -> Cleaned:
    """Repair `text` and tell every edit with its reason, in offsets of `text`.

    `min_confidence` is that of `clean`. Gaps are told however unsure they are, for nothing is done to them.

    Raises:
        TypeError: `text` is not a string (bytes go through `zhclean.read` first), or `stages` are no stages.
        ValueError: `min_confidence` is not between 0 and 1.

    >>> [(e.new, e.stage) for e in explain("２０２３年").edits]
    [('2023', 'width')]
    """
    stages = several(stages)
    run = _run(text, stages, min_confidence)
    edits = in_source(run.steps, text)
    gaps = tuple(_in_source(run.gaps, edits)) if run.gaps else ()
    return Cleaned(text, run.text, tuple(edits), gaps, stages, min_confidence)


def _in_source(gaps: Iterable[tuple[str, Gap]], edits: Sequence[Edit]) -> list[Gap]:
    """The gaps in offsets of the source, each place once."""
    offsets = OffsetMap(edits)
    placed = {gap[:2]: _placed(gap, offsets)._replace(stage=name) for name, gap in gaps}
    return sorted(placed.values())


def _placed(gap: Gap, offsets: OffsetMap) -> Gap:
    """The gap in offsets of the source, with what was removed at it."""
    start, end = offsets.end(gap.start), offsets.start(gap.end)
    return gap._replace(start=min(start, end), end=max(start, end))


def _run(text: str, stages: Sequence[Stage], min_confidence: float, *, keep_steps: bool = True) -> _Run:
    """Ask all stages, and again until none of them changes anything: cleaning twice is cleaning once.

    The one that was the last to change something is asked first, until it has no more to say: a removal may
    show another, and to ask all others in between would take long. The steps of a long text take several times
    its memory, so they are kept only where somebody wants to see them.
    """
    if not isinstance(text, str):
        raise TypeError(
            f"text must be a str, not {type(text).__name__}; zhclean.read() decodes bytes and files"
        )
    check_confidence(min_confidence)
    run = _Run(text, stages, min_confidence, keep_steps=keep_steps)
    everybody = range(len(stages))
    changing = [number for number in everybody if run.ask(number)]
    while changing:
        last = changing[-1]
        while run.ask(last):
            pass
        changing = [number for number in everybody if number != last and run.ask(number)]
    return run
