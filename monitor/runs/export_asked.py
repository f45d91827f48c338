"""导 for somebody who asked on screen: as far as he reaches now, into a folder of his job's own."""

from pathlib import Path
from typing import Final

from monitor.access import permissions
from monitor.domain.errors import Forbidden
from monitor.domain.instants import to_second
from monitor.domain.person import Permission
from monitor.domain.reason import Label, Mark
from monitor.domain.running import Job, RunOutcome, RunReport
from monitor.domain.scope import Scope
from monitor.record import audit, people
from monitor.runs import export, holding
from monitor.runs.export import Request
from monitor.runs.parts import Parts

PHONES: Final = "phones"
"""The argument of a job that asks for the numbers of people as well."""


def folder(local_dir: Path, job_id: int) -> Path:
    """Where a job's files lie; its page gives them to nobody else."""
    return local_dir / "exports" / str(job_id)


def run(parts: Parts, job: Job) -> RunReport:
    """Make the table; a cancel at any chunk leaves no file. Audited as the asker's export."""
    why = Mark(Label.PURPOSE, int(job.arguments["reason"]))
    scope, name = _reach(parts, job)
    what, phones = job.arguments["what"], PHONES in job.arguments
    request = Request(what=what, phones=phones, by=name)
    holding.chunk(10)
    made = export.marked(parts, export.build(parts, request, scope))
    holding.chunk(80)
    with parts.store.writing(durable=True) as tx:
        said = export.told(request, export.rows(made), why)
        audit.add(tx, job.asked_by, "导出", "table", request.what, said)
    place = folder(parts.local_dir, job.id)
    place.mkdir(parents=True, exist_ok=True)
    export.write(made, place / f"{made[0].name}{job.arguments['file']}")
    return RunReport(RunOutcome.DONE, {"行": export.rows(made)})


def _reach(parts: Parts, job: Job) -> tuple[Scope, str]:
    """How far the asker may export now, and his name; Forbidden where he lost the right."""
    with parts.store.reading() as tx:
        kept = people.by_id(tx, job.asked_by or 0, to_second(parts.now()))
    if kept is None or not kept.person.active:
        raise Forbidden("申请人已停用,未导出", "", "请由在岗人员重新申请")
    needed = [Permission.EXPORT]
    if PHONES in job.arguments:
        needed.append(Permission.EXPORT_SENSITIVE)
    for each in needed:
        permissions.require(kept.person, each)
    scope = permissions.reach(kept.person, needed[-1])
    if scope.empty:
        raise Forbidden("申请人已没有管理范围,未导出", "", "请联系本级管理员")
    if job.arguments["what"] == export.ASSESSMENT:
        permissions.require(kept.person, Permission.SEE_SCORES)
    return scope, kept.person.name
