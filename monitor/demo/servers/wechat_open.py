"""The WeChat stand-in's third-party platform: tickets, the owners' agreement, and their tokens."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from monitor.demo.servers.beating import beating
from monitor.demo.servers.consent import consent
from monitor.demo.servers.mint import Mint
from monitor.demo.servers.refusal import Refusal
from monitor.demo.servers.wechat_push import (
    APP_ID,
    APP_SECRET,
    owner_message,
    push,
    ticket_message,
)
from monitor.demo.world import World, WorldAccount
from monitor.domain.instants import DAY, HOUR, MINUTE, to_second

LIFE: Final = 2 * HOUR
TICKET_LIFE: Final = 12 * HOUR
PRE_AUTH_LIFE: Final = 10 * MINUTE
CODE_LIFE: Final = HOUR
EVERY: Final = 10 * MINUTE
SOON: Final = 15
"""Seconds between tickets, and between tries to hand one over."""
MOST_LISTED: Final = 500
SERVICE_SET: Final = 7
SETS: Final = (1, 2, 3, 4, 7, 11, 15)
"""Permission sets an owner grants: 7 is data, publishing and comments."""
SIGNED_LENGTH: Final = 32


@dataclass
class Component:
    """The third-party platform as WeChat knows it. `receiver` is where its messages go to."""

    world: World
    now: Callable[[], datetime]
    receiver: str = ""
    ticket_life: int = TICKET_LIFE
    _generations: dict[str, int] = field(default_factory=dict)
    _spent: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.mint = Mint("wechat", self.world)
        self._by_appid: dict[str, WorldAccount] = {}

    @property
    def at(self) -> int:
        """The platform's second."""
        return to_second(self.now())

    def holder(self, text: str) -> WorldAccount | None:
        """The account an owner's token stands for; None where it is no such token."""
        if not text.startswith("authorizer~"):
            return None
        token = self.mint.read("authorizer", text)
        account = self.mint.account(token.uid) if token else None
        if token is None or account is None:
            raise Refusal(40001)
        if self.at >= token.ends_at:
            raise Refusal(42001)
        if not self._joined(account):
            raise Refusal(61003)
        return account

    async def start_push(self, body: dict[str, Any], _: str) -> dict[str, Any]:
        """POST api_start_push_ticket."""
        if body.get("component_appid") != APP_ID:
            raise Refusal(40013)
        if body.get("component_secret") != APP_SECRET:
            raise Refusal(40125)
        await self.push_ticket()
        return {"errcode": 0, "errmsg": "ok"}

    async def component_token(self, body: dict[str, Any], _: str) -> dict[str, Any]:
        """POST api_component_token."""
        if body.get("component_appid") != APP_ID:
            raise Refusal(40013)
        if body.get("component_appsecret") != APP_SECRET:
            raise Refusal(40125)
        made_at = _ticket_made(str(body.get("component_verify_ticket", "")))
        if made_at is None or not made_at <= self.at < made_at + self.ticket_life:
            raise Refusal(61006, "component ticket is invalid")
        return {"component_access_token": _signed("component", self.at), "expires_in": LIFE}

    async def pre_auth_code(self, body: dict[str, Any], token: str) -> dict[str, Any]:
        """POST api_create_preauthcode."""
        self._component(body, token)
        return {"pre_auth_code": _signed("preauthcode", self.at), "expires_in": PRE_AUTH_LIFE}

    async def query_auth(self, body: dict[str, Any], token: str) -> dict[str, Any]:
        """POST api_query_auth: a code of an owner's agreement, once, for the owner's tokens."""
        self._component(body, token)
        text = str(body.get("authorization_code", ""))
        code = self.mint.read("queryauthcode", text)
        account = self.mint.account(code.uid) if code else None
        if code is None or account is None or not self.mint.spend(text):
            raise Refusal(61009, "code is invalid")
        if self.at >= code.ends_at:
            raise Refusal(61010, "code is expired")
        info = {"authorizer_appid": account.appid, **self._tokens(account)}
        return {"authorization_info": {**info, "func_info": _granted(account)}}

    async def authorizer_token(self, body: dict[str, Any], token: str) -> dict[str, Any]:
        """POST api_authorizer_token."""
        self._component(body, token)
        account = self._account(body)
        if body.get("authorizer_refresh_token") != self.refresh_token(account):
            raise Refusal(61023, "refresh_token is invalid")
        return self._tokens(account)

    async def authorizer_info(self, body: dict[str, Any], token: str) -> dict[str, Any]:
        """POST api_get_authorizer_info."""
        self._component(body, token)
        account = self._account(body)
        info = {
            "nick_name": account.name,
            "head_img": "",
            "service_type_info": {"id": 0},
            "verify_type_info": {"id": -1 if account.fault == "unauthorized" else 0},
            "user_name": account.uid,
            "principal_name": account.name,
            "alias": "",
            "qrcode_url": "",
            "signature": "",
            "business_info": {"open_store": 0, "open_scan": 0, "open_pay": 0, "open_card": 0},
        }
        owned = {"authorizer_appid": account.appid, "func_info": _granted(account)}
        return {"authorizer_info": info, "authorization_info": owned}

    async def authorizer_list(self, body: dict[str, Any], token: str) -> dict[str, Any]:
        """POST api_get_authorizer_list."""
        self._component(body, token)
        begin, count = body.get("offset", 0), body.get("count", 0)
        if not isinstance(begin, int) or not isinstance(count, int) or count > MOST_LISTED:
            raise Refusal(61451, "invalid parameter")
        joined = [each for each in self.world.accounts("wechat") if self._joined(each)]
        return {
            "total_count": len(joined),
            "list": [
                {
                    "authorizer_appid": each.appid,
                    "refresh_token": self.refresh_token(each),
                    "auth_time": self.at - DAY,
                }
                for each in joined[begin : begin + count]
            ],
        }

    def login_page(self, asked: dict[str, str]) -> str:
        """GET componentloginpage: instead of a code to scan, a link for each account."""
        made_at = _made(asked.get("pre_auth_code", ""), "preauthcode")
        if asked.get("component_appid") != APP_ID or made_at is None:
            raise Refusal(40013)
        if self.at >= made_at + PRE_AUTH_LIFE:
            raise Refusal(61011, "pre_auth_code is expired")
        back = asked.get("redirect_uri", "")
        offers = [
            (each.name, f"componentagree?{urlencode({'appid': each.appid, 'back': back})}")
            for each in self.world.accounts("wechat")
            if each.appid
        ]
        return consent("微信公众号授权(演示)", offers)

    async def agree(self, appid: str, back: str) -> str:
        """The owner scanned: tells the receiver, and gives the address to go back to."""
        account = self._called(appid)
        generation = self._generations.get(account.uid, int(account.joined)) + 1
        self._generations[account.uid] = generation
        code = self.mint.issue("queryauthcode", account, self.at, CODE_LIFE)
        more: dict[str, str | int] = {
            "AuthorizationCode": code,
            "AuthorizationCodeExpiredTime": self.at + CODE_LIFE,
        }
        await self.tell(owner_message("authorized", account.appid, self.at, **more))
        query = urlencode({"auth_code": code, "expires_in": CODE_LIFE})
        return f"{back}{'&' if '?' in back else '?'}{query}"

    async def cancel(self, appid: str) -> None:
        """The owner took the agreement back in the public platform."""
        account = self._called(appid)
        self._generations[account.uid] = 0
        await self.tell(owner_message("unauthorized", account.appid, self.at))

    async def push_ticket(self) -> bool:
        """Push a fresh ticket; False where nobody took it."""
        return await self.tell(ticket_message(ticket(self.at), self.at))

    async def tell(self, xml: str) -> bool:
        """Push one message to the receiver; False where it did not say `success`."""
        if not self.receiver:
            return False
        sent = push(xml, self.at)
        try:
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(5)) as session:
                asked = session.post(self.receiver, params=sent.query, data=sent.body)
                async with asked as answer:
                    return (await answer.text()).strip() == "success"
        except (aiohttp.ClientError, TimeoutError):
            return False

    def refresh_token(self, account: WorldAccount) -> str:
        """The one refresh token of an owner that works; a new agreement makes a new one."""
        generation = self._generations.get(account.uid, int(account.joined))
        return refresh_token(account, generation)

    def _tokens(self, account: WorldAccount) -> dict[str, Any]:
        return {
            "authorizer_access_token": self.mint.issue("authorizer", account, self.at, LIFE),
            "expires_in": LIFE,
            "authorizer_refresh_token": self.refresh_token(account),
        }

    def _component(self, body: dict[str, Any], token: str) -> None:
        made_at = _made(token, "component")
        if made_at is None:
            raise Refusal(40001)
        if self.at >= made_at + LIFE:
            raise Refusal(42001)
        if body.get("component_appid") != APP_ID:
            raise Refusal(40013)

    def _account(self, body: dict[str, Any]) -> WorldAccount:
        account = self._called(str(body.get("authorizer_appid", "")))
        if not self._joined(account):
            raise Refusal(61003)
        return account

    def _called(self, appid: str) -> WorldAccount:
        if not self._by_appid:
            known = self.world.accounts("wechat")
            self._by_appid = {each.appid: each for each in known if each.appid}
        if appid not in self._by_appid:
            raise Refusal(40013)
        return self._by_appid[appid]

    def _joined(self, account: WorldAccount) -> bool:
        generation = self._generations.get(account.uid, int(account.joined))
        return generation > 0 and account.fault != "revoked"


def ticket(at: int) -> str:
    """The ticket WeChat pushes at second `at`."""
    return _signed("ticket", at)


def refresh_token(account: WorldAccount, generation: int = 1) -> str:
    """The refresh token of an owner's n-th agreement."""
    words = f"{APP_SECRET} {account.appid} {account.secret} {generation}"
    return f"refreshtoken@@@{sha256(words.encode()).hexdigest()[:SIGNED_LENGTH]}"


def _signed(kind: str, at: int) -> str:
    seal = sha256(f"{APP_SECRET} {kind} {at}".encode()).hexdigest()[:SIGNED_LENGTH]
    return f"{kind}@@@{at}@@@{seal}"


def _made(text: str, kind: str) -> int | None:
    parts = text.split("@@@")
    at = int(parts[1]) if len(parts) == 3 and parts[1].isdecimal() else None  # noqa: PLR2004
    return at if at is not None and _signed(kind, at) == text else None


def _ticket_made(text: str) -> int | None:
    return _made(text, "ticket")


def _granted(account: WorldAccount) -> list[dict[str, Any]]:
    left_out = {SERVICE_SET} if account.fault == "unauthorized" else set()
    return [{"funcscope_category": {"id": each}} for each in SETS if each not in left_out]


def pushing(component: Component) -> Callable[[web.Application], AsyncIterator[None]]:
    """Pushes a ticket every ten minutes while the application lives."""

    async def push_on() -> None:
        while True:
            taken = await component.push_ticket()
            await asyncio.sleep(EVERY if taken else SOON)

    return beating(push_on)
