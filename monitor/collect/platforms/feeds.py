"""公开订阅源: RSS, Atom and JSON Feed. They prove that something was posted, and nothing more."""

import re
from datetime import datetime
from functools import partial
from typing import Final

import fastfeedparser

from monitor.collect import bodies, http
from monitor.collect.cursor import Depth, ListPage, one_pass, walk_cursor
from monitor.collect.errors import REMEDIES, PlatformError, malformed
from monitor.collect.platform import READERS, Gathered, Line
from monitor.domain.account import PLATFORMS
from monitor.domain.allowance import Allowance, Per, Window
from monitor.domain.collecting import ErrorClass, Harvest, Route, Target
from monitor.domain.instants import to_second
from monitor.domain.numbers import Provenance
from monitor.domain.post import SeenPost

LABEL: Final = "订阅源"
GONE: Final = 404
LONGEST: Final = 500
ADDRESS: Final = "请系统管理员在「采集-授权」登记该账号的订阅源地址"
UNSAFE: Final = re.compile(r"[\x00-\x1f\x7f]")
HIDDEN: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Feeds:
    """The feed of one account, at its own address or below the office's feed server.

    Only feeds that need no bypass of a platform's doors are to be entered: docs say which do.
    """

    name = "feeds"
    title = "公开订阅源"
    base_url = "https://127.0.0.1"
    serves = frozenset(PLATFORMS)
    secret_names = ("address",)
    shared_names = ()
    allowances = (Allowance(Per.ADDRESS, 7200, Window.HOUR),)
    unconfirmed = ("各订阅源显示的条数与延迟各不相同,只证明有更新",)

    def route(self, platform: str) -> Route:
        """Presence only."""
        return Route(platform, "feed", Provenance.FEED, grade=0, fresh_hours=26)

    async def read(self, target: Target, line: Line) -> Harvest:
        """One pass: the newest posts, as far as the feed shows them."""
        gathered = Gathered(target, self.route(target.platform), line.second)
        depth = Depth.of(gathered, line, whole_list=False)

        async def page(_: str | None) -> ListPage:
            return ListPage(await _posts(target, line, gathered))

        return await one_pass(gathered, line, partial(walk_cursor, gathered, depth, page))


async def _posts(target: Target, line: Line, gathered: Gathered) -> tuple[SeenPost, ...]:
    address = target.secrets.get("address", "")
    if not address:
        raise PlatformError(ErrorClass.REAUTHORISE, "该账号没有订阅源地址", "", ADDRESS)
    content = await line.ask(http.Request("GET", address, LABEL), _bytes)
    entries = _entries(content)
    posts = [_post(each, gathered.started_at) for each in entries]
    found = tuple(post for post in posts if post is not None)
    if len(found) < len(posts):
        gathered.notes.append(malformed("部分条目没有时间或编号,未采信", LABEL))
    return found


def _bytes(answer: http.Answer) -> bytes:
    if answer.status == GONE:
        what, remedy = "订阅源不存在", REMEDIES[ErrorClass.GONE]
        raise PlatformError(ErrorClass.GONE, what, f"{answer.label},HTTP状态 404", remedy)
    return http.raw(answer)


def _entries(content: bytes) -> list[dict[str, object]]:
    """What a feed lists; MALFORMED where it is none. Declared entities are refused unread."""
    if HIDDEN.search(content):
        raise malformed("订阅源含有实体声明,未读取", LABEL)
    try:
        feed = fastfeedparser.parse(content, include_media=False)
    except (ValueError, TypeError, KeyError, RecursionError, AttributeError) as wrong:
        raise malformed("返回的不是订阅源", f"{LABEL},{type(wrong).__name__}") from None
    entries = feed.get("entries")
    if not isinstance(entries, list):
        raise malformed("返回的不是订阅源", LABEL)
    return [dict(each) for each in entries]


def _post(entry: dict[str, object], at: int) -> SeenPost | None:
    native_id, title, url = (_word(entry.get(name)) for name in ("id", "title", "link"))
    published = _second(entry.get("published") or entry.get("updated"))
    if published is None or not (native_id or url):
        return None
    return SeenPost(
        native_id=native_id or url,
        published_from=published,
        published_until=published,
        observed_at=at,
        title=title,
        url=url,
        text=_text(entry),
    )


def _text(entry: dict[str, object]) -> str:
    """The article where the feed gives it whole, else what it says of it."""
    content = entry.get("content")
    parts = content if isinstance(content, list) else []
    whole = [each.get("value") for each in parts if isinstance(each, dict)]
    return next(
        (found for each in (*whole, entry.get("description")) if (found := _read(each))), ""
    )


def _read(value: object) -> str:
    return bodies.of_html(value) if isinstance(value, str) else ""


def _second(value: object) -> int | None:
    try:
        instant = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return to_second(instant) if instant.tzinfo is not None else None


def _word(value: object) -> str:
    return UNSAFE.sub("", str(value or "")).strip()[:LONGEST]


READERS.add("feeds", Feeds())
