"""Films, days and answers of Douyin as values; numbers may come in quotes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import median_low
from typing import Final

from monitor.collect.answers import Document, day, record, rows, text, whole
from monitor.collect.bodies import caption
from monitor.collect.cursor import ListPage
from monitor.collect.errors import malformed
from monitor.domain.instants import day_end
from monitor.domain.numbers import AccountNumbers, AccountObservation, PostNumbers
from monitor.domain.post import SeenPost

LISTED: Final = "抖音接口 video_list"
BASE: Final = "抖音接口 item/base"
COMMENTS: Final = "抖音接口 comment/list"
UNSEEN: Final = frozenset({2, 4})
"""Not suitable, and still in review: nobody but the owner sees those."""
FORMS: Final[Mapping[int | None, str]] = {2: "图文", 4: "视频"}
CUMULATIVE: Final = "累计"
DAILY: Final = "单日"


def page(data: Document, at: int) -> ListPage:
    """One page of the list."""
    found = rows(data, "list", LISTED)
    shown = [each for each in found if whole(each, "video_status", LISTED) not in UNSEEN]
    more = data.get("has_more")
    if not isinstance(more, bool):
        raise malformed("字段 has_more 应为真假值", LISTED)
    return ListPage(
        posts=tuple(_film(each, at) for each in shown),
        next=_cursor(data) if more else None,
        pinned=frozenset(_id(each) for each in shown if each.get("is_top") is True),
    )


def _cursor(data: Document) -> str:
    """Where the next page begins: 64 bits, larger than any count."""
    cursor = data.get("cursor")
    words = str(cursor) if not isinstance(cursor, bool) else ""
    if not (words.isascii() and words.isdecimal()):
        raise malformed("字段 cursor 应为整数", LISTED)
    return words


def _film(item: Document, at: int) -> SeenPost:
    published = whole(item, "create_time", LISTED)
    if not published:
        raise malformed("缺少字段 create_time", LISTED)
    counts = record(item.get("statistics") or {}, LISTED)
    return SeenPost(
        native_id=_id(item),
        published_from=published,
        published_until=published,
        observed_at=at,
        title=text(item, "title", LISTED),
        url=text(item, "share_url", LISTED),
        form=FORMS.get(whole(item, "media_type", LISTED), "视频"),
        numbers=PostNumbers(
            plays=whole(counts, "play_count", LISTED),
            likes=whole(counts, "digg_count", LISTED),
            comments=whole(counts, "comment_count", LISTED),
            shares=whole(counts, "share_count", LISTED),
        ),
        text=caption(item, "title", LISTED),
    )


def _id(item: Document) -> str:
    native_id = text(item, "item_id", LISTED)
    if not native_id:
        raise malformed("缺少字段 item_id", LISTED)
    return native_id


def totals(data: Document) -> PostNumbers:
    """What a film had gathered by the end of the last day that is ready."""
    result = record(data.get("result"), BASE)
    return PostNumbers(
        plays=whole(result, "total_play", BASE),
        likes=whole(result, "total_like", BASE),
        comments=whole(result, "total_comment", BASE),
        shares=whole(result, "total_share", BASE),
    )


def days(fans: Document, items: Document) -> list[AccountObservation]:
    """Followers at the end of each day, and what each day brought."""
    gained, levels = _by_day(fans, "new_fans"), _by_day(fans, "total_fans")
    issued, played = _by_day(items, "new_issue"), _by_day(items, "new_play")
    found = [
        AccountObservation(day_end(when), AccountNumbers(followers=level), CUMULATIVE)
        for when, level in levels.items()
        if level is not None
    ]
    for when in sorted(gained.keys() | issued.keys()):
        numbers = AccountNumbers(
            followers_gained=gained.get(when), posts=issued.get(when), plays=played.get(when)
        )
        found.append(AccountObservation(day_end(when), numbers, DAILY))
    return found


def _by_day(data: Document, name: str) -> dict[date, int | None]:
    where = f"抖音接口 {name}"
    # A day on which more left than came has a number below zero: it is left unsaid.
    return {
        day(row, "date", where): None if _below_zero(row.get(name)) else whole(row, name, where)
        for row in rows(data, "result_list", where)
    }


def _below_zero(value: object) -> bool:
    return str(value).startswith("-")


@dataclass
class Answers:
    """The owner's answers under one film; nobody else's identity is looked at or kept."""

    asked_at: dict[str, int] = field(default_factory=dict)
    count: int = 0
    waits: list[int] = field(default_factory=list)

    def take(self, data: Document) -> int | None:
        """A page of comments: remember those that were answered; the next cursor, if there is."""
        for comment in rows(data, "list", COMMENTS):
            name, at = (
                text(comment, "comment_id", COMMENTS),
                whole(comment, "create_time", COMMENTS),
            )
            if whole(comment, "reply_comment_total", COMMENTS) and name:
                self.asked_at[name] = at or 0
        return whole(data, "cursor", COMMENTS) if data.get("has_more") is True else None

    def answer(self, comment_id: str, data: Document, owner: str) -> None:
        """A page of answers to one comment: the owner's are counted."""
        asked = self.asked_at[comment_id]
        for reply in rows(data, "list", COMMENTS):
            if reply.get("comment_user_id") != owner:
                continue
            self.count += 1
            at = whole(reply, "create_time", COMMENTS)
            if at and asked:
                self.waits.append(max(0, at - asked))

    @property
    def wait(self) -> int | None:
        """The median time to an answer."""
        return median_low(self.waits) if self.waits else None
