"""快手 by the owner's authorisation: films by the last one's id, live counters, followers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import urlencode

from monitor.collect import http
from monitor.collect.answers import Document, record, rows, text, unix, whole
from monitor.collect.bodies import caption
from monitor.collect.connect import CONNECTS, Grant, Offer
from monitor.collect.cursor import Depth, ListPage, one_pass, walk_cursor
from monitor.collect.errors import LATER, REMEDIES, PlatformError, malformed, refused
from monitor.collect.platform import READERS, Gathered, Line
from monitor.collect.routes import owners_live
from monitor.collect.vault import Token, bearing
from monitor.domain.allowance import Allowance, Per, Window
from monitor.domain.collecting import ErrorClass, Harvest, Route, Target
from monitor.domain.numbers import AccountNumbers, AccountObservation, PostNumbers
from monitor.domain.post import SeenPost
from monitor.domain.sighting import AccountSighting

PAGE: Final = 200
AUTHORISE: Final = "请账号管理员在「采集-授权」重新扫码授权快手账号"
LISTED: Final = "快手接口 photo/list"
DONE: Final = 1
CODES: Final[Mapping[int, tuple[ErrorClass, str, str]]] = {
    100200100: (ErrorClass.MALFORMED, "快手认为参数不对", REMEDIES[ErrorClass.MALFORMED]),
    100200101: (
        ErrorClass.REAUTHORISE,
        "快手应用的app_id或app_secret不对",
        "请系统管理员在「采集-授权」核对快手应用的密钥",
    ),
    100200103: (ErrorClass.NO_PERMISSION, "该账号没有授予作品权限", AUTHORISE),
    100100402: (ErrorClass.RETRY, "快手限制了调用频次", LATER),
    100100403: (ErrorClass.RETRY, "快手限制了调用频次", LATER),
    100100404: (ErrorClass.RETRY, "快手限制了调用频次", LATER),
    200100410: (ErrorClass.RETRY, "快手限制了调用频次", LATER),
}
"""What public documents name; others are told by their family."""
AUTH_FAMILY: Final = 1002
LAPSED: Final = (ErrorClass.REAUTHORISE, "快手授权已失效", AUTHORISE)
FAMILY: Final = 100_000


class Kuaishou:
    """One account whose owner authorised the department's application."""

    name = "kuaishou"
    title = "快手"
    base_url = "https://open.kuaishou.com"
    serves = frozenset({"kuaishou"})
    secret_names = ("refresh_token",)
    shared_names = ("app_id", "app_secret")
    # The platform publishes no quota: one call a second keeps an office unseen.
    allowances = (Allowance(Per.APPLICATION, 3600, Window.HOUR),)
    unconfirmed = (
        "应用未公布调用额度,本系统按平均每秒不超过1次控制",
        "除 100200100、100200101、100120001 外的错误码含义",
        "create_time 的单位(按大小识别毫秒)",
        "作品网页地址的写法",
    )

    def route(self, platform: str) -> Route:
        """A live list; what is under review is shown to its owner as pending."""
        return owners_live(platform)

    async def read(self, target: Target, line: Line) -> Harvest:
        """One pass: films first, they alone are claimed; followers beside them."""
        gathered = Gathered(target, self.route(target.platform), line.second)
        reading = _Reading(gathered, line)
        walk = partial(walk_cursor, gathered, Depth.of(gathered, line), reading.page)
        return await one_pass(gathered, line, walk, reading.followers)


@dataclass
class _Reading:
    """One pass over one account."""

    gathered: Gathered
    line: Line

    async def page(self, cursor: str | None) -> ListPage:
        """Films older than the one whose id is the cursor."""
        query = {"count": str(PAGE)} | ({"cursor": cursor} if cursor else {})
        found = rows(await self._call("/openapi/photo/list", query), "video_list", LISTED)
        films = [_film(each, self.gathered.started_at) for each in found]
        shown = tuple(
            film for film, raw in zip(films, found, strict=True) if not raw.get("pending")
        )
        last = min(films, key=lambda film: film.published_from, default=None)
        more = last is not None and len(films) >= PAGE
        return ListPage(shown, next=last.native_id if more and last is not None else None)

    async def followers(self) -> None:
        """Followers, and what the account is called."""
        where = "快手接口 user_info"
        document = await self._call("/openapi/user_info", {})
        said = record(document.get("user_info"), where)
        at = self.gathered.started_at
        numbers = AccountNumbers(followers=whole(said, "fan", where))
        self.gathered.accounts.append(AccountObservation(at, numbers, "累计"))
        self.gathered.sighting = AccountSighting(at, exists=True, name=text(said, "name", where))

    async def _call(self, path: str, query: Mapping[str, str]) -> Document:
        return await bearing(
            self._token,
            lambda token: self._ask(path, query, token),
            lambda error: error.error is ErrorClass.REAUTHORISE,
        )

    async def _ask(self, path: str, query: Mapping[str, str], token: str) -> Document:
        key = {"app_id": self.gathered.target.secrets["app_id"], "access_token": token}
        request = http.Request("GET", path, _label(path), query={**key, **query})
        return await self.line.ask(request, _read)

    async def _token(self, stale: str) -> str:
        secrets = self.gathered.target.secrets
        if not all(secrets.get(name) for name in ("app_id", "app_secret", "refresh_token")):
            raise PlatformError(ErrorClass.REAUTHORISE, "该账号尚未授权", "", AUTHORISE)
        return await self.line.token(
            "access", self._fresh, target=self.gathered.target, stale=stale
        )

    async def _fresh(self) -> Token:
        """A new access token. The refresh token that comes with it lives anew: it is kept."""
        secrets, path = self.gathered.target.secrets, "/oauth2/refresh_token"
        form = {name: secrets[name] for name in ("app_id", "app_secret", "refresh_token")}
        request = http.Request(
            "POST", path, _label(path), form={**form, "grant_type": "refresh_token"}
        )
        answer = await self.line.ask(request, _read)
        at = self.line.second
        renewed, life = (
            text(answer, "refresh_token", path),
            _life(answer, "refresh_token_expires_in"),
        )
        if renewed:
            await self.line.keep(self.gathered.target, {"refresh_token": renewed}, at + life)
        access = text(answer, "access_token", path)
        if not access:
            raise malformed("快手没有给出访问令牌", _label(path))
        return Token(access, at + _life(answer, "expires_in"))


def _life(answer: Document, field: str) -> int:
    life = whole(answer, field, "快手接口 refresh_token")
    if life is None:
        raise malformed(f"应有字段 {field}", "快手接口 refresh_token")
    return life


def _film(item: Document, at: int) -> SeenPost:
    native_id = text(item, "photo_id", LISTED)
    if not native_id:
        raise malformed("作品缺少 photo_id", LISTED)
    published = unix(item, "create_time", LISTED)
    return SeenPost(
        native_id=native_id,
        published_from=published,
        published_until=published,
        observed_at=at,
        title=text(item, "caption", LISTED),
        url=f"https://www.kuaishou.com/short-video/{native_id}",
        form="视频",
        numbers=PostNumbers(
            plays=whole(item, "view_count", LISTED),
            likes=whole(item, "like_count", LISTED),
            comments=whole(item, "comment_count", LISTED),
        ),
        text=caption(item, "caption", LISTED),
    )


def _label(path: str) -> str:
    return f"快手接口 {path.removeprefix('/openapi/').removeprefix('/oauth2/')}"


def _read(answer: http.Answer) -> Document:
    """Kuaishou answers 200 whatever happened; `result` 1 is the only good one."""
    document = http.document(answer)
    code = whole(document, "result", answer.label)
    if code is None:
        raise malformed("应有字段 result", answer.label)
    if code == DONE:
        return document
    known = {code: LAPSED, **CODES} if code // FAMILY == AUTH_FAMILY else CODES
    raise refused(known, code, answer.label, "快手返回了未知错误")


class KuaishouConnect:
    """OAuth 2 of the open platform, with its own name for the client."""

    names_owner = True

    async def link(self, line: Line, offer: Offer) -> str:
        """The page on which the owner scans and agrees."""
        query = {
            "app_id": offer.shared.get("app_id", ""),
            "scope": "user_info,user_video_info",
            "response_type": "code",
            "redirect_uri": offer.back,
            "state": offer.state,
            "ua": "pc",
        }
        return f"{line.base_url}/oauth2/authorize?{urlencode(query)}"

    async def exchange(self, line: Line, offer: Offer, answer: Mapping[str, str]) -> Grant:
        """The refresh token a code is worth, and until when."""
        path = "/oauth2/access_token"
        form = {
            "app_id": offer.shared.get("app_id", ""),
            "app_secret": offer.shared.get("app_secret", ""),
            "grant_type": "authorization_code",
            "code": answer.get("code", ""),
        }
        request = http.Request("POST", path, _label(path), form=form)
        document = await line.ask(request, _read)
        refresh = text(document, "refresh_token", path)
        if not refresh:
            raise malformed("快手没有给出更新令牌", _label(path))
        until = line.second + _life(document, "refresh_token_expires_in")
        return Grant({"refresh_token": refresh}, until, owner=text(document, "open_id", path))


READERS.add("kuaishou", Kuaishou())
CONNECTS.add("kuaishou", KuaishouConnect())
