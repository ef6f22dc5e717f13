"""Clean, remove boilerplate, remove copies: from files to files, with a page that tells what became of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from zhclean.console import shown
from zhclean.corpus.cleaning import clean_files
from zhclean.corpus.deduplication import dedup_files
from zhclean.corpus.reading.sources import InputError, Source, find
from zhclean.corpus.run.figures import cleaning_figures, dedup_figures
from zhclean.corpus.run.summary_page import render
from zhclean.corpus.writing import outputs
from zhclean.corpus.writing.outputs import Output
from zhclean.corpus.writing.whole_files import whole

PAGE = "summary.html"


class Result(NamedTuple):
    """What became of the rows of a corpus: those that came in were kept, removed, or failed."""

    kept: int
    removed: int
    failed: int
    lossy: int
    """Rows with undecodable bytes, which are U+FFFD now."""
    page: Path


def run_files(
    inputs: Iterable[str | Path],
    cleaning: clean_files.Plan,
    dedup: dedup_files.Plan,
    language: str | None = None,
    advance: Callable[[int, int], object] = lambda done, total: None,
    tell: Callable[[str], object] = lambda message: None,
) -> Result:
    """Do all of it, as the two plans say. Killed at any moment, the same call goes on.

    Cleaning goes on where it was; removing copies, which takes less time, begins again.

    Raises:
        InputError: the inputs cannot be read at all, or do not go together with the output.
        FileExistsError: something would be replaced, and the plan does not say so.
        OSError: the output cannot be written.
    """
    directory = dedup.directory
    sources = find(inputs)
    marker = directory / ".zhclean-run"
    key = json.loads(json.dumps(clean_files.identity(sources, cleaning)))
    done = _marked(marker)
    continued = done is not None and done["key"] == key
    if done and continued:
        tell("all texts are clean already: going on with the copies")
    else:
        last = [directory / PAGE, *dedup_files.written(dedup, sources)]
        outputs.refuse(last, sources, replace=cleaning.replace)
        dedup_files.check_order(dedup, sources)
        dedup_files.check_index(dedup)
        summary = clean_files.clean_files([source.path for source in sources], cleaning, advance, tell)
        absent = list(map(str, summary.absent))
        done = {"key": key, "figures": cleaning_figures(summary), "absent": absent}
        with whole(marker) as file:
            file.write(json.dumps(done).encode())
    dedup = replace(dedup, replace=dedup.replace or continued)  # a killed run's tables may be there
    clean = _cleaned(cleaning.output, sources, set(done["absent"]))
    counts = dedup_files.dedup_files(clean, dedup, spared=sources)
    tables = dedup_files.table_paths(dedup, find(clean))
    figures = {**done["figures"], **dedup_figures(clean, tables, dedup.fields, counts, done["figures"])}
    with whole(directory / PAGE) as file:
        file.write(render(figures, language))
    marker.unlink()
    removed = sum(counts.removed.values())
    return Result(counts.kept, removed, figures["failed"], figures["lossy"], directory / PAGE)


def _cleaned(output: Output, sources: Sequence[Source], absent: set[str]) -> list[Path]:
    """The files that cleaning wrote, in the order of the inputs; an earlier run's may stand beside them.

    Raises:
        InputError: there are none.
    """
    paths = [path for path in outputs.tree(output, sources).paths if str(path) not in absent]
    if not paths:
        raise InputError(f"no input can be read; {shown(outputs.beside(output, 'failed.jsonl'))} tells why")
    return paths


def _marked(marker: Path) -> dict[str, Any] | None:
    """What a run that was killed while it removed copies had to remember."""
    try:
        found: dict[str, Any] = json.loads(marker.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found


def clean_output(directory: Path) -> Output:
    """Where the clean texts go, each file in the form it came in."""
    return Output(directory / "clean", None, directory=True)
