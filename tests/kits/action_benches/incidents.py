"""An incident of a route of the whole house, and looks of it that are distrusted."""

from monitor.actions import incidents
from monitor.domain.collecting import Route
from monitor.domain.incident import IncidentKind
from monitor.domain.numbers import Provenance
from monitor.record import incidents as kept
from monitor.record import routes
from tests.builders import VAULT
from tests.kits.matrix import Act, Desk, bench

ROUTE = Route("wechat", "bench", Provenance.INTERFACE, grade=4, fresh_hours=60)


@bench(incidents.release)
def release(desk: Desk) -> Act:
    with desk.store.writing() as tx:
        trouble = kept.Trouble(routes.ensure(tx, ROUTE), IncidentKind.BLIND, "未见作品", "", 5)
        kept.open_one(tx, trouble, None)
        [found] = [each for each in kept.listed(tx, 0) if each.route == ROUTE.key]
    which = (found.id, found.version)
    return lambda actor: incidents.release(desk.store, actor, VAULT, which, "已核对")


@bench(incidents.distrust)
def distrust(desk: Desk) -> Act:
    looked = (0, desk.now)
    with desk.store.writing() as tx:
        routes.ensure(tx, ROUTE)
    return lambda actor: incidents.distrust(
        desk.store, actor, VAULT, ROUTE.key, looked, "接口返回空列表"
    )


@bench(incidents.restore)
def restore(desk: Desk) -> Act:
    with desk.store.writing() as tx:
        routes.set_ceiling(tx, routes.ensure(tx, ROUTE), 0, routes.SUSPENDED)
    return lambda actor: incidents.restore(desk.store, actor, VAULT, ROUTE.key, "已核对")
