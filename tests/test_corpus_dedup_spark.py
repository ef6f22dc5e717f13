"""Spark comes to the same result as DuckDB, however the rows are spread; it is started for real."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.stories import NOTICE, corpus, story, text
from zhclean.corpus import dedup
from zhclean.corpus.deduplication.likeness import Earliest, Priority
from zhclean.corpus.deduplication.verdicts import TABLES

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pyspark = pytest.importorskip("pyspark")

pytestmark = [
    pytest.mark.skipif(
        shutil.which("java") is None and not os.environ.get("CI"), reason="Java is not installed"
    ),
    # pyspark's own calls of what pandas and numpy are about to change.
    pytest.mark.filterwarnings("ignore::FutureWarning:pyspark", "ignore::DeprecationWarning:pyspark"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

PARTS = ("kept", "removed", "clusters", "marked", "boilerplate", "stripped", "failed")
ORDER = (Priority("source", ("新华社",)), Earliest("date"))


def rows(seed: int) -> list[dict[str, Any]]:
    """Articles with everything that may go wrong: the same rows twice, equal ids, notices, nulls."""
    result = corpus(seed, 14)
    result += [
        *result[:3],
        {**result[3], "source": "日报"},
        {**result[4], "text": "与众不同的一篇短文。"},
        *(
            {"id": f"告{n}", "date": None, "source": None, "text": f"{own}\n{NOTICE.format(site='青石网')}"}
            for n, own in enumerate((*(text(story(Random(n), 6)) for n in range(3)), ""))
        ),
        {"id": None, "date": None, "source": None, "text": "没有编号。"},
        {"id": "空", "date": None, "source": None, "text": None},
    ]
    return result


def told(result: Any, as_arrow: Any) -> dict[str, Counter[str]]:
    parts = {name: getattr(result, name) for name in PARTS}
    return {
        name: Counter(map(str, as_arrow(part).to_pylist()))
        for name, part in parts.items()
        if part is not None
    }


def test_a_dataframe_comes_to_the_same(spark: SparkSession) -> None:
    columns = pa.schema([(name, pa.string()) for name in ("id", "date", "source", "text")])
    table = pa.Table.from_pylist(rows(1), columns)
    options: dict[str, Any] = {"id_field": "id", "containment": 0.8, "prefer": ORDER, "boilerplate": True}
    expected = told(dedup(table, **options), lambda part: part)
    shuffled = table.take(Random(3).sample(range(table.num_rows), table.num_rows))
    frame = spark.createDataFrame(shuffled).repartition(3)
    assert told(dedup(frame, **options), lambda part: part.toArrow()) == expected
    assert all(expected.values()), "a part without rows proves nothing"
    assert spark.range(3).count() == 3  # still the user's


FILES = """
import sys
from zhclean.corpus import dedup

print(dedup(sys.argv[2:], sys.argv[1], id_field="id", engine=sys.argv[1]))
"""


def test_files_come_to_the_same_byte_for_byte(tmp_path: Path) -> None:
    """In a session of their own, which is gone afterwards."""
    table = pa.Table.from_pylist(rows(2))
    inputs = [f"{number}.parquet" for number in range(3)]
    for number, name in enumerate(inputs):
        pq.write_table(table.slice(number * 20, 20 if number < 2 else None), tmp_path / name)
    done = [
        subprocess.run([sys.executable, "-c", FILES, engine, *inputs], cwd=tmp_path, capture_output=True)
        for engine in ("duckdb", "spark")
    ]
    assert done[0].stdout == done[1].stdout, done[1].stderr
    assert f"kept={pq.read_metadata(tmp_path / 'duckdb/kept.parquet').num_rows}".encode() in done[0].stdout
    for name in ("kept", *TABLES):
        one, other = (tmp_path / engine / f"{name}.parquet" for engine in ("duckdb", "spark"))
        assert one.exists() == other.exists()
        assert not one.exists() or one.read_bytes() == other.read_bytes()


def test_rows_of_spark_need_an_id(spark: SparkSession) -> None:
    with pytest.raises(ValueError, match="id"):
        dedup(spark.createDataFrame([("短文",)], "text string"))


CLUSTER = """
import sys
from pyspark.sql import SparkSession
from tests.stories import corpus
from zhclean.corpus import dedup

session = (
    SparkSession.builder.master("local-cluster[2,1,1024]")
    .config("spark.sql.adaptive.enabled", "true")
    .config("spark.sql.shuffle.partitions", "3")
    .config("spark.executorEnv.PYTHONPATH", ":".join(sys.path))
    .getOrCreate()
)
frame = session.createDataFrame(corpus(3, 8), "id string, date string, source string, text string")
result = dedup(frame.repartition(4), id_field="id")
for row in result.removed.toArrow().sort_by("id").to_pylist():
    print(*map(repr, row.values()), sep="\\t")
session.stop()
"""


def test_on_a_cluster_of_two_workers(tmp_path: Path) -> None:
    """Other processes, real shuffles, functions that are pickled."""
    import pyspark

    root = Path(__file__).parents[1]
    environment = {
        **os.environ,
        "SPARK_HOME": str(Path(pyspark.__file__).parent),
        "PYTHONPATH": os.pathsep.join([str(root), str(root / "src"), os.environ.get("PYTHONPATH", "")]),
        "PYTHONWARNINGS": "ignore",
        "SPARK_LOCAL_DIRS": str(tmp_path),
        "SPARK_WORKER_DIR": str(tmp_path),
    }
    run = subprocess.run(
        [sys.executable, "-c", CLUSTER], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr[-3000:]
    expected = dedup(pa.Table.from_pylist(corpus(3, 8)), id_field="id").removed.sort_by("id").to_pylist()
    found = [line.split("\t") for line in run.stdout.splitlines() if "\t" in line]
    assert found == [[repr(value) for value in row.values()] for row in expected]


def test_times_are_columns_like_others(spark: SparkSession) -> None:
    frame = spark.sql(
        "SELECT id, text, TIMESTAMP '2024-01-01 08:00:00' AS t FROM VALUES "
        "('甲', '市图书馆今日开放。'), ('乙', '市图书馆今日开放') AS rows(id, text)"
    )
    kept = dedup(frame, id_field="id", prefer=[Earliest("t")]).kept
    assert kept.schema == frame.schema
    assert kept.collect() == frame.where("id = '乙'").collect()
