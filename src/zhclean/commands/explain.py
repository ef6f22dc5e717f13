"""``zhclean explain``."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from zhclean.commands.arguments import FileName, blaming, input_named, names_or_standard_input
from zhclean.commands.choosing import confidence_option, names_in, stage_options
from zhclean.console import emit, note_losses, shown, standard_output

if TYPE_CHECKING:
    from zhclean.cleaned import Cleaned
    from zhclean.encoding import Decoded
    from zhclean.pipeline import Stage


def _print_schema(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        from zhclean.explanation import schema

        emit(schema().encode())
        context.exit()


@click.command()
@click.argument("path", type=FileName(readable=False), metavar="PATH | -", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--unified", "as_patch", is_flag=True, help="Print a patch.")
@click.option(
    "--json-schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_schema,
    help="Print the JSON Schema of --json.",
)
@click.option("--stage", "of", multiple=True, metavar="STAGE", help="Show only what this stage changed.")
@confidence_option
@stage_options
def explain(
    path: str | None,
    as_json: bool,
    as_patch: bool,
    of: Sequence[str],
    min_confidence: float,
    stages: tuple[Stage, ...],
) -> None:
    """Show each change to a file, or to standard input, with its reason.

    By stage and line: [-removed-] and {+inserted+} text between some of what stands around it, and below
    each change the reason and how sure it is. Then places where text seems to be missing, [?like this?],
    and a summary: changes by stage, and the damage, which is the share of the text that needed repair.

    --stage leaves out what no stage of that name took part in, and may be repeated; all stages run all the
    same (see --only). --min-confidence leaves out changes that are less sure, and what would follow from
    them.

    --json prints one JSON object, see --json-schema. --unified prints a patch for: patch -p0. It applies to
    the text in UTF-8, and says so in front where the file is in another encoding.
    """
    import zhclean
    from zhclean.files import contents

    if as_json and as_patch:
        raise click.UsageError("--json and --unified are two forms; choose one")
    (name,) = names_or_standard_input((path,) if path else ())
    with blaming(name):
        data = contents(input_named(name))
        decoded = zhclean.decode(data)
        cleaned = zhclean.explain(decoded.text, stages, min_confidence=min_confidence)
    cleaned = _shown_only(cleaned, of)
    note_losses(name, decoded.encoding, decoded.lost)
    if as_json:
        emit(_object(name, decoded, cleaned))
    elif as_patch:
        emit(_patch(name, data, decoded, cleaned))
    else:
        _print(cleaned)


def _print(cleaned: Cleaned) -> None:
    from zhclean.commands.word_diff import print_to

    with standard_output() as stream:
        print_to(stream, cleaned)


def _shown_only(cleaned: Cleaned, of: Sequence[str]) -> Cleaned:
    """What is left if only some stages' edits are made."""
    names = {*names_in(of)}
    if unknown := names - {stage.name for stage in cleaned.stages}:
        ran = ", ".join(stage.name for stage in cleaned.stages)
        raise click.UsageError(f"--stage: no stage {min(unknown)!r} runs; there are {ran}")
    if not names:
        return cleaned
    return cleaned.undo(*(edit for edit in cleaned.edits if names.isdisjoint(edit.stage.split("+"))))


def _object(name: str, decoded: Decoded, cleaned: Cleaned) -> bytes:
    from zhclean.explanation import as_json

    with blaming(name):
        return as_json(cleaned, name, decoded.encoding, decoded.lost).encode() + b"\n"


def _patch(name: str, data: bytes, decoded: Decoded, cleaned: Cleaned) -> bytes:
    """The patch, with a word in front where it is not for the file as it is."""
    from zhclean.commands.unified import unified
    from zhclean.edits import Edit
    from zhclean.files import utf8

    source, edits = cleaned.source, list(cleaned.edits)
    if data.startswith(codecs.BOM_UTF8):  # the file has it, and the clean text will not
        source = "\ufeff" + source
        edits = [e._replace(start=e.start + 1, end=e.end + 1) for e in edits]
        edits.insert(0, Edit(0, 1, "", "byte order mark"))
    patch = unified(source, edits, name)
    if patch and utf8(source)[0] != data:
        patch = f"{shown(name)} is {decoded.encoding}: this patch applies to its text in UTF-8\n{patch}"
    return patch.encode()
