"""Receipt links of a 清理排查: one for each unit that owes its 自查."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.access import scopes
from monitor.access.declared import needs
from monitor.actions import acknowledging, permitting, receipt_door
from monitor.actions.receipt_kinds.clearing import NAME, task
from monitor.actions.sending import Sent, once
from monitor.domain.errors import InputError
from monitor.domain.person import Permission, Person
from monitor.domain.receipt import Task
from monitor.domain.scope import Scope
from monitor.record import audit, cases, clearing_receipts, units
from monitor.record.clearing_receipts import Asked
from monitor.record.store import Reading, Store, Writing
from monitor.report import reminder

MATTER = "clearing"


@dataclass(frozen=True, slots=True)
class Made:
    """A unit's fresh link: its token is known only now."""

    unit_name: str
    task: Task
    token: str = field(repr=False)


@needs(Permission.CONFIRM)
def make(store: Store, actor: Person, key: bytes, clearing_id: int, sent: Sent) -> list[Made]:
    """A link for each unit within reach with an account nobody answered for; what was out before
    ends. Sent twice the same way nothing is made again, and no token is told again."""
    made: list[Made] = []
    with store.writing(durable=True) as tx:
        person = permitting.permit_person(tx, actor, Permission.CONFIRM)

        def work() -> Mapping[str, int]:
            owing = clearing_receipts.owing(tx, clearing_id)
            waiting = _within(tx, person.scope, owing, tx.second)
            made.extend(_issued(tx, key, waiting, person.id))
            if not made:
                raise InputError("没有需要自查的单位", "清理排查", "都已自查,或不在本人管理范围内")
            receipt_door.keep_within(tx, [(NAME, each.id, each.unit_id) for each in waiting])
            told = f"{len(made)}个单位"
            audit.add(tx, person.id, "生成自查链接", MATTER, str(clearing_id), told)
            return {"made": len(made)}

        once(tx, person, sent, work)
    return made


def text(made: Made, base: str) -> str:
    """What to paste into a unit's group; `base` is the desk's address."""
    address = f"{base.rstrip('/')}/r/{made.token}"
    return reminder.ask_attesting(made.task, made.unit_name, address)


def _issued(tx: Writing, key: bytes, waiting: list[Asked], by: int) -> list[Made]:
    names = {each.id: each.name for each in units.all_units(tx)}
    made = []
    for each in waiting:
        found = task(tx, each.id)
        if found is not None:
            link = (NAME, each.id, each.unit_id)
            token = receipt_door.issue(tx, key, link, acknowledging.expiry(found, tx.second), by)
            made.append(Made(names.get(each.unit_id, ""), found, token))
    return made


def _within(tx: Reading, scope: Scope, found: list[Asked], now: int) -> list[Asked]:
    reached = Scope(scope.paths)
    paths = cases.unit_paths(tx, {each.unit_id for each in found}, now)
    return [each for each in found if scopes.covers(reached, paths.get(each.unit_id, ""), "")]
