"""微博 by its owner's authorisation: the timeline back to the last pass, its talk once a day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from monitor.collect.answers import Document, text, whole
from monitor.collect.connect import CONNECTS, Grant, Offer
from monitor.collect.cursor import Depth, Listed, ListPage, walk_cursor
from monitor.collect.errors import PlatformError, malformed
from monitor.collect.platform import READERS, Gathered, Line
from monitor.collect.platforms.weibo import api, shown
from monitor.collect.routes import owners_live
from monitor.domain.allowance import Allowance, Per, Window
from monitor.domain.collecting import ErrorClass, Harvest, Route, Target
from monitor.domain.instants import DAY, day_end, day_start, shanghai_day
from monitor.domain.numbers import AccountNumbers, AccountObservation
from monitor.domain.service import Function, SeenService
from monitor.domain.sighting import AccountSighting

PAGE: Final = 100
COMMENT_PAGE: Final = 200
MOST_COMMENT_PAGES: Final = 10
"""More comments than that are nobody's week; the rest is left, and no number is given."""
DEEP_DAYS: Final = 30
SHALLOW_DAYS: Final = 2
"""Days whose numbers are read again: by the first pass of a day, and by those after it."""
TALKED_DAYS: Final = 30
COMMENTED: Final = "近期作品有评论"
USER: Final = "微博接口 users/show"
HOST: Final = "https://api.weibo.com"
CUMULATIVE: Final = "累计"
DAILY: Final = "单日"


class Weibo:
    """One account read with the token its owner gave the office's application."""

    name = "weibo"
    title = "微博"
    base_url = HOST
    serves = frozenset({"weibo"})
    secret_names = ("access_token",)
    shared_names = ("app_key", "app_secret")
    allowances = (
        Allowance(Per.TOKEN, 100, Window.DAY),
        Allowance(Per.ADDRESS, 15_000, Window.HOUR),
    )

    unconfirmed = (
        "应用每个授权用户每日调用次数(默认100,可在设置中改)与授权有效期(未审核应用1天、已审核约30天)",
        "user_timeline 最多能翻到多少条旧微博(列表不完整时只证明到最早一条)",
        "users/show 的 statuses_count 是否含仅自己可见的微博",
        "comments/by_me 能回溯多久、条目是否总带 reply_comment",
        "应用被列入黑名单时返回空列表的写法",
        "除文档列出者外的错误码含义",
    )

    def route(self, platform: str) -> Route:
        """Live: what was just posted may still stand in review."""
        return owners_live(platform)

    async def read(self, target: Target, line: Line) -> Harvest:
        """One pass: the account, its timeline, and by the first pass of a day its comments."""
        gathered = Gathered(target, self.route(target.platform), line.second)
        return await _Pass(gathered, line).run()


class _Pass:
    """One pass over one account."""

    def __init__(self, gathered: Gathered, line: Line) -> None:
        self.gathered = gathered
        self.line = line
        self.at = gathered.started_at
        self.rows = 0
        self.standing = 0

    async def run(self) -> Harvest:
        """Read everything; the harvest says how it ended."""
        try:
            await self._user()
            listed = await self._timeline()
        except PlatformError as error:
            return self.gathered.broken(error, self.line.second)
        if self._first_of_the_day():
            await self._talk(listed)
        claim = listed.claim(self.gathered.route.settle)
        return self.gathered.complete(claim, self.line.second)

    def _first_of_the_day(self) -> bool:
        covered = self.gathered.target.known.covered_until
        if covered is None:
            return True
        return shanghai_day(covered + self.gathered.route.settle) != shanghai_day(self.at)

    async def _ask(self, path: str, label: str, query: Mapping[str, str]) -> Document:
        token = self.gathered.target.secrets.get("access_token", "")
        if not token:
            raise api.missing()
        return await api.ask(self.line, path, label, {"access_token": token, **query})

    async def _user(self) -> None:
        uid = self.gathered.target.uid
        user = await self._ask("/2/users/show.json", "users/show", {"uid": uid})
        followers = whole(user, "followers_count", USER)
        standing = whole(user, "statuses_count", USER)
        if followers is None or standing is None:
            raise malformed("缺少字段 followers_count 或 statuses_count", USER)
        self.gathered.pages += 1
        self.standing = standing
        numbers = AccountNumbers(followers=followers)
        self.gathered.accounts.append(AccountObservation(self.at, numbers, CUMULATIVE))
        verified = user.get("verified")
        self.gathered.sighting = AccountSighting(
            seen_at=self.at,
            exists=True,
            name=api.said_name(user, USER) or None,
            verified=verified if isinstance(verified, bool) else None,
            verified_as=text(user, "verified_reason", USER) or None,
        )

    async def _timeline(self) -> Listed:
        days = DEEP_DAYS if self._first_of_the_day() else SHALLOW_DAYS
        depth = Depth.of(self.gathered, self.line, days)
        listed = await walk_cursor(self.gathered, depth, self._page)
        if listed.ended and not self.rows and self.standing:
            # An application on the black list is given empty lists, and no error.
            what = f"微博给出空列表,但账号显示有{self.standing}条微博"
            raise malformed(what, shown.TIMELINE)
        if listed.ended and self.rows < self.standing:
            # Weibo lists the newest two thousand or so: the end of the list is not its beginning.
            listed.depth = replace(listed.depth, whole_list=False)
        return listed

    async def _page(self, cursor: str | None) -> ListPage:
        query = {"uid": self.gathered.target.uid, "count": str(PAGE), "feature": "0"}
        if cursor is not None:
            query["max_id"] = cursor
        document = await self._ask("/2/statuses/user_timeline.json", "user_timeline", query)
        page = shown.timeline(document, self.gathered.target.uid, self.at)
        self.rows += page.rows
        return ListPage(
            posts=page.posts,
            # max_id is inclusive, and pages are short where posts are hidden: only an empty page
            # is the end of the list.
            next=None if page.lowest is None else str(page.lowest - 1),
        )

    async def _talk(self, listed: Listed) -> None:
        """Beside the list: what was answered in a month, and what came in yesterday."""
        try:
            mine = await self._comments("by_me", self.at - TALKED_DAYS * DAY)
            self.gathered.posts[:] = shown.answered(listed.posts, mine)
            await self._received()
        except PlatformError as error:
            self.gathered.notes.append(error)

    async def _received(self) -> None:
        yesterday = shanghai_day(self.at) - timedelta(days=1)
        begin, end = day_start(yesterday), day_end(yesterday)
        theirs = await self._comments("to_me", begin)
        if theirs.whole:
            numbers = AccountNumbers(comments=theirs.between(begin, end + 1))
            self.gathered.accounts.append(AccountObservation(end, numbers, DAILY))
        if theirs.seen or any(post.numbers.comments for post in self.gathered.posts):
            self.gathered.services.append(
                SeenService(
                    Function.COMMENTS,
                    works=True,
                    checked_at=self.at,
                    measured=True,
                    detail=COMMENTED,
                )
            )

    async def _comments(self, name: str, since: int) -> shown.Talk:
        talk = shown.Talk(since)
        path, query = f"/2/comments/{name}.json", {"count": str(COMMENT_PAGE)}
        for _ in range(MOST_COMMENT_PAGES):
            highest = talk.take(await self._ask(path, f"comments/{name}", query))
            self.gathered.pages += 1
            if highest is None:
                break
            query = {**query, "max_id": str(highest)}
        return talk


class WeiboConnect:
    """OAuth 2 of the open platform: nothing refreshes a token, its owner agrees anew."""

    names_owner = True

    async def link(self, line: Line, offer: Offer) -> str:
        """The page on which the owner signs in and agrees."""
        query = {
            "client_id": offer.shared.get("app_key", ""),
            "response_type": "code",
            "redirect_uri": offer.back,
            "state": offer.state,
            # Whoever sits there may be signed in with a private account.
            "forcelogin": "true",
        }
        base = line.base_url
        return f"{base}/oauth2/authorize?{urlencode(query)}"

    async def exchange(self, line: Line, offer: Offer, answer: Mapping[str, str]) -> Grant:
        """The token a code is worth, and until when."""
        if answer.get("error_code"):
            raise PlatformError(ErrorClass.REAUTHORISE, "账号管理员没有同意授权", "", api.AGREE)
        label = "oauth2/access_token"
        form = {
            "client_id": offer.shared.get("app_key", ""),
            "client_secret": offer.shared.get("app_secret", ""),
            "grant_type": "authorization_code",
            "code": answer.get("code", ""),
            "redirect_uri": offer.back,
        }
        document = await api.post(line, "/oauth2/access_token", label, form)
        token = text(document, "access_token", label)
        lasts = whole(document, "expires_in", label)
        uid = text(document, "uid", label) or str(whole(document, "uid", label) or "")
        if not token or not lasts or not uid:
            raise malformed("微博没有给出授权、有效期或账号", label)
        return Grant({"access_token": token}, line.second + lasts, owner=uid)


READERS.add("weibo", Weibo())
CONNECTS.add("weibo", WeiboConnect())
