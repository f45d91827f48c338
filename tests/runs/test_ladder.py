"""The ladder: each step of each silence is told once, the county first, the province last."""

from collections import defaultdict
from dataclasses import dataclass

import pytest
from sqlalchemy import select, update

from monitor.collect import shelf
from monitor.coordinate import ladder as laid
from monitor.domain.contact import ContactKind, Owner, OwnerKind
from monitor.domain.errors import InputError
from monitor.domain.instants import DAY, HOUR, shanghai_day
from monitor.domain.person import Grant, Role
from monitor.record import contacts, office_settings, people
from monitor.record.contacts import Given
from monitor.record.store import Store
from monitor.runs import ladder, reminded
from monitor.runs.parts import MailBox, Parts
from tests.builders import T, a_day, a_unit, an_account
from tests.conftest import StandingClock
from tests.service.parts import DATA, some_parts


@dataclass
class House:
    """A county with one account that stopped posting at the clock's first instant."""

    parts: Parts
    clock: StandingClock
    account: int
    last: int

    def run(self) -> dict[str, int]:
        self.judged(self.last)
        report = ladder.run(self.parts)
        assert report is not None
        return dict(report.counts)

    def judged(self, last: int, **more: object) -> None:
        """As an hourly comparison leaves it: seen until two hours ago."""
        day = T["account_day"]
        now = int(self.clock.now.timestamp())
        row = {"cutoff": now - 2 * HOUR, "silence_min": now - 2 * HOUR - last, **more}
        with self.parts.store.writing() as tx:
            tx.conn.execute(update(day).values(last_post_until=last, last_post_from=last, **row))

    def heard(self) -> dict[str, list[str]]:
        """Who got letters, and the asking part of each."""
        box = T["outbox"]
        with self.parts.store.reading() as tx:
            rows = tx.conn.execute(select(box.c.recipient, box.c.body).order_by(box.c.id)).all()
        found = defaultdict(list)
        for recipient, body in rows:
            found[recipient.partition("@")[0]].append(body.decode("unicode_escape"))
        return dict(found)


@pytest.fixture
def house(sqlite_store: Store, clock: StandingClock) -> House:
    return built(sqlite_store, clock)


def built(store: Store, clock: StandingClock) -> House:
    parts = some_parts(store, clock, mail=MailBox("127.0.0.1", 1, "none", "office@example.org", ()))
    vault = parts.vault()
    with store.writing() as tx:
        root = a_unit(tx, "某厅", "990000000000", level="省厅")
        city = a_unit(tx, "荆州市公安局", "991000000000", root, level="市州局")
        county = a_unit(tx, "江陵县公安局", "991024000000", city)
        below = f"/{root}/{city}/"
        for login, role, path in (
            ("operator", Role.OPERATOR, f"{below}{county}/"),
            ("unit", Role.UNIT_LIAISON, f"{below}{county}/"),
            ("city", Role.LIAISON, below),
            ("province", Role.EDITOR, "/"),
            ("elsewhere", Role.OPERATOR, f"{below}999/"),
        ):
            key = people.add(tx, login, f"{login}(演示)", "-")
            people.set_password(tx, key, "-", must_change=False)
            people.set_grants(tx, key, [Grant(role, path)])
            mail = Given(Owner(OwnerKind.PERSON, key), ContactKind.MAIL, f"{login}@example.org")
            contacts.put(tx, vault, [mail])
        account = an_account(tx, county, "平安江陵(演示)", "weibo")
        a_day(tx, account, last_post_from=tx.second)
        last = tx.second
    return House(parts, clock, account, last)


def test_seven_ten_twelve_fourteen_days_are_told_once_each_and_the_county_first(
    store: Store, clock: StandingClock
) -> None:
    house = built(store, clock)
    days = []
    for day in range(25):
        if house.run()["提醒"]:
            days.append(day)
        house.clock.move(days=1)
    assert days == [7, 10, 12, 14]
    told = {who: len(letters) for who, letters in house.heard().items()}
    assert told == {"operator": 3, "unit": 2, "city": 1, "province": 1}
    assert "整改单" in house.heard()["province"][0]
    with store.reading() as tx:
        (told_of,) = reminded.gather(tx, int(clock.now.timestamp()))
    assert (told_of.account_id, told_of.since) == (house.account, house.last)
    assert told_of.roles == {Role.OPERATOR, Role.UNIT_LIAISON, Role.LIAISON, Role.EDITOR}


def test_a_post_begins_another_silence_whose_steps_are_told_anew(house: House) -> None:
    house.clock.move(days=8)
    assert house.run()["提醒"] == 1
    house.last += 7 * DAY
    assert house.run()["提醒"] == 0
    house.clock.move(days=7)
    assert house.run()["提醒"] == 1
    assert len(house.heard()["operator"]) == 2


def test_what_was_slept_through_is_let_go(house: House) -> None:
    house.clock.move(days=13)
    assert house.run()["提醒"] == 1
    assert house.run()["提醒"] == 0
    assert set(house.heard()) == {"operator", "unit", "city"}


@pytest.mark.parametrize("more", [{"outcome": "暂不作认定"}, {"outcome": "不纳入"}])
def test_of_whom_nobody_can_say_whether_he_posted_nobody_is_told(
    house: House, more: dict[str, str]
) -> None:
    house.clock.move(days=8)
    house.judged(house.last, **more)
    report = ladder.run(house.parts)
    assert report is not None
    assert report.counts["提醒"] == 0


def test_agreed_time_does_not_count(house: House) -> None:
    house.clock.move(days=8)
    house.judged(house.last, silence_min=5 * DAY)
    report = ladder.run(house.parts)
    assert report is not None
    assert report.counts["提醒"] == 0


def test_one_person_gets_one_letter_for_all_accounts(house: House) -> None:
    with house.parts.store.writing() as tx:
        unit = tx.conn.execute(
            select(T["account_rev"].c.unit_id).where(T["account_rev"].c.account_id == house.account)
        ).scalar_one()
        other = an_account(tx, unit, "江陵第二(演示)", "douyin")
        a_day(tx, other, last_post_from=house.last)
    house.clock.move(days=8)
    assert house.run() == {"提醒": 2, "信件": 1, "无人可告知": 0}


def test_a_trial_is_quiet(house: House) -> None:
    with house.parts.store.writing() as tx:
        until = shanghai_day(tx.second + 30 * DAY).isoformat()
        office_settings.put(tx, office_settings.TRIAL, {"until": until}, None)
    house.clock.move(days=8)
    assert house.run() == {"提醒": 0}
    assert house.heard() == {}


def test_a_ladder_that_makes_no_sense_is_refused_by_its_line() -> None:
    text = (DATA / "ladder.yaml").read_text("utf-8").replace("days: 12", "days: 9")
    page = shelf.parse(text.encode(), "ladder.yaml")
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "days: 9" in each)
    with pytest.raises(InputError, match=f"第{line}行"):
        laid.parse(page.mapping, "ladder.yaml", shelf.lines(text))
