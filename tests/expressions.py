"""Texts made from a regular expression: those on which a search for it is likely to go back and forth.

Each is what a repetition of the expression repeats, many times over, behind what the expression wants in front
of it or not, and never followed by what it wants to find then.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

if sys.version_info >= (3, 11):
    from re import _constants as opcodes
    from re import _parser as parser
else:
    import sre_constants as opcodes
    import sre_parse as parser

SOME = "国a1 ，\t\n-.(<"
"""One of them is in most classes that say what they do not contain."""

MANY = 16
"""Repetitions allowed, from which on a repetition may cost something."""


def repeated(pattern: re.Pattern[str]) -> set[tuple[str, str]]:
    """For each repetition what stands in front of it, and what is repeated."""
    return set(_repeated(parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG), ""))


def _repeated(items: Iterable[tuple[Any, Any]], before: str) -> Iterator[tuple[str, str]]:
    for item in items:
        for body in _bodies(item):
            yield from _repeated(body, before)
        operation, argument = item
        if operation in (opcodes.MAX_REPEAT, opcodes.MIN_REPEAT) and argument[1] >= MANY:
            yield before, _example(argument[2])
        before += _example([item])


def _bodies(item: tuple[Any, Any]) -> list[Any]:
    operation, argument = item
    if operation is opcodes.SUBPATTERN:
        return [argument[-1]]
    if operation is opcodes.BRANCH:
        return list(argument[1])
    if operation in (opcodes.MAX_REPEAT, opcodes.MIN_REPEAT):
        return [argument[2]]
    return []


def _example(items: Iterable[tuple[Any, Any]]) -> str:
    """A short text that the expression matches, as far as this can tell."""
    return "".join(_one(*item) for item in items)


def _one(operation: Any, argument: Any) -> str:
    if operation is opcodes.LITERAL:
        return chr(argument)
    if operation is opcodes.NOT_LITERAL:
        return next(c for c in SOME if ord(c) != argument)
    if operation is opcodes.ANY:
        return SOME[0]
    if operation is opcodes.IN:
        return _member(argument)
    if operation in (opcodes.MAX_REPEAT, opcodes.MIN_REPEAT):
        return _example(argument[2]) * max(1, argument[0])
    return _example(bodies[0]) if (bodies := _bodies((operation, argument))) else ""


CATEGORIES = {
    opcodes.CATEGORY_DIGIT: "1",
    opcodes.CATEGORY_SPACE: " ",
    opcodes.CATEGORY_WORD: "a",
    opcodes.CATEGORY_NOT_DIGIT: "a",
    opcodes.CATEGORY_NOT_SPACE: "a",
    opcodes.CATEGORY_NOT_WORD: "，",
}


def _member(items: list[tuple[Any, Any]]) -> str:
    """A character of a class."""
    if items[0][0] is not opcodes.NEGATE:
        operation, argument = items[0]
        if operation is opcodes.CATEGORY:
            return CATEGORIES[argument]
        return chr(argument[0] if operation is opcodes.RANGE else argument)
    return next((c for c in SOME if not any(_is_in(c, *item) for item in items[1:])), "")


def _is_in(character: str, operation: Any, argument: Any) -> bool:
    if operation is opcodes.CATEGORY:
        return {"DIGIT": character.isdigit(), "SPACE": character.isspace(), "WORD": character.isalnum()}.get(
            str(argument).removeprefix("CATEGORY_"), not character.isalnum()
        )
    low, high = argument if operation is opcodes.RANGE else (argument, argument)
    return bool(low <= ord(character) <= high)
