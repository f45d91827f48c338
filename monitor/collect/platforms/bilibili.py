"""哔哩哔哩 by the owner's authorisation: signed calls, single-use refresh tokens, page numbers."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import md5, sha256
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

from monitor.collect import http
from monitor.collect.answers import Document, record, rows, text, unix, whole
from monitor.collect.bodies import body
from monitor.collect.connect import CONNECTS, Grant, Offer
from monitor.collect.cursor import Depth, ListPage, one_pass, walk_numbers
from monitor.collect.errors import LATER, REMEDIES, PlatformError, malformed, refused
from monitor.collect.platform import READERS, Gathered, Line
from monitor.collect.routes import owners_live
from monitor.domain.allowance import Allowance, Per, Window
from monitor.domain.collecting import ErrorClass, Harvest, Route, Target
from monitor.domain.instants import DAY, to_second
from monitor.domain.numbers import AccountNumbers, AccountObservation, PostNumbers
from monitor.domain.post import SeenPost
from monitor.domain.sighting import AccountSighting

PAGE: Final = 50
TOKENS: Final = "https://api.bilibili.com"
AGREE: Final = "https://account.bilibili.com"
COUNTED: Final = 60 * DAY
"""Numbers of an archive are asked for until it is so old: a call each."""
MOST_COUNTED: Final = 60
RENEWED_EVERY: Final = 7 * DAY
AUTHORISE: Final = "请账号管理员在「采集-授权」重新授权哔哩哔哩账号"
APPLICATION: Final = "请系统管理员在「采集-授权」核对哔哩哔哩应用的密钥和资质"
LISTED: Final = "哔哩哔哩接口 archive/viewlist"
STALE: Final = 127001
FORMS: Final[Mapping[int | None, str]] = {1: "自制", 2: "转载"}
"""What `copyright` says of an archive, in the platform's own words."""
APPLICATIONS_OWN: Final = ("client_id", "client_secret")

CODES: Final[Mapping[int, tuple[ErrorClass, str, str]]] = {
    127000: (ErrorClass.MALFORMED, "哔哩哔哩认为缺少验证参数", REMEDIES[ErrorClass.MALFORMED]),
    127001: (ErrorClass.REAUTHORISE, "哔哩哔哩访问令牌无效", AUTHORISE),
    127004: (ErrorClass.REAUTHORISE, "哔哩哔哩应用编号不对", APPLICATION),
    127005: (ErrorClass.NO_PERMISSION, "哔哩哔哩应用的主体未认证", APPLICATION),
    127006: (ErrorClass.NO_PERMISSION, "哔哩哔哩应用未通过审核", APPLICATION),
    127007: (ErrorClass.NO_PERMISSION, "哔哩哔哩应用没有这项接口权限", APPLICATION),
    127009: (ErrorClass.QUOTA, "哔哩哔哩接口调用次数已用尽", REMEDIES[ErrorClass.QUOTA]),
    127011: (ErrorClass.REAUTHORISE, "账号已取消授权", AUTHORISE),
    127012: (ErrorClass.REAUTHORISE, "哔哩哔哩授权有误", AUTHORISE),
    127200: (ErrorClass.RETRY, "哔哩哔哩系统繁忙", LATER),
    127201: (ErrorClass.RETRY, "哔哩哔哩系统繁忙", LATER),
    122000: (ErrorClass.REAUTHORISE, "哔哩哔哩应用编号不对", APPLICATION),
    122002: (ErrorClass.REAUTHORISE, "授权码无效或已过期", AUTHORISE),
    122001: (ErrorClass.REAUTHORISE, "哔哩哔哩应用密钥不对", APPLICATION),
    122007: (ErrorClass.REAUTHORISE, "哔哩哔哩更新令牌已失效", AUTHORISE),
    4002: (ErrorClass.REAUTHORISE, "哔哩哔哩不认可请求签名", APPLICATION),
    4003: (ErrorClass.MALFORMED, "哔哩哔哩不认可请求时间", "请信息中心校准本机时钟后重试"),
    4010: (ErrorClass.RETRY, "哔哩哔哩系统繁忙", LATER),
    4011: (ErrorClass.RETRY, "哔哩哔哩系统繁忙", LATER),
    -500: (ErrorClass.RETRY, "哔哩哔哩系统繁忙", LATER),
    123026: (ErrorClass.RETRY, "哔哩哔哩限制了调用频次", LATER),
    127306: (ErrorClass.RETRY, "哔哩哔哩限制了调用频次", LATER),
}


class Bilibili:
    """One account whose owner authorised the department's application."""

    name = "bilibili"
    title = "哔哩哔哩"
    base_url = "https://member.bilibili.com"
    serves = frozenset({"bilibili"})
    secret_names = ("refresh_token",)
    shared_names = APPLICATIONS_OWN
    allowances = (Allowance(Per.APPLICATION, 7200, Window.HOUR),)
    unconfirmed = (
        "copyright 字段1为自制、2为转载",
        "访问令牌与更新令牌的有效期",
        "统计数字的更新时间(按次日处理)",
        "锁定稿件在“已发布”列表中的状态值",
        "应用的调用额度",
    )

    def route(self, platform: str) -> Route:
        """A live list; numbers come a day late."""
        return owners_live(platform)

    async def read(self, target: Target, line: Line) -> Harvest:
        """One pass: archives first, they alone are claimed; numbers and followers beside them."""
        gathered = Gathered(target, self.route(target.platform), line.second)
        reading = _Reading(gathered, line, dict(target.secrets))
        walk = partial(walk_numbers, gathered, Depth.of(gathered, line), PAGE, reading.page)
        beside = (reading.numbers, reading.followers, reading.name)
        return await one_pass(gathered, line, walk, *beside)


@dataclass
class _Reading:
    """One pass over one account; `secrets` are those that stand now."""

    gathered: Gathered
    line: Line
    secrets: dict[str, str] = field(repr=False)

    async def page(self, number: int) -> ListPage:
        """One page of what was published."""
        query = {"pn": str(number), "ps": str(PAGE), "status": "pubed"}
        data = await self._call("/archive/viewlist", query)
        found = rows(data, "list", LISTED)
        counted = record(data.get("page"), LISTED)
        posts = tuple(_archive(each, self.gathered.started_at) for each in found)
        return ListPage(posts, total=whole(counted, "total", LISTED))

    async def numbers(self) -> None:
        """A call an archive, the newest first."""
        since = self.gathered.started_at - COUNTED
        young = [
            place
            for place, post in enumerate(self.gathered.posts)
            if post.published_from >= since and not post.deleted
        ]
        for place in young[:MOST_COUNTED]:
            post = self.gathered.posts[place]
            data = await self._call("/data/arc/stat", {"resource_id": post.native_id})
            self.gathered.posts[place] = _with_numbers(post, data)

    async def followers(self) -> None:
        """Followers and how many archives there are."""
        where = "哔哩哔哩接口 data/user/stat"
        data = await self._call("/data/user/stat", {})
        numbers = AccountNumbers(
            followers=whole(data, "follower", where), posts=whole(data, "arc_passed_total", where)
        )
        at = self.gathered.started_at
        self.gathered.accounts.append(AccountObservation(at, numbers, "累计"))

    async def name(self) -> None:
        """What the account is called."""
        data = await self._call("/user/account/info", {})
        name = text(data, "name", "哔哩哔哩接口 user/account/info")
        self.gathered.sighting = AccountSighting(self.gathered.started_at, exists=True, name=name)

    async def _call(self, path: str, query: Mapping[str, str]) -> Document:
        """`data` of a signed call; a token that is refused is renewed once."""
        if not self._fresh_enough():
            await self._renew()
        try:
            return await self._ask(path, query)
        except PlatformError as error:
            if error.errcode != STALE:
                raise
        await self._renew()
        return await self._ask(path, query)

    def _fresh_enough(self) -> bool:
        renewed = self.secrets.get("renewed_at", "")
        lately = renewed.isdecimal() and self.line.second - int(renewed) < RENEWED_EVERY
        return bool(self.secrets.get("access_token")) and lately

    async def _ask(self, path: str, query: Mapping[str, str]) -> Document:
        headers = {
            "accept": "application/json",
            "content-type": "application/json",
            "access-token": self.secrets["access_token"],
        }
        label = f"哔哩哔哩接口 {path.lstrip('/')}"
        request = http.Request(
            "GET", f"/arcopen/fn{path}", label, query=query, headers=headers, sign=self._sign
        )
        return await self.line.ask(request, _read)

    def _sign(self, going: http.Outgoing) -> dict[str, str]:
        """The headers of signature 2.0: six in alphabetical order, and their seal."""
        now = going.now if going.now is not None else self.line.now()
        told = {
            "x-bili-accesskeyid": self.secrets["client_id"],
            "x-bili-content-md5": md5(going.content, usedforsecurity=False).hexdigest(),
            "x-bili-signature-method": "HMAC-SHA256",
            "x-bili-signature-nonce": str(uuid4()),
            "x-bili-signature-version": "2.0",
            "x-bili-timestamp": str(to_second(now)),
        }
        words = "\n".join(f"{name}:{value}" for name, value in told.items())
        key = self.secrets["client_secret"].encode()
        return {**told, "authorization": hmac.new(key, words.encode(), sha256).hexdigest()}

    async def _renew(self) -> None:
        """New tokens, stored before they are used: the old refresh token is worth nothing now."""
        if not all(self.secrets.get(name) for name in APPLICATIONS_OWN):
            raise PlatformError(ErrorClass.REAUTHORISE, "尚未登记哔哩哔哩应用", "", APPLICATION)
        if not self.secrets.get("refresh_token"):
            raise PlatformError(ErrorClass.REAUTHORISE, "该账号尚未授权", "", AUTHORISE)
        self.secrets |= await self.line.renew(self.gathered.target, self.secrets, self._refresh)

    async def _refresh(self, stands: Mapping[str, str]) -> Mapping[str, str]:
        label = "哔哩哔哩接口 refresh_token"
        form = {
            **{name: stands[name] for name in APPLICATIONS_OWN},
            "grant_type": "refresh_token",
            "refresh_token": stands["refresh_token"],
        }
        path = "/x/account-oauth2/v1/refresh_token"
        request = http.Request("POST", path, label, form=form, host=TOKENS)
        data = await self.line.ask(request, _read)
        fresh = {name: text(data, name, label) for name in ("access_token", "refresh_token")}
        if not all(fresh.values()):
            raise malformed("哔哩哔哩没有给出令牌", label)
        return {**fresh, "renewed_at": str(self.line.second)}


def _archive(item: Document, at: int) -> SeenPost:
    native_id = text(item, "resource_id", LISTED)
    if not native_id:
        raise malformed("稿件缺少 resource_id", LISTED)
    published = unix(item, "ptime", LISTED)
    state = record(item.get("addit_info") or {}, LISTED)
    film = record(item.get("video_info") or {}, LISTED)
    return SeenPost(
        native_id=native_id,
        published_from=published,
        published_until=published,
        observed_at=at,
        title=text(item, "title", LISTED),
        url=text(film, "share_url", LISTED) or f"https://www.bilibili.com/video/{native_id}",
        form=FORMS.get(whole(item, "copyright", LISTED), "视频"),
        # Locked by the platform: it stands in the list, and nobody sees it.
        deleted=state.get("state", 0) not in (0, "0"),
        text=body(item, "desc", LISTED),
    )


def _with_numbers(post: SeenPost, data: Document) -> SeenPost:
    where = "哔哩哔哩接口 data/arc/stat"
    numbers = PostNumbers(
        plays=whole(data, "view", where),
        danmaku=whole(data, "danmaku", where),
        comments=whole(data, "reply", where),
        favourites=whole(data, "favorite", where),
        coins=whole(data, "coin", where),
        shares=whole(data, "share", where),
        likes=whole(data, "like", where),
    )
    return replace(post, numbers=numbers)


def _read(answer: http.Answer) -> Document:
    """`data` of the envelope; the platform answers 200 whatever happened."""
    document = http.document(answer)
    code = document.get("code")
    if isinstance(code, bool) or not isinstance(code, int):
        raise malformed("应有整数字段 code", answer.label)
    if code == 0:
        return record(document.get("data"), answer.label)
    raise refused(CODES, code, answer.label, "哔哩哔哩返回了未知错误")


class BilibiliConnect:
    """OAuth 2 of the open platform; its answer does not say which account agreed."""

    names_owner = False

    async def link(self, line: Line, offer: Offer) -> str:
        """The page on which the owner signs in and agrees."""
        query = {
            "client_id": offer.shared.get("client_id", ""),
            "gourl": offer.back,
            "state": offer.state,
        }
        host = line.base_url if line.stand_in else AGREE
        return f"{host}/pc/account-pc/auth/oauth?{urlencode(query)}"

    async def exchange(self, line: Line, offer: Offer, answer: Mapping[str, str]) -> Grant:
        """The tokens a code is worth. How long the refresh token lives nobody says."""
        label = "哔哩哔哩接口 token"
        form = {
            **{name: offer.shared.get(name, "") for name in APPLICATIONS_OWN},
            "grant_type": "authorization_code",
            "code": answer.get("code", ""),
        }
        path = "/x/account-oauth2/v1/token"
        data = await line.ask(http.Request("POST", path, label, form=form, host=TOKENS), _read)
        tokens = {name: text(data, name, label) for name in ("access_token", "refresh_token")}
        if not all(tokens.values()):
            raise malformed("哔哩哔哩没有给出令牌", label)
        return Grant({**tokens, "renewed_at": str(line.second)})


READERS.add("bilibili", Bilibili())
CONNECTS.add("bilibili", BilibiliConnect())
