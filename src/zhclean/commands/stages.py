"""``zhclean stages``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from zhclean.commands.choosing import CONFIGURATION_FILE, stage_options
from zhclean.console import say, shown, standard_output

if TYPE_CHECKING:
    from zhclean.options import Option
    from zhclean.pipeline import Stage

WIDTH = 12
"""Columns for the name of a stage."""


@click.command()
@click.option("-v", "--verbose", is_flag=True, help="Tell each stage's options and their defaults too.")
@click.option("--json", "as_json", is_flag=True, help="Print all of it as one JSON array.")
@stage_options
@click.pass_context
def stages(context: click.Context, verbose: bool, as_json: bool, stages: tuple[Stage, ...]) -> None:
    """List the stages in the order they run.

    Those the configuration and the options given choose are on. With -v each option follows as KEY = VALUE,
    as a configuration or --set takes it, with what it means, which values there may be, and its default.
    """
    listed = _described({stage.name: stage for stage in stages})
    with standard_output() as stream:
        if as_json:
            stream.write(json.dumps(list(listed), ensure_ascii=False, indent=2) + "\n")
        else:
            stream.writelines(line + "\n" for stage in listed for line in _lines(stage, verbose))
    if path := context.meta.get(CONFIGURATION_FILE):
        say(f"configured by {shown(path)}")


def _described(running: dict[str, Stage]) -> Iterator[dict[str, Any]]:
    from zhclean.configuration import shipped
    from zhclean.options import options_of

    for name, stage in shipped().items():
        stage = running.get(name, stage)
        yield {
            "name": name,
            "on": name in running,
            "text": (type(stage).__doc__ or "").splitlines()[0],
            "options": [_option(o, getattr(stage, o.name)) for o in options_of(stage)],
        }


def _option(option: Option, value: Any) -> dict[str, Any]:
    return {
        "key": option.key,
        "value": value,
        "default": option.default,
        "text": option.text,
        "expected": option.expected,
    }


def _lines(stage: dict[str, Any], verbose: bool) -> Iterator[str]:
    yield f"{stage['name']:<{WIDTH}} {'on' if stage['on'] else 'off':<4} {stage['text']}"
    for option in stage["options"] if verbose else ():
        yield f"{'':<{WIDTH}}   {option['key']} = {_toml(option['value'])}"
        expected = option["expected"][0].upper() + option["expected"][1:]
        told = f"{option['text']} {expected}; default {_toml(option['default'])}."
        yield f"{'':<{WIDTH}}       {told}"


def _toml(value: Any) -> str:
    """A string, number or truth value, which TOML writes as JSON does."""
    return json.dumps(value, ensure_ascii=False)
