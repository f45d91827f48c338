"""Incidents: opened once, released by one person with a reason; what was held is let go then."""

import pytest
from sqlalchemy import text

from monitor.actions import incidents as acting
from monitor.domain.errors import Conflict, InputError
from monitor.domain.incident import IncidentKind
from monitor.domain.sighting import AccountSighting
from monitor.record import audit, changes, coverage, holding, incidents, routes, sightings
from monitor.record.incidents import Trouble
from monitor.record.store import Store, Writing
from monitor.runs import trust
from tests.builders import (
    VAULT,
    a_finding,
    a_look,
    a_pass,
    a_route,
    a_rulebook,
    a_unit,
    an_account,
    put,
)
from tests.conftest import StandingClock

DAY = 86400


def accounts(tx: Writing, count: int) -> list[int]:
    unit = a_unit(tx, "江陵县公安局", "421024000000")
    return [an_account(tx, unit, f"平安{n}") for n in range(count)]


def failing(tx: Writing, account: int, book: int, before: str = "正常") -> None:
    finding = a_finding(tx, account, book)
    row = {"rulebook_id": book, "rule": "更新", "before": before, "after": "不合格"}
    row |= {"at": tx.second, "finding_id": finding, "recorded_at": tx.stamp}
    put(tx, "change", account_id=account, **row)


def test_an_incident_is_open_once_and_two_people_cannot_both_release_it(store: Store) -> None:
    with store.writing() as tx:
        trouble = Trouble(a_route(tx), IncidentKind.UNREACHABLE, "连不上", "查网络", 7)
        assert incidents.open_one(tx, trouble, None)
        assert not incidents.open_one(tx, trouble, None)
    with store.reading() as tx:
        (one,) = incidents.listed(tx, 0)
    with pytest.raises(InputError, match="理由"):
        acting.release(store, None, VAULT, (one.id, one.version), "  ")
    acting.release(store, None, VAULT, (one.id, one.version), "已恢复")
    with pytest.raises(Conflict):
        acting.release(store, None, VAULT, (one.id, one.version), "已恢复")
    with store.writing() as tx:
        (closed,) = incidents.listed(tx, 0)
        assert (closed.reason, closed.released_at) == ("已恢复", tx.second)
        assert incidents.open_one(tx, trouble, None)
        assert audit.verify(tx)[0]


def test_many_accounts_that_end_the_same_way_are_one_incident(
    store: Store, clock: StandingClock
) -> None:
    with store.writing() as tx:
        route = a_route(tx)
        run = put(
            tx, "run", command="collect", arguments={}, known_at=1, started_at=clock(), counts={}
        )
        for number, account in enumerate(accounts(tx, 9)):
            ended = {"outcome": "失败", "error_class": "稍后重试", "cause": "连不上平台"}
            a_pass(tx, account, route, tx.second, run_id=run, **(ended if number < 5 else {}))
    assert trust.note_incidents(store, run) == 1
    assert trust.note_incidents(store, run) == 0
    with store.reading() as tx:
        (one,) = incidents.listed(tx, 0)
    assert (one.kind, one.accounts, one.cause) == ("平台大面积无应答", 5, "连不上平台")


def test_too_many_new_problems_of_one_route_are_held_until_a_person_has_looked(
    store: Store, clock: StandingClock
) -> None:
    with store.writing() as tx:
        route, book = a_route(tx), a_rulebook(tx)
        for number, account in enumerate(accounts(tx, 20)):
            a_pass(tx, account, route, tx.second)
            a_look(tx, account, route, 0, tx.second)
            if number < 6:
                failing(tx, account, book)
        assert holding.hold(tx) == 1
    with store.reading() as tx:
        told = changes.untold_changes(tx, 0, 1 << 40)
        (one,) = incidents.listed(tx, 0)
        rows = tx.conn.execute(text("SELECT outcome, held FROM finding")).all()
    assert told == []
    assert {(row.outcome, bool(row.held)) for row in rows} == {("不合格", True)}
    clock.move(minutes=5)
    acting.release(store, None, VAULT, (one.id, one.version), "逐个核对,属实")
    with store.writing() as tx:
        assert holding.hold(tx) == 0
        assert len(changes.untold_changes(tx, 0, 1 << 40)) == 6


def test_four_in_ten_of_one_platform_turning_bad_are_held_and_other_platforms_are_told(
    store: Store, clock: StandingClock
) -> None:
    with store.writing() as tx:
        sick, well, book = a_route(tx), a_route(tx, "weibo/own"), a_rulebook(tx)
        found = accounts(tx, 41)
        for number, account in enumerate(found):
            route = sick if number < 21 else well
            a_pass(tx, account, route, tx.second)
            a_look(tx, account, route, 0, tx.second)
            if number < 8 or number == 40:
                failing(tx, account, book)
        assert holding.hold(tx) == 1
        told = changes.untold_changes(tx, 0, 1 << 40)
        assert [each.account_id for each in told] == [found[40]]
        (one,) = incidents.listed(tx, 0)
    assert one.accounts == 8
    clock.move(minutes=5)
    acting.release(store, None, VAULT, (one.id, one.version), "逐个核对,属实")
    with store.reading() as tx:
        assert len(changes.untold_changes(tx, 0, 1 << 40)) == 9


@pytest.mark.parametrize("before", ["暂不作认定", ""])
def test_a_first_look_at_a_province_holds_nothing(store: Store, before: str) -> None:
    with store.writing() as tx:
        route, book = a_route(tx), a_rulebook(tx)
        for account in accounts(tx, 8):
            a_pass(tx, account, route, tx.second)
            a_look(tx, account, route, 0, tx.second)
            failing(tx, account, book, before)
        assert holding.hold(tx) == 0


def test_looks_a_person_distrusts_are_withdrawn_and_others_stand(store: Store) -> None:
    with store.writing() as tx:
        route, other = a_route(tx), a_route(tx, "wechat/file", "后台导出")
        one, two = accounts(tx, 2)
        for account, way, looked in ((one, route, 50), (two, route, 150), (two, other, 50)):
            a_look(tx, account, way, 0, looked)
    assert acting.distrust(store, None, VAULT, "wechat/own", (0, 100), "接口返回空列表") == 1
    with store.writing() as tx:
        left = text(
            "SELECT count(*) FROM coverage c WHERE NOT EXISTS"
            " (SELECT 1 FROM coverage_revocation v WHERE v.coverage_id = c.id)"
        )
        assert tx.conn.execute(left).scalar_one() == 2
        assert coverage.distrust(tx, "wechat/own", (0, 100), "again", None) == 0


def test_what_a_platform_says_of_an_account_is_kept_where_it_is_news(store: Store) -> None:
    says = [
        AccountSighting(1, exists=True, name="平安江陵", verified=True),
        AccountSighting(2, name="平安江陵"),
        AccountSighting(3, name="江陵公安"),
        AccountSighting(4, verified=False),
        AccountSighting(5, exists=False),
        AccountSighting(6),
    ]
    with store.writing() as tx:
        route = a_route(tx)
        (account,) = accounts(tx, 1)
        news = [sightings.note(tx, account, route, each) for each in says]
        rows = tx.conn.execute(text("SELECT name, verified, present FROM account_sighting")).all()
    assert news == [True, False, True, True, True, False]
    assert [(row.name, bool(row.verified), bool(row.present)) for row in rows][-1] == (
        "江陵公安",
        False,
        False,
    )


def test_a_suspended_route_is_worth_what_it_was_once_a_person_looked(store: Store) -> None:
    with store.writing() as tx:
        route = a_route(tx)
        routes.set_ceiling(tx, route, 3, "校准")
        key = tx.conn.execute(text("SELECT key FROM route")).scalar_one()
    with pytest.raises(Conflict, match="没有被自动暂停"):
        acting.restore(store, None, VAULT, key, "已核对")
    with store.writing() as tx:
        routes.set_ceiling(tx, route, 0, routes.SUSPENDED)
    assert acting.restore(store, None, VAULT, key, "已核对") == 3
    with store.reading() as tx:
        assert routes.ceilings(tx, 1 << 62) == {route: 3}
    with pytest.raises(Conflict):
        acting.restore(store, None, VAULT, key, "已核对")
