"""What a run returns: the clean text, every edit that led to it, and the ways back."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import index
from typing import TYPE_CHECKING, overload

from zhclean.edits import Edit, Gap, Span, apply, touches

if TYPE_CHECKING:
    from zhclean.edits.source_map import SourceMap
    from zhclean.pipeline import Stage


@dataclass(frozen=True)
class Cleaned:
    """The result of `zhclean.explain`.

    `edits` are sorted, do not overlap, lie within `source` and give `text` when applied to it; `gaps` are
    in offsets of `source` too. `stages` and `min_confidence` are those of the run; two results are equal
    whatever they were made with.
    """

    source: str
    text: str
    edits: tuple[Edit, ...] = ()
    gaps: tuple[Gap, ...] = ()
    stages: tuple[Stage, ...] = field(default=(), compare=False, repr=False)
    min_confidence: float = field(default=0.0, compare=False, repr=False)

    def undo(self, *edits: Edit) -> Cleaned:
        r"""The same without some of its edits, and without those that belong to them.

        To an edit belong the others of its `group`, and each removal whose copy that stays would then no
        longer say, letters and digits alone, what it says now: its text would be lost.

        Raises:
            TypeError: something is no edit; several are arguments of their own, ``undo(*edits)``.
            ValueError: an edit is not one of `self.edits`.

        >>> from zhclean import explain
        >>> page = explain("全年新增企业１００家以上，确保服\n\n务业增加值增长７％。")
        >>> page.undo(page.edits[1]).text
        '全年新增企业100家以上，确保服\n\n务业增加值增长7%。'
        """
        for edit in edits:
            if not isinstance(edit, Edit):
                raise TypeError(f"undo() takes edits, several as undo(*edits), not a {type(edit).__name__}")
        undone = set(edits)
        if foreign := undone.difference(self.edits):
            raise ValueError(f"not an edit of this text: {min(foreign)!r}")
        result = self._without_edits(_with_groups(undone, self.edits))
        while widowed := self._widowed(result):
            kept = set(result.edits) - _with_groups(widowed, self.edits)
            result = self._without_edits(set(self.edits) - kept)
        return result

    def without(self, stage: str, *more: str) -> Cleaned:
        """The result as if some stages had not run; it runs the others, and what was undone is done again.

        Raises:
            ValueError: one was not among `self.stages`.
        """
        names = {stage, *more}
        if unknown := names.difference(s.name for s in self.stages):
            ran = ", ".join(s.name for s in self.stages) or "none that is known"
            raise ValueError(f"no stage {min(unknown)!r} ran; there were: {ran}")
        from zhclean.pipeline import explain

        rest = [s for s in self.stages if s.name not in names]
        return explain(self.source, rest, min_confidence=self.min_confidence)

    @cached_property
    def damage(self) -> float:
        """How much of the source needed repair, from 0 to 1; `zhclean.edits.damage` says how it is counted."""
        from zhclean.edits.damage import damage

        return damage(self.source, self.edits, self.gaps)

    @overload
    def to_clean(self, place: int) -> int: ...
    @overload
    def to_clean(self, place: tuple[int, int]) -> Span: ...
    def to_clean(self, place: int | tuple[int, int]) -> int | Span:
        r"""Where a character, or a span, of the source is in the clean text.

        Removed text leads to where it would stand, its span is empty there; moved text leads to its new
        place.

        Raises:
            IndexError: the source is shorter.
            TypeError: `place` is neither an offset nor a pair of offsets.
            ValueError: the span ends before it begins.

        >>> from zhclean import explain
        >>> page = explain("记者近日来到北京市第一机床厂，看到工人们正在安装新\n\n设备。")
        >>> page.source[24:29], page.text[slice(*page.to_clean((24, 29)))]
        ('新\n\n设备', '新设备')
        """
        side = self._map.from_source
        return side.offset(place) if isinstance(place, int) else side.span(_span(place))

    @overload
    def to_source(self, place: int) -> int: ...
    @overload
    def to_source(self, place: tuple[int, int]) -> Span: ...
    def to_source(self, place: int | tuple[int, int]) -> int | Span:
        """Where a character, or a span, of the clean text comes from.

        Raises:
            IndexError: the clean text is shorter.
            TypeError: `place` is neither an offset nor a pair of offsets.
            ValueError: the span ends before it begins.
        """
        side = self._map.from_clean
        return side.offset(place) if isinstance(place, int) else side.span(_span(place))

    def to_json(self) -> str:
        """One JSON object, in the form of ``zhclean explain --json``; docs/json.md describes it.

        Raises:
            ValueError: both halves of a surrogate pair stand in the text as two characters.
        """
        from zhclean.explanation import as_json

        return as_json(self)

    @classmethod
    def from_json(cls, form: str | bytes) -> Cleaned:
        """The result that was written as JSON, by `to_json` or by the command line.

        Raises:
            ValueError: this is no such JSON, or its edits do not lead to its text.
        """
        from zhclean.explanation import from_json

        return from_json(form)

    @cached_property
    def _map(self) -> SourceMap:
        from zhclean.edits.source_map import SourceMap

        return SourceMap(self.source, self.text, self.edits)

    def __getstate__(self) -> dict[str, object]:
        """Without what can be computed again."""
        return {name: self.__dict__[name] for name in self.__dataclass_fields__}

    def _without_edits(self, undone: set[Edit]) -> Cleaned:
        edits = tuple(edit for edit in self.edits if edit not in undone)
        return replace(self, text=apply(self.source, edits), edits=edits)

    def _widowed(self, other: Cleaned) -> set[Edit]:
        """The removals in `other` that repeat a copy which says something else there than it does here."""
        undone = sorted(set(self.edits) - set(other.edits))
        return {
            removal
            for removal in other.edits
            if removal.repeats
            and touches(undone, removal.repeats)
            and _spoken(self._map.left_of(removal.repeats)) != _spoken(other._map.left_of(removal.repeats))
        }


def _span(place: tuple[int, int]) -> Span:
    try:
        start, end = map(index, place)
    except (TypeError, ValueError):
        raise TypeError(f"expected an offset or a pair of offsets, not {place!r}") from None
    if end < start:
        raise ValueError(f"the span ends before it begins: {place!r}")
    return Span(start, end)


def _with_groups(some: set[Edit], edits: Iterable[Edit]) -> set[Edit]:
    groups = {edit.group for edit in some} - {None}
    return some.union(edit for edit in edits if edit.group in groups)


def _spoken(text: str) -> str:
    """What one hears of a text: no marks, no spaces, one width for all."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))
