"""The third-party platform: its own token out of a pushed ticket, and the tokens owners granted."""

from collections.abc import AsyncIterator, Mapping
from typing import Final
from urllib.parse import urlencode

from monitor.collect.answers import Document, record, rows, text, whole
from monitor.collect.connect import Grant, Offer, Standing
from monitor.collect.errors import PlatformError, malformed
from monitor.collect.platform import Line
from monitor.collect.platforms.wechat.api import SCAN, STALE, TICKET, ask, said
from monitor.collect.vault import Token
from monitor.domain.collecting import ErrorClass, Target

FOLDER: Final = "/cgi-bin/component"
PAGES: Final = "https://mp.weixin.qq.com"
OFFICIAL_ONLY: Final = "1"
"""The page offers public accounts, and no mini programmes."""
MOST_LISTED: Final = 500
EARLY: Final = 300
"""Seconds before its end from which a token is no longer used: clocks and questions under way."""
TAKEN_BACK: Final = 61003
OUTDATED: Final = 61023
NO_TICKET: Final = frozenset({61005, 61006})


class Component:
    """Calls of the application itself. `shared` are its secrets and the last ticket pushed."""

    def __init__(self, line: Line, shared: Mapping[str, str]) -> None:
        self._line = line
        self._shared = shared

    async def call(self, name: str, body: Mapping[str, object]) -> Document:
        """POST /cgi-bin/component/<name>; a stale token is renewed once."""
        path = f"{FOLDER}/{name}"
        whole_body = {"component_appid": self._shared.get("component_appid", ""), **body}
        token = await self._token("")
        try:
            return await ask(self._line, path, whole_body, token=token)
        except PlatformError as error:
            if error.errcode not in STALE:
                raise
        return await ask(self._line, path, whole_body, token=await self._token(token))

    async def _token(self, stale: str) -> str:
        return await self._line.token("component", self._fetch, stale=stale)

    async def _fetch(self) -> Token:
        appid = self._shared.get("component_appid", "")
        secret = self._shared.get("component_secret", "")
        if not appid or not secret:
            what = "尚未登记第三方平台的AppID和AppSecret"
            raise PlatformError(ErrorClass.REAUTHORISE, what, "", SCAN)
        ticket = self._shared.get("ticket", "")
        if not ticket:
            await self._ask_for_ticket(appid, secret)
            raise PlatformError(ErrorClass.RETRY, "尚未收到微信推送的票据", "", TICKET)
        path = f"{FOLDER}/api_component_token"
        body = {
            "component_appid": appid,
            "component_appsecret": secret,
            "component_verify_ticket": ticket,
        }
        try:
            document = await ask(self._line, path, body)
        except PlatformError as error:
            if error.errcode in NO_TICKET:
                await self._ask_for_ticket(appid, secret)
            raise
        return _lasting(self._line, document, "component_access_token", path)

    async def _ask_for_ticket(self, appid: str, secret: str) -> None:
        body = {"component_appid": appid, "component_secret": secret}
        await ask(self._line, f"{FOLDER}/api_start_push_ticket", body)

    async def listed(self) -> AsyncIterator[tuple[str, str]]:
        """(appid, refresh token) of every account whose owner agreed, page by page."""
        offset = 0
        while True:
            asked = {"offset": offset, "count": MOST_LISTED}
            document = await self.call("api_get_authorizer_list", asked)
            page = rows(document, "list", "微信接口 api_get_authorizer_list")
            for each in page:
                yield (
                    said(each, "authorizer_appid", "api_get_authorizer_list"),
                    said(each, "refresh_token", "api_get_authorizer_list"),
                )
            offset += len(page)
            if offset >= (whole(document, "total_count", "list") or 0):
                return
            if not page:
                raise malformed("微信的授权列表没有给全", "微信接口 api_get_authorizer_list")

    async def owner(self, appid: str) -> tuple[str, str]:
        """The original id (gh_…) and the name of an account whose owner agreed."""
        label = "微信接口 api_get_authorizer_info"
        document = await self.call("api_get_authorizer_info", {"authorizer_appid": appid})
        info = record(document.get("authorizer_info"), label)
        return text(info, "user_name", label), text(info, "nick_name", label)


class Authorizer:
    """The token of an account whose owner agreed, which all processes share."""

    def __init__(self, line: Line, target: Target) -> None:
        self._line = line
        self._target = target
        self._component = Component(line, target.secrets)

    async def fresh(self, stale: str) -> str:
        """See api.Fresh."""
        return await self._line.token("access", self._fetch, target=self._target, stale=stale)

    async def _fetch(self) -> Token:
        secrets = self._target.secrets
        appid, refresh = secrets.get("appid", ""), secrets.get("refresh_token", "")
        if not appid or not refresh:
            raise PlatformError(ErrorClass.REAUTHORISE, "该公众号尚未扫码授权", "", SCAN)
        try:
            return await self._refreshed(appid, refresh)
        except PlatformError as error:
            if error.errcode != OUTDATED:
                raise
            # The owner agreed anew elsewhere: the application's list has the token of today.
            newer = await self._listed(appid)
            if newer in ("", refresh):
                raise
        return await self._refreshed(appid, newer)

    async def _listed(self, wanted: str) -> str:
        async for appid, refresh in self._component.listed():
            if appid == wanted:
                return refresh
        return ""

    async def _refreshed(self, appid: str, refresh: str) -> Token:
        name = "api_authorizer_token"
        body = {"authorizer_appid": appid, "authorizer_refresh_token": refresh}
        document = await self._component.call(name, body)
        newest = text(document, "authorizer_refresh_token", f"微信接口 {name}") or refresh
        if newest != self._target.secrets.get("refresh_token"):
            await self._line.keep(self._target, {"refresh_token": newest})
        return _lasting(self._line, document, "authorizer_access_token", name)


def _lasting(line: Line, document: Document, name: str, path: str) -> Token:
    lasts = whole(document, "expires_in", path)
    if not lasts:
        raise malformed("微信没有给出令牌的有效期", f"微信接口 {path.rpartition('/')[2]}")
    return Token(said(document, name, path), line.second + max(1, lasts - EARLY))


class ComponentConnect:
    """A page with a code to scan: the scan says which account it is, so one link serves all."""

    names_owner = True

    async def link(self, line: Line, offer: Offer) -> str:
        """The page on which the account's administrator scans; it is good for some minutes."""
        name = "api_create_preauthcode"
        component = Component(line, offer.shared)
        code = said(await component.call(name, {}), "pre_auth_code", name)
        query = {
            "component_appid": offer.shared.get("component_appid", ""),
            "pre_auth_code": code,
            "redirect_uri": f"{offer.back}?{urlencode({'state': offer.state})}",
            "auth_type": OFFICIAL_ONLY,
        }
        host = line.base_url if line.stand_in else PAGES
        return f"{host}/cgi-bin/componentloginpage?{urlencode(query)}"

    async def exchange(self, line: Line, offer: Offer, answer: Mapping[str, str]) -> Grant:
        """The refresh token a code is worth; it lives until the owner takes the agreement back."""
        name = "api_query_auth"
        component = Component(line, offer.shared)
        asked = {"authorization_code": answer.get("auth_code", "")}
        document = await component.call(name, asked)
        info = record(document.get("authorization_info"), f"微信接口 {name}")
        appid = said(info, "authorizer_appid", name)
        secrets = {"appid": appid, "refresh_token": said(info, "authorizer_refresh_token", name)}
        owner, called = await component.owner(appid)
        return Grant(secrets, None, owner=owner, name=called)


class ComponentRoll:
    """The third-party platform's list of all accounts whose owner scanned."""

    known_by = "appid"

    async def agreed(self, line: Line, shared: Mapping[str, str]) -> list[Mapping[str, str]]:
        """See Roll."""
        listed = Component(line, shared).listed()
        return [{"appid": appid, "refresh_token": token} async for appid, token in listed]

    async def standing(self, line: Line, shared: Mapping[str, str], known: str) -> Standing:
        """See Roll."""
        try:
            owner, called = await Component(line, shared).owner(known)
        except PlatformError as error:
            if error.errcode != TAKEN_BACK:
                raise
            return Standing(agrees=False)
        return Standing(agrees=True, owner=owner, name=called)
