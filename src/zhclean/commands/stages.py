"""``zhclean stages``."""

from __future__ import annotations

import click

from zhclean.commands.arguments import shipped
from zhclean.console import standard_output


@click.command()
@click.option("-v", "--verbose", is_flag=True, help="Tell each stage's options and their defaults too.")
def stages(verbose: bool) -> None:
    """List the stages in the order they run."""
    from dataclasses import fields

    import zhclean

    with standard_output() as stream:
        for name, stage in shipped().items():
            default = "on" if stage in zhclean.STAGES else "off"
            stream.write(f"{name:<12} {default:<4} {(type(stage).__doc__ or '').splitlines()[0]}\n")
            for option in fields(stage) if verbose else ():  # type: ignore[arg-type]
                stream.write(f"{'':<17} {option.name} = {getattr(stage, option.name)!r}\n")
