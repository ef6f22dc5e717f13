"""Groups of commands whose modules are imported when they are called, so that help and completion are quick."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import click
from click.shell_completion import CompletionItem


class Entry(NamedTuple):
    """Where a command is, and what lists say of it."""

    place: str
    """``module:name`` of the command object."""
    help: str
    """The first line of the command's own help."""


class LazyGroup(click.Group):
    """A group that knows its commands from a table and imports only the one that is called."""

    def __init__(self, *args: Any, table: Mapping[str, Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._table = table

    def list_commands(self, _context: click.Context) -> list[str]:
        """The names, in the order of the table."""
        return list(self._table)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """The command itself; its module is imported here."""
        if name not in self._table:
            return None
        module, _, attribute = self._table[name].place.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, _context: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self._table.items()])

    def shell_complete(self, context: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the names from the table alone, options as any command does."""
        names = [
            CompletionItem(name, help=entry.help)
            for name, entry in self._table.items()
            if name.startswith(incomplete)
        ]
        return [*names, *click.Command.shell_complete(self, context, incomplete)]
