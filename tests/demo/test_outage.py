"""A platform stands still for 38 of 100 accounts: the breaker holds what seems to have failed."""

from collections import Counter
from dataclasses import replace

import pytest

from monitor.collect.loop import EventLoop
from monitor.demo import ledger, serve
from monitor.demo.province import Province
from monitor.demo.roster import OUT, Resident
from monitor.demo.servers.shown import standing
from monitor.domain.incident import IncidentKind
from monitor.domain.instants import DAY, to_second
from monitor.record import incidents
from monitor.record.store import Store
from monitor.runs import collect, credentials, judge, query, registry, setup
from monitor.runs.parts import Pace, Parts
from tests.conftest import NOW, StandingClock
from tests.kits.platform_server import hosted
from tests.service.parts import some_parts

PROVINCE = Province()
ASKED = [r for r in PROVINCE.residents if r.world.platform == OUT[0] and r.world.joined]
HIT = {r.world.uid for r in ASKED if r.world.outage[1]}


def newest(resident: Resident, at: int) -> int:
    return standing(PROVINCE, resident.world, at)[0].published_at


def test_the_outage_is_of_the_world_by_account_and_instant_and_spares_the_real() -> None:
    assert 100 * len(HIT) // len(ASKED) in {37, 38}
    assert not any(r.seat.real for r in PROVINCE.residents if r.world.outage[1])
    for each in ASKED:
        begins, ends = each.world.outage
        during, after = to_second(NOW) + 20 * DAY, to_second(NOW) + 40 * DAY
        if each.world.uid in HIT:
            assert newest(each, during) < begins
            assert newest(each, ends) > begins
            assert PROVINCE.posts(each.world, begins, ends)
        else:
            assert newest(each, during) > during - 10 * DAY
        assert newest(each, after) > after - 10 * DAY


@pytest.fixture
def parts(sqlite_store: Store, clock: StandingClock) -> Parts:
    """An office that knows the accounts of this platform alone, by their owners' agreement."""
    made = setup.ready(some_parts(sqlite_store, clock, demo=True))
    setup.shipped_units(made)
    registry.save_units(made, PROVINCE.units(), "演示单位")
    rows = ledger.render(ASKED, ledger.Asked(to_second(NOW)))
    registry.import_accounts(made, rows, "台账.csv")
    keys = PROVINCE.secrets(NOW)[OUT[0]]
    nonces = {uid: bytes([number]) * 12 for number, uid in enumerate(keys)}
    credentials.put_many(made, OUT[0], keys, nonces)
    return made


def outcomes(parts: Parts, rulebook: str) -> Counter[str]:
    document = query.judgements(parts, None, None, rulebook)
    return Counter(each["outcome"] for each in document["accounts"])


def test_what_seems_to_have_failed_at_once_is_held_and_nobody_is_told(
    parts: Parts, clock: StandingClock
) -> None:
    with EventLoop() as loop, hosted(loop, serve.application(PROVINCE, clock)) as url:
        pace = Pace(base_url=f"{url}/{OUT[0]}", per_second=500, deepest_days=45)
        there = replace(parts, paces={OUT[0]: pace})
        collect.run(there, loop)
        judge.run(there)
        assert outcomes(there, "gb2019") == {"正常": len(ASKED)}
        clock.move(days=20)
        collect.run(there, loop)
        judge.run(there)
    assert outcomes(there, "gb2019") == {"正常": len(ASKED) - len(HIT), "不合格": len(HIT)}
    with there.store.reading() as tx:
        (one,) = incidents.listed(tx, 0)
        held = tx.conn.exec_driver_sql(
            "SELECT count(DISTINCT account_id) FROM finding WHERE held AND outcome = '不合格'"
        ).scalar()
    assert (one.kind, one.accounts) == (IncidentKind.HELD, len(HIT))
    assert held == len(HIT)
