"""Answers and functions: how comments were answered, and which ways to speak and to be served work.

How messages were handled is not kept by the record; those measurements are nobody's fault.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from monitor.domain.account import State
from monitor.domain.assessed import Fact
from monitor.domain.facts import Replies, Service
from monitor.domain.instants import DAY, HOUR
from monitor.domain.measuring import Span
from monitor.domain.scheme import Cause
from monitor.domain.service import INTERACTION, SERVICE
from monitor.record import facts_registry, facts_replies
from monitor.record.facts_at import At
from monitor.record.score_frame import Framed, fact, lacking, rate
from monitor.record.store import Reading

ANSWERED: Final = "回复率"
WAITED: Final = "回复用时中位"
WAYS: Final = "互动功能有效率"
ENTRIES: Final = "服务入口有效率"
KEYS: Final = frozenset({ANSWERED, WAITED, WAYS, ENTRIES})
ATTESTED: Final = 180 * DAY
"""本厅设定: a person's word about a function holds for so long."""
AGED: Final = "功能核查或证明已超过180天"


def answered(tx: Reading, span: Span, frame: Mapping[int, Framed]) -> Iterator[Fact]:
    """Comments on the works of the span and their answers, and how long these took, in hours of
    natural time."""
    days = -(-(span.end - span.since) // DAY)
    found = facts_replies.measure(tx, At(span.end, span.known_at, tuple(frame)), (days,))
    for key, account in frame.items():
        for mine in found.get(key, (Replies(days, 0, 0, 0, 0, None, None),)):
            yield from _answered(account, mine)


def _answered(account: Framed, mine: Replies) -> Iterator[Fact]:
    said = {"coverage": rate(mine.told, mine.posts)}
    if mine.posts and not mine.told:
        for each in (ANSWERED, WAITED):
            yield lacking(account, each, "评论和回复没有数据来源", **said)
        return
    sources = "、".join(each.value for each in mine.sources) or None
    yield fact(
        account,
        ANSWERED,
        numerator=min(mine.replies, mine.comments),
        denominator=mine.comments,
        sources=sources,
        **said,
    )
    if mine.wait is None:
        cause = Cause.NOT_APPLICABLE.value
        yield fact(account, WAITED, cause=cause, note="统计期内没有回复")
    else:
        yield fact(
            account,
            WAITED,
            value=mine.wait / HOUR,
            samples=mine.replies,
            sources=sources,
            note="按自然小时计",
            **said,
        )


def functions(tx: Reading, span: Span, frame: Mapping[int, Framed]) -> Iterator[Fact]:
    """Of every account whether there is a way to speak that works, and of main accounts how many of
    the services offered work: the newest answer of each, a person's word for 180 days."""
    at = At(span.end, span.known_at, tuple(frame))
    found = facts_registry.services(tx, at)
    for key, account in frame.items():
        mine = found.get(key, ())
        yield _ways(account, mine, span.end)
        if account.main:
            yield _entries(account, mine, span.end)


def _ways(account: Framed, mine: tuple[Service, ...], now: int) -> Fact:
    asked = [each for each in mine if each.function in INTERACTION and each.works is not None]
    good = [each for each in asked if _holds(each, now)]
    if account.state == State.PAUSED.value:
        return fact(account, WAYS, cause=Cause.NOT_APPLICABLE.value, note="经报批暂停")
    if not good:
        return lacking(account, WAYS, AGED if asked else "互动功能未核查")
    works = any(each.works for each in good)
    attested = all(not each.measured for each in good)
    return fact(account, WAYS, numerator=int(works), denominator=1, self_reported=float(attested))


def _entries(account: Framed, mine: tuple[Service, ...], now: int) -> Fact:
    asked = [each for each in mine if each.function in SERVICE and each.works is not None]
    good = [each for each in asked if _holds(each, now)]
    if asked and not good:
        return lacking(account, ENTRIES, AGED)
    works = sum(bool(each.works) for each in good)
    attested = rate(sum(not each.measured for each in good), len(good))
    return fact(account, ENTRIES, numerator=works, denominator=len(good), self_reported=attested)


def _holds(service: Service, now: int) -> bool:
    return service.measured or service.checked_at > now - ATTESTED
