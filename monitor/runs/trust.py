"""信: after a sweep what was read is confirmed, and what went wrong as a whole is an incident."""

from collections.abc import Iterable, Mapping
from typing import Final

from monitor.collect.platform import READERS
from monitor.domain.collecting import ErrorClass
from monitor.domain.incident import OF_ERROR, IncidentKind, widespread
from monitor.record import claims, incidents
from monitor.record.claims import Settled
from monitor.record.incidents import Ended, Trouble
from monitor.record.store import Store

BLIND: Final = "经常更新的对照账号本轮都未见作品,该平台本轮采集暂不采信"
REMEDY: Final = "请信息中心核对平台接口和授权;恢复后重新采集,再解除本异常"


def settle(store: Store) -> dict[str, Settled]:
    """Confirm what can be confirmed of every route that has claims, by its key."""
    shared = _shared()
    with store.reading() as tx:
        routes = claims.unsettled(tx)
    done = {}
    for route_id, key in routes:
        with store.writing() as tx:
            done[key] = claims.settle(tx, route_id, shared=shared.get(key, False))
            health = done[key].health
            if health.doubtful:
                trouble = Trouble(route_id, IncidentKind.BLIND, BLIND, REMEDY, health.missing)
                incidents.open_one(tx, trouble, None)
    return done


def note_incidents(store: Store, run_id: int) -> int:
    """Open an incident for every route where accounts ended the same way in numbers; how many."""
    with store.reading() as tx:
        ended = incidents.ends_of(tx, run_id)
    troubles = tuple(_troubles(ended))
    if not troubles:
        return 0
    with store.writing() as tx:
        return sum(incidents.open_one(tx, each, run_id) for each in troubles)


def _troubles(ended: Iterable[Ended]) -> Iterable[Trouble]:
    by_route: dict[int, list[Ended]] = {}
    for each in ended:
        by_route.setdefault(each.route_id, []).append(each)
    for rows in by_route.values():
        tried = sum(each.accounts for each in rows)
        for each in rows:
            kind = OF_ERROR.get(ErrorClass(each.error_class)) if each.error_class else None
            if kind is not None and widespread(each.accounts, tried):
                yield Trouble(each.route_id, kind, each.cause, each.remedy, each.accounts)


def _shared() -> Mapping[str, bool]:
    """Which routes read all accounts with one key."""
    routes = [reader.route(platform) for reader in READERS for platform in reader.serves]
    return {route.key: route.shared for route in routes}
