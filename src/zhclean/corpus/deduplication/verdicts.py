"""What was decided, as the tables that tell of it and by the places of rows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from zhclean.corpus.cleaning.clean_files import FAILED
from zhclean.corpus.deduplication import plan
from zhclean.corpus.deduplication.boilerplate import STRIPPED
from zhclean.corpus.deduplication.plan import Engine, Relation

TABLES = {
    "removed": pa.schema(
        [("id", pa.string()), ("kept_id", pa.string()), ("similarity", pa.float64()), ("reason", pa.string())]
    ),
    "clusters": pa.schema(
        [("cluster", pa.string()), ("id", pa.string()), ("kept", pa.bool_()), ("similarity", pa.float64())]
    ),
    "marked": pa.schema([("id", pa.string()), ("mark", pa.string())]),
    "equal-ids": pa.schema(
        [("id", pa.string()), ("source", pa.string()), ("line", pa.int64()), ("kept", pa.bool_())]
    ),
    "boilerplate": pa.schema([("text", pa.string()), ("stories", pa.int64()), ("documents", pa.int64())]),
    "stripped": STRIPPED,
    "failed": FAILED,
}
"""What is written beside the articles that stay; the last five only if there is anything to write."""

ALWAYS = ("removed", "clusters")

TOLD = {"removed": plan.REMOVED_TABLE, "clusters": plan.CLUSTERS_TABLE, "marked": plan.MARKED_TABLE}
"""Tables that are a SELECT from what was decided."""


class Places:
    """Some rows, by their places."""

    def __init__(self, engine: Engine, sql: str, **relations: Relation) -> None:
        """Take the column `place` of a SELECT."""
        found = [batch["place"].to_numpy(zero_copy_only=False) for batch in engine.batches(sql, **relations)]
        self._places: npt.NDArray[np.int64] = np.sort(np.concatenate([*found, np.array([], np.int64)]))

    def among(self, first: int, count: int) -> npt.NDArray[np.bool_]:
        """For each of `count` rows whether it is one of them."""
        start, end = np.searchsorted(self._places, (first, first + count))
        result = np.zeros(count, np.bool_)
        result[self._places[start:end] - first] = True
        return result
