"""What a person in a terminal sees: each change in its line, and a note that points at it."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

import zhclean
from tests.damaged_news import any_text
from zhclean.cleaned import Cleaned
from zhclean.commands.word_diff import WIDTH, print_to
from zhclean.edits import Edit, Gap, Span

NEWS = (
    "区人民医院新增床位５００张,就诊环境明显改善。\n"
    "全年新增高新技术企业一百家以上，带动就业三千余人，确保服\n\n务业增加值增长百分之七。\n"
)
ITALIC = "\x1b[3m"  # notes are set in it
SHOWN = """\
unwrap: 1 change
   2:29  …带动就业三千余人，确保服[-↵↵-]务业增加值增长百分之七。
                                  ^ line broken, 98%

width: 1 change
   1:10  区人民医院新增床位[-５００-]{+500+}张,就诊环境明显改善。
                           ^ full-width digits, 100%

1 gap
   2:14  …年新增高新技术企业一百家[?]以上，带动就业三千余人，…
                                  ^ text is missing, 60%

2 changes, 1 gap, damage 0.49
  unwrap            1
  width             1
"""


@pytest.fixture(autouse=True)
def no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


def shown(cleaned: Cleaned) -> str:
    stream = StringIO()
    print_to(stream, cleaned)
    return stream.getvalue()


def of(source: str, *edits: Edit, gaps: tuple[Gap, ...] = ()) -> str:
    return shown(Cleaned(source, "", edits, gaps))


def body(source: str, *edits: Edit) -> list[str]:
    """The lines with changes, without heading and summary."""
    return of(source, *edits).split("\n\n")[0].split("\n")[1:]


def test_changes_are_shown_by_stage_and_line() -> None:
    digits, broken = NEWS.index("５"), NEWS.index("\n\n")
    edits = (
        Edit(digits, digits + 3, "500", "full-width digits", 1.0, "width"),
        Edit(broken, broken + 2, "", "line broken", 0.98, "unwrap"),
    )
    at = NEWS.index("以上")
    cleaned = Cleaned(NEWS, "", edits, (Gap(at, at, "text is missing", 0.6),), zhclean.STAGES)
    assert shown(cleaned) == SHOWN


def test_changes_of_one_line_stand_in_one_line() -> None:
    source = "增长５％，其中工业增长６％，服务业增长７％。"
    first, note = body(source, *(Edit(n, n + 2, "x", "digits", stage="width") for n in (2, 11, 19)))
    assert first == "    1:3  增长[-５％-]{+x+}，其中工业增长[-６％-]{+x+}，服务业增长[-７％-]{+x+}。"
    assert note == f"{'^':>14}{'^':>27}{'^':>25} digits, 100%"


def test_long_stretches_are_left_out() -> None:
    source = "甲" * 100 + "１" + "乙" * 100 + "２" + "丙" * 100
    lines = body(source, Edit(100, 101, "1", "digits"), Edit(201, 202, "2", "digits"))
    assert lines[0] == f"  1:101  …{'甲' * 12}[-１-]{{+1+}}{'乙' * 12}…"
    assert lines[2] == f"  1:202  …{'乙' * 12}[-２-]{{+2+}}{'丙' * 12}…"


def test_long_removals_are_cut_and_broken_within_the_width() -> None:
    lines = body("新" * 5000, Edit(100, 4900, "", "again", repeats=Span(0, 50)))
    assert "… 4,760 more …" in "".join(lines)
    assert max(map(cell_len, lines)) <= WIDTH
    assert "again; the copy at 1:1 stays, 100%" in "".join(lines)


def test_moved_text_tells_where_from_and_where_to() -> None:
    edits = (
        Edit(2, 6, "", "goes on below", group=0),
        Edit(9, 9, "图片\n", "moved", origin=Span(3, 6), group=0),
    )
    text = of("前半\n图片\n后半\n尾", *edits)
    assert "goes on below; what stood here is moved to 4:1, 100%" in text
    assert "moved; from 2:1, 100%" in text


def test_what_cannot_be_seen_has_a_name() -> None:
    edits = (Edit(1, 2, "", "invisible"), Edit(2, 3, " ", "space"), Edit(4, 6, "", "line end"))
    assert body("甲\u200b\u3000乙\r\n", *edits)[0] == "    1:2  甲[-<U+200B>-][-<U+3000>-]{+␣+}乙[-␍↵-]"


def test_a_terminal_shows_colours_and_the_same_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    monkeypatch.setenv("TERM", "xterm")
    cleaned = zhclean.explain(NEWS)
    coloured = shown(cleaned)
    assert "\x1b[31m[-５００-]\x1b[0m\x1b[32m{+500+}\x1b[0m" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    plain = shown(cleaned)
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", plain)
    assert re.sub(r"\x1b\[[0-9;]*m", "", plain) == re.sub(r"\x1b\[[0-9;]*m", "", coloured)


@settings(max_examples=60)
@given(any_text, st.integers(40, 120))
@example("Ａ国\u0301，" * 30 + "\n\n" + "🀄️２" * 30, 40)
def test_every_note_points_at_a_change(text: str, width: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORCE_COLOR", "1")
        patch.setenv("TERM", "xterm")
        patch.setenv("COLUMNS", str(width))
        lines = shown(zhclean.explain(text)).split("\n")
    above: dict[int, str] = {}
    for line in lines:
        plain = re.sub(r"\x1b\[[0-9;]*m", "", line)
        if line.startswith(ITALIC):
            assert all(above[column] in "[{" for column, c in cells(plain) if c == "^"), (above, line)
        else:
            assert cell_len(plain) <= width
            above = dict(cells(plain))


def cells(line: str) -> list[tuple[int, str]]:
    """The characters of a line, each with the column it begins at."""
    result, column = [], 0
    for character in line:
        if cell_len(character):
            result.append((column, character))
        column += cell_len(character)
    return result
