"""授权 shows at once that a credential is void: a single-use token that was lost, say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
import stamina

from monitor.collect.loop import EventLoop
from monitor.domain.account import Account
from monitor.domain.scope import EVERYTHING
from monitor.domain.unit import Level, Unit
from monitor.record import accounts, credentials, units
from monitor.record.screens import runway
from monitor.record.store import open_store
from monitor.runs import collect
from monitor.runs import credentials as keys
from monitor.runs.parts import Pace, Parts
from tests.demo.small_world import SmallWorld
from tests.kits.bench import BENCHES
from tests.kits.platform_server import Trial, dated, hosted
from tests.service.parts import some_parts

UNIT = Unit(code="421024000000", name="江陵县公安局", level=Level.COUNTY)
BENCH = BENCHES.get("bilibili")


@dataclass
class Office:
    """A store that reads one account of 哔哩哔哩."""

    parts: Parts
    loop: EventLoop
    world: SmallWorld

    def sweep(self) -> str:
        """How the credential stands after one."""
        collect.run(self.parts, self.loop)
        with self.parts.store.reading() as tx:
            [state] = [each.state for each in credentials.listed(tx)]
            soon = runway.soon(tx, EVERYTHING, int(BENCH.now.timestamp()))
        assert soon == (state != "有效")
        return state


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    with EventLoop() as loop:
        world = Trial(loop, BENCH, "bilibili").world()
        app = dated(BENCH.server(world, _now), _now)
        store = open_store(sqlite_url, _now)
        with hosted(loop, app) as url, stamina.set_testing(True):
            paces = {"bilibili": Pace(base_url=url, per_second=1000)}
            parts = some_parts(store, _now, paces=paces)
            account = BENCH.account
            with store.writing() as tx:
                units.save(tx, [UNIT])
                accounts.save(tx, [Account("bilibili", account.name, UNIT.code, uid=account.uid)])
            held = {account.uid: dict(BENCH.secrets)}
            keys.put_many(parts, "bilibili", held, {account.uid: bytes(12)})
            yield Office(parts, loop, world)
        store.close()


def _now() -> datetime:
    return BENCH.now


def test_a_renewal_whose_new_token_was_lost_is_shown_by_the_next_pass(office: Office) -> None:
    """Killed between the platform's answer and our commit: the store still has the spent token."""
    with office.parts.store.reading() as tx:
        before = credentials.sealed_one(tx, "bilibili", 1)
    assert before is not None
    assert office.sweep() == "有效"
    with office.parts.store.writing() as tx:
        credentials.put(tx, "bilibili", 1, before, None)
    assert office.sweep() == "已失效"


def test_a_credential_that_reads_again_is_valid_again(office: Office) -> None:
    office.world.befall(BENCH.account.uid, "revoked")
    assert office.sweep() == "已失效"
    office.world.befall(BENCH.account.uid, "")
    assert office.sweep() == "有效"


def test_what_says_nothing_of_the_credential_leaves_it_as_it_is(office: Office) -> None:
    office.world.befall(BENCH.account.uid, "quota")
    assert office.sweep() == "有效"
