"""百家号 by its own app_id and app_token: three kinds of articles by page number, followers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Final

from monitor.collect import http
from monitor.collect.answers import Document, moment, record, rows, text, whole
from monitor.collect.cursor import Depth, Listed, ListPage, walk_numbers
from monitor.collect.errors import CHANGED, LATER, REMEDIES, PlatformError, malformed, refused
from monitor.collect.platform import READERS, Gathered, Line
from monitor.collect.routes import owners_live
from monitor.domain.allowance import Allowance, Per, Window
from monitor.domain.collecting import CoverageClaim, ErrorClass, Harvest, Route, Target
from monitor.domain.instants import DAY, day_start, shanghai_day
from monitor.domain.numbers import AccountNumbers, AccountObservation, PostNumbers
from monitor.domain.post import SeenPost

ROOT: Final = "/builderinner/open/resource/query"
PAGE: Final = 20
KINDS: Final[Mapping[str, str]] = {"news": "图文", "gallery": "图集", "video": "视频"}
LISTED: Final = "百家号接口 articleListall"
COUNTED: Final = 30 * DAY
MOST_COUNTED: Final = 60
KEYS: Final = "请账号管理员在百家号「设置-开发者」核对app_id和app_token,并在「采集-授权」重新登记"
CODES: Final[Mapping[int, tuple[ErrorClass, str, str]]] = {
    40001: (ErrorClass.REAUTHORISE, "百家号不认可app_id或app_token", KEYS),
    40003: (ErrorClass.NO_PERMISSION, "该百家号没有接口权限", REMEDIES[ErrorClass.NO_PERMISSION]),
    40029: (ErrorClass.QUOTA, "百家号接口调用次数已用尽", REMEDIES[ErrorClass.QUOTA]),
    60001003: (ErrorClass.RETRY, "百家号文章状态异常", LATER),
}
"""Only the last one stands in public code; the others were never confirmed on the live platform."""


class Baijiahao:
    """One account read with the key its owner made in the back end."""

    name = "baijiahao"
    title = "百家号"
    base_url = "https://baijiahao.baidu.com"
    serves = frozenset({"baijiahao"})
    secret_names = ("app_id", "app_token")
    shared_names = ()
    allowances = (Allowance(Per.TOKEN, 3600, Window.HOUR),)
    unconfirmed = (
        "articleListall 条目的时间与链接字段名(两种写法都认)",
        "鉴权失败、无权限、超限的错误码",
        "各接口的调用额度",
        "作者评论接口的条目字段,因此不采集作者回复",
    )

    def route(self, platform: str) -> Route:
        """A live list of what is published."""
        return owners_live(platform)

    async def read(self, target: Target, line: Line) -> Harvest:
        """One pass: all three kinds first, they alone are claimed; numbers beside them."""
        gathered = Gathered(target, self.route(target.platform), line.second)
        reading = _Reading(gathered, line)
        try:
            claim = await reading.articles()
        except PlatformError as error:
            return gathered.broken(error, line.second)
        await gathered.beside(reading.numbers, reading.followers)
        return gathered.complete(claim, line.second)


@dataclass
class _Reading:
    """One pass over one account."""

    gathered: Gathered
    line: Line
    since: date = field(init=False)

    async def articles(self) -> CoverageClaim:
        """Every kind from the depth of the pass until now; the claim is the kinds' common one."""
        depth = replace(Depth.of(self.gathered, self.line), anchor=None, window=True)
        self.since = shanghai_day(depth.until)
        claims = [await self._kind(kind, depth) for kind in KINDS]
        await self._not_cut(depth)
        return claims[0]

    async def _kind(self, kind: str, depth: Depth) -> CoverageClaim:
        own = replace(self.gathered, posts=[], pages=0)
        try:
            listed: Listed = await walk_numbers(own, depth, PAGE, partial(self._page, kind))
        finally:
            self.gathered.posts += own.posts
            self.gathered.pages += own.pages
        return listed.claim(self.gathered.route.settle)

    async def _not_cut(self, depth: Depth) -> None:
        """Nothing at all where something stood before: see whether anything stands further back."""
        anchor = self.gathered.target.known.anchor
        if anchor is None or any(p.published_from <= anchor for p in self.gathered.posts):
            return
        if anchor < depth.until:
            return
        self.since = shanghai_day(self.gathered.started_at - self.line.deepest_days * DAY)
        for kind in KINDS:
            older = await self._page(kind, 1)
            self.gathered.pages += 1
            if any(post.published_from < day_start(shanghai_day(anchor)) for post in older.posts):
                return
        raise PlatformError(ErrorClass.MALFORMED, "平台返回空列表,但此前已有作品", LISTED, CHANGED)

    async def _page(self, kind: str, number: int) -> ListPage:
        asked = {
            "start_time": self.since.isoformat(),
            "end_time": shanghai_day(self.gathered.started_at).isoformat(),
            "page_no": str(number),
            "page_size": str(PAGE),
            "article_type": kind,
            "collection": "publish",
        }
        data = await self._call("articleListall", asked)
        at = self.gathered.started_at
        posts = tuple(_article(each, kind, at) for each in rows(data, "items", LISTED))
        return ListPage(posts, total=_total(data, LISTED))

    async def numbers(self) -> None:
        """A call an article, the newest first."""
        since = self.gathered.started_at - COUNTED
        places = range(len(self.gathered.posts))
        newest = sorted(places, key=lambda at: -self.gathered.posts[at].published_from)
        for place in newest[:MOST_COUNTED]:
            post = self.gathered.posts[place]
            if post.published_from >= since:
                data = await self._call("articleStatistics", {"article_id": post.native_id})
                self.gathered.posts[place] = replace(post, numbers=_numbers(data))

    async def followers(self) -> None:
        """How many follow. The list names people: nothing but its length is kept."""
        data = await self._call("fansListall", {"page_no": "1", "page_size": "1"})
        numbers = AccountNumbers(followers=_total(data, "百家号接口 fansListall"))
        at = self.gathered.started_at
        self.gathered.accounts.append(AccountObservation(at, numbers, "累计"))

    async def _call(self, name: str, fields: Mapping[str, str]) -> Document:
        secrets = self.gathered.target.secrets
        keys = {key: secrets.get(key, "") for key in ("app_id", "app_token")}
        if not all(keys.values()):
            what = "该百家号尚未登记app_id和app_token"
            raise PlatformError(ErrorClass.REAUTHORISE, what, "", KEYS)
        label = f"百家号接口 {name}"
        request = http.Request("POST", f"{ROOT}/{name}", label, form={**keys, **fields})
        return await self.line.ask(request, _read)


def _article(item: Document, kind: str, at: int) -> SeenPost:
    native_id = text(item, "article_id", LISTED) or text(item, "nid", LISTED)
    if not native_id:
        raise malformed("文章缺少 article_id", LISTED)
    # Public code shows both names: the second is there where the first is not.
    when = "publish_time" if item.get("publish_time") else "created_at"
    published = moment(item, when, LISTED)
    return SeenPost(
        native_id=native_id,
        published_from=published,
        published_until=published,
        observed_at=at,
        title=text(item, "title", LISTED),
        url=text(item, "url", LISTED) or text(item, "article_url", LISTED),
        form=KINDS[kind],
    )


def _numbers(data: Document) -> PostNumbers:
    """recommend_count says how often it was offered: no number of ours. -1 is no number at all."""
    where = "百家号接口 articleStatistics"
    said = {name: None if value in (-1, "-1") else value for name, value in data.items()}
    return PostNumbers(
        reads=whole(said, "view_count", where),
        comments=whole(said, "comment_count", where),
        shares=whole(said, "share_count", where),
        favourites=whole(said, "collect_count", where),
        likes=whole(said, "likes_count", where),
    )


def _total(data: Document, where: str) -> int | None:
    return whole(record(data.get("page"), where), "total_count", where)


def _read(answer: http.Answer) -> Document:
    """`data` of the envelope; the platform answers 200 whatever happened."""
    document = http.document(answer)
    code = whole(document, "errno", answer.label)
    if code is None:
        raise malformed("应有字段 errno", answer.label)
    if code == 0:
        return record(document.get("data"), answer.label)
    raise refused(CODES, code, answer.label, "百家号返回了未知错误")


READERS.add("baijiahao", Baijiahao())
