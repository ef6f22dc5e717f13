"""A real browser for tests, driven without a window.

It is the one that $CHROMIUM names, or a Chromium or Chrome on the path. Where there is none the tests that need
it are skipped; in CI they fail. Screenshots are kept in $ZHCLEAN_SCREENSHOTS, if that is set.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.reports import without_space

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")


def find_browser() -> str | None:
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = find_browser()
    if path is None and not os.environ.get("CI"):
        pytest.skip("no Chromium or Chrome found; name one in $CHROMIUM")
    assert path is not None, "CI needs a browser: install chromium, or name one in $CHROMIUM"
    from playwright.sync_api import sync_playwright

    sandbox = not hasattr(os, "geteuid") or os.geteuid() != 0  # Chromium has none for root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, chromium_sandbox=sandbox)
        yield browser
        browser.close()


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Opens a page; at the end, nothing may have been requested and nothing may have gone wrong in it."""
    contexts = []
    wrong: list[str] = []

    def open_page(html: bytes, fragment: str = "", **options: Any) -> Any:
        path = tmp_path / "report.html"
        path.write_bytes(html)
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 900}, "locale": "en-US"} | options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: wrong.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on(
            "request", lambda request: request.url.split("#")[0] == path.as_uri() or wrong.append(request.url)
        )
        page.goto(path.as_uri() + fragment)
        page.set_default_timeout(20_000)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def filled(page: Any) -> Any:
    page.wait_for_selector(".body[aria-busy=false]", state="attached")
    return page


def wait_for_title(page: Any, title: str) -> None:
    """Until the page shows what a link leads to; it fails after a while if it never does.

    The page turns when the browser tells it of the new address, which is some time after the click.
    """
    from playwright.sync_api import expect

    expect(page.locator("h1:visible")).to_have_text(title)


def screenshot(page: Any, name: str) -> None:
    picture = page.screenshot()
    assert picture[:4] == b"\x89PNG"
    if directory := os.environ.get("ZHCLEAN_SCREENSHOTS"):
        Path(directory).mkdir(parents=True, exist_ok=True)
        Path(directory, f"{name}.png").write_bytes(picture)


def column(page: Any, name: str) -> str:
    """The text of a column as it is in the page, without white space."""
    cells = page.eval_on_selector_all(f".row .{name}", "cells => cells.map((cell) => cell.textContent)")
    return without_space("".join(cells))


def explanation(page: Any) -> str:
    shown: str = page.locator("#explanation:not([hidden])").inner_text()
    return shown
