"""The work itself: runs once per place in the timetable, jobs and letters claimed by one only."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from monitor.domain.running import JobState, RunOutcome, RunReport
from monitor.record import audit, jobs, outbox, runs
from monitor.record.jobs import Standing
from monitor.record.store import Store
from tests.conftest import NOW, StandingClock
from tests.record.builders import rows, stamp

SECOND = int(NOW.timestamp())
MORNING = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)


def test_known_at_is_the_stamp_of_the_run_s_own_row_and_later_stamps_are_greater(
    store: Store,
) -> None:
    begun = runs.begin(store, "judge", {"a": "1"}, None)
    assert begun is not None
    assert begun.known_at == stamp(store)
    with store.writing() as tx:
        assert tx.stamp > begun.known_at


def test_a_place_in_the_timetable_is_run_once_and_manual_runs_as_often_as_asked(
    store: Store,
) -> None:
    assert runs.begin(store, "digest", {}, MORNING) is not None
    assert runs.begin(store, "digest", {}, MORNING) is None
    assert runs.begin(store, "collect", {}, MORNING) is not None
    assert runs.begin(store, "digest", {}, None) is not None
    assert runs.begin(store, "digest", {}, None) is not None
    with store.reading() as tx:
        assert runs.last_scheduled(tx, "digest") == MORNING
        assert runs.last_scheduled(tx, "nothing") is None


def test_a_run_cut_off_by_a_crash_is_marked_and_its_place_is_run_again(store: Store) -> None:
    cut = runs.begin(store, "digest", {}, MORNING)
    done = runs.begin(store, "collect", {}, MORNING)
    assert cut is not None
    assert done is not None
    runs.end(store, done.run_id, RunReport(RunOutcome.DONE, {"账号": 3}))
    assert runs.interrupted(store) == 1
    told = rows(store, f"SELECT outcome, note FROM run WHERE id = {cut.run_id}")
    assert told == [("中断", "程序中途退出,未做完;原定2026-11-23 06:00的这一轮将补做")]
    assert runs.begin(store, "digest", {}, MORNING) is not None
    assert runs.begin(store, "collect", {}, MORNING) is None


def test_two_jobs_never_share_a_key_whoever_forgets_to_ask_once(store: Store) -> None:
    with store.writing() as tx:
        first = jobs.ask(tx, "judge", {"x": "1"}, "k1", 7)
        assert jobs.ask(tx, "judge", {}, "k2", None) != first
    with pytest.raises(IntegrityError), store.writing() as tx:
        jobs.ask(tx, "judge", {"x": "2"}, "k1", 7)


def test_a_job_is_claimed_worked_on_and_finished(store: Store) -> None:
    with store.writing() as tx:
        key = jobs.ask(tx, "collect", {"platform": "wechat"}, "k", 7)
    claimed = jobs.claim(store, "me", 60)
    assert claimed is not None
    assert (claimed.id, claimed.arguments, claimed.asked_by) == (key, {"platform": "wechat"}, 7)
    assert jobs.claim(store, "other", 60) is None
    assert jobs.progress(store, key, "me", 40) is Standing.MINE
    with store.writing() as tx:
        jobs.cancel(tx, key)
    assert jobs.progress(store, key, "me", 60) is Standing.CANCELLED
    assert jobs.finish(store, key, "me", JobState.DONE, "完成")
    with store.reading() as tx:
        job = jobs.get(tx, key)
    assert job is not None
    assert (job.state, job.progress, job.result) == (JobState.DONE, 100, "完成")


def test_a_job_cancelled_while_it_waits_never_starts(store: Store) -> None:
    with store.writing() as tx:
        jobs.cancel(tx, jobs.ask(tx, "judge", {}, "k", None))
    assert jobs.claim(store, "me", 60) is None


def test_a_job_whose_owner_died_is_taken_over(store: Store, clock: StandingClock) -> None:
    with store.writing() as tx:
        key = jobs.ask(tx, "judge", {}, "k", None)
    jobs.claim(store, "dead", 60)
    clock.move(seconds=61)
    again = jobs.claim(store, "alive", 60)
    assert again is not None
    assert again.id == key


def test_whom_another_took_over_from_writes_nothing_more(
    store: Store, clock: StandingClock
) -> None:
    with store.writing() as tx:
        key = jobs.ask(tx, "collect", {}, "k", None)
    jobs.claim(store, "slow", 60)
    assert jobs.renew(store, key, "slow", 60) is Standing.MINE
    clock.move(seconds=59)
    assert jobs.renew(store, key, "slow", 60) is Standing.MINE
    clock.move(seconds=61)
    assert jobs.claim(store, "next", 60, key) is not None
    assert jobs.renew(store, key, "slow", 60) is Standing.LOST
    assert jobs.progress(store, key, "slow", 99) is Standing.LOST
    assert not jobs.finish(store, key, "slow", JobState.DONE, "完成")
    with store.reading() as tx:
        job = jobs.get(tx, key)
    assert job is not None
    assert (job.state, job.progress) == (JobState.RUNNING, 0)


def put(store: Store, key: str, next_at: int = SECOND) -> bool:
    with store.writing() as tx:
        return outbox.put(tx, "email", key, "a@example.org", key.encode(), next_at)


def test_a_letter_with_a_key_that_was_used_is_not_laid_out_again(store: Store) -> None:
    assert put(store, "digest/1")
    assert not put(store, "digest/1")


def test_letters_leave_in_order_once_and_only_when_due(store: Store) -> None:
    put(store, "late", SECOND - 5)
    put(store, "later", SECOND + 5)
    put(store, "latest", SECOND - 9)
    found = [outbox.claim(store, "me", 60) for _ in range(3)]
    assert [None if each is None else each.dedupe_key for each in found] == ["latest", "late", None]
    with store.reading() as tx:
        assert outbox.waiting(tx, SECOND) == 0
        assert outbox.waiting(tx, SECOND + 5) == 1


def test_a_letter_is_given_to_one_claimer_only(store: Store) -> None:
    for number in range(6):
        put(store, f"k{number}")
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda n: outbox.claim(store, f"w{n}", 60), range(6)))
    assert sorted(each.dedupe_key for each in found if each) == [f"k{n}" for n in range(6)]


def test_a_letter_that_failed_is_tried_again_or_given_up(store: Store) -> None:
    put(store, "k")
    first = outbox.claim(store, "me", 60)
    assert first is not None
    outbox.failed(store, first.id, "服务器忙", SECOND)
    second = outbox.claim(store, "me", 60)
    assert second is not None
    assert (second.attempts, second.body) == (2, b"k")
    outbox.failed(store, second.id, "地址不存在", None)
    assert outbox.claim(store, "me", 60) is None
    assert rows(store, "SELECT state, error FROM outbox") == [("失败", "地址不存在")]


def test_a_claim_that_ran_out_is_given_out_again_and_a_sent_letter_never(
    store: Store, clock: StandingClock
) -> None:
    put(store, "k")
    outbox.claim(store, "dead", 60)
    clock.move(seconds=61)
    again = outbox.claim(store, "alive", 60)
    assert again is not None
    outbox.sent(store, again.id, "250 ok")
    clock.move(seconds=999)
    assert outbox.claim(store, "alive", 60) is None
    assert rows(store, "SELECT state, receipt FROM outbox") == [("已发", "250 ok")]


def test_the_audit_chain_holds_until_somebody_goes_behind_it(store: Store) -> None:
    for action in ("登录", "导出", "退出登录"):
        with store.writing(durable=True) as tx:
            audit.add(tx, 7, action, "person", "7", "")
    with store.reading() as tx:
        assert audit.verify(tx) == (True, "审计记录共3条,前后相接,未发现改动")
    with store.writing() as tx:
        if tx.sqlite:
            tx.conn.exec_driver_sql("DROP TRIGGER audit_no_update")
        else:
            tx.conn.exec_driver_sql("ALTER TABLE audit DISABLE TRIGGER ALL")
        tx.conn.exec_driver_sql("UPDATE audit SET reason = '改过' WHERE seq = 2")
    with store.reading() as tx:
        sound, told = audit.verify(tx)
    assert not sound
    assert "第2号" in told


def test_entries_added_at_once_by_many_threads_still_form_one_chain(store: Store) -> None:
    def add(number: int) -> None:
        with store.writing() as tx:
            audit.add(tx, number, "登录", "person", str(number), "")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(20)))
    with store.reading() as tx:
        assert audit.verify(tx)[0]
