"""Keys of many accounts are kept in one run, or none of them is."""

import json

import pytest

from monitor.domain.account import Account
from monitor.domain.errors import InputError
from monitor.domain.unit import Level, Unit
from monitor.record import accounts, audit, credentials, runlog, units
from monitor.record.store import Store
from monitor.runs import collect
from monitor.runs import credentials as keys
from tests.conftest import StandingClock
from tests.service.parts import some_parts

UNIT = Unit(code="421024000000", name="江陵县公安局", level=Level.COUNTY)
UIDS = ("gh_a", "gh_b", "gh_c")
NONCES = {uid: bytes([number]) * 12 for number, uid in enumerate(UIDS)}
VALUES = {uid: {"appid": f"wx{uid}", "secret": "s"} for uid in UIDS}


@pytest.fixture
def registered(store: Store) -> Store:
    found = [Account("wechat", f"平安{uid}(演示)", UNIT.code, uid=uid) for uid in UIDS]
    with store.writing() as tx:
        units.save(tx, [UNIT])
        accounts.save(tx, found)
    return store


def test_many_keys_are_one_run_and_each_opens_for_its_own_account(
    registered: Store, clock: StandingClock
) -> None:
    parts = some_parts(registered, clock)
    keys.put_many(parts, "wechat", VALUES, NONCES)
    opened = {target.uid: dict(target.secrets) for target in collect.readable(parts)}
    assert opened == VALUES
    with registered.reading() as tx:
        assert [run.command for run in runlog.newest(tx, 9)] == ["credentials-set"]
        sound, _ = audit.verify(tx)
        sealed = credentials.all_sealed(tx, "wechat")
    assert sound
    assert len(sealed) == len(UIDS)
    assert all(json.dumps(VALUES[uid]).encode() not in sealed.values() for uid in UIDS)


def test_an_account_nobody_knows_keeps_all_of_them_out(
    registered: Store, clock: StandingClock
) -> None:
    parts = some_parts(registered, clock)
    with pytest.raises(InputError, match="gh_x"):
        keys.put_many(parts, "wechat", VALUES | {"gh_x": {}}, NONCES | {"gh_x": bytes(12)})
    with registered.reading() as tx:
        assert credentials.all_sealed(tx, "wechat") == {}
