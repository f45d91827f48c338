"""人员 and 离岗清理: who is listed for whom, and what hangs on those who left."""

import pytest

from monitor.domain.person import Grant, Role
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record import people
from monitor.record.screens import leavers
from monitor.record.screens import people as screens
from monitor.record.screens.people import PeopleWanted
from monitor.record.store import Store
from tests.builders import an_account, put
from tests.conftest import NOW
from tests.filled import Filled, fill_store

SECOND = int(NOW.timestamp())


@pytest.fixture
def made(store: Store) -> Filled:
    return fill_store(store)


def enter(store: Store, login: str, name: str, *grants: Grant, active: bool = True) -> int:
    with store.writing() as tx:
        key = people.add(tx, login, name, "-")
        people.set_grants(tx, key, grants)
        people.set_active(tx, key, active=active)
    return key


def listed(store: Store, scope: Scope, wanted: PeopleWanted | None = None) -> list[str]:
    with store.reading() as tx:
        found = screens.listing(tx, scope, SECOND, wanted or PeopleWanted())
    assert found.total == len(found.rows)
    return [each.login for each in found.rows]


def test_a_city_sees_those_all_of_whose_rights_lie_within_it(store: Store, made: Filled) -> None:
    city, county = made.paths["荆州市公安局"], made.paths["江陵县公安局"]
    enter(store, "a.county", "甲", Grant(Role.OPERATOR, county))
    enter(store, "b.both", "乙", Grant(Role.LIAISON, city), Grant(Role.VIEWER, "/"))
    enter(store, "c.line", "丙", Grant(Role.LINE, line="交警"))
    enter(store, "d.none", "丁")
    enter(store, "e.out", "戊", Grant(Role.LIAISON, city), active=False)
    enter(store, "f.ended", "己", Grant(Role.VIEWER, "/", until=SECOND), Grant(Role.LIAISON, city))
    assert listed(store, Scope(frozenset({city}))) == ["a.county", "f.ended", "e.out"]
    assert listed(store, Scope(frozenset({city}), frozenset({"交警"})))[:2] == [
        "a.county",
        "c.line",
    ]
    assert len(listed(store, EVERYTHING)) == 6
    assert listed(store, EVERYTHING, PeopleWanted("county")) == ["a.county"]
    assert listed(store, EVERYTHING, PeopleWanted(role="条线人员")) == ["c.line"]
    assert listed(store, EVERYTHING, PeopleWanted(state="out")) == ["e.out"]


def test_what_hangs_on_those_who_left_is_named_with_its_credential(
    store: Store, made: Filled
) -> None:
    city = made.paths["荆州市公安局"]
    enter(store, "gone", "王某(演示)", Grant(Role.OPERATOR, city), active=False)
    enter(store, "here", "李某(演示)", Grant(Role.OPERATOR, city))
    enter(store, "namesake", "赵某(演示)", Grant(Role.OPERATOR, city), active=False)
    enter(store, "namesake2", "赵某(演示)", Grant(Role.OPERATOR, city))
    unit = made.units["荆州市公安局"]
    with store.writing() as tx:
        bound = an_account(tx, unit, "甲(演示)", details={"运维员A": "王某(演示)"})
        an_account(tx, unit, "乙(演示)", details={"运维员A": "李某(演示)", "联络员": "赵某(演示)"})
        an_account(tx, unit, "丙(演示)", details={"绑定管理员在岗": "否"})
        row = {"platform": "wechat", "account_id": bound, "sealed": b"x", "recorded_at": 1}
        put(tx, "credential", **row, state="有效", expires_at=None)
    with store.reading() as tx:
        found = leavers.leavers(tx, Scope(frozenset({city})), SECOND)
        beside = leavers.leavers(tx, Scope(frozenset({made.paths["宜昌市公安局"]})), SECOND)
    assert [
        (each.account_name, each.field, each.person_name, each.credential) for each in found
    ] == [
        ("甲(演示)", "运维员A", "王某(演示)", True),
        ("丙(演示)", "绑定管理员", "已不在岗", False),
    ]
    assert beside == ()
