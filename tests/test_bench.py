"""``zhclean bench``: what is counted, what is recommended, and what happens to files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import Result

import zhclean
from tests.command_line import invoke
from zhclean.bench.advice import advice
from zhclean.bench.measuring import Figures, Measuring, StageFigures, Timed
from zhclean.bench.sampling import Sample, Text
from zhclean.bench.words import words
from zhclean.corpus.reading.fields import Fields
from zhclean.corpus.reading.sources import find
from zhclean.presets import PRESETS

CLEAN = "县图书馆新馆上周开放，首日接待读者三千余人。\n馆内设有盲文阅览区，每天开放到晚上九点。\n"
DAMAGED = "县图书馆新馆于２０２３年开放,首日接待读者三千余人。\n县图书馆新馆于２０２３年开放,首日接待读者三千余人。\n"
PRINTED = "本市今年新建公园二十座，市民出门就能\n\n— 3 —\n\n看到绿地，孩子们有了玩耍的地方。\n\n— 4 —\n"


@pytest.fixture(autouse=True)
def _in_a_directory_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str) -> Result:
    return invoke(["bench", *arguments])


def write(name: str, text: str = DAMAGED, encoding: str = "utf-8") -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(text.encode(encoding))
    return name


def measured(texts: Iterable[str], stages: Iterable[zhclean.Stage] = zhclean.STAGES) -> Figures:
    measuring = Measuring(list(stages))
    for number, text in enumerate(texts):
        measuring.add(Text(str(number), text))
    return measuring.figures


def keys(figures: Figures) -> list[str]:
    return [each.key for each in advice(figures)]


class TestFigures:
    def test_count_what_explain_tells(self) -> None:
        figures, edits = measured([DAMAGED, CLEAN]), zhclean.explain(DAMAGED).edits
        for name, stage in figures.stages.items():
            assert stage.edits == sum(name in edit.stage.split("+") for edit in edits)
        assert (figures.texts, figures.changed) == (2, 1)
        assert figures.bytes == len((DAMAGED + CLEAN).encode())

    def test_a_timed_stage_is_the_stage(self) -> None:
        for text in (CLEAN, DAMAGED, PRINTED):
            timed = [Timed(stage) for stage in zhclean.STAGES]
            assert zhclean.clean(text, timed) == zhclean.clean(text)
            assert all(each.seconds >= 0 for each in timed)

    def test_the_share_that_is_repeated(self) -> None:
        assert measured([CLEAN]).repeated == 0
        assert measured([CLEAN + CLEAN]).repeated >= len(CLEAN) - 1

    def test_texts_that_are_copies_when_they_are_clean(self) -> None:
        assert measured([CLEAN, DAMAGED, CLEAN.replace("，", ",")]).copies == 1

    def test_an_example_tells_where_it_is_from(self) -> None:
        (example,) = measured([CLEAN, "开馆于２０２３年。"]).stages["width"].examples
        assert (example.text, example.old, example.new) == ("1", "２０２３", "2023")
        assert (example.before, example.after) == ("开馆于", "年。")

    def test_examples_are_few_and_differ(self) -> None:
        stage = measured([DAMAGED] * 20).stages["width"]
        assert len({example.reason for example in stage.examples}) == len(stage.examples) <= 3


class TestAdvice:
    def test_the_default_where_nothing_else_is_found(self) -> None:
        assert keys(measured([CLEAN, "会议于昨天闭幕。"])) == ["nothing"]

    def test_a_preset_for_pages_of_print(self) -> None:
        (each,) = [each for each in advice(measured([PRINTED])) if each.options]
        assert each.options == ("--preset", "epaper")

    def test_a_preset_for_scanned_pages(self) -> None:
        figures = Figures({}, texts=10, furniture=20, spaced=60, meeting=40)
        assert advice(figures)[0].options == ("--preset", "ocr")

    def test_few_places_say_nothing_of_a_recogniser(self) -> None:
        assert keys(Figures({}, texts=10, furniture=20, spaced=3, meeting=0)) == ["epaper"]

    def test_recommended_presets_exist(self) -> None:
        assert {"epaper", "ocr"} <= set(PRESETS)

    def test_script_for_traditional_text(self) -> None:
        assert "traditional" in keys(measured(["縣圖書館新館上週開放，讀者很滿意。"]))

    def test_not_script_where_it_runs_already(self) -> None:
        text = "縣圖書館新館上週開放，讀者很滿意。"
        assert "traditional" not in keys(measured([text], [zhclean.Script()]))

    def test_mojibake_is_not_taken_for_traditional(self) -> None:
        misread = (CLEAN * 2).encode().decode("gb18030", "replace")
        assert keys(measured([misread])).count("traditional") == 0

    def test_skipping_a_stage_that_costs_and_finds_nothing(self) -> None:
        idle, busy = StageFigures("unwrap", 3.0), StageFigures("width", 1.0, edits=9)
        figures = Figures({"unwrap": idle, "width": busy}, bytes=10**6, texts=9)
        assert [each.options for each in advice(figures)] == [("--skip", "unwrap")]

    def test_not_skipping_on_little_text(self) -> None:
        figures = Figures({"unwrap": StageFigures("unwrap", 3.0)}, bytes=1000, texts=9)
        assert keys(figures) == ["nothing"]

    def test_deduplication_where_texts_are_copies(self) -> None:
        assert "copies" in keys(measured([CLEAN, CLEAN]))

    def test_looking_at_the_source_of_mojibake(self) -> None:
        assert "misread" in keys(measured([CLEAN.encode().decode("latin-1")]))

    def test_every_recommendation_has_words_in_both_languages(self) -> None:
        english, chinese = words("en"), words("zh")
        assert english.keys() == chinese.keys()
        for key, text in english.items():
            assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", chinese[key])), key


class TestSample:
    def sample(self, *paths: str, limit: int) -> tuple[Sample, list[Text]]:
        sample = Sample(find(paths), Fields(), limit)
        return sample, list(sample)

    def test_a_small_corpus_is_read_whole(self) -> None:
        for number in range(5):
            write(f"corpus/{number}.txt")
        sample, texts = self.sample("corpus", limit=10**6)
        assert sample.whole
        assert {text.name for text in texts} == {f"corpus/{number}.txt" for number in range(5)}

    def test_of_a_large_one_each_file_gives_its_share(self) -> None:
        rows = [json.dumps({"text": CLEAN}, ensure_ascii=False) for _ in range(50)]
        for name in ("a", "b", "c", "d"):
            write(f"corpus/{name}.jsonl", "\n".join(rows))
        sample, texts = self.sample("corpus", limit=20 * len(CLEAN.encode()))
        assert not sample.whole
        assert {text.name.split(":")[0] for text in texts} == {f"corpus/{n}.jsonl" for n in "abcd"}
        assert 20 <= len(texts) <= 24

    def test_what_a_small_file_leaves_goes_to_the_others(self) -> None:
        write("corpus/a.txt", "短。")
        write("corpus/b.jsonl", json.dumps({"text": CLEAN}, ensure_ascii=False) + "\n")
        sample, texts = self.sample("corpus", limit=len(CLEAN.encode()) + 50)
        assert sample.whole
        assert len(texts) == 2

    def test_of_one_long_text_the_lines_of_its_beginning(self) -> None:
        write("long.txt", CLEAN * 100)
        sample, (text,) = self.sample("long.txt", limit=1000)
        assert not sample.whole
        assert text.text.endswith("\n")
        assert (CLEAN * 100).startswith(text.text)
        assert 0 < len(text.text.encode()) <= 1000

    def test_the_same_each_time(self) -> None:
        for number in range(30):
            write(f"corpus/{number}.txt", f"第{number}号馆上周开放。" * 20)
        assert self.sample("corpus", limit=3000)[1] == self.sample("corpus", limit=3000)[1]


class TestCommand:
    def test_a_table(self) -> None:
        result = run(write("page.txt"))
        assert (result.exit_code, result.stderr) == (0, "")
        assert "Texts: 1" in result.stdout
        for stage in zhclean.STAGES:
            assert re.search(rf"^ *{stage.name} ", result.stdout, re.MULTILINE), stage.name
        assert "full-width letters or digits" in result.stdout

    def test_in_chinese(self) -> None:
        result = run(write("page.txt"), "--lang", "zh")
        assert "清理这个语料会怎样" in result.stdout
        assert "全角字母或数字" in result.stdout

    def test_says_when_it_is_a_sample(self) -> None:
        result = run(write("long.txt", CLEAN * 100), "--limit-mb", "0.002")
        assert "A sample" in result.stdout
        assert "--limit-mb 0.002" in result.stdout

    def test_ends_with_a_command_line_that_runs(self) -> None:
        result = run(write("page.txt", PRINTED))
        assert "zhclean clean --preset epaper …" in result.stdout
        cleaned = invoke(["clean", "--preset", "epaper", "page.txt"])
        assert cleaned.exit_code == 0

    def test_stages_are_chosen_as_everywhere(self) -> None:
        run(write("page.txt"), "--only", "width", "--json", "found.json")
        found = json.loads(Path("found.json").read_text("utf-8"))
        assert [stage["name"] for stage in found["stages"]] == ["width"]

    def test_json(self) -> None:
        assert run(write("page.txt"), "--json", "found.json").exit_code == 0
        found = json.loads(Path("found.json").read_text("utf-8"))
        assert found["corpus"]["texts"] == 1
        assert 0.99 < sum(stage["share"] for stage in found["stages"]) < 1.01
        assert 0 < found["repeated_share"] < 1
        assert found["damage"]["worst"] == [{"text": "page.txt", "damage": zhclean.explain(DAMAGED).damage}]
        width = next(stage for stage in found["stages"] if stage["name"] == "width")
        assert width["reasons"] == {"full-width letters or digits": width["edits"]}

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_a_picture(self, language: str) -> None:
        assert run(write("page.txt"), "--picture", "found.svg", "--lang", language).exit_code == 0
        root = ElementTree.parse("found.svg").getroot()
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        texts = "".join(root.itertext())
        assert words(language)["picture_title"] in texts
        assert "prefers-color-scheme: dark" in texts
        assert "unwrap" in texts

    def test_nothing_is_changed(self) -> None:
        run(write("page.txt"))
        assert Path("page.txt").read_bytes() == DAMAGED.encode()
        assert [path.name for path in Path().iterdir()] == ["page.txt"]

    def test_any_chinese_encoding(self) -> None:
        result = run(write("page.txt", CLEAN, "gb18030"), "--json", "found.json")
        assert result.exit_code == 0
        assert json.loads(Path("found.json").read_text("utf-8"))["changed_texts"] == 0


class TestErrors:
    def one_line(self, result: Result) -> str:
        assert result.exit_code == 2
        assert result.stdout == ""
        (line,) = result.stderr.splitlines()
        return line

    def test_no_such_file(self) -> None:
        assert self.one_line(run("gone.txt")) == "zhclean: gone.txt: no such file or directory"

    def test_no_texts(self) -> None:
        Path("empty").mkdir()
        assert "empty: no file with a known ending" in self.one_line(run("empty"))

    @pytest.mark.parametrize("option", ["--json", "--picture"])
    def test_an_output_that_exists(self, option: str) -> None:
        write("there", "mine")
        assert "there: output exists; --force replaces it" in self.one_line(
            run(write("page.txt"), option, "there")
        )
        assert Path("there").read_text("utf-8") == "mine"
        assert run("page.txt", option, "there", "--force").exit_code == 0
        assert Path("there").read_text("utf-8") != "mine"

    @pytest.mark.parametrize("option", ["--json", "--picture"])
    def test_an_output_that_is_an_input(self, option: str) -> None:
        write("corpus/page.txt")
        line = self.one_line(run("corpus", option, "./corpus/page.txt", "--force"))
        assert line == "zhclean: ./corpus/page.txt: is one of the inputs"
        assert Path("corpus/page.txt").read_bytes() == DAMAGED.encode()

    @pytest.mark.parametrize("option", ["--json", "--picture"])
    def test_standard_output_for_a_file(self, option: str) -> None:
        assert "--json and --picture write files" in self.one_line(run(write("page.txt"), option, "-"))
        assert not Path("-").exists()

    def test_an_output_nowhere(self) -> None:
        assert "no such directory" in self.one_line(run(write("page.txt"), "--json", "gone/found.json"))

    def test_one_file_for_two_outputs(self) -> None:
        line = self.one_line(run(write("page.txt"), "--json", "found", "--picture", "./found"))
        assert line == "zhclean: --json and --picture name one file; give each its own"

    @pytest.mark.parametrize("limit", ["0", "-1", "nan", "inf"])
    def test_a_limit_that_is_no_size(self, limit: str) -> None:
        assert "--limit-mb" in self.one_line(run(write("page.txt"), "--limit-mb", limit))

    def test_nothing_readable(self) -> None:
        Path("page.txt").write_bytes(bytes(range(256)) * 20)
        result = run("page.txt", "--json", "found.json")
        assert result.exit_code == 2
        assert result.stderr.splitlines()[0].startswith("zhclean: page.txt: ")
        assert not Path("found.json").exists()

    def test_a_broken_row_is_told_and_stops_no_other(self) -> None:
        write("rows.jsonl", json.dumps({"text": CLEAN}) + "\n{broken\n" + json.dumps({"text": CLEAN}))
        result = run("rows.jsonl", "--json", "found.json")
        assert result.exit_code == 2
        assert result.stderr.startswith("zhclean: rows.jsonl:2: ")
        assert "could not be read: 1; the first: rows.jsonl:2: " in run("rows.jsonl").stdout
        found = json.loads(Path("found.json").read_text("utf-8"))
        assert found["corpus"]["texts"] == 2
        assert [failure["name"] for failure in found["corpus"]["failures"]] == ["rows.jsonl:2"]


def test_text_files_need_no_extra() -> None:
    write("page.txt")
    script = "import sys; sys.modules['pyarrow'] = None; from zhclean.cli import main; sys.argv = ['zhclean', 'bench', 'page.txt']; main()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")


def test_rows_name_the_extra_they_need() -> None:
    write("rows.jsonl", '{"text": "好"}\n')
    script = "import sys; sys.modules['pyarrow'] = None; from zhclean.cli import main; sys.argv = ['zhclean', 'bench', 'rows.jsonl']; main()"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8")
    assert done.returncode == 2
    assert done.stderr == "zhclean: pyarrow is not installed: pip install 'zhclean[corpus]'\n"
