"""``zhclean corpus``."""

from __future__ import annotations

import click

from zhclean.commands.lazy import Entry, LazyGroup

COMMANDS = {
    "clean": Entry("zhclean.corpus.commands.clean:clean", "Clean every text of a corpus."),
    "dedup": Entry(
        "zhclean.corpus.commands.dedup:dedup", "Remove copies and near-copies of articles from a corpus."
    ),
    "run": Entry(
        "zhclean.corpus.commands.run:run",
        "Clean a corpus, remove boilerplate and copies, and sum up what was done on a page.",
    ),
}


@click.group(cls=LazyGroup, table=COMMANDS)
def corpus() -> None:
    """Clean and deduplicate whole corpora.

    What is read: files, directories and glob patterns; a .txt file is one text, in any Chinese encoding;
    .jsonl, .ndjson and .csv hold a text a row; each of these also as .gz or .zst; and .parquet.
    """
