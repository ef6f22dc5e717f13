"""How well do characters follow others? A small neural language model.

A hidden layer over the embeddings of the `CONTEXT` characters before tells how much likelier the next one is
there than anywhere: log P(character | context) − log P(character), as noise-contrastive estimation learns it
(Mnih and Teh, 2012). Part of the training was done without some or all of the context, so the model also
knows what may be expected where it is not known. ``benchmarks/train_language_model.py`` trains it; the
weights are numbers, no text can be read from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from zhclean.networks import Floats, weights
from zhclean.symbols import NOTHING, VOCABULARY, WINDOW, Symbols

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
    """The first part of the hidden layer's matrix (`zhclean.networks.in_two`)."""
    hidden: tuple[Floats, Floats]
    output: tuple[Floats, Floats]
    characters: Floats
    """What the output is compared with, one row a symbol."""
    usual: Floats
    """One number a symbol, added to that product."""

    def __call__(self, contexts: Symbols, characters: Symbols) -> Floats:
        """Log ratio for each character behind its row of `CONTEXT` symbols, the nearest one first."""
        signal = self.embeddings[contexts].reshape(len(contexts), -1) @ self.narrow
        signal = np.maximum(signal @ self.hidden[0] + self.hidden[1], 0) @ self.output[0] + self.output[1]
        result: Floats = (signal * self.characters[characters]).sum(axis=1) + self.usual[characters]
        return result


def coherence(symbols: Symbols) -> Floats:
    """How much better what stands behind each break fits there than behind who knows what.

    `symbols` are those of `zhclean.symbols.around`. Natural logarithms of likelihood ratios: one row a break,
    one column for each of the first `AHEAD` characters, 0 where the line has no more.
    """
    near, ahead = symbols[:, WINDOW - 1 :: -1], symbols[:, WINDOW : WINDOW + AHEAD]
    nothing_known = np.full_like(near, NOT_KNOWN)
    contexts = [
        np.concatenate([ahead[:, :k][:, ::-1], before], axis=1)[:, :CONTEXT]
        for before in (near, nothing_known)
        for k in range(AHEAD)
    ]
    characters = np.tile(ahead.T.ravel(), 2)
    told, untold = language_model()(np.concatenate(contexts), characters).reshape(2, AHEAD, len(near))
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
