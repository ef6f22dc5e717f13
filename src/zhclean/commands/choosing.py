"""The options that choose stages, and their options, for every command that runs stages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from zhclean.commands.arguments import Range
from zhclean.console import shown
from zhclean.presets import PRESETS

if TYPE_CHECKING:
    from zhclean.configuration import Choice

Command = Callable[..., None]


def stage_options(command: Command) -> Command:
    """Add these options to a command, which gets one argument for all of them: the tuple ``stages``."""

    @wraps(command)
    def with_stages(
        config: str | None,
        isolated: bool,
        preset: str | None,
        only: frozenset[str] | None,
        added: frozenset[str],
        skipped: frozenset[str],
        values: dict[str, Any],
        **others: Any,
    ) -> None:
        from zhclean.configuration import Choice, stages_of

        if config is not None and isolated:
            raise click.UsageError("--config does not go with --no-config")
        said = Choice(preset, only, added, skipped, values)
        of_file = () if isolated else _choices_in_file(config)
        command(stages=stages_of(*of_file, said), **others)

    for option in reversed(_OPTIONS):
        with_stages = option(with_stages)
    return with_stages


confidence_option = click.option(
    "--min-confidence",
    type=Range(0, 1),
    default=0.0,
    metavar="0…1",
    help="Make no change that is less sure.",
)
"""For commands that make changes; they get it as ``min_confidence``."""


def _choices_in_file(path: str | None) -> tuple[Choice, ...]:
    """What the configuration file says, if there is one."""
    from zhclean.configuration import ConfigurationError, choice_of, find_configuration, load
    from zhclean.files import cause

    found = path if path is not None else find_configuration()
    if found is None:
        return ()
    click.get_current_context().meta[CONFIGURATION_FILE] = found
    try:
        return (choice_of(load(found)),)
    except ConfigurationError as error:
        raise click.UsageError(f"{shown(found)}: {error}") from None
    except OSError as error:
        raise click.UsageError(f"{shown(found)}: {cause(error)}") from None


CONFIGURATION_FILE = "zhclean.configuration_file"
"""Under which `click.Context.meta` holds the path of the file that was read."""


# --- What is said on the command line ----------------------------------------------------------------------


def _stages(_context: click.Context, _option: click.Parameter, values: Sequence[str]) -> frozenset[str]:
    """The names in options that may be repeated, and may each hold several with commas between."""
    from zhclean.configuration import checked_stages

    try:
        return checked_stages([name for value in values for name in value.split(",")])
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _only(context: click.Context, option: click.Parameter, values: Sequence[str]) -> frozenset[str] | None:
    return _stages(context, option, values) if values else None


def _values(_context: click.Context, _option: click.Parameter, settings: Sequence[str]) -> dict[str, Any]:
    """Values by ``stage.option``, of which the last counts."""
    from zhclean.configuration import option_named

    values = {}
    for setting in settings:
        key, equals, text = setting.partition("=")
        if not equals:
            raise click.UsageError(f"--set {shown(setting)}: expected STAGE.OPTION=VALUE")
        try:
            values[key] = option_named(key).parse(text)
        except ValueError as error:
            raise click.UsageError(f"--set {shown(setting)}: {error}") from None
    return values


# --- What the shell offers ---------------------------------------------------------------------------------


def _complete_stages(
    _context: click.Context, _option: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from zhclean.configuration import shipped

    before, comma, begun = incomplete.rpartition(",")
    return [CompletionItem(before + comma + name) for name in shipped() if name.startswith(begun)]


def _complete_values(
    _context: click.Context, _option: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    from zhclean.configuration import options

    offered = [(f"{key}={value}", o.text) for key, o in options().items() for value in o.choices or ("",)]
    return [CompletionItem(setting, help=text) for setting, text in offered if setting.startswith(incomplete)]


_OPTIONS = (
    click.option(
        "--config",
        type=click.Path(readable=False),
        metavar="FILE",
        help="Read this configuration, not the zhclean.toml or pyproject.toml found from here upwards.",
    ),
    click.option("--no-config", "isolated", is_flag=True, help="Read no configuration."),
    click.option(
        "--preset",
        type=click.Choice(tuple(PRESETS)),
        help="Begin with what helps one kind of source.",
    ),
    click.option(
        "--with",
        "added",
        multiple=True,
        metavar="STAGE",
        callback=_stages,
        shell_complete=_complete_stages,
        help="Run this opt-in stage too.",
    ),
    click.option(
        "--only",
        multiple=True,
        metavar="STAGE",
        callback=_only,
        shell_complete=_complete_stages,
        help="Run no stage but this.",
    ),
    click.option(
        "--skip",
        "skipped",
        multiple=True,
        metavar="STAGE",
        callback=_stages,
        shell_complete=_complete_stages,
        help="Do not run this stage.",
    ),
    click.option(
        "--set",
        "values",
        multiple=True,
        metavar="STAGE.OPTION=VALUE",
        callback=_values,
        shell_complete=_complete_values,
        help="Set an option of a stage; zhclean stages -v lists them.",
    ),
)
