"""The headline of a page that stands again above its story: behind a date, behind its label, or with the site's name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from zhclean.lines.blocks import Kind, kind
from zhclean.lines.published import day_of, tells_published
from zhclean.patterns import pattern
from zhclean.stages.repeats.page import Page
from zhclean.stages.repeats.paragraphs.losses import Loss
from zhclean.stages.repeats.wording import ON_PURPOSE, ends_well

OPENING = 4
"""Lines at the beginning among which a headline that stands twice is looked for."""

HEADLINE = 5
"""Different characters, at least, of a headline; the cells of a table have fewer."""

_LABEL = pattern("(?:[标標][题題]|[题題]目)[:：]")
_SET_OFF = frozenset("_-–—|｜ \t\u3000\xa0")
"""What stands between a headline and the name of the site."""

_BETWEEN = pattern(r"[_|｜–—\s-]+")
_SITE = pattern(r"[^\W_]{0,10}(?:[网網报報社台臺刊]|新闻|新聞|在线|在線|频道|頻道|资讯|資訊|中心|客户端)")
"""How the name of a site ends, and that of its parts."""

LONGEST_NAME, NAMES = 12, 4
"""Characters of such a name, and names of a site and its parts behind a headline."""


def is_headline_again(page: Page, lines: Sequence[int]) -> bool:
    """Whether the first line of the text, no sentence, stands again among those that come before the story."""
    if lines[0] > 0 or lines[1] >= OPENING or not _may_be_headline(page, 0):
        return False
    return _is_furniture(page, range(1, lines[1])) and not _are_entries(page, lines[1])


def titles_again(page: Page) -> Iterator[tuple[int, Loss]]:
    """The title of the page, if it is the headline and the site's name, and the headline behind its label."""
    if headline := _headline_of_title(page):
        yield 0, Loss(headline, "headline repeated with the site's name", 0.85)
    for line in _labelled(page):
        yield line, Loss(0, "headline repeated behind its label", 0.85)


def _labelled(page: Page) -> Iterator[int]:
    """The lines in front of the story that say the headline, the first line of the text, behind its label (标题：)."""
    for line in range(1, min(OPENING, len(page.keys))):
        found = _LABEL.match(page.keys[line])
        is_said = found and page.keys[line][found.end() :] == page.keys[0]
        if is_said and _may_be_headline(page, 0) and _is_furniture(page, range(1, line)):
            yield line


def _headline_of_title(page: Page) -> int:
    """The line with the headline, if the first line of the text is the title of the page: the same and the site's name;
    0 if it is not.
    """
    for line in range(1, min(OPENING, len(page.keys))):
        own = page.contents[line]
        is_title = page.contents[0].startswith(own) and _names_site(page.contents[0][len(own) :])
        if is_title and _may_be_headline(page, line) and _is_furniture(page, range(1, line)):
            return line
    return 0


def _names_site(rest: str) -> bool:
    """Whether what stands behind a headline is a mark or a blank, and the name of a site, perhaps behind that of its parts."""
    names = _BETWEEN.split(rest)[1:]
    if rest[:1] not in _SET_OFF or not 0 < len(names) <= NAMES or max(map(len, names)) > LONGEST_NAME:
        return False
    return _SITE.fullmatch(names[-1]) is not None


def may_be_named(page: Page, line: int) -> bool:
    """Whether the first line of the text, no sentence, may be this one and the name of the site, set off by a mark or a blank."""
    first, own = page.contents[0], page.contents[line]
    return not ends_well(first) and first.startswith(own) and first[len(own) : len(own) + 1] in _SET_OFF


def _may_be_headline(page: Page, line: int) -> bool:
    key = page.keys[line]
    return len(set(key)) >= HEADLINE and not ends_well(key)


def _is_furniture(page: Page, lines: Iterable[int]) -> bool:
    """Whether lines tell of the page, or when and where the story was published, and are nothing of the story."""
    contents = page.contents
    return all(kind(contents[line]) in ON_PURPOSE or tells_published(contents[line]) for line in lines)


def _are_entries(page: Page, second: int) -> bool:
    """Whether another day stands below the second of two equal lines than below the first: they are entries of a list."""
    below = page.content(second + 1)
    days = {day_of(page.contents[line]) for line in range(1, second)} - {""}
    if not days or not (tells_published(below) or kind(below) is Kind.FURNITURE):
        return False
    return day_of(below) not in days | {""}
