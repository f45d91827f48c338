"""Answers and functions: how comments were answered, and which ways to speak and to be served work.

Comments are read from the platform; where no source gives them, the unit's own weekly word on its
messages stands in, marked as such. A reader times the owner's first answer, so that both times are
one; how messages were handled afterwards is not kept by the record.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from monitor.domain.account import State
from monitor.domain.assessed import Fact
from monitor.domain.facts import Replies, Service
from monitor.domain.instants import DAY, HOUR
from monitor.domain.iso_week import week_of
from monitor.domain.measuring import WEEK, Span
from monitor.domain.numbers import Provenance
from monitor.domain.scheme import Cause
from monitor.domain.service import INTERACTION, SERVICE
from monitor.record import facts_registry, facts_replies
from monitor.record.facts_at import At, fetch
from monitor.record.score_frame import FRAME, Framed, by_account, fact, lacking, over, rate
from monitor.record.store import Reading

ANSWERED: Final = "回复率"
WAITED: Final = "回复用时中位"
FIRST: Final = "首次答复用时中位"
WAYS: Final = "互动功能有效率"
ENTRIES: Final = "服务入口有效率"
FUNCTIONS: Final = frozenset({WAYS, ENTRIES})
KEYS: Final = FUNCTIONS | {ANSWERED, WAITED, FIRST}
ATTESTED: Final = 180 * DAY
"""本厅设定: a person's word about a function holds for so long."""
AGED: Final = "功能核查或证明已超过180天"
UNTOLD: Final = "评论和回复没有数据来源"
_REPORTED: Final = f"""
WITH {FRAME}, told AS (
  SELECT f.account_id, r.received, r.replied, row_number() OVER (
    PARTITION BY r.account_id, r.week ORDER BY r.version DESC) AS place
  FROM frame f JOIN report_line r ON r.account_id = f.account_id AND r.submitted
    AND r.week >= :first_week AND r.week <= :last_week AND r.recorded_at <= :known_at)
SELECT account_id, sum(received), sum(replied), count(*) FROM told
WHERE place = 1 AND received IS NOT NULL AND replied IS NOT NULL GROUP BY account_id
"""


def answered(tx: Reading, span: Span, frame: Mapping[int, Framed]) -> Iterator[Fact]:
    """Comments on the works of the span and their answers, and how long these took, in hours of
    natural time."""
    days = -(-(span.end - span.since) // DAY)
    found = facts_replies.measure(tx, At(span.end, span.known_at, tuple(frame)), (days,))
    reported = _reported(tx, span)
    for key, account in frame.items():
        for mine in found.get(key, (Replies(days, 0, 0, 0, 0, None, None),)):
            own_word = None if mine.told else reported.get(key)
            yield from _answered(account, mine) if own_word is None else _word(account, own_word)


def _reported(tx: Reading, span: Span) -> Mapping[int, Any]:
    """What units said of whole weeks: (account, messages, answers, weeks)."""
    if not span.weeks:
        return {}
    last = span.monday + (span.weeks - 1) * WEEK
    weeks = {"first_week": week_of(span.monday), "last_week": week_of(last)}
    return by_account(fetch(tx, _REPORTED, {**over(span), **weeks}))


def _word(account: Framed, own_word: Any) -> Iterator[Fact]:
    _, received, replied, weeks = map(int, own_word)
    yield fact(
        account,
        ANSWERED,
        numerator=min(received, replied),
        denominator=received,
        self_reported=1.0,
        sources=Provenance.REPORT.value,
        note=f"按{weeks}周的填报计",
    )
    for each in (WAITED, FIRST):
        yield lacking(account, each, UNTOLD)


def _answered(account: Framed, mine: Replies) -> Iterator[Fact]:
    said = {"coverage": rate(mine.told, mine.posts)}
    if mine.posts and not mine.told:
        for each in (ANSWERED, WAITED, FIRST):
            yield lacking(account, each, UNTOLD, **said)
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
    for each in (WAITED, FIRST):
        yield _time(account, each, mine, sources)


def _time(account: Framed, measure: str, mine: Replies, sources: str | None) -> Fact:
    if mine.wait is None:
        cause = Cause.NOT_APPLICABLE.value
        return fact(account, measure, cause=cause, note="统计期内没有回复")
    return fact(
        account,
        measure,
        value=mine.wait / HOUR,
        samples=mine.replies,
        sources=sources,
        coverage=rate(mine.told, mine.posts),
        note="按自然小时计",
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
