"""Rosters acted upon: seen before kept, within reach, handed over."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from monitor.access.ciphers import KeyRing
from monitor.actions import ledgers, rosters
from monitor.domain.duty import Phones, Roster
from monitor.domain.errors import Conflict, InputError
from monitor.domain.person import Person, Role
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record import accounts, audit
from monitor.record import rosters as kept
from monitor.record.screens import duty as screen
from monitor.record.store import Store
from monitor.record.vault import Vault
from tests.actions.conftest import Enrol
from tests.actions.test_ledgers import asked, paths  # noqa: F401
from tests.builders import T
from tests.collect.files import books
from tests.conftest import NOW, StandingClock

VAULT = Vault(KeyRing((b"k" * 32,)), b"s" * 32)
SECOND = int(NOW.timestamp())
DUTY = list(rosters.COLUMNS[Roster.DUTY])
PEOPLE = list(rosters.COLUMNS[Roster.LIAISONS])
CITY, COUNTY = "荆州市公安局", "江陵县公安局"
WANG = [COUNTY, "王某", "", "科员", "", "13800001234", "A岗", "2026-01-01", ""]


def duties(*rows: list[str]) -> rosters.Asked:
    return rosters.Asked(Roster.DUTY, "值班表.xlsx", books.xlsx([DUTY, *rows]))


def people(*rows: list[str]) -> rosters.Asked:
    return rosters.Asked(Roster.LIAISONS, "联络员.xlsx", books.xlsx([PEOPLE, *rows]))


def enter(store: Store, asked: rosters.Asked, actor: Person | None = None) -> rosters.Looked:
    seen = rosters.look(store, actor, asked).fingerprint
    return rosters.save(store, actor, VAULT, asked, seen)


@pytest.fixture
def editor(store: Store, enrol: Enrol, paths: dict[str, str]) -> Person:  # noqa: F811
    return enrol("editor", Role.EDITOR)


def today(store: Store, scope: Scope = EVERYTHING, now: int = SECOND) -> screen.OnDuty | None:
    with store.reading() as tx:
        return screen.today(tx, scope, now)


def test_a_roster_is_seen_then_kept_and_the_same_file_changes_nothing(
    store: Store, editor: Person
) -> None:
    file = duties(["2026-11-23", CITY, "某局长", "王某", "0716-0000123", "", ""])
    looked = rosters.look(store, editor, file)
    assert (len(looked.added), today(store)) == (1, None)
    rosters.save(store, editor, VAULT, file, looked.fingerprint)
    found = today(store)
    assert found is not None
    assert (found.duty.officer, found.phones[0].masked) == ("王某", "0716-****0123")
    again = rosters.look(store, editor, file)
    assert (again.added, again.changed, again.unchanged) == ((), (), 1)
    with pytest.raises(Conflict, match="重新核对"):
        rosters.save(store, editor, VAULT, file, looked.fingerprint)
    with store.reading() as tx:
        assert audit.verify(tx)[0]


def test_bad_rows_are_named_and_nothing_is_kept_unless_they_are_to_be_skipped(
    store: Store, editor: Person
) -> None:
    file = duties(
        ["2026-11-23", CITY, "", "王某", "", "", ""], ["2026-11-24", "无", "", "李某", "", "", ""]
    )
    looked = rosters.look(store, editor, file)
    with pytest.raises(InputError, match="第3行"):
        rosters.save(store, editor, VAULT, file, looked.fingerprint)
    assert today(store) is None
    rosters.save(store, editor, VAULT, file, looked.fingerprint, skip_bad_rows=True)
    assert today(store) is not None


def test_a_city_enters_its_own_units_only_and_sees_who_is_above_it(
    store: Store,
    editor: Person,
    enrol: Enrol,
    paths: dict[str, str],  # noqa: F811
) -> None:
    admin = enrol("jz", Role.PREFECTURE_ADMIN, paths[CITY])
    looked = rosters.look(
        store, admin, duties(["2026-11-23", "武汉市公安局", "", "赵", "", "", ""])
    )
    assert looked.added == ()
    assert "管理范围" in looked.problems[0].expected
    top = ["2026-11-23", "湖北省公安厅", "", "省值班", "", "", ""]
    enter(store, duties(top, ["2026-11-23", "武汉市公安局", "", "赵某", "", "", ""]), editor)
    found = today(store, Scope(frozenset({paths[CITY]})))
    assert found is not None
    assert found.duty.officer == "省值班"
    assert today(store, Scope(lines=frozenset({"交警"}))) == found
    assert today(store, Scope()) is None


def test_days_nobody_is_entered_for_are_told_up_to_the_last_planned(
    store: Store, editor: Person
) -> None:
    rows = [[day, CITY, "", "王某", "", "", ""] for day in ("2026-11-23", "2026-11-26")]
    enter(store, duties(*rows), editor)
    with store.reading() as tx:
        ahead = screen.ahead(tx, EVERYTHING, SECOND)
        later = screen.ahead(tx, EVERYTHING, SECOND + 10 * 86_400)
    assert [each.duty.day for each in ahead.entries] == ["2026-11-23", "2026-11-26"]
    assert [each.days for each in ahead.gaps] == [("2026-11-24", "2026-11-25")]
    assert [each.days for each in later.gaps] == [("2026-12-03",)]


def test_who_left_shows_on_the_accounts_bound_to_him_until_the_hand_over_is_confirmed(
    store: Store, editor: Person, clock: StandingClock
) -> None:
    header = ["主办单位", "平台", "账号名称", "联络员"]
    wanted = asked(
        [COUNTY, "抖音", "甲(演示)", "王某"], [COUNTY, "微博", "乙(演示)", "赵某"], header=header
    )
    ledgers.save(store, None, wanted, ledgers.look(store, None, wanted).fingerprint)
    enter(store, people(WANG), editor)
    with store.reading() as tx:
        [old] = kept.liaisons(tx)
        assert screen.left_behind(tx, EVERYTHING, SECOND) == ()
    assert old.id is not None
    new = rosters.HandOver(old.id, old.version, date(2026, 11, 22), date(2026, 11, 23), "钱某")
    successor = rosters.hand_over(store, editor, VAULT, new)
    with store.reading() as tx:
        [bound] = screen.left_behind(tx, EVERYTHING, SECOND)
        assert (bound.name, bound.liaison, bound.until) == ("甲(演示)", "王某", "2026-11-22")
        assert screen.bound(tx, EVERYTHING, SECOND, bound.account_id) == (bound,)
        assert screen.bound(tx, EVERYTHING, SECOND, bound.account_id + 1) == ()
        waits = {each.liaison.name: each.waits for each in screen.liaisons(tx, EVERYTHING, SECOND)}
    assert waits == {"王某": False, "钱某": True}
    rosters.confirm(store, editor, successor, 1)
    with store.reading() as tx:
        assert screen.left_behind(tx, EVERYTHING, SECOND) == ()
    with pytest.raises(Conflict, match="没有待确认"):
        rosters.confirm(store, editor, successor, 2)
    with pytest.raises(Conflict, match="改过"):
        rosters.hand_over(store, editor, VAULT, new)


def test_a_confirmed_successor_stands_in_the_ledger_from_his_first_day_as_a_revision(
    store: Store, editor: Person, clock: StandingClock
) -> None:
    header = ["主办单位", "平台", "账号名称", "联络员", "运维员A", "备注"]
    wanted = asked(
        [COUNTY, "抖音", "甲(演示)", "王某", "王某", "原样"],
        [COUNTY, "微博", "乙(演示)", "赵某", "", ""],
        [CITY, "抖音", "丙(演示)", "王某", "", ""],
        header=header,
    )
    ledgers.save(store, None, wanted, ledgers.look(store, None, wanted).fingerprint)
    enter(store, people(WANG), editor)
    with store.reading() as tx:
        [old] = kept.liaisons(tx)
        preview = screen.to_hand_over(tx, EVERYTHING, SECOND)
        before = {each.name: each for each in accounts.all_accounts(tx)}
    assert {(each.name, each.column) for each in preview} == {
        ("甲(演示)", "联络员"),
        ("甲(演示)", "运维员A"),
    }
    new = rosters.HandOver(old.id or 0, 1, date(2026, 11, 22), date(2026, 11, 23), "钱某")
    successor = rosters.hand_over(store, editor, VAULT, new)
    mine = before["甲(演示)"].id or 0
    for wrong in ((), (mine, mine + 1)):
        with pytest.raises(Conflict, match="核对之后又有变化"):
            rosters.confirm(store, editor, successor, 1, wrong)
    clock.move(days=2)
    assert rosters.confirm(store, editor, successor, 1, {mine}) == 1
    with store.reading() as tx:
        after = {each.name: each for each in accounts.all_accounts(tx)}
        rows = tx.conn.execute(T["account_rev"].select()).mappings().all()
        said = tx.conn.execute(
            text("SELECT object_id, reason FROM audit WHERE action = '交接变更台账'")
        ).all()
    assert [tuple(each) for each in said] == [(str(mine), "联络员、运维员A")]
    changed = after.pop("甲(演示)")
    assert changed.details | {"联络员": "王某", "运维员A": "王某"} == before["甲(演示)"].details
    assert {changed.details["联络员"], changed.details["运维员A"]} == {"钱某"}
    assert changed.valid_from == date(2026, 11, 23)
    assert after == {name: each for name, each in before.items() if name != "甲(演示)"}
    # What was so before stays told for the time before, under its own stamp.
    own = [each for each in rows if each["account_id"] == mine]
    assert {each["details"]["联络员"] for each in own} == {"王某", "钱某"}


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"first_day": date(2026, 11, 22)},
        {"last_day": date(2025, 1, 1)},
        {"phones": Phones(mobile="123")},
    ],
)
def test_a_hand_over_that_cannot_be_changes_nothing(
    store: Store, editor: Person, change: dict[str, object]
) -> None:
    enter(store, people(WANG), editor)
    with store.reading() as tx:
        before = kept.liaisons(tx)
    good = rosters.HandOver(before[0].id or 0, 1, date(2026, 11, 22), date(2026, 11, 23), "钱某")
    with pytest.raises(InputError):
        rosters.hand_over(store, editor, VAULT, replace(good, **change))  # type: ignore[arg-type]
    with store.reading() as tx:
        assert kept.liaisons(tx) == before
