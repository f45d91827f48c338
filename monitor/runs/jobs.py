"""办: runs a person asked for on screen are claimed here and done by the scheduler's process."""

import logging
from collections.abc import Callable, Mapping

from monitor.collect.loop import EventLoop
from monitor.domain.errors import SentinelError
from monitor.domain.running import Job, JobState, RunOutcome, RunReport
from monitor.record import jobs
from monitor.runs import collect, digest, judge, uploads
from monitor.runs.parts import Parts

LOG = logging.getLogger(__name__)
OWNER = "scheduler"
LEASE_SECONDS = 3600

Kind = Callable[[Parts, EventLoop, Job], RunReport | None]


def _collect(parts: Parts, loop: EventLoop, job: Job) -> RunReport | None:
    platform = job.arguments.get("platform") or None
    account = job.arguments.get("account_id")
    report = collect.run(parts, loop, platform, int(account) if account else None)
    jobs.progress(parts.store, job.id, 80)
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
        written = digest.preview(parts, week, "", place)
    return RunReport(RunOutcome.DONE, {"文件": len(written)})


def _judge_due(parts: Parts, _loop: EventLoop, _job: Job) -> RunReport | None:
    return judge.run(parts)


def _load(parts: Parts, _loop: EventLoop, job: Job) -> RunReport | None:
    report = uploads.run(parts, job.arguments)
    jobs.progress(parts.store, job.id, 80)
    judge.run(parts)
    return report


KINDS: Mapping[str, Kind] = {
    "load": _load,
    "collect": _collect,
    "judge": _judge,
    "judge-due": _judge_due,
    "digest-preview": _preview,
}


def run(parts: Parts, loop: EventLoop) -> int:
    """Do all jobs that wait; the number done. Each ends as 完成, 失败 or 已取消, and says why."""
    done = 0
    while (job := jobs.claim(parts.store, OWNER, LEASE_SECONDS)) is not None:
        state, result = _do(parts, loop, job)
        jobs.finish(parts.store, job.id, state, result)
        done += 1
    return done


def _do(parts: Parts, loop: EventLoop, job: Job) -> tuple[JobState, str]:
    if job.cancel:
        return JobState.CANCELLED, "已按要求取消"
    kind = KINDS.get(job.kind)
    if kind is None:
        return JobState.FAILED, f"没有名为“{job.kind}”的任务,程序版本可能不一致"
    try:
        report = kind(parts, loop, job)
    except SentinelError as error:
        return JobState.FAILED, f"{error}(编号 {error.code})"
    counts = report.counts if report is not None else {}
    return JobState.DONE, "、".join(f"{name} {count}" for name, count in counts.items())
