"""How well do characters follow others? A small neural language model.

A hidden layer over the embeddings of the `CONTEXT` characters before tells how much likelier the next one is
there than anywhere: log P(character | context) − log P(character), as noise-contrastive estimation learns it
(Mnih and Teh, 2012). Part of the training was done without some or all of the context, so the model also
knows what may be expected where it is not known. ``benchmarks/train_language_model.py`` trains it; the
weights are numbers, no text can be read from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from zhclean.models.networks import Floats, weights
from zhclean.models.symbols import NOTHING, VOCABULARY, WINDOW, Symbols

CONTEXT = 10
"""Characters read before the one that is judged."""

AHEAD = 2
"""Characters judged behind a break: more say nothing new."""

NOT_KNOWN = VOCABULARY
"""The symbol of a context that is not known, as opposed to `NOTHING`, the beginning of a paragraph."""


@dataclass(frozen=True)
class LanguageModel:
    """The weights."""

    embeddings: Floats
    narrow: Floats
    """The first part of the hidden layer's matrix (`zhclean.models.networks.in_two`)."""
    hidden: tuple[Floats, Floats]
    output: tuple[Floats, Floats]
    characters: Floats
    """What the output is compared with, one row a symbol."""
    usual: Floats
    """One number a symbol, added to that product."""

    def __call__(self, contexts: Symbols, characters: Symbols) -> Floats:
        """Log ratio for each character behind its row of `CONTEXT` symbols, the nearest one first."""
        expected = self._expected(contexts)
        result: Floats = (expected * self.characters[characters]).sum(axis=1) + self.usual[characters]
        return result

    @cached_property
    def by_itself(self) -> Floats:
        """The same for each symbol behind a context of which nothing is known."""
        expected = self._expected(np.full((1, CONTEXT), NOT_KNOWN))
        result: Floats = self.characters @ expected[0] + self.usual
        return result

    def _expected(self, contexts: npt.NDArray[Any]) -> Any:
        signal = self.embeddings.take(contexts, axis=0).reshape(len(contexts), -1) @ self.narrow
        signal = np.maximum(signal @ self.hidden[0] + self.hidden[1], 0)
        return signal @ self.output[0] + self.output[1]


def coherence(symbols: Symbols) -> Floats:
    """How much better what stands behind each break fits there than behind who knows what.

    `symbols` are those of `zhclean.models.symbols.around`. Natural logarithms of likelihood ratios: one row a break,
    one column for each of the first `AHEAD` characters, 0 where the line has no more.
    """
    near, ahead = symbols[:, WINDOW - 1 :: -1], symbols[:, WINDOW : WINDOW + AHEAD]
    nothing_known = np.full_like(near, NOT_KNOWN)
    places = [(before, k) for before in (near, nothing_known) for k in range(AHEAD)]
    del places[AHEAD]  # of a first character of which nothing is known there is a table
    contexts = [np.concatenate([ahead[:, :k][:, ::-1], before], axis=1)[:, :CONTEXT] for before, k in places]
    characters = np.concatenate([ahead[:, k] for _, k in places])
    model = language_model()
    found = model(np.concatenate(contexts), characters).reshape(-1, len(near))
    told, untold = found[:AHEAD], np.concatenate([model.by_itself[None, ahead[:, 0]], found[AHEAD:]])
    return np.where(ahead == NOTHING, np.float32(0), (told - untold).T)


@lru_cache(maxsize=1)
def language_model() -> LanguageModel:
    """The shipped model, loaded once."""
    part = weights("language")
    return LanguageModel(
        part("embeddings"),
        part("narrow"),
        (part("hidden.matrix"), part("hidden.bias").ravel()),
        (part("output.matrix"), part("output.bias").ravel()),
        part("characters"),
        part("usual").ravel(),
    )
