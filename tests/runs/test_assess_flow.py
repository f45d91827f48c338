"""The buttons of 考核 and the job behind them, together: what people press is scored for real."""

from pathlib import Path

import pytest

from monitor.actions.objecting import Answering
from monitor.domain.assessment import Move, Say, State
from monitor.domain.errors import Conflict
from monitor.domain.instants import DAY, to_second
from monitor.domain.running import JobState
from monitor.record import assessed, assessments, jobs
from monitor.record.store import Store
from monitor.runs import assess
from monitor.runs.parts import Parts
from tests.actions.assessing_office import PDF, SINCE, Office
from tests.builders import a_look, a_post, a_route, an_account
from tests.service.parts import some_parts


@pytest.fixture
def office(sqlite_store: Store, tmp_path: Path) -> Office:
    made = Office(sqlite_store, tmp_path)
    with sqlite_store.writing() as tx:
        route = a_route(tx)
        for number, unit in enumerate(made.units.values(), 1):
            account = an_account(tx, unit, f"号{number}", main=True)
            a_look(tx, account, route, SINCE, SINCE + 92 * DAY)
            for week in range(0, 12, number):
                a_post(tx, account, SINCE + (5 + 7 * week) * DAY + 9)
    return made


def work(office: Office) -> State:
    """Do the job that waits, as the scheduler would."""
    parts: Parts = some_parts(office.store, office._clock)
    job = jobs.claim(office.store, "test", 60)
    assert job is not None
    assert job.kind == "assess"
    assess.asked_for(parts, job)
    assert jobs.finish(office.store, job.id, "test", JobState.DONE, "")
    with office.store.reading() as tx:
        kept = assessments.get(tx, int(job.arguments["assessment_id"]))
    assert kept is not None
    assert assess.made_again(parts, kept.id) == kept.result_hash
    return kept.state


def c3(office: Office, key: int, unit: str) -> tuple[float | None, float | None]:
    with office.store.reading() as tx:
        lines = assessed.lines(tx, key, office.codes[unit])
    return next((each.raw, each.share) for each in lines if each.indicator == "C3")


def test_a_quarter_goes_from_its_button_to_an_amendment_on_real_results(office: Office) -> None:
    key = office.begin()
    office.press(key, Move.GENERATE)
    with pytest.raises(Conflict, match="还没有算好"):
        office.press(key, Move.FEED_BACK)
    assert work(office) is State.FIRST
    assert (c3(office, key, "甲"), c3(office, key, "乙")) == ((1.0, 1.0), (0.5, 0.5))
    office.press(key, Move.FEED_BACK)
    plea = office.object(key, office.other, "乙", 4.5)
    office.later(9)
    office.press(key, Move.TO_REVIEW)
    office.answer(Answering(plea, 1, Say.UPHOLD, "链接属实", 4.5))
    with pytest.raises(Conflict, match="还没有算"):
        office.press(key, Move.PROPOSE)
    assert work(office) is State.REVIEW
    assert c3(office, key, "乙") == (0.5, 0.75)
    office.press(key, Move.PROPOSE)
    signed = {"签批人": "某领导", "签批时间": str(to_second(office.now))}
    office.press(key, Move.SETTLE, office.head, PDF, **signed)
    settled = office.kept(key)
    with office.store.writing() as tx:
        account = tx.conn.exec_driver_sql("SELECT max(account_id) FROM post").scalar_one()
        for week in range(1, 12, 2):
            a_post(tx, account, SINCE + (5 + 7 * week) * DAY + 9)
    office.press(key, Move.AMEND, 理由="后补数据")
    assert work(office) is State.FIRST
    amendment = office.kept(key + 1)
    assert amendment.amends_id == key
    assert c3(office, amendment.id, "乙") == (1.0, 0.75)
    assert office.kept(key).result_hash == settled.result_hash
