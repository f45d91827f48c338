"""The door platforms knock at: no login, no page behind it, and strangers are turned away."""

import json
from hashlib import sha1

import httpx
import pytest
from sqlalchemy import func, select

from dashboard.gate import Gate
from dashboard.hooks import Hooks
from monitor.access.ciphers import KeyRing
from monitor.actions import connecting
from monitor.actions.connecting import Dial
from monitor.record import credentials
from monitor.record.store import Store
from monitor.record.vault import Vault
from tests.builders import T, a_unit, an_account
from tests.conftest import NOW
from tests.dashboard.conftest import visiting

pytestmark = pytest.mark.anyio
DIAL = Dial({}, lambda: NOW, "https://desk.test")
VAULT = Vault(KeyRing((b"k" * 32,)), b"s" * 32)
QUESTION = b'{"event": "verify_webhook", "content": {"challenge": 7}}'


@pytest.fixture
def gate(gate: Gate, store: Store) -> Gate:
    sealed = VAULT.seal(json.dumps({"client_secret": "secret"}), "credential:douyin:0")
    with store.writing() as tx:
        credentials.put(tx, "douyin", 0, sealed, None)
    gate.hooks = Hooks(store, lambda: VAULT, DIAL, gate.door.sheets)
    return gate


async def push(browser: httpx.AsyncClient, reader: str, signature: str) -> httpx.Response:
    headers = {"X-Douyin-Signature": signature}
    return await browser.post(f"/hooks/{reader}", content=QUESTION, headers=headers)


async def test_a_signed_push_is_taken_without_a_login(gate: Gate) -> None:
    async with visiting(gate) as browser:
        answer = await push(browser, "douyin", sha1(b"secret" + QUESTION).hexdigest())
    assert answer.status_code == 200
    assert answer.json() == {"challenge": 7}
    assert "set-cookie" not in answer.headers


async def test_strangers_are_turned_away(gate: Gate) -> None:
    async with visiting(gate) as browser:
        assert (await push(browser, "douyin", "x")).status_code == 403
        assert (await push(browser, "wechat_open", "x")).status_code == 403
        assert (await push(browser, "nowhere", "x")).status_code == 404
        assert (await browser.get("/hooks/douyin")).status_code == 405
        much = await browser.post("/hooks/douyin", content=b"x" * 70_000)
        assert much.status_code == 413
        gate.hooks = None
        assert (await push(browser, "douyin", "x")).status_code == 404


async def test_a_link_nobody_began_ends_in_words_and_in_nothing_else(gate: Gate) -> None:
    async with visiting(gate) as browser:
        answer = await browser.get("/hooks/connect/weibo?state=guess&code=x")
        assert answer.status_code == 400
        assert "重新发起授权" in answer.text
        assert (await browser.post("/hooks/connect/weibo")).status_code == 405


async def test_an_operator_follows_a_link_and_only_his_click_begins_anything(
    gate: Gate, store: Store
) -> None:
    dial = Dial({}, lambda: NOW, "https://desk.test", b"k" * 32)
    gate.hooks = Hooks(store, lambda: VAULT, dial, gate.door.sheets)
    shared = VAULT.seal(json.dumps({"client_id": "1", "client_secret": "s"}), "credential:weibo:0")
    with store.writing() as tx:
        account = an_account(tx, a_unit(tx, "荆州市公安局", "421000000000"), "甲(演示)", "weibo")
        credentials.put(tx, "weibo", 0, shared, None)
    way = connecting.invite(store, dial, None, ("weibo", account)).removeprefix("https://desk.test")
    async with visiting(gate) as browser:
        shown = await browser.get(way)
        assert (shown.status_code, "甲(演示)" in shown.text) == (200, True)
        assert f'href="{way}?go=1"' in shown.text
        assert (await browser.head(f"{way}?go=1")).status_code == 200
        assert begun(store) == 0
        left = await browser.get(f"{way}?go=1")
        assert (left.status_code, begun(store)) == (303, 1)
        assert left.headers["location"].startswith("https://api.weibo.com/oauth2/authorize?")
        assert (await browser.post(f"{way}?go=1")).status_code == 405
        forged = await browser.get(f"{way}x?go=1")
        assert (forged.status_code, "索取新的链接" in forged.text) == (400, True)
    assert begun(store) == 1


def begun(store: Store) -> int:
    """How many authorisations were begun."""
    with store.reading() as tx:
        return int(tx.conn.execute(select(func.count()).select_from(T["connecting"])).scalar_one())
