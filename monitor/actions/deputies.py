"""B岗: somebody holds another's rights for a time; appointed and ended by who manages both."""

from dataclasses import dataclass
from typing import Final

from monitor.access import deputies as rules
from monitor.access.declared import needs
from monitor.actions.people import managed
from monitor.domain.errors import Conflict, Forbidden, InputError
from monitor.domain.instants import DAY, say_minute
from monitor.domain.person import Permission, Person
from monitor.record import audit, deputies, people
from monitor.record.store import Store, Writing

LONGEST: Final = rules.LONGEST_DAYS * DAY


@dataclass(frozen=True, slots=True)
class Appointment:
    """`deputy_id` stands in for `person_id` in [since, until) seconds."""

    person_id: int
    deputy_id: int
    since: int
    until: int


@needs(Permission.MANAGE_PEOPLE)
def appoint(store: Store, actor: Person | None, wanted: Appointment) -> int:
    """Lend one person's rights to another for a time; the id. The same appointment twice is one.

    InputError where the two cannot stand in for one another, Forbidden where one is out of reach.
    """
    if wanted.person_id == wanted.deputy_id:
        raise InputError("不能给自己当B岗", "", "请选择另一位人员")
    if not 0 < wanted.until - wanted.since <= LONGEST:
        raise InputError("代行起止时间有误", "", f"止应晚于起,且不超过{rules.LONGEST_DAYS}天")
    if actor is not None and actor.id == wanted.deputy_id:
        raise Forbidden("不能把别人的权限授给自己", "", "请由另一位管理员办理")
    with store.writing(durable=True) as tx:
        by = managed(tx, actor, wanted.person_id)
        managed(tx, actor, wanted.deputy_id)
        before = _same(tx, wanted)
        if before is not None:
            return before
        _fit(tx, wanted)
        key = deputies.add(tx, wanted.person_id, wanted.deputy_id, wanted.since, wanted.until, by)
        audit.add(tx, by, "设置B岗", "deputy", str(key), _told(wanted))
    return key


@needs(Permission.MANAGE_PEOPLE)
def end(store: Store, actor: Person | None, key: int) -> None:
    """Take the lent rights back before their time is over."""
    with store.writing(durable=True) as tx:
        found = deputies.get(tx, key)
        if found is None:
            raise InputError("没有这条B岗记录", str(key), "请刷新后重试")
        by = managed(tx, actor, found.person_id)
        if found.ended_at is not None:
            raise Conflict("这条B岗已经结束", str(key), "请刷新后再看")
        deputies.end(tx, key)
        audit.add(tx, by, "结束B岗", "deputy", str(key), "")


def _same(tx: Writing, wanted: Appointment) -> int | None:
    """The id of the very same appointment; Conflict where another overlaps it."""
    for each in deputies.open_ones(tx, tx.second):
        if (each.person_id, each.deputy_id) != (wanted.person_id, wanted.deputy_id):
            continue
        if (each.since, each.until) == (wanted.since, wanted.until):
            return each.id
        if each.since < wanted.until and wanted.since < each.until:
            raise Conflict("这两人之间已有重叠的B岗", "", "请先结束原来的一条")
    return None


def _fit(tx: Writing, wanted: Appointment) -> None:
    deputy = people.by_id(tx, wanted.deputy_id, tx.second)
    if deputy is None or not deputy.person.active:
        raise InputError("B岗人员已停用", "", "请选择在用的人员")
    own = people.grants_of(tx, wanted.deputy_id)
    fault = rules.fault(own, people.grants_of(tx, wanted.person_id))
    if fault:
        raise InputError(fault, "", "请选择另一位人员")


def _told(wanted: Appointment) -> str:
    times = f"{say_minute(wanted.since)}至{say_minute(wanted.until)}"
    return f"代{wanted.person_id},由{wanted.deputy_id},{times}"
