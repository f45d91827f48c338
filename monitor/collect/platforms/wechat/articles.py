"""getarticletotaldetail: the posts of one publish date, and their numbers day by day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from monitor.collect.answers import Document, day, rows, text, whole
from monitor.collect.errors import malformed
from monitor.collect.walk import DayPage
from monitor.domain.instants import day_end, day_start, shanghai_day
from monitor.domain.numbers import PostNumbers
from monitor.domain.post import MASS_SENT, NO_NUMBERS, SeenPost

WHERE: Final = "微信接口 getarticletotaldetail"
OLD: Final = "微信接口 getarticletotal"
COUNTED_DAYS: Final = 30
"""Days after publishing until which WeChat goes on counting."""
SILENT: Final = "发表"
FORMS: Final[Mapping[int | None, str]] = {0: MASS_SENT, 1: SILENT}
MSGID: Final = re.compile(r"[0-9]{1,20}_[0-9]{1,3}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: a publish date, at second `at`, when days up to `newest` were ready.

    `since`: of each post the rows of that day and later are wanted, and its newest in any case.
    """

    day: date
    newest: date
    since: date
    at: int


def page(document: Document, asked: Asked) -> DayPage:
    """The posts of one publish date. Each row of `detail_list` holds the numbers of one post at the
    end of one day, so each becomes a SeenPost of its own, with the post's native id.

    Only `is_delay: false` makes the day final: a missing field proves nothing.
    """
    final = document.get("is_delay") is False
    seen = tuple(
        post
        for item in rows(document, "list", WHERE)
        for post in _observations(item, asked, final=final)
    )
    return DayPage(asked.day, seen, final)


def old_page(document: Document, asked: Asked) -> list[SeenPost]:
    """What was mass-sent on one day by the endpoint of old, with the numbers it knew last."""
    found = []
    for item in rows(document, "list", OLD):
        bare = replace(_post(item, asked, OLD), form=MASS_SENT)
        counts = {
            day(row, "stat_date", OLD): PostNumbers(
                readers=whole(row, "int_page_read_user", OLD),
                reads=whole(row, "int_page_read_count", OLD),
                sharers=whole(row, "share_user", OLD),
                favourites=whole(row, "add_to_fav_count", OLD),
            )
            for row in rows(item, "details", OLD)
        }
        if counts:
            last = max(counts)
            bare = replace(bare, observed_at=min(day_end(last), asked.at), numbers=counts[last])
        found.append(bare)
    return found


def _observations(item: Document, asked: Asked, *, final: bool) -> list[SeenPost]:
    """One post's observations, oldest first."""
    where = f"{WHERE} {asked.day}"
    if day(item, "ref_date", where) != asked.day:
        raise malformed("微信返回了其他发布日期的作品", where)
    bare = _post(item, asked, where)
    if item.get("detail_list") is None:
        return [bare]
    numbers = {
        _stat_day(row, asked, where): _numbers(row, where)
        for row in rows(item, "detail_list", where)
    }
    if not numbers:
        return [bare]
    newest = max(numbers)
    counted = asked.newest - asked.day > timedelta(days=COUNTED_DAYS)
    return [
        replace(
            bare,
            observed_at=day_end(stat_day),
            numbers=counts,
            final=final and (_is_last(stat_day, asked) or (counted and stat_day == newest)),
        )
        for stat_day, counts in sorted(numbers.items())
        if stat_day >= asked.since or stat_day == newest
    ]


def _post(item: Document, asked: Asked, where: str) -> SeenPost:
    """The post without numbers. WeChat gives the day of publishing and nothing finer."""
    native_id = text(item, "msgid", where)
    if not MSGID.fullmatch(native_id):
        raise malformed("字段 msgid 应为「编号_序号」", where)
    return SeenPost(
        native_id=native_id,
        published_from=day_start(asked.day),
        published_until=min(day_end(asked.day), asked.at),
        observed_at=asked.at,
        title=text(item, "title", where),
        url=text(item, "content_url", where),
        form=FORMS.get(whole(item, "publish_type", where), ""),
        numbers=NO_NUMBERS,
    )


def _stat_day(row: Document, asked: Asked, where: str) -> date:
    stat_day = day(row, "stat_date", where)
    if not asked.day <= stat_day < shanghai_day(asked.at):
        raise malformed(f"统计日期 {stat_day} 不在发布日期与昨日之间", where)
    return stat_day


def _is_last(stat_day: date, asked: Asked) -> bool:
    return stat_day - asked.day >= timedelta(days=COUNTED_DAYS)


def _numbers(row: Document, where: str) -> PostNumbers:
    """zaikan is the heart, like the thumb; read and share count people."""
    return PostNumbers(
        readers=whole(row, "read_user", where),
        likes=whole(row, "like_user", where),
        recommends=whole(row, "zaikan_user", where),
        comments=whole(row, "comment_count", where),
        sharers=whole(row, "share_user", where),
        favourites=whole(row, "collection_user", where),
    )
