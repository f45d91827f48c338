"""异常: a person who has looked releases an incident or restores a route, and says why."""

from typing import Final

from monitor.access.declared import Reach, needs
from monitor.actions.permitting import permit_house
from monitor.domain.classified import refuse_marked
from monitor.domain.errors import InputError
from monitor.domain.person import Permission, Person
from monitor.record import audit, coverage, incidents, routes
from monitor.record.store import Store

LONGEST: Final = 500


@needs(Permission.ASK_COLLECT, reach=Reach.HOUSE)
def release(
    store: Store, actor: Person | None, incident_id: int, version: int, reason: str
) -> None:
    """Close an incident as somebody saw it (`version`); what was held with it counts from now on.
    Conflict where another did so meanwhile."""
    told = _reason(reason)
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.ASK_COLLECT, "异常由省厅核对后解除")
        incidents.release(tx, incident_id, version, by, told)
        audit.add(tx, by, "解除异常", "incident", str(incident_id), told)


@needs(Permission.ASK_COLLECT, reach=Reach.HOUSE)
def distrust(
    store: Store, actor: Person | None, route: str, looked: tuple[int, int], reason: str
) -> int:
    """Withdraw all coverage a route ("weibo/own") got by looks within [from, until) seconds; the
    accounts it stood for are judged again and amended. How many rows."""
    told = _reason(reason)
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.ASK_COLLECT, "采集数据由省厅核对后撤回")
        rows = coverage.distrust(tx, route, looked, told, by)
        audit.add(tx, by, "撤回采集数据", "route", route, told)
    return rows


@needs(Permission.ASK_COLLECT, reach=Reach.HOUSE)
def restore(store: Store, actor: Person | None, route: str, reason: str) -> int:
    """复查后恢复: a route ("weibo/own") suspended for what it missed counts again; what stood on it
    is judged again. Its grade at most; Conflict where it is not suspended."""
    told = _reason(reason)
    with store.writing(durable=True) as tx:
        by = permit_house(tx, actor, Permission.ASK_COLLECT, "采集路线由省厅复查后恢复")
        grade = routes.restore(tx, route, f"复查后恢复:{told}", by)
        audit.add(tx, by, "恢复采信", "route", route, told)
    return grade


def _reason(reason: str) -> str:
    told = reason.strip()
    if not told:
        raise InputError("请写明理由", "理由", "写清核对了什么、结论是什么")
    if len(told) > LONGEST:
        raise InputError(f"理由超过{LONGEST}字", "理由", "请写得短些")
    refuse_marked({"理由": told})
    return told
