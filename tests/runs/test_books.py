"""Rulebooks in force: a past day is judged by what held then, to the byte; changes begin later."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.actions import people, setting_up, standards
from monitor.actions.sending import Sent
from monitor.domain.errors import Conflict, InputError
from monitor.domain.instants import BEGINNING, DAY, shanghai_day, to_second
from monitor.domain.person import Grant, Role
from monitor.record import in_force
from monitor.record.store import Store
from monitor.runs import books, judge, query
from monitor.runs.parts import Parts
from tests.builders import a_look, a_post, a_route, a_unit, an_account
from tests.conftest import StandingClock


@pytest.fixture
def parts(apart: Parts) -> Parts:
    """Three accounts silent for 11, 40 and 100 days, and sheets of the test's own."""
    folder = apart.data_dir / "rulebooks"
    shipped = {path.name: path.read_text("utf-8") for path in folder.glob("*.yaml")}
    folder.unlink()
    folder.mkdir()
    for name, text in shipped.items():
        (folder / name).write_text(text, "utf-8")
    now = to_second(apart.now())
    with apart.store.writing() as tx:
        unit, route = a_unit(tx, "某局", "420100000000", recorded_at=1), a_route(tx)
        for days in (11, 40, 100):
            key = an_account(tx, unit, f"静默{days}天", recorded_at=1)
            a_post(tx, key, now - days * DAY, recorded_at=1)
            a_look(tx, key, route, now - 500 * DAY, now - 60, recorded_at=1)
    return apart


def said(parts: Parts, as_of: datetime, known_at: datetime | None = None) -> bytes:
    """The judge's document, without the stamp of when it was asked."""
    document = dict(query.judgements(parts, as_of, known_at, None))
    if known_at is None:
        del document["known_at"]
    return json.dumps(document, ensure_ascii=False).encode()


def choose(parts: Parts, own: str) -> None:
    setting_up.choose_standards(parts.store, None, parts.data_dir, "gb2019", own)  # type: ignore[arg-type]


def test_a_day_before_a_change_is_judged_as_it_was_before_the_change(
    parts: Parts, clock: StandingClock
) -> None:
    judge.run(parts)
    day = clock() - timedelta(hours=1)
    then = said(parts, day, clock())
    today = said(parts, day)
    clock.move(days=60)
    choose(parts, "mh2025")
    assert said(parts, day, clock() - timedelta(days=60)) == then
    assert said(parts, day) == today
    assert b"hubei-default@4" in today
    assert b"mh2025@1" in said(parts, clock())
    clock.move(hours=1)
    choose(parts, "hubei-default")
    assert b"mh2025@1" in said(parts, clock() - timedelta(hours=1))
    assert b"hubei-default@4" in said(parts, clock())


def test_a_change_makes_all_be_judged_anew_and_going_back_does_so_again(
    parts: Parts, clock: StandingClock
) -> None:
    def judged() -> tuple[int, list[str]]:
        report = judge.run(parts)
        assert report is not None
        with parts.store.reading() as tx:
            named = [each.name for each in in_force.terms(tx)]
        return int(report.counts["评估账号"]), named

    assert judged() == (3, ["hubei-default"])
    assert judged() == (0, ["hubei-default"])
    choose(parts, "mh2025")
    assert judged() == (3, ["hubei-default", "mh2025"])
    choose(parts, "hubei-default")
    assert judged() == (3, ["hubei-default", "mh2025", "hubei-default"])
    assert judged()[0] == 0


def test_a_revision_holds_from_its_day_and_the_days_before_keep_their_bytes(
    parts: Parts, clock: StandingClock
) -> None:
    judge.run(parts)
    day, known = clock() - timedelta(hours=1), clock()
    before, then = said(parts, day), said(parts, day, known)
    begins = shanghai_day(to_second(clock())) + timedelta(days=10)
    finalised(parts, begins.isoformat())
    report = judge.run(parts)
    assert report is not None
    assert report.counts["评估账号"] == 0
    assert b"hubei-default@4" in said(parts, clock())
    clock.move(days=10, hours=-1)
    eve = said(parts, clock())
    clock.move(hours=1)
    report = judge.run(parts)
    assert report is not None
    assert report.counts["评估账号"] == 3
    assert b"benting@1" in said(parts, clock())
    assert said(parts, clock() - timedelta(hours=1)) == eve
    assert b"hubei-default@4" in eve
    assert said(parts, day) == before
    assert said(parts, day, known) == then
    assert books.read(parts, "benting")[0].version == 1
    asked = query.judgements(parts, day, None, "benting@1")
    assert asked["rulebook"] == "benting@1"


def finalised(parts: Parts, begins: str) -> None:
    """The office's own revision, in force from a day: 内容不更新 after 20 days."""
    second = to_second(parts.now())
    for login, role in (("bianji", Role.EDITOR), ("kezhang", Role.HEAD)):
        people.enrol(
            parts.store, None, people.NewPerson(login, "某", (Grant(role, "/"),), must_change=False)
        )
    editor, head = (
        people.person_called(parts.store, each, second) for each in ("bianji", "kezhang")
    )
    store, place = parts.store, parts.data_dir
    copy = standards.Copy("hubei-default", "benting", "本厅口径")
    key = standards.begin(store, editor, place, copy, Sent("new", "k"))
    asked = {"内容不更新·天数": "20", "生效日期": begins}
    standards.save_form(store, editor, place, key, asked, Sent("form", "k"))
    standards.submit(store, editor, place, standards.Pressed(key, 1), Sent("submit", "k"))
    standards.finalise(store, head, place, standards.Pressed(key, 2), Sent("final", "k"))


def test_a_newer_sheet_holds_from_when_it_was_first_judged_by(
    parts: Parts, clock: StandingClock
) -> None:
    judge.run(parts)
    day = clock() - timedelta(hours=1)
    before = said(parts, day)
    path = books.find(parts, "hubei-default")
    text = path.read_text("utf-8")
    path.write_text(text.replace("over_days: 30", "over_days: 45"), "utf-8")
    with pytest.raises(Conflict, match="version 加一"):
        judge.run(parts)
    newer = text.replace("over_days: 30", "over_days: 45").replace("version: 4", "version: 5")
    path.write_text(newer, "utf-8")
    clock.move(days=1)
    judge.run(parts)
    assert said(parts, day) == before
    assert books.open_books(parts).own.version == 5
    with parts.store.reading() as tx:
        first, second = in_force.terms(tx)
    assert (first.since, second.since) == (BEGINNING, to_second(clock()))
    assert books.read(parts, "hubei-default@4")[0].version == 4
    assert books.read(parts, "hubei-default@5")[0].version == 5
    with pytest.raises(InputError, match="没有第9版"):
        books.read(parts, "hubei-default@9")


def test_a_term_is_called_off_before_it_begins_and_never_after(store: Store) -> None:
    with store.writing() as tx:
        row = books.kept.ensure(tx, replace(BOOK, version=7), "七")
        begun = in_force.begin(tx, row, upper=False, since=tx.second, by=None)
        ahead = in_force.begin(tx, row, upper=False, since=tx.second + DAY, by=1)
        assert not in_force.call_off(tx, begun, 2)
        assert in_force.call_off(tx, ahead, 2)
        assert not in_force.call_off(tx, ahead, 2)
        assert len(in_force.terms(tx)) == 2
        found = in_force.at(tx, tx.second + 2 * DAY)
    assert found is not None
    assert found.id == begun


BOOK = books.rulebooks.parse(
    books.shelf.read(Path(__file__).parents[2] / "data" / "rulebooks" / "mh2025.yaml").mapping
)
