"""The timetable keeps its hours on a Shanghai clock, and catches up what a stop made it miss."""

from concurrent.futures import CancelledError
from datetime import datetime, timedelta

import pytest
from apscheduler.triggers.cron import CronTrigger

from monitor import scheduler
from monitor.domain.errors import CannotRun
from monitor.domain.instants import SHANGHAI
from monitor.domain.running import RunOutcome, RunReport
from monitor.record import alone, runs
from monitor.record.store import Store
from monitor.runs import frame
from monitor.runs.parts import Parts
from tests.conftest import StandingClock
from tests.service.parts import some_parts

DAILY = CronTrigger(hour=8, minute=10, timezone=SHANGHAI)
MONDAYS = CronTrigger(day_of_week="mon", hour=8, timezone=SHANGHAI)
DONE = RunReport(RunOutcome.DONE)


@pytest.fixture
def parts(sqlite_store: Store, clock: StandingClock) -> Parts:
    return some_parts(sqlite_store, clock)


def line(trigger: CronTrigger = DAILY, *, at_once: bool = False) -> scheduler.Line:
    return scheduler.Line("collect", trigger, lambda _due: None, at_once)


def shanghai(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-23T08:09:59", "2026-11-22T08:10:00"),
        ("2026-11-23T08:10:00", "2026-11-23T08:10:00"),
        ("2026-11-23T23:59:59", "2026-11-23T08:10:00"),
    ],
)
def test_the_latest_firing_is_the_last_one_at_or_before_now(now: str, due: str) -> None:
    assert scheduler.latest_due(DAILY, shanghai(now)) == shanghai(due)


def test_mondays_are_mondays() -> None:
    due = scheduler.latest_due(MONDAYS, shanghai("2026-11-25T12:00:00"))
    assert due == shanghai("2026-11-23T08:00:00")


def test_a_new_store_runs_at_once_only_what_must_not_wait(parts: Parts) -> None:
    assert scheduler.missed(parts, line()) is None
    assert scheduler.missed(parts, line(at_once=True)) is not None


def test_after_a_stop_the_newest_missed_firing_is_caught_up_once(
    parts: Parts, clock: StandingClock
) -> None:
    first = scheduler.missed(parts, line(at_once=True))
    assert frame.run(parts, "collect", lambda _under: DONE, scheduled_for=first) == DONE
    assert scheduler.missed(parts, line(at_once=True)) is None
    clock.move(days=3)
    due = scheduler.missed(parts, line())
    assert due is not None
    assert clock.now - due < timedelta(days=1)
    assert frame.run(parts, "collect", lambda _under: DONE, scheduled_for=due) == DONE
    assert scheduler.missed(parts, line()) is None


def test_the_same_firing_never_runs_twice(parts: Parts, clock: StandingClock) -> None:
    due = clock.now
    assert frame.run(parts, "judge", lambda _under: DONE, scheduled_for=due) == DONE
    assert frame.run(parts, "judge", lambda _under: DONE, scheduled_for=due) is None


def test_a_run_cut_off_by_a_crash_is_marked_and_caught_up(
    parts: Parts, clock: StandingClock
) -> None:
    due = scheduler.latest_due(DAILY, clock.now)
    begun = runs.begin(parts.store, "collect", {}, due)
    assert begun is not None
    assert runs.interrupted(parts.store) == 1
    assert scheduler.missed(parts, line(at_once=True)) == due
    assert frame.run(parts, "collect", lambda _under: DONE, scheduled_for=due) == DONE


def test_a_run_interrupted_by_a_stop_is_caught_up(parts: Parts, clock: StandingClock) -> None:
    due = scheduler.latest_due(DAILY, clock.now)

    def stopped(_under: frame.Under) -> RunReport:
        raise CancelledError

    with pytest.raises(CancelledError):
        frame.run(parts, "collect", stopped, scheduled_for=due)
    assert scheduler.missed(parts, line(at_once=True)) == due
    assert frame.run(parts, "collect", lambda _under: DONE, scheduled_for=due) == DONE


def test_a_second_scheduler_on_the_same_store_is_refused(store: Store) -> None:
    first, second = alone.only_scheduler(store), alone.only_scheduler(store)
    with first, pytest.raises(CannotRun, match="已有一个调度进程"), second:
        pass
    with alone.only_scheduler(store):
        pass


def test_a_run_that_fails_leaves_its_cause_in_the_run_log(parts: Parts) -> None:
    def fail(_under: frame.Under) -> RunReport:
        raise CannotRun("磁盘已满")

    with pytest.raises(CannotRun):
        frame.run(parts, "judge", fail)
    with parts.store.reading() as tx:
        row = tx.conn.exec_driver_sql("SELECT outcome, note FROM run").one()
    assert row[0] == "失败"
    assert "磁盘已满" in row[1]
