"""Texts for the tests of the report, and ways to look into its page."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import zhclean
from zhclean.edits import Edit, Gap, Span, apply

EXAMPLE = zhclean.read(Path(__file__).parents[1] / "examples" / "yunxi.txt")

HOSTILE = (
    "<script>alert(1)</script></script><!-- <![CDATA[ ]]> & &amp; &#x27; \"'` {{ 7 * 7 }} {% raw %} ${x}\n"
    "</style></template><img src=x onerror=alert(2)><svg onload=alert(3)>\n"
    "甲\u2028乙\u2029丙\0丁\ud800戊\udc00己\u202e倒\u2066庚\x1b[31m辛\x85\x7f\ufeff\ufffe\U0010ffff\U00020000尾\r\n壬\r癸"
)


# Each visible piece of text with its contrast to the nearest ground behind it that is not transparent.
CONTRASTS = """() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const channel = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility() || element.closest("script, style, .skip")) continue;
    const [a, b] = [luminance(parse(getComputedStyle(element).color)), luminance(ground(element))];
    found.push([walker.currentNode.data.slice(0, 20), (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)]);
  }
  return found;
}"""


class Page(HTMLParser):
    """What is in an HTML file: its scripts, styles, data, and all attributes that could lead elsewhere."""

    def __init__(self, html: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.attributes: list[tuple[str, str, str]] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self.data: dict[str, Any] = {}
        self.texts: list[str] = []
        self._in = ""
        self._id: str | None = None
        self.feed(html.decode("utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self._in, self._id = tag, dict(attrs).get("id")

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "script" and self._id:
            self.data[self._id] = json.loads(data)
        elif self._in == "script":
            self.scripts.append(data)
        elif self._in == "style":
            self.styles.append(data)
        else:
            self.texts.append(data)

    def content(self, name: str) -> str:
        """The `content` of the meta element called so."""
        at = self.attributes.index(("meta", "http-equiv" if name[0].isupper() else "name", name))
        return self.attributes[at + 1][2]


def a_megabyte() -> zhclean.Cleaned:
    """A text of 1 MB with a break, a number or a comma to repair in each line of thirty characters."""
    paragraph = (
        "云溪区今年将加快发展现代服务业，全年新开工亿元以上项目３８个，完成投资156.4亿元，重点\n"
        "推进垃圾分类、污水治理、河道清淤等工作,让绿水青山成为群众家门口的幸福不动产，力争年底以\n"
        "前全部完工。\n\n"
    )
    source = "".join(f"第{n}项：{paragraph}" for n in range(3500))
    assert len(source.encode()) > 1_000_000
    repaired = re.finditer(r"(?<=[点以])\n|３８|(?<=作),", source)
    new = {"\n": ("", "unwrap"), "３８": ("38", "width"), ",": ("，", "punctuation")}
    edits = tuple(
        Edit(*match.span(), new[match[0]][0], "as in the test", 0.9 + n % 97 / 1000, new[match[0]][1])
        for n, match in enumerate(repaired)
    )
    return zhclean.Cleaned(source, apply(source, edits), edits)


def damaged() -> zhclean.Cleaned:
    """each kind of finding, several stages at one place, and what they belong to."""
    source = "区里推行一站式审\n\n图为窗口。\n\n批服务３８项,免费。\n\n区里推行一站式审\n\n水环境质\n\n发展林下经济。"
    at = source.index
    copy = source.rindex("区里")
    edits = (
        Edit(8, at("批"), "", "the sentence goes on behind what interrupts it", 0.9, "unwrap", group=0),
        Edit(at("３"), at("项"), "38", "full-width letters or digits", 1.0, "width"),
        Edit(at(","), at("费"), "，不要", "ASCII mark in Chinese; a made-up reason", 0.8, "punctuation+made-up"),
        Edit(at("。", at("费")) + 1, at("。", at("费")) + 1, "\n\n图为窗口。", "moved from the middle of the sentence", 0.9, "unwrap", origin=Span(8, 15), group=0),
        Edit(copy, copy + 10, "", "cut-off copy of a longer paragraph", 0.93, "repeats", repeats=Span(0, 8)),
    )  # fmt: skip
    end = at("发") - 2
    gap = Gap(end, end + 2, "the sentence breaks off: text is missing, or stands elsewhere", 0.7, "unwrap")
    return zhclean.Cleaned(source, apply(source, edits), edits, (gap,), zhclean.STAGES)


def without_space(text: str) -> str:
    return "".join(text.split())
