"""Workers on a real PostgreSQL: one is killed amid its job, one is told to stop at a chunk."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from monitor.clock import now
from monitor.domain.errors import CannotRun
from monitor.domain.instants import to_second
from monitor.domain.running import Job, JobState
from monitor.record import jobs, queue
from monitor.record.store import Store, open_store
from monitor.runs import workers
from monitor.settings import ROOT
from tests.builders import T
from tests.conftest import StandingClock
from tests.service.parts import some_parts

PATIENCE = 60
Start = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def live(postgres_url: str) -> Iterator[Store]:
    store = open_store(postgres_url, now)
    yield store
    store.close()


@pytest.fixture
def start(postgres_url: str, tmp_path: Path) -> Iterator[Start]:
    """Start a worker whose jobs wait for the file `go`."""
    running: list[subprocess.Popen[bytes]] = []

    def begin() -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "tests.runs.slow_worker", postgres_url, str(tmp_path)]
        with (tmp_path / "worker.log").open("ab") as log:
            worker = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )
        running.append(worker)
        return worker

    yield begin
    for worker in running:
        worker.kill()
        worker.wait()


def ask(store: Store, key: str = "k") -> int:
    with store.writing() as tx:
        return jobs.ask(tx, "slow", {}, key, None)


def job_of(store: Store, job_id: int) -> Job:
    with store.reading() as tx:
        found = jobs.get(tx, job_id)
    assert found is not None
    return found


def lease_of(store: Store, job_id: int) -> int:
    """The second until which a job is held."""
    with store.reading() as tx:
        job = T["job"]
        found = tx.conn.execute(select(job.c.lease_until).where(job.c.id == job_id)).scalar()
    return int(found or 0)


def until(what: Callable[[], bool], folder: Path) -> None:
    """Wait until it is so; the worker's log where it never is."""
    pause = threading.Event()
    for _ in range(PATIENCE * 10):
        if what():
            return
        pause.wait(0.1)
    pytest.fail((folder / "worker.log").read_text("utf-8", "replace")[-3000:])


@pytest.mark.postgres
def test_a_killed_workers_job_is_done_by_another_once(
    live: Store, start: Start, tmp_path: Path
) -> None:
    job_id = ask(live)
    first = start()
    begun = tmp_path / f"begun-{job_id}"
    until(begun.exists, tmp_path)
    until(lambda: job_of(live, job_id).progress == 50, tmp_path)
    carried = queue.waiting(live)
    assert [(each["args"], each["queueing_lock"]) for each in carried] == [
        ({"job_id": job_id}, f"job-{job_id}")
    ]
    first.send_signal(signal.SIGKILL)
    first.wait()
    begun.unlink()
    (tmp_path / "go").touch()
    start()
    until(lambda: job_of(live, job_id).state is JobState.DONE, tmp_path)
    assert job_of(live, job_id).result == "行 7"
    assert begun.exists()


@pytest.mark.postgres
def test_a_job_under_way_longer_than_its_lease_is_kept_and_stops_when_cancelled(
    live: Store, start: Start, tmp_path: Path
) -> None:
    job_id = ask(live)
    start()
    until((tmp_path / f"begun-{job_id}").exists, tmp_path)
    (tmp_path / f"begun-{job_id}").unlink()
    start()
    first = lease_of(live, job_id)
    until(lambda: to_second(now()) > first + 1, tmp_path)  # over: the other would have taken it
    assert lease_of(live, job_id) > first
    assert not (tmp_path / f"begun-{job_id}").exists()
    with live.writing() as tx:
        jobs.cancel(tx, job_id)
    until(lambda: job_of(live, job_id).state is JobState.CANCELLED, tmp_path)
    assert job_of(live, job_id).result == "已按要求取消"


def test_a_store_in_one_file_needs_no_workers(sqlite_store: Store, clock: StandingClock) -> None:
    with pytest.raises(CannotRun, match="不需要另开任务进程"):
        workers.serve(some_parts(sqlite_store, clock))
