"""``zhclean corpus clean``."""

from __future__ import annotations

import click


@click.command()
def clean() -> None:
    """Clean every text of a corpus."""
