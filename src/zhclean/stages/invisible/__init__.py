"""Characters nobody sees, characters that stand for another one, and what HTML left behind."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import ClassVar

from zhclean.characters import COMBINING_MARKS, FOREIGN_BREAKS, LATIN_LETTER_CLASS, TONED_VOWELS
from zhclean.edits import Edit, Gap, Step
from zhclean.edits.composition import Composition
from zhclean.encoding.misread_bytes import misread_bytes, misread_runs
from zhclean.markup import cdata_edits, entity_edits, hidden_edits, raised_edits, tag_edits
from zhclean.markup.escapes import doubled_quote_edits, escape_edits
from zhclean.markup.pinyin import may_have_pinyin, pinyin_edits
from zhclean.patterns import pattern
from zhclean.stages.invisible.line_edges import (
    broken_words,
    carriage_returns,
    foreign_breaks,
    indents,
    line_break,
    paragraph_break,
)
from zhclean.stages.invisible.strays import STRAY_CLASS, strays

_BEYOND_BMP = pattern("[\U00010000-\U0010ffff]-[\U00010000-\U0010ffff]")
_SUSPECT = pattern(
    # Every range beyond the BMP would cost as much again, so they are one here.
    f"[{_BEYOND_BMP.sub('', STRAY_CLASS)}{FOREIGN_BREAKS}{TONED_VOWELS}{COMBINING_MARKS}&<\\\\\U0002f800-\U000e01ef]"
)
"""One scan for everything this stage repairs but what is doubled, and pinyin without tones."""
_SUSPECTS = ("\r\r", '""')

_LONE_SURROGATE = pattern(
    r"[\ud800-\udfff](?<![\ud800-\udbff][\udc00-\udfff])(?!(?<=[\ud800-\udbff])[\udc00-\udfff])"
)

# Latin letters only: Unicode's composition would also replace compatibility ideographs that names need.
_DECOMPOSED = pattern(f"[{LATIN_LETTER_CLASS}][{COMBINING_MARKS}]{{1,4}}(?![{COMBINING_MARKS}])")

_Repair = Callable[[str], Iterator[Edit]]
"""Takes the text, and yields what it changes there."""


@dataclass(frozen=True)
class Invisible:
    r"""Remove what nobody sees, give foreign forms their ordinary character, and strip left-over HTML.

    >>> from zhclean import clean
    >>> clean("⽤\u200b户&nbsp;&ldquo;在线&rdquo;<br/>第二行", [Invisible()])
    '用户 “在线”\n第二行'
    """

    name: ClassVar[str] = "invisible"

    def propose(self, text: str) -> Iterator[Edit | Gap]:
        """Edits of all repairs, one after the other; a gap for each half of a surrogate pair, and where text is misread."""
        if (
            _SUSPECT.search(text) is None
            and not any(sign in text for sign in _SUSPECTS)
            and not may_have_pinyin(text)
        ):
            return
        composition = Composition(text)
        for repair in _REPAIRS:
            composition.add(Step("", _united(repair(composition.text))))
        yield from composition.edits()
        for lone in _LONE_SURROGATE.finditer(text):
            yield Gap(*lone.span(), "half of a surrogate pair: the other half of the character is missing")
        for run in misread_runs(text):
            yield Gap(
                *run,
                "controls that are bytes of text in a wrong encoding, which could not be read",
                0.9,
            )


def _united(edits: Iterator[Edit]) -> list[Edit]:
    """Edits that touch made one: ``&ldquo;&nbsp;`` is one place to look at."""
    result: list[Edit] = []
    for _, group in groupby(_numbered(edits), key=itemgetter(0)):
        touching = [edit for _, edit in group]
        if len(touching) > 1:
            new = "".join(edit.new for edit in touching)
            reasons = dict.fromkeys(edit.reason for edit in touching)
            confidence = min(edit.confidence for edit in touching)
            result.append(Edit(touching[0].start, touching[-1].end, new, "; ".join(reasons), confidence))
        else:
            result += touching
    return result


def _numbered(edits: Iterator[Edit]) -> Iterator[tuple[int, Edit]]:
    """Edits in order, each with the number of the cluster of touching edits it belongs to."""
    cluster, position = 0, -1
    for edit in sorted(edits):
        cluster += edit.start != position
        position = edit.end
        yield cluster, edit


def _tags(text: str) -> Iterator[Edit]:
    if "<" in text:
        yield from tag_edits(text, line_break(text), paragraph_break(text))


def _accents(text: str) -> Iterator[Edit]:
    """A letter and the accents behind it become one character, where there is one."""
    for match in _DECOMPOSED.finditer(text):
        new = unicodedata.normalize("NFC", match[0])
        if len(new) == 1:
            yield Edit(*match.span(), new, "letter and accent apart")


def _sparing_bytes(repair: _Repair) -> _Repair:
    """A repair that leaves alone what is no stray, but a byte of misread text: `mojibake` may read it yet, or somebody else."""

    def repaired(text: str) -> Iterator[Edit]:
        misread = misread_bytes(text)
        for edit in repair(text):
            if misread.isdisjoint(range(edit.start, edit.end)):
                yield edit

    return repaired


_REPAIRS: tuple[_Repair, ...] = (
    doubled_quote_edits,
    escape_edits,  # first, and doubled carriage returns next: the others look at how this document's lines end
    carriage_returns,
    cdata_edits,
    hidden_edits,
    raised_edits,
    _tags,
    entity_edits,  # behind tags, so that an escaped &lt;p&gt; is not taken for one at once
    broken_words,  # before soft hyphens go
    _sparing_bytes(foreign_breaks),
    indents,  # before single no-break spaces
    _sparing_bytes(strays),
    _accents,
    pinyin_edits,  # knows vowels with their tones as one character
)
