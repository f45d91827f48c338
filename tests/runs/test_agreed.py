"""The platform's own list of who agreed: what is over is marked, what was missed is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest

from monitor.collect.errors import PlatformError
from monitor.collect.loop import EventLoop
from monitor.demo import keys as demo_keys
from monitor.demo.servers import wechat, wechat_open
from monitor.domain.account import Account
from monitor.domain.instants import to_second
from monitor.domain.running import RunOutcome
from monitor.domain.unit import Level, Unit
from monitor.record import accounts, credentials, units
from monitor.record.store import Store
from monitor.runs import agreed, collect
from monitor.runs import credentials as keys
from monitor.runs.parts import Pace, Parts
from tests.conftest import StandingClock
from tests.demo.small_world import SmallWorld, an_account
from tests.kits.platform_server import Meddler, answers, dated, hosted
from tests.service.parts import some_parts

UNIT = Unit(code="421024000000", name="江陵县公安局", level=Level.COUNTY)
PEOPLE = [
    an_account(uid=f"gh_{number}", name=f"平安{number}(演示)", appid=f"wx{number}", joined=True)
    for number in range(1, 5)
]
"""The first three are in the registry; the keys of the first two are held here."""


@dataclass
class Office:
    """A store beside the stand-in of the platform."""

    parts: Parts
    loop: EventLoop
    component: wechat_open.Component
    meddler: Meddler

    def states(self) -> dict[int, str]:
        with self.parts.store.reading() as tx:
            return {each.account_id: each.state for each in credentials.listed(tx)}

    def refresh_token(self, account_id: int) -> str:
        with self.parts.store.reading() as tx:
            blob = credentials.sealed_one(tx, "wechat_open", account_id)
        assert blob is not None
        return collect.unseal(self.parts, "wechat_open", account_id, blob)["refresh_token"]


@pytest.fixture
def office(store: Store, clock: StandingClock) -> Iterator[Office]:
    shared = demo_keys.keys([], to_second(clock()))["wechat_open"][""]
    app = dated(wechat.application(SmallWorld(PEOPLE, {}), clock), clock)
    meddler = Meddler()
    with EventLoop() as loop, hosted(loop, meddler.fits(app)) as url:
        paces = {"wechat_open": Pace(base_url=url, per_second=1000)}
        parts = some_parts(store, clock, paces=paces)
        with store.writing() as tx:
            units.save(tx, [UNIT])
            known = [Account("wechat", each.name, UNIT.code, uid=each.uid) for each in PEOPLE[:3]]
            accounts.save(tx, known)
        keys.put(parts, "wechat_open", dict(shared), bytes(12))
        held = {
            each.uid: {"appid": each.appid, "refresh_token": wechat_open.refresh_token(each)}
            for each in PEOPLE[:2]
        }
        keys.put_many(parts, "wechat_open", held, {uid: uid.encode()[:4] * 3 for uid in held})
        yield Office(parts, loop, app[wechat.COMPONENT], meddler)


def counts(office: Office, at: datetime | None = None) -> dict[str, int]:
    report = agreed.run(office.parts, office.loop, at)
    assert report is not None
    assert report.outcome is RunOutcome.DONE
    return dict(report.counts)


def test_what_was_missed_is_kept_and_whom_no_registry_knows_is_named(office: Office) -> None:
    report = agreed.run(office.parts, office.loop)
    assert report is not None
    assert dict(report.counts) == {"补记授权": 1, "台账里没有": 1}
    assert report.note == "已授权但台账里没有:平安4(演示)(gh_4)"
    assert office.refresh_token(3) == wechat_open.refresh_token(PEOPLE[2])
    assert counts(office) == {"台账里没有": 1}


def test_an_agreement_taken_back_ends_the_credential_once_and_a_new_one_mends_it(
    office: Office,
) -> None:
    counts(office)
    office.loop.run(office.component.cancel("wx1"))
    assert counts(office) == {"已取消授权": 1, "台账里没有": 1}
    assert office.states()[1] == "已取消授权"
    assert office.states()[2] == "有效"
    assert counts(office) == {"台账里没有": 1}
    for _ in range(2):
        office.loop.run(office.component.agree("wx1", "https://desk.test/"))
    assert counts(office) == {"补记授权": 1, "台账里没有": 1}
    assert office.states()[1] == "有效"
    assert office.refresh_token(1) != wechat_open.refresh_token(PEOPLE[0])


def test_an_empty_list_alone_ends_nothing(office: Office) -> None:
    office.meddler.only = "api_get_authorizer_list"
    office.meddler.spoil = answers(200, b'{"total_count": 0, "list": []}')
    assert counts(office) == {}
    assert set(office.states().values()) == {"有效"}


def test_a_list_that_is_cut_changes_nothing_and_says_so(office: Office) -> None:
    office.meddler.only = "api_get_authorizer_list"
    office.meddler.spoil = answers(200, b'{"total_count": 3, "list": []}')
    with pytest.raises(PlatformError, match="没有给全"):
        agreed.run(office.parts, office.loop)
    assert set(office.states().values()) == {"有效"}


def test_without_an_application_there_is_nothing_to_ask(store: Store, clock: StandingClock) -> None:
    with EventLoop() as loop:
        report = agreed.run(some_parts(store, clock), loop)
    assert report is not None
    assert dict(report.counts) == {}
