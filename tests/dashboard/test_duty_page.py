"""值班与联络员: who answers, who left, what to do; numbers stay masked until somebody asks."""

from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import page
from dashboard.page import Visit
from dashboard.views import duty as view
from monitor.access.ciphers import KeyRing
from monitor.actions import rosters
from monitor.domain.duty import Duty, Liaison, Phones
from monitor.domain.person import Grant, Role
from monitor.domain.scope import NOTHING
from monitor.record import people
from monitor.record import rosters as kept
from monitor.record.store import Store
from monitor.record.vault import Vault
from tests.builders import an_account
from tests.dashboard.test_views import FORBIDDEN, a_visit, draw, words
from tests.filled import fill_store

VAULT = Vault(KeyRing((b"k" * 32,)), b"s" * 32)


@pytest.fixture
def full(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    fill_store(sqlite_store)
    with sqlite_store.writing() as tx:
        for day, officer in (("2026-11-23", "王某"), ("2026-11-25", "李某")):
            entry = Duty(day, "421000000000", "某局长", officer)
            kept.keep_duty(tx, VAULT, entry, Phones(duty="0716-0000123"))
        spokesman = Liaison("421000000000", "赵某", post="科员", since="2026-01-01")
        kept.keep_liaison(tx, VAULT, spokesman, Phones(mobile="13800001234"))
    monkeypatch.setattr(view, "vault", lambda: VAULT)
    return sqlite_store


def press(test: AppTest, label: str) -> AppTest:
    return next(each for each in test.button if each.label == label).click().run()


def test_an_empty_page_says_what_to_prepare(sqlite_store: Store) -> None:
    fill_store(sqlite_store)
    said = words(draw("duty", a_visit(sqlite_store)))
    assert "还没有值班表" in said
    assert "还没有联络员台账" in said
    assert "尚未划定查看范围" in words(draw("duty", a_visit(sqlite_store, NOTHING)))


def test_a_full_page_shows_today_gaps_and_people_with_masked_numbers(full: Store) -> None:
    test = draw("duty", a_visit(full))
    assert not test.exception
    said = words(test)
    assert "今日值班" in said
    assert "王某" in said
    assert "2026-11-24" in test.warning[0].value
    assert "138****1234" in said
    assert "0716-****0123" in said
    assert "13800001234" not in said
    assert not [word for word in FORBIDDEN if word in said]


def test_a_number_is_shown_for_a_minute_once_a_reason_is_given(
    full: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit, later = an_editor(full), [0]

    def arrive(*, working: bool = True) -> Visit:
        del working
        return replace(visit, now=visit.now + later[0])

    test = draw("duty", visit)
    monkeypatch.setattr(page, "arrive", arrive)
    purpose(test, "其他")
    assert "事由" in press(test, "查看").error[0].value
    purpose(test, "值班通联")
    shown = press(test, "查看").info[0].value
    assert "0716-0000123" in shown
    assert "60秒后隐藏" in shown
    later[0] = 59
    assert "1秒后隐藏" in test.run().info[0].value
    later[0] = 60
    test.run()
    assert not test.info
    assert "号码已隐藏" in words(test)
    assert "0716-0000123" not in words(test)
    assert "号码已隐藏" not in words(test.run())


def purpose(test: AppTest, chosen: str) -> None:
    next(each for each in test.selectbox if each.label == "事由").set_value(chosen)


def an_editor(store: Store) -> Visit:
    """A visit of somebody the records know."""
    with store.writing() as tx:
        key = people.add(tx, "editor", "周某", "-")
        people.set_password(tx, key, "-", must_change=False)
        people.set_grants(tx, key, [Grant(Role.EDITOR, "/")])
    visit = a_visit(store)
    with store.reading() as tx:
        known = people.by_id(tx, key, visit.now)
    assert known is not None
    return replace(visit, session=replace(visit.session, person=known.person))


def test_a_hand_over_is_entered_and_then_confirmed(full: Store) -> None:
    with full.reading() as tx:
        [old] = kept.liaisons(tx)
    new = rosters.HandOver(old.id or 0, 1, date(2026, 11, 22), date(2026, 11, 23), "钱某")
    rosters.hand_over(full, None, VAULT, new)
    test = draw("duty", a_visit(full))
    said = words(test)
    assert "交接待确认" in said
    assert "已离岗" in said
    with full.reading() as tx:
        assert any(each.label.startswith("交接确认") for each in test.button)
        assert kept.unconfirmed(kept.liaisons(tx))


def test_an_account_bound_to_somebody_who_left_says_so_in_red(full: Store) -> None:
    with full.writing() as tx:
        left = Liaison("421000000000", "孙某", since="2025-01-01", until="2026-10-01")
        kept.keep_liaison(tx, VAULT, left, Phones())
        unit = kept.all_units(tx)
        home = next(each.id for each in unit if each.code == "421000000000")
        key = an_account(tx, home or 0, "无人接手(演示)", "douyin", details={"运维员A": "孙某"})
    said = words(draw("duty", a_visit(full)))
    assert "无人接手(演示)" in said
    test = draw("accounts", a_visit(full), id=str(key))
    assert "运维员A孙某已于2026-10-01离岗" in test.error[0].value
