"""审计: the entries as a file, and that somebody took them away is itself an entry."""

from collections.abc import Collection
from typing import Final

from monitor.access.chain import anchor_of
from monitor.access.declared import Reach, needs
from monitor.actions.permitting import permit_person
from monitor.domain.instants import say_minute, to_second
from monitor.domain.person import Permission, Person
from monitor.domain.reason import Field, Label
from monitor.record import audit, reasons
from monitor.record.screens import auditing
from monitor.record.screens.auditing import AuditLine, AuditWanted
from monitor.record.store import Store
from monitor.record.vault import Vault
from monitor.report import csv_file
from monitor.report.table import build

__all__ = ["COLUMNS", "anchor_of", "export", "narrowed"]

COLUMNS: Final = ("序号", "时间", "人员", "代", "操作", "对象", "对象编号", "说明")
MOST: Final = 100_000
PURPOSE: Final = Field(Label.PURPOSE, 1, 100, "例如 月度审计")
NARROWED: Final = "已筛选"
MACHINE: Final = "系统"


@needs(Permission.SEE_AUDIT, reach=Reach.HOUSE)
def export(store: Store, actor: Person, vault: Vault, wanted: AuditWanted, purpose: str) -> bytes:
    """The entries asked for as CSV, the newest first, typed reasons spelled out. InputError
    without a purpose."""
    text = PURPOSE.checked(purpose)
    with store.reading() as seen:
        now = to_second(store.clock())
        known = auditing.actions(seen, actor.scope, now)
        found = auditing.entries(seen, actor.scope, now, wanted, vault, (MOST, 0))
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.SEE_AUDIT)
        why = reasons.keep(tx, vault, PURPOSE.label, text)
        told = ";".join([f"{len(found.rows)}行", *narrowed(wanted, known), str(why)])
        audit.add(tx, person.id, "导出审计记录", "table", "audit", told)
    rows = [dict(zip(COLUMNS, _row(each), strict=True)) for each in found.rows]
    return csv_file.render(build("审计记录", COLUMNS, rows))


def narrowed(wanted: AuditWanted, known: Collection[str]) -> list[str]:
    """What a list was narrowed by, for the entry; of what was typed only that it was."""
    action = wanted.action
    said = {
        "人员": NARROWED if wanted.who else "",
        "操作": action if action in {"", auditing.EXPORTS, *known} else NARROWED,
        "对象编号": NARROWED if wanted.item else "",
        "起": say_minute(wanted.since) if wanted.since else "",
        "止": say_minute(wanted.until) if wanted.until else "",
    }
    return [f"{name}:{text}" for name, text in said.items() if text]


def _row(each: AuditLine) -> tuple[str, ...]:
    who = each.actor_name or (MACHINE if each.actor_id is None else f"人员{each.actor_id}")
    about = (each.action, each.object_kind, each.object_name or each.object_id, each.reason)
    return (str(each.seq), say_minute(each.at), who, each.behalf_name, *about)
