"""The timetable: one line per run, kept by APScheduler, caught up from the run log at the start."""

import asyncio
import logging
import signal
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from monitor.collect.loop import EventLoop
from monitor.demo import past
from monitor.domain.errors import SentinelError
from monitor.domain.instants import SHANGHAI
from monitor.domain.running import RunReport
from monitor.record import alone, migrate
from monitor.record import runs as run_log
from monitor.runs import (
    agreed,
    campaign_steps,
    case_errors,
    case_steps,
    collect,
    digest,
    forecast,
    jobs,
    judge,
    ladder,
    lapse,
    match,
    number_hints,
    probe,
    purge,
    recheck,
    renewing,
    send,
    states,
    words,
)
from monitor.runs.parts import Parts

LOG = logging.getLogger(__name__)
LOOK_BACK = timedelta(days=8)
WORKERS = 4
BREATH_SECONDS = 0.2


@dataclass(frozen=True)
class Line:
    """One line of the timetable; `at_once` ones do not wait for their hour in a new store."""

    command: str
    trigger: CronTrigger
    work: Callable[[datetime], RunReport | None]
    at_once: bool = False


def timetable(parts: Parts, loop: EventLoop) -> list[Line]:
    """The lines, in the order in which they are caught up."""

    def collect_then_judge(due: datetime) -> RunReport | None:
        report = collect.run(parts, loop, scheduled_for=due)
        judge.run(parts)
        return report

    def judge_due(due: datetime) -> RunReport | None:
        return judge.run(parts, scheduled_for=due)

    return [
        Line("purge", _cron(hour=3, minute=10), lambda due: purge.run(parts, due)),
        Line("agreed", _cron(hour=7, minute=40), lambda due: agreed.run(parts, loop, due)),
        Line("probe", _cron(hour=6, minute=20), lambda due: probe.run(parts, loop, due)),
        Line("collect", _cron(hour=8, minute=10), collect_then_judge, at_once=True),
        Line("judge", _cron(minute=5), judge_due, at_once=True),
        Line("lapse", _cron(minute="*/10"), lambda due: lapse.run(parts, due)),
        Line("match", _cron(minute="*/10"), lambda due: match.run(parts, due)),
        Line("campaign-steps", _cron(minute="*/5"), lambda due: campaign_steps.run(parts, due)),
        Line("case-errors", _cron(hour=7, minute=30), lambda due: case_errors.run(parts, due)),
        Line("recheck", _cron(minute=20), lambda due: recheck.run(parts, due)),
        Line(
            "case-steps",
            _cron(day_of_week="mon-sun", hour="8-18", minute=15),
            lambda due: case_steps.run(parts, due),
        ),
        Line("renewing", _cron(hour=9, minute=30), lambda due: renewing.run(parts, due)),
        Line("ladder", _cron(hour=9, minute=40), lambda due: ladder.run(parts, due)),
        Line("words", _cron(minute=35), lambda due: words.run(parts, due)),
        Line("number-hints", _cron(hour=6, minute=50), lambda due: number_hints.run(parts, due)),
        Line("forecast", _cron(minute=25), lambda due: forecast.run(parts, due), at_once=True),
        Line("digest", _cron(day_of_week="mon", hour=8), lambda due: digest.queue(parts, due)),
        Line("remind", _cron(day_of_week="thu", hour=9), lambda due: digest.remind(parts, due)),
    ]


def _cron(**fields: Any) -> CronTrigger:
    return CronTrigger(timezone=SHANGHAI, **fields)


def latest_due(trigger: CronTrigger, now: datetime) -> datetime | None:
    """The last instant at or before `now` at which the trigger fired; None within eight days."""
    found: datetime | None = None
    fire = trigger.get_next_fire_time(None, now - LOOK_BACK)
    while fire is not None and fire <= now:
        found = fire
        fire = trigger.get_next_fire_time(fire, fire + timedelta(microseconds=1))
    return found


def missed(parts: Parts, line: Line) -> datetime | None:
    """The newest firing of a line that the run log does not have; older ones are let go."""
    due = latest_due(line.trigger, parts.now())
    with parts.store.reading() as tx:
        last = run_log.last_scheduled(tx, line.command)
    if due is None or (last is not None and last >= due):
        return None
    return due if last is not None or line.at_once else None


def serve(parts: Parts) -> None:
    """Keep the timetable until a signal asks to stop; finishes or interrupts what is under way."""
    migrate.check(parts.store)
    with alone.only_scheduler(parts.store):
        cut_off = run_log.interrupted(parts.store)
        if cut_off:
            LOG.warning("上次停机时有 %d 项运行未完成,已记为中断", cut_off)
        loop = EventLoop()
        loop.start()
        try:
            _keep(parts, loop)
        finally:
            loop.close()


def _keep(parts: Parts, loop: EventLoop) -> None:
    scheduler = BlockingScheduler(
        executors={"default": ThreadPoolExecutor(WORKERS)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone=SHANGHAI,
    )
    for line in timetable(parts, loop):
        due = missed(parts, line)
        scheduler.add_job(_fire, line.trigger, [parts, line], id=line.command)
        if due is not None:
            scheduler.add_job(_guarded, None, [line.work, due], id=f"{line.command}-missed")
    beats: list[tuple[str, int, Callable[[], object]]] = [("send", 20, lambda: send.run(parts))]
    if parts.store.sqlite:  # on PostgreSQL workers do them
        beats.append(("jobs", 2, lambda: jobs.run(parts, loop)))
    if parts.demo and not parts.demo_small:
        beats.append(("demo-past", 20, lambda: _past(parts, loop)))
    for name, seconds, work in beats:
        scheduler.add_job(_quietly, IntervalTrigger(seconds=seconds), [work], id=name)
    _stop_on_signal(scheduler, loop)
    scheduler.start()
    for thread in threading.enumerate():
        if thread.name == "stop":
            thread.join()


def _past(parts: Parts, loop: EventLoop) -> None:
    """What lies behind the demonstration, once its first sweep is through; a stop ends it between
    two steps."""
    if states.swept(parts):
        past.fill(parts, lambda: loop.run(asyncio.sleep(BREATH_SECONDS)))


def _fire(parts: Parts, line: Line) -> None:
    """A line at its hour: the firing is named by its own due instant, so it runs once."""
    due = latest_due(line.trigger, parts.now())
    if due is not None:
        _guarded(line.work, due)


def _guarded(work: Callable[[datetime], RunReport | None], due: datetime) -> None:
    _quietly(lambda: work(due))


def _quietly(work: Callable[[], object]) -> None:
    """What a person can act upon stands in the run log already: the timetable goes on."""
    try:
        work()
    except (SentinelError, CancelledError) as error:
        LOG.info("本次运行未完成: %s", error)


def _stop_on_signal(scheduler: BlockingScheduler, loop: EventLoop) -> None:
    """A thread stops the scheduler: shutting down inside a signal handler can lock up."""

    def stop() -> None:
        loop.cancel()
        scheduler.shutdown(wait=True)

    def ask(_number: int, _frame: FrameType | None) -> None:
        if not any(thread.name == "stop" for thread in threading.enumerate()):
            threading.Thread(target=stop, name="stop").start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
