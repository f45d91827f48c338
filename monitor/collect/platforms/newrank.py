"""新榜, a purchased feed of WeChat articles: a key in the header, pages until one is short."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from monitor.collect import http
from monitor.collect.answers import Document, moment, record, text, whole
from monitor.collect.bodies import body
from monitor.collect.cursor import Depth, ListPage, one_pass, walk_numbers
from monitor.collect.errors import PlatformError, malformed, refused
from monitor.collect.platform import READERS, Gathered, Line
from monitor.collect.routes import purchased
from monitor.domain.allowance import Allowance, Per, Window
from monitor.domain.collecting import ErrorClass, Harvest, Route, Target
from monitor.domain.instants import say_minute
from monitor.domain.numbers import PostNumbers
from monitor.domain.post import SeenPost

PAGE: Final = 20
CAP: Final = 100_001
"""What is read more often is shown as this number: 10万+."""
LISTED: Final = "新榜接口 articles_content"
PATH: Final = "/api/sync/weixin/account/articles_content"
CONTRACT: Final = "请系统管理员与新榜核对合同和Key"
CODES: Final[Mapping[int, tuple[ErrorClass, str, str]]] = {
    1001: (ErrorClass.REAUTHORISE, "新榜不认可Key", CONTRACT),
    1003: (ErrorClass.NO_PERMISSION, "新榜未开通该接口", CONTRACT),
    1010: (ErrorClass.QUOTA, "新榜余额不足", CONTRACT),
}
"""Public text names no codes: these are the stand-in's, and unknown ones are told as unknown."""


class Newrank:
    """Whatever the seller found of a WeChat account; worth what its measured recall says."""

    name = "newrank"
    title = "新榜购买数据"
    base_url = "https://api.newrank.cn"
    serves = frozenset({"wechat"})
    secret_names = ()
    shared_names = ("key",)
    allowances = (Allowance(Per.APPLICATION, 18_000, Window.HOUR),)
    unconfirmed = (
        "错误码的含义",
        "account 参数应填的账号编号",
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
        """One page of what was published since, newest first."""
        target = self.gathered.target
        if not target.secrets.get("key"):
            raise PlatformError(ErrorClass.REAUTHORISE, "尚未登记新榜的Key", "", CONTRACT)
        form = {
            "account": target.uid,
            "from": f"{say_minute(self.since)}:00",
            "to": f"{say_minute(self.gathered.started_at)}:59",
            "page": str(number),
            "size": str(PAGE),
        }
        headers = {"key": target.secrets["key"]}
        request = http.Request("POST", PATH, LISTED, form=form, headers=headers)
        found = await self.line.ask(request, _read)
        return ListPage(tuple(_post(each, self.gathered.started_at) for each in found))


def _post(item: Document, at: int) -> SeenPost:
    """The seller names posts by their address only."""
    url = text(item, "url", LISTED)
    if not url:
        raise malformed("文章缺少 url", LISTED)
    published = moment(item, "publicTime", LISTED)
    reads = whole(item, "clicksCount", LISTED)
    return SeenPost(
        native_id=url,
        published_from=published,
        published_until=published,
        observed_at=at,
        title=text(item, "title", LISTED),
        url=url,
        numbers=PostNumbers(
            reads=reads,
            likes=whole(item, "likeCount", LISTED),
            recommends=whole(item, "watchingCount", LISTED),
        ),
        capped=frozenset({"reads"} if reads is not None and reads >= CAP else ()),
        text=body(item, "summary", LISTED, marked=True),
    )


def _read(answer: http.Answer) -> list[Document]:
    """The articles, unless `code` says that there are none."""
    document = http.document(answer)
    code = whole(document, "code", answer.label)
    if code is None:
        raise malformed("应有字段 code", answer.label)
    if code == 0:
        data = document.get("data")
        if not isinstance(data, list):
            raise malformed("应有列表字段 data", answer.label)
        return [record(each, answer.label) for each in data]
    raise refused(CODES, code, answer.label, "新榜返回了未知错误")


READERS.add("newrank", Newrank())
