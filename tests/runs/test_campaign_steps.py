"""Reminders of 协同发声: by load, once a step, the unit first; at night held, never lost."""

from collections.abc import Callable
from typing import Any

import pytest

from monitor.domain.campaign import Order, TaskMove
from monitor.domain.contact import ContactKind, Owner, OwnerKind
from monitor.domain.instants import HOUR, MINUTE, shanghai_day
from monitor.domain.person import Role
from monitor.record import contacts, office_settings
from monitor.record.contacts import Given
from monitor.record.store import Store
from monitor.runs import campaign_steps
from monitor.runs.parts import MailBox, Parts
from tests.actions.campaign_office import AIM, CampaignOffice
from tests.actions.test_telling import letters
from tests.conftest import StandingClock
from tests.service.parts import some_parts

LINK = "https://mp.example.cn/s/abc"


class Night:
    """The office, whose clock stands at 0:00, with a 市州联络员 and mailboxes for everybody."""

    def __init__(self, store: Store, clock: StandingClock) -> None:
        self.office, self.clock = CampaignOffice(store, clock), clock
        self.office.who["city"] = self.office.enrol(
            "city", Role.LIAISON, self.office.below("荆州市公安局")
        )
        box = MailBox("127.0.0.1", 1, "none", "office@example.org", ())
        self.parts: Parts = some_parts(store, clock, mail=box)
        self.vault = self.parts.vault()
        with store.writing() as tx:
            mails = [
                Given(Owner(OwnerKind.PERSON, who.id), ContactKind.MAIL, f"{login}@example.org")
                for login, who in self.office.who.items()
            ]
            contacts.put(tx, self.vault, mails)
        self.office.house = type(self.office.house)(
            self.office.data_dir, self.vault, "", mails=True
        )

    def run(self) -> int:
        report = campaign_steps.run(self.parts)
        assert report is not None
        return int(report.counts["提醒"])

    def heard(self) -> dict[str, list[str]]:
        """Reminders and turns by whom they reached."""
        return {
            who: subjects
            for who, every in letters(self.office).items()
            if (subjects := [each.subject for each in every if "协同发布" not in each.subject])
        }


@pytest.fixture
def night(sqlite_store: Store, clock: StandingClock) -> Night:
    return Night(sqlite_store, clock)


def day(night: Night) -> Night:
    night.clock.move(hours=9)
    return night


def test_the_unit_hears_before_its_city_and_the_office_last_and_each_step_once(
    store: Store, clock: StandingClock
) -> None:
    night = day(Night(store, clock))
    office = night.office
    office.issued(aim=AIM, due=office.now + 2 * HOUR)
    found = {}
    for minute in range(0, 240, 15):
        if tasks := night.run():
            found[minute] = (tasks, {who: len(each) for who, each in night.heard().items()})
        assert night.run() == 0
        night.clock.move(minutes=15)
    assert found == {
        90: (2, {"operator": 1}),
        135: (2, {"operator": 2, "city": 1}),
        180: (2, {"operator": 2, "city": 2, "writer": 1, "second": 1, "head": 1}),
    }


def test_one_person_has_one_message_of_all_his_campaigns(night: Night) -> None:
    office = day(night).office
    for title in ("其一", "其二"):
        office.issued(aim=AIM, title=title, due=office.now + HOUR)
    night.clock.move(minutes=40)
    assert night.run() == 4
    assert night.heard() == {"operator": ["【协同催办】等2项,4个账号"]}


def published(night: Night, saved: Any) -> None:
    task = night.office.tasks(saved)["平安荆州(演示)"]
    night.office.answer(task, TaskMove.REPORT, url=LINK)


def excused(night: Night, saved: Any) -> None:
    task = night.office.tasks(saved)["平安荆州(演示)"]
    night.office.answer(task, TaskMove.ASK_OUT, said="本周停更整顿")
    task = night.office.tasks(saved)["平安荆州(演示)"]
    night.office.decide(task, TaskMove.GRANT)


def stopped(night: Night, saved: Any) -> None:
    night.office.stop("荆州市公安局", platform="wechat")


@pytest.mark.parametrize("done", [published, excused, stopped])
def test_who_published_or_was_excused_or_stopped_is_not_reminded(
    night: Night, done: Callable[[Night, Any], None]
) -> None:
    office = day(night).office
    saved = office.issued(aim=AIM, due=office.now + HOUR)
    night.clock.move(minutes=20)
    done(night, saved)
    night.clock.move(minutes=20)
    assert night.run() == 1
    assert "荆州交警(演示)" in letters(office)["operator"][-1].text
    assert "平安荆州(演示)" not in letters(office)["operator"][-1].text


def test_at_night_it_is_held_and_in_the_morning_the_last_step_is_told(night: Night) -> None:
    office = night.office
    office.issued(aim=AIM, due=office.now + HOUR)
    for _ in range(7):
        assert night.run() == 0
        night.clock.move(hours=1)
    assert night.run() == 2
    assert set(night.heard()) == {"city", "writer", "second", "head"}


def test_whose_turn_came_with_the_first_publication_is_told(night: Night) -> None:
    office = day(night).office
    saved = office.issued(order=Order.PROVINCE, due=office.now + 4 * HOUR)
    night.clock.move(minutes=5)
    assert night.run() == 0
    first = office.tasks(saved)["平安湖畔(演示)"]
    office.decide(first, TaskMove.VERIFY, url=LINK, published=office.now - MINUTE)
    assert night.run() == 3
    assert night.run() == 0
    assert set(night.heard()) == {"operator", "beside"}
    assert "首发已经发布" in letters(office)["operator"][-1].text


def test_a_trial_is_quiet(night: Night) -> None:
    office = day(night).office
    office.issued(aim=AIM, due=office.now + HOUR)
    night.clock.move(minutes=40)
    with office.store.writing() as tx:
        until = shanghai_day(tx.second + 30 * 24 * HOUR).isoformat()
        office_settings.put(tx, office_settings.TRIAL, {"until": until}, None)
    assert night.run() == 0
