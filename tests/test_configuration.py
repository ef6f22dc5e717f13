"""Configuration: where it is found, what may stand in it, what goes before what, and what is told of mistakes."""

from __future__ import annotations

import doctest
import json
import math
import pickle
import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, ClassVar, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import zhclean
from tests.test_cli import DAMAGED, run, write
from zhclean.configuration import Choice, ConfigurationError, configured, find_configuration, stages_of
from zhclean.options import Option, option, options_of
from zhclean.presets import PRESETS, Preset

ROOT = Path(__file__).parents[1]
ALL = (*zhclean.STAGES, *zhclean.OPTIONAL_STAGES)
OPTIONS = [option for stage in ALL for option in options_of(stage)]
DEFAULT = [stage.name for stage in zhclean.STAGES]

COMMANDS = (("clean", "page.txt", "-o", "new.txt"), ("explain", "page.txt"), ("stages",))
"""Every command that takes stages."""


@pytest.fixture(autouse=True)
def _in_a_directory_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write("page.txt")


def names(stages: tuple[zhclean.Stage, ...]) -> list[str]:
    return [stage.name for stage in stages]


def listed(*arguments: str) -> dict[str, Any]:
    """What `zhclean stages` says is on, and each option's value."""
    result = run("stages", "--json", *arguments)
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    values = {option["key"]: option["value"] for stage in found for option in stage["options"]}
    return {"on": [stage["name"] for stage in found if stage["on"]], **values}


class TestOptions:
    """What stages state of their options, from which everything else here is derived."""

    @pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.key)
    def test_each_has_a_sentence_and_a_kind_that_can_be_written_down(self, option: Any) -> None:
        assert option.text[0].isupper()
        assert option.text.endswith(".")
        assert option.kind in (str, bool, int, float)
        assert option.check(option.default) == option.default

    @pytest.mark.parametrize("option", OPTIONS, ids=lambda option: option.key)
    def test_each_number_has_limits(self, option: Any) -> None:
        assert option.kind not in (int, float) or math.isfinite(option.least)

    @pytest.mark.parametrize("stage", ALL, ids=lambda stage: stage.name)
    def test_none_is_forgotten(self, stage: Any) -> None:
        assert [option.name for option in options_of(stage)] == [field.name for field in fields(stage)]

    @pytest.mark.parametrize(
        ("key", "text", "value"),
        [
            ("yes", "true", True),
            ("count", "3", 3),
            ("share", ".25", 0.25),
            ("share", "1", 1.0),
            ("style", "b", "b"),
            ("word", "a=b, 甲", "a=b, 甲"),
            ("word", "", ""),
        ],
    )
    def test_every_kind_can_be_read(self, key: str, text: str, value: object) -> None:
        read = KINDS[key].parse(text)
        assert (read, type(read)) == (value, type(value))

    @pytest.mark.parametrize(
        ("key", "value", "expected"),
        [
            ("yes", 1, "expected true or false, not 1"),
            ("yes", "yes", "expected true or false, not 'yes'"),
            ("count", True, "expected a whole number from 0 to 9, not true"),
            ("count", 2.0, "expected a whole number from 0 to 9, not 2.0"),
            ("count", 10, "expected a whole number from 0 to 9, not 10"),
            ("share", -0.1, "expected a number from 0, not -0.1"),
            ("share", math.nan, "expected a number from 0, not nan"),
            ("share", "0.5", "expected a number from 0, not '0.5'"),
            ("style", "c", "expected one of a, b, not 'c'"),
            ("style", ["a"], "expected one of a, b, not ['a']"),
            ("word", None, "expected text, not None"),
        ],
    )
    def test_what_does_not_fit_is_told_with_what_would(self, key: str, value: object, expected: str) -> None:
        with pytest.raises(ValueError, match="expected") as raised:
            KINDS[key].check(value)
        assert str(raised.value) == expected

    @pytest.mark.parametrize("described", OPTIONS, ids=[option.key for option in OPTIONS])
    def test_every_stage_checks_its_own_options(self, described: Option) -> None:
        (stage,) = (type(stage) for stage in ALL if described in options_of(stage))
        for wrong in (None, "none of them", math.nan, -1):
            with pytest.raises(ValueError, match=f"^{described.key}: expected "):
                stage(**{described.name: wrong})

    def test_a_stage_with_options_is_still_an_ordinary_one(self) -> None:
        assert zhclean.Unwrap.threshold == zhclean.Unwrap().threshold
        assert pickle.loads(pickle.dumps(ALL)) == ALL


@dataclass(frozen=True)
class EveryKind:
    name: ClassVar[str] = "every"

    yes: bool = option(False, "Yes.")
    count: int = option(1, "Count.", least=0, most=9)
    share: float = option(0.5, "Share.", least=0)
    style: Literal["a", "b"] = option("a", "Style.")
    word: str = "none"


KINDS = {described.name: described for described in options_of(EveryKind)}


class TestChoosing:
    @pytest.mark.parametrize(
        ("table", "expected"),
        [
            ({}, DEFAULT),
            ({"only": ["repeats", "width"]}, ["width", "repeats"]),
            ({"only": []}, []),
            ({"with": ["script"]}, [*DEFAULT, "script"]),
            ({"skip": ["unwrap"]}, [name for name in DEFAULT if name != "unwrap"]),
            ({"only": ["width"], "with": ["script"], "skip": ["width"]}, ["script"]),
        ],
    )
    def test_stages_are_chosen_as_on_the_command_line(
        self, table: dict[str, Any], expected: list[str]
    ) -> None:
        assert names(configured(table)) == expected

    def test_options_go_to_their_stage_and_the_rest_stays(self) -> None:
        stages = configured({"unwrap": {"threshold": 0.75}, "script": {"to": "traditional"}, "repeats": {}})
        assert stages == tuple(
            zhclean.Unwrap(threshold=0.75) if stage.name == "unwrap" else stage for stage in zhclean.STAGES
        )

    def test_every_option_can_be_set(self) -> None:
        for known in OPTIONS:
            other = known.choices[-1] if known.choices else known.default
            stage, _, name = known.key.partition(".")
            (chosen,) = configured({"only": [stage], stage: {name: other}})
            assert getattr(chosen, name) == other

    def test_a_path_gives_what_its_contents_give(self) -> None:
        write("own.toml", '\ufeffonly = ["width"]\r\n[width]\r\nletters = "keep"\r\n')  # as Windows writes it
        assert configured("own.toml") == configured(Path("own.toml")) == (zhclean.Width(letters="keep"),)

    def test_of_a_project_file_only_our_table_counts(self) -> None:
        write("pyproject.toml", '[project]\nname = "x"\n[tool.zhclean]\nonly = ["width"]\n')
        assert names(configured("pyproject.toml")) == ["width"]


class TestFinding:
    def test_nothing_is_found_where_there_is_nothing(self) -> None:
        assert find_configuration() is None

    def test_the_nearest_above_counts_and_nothing_is_added_up(self) -> None:
        write("zhclean.toml", 'skip = ["unwrap"]')
        write("a/zhclean.toml", 'skip = ["width"]')
        write("a/b/c/page.txt")
        assert find_configuration("a/b/c") == Path("a/zhclean.toml").absolute()
        assert find_configuration() == Path("zhclean.toml").absolute()

    def test_ours_counts_before_the_project_s(self) -> None:
        write("pyproject.toml", "[tool.zhclean]\n")
        assert find_configuration() == Path("pyproject.toml").absolute()
        write("zhclean.toml", "")
        assert find_configuration() == Path("zhclean.toml").absolute()

    @pytest.mark.parametrize("other", ["", "[tool.ruff]\n", 'tool = "zhclean"\n', "no toml at all ["])
    def test_a_project_file_that_is_not_about_us_is_passed_over(self, other: str) -> None:
        write("zhclean.toml", "")
        write("a/pyproject.toml", other)
        assert find_configuration("a") == Path("zhclean.toml").absolute()

    def test_a_directory_of_that_name_is_no_configuration(self) -> None:
        Path("zhclean.toml").mkdir()
        assert find_configuration() is None


class TestOnTheCommandLine:
    def test_the_file_found_counts_for_every_command(self) -> None:
        write("zhclean.toml", 'only = ["width"]\n[width]\ndigits = "keep"\n')
        write("deep/page.txt")
        stages = (zhclean.Width(digits="keep"),)
        assert run("clean", "page.txt").stdout == zhclean.clean(DAMAGED, stages)
        assert json.loads(run("explain", "--json", "page.txt").stdout)["edits"] == []
        assert listed()["on"] == ["width"]

    def test_stages_tells_which_file_it_was(self) -> None:
        write("zhclean.toml", "")
        assert run("stages").stderr == f"zhclean: configured by {Path('zhclean.toml').absolute()}\n"
        assert run("stages", "--no-config").stderr == ""

    def test_another_file_or_none_can_be_asked_for(self) -> None:
        write("zhclean.toml", 'only = ["width"]')
        write("other.toml", 'only = ["unwrap"]')
        assert listed("--config", "other.toml")["on"] == ["unwrap"]
        assert listed("--no-config")["on"] == DEFAULT
        assert run("stages", "--no-config", "--config", "other.toml").exit_code == 2

    @pytest.mark.parametrize(
        ("file", "arguments", "expected"),
        [
            ('skip = ["unwrap"]', ("--with", "unwrap"), DEFAULT),
            ('with = ["script"]', ("--skip", "script"), DEFAULT),
            ('only = ["unwrap"]', ("--only", "width"), ["width"]),
            ('with = ["script"]', ("--only", "width"), ["width"]),
            ('only = ["unwrap"]', ("--with", "width"), ["unwrap", "width"]),
        ],
    )
    def test_what_is_said_goes_before_what_is_written(
        self, file: str, arguments: tuple[str, ...], expected: list[str]
    ) -> None:
        write("zhclean.toml", file)
        assert listed(*arguments)["on"] == expected

    def test_so_do_options(self) -> None:
        write("zhclean.toml", '[unwrap]\nthreshold = 0.6\n[width]\ndigits = "keep"\n')
        found = listed("--set", "unwrap.threshold=0.9", "--set", "unwrap.threshold=.75")
        assert (found["unwrap.threshold"], found["width.digits"]) == (0.75, "keep")
        result = run("clean", "--only", "width", "--set", "width.digits=half", "page.txt")
        assert result.stdout == zhclean.clean(DAMAGED, [zhclean.Width()])

    def test_an_option_of_a_stage_that_does_not_run_is_told(self) -> None:
        told = "zhclean: --set script.to changes nothing: script does not run; --with script makes it\n"
        setting = ("--set", "script.to=traditional")
        assert run("clean", *setting, "page.txt").stderr == told
        assert run("clean", *setting, "--quiet", "page.txt").stderr == ""
        assert run("clean", *setting, "--with", "script", "page.txt").stderr == ""

    def test_workers_get_the_options_too(self) -> None:
        files = [write(f"{n}.txt") for n in range(2)]
        chosen = ("--jobs", "2", "--only", "width", "--set", "width.digits=keep")
        assert run("clean", *chosen, *files).stdout == 2 * zhclean.clean(
            DAMAGED, [zhclean.Width(digits="keep")]
        )

    @pytest.mark.parametrize(
        ("begun", "offered"),
        [("width.l", ["width.letters=half", "width.letters=keep"]), ("unwrap.thr", ["unwrap.threshold="])],
    )
    def test_the_shell_is_offered_keys_and_values(self, begun: str, offered: list[str]) -> None:
        environment = {"_ZHCLEAN_COMPLETE": "fish_complete", "COMP_WORDS": f"zhclean clean --set {begun}"}
        result = run_with(environment | {"COMP_CWORD": begun}, "clean")
        assert [line.split(",")[1].split("\t")[0] for line in result.splitlines()] == offered


def run_with(environment: dict[str, str], *arguments: str) -> str:
    import os
    import subprocess
    import sys

    command = [sys.executable, "-m", "zhclean", *arguments]
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


MISTAKES = [
    ("unwarp = 1", "unknown key 'unwarp': did you mean 'unwrap.threshold'?"),
    ("[unwarp]", "unknown key 'unwarp': did you mean 'unwrap.threshold'?"),
    ("[unwarp]\nthreshold = 0.5", "unknown key 'unwarp.threshold': did you mean 'unwrap.threshold'?"),
    ("[unwrap]\ntreshold = 0.5", "unknown key 'unwrap.treshold': did you mean 'unwrap.threshold'?"),
    ("skipp = []", "unknown key 'skipp': did you mean 'skip'?"),
    ("[tool.zhclean]\nskip = []", "tool.zhclean is for pyproject.toml; here its keys stand at the top"),
    ("threshold = 0.5", "unknown key 'threshold': did you mean 'unwrap.threshold'?"),
    ("[unwrap]\nthreshold = 1.5", "unwrap.threshold: expected a number from 0 to 1, not 1.5"),
    ("[unwrap]\nthreshold = nan", "unwrap.threshold: expected a number from 0 to 1, not nan"),
    ("[unwrap]\nthreshold = '0.5'", "unwrap.threshold: expected a number from 0 to 1, not '0.5'"),
    ("[unwrap]\nthreshold = true", "unwrap.threshold: expected a number from 0 to 1, not true"),
    ("[unwrap.threshold]\nx = 1", "unwrap.threshold: expected a number from 0 to 1, not {'x': 1}"),
    ("[width]\ndigits = 'ful'", "width.digits: expected one of half, full, keep, not 'ful'"),
    ("[width]\ndigits = [1979-05-27]", "width.digits: expected one of half, full, keep, not [datetime.date("),
    ("skip = 'unwrap'", "skip: expected a list of stages, not 'unwrap'"),
    ("skip = [1]", "skip: expected a list of stages, not [1]"),
    ("skip = ['unwarp']", "skip: unknown stage 'unwarp': did you mean 'unwrap'? There are mojibake"),
    ("preset = 'orc'", "preset: unknown preset 'orc'"),
    ("preset = ['ocr']", "preset: unknown preset ['ocr']"),
    ("skip = [", "not TOML: "),
    ("\udcff", "not TOML: "),
    ("a = " + "[" * 100_000, "not TOML: "),
]


class TestMistakes:
    """Each is one line that names the file and the key; exit code 2; nothing is written."""

    @pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
    @pytest.mark.parametrize(("file", "told"), MISTAKES, ids=[told for _, told in MISTAKES])
    def test_in_a_file(self, file: str, told: str, command: tuple[str, ...]) -> None:
        Path("zhclean.toml").write_bytes(file.encode("utf-8", "surrogateescape"))
        result = run(*command)
        assert result.stderr.startswith(f"zhclean: {Path('zhclean.toml').absolute()}: {told}")
        assert (result.stderr.count("\n"), result.stdout, result.exit_code) == (1, "", 2)
        assert sorted(path.name for path in Path().iterdir()) == ["page.txt", "zhclean.toml"]

    @pytest.mark.parametrize(("file", "told"), MISTAKES, ids=[told for _, told in MISTAKES])
    def test_from_python(self, file: str, told: str) -> None:
        Path("own.toml").write_bytes(file.encode("utf-8", "surrogateescape"))
        with pytest.raises(ConfigurationError) as raised:
            configured("own.toml")
        assert str(raised.value).startswith(f"own.toml: {told}")

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            (("--set", "unwrap"), "--set unwrap: expected STAGE.OPTION=VALUE"),
            (("--set", "unwrap.treshold=1"), "--set unwrap.treshold=1: unknown key 'unwrap.treshold': did"),
            (("--set", "skip=width"), "--set skip=width: unknown key 'skip': did you mean 'script"),
            (("--set", "width=half"), "--set width=half: unknown key 'width': did you mean 'width.digits'?"),
            (("--config", ""), "Invalid value for '--config': an empty name is no file."),
            (
                ("--set", "unwrap.threshold=2"),
                "--set unwrap.threshold=2: expected a number from 0 to 1, not 2.0",
            ),
            (
                ("--set", "unwrap.threshold=x"),
                "--set unwrap.threshold=x: expected a number from 0 to 1, not 'x'",
            ),
            (("--set", "width.digits="), "--set width.digits=: expected one of half, full, keep, not ''"),
            (("--preset", "orc"), "Invalid value for '--preset': 'orc' is not"),
            (("--config", "none.toml"), "none.toml: No such file or directory"),
            (("--config", "."), ".: Is a directory"),
            (("--config", "pyproject.toml"), "pyproject.toml: has no table tool.zhclean"),
        ],
    )
    @pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
    def test_on_the_command_line(
        self, command: tuple[str, ...], arguments: tuple[str, ...], told: str
    ) -> None:
        write("pyproject.toml", "[tool.ruff]")
        result = run(*command, *arguments)
        assert result.stderr.startswith(f"zhclean: {told}")
        assert (result.stderr.count("\n"), result.stdout, result.exit_code) == (1, "", 2)
        assert not Path("new.txt").exists()

    def test_a_project_file_that_names_us_must_be_toml(self) -> None:
        write("pyproject.toml", "[tool.zhclean\n")
        assert "pyproject.toml: not TOML" in run("clean", "page.txt").stderr

    def test_what_a_project_file_says_of_us_must_be_a_table(self) -> None:
        write("pyproject.toml", "[tool]\nzhclean = 3\n")
        result = run("clean", "page.txt")
        assert result.stderr.endswith("pyproject.toml: tool.zhclean: expected a table, not 3\n")
        assert (result.stdout, result.exit_code) == ("", 2)

    def test_a_file_that_is_not_there_is_an_error_of_the_system(self) -> None:
        with pytest.raises(FileNotFoundError):
            configured("none.toml")

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["unwrap", "threshold", "skip", "with", "x"]), inner, max_size=3
                )
            ),
            max_leaves=6,
        ).filter(lambda value: isinstance(value, dict))
    )
    def test_whatever_a_table_holds_it_is_stages_or_one_line(self, table: dict[str, Any]) -> None:
        told = ""
        try:
            assert set(names(configured(table))) <= {stage.name for stage in ALL}
        except ConfigurationError as error:
            told = str(error)
        assert "\n" not in told


DOCUMENTS = {
    name: (ROOT / name).read_text("utf-8")
    for name in ("README.md", "README.zh-CN.md", "docs/configuration.md")
}


class TestDocumentation:
    @pytest.mark.parametrize("name", DOCUMENTS)
    def test_every_example_of_a_configuration_is_one(self, name: str) -> None:
        examples = re.findall(r"^```toml\n(.*?)^```$", DOCUMENTS[name], re.MULTILINE | re.DOTALL)
        assert examples
        for example in examples:
            file = "pyproject.toml" if "[tool." in example else "zhclean.toml"
            assert configured(write(file, example)) != zhclean.STAGES

    def test_the_options_are_listed_as_the_stages_state_them(self) -> None:
        shown = run("stages", "--verbose").stdout
        assert f"$ zhclean stages --verbose\n{shown}```" in DOCUMENTS["docs/configuration.md"]

    def test_the_mistakes_shown_are_told_so(self) -> None:
        for line in re.findall(
            r"^zhclean: /news/zhclean.toml: (.*)$", DOCUMENTS["docs/configuration.md"], re.MULTILINE
        ):
            assert line in {told for _, told in MISTAKES}

    def test_its_python_gives_what_is_shown(self) -> None:
        session = doctest.DocTestParser().get_doctest(DOCUMENTS["docs/configuration.md"], {}, "docs", None, 0)
        assert len(session.examples) > 4
        assert doctest.DocTestRunner().run(session).failed == 0


class TestPresets:
    @pytest.mark.parametrize("name", PRESETS)
    def test_each_is_a_configuration_that_differs_from_the_default(self, name: str) -> None:
        assert configured({"preset": name}) == configured(PRESETS[name].table) != zhclean.STAGES
        assert PRESETS[name].text.endswith(".")
        assert f"| `{name}` | {PRESETS[name].text} |" in DOCUMENTS["docs/configuration.md"]

    @pytest.mark.parametrize("name", PRESETS)
    def test_a_file_and_the_command_line_can_name_it(self, name: str) -> None:
        stages = configured({"preset": name})
        said = listed("--preset", name)
        write("zhclean.toml", f'preset = "{name}"')
        assert listed() == said
        values = {o.key: getattr(stage, o.name) for stage in stages for o in options_of(stage)}
        assert values.items() <= said.items()

    def test_all_else_goes_before_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(PRESETS, "own", Preset("", {"skip": ["width"], "unwrap": {"threshold": 0.9}}))
        assert configured({"preset": "own", "only": ["unwrap"]}) == (zhclean.Unwrap(threshold=0.9),)
        assert names(configured({"preset": "own", "with": ["width"]})) == DEFAULT
        table = {"preset": "own", "only": ["unwrap"], "unwrap": {"threshold": 0.5}}
        assert configured(table) == (zhclean.Unwrap(threshold=0.5),)

    def test_only_the_last_one_named_counts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(PRESETS, "first", Preset("", {"skip": ["width"]}))
        monkeypatch.setitem(PRESETS, "last", Preset("", {"skip": ["unwrap"]}))
        stages = stages_of(Choice(preset="first"), Choice(preset="last"))
        assert names(stages) == [name for name in DEFAULT if name != "unwrap"]
