"""Ask: what a person may have the machine do now, put on the queue for the scheduler's process."""

from collections.abc import Mapping
from typing import Any, Final

from monitor.access import scopes
from monitor.access.declared import Reach, needs
from monitor.actions.permitting import extent, permit_house, permit_person
from monitor.actions.sending import Sent, key_of, once
from monitor.domain.account import PLATFORMS
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.person import Permission, Person
from monitor.domain.running import Job, JobState
from monitor.domain.scope import EVERYTHING
from monitor.record import audit, jobs, office_settings
from monitor.record.store import Store, Writing

COLLECT: Final = "collect"
JUDGE: Final = "judge"
PREVIEW: Final = "digest-preview"


@needs(Permission.ASK_COLLECT, reach=Reach.HOUSE)
def collect_now(store: Store, actor: Person, key: str, platform: str | None = None) -> int:
    """Have one platform, or all, read now. The job's id; the same `key` twice is one job."""
    if platform is not None and platform not in PLATFORMS:
        raise InputError("没有这个平台", platform, "请从列表中选择")
    arguments = {"platform": platform} if platform else {}
    return _ask(store, actor, Permission.ASK_COLLECT, COLLECT, arguments, key)


@needs(Permission.ASK_JUDGE, reach=Reach.HOUSE)
def judge_now(store: Store, actor: Person, key: str) -> int:
    """Have all accounts compared with the rules now. The job's id."""
    return _ask(store, actor, Permission.ASK_JUDGE, JUDGE, {}, key)


@needs(Permission.EXPORT, reach=Reach.HOUSE)
def preview_now(store: Store, actor: Person, key: str, week: str, *, thursday: bool = False) -> int:
    """Have the digest of an ISO week (`2026-W47`), or its Thursday reminder, composed to be looked
    at; nothing is sent."""
    arguments = {"week": week} | ({"what": "thursday"} if thursday else {})
    return _ask(store, actor, Permission.EXPORT, PREVIEW, arguments, key)


@needs(Permission.EXPORT)
def preview_unit(store: Store, actor: Person, key: str, week: str, unit_code: str) -> int:
    """Have the digest of one unit's own sub-tree composed to be looked at; nothing is sent.

    Forbidden outside one's reach, and for all but the house while a trial period keeps results in.
    """
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.EXPORT)
        extent(tx, person, unit_code)
        trial = office_settings.trial_until(tx, tx.second) is not None
        if trial and not scopes.within(EVERYTHING, person.scope):
            raise Forbidden("试运行期间结果只供省厅内部核对", unit_code, "试运行结束后再生成")
        arguments = {"week": week, "unit": unit_code}
        return _queued(tx, actor, Permission.EXPORT, (PREVIEW, arguments), key)


@needs(reach=Reach.SELF, audited=False)
def how_far(store: Store, actor: Person, job_id: int) -> Job | None:
    """A job somebody asked for, to that person only; None where it is not theirs."""
    with store.reading() as tx:
        job = jobs.get(tx, job_id)
    return job if job is not None and job.asked_by == actor.id else None


@needs(reach=Reach.SELF)
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
    with store.writing(durable=True) as tx:
        permit_house(tx, actor, needed, "全省采集、比对和周报由省厅发起")
        return _queued(tx, actor, needed, (kind, arguments), key)


def _queued(
    tx: Writing, actor: Person, needed: Permission, job: tuple[str, dict[str, str]], key: str
) -> int:
    """A job (kind, arguments) on the queue, once for a key; its id."""
    kind, arguments = job
    sent = Sent(kind, key)

    def work() -> Mapping[str, Any]:
        job_id = jobs.ask(tx, kind, arguments, key_of(str(actor.id), sent), actor.id)
        audit.add(tx, actor.id, str(needed.value), "job", str(job_id), "")
        return {"job_id": job_id}

    return int(once(tx, actor, sent, work)["job_id"])
