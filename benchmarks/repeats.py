"""Are repeats removed, and nothing else? Clean news damaged in each way scrapes repeat, and clean news as it is.

Usage beside `benchmarks.quality`: ``python -m benchmarks.repeats [--split dev] [--misses WAY | --undamaged]``.
Every damage is a pure function of the paragraphs and a seeded `random.Random`, and says which lines the output
may consist of. Figures: damaged documents whose repeat was `removed` and nothing else, and documents that
`lost` more than that.
"""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from random import Random
from typing import NamedTuple

from benchmarks.corpora import Document, documents, stripped_lines
from benchmarks.table import Row, Task, Wanted
from zhclean import Repeats, clean, explain

QUICK = 100
MOST = 400  # damaged documents a row
DAMAGED = ("pd1998", "clean")
UNDAMAGED = ("pd1998", "clean", "mixed_width", "epaper")
LINES = ("\n", "\n\n", "\r\n", "\n　　")
FACT = re.compile(r"[0-9０-９〇○零一二三四五六七八九十百千万亿两双半年月日时分首末东西南北上下左右前后]")
HAN = re.compile(r"[\u4e00-\u9fff]")
CLAUSE = re.compile(r"(?<=[，。；、：])[\u4e00-\u9fff]{4,60}[，。；]")
LOOKALIKES = "末未己已土士日曰天夫人入大太了丁干千于午牛木本术体休治冶沿没设投析折拆洒酒抢枪住往佳传侍待"


class Damaged(NamedTuple):
    lines: list[str]
    expected: list[frozenset[str]]
    """Line by line what may stand in the output."""


Damage = Callable[[list[str], Random], Damaged | None]


def exact(paragraphs: list[str], rng: Random) -> Damaged | None:
    return _inserted(paragraphs, rng, 1)


def block(paragraphs: list[str], rng: Random) -> Damaged | None:
    return _inserted(paragraphs, rng, rng.randint(2, 5))


def _inserted(paragraphs: list[str], rng: Random, size: int) -> Damaged | None:
    """A run of paragraphs stands again at another paragraph's end; one of them at least is a sentence."""
    if len(paragraphs) < size + 1:
        return None
    start = rng.randrange(len(paragraphs) - size)
    run = paragraphs[start : start + size]
    if max(map(_solid, run)) < 30 or not any(p[-1] in "。！？”" and _solid(p) >= 30 for p in run):
        return None
    at = rng.choice([i for i in range(len(paragraphs) + 1) if not start < i < start + size])
    lines = [*paragraphs[:at], *run, *paragraphs[at:]]
    return Damaged(lines, _only(paragraphs))


def cut_off(paragraphs: list[str], rng: Random) -> Damaged | None:
    """A copy that breaks off stands before or behind the whole, beside it or some paragraphs away."""
    i = rng.randrange(len(paragraphs))
    whole = paragraphs[i]
    if len(whole) < 60:
        return None
    copy = whole[: rng.randint(25, len(whole) - 5)]
    at = min(max(i + rng.choice((-3, -1, 0, 1, 2, 4)), 0), len(paragraphs))
    return Damaged([*paragraphs[:at], copy, *paragraphs[at:]], _only(paragraphs))


def near(paragraphs: list[str], rng: Random) -> Damaged | None:
    """A copy with one Han in twenty recognised wrongly, outside numbers, dates and names."""
    i = rng.randrange(len(paragraphs))
    if _solid(paragraphs[i]) < 40:
        return None
    noisy = misread(paragraphs[i], rng, 0.05)
    if noisy == paragraphs[i]:
        return None
    at = rng.randrange(len(paragraphs) + 1)
    expected = _only(paragraphs)
    # A copy further up may stay in the original's place.
    expected[i] = frozenset({paragraphs[i], noisy})
    lines = [*paragraphs[:at], noisy, *paragraphs[at:]]
    return Damaged(lines, expected)


def spliced(paragraphs: list[str], rng: Random) -> Damaged | None:
    """The tail of one paragraph, from amid a clause, stands behind another whole one."""
    return _spliced(paragraphs, rng, whole=True)


def spliced_on_cut(paragraphs: list[str], rng: Random) -> Damaged | None:
    """The tail of one paragraph stands at the end of another that lost its own."""
    return _spliced(paragraphs, rng, whole=False)


def _spliced(paragraphs: list[str], rng: Random, whole: bool) -> Damaged | None:
    i, j = rng.sample(range(len(paragraphs)), 2)
    source, victim = paragraphs[i], paragraphs[j]
    if len(source) < 60 or len(victim) < 40 or source[-1] != "。" or victim[-1] != "。":
        return None
    tail = source[-rng.randint(40, min(len(source) - 10, 150)) :]
    kept = victim if whole else victim[: rng.randint(20, len(victim) - 1)]
    if not _cuts_clause(source, len(source) - len(tail)):
        return None  # whole sentences or clauses: nothing tells that they do not belong there
    if not whole and not _cuts_clause(victim, len(kept)):
        return None
    lines = [*paragraphs]
    lines[j] = kept + tail
    return Damaged(lines, _only([*paragraphs[:j], kept, *paragraphs[j + 1 :]]))


def loop(paragraphs: list[str], rng: Random) -> Damaged | None:
    """A clause is said three to twelve times, with its mark or without."""
    return _looped(paragraphs, rng, 4, lambda unit, copies: unit * copies)


def drift(paragraphs: list[str], rng: Random) -> Damaged | None:
    """A clause is said four to nine times, and in one or more copies a character is another."""

    def copies_of(unit: str, copies: int) -> str:
        copies = max(copies, 4)
        wrong = rng.sample(range(copies), rng.randint(1, copies - 3))
        return "".join(_one_wrong(unit, rng) if k in wrong else unit for k in range(copies))

    return _looped(paragraphs, rng, 12, copies_of)


def _looped(
    paragraphs: list[str], rng: Random, shortest: int, repeat: Callable[[str, int], str]
) -> Damaged | None:
    i = rng.randrange(len(paragraphs))
    units = [m for m in CLAUSE.finditer(paragraphs[i]) if len(m[0]) - 1 >= shortest]
    if not units:
        return None
    unit = rng.choice(units)
    start, end = unit.start(), unit.end() - (rng.random() < 0.3)
    looped = repeat(paragraphs[i][start:end], rng.randint(3, 12))
    line = paragraphs[i][:start] + looped + paragraphs[i][end:]
    return Damaged([*paragraphs[:i], line, *paragraphs[i + 1 :]], _only(paragraphs))


def doubled_sentence(paragraphs: list[str], rng: Random) -> Damaged | None:
    i = rng.randrange(len(paragraphs))
    sentences = list(re.finditer(r"(?<![^。])[^。“”！]{12,}。", paragraphs[i]))
    if not sentences:
        return None
    at = rng.choice(sentences)
    line = paragraphs[i][: at.end()] + at[0] + paragraphs[i][at.end() :]
    return Damaged([*paragraphs[:i], line, *paragraphs[i + 1 :]], _only(paragraphs))


def caption_twice(paragraphs: list[str], rng: Random) -> Damaged | None:
    place = rng.choice(("社区服务中心", "高新技术企业车间", "城北农贸市场", "黄河大桥工地"))
    caption = f"图为{rng.randint(1, 12)}月{rng.randint(1, 28)}日，工作人员在{place}查看情况。"
    credit = f"本报记者 {rng.choice('李王张刘陈')}{rng.choice('明强伟芳敏')}摄"
    at = rng.randrange(len(paragraphs) + 1)
    kept = rng.choice(([caption, credit], [caption + credit]))
    lines = [kept[0] * 2] if len(kept) == 1 and rng.random() < 0.5 else [*kept, *kept]
    return Damaged(
        [*paragraphs[:at], *lines, *paragraphs[at:]], _only([*paragraphs[:at], *kept, *paragraphs[at:]])
    )


def page_overlap(paragraphs: list[str], rng: Random) -> Damaged | None:
    """The last paragraph of a page stands at the top of the next as well, behind the page's foot."""
    i = rng.randrange(len(paragraphs))
    if _solid(paragraphs[i]) < 30 or paragraphs[i][-1] != "。":
        return None
    foot = f"— {rng.randint(1, 40)} —"
    up, down = paragraphs[: i + 1], paragraphs[i + 1 :]
    return Damaged([*up, foot, paragraphs[i], *down], _only([*up, foot, *down]))


def headline_twice(paragraphs: list[str], rng: Random) -> Damaged | None:
    if not 8 <= len(paragraphs[0]) <= 30 or paragraphs[0][-1] in "。！？”，":
        return None
    return Damaged([paragraphs[0], *paragraphs], _only(paragraphs))


def _solid(line: str) -> int:
    return len(HAN.findall(line))


def _only(lines: Sequence[str]) -> list[frozenset[str]]:
    return [frozenset({line}) for line in lines]


def _cuts_clause(text: str, at: int) -> bool:
    return bool(HAN.match(text[at - 1]) and HAN.match(text[at : at + 1]))


def misread(text: str, rng: Random, share: float) -> str:
    """About this share of the Han taken for others, but none that makes a fact another one."""
    facts = _facts(text)
    chars = list(text)
    for i, char in enumerate(chars):
        if HAN.match(char) and i not in facts and rng.random() < share:
            chars[i] = _other_han(char, rng)
    return "".join(chars)


def _facts(text: str) -> set[int]:
    """Offsets in or beside a number or date, and of what the corpora's names look like."""
    names = r"(?<=[记者员长席理授、，])[\u4e00-\u9fff]{2,3}(?=[、说，）（])"
    return {
        i
        for pattern in (FACT, re.compile(names))
        for m in pattern.finditer(text)
        for i in range(m.start() - 1, m.end() + 1)
    }


def _other_han(char: str, rng: Random) -> str:
    pool = LOOKALIKES if rng.random() < 0.3 else "".join(map(chr, range(0x4E00, 0x8000, 7)))
    return rng.choice(pool.replace(char, ""))


def _one_wrong(unit: str, rng: Random) -> str:
    places = [i for i, c in enumerate(unit) if HAN.match(c) and i not in _facts(unit)]
    if not places:
        return unit
    i = rng.choice(places)
    return unit[:i] + _other_han(unit[i], rng) + unit[i + 1 :]


WAYS: dict[str, Damage] = {
    f.__name__: f
    for f in (
        exact,
        block,
        cut_off,
        near,
        spliced,
        spliced_on_cut,
        loop,
        drift,
        doubled_sentence,
        caption_twice,
        page_overlap,
        headline_twice,
    )
}


class Outcome(NamedTuple):
    way: str
    hit: bool
    lost: int
    """Characters of what should have stayed that are gone."""
    damaged: Damaged
    lines: list[str]


def outcome(way: str, document: Document, rng: Random) -> Outcome | None:
    damaged = WAYS[way](document.paragraphs, rng)
    if damaged is None:
        return None
    text = rng.choice(LINES).join(damaged.lines)
    cleaned = clean(text, (Repeats(),))
    lines = stripped_lines(cleaned)
    fits = len(lines) == len(damaged.expected) and all(
        line in allowed for line, allowed in zip(lines, damaged.expected, strict=False)
    )
    # Where a copy stands further up than the original and stays, the order of the lines is another one.
    hit = (
        fits or (sorted(lines) == sorted(min(a) for a in damaged.expected)) or _same_but_noise(lines, damaged)
    )
    kept = "".join(lines)
    expected = "".join(max(a) for a in damaged.expected)
    lost = 0 if hit else max(len(expected) - len(kept), 0)
    return Outcome(way, hit, lost, damaged, lines)


def _same_but_noise(lines: list[str], damaged: Damaged) -> bool:
    left = [*lines]
    for allowed in damaged.expected:
        found = next((line for line in left if line in allowed), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def outcomes(way: str, part: str, sources: Sequence[str], most: int) -> Iterator[Outcome]:
    for source in sources:
        fit = [d for d in documents(source, part) if len(d.paragraphs) > 3]
        done = (
            o
            for turn in range(8)
            for d in fit
            if (o := outcome(way, d, Random(f"{way} {turn} {d.id}"))) is not None
        )
        yield from islice(done, most)


def plan(wanted: Wanted) -> Iterator[Task]:
    for source in DAMAGED:
        for way in WAYS:
            row = f"repeat-{way.replace('_', '-')}"
            yield Task(f"{source}/{row}", partial(measure, source, way, wanted))


def measure(source: str, way: str, wanted: Wanted) -> Row:
    found = list(outcomes(way, wanted.part, (source,), wanted.limit or MOST))
    row = Row(len(found), misses=[f"{source}/{way}\n{_described(o)}" for o in found if not o.hit])
    if found:
        row.figures = {
            "removed": 100 * sum(o.hit for o in found) / len(found),
            "lost": 100 * sum(o.lost > 0 for o in found) / len(found),
        }
    return row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", default="dev", choices=("train", "dev", "test"))
    parser.add_argument("--most", type=int, default=200, help="damaged documents a way and source")
    parser.add_argument("--misses", metavar="WAY", help="show what was missed")
    parser.add_argument("--undamaged", action="store_true", help="list every removal on undamaged text")
    options = parser.parse_args()
    if options.undamaged:
        undamaged()
        return
    print("| way | documents | removed | documents that lost more | characters lost |\n|---|--:|--:|--:|--:|")
    for way in [options.misses] if options.misses else WAYS:
        found = [*outcomes(way, options.split, DAMAGED, options.most)]
        hits = sum(o.hit for o in found)
        losses = [o.lost for o in found if o.lost]
        print(f"| {way} | {len(found)} | {hits / max(len(found), 1):.1%} | {len(losses)} | {sum(losses)} |")
        for o in found if options.misses else ():
            if not o.hit:
                print("---", _described(o), sep="\n")


def undamaged() -> None:
    """Every removal on text as it is: all are to be looked at, and listed in `undamaged.json`."""
    for source in UNDAMAGED:
        found = documents(source)
        removals = [(d, e) for d in found for e in explain(d.whole, (Repeats(),)).edits]
        print(f"## {source}: {len(removals)} removals in {sum(len(d.whole) for d in found):,} characters")
        for document, edit in removals:
            removed = document.whole[edit.start : edit.end].strip()
            print(f"{document.id} at {edit.start}: {edit.reason}: {removed[:100]}")


def _described(o: Outcome) -> str:
    expected = {line for allowed in o.damaged.expected for line in allowed}
    too_much = [line for line in o.lines if line not in expected or o.lines.count(line) > 1]
    changes = difflib.unified_diff(o.damaged.lines, o.lines, n=1, lineterm="")
    return "\n".join([f"too much: {too_much}", *(line[:200] for line in changes)])


if __name__ == "__main__":
    main()
