"""The cursor walk: a list read from its newest post back to the last complete pass, and no gap.

Two ways of paging are walked: by cursors the platform gives, and by page number (where only the
count and the first page can tell that the list moved). A list that moved is read anew once; then
the pass is incomplete. It is so too where the second reading lacks a good part of what the first
one saw: posts are deleted one by one, pages are lost by the half.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from monitor.collect.errors import CHANGED, LATER, PlatformError, malformed
from monitor.collect.platform import Gathered, Line
from monitor.domain.collecting import CoverageClaim, ErrorClass, Harvest
from monitor.domain.instants import BEGINNING, DAY
from monitor.domain.post import SeenPost

MOST_PAGES: Final = 500
TOLERATED: Final = 600
"""Seconds a post may seem to come from the future because two clocks differ."""


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list, newest first but for the posts `pinned` to its top.

    `next` is the cursor of the page after it, None on the last (ignored when paging by number or
    offset, which end with a page that is not full). `total` is the count of the whole list, where
    the platform tells it.
    """

    posts: tuple[SeenPost, ...]
    next: str | None = None
    pinned: frozenset[str] = frozenset()
    total: int | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The page's fingerprint."""
        return tuple(post.native_id for post in self.posts)


@dataclass(frozen=True, slots=True)
class Depth:
    """How far back a walk goes: to second `until`; `anchor` must be met before a list may end.

    `whole_list` False: the platform lists the newest only, and the end of it says nothing of what
    is older. `window` True: the list was asked for from `until` on, so that its end proves all of
    that and nothing older.
    """

    until: int
    anchor: int | None
    whole_list: bool = True
    window: bool = False

    @classmethod
    def of(
        cls, gathered: Gathered, line: Line, overlap_days: int = 7, *, whole_list: bool = True
    ) -> "Depth":
        """Back to the last complete pass, and over the days whose numbers still change."""
        known, started = gathered.target.known, gathered.started_at
        deepest = started - line.deepest_days * DAY
        if known.covered_until is None:
            return cls(deepest, known.anchor, whole_list)
        overlap = started - overlap_days * DAY
        gathered.reread_from = max(deepest, min(known.covered_until, overlap))
        return cls(gathered.reread_from, known.anchor, whole_list)


class _Moved(Exception):  # noqa: N818  # caught in this file only
    """The list changed while it was read."""


@dataclass
class Listed:
    """What a walk has seen, by id; `ended` when the platform said that nothing older is there."""

    gathered: Gathered
    depth: Depth
    ended: bool = False
    posts: dict[str, SeenPost] = field(default_factory=dict)
    ahead: int = 0
    _prints: set[tuple[str, ...]] = field(default_factory=set)
    _pages: int = 0

    def take(self, page: ListPage) -> bool:
        """Enter a page; True when the walk has come far enough. MALFORMED where it goes round."""
        self._pages += 1
        self.gathered.pages += 1
        if page.posts and page.ids in self._prints:
            raise malformed("平台重复返回同一页", f"第{self._pages}页")
        if self._pages >= MOST_PAGES:
            raise malformed("平台的列表没有尽头", f"已读{self._pages}页")
        self._prints.add(page.ids)
        for post in page.posts:
            self._enter(post)
        self.gathered.posts[:] = self.posts.values()
        return self._far_enough(page)

    def _enter(self, post: SeenPost) -> None:
        """Keep a post; what seems to come from the future came just now, or is not out yet."""
        now = self.gathered.started_at
        if post.published_from > now + TOLERATED:
            self.ahead += 1
            return
        if post.published_until > post.observed_at:
            first = min(post.published_from, post.observed_at)
            post = replace(post, published_from=first, published_until=post.observed_at)
        self.posts[post.native_id] = post

    def _far_enough(self, page: ListPage) -> bool:
        """The last post lies before `until`; where the order is broken, all of the page must."""
        times = [p.published_until for p in page.posts if p.native_id not in page.pinned]
        if not times:
            return False
        in_order = all(a >= b for a, b in pairwise(times))
        return (times[-1] if in_order else max(times)) < self.depth.until

    def close(self, *, ended: bool) -> "Listed":
        """The walk is over; MALFORMED where the list ended before a post that is known to stand."""
        self.ended = ended
        anchor = self.depth.anchor
        met = any(post.published_from <= anchor for post in self.posts.values()) if anchor else True
        if ended and self.depth.whole_list and not met:
            what = (
                "平台返回的列表缺少此前已有的作品"
                if self.posts
                else "平台返回空列表,但此前已有作品"
            )
            where = "" if not self.posts else f"只返回{len(self.posts)}条"
            raise PlatformError(ErrorClass.MALFORMED, what, where, CHANGED)
        if self.ahead:
            what = f"{self.ahead}条作品的发布时间晚于采集时刻,暂未采信"
            self.gathered.notes.append(malformed(what, "作品列表"))
        return self

    def claim(self, settle: int) -> CoverageClaim:
        """What was proved: from `until`, or from the beginning where the whole list ended, up to
        `settle` seconds before the pass began."""
        oldest = min((p.published_from for p in self.posts.values()), default=None)
        b = self.gathered.started_at - settle
        a = self.depth.until
        if self.ended and not self.depth.window:
            first = b if oldest is None else min(oldest, a)
            a = BEGINNING if self.depth.whole_list else first
        return CoverageClaim(min(a, b), b, looked_at=self.gathered.started_at)


async def one_pass(
    gathered: Gathered,
    line: Line,
    walk: Callable[[], Awaitable[Listed]],
    *beside: Callable[[], Awaitable[None]],
) -> Harvest:
    """A whole pass: the list, which alone is claimed, then what is read beside it."""
    try:
        listed = await walk()
    except PlatformError as error:
        return gathered.broken(error, line.second)
    await gathered.beside(*beside)
    return gathered.complete(listed.claim(gathered.route.settle), line.second)


async def walk_cursor(
    gathered: Gathered, depth: Depth, read: Callable[[str | None], Awaitable[ListPage]]
) -> Listed:
    """Walk by the platform's own cursors, the first None; a cursor that comes back is a loop."""
    listed = Listed(gathered, depth)
    cursor: str | None = None
    seen: set[str] = set()
    while True:
        page = await read(cursor)
        if listed.take(page):
            return listed.close(ended=False)
        if page.next is None:
            return listed.close(ended=True)
        if page.next in seen:
            raise malformed("平台的翻页游标绕回了原处", f"第{len(seen) + 1}页")
        seen.add(page.next)
        cursor = page.next


async def walk_numbers(
    gathered: Gathered, depth: Depth, size: int, read: Callable[[int], Awaitable[ListPage]]
) -> Listed:
    """Walk by page number from 1. No seam can be had: the count must stay what it was, and the
    first page, read again at the end of a walk of several pages, must begin as it did."""
    first = Listed(gathered, depth)
    with suppress(_Moved):
        return await _by_number(first, size, read)
    again, whole = Listed(gathered, depth), False
    with suppress(_Moved):
        await _by_number(again, size, read)
        whole = True
    gone = [post for key, post in first.posts.items() if key not in again.posts]
    gathered.posts.extend(gone)  # what was seen once was published, wherever it is now
    if whole and len(gone) < max(2, size // 2):
        return again
    what = "翻页过程中列表发生变化,重读一次仍未读完整"
    raise PlatformError(ErrorClass.RETRY, what, "作品列表", LATER)


async def _by_number(
    listed: Listed, size: int, read: Callable[[int], Awaitable[ListPage]]
) -> Listed:
    first = page = await read(1)
    number, enough = 1, listed.take(page)
    while not enough and len(page.posts) >= size:
        number += 1
        page = await read(number)
        if page.total != first.total:
            raise _Moved
        if not page.posts:
            break
        enough = listed.take(page)
    if number > 1:
        again = await read(1)
        listed.gathered.pages += 1
        if (again.ids, again.total) != (first.ids, first.total):
            raise _Moved
    return listed.close(ended=not enough)
