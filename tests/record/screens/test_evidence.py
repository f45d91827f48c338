"""One account's evidence: missing is not zero, and a look that was revoked is no look."""

from datetime import date, timedelta

import pytest

from monitor.domain.instants import DAY, HOUR, day_start, shanghai_day
from monitor.domain.scope import EVERYTHING, NOTHING, Scope
from monitor.record.screens.account import altered, concluded, identity
from monitor.record.screens.evidence import calendar, numbers, services, share, works
from monitor.record.store import Store
from tests.builders import T, a_look, a_post, a_route, a_unit, an_account, put
from tests.conftest import NOW
from tests.filled import Filled

SECOND = int(NOW.timestamp()) + 6 * HOUR
"""Six in the morning in Shanghai, so that today is a day begun."""
TODAY = shanghai_day(SECOND)


def start(back: int) -> int:
    return day_start(TODAY - timedelta(days=back))


@pytest.fixture
def account(store: Store) -> int:
    """One that posted on the third day back, was looked at on days 5, 4 and half of 3."""
    with store.writing() as tx:
        unit = a_unit(tx, "省厅", "420000000000")
        made = an_account(tx, unit, "号")
        route = a_route(tx)
        a_post(tx, made, start(3) + HOUR)
        a_look(tx, made, route, start(5), start(3) + 12 * HOUR)
        a_look(tx, made, route, start(8), start(7), grade=0)
        gone = a_look(tx, made, route, start(10), start(9))
        put(tx, "coverage_revocation", coverage_id=gone, recorded_at=tx.stamp, reason="漏采")
    return made


def days(store: Store, account: int) -> dict[date, tuple[int, float]]:
    with store.reading() as tx:
        frame = calendar(tx, EVERYTHING, SECOND, account)
    rows = zip(frame["day"], frame["posts"], frame["seen"], strict=True)
    return {day: (int(posts), float(seen)) for day, posts, seen in rows}


def test_the_calendar_tells_posted_from_none_from_never_looked(store: Store, account: int) -> None:
    seen = days(store, account)
    assert len(seen) == 182
    assert max(seen) == TODAY
    assert [seen[TODAY - timedelta(days=back)] for back in (5, 4, 3, 2)] == [
        (0, 1.0),
        (0, 1.0),
        (1, 0.5),
        (0, 0.0),
    ]


def test_presence_only_and_revoked_looks_show_nothing(store: Store, account: int) -> None:
    seen = days(store, account)
    assert seen[TODAY - timedelta(days=8)] == (0, 0.0)
    assert seen[TODAY - timedelta(days=10)] == (0, 0.0)


def test_a_suspended_route_shows_nothing(store: Store, account: int) -> None:
    with store.writing() as tx:
        route = tx.conn.execute(T["route"].select()).one().id
        put(tx, "route_ceiling", route_id=route, recorded_at=tx.stamp, ceiling=0, reason="漏采")
    assert days(store, account)[TODAY - timedelta(days=5)] == (0, 0.0)


def test_a_post_dated_to_several_days_is_counted_on_none(store: Store, account: int) -> None:
    with store.writing() as tx:
        a_post(tx, account, start(20), published_until=start(18))
        a_post(tx, account, start(30), published_until=start(29) - 1)
    seen = days(store, account)
    assert seen[TODAY - timedelta(days=20)][0] == 0
    assert seen[TODAY - timedelta(days=30)][0] == 1


def test_todays_share_is_of_what_has_passed_of_it() -> None:
    assert share([(start(0), start(0) + 3 * HOUR)], TODAY, SECOND) == 0.5
    assert share([(start(0), start(0) + DAY)], TODAY + timedelta(days=1), SECOND) == 0.0


def test_the_newest_numbers_of_a_post_are_shown_and_missing_ones_stay_missing(
    store: Store, account: int
) -> None:
    with store.writing() as tx:
        key = a_post(tx, account, start(2), "新")
        for back, reads in ((2, 10), (1, 25)):
            row = {"key_id": key, "source": "接口采集", "recorded_at": tx.stamp, "final": False}
            put(tx, "post_obs", **row, observed_at=start(back) + HOUR, reads=reads, capped="")
    with store.reading() as tx:
        newest, older = works(tx, EVERYTHING, SECOND, account)
    assert newest.title == "新"
    assert newest.numbers["reads"] == 25
    assert newest.numbers["likes"] is None
    assert older.observed_at is None


def test_the_newest_answer_of_each_function_counts(store: Store, account: int) -> None:
    with store.writing() as tx:
        for back, works_now in ((3, True), (1, False)):
            row = {"account_id": account, "function": "服务菜单", "measured": True, "detail": ""}
            row |= {"source": "接口采集", "recorded_at": tx.stamp, "works": works_now}
            put(tx, "service_check", **row, checked_at=start(back))
    with store.reading() as tx:
        (answer,) = services(tx, EVERYTHING, SECOND, account)
    assert answer.works is False


def test_both_standards_stand_side_by_side(store: Store, made: Filled) -> None:
    with store.reading() as tx:
        found = concluded(tx, EVERYTHING, SECOND, made.accounts["睡眠示例(演示)"])
        who = identity(tx, EVERYTHING, SECOND, made.accounts["睡眠示例(演示)"])
    assert [(each.upper, each.rulebook) for each in found] == [
        (False, "hubei-default"),
        (True, "gb2019"),
    ]
    assert who is not None
    assert who.day is not None
    assert who.day["status"] == "睡眠"


def test_what_changed_is_told_in_the_words_of_the_ledger(store: Store, account: int) -> None:
    with store.writing() as tx:
        rev = T["account_rev"]
        old = tx.conn.execute(rev.select().where(rev.c.account_id == account)).mappings().one()
        tx.conn.execute(rev.update().values(superseded_at=tx.stamp))
        changed = {"recorded_at": tx.stamp, "name": "新号", "details": {"运维方式": "自行运维"}}
        put(tx, "account_rev", **({**old} | changed))
    with store.reading() as tx:
        told = altered(tx, EVERYTHING, SECOND, account)
    assert [(each.what, each.before, each.after) for each in told] == [
        ("运维方式", "", "自行运维"),
        ("账号名称", "号", "新号"),
        ("登记入册", "", ""),
    ]


@pytest.mark.parametrize("scope", [NOTHING, Scope(frozenset({"/999/"}), frozenset({"户政"}))])
def test_nothing_of_an_account_is_seen_from_outside(
    store: Store, made: Filled, scope: Scope
) -> None:
    account = made.accounts["睡眠示例(演示)"]
    with store.reading() as tx:
        assert identity(tx, scope, SECOND, account) is None
        for query in (concluded, altered, works, services):
            assert query(tx, scope, SECOND, account) == ()
        assert calendar(tx, scope, SECOND, account).empty
        assert numbers(tx, scope, SECOND, account).empty
