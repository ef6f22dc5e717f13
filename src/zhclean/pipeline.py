"""The order of the stages, and the one loop that runs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import cycle
from typing import NamedTuple, Protocol

from zhclean.cleaned import Cleaned
from zhclean.composition import OffsetMap, in_source
from zhclean.edits import Edit, Gap, Step, accept, apply, sure
from zhclean.stages.invisible import Invisible
from zhclean.stages.mojibake import Mojibake
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


class _Run(NamedTuple):
    text: str
    steps: list[Step]
    gaps: list[tuple[str, Gap]]  # stage name and gap, in offsets of `text`


def clean(text: str, stages: Sequence[Stage] = STAGES, *, min_confidence: float = 0.0) -> str:
    r"""Repair `text`; the same as ``explain(…).text`` with the same arguments.

    With `min_confidence` no edit is made that is less sure, nor are those that belong to it, and everything
    else is done as if it had never been proposed. Confidences run from 0 to 1.

    Raises:
        TypeError: `text` is not a string (bytes go through `zhclean.read` first).
        ValueError: `min_confidence` is not between 0 and 1.

    >>> clean("全年新增高新技术企业一百家以上，确保服\n\n务业增加值增长百分之七。")
    '全年新增高新技术企业一百家以上，确保服务业增加值增长百分之七。'
    """
    return _run(text, stages, min_confidence).text


def explain(text: str, stages: Sequence[Stage] = STAGES, *, min_confidence: float = 0.0) -> Cleaned:
    """Repair `text` and tell every edit with its reason, in offsets of `text`.

    `min_confidence` is that of `clean`. Gaps are told however unsure they are, for nothing is done to them.

    Raises:
        TypeError: `text` is not a string (bytes go through `zhclean.read` first).
        ValueError: `min_confidence` is not between 0 and 1.

    >>> [(e.new, e.stage) for e in explain("２０２３年").edits]
    [('2023', 'width')]
    """
    run = _run(text, stages, min_confidence)
    edits = in_source(run.steps, text)
    gaps = tuple(_in_source(run.gaps, edits)) if run.gaps else ()
    return Cleaned(text, run.text, tuple(edits), gaps, tuple(stages), min_confidence)


def _in_source(gaps: Iterable[tuple[str, Gap]], edits: Sequence[Edit]) -> list[Gap]:
    """The gaps in offsets of the source, each place once."""
    offsets = OffsetMap(edits)
    placed = {gap[:2]: _placed(gap, offsets)._replace(stage=name) for name, gap in gaps}
    return sorted(placed.values())


def _placed(gap: Gap, offsets: OffsetMap) -> Gap:
    """The gap in offsets of the source, with what was removed at it."""
    start, end = offsets.end(gap.start), offsets.start(gap.end)
    return gap._replace(start=min(start, end), end=max(start, end))


def _run(text: str, stages: Sequence[Stage], min_confidence: float) -> _Run:
    """Go round the stages until none of them changes anything: cleaning twice is cleaning once."""
    if not isinstance(text, str):
        raise TypeError(
            f"text must be a str, not {type(text).__name__}; zhclean.read() decodes bytes and files"
        )
    if not 0 <= min_confidence <= 1:
        raise ValueError(f"min_confidence must be between 0 and 1, not {min_confidence!r}")
    steps: list[Step] = []
    gaps: dict[int, list[tuple[str, Gap]]] = {}
    unchanged = 0  # stages in a row that had nothing to change
    patience, shortest = PATIENCE * len(stages), len(text)
    for index, stage in cycle(enumerate(stages)):
        if unchanged == len(stages) or not patience or not text:
            break
        unchanged, patience = unchanged + 1, patience - 1
        proposed = list(stage.propose(text))
        # Only what a stage says of the final text counts: a gap may close as the text changes.
        gaps[index] = [(stage.name, p) for p in proposed if isinstance(p, Gap)] if proposed else []
        edits = accept(sure(proposed, min_confidence), text) if proposed else []
        if edits:
            steps.append(Step(stage.name, edits))
            text, unchanged = apply(text, edits), 0
            if len(text) < shortest:
                patience, shortest = PATIENCE * len(stages), len(text)
    return _Run(text, steps, [gap for index in sorted(gaps) for gap in gaps[index]])
