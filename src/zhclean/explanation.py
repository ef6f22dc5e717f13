"""What `zhclean.explain` found, as JSON: the form of ``zhclean explain --json``, written and read back.

`schema` says what each field means; docs/json.md says it in prose.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

from zhclean.cleaned import Cleaned
from zhclean.edits import Edit, Gap, Span
from zhclean.options import options_of
from zhclean.pipeline import OPTIONAL_STAGES, STAGES

if TYPE_CHECKING:
    from zhclean.pipeline import Stage

T = TypeVar("T")

_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def schema() -> str:
    """The JSON Schema (2020-12) of the form."""
    return files("zhclean").joinpath("data", "explain.schema.json").read_text("utf-8")


# --- Writing -----------------------------------------------------------------------------------------------


def as_json(cleaned: Cleaned, source: str = "-", encoding: str = "utf-8", lost: int = 0) -> str:
    """One JSON object that `schema` describes.

    Args:
        cleaned: what was found.
        source: the name of the file, or ``-``.
        encoding: what it was read as.
        lost: how often undecodable bytes became U+FFFD.

    Raises:
        ValueError: a text holds both halves of a surrogate pair as characters of their own; JSON would make
            one of them, and all offsets behind it wrong.
    """
    found = {
        "source": source,
        "encoding": encoding,
        "lost": lost,
        "text": cleaned.text,
        "edits": [_edit_fields(edit, cleaned.source) for edit in cleaned.edits],
        "gaps": [gap._asdict() for gap in cleaned.gaps],
        "damage": round(cleaned.damage, 4),
        "stages": [_stage_fields(stage) for stage in cleaned.stages],
        "min_confidence": cleaned.min_confidence,
    }
    form = json.dumps(found, ensure_ascii=False, indent=2)
    if _SURROGATE_PAIR.search(form):
        raise ValueError("JSON has no form for the two halves of a surrogate pair as two characters")
    # The only form for half of one: UTF-8 has none.
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", form)


def _edit_fields(edit: Edit, source: str) -> dict[str, object]:
    fields = edit._asdict()
    place = {"start": fields.pop("start"), "end": fields.pop("end")}
    return {**place, "old": source[edit.start : edit.end], **fields}


def _stage_fields(stage: Stage) -> dict[str, object]:
    return {"name": stage.name, "options": asdict(stage) if _is_shipped(stage) else {}}  # type: ignore[call-overload]


def _is_shipped(stage: Stage) -> bool:
    return any(type(stage) is type(other) for other in (*STAGES, *OPTIONAL_STAGES))


# --- Reading -----------------------------------------------------------------------------------------------


def from_json(form: str | bytes) -> Cleaned:
    """What `as_json` was given.

    `Cleaned.stages` is empty where one of the stages does not come with zhclean.

    Raises:
        ValueError: this is not such a JSON object, or its edits do not lead to its text.
    """
    try:
        return _cleaned(_fields(json.loads(form)))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"no explanation: {error}") from error


def _cleaned(found: Mapping[str, Any]) -> Cleaned:
    text = _field(found, "text", str)
    rows = [_fields(row) for row in _field(found, "edits", list)]
    edits = tuple(map(_edit, rows))
    source = _source(text, edits, [_field(row, "old", str) for row in rows])
    gaps = tuple(_gap(_fields(row)) for row in _field(found, "gaps", list))
    spans = [span for edit in edits for span in (edit.repeats, edit.origin) if span]
    for start, end in (*spans, *(gap[:2] for gap in gaps)):
        if not 0 <= start <= end <= len(source):
            raise ValueError(f"the span {start} to {end} lies outside the source")
    stages = _stages([_fields(row) for row in _field(found, "stages", list)])
    return Cleaned(source, text, edits, gaps, stages, _field(found, "min_confidence", float))


def _source(text: str, edits: Iterable[Edit], old: Iterable[str]) -> str:
    """What the edits were made in: the text with all of them undone."""
    pieces: list[str] = []
    position = at = 0
    for edit, before in zip(edits, old, strict=True):
        start = at + edit.start - position
        if (
            edit.start < position
            or edit.end - edit.start != len(before)
            or not text.startswith(edit.new, start)
        ):
            raise ValueError(f"the edit at {edit.start} does not lead to the text")
        pieces += text[at:start], before
        position, at = edit.end, start + len(edit.new)
    return "".join([*pieces, text[at:]])


def _edit(row: Mapping[str, Any]) -> Edit:
    of = partial(_field, row)
    return Edit(
        of("start", int),
        of("end", int),
        of("new", str),
        of("reason", str),
        of("confidence", float),
        of("stage", str),
        _span(row, "repeats"),
        _span(row, "origin"),
        None if row.get("group") is None else of("group", int),
    )


def _gap(row: Mapping[str, Any]) -> Gap:
    of = partial(_field, row)
    return Gap(of("start", int), of("end", int), of("reason", str), of("confidence", float), of("stage", str))


def _span(row: Mapping[str, Any], name: str) -> Span | None:
    value = row.get(name)
    if value is None:
        return None
    if not (isinstance(value, list) and len(value) == 2 and all(type(n) is int for n in value)):
        raise ValueError(f"{name} is neither null nor two offsets")
    return Span(*value)


def _stages(rows: Sequence[Mapping[str, Any]]) -> tuple[Stage, ...]:
    shipped: dict[str, Any] = {stage.name: stage for stage in (*STAGES, *OPTIONAL_STAGES)}
    if any(_field(row, "name", str) not in shipped for row in rows):
        return ()
    return tuple(_stage(shipped[row["name"]], _field(row, "options", dict)) for row in rows)


def _stage(stage: Any, values: Mapping[str, Any]) -> Stage:
    known = {option.name: option for option in options_of(stage)}
    if unknown := values.keys() - known.keys():
        raise ValueError(f"the stage {stage.name} has no option {min(unknown)!r}")
    changed: Stage = replace(stage, **{name: known[name].check(value) for name, value in values.items()})
    return changed


def _fields(value: object) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"expected an object, not {type(value).__name__}")
    return value


def _field(row: Mapping[str, Any], name: str, kind: type[T]) -> T:
    value = row.get(name)
    if kind is float and type(value) is int:
        value = float(value)
    if type(value) is not kind:
        raise ValueError(f"{name!r} is {'missing' if name not in row else f'no {kind.__name__}'}")
    return value
