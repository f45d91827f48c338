"""getbizsummary, getusercumulate and getupstreammsg: an account's own numbers, day by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from monitor.collect.answers import Document, day, rows, whole
from monitor.collect.errors import malformed
from monitor.domain.instants import day_end
from monitor.domain.numbers import AccountNumbers, AccountObservation

CUMULATIVE: Final = "累计"
DAILY: Final = "单日"


@dataclass(frozen=True, slots=True)
class Span:
    """The days asked for, both included."""

    begin: date
    end: date

    @property
    def body(self) -> dict[str, object]:
        """How every datacube endpoint wants it."""
        return {"begin_date": self.begin.isoformat(), "end_date": self.end.isoformat()}


def summaries(document: Document, span: Span) -> dict[date, tuple[AccountNumbers, bool]]:
    """Numbers of each day by getbizsummary, and whether they are final."""
    where = "微信接口 getbizsummary"
    final = document.get("is_delay") is False
    found = {}
    for row in rows(document, "list", where):
        detail = row.get("detail")
        if not isinstance(detail, dict):
            raise malformed("应有对象字段 detail", where)
        numbers = AccountNumbers(
            posts=whole(detail, "send_page_count", where),
            readers=whole(detail, "read_user", where),
            likes=whole(detail, "like_user", where),
            recommends=whole(detail, "zaikan_user", where),
            comments=whole(detail, "comment_count", where),
            sharers=whole(detail, "share_user", where),
            favourites=whole(detail, "collection_user", where),
        )
        found[_day(row, span, where)] = (numbers, final)
    return found


def followers(document: Document, span: Span) -> list[AccountObservation]:
    """The level of followers at the end of each day. Rows of older replies name a source as well:
    only the one of all sources (0), or without a source, is the account's level."""
    where = "微信接口 getusercumulate"
    found = []
    for row in rows(document, "list", where):
        level = whole(row, "cumulate_user", where)
        if level is None:
            raise malformed("缺少字段 cumulate_user", where)
        if whole(row, "user_source", where) in (None, 0):
            at = day_end(_day(row, span, where))
            found.append(AccountObservation(at, AccountNumbers(followers=level), CUMULATIVE))
    return found


def messages(document: Document, span: Span) -> dict[date, AccountNumbers]:
    """What citizens wrote on each day, all message types together. A person who sent both text and
    pictures is counted under each type, so people are known only where there is one type."""
    where = "微信接口 getupstreammsg"
    by_day: dict[date, list[Document]] = {}
    for row in rows(document, "list", where):
        by_day.setdefault(_day(row, span, where), []).append(row)
    return {
        when: AccountNumbers(
            messages=_sum(whole(row, "msg_count", where) for row in types),
            message_senders=whole(types[0], "msg_user", where) if len(types) == 1 else None,
        )
        for when, types in by_day.items()
    }


def daily(
    summed: dict[date, tuple[AccountNumbers, bool]], written: dict[date, AccountNumbers]
) -> list[AccountObservation]:
    """One observation a day out of both sources."""
    found = []
    for when in sorted(summed.keys() | written.keys()):
        numbers, final = summed.get(when, (AccountNumbers(), True))
        letters = written.get(when, AccountNumbers())
        both = AccountNumbers(
            posts=numbers.posts,
            readers=numbers.readers,
            likes=numbers.likes,
            recommends=numbers.recommends,
            comments=numbers.comments,
            sharers=numbers.sharers,
            favourites=numbers.favourites,
            messages=letters.messages,
            message_senders=letters.message_senders,
        )
        found.append(AccountObservation(day_end(when), both, DAILY, final=final))
    return found


def _sum(counts: Iterable[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _day(row: Document, span: Span, where: str) -> date:
    when = day(row, "ref_date", where)
    if not span.begin <= when <= span.end:
        raise malformed(f"返回了查询范围外的日期 {when}", where)
    return when
