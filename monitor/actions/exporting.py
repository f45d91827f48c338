"""Export 导出 on screen: a table of one's own scope, asked for with a purpose, made as a job."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from monitor.access.declared import Reach, needs
from monitor.actions import sending
from monitor.actions.permitting import permit_person, reach
from monitor.actions.sending import Sent
from monitor.domain.errors import InputError
from monitor.domain.person import Permission, Person
from monitor.domain.reason import Field, Label, Mark
from monitor.record import audit, jobs, reasons
from monitor.record.store import Store, Writing
from monitor.record.vault import Vault

LEDGER: Final = "台账"
EXPORT: Final = "export"
"""The kind of job."""
TABLES: Final[Mapping[str, str]] = {
    "problems": "问题清单",
    "undecided": "暂不作认定",
    "health": "账号健康",
    "places": "分地区情况",
    "bulletin": "通报附件",
    "posts": "作品",
    "assessment": "考核结果",
    "campaigns": "协同响应",
    "accounts": LEDGER,
}
"""The ledger names people: with their numbers it takes a right of its own, without it has none."""
FILES: Final[Mapping[str, str]] = {".xlsx": "Excel 工作簿", ".csv": "CSV 文本"}
PURPOSE: Final = Field(Label.PURPOSE, 2, 100, "例如 11月运行情况通报附件")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which table, as which file, what for; `phones`: the ledger with people's numbers."""

    what: str
    file: str
    purpose: str = field(repr=False)
    phones: bool = False


@needs(Permission.EXPORT, reach=Reach.SELF)
def export_now(store: Store, actor: Person, vault: Vault, wanted: Wanted, sent: Sent) -> int:
    """Have a table of all the actor may export made; the job's id. The same form twice is one job.

    How far the actor reaches is asked again when the table is made: a right taken away meanwhile
    exports nothing.
    """
    purpose = PURPOSE.checked(wanted.purpose)
    if wanted.what not in TABLES or wanted.file not in FILES:
        raise InputError("没有这种导出", wanted.what, "请从列表中选择")
    if wanted.phones and TABLES[wanted.what] != LEDGER:
        raise InputError("只有台账可以含联系电话", TABLES[wanted.what], "请选择台账,或不含电话")
    with store.writing(durable=True) as tx:
        person = permit_person(tx, actor, Permission.EXPORT)
        if wanted.phones:
            person = permit_person(tx, actor, Permission.EXPORT_SENSITIVE)
        reach(person)

        def work() -> dict[str, Any]:
            why = reasons.keep(tx, vault, PURPOSE.label, purpose)
            return _asked(tx, person, wanted, why, sent)

        done = sending.once(tx, person, sent, work)
    return int(done["job_id"])


def _asked(tx: Writing, person: Person, wanted: Wanted, why: Mark, sent: Sent) -> dict[str, Any]:
    """The job row names the purpose by its number, as the audit does."""
    key = sending.key_of(str(person.id), sent)
    arguments = {"what": wanted.what, "file": wanted.file, "reason": str(why.id)}
    if wanted.phones:
        arguments["phones"] = "含"
    job_id = jobs.ask(tx, EXPORT, arguments, key, person.id)
    table = f"{TABLES[wanted.what]}{'(含联系电话)' if wanted.phones else ''}"
    audit.add(tx, person.id, "申请导出", "job", str(job_id), f"{table};{why}")
    return {"job_id": job_id}
