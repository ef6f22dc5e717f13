"""Which stages run, and with which options: what a preset, a file and the command line choose.

A configuration is a table, in TOML or as a mapping; its keys are the command line's options::

    preset = "ocr"       # begin with what the preset chooses
    only = ["width"]     # run no stages but these
    with = ["script"]    # run these opt-in stages too
    skip = ["repeats"]   # do not run these

    [unwrap]             # options of a stage, in a table of its name
    threshold = 0.6

What may stand there is known from the stages themselves (`zhclean.options`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from zhclean.options import Option, options_of, shown
from zhclean.pipeline import OPTIONAL_STAGES, STAGES, Stage
from zhclean.presets import PRESETS

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILE = "zhclean.toml"
PROJECT_FILE = "pyproject.toml"


class ConfigurationError(ValueError):
    """A configuration asks for what there is not; the message is one line and names the key."""


class Choice(NamedTuple):
    """What one configuration says, checked; what it does not say is left to others."""

    preset: str | None = None
    only: frozenset[str] | None = None
    added: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    options: Mapping[str, Any] = {}
    """Values by key, which is ``stage.option``."""


# --- From Python -------------------------------------------------------------------------------------------


def configured(configuration: str | os.PathLike[str] | Mapping[str, Any]) -> tuple[Stage, ...]:
    """The stages a configuration chooses, with its options, for `clean` and `explain`.

    Args:
        configuration: the path of a TOML file, or its contents as a mapping. Of a `pyproject.toml` the table
            ``tool.zhclean`` counts.

    Raises:
        ConfigurationError: the file is not TOML, a key is unknown, or a value is of a wrong type or out of
            range.
        OSError: the file cannot be read.

    >>> configured({"only": ["width"], "width": {"letters": "keep"}})
    (Width(digits='half', letters='keep'),)
    """
    if isinstance(configuration, Mapping):
        return stages_of(choice_of(configuration))
    try:
        return stages_of(choice_of(load(configuration)))
    except ConfigurationError as error:
        raise ConfigurationError(f"{os.fspath(configuration)}: {error}") from None


def find_configuration(directory: str | os.PathLike[str] = ".") -> Path | None:
    """The configuration file of a directory: its own, else that of the nearest directory above that has one.

    Beside each other `zhclean.toml` counts before `pyproject.toml`, and the latter only if it has a table
    ``tool.zhclean``. Files are never added up.
    """
    try:
        lowest = Path(directory).absolute()
    except FileNotFoundError:  # the working directory has been deleted
        return None
    for place in (lowest, *lowest.parents):
        if _is_file(place / FILE):
            return place / FILE
        if _is_file(place / PROJECT_FILE) and _speaks_of_us(place / PROJECT_FILE):
            return place / PROJECT_FILE
    return None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a directory further up may be closed to us
        return False


def _speaks_of_us(path: Path) -> bool:
    """Whether a project file has our table; one that does not even name us may be as broken as it likes."""
    try:
        return b"zhclean" in path.read_bytes() and _section(_parsed(path)) is not None
    except OSError:
        return False
    except ConfigurationError:  # to be told when it is loaded
        return True


# --- Reading -----------------------------------------------------------------------------------------------


def load(path: str | os.PathLike[str]) -> Mapping[str, Any]:
    """The table in a file, not checked yet.

    Raises:
        ConfigurationError: the file is not TOML, is a `pyproject.toml` without a table for us, or another with one.
        OSError: it cannot be read.
    """
    table = _parsed(Path(path))
    section = _section(table)
    if Path(path).name != PROJECT_FILE:
        if section is not None:
            raise ConfigurationError(f"tool.zhclean is for {PROJECT_FILE}; here its keys stand at the top")
        return table
    if section is None:
        raise ConfigurationError("has no table tool.zhclean")
    if not isinstance(section, Mapping):
        raise ConfigurationError(f"tool.zhclean: expected a table, not {shown(section)}")
    return section


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))  # Windows' editor begins with a mark
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(f"not TOML: {error}") from None


def _section(table: Mapping[str, Any]) -> Any:
    """What stands under ``tool.zhclean``, whatever it is; None if nothing does."""
    tools = table.get("tool")
    return tools.get("zhclean") if isinstance(tools, Mapping) else None


# --- Checking ----------------------------------------------------------------------------------------------


def choice_of(table: Mapping[str, Any]) -> Choice:
    """What a table chooses.

    Raises:
        ConfigurationError: a key is unknown, or a value is of a wrong type or out of range.
    """
    choice, values = Choice(), dict[str, Any]()
    for key, value in _flat(table):
        if key in _CHOICES:
            field, check = _CHOICES[key]
            choice = choice._replace(**{field: _checked(key, check, value)})
        else:
            values[key] = _checked(key, option_named(key, _CHOICES).check, value)
    return choice._replace(options=values)


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Keys and values, those of tables with the table's name and a dot in front."""
    for key, value in table.items():
        if isinstance(value, Mapping) and (value or key in shipped()):
            yield from ((f"{key}.{name}", inner) for name, inner in value.items())
        else:  # with an empty table of no stage, which is a mistake too
            yield key, value


def _checked(key: str, check: Callable[[Any], Any], value: object) -> Any:
    try:
        return check(value)
    except ValueError as error:
        raise ConfigurationError(f"{key}: {error}") from None


def option_named(key: str, others: Iterable[str] = ()) -> Option:
    """The option of a key.

    Raises:
        ConfigurationError: there is none; the message names the nearest, of the stage if `key` names one, and
            else of all and the keys that may stand beside them.
    """
    if key not in options():
        own = [known for known in options() if known.partition(".")[0] == key.partition(".")[0]]
        near = nearest(key, own or (*others, *options()))
        raise ConfigurationError(f"unknown key {key!r}: did you mean {near!r}?")
    return options()[key]


def checked_stages(names: Any) -> frozenset[str]:
    """The names of stages.

    Raises:
        ValueError: it is no list of names, or one is unknown; the message names the nearest.
    """
    if not isinstance(names, (list, tuple, set, frozenset)) or not all(isinstance(n, str) for n in names):
        raise ValueError(f"expected a list of stages, not {shown(names)}")
    for unknown in sorted(set(names) - shipped().keys()):
        raise ValueError(
            f"unknown stage {unknown!r}: did you mean {nearest(unknown, shipped())!r}? "
            f"There are {', '.join(shipped())}"
        )
    return frozenset(names)


def checked_preset(name: Any) -> str:
    """The name of a preset.

    Raises:
        ValueError: there is none of that name.
    """
    if name not in tuple(PRESETS):
        raise ValueError(f"unknown preset {shown(name)}: there are {', '.join(PRESETS)}")
    return str(name)


def nearest(unknown: str, known: Iterable[str]) -> str:
    """The known name that looks most like one that is not."""
    return get_close_matches(unknown, list(known), n=1, cutoff=0)[0]


_CHOICES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "preset": ("preset", checked_preset),
    "only": ("only", checked_stages),
    "with": ("added", checked_stages),
    "skip": ("skipped", checked_stages),
}


# --- Choosing ----------------------------------------------------------------------------------------------


def shipped() -> dict[str, Stage]:
    """Every stage by its name, in the order in which they run."""
    return {stage.name: stage for stage in (*STAGES, *OPTIONAL_STAGES)}


@cache
def options() -> dict[str, Option]:
    """Every option of every stage by its key."""
    return {option.key: option for stage in shipped().values() for option in options_of(stage)}


def stages_of(*choices: Choice) -> tuple[Stage, ...]:
    """The stages to run, in the order in which they are shipped; a later choice goes before an earlier one.

    The last preset named is the one that counts, and comes before all the choices.
    """
    names = frozenset(stage.name for stage in STAGES)
    values = dict[str, Any]()
    for choice in (*_preset(choices), *choices):
        names = (names if choice.only is None else choice.only) | choice.added
        names -= choice.skipped
        values.update(choice.options)
    return tuple(_with_options(stage, values) for name, stage in shipped().items() if name in names)


def _preset(choices: Iterable[Choice]) -> list[Choice]:
    named = [choice.preset for choice in choices if choice.preset]
    return [choice_of(PRESETS[named[-1]].table)] if named else []


def _with_options(stage: Stage, values: Mapping[str, Any]) -> Stage:
    """The stage, with those values that are its own."""
    own = {o.name: values[o.key] for o in options_of(stage) if o.key in values}
    return replace(stage, **own) if own else stage  # type: ignore[type-var]
