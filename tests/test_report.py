"""The page of `zhclean report`, without a browser: what is in it, and what the command does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import example, given, settings
from hypothesis import strategies as st

import zhclean
from tests.cases import CASES, load
from tests.command_line import invoke
from tests.damaged_news import any_text
from tests.reports import EXAMPLE, HOSTILE, Page, a_megabyte, without_space
from zhclean.edits import Edit, Gap, apply
from zhclean.report.alignment import LONGEST_ROW, rows
from zhclean.report.messages import LANGUAGES, messages, translation

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "src" / "zhclean" / "report"


def document(cleaned: zhclean.Cleaned) -> dict[str, Any]:
    data: dict[str, Any] = Page(zhclean.html_report({"a.txt": cleaned})).data["document-1"]
    return data


def edits_applied(data: dict[str, Any], column: int) -> str:
    """One of the two texts as the page has it, without white space: rows end where lines do."""
    result = []
    for _, *pieces in data["rows"]:
        for piece in pieces:
            if isinstance(piece, str):
                result.append(piece)
            elif isinstance(piece, dict):
                result.append(piece["gap"])
            else:
                texts = piece[1:] if piece[0] == 1 else piece
                result.append([*texts, ""][column])
    return without_space("".join(result))


def side_by_side(source: str, *edits: Edit) -> list[tuple[str, str]]:
    """Both sides of each row, without the white space around them."""
    found = rows(zhclean.Cleaned(source, apply(source, edits), edits))
    sides = (("".join(p.old for p in row.pieces), "".join(p.new for p in row.pieces)) for row in found)
    return [(old.strip(), new.strip()) for old, new in sides]


class TestAlignment:
    @settings(max_examples=40)
    @given(any_text)
    @example("")
    @example("\n\n")
    @example(HOSTILE)
    @example("　　甲" + "乙丙。" * LONGEST_ROW)
    def test_pieces_joined_are_both_texts(self, text: str) -> None:
        cleaned = zhclean.explain(text)
        pieces = [piece for row in rows(cleaned) for piece in row.pieces]
        assert "".join(piece.old for piece in pieces) == cleaned.source
        assert "".join(piece.new for piece in pieces) == cleaned.text
        assert [piece.gap for piece in pieces if piece.gap is not None] == [*range(len(cleaned.gaps))]
        for piece in pieces:
            assert cleaned.source[piece.start :].startswith(piece.old)
            assert cleaned.text[piece.clean_start :].startswith(piece.new)

    @settings(max_examples=100)
    @given(st.data())
    def test_any_edits_and_gaps_can_be_aligned(self, data: st.DataObject) -> None:
        source = data.draw(st.text("甲乙\n\r 。", max_size=24))
        bounds = sorted(data.draw(st.lists(st.integers(0, len(source)), max_size=10)))
        new = st.text("子丑\n ", max_size=4)
        spans = zip(bounds[::2], bounds[1::2], strict=False)
        edits = tuple(Edit(start, end, data.draw(new), "r", stage="s") for start, end in spans)
        ends = st.tuples(st.integers(0, len(source)), st.integers(0, len(source))).map(sorted)
        gaps = tuple(Gap(*span, "r", stage="s") for span in sorted(data.draw(st.lists(ends, max_size=3))))
        cleaned = zhclean.Cleaned(source, apply(source, edits), edits, gaps)
        pieces = [piece for row in rows(cleaned) for piece in row.pieces]
        assert "".join(piece.old for piece in pieces) == source
        assert "".join(piece.new for piece in pieces) == cleaned.text
        assert sorted(piece.gap for piece in pieces if piece.gap is not None) == [*range(len(gaps))]
        document(cleaned)

    def test_lines_that_were_joined_stand_beside_one(self) -> None:
        assert side_by_side(
            "确保服\n\n务业增加值增长。\n\n二是稳就业。", Edit(3, 5, "", "r", stage="unwrap")
        ) == [
            ("确保服\n\n务业增加值增长。", "确保服务业增加值增长。"),
            ("二是稳就业。", "二是稳就业。"),
        ]

    def test_each_removed_paragraph_stands_beside_nothing(self) -> None:
        source = "甲段。\n\n乙段。\n\n丙段。\n\n丁段。"
        for start, end in ((3, 13), (5, 15)):
            assert side_by_side(source, Edit(start, end, "", "r", stage="repeats")) == [
                ("甲段。", "甲段。"),
                ("乙段。", ""),
                ("丙段。", ""),
                ("丁段。", "丁段。"),
            ]

    def test_a_moved_paragraph_has_a_row_of_its_own(self) -> None:
        source = "这得益于当地推行的一站式审\n\n图为工人在作业。\n\n批服务。\n\n目前已有三十家企业入驻。"
        at = source.index("批")
        removed = Edit(13, at, "", "r", stage="unwrap", group=0)
        inserted = Edit(at + 4, at + 4, "\n\n图为工人在作业。", "r", stage="unwrap", group=0)
        assert [new for _, new in side_by_side(source, removed, inserted)] == [
            "这得益于当地推行的一站式审批服务。",
            "图为工人在作业。",
            "目前已有三十家企业入驻。",
        ]

    def test_one_endless_line_is_cut_behind_sentences(self) -> None:
        cleaned = zhclean.explain("云溪区全年新开工项目三十八个。" * 2000, [])
        found = rows(cleaned)
        assert all(row.pieces[-1].old.endswith("。") for row in found)
        assert max(len(piece.old) for row in found for piece in row.pieces) < 2 * LONGEST_ROW
        assert [row.continues for row in found] == [False, *[True] * (len(found) - 1)]


class TestPage:
    @settings(max_examples=20)
    @given(any_text)
    @example(HOSTILE)
    def test_holds_both_texts(self, text: str) -> None:
        cleaned = zhclean.explain(text)
        data = document(cleaned)
        assert edits_applied(data, 0) == without_space(cleaned.source)
        assert edits_applied(data, 1) == without_space(cleaned.text)

    def test_text_is_never_markup(self) -> None:
        harmless, hostile = (
            Page(zhclean.html_report({name: zhclean.explain(text, [])}))
            for name, text in (("a.txt", "文"), (f"{HOSTILE}.txt", HOSTILE))
        )
        tags = [(tag, name) for tag, name, _ in harmless.attributes]
        assert [(tag, name) for tag, name, _ in hostile.attributes] == tags
        assert hostile.scripts == harmless.scripts
        assert edits_applied(hostile.data["document-1"], 0) == without_space(HOSTILE)
        assert hostile.data["document-1"]["name"] == f"{HOSTILE}.txt"

    def test_leads_nowhere(self) -> None:
        page = Page(
            zhclean.html_report({"a.txt": zhclean.explain(EXAMPLE), "b.txt": zhclean.explain(HOSTILE)})
        )
        links = [
            value for _, name, value in page.attributes if name in ("href", "src", "srcset", "action", "data")
        ]
        assert links
        assert {value for value in links if value[:1] != "#"} == {"data:,"}
        code = "".join(page.scripts + page.styles)
        assert not re.search(
            r"url\(|@import|\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|import\(|innerHTML|eval\(", code
        )
        assert set(re.findall(r"https?://[^\"'\s]+", code)) == {
            "http://www.w3.org/2000/svg"
        }  # a name, not a place

    def test_its_policy_allows_its_own_scripts_and_nothing_else(self) -> None:
        page = Page(zhclean.html_report({"a.txt": zhclean.explain(EXAMPLE)}))
        directives = dict(
            part.strip().split(" ", 1) for part in page.content("Content-Security-Policy").split(";")
        )
        assert directives.pop("img-src") == "data:"
        for kind, codes in (("script-src", page.scripts), ("style-src", page.styles)):
            digests = [f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'" for code in codes]
            assert directives.pop(kind) == " ".join(digests)
        assert directives == dict.fromkeys(("default-src", "base-uri", "form-action"), "'none'")

    def test_is_small_besides_the_text(self) -> None:
        cleaned = a_megabyte()
        assert len(cleaned.edits) > 10_000
        texts = len(cleaned.source.encode()) + sum(len(edit.new.encode()) for edit in cleaned.edits)
        assert len(zhclean.html_report({"a.txt": cleaned})) - texts < 300_000
        assert len(zhclean.html_report({"a.txt": zhclean.explain("文")})) < 100_000

    def test_is_the_same_each_time(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(EXAMPLE, "utf-8")
        (tmp_path / "b.txt").write_text(EXAMPLE * 2, "utf-8")
        pages = []
        for seed in "12":
            command = [sys.executable, "-m", "zhclean", "report", "a.txt", "b.txt", "-o", f"{seed}.html"]
            subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
            pages.append((tmp_path / f"{seed}.html").read_bytes())
        assert pages[0] == pages[1]

    def test_the_worst_comes_first(self) -> None:
        texts = {"clean.txt": "文。", "bad.txt": "锟斤拷锟斤拷", "so-so.txt": "会议将于２０２３年举行。"}
        page = Page(zhclean.html_report({name: zhclean.explain(text) for name, text in texts.items()}))
        documents = [page.data[f"document-{n}"] for n in (1, 2, 3)]
        assert [data["name"] for data in documents] == ["bad.txt", "so-so.txt", "clean.txt"]
        assert [data["damage"] for data in documents] == sorted(
            (d["damage"] for d in documents), reverse=True
        )

    def test_confidence_is_never_rounded_to_certainty(self) -> None:
        edits = (Edit(0, 1, "", "r", 0.99996, stage="s"), Edit(1, 2, "", "r", stage="s"))
        data = document(zhclean.Cleaned("甲乙", "", edits))
        assert [permille for _, _, permille in data["causes"]] == [999, 1000]

    @pytest.mark.parametrize("language", ["fr", "", "EN"])
    def test_no_other_language(self, language: str) -> None:
        with pytest.raises(ValueError, match="language must be one of en, zh"):
            zhclean.html_report({"a": zhclean.explain("文")}, language=language)

    def test_no_report_of_nothing(self) -> None:
        with pytest.raises(ValueError, match="at least one text"):
            zhclean.html_report({})

    def test_every_other_character_of_one_line_may_be_an_edit(self) -> None:
        edits = tuple(Edit(n, n + 1, "", "r", stage="s", group=0) for n in range(0, 40_000, 2))
        data = document(zhclean.Cleaned("甲" * 40_000, "甲" * 20_000, edits))
        assert len(data["findings"]) == 20_000


class TestMessages:
    def test_languages_say_the_same(self) -> None:
        assert len({frozenset(messages(language)) for language in LANGUAGES}) == 1
        for key, text in messages("en").items():
            chinese = messages("zh")[key]
            assert isinstance(text, str) is isinstance(chinese, str)
            forms = [text, chinese] if isinstance(text, str) else [*text.values(), *chinese.values()]
            assert len({frozenset(re.findall(r"\{\w+\}", form)) for form in forms}) == 1, key

    def test_each_is_said_somewhere(self) -> None:
        code = "".join(path.read_text("utf-8") for path in REPORT.rglob("*.j2"))
        code += "".join(path.read_text("utf-8") for path in REPORT.rglob("*.js"))
        names = set(re.findall(r"""["'](\w+)["']|(?:say="|messages\.en\.)(\w+)""", code))
        said = {name for pair in names for name in pair}
        assert {key for key in messages("en") if key not in said and not key.startswith("stage_")} == set()

    def test_each_stage_is_put_in_words(self) -> None:
        for stage in (*zhclean.STAGES, *zhclean.OPTIONAL_STAGES):
            assert f"stage_{stage.name}" in messages("zh")

    def test_reasons_are_translated(self) -> None:
        """Those of all cases; names of characters may stay in English."""
        shipped = {stage.name: stage for stage in (*zhclean.STAGES, *zhclean.OPTIONAL_STAGES)}
        missing = set()
        for case in (case for path in sorted(CASES.glob("*.md")) for case in load(path)):
            cleaned = zhclean.explain(case.source, [shipped[name] for name in case.stages or shipped])
            for change in (*cleaned.edits, *cleaned.gaps):
                missing |= {reason for reason in change.reason.split("; ") if translation(reason) is None}
        assert {
            reason for reason in missing if not all(map(is_name_of_character, reason.split(", ")))
        } == set()


def is_name_of_character(text: str) -> bool:
    try:
        return bool(unicodedata.lookup(text.upper()))
    except KeyError:
        return text.startswith("control character U+")


class TestCommand:
    @pytest.fixture(autouse=True)
    def _in_a_directory_of_its_own(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("a.txt").write_text(EXAMPLE, "utf-8")

    def run(self, *arguments: str, stdin: bytes = b"") -> Result:
        return invoke(["report", *arguments], stdin)

    def test_writes_the_report(self) -> None:
        result = self.run("a.txt", "-o", "r.html")
        assert (result.exit_code, result.output) == (0, "")
        expected = zhclean.explain(EXAMPLE)
        data = Page(Path("r.html").read_bytes()).data["document-1"]
        assert (data["name"], data["encoding"], data["edits"]) == ("a.txt", "utf-8", len(expected.edits))
        assert sorted(map(str, Path().iterdir())) == ["a.txt", "r.html"]

    def test_reads_standard_input(self) -> None:
        assert self.run("-o", "r.html", stdin="会议将于２０２３年举行。".encode("gbk")).exit_code == 0
        data = Page(Path("r.html").read_bytes()).data["document-1"]
        assert (data["name"], data["encoding"]) == ("standard input", "gb18030")

    def test_a_dash_is_standard_output(self) -> None:
        self.run("a.txt", "-o", "r.html")
        result = self.run("a.txt", "-o", "-")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout_bytes == Path("r.html").read_bytes()
        assert not Path("-").exists()

    def test_runs_the_stages_chosen(self) -> None:
        assert self.run("a.txt", "-o", "r.html", "--only", "width").exit_code == 0
        assert Page(Path("r.html").read_bytes()).data["document-1"]["stages"] == ["width"]

    def test_speaks_the_language_chosen(self) -> None:
        for arguments, language in (((), "auto"), (("--lang", "zh"), "zh"), (("--lang", "en"), "en")):
            assert self.run("a.txt", "-o", "r.html", "--force", *arguments).exit_code == 0
            page = Page(Path("r.html").read_bytes())
            assert page.data["settings"]["language"] == language
            assert ("html", "lang", "zh" if language == "zh" else "en") in page.attributes
            assert ("".join(page.texts).find("改动") > 0) is (language == "zh")

    def test_names_a_bad_file_and_reports_the_others(self) -> None:
        Path("noise.bin").write_bytes(bytes(range(256)) * 40)
        result = self.run("noise.bin", "a.txt", "missing.txt", "-o", "r.html")
        assert result.exit_code == 2
        lines = result.stderr.splitlines()
        assert lines[0].startswith("zhclean: noise.bin: ")
        assert lines[1] == "zhclean: missing.txt: No such file or directory"
        page = Page(Path("r.html").read_bytes())
        assert page.data["document-1"]["name"] == "a.txt"
        assert page.data["settings"]["index"] is True
        assert {"noise.bin", "missing.txt"} <= set(page.texts)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["missing.txt", "-o", "r.html"], "missing.txt: No such file or directory"),
            (["a.txt", "-o", "none/r.html"], "none/r.html: no such directory"),
            (["a.txt", "-o", "."], ".: Is a directory"),
            (["a.txt", "-o", "old.html"], "old.html: output exists; --force replaces it"),
            (["a.txt", "-o", "./a.txt", "--force"], "./a.txt: is one of the inputs"),
            (["a.txt"], "Missing option '-o' / '--output'."),
            (
                ["a.txt", "-o", "r.html", "--lang", "fr"],
                "Invalid value for '--lang': 'fr' is not one of 'en', 'zh'.",
            ),
            (["a.txt", "-o", "r.html", "--skip", "widht"], "unknown stage 'widht'"),
        ],
    )
    def test_what_cannot_be_done_is_said_in_a_line_and_nothing_is_written(
        self, arguments: list[str], message: str
    ) -> None:
        Path("old.html").write_text("old", "utf-8")
        before = {path: path.read_bytes() for path in Path().iterdir()}
        result = self.run(*arguments)
        assert result.exit_code == 2
        (line,) = result.stderr.splitlines()
        assert line.startswith(f"zhclean: {message}")
        assert {path: path.read_bytes() for path in Path().iterdir()} == before

    def test_an_old_report_stays_until_the_new_one_is_whole(self, monkeypatch: pytest.MonkeyPatch) -> None:
        Path("r.html").write_text("old", "utf-8")

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        result = self.run("a.txt", "-o", "r.html", "--force")
        assert (result.exit_code, result.stderr) == (2, "zhclean: r.html: No space left on device\n")
        assert sorted(map(str, Path().iterdir())) == ["a.txt", "r.html"]
        assert Path("r.html").read_text("utf-8") == "old"

    def test_losses_are_noted(self) -> None:
        Path("cut.txt").write_bytes(EXAMPLE.encode("gbk", "ignore")[:-1] + b"\xff")
        result = self.run("cut.txt", "-o", "r.html")
        assert "undecodable bytes became U+FFFD" in result.stderr
        assert Page(Path("r.html").read_bytes()).data["document-1"]["lost"] > 0
