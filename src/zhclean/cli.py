"""The command line: its commands, and how each run of it ends."""

from __future__ import annotations

import sys
import threading
from typing import Any, NoReturn

import click

from zhclean import __version__
from zhclean.commands.arguments import FAILED, INTERRUPTED
from zhclean.commands.lazy import Entry, LazyGroup
from zhclean.console import PROGRAM, not_printed, say, speak_utf8

COMMANDS = {
    "clean": Entry("zhclean.commands.clean:clean", "Clean files, or standard input."),
    "explain": Entry(
        "zhclean.commands.explain:explain",
        "Show each change to a file, or to standard input, with its reason.",
    ),
    "report": Entry(
        "zhclean.report.command:report",
        "Show each change to files, or to standard input, on one page for the browser.",
    ),
    "corpus": Entry("zhclean.corpus.commands:corpus", "Clean and deduplicate whole corpora."),
    "bench": Entry(
        "zhclean.bench.command:bench",
        "Measure what cleaning does to a corpus of your own, and recommend stages for it.",
    ),
    "stages": Entry("zhclean.commands.stages:stages", "List the stages in the order they run."),
    "completion": Entry(
        "zhclean.commands.completion:completion",
        "Print the script that makes a shell complete commands, options and stages.",
    ),
}

LONGEST_FAREWELL = 5.0
"""Seconds in which a thread without workers must have ended."""


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
    """Who presses Ctrl-C does not want to wait until the workers have finished their texts.

    The threads that look after them see that they are gone, and are waited for: if the interpreter ended at the
    same moment, it might write to a pipe that they have just closed.
    """
    from multiprocessing import active_children

    for worker in active_children():
        worker.kill()
    for thread in threading.enumerate():
        if not thread.daemon and thread is not threading.current_thread():
            thread.join(LONGEST_FAREWELL)


class _Program(LazyGroup):
    """Commands that report whatever is wrong in one line."""

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        kwargs["standalone_mode"] = False
        try:
            code = super().main(*args, **kwargs)
        except click.ClickException as error:
            say(error.format_message())
            code = FAILED
        except OSError as error:  # click prints help and version; what a command does, it answers for itself
            say(not_printed(error).format_message())
            code = FAILED
        except click.Abort:
            code = INTERRUPTED
        except SystemExit:  # click's, when the shell's completion is done, or nobody reads the help
            code = 0
        sys.exit(code)


@click.group(
    cls=_Program,
    table=COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
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
