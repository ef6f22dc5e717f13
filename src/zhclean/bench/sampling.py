"""Which texts of a corpus are looked at: a share of many files, so that large corpora take no longer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from zhclean.corpus.extras import extras
from zhclean.corpus.reading.fields import Fields
from zhclean.corpus.reading.sources import Source, opened
from zhclean.encoding import DecodeError, decode
from zhclean.files import cause

MOST_FILES = 2000
"""Files that are opened."""

_SEED = 1998  # the same texts each time, so that two runs can be compared


class Text(NamedTuple):
    """One text of the corpus, and what it is called: a file's path, or a row's id."""

    name: str
    text: str
    lost: int = 0
    """Undecodable bytes that became U+FFFD."""


class Failure(NamedTuple):
    """What could not be read, and why."""

    name: str
    cause: str


@dataclass
class Sample:
    """Texts up to a limit, an equal share of each file; what one leaves of its share goes to the others."""

    sources: Sequence[Source]
    fields: Fields
    limit: int
    """Bytes of UTF-8."""
    read: int = 0
    """Bytes so far."""
    files: int = 0
    """Files opened so far."""
    whole: bool = True
    """Whether nothing was left out so far."""
    failures: list[Failure] = field(default_factory=list)

    def __iter__(self) -> Iterator[Text]:
        """The texts, in an order that is the same each time."""
        chosen = list(self.sources)
        Random(_SEED).shuffle(chosen)
        self.whole = len(chosen) <= MOST_FILES
        chosen = chosen[:MOST_FILES]
        for number, source in enumerate(chosen):
            if self.read >= self.limit:
                self.whole = False
                return
            self.files += 1
            yield from self._share(source, (self.limit - self.read) // (len(chosen) - number))

    def _share(self, source: Source, share: int) -> Iterator[Text]:
        """Texts of one file, at least one, up to its share."""
        begun = self.read
        texts = self._text(source) if source.form.format == "txt" else self._rows(source)
        for text in texts:
            if self.read > begun and self.read - begun >= share:
                self.whole = False
                return
            self.read += len(text.text.encode(errors="surrogatepass"))
            yield text

    def _text(self, source: Source) -> Iterator[Text]:
        """A file that is one text; of one larger than all we may read, the lines of its beginning."""
        try:
            with opened(source) as file:
                data = file.stream.read(self.limit)
                cut = bool(file.stream.read(1))
            decoded = decode(data)
        except (OSError, EOFError, DecodeError) as error:
            self.failures.append(Failure(source.path, cause(error)))
            return
        text = decoded.text
        if cut:
            self.whole = False
            text = text[: text.rfind("\n") + 1] or text
        yield Text(source.path, text, decoded.lost)

    def _rows(self, source: Source) -> Iterator[Text]:
        with extras():
            from zhclean.corpus.reading.readers import read
        for batch in read([source], self.fields):
            for failure in batch.failures:
                place = f"{failure.source}:{failure.line}" if failure.line else failure.source
                self.failures.append(Failure(place, failure.cause))
            lost = dict(batch.lost)
            rows = zip(batch.ids.to_pylist(), batch.texts.to_pylist(), strict=True)
            for row, (name, text) in enumerate(rows):
                yield Text(name, text, lost.get(row, 0))
