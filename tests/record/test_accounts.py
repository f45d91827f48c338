"""Accounts: matched by id, platform id or name, revised only where something is another."""

from dataclasses import replace
from datetime import date

import pytest

from monitor.domain.account import Account, State
from monitor.domain.errors import InputError
from monitor.domain.instants import BEGINNING, OPEN, day_start
from monitor.record import accounts
from monitor.record.accounts import filing
from monitor.record.store import Store
from tests.conftest import NOW, StandingClock
from tests.record.builders import ROOT, account, facts_of, registry, rows

SECOND = int(NOW.timestamp())
STRETCHES = (
    "SELECT valid_from, valid_until, state FROM account_rev"
    f" WHERE superseded_at = {OPEN} ORDER BY account_id, valid_from"
)


def save(store: Store, *entries: Account) -> list[int]:
    with store.writing() as tx:
        return accounts.save(tx, entries)


def known(store: Store) -> list[Account]:
    with store.reading() as tx:
        return accounts.all_accounts(tx)


def test_an_account_comes_back_as_it_was_entered(store: Store) -> None:
    entered = account(
        line="交警",
        main=True,
        key=True,
        opened_from=5,
        opened_until=9,
        details={"责任人": "某科", "省平台备案号": "鄂001"},
    )
    (key,) = registry(store, entered)
    (back,) = known(store)
    assert replace(back, id=None, unit_id=None) == entered
    assert back.id == key


def test_the_same_ledger_again_writes_nothing(store: Store) -> None:
    ids = registry(store, account(), account("乙", None))
    before = rows(store, "SELECT count(*) FROM account_rev")
    assert save(store, account(), account("乙", None)) == ids
    assert save(store, *known(store)) == ids
    assert rows(store, "SELECT count(*) FROM account_rev") == before


def test_an_account_without_its_id_is_matched_by_name_and_gets_its_id_later(store: Store) -> None:
    (key,) = registry(store, account(uid=None))
    assert known(store)[0].id_missing
    assert save(store, account(uid="gh_1")) == [key]
    assert known(store)[0].uid == "gh_1"
    assert save(store, account(uid="gh_2")) != [key]


def test_a_renamed_account_is_matched_by_its_platform_id(store: Store) -> None:
    (key,) = registry(store)
    assert save(store, account("新名")) == [key]
    assert [each.name for each in known(store)] == ["新名"]


def test_an_id_another_account_holds_is_refused_and_nothing_is_saved(store: Store) -> None:
    one, _ = registry(store, account(), account("乙", "u2"))
    with pytest.raises(InputError, match="已属于另一个账号"):
        save(store, account("甲改", "u2", id=one))
    assert sorted(each.name for each in known(store)) == ["乙", "甲"]


def test_an_unknown_unit_is_named(store: Store) -> None:
    registry(store)
    with pytest.raises(InputError, match="机构代码429999000000不在机构表里"):
        save(store, replace(account("丙", "u3"), unit_code="429999000000"))


def test_a_new_state_holds_from_now_on_and_the_old_one_until_then(store: Store) -> None:
    registry(store)
    save(store, account(state=State.PAUSED))
    assert rows(store, STRETCHES) == [(BEGINNING, SECOND, "在用"), (SECOND, OPEN, "暂停更新")]


def test_a_new_state_holds_from_its_date_where_the_office_gave_one(store: Store) -> None:
    (key,) = registry(store)
    save(store, account(state=State.CLOSED, valid_from=date(2026, 6, 1)))
    start = day_start(date(2026, 6, 1))
    assert rows(store, STRETCHES) == [(BEGINNING, start, "在用"), (start, OPEN, "已关停")]
    assert [each.state for each in facts_of(store, key, start).standings] == ["在用", "已关停"]


def test_what_answers_an_unchecked_account_was_so_all_along(store: Store) -> None:
    registry(store, account(state=State.UNCHECKED))
    save(store, replace(account(), unit_code=ROOT.code))
    assert rows(store, STRETCHES) == [(BEGINNING, OPEN, "在用")]


def test_any_other_difference_corrects_the_whole_stretch(store: Store) -> None:
    registry(store)
    save(store, account(details={"责任人": "某科"}))
    assert rows(store, STRETCHES) == [(BEGINNING, OPEN, "在用")]


def test_twice_in_one_transaction_the_last_word_stands(store: Store) -> None:
    registry(store)
    with store.writing() as tx:
        accounts.save(tx, [account("一")])
        accounts.save(tx, [account("二")])
    assert [each.name for each in known(store)] == ["二"]


def test_the_first_registration_is_remembered(store: Store, clock: StandingClock) -> None:
    (key,) = registry(store)
    clock.move(days=3)
    save(store, account("新名"))
    assert facts_of(store, key, SECOND + 9_999_999).registered_at == SECOND


@pytest.mark.parametrize(
    ("details", "filed"),
    [
        ({}, None),
        ({"省平台备案号": ""}, False),
        ({"省平台备案号": "未备案", "国家系统备案号": "无"}, False),
        ({"省平台备案号": "", "国家系统备案号": "政务42"}, True),
    ],
)
def test_a_filing_stands_by_its_number(details: dict[str, str], filed: bool | None) -> None:
    assert filing(details) == (filed, "")
