"""Ask: what a person may have the machine do now, put on the queue for the scheduler's process."""

from typing import Final

from monitor.access import permissions, scopes
from monitor.domain.account import PLATFORMS
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.person import Permission, Person
from monitor.domain.running import Job, JobState
from monitor.domain.scope import EVERYTHING
from monitor.record import audit, jobs, people
from monitor.record.store import Store, Writing

COLLECT: Final = "collect"
JUDGE: Final = "judge"
PREVIEW: Final = "digest-preview"


def collect_now(store: Store, actor: Person, key: str, platform: str | None = None) -> int:
    """Have one platform, or all, read now. The job's id; the same `key` twice is one job."""
    if platform is not None and platform not in PLATFORMS:
        raise InputError("没有这个平台", platform, "请从列表中选择")
    arguments = {"platform": platform} if platform else {}
    return _ask(store, actor, Permission.ASK_COLLECT, COLLECT, arguments, key)


def judge_now(store: Store, actor: Person, key: str) -> int:
    """Have all accounts compared with the rules now. The job's id."""
    return _ask(store, actor, Permission.ASK_JUDGE, JUDGE, {}, key)


def preview_now(store: Store, actor: Person, key: str, week: str) -> int:
    """Have the digest of an ISO week (`2026-W47`) composed to be looked at; nothing is sent."""
    return _ask(store, actor, Permission.EXPORT, PREVIEW, {"week": week}, key)


def how_far(store: Store, actor: Person, job_id: int) -> Job | None:
    """A job somebody asked for, to that person only; None where it is not theirs."""
    with store.reading() as tx:
        job = jobs.get(tx, job_id)
    return job if job is not None and job.asked_by == actor.id else None


def cancel(store: Store, actor: Person, job_id: int) -> None:
    """Call off a job one asked for oneself."""
    with store.writing(durable=True) as tx:
        job = jobs.get(tx, job_id)
        if job is None or job.asked_by != actor.id:
            raise Forbidden("只能取消自己发起的任务")
        if job.state not in {JobState.QUEUED, JobState.RUNNING}:
            return
        jobs.cancel(tx, job_id)
        audit.add(tx, actor.id, "取消任务", "job", str(job_id), "")


def _ask(
    store: Store, actor: Person, needed: Permission, kind: str, arguments: dict[str, str], key: str
) -> int:
    """Permission as it is now, job and audit entry in one transaction.

    A run reads or judges the whole store, so only who sees all of it may ask for one.
    """
    key = f"{actor.id}:{key}"
    with store.writing(durable=True) as tx:
        _permit(tx, actor, needed)
        before = jobs.known(tx, key)
        if before is not None:
            return before
        job_id = jobs.ask(tx, kind, arguments, key, actor.id)
        audit.add(tx, actor.id, str(needed.value), "job", str(job_id), "")
    return job_id


def _permit(tx: Writing, actor: Person, needed: Permission) -> None:
    kept = people.by_id(tx, actor.id, tx.second)
    if kept is None:
        raise Forbidden("登录已失效", "", "请重新登录")
    permissions.require(kept.person, needed)
    if not scopes.within(EVERYTHING, kept.person.scope):
        raise Forbidden("超出本人管理范围", "", "全省采集、比对和周报由省厅发起")
