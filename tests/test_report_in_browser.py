"""The page of `zhclean report` in a real browser: see `tests/browsing.py`."""

from __future__ import annotations

import json
import re
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

import zhclean
from tests.browsing import column, explanation, filled, screenshot, wait_for_title
from tests.reports import CONTRASTS, EXAMPLE, HOSTILE, a_megabyte, damaged, without_space
from zhclean.edits import apply
from zhclean.report.page import Failure, entry, render
from zhclean.report.view import Document

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def example() -> zhclean.Cleaned:
    return zhclean.explain(EXAMPLE)


@pytest.fixture(scope="module")
def example_page(example: zhclean.Cleaned) -> bytes:
    return zhclean.html_report({"yunxi.txt": example})


class TestExample:
    def test_shows_both_texts_and_fetches_nothing(
        self, show: Any, example: zhclean.Cleaned, example_page: bytes
    ) -> None:
        page = filled(show(example_page))
        assert page.title() == "yunxi.txt · zhclean"
        assert column(page, "source") == without_space(example.source)
        assert column(page, "clean") == without_space(example.text)
        assert page.locator(".changes-number").inner_text() == str(len(example.edits))
        assert page.locator(".gaps-number").inner_text() == str(len(example.gaps))
        assert (
            page.locator(".damage-number")
            .inner_text()
            .startswith(f"{100 * example.damage:.1f}".rstrip("0").rstrip("."))
        )
        screenshot(page, "example")

    def test_each_change_is_reached_and_explained_by_key(
        self, show: Any, example: zhclean.Cleaned, example_page: bytes
    ) -> None:
        page = filled(show(example_page))
        findings = len(example.edits) + len(example.gaps)
        seen = []
        for n in range(findings):
            page.keyboard.press("nj"[n % 2])
            assert page.locator(".position").inner_text() == f"{n + 1} of {findings}"
            focused = page.locator(":focus")
            assert focused.get_attribute("aria-describedby") == "explanation"
            assert page.eval_on_selector(
                ":focus",
                "e => { const b = e.getBoundingClientRect(); return b.top > 0 && b.bottom < innerHeight }",
            )
            seen.append(explanation(page))
        for edit in example.edits:
            assert any(edit.stage in text and edit.reason.split("; ")[0] in text for text in seen)
        page.keyboard.press("n")  # and round again
        assert page.locator(".position").inner_text() == f"1 of {findings}"
        page.keyboard.press("k")
        assert page.locator(".position").inner_text() == f"{findings} of {findings}"
        page.click("button.previous")
        assert page.locator(".position").inner_text() == f"{findings - 1} of {findings}"
        screenshot(page, "explained")

    def test_tab_goes_through_the_changes_once(
        self, show: Any, example: zhclean.Cleaned, example_page: bytes
    ) -> None:
        page = filled(show(example_page))
        page.locator(".row .finding").first.focus()
        numbers = []
        while page.evaluate("document.activeElement.matches('.row .finding')"):
            numbers.append(page.evaluate("document.activeElement.dataset.finding"))
            assert explanation(page)
            page.keyboard.press("Tab")
        assert len({*numbers}) == len(example.edits) + len(example.gaps)
        assert page.locator("#explanation").is_hidden()

    def test_switching_a_stage_off_brings_its_text_back(
        self, show: Any, example: zhclean.Cleaned, example_page: bytes
    ) -> None:
        page = filled(show(example_page))
        stages = sorted({stage for edit in example.edits for stage in edit.stage.split("+")})
        for stage in stages:
            page.check(f".stages input[value={stage}]")
            page.uncheck(f".stages input[value={stage}]")
            kept = [edit for edit in example.edits if stage not in edit.stage.split("+")]
            filled(page)
            assert column(page, "clean") == without_space(apply(example.source, kept))
            assert column(page, "source") == without_space(example.source)
            assert page.locator(".position").inner_text().startswith(str(len(kept) + len(example.gaps)))
            page.check(f".stages input[value={stage}]")
        filled(page)
        assert column(page, "clean") == without_space(example.text)

    def test_only_what_changed(self, show: Any, example_page: bytes) -> None:
        page = filled(show(example_page))
        every = page.locator(".row:visible").count()
        page.check(".only-changed input")
        assert 0 < page.locator(".row:visible").count() < every
        assert page.locator(".row:visible:not(:has(.finding))").count() == 0


class TestFindings:
    @pytest.fixture
    def page(self, show: Any) -> Any:
        return filled(show(zhclean.html_report({"a.txt": damaged()})))

    def test_each_kind_differs_by_more_than_colour(self, page: Any) -> None:
        looks = page.evaluate("""() => Object.fromEntries(["removed", "inserted", "replaced", "moved", "gap"].map((kind) => {
            const s = getComputedStyle(document.querySelector(`.legend .finding.${kind}`));
            return [kind, [s.textDecorationLine, s.textDecorationStyle, s.borderTopStyle, s.borderLeftStyle].join()];
        }))""")
        assert len(set(looks.values())) == 5
        assert {"moved", "replaced", "removed", "gap"} <= set(
            " ".join(page.eval_on_selector_all(".row .finding", "all => all.map((e) => e.className)")).split()
        )

    def test_screen_readers_meet_deletions_and_insertions_in_a_table(self, page: Any) -> None:
        assert page.locator(".row .source del").count() >= 4
        assert page.locator(".row .clean ins").count() >= 3
        assert page.locator(".row .source ins, .row .clean del").count() == 0
        assert page.get_by_role("table", name=re.compile("Source and clean")).count() == 1
        assert page.get_by_role("row").count() == page.locator(".row").count() + 1
        assert page.get_by_role("cell").first.get_attribute("lang") == "zh"
        for label in ("removed here", "text seems to be missing here", "moved from here", "inserted here"):
            assert page.get_by_role("img", name=label).count() >= 1, label

    def test_the_explanation_leads_to_the_copy_that_stays_and_back(self, page: Any) -> None:
        page.locator(".source .removed").focus()
        said = explanation(page)
        for part in (
            "repeats · said twice",
            "line 7",
            "区里推行一站式审",
            "nothing",
            "cut-off copy",
            "93%",
            "Repeats line 1",
        ):
            assert part in said
        page.keyboard.press("Enter")
        assert page.locator(".row.target .source").inner_text().startswith("区里推行一站式审")
        assert page.evaluate("[...CSS.highlights.get('target')].map(String).join()") == "区里推行一站式审"
        page.keyboard.press("b")
        assert "repeats" in explanation(page)

    def test_the_explanation_leads_to_where_it_was_moved_and_from(self, page: Any) -> None:
        page.locator(".source del.moved").focus()
        assert "Moved to line 5" in explanation(page)
        page.keyboard.press("Enter")
        assert "Moved here from line 3" in explanation(page)

    def test_the_pointer_explains_and_can_go_into_the_explanation(self, page: Any) -> None:
        page.hover(".clean ins.replaced >> nth=0")
        assert "full-width letters or digits" in explanation(page)
        page.hover("#explanation")
        page.wait_for_timeout(400)
        assert explanation(page)
        page.hover("h1:visible")
        page.wait_for_selector("#explanation", state="hidden")

    def test_escape_closes_the_explanation(self, page: Any) -> None:
        page.keyboard.press("n")
        page.keyboard.press("Escape")
        assert page.locator("#explanation").is_hidden()

    def test_what_several_stages_did_goes_back_with_either(self, page: Any) -> None:
        for stage in ("punctuation", "made-up"):
            page.uncheck(f".stages input[value={stage}]")
            assert "38项,免费" in column(page, "clean")
            page.check(f".stages input[value={stage}]")
            assert "38项，不要费" in column(page, "clean")

    def test_what_was_moved_goes_back_as_a_whole(self, page: Any) -> None:
        page.uncheck(".stages input[value=unwrap]")
        assert column(page, "clean").startswith("区里推行一站式审图为窗口。批服务38项")
        assert column(page, "clean").count("图为窗口") == 1

    def test_gaps_can_be_switched_off(self, page: Any) -> None:
        assert page.locator(".row .finding.gap").count() == 2
        page.uncheck(".stages input[value=gaps]")
        assert page.locator(".row .finding.gap").count() == 0

    def test_single_letter_keys_can_be_switched_off(self, page: Any) -> None:
        page.uncheck(".keys-on input")
        page.keyboard.press("n")
        assert page.locator("#explanation").is_hidden()

    def test_every_key_is_documented_on_the_page(self, page: Any) -> None:
        keys = page.eval_on_selector_all(".keys kbd", "all => all.map((e) => e.textContent)")
        assert set(keys) == {*"njpkbv", "Tab", "Enter", "Esc"}


class TestHostileText:
    def test_is_shown_and_breaks_nothing(self, show: Any) -> None:
        page = filled(show(zhclean.html_report({f"<b>{HOSTILE}</b>": zhclean.explain(HOSTILE, [])})))
        # As JSON, which spells half surrogate pairs out: on their way from the browser older drivers lose them.
        get = "cells => JSON.stringify(cells.map((cell) => cell.textContent))"
        shown = "".join(json.loads(page.eval_on_selector_all(".row .source", get)))
        assert without_space(shown) == without_space(HOSTILE)
        assert page.locator(".row :is(script, img, svg, style)").count() == 0
        signs = page.eval_on_selector_all(".row .source .sign", "all => all.map((e) => e.dataset.sign)")
        assert {"U+0000", "U+2028", "U+D800", "U+202E", "U+FEFF", "U+001B"} <= {*signs}
        screenshot(page, "hostile")

    def test_is_explained(self, show: Any) -> None:
        page = filled(show(zhclean.html_report({"a": zhclean.explain(HOSTILE)})))
        for _ in range(page.locator(".source .finding").count()):
            page.keyboard.press("n")
            assert explanation(page)


class TestLargeText:
    def test_the_first_lines_can_be_read_before_the_last_are_there(self, show: Any) -> None:
        cleaned = a_megabyte()
        page = show(zhclean.html_report({"a.txt": cleaned}))
        assert page.locator(".row").first.is_visible()
        filled(page)
        rows = page.locator(".row").count()
        assert rows == 3500
        assert page.locator(".row .source .finding").count() == len(cleaned.edits)
        page.keyboard.press("n")
        page.keyboard.press("p")
        assert page.locator(".position").inner_text() == f"{len(cleaned.edits):,} of {len(cleaned.edits):,}"
        assert page.locator(":focus").evaluate("e => e.closest('.row').dataset.row") == str(rows - 1)
        assert explanation(page)
        screenshot(page, "large")
        page.uncheck(".stages input[value=unwrap]")
        filled(page)
        assert page.locator(".row .source .finding").count() == sum(
            e.stage != "unwrap" for e in cleaned.edits
        )

    def test_a_change_is_reached_before_its_row_is_there(self, show: Any) -> None:
        cleaned = a_megabyte()
        page = show(zhclean.html_report({"a.txt": cleaned}))
        page.keyboard.press("n")
        page.keyboard.press("p")
        assert page.locator(":focus").evaluate("e => e.dataset.finding") == str(len(cleaned.edits) - 1)


class TestIndex:
    @pytest.fixture
    def page(self, show: Any) -> Any:
        texts = {
            "clean.txt": "全年新增学位四千个。",
            "<b>10.txt": "锟斤拷" * 40,
            "2.txt": "会议将于２０２３年举行。",
        }
        entries = [entry(Document(name, zhclean.explain(text))) for name, text in texts.items()]
        return show(render(entries, [Failure("noise.bin", "<not> text")], None))

    @staticmethod
    def names(page: Any) -> list[str]:
        found: list[str] = page.locator("#index tbody th").all_inner_texts()
        return found

    def test_the_worst_comes_first_and_what_failed_is_named(self, page: Any) -> None:
        assert self.names(page) == ["<b>10.txt", "2.txt", "clean.txt"]
        assert page.get_by_role("alert").inner_text().splitlines()[-1] == "noise.bin: <not> text"
        assert page.locator("article").is_hidden()
        screenshot(page, "index")

    def test_can_be_sorted(self, page: Any) -> None:
        page.click("th.name button")
        assert self.names(page) == ["<b>10.txt", "2.txt", "clean.txt"]
        page.click("th.name button")
        assert self.names(page) == ["clean.txt", "2.txt", "<b>10.txt"]
        assert page.get_attribute("thead th.name", "aria-sort") == "descending"
        page.click("th.characters button")
        assert self.names(page)[0] == "<b>10.txt"

    def test_leads_to_each_document_and_back(self, page: Any) -> None:
        page.click("text=2.txt")
        wait_for_title(page, "2.txt")
        assert "会议将于２０２３年举行" in column(filled(page), "source")
        page.click(".next-document")
        wait_for_title(page, "clean.txt")
        assert page.locator(".nothing").is_visible()
        page.go_back()
        wait_for_title(page, "2.txt")
        page.click(".all")
        wait_for_title(page, "3 documents")

    def test_a_document_is_only_read_when_it_is_opened(self, page: Any) -> None:
        assert page.locator(".row").count() == 0


class TestLanguage:
    def test_is_the_readers(self, show: Any, example_page: bytes) -> None:
        page = show(example_page, locale="zh-CN")
        assert page.get_attribute("html", "lang") == "zh-Hans"
        assert page.locator(".views").inner_text().split() == ["对照", "原文", "清理后"]
        page.keyboard.press("n")
        assert "全角字母或数字" in explanation(page)
        screenshot(page, "chinese")
        page.click("text=English")
        assert page.get_attribute("html", "lang") == "en"
        assert page.get_attribute(".rows", "aria-label") == "Source and clean text, paragraph by paragraph"

    def test_or_the_one_chosen(self, show: Any, example: zhclean.Cleaned) -> None:
        page = show(zhclean.html_report({"a": example}, language="zh"))
        assert page.get_attribute("html", "lang") == "zh-Hans"

    def test_what_has_no_translation_is_marked_as_english(self, show: Any) -> None:
        page = show(zhclean.html_report({"a": damaged()}, language="zh"))
        page.locator(".source .replaced >> nth=1").focus()
        assert page.locator("#explanation .reason [lang=en]").inner_text() == "a made-up reason"


class TestSight:
    def test_a_phone_shows_one_column(self, show: Any, example_page: bytes) -> None:
        page = filled(show(example_page, viewport=PHONE, has_touch=True))
        source, clean = (
            page.locator(f".row:has(.finding) .{name}").first.bounding_box() for name in ("source", "clean")
        )
        assert source["y"] + source["height"] <= clean["y"]
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        page.click(".views button[value=clean]")
        assert page.locator(".row .source:visible").count() == 0
        page.locator(".clean .finding").first.tap()
        box = page.locator("#explanation").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        screenshot(page, "phone")
        page.keyboard.press("v")
        assert page.locator(".rows").get_attribute("data-view") == "both"

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_contrast_is_sufficient(self, show: Any, scheme: str) -> None:
        """WCAG 2 AA: 4.5 to 1 for text of ordinary size."""
        page = filled(show(zhclean.html_report({"a": damaged()}), color_scheme=scheme))
        page.locator(".source .removed").focus()
        found = page.evaluate(CONTRASTS)
        assert len(found) > 40
        assert {text: ratio for text, ratio in found if ratio < 4.5} == {}
        screenshot(page, scheme)

    def test_the_schemes_differ(self, show: Any, example_page: bytes) -> None:
        grounds = {
            show(example_page, color_scheme=scheme).evaluate(
                "getComputedStyle(document.documentElement).backgroundColor"
            )
            for scheme in ("light", "dark")
        }
        assert len(grounds) == 2

    def test_nothing_moves_for_those_who_do_not_want_it(self, show: Any) -> None:
        page = filled(show(zhclean.html_report({"a": damaged()}), reduced_motion="reduce"))
        page.locator(".source .removed").focus()
        page.keyboard.press("Enter")
        moving = "e => [e, ...e.querySelectorAll('*')].filter((x) => getComputedStyle(x).animationName !== 'none').length"
        assert page.eval_on_selector("body", moving) == 0

    def test_the_skip_link_comes_first_and_leads_to_the_text(self, show: Any, example_page: bytes) -> None:
        page = filled(show(example_page))
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Skip to the text"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.dataset.finding") == "0"


class Recorder(BaseHTTPRequestHandler):
    """Serves one page, and writes down what was asked for."""

    def __init__(self, page: bytes, asked: list[str], *rest: Any) -> None:
        self.page, self.asked = page, asked
        super().__init__(*rest)

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(self.page)

    def log_message(self, *_: object) -> None: ...


def test_a_server_is_asked_for_the_page_alone(browser: Any, example_page: bytes) -> None:
    asked: list[str] = []
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Recorder, example_page, asked)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/report.html")
        filled(page).keyboard.press("n")
        page.close()
        server.shutdown()
    assert asked == ["/report.html"]
