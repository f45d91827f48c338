"""Pushes are verified, kept once and without anybody's words; owners who withdraw are noted."""

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha1
from typing import Any

import pytest
from sqlalchemy import select

from monitor.access.ciphers import KeyRing
from monitor.actions import hooks
from monitor.actions.hooks import Pushed
from monitor.demo.servers import wechat_push
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.instants import to_second
from monitor.record import credentials
from monitor.record.store import Store
from monitor.record.tables.base import METADATA
from monitor.record.vault import Vault
from tests.builders import a_unit, an_account
from tests.conftest import StandingClock

VAULT = Vault(KeyRing((b"k" * 32,)), b"s" * 32)
SECRET = "dy-secret"
COMPONENT = {
    "component_appid": wechat_push.APP_ID,
    "component_secret": "x",
    "token": wechat_push.TOKEN,
    "aes_key": wechat_push.AES_KEY,
}


def keep(store: Store, reader: str, account_id: int, values: dict[str, str]) -> None:
    sealed = VAULT.seal(json.dumps(values), f"credential:{reader}:{account_id}")
    with store.writing() as tx:
        credentials.put(tx, reader, account_id, sealed, None)


def kept(store: Store, reader: str, account_id: int) -> dict[str, str]:
    with store.reading() as tx:
        sealed = credentials.sealed_one(tx, reader, account_id)
    assert sealed is not None
    return dict(json.loads(VAULT.unseal(sealed, f"credential:{reader}:{account_id}")))


def rows(store: Store, table: str) -> list[dict[str, Any]]:
    with store.reading() as tx:
        found = tx.conn.execute(select(METADATA.tables[table])).mappings()
        return [dict(row) for row in found]


@pytest.fixture
def account_id(store: Store) -> int:
    """An account whose owner agreed on both platforms."""
    with store.writing() as tx:
        found = an_account(tx, a_unit(tx, "甲县公安局", "420100000001"), "平安甲县")
    keep(store, "wechat_open", 0, COMPONENT)
    keep(store, "wechat_open", found, {"appid": "wx1", "refresh_token": "r"})
    keep(store, "douyin", 0, {"client_key": "k", "client_secret": SECRET})
    keep(store, "douyin", found, {"open_id": "_0001", "refresh_token": "r"})
    return found


@pytest.fixture
def from_wechat(clock: StandingClock) -> Callable[..., Pushed]:
    def sent(xml: str, seconds_ago: int = 0) -> Pushed:
        made = wechat_push.push(xml, to_second(clock()) - seconds_ago)
        return Pushed(made.query, made.body)

    return sent


def from_douyin(event: str, **more: object) -> Pushed:
    body = json.dumps({"event": event, **more}).encode()
    return Pushed({}, body, sha1(SECRET.encode() + body).hexdigest())


def test_a_ticket_is_kept_beside_the_applications_keys(
    store: Store, account_id: int, from_wechat: Callable[..., Pushed]
) -> None:
    assert account_id
    for ticket in ("ticket-1", "ticket-2"):
        push = from_wechat(wechat_push.ticket_message(ticket, 1))
        assert hooks.take(store, VAULT, "wechat_open", push) == "success"
    assert kept(store, "wechat_open", 0) == {**COMPONENT, "ticket": "ticket-2"}
    assert rows(store, "hook_event") == []


def test_an_owner_who_withdraws_is_noted_in_the_credential_and_the_audit(
    store: Store, account_id: int, from_wechat: Callable[..., Pushed]
) -> None:
    push = from_wechat(wechat_push.owner_message("unauthorized", "wx1", 1))
    for _ in range(2):
        assert hooks.take(store, VAULT, "wechat_open", push) == "success"
    wechat = [row for row in rows(store, "credential") if row["platform"] == "wechat_open"]
    assert {row["account_id"]: row["state"] for row in wechat} == {
        0: "有效",
        account_id: "已取消授权",
    }
    assert [row["object_id"] for row in rows(store, "audit")] == [str(account_id)]
    assert len(rows(store, "hook_event")) == 1


def test_an_old_push_played_again_is_refused(
    store: Store, account_id: int, from_wechat: Callable[..., Pushed]
) -> None:
    assert account_id
    push = from_wechat(wechat_push.ticket_message("ticket", 1), seconds_ago=3700)
    with pytest.raises(Forbidden, match="时间"):
        hooks.take(store, VAULT, "wechat_open", push)
    assert "ticket" not in kept(store, "wechat_open", 0)


def test_messages_are_counted_by_day_and_nothing_else_of_them_is_kept(
    store: Store, account_id: int
) -> None:
    for number in (1, 2, 2, 3):
        words = json.dumps({"text": f"求助{number}", "server_message_id": str(number)})
        push = from_douyin(
            "im_receive_msg", from_user_id="citizen", to_user_id="_0001", content=words
        )
        assert hooks.take(store, VAULT, "douyin", push) == "success"
    counted = [row["messages"] for row in rows(store, "account_obs")]
    assert max(counted) == 3
    assert {row["account_id"] for row in rows(store, "account_obs")} == {account_id}
    written = str([rows(store, name) for name in ("hook_event", "account_obs", "audit")])
    assert "求助" not in written
    assert "citizen" not in written


def test_the_first_question_of_douyin_is_answered(store: Store, account_id: int) -> None:
    assert account_id
    push = from_douyin("verify_webhook", content={"challenge": 12345})
    assert json.loads(hooks.take(store, VAULT, "douyin", push)) == {"challenge": 12345}
    assert rows(store, "hook_event") == []


def test_an_owner_of_douyin_who_withdraws_is_noted(store: Store, account_id: int) -> None:
    for _ in range(2):
        hooks.take(store, VAULT, "douyin", from_douyin("unauthorize", from_user_id="_0001"))
    assert [row["action"] for row in rows(store, "audit")] == ["账号取消授权"]
    states = [row["state"] for row in rows(store, "credential") if row["account_id"] == account_id]
    assert sorted(states) == sorted(["已取消授权", "有效"])


def test_a_wrong_signature_a_wrong_door_and_no_keys_leave_nothing(
    store: Store, account_id: int
) -> None:
    assert account_id
    good = from_douyin("im_receive_msg", to_user_id="_0001")
    with pytest.raises(Forbidden):
        hooks.take(store, VAULT, "douyin", replace(good, signature="x"))
    with pytest.raises(InputError):
        hooks.take(store, VAULT, "nowhere", good)
    with store.writing() as tx:
        credentials.remove(tx, "douyin", 0)
    with pytest.raises(Forbidden, match="应用密钥"):
        hooks.take(store, VAULT, "douyin", good)
    assert rows(store, "hook_event") == []
