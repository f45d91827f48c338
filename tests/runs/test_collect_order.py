"""Which accounts are read, in which order, by which readers, and how many are held at once."""

from collections.abc import Iterator

import pytest

from monitor.collect.platform import READERS
from monitor.domain.account import Account
from monitor.domain.collecting import ErrorClass, Harvest, PassOutcome
from monitor.domain.errors import Explained
from monitor.domain.instants import to_second
from monitor.domain.unit import Level, Unit
from monitor.record import accounts, harvests, units
from monitor.record.store import Store
from monitor.runs import collect
from monitor.runs import credentials as keys
from monitor.runs.parts import Parts
from tests.builders import a_day, a_look, a_route
from tests.conftest import StandingClock
from tests.service.parts import some_parts

UNIT = Unit(code="421024000000", name="江陵县公安局", level=Level.COUNTY)
UIDS = tuple("abcdef")
DAY = 86400


@pytest.fixture
def parts(store: Store, clock: StandingClock) -> Parts:
    made = some_parts(store, clock)
    found = [Account("wechat", f"平安{uid}(演示)", UNIT.code, uid=uid) for uid in UIDS]
    with store.writing() as tx:
        units.save(tx, [UNIT])
        accounts.save(tx, found)
    values = {uid: {"appid": f"wx{uid}", "secret": "s"} for uid in UIDS if uid != "f"}
    keys.put_many(made, "wechat", values, {uid: bytes([ord(uid)]) * 12 for uid in values})
    return made


def read(parts: Parts, only: tuple[int, ...] | None = None) -> list[str]:
    queues: dict[str, Iterator[object]] = dict(collect.queues(parts, None, only))
    return [target.uid for target in queues["wechat"]]  # type: ignore[attr-defined]


def test_those_near_a_breach_come_first_then_the_stalest_and_none_without_keys(
    parts: Parts,
) -> None:
    with parts.store.writing() as tx:
        route = a_route(tx)
        for number, days in ((1, 1), (2, 9), (3, 5), (4, 2)):
            a_look(tx, number, route, tx.second - 30 * DAY, tx.second - days * DAY)
        a_day(tx, 4, overdue_s=-DAY)
    assert read(parts) == ["d", "e", "b", "c", "a"]


def test_whom_a_campaign_waits_for_is_read_first_until_it_is_over(
    parts: Parts, clock: StandingClock
) -> None:
    with parts.store.writing() as tx:
        a_day(tx, 4, overdue_s=-DAY)
        soon, later = tx.second + DAY, tx.second + 2 * DAY
        accounts.read_first(tx, [3, 5], later)
        accounts.read_first(tx, [3], soon)
    assert read(parts) == ["c", "e", "d", "a", "b"]
    clock.move(days=1, seconds=1)
    assert read(parts) == ["c", "e", "d", "a", "b"]
    clock.move(days=1)
    assert read(parts) == ["d", "a", "b", "c", "e"]


def test_who_cannot_be_read_stands_in_nobodys_way_and_who_got_no_calls_stays_in_front(
    parts: Parts,
) -> None:
    now = to_second(parts.now())
    for number, ago, error in (
        (1, 3600, ErrorClass.NO_PERMISSION),
        (2, 1800, ErrorClass.QUOTA),
        (3, 7200, None),
    ):
        harvests.save(parts.store, a_failed_harvest(number, now - ago, error), None)
    assert read(parts) == ["b", "d", "e", "c", "a"]


def a_failed_harvest(account_id: int, at: int, error: ErrorClass | None) -> Harvest:
    cause = Explained("没有读到", "", "稍后再试")
    route = READERS.get("wechat").route("wechat")
    return Harvest(account_id, route, at, at, PassOutcome.FAILED, error=error, cause=cause)


def test_a_burst_reads_the_given_accounts_in_their_order(parts: Parts) -> None:
    assert read(parts, (5, 2, 6, 99)) == ["e", "b"]


def test_pages_join_without_a_seam(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect, "PAGE", 2)
    assert sorted(read(parts)) == ["a", "b", "c", "d", "e"]


def test_a_closed_account_is_not_read(parts: Parts) -> None:
    with parts.store.writing() as tx:
        tx.conn.exec_driver_sql("UPDATE account_rev SET state = '已关停' WHERE account_id = 1")
    assert "a" not in read(parts)
