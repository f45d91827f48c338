"""Hooks: what a platform pushes by itself is verified, and leaves one row: no words of anybody."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from monitor.access import pushed
from monitor.access.declared import free
from monitor.access.pushed import WechatWords
from monitor.domain.errors import Forbidden, InputError
from monitor.domain.instants import DAY, HOUR, day_end, day_start, shanghai_day
from monitor.domain.numbers import AccountNumbers, AccountObservation, Provenance
from monitor.record import credentials, hooks, observations
from monitor.record.hooks import Event
from monitor.record.store import Reading, Store, Writing
from monitor.record.vault import Vault

WECHAT: Final = "wechat_open"
DOUYIN: Final = "douyin"
LATE: Final = HOUR
"""Seconds after which a pushed message is no longer taken: it may be played again."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """One request of a platform."""

    query: Mapping[str, str]
    body: bytes = field(repr=False)
    signature: str = ""


@free("由平台服务器推送,凭与平台约定的签名和密钥辨认")
def take(store: Store, vault: Vault, reader: str, said: Pushed) -> str:
    """Take what a platform pushed to a reader's hook; the words it wants to hear.

    Forbidden where the signature is wrong; InputError where nothing takes such a push.
    """
    if reader not in TAKERS:
        raise InputError("没有这个推送接收地址", reader)
    return TAKERS[reader](store, vault, said)


def _wechat(store: Store, vault: Vault, said: Pushed) -> str:
    with store.reading() as tx:
        shared = _opened(tx, vault, WECHAT, 0)
    words = WechatWords(
        shared.get("component_appid", ""), shared.get("token", ""), shared.get("aes_key", "")
    )
    message = pushed.wechat(said.query, said.body, words)
    with store.writing(durable=True) as tx:
        _not_late(tx, said.query.get("timestamp", ""))
        kind, appid = message.get("InfoType", ""), message.get("AuthorizerAppid", "")
        if kind == "component_verify_ticket":
            _keep_ticket(tx, vault, message.get("ComponentVerifyTicket", ""))
            return "success"
        fresh = hooks.enter(tx, Event(WECHAT, kind, appid, _digest(WECHAT, said.body)))
        if fresh and kind == "unauthorized":
            _withdrawn(tx, WECHAT, _whose(tx, vault, WECHAT, ("appid", appid)))
    return "success"


def _douyin(store: Store, vault: Vault, said: Pushed) -> str:
    with store.reading() as tx:
        secret = _opened(tx, vault, DOUYIN, 0).get("client_secret", "")
    if not pushed.douyin(secret, said.body, said.signature):
        raise Forbidden("推送的签名不对,未采信", DOUYIN, "请核对抖音应用的client_secret")
    event = _json(said.body)
    kind = str(event.get("event", ""))
    if kind == "verify_webhook":
        content = event.get("content")
        challenge = content.get("challenge") if isinstance(content, dict) else None
        return json.dumps({"challenge": challenge})
    received = kind == "im_receive_msg"
    owner = str(event.get("to_user_id" if received else "from_user_id", ""))
    with store.writing(durable=True) as tx:
        kept = Event(DOUYIN, kind, owner, _digest(DOUYIN, said.body))
        if hooks.enter(tx, kept):
            account = _whose(tx, vault, DOUYIN, ("open_id", owner))
            if received and account is not None:
                _count(tx, kept, account)
            elif kind == "unauthorize":
                _withdrawn(tx, DOUYIN, account)
    return "success"


TAKERS: Final[Mapping[str, Callable[[Store, Vault, Pushed], str]]] = {
    WECHAT: _wechat,
    DOUYIN: _douyin,
}


def _count(tx: Writing, event: Event, account_id: int) -> None:
    """The day's number of messages, so far; the day is not over."""
    today = shanghai_day(tx.second)
    begin = day_start(today)
    numbers = AccountNumbers(messages=hooks.count(tx, event, begin, begin + DAY))
    seen = AccountObservation(day_end(today), numbers, "单日", final=False)
    observations.merge_accounts(tx, [(account_id, seen)], Provenance.INTERFACE)


def _withdrawn(tx: Writing, reader: str, account_id: int | None) -> None:
    if account_id is not None:
        credentials.withdrawn(tx, reader, account_id, "平台推送")


def _keep_ticket(tx: Writing, vault: Vault, ticket: str) -> None:
    """The ticket beside the application's keys: none but the newest is worth anything."""
    if not ticket:
        return
    values = {**_opened(tx, vault, WECHAT, 0), "ticket": ticket}
    plain = json.dumps(values, ensure_ascii=False)
    credentials.renewed(tx, WECHAT, 0, vault.seal(plain, _purpose(WECHAT, 0)), None)


def _whose(tx: Reading, vault: Vault, reader: str, named: tuple[str, str]) -> int | None:
    """The account whose credential holds a value under a name."""
    name, value = named
    if not value:
        return None
    for account_id, sealed in credentials.all_sealed(tx, reader).items():
        plain = json.loads(vault.unseal(sealed, _purpose(reader, account_id)))
        if account_id and plain.get(name) == value:
            return account_id
    return None


def _opened(tx: Reading, vault: Vault, reader: str, account_id: int) -> dict[str, str]:
    sealed = credentials.sealed_one(tx, reader, account_id)
    if sealed is None:
        raise Forbidden("尚未登记应用密钥", reader, "请系统管理员先登记共用授权项")
    return dict(json.loads(vault.unseal(sealed, _purpose(reader, account_id))))


def _purpose(reader: str, account_id: int) -> str:
    # As every credential is sealed: for one reader and one account.
    return f"credential:{reader}:{account_id}"


def _not_late(tx: Writing, timestamp: str) -> None:
    at = int(timestamp) if timestamp.isascii() and timestamp.isdecimal() else 0
    if abs(tx.second - at) > LATE:
        raise Forbidden("推送的时间与本机相差过大,未采信", "", "请核对本机时钟")


def _digest(reader: str, body: bytes) -> str:
    return sha256(reader.encode() + b"\0" + body).hexdigest()


def _json(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise InputError("推送的内容不是JSON对象", DOUYIN)
    return value
