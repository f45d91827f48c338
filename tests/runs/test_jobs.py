"""What a person asks for on screen is done by the scheduler once, and says how it went."""

from dataclasses import replace
from pathlib import Path

import pytest

from monitor.collect.loop import EventLoop
from monitor.domain.running import JobState
from monitor.record import due
from monitor.record import jobs as queue
from monitor.record.store import Store
from monitor.runs import digest, jobs, setup
from monitor.runs.parts import Parts
from tests.conftest import StandingClock
from tests.service.parts import some_parts
from tests.shipped import shipped


@pytest.fixture
def parts(store: Store, clock: StandingClock) -> Parts:
    return setup.ready(some_parts(store, clock))


def asked(parts: Parts, kind: str, key: str = "k") -> int:
    with parts.store.writing() as tx:
        return queue.ask(tx, kind, {}, key, None)


def done(parts: Parts, job_id: int) -> tuple[JobState, str]:
    with EventLoop() as loop:
        assert jobs.run(parts, loop) == 1
        assert jobs.run(parts, loop) == 0
    with parts.store.reading() as tx:
        job = queue.get(tx, job_id)
    assert job is not None
    return job.state, job.result


def test_judging_nobody_is_done_and_says_so(parts: Parts) -> None:
    state, result = done(parts, asked(parts, "judge"))
    assert state is JobState.DONE
    assert "评估账号 0" in result


def test_collecting_with_nothing_to_read_is_done_and_judges(parts: Parts) -> None:
    state, _ = done(parts, asked(parts, "collect"))
    assert state is JobState.DONE
    with parts.store.reading() as tx:
        commands = tx.conn.exec_driver_sql("SELECT command FROM run ORDER BY id").scalars().all()
    assert commands == ["collect", "judge"]


def test_a_kind_nobody_knows_fails_with_a_reason(parts: Parts) -> None:
    state, result = done(parts, asked(parts, "dance"))
    assert state is JobState.FAILED
    assert "dance" in result


def test_a_cancelled_job_is_never_begun(parts: Parts) -> None:
    job_id = asked(parts, "judge")
    with parts.store.writing() as tx:
        queue.cancel(tx, job_id)
    with EventLoop() as loop:
        jobs.run(parts, loop)
    with parts.store.reading() as tx:
        job = queue.get(tx, job_id)
        ran = tx.conn.exec_driver_sql("SELECT count(*) FROM run").scalar_one()
    assert job is not None
    assert job.state is JobState.CANCELLED
    assert ran == 0


def test_a_preview_of_the_digest_lies_in_a_folder_named_by_its_job(
    parts: Parts, tmp_path: Path
) -> None:
    shipped(tmp_path)
    apart = replace(parts, data_dir=tmp_path)
    with parts.store.writing() as tx:
        job_id = queue.ask(tx, "digest-preview", {"week": "2026-W47"}, "k", None)
    state, result = done(apart, job_id)
    assert state is JobState.DONE, result
    names = {path.name for path in (tmp_path / "local" / "previews" / str(job_id)).glob("*/*")}
    assert "群消息.txt" in names
    with parts.store.reading() as tx:
        assert tx.conn.exec_driver_sql("SELECT count(*) FROM outbox").scalar_one() == 0


def test_a_cancel_stops_the_work_at_its_next_chunk_and_the_run_says_so(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = asked(parts, "judge")

    def cancelled_meanwhile(*_: object) -> list[int]:
        with parts.store.writing() as tx:
            queue.cancel(tx, job_id)
        return [1]

    monkeypatch.setattr(due, "everybody", cancelled_meanwhile)
    state, result = done(parts, job_id)
    assert (state, result) == (JobState.CANCELLED, "已按要求取消")
    with parts.store.reading() as tx:
        ended = tx.conn.exec_driver_sql("SELECT outcome, note FROM run").all()
    assert [tuple(each) for each in ended] == [("中断", "已按要求取消")]


def test_a_preview_is_called_off_between_its_parts_and_leaves_no_file(
    parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in parts.data_dir.iterdir():
        if each.name != "local":
            (tmp_path / each.name).symlink_to(each)
    job_id = asked(parts, "digest-preview")
    known = digest.listings.collected

    def cancelled_meanwhile(*given: object) -> object:
        with parts.store.writing() as tx:
            queue.cancel(tx, job_id)
        return known(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(digest.listings, "collected", cancelled_meanwhile)
    assert done(replace(parts, data_dir=tmp_path), job_id) == (
        JobState.CANCELLED,
        "已按要求取消",
    )
    assert not (tmp_path / "local" / "previews").exists()


def test_a_defect_is_told_by_a_number_and_ends_the_job(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> list[int]:
        raise ZeroDivisionError

    monkeypatch.setattr(due, "everybody", broken)
    state, result = done(parts, asked(parts, "judge"))
    assert state is JobState.FAILED
    assert "编号" in result
    assert "ZeroDivision" not in result
