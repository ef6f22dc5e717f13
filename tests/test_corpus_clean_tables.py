"""``zhclean.corpus.clean`` on tables in memory and on Spark: the same kind back, nothing but texts changed."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from zhclean import clean, corpus, explain
from zhclean.stages.width import Width

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = [
    # PySpark says so of pandas 3 as a whole; what is used of it here works with 2 and 3.
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),  # PySpark 4.0's own
]

TEXTS = [
    "全年新增高新技术企业一百家以上，确保服\n\n务业增加值增长百分之七。",
    None,
    "",
    "２０２３年全市完成造林１２万亩。",
    "记者从市气象局获悉，今年入汛以来全市平均降水量比常年偏多两成。",
]
CLEAN = [text and clean(text) for text in TEXTS]
COLUMNS = {"id": ["1 ", "2", "3", "4", "4"], "text": TEXTS, "n": [1, 2, 3, 4, 5]}


def texts(table: Any) -> list[str | None]:
    return pa.table(table).column("text").to_pylist()


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())],
    ids=str,
)
def test_arrow_tables_keep_their_schema(kind: pa.DataType) -> None:
    table = pa.table(COLUMNS | {"text": pa.array(TEXTS).cast(kind)})
    table = table.replace_schema_metadata({"made by": "someone"})
    result = corpus.clean(table)
    assert result.schema.equals(table.schema, check_metadata=True)
    assert texts(result) == CLEAN
    assert result.drop_columns("text").equals(table.drop_columns("text"))


@pytest.mark.parametrize("kind", [pa.string(), pa.dictionary(pa.int8(), pa.string())], ids=str)
@pytest.mark.parametrize("rows", [0, 1, 5])
def test_arrow_batches_are_batches_again(
    kind: pa.DataType, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhclean.corpus.reading.tables.BATCH", 100)
    (batch,) = pa.table(COLUMNS | {"text": pa.array(TEXTS).cast(kind)}).to_batches()
    result = corpus.clean(batch.slice(0, rows), edits="edits")
    assert isinstance(result, pa.RecordBatch)
    assert result.column("text").type == kind
    assert texts(pa.table(result)) == CLEAN[:rows]


def test_arrow_readers_are_read_as_they_are_asked() -> None:
    taken = []

    def batches() -> Iterator[pa.RecordBatch]:
        for n in range(50):
            taken.append(n)
            yield pa.record_batch({"text": [f"２０２３年，第{n}号。"]})

    schema = pa.schema([("text", pa.string())])
    result = corpus.clean(pa.RecordBatchReader.from_batches(schema, batches()))
    assert isinstance(result, pa.RecordBatchReader)
    assert result.read_next_batch().to_pylist() == [{"text": "2023年，第0号。"}]
    assert len(taken) < 5


def test_pandas_frames_keep_index_and_types() -> None:
    frame = pd.DataFrame(
        {"id": pd.Categorical(COLUMNS["id"]), "text": TEXTS, "odd": [{}, [], 1, "x", None]},
        index=pd.Index(list("edcba"), name="key"),
    )
    result = corpus.clean(frame)
    assert texts(result[["text"]]) == CLEAN
    assert list(result.index) == list("edcba")
    assert result.drop(columns="text").equals(frame.drop(columns="text"))
    assert result.dtypes.equals(frame.dtypes)


def test_lone_surrogates_of_pandas_are_replaced() -> None:
    frame = pd.DataFrame({"text": pd.Series(["２０２３年\ud800", None], dtype=object)})
    assert corpus.clean(frame)["text"].to_list() == ["2023年\ufffd", None]


def test_polars_frames_keep_their_types() -> None:
    frame = pl.DataFrame(COLUMNS, schema_overrides={"id": pl.Categorical, "n": pl.UInt8})
    result = corpus.clean(frame, workers=2)
    assert isinstance(result, pl.DataFrame)
    assert result.schema == frame.schema
    assert result["text"].to_list() == CLEAN
    assert result.drop("text").equals(frame.drop("text"))


@pytest.mark.parametrize("text", ["全市完成造林１２万亩。", "今年雨水偏多。"])
def test_categories_are_those_of_the_clean_texts(text: str) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    given = [text, None, "今年雨水偏多。", text]
    expected = [given and clean(given) for given in given]
    frame = pandas.DataFrame({"text": pandas.Categorical(given)}, index=list("abcd"))
    done = corpus.clean(frame)
    assert done.text.astype(object).where(done.text.notna(), None).tolist() == expected
    assert done.text.dtype.name == "category"
    for kind in (polars.Categorical, polars.Enum(["今年雨水偏多。", *{text} - {"今年雨水偏多。"}])):
        column = corpus.clean(polars.DataFrame({"text": polars.Series(given, dtype=kind)}), edits="edits")[
            "text"
        ]
        assert column.to_list() == expected
        assert column.dtype.base_type() is kind.base_type()


def test_duckdb_relations_are_relations_again() -> None:
    relation = duckdb.sql("select range as n, '２０２３年' as text from range(3)")
    result = corpus.clean(relation)
    assert isinstance(result, duckdb.DuckDBPyRelation)
    assert result.fetchall() == [(0, "2023年"), (1, "2023年"), (2, "2023年")]


def test_a_column_tells_the_edits() -> None:
    result = corpus.clean(pa.table(COLUMNS), edits="changes").column("changes").to_pylist()
    for text, changes in zip(TEXTS, result, strict=True):
        expected = explain(text).edits if text else ()
        assert [(e["start"], e["end"], e["new"], e["stage"], e["reason"]) for e in changes] == [
            (e.start, e.end, e.new, e.stage, e.reason) for e in expected
        ]


@pytest.mark.parametrize("empty", [[], [None, None]])
def test_frames_without_texts_stay_as_they_are(empty: list[None]) -> None:
    assert len(corpus.clean(pd.DataFrame({"text": empty}))) == len(empty)
    assert len(corpus.clean(pl.DataFrame({"text": empty}, schema={"text": pl.String}))) == len(empty)


@pytest.mark.parametrize(
    ("data", "options", "error", "message"),
    [
        (pa.table({"title": ["甲"]}), {}, ValueError, "no field 'text'; there are 'title'"),
        (pa.table({"text": [1]}), {}, ValueError, "field 'text' is int64, not text"),
        (pd.DataFrame({"text": [1]}), {}, ValueError, "field 'text' is int64, not text"),
        (pd.DataFrame({"title": ["甲"]}), {}, ValueError, "no field 'text'; there are 'title'"),
        (pa.table({"text": ["甲"]}), {"edits": "text"}, ValueError, "there is a field 'text' already"),
        (
            pd.DataFrame({"text": ["甲"], "n": [1]}),
            {"edits": "n"},
            ValueError,
            "there is a field 'n' already",
        ),
        (
            pl.DataFrame({"text": ["甲"], "n": [1]}),
            {"edits": "n"},
            ValueError,
            "there is a field 'n' already",
        ),
        (pa.table({"text": ["甲"]}), {"output": "a.csv"}, TypeError, "go with files"),
        (pa.table({"text": ["甲"]}), {"workers": 0}, ValueError, "at least 1"),
        (pl.LazyFrame({"text": ["甲"]}), {}, TypeError, "neither paths nor a table: LazyFrame"),
        ("a.jsonl", {}, TypeError, "need an output"),
        (5, {}, TypeError, "neither paths nor a table: int"),
    ],
)
def test_what_is_no_table_of_texts(data: Any, options: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        corpus.clean(data, **options)


def test_paths_give_a_summary(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("２０２３年", "utf-8")
    summary = corpus.clean(tmp_path, tmp_path.with_name("out"))
    assert (summary.rows, summary.changed) == (1, 1)
    assert (tmp_path.with_name("out") / "a.txt").read_text("utf-8") == "2023年"


@pytest.mark.parametrize(("package", "extra"), [("pyarrow", "corpus"), ("pyspark", "spark")])
def test_a_missing_extra_is_named(package: str, extra: str) -> None:
    script = f"""
import sys
sys.modules[{package!r}] = None
from zhclean import corpus
class DataFrame: pass
DataFrame.__module__ = "pyspark.sql"
try:
    corpus.clean(DataFrame() if {package!r} == "pyspark" else "a.jsonl", None if {package!r} == "pyspark" else "b")
except corpus.MissingExtraError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"{package} is not installed: pip install 'zhclean[{extra}]'"


def test_the_command_names_the_missing_extra(tmp_path: Path) -> None:
    (tmp_path / "run.py").write_text(
        "import sys\nsys.modules['pyarrow'] = None\nfrom zhclean.cli import main\nmain()\n"
    )
    args = [sys.executable, "run.py", "corpus", "clean", "a.jsonl", "-o", "b.jsonl"]
    done = subprocess.run(args, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "zhclean: pyarrow is not installed: pip install 'zhclean[corpus]'\n"


def test_spark_is_the_same_as_here(spark: SparkSession) -> None:
    schema = "id string, text string, n int, day date, deep struct<a: array<int>>"
    rows = [(i, t, n, None, ([n],)) for i, t, n in zip(*COLUMNS.values(), strict=True)]
    frame = spark.createDataFrame(rows * 40, schema).repartition(2)
    result = corpus.clean(frame, edits="changes")
    assert result.drop("changes").schema == frame.schema
    collected = result.collect()
    assert len(collected) == 200
    found = {(row.id, row.n): row for row in collected}
    local = corpus.clean(pa.table(COLUMNS), edits="changes").to_pylist()
    assert len(found) == len(local)
    for row in local:
        other = found[row["id"], row["n"]].asDict(recursive=True)
        assert {name: other[name] for name in row} == row


def test_spark_takes_stages(spark: SparkSession) -> None:
    frame = spark.createDataFrame([("２０２３年\n\n",)], "body string")
    (row,) = corpus.clean(frame, text_field="body", stages=(Width(),)).collect()
    assert row.body == "2023年\n\n"


@pytest.mark.parametrize(
    ("schema", "message"),
    [("title string", "no field 'text'"), ("text int", "is int, not text")],
)
def test_spark_frames_without_texts_are_refused_at_once(
    spark: SparkSession, schema: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        corpus.clean(spark.createDataFrame([], schema))


def test_a_column_for_edits_takes_no_other_s_place(spark: SparkSession) -> None:
    with pytest.raises(ValueError, match="there is a field 'n' already"):
        corpus.clean(spark.createDataFrame([], "text string, n int"), edits="n")


def test_the_documented_job_runs(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (Path(__file__).parents[1] / "docs" / "corpus.md").read_text("utf-8")
    (job,) = re.findall(r"^```python\n(from pyspark.*?)^```$", page, re.MULTILINE | re.DOTALL)
    for name in ("news", "clean", "edits"):  # Spark's working directory is that of its JVM
        job = job.replace(f'"{name}.parquet"', repr(str(tmp_path / f"{name}.parquet")))
    rows = {name: column[3:] for name, column in COLUMNS.items()}
    pq.write_table(pa.table(rows), tmp_path / "news.parquet")
    exec(job, {})
    assert pq.read_table(tmp_path / "clean.parquet").column("text").to_pylist() == CLEAN[3:]
    edits = pq.read_table(tmp_path / "edits.parquet").to_pylist()
    assert {(edit["id"], edit["old"], edit["new"]) for edit in edits} >= {("4", "１２", "12")}
