"""The command line: arguments and exit codes.

Exit codes: 0 done, 1 ``--check`` found something to change, 2 something could not be done, 130 interrupted.
What is heavy is imported in the command that needs it, so that ``--help`` and the shell's completion are
quick.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from click.shell_completion import CompletionItem, get_completion_class

from zhclean import __version__
from zhclean.console import (
    PROGRAM,
    STANDARD_INPUT,
    Report,
    emit,
    note_losses,
    progress,
    say,
    shown,
    speak_utf8,
    standard_output,
)

if TYPE_CHECKING:
    from zhclean.files import Input
    from zhclean.outputs import Output
    from zhclean.pipeline import Stage

FAILED = 2
INTERRUPTED = 130


def main() -> NoReturn:
    """Run the command line of this process, then end the process."""
    speak_utf8()
    try:
        program(prog_name=PROGRAM)
    except SystemExit as end:
        if end.code == INTERRUPTED:
            _kill_workers()
        raise
    raise AssertionError("unreachable")


def _kill_workers() -> None:
    """Who presses Ctrl-C does not want to wait until the workers have finished their texts."""
    from multiprocessing import active_children

    for worker in active_children():
        worker.kill()


class _Program(click.Group):
    """Commands that report whatever is wrong in one line."""

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        kwargs["standalone_mode"] = False
        try:
            code = super().main(*args, **kwargs)
        except click.ClickException as error:
            say(error.format_message())
            code = FAILED
        except click.Abort:
            code = INTERRUPTED
        except SystemExit:  # click's, when the shell's completion is done, or nobody reads the help
            code = 0
        sys.exit(code)


def stage_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that choose stages, which several commands share."""
    for name, field, text in (
        ("--with", "added", "Run this opt-in stage too."),
        ("--only", "only", "Run no stage but this."),
        ("--skip", "skipped", "Do not run this stage."),
    ):
        option = click.option(
            name,
            field,
            multiple=True,
            callback=_stage_names,
            shell_complete=_complete_stages,
            metavar="STAGE",
            help=text,
        )
        command = option(command)
    return command


def _stage_names(_context: click.Context, _option: click.Parameter, values: Sequence[str]) -> set[str]:
    """The names in options that may be repeated, and may each hold several with commas between."""
    names = {name for value in values for name in value.split(",")}
    for unknown in sorted(names - _shipped().keys()):
        raise click.UsageError(_correction(unknown))
    return names


def _complete_stages(
    _context: click.Context, _option: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    before, comma, begun = incomplete.rpartition(",")
    return [CompletionItem(before + comma + name) for name in _shipped() if name.startswith(begun)]


@click.group(
    cls=_Program, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name=PROGRAM)
@click.pass_context
def program(context: click.Context) -> None:
    """Turn scraped Chinese news into clean text.

    Joins sentences broken across lines, removes what is repeated, normalises characters and punctuation,
    and tells each change with its reason.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@program.command()
@click.argument("paths", nargs=-1, type=click.Path(readable=False), metavar="[PATH]... | -")
@click.option(
    "-o", "--output", type=click.Path(readable=False), metavar="FILE_OR_DIR", help="Write here; see above."
)
@click.option("-i", "--in-place", is_flag=True, help="Replace each file by its clean text.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if something would change.")
@click.option("--force", is_flag=True, help="Let -o replace files that exist.")
@stage_options
@click.option(
    "-j", "--jobs", type=click.IntRange(0), default=1, help="Processes to use; 0: one for each core."
)
@click.option("-q", "--quiet", is_flag=True, help="No progress, no notes; only errors.")
def clean(
    paths: tuple[str, ...],
    output: str | None,
    in_place: bool,
    check: bool,
    force: bool,
    jobs: int,
    quiet: bool,
    **stages: set[str],
) -> None:
    """Clean files, or standard input.

    Any Chinese encoding is read. Written is UTF-8 without a byte order mark, line ends as they were.
    Undecodable bytes and lone surrogates become U+FFFD and are reported; a file with more than 5 %
    undecodable bytes is not text, and an error.

    Several files go to standard output one after the other, with a line break between two where the first
    does not end in one. -o takes a file for one input, and a directory if it is one, ends in a separator, or
    there are several inputs: they keep their paths below the directory they share. With -i a file is
    replaced, at once and whole, only if a byte of it changes; links are followed and the mode is kept.
    With --check you are told for which files that would be.

    Stages are given by name (see: zhclean stages), with commas or by repeating the option.

    Exit codes: 0 done; 1 --check found something to change; 2 some file could not be done, and the others
    were; 130 interrupted.
    """
    from zhclean.outputs import run
    from zhclean.workers import cores, start_fork_server

    chosen = _choose(**stages)
    names = _names(paths)
    if in_place and (output is not None or STANDARD_INPUT in names):
        raise click.UsageError("--in-place goes with neither -o nor standard input")
    report = Report(quiet=quiet)
    to = _output(names, output, in_place, check, force, report)
    prints = not (output or in_place or check)
    workers = min(jobs or cores(), len(names))
    if workers > 1:
        start_fork_server(deaf=True)
    with progress(len(names), wanted=not (quiet or prints)) as advance:
        for item, outcome in run([_input(name) for name in names], to, chosen, workers):
            report.add(item.name, outcome)
            advance()
    report.list_failed(len(names))
    raise click.exceptions.Exit(FAILED if report.failed else int(report.found))


@program.command()
@click.argument("path", type=click.Path(readable=False), metavar="PATH | -", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@stage_options
def explain(path: str | None, as_json: bool, **stages: set[str]) -> None:
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
    from zhclean.files import cause, contents

    chosen = _choose(**stages)
    (name,) = _names((path,) if path else ())
    try:
        decoded = zhclean.decode(contents(_input(name)))
        cleaned = zhclean.explain(decoded.text, chosen)
    except Exception as error:
        raise click.ClickException(f"{shown(name)}: {cause(error)}") from error
    note_losses(name, decoded.encoding, decoded.lost)
    with standard_output() as stream:
        if as_json:
            stream.buffer.write(explanation.as_json(name, decoded, cleaned))
        else:
            explanation.print_to(stream, cleaned)


@program.command()
@click.option("-v", "--verbose", is_flag=True, help="Tell each stage's options and their defaults too.")
def stages(verbose: bool) -> None:
    """List the stages in the order they run."""
    from dataclasses import fields

    import zhclean

    with standard_output() as stream:
        for name, stage in _shipped().items():
            default = "on" if stage in zhclean.STAGES else "off"
            stream.write(f"{name:<12} {default:<4} {(type(stage).__doc__ or '').splitlines()[0]}\n")
            for option in fields(stage) if verbose else ():  # type: ignore[arg-type]
                stream.write(f"{'':<17} {option.name} = {getattr(stage, option.name)!r}\n")


@program.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    r"""Print the script that makes a shell complete commands, options and stages.

    \b
    bash: zhclean completion bash > ~/.local/share/bash-completion/completions/zhclean
    zsh:  zhclean completion zsh > _zhclean, in a directory of $fpath
    fish: zhclean completion fish > ~/.config/fish/completions/zhclean.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None
    with standard_output() as stream:
        stream.write(kind(program, {}, PROGRAM, f"_{PROGRAM.upper()}_COMPLETE").source())


def _shipped() -> dict[str, Stage]:
    import zhclean

    return {stage.name: stage for stage in (*zhclean.STAGES, *zhclean.OPTIONAL_STAGES)}


def _correction(unknown: str) -> str:
    from difflib import get_close_matches

    (nearest,) = get_close_matches(unknown, _shipped(), n=1, cutoff=0)
    return f"unknown stage {unknown!r}: did you mean {nearest!r}? There are {', '.join(_shipped())}"


def _choose(added: set[str], only: set[str], skipped: set[str]) -> tuple[Stage, ...]:
    """The stages to run, in the order in which they are listed and not in that of the options."""
    import zhclean

    names = (only or {stage.name for stage in zhclean.STAGES}) | added
    return tuple(stage for name, stage in _shipped().items() if name in names - skipped)


def _names(paths: tuple[str, ...]) -> tuple[str, ...]:
    if paths:
        return paths
    if sys.stdin is None or sys.stdin.isatty():
        raise click.UsageError("nothing to read: name a file, or - for standard input (see --help)")
    return (STANDARD_INPUT,)


def _input(name: str) -> Input:
    from zhclean.files import Input

    if name != STANDARD_INPUT:
        return Input(name)
    return Input(name, sys.stdin.buffer.read() if sys.stdin else b"")


def _output(
    names: Sequence[str], output: str | None, in_place: bool, check: bool, force: bool, report: Report
) -> Output:
    from zhclean import files, outputs

    if check:
        return outputs.Check(report.would_change)
    if in_place:
        return outputs.InPlace()
    if output is None:
        return outputs.Together(emit)
    in_directory = files.is_directory(output, len(names))
    try:
        places = files.places(names, Path(output)) if in_directory else [Path(output)]
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    by_name = dict(zip(names, places, strict=True))
    return outputs.Elsewhere(by_name, replace=force, make_directories=in_directory)
