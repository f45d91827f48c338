"""Operators are told once a step that an authorisation ends, by a link for that account alone."""

import re
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import select

from monitor.access import invitations
from monitor.coordinate import renewing as who
from monitor.domain.contact import ContactKind, Owner, OwnerKind
from monitor.domain.instants import DAY, HOUR, to_second
from monitor.domain.person import Grant, Person, Role
from monitor.domain.runway import STEPS, Ending, Notice
from monitor.record import contacts, credentials, people
from monitor.record.contacts import Given
from monitor.record.store import Store
from monitor.report import group_text, runway_reminder
from monitor.runs import renewing, send
from monitor.runs.parts import MailBox, Parts
from tests.builders import T, a_unit, an_account
from tests.conftest import StandingClock
from tests.deliver.letters import Mailbox, a_server
from tests.service.parts import some_parts

OPERATOR, CITY, SYSTEM, ELSEWHERE = "operator", "city", "system", "elsewhere"


@dataclass
class House:
    """A city with one authorised account, and people here and elsewhere who have mailboxes."""

    parts: Parts
    clock: StandingClock
    account: int
    ends: int

    def run(self) -> dict[str, int]:
        report = renewing.run(self.parts)
        assert report is not None
        return dict(report.counts)

    def told(self) -> list[int]:
        notice = T["credential_notice"]
        with self.parts.store.reading() as tx:
            return list(tx.conn.execute(select(notice.c.step).order_by(notice.c.id)).scalars())

    def to(self) -> list[str]:
        box = T["outbox"]
        with self.parts.store.reading() as tx:
            found = tx.conn.execute(select(box.c.recipient).order_by(box.c.id)).scalars()
            return [each.partition("@")[0] for each in found]


@pytest.fixture
def house(store: Store, clock: StandingClock) -> House:
    parts = some_parts(store, clock, mail=MailBox("127.0.0.1", 1, "none", "office@example.org", ()))
    vault = parts.vault()
    with store.writing() as tx:
        root = a_unit(tx, "某厅", "990000000000", level="省厅")
        city = a_unit(tx, "荆州市公安局", "991000000000", root, level="市州局")
        county = a_unit(tx, "江陵县公安局", "991024000000", city)
        below = f"/{root}/{city}/"
        for login, role, path in (
            (OPERATOR, Role.OPERATOR, f"{below}{county}/"),
            (CITY, Role.PREFECTURE_ADMIN, below),
            (SYSTEM, Role.SYSTEM_ADMIN, "/"),
            (ELSEWHERE, Role.OPERATOR, f"{below}999/"),
            ("viewer", Role.VIEWER, "/"),
        ):
            key = people.add(tx, login, f"{login}(演示)", "-")
            people.set_password(tx, key, "-", must_change=False)
            people.set_grants(tx, key, [Grant(role, path)])
            mail = Given(Owner(OwnerKind.PERSON, key), ContactKind.MAIL, f"{login}@example.org")
            contacts.put(tx, vault, [mail])
        account = an_account(tx, county, "平安江陵(演示)", "weibo")
        ends = tx.second + 20 * DAY
        credentials.put(tx, "weibo", account, b"-", ends)
        credentials.put(tx, "weibo", 0, b"-", None)
    return House(parts, clock, account, ends)


def test_each_step_is_told_once_to_operator_city_and_system(house: House) -> None:
    days = []
    for day in range(22):
        if house.run()["到期提醒"]:
            days.append(20 - day)
        house.clock.move(days=1)
    assert days == list(STEPS)
    assert house.told() == list(STEPS)
    assert sorted(house.to()) == sorted([OPERATOR, CITY, SYSTEM] * len(STEPS))


def test_the_letter_leaves_and_its_link_is_for_this_account_until_the_end(house: House) -> None:
    house.clock.move(days=7)
    house.run()
    mailbox = Mailbox()
    with a_server(mailbox) as smtp:
        assert house.parts.mail is not None
        at = replace(house.parts, mail=replace(house.parts.mail, port=smtp.port))
        assert send.run(at) is not None
    received = mailbox.messages()
    assert len(received) == 3
    part = received[0].get_body(("plain",))
    assert part is not None
    text = part.get_content()
    link = re.search(r"http\S+/hooks/invited/(\S+)", text)
    assert link is not None
    now = to_second(house.clock())
    made = invitations.read(house.parts.key, link[1], now)
    assert made == invitations.Invitation("weibo", house.account, house.ends)
    assert invitations.read(house.parts.key, link[1], house.ends) is None


def test_a_renewed_authorisation_is_told_of_anew(house: House) -> None:
    house.clock.move(days=7)
    house.run()
    with house.parts.store.writing() as tx:
        credentials.put(tx, "weibo", house.account, b"-", tx.second + 3 * DAY)
    assert house.run()["到期提醒"] == 1
    assert house.told() == [14, 5]


def test_where_nobody_can_be_reached_nothing_counts_as_told(house: House) -> None:
    house.clock.move(days=7)
    bare = replace(house, parts=replace(house.parts, mail=None))
    assert bare.run() == {"到期提醒": 0, "信件": 0, "无人可告知": 1}
    assert house.told() == []
    assert house.run()["到期提醒"] == 1


def test_a_run_that_dies_has_told_nothing_and_written_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.clock.move(days=7)

    def dies(*_: object) -> bytes:
        raise RuntimeError("power cut")

    with monkeypatch.context() as broken:
        broken.setattr(renewing.codec, "encode", dies)
        with pytest.raises(RuntimeError):
            house.run()
    assert (house.told(), house.to()) == ([], [])


def test_an_applications_keys_concern_the_system_alone() -> None:
    everyone = [
        Person(n, role.name.lower(), role.value, held=(Grant(role, "/"),))
        for n, role in enumerate(Role)
    ]
    gone = Person(99, "gone", "离岗", active=False, held=(Grant(Role.SYSTEM_ADMIN, "/"),))
    below = Person(98, "below", "一市", held=(Grant(Role.SYSTEM_ADMIN, "/7/"),))
    heard = who.hears([*everyone, gone, below], Ending("weibo", 0, 1))
    assert [each.login for each in heard] == ["system_admin"]
    of_one = who.hears(everyone, Ending("weibo", 5, 1, "平安", "weibo", "某局", "/7/"))
    assert {each.login for each in of_one} == {"operator", "prefecture_admin", "system_admin"}


@pytest.mark.parametrize(
    ("left", "step"),
    [(15 * DAY, None), (14 * DAY, 14), (5 * DAY + 1, 14), (5 * DAY, 5), (HOUR, 1), (0, None)],
)
def test_the_last_step_that_has_come_is_told(left: int, step: int | None) -> None:
    assert Ending("weibo", 1, 10**9 + left).step(10**9) == step


def test_a_text_for_the_group_is_short_and_holds_no_link() -> None:
    many = [
        Notice(
            Ending("weibo", n, 10**9, f"平安{n}(演示)", "weibo", "江陵县公安局"), 5, "http://x/s"
        )
        for n in range(100)
    ]
    text = runway_reminder.group(many)
    assert len(text) <= group_text.LONGEST
    assert "http" not in text
    assert re.search(r"另有\d+项见系统", text)
