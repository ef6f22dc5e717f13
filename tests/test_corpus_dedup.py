"""Deduplication on one machine: what goes, what it goes for, and that nothing is lost."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stories import NOTICE, PLACES, corpus, sentence, story, text
from zhclean.corpus import dedup
from zhclean.corpus.deduplication import kernel, plan
from zhclean.corpus.deduplication.boilerplate import Recurrence
from zhclean.corpus.deduplication.compared import solid
from zhclean.corpus.deduplication.decision import Options, decide, sketch
from zhclean.corpus.deduplication.dedup_tables import Deduplicated
from zhclean.corpus.deduplication.forms import are_other_stories
from zhclean.corpus.deduplication.kernel import shingle_set
from zhclean.corpus.deduplication.likeness import (
    Earliest,
    Latest,
    Likeness,
    Longest,
    Priority,
    microseconds,
    sort_key,
)
from zhclean.corpus.deduplication.on_duckdb import DuckDB
from zhclean.corpus.deduplication.portions import Rows
from zhclean.corpus.reading.fields import Fields

FIRST = (  # nine short stories
    "昨天上午，城东菜市场的改造工程通过验收。",
    "受台风影响，轮渡公司今日停航三班。",
    "省队在女子四百米接力决赛中获得银牌。",
    "市博物馆征集到一批民国时期的老照片。",
    "今年第一季度全县茶叶产量同比增长一成。",
    "两名学生拾金不昧，失主专程到学校致谢。",
    "央行下调存款准备金率零点五个百分点。",
    "气象台预计周末有大到暴雨，请减少外出。",
    "新一届书法展将在美术馆举行，展期十天。",
)
HAN = "江河湖海山川林木花草春夏秋冬东西南北金银铜铁车船桥路门窗灯火"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
SCHEMA = pa.schema([(name, pa.string()) for name in ("id", "date", "source", "text")])


def table(rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, SCHEMA)


def articles(*texts: str) -> pa.Table:
    return table([{"id": chr(ord("a") + n), "text": t} for n, t in enumerate(texts)])


def run(data: pa.Table, **options: Any) -> Deduplicated:
    result = dedup(data, id_field="id", **options)
    assert isinstance(result, Deduplicated)
    return result


def told(result: Deduplicated) -> dict[str, Any]:
    """Everything that was decided, whatever the order of rows."""
    parts = {name: getattr(result, name) for name in ("kept", "removed", "clusters", "marked")}
    return {name: Counter(map(str, part.to_pylist())) for name, part in parts.items()}


def jaccard(one: str, other: str) -> float:
    a, b = (shingle_set(t) for t in solid([one, other]).strings())
    return len(a & b) / len(a | b)


def by_definition(rows: list[dict[str, Any]], threshold: float) -> dict[str, str | None]:
    """For each id what it goes for: every pair compared, in the order of length and id."""
    compared = dict(
        zip((row["id"] for row in rows), solid([row["text"] for row in rows]).strings(), strict=True)
    )
    kept: list[str] = []
    result: dict[str, str | None] = {}
    for name in sorted(compared, key=lambda name: (-len(compared[name]), name)):
        alike = [
            (-jaccard(compared[k], compared[name]), n)
            for n, k in enumerate(kept)
            if compared[name] and not are_other_stories(compared[k], compared[name])
        ]
        best = min(alike, default=(0.0, 0))
        result[name] = kept[best[1]] if -best[0] >= threshold else None
        if result[name] is None:
            kept.append(name)
    return result


class TestWhatGoes:
    @pytest.mark.parametrize("seed", range(3))
    def test_is_what_comparing_all_pairs_would_find(self, seed: int) -> None:
        rows = corpus(seed)
        expected = by_definition(rows, 0.7)
        result = run(table(rows))
        assert dict(zip(*(result.removed[name].to_pylist() for name in ("id", "kept_id")), strict=True)) == {
            name: kept for name, kept in expected.items() if kept is not None
        }
        assert set(result.kept["id"].to_pylist()) == {name for name, kept in expected.items() if kept is None}

    def test_only_marks_and_spaces_differ(self) -> None:
        result = run(
            articles("新建的图书馆今天开放。", "新建的图书馆，今天　开放！", "新建的体育馆明天开放。")
        )
        assert result.removed.to_pylist() == [
            {"id": "b", "kept_id": "a", "similarity": 1.0, "reason": "exact"}
        ]

    def test_numbers_count(self) -> None:
        brief = "今日收盘，沪指报{}点，成交{}亿元。"
        assert run(articles(brief.format(3120, 4215), brief.format(2987, 3854))).removed.num_rows == 0

    def test_texts_shorter_than_a_shingle_are_compared_whole(self) -> None:
        assert run(articles("简讯", "简讯。", "短讯", "讯")).removed["id"].to_pylist() == ["b"]

    def test_empty_texts_are_near_nothing(self) -> None:
        result = run(articles("", "", "……", "正文"))
        assert result.kept.num_rows == 4
        assert result.marked.to_pylist() == [{"id": name, "mark": "empty"} for name in "abc"]

    def test_not_what_is_near_only_by_way_of_another(self) -> None:
        own = story(Random(1), 20)
        other = story(Random(2), 8)
        a, b, c = text(own), text(own[:-4] + other[:4]), text(own[:-8] + other)
        assert min(jaccard(a, b), jaccard(b, c)) > 0.6 > jaccard(a, c)
        result = run(
            table([{"id": n, "text": t} for n, t in zip("abc", (a, b, c), strict=True)]),
            threshold=0.6,
            prefer=[],
        )
        assert result.kept["id"].to_pylist() == ["a", "c"]

    def test_a_pair_below_the_threshold_stays(self) -> None:
        own = story(Random(3))
        pair = articles(text(own), text(own[:8]))
        assert run(pair, threshold=0.7).removed.num_rows == 0
        assert run(pair, threshold=0.6).removed.num_rows == 1


class TestForms:
    """Stories of one form are other stories; copies of one story are copies, whatever was done to them."""

    notice = (
        "{place}市中级人民法院公告：{one}：本院受理原告{other}诉你买卖合同纠纷一案，已依法审理终结。"
        "现向你公告送达（2024）甲民初{number}号民事判决书，判决你于判决生效后十日内支付货款{sum}元。"
        "自公告之日起经过三十日即视为送达。如不服本判决，可在送达之日起十五日内向本院递交上诉状，上诉于省高级人民法院。"
    )
    fire = (
        "昨晚九时许，城东一处仓库起火，消防部门出动多辆消防车赶赴现场，火势于深夜被扑灭。"
        "据现场指挥部通报，火灾共造成{dead}人死亡，{hurt}人受伤，伤者已送医院救治。起火原因正在调查之中，善后工作已经展开。"
    )
    report = (
        "{line}昨天下午，青石区召开水务工作会议。会议通报，全区已建成污水处理厂3座，日处理能力12万吨，"
        "铺设管网260公里，覆盖居民4.8万户。负责人{name}介绍，今年还将投入1.5亿元，改造老旧管网35公里，"
        "涉及18个小区。工程计划于11月底完工。附近居民说，改造以后，下雨天出门再也不用绕路了。"
    )

    def both_stay(self, one: str, other: str, **options: Any) -> bool:
        assert jaccard(one, other) >= 0.6, "unlike texts prove nothing"
        return bool(run(articles(one, other), threshold=0.6, **options).kept.num_rows == 2)

    def test_other_names_case_numbers_and_sums(self) -> None:
        one = self.notice.format(place="南浦", one="林文华", other="陈国平", number=1204, sum="86000")
        other = self.notice.format(place="南浦", one="赵海燕", other="孙秀英", number=377, sum="125300")
        assert self.both_stay(one, other)

    def test_names_alone(self) -> None:
        form = (
            "董事会于近日收到{0}先生递交的书面辞职报告，{0}先生因个人原因辞去公司监事职务，辞职后不再担任公司任何职务。"
            "辞职报告自送达董事会之日起生效。董事会对{0}先生任职期间为公司发展作出的贡献表示衷心感谢。"
        )
        assert self.both_stay(form.format("林文华"), form.format("赵海燕"))

    def test_a_toll(self) -> None:
        assert self.both_stay(self.fire.format(dead=3, hurt=2), self.fire.format(dead=13, hurt=21))
        assert self.both_stay(
            self.fire.format(dead="三", hurt="两"), self.fire.format(dead="十三", hurt="二十一")
        )

    def test_are_marked(self) -> None:
        texts = (self.fire.format(dead=3, hurt=2), self.fire.format(dead=13, hurt=21))
        assert run(articles(*texts)).marked.to_pylist() == [{"id": "a", "mark": "form"}]

    def test_are_copies_if_one_says_so(self) -> None:
        one, other = self.fire.format(dead=3, hurt=2), self.fire.format(dead=13, hurt=21)
        assert not self.both_stay(one, other, forms="remove")

    def test_are_no_excerpts_of_each_other(self) -> None:
        long = self.fire.format(dead=3, hurt=2) + text(story(Random(6), 9))
        short = self.fire.format(dead=13, hurt=21)
        assert run(articles(long, short), containment=0.7).removed.num_rows == 0
        assert run(articles(long, short), containment=0.7, forms="remove").removed.num_rows == 1

    @pytest.mark.parametrize(
        "line",
        ["本报讯（记者陈国平）", "新华社青石6月3日电", "青石新闻网2024-06-04 08:15", "水务会议昨日召开\n"],
    )
    def test_another_date_line_and_byline(self, line: str) -> None:
        one = self.report.format(line="本报青石6月2日讯（记者林文华）", name="王建国")
        assert not self.both_stay(one, self.report.format(line=line, name="王建国"))

    def test_one_figure_corrected(self) -> None:
        one = self.report.format(line="", name="王建国")
        assert not self.both_stay(one, one.replace("260公里", "280公里"))

    def test_a_sentence_added_and_one_cut(self) -> None:
        one = self.report.format(line="", name="王建国")
        other = one.replace("工程计划于11月底完工。", "") + "目前全区共有市政井盖7200个。"
        assert not self.both_stay(one, other)

    def test_a_sentence_with_figures_instead_of_another(self) -> None:
        one = (
            self.report.format(line="", name="王建国")
            .replace("4.8万户", "数万户")
            .replace("还将投入1.5亿元，", "还将")
        )
        other = one.replace("铺设管网260公里，覆盖居民数万户。", "去年到访的专家共考察7次，提出建议19条。")
        assert one != other
        assert not self.both_stay(one, other)

    def test_wrapped_within_figures(self) -> None:
        one = self.report.format(line="", name="王建国")
        assert run(articles(one, one.replace("4.8", "4.\n8").replace("260", "26\n0"))).removed.num_rows == 1

    def test_misread_here_and_there(self) -> None:
        one = self.report.format(line="", name="王建国")
        other = (
            one.replace("青石区", "青右区")
            .replace("260", "250")
            .replace("居民说", "居民况")
            .replace("12万", "l2万")
        )
        assert not self.both_stay(one, other)

    def test_stories_that_are_not_alike_are_told_without_comparing_their_sets(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Most stories of a form share a bucket with most others: what is done for each pair must be next to nothing."""
        random = Random(9)
        rows = [
            self.notice.format(place=p, one=o, other=t, number=n, sum=s)
            for p, o, t, n, s in (
                (
                    random.choice(PLACES),
                    *("".join(random.choices(HAN, k=14)) for _ in range(2)),
                    random.randint(100, 9999),
                    random.randint(10**4, 10**6),
                )
                for _ in range(150)
            )
        ]
        compared: list[str] = []
        monkeypatch.setattr(kernel, "shingle_set", lambda own: compared.append(own) or shingle_set(own))
        assert run(articles(*rows)).removed.num_rows == 0
        assert len(compared) < 2 * len(rows)

    def test_pairs_are_linear_in_crowded_buckets(self) -> None:
        random = Random(10)
        counts = []
        for number in (100, 200, 400):
            rows = [
                {"id": f"{n:03}", "text": self.fire.format(dead=n, hurt=random.randint(1, 999))}
                for n in range(number)
            ]
            with closing(DuckDB(None)) as engine:
                likeness = Likeness(most=8)
                sketched, hashes = sketch(
                    engine, [Rows(table(rows), Fields("text", "id"))], Options(likeness)
                )
                documents = engine.table(plan.DOCUMENTS, sketched=sketched)
                pairs, _ = plan._pairs(engine, documents, hashes, likeness)
                counts.append(plan.counted(engine, pairs))
        assert counts[2] - counts[1] < 2.5 * (counts[1] - counts[0])


class TestContainment:
    own = story(Random(4), 20)
    inside = articles(text(own), text(own[4:9]))

    def test_is_off_unless_asked_for(self) -> None:
        assert run(self.inside).removed.num_rows == 0

    def test_the_shorter_goes(self) -> None:
        removed = run(self.inside, containment=0.9).removed.to_pylist()
        assert [(row["id"], row["kept_id"], row["reason"]) for row in removed] == [("b", "a", "contained")]

    def test_the_longer_never_goes(self) -> None:
        dated = self.inside.set_column(1, "date", pa.array(["2024-03-02", "2024-03-01"]))
        assert run(dated, containment=0.9, prefer=[Earliest("date")]).removed.num_rows == 0


class TestOrder:
    own = story(Random(5))
    rows = (
        {"id": "乙", "date": "2024年3月1日", "source": "晚报", "text": text(own)},
        {"id": "甲", "date": "2024/3/1 10:00", "source": "新华社", "text": text(own) + "完。"},
        {"id": "丙", "date": "不详", "source": None, "text": text(own)},
    )

    @pytest.mark.parametrize(
        ("prefer", "kept"),
        [
            ([Longest()], "甲"),
            ([Earliest("date")], "乙"),
            ([Latest("date")], "甲"),
            ([Priority("source", ("新华社",))], "甲"),
            ([Priority("source", ("晚报", "新华社"))], "乙"),
            ([Priority("source", ("日报",))], "丙"),  # none of them: the id decides, by code points
            ([], "丙"),
        ],
    )
    def test_the_first_stays(self, prefer: list[Any], kept: str) -> None:
        assert run(table([*self.rows]), prefer=prefer).kept["id"].to_pylist() == [kept]

    def test_a_field_that_is_not_there(self) -> None:
        with pytest.raises(ValueError, match="no field 'wann'; there are 'id', "):
            run(table([*self.rows]), prefer=[Earliest("wann")])

    @given(st.lists(st.text(alphabet="a\0 \uffff\U00010000é"), unique=True))
    def test_ids_compare_as_code_points(self, ids: list[str]) -> None:
        assert sorted(ids) == sorted(ids, key=lambda id: sort_key([], id, b"\xff"))

    @given(st.lists(st.tuples(st.none() | st.integers(-(2**63), 2**63), st.text(max_size=2))))
    def test_numbers_come_before_the_id_and_none_comes_last(self, rows: list[tuple[int | None, str]]) -> None:
        expected = sorted(
            rows,
            key=lambda row: (min(max(row[0], 1 - 2**63), 2**63 - 2) if row[0] is not None else 2**63, row[1]),
        )
        assert sorted(rows, key=lambda row: sort_key(row[:1], row[1], b"")) == expected

    def test_dates(self) -> None:
        same = (
            "2024-03-05",
            "2024/3/5",
            "2024.3.5",
            "20240305",
            "2024年3月5日",
            "2024-03-05 08:00+08:00",
            "2024-03-05T00:00:00Z",
            "2024年3月5日 0时0分",
            "1709596800",
            "1709596800000",
            " 2024-03-05 00:00:00.000 ",
        )
        assert {microseconds(date) for date in same} == {1709596800 * 10**6}
        assert not any(
            map(microseconds, ("", "三月五日", "2024-13-05", "2024-02-30", "5/3/2024", "2024-03-05x"))
        )


class TestNothingIsLost:
    @settings(max_examples=25)
    @given(
        st.integers(0, 10**6),
        st.sampled_from([None, 0.8]),
        st.sampled_from([0.3, 0.7, 1.0]),
        st.randoms(use_true_random=False),
    )
    def test_laws(self, seed: int, containment: float | None, threshold: float, random: Random) -> None:
        rows = corpus(seed, 6)
        rows += random.sample(rows, 4)  # the same rows again: equal in everything
        random.shuffle(rows)
        result = run(table(rows), threshold=threshold, containment=containment)
        kept, removed = result.kept.to_pylist(), result.removed.to_pylist()
        assert len(kept) + len(removed) == len(rows)
        assert Counter(r["id"] for r in kept + removed) == Counter(r["id"] for r in rows)
        texts = {row["id"]: row["text"] for row in rows}
        survivors = {row["id"] for row in kept}
        for row in removed:
            assert row["kept_id"] in survivors
            if row["reason"] == "contained":
                a, b = (shingle_set(solid([texts[row[name]]]).strings()[0]) for name in ("id", "kept_id"))
                assert row["similarity"] == len(a & b) / len(a) >= (containment or 2)
            else:
                assert row["similarity"] == jaccard(texts[row["id"]], texts[row["kept_id"]]) >= threshold
        clusters = result.clusters.to_pylist()
        assert Counter(r["id"] for r in clusters if not r["kept"]) == Counter(r["id"] for r in removed)
        assert all(r["id"] == r["cluster"] for r in clusters if r["kept"])

    def test_any_order_and_any_number_of_workers(self) -> None:
        rows = corpus(7) + [{"id": "同", "text": "同一篇短文。", "source": s} for s in ("甲", "乙", "乙")]
        expected = told(run(table(rows), containment=0.8))
        for workers in (1, 2, 3):
            Random(workers).shuffle(rows)
            assert told(run(table(rows), containment=0.8, workers=workers)) == expected

    def test_rows_without_text_or_id_failed(self) -> None:
        rows = [{"id": "a", "text": None}, {"id": None, "text": "短文"}, {"id": "c", "text": "短文"}]
        result = run(table(rows))
        assert result.kept["id"].to_pylist() == ["c"]
        assert result.failed.num_rows == 2

    def test_ids_and_texts_are_data(self) -> None:
        names = [
            "a ",
            "a",
            "a\0",
            "'; DROP TABLE relation_0; --",
            "{documents}",
            "\U0001f600",
            "\ufeffa",
            '"',
        ]
        rows = [{"id": name, "text": f"{name}{{matches}}''"} for name in names]
        assert set(run(table(rows)).kept["id"].to_pylist()) | set(
            run(table(rows)).removed["id"].to_pylist()
        ) == set(names)
        assert run(table(rows)).kept.num_rows + run(table(rows)).removed.num_rows == len(names)

    @pytest.mark.parametrize("workers", [1, 2])
    def test_crowded_buckets_are_told_and_what_goes_is_still_verified(self, workers: int) -> None:
        random = Random(8)
        own = story(random)
        rows = [{"id": f"{n:03}", "text": text([sentence(random), *own])} for n in range(40)]
        random.shuffle(rows)
        with closing(DuckDB(None, workers)) as engine:
            options = Options(Likeness(most=5), ())
            found = decide(engine, [Rows(table(rows), Fields("text", "id"))], options).found
            kept = [
                id
                for b in engine.batches("SELECT kept_id FROM {r}", r=found.removed)
                for id in b[0].to_pylist()
            ]
        assert found.crowded > 0
        assert kept == ["000"] * 39

    def test_a_library_gets_its_own_kind_back(self) -> None:
        pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
        rows = table(corpus(9, 6))
        expected = set(run(rows).kept["id"].to_pylist())
        frame = rows.to_pandas().set_index(pandas.Index(range(5, 5 + rows.num_rows)))
        assert set(dedup(frame, id_field="id").kept["id"]) == expected
        assert dedup(frame, id_field="id").kept.index.isin(frame.index).all()
        assert set(dedup(polars.DataFrame(rows), id_field="id").kept["id"]) == expected
        relation = dedup(duckdb.from_arrow(rows), id_field="id").removed
        assert isinstance(relation, duckdb.DuckDBPyRelation)

    def test_frames_that_are_cleaned_are_compared(self) -> None:
        pandas = pytest.importorskip("pandas")
        texts = ["一条短讯。", "一条短讯", "坏\ud800的短讯"]
        mixed = pandas.DataFrame(
            {"id": [1, "乙", "丙\ud800"], "day": ["2024", 3, {}], "text": texts}, dtype=object
        )
        done = dedup(mixed, id_field="id")
        pandas.testing.assert_frame_equal(done.kept, mixed.iloc[[0, 2]])
        assert done.removed["id"].tolist() == ["乙"]
        gone = pandas.DataFrame({"id": [12345678901, 12345678902, None], "text": ["一条短讯。"] * 3})
        assert dedup(gone, id_field="id").removed["id"].tolist() == ["12345678902"]
        for none in ([], [None, None]):
            frame = pandas.DataFrame({"text": pandas.Series(none, dtype=object)})
            assert (len(dedup(frame).kept), len(dedup(frame).failed)) == (0, len(none))
        with pytest.raises(ValueError, match="field 'text' holds something else than text"):
            dedup(pandas.DataFrame({"text": ["一条短讯。", 5]}))

    def test_categories_are_those_of_the_texts_without_boilerplate(self) -> None:
        pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
        notice = "返回搜狐，查看更多"
        given = [f"市图书馆今日开放。{notice}", f"地铁四号线昨日开通。{notice}"]
        expected = ["市图书馆今日开放。", "地铁四号线昨日开通。"]
        frame = pandas.DataFrame({"text": pandas.Categorical(given)})
        assert dedup(frame, boilerplate=[notice]).kept["text"].tolist() == expected
        for kind in (polars.Categorical, polars.Enum(given)):
            series = polars.Series(given, dtype=kind)
            kept = dedup(polars.DataFrame({"text": series}), boilerplate=[notice]).kept
            assert kept["text"].to_list() == expected

    @pytest.mark.parametrize(
        "options",
        [{"threshold": 0.0}, {"threshold": 1.1}, {"containment": 0.0}, {"workers": 0}, {"engine": "sqlite"}],
    )
    def test_options_that_mean_nothing(self, options: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match="must be"):
            dedup(articles("短文"), id_field="id", **options)

    @pytest.mark.parametrize(
        ("data", "options", "error"),
        [
            (articles("一条短讯。"), {"output": "out"}, TypeError),
            (articles("一条短讯。"), {"index": "seen.db"}, TypeError),
            (articles("一条短讯。"), {"replace": True}, TypeError),
            (articles("一条短讯。"), {"text_field": "body"}, ValueError),
            (["一条短讯。"], {}, TypeError),
            (5, {}, TypeError),
            ("a.jsonl", {"output": "out", "engine": "abacus"}, ValueError),
            ("a.jsonl", {"output": "out", "engine": "spark", "index": "seen.db"}, ValueError),
            ("a.jsonl", {"output": "out", "workers": 0}, ValueError),
        ],
    )
    def test_options_that_do_not_go_together(
        self, data: Any, options: dict[str, Any], error: type[Exception]
    ) -> None:
        with pytest.raises(error):
            dedup(data, **options)

    def test_a_batch_of_rows_is_a_table(self) -> None:
        (batch,) = articles(*FIRST, FIRST[0]).to_batches()
        assert dedup(batch, id_field="id").removed.num_rows == 1


class TestFixpoint:
    edges = st.lists(
        st.tuples(st.integers(0, 30), st.integers(0, 30)).filter(lambda pair: pair[0] < pair[1]), max_size=80
    )

    @settings(max_examples=30)
    @given(edges)
    def test_rounds_of_sql_come_to_what_one_pass_comes_to(self, edges: list[tuple[int, int]]) -> None:
        gone: set[int] = set()
        for v in range(31):
            if any(u not in gone for u, w in edges if w == v):
                gone.add(v)
        for at_once in (0, 10, 10**6):
            assert self._gone(edges, at_once) == gone

    def _gone(self, edges: list[tuple[int, int]], at_once: int) -> set[int]:
        columns = {
            "u": pa.array([u for u, _ in edges], pa.int64()),
            "v": pa.array([v for _, v in edges], pa.int64()),
            "v_key": pa.array([bytes([v]) for _, v in edges], pa.binary()),
        }
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(plan, "IN_MEMORY", at_once)
            engine = DuckDB(None)
            relation = plan._fixpoint(engine, engine.relation(pa.table(columns)))
            found = {
                n
                for batch in engine.batches("SELECT node FROM {r}", r=relation)
                for n in batch["node"].to_pylist()
            }
            engine.close()
        return found


class TestBoilerplate:
    notice = NOTICE.format(site="青石网")
    stories = tuple(story(Random(n), 9) for n in range(5))

    def rows(self) -> list[dict[str, Any]]:
        texts = [text(own) + "\n" + self.notice for own in self.stories]
        return [{"id": f"{n}", "text": t} for n, t in enumerate(texts)]

    def test_recurs_at_the_edges_of_several_stories(self) -> None:
        result = run(table(self.rows()), boilerplate=True)
        assert "".join(sorted(result.boilerplate["text"].to_pylist(), key=self.notice.index)) == self.notice
        assert set(result.boilerplate["stories"].to_pylist()) == {5}
        assert result.kept["text"].to_pylist() == [text(own) for own in self.stories]

    def test_a_story_that_many_carry_is_none(self) -> None:
        own, lead = story(Random(11), 9), "{}网讯　"
        rows = [{"id": f"{n}", "text": lead.format(p) + text(own)} for n, p in enumerate("甲乙丙丁戊己")]
        result = run(table(rows), boilerplate=True)
        assert result.boilerplate.num_rows == 0
        assert result.kept.num_rows == 1

    def test_what_recurs_inside_stories_is_quotation(self) -> None:
        said = "商会负责人说，双方将继续就价格问题进行磋商。"
        rows = [
            {"id": f"{n}", "text": text([*own[:4], said, *own[4:]])} for n, own in enumerate(self.stories)
        ]
        assert run(table(rows), boilerplate=True).boilerplate.num_rows == 0

    def test_short_stories_under_one_notice_are_not_near(self) -> None:
        notice = "".join(NOTICE.format(site=site) for site in ("青石网", "北塘网", "云岭网", "南浦网"))
        rows = [{"id": f"{n}", "text": f"{s}\n{notice}"} for n, s in enumerate(FIRST)]
        assert run(table(rows)).kept.num_rows < 5
        result = run(table(rows), boilerplate=True)
        assert result.kept.num_rows == len(rows)
        assert result.boilerplate["stories"].to_pylist() == [9] * 8

    @pytest.mark.parametrize(
        "said",
        [
            "一审法院判处其有期徒刑三年。",
            "犯罪嫌疑人已被依法刑事拘留。",
            "所幸无人员伤亡。",
            "会议还研究了其他事项。",
        ],
    )
    @pytest.mark.parametrize("between", ["", "\n"])
    def test_stock_sentences_of_the_news_are_none(self, said: str, between: str) -> None:
        rows = [{"id": f"{n}", "text": text(own) + between + said} for n, own in enumerate(self.stories)]
        assert run(table(rows), boilerplate=True).boilerplate.num_rows == 0
        assert run(table(rows), boilerplate=Recurrence(news=True)).boilerplate.num_rows == 1

    def test_nor_the_first_sentence_that_several_stories_begin_with(self) -> None:
        said = "国家主席今天上午在人民大会堂会见来访的外国总理。"
        rows = [{"id": f"{n}", "text": said + text(own)} for n, own in enumerate(self.stories)]
        assert run(table(rows), boilerplate=True).boilerplate.num_rows == 0

    @pytest.mark.parametrize(
        "said",
        [
            "返回青石，查看更多",
            "责任编辑：李明",
            "（责任编辑：李明）",
            "免责声明：以上内容不构成投资建议，据此操作风险自担。",
            "下载青石新闻客户端，随时看新闻。",
            "版权所有，未经授权不得转载。",
            "欢迎关注青石晚报微信公众号",
            "青石晚报 北塘日报",
        ],
    )
    def test_what_a_page_adds_is(self, said: str) -> None:
        rows = [{"id": f"{n}", "text": text(own) + "\n" + said} for n, own in enumerate(self.stories)]
        result = run(table(rows), boilerplate=True)
        assert result.kept["text"].to_pylist() == [text(own) for own in self.stories]

    def test_what_stands_between_a_notice_and_the_edge_belongs_to_it(self) -> None:
        notice = "免责声明：以上是作者个人观点。\n本地的天气一年四季都很好。\n大家都喜欢到这里来。"
        rows = [{"id": f"{n}", "text": text(own) + "\n" + notice} for n, own in enumerate(self.stories)]
        assert run(table(rows), boilerplate=True).boilerplate.num_rows == 3

    def test_who_lost_what_is_told(self) -> None:
        result = run(table(self.rows()), boilerplate=True)
        texts = {row["id"]: row["text"] for row in self.rows()}
        told = result.stripped.to_pylist()
        assert [row["id"] for row in told] == result.kept["id"].to_pylist()
        for row, kept in zip(told, result.kept["text"].to_pylist(), strict=True):
            assert texts[row["id"]][row["start"] : row["end"]] == row["text"]
            assert texts[row["id"]][: row["start"]] + texts[row["id"]][row["end"] :] == kept
        assert run(table(self.rows())).stripped is None

    def test_copies_of_which_each_begins_a_little_differently_are_one_story(self) -> None:
        own = story(Random(12), 9)
        rows = [
            {"id": name, "text": f"{name}报讯（记者{name}明）昨天上午，{text(own)}"}
            for name in "甲乙丙丁戊己"
        ]
        result = run(table(rows), boilerplate=True)
        assert (result.boilerplate.num_rows, result.kept.num_rows) == (0, 1)

    def test_an_article_that_is_nothing_else_stays_as_it_is_marked(self) -> None:
        rows = [*self.rows(), {"id": "空", "text": self.notice}, {"id": "空二", "text": self.notice}]
        result = run(table(rows), boilerplate=True)
        assert result.marked.to_pylist() == [
            {"id": name, "mark": "boilerplate-only"} for name in ("空", "空二")
        ]
        assert result.kept["text"].to_pylist()[-2:] == [self.notice] * 2

    def test_a_list_that_was_looked_through(self) -> None:
        first, second = self.notice.split("。")[:2]
        result = run(table(self.rows()), boilerplate=[second + "。"])
        assert result.kept["text"].to_pylist()[0].endswith(first + "。")

    def test_thresholds(self) -> None:
        assert run(table(self.rows()), boilerplate=Recurrence(least=6)).boilerplate.num_rows == 0
        with pytest.raises(ValueError, match="at least 2"):
            Recurrence(least=1)


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not there")
class TestSyndicated:
    def rows(self) -> pa.Table:
        with gzip.open(SHARED / "syndicated.jsonl.gz") as lines:
            return pa.Table.from_pylist([json.loads(line) for line in lines])

    def pairs(self) -> list[dict[str, Any]]:
        with gzip.open(SHARED / "syndicated_pairs.jsonl.gz") as lines:
            return [json.loads(line) for line in lines]

    def test_every_seed_finds_the_pairs(self) -> None:
        from zhclean.corpus.deduplication.minhash import bands, layout, sketch

        rows = self.rows()
        number = {name: n for n, name in enumerate(rows["id"].to_pylist())}
        texts, shape = solid(rows["text"].to_pylist()), layout(0.7)
        found = Counter[tuple[str, str]]()
        near = [(p["a"], p["b"]) for p in self.pairs() if p["jaccard"] >= 0.7]
        for seed in range(20):
            own = bands(sketch(texts, shape.slots, seed), shape)
            found.update(pair for pair in near if (own[number[pair[0]]] == own[number[pair[1]]]).any())
        assert all(found[p["a"], p["b"]] == 20 for p in self.pairs() if p["jaccard"] >= 0.75)
        assert found.total() >= 0.995 * 20 * len(near)

    def test_articles_that_are_one_notice_stay(self) -> None:
        result = run(self.rows(), boilerplate=True, containment=0.9)
        assert result.marked["mark"].to_pylist() == ["boilerplate-only"] * 6
        removed = set(result.removed["id"].to_pylist())
        assert not removed & set(result.marked["id"].to_pylist())
