"""抖音 by its owner's authorisation: films live, once a day the numbers of yesterday and talk."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from monitor.collect.answers import text, whole
from monitor.collect.connect import CONNECTS, Grant, Offer
from monitor.collect.cursor import Depth, Listed, ListPage, walk_cursor
from monitor.collect.errors import PlatformError, malformed
from monitor.collect.platform import READERS, Gathered, Line
from monitor.collect.platforms.douyin import api, shown
from monitor.collect.routes import owners_live
from monitor.domain.allowance import Allowance, Per, Window
from monitor.domain.collecting import Harvest, Route, Target
from monitor.domain.instants import DAY, HOUR, day_end, shanghai_day
from monitor.domain.post import SeenPost
from monitor.domain.service import Function, SeenService

PAGE: Final = 20
WITH_DATA: Final = 30 * DAY
"""Films younger than this have numbers a day late."""
READY: Final = 10 * HOUR
MOST_FILMS: Final = 10
"""Films whose numbers of yesterday are asked for in one pass, the newest first."""
TALKED: Final = 7 * DAY
MOST_COMMENT_PAGES: Final = 5
MOST_ANSWERS: Final = 30
"""Calls one pass spends on the answers under all films; what is left has no number."""
COMMENTED: Final = "近期作品有评论"
SCOPES: Final = (
    "user_info,video.list.bind,video.data.bind,data.external.user,data.external.item,"
    "item.comment,renew_refresh_token"
)


class Douyin:
    """One account whose owner authorised the office's application."""

    name = "douyin"
    title = "抖音"
    base_url = "https://open.douyin.com"
    serves = frozenset({"douyin"})
    secret_names = ("open_id", "refresh_token")
    shared_names = ("client_key", "client_secret")
    # The platform publishes no quota for these: five calls a second keep an office unseen.
    allowances = (Allowance(Per.APPLICATION, 18_000, Window.HOUR),)
    unconfirmed = (
        "机构号(蓝V)能否申请到视频列表与互动数据权限,以及是否返回播放量",
        "更新令牌最多续期5次、每次30天",
        "作品状态值 video_status 的含义(2 不适宜公开、4 审核中不计入)",
        "评论回复中作者的标识与 open_id 是否同一编号",
        "各接口的调用额度(本系统按平均每秒不超过5次控制)",
        "私信推送的签名算法与事件字段",
    )

    def route(self, platform: str) -> Route:
        """A live list; what is under review only its owner sees."""
        return owners_live(platform)

    async def read(self, target: Target, line: Line) -> Harvest:
        """One pass: films first, they alone are claimed; the rest once a day, beside them."""
        gathered = Gathered(target, self.route(target.platform), line.second)
        reading = _Reading(gathered, line)
        try:
            listed = await walk_cursor(gathered, Depth.of(gathered, line), reading.page)
        except PlatformError as error:
            return gathered.broken(error, line.second)
        if reading.first_of_the_day():
            reading.listed = listed
            await gathered.beside(reading.days, reading.talk, reading.yesterday)
        return gathered.complete(listed.claim(gathered.route.settle), line.second)


class _Reading:
    """One pass over one account."""

    def __init__(self, gathered: Gathered, line: Line) -> None:
        self.gathered = gathered
        self.at = gathered.started_at
        self.owner = api.Owner(line, gathered.target)
        self.listed: Listed | None = None
        self.answers_left = MOST_ANSWERS

    def first_of_the_day(self) -> bool:
        """Whether no pass of today was complete before this one."""
        covered = self.gathered.target.known.covered_until
        if covered is None:
            return True
        return shanghai_day(covered + self.gathered.route.settle) != shanghai_day(self.at)

    async def page(self, cursor: str | None) -> ListPage:
        """Films older than the cursor, 20 at a time."""
        query = {"cursor": cursor or "0", "count": str(PAGE)}
        data = await self.owner.get("/api/douyin/v1/video/video_list/", query)
        return shown.page(data, self.at)

    async def days(self) -> None:
        """Followers and what each of the last days brought."""
        query = {"date_type": "7"}
        fans = await self.owner.get("/data/external/user/fans/", query)
        items = await self.owner.get("/data/external/user/item/", query)
        self.gathered.pages += 2
        self.gathered.accounts.extend(shown.days(fans, items))

    async def talk(self) -> None:
        """The owner's answers under the films of the last week."""
        young = [post for post in self._films() if post.published_from > self.at - TALKED]
        for post in young:
            if post.numbers.comments:
                answers = await self._answers(post.native_id)
                self._enter(post, answers)
        if any(post.numbers.comments for post in self._films()):
            self.gathered.services.append(
                SeenService(
                    Function.COMMENTS,
                    works=True,
                    checked_at=self.at,
                    measured=True,
                    detail=COMMENTED,
                )
            )

    async def yesterday(self) -> None:
        """The numbers films of the last thirty days had at the end of the last ready day."""
        ready = day_end(shanghai_day(self.at - READY) - timedelta(days=1))
        young = [
            post for post in self._films() if self.at - WITH_DATA < post.published_from <= ready
        ]
        for post in young[:MOST_FILMS]:
            query = {"item_id": post.native_id}
            numbers = shown.totals(await self.owner.get("/data/external/item/base/", query))
            self.gathered.pages += 1
            self.gathered.posts.append(replace(post, observed_at=ready, numbers=numbers))

    def _films(self) -> list[SeenPost]:
        assert self.listed is not None
        found = self.listed.posts.values()
        return sorted(found, key=lambda post: post.published_from, reverse=True)

    async def _answers(self, item_id: str) -> shown.Answers | None:
        """None where there are more comments than one pass looks through."""
        answers, cursor = shown.Answers(), 0
        for _ in range(MOST_COMMENT_PAGES):
            query = {"item_id": item_id, "cursor": str(cursor), "count": str(PAGE)}
            after = answers.take(await self.owner.get("/item/comment/list/", query))
            self.gathered.pages += 1
            if after is None:
                break
            cursor = after
        else:
            return None
        if len(answers.asked_at) > self.answers_left:
            return None
        self.answers_left -= len(answers.asked_at)
        for comment_id in answers.asked_at:
            query = {"item_id": item_id, "comment_id": comment_id, "cursor": "0", "count": "20"}
            data = await self.owner.get("/item/comment/reply/list/", query)
            answers.answer(comment_id, data, self.owner.open_id)
        return answers

    def _enter(self, post: SeenPost, answers: shown.Answers | None) -> None:
        if answers is None:
            return
        at = self.gathered.posts.index(post)
        numbers = replace(post.numbers, replies=answers.count, reply_seconds=answers.wait)
        self.gathered.posts[at] = replace(post, numbers=numbers)


class DouyinConnect:
    """OAuth of the open platform. It names the owner by an id of its own, so that a link is for one
    account."""

    names_owner = False

    async def link(self, line: Line, offer: Offer) -> str:
        """The page on which the owner scans and agrees."""
        query = {
            "client_key": offer.shared.get("client_key", ""),
            "response_type": "code",
            "scope": SCOPES,
            "redirect_uri": offer.back,
            "state": offer.state,
        }
        return f"{line.base_url}/platform/oauth/connect/?{urlencode(query)}"

    async def exchange(self, line: Line, offer: Offer, answer: Mapping[str, str]) -> Grant:
        """The tokens a code is worth, and when the owner must agree anew."""
        form = {
            "client_key": offer.shared.get("client_key", ""),
            "client_secret": offer.shared.get("client_secret", ""),
            "code": answer.get("code", ""),
            "grant_type": "authorization_code",
        }
        where = "抖音接口 access_token"
        document = await api.post(line, "/oauth/access_token/", form)
        names = ("open_id", "refresh_token")
        secrets = {name: text(document, name, where) for name in names}
        lasts = whole(document, "refresh_expires_in", where)
        if not all(secrets.values()) or not lasts:
            raise malformed("抖音没有给出授权或有效期", where)
        until = api.person_must_renew(line.second, lasts)
        return Grant({**secrets, "renewals": "0"}, until)


READERS.add("douyin", Douyin())
CONNECTS.add("douyin", DouyinConnect())
