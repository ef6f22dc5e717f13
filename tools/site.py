"""Hooks of mkdocs.yml: what the site shows of the test cases, the options and the files beside docs/.

A page asks for it with a comment, which a reader of the plain file does not see:

- ``<!-- case: width: Digits fold, a run at a time -->``: the text of that test case before and after;
- ``<!-- options: width -->``: a table of the stage's options;
- ``<!-- known failures -->``: the texts that come out wrong today, and what should come out.

What cannot be found is an error, so that no page promises what no test holds.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.cases import CASES, Case, load  # noqa: E402

import zhclean  # noqa: E402
from zhclean.configuration import shipped  # noqa: E402
from zhclean.options import options_of  # noqa: E402

STAGED = tempfile.TemporaryDirectory(prefix="zhclean-docs-")
MARKER = re.compile(r"^<!-- (case|options|known failures)(?:: (.+?))? -->$", re.MULTILINE)
LINE_END = re.compile(
    r"^```.*?^```$|(?<=[\u2e80-\uffef“”])\n *(?=[\u2e80-\uffef“”])", re.MULTILINE | re.DOTALL
)
"""A line end of Chinese prose, which browsers would show as a space; or a block of code, where none is touched."""
WORDS = {
    "en": {
        "before": "Before",
        "after": "After",
        "stays": "Comes back as it was",
        "wanted": "What should come out",
        "got": "What comes out",
        "gap": "Reported: text seems to be missing between {} and {}.",
        "not told": "What is not reported: text is missing between {} and {}.\n\n",
        "set": "With {}.",
        "option": "| option | meaning | values | default |",
        "no options": "It has no options.",
    },
    "zh": {
        "before": "清理前",
        "after": "清理后",
        "stays": "原样返回",
        "wanted": "应得的结果",
        "got": "实际的结果",
        "gap": "报告：{} 与 {} 之间疑似缺字。",
        "not told": "没有报告的是：{} 与 {} 之间缺了字。\n\n",
        "set": "设置：{}。",
        "option": "| 选项 | 含义 | 可取的值 | 默认值 |",
        "no options": "这个步骤没有选项。",
    },
}
ENGLISH_ONLY = '!!! note ""\n    本页只有英文版。\n\n'
INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Mn"}


def on_config(config: Any) -> Any:
    """Build from a copy of docs/ that has the pages made from other files, too."""
    docs = Path(STAGED.name)
    shutil.copytree(ROOT / "docs", docs, dirs_exist_ok=True)
    (docs / "cases").mkdir(exist_ok=True)
    for path in sorted(CASES.glob("*.md")):
        (docs / "cases" / path.name).write_text(all_cases(path), "utf-8")
    for name, page in (("CHANGELOG.md", "changes.md"), ("CONTRIBUTING.md", "contributing.md")):
        (docs / page).write_text(in_the_site((ROOT / name).read_text("utf-8")), "utf-8")
    shutil.copyfile(ROOT / "examples" / "yunxi.txt", docs / "yunxi.txt")
    config.docs_dir = str(docs)
    config.nav = opened(config.nav, docs)
    return config


def opened(nav: Any, docs: Path) -> Any:
    """The navigation with the pages of a folder in place of the folder, which is no page."""
    if isinstance(nav, list):
        return [opened(entry, docs) for entry in nav]
    if isinstance(nav, dict):
        return {title: opened(entry, docs) for title, entry in nav.items()}
    return [f"{nav}{page.name}" for page in sorted((docs / nav).glob("*.md"))] if nav.endswith("/") else nav


def in_the_site(text: str) -> str:
    """A file of the repository's root, its links leading to the site's pages."""
    text = text.replace("](README.md#set-up)", "](tutorial.md#install)")
    text = text.replace("](docs/decisions)", "](decisions/0001-stages-propose-edits.md)").replace(
        "](docs/", "]("
    )
    return re.sub(r"\[([^]]+)\]\((?:README\.md|LICENSE|NOTICE|SECURITY\.md)\)", r"\1", text)


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Put in what the page's comments ask for."""
    language = "zh" if page.file.src_uri.endswith(".zh.md") else "en"
    if language == "zh":
        markdown = LINE_END.sub(lambda found: found[0].strip("\n "), markdown)
    filled = MARKER.sub(lambda found: _filled(found, page, language), markdown)
    if language == "en" and getattr(page.file, "locale_alternate_of", "en") == "zh":
        filled = re.sub(r"^(# .+\n)", rf"\1\n{ENGLISH_ONLY}", filled, count=1, flags=re.MULTILINE)
    return filled


def _filled(found: re.Match[str], page: Page, language: str) -> str:
    makers: dict[str, Callable[[str, str], str]] = {
        "case": example,
        "options": options_table,
        "known failures": lambda _, lang: known_failures(lang),
    }
    try:
        return makers[found[1]](found[2], language)
    except LookupError as error:
        raise PluginError(f"{page.file.src_uri}: {found[0]}: there is no {error}") from None


def case_named(name: str) -> Case:
    """The test case that is called ``file: title``.

    Raises:
        LookupError: there is none.
    """
    for case in load(CASES / f"{name.partition(':')[0]}.md"):
        if case.id == name:
            return case
    raise LookupError(f"test case {name!r}")


def example(name: str, language: str) -> str:
    """The case of that name; its title, the rule it shows, is there in English only."""
    title = name.partition(": ")[2]
    caption = f"*{title[:1].upper()}{title[1:]}:*\n\n" if language == "en" else ""
    return caption + before_and_after(case_named(name), language)


def before_and_after(case: Case, language: str) -> str:
    """The source and the clean text of a case, one beneath the other."""
    words, notes = WORDS[language], []
    if case.options:
        notes.append(words["set"].format("、".join(f"`{key} = {value}`" for key, value in case.options)))
    notes += [words["gap"].format(f"`{left}`", f"`{right}`") for left, right in case.gaps]
    if case.source == case.expected:
        blocks = block(words["stays"], case.source)
    else:
        blocks = together(block(words["before"], case.source), block(words["after"], case.expected))
    return "\n\n".join([*notes, blocks])


def together(*blocks: str) -> str:
    """Blocks that are shown as one thing."""
    return "\n\n".join(['<div class="together" markdown="1">', *blocks, "</div>"]) + "\n\n"


def block(title: str, text: str) -> str:
    """A text in a frame with a title, with signs for what nobody could see."""
    return f'````text title="{title}"\n{visible(text)}\n````\n\n'


def visible(text: str) -> str:
    """The text, with the code points of characters that cannot be seen."""
    return "".join(
        c if c == "\n" or unicodedata.category(c) not in INVISIBLE else f"⟨U+{ord(c):04X}⟩" for c in text
    )


def all_cases(path: Path) -> str:
    """A page of all cases of a file, under its own title."""
    title, _, rest = path.read_text("utf-8").partition("\n")
    introduction = rest.partition("\n## ")[0].partition("\n# ")[0].strip()
    parts = [f"# {path.stem}", f"{title.removeprefix('# ')}. {introduction}"]
    for case in load(path):
        parts += [f"## {case.id.partition(': ')[2]}", before_and_after(case, "en")]
    return "\n\n".join(parts)


def options_table(name: str, language: str) -> str:
    """The options of a stage; the Chinese words for them stand in docs/options.zh.json."""
    listed = options_of(shipped()[name])
    words = WORDS[language]
    if not listed:
        return words["no options"]
    chinese = json.loads((ROOT / "tools" / "options.zh.json").read_text("utf-8"))
    rows = [words["option"], "|---|---|---|---|"]
    for option in listed:
        text = option.text if language == "en" else chinese[option.key]
        values = "、".join(f"`{c}`" for c in option.choices) if option.choices else option.expected
        if language == "zh" and not option.choices:
            values = f"{option.least:g}–{option.most:g}"
        rows.append(f"| `{option.key}` | {text} | {values} | `{option.default}` |")
    return "\n".join(rows)


def known_failures(language: str) -> str:
    """The texts that come out wrong: what should come out, and what does today."""
    words, parts = WORDS[language], []
    for case in load(CASES / "known_failures.md"):
        got = zhclean.clean(case.source)
        if got != case.expected:
            texts = (("before", case.source), ("wanted", case.expected), ("got", got))
            parts.append(together(*(block(words[key], text) for key, text in texts)))
        else:
            told = words["not told"].format(*(f"`{side}`" for side in case.gaps[0]))
            parts += [block(words["stays"], got), told]
    return "".join(parts)
