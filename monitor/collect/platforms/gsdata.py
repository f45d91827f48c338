"""清博 (gsdata), a purchased feed of many platforms: one gateway, the route in a signed token."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from hashlib import md5
from typing import Final

from monitor.collect import http
from monitor.collect.answers import Document, moment, record, rows, text, whole
from monitor.collect.bodies import body
from monitor.collect.cursor import Depth, ListPage, one_pass, walk_numbers
from monitor.collect.errors import REMEDIES, PlatformError, malformed, refused
from monitor.collect.platform import READERS, Gathered, Line
from monitor.collect.routes import purchased
from monitor.domain.allowance import Allowance, Per, Window
from monitor.domain.collecting import ErrorClass, Harvest, Route, Target
from monitor.domain.instants import shanghai_day
from monitor.domain.post import SeenPost

PAGE: Final = 20
"""The gateway gives no more at once."""
SEARCH: Final[Mapping[str, tuple[str, str]]] = {
    "wechat": ("/weixin/article/search1", "wx_name"),
    "weibo": ("/weibo/article/search1", "weibo_uid"),
    "toutiao": ("/toutiao/article/search1", "toutiao_name"),
    "douyin": ("/shortvideo/douyin/search1", "douyin_name"),
    "kuaishou": ("/shortvideo/kuaishou/search1", "kuaishou_name"),
    "bilibili": ("/shortvideo/bili/search1", "bili_name"),
    "channels": ("/shortvideo/wxvideo/search1", "wxvideo_name"),
    "xiaohongshu": ("/article/xiaohongshu/search1", "xiaohongshu_name"),
}
"""The route that lists by publishing time, and the parameter that names the account. Of the latter
wx_name, weibo_uid and xiaohongshu_name are known; the others follow their pattern, unconfirmed."""
CONTRACT: Final = "请系统管理员与清博核对合同、app_key和app_secret"
LISTED: Final = "清博接口"
CODES: Final[Mapping[int, tuple[ErrorClass, str, str]]] = {
    401: (ErrorClass.REAUTHORISE, "清博不认可签名", CONTRACT),
    402: (ErrorClass.REAUTHORISE, "清博账号已停用", CONTRACT),
    403: (ErrorClass.NO_PERMISSION, "清博未开通该接口", CONTRACT),
    429: (ErrorClass.QUOTA, "清博调用次数已用完", REMEDIES[ErrorClass.QUOTA]),
}


class Gsdata:
    """Whatever the seller found of an account; worth what its measured recall says."""

    name = "gsdata"
    title = "清博购买数据"
    base_url = "http://databus.gsdata.cn:8888"
    serves = frozenset(SEARCH)
    secret_names = ()
    shared_names = ("app_key", "app_secret")
    allowances = (Allowance(Per.APPLICATION, 18_000, Window.HOUR),)
    unconfirmed = (
        "除 wx_name、weibo_uid、xiaohongshu_name 外的账号参数名",
        "失败答复中的错误码",
        "没有见到阅读、点赞等数字字段,因此只取发布时间",
        "漏采比例须用校准测出,未校准前只证明有更新",
    )

    def route(self, platform: str) -> Route:
        """Presence only until calibrated; a day's time for the seller to find what is new."""
        return purchased(platform, self.name)

    async def read(self, target: Target, line: Line) -> Harvest:
        """One pass: what was published since the last complete one."""
        gathered = Gathered(target, self.route(target.platform), line.second)
        # A seller may miss the very post we know: no single one must be met again.
        depth = replace(Depth.of(gathered, line), anchor=None, window=True)
        reading = _Reading(gathered, line, depth.until)
        return await one_pass(
            gathered, line, partial(walk_numbers, gathered, depth, PAGE, reading.page)
        )


@dataclass
class _Reading:
    """One pass over one account, from second `since` on."""

    gathered: Gathered
    line: Line
    since: int

    async def page(self, number: int) -> ListPage:
        """One page of what was published between two days, newest first."""
        target = self.gathered.target
        route, parameter = SEARCH[target.platform]
        query = {
            parameter: target.uid,
            "date_start": shanghai_day(self.since).isoformat(),
            "date_end": shanghai_day(self.gathered.started_at).isoformat(),
            "page": str(number),
            "limit": str(PAGE),
        }
        headers = {"access-token": _signed(target.secrets, route, query)}
        request = http.Request(
            "GET", "/api/service", f"{LISTED} {route}", query=query, headers=headers
        )
        data = await self.line.ask(request, _read)
        posts = tuple(
            _post(each, self.gathered.started_at) for each in rows(data, "newsList", LISTED)
        )
        return ListPage(posts, total=whole(data, "numFound", LISTED))


def _signed(secrets: Mapping[str, str], route: str, query: Mapping[str, str]) -> str:
    """The token of one question: key, sum of the parameters, and the route, in base 64."""
    key, secret = secrets.get("app_key", ""), secrets.get("app_secret", "")
    if not key or not secret:
        what = "尚未登记清博的app_key和app_secret"
        raise PlatformError(ErrorClass.REAUTHORISE, what, "", CONTRACT)
    told = "".join(f"{name}{query[name]}" for name in sorted(query))
    words = f"{secret}_{told}_{secret}".encode()
    sign = md5(words, usedforsecurity=False).hexdigest()
    return base64.b64encode(f"{key}:{sign}:{route}".encode()).decode()


def _post(item: Document, at: int) -> SeenPost:
    native_id = text(item, "news_uuid", LISTED)
    if not native_id:
        raise malformed("作品缺少 news_uuid", LISTED)
    published = moment(item, "news_posttime", LISTED)
    return SeenPost(
        native_id=native_id,
        published_from=published,
        published_until=published,
        observed_at=at,
        title=text(item, "news_title", LISTED),
        url=text(item, "news_url", LISTED),
        text=body(item, "news_digest", LISTED, marked=True),
    )


def _read(answer: http.Answer) -> Document:
    """`data`, unless `success` says that there is none."""
    document = http.document(answer)
    if document.get("success") is True:
        return record(document.get("data"), answer.label)
    if document.get("success") is not False:
        raise malformed("应有真假值字段 success", answer.label)
    code = whole(document, "code", answer.label) or 0
    raise refused(CODES, code, answer.label, "清博返回了未知错误")


READERS.add("gsdata", Gsdata())
