"""Beginning the authorisation of the place's account."""

import json

from monitor.access.ciphers import KeyRing
from monitor.actions import connecting
from monitor.actions.connecting import Dial
from monitor.record import credentials
from monitor.record.vault import Vault
from tests.builders import an_account
from tests.conftest import NOW
from tests.kits.matrix import Act, Desk, bench

VAULT = Vault(KeyRing((b"k" * 32,)), b"s" * 32)
KEYS = {"app_key": "k", "app_secret": "s"}


@bench(connecting.start)
def start(desk: Desk) -> Act:
    sealed = VAULT.seal(json.dumps(KEYS), "credential:weibo:0")
    with desk.store.writing() as tx:
        credentials.put(tx, "weibo", 0, sealed, None)
        account = an_account(tx, desk.unit_id, f"{desk.unit}微博", "weibo")
    dial = Dial({}, lambda: NOW, "https://desk.example.cn")
    return lambda actor: connecting.start(desk.store, VAULT, dial, actor, ("weibo", account))


@bench(connecting.invite)
def invite(desk: Desk) -> Act:
    with desk.store.writing() as tx:
        account = an_account(tx, desk.unit_id, f"{desk.unit}微博", "weibo")
    dial = Dial({}, lambda: NOW, "https://desk.example.cn", b"k" * 32)
    return lambda actor: connecting.invite(desk.store, dial, actor, ("weibo", account))
