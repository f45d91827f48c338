"""A hold is placed by one person, lifted by another; what it covers stays meanwhile."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from monitor.actions import people, retaining
from monitor.actions.retaining import Covers, Placing
from monitor.actions.sending import Sent
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import DAY
from monitor.domain.person import Grant, Person, Role
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record.screens import retaining as screen
from monitor.record.store import Store
from monitor.settings import ROOT
from tests.builders import VAULT, T, put
from tests.conftest import NOW
from tests.filled import Filled, fill_store

DATA = ROOT / "data"
SECOND = int(NOW.timestamp())
WHY = "某市纪委调取证据"
ALL = Placing("", Covers.HOUSE, "", WHY)


@pytest.fixture
def made(store: Store) -> Filled:
    return fill_store(store)


def somebody(store: Store, login: str, role: Role = Role.SECURITY_ADMIN, path: str = "/") -> Person:
    new = people.NewPerson(login, f"{login}某", (Grant(role, path),), must_change=False)
    people.enrol(store, None, new)
    return people.person_called(store, login, SECOND)


def placed(store: Store, who: Person, asked: Placing = ALL, key: str = "k") -> int:
    return retaining.place(store, who, VAULT, DATA, asked, Sent("retaining-place", key))


def lifted(store: Store, who: Person, number: int, version: int = 0) -> None:
    sent = Sent("retaining-lift", f"{number}-{version}-{who.id}")
    retaining.lift(store, who, VAULT, (number, version), "检查已结束", sent)


def due(store: Store, who: Person, kind: str) -> tuple[int, int]:
    found = {each.key: told for each, told in retaining.preview(store, who, DATA)}
    return found[kind].due, found[kind].held


@pytest.mark.usefixtures("made")
def test_what_is_held_is_not_due_until_somebody_else_lifts_it(store: Store) -> None:
    first, second = somebody(store, "an"), somebody(store, "ke", Role.HEAD)
    with store.writing() as tx:
        put(tx, "attempt", login="x", address="y", at=SECOND - 200 * DAY)
    assert due(store, first, "attempt") == (1, 0)
    number = placed(store, first)
    assert placed(store, first) == number
    assert due(store, first, "attempt") == (0, 1)
    with pytest.raises(Forbidden, match="登记人不能解除自己登记的留存"):
        lifted(store, first, number)
    lifted(store, second, number)
    assert due(store, first, "attempt") == (1, 0)
    with pytest.raises(Conflict):
        lifted(store, second, number, version=1)
    with store.reading() as tx:
        [kept] = screen.held(tx, EVERYTHING, VAULT)
        assert (kept.words, kept.lift_words, kept.placer, kept.lifter) == (
            *(WHY, "检查已结束"),
            *("an某", "ke某"),
        )
        assert screen.held(tx, Scope(frozenset({"/1/2/"}))) == ()
        entries = tx.conn.execute(
            select(T["audit"].c.action, T["audit"].c.object_id, T["audit"].c.reason)
            .where(T["audit"].c.object_kind == "data_hold")
            .order_by(T["audit"].c.seq)
        ).all()
    assert [entry[:2] for entry in entries] == [("登记留存", "1"), ("解除留存", "1")]
    assert not any(WHY in entry.reason for entry in entries)


def test_a_hold_of_an_account_a_unit_or_a_case_says_whose_it_is(store: Store, made: Filled) -> None:
    who = somebody(store, "an")
    label = "睡眠示例(演示)"
    asked = [
        Placing("connecting", Covers.ACCOUNT, label, WHY, date(2026, 1, 1), date(2026, 1, 31)),
        Placing("", Covers.UNIT, "荆州市公安局", WHY),
    ]
    for number, each in enumerate(asked):
        placed(store, who, each, f"k{number}")
    with store.reading() as tx:
        unit, account = screen.held(tx, EVERYTHING)
    assert (account.covers, account.called, account.kind) == (Covers.ACCOUNT, label, "connecting")
    assert (account.until or 0) - (account.since or 0) == 31 * DAY
    assert (unit.covers, unit.called) == (Covers.UNIT, "荆州市公安局")
    with store.writing() as tx:
        for owner in (made.accounts[label], made.accounts["僵尸示例(演示)"]):
            row = {"token_hash": f"{owner}", "reader": "weibo", "account_id": owner, "back": ""}
            at = {"started_at": 0, "expires_at": (account.since or 0) + DAY, "recorded_at": 0}
            put(tx, "connecting", **row, **at, outcome="")
    home = made.homes["僵尸示例(演示)"]
    beside = 0 if home.startswith(made.paths["荆州市公安局"]) else 1
    assert due(store, who, "connecting") == (beside, 2 - beside)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (Placing("attempt", Covers.UNIT, "荆州市公安局", WHY), "分不清是哪个单位或账号的"),
        (Placing("posts", Covers.HOUSE, "", WHY), "没有这类数据"),
        (Placing("", Covers.UNIT, "某某公安局", WHY), "没有找到“某某公安局”"),
        (Placing("", Covers.CASE, "九", WHY), "没有找到“九”"),
        (Placing("", Covers.HOUSE, "", "机密★材料"), "机密"),
        (Placing("", Covers.HOUSE, "", WHY, date(2026, 2, 1), date(2026, 1, 1)), "止日早于起日"),
    ],
)
def test_what_cannot_be_held_is_named_and_nothing_is_kept(
    sqlite_store: Store, asked: Placing, told: str
) -> None:
    who = somebody(sqlite_store, "an")
    with pytest.raises(InputError, match=told):
        placed(sqlite_store, who, asked)
    with sqlite_store.reading() as tx:
        for table in ("data_hold", "typed_reason"):
            count = select(func.count()).select_from(T[table])
            assert tx.conn.execute(count).scalar_one() == 0


def test_a_sheet_is_read_from_the_folder_it_lies_in(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="文件打不开"):
        retaining.sheet(tmp_path)
