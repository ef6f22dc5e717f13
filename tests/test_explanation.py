"""The JSON of an explanation: as the schema says, and the same again when it is read."""

from __future__ import annotations

import doctest
import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import example, given, settings
from jsonschema import Draft202012Validator

import zhclean
from tests.damaged_news import any_text
from zhclean.edits import Edit
from zhclean.explanation import as_json, schema
from zhclean.stages.unwrap import Unwrap

ROOT = Path(__file__).parents[1]
DOCUMENTATION = ROOT / "docs" / "json.md"
PAGE = zhclean.read(ROOT / "examples" / "yunxi.txt")
SCHEMA = json.loads(schema())
VALIDATOR = Draft202012Validator(SCHEMA)


def test_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@settings(max_examples=40)
@given(any_text)
@example(PAGE)
@example("\ud800国\x00\u2029\x0b\x0c１\udc00")
def test_form_is_as_the_schema_says_and_leads_back(text: str) -> None:
    cleaned = zhclean.explain(text)
    try:
        form = cleaned.to_json()
    except ValueError:
        assert any("\ud800" <= one < "\udc00" <= two < "\ue000" for one, two in pairwise(text))
        return
    VALIDATOR.validate(json.loads(form))
    again = zhclean.Cleaned.from_json(form)
    assert (again, again.stages, again.min_confidence) == (cleaned, cleaned.stages, 0.0)
    assert zhclean.Cleaned.from_json(form.encode()) == cleaned, "it is valid UTF-8, whatever the text"


def test_schema_lists_every_field() -> None:
    found = json.loads(zhclean.explain(PAGE).to_json())
    parts = {"edit": found["edits"][0], "gap": found["gaps"][0], "stage": found["stages"][0]}
    assert list(found) == list(SCHEMA["properties"]) == SCHEMA["required"]
    for name, part in parts.items():
        described = SCHEMA["$defs"][name]
        assert list(part) == list(described["properties"]) == described["required"]


def test_documentation_lists_every_field() -> None:
    prose = DOCUMENTATION.read_text("utf-8")
    names = {
        *SCHEMA["properties"],
        *(name for part in ("edit", "gap", "stage") for name in SCHEMA["$defs"][part]["properties"]),
    }
    assert [name for name in names if f"`{name}`" not in prose] == []


def test_documentation_does_what_it_says() -> None:
    result = doctest.testfile(str(DOCUMENTATION), module_relative=False, encoding="utf-8")
    assert (result.failed, result.attempted) == (0, 5)


def test_options_of_stages_come_back() -> None:
    stages = [Unwrap(threshold=0.75), *zhclean.OPTIONAL_STAGES]
    cleaned = zhclean.explain(PAGE, stages, min_confidence=0.5)
    again = zhclean.Cleaned.from_json(cleaned.to_json())
    assert (again.stages, again.min_confidence) == (tuple(stages), 0.5)
    assert again.without("script") == cleaned.without("script")


def test_of_a_stage_of_ones_own_only_the_name_is_known() -> None:
    @dataclass(frozen=True)
    class NoStars:
        name: ClassVar[str] = "stars"
        star: str = "*"

        def propose(self, text: str) -> list[Edit]:
            return [Edit(n, n + 1, "", "star") for n, c in enumerate(text) if c == self.star]

    form = zhclean.explain("重点*", [NoStars()]).to_json()
    assert json.loads(form)["stages"] == [{"name": "stars", "options": {}}]
    assert zhclean.Cleaned.from_json(form).stages == ()


def test_two_halves_of_a_surrogate_pair_have_no_form() -> None:
    with pytest.raises(ValueError, match="surrogate pair"):
        zhclean.Cleaned("\ud83d\ude00", "\ud83d\ude00").to_json()


def test_a_result_that_was_changed_leads_back_too() -> None:
    cleaned = zhclean.explain(PAGE)
    undone = cleaned.undo(cleaned.edits[2])
    assert zhclean.Cleaned.from_json(undone.to_json()) == undone


def changed(**fields: Any) -> str:
    return json.dumps({**json.loads(zhclean.explain("２０２３年\u200b底").to_json()), **fields})


EDIT = {"old": "２", "new": "2", "reason": "r", "confidence": 1, "stage": "width"}


@pytest.mark.parametrize(
    ("form", "cause"),
    [
        ("{", "Expecting property name"),
        ("[]", "expected an object, not list"),
        ("{}", "'text' is missing"),
        (changed(text=5), "'text' is no str"),
        (changed(edits=[3]), "expected an object, not int"),
        (changed(edits=[{}]), "'start' is missing"),
        (changed(edits=[{"start": True}]), "'start' is no int"),
        (changed(edits=[{"start": 0, "end": 2, **EDIT}]), "the edit at 0 does not lead to the text"),
        (changed(edits=[{"start": 7, "end": 8, **EDIT}]), "the edit at 7 does not lead to the text"),
        (changed(edits=[{"start": 0, "end": 1, **EDIT, "origin": [1]}]), "origin is neither null nor two offsets"),
        (changed(edits=[{"start": 0, "end": 1, **EDIT, "repeats": [1, 99]}]), "the span 1 to 99 lies outside"),
        (changed(stages=[{"name": "width", "options": {"size": 3}}]), "the stage width has no option 'size'"),
        (changed(stages=[{"name": "width", "options": {"digits": 3}}]), "expected one of half, full, keep, not 3"),
        ("[" * 100_000, "no explanation"),
        (b"\xff\xfe\xff", "no explanation"),
    ],
)  # fmt: skip
def test_what_is_no_explanation_is_refused_with_the_cause(form: str | bytes, cause: str) -> None:
    with pytest.raises(ValueError, match=r"^no explanation: ") as error:
        zhclean.Cleaned.from_json(form)
    assert cause in str(error.value)


def test_file_fields_are_those_of_the_command_line() -> None:
    found = json.loads(as_json(zhclean.explain("夜色"), "新闻.txt", "gb18030", 2))
    assert (found["source"], found["encoding"], found["lost"]) == ("新闻.txt", "gb18030", 2)
