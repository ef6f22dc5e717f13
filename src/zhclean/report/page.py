"""The HTML file: templates, scripts, style and messages put together, with the texts as data.

Nothing in the file is ever fetched: the policy it carries forbids it, and allows no script or style but those
whose digests it names. Texts are JSON that scripts show as text, so no text can become markup.
"""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import Any, NamedTuple

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from zhclean import __version__
from zhclean.cleaned import Cleaned
from zhclean.report.messages import LANGUAGES, message, messages, translation
from zhclean.report.view import Document, counts, view

SCRIPTS = (
    "messages.js",
    "text.js",
    "findings.js",
    "rows.js",
    "explanation.js",
    "figures.js",
    "document.js",
    "index.js",
    "start.js",
)
STYLES = ("page.css", "text.css")


class Failure(NamedTuple):
    """An input that could not be read, and why."""

    name: str
    cause: str


class Entry(NamedTuple):
    """A document as the index lists it."""

    name: str
    damage: float
    """Between 0 and 1."""
    changes: int
    gaps: int
    characters: int
    stages: Mapping[str, int]
    """Changes of each stage."""
    data: Mapping[str, Any]
    """What `view` gives."""


def html_report(texts: Mapping[str, Cleaned], *, language: str | None = None) -> bytes:
    """One HTML file, in UTF-8, that shows every edit of `texts`, which are named by their keys.

    `language` is that of the interface at first, ``en`` or ``zh``; by default the reader's browser decides.

    Raises:
        ValueError: there is no text, or no such language.

    >>> import zhclean
    >>> page = html_report({"会议.txt": zhclean.explain("２０２３年")})
    >>> page[:15], len(page) < 100_000
    (b'<!doctype html>', True)
    """
    return render((entry(Document(name, cleaned)) for name, cleaned in texts.items()), (), language)


def entry(document: Document) -> Entry:
    """One document, ready to be written into a report."""
    cleaned = document.cleaned
    return Entry(
        document.name,
        cleaned.damage,
        len(cleaned.edits),
        len(cleaned.gaps),
        len(cleaned.source),
        counts(cleaned),
        view(document, translation),
    )


def render(entries: Iterable[Entry], failures: Sequence[Failure], language: str | None) -> bytes:
    """The file, with the documents sorted from the worst to the best.

    Raises:
        ValueError: there is no document, or no such language.
    """
    ranked = sorted(entries, key=lambda item: -item.damage)
    if not ranked:
        raise ValueError("a report needs at least one text")
    if language not in (None, *LANGUAGES):
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, or None, not {language!r}")
    page = _template().render(
        entries=ranked,
        failures=failures,
        language=language or "auto",
        messages={name: messages(name) for name in LANGUAGES},
        t=partial(message, language or LANGUAGES[0]),
        stages=Counter(name for item in ranked for name in item.stages),
        scripts=[asset(name) for name in SCRIPTS],
        styles=[asset(name) for name in STYLES],
        version=__version__,
    )
    return page.encode("utf-8", "backslashreplace")  # JSON's own form of a lone surrogate


@cache
def _template() -> Template:
    return environment("zhclean.report").get_template("page.html.j2")


def environment(*packages: str) -> Environment:
    """Templates of these packages; a page of another package extends `page.html.j2` of this one."""
    result = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # Chinese is half as long in UTF-8 as in ASCII's \u escapes.
    result.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    result.filters["digest"] = _digest
    return result


def asset(name: str, package: str = "zhclean.report") -> Markup:
    """A script or style of a package of ours; safe as it is, for it ends no element."""
    return Markup((files(package) / "assets" / name).read_text("utf-8"))


def _digest(code: str) -> Markup:
    """What the page's policy calls a script or style it allows."""
    return Markup(f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'")
