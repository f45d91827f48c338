"""异常: a person who has looked releases an incident or restores a route, and says why."""

from typing import Final

from monitor.access.declared import Reach, needs
from monitor.actions.permitting import permit_house
from monitor.domain.errors import InputError
from monitor.domain.person import Permission, Person
from monitor.domain.reason import Field, Label
from monitor.record import audit, coverage, incidents, reasons, routes
from monitor.record.store import Store
from monitor.record.vault import Vault

GROUND: Final = Field(Label.GROUND, 1, 500, "写清核对了什么、结论是什么")


@needs(Permission.ASK_COLLECT, reach=Reach.HOUSE)
def release(
    store: Store, actor: Person | None, vault: Vault, which: tuple[int, int], reason: str
) -> None:
    """Close an incident as somebody saw it (`which`: id and version); what was held with it counts
    from now on. Conflict where another did so meanwhile."""
    told = GROUND.checked(reason)
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.ASK_COLLECT, "异常由省厅核对后解除")
        incidents.release(tx, *which, by, told)
        why = reasons.keep(tx, vault, GROUND.label, told)
        audit.add(tx, by, "解除异常", "incident", str(which[0]), str(why))


@needs(Permission.ASK_COLLECT, reach=Reach.HOUSE)
def distrust(
    store: Store,
    actor: Person | None,
    vault: Vault,
    route: str,
    looked: tuple[int, int],
    reason: str,
) -> int:
    """Withdraw all coverage a route ("weibo/own") got by looks within [from, until) seconds; the
    accounts it stood for are judged again and amended. How many rows."""
    told = GROUND.checked(reason)
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.ASK_COLLECT, "采集数据由省厅核对后撤回")
        if not routes.known(tx, route):
            raise InputError("没有这条采集路线", "采集路线", "请刷新后从列表中选择")
        rows = coverage.distrust(tx, route, looked, told, by)
        why = reasons.keep(tx, vault, GROUND.label, told)
        audit.add(tx, by, "撤回采集数据", "route", route, str(why))
    return rows


@needs(Permission.ASK_COLLECT, reach=Reach.HOUSE)
def restore(store: Store, actor: Person | None, vault: Vault, route: str, reason: str) -> int:
    """复查后恢复: a route ("weibo/own") suspended for what it missed counts again; what stood on it
    is judged again. Its grade at most; Conflict where it is not suspended."""
    told = GROUND.checked(reason)
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.ASK_COLLECT, "采集路线由省厅复查后恢复")
        grade = routes.restore(tx, route, f"复查后恢复:{told}", by)
        why = reasons.keep(tx, vault, GROUND.label, told)
        audit.add(tx, by, "恢复采信", "route", route, str(why))
    return grade
