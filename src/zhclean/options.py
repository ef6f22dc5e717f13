"""The options of stages: how a stage states them, and how they are listed, read and checked.

A stage's options are the fields of its dataclass. What is said about them is said in the field, once: help,
configuration, completion and documentation are all derived from it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import Field, dataclass, field, fields
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def option(default: T, text: str, *, least: float | None = None, most: float | None = None) -> T:
    """A field of a stage that is an option.

    Args:
        default: what it is if nobody says otherwise.
        text: one sentence for users.
        least: for a number, the smallest value there may be.
        most: and the greatest.
    """
    stated = {"text": text, "least": least, "most": most}
    return field(default=default, metadata=stated)


@dataclass(frozen=True)
class Option:
    """What is known of one option of a stage."""

    key: str
    """``stage.option``."""
    kind: type
    """`str`, `bool`, `int` or `float`."""
    default: Any
    text: str
    choices: tuple[str, ...] = ()
    """The values a string may take; any if there are none."""
    least: float = -math.inf
    most: float = math.inf

    @property
    def name(self) -> str:
        """What the stage itself calls it."""
        return self.key.partition(".")[2]

    @property
    def expected(self) -> str:
        """Which values it takes, in words."""
        if self.choices:
            return f"one of {', '.join(self.choices)}"
        return _WORDS[self.kind] + _bounds(self.least, self.most)

    def check(self, value: object) -> Any:
        """The value as the stage wants it.

        Raises:
            ValueError: it is of another type, out of range, or none of the choices.
        """
        if self.kind is float and type(value) is int:
            value = float(value)
        # A bool is an int for Python, and 1 is no answer to yes or no.
        fits = type(value) is self.kind and (not self.choices or value in self.choices)
        if fits and isinstance(value, (int, float)):
            fits = self.least <= value <= self.most
        if not fits:
            raise ValueError(f"expected {self.expected}, not {shown(value)}")
        return value

    def check_in(self, stage: Any) -> None:
        """Check the value that `stage` has; like `check`, and the message names the option."""
        try:
            self.check(getattr(stage, self.name))
        except ValueError as error:
            raise ValueError(f"{self.key}: {error}") from None

    def parse(self, text: str) -> Any:
        """The value that `text` from the command line means.

        Raises:
            ValueError: it means none, or none that `check` lets pass.
        """
        try:
            value = _PARSERS[self.kind](text)
        except (KeyError, ValueError):
            value = text
        return self.check(value)


class Checked:
    """A stage with options: they are checked when it is made.

    Raises:
        ValueError: one has a value it does not take; the message names the option and the values it takes.
    """

    def __post_init__(self) -> None:
        for one in options_of(self):
            one.check_in(self)


def _bounds(least: float, most: float) -> str:
    if math.isinf(most):
        return "" if math.isinf(least) else f" from {least:g}"
    return f" up to {most:g}" if math.isinf(least) else f" from {least:g} to {most:g}"


def shown(value: object) -> str:
    """A value as TOML writes it, as far as one line has room."""
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else repr(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


_WORDS = {str: "text", bool: "true or false", int: "a whole number", float: "a number"}

_PARSERS: dict[type, Callable[[str], Any]] = {
    str: str,
    bool: {"true": True, "false": False}.__getitem__,
    int: int,
    float: float,
}


def options_of(stage: Any) -> tuple[Option, ...]:
    """The options of a stage, or of a class of stages, in the order of its fields."""
    cls: Any = stage if isinstance(stage, type) else type(stage)
    hints = get_type_hints(cls)
    return tuple(_described(f"{cls.name}.{one.name}", hints[one.name], one) for one in fields(cls))


def _described(key: str, hint: Any, stated: Field[Any]) -> Option:
    limits = {end: stated.metadata[end] for end in ("least", "most") if stated.metadata.get(end) is not None}
    choices = get_args(hint) if get_origin(hint) is Literal else ()
    kind = type(choices[0]) if choices else hint
    return Option(key, kind, stated.default, stated.metadata.get("text", ""), choices, **limits)
