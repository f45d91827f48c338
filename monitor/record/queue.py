"""The queue of workers on PostgreSQL: procrastinate carries a job's id and a lock, nothing else.

The job's row is the truth: who holds it, until when, how far it is. What is queued here only wakes
a worker, which then claims the row by compare-and-swap. So a message too many does nothing, and one
too few is made good at the next `offer`.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final

from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Status
from procrastinate.schema import SchemaManager
from sqlalchemy import text

from monitor.domain.errors import CannotRun
from monitor.domain.instants import to_second
from monitor.record import jobs
from monitor.record.store import Store

LOG: Final = logging.getLogger(__name__)
SCHEMA: Final = "procrastinate"
"""Its tables stand in a schema of their own, so that ours stay as our migrations say."""
PLACE: Final = 7_215_003
TASK: Final = "job"
OFFER_SECONDS: Final = 2.0
"""How often jobs nobody holds are offered: what a worker killed left is found so."""
STALLED_SECONDS: Final = 60

Work = Callable[[int], object]


def prepare(store: Store) -> None:
    """Make the queue's tables where there are none; CannotRun on SQLite, which needs no workers."""
    if store.sqlite:
        raise CannotRun(
            "本机数据库由调度进程办理后台任务,不需要另开任务进程",
            "sentinel work",
            "只有使用 PostgreSQL 时才运行 sentinel work",
        )
    with store.engine.begin() as conn:
        conn.execute(text(f"SELECT pg_advisory_xact_lock({PLACE})"))
        conn.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        there = conn.execute(text(f"SELECT to_regclass('{SCHEMA}.procrastinate_jobs')")).scalar()
        if there is None:
            conn.execute(text(f"SET LOCAL search_path TO {SCHEMA}"))
            conn.exec_driver_sql(
                SchemaManager.get_schema(), execution_options={"no_parameters": True}
            )


def serve(store: Store, work: Work, *, at_once: int = 1, stop: asyncio.Event | None = None) -> None:
    """Work off jobs until a signal asks to stop (or `stop` is set); what is under way is finished.

    `work` gets a job's id, in a thread; it claims the row itself.
    """
    asyncio.run(_serve(store, work, at_once, stop))


async def _serve(store: Store, work: Work, at_once: int, stop: asyncio.Event | None) -> None:
    app = _app(store, work)
    async with app.open_async():
        offering = asyncio.create_task(_offering(app, store))
        working = asyncio.create_task(
            app.run_worker_async(
                concurrency=at_once,
                fetch_job_polling_interval=1.0,
                delete_jobs="always",
                install_signal_handlers=stop is None,
            )
        )
        if stop is not None:
            await stop.wait()
            working.cancel()
        try:
            await asyncio.gather(working, return_exceptions=stop is not None)
        finally:
            offering.cancel()


def _app(store: Store, work: Work) -> App:
    address = store.engine.url.set(drivername="postgresql")
    connector = PsycopgConnector(
        conninfo=address.render_as_string(hide_password=False),
        kwargs={"options": f"-c search_path={SCHEMA}"},
    )
    app = App(connector=connector)

    @app.task(name=TASK)
    def job(job_id: int) -> None:
        work(job_id)

    return app


async def _offering(app: App, store: Store) -> None:
    while True:
        try:
            await _offer(app, store)
        except Exception:  # the database may be gone for a moment; the next beat tries again
            LOG.exception("jobs could not be offered")
        await asyncio.sleep(OFFER_SECONDS)


async def _offer(app: App, store: Store) -> None:
    """A message for each job that is free; one that waits already is not doubled."""
    for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        await app.job_manager.finish_job(stalled, Status.FAILED, delete_job=True)
    for job_id in await asyncio.to_thread(_free, store):
        try:
            await app.configure_task(TASK, queueing_lock=f"job-{job_id}").defer_async(job_id=job_id)
        except AlreadyEnqueued:
            continue


def _free(store: Store) -> list[int]:
    with store.reading() as tx:
        return jobs.free(tx, to_second(store.clock()))


def waiting(store: Store) -> list[dict[str, Any]]:
    """What the queue carries now, whole: for whoever wants to see that it is an id and a lock."""
    columns = "task_name, args, queueing_lock, status"
    with store.engine.connect() as conn:
        rows = conn.execute(text(f"SELECT {columns} FROM {SCHEMA}.procrastinate_jobs")).mappings()
        return [dict(row) for row in rows]
