"""``zhclean completion``."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from zhclean.console import PROGRAM, standard_output


@click.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that makes a shell complete commands, options and stages.

    \b
    bash: zhclean completion bash > ~/.local/share/bash-completion/completions/zhclean
    zsh:  zhclean completion zsh > _zhclean, in a directory of $fpath
    fish: zhclean completion fish > ~/.config/fish/completions/zhclean.fish
    """  # noqa: D301 - click looks for the character itself
    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(context.find_root().command, {}, PROGRAM, f"_{PROGRAM.upper()}_COMPLETE").source()
    with standard_output() as stream:
        stream.write(script)
