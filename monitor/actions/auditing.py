"""审计: the entries as a file, and that somebody took them away is itself an entry."""

from typing import Final

from monitor.access.chain import anchor_of
from monitor.access.declared import Reach, needs
from monitor.actions.permitting import permit_person
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import InputError
from monitor.domain.instants import say_minute, to_second
from monitor.domain.person import Permission, Person
from monitor.record import audit
from monitor.record.screens import auditing
from monitor.record.screens.auditing import AuditLine, AuditWanted
from monitor.record.store import Store
from monitor.report import csv_file
from monitor.report.table import build

__all__ = ["COLUMNS", "anchor_of", "export", "narrowed"]

COLUMNS: Final = ("序号", "时间", "人员", "代", "操作", "对象", "对象编号", "说明")
MOST: Final = 100_000
LONGEST_PURPOSE: Final = 100
MACHINE: Final = "系统"


@needs(Permission.SEE_AUDIT, reach=Reach.HOUSE)
def export(store: Store, actor: Person, wanted: AuditWanted, purpose: str) -> bytes:
    """The entries asked for as CSV, the newest first. InputError without a purpose."""
    purpose = purpose.strip()
    if not purpose or len(purpose) > LONGEST_PURPOSE:
        raise InputError(f"请填写用途,不超过{LONGEST_PURPOSE}个字", "用途")
    refuse_marked({"用途": purpose})
    with store.reading() as seen:
        now = to_second(store.clock())
        found = auditing.entries(seen, actor.scope, now, wanted, limit=MOST)
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.SEE_AUDIT)
        told = ";".join([f"{len(found.rows)}行", *narrowed(wanted), f"用途:{purpose}"])
        audit.add(tx, person.id, "导出审计记录", "table", "audit", told)
    rows = [dict(zip(COLUMNS, _row(each), strict=True)) for each in found.rows]
    return csv_file.render(build("审计记录", COLUMNS, rows))


def narrowed(wanted: AuditWanted) -> list[str]:
    """What a list was narrowed by, for the entry; of a name only that one was looked for."""
    said = {
        "人员": "已筛选" if wanted.who else "",
        "操作": wanted.action,
        "起": say_minute(wanted.since) if wanted.since else "",
        "止": say_minute(wanted.until) if wanted.until else "",
    }
    return [f"{name}:{text}" for name, text in said.items() if text]


def _row(each: AuditLine) -> tuple[str, ...]:
    who = each.actor_name or (MACHINE if each.actor_id is None else f"人员{each.actor_id}")
    about = (each.action, each.object_kind, each.object_name or each.object_id, each.reason)
    return (str(each.seq), say_minute(each.at), who, each.behalf_name, *about)
