"""The command line as its users meet it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from click import Context
from click.testing import Result

import zhclean
from tests.command_line import invoke
from zhclean.cli import COMMANDS, program

DAMAGED = "会议将于２０２３年\u200b举行。\n与会代表共三百人。\n"
CLEAN = zhclean.clean(DAMAGED)
ZHCLEAN = [sys.executable, "-m", "zhclean"]
posix = pytest.mark.skipif(os.name == "nt", reason="POSIX only")
has_full_disk = pytest.mark.skipif(not Path("/dev/full").exists(), reason="a Linux device")


@pytest.fixture(autouse=True)
def _in_a_directory_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, stdin: bytes = b"") -> Result:
    return invoke(arguments, stdin)


def write(name: str, text: str = DAMAGED, encoding: str = "utf-8") -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(text.encode(encoding))
    return name


def text_of(name: str | Path) -> str:
    return Path(name).read_bytes().decode("utf-8")


def test_the_examples_here_are_damaged() -> None:
    assert CLEAN != DAMAGED


class TestClean:
    def test_prints_what_the_library_gives(self) -> None:
        result = run("clean", write("page.txt"))
        assert (result.stdout_bytes, result.stderr, result.exit_code) == (CLEAN.encode(), "", 0)

    @pytest.mark.parametrize("arguments", [(), ("-",)])
    def test_reads_standard_input(self, arguments: tuple[str, ...]) -> None:
        assert run("clean", *arguments, stdin=DAMAGED.encode()).stdout_bytes == CLEAN.encode()

    @pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
    def test_reads_any_encoding_and_writes_utf_8(self, encoding: str) -> None:
        write("page.txt", encoding=encoding)
        assert run("clean", "page.txt").stdout_bytes == CLEAN.encode()

    def test_nothing_in_is_nothing_out(self) -> None:
        result = run("clean", stdin=b"")
        assert (result.stdout_bytes, result.exit_code) == (b"", 0)

    def test_several_files_are_printed_one_after_the_other_on_lines_of_their_own(self) -> None:
        names = [write("a.txt", "甲报"), write("b.txt", "乙报\n"), write("c.txt", "丙报")]
        assert run("clean", *names).stdout == "甲报\n乙报\n丙报"

    def test_two_processes_give_what_one_gives(self) -> None:
        names = [write(f"{n}.txt", f"第{n}版\n{DAMAGED}") for n in range(1, 8)]
        assert (
            run("clean", "--jobs", "2", *names, "none.txt").stdout_bytes == run("clean", *names).stdout_bytes
        )


class TestOutput:
    def test_one_input_goes_to_a_file(self) -> None:
        result = run("clean", write("page.txt"), "-o", "clean.txt")
        assert (text_of("clean.txt"), result.output) == (CLEAN, "")
        assert text_of("page.txt") == DAMAGED

    def test_a_directory_keeps_the_names(self) -> None:
        Path("out").mkdir()
        run("clean", write("pages/a.txt"), write("pages/1/b.txt"), "-o", "out")
        assert text_of("out/a.txt") == text_of("out/1/b.txt") == CLEAN

    def test_a_path_that_ends_in_a_separator_is_a_directory_even_for_one(self) -> None:
        run("clean", write("page.txt"), "-o", "new/")
        assert text_of("new/page.txt") == CLEAN

    def test_several_inputs_make_a_directory(self) -> None:
        run("clean", write("a.txt"), write("b.txt"), "-o", "new/deep")
        assert text_of("new/deep/b.txt") == CLEAN

    def test_the_directory_of_a_single_file_must_exist(self) -> None:
        result = run("clean", write("page.txt"), "-o", "typo/clean.txt")
        assert result.stderr.startswith("zhclean: page.txt: cannot write typo")
        assert result.exit_code == 2

    @pytest.mark.parametrize("output", ["page.txt/clean.txt", "page.txt/new/"])
    def test_what_cannot_be_written_is_one_line_and_leaves_nothing(self, output: str) -> None:
        result = run("clean", write("page.txt"), "-o", output)
        assert result.stderr.startswith("zhclean: page.txt: cannot write page.txt")
        assert (result.stderr.count("\n"), result.exit_code) == (1, 2)
        assert [path.name for path in Path().iterdir()] == ["page.txt"]
        assert text_of("page.txt") == DAMAGED

    def test_nothing_is_replaced_without_force(self) -> None:
        write("clean.txt", "不可覆盖")
        result = run("clean", write("page.txt"), "-o", "clean.txt")
        assert result.stderr == (
            "zhclean: page.txt: cannot write clean.txt: output exists; --force replaces it\n"
        )
        assert (result.exit_code, text_of("clean.txt")) == (2, "不可覆盖")
        assert run("clean", "--force", "page.txt", "-o", "clean.txt").exit_code == 0
        assert text_of("clean.txt") == CLEAN

    def test_an_output_is_no_other_input_even_with_force(self) -> None:
        write("a.txt", "甲报")
        write("b/a.txt", "乙报")
        result = run("clean", "a.txt", "b/a.txt", "-o", "b", "--force")
        assert result.stderr.startswith(
            f"zhclean: a.txt: cannot write {Path('b/a.txt')}: is one of the inputs\n"
        )
        assert result.exit_code == 2
        assert (text_of("a.txt"), text_of("b/a.txt"), text_of("b/b/a.txt")) == ("甲报", "乙报", "乙报")

    def test_one_output_that_exists_does_not_stop_the_others(self) -> None:
        write("out/a.txt", "不可覆盖")
        result = run("clean", write("a.txt"), write("b.txt"), "-o", "out")
        assert (result.exit_code, text_of("out/a.txt"), text_of("out/b.txt")) == (2, "不可覆盖", CLEAN)

    @pytest.mark.parametrize("names", [("a.txt",), ("a.txt", "b.txt")])
    def test_a_dash_is_standard_output(self, names: tuple[str, ...]) -> None:
        pages = [write(name) for name in names]
        result = run("clean", *pages, "-o", "-")
        assert (result.stdout, result.stderr, result.exit_code) == (CLEAN * len(names), "", 0)
        assert not Path("-").exists()

    def test_two_inputs_of_one_name_are_an_error(self) -> None:
        result = run("clean", write("a.txt"), "./a.txt", "-o", "out")
        assert result.exit_code == 2
        assert "would both be written to" in result.stderr
        assert not Path("out").exists()

    def test_standard_input_goes_to_a_file_and_not_to_a_directory(self) -> None:
        assert run("clean", "-o", "page.txt", stdin=DAMAGED.encode()).exit_code == 0
        assert text_of("page.txt") == CLEAN
        assert run("clean", "-o", "out/").exit_code == 2


class TestInPlace:
    def test_each_file_becomes_its_clean_self(self) -> None:
        result = run("clean", "--in-place", write("a.txt"), write("b.txt", encoding="gb18030"))
        assert (result.output, text_of("a.txt"), text_of("b.txt")) == ("", CLEAN, CLEAN)

    def test_a_clean_file_is_not_touched(self) -> None:
        before = Path(write("a.txt", CLEAN)).stat()
        run("clean", "--in-place", "a.txt")
        after = Path("a.txt").stat()
        assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)

    def test_what_fails_keeps_its_contents(self) -> None:
        Path("a.bin").write_bytes(bytes(range(256)))
        assert run("clean", "--in-place", "a.bin").exit_code == 2
        assert Path("a.bin").read_bytes() == bytes(range(256))

    @pytest.mark.parametrize("arguments", [("-",), (), ("a.txt", "-o", "b.txt")])
    def test_it_goes_with_nothing_that_is_elsewhere(self, arguments: tuple[str, ...]) -> None:
        result = run("clean", "--in-place", *arguments)
        assert result.exit_code == 2
        assert result.stderr == "zhclean: --in-place goes with neither -o nor standard input\n"

    @posix
    def test_a_device_cannot_be_changed(self) -> None:
        assert "not a regular file" in run("clean", "--in-place", os.devnull).stderr


class TestCheck:
    def test_names_what_would_change_and_writes_nothing(self) -> None:
        result = run("clean", "--check", write("a.txt"), write("b.txt", CLEAN))
        assert (result.stdout, result.stderr, result.exit_code) == ("", "zhclean: a.txt: would change\n", 1)
        assert text_of("a.txt") == DAMAGED

    def test_is_silent_when_all_is_clean(self) -> None:
        result = run("clean", "--check", write("a.txt", CLEAN))
        assert (result.output, result.exit_code) == ("", 0)

    def test_counts_a_change_of_encoding(self) -> None:
        result = run("clean", "--check", write("a.txt", CLEAN, "gb18030"), write("b.txt", CLEAN, "utf-8-sig"))
        assert result.stderr == (
            "zhclean: a.txt: would be written in UTF-8, is in gb18030\n"
            "zhclean: b.txt: would lose its byte order mark\n"
        )
        assert result.exit_code == 1

    def test_counts_undecodable_bytes(self) -> None:
        Path("a.txt").write_bytes(CLEAN.encode().replace(b"\n", b"\xff\n", 1))
        result = run("clean", "--check", "a.txt")
        assert "zhclean: a.txt: would have U+FFFD for its undecodable bytes\n" in result.stderr
        assert "byte order mark" not in result.stderr
        assert result.exit_code == 1

    def test_a_failure_weighs_more(self) -> None:
        assert run("clean", "--check", write("a.txt"), "none.txt").exit_code == 2

    def test_quiet_leaves_the_exit_code(self) -> None:
        result = run("clean", "--check", "--quiet", write("a.txt"))
        assert (result.output, result.exit_code) == ("", 1)


class TestStages:
    NAMES = tuple(stage.name for stage in zhclean.STAGES)

    @pytest.mark.parametrize(
        ("arguments", "names"),
        [
            (("--only", "width"), {"width"}),
            (("--only", "width,invisible"), {"width", "invisible"}),
            (("--skip", "width", "--skip", "unwrap"), {*NAMES} - {"width", "unwrap"}),
            (("--with", "script"), {*NAMES, "script"}),
            (("--only", "width", "--with", "script"), {"width", "script"}),
        ],
    )
    def test_those_chosen_run_in_their_own_order(self, arguments: tuple[str, ...], names: set[str]) -> None:
        stages = tuple(s for s in (*zhclean.STAGES, *zhclean.OPTIONAL_STAGES) if s.name in names)
        result = run("clean", *arguments, write("a.txt"))
        assert result.stdout == zhclean.clean(DAMAGED, stages)

    def test_only_what_is_sure_enough_is_changed(self) -> None:
        page = write("a.txt", "全年新增企业１００家以上，确保服\n\n务业增加值增长百分之七。\n")
        surely = run("clean", "--min-confidence", "1", page).stdout
        assert surely == "全年新增企业100家以上，确保服\n\n务业增加值增长百分之七。\n"
        assert "服务业" in run("clean", page).stdout

    @pytest.mark.parametrize("least", ["1.1", "-0.1", "nan", "high"])
    def test_a_confidence_lies_between_0_and_1(self, least: str) -> None:
        result = run("clean", "--min-confidence", least, write("page.txt"))
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("zhclean: Invalid value for '--min-confidence': ")

    def test_spaces_beside_the_commas_do_not_matter(self) -> None:
        expected = zhclean.clean(DAMAGED, [zhclean.Width(), zhclean.Punctuation()])
        assert run("clean", "--only", "width, punctuation", write("a.txt")).stdout == expected
        told = run("explain", "--stage", "width, invisible", "a.txt")
        assert told.stdout == run("explain", "--stage", "width,invisible", "a.txt").stdout

    def test_none_at_all_changes_nothing(self) -> None:
        assert run("clean", "--skip", ",".join(self.NAMES), write("a.txt")).stdout == DAMAGED

    @pytest.mark.parametrize(("wrong", "right"), [("unwarp", "unwrap"), ("punct", "punctuation"), ("", "")])
    def test_an_unknown_one_is_an_error_that_names_the_nearest(self, wrong: str, right: str) -> None:
        result = run("clean", "--skip", wrong, write("a.txt"), "-o", "b.txt")
        assert result.stderr.startswith(f"zhclean: unknown stage {wrong!r}: did you mean '{right}")
        assert result.stderr.count("\n") == 1
        assert result.exit_code == 2
        assert not Path("b.txt").exists()

    def test_they_are_listed_in_order_and_with_what_they_do(self) -> None:
        lines = run("stages").stdout.splitlines()
        assert [line.split()[:2] for line in lines] == [
            *([name, "on"] for name in self.NAMES),
            *([stage.name, "off"] for stage in zhclean.OPTIONAL_STAGES),
        ]
        assert all(len(line.split()) > 2 for line in lines)


class TestBadInput:
    def test_each_failure_is_one_line_and_the_rest_is_done(self) -> None:
        Path("a.bin").write_bytes(bytes(range(256)) * 40)
        Path("dir").mkdir()
        broken = "新".encode("gbk") * 500 + b"\x81\x20" * 500
        Path("broken.txt").write_bytes(broken)
        names = ["none.txt", "a.bin", "dir", "broken.txt"]
        result = run("clean", *names, write("good.txt"))
        messages, listed = result.stderr.split(f"zhclean: {len(names)} of 5 files failed:\n")
        assert [line.split(": ")[:2] for line in messages.splitlines()] == [
            ["zhclean", name] for name in names
        ]
        assert listed.split() == names
        assert (result.stdout, result.exit_code) == (CLEAN, 2)

    def test_a_single_failure_is_a_single_line(self) -> None:
        result = run("clean", "none.txt")
        assert (result.stderr, result.exit_code) == ("zhclean: none.txt: No such file or directory\n", 2)

    def test_a_directory_is_called_one(self) -> None:
        assert run("clean", ".").stderr == "zhclean: .: Is a directory\n"

    @pytest.mark.parametrize(
        "arguments",
        [
            ["clean", ""],
            ["clean", "a.txt", ""],
            ["clean", "a.txt", "-o", ""],
            ["explain", ""],
            ["report", "", "-o", "r"],
        ],
    )
    def test_an_empty_name_is_no_file(self, arguments: list[str]) -> None:
        write("a.txt")
        result = run(*arguments)
        assert result.stderr.endswith(": an empty name is no file.\n")
        assert (result.stderr.count("\n"), result.stdout, result.exit_code) == (1, "", 2)

    def test_a_few_undecodable_bytes_are_counted_and_reported(self) -> None:
        Path("a.txt").write_bytes(DAMAGED.encode() + b"\xff\n")
        result = run("clean", "a.txt")
        assert "\ufffd" in result.stdout
        assert re.fullmatch(r"zhclean: a\.txt: .* undecodable .* U\+FFFD, 1 time\n", result.stderr)
        assert result.exit_code == 0
        assert run("clean", "--quiet", "a.txt").stderr == ""

    def test_an_unexpected_error_names_its_type_and_stops_no_other_file(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def clean(text: str, stages: Any, **_: Any) -> str:
            if "甲" in text:
                raise RecursionError("too\ndeep")
            return text

        monkeypatch.setattr("zhclean.files.clean", clean)
        result = run("clean", write("a.txt", "甲"), write("b.txt", "乙"))
        assert result.stderr.startswith("zhclean: a.txt: RecursionError: too deep\n")
        assert (result.stdout, result.exit_code) == ("乙", 2)

    @pytest.mark.parametrize("arguments", [("clean", "--nonsense"), ("nonsense",), ("clean", "-j", "-1")])
    def test_wrong_usage_is_one_line_too(self, arguments: tuple[str, ...]) -> None:
        result = run(*arguments)
        assert (result.stderr.count("\n"), result.exit_code) == (1, 2)

    @pytest.mark.skipif(sys.platform != "linux", reason="other systems allow only Unicode names")
    def test_any_file_name_will_do(self) -> None:
        name = os.fsdecode(b"\xb1\n\x1b[31m.txt")
        result = run("clean", "--check", write(name))
        assert (result.stderr, result.exit_code) == ("zhclean: \\xb1\\n\\x1b[31m.txt: would change\n", 1)
        assert json.loads(run("explain", "--json", name).stdout)["source"] == name


class TestExplain:
    def test_json_holds_all_that_the_library_tells(self) -> None:
        found = json.loads(run("explain", "--json", write("a.txt", encoding="gb18030")).stdout)
        cleaned = zhclean.explain(DAMAGED)
        assert (found["source"], found["encoding"], found["lost"]) == ("a.txt", "gb18030", 0)
        assert found["text"] == cleaned.text
        assert [(e["start"], e["end"], e["new"], e["stage"], e["reason"]) for e in found["edits"]] == [
            (e.start, e.end, e.new, e.stage, e.reason) for e in cleaned.edits
        ]
        assert all(e["old"] == DAMAGED[e["start"] : e["end"]] for e in found["edits"])
        assert {"confidence", "repeats", "origin", "group"} < found["edits"][0].keys()
        assert found["gaps"] == [gap._asdict() for gap in cleaned.gaps]

    def test_a_person_sees_place_change_stage_and_reason(self) -> None:
        result = run("explain", write("a.txt", "甲\r\n" + DAMAGED))
        edit = zhclean.explain("甲\r\n" + DAMAGED).edits[0]
        assert f"{edit.stage}: 1 change\n    2:{edit.start - 2}  " in result.stdout
        assert f"^ {edit.reason}, {edit.confidence:.0%}\n" in result.stdout
        assert "[-" in result.stdout
        assert "\x1b" not in result.stdout, "no colour where nobody can see it"
        assert re.search(r"^\d+ changes?, \d+ gaps?, damage 0\.\d\d\n( .*\n)+\Z", result.stdout, re.MULTILINE)

    def test_what_cannot_be_seen_is_named(self) -> None:
        assert "<U+200B>" in run("explain", "--only", "invisible", write("a.txt")).stdout

    def test_nothing_to_tell(self) -> None:
        assert run("explain", stdin=CLEAN.encode()).stdout == "0 changes, 0 gaps, damage 0.00\n"

    def test_what_one_stage_changed(self) -> None:
        result = run("explain", "--stage", "invisible", write("a.txt"))
        assert "<U+200B>" in result.stdout
        assert "2023" not in result.stdout
        found = json.loads(run("explain", "--json", "--stage", "width,spacing", "a.txt").stdout)
        assert {edit["stage"] for edit in found["edits"]} == {"width"}
        assert found["text"] == DAMAGED.replace("２０２３", "2023")

    def test_what_is_not_sure_enough_is_not_done(self) -> None:
        page = (Path(__file__).parents[1] / "examples" / "yunxi.txt").read_text("utf-8")
        least = min(edit.confidence for edit in zhclean.explain(page).edits) + 0.001
        found = json.loads(
            run("explain", "--json", "--min-confidence", str(least), stdin=page.encode()).stdout
        )
        assert found["text"] == zhclean.clean(page, min_confidence=least) != zhclean.clean(page)

    def test_the_schema_is_printed_without_any_input(self) -> None:
        assert json.loads(run("explain", "--json-schema").stdout)["$schema"].endswith("2020-12/schema")

    @pytest.mark.parametrize(
        ("options", "cause"),
        [
            (("--json", "--unified"), "--json and --unified are two forms; choose one"),
            (("--stage", "unrwap"), "--stage: no stage 'unrwap' runs; there are mojibake, "),
            (("--stage", "width", "--skip", "width"), "--stage: no stage 'width' runs; there are mojibake, "),
            (("--min-confidence", "2"), "Invalid value for '--min-confidence'"),
            (("--min-confidence", "nan"), "Invalid value for '--min-confidence'"),
        ],
    )
    def test_what_does_not_fit_is_one_line(self, options: tuple[str, ...], cause: str) -> None:
        result = run("explain", *options, write("a.txt"))
        assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
        assert cause in result.stderr

    def test_stages_can_be_left_out(self) -> None:
        every = ",".join(TestStages.NAMES)
        assert json.loads(run("explain", "--json", "--skip", every, write("a.txt")).stdout)["edits"] == []

    def test_bad_input_is_one_line(self) -> None:
        result = run("explain", "none.txt")
        assert (result.stderr, result.exit_code) == ("zhclean: none.txt: No such file or directory\n", 2)


class TestShell:
    @pytest.mark.parametrize("shell", ["zsh", "fish"])
    def test_a_script_is_printed(self, shell: str) -> None:
        assert "_ZHCLEAN_COMPLETE" in run("completion", shell).stdout

    def test_the_help_has_a_line_for_each_shell(self) -> None:
        lines = [line.strip() for line in run("completion", "--help").stdout.splitlines()]
        for shell in ("bash", "zsh", "fish"):
            assert any(line.startswith(f"{shell}: ") for line in lines)
        assert r"\b" not in lines

    @pytest.mark.parametrize(
        ("words", "offered"),
        [
            ("zhclean clean --skip unw", "unwrap"),
            ("zhclean clean --only width,unw", "width,unwrap"),
            ("zhclean cle", "clean"),
            ("zhclean corpus ded", "dedup"),
        ],
    )
    def test_names_of_stages_and_commands_are_completed(self, words: str, offered: str) -> None:
        environment = {
            "_ZHCLEAN_COMPLETE": "fish_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": words.split()[-1],
        }
        result = subprocess.run(ZHCLEAN, env=os.environ | environment, capture_output=True, check=True)
        completed = [line.split("\t")[0] for line in result.stdout.decode().splitlines()]
        assert completed == [f"plain,{offered}"]


def test_the_version_is_the_library_s() -> None:
    assert run("--version").stdout.split()[-1] == zhclean.__version__


def test_without_a_command_help_is_printed() -> None:
    result = run()
    assert "explain" in result.stdout
    assert result.exit_code == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_is_where_the_table_says_and_is_what_it_says(name: str) -> None:
    command = program.get_command(Context(program), name)
    assert command is not None
    assert command.name == name
    assert (command.help or "").splitlines()[0] == COMMANDS[name].help
    assert f"{name} " in run("--help").stdout


def test_help_loads_no_command() -> None:
    assert not {name for name in modules_after("--help") if name.startswith("zhclean.commands.")} - {
        "zhclean.commands.arguments",  # for its exit codes
        "zhclean.commands.lazy",
    }


def modules_after(*arguments: str) -> set[str]:
    code = (
        "import sys; before = {*sys.modules}\n"  # a debugger's or a meter's are none of ours
        "import zhclean.cli as cli\n"
        f"try: cli.program({arguments!r})\n"
        "except SystemExit: print(*{*sys.modules} - before, file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_help_loads_nothing_heavy(command: str) -> None:
    assert not modules_after(command, "--help") & {
        "numpy",
        "ftfy",
        "opencc",
        "rapidfuzz",
        "rich",
        "duckdb",
        "pyarrow",
        "pyspark",
        "jinja2",
        "zhclean.pipeline",
        "multiprocessing",
    }


class TestProcess:
    """What only a real process shows."""

    def test_a_closed_pipe_is_no_error(self) -> None:
        write("a.txt", CLEAN * 20_000)
        with subprocess.Popen(
            [*ZHCLEAN, "clean", "--only", "width", "a.txt"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            assert process.stdout.read(3) == CLEAN.encode()[:3]
            process.stdout.close()
            assert (process.wait(), process.stderr.read()) == (0, b"")

    @has_full_disk
    @pytest.mark.parametrize("arguments", [["clean"], [], ["--help"], ["--version"], ["clean", "--help"]])
    def test_a_full_disk_is_one_line(self, arguments: list[str]) -> None:
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run([*ZHCLEAN, *arguments], input=b"x", stdout=full, stderr=subprocess.PIPE)
        assert (done.stderr, done.returncode) == (b"zhclean: standard output: No space left on device\n", 2)

    @has_full_disk
    @pytest.mark.parametrize("arguments", [["none.txt"], ["none.txt", "--check"], ["--no-such-option"]])
    def test_that_nobody_can_be_told_does_not_change_the_exit_code(self, arguments: list[str]) -> None:
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run([*ZHCLEAN, "clean", *arguments], stdout=subprocess.PIPE, stderr=full)
        assert (done.stdout, done.returncode) == (b"", 2)

    @posix
    def test_standard_input_that_cannot_be_read_is_one_line(self) -> None:
        with Path("out.txt").open("wb") as not_readable:
            done = subprocess.run([*ZHCLEAN, "clean", "-"], stdin=not_readable, capture_output=True)
        assert (done.stdout, done.returncode) == (b"", 2)
        assert done.stderr.startswith(b"zhclean: standard input: ")
        assert done.stderr.count(b"\n") == 1

    @pytest.mark.parametrize("encoding", ["ascii", "cp936"])
    def test_the_console_s_encoding_does_not_matter(self, encoding: str) -> None:
        write("新闻.txt", "甲😀" + DAMAGED)
        for command in (["clean"], ["explain"], ["explain", "--json"]):
            done = subprocess.run(
                [*ZHCLEAN, *command, "新闻.txt"],
                capture_output=True,
                env=os.environ | {"PYTHONIOENCODING": encoding},
            )
            assert done.returncode == 0
            assert "甲" in done.stdout.decode("utf-8")
        done = subprocess.run(
            [*ZHCLEAN, "clean", "没有.txt"],
            capture_output=True,
            env=os.environ | {"PYTHONIOENCODING": encoding},
        )
        assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)

    @posix
    @pytest.mark.parametrize("jobs", ["1", "2"])
    def test_an_interrupt_ends_it_at_once_and_leaves_whole_files(self, jobs: str) -> None:
        os.mkfifo("endless.txt")
        names = [write("a.txt"), "endless.txt", write("b.txt")]
        with subprocess.Popen(
            [*ZHCLEAN, "clean", "--jobs", jobs, *names, "-o", "out"],
            stderr=subprocess.PIPE,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
            start_new_session=True,
        ) as process:
            while not Path("out/a.txt").exists():
                time.sleep(0.01)
            os.killpg(process.pid, signal.SIGINT)
            assert process.wait(10) == 130
            assert process.stderr is not None
            assert process.stderr.read().strip() == b""
        assert [path.name for path in Path("out").iterdir()] == ["a.txt"]
        assert text_of("out/a.txt") == CLEAN

    @posix
    @pytest.mark.parametrize("arguments", [("clean",), ("explain", "--json")])
    def test_a_standard_output_that_is_closed_is_one_line(self, arguments: tuple[str, ...]) -> None:
        command = " ".join(["exec", *ZHCLEAN, *arguments, write("a.txt"), ">&-"])
        done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, check=False)
        assert (done.returncode, done.stderr) == (2, b"zhclean: standard output is closed\n")

    @posix
    def test_without_a_standard_error_the_exit_code_tells(self) -> None:
        command = " ".join(["exec", *ZHCLEAN, "clean", write("a.txt"), "none.txt", "2>&-"])
        done = subprocess.run(["sh", "-c", command], stdout=subprocess.PIPE, check=False)
        assert (done.returncode, done.stdout) == (2, CLEAN.encode())

    @posix
    def test_a_working_directory_that_is_gone_is_no_hindrance(self) -> None:
        command = f"mkdir gone && cd gone && rmdir ../gone && exec {' '.join(ZHCLEAN)} clean -"
        done = subprocess.run(["sh", "-c", command], input=DAMAGED.encode(), capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (0, CLEAN.encode()), done.stderr

    @posix
    def test_at_a_terminal_it_asks_for_input_shows_colour_and_progress(self) -> None:
        names = [write(f"{n}.txt") for n in range(3)]
        assert b"nothing to read" in at_terminal("clean")
        assert b"\x1b[31m" in at_terminal("explain", names[0])
        assert b"\x1b[31m" not in at_terminal("explain", names[0], NO_COLOR="1")
        assert b"3/3" in at_terminal("clean", "--in-place", *names)
        assert b"3/3" not in at_terminal("clean", "--in-place", "--quiet", *names)
        assert b"\xe2\x94\x81" in at_terminal("corpus", "clean", *names, "-o", "out.jsonl"), "a bar"
        assert b"\xe2\x94\x81" not in at_terminal("corpus", "clean", *names, "-o", "more.jsonl", "--quiet")


def at_terminal(*arguments: str, **environment: str) -> bytes:
    import pty

    master, terminal = pty.openpty()
    colourful = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | {"TERM": "xterm"}
    process = subprocess.Popen(
        [*ZHCLEAN, *arguments], stdin=terminal, stdout=terminal, stderr=terminal, env=colourful | environment
    )
    os.close(terminal)
    shown = b""
    with suppress(OSError), process:  # Linux reports the end of a terminal as an error
        while chunk := os.read(master, 65536):  # all the while: a terminal holds only 4 KB
            shown += chunk
    os.close(master)
    return shown
