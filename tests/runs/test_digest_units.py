"""单位周报: who gets the week of which unit, that it holds nothing of another's, and only once."""

import re
from dataclasses import replace
from datetime import date
from email.message import EmailMessage
from typing import Any

import pytest

from monitor.actions import people, setting_up
from monitor.actions.people import NewPerson
from monitor.domain.case import Case, Problem, State, Term
from monitor.domain.contact import ContactKind, Owner, OwnerKind
from monitor.domain.instants import DAY
from monitor.domain.lifecycle import Move
from monitor.domain.person import Grant, Role
from monitor.record import cases, contacts, lives
from monitor.record.cases import Opened, Place
from monitor.record.contacts import Given
from monitor.record.store import Store
from monitor.runs import digest, digest_units, send, setup
from monitor.runs.parts import MailBox, Parts
from tests.conftest import StandingClock
from tests.deliver.letters import Mailbox, a_server
from tests.filled import Filled, fill_store
from tests.service.parts import some_parts

OFFICE = "desk@example.org"
CITY, COUNTY, OTHER = "荆州市公安局", "江陵县公安局", "武汉市公安局"
WEEK = "2026-W47"


@pytest.fixture
def made(store: Store) -> Filled:
    return fill_store(store)


@pytest.fixture
def parts(store: Store, clock: StandingClock, made: Filled) -> Parts:
    """An office with a city's liaison, a county's, and others who get no letter."""
    box = MailBox("127.0.0.1", 1, "none", "office@example.org", (OFFICE,), timeout_seconds=5)
    ready = setup.ready(some_parts(store, clock, mail=box))
    hands = (
        ("city", Role.LIAISON, CITY, "city@example.org"),
        ("county", Role.UNIT_LIAISON, COUNTY, "county@example.org"),
        ("operator", Role.OPERATOR, COUNTY, "operator@example.org"),
        ("reader", Role.VIEWER, OTHER, "reader@example.org"),
        ("mailless", Role.LIAISON, OTHER, ""),
    )
    new = [
        NewPerson(login, "某某(演示)", (Grant(role, made.paths[unit]),))
        for login, role, unit, _ in hands
    ]
    entered = people.enrol_all(store, None, new)
    given = [
        Given(Owner(OwnerKind.PERSON, person), ContactKind.MAIL, mail)
        for (person, _), (*_, mail) in zip(entered, hands, strict=True)
        if mail
    ]
    vault = ready.vault()
    with store.writing(durable=True) as tx:
        contacts.put(tx, vault, given)
    return ready


def sent(parts: Parts, times: int = 1) -> list[EmailMessage]:
    """What really left for a real mail server."""
    mailbox = Mailbox()
    with a_server(mailbox) as smtp:
        assert parts.mail is not None
        there = replace(parts, mail=replace(parts.mail, port=smtp.port))
        for _ in range(times):
            digest.enqueue(there, WEEK, "")
            send.run(there)
    return mailbox.messages()


def words(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_each_unit_hears_of_itself_once_however_often_it_is_sent(parts: Parts) -> None:
    letters = sent(parts, times=2)
    to = [str(each["To"]) for each in letters]
    assert sorted(to) == sorted(
        [OFFICE, "city@example.org", "county@example.org", "operator@example.org"]
    )
    assert len({each["Message-ID"] for each in letters}) == len(letters)
    by_mail = {str(each["To"]): each for each in letters}
    city, county = by_mail["city@example.org"], by_mail["county@example.org"]
    assert city["Subject"].startswith("荆州市公安政务新媒体周报 第47期")
    assert county["Subject"].startswith("江陵县公安局")
    assert "武汉" not in words(city) + words(county)
    assert words(county) == words(by_mail["operator@example.org"])
    assert not list(county.iter_attachments())
    for each in city.iter_attachments():
        assert "武汉" not in str(each.get_content())


def test_in_a_trial_period_no_unit_hears_anything_then_or_later(
    parts: Parts, clock: StandingClock
) -> None:
    setting_up.begin_trial(parts.store, None, date(2026, 12, 23))
    assert [str(each["To"]) for each in sent(parts)] == [OFFICE]
    clock.move(days=40)
    assert OFFICE not in {str(each["To"]) for each in sent(parts)}
    assert [each.unit.name for each in digest_units.readers(parts)] == [CITY, COUNTY, COUNTY]


def test_who_left_and_who_is_elsewhere_get_nothing(parts: Parts, made: Filled) -> None:
    code = next(each.unit.code for each in digest_units.readers(parts) if each.unit.name == COUNTY)
    assert {each.unit.name for each in digest_units.readers(parts, code)} == {COUNTY}
    with parts.store.writing() as tx:
        tx.conn.exec_driver_sql("UPDATE person SET active = false WHERE login = 'city'")
    assert {each.unit.name for each in digest_units.readers(parts)} == {COUNTY}
    without = replace(parts, mail=None)
    assert digest_units.readers(without) == ()
    assert made.paths


def a_case(store: Store, made: Filled, label: str, unit: str, state: State, **more: Any) -> str:
    """A live case of an account, run by the department through its city; its number."""
    account = next(each for name, each in made.accounts.items() if name.startswith(label))
    place = Place(made.units["湖北省公安厅"], made.units[unit], account, made.units[CITY])
    with store.writing() as tx:
        term = Term(3, ((tx.second, None),))
        problem = Problem("睡眠", "已40天未更新", confirmed=True)
        case = Case(state, (problem,), transit=True, forwarded=True, term=term, **more)
        opened = Opened("系统监测", "{}", "0" * 64, None)
        kept = cases.begin(tx, place, opened, case)
        cases.put(tx, kept, case, tx.second + 2 * DAY - 1 if case.term == term else None)
    return kept.number


def test_each_is_told_of_the_cases_that_are_exactly_his(
    parts: Parts, store: Store, made: Filled
) -> None:
    mine = a_case(store, made, f"平安{COUNTY[:4]}", COUNTY, State.UNDER_WAY)
    checked = a_case(store, made, f"平安{CITY[:4]}", CITY, State.FIRST_CHECK)
    foreign = a_case(store, made, f"平安{OTHER[:4]}", OTHER, State.UNDER_WAY)
    account = next(
        each for name, each in made.accounts.items() if name.startswith(f"平安{COUNTY[:4]}")
    )
    with store.writing() as tx:
        for clock, due_at in (("开设备案", tx.second - 8 * DAY), ("变更备案", tx.second + DAY)):
            late = {"clock": clock, "due_at": due_at}
            lives.made(tx, lives.Made(account, Move.OPENED, "已批准待开通", "在用", None, **late))
    by_mail = {str(each["To"]): words(each) for each in sent(parts)}
    city, county = by_mail["city@example.org"], by_mail["county@example.org"]
    assert "整改督办  应整改3件,按期3件,逾期0件。" in by_mail[OFFICE]
    assert f"【请您办理】待转办或初核的整改单1件:{checked}" in city
    assert "【整改】在办2件" in city
    assert mine in city
    assert re.search(rf"\d\){mine}“[^”]+”剩1个工作日,请按期反馈", county)
    assert checked not in county
    assert re.search(r"【报备逾期】.*1项:“[^”]+”[^“]+开设备案逾期\d个工作日", city)
    assert re.search(r"\d\)“[^”]+”[^“]+开设备案逾期\d个工作日,请补报并登记", county)
    assert foreign not in city + county
