"""``zhclean explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from zhclean.commands.arguments import blaming, input_named, names_or_standard_input
from zhclean.commands.choosing import stage_options
from zhclean.console import note_losses, standard_output

if TYPE_CHECKING:
    from zhclean.pipeline import Stage


@click.command()
@click.argument("path", type=click.Path(readable=False), metavar="PATH | -", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@stage_options
def explain(path: str | None, as_json: bool, stages: tuple[Stage, ...]) -> None:
    """Show each change to a file, or to standard input, with its reason.

    Each is shown as LINE:COLUMN, stage, reason and confidence, then the text around it with [old → new];
    then places where text seems to be missing; then a summary.

    --json prints one object with source, encoding, lost (how often undecodable bytes became U+FFFD), text
    (the clean one), edits and gaps. An edit has start, end, old, new, stage, reason, confidence, repeats,
    origin and group; a gap has start, end, reason, confidence and stage. start and end count characters of
    the decoded source from 0; repeats (the copy that stays) and origin (where moved text stood) are null or
    [start, end] likewise.
    """
    import zhclean
    from zhclean import explanation
    from zhclean.files import contents

    (name,) = names_or_standard_input((path,) if path else ())
    with blaming(name):
        decoded = zhclean.decode(contents(input_named(name)))
        cleaned = zhclean.explain(decoded.text, stages)
    note_losses(name, decoded.encoding, decoded.lost)
    with standard_output() as stream:
        if as_json:
            stream.buffer.write(explanation.as_json(name, decoded, cleaned))
        else:
            explanation.print_to(stream, cleaned)
