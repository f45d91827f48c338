"""Statuses and comments of Weibo as values: visible posts, and how the owner answers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from statistics import median_low
from typing import Final

from monitor.collect.answers import Document, record, rows, text, whole
from monitor.collect.bodies import caption
from monitor.collect.errors import malformed
from monitor.domain.instants import to_second
from monitor.domain.numbers import PostNumbers
from monitor.domain.post import SeenPost

TIMELINE: Final = "微博接口 user_timeline"
COMMENTS: Final = "微博接口 comments"
WRITTEN: Final = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2}) (\d{4})"
)
MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page: its visible posts, how many rows it had, and the lowest id of all of them."""

    posts: tuple[SeenPost, ...]
    rows: int
    lowest: int | None
    total: int | None


def timeline(document: Document, uid: str, at: int) -> Timeline:
    """A page of the owner's timeline; MALFORMED where a post is another's."""
    statuses = rows(document, "statuses", TIMELINE)
    ids = [_identity(each, TIMELINE) for each in statuses]
    return Timeline(
        posts=tuple(_post(each, uid, at) for each in statuses if _visible(each)),
        rows=len(statuses),
        lowest=min(ids, default=None),
        total=whole(document, "total_number", TIMELINE),
    )


def _visible(status: Document) -> bool:
    """Whether anybody may see it. A deleted one stays in the list as an empty shell."""
    visible = status.get("visible")
    kind = whole(record(visible, TIMELINE), "type", TIMELINE) if visible is not None else 0
    return not kind and not status.get("deleted")


def _post(status: Document, uid: str, at: int) -> SeenPost:
    user = status.get("user")
    if isinstance(user, dict) and user.get("idstr") not in (None, uid):
        raise malformed("返回了其他账号的微博", TIMELINE)
    native_id = str(_identity(status, TIMELINE))
    second = written(status, TIMELINE)
    return SeenPost(
        native_id=native_id,
        published_from=second,
        published_until=second,
        observed_at=at,
        title=text(status, "text", TIMELINE),
        url=f"https://m.weibo.cn/status/{native_id}",
        form="转发" if status.get("retweeted_status") else "微博",
        numbers=PostNumbers(
            likes=whole(status, "attitudes_count", TIMELINE),
            comments=whole(status, "comments_count", TIMELINE),
            shares=whole(status, "reposts_count", TIMELINE),
        ),
        text=caption(status, "text", TIMELINE),
    )


def written(document: Document, where: str) -> int:
    """The second of `created_at`, in the words of the C locale whatever the machine's is."""
    found = WRITTEN.fullmatch(text(document, "created_at", where))
    if not found or found[1] not in MONTHS:
        raise malformed("字段 created_at 的时间写法不认识", where)
    month, day, hour, minute, second, sign, ahead, more, year = found.groups()
    offset = timedelta(hours=int(ahead), minutes=int(more))
    zone = timezone(offset if sign == "+" else -offset)
    numbers = (int(year), MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second))
    try:
        return to_second(datetime(*numbers, tzinfo=zone))
    except ValueError:
        raise malformed("字段 created_at 不是有效时间", where) from None


def _identity(document: Document, where: str) -> int:
    """The id, from its text where there is one: numbers of 64 bits suffer on the way."""
    words = text(document, "idstr", where) or text(document, "mid", where)
    if words.isascii() and words.isdecimal():
        return int(words)
    number = document.get("id")
    if isinstance(number, int) and not isinstance(number, bool) and number > 0:
        return number
    raise malformed("缺少字段 idstr", where)


@dataclass
class Talk:
    """Pages of one of the owner's comment lists; who wrote is never looked at.

    `since` is the second before which nothing is wanted; `whole` once that was reached.
    """

    since: int
    seen: set[int] = field(default_factory=set)
    written_at: list[int] = field(default_factory=list)
    waits: dict[str, list[int | None]] = field(default_factory=dict)
    whole: bool = False

    def take(self, document: Document) -> int | None:
        """Enter a page; the highest id the next one may have, None where none is needed."""
        page = rows(document, "comments", COMMENTS)
        fresh = [each for each in page if _identity(each, COMMENTS) not in self.seen]
        for comment in fresh:
            self._enter(comment)
        oldest = min(self.written_at, default=self.since)
        self.whole = not fresh or oldest < self.since
        return None if self.whole else min(self.seen) - 1

    def _enter(self, comment: Document) -> None:
        at = written(comment, COMMENTS)
        self.seen.add(_identity(comment, COMMENTS))
        self.written_at.append(at)
        question, status = comment.get("reply_comment"), comment.get("status")
        if not isinstance(question, dict) or not isinstance(status, dict):
            return
        asked_at = written(question, COMMENTS) if question.get("created_at") else None
        wait = None if asked_at is None else max(0, at - asked_at)
        self.waits.setdefault(str(_identity(status, COMMENTS)), []).append(wait)

    def between(self, a: int, b: int) -> int:
        """How many were written in [a, b)."""
        return sum(a <= at < b for at in self.written_at)


def answered(posts: Mapping[str, SeenPost], talk: Talk) -> list[SeenPost]:
    """The posts with the owner's answers, where the list of answers reaches back to the post."""
    return [_answered(post, talk) for post in posts.values()]


def _answered(post: SeenPost, talk: Talk) -> SeenPost:
    if not talk.whole or post.published_from < talk.since:
        return post
    waits = talk.waits.get(post.native_id, [])
    known = [wait for wait in waits if wait is not None]
    numbers = replace(
        post.numbers,
        replies=len(waits),
        reply_seconds=median_low(known) if known else None,
    )
    return replace(post, numbers=numbers)
