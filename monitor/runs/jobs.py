"""办: runs a person asked for are claimed here and done, by the scheduler or by workers."""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from monitor.collect.loop import EventLoop
from monitor.domain.errors import SentinelError
from monitor.domain.running import Job, JobState, RunOutcome, RunReport
from monitor.record import jobs
from monitor.record.jobs import Standing
from monitor.runs import (
    assess,
    bulletins,
    collect,
    digest,
    export_asked,
    holding,
    judge,
    uploads,
    whatif,
)
from monitor.runs.holding import Hold
from monitor.runs.parts import Parts

LOG = logging.getLogger(__name__)
LEASE_SECONDS = 60
"""A worker that is silent for so long is taken for dead; a living one renews."""

Kind = Callable[[Parts, EventLoop, Job], RunReport | None]


def _collect(parts: Parts, loop: EventLoop, job: Job) -> RunReport | None:
    platform = job.arguments.get("platform") or None
    account = job.arguments.get("account_id")
    report = collect.run(parts, loop, platform, int(account) if account else None)
    holding.chunk(80)
    judge.run(parts)
    return report


def _judge(parts: Parts, _loop: EventLoop, _job: Job) -> RunReport | None:
    return judge.run(parts, everything=True)


def _preview(parts: Parts, _loop: EventLoop, job: Job) -> RunReport | None:
    """The folder is named by the job, and kept from everybody but who asked for it."""
    place = digest.previews(parts.local_dir) / str(job.id)
    week = job.arguments.get("week", "")
    if job.arguments.get("what") == "thursday":
        written = digest.preview_reminder(parts, week, place)
    else:
        written = digest.preview(parts, week, job.arguments.get("unit", ""), place)
    return RunReport(RunOutcome.DONE, {"文件": len(written)})


def _export(parts: Parts, _loop: EventLoop, job: Job) -> RunReport | None:
    return export_asked.run(parts, job)


def _bulletin(parts: Parts, _loop: EventLoop, job: Job) -> RunReport | None:
    return bulletins.run(parts, job)


def _assess(parts: Parts, _loop: EventLoop, job: Job) -> RunReport | None:
    return assess.asked_for(parts, job)


def _whatif(parts: Parts, _loop: EventLoop, job: Job) -> RunReport | None:
    return whatif.run(parts, job)


def _judge_due(parts: Parts, _loop: EventLoop, _job: Job) -> RunReport | None:
    return judge.run(parts)


def _load(parts: Parts, _loop: EventLoop, job: Job) -> RunReport | None:
    report = uploads.run(parts, job.arguments)
    holding.chunk(80)
    judge.run(parts)
    return report


KINDS: Mapping[str, Kind] = {
    "load": _load,
    "collect": _collect,
    "judge": _judge,
    "judge-due": _judge_due,
    "digest-preview": _preview,
    "export": _export,
    "bulletin": _bulletin,
    "whatif": _whatif,
    "assess": _assess,
}


@dataclass(frozen=True)
class Worker:
    """Who works: a name no other process has, for how long a job is held, and what it can do."""

    owner: str
    lease_seconds: int = LEASE_SECONDS
    kinds: Mapping[str, Kind] = field(default_factory=lambda: KINDS)


SCHEDULER: Final = Worker("scheduler")
"""There is one scheduler to a store, so its name is its own."""


def run(parts: Parts, loop: EventLoop, worker: Worker = SCHEDULER) -> int:
    """Do all jobs that wait; the number done. Each ends as 完成, 失败 or 已取消, and says why."""
    done = 0
    while (job := jobs.claim(parts.store, worker.owner, worker.lease_seconds)) is not None:
        _hold(parts, loop, job, worker)
        done += 1
    return done


def run_one(parts: Parts, loop: EventLoop, job_id: int, worker: Worker) -> bool:
    """Do one job; False where it is not to be taken: done, cancelled, or held by another."""
    job = jobs.claim(parts.store, worker.owner, worker.lease_seconds, job_id)
    if job is None:
        return False
    _hold(parts, loop, job, worker)
    return True


def _hold(parts: Parts, loop: EventLoop, job: Job, worker: Worker) -> None:
    """Work on a job with its lease renewed; what another worker took over is left to it."""
    with Hold(parts.store, job, worker.owner, worker.lease_seconds) as hold:
        try:
            state, result = _do(parts, loop, job, worker.kinds)
        except CancelledError:
            if hold.standing is Standing.MINE:
                raise  # the process itself is being stopped: the lease runs out, another goes on
            state, result = JobState.CANCELLED, Standing.CANCELLED.value
    if hold.standing is not Standing.LOST:
        jobs.finish(parts.store, job.id, worker.owner, state, result)


def _do(parts: Parts, loop: EventLoop, job: Job, kinds: Mapping[str, Kind]) -> tuple[JobState, str]:
    if job.cancel:
        return JobState.CANCELLED, Standing.CANCELLED.value
    kind = kinds.get(job.kind)
    if kind is None:
        return JobState.FAILED, f"没有名为“{job.kind}”的任务,程序版本可能不一致"
    try:
        report = kind(parts, loop, job)
    except SentinelError as error:
        return JobState.FAILED, f"{error}(编号 {error.code})"
    except CancelledError:
        raise
    except Exception as error:
        number = sha256(repr(error).encode("utf-8", "replace")).hexdigest()[:8]
        LOG.exception("job %d failed, %s", job.id, number)
        return JobState.FAILED, f"程序出错,没有完成(编号 {number}),请把编号告诉系统管理员"
    counts = report.counts if report is not None else {}
    return JobState.DONE, "、".join(f"{name} {count}" for name, count in counts.items())
