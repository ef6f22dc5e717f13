"""``zhclean corpus dedup`` on files, and the index that remembers them."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import Result

from tests.command_line import invoke
from tests.stories import NOTICE, corpus, story, text
from zhclean.corpus import dedup
from zhclean.corpus.deduplication import dedup_files
from zhclean.corpus.deduplication.likeness import Earliest, Longest
from zhclean.corpus.reading.sources import InputError


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def command(*arguments: object) -> Result:
    return invoke(["corpus", "dedup", "-j1", *map(str, arguments)])


class TestCommand:
    def test_writes_what_stays_as_it_was_and_accounts_for_the_rest(self, tmp_path: Path) -> None:
        rows = corpus(1, 8)
        source = write(tmp_path / "news.jsonl", rows)
        broken = '{"id": "x", "text": "没有完\n'
        source.write_text(source.read_text("utf-8") + broken + '{"id": "y"}\n', "utf-8")
        result = command(source, "-o", tmp_path / "out", "--id-field", "id")
        assert result.exit_code == 2  # two rows could not be read
        kept, removed = (read(tmp_path / "out" / f"{name}.jsonl") for name in ("kept", "removed"))
        failed = read(tmp_path / "out" / "failed.jsonl")
        assert [row["line"] for row in failed] == [len(rows) + 1, len(rows) + 2]
        assert len(kept) + len(removed) + len(failed) == len(rows) + 2
        gone = {row["id"] for row in removed}
        assert kept == [row for row in rows if row["id"] not in gone]
        assert not (tmp_path / "out" / ".zhclean-dedup").exists()

    def test_output_has_the_form_of_the_input(self, tmp_path: Path) -> None:
        rows = corpus(2, 6)
        lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
        (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines))
        assert command(tmp_path / "a.jsonl.gz", "-o", tmp_path / "out", "--id-field", "id").exit_code == 0
        assert (
            gzip.decompress((tmp_path / "out" / "kept.jsonl.gz").read_bytes()).splitlines()[0]
            in lines.splitlines()
        )
        csv = tmp_path / "b.csv"
        csv.write_text("id,text\n甲,一条短讯。\n乙,一条短讯\n", "utf-8")
        assert command(csv, "-o", tmp_path / "csv", "--id-field", "id").exit_code == 0
        assert (tmp_path / "csv" / "removed.csv").read_text(
            "utf-8"
        ) == "id,kept_id,similarity,reason\n甲,乙,1.0,exact\n"

    def test_texts_of_a_directory(self, tmp_path: Path) -> None:
        for name, content in (("甲", "一条短讯。"), ("乙", "另一条短讯。"), ("下/丙", "一条\n短讯")):
            path = tmp_path / "in" / f"{name}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
        assert command(tmp_path / "in", "-o", tmp_path / "out").exit_code == 0
        kept = {
            path.relative_to(tmp_path / "out" / "kept").as_posix()
            for path in (tmp_path / "out").rglob("*.txt")
        }
        (removed,) = read(tmp_path / "out" / "removed.jsonl")
        assert len(kept) == 2
        assert {Path(removed["id"]).name, Path(removed["kept_id"]).name} == {"甲.txt", "丙.txt"}

    def test_boilerplate_is_listed_looked_through_and_removed(self, tmp_path: Path) -> None:
        notice = NOTICE.format(site="青石网")
        bodies = [text(story(Random(n), 6)) for n in range(4)]
        source = write(
            tmp_path / "a.jsonl", [{"id": n, "text": f"{b}\n{notice}"} for n, b in enumerate(bodies)]
        )
        listed = tmp_path / "review" / "boilerplate.jsonl"
        result = command(source, "-o", listed.parent, "--id-field", "id", "--boilerplate", "--dry-run")
        assert result.exit_code == 0
        assert not (listed.parent / "kept.jsonl").exists()
        assert {row["stories"] for row in read(listed)} == {4}
        chosen = write(tmp_path / "chosen.jsonl", [r for r in read(listed) if "侵权" in r["text"]])
        command(source, "-o", tmp_path / "out", "--id-field", "id", "--boilerplate-from", chosen)
        texts = [row["text"] for row in read(tmp_path / "out" / "kept.jsonl")]
        assert texts == [f"{body}\n{notice.partition('如有侵权')[0]}" for body in bodies]

    def test_equal_ids_are_told_apart_by_their_lines(self, tmp_path: Path) -> None:
        rows = [
            {"id": "甲", "text": "一条短讯。"},
            {"id": "甲", "text": "另一条短讯。"},
            {"id": "甲", "text": "一条短讯"},
        ]
        source = write(tmp_path / "a.jsonl", rows)
        result = command(source, "-o", tmp_path / "out", "--id-field", "id")
        assert "3 rows share their id" in result.stderr
        told = read(tmp_path / "out" / "equal-ids.jsonl")
        assert [row["line"] for row in told] == [1, 2, 3]
        assert sum(row["kept"] for row in told) == 2 == len(read(tmp_path / "out" / "kept.jsonl"))

    @pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet", "a.txt"])
    def test_an_order_by_a_field_that_is_nowhere_is_one_line(self, name: str, tmp_path: Path) -> None:
        write(tmp_path / "a.jsonl", corpus(3, 1))
        (tmp_path / "a.csv").write_text("text,id\n一条短讯。,1\n", "utf-8")
        (tmp_path / "a.txt").write_text("一条短讯。", "utf-8")
        pq.write_table(pa.Table.from_pylist(corpus(3, 1)), tmp_path / "a.parquet")
        result = command(tmp_path / name, "-o", tmp_path / "out", "--prefer", "earliest=wann")
        assert result.exit_code == 2
        assert result.stderr == "zhclean: no row has a field 'wann', which the order asks for\n"
        assert not (tmp_path / "out").exists()

    def test_an_order_by_lists_takes_them_for_text(self, tmp_path: Path) -> None:
        rows = [{"id": id, "text": "一条短讯。", "t": t} for id, t in (("甲", ["2024-01-01"]), ("乙", None))]
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
        summary = dedup(tmp_path / "a.parquet", tmp_path / "out", id_field="id", prefer=[Earliest("t")])
        assert (summary.kept, summary.undated) == (1, 2)

    def test_files_may_lack_a_field_of_the_order_and_be_broken(self, tmp_path: Path) -> None:
        write(tmp_path / "dated.jsonl", [{"id": "晚", "text": "一条短讯。", "date": "2024-03-05"}])
        (tmp_path / "a.csv").write_text("id,text\n早,一条短讯。\n", "utf-8")
        (tmp_path / "b.csv").write_text("no header\n", "utf-8")
        summary = dedup(tmp_path, tmp_path / "out", id_field="id", prefer=[Earliest("date")])
        assert (summary.kept, summary.failed, summary.undated) == (1, 1, 1)
        assert read(tmp_path / "out" / "removed.jsonl")[0]["kept_id"] == "晚"

    def test_an_empty_corpus_has_any_order(self, tmp_path: Path) -> None:
        assert dedup(write(tmp_path / "a.jsonl", []), tmp_path / "out", prefer=[Earliest("date")]).rows == 0

    def test_undecodable_bytes_are_told(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_bytes(b"text\n" + "一条短讯。".encode() + b"\xff\n\xef\xbf\xbd\n")
        result = command(tmp_path / "a.csv", "-o", tmp_path / "out")
        assert "1 rows had undecodable bytes, which became U+FFFD" in result.stderr

    def test_nothing_is_replaced_unless_asked(self, tmp_path: Path) -> None:
        source = write(tmp_path / "a.jsonl", corpus(3, 2))
        assert command(source, "-o", tmp_path, "--id-field", "id").exit_code == 0
        before = (tmp_path / "kept.jsonl").read_bytes()
        again = command(source, "-o", tmp_path, "--id-field", "id")
        assert (again.exit_code, again.stderr.count("\n")) == (2, 1)
        assert (tmp_path / "kept.jsonl").read_bytes() == before
        assert command(source, "-o", tmp_path, "--id-field", "id", "--force").exit_code == 0

    @pytest.mark.parametrize(
        "options",
        [
            ("--prefer", "oldest"),
            ("--prefer", "earliest="),
            ("--threshold", "0"),
            ("--threshold", "nan"),
            ("--containment", "nan"),
            ("--engine", "spark", "--index", "news.duckdb"),
            ("--boilerplate", "--boilerplate-from", "list.jsonl"),
            ("--boilerplate-from", "nowhere.jsonl"),
            ("--memory", "plenty"),
            ("--memory", "1KB"),
            ("-o", "there.csv"),
            ("-o", "news.parquet"),
            ("-o", "there.csv/in it"),
        ],
    )
    def test_what_cannot_be_is_one_line(
        self, tmp_path: Path, options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source = write(tmp_path / "a.parquet.jsonl", corpus(3, 1))
        monkeypatch.chdir(tmp_path)
        (tmp_path / "there.csv").touch()
        result = command(source, "-o", "out", "--id-field", "id", *options)
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1, result.stderr
        assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True


class TestIndex:
    def batches(self, seed: int) -> list[list[dict[str, Any]]]:
        rows = corpus(seed, 16)
        dated = [{**row, "date": f"2024-01-01 {n // 60:02}:{n % 60:02}"} for n, row in enumerate(rows)]
        return [dated[:20], dated[20:45], dated[45:]]

    def survivors(self, tmp_path: Path, batches: list[list[dict[str, Any]]], **options: Any) -> list[str]:
        kept: list[str] = []
        for number, rows in enumerate(batches):
            source = write(tmp_path / f"{number}.jsonl", rows)
            out = tmp_path / f"out{number}{len(batches)}"
            summary = dedup(source, out, id_field="id", prefer=[Earliest("date")], **options)
            assert summary.rows == len(rows)
            assert summary.out_of_order == 0
            kept += [row["id"] for row in read(out / "kept.jsonl")]
        return kept

    @pytest.mark.parametrize("options", [{}, {"containment": 0.8}, {"threshold": 0.5}])
    def test_batches_come_to_what_all_at_once_comes_to(self, tmp_path: Path, options: dict[str, Any]) -> None:
        batches = self.batches(5)
        index = tmp_path / "news.duckdb"
        assert self.survivors(tmp_path, batches, index=index, **options) == self.survivors(
            tmp_path, [[row for rows in batches for row in rows]], **options
        )

    @pytest.mark.parametrize("options", [{}, {"containment": 0.8}, {"boilerplate": True}])
    def test_a_day_done_again_comes_to_the_same(self, tmp_path: Path, options: dict[str, Any]) -> None:
        index, days = tmp_path / "i.duckdb", self.batches(5)
        sources = [write(tmp_path / f"{day}.jsonl", rows) for day, rows in enumerate(days)]

        def done(day: int) -> list[bytes]:
            out = tmp_path / f"out{day}"
            dedup(sources[day], out, id_field="id", index=index, replace=True, **options)
            return [(out / f"{name}.jsonl").read_bytes() for name in ("kept", "removed", "clusters")]

        first = [done(day) for day in range(3)]
        assert [done(day) for day in (2, 0, 1)] == [first[day] for day in (2, 0, 1)]
        with duckdb.connect(str(index)) as remembered:
            ((articles, texts),) = remembered.sql(
                "SELECT COUNT(*), COUNT(DISTINCT node) FROM articles"
            ).fetchall()
        assert articles == texts > 0

    def test_a_remembered_row_in_another_company_goes_and_is_told(self, tmp_path: Path) -> None:
        rows = [{"id": "甲", "text": "市图书馆今日起延长开放时间。"}]
        new = {"id": "乙", "text": "本市地铁四号线昨日正式开通运营。"}
        index, source = tmp_path / "i.duckdb", tmp_path / "a.jsonl"
        dedup(write(source, rows), tmp_path / "1", id_field="id", index=index)
        result = command(
            write(source, [*rows, new]), "-o", tmp_path / "2", "--id-field", "id", "--index", index
        )
        assert read(tmp_path / "2" / "kept.jsonl") == [new]
        assert "1 of the removed rows are remembered rows themselves" in result.stderr

    def test_the_boilerplate_list_is_frozen(self, tmp_path: Path) -> None:
        notice = NOTICE.format(site="北塘网")
        days = [
            [
                {"id": f"{d}-{n}", "text": f"{text(story(Random(10 * d + n), 6))}\n{notice}"}
                for n in range(count)
            ]
            for d, count in ((0, 4), (1, 1))
        ]
        for day, rows in enumerate(days):
            source = write(tmp_path / "a.jsonl", rows)
            dedup(source, tmp_path / f"{day}", id_field="id", boilerplate=True, index=tmp_path / "i")
        # One story alone has no boilerplate of its own; the list of the day before applies.
        assert "声明" not in read(tmp_path / "1" / "kept.jsonl")[0]["text"]

    def test_new_articles_that_come_earlier_are_told(self, tmp_path: Path) -> None:
        own = text(story(Random(6)))
        index = tmp_path / "i.duckdb"
        dedup(
            write(tmp_path / "a.jsonl", [{"id": "短", "text": own}]),
            tmp_path / "1",
            id_field="id",
            index=index,
        )
        source = write(tmp_path / "b.jsonl", [{"id": "长", "text": own + "完。"}])
        summary = dedup(source, tmp_path / "2", id_field="id", index=index)
        assert (summary.kept, summary.out_of_order) == (0, 1)
        result = command(source, "-o", tmp_path / "3", "--id-field", "id", "--index", index)
        assert "comes later in the order" in result.stderr

    def test_a_shorter_one_that_was_first_is_told(self, tmp_path: Path) -> None:
        own = story(Random(7), 16)
        index, options = tmp_path / "i.duckdb", {"id_field": "id", "containment": 0.9}
        dedup(
            write(tmp_path / "a.jsonl", [{"id": "短", "text": text(own[:4])}]),
            tmp_path / "1",
            index=index,
            **options,
        )
        source = write(tmp_path / "b.jsonl", [{"id": "长", "text": text(own)}])
        summary = dedup(source, tmp_path / "2", index=index, **options)
        assert (summary.kept, summary.out_of_order) == (1, 1)

    def test_other_options_are_refused(self, tmp_path: Path) -> None:
        source, index = write(tmp_path / "a.jsonl", corpus(8, 2)), tmp_path / "i.duckdb"
        dedup(source, tmp_path / "1", id_field="id", index=index)
        for number, options in enumerate(
            ({"threshold": 0.8}, {"prefer": [Earliest("date"), Longest()]}, {"boilerplate": True})
        ):
            with pytest.raises(InputError, match="was made with"):
                dedup(source, tmp_path / f"{number}", id_field="id", index=index, replace=True, **options)

    def test_what_is_no_index_is_refused(self, tmp_path: Path) -> None:
        source = write(tmp_path / "a.jsonl", corpus(8, 1))
        (tmp_path / "i.duckdb").write_bytes(b"no database")
        with pytest.raises(InputError, match=r"i\.duckdb"):
            dedup(source, tmp_path / "1", id_field="id", index=tmp_path / "i.duckdb")

    @pytest.mark.parametrize("name", ["a.jsonl", "b.csv", "b.parquet"])
    def test_nor_is_a_table_taken_for_one(self, name: str, tmp_path: Path) -> None:
        source = write(tmp_path / "a.jsonl", corpus(8, 1))
        (tmp_path / "b.csv").write_text("a,b\n1,2\n")
        pq.write_table(pa.table({"a": [1]}), tmp_path / "b.parquet")
        before = (tmp_path / name).read_bytes()
        result = command(source, "-o", tmp_path / "1", "--index", tmp_path / name)
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
        assert name in result.stderr
        assert (tmp_path / name).read_bytes() == before

    @pytest.mark.parametrize("name", ["nowhere/i.duckdb", "file/i.duckdb"])
    def test_nor_are_articles_written_if_it_cannot_be(self, name: str, tmp_path: Path) -> None:
        source, out = write(tmp_path / "a.jsonl", corpus(8, 1)), tmp_path / "out"
        (tmp_path / "file").touch()
        for arguments in ([source, "-o", out], [source, "-o", out, "--dry-run"]):
            result = command(*arguments, "--index", tmp_path / name)
            assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.stderr
            assert "i.duckdb" in result.stderr
            assert not list(out.iterdir())

    def test_a_run_that_fails_leaves_none_behind(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source = write(tmp_path / "a.jsonl", corpus(8, 1))
        monkeypatch.setattr(dedup_files, "_write", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            dedup(source, tmp_path / "1", id_field="id", index=tmp_path / "i.duckdb")
        assert not (tmp_path / "i.duckdb").exists()

    def test_it_belongs_to_one_run_from_the_beginning(self, tmp_path: Path) -> None:
        source, index = write(tmp_path / "a.jsonl", corpus(8, 1)), tmp_path / "i.duckdb"
        other = f"import duckdb, time; _ = duckdb.connect({str(index)!r}); print(flush=True); time.sleep(60)"
        with subprocess.Popen([sys.executable, "-c", other], stdout=subprocess.PIPE) as holder:
            assert holder.stdout
            assert holder.stdout.readline()
            result = command(source, "-o", tmp_path / "1", "--index", index)
            holder.kill()
        assert (result.exit_code, result.stderr.count("\n")) == (2, 1), result.stderr
        assert not list((tmp_path / "1").iterdir())

    def test_another_database_is_not_taken_for_one_and_stays(self, tmp_path: Path) -> None:
        source = write(tmp_path / "a.jsonl", corpus(8, 1))
        with duckdb.connect(str(tmp_path / "mine.duckdb")) as mine:
            mine.execute("CREATE TABLE readers AS SELECT 7 AS n")
        with pytest.raises(InputError, match="a database, but no index of zhclean"):
            dedup(source, tmp_path / "1", id_field="id", index=tmp_path / "mine.duckdb")
        with duckdb.connect(str(tmp_path / "mine.duckdb")) as mine:
            assert mine.execute("SELECT n FROM readers").fetchall() == [(7,)]

    def test_a_dry_run_remembers_nothing(self, tmp_path: Path) -> None:
        source = write(tmp_path / "a.jsonl", corpus(8, 1))
        dedup(source, tmp_path / "1", id_field="id", index=tmp_path / "i.duckdb", dry_run=True)
        assert not (tmp_path / "i.duckdb").exists()

    @pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
    @pytest.mark.parametrize("delay", [0.3, 1.0, 2.0])
    def test_a_killed_run_leaves_the_index_as_it_was(self, tmp_path: Path, delay: float) -> None:
        first, second = self.batches(9)[:2]
        index = tmp_path / "i.duckdb"
        options = ["--id-field", "id", "--prefer", "earliest=date", "--index", str(index), "-j1"]
        assert command(write(tmp_path / "a.jsonl", first), "-o", tmp_path / "1", *options[:-1]).exit_code == 0
        arguments = [str(write(tmp_path / "b.jsonl", second)), "-o", str(tmp_path / "2"), *options]
        run = subprocess.Popen([sys.executable, "-m", "zhclean", "corpus", "dedup", *arguments])
        time.sleep(delay)
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
        # Killed before it was done, or after: the same command comes to the same, or says all is known.
        result = command(*arguments[:-1], "--force")
        assert result.exit_code == 0, result.stderr
        assert len(read(tmp_path / "2" / "kept.jsonl")) + len(read(tmp_path / "2" / "removed.jsonl")) == len(
            second
        )
