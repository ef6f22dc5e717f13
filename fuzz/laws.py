"""What must hold whatever the text, as one check for each target: it takes bytes and raises where a law is broken."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress

import zhclean
from fuzz.texts import text_of
from zhclean.edits import apply

Target = Callable[[bytes], None]


def check_read(data: bytes) -> None:
    """Any bytes give text, or a refusal."""
    with suppress(zhclean.DecodeError):
        decoded = zhclean.decode(data)
        assert decoded.encoding
        assert 0 <= decoded.confidence <= 1
        assert 0 <= decoded.lost <= decoded.text.count("\ufffd")
        assert zhclean.decode(data) == decoded


def check_run(text: str, stages: Sequence[zhclean.Stage]) -> zhclean.Cleaned:
    """The laws of every run, with any stages."""
    cleaned = zhclean.explain(text, stages)
    assert zhclean.clean(text, stages) == cleaned.text, "clean and explain differ"
    assert zhclean.clean(cleaned.text, stages) == cleaned.text, "a second run changes something"
    assert apply(text, cleaned.edits) == cleaned.text, "the edits do not give the text"
    check_edits(cleaned)
    assert cleaned.undo(*cleaned.edits).text == text, "undone, it is not what it was"
    return cleaned


def check_edits(cleaned: zhclean.Cleaned) -> None:
    """Edits lie in order, change something and say why; a copy of what is removed stays."""
    position = 0
    for edit in cleaned.edits:
        assert position <= edit.start <= edit.end <= len(cleaned.source), edit
        assert cleaned.source[edit.start : edit.end] != edit.new, edit
        assert edit.stage, edit
        assert edit.reason, edit
        assert 0 < edit.confidence <= 1, edit
        position = edit.end
        if edit.repeats and not edit.new:
            start, end = cleaned.to_clean(edit.repeats)
            assert start < end, f"no copy stays: {edit}"
    assert all(0 <= gap.start <= gap.end <= len(cleaned.source) for gap in cleaned.gaps)


def unspaced(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def spoken(text: str) -> list[str]:
    """Its letters and digits."""
    return [c for c in text if c.isalnum()]


def compatible(text: str) -> str:
    """The text with all characters in their ordinary form; 〇 is written ０ in many a number in Han."""
    return unicodedata.normalize("NFKC", text).replace("〇", "0")


def in_any_order(text: str) -> list[str]:
    """Its characters but for white space, and the signs of quotations of which a joined line loses its own: a caption
    may move.
    """
    return sorted(unspaced(text).translate(dict.fromkeys(map(ord, ">:│┃|"))))


KEPT: dict[str, Callable[[str], object]] = {
    "unwrap": in_any_order,
    "width": compatible,
    "punctuation": spoken,
    "spacing": unspaced,
}
"""What a stage leaves as it is, whatever the text."""


def check_stage(stage: zhclean.Stage, data: bytes) -> None:
    """The laws of a run, and that the stage keeps to what is its business."""
    text = text_of(data)
    cleaned = check_run(text, (stage,))
    if kept := KEPT.get(stage.name):
        assert kept(cleaned.text) == kept(text), f"{stage.name} changed what is not its business"


def check_clean(data: bytes) -> None:
    """The laws of the default run, whose result also goes through JSON and is the same for the cautious."""
    cleaned = check_run(text_of(data), zhclean.STAGES)
    with suppress(ValueError):  # two halves of a surrogate pair cannot be told from the pair in JSON
        assert zhclean.Cleaned.from_json(cleaned.to_json()) == cleaned
    cautious = zhclean.explain(cleaned.source, min_confidence=0.9)
    assert all(edit.confidence >= 0.9 for edit in cautious.edits)
    assert zhclean.clean(cautious.text, min_confidence=0.9) == cautious.text


def target_of(stage: zhclean.Stage) -> Target:
    """The check of one stage."""
    return lambda data: check_stage(stage, data)


TARGETS: dict[str, Target] = {
    "read": check_read,
    "clean": check_clean,
    **{stage.name: target_of(stage) for stage in (*zhclean.STAGES, *zhclean.OPTIONAL_STAGES)},
}
