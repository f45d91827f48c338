"""What time alone does to approvals is a row, once; the doctor names years without a calendar."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from monitor.domain.approval import Move, State
from monitor.record.store import Store
from monitor.runs import doctor, lapse
from tests.actions.approval_office import DATA, TEXT, Office
from tests.builders import T
from tests.conftest import StandingClock
from tests.service.parts import some_parts


@pytest.fixture
def office(store: Store, clock: StandingClock, tmp_path: Path) -> Office:
    for name in ("approvals", "calendars"):
        (tmp_path / name).symlink_to(DATA / name)
    return Office(store, clock, tmp_path)


def states(office: Office) -> list[str]:
    with office.store.reading() as tx:
        approval = T["approval"]
        return list(tx.conn.execute(select(approval.c.state).order_by(approval.c.id)).scalars())


def test_an_approval_past_its_term_becomes_a_row_of_its_own_once(office: Office) -> None:
    late = office.write()
    office.do(late, "writer", Move.SUBMIT)
    office.clock.now += timedelta(days=5)
    office.do(office.write(), "writer", Move.SUBMIT)
    office.write()
    parts = some_parts(office.store, office.clock)
    counts = []
    office.clock.now += timedelta(days=4)
    for _ in range(2):
        report = lapse.run(parts)
        assert report is not None
        counts.append(report.counts["逾期待改期"])
        office.clock.move(minutes=10)
    assert counts == [1, 0]
    assert states(office) == [State.LATE, State.UNDER_WAY, State.DRAFT]
    assert [each.move for each in office.shown(late).moves] == [Move.LAPSE, Move.SUBMIT]
    assert office.waiting("secrecy") == [TEXT.title]
    with office.store.reading() as tx:
        audit = T["audit"]
        told = tx.conn.execute(select(audit.c.actor_id).where(audit.c.action == Move.LAPSE.value))
        assert told.scalars().all() == [None]


def test_the_doctor_names_years_whose_calendar_is_not_announced(
    store: Store, clock: StandingClock
) -> None:
    parts = some_parts(store, clock)
    told = [each for each in doctor.examine(parts).checks if "放假安排" in each.told]
    assert [each.sound for each in told] == [False]
    assert "2027年的放假安排尚未录入" in told[0].told
    clock.move(days=-60)
    told = [each for each in doctor.examine(parts).checks if "放假安排" in each.told]
    assert [each.sound for each in told] == [True]
