"""freepublish/batchget: the words of what was 发表; no list gives those of what was 群发."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlsplit

from monitor.collect.answers import Document, record, rows, text, whole
from monitor.collect.bodies import body

WHERE: Final = "微信接口 freepublish/batchget"
PATH: Final = "/cgi-bin/freepublish/batchget"
PAGE: Final = 10
"""Whole articles come, so few at once."""
MOST_PAGES: Final = 3
NO_RIGHT: Final = frozenset({48001, 61007})
"""Who may not list them has them compared by their titles, as all that was 群发."""


@dataclass(frozen=True, slots=True)
class Articles:
    """One page: the words of each article by its msgid, and whether it is the last worth asking."""

    words: dict[str, str]
    last: bool


def question(number: int) -> dict[str, object]:
    """What is asked for the page of that number, from 0."""
    return {"offset": number * PAGE, "count": PAGE, "no_content": 0}


def page(document: Document, since: int, number: int) -> Articles:
    """The words of one page's articles; the last is one that reaches what was published before a
    second, or the end of the list."""
    items = rows(document, "item", WHERE)
    words = dict(found for each in items for found in _articles(each))
    times = [whole(each, "update_time", WHERE) or 0 for each in items]
    total = whole(document, "total_count", WHERE) or 0
    over = (number + 1) * PAGE >= total or number + 1 >= MOST_PAGES
    return Articles(words, over or not items or min(times) < since)


def _articles(item: Document) -> Iterator[tuple[str, str]]:
    content = record(item.get("content"), WHERE)
    for article in rows(content, "news_item", WHERE):
        number = _msgid(text(article, "url", WHERE))
        said = body(article, "content", WHERE, marked=True) or body(article, "digest", WHERE)
        if number and said and article.get("is_deleted") is not True:
            yield number, said


def _msgid(url: str) -> str:
    """The name that the list of numbers has for an article; '' where its address does not tell."""
    said = parse_qs(urlsplit(url).query)
    number, index = said.get("mid", [""])[0], said.get("idx", ["1"])[0]
    fit = all(each.isascii() and each.isdecimal() for each in (number, index))
    return f"{number}_{index}" if fit else ""
