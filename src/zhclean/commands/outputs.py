"""Where clean text goes: standard output, other files, the same files, or nowhere."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Protocol

from zhclean.console import shown
from zhclean.files import Input, Outcome, cause, is_stream, refuse_existing, write
from zhclean.workers import in_processes


class Output(Protocol):
    """One way to deliver; both methods raise OSError where it cannot be done for this file."""

    def refuse(self, name: str) -> None:
        """Raise before any work is done, if it would be in vain."""

    def take(self, name: str, outcome: Outcome) -> None:
        """Deliver what became of one file."""


class Together:
    """All texts one after the other; a line break comes between two that would else share a line."""

    def __init__(self, emit: Callable[[bytes], None]) -> None:
        self._emit = emit
        self._inside_line = False

    def refuse(self, name: str) -> None:
        """Everything can be printed."""

    def take(self, name: str, outcome: Outcome) -> None:
        """Print one text."""
        if outcome.clean:
            self._emit(b"\n" + outcome.clean if self._inside_line else outcome.clean)
            self._inside_line = not outcome.clean.endswith((b"\n", b"\r"))


class Elsewhere:
    """Each input to a file of its own, in directories made as needed if `make_directories`."""

    def __init__(self, places: Mapping[str, Path], *, replace: bool, make_directories: bool) -> None:
        self._places = places
        self._inputs = {os.path.realpath(name): name for name in places}
        self._replace = replace
        self._make_directories = make_directories

    def refuse(self, name: str) -> None:
        """Raise where something would be replaced that must not be: another input at the least."""
        self._act(name, partial(self._refuse_other_input, name))
        if not self._replace:
            self._act(name, refuse_existing)

    def take(self, name: str, outcome: Outcome) -> None:
        """Write one file."""
        self._act(name, partial(self._write, data=outcome.clean))

    def _refuse_other_input(self, name: str, place: Path) -> None:
        if self._inputs.get(os.path.realpath(place), name) != name:
            raise FileExistsError(errno.EEXIST, "is one of the inputs", str(place))

    def _write(self, place: Path, data: bytes) -> None:
        if self._make_directories:
            place.parent.mkdir(parents=True, exist_ok=True)
        write(place, data)

    def _act(self, name: str, act: Callable[[Path], None]) -> None:
        """Do something with an output, whose name an error must tell beside the input's."""
        place = self._places[name]
        try:
            act(place)
        except OSError as error:
            raise OSError(error.errno, f"cannot write {shown(place)}: {cause(error)}") from error


class InPlace:
    """Each file's clean text in its own place; files that stay the same, byte for byte, are not touched."""

    def refuse(self, name: str) -> None:
        """Raise for what has no contents to replace, such as a pipe."""
        if is_stream(Path(name)):
            raise OSError(errno.EINVAL, "not a regular file, cannot be changed in place")

    def take(self, name: str, outcome: Outcome) -> None:
        """Replace one file, if need be."""
        if outcome.bytes_changed:
            write(Path(name), outcome.clean)


class Check:
    """Nothing is written; `tell` is told what would change."""

    def __init__(self, tell: Callable[[str, str], None]) -> None:
        self._tell = tell

    def refuse(self, name: str) -> None:
        """Everything can be checked."""

    def take(self, name: str, outcome: Outcome) -> None:
        """Tell whether, and in what way, one file would change."""
        if outcome.text_changed:
            self._tell(name, "would change")
        elif outcome.bytes_changed and outcome.encoding != "utf-8":
            self._tell(name, f"would be written in UTF-8, is in {outcome.encoding}")
        elif outcome.lost:
            self._tell(name, "would have U+FFFD for its undecodable bytes")
        elif outcome.bytes_changed:
            self._tell(name, "would lose its byte order mark")


Work = Callable[[Input], Outcome]
"""What is done with each input; it travels to other processes."""


def run(inputs: Sequence[Input], to: Output, work: Work, workers: int) -> Iterator[tuple[Input, Outcome]]:
    """Work and deliver; what fails on the way, for one input, is in its outcome and stops no other."""
    accepted = []
    for item in inputs:
        if failure := _failure(to.refuse, item.name):
            yield item, Outcome(failure=failure)
        else:
            accepted.append(item)
    for item, outcome in outcomes(accepted, work, workers):
        failure = outcome.failure or _failure(to.take, item.name, outcome)
        yield item, outcome._replace(failure=failure)


def outcomes(inputs: Sequence[Input], work: Work, workers: int) -> Iterator[tuple[Input, Outcome]]:
    """What becomes of each input, in order; the death of a worker is a failure of the input it was at."""
    if workers == 1:
        yield from ((item, work(item)) for item in inputs)
        return
    done = 0
    while done < len(inputs):
        with suppress(BrokenProcessPool):
            for pair in in_processes(work, inputs[done:], workers):
                yield pair
                done += 1
        if done < len(inputs) and workers == 1:
            yield inputs[done], Outcome(failure="its process was killed, perhaps for lack of memory")
            done += 1
        workers = 1  # which of several inputs did it is only known when each has the process to itself


def _failure(act: Callable[..., None], *arguments: object) -> str:
    """Why the file system refuses to `act`, or nothing."""
    try:
        act(*arguments)
    except OSError as error:
        return cause(error)
    return ""
