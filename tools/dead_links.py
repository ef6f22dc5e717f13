"""Hook of mkdocs.yml: a link in the finished site that leads nowhere is an error.

MkDocs looks at the links pages are written with. This looks at those readers get: of the navigation, of the
other language, of what hooks and plugins put in.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority


class Page(HTMLParser):
    """The links of an HTML page, and the places in it that links can lead to."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: set[str] = set()
        self.feed(file.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of what this tag leads to, and of its own name."""
        for name, value in attrs:
            if value and name in ("href", "src"):
                self.links.append(value)
            elif value and name == "id":
                self.places.add(value)


@event_priority(-101)  # behind i18n, which builds the other languages here
def on_post_build(config: Any) -> None:
    """Look at all pages.

    Raises:
        PluginError: a link within the site leads to no file, or to no place in its page.
    """
    dead = [f"{page}: {link}" for page, link in dead_links(Path(config.site_dir))]
    if dead:
        raise PluginError("\n".join(["dead links:", *dead]))


def dead_links(site: Path) -> Iterator[tuple[str, str]]:
    """Each address within the site with a link on it that leads nowhere."""
    pages = {file: Page(file) for file in sorted(site.rglob("*.html"))}
    for file, page in pages.items():
        address = f"/{file.relative_to(site).as_posix().removesuffix('index.html')}"
        for link in page.links:
            target = urlsplit(urljoin(address, link))
            if target.scheme or target.netloc:
                continue
            found = site / unquote(target.path).lstrip("/")
            found = found / "index.html" if found.is_dir() else found
            in_page = (
                found not in pages or not target.fragment or unquote(target.fragment) in pages[found].places
            )
            if not (found.is_file() and in_page):
                yield address, link
