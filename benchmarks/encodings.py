"""How well bytes are decoded, and wrong decodings undone.

Rows of bytes: strings of 2 to 8 characters without any ASCII (`right@n`), documents in which bytes are lost
(mean `similarity` to the original), the files of an archive (`right`). Rows of text misread by a wrong decoder:
mean `similarity` of whole documents, and of single misread `lines` in a correct document.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from random import Random

from rapidfuzz.distance import Indel

import zhclean
from benchmarks import corpora
from benchmarks.table import Row, Task, Wanted
from zhclean.characters import CP1252

QUICK = 25
SOURCES = ("pd1998", "clean")
STAGES = (zhclean.Mojibake(),)
CLAUSE = re.compile("[\u4e00-\u9fff，。、：]{8,}")
STRINGS = 2_000  # of each length
LENGTHS = (2, 3, 4, 8)
LOST_EVERY = 500  # bytes
ARCHIVE = "raw_gbk"


def plan(wanted: Wanted) -> Iterator[Task]:
    for source in SOURCES:
        for row, (codec, converted) in SHORT.items():
            yield Task(f"{source}/{row}", partial(short_strings, source, codec, converted, wanted))
        for row, by in LOST.items():
            yield Task(f"{source}/{row}", partial(lost_bytes, source, by, wanted))
        for row, misread in MISREADINGS.items():
            yield Task(f"{source}/{row}", partial(misreading, source, misread, wanted))
    yield Task(f"{ARCHIVE}/archive", archive)


def _texts(source: str, wanted: Wanted) -> list[str]:
    return [document.whole for document in corpora.documents(source, wanted.part, wanted.limit)]


# --- Bytes ------------------------------------------------------------------------------------------------

SHORT = {
    "short-gbk": ("gbk", ""),
    "short-big5": ("big5", "s2tw"),
    "short-gbk-traditional": ("gbk", "s2tw"),
}
"""Codec, and how OpenCC converts the text before."""

LOST = {"bytes-deleted": b"", "bytes-overwritten": b"\xff"}


def short_strings(source: str, codec: str, converted: str, wanted: Wanted) -> Row:
    """Strings cut out of clauses."""
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC(converted).convert if converted else str
    texts = _texts(source, wanted)
    clauses = [clause for text in texts for clause in CLAUSE.findall(text)]
    rng, row = Random(wanted.seed), Row(len(texts))
    for length in LENGTHS:
        right = 0
        for clause in rng.choices(clauses, k=STRINGS):
            start = rng.randrange(len(clause) - length + 1)
            raw = convert(clause[start : start + length]).encode(codec, "ignore")
            right += zhclean.read(raw) == raw.decode(codec)
        row.figures[f"right@{length}"] = 100 * right / STRINGS
    return row


def lost_bytes(source: str, by: bytes, wanted: Wanted) -> Row:
    """One byte in 500 of GBK deleted or overwritten."""
    texts = _texts(source, wanted)
    rng, row = Random(wanted.seed), Row(len(texts))
    read, plain = list[str](), list[str]()
    for text in texts:
        pieces = re.findall(b"(?s).{1,%d}" % LOST_EVERY, text.encode("gb18030"))
        raw = b"".join(p[: (i := rng.randrange(len(p)))] + by + p[i + 1 :] for p in pieces)
        read.append(row.timed(raw.decode("latin-1"), lambda shown: zhclean.read(shown.encode("latin-1"))))
        plain.append(raw.decode("gb18030", "replace"))
    row.figures["similarity"] = similarity(read, texts)
    row.notes.append(f"similarity by Python's decoder {similarity(plain, texts):.2f}")
    return row


def archive() -> Row:
    """Files as they were found: GB18030, with lost bytes, padding and every kind of line end."""
    found = [zhclean.decode(path) for path in sorted((corpora.DATA / ARCHIVE).glob("*/*"))]
    right = sum(d.encoding == "gb18030" and d.confidence > 0.95 for d in found)
    note = f"{sum(d.lost for d in found)} bytes lost"
    return Row(len(found), figures={"right": 100 * right / len(found)}, notes=[note])


def similarity(cleaned: Sequence[str], originals: Sequence[str]) -> float:
    """Mean share of the characters that are the same, in percent."""
    pairs = list(zip(cleaned, originals, strict=True))
    return 100 * sum(Indel.normalized_similarity(a, b) for a, b in pairs) / len(pairs)


# --- Text -------------------------------------------------------------------------------------------------


def latin_1(raw: bytes) -> str:
    return raw.decode("latin-1")


def windows_1252(raw: bytes) -> str:
    """As browsers read it: every byte is a character."""
    return raw.decode("latin-1").translate(CP1252)


def no_break_spaces_lost(raw: bytes) -> str:
    return latin_1(raw).replace("\xa0", " ")


def gb18030(raw: bytes) -> str:
    """Runs of what cannot be read shown as one U+FFFD."""
    return re.sub("\ufffd+", "\ufffd", raw.decode("gb18030", "replace"))


def gbk(raw: bytes) -> str:
    return raw.decode("gbk", "replace")


def big5(raw: bytes) -> str:
    return raw.decode("big5hkscs", "replace")


def utf_8_where_valid(raw: bytes) -> str:
    """As by a decoder that takes each byte that is no UTF-8 for Latin-1."""
    shown = list[str]()
    while raw:
        size = next((n for n in (1, 2, 3, 4) if _is_utf_8(raw[:n])), 0)
        shown.append(raw[:size].decode() if size else latin_1(raw[:1]))
        raw = raw[size or 1 :]
    return "".join(shown)


def _is_utf_8(raw: bytes) -> bool:
    try:
        return len(raw.decode()) == 1
    except UnicodeDecodeError:
        return False


def soft_hyphens_removed(raw: bytes) -> str:
    return latin_1(raw).replace("\xad", "")


def bytes_lost_at_quotes(raw: bytes) -> str:
    """The first byte of 。 became a question mark in front of ” or “, and that of ” or “ behind ！ is gone."""
    text = raw.decode("gb18030")
    around = zip(f" {text}", text, f"{text[1:]} ", strict=False)
    return gbk(b"".join(map(_with_byte_lost, *zip(*around, strict=True)))).replace("\ufffd", "?")


def _with_byte_lost(before: str, character: str, behind: str) -> bytes:
    raw = character.encode("gb18030")
    if character == "。" and behind in "“”":
        return b"?" + raw[1:]
    return raw[1:] if before == "！" and character in "“”" else raw


Decoder = Callable[[bytes], str]

MISREADINGS: dict[str, tuple[tuple[str, Decoder], ...]] = {
    "gbk-as-latin-1": (("gb18030", latin_1),),
    "gbk-as-cp1252": (("gb18030", windows_1252),),
    "utf-8-as-latin-1": (("utf-8", latin_1),),
    "utf-8-as-cp1252": (("utf-8", windows_1252),),
    "utf-8-as-latin-1-spaces": (("utf-8", no_break_spaces_lost),),
    "utf-8-as-latin-1-twice": (("utf-8", latin_1),) * 2,
    "utf-8-as-cp1252-twice": (("utf-8", windows_1252),) * 2,
    "utf-8-as-gb18030": (("utf-8", gb18030),),
    "utf-8-as-gbk": (("utf-8", gbk),),
    "gbk-as-big5": (("gb18030", big5),),
    "gbk-as-utf-8": (("gb18030", utf_8_where_valid),),
    "gbk-without-hyphens": (("gb18030", soft_hyphens_removed),),
    "gbk-bytes-lost": (("gb18030", bytes_lost_at_quotes),),
}
"""Each written in an encoding and read by a decoder, once or twice."""


def misreading(source: str, wrong: Sequence[tuple[str, Decoder]], wanted: Wanted) -> Row:
    texts = _texts(source, wanted)
    row = Row(len(texts))
    clean = partial(zhclean.clean, stages=STAGES)
    whole = [row.timed(misread(text, wrong), clean) for text in texts]
    rng = Random(wanted.seed)
    cleaned, originals = list[str](), list[str]()
    for text in texts:
        lines = [line for line in text.split("\n") if line]
        at = rng.randrange(len(lines))
        mixed = "\n".join([*lines[:at], misread(lines[at], wrong), *lines[at + 1 :]])
        result = zhclean.clean(mixed, STAGES).split("\n")
        cleaned.append(result[at] if len(result) == len(lines) else "")
        originals.append(lines[at])
    row.misses = [
        f"{source}: {b[:60]}  became  {a[:60]}" for a, b in zip(cleaned, originals, strict=True) if a != b
    ]
    row.figures = {"similarity": similarity(whole, texts), "lines": similarity(cleaned, originals)}
    exact = sum(a == b for a, b in zip(whole, texts, strict=True))
    row.notes.append(f"{exact} documents of {len(texts)} exact")
    return row


def misread(text: str, wrong: Sequence[tuple[str, Decoder]]) -> str:
    for encoding, decoder in wrong:
        text = decoder(text.encode(encoding))
    return text
