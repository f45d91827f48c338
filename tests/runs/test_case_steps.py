"""Reminders of cases: each step once, each person one letter, and nothing in a trial period."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from monitor.deliver import codec
from monitor.domain.case import Case, Measure, Problem, State, Term
from monitor.domain.contact import ContactKind, Owner, OwnerKind
from monitor.domain.instants import DAY
from monitor.domain.letter import Letter
from monitor.domain.person import Grant, Role
from monitor.record import cases, contacts, office_settings, people
from monitor.record.cases import Kept, Opened, Place
from monitor.record.contacts import Given
from monitor.record.store import Store
from monitor.runs import case_steps
from monitor.runs.parts import MailBox, Parts
from tests.builders import T, a_unit, an_account
from tests.conftest import StandingClock
from tests.service.parts import some_parts

UNDER_WAY = Case(
    state=State.UNDER_WAY,
    problems=(Problem("睡眠", "已40天未更新", confirmed=True),),
    transit=True,
    forwarded=True,
    signed=True,
    measure=Measure.PUT_RIGHT,
)


@dataclass
class Hands:
    """A province with two cases of one county, and a person with a mailbox at each party."""

    parts: Parts
    clock: StandingClock
    units: tuple[int, int, int]
    cases: list[Kept]

    def run(self) -> dict[str, int]:
        report = case_steps.run(self.parts)
        assert report is not None
        return dict(report.counts)

    def letters(self) -> dict[str, list[Letter]]:
        box = T["outbox"]
        found: dict[str, list[Letter]] = {}
        with self.parts.store.reading() as tx:
            rows = tx.conn.execute(select(box.c.recipient, box.c.body).order_by(box.c.id))
            for row in rows:
                found.setdefault(row.recipient, []).append(codec.decode(bytes(row.body)))
        return found

    def steps(self) -> list[tuple[str, int]]:
        step = T["case_step"]
        with self.parts.store.reading() as tx:
            rows = tx.conn.execute(select(step.c.step, step.c.reached).order_by(step.c.id))
            return [(row.step, row.reached) for row in rows]


@pytest.fixture
def hands(store: Store, clock: StandingClock) -> Hands:
    mail = MailBox("127.0.0.1", 1, "none", "office@example.org", ())
    parts = some_parts(store, clock, mail=mail)
    vault = parts.vault()
    with store.writing() as tx:
        root = a_unit(tx, "某厅", "990000000000", level="省厅")
        city = a_unit(tx, "荆州市公安局", "991000000000", root, level="市州局")
        county = a_unit(tx, "江陵县公安局", "991024000000", city)
        whole, below = "/", f"/{root}/{city}/"
        for login, role, path in (
            ("editor", Role.EDITOR, whole),
            ("head", Role.HEAD, whole),
            ("city", Role.LIAISON, below),
            ("county", Role.UNIT_LIAISON, f"{below}{county}/"),
            ("elsewhere", Role.UNIT_LIAISON, f"{below}999/"),
        ):
            key = people.add(tx, login, f"{login}(演示)", "-")
            people.set_password(tx, key, "-", must_change=False)
            people.set_grants(tx, key, [Grant(role, path)])
            mailed = Given(Owner(OwnerKind.PERSON, key), ContactKind.MAIL, f"{login}@example.org")
            contacts.put(tx, vault, [mailed])
        opened = [_open(tx, (root, city, county), number) for number in range(2)]
    return Hands(parts, clock, (root, city, county), opened)


def _open(tx: Any, units: tuple[int, int, int], number: int) -> Kept:
    account = an_account(tx, units[2], f"平安江陵{number}(演示)", "weibo")
    place = Place(units[0], units[2], account, units[1])
    case = replace(UNDER_WAY, assigned_at=tx.second, term=Term(3, ((tx.second, None),)))
    kept = cases.begin(tx, place, Opened("系统监测", "{}", "0" * 64, None), case)
    # Monday midnight and three working days: the end of Thursday
    cases.put(tx, kept, case, tx.second + 4 * DAY - 1)
    found = cases.get(tx, kept.id)
    assert found is not None
    return found


def test_each_step_is_told_once_to_those_it_is_for_in_one_letter_each(hands: Hands) -> None:
    told: list[tuple[int, dict[str, int]]] = []
    before: dict[str, int] = {}
    for day in range(9):  # from Monday
        hands.run()
        after = {who: len(found) for who, found in hands.letters().items()}
        new = {who: many - before.get(who, 0) for who, many in after.items()}
        told += (
            [(day, {who: many for who, many in new.items() if many})] if any(new.values()) else []
        )
        before = after
        hands.clock.move(days=1)
    county, city = "county@example.org", "city@example.org"
    assert told == [
        (1, {county: 1}),  # Tuesday: two working days left
        (3, {county: 1}),  # Thursday: today
        (4, {county: 1, city: 1}),  # Friday: one over
        (8, {city: 1, "head@example.org": 1}),  # Tuesday: three over
    ]
    first = hands.letters()[county][0]
    assert first.subject == "整改提醒:2件"
    assert first.text.count("整改〔2026〕") == 2
    assert "剩2个工作日" in first.text
    assert all(len(each.group_text) <= 450 for many in hands.letters().values() for each in many)


def test_nothing_is_judged_or_told_in_a_trial_period(hands: Hands) -> None:
    with hands.parts.store.writing() as tx:
        office_settings.put(tx, office_settings.TRIAL, {"until": "2026-12-20"}, None)
    hands.clock.move(days=3)
    assert hands.run() == {"提醒": 0}
    assert hands.steps() == []
    assert hands.letters() == {}


def test_a_run_that_died_between_judging_and_telling_tells_once_at_the_next(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.clock.move(days=3)

    def dies(*_: Any) -> Any:
        raise RuntimeError("power cut")

    with monkeypatch.context() as broken:
        broken.setattr(case_steps, "_lay_out", dies)
        with pytest.raises(RuntimeError):
            case_steps.run(hands.parts)
    assert hands.steps() == [("到期当日", 0)] * 2
    with monkeypatch.context() as broken:
        broken.setattr(codec, "encode", dies)
        with pytest.raises(RuntimeError):
            case_steps.run(hands.parts)
    assert hands.letters() == {}, "rows and letters are one transaction"
    assert hands.run() == {"到点": 0, "提醒": 2, "信件": 1}
    assert hands.run() == {"到点": 0, "提醒": 0, "信件": 0}
    assert hands.steps() == [("到期当日", 1)] * 2


def test_a_case_that_moved_on_meanwhile_reaches_nobody(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.clock.move(days=3)
    with monkeypatch.context() as broken:
        broken.setattr(case_steps, "_tell", lambda *_: (0, 0))
        hands.run()
    with hands.parts.store.writing() as tx:
        first = hands.cases[0]
        cases.put(tx, first, replace(first.case, state=State.FIRST_CHECK), None)
    hands.run()
    assert sorted(hands.steps()) == [("到期当日", 0), ("到期当日", 1)]
    (letter,) = hands.letters()["county@example.org"]
    assert letter.text.count("整改〔2026〕") == 1


def test_who_has_no_mailbox_is_not_counted_as_told(hands: Hands) -> None:
    hands.clock.move(days=3)
    bare = replace(hands, parts=replace(hands.parts, mail=None))
    assert bare.run() == {"到点": 2, "提醒": 2, "信件": 0}
    assert bare.steps() == [("到期当日", 0)] * 2


def test_a_clock_that_starts_anew_tells_its_steps_anew(hands: Hands) -> None:
    hands.clock.now += timedelta(days=3)
    hands.run()
    with hands.parts.store.writing() as tx:
        kept = hands.cases[0]
        again = replace(kept.case, returns=1, term=Term(3, ((tx.second, None),)))
        cases.put(tx, kept, again, tx.second + DAY)
    hands.clock.move(days=1)
    hands.run()
    assert [each for each, _ in hands.steps()].count("到期当日") == 3
