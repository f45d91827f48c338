"""One pass over a public account, whoever gave the token: articles day by day, then the rest."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from monitor.collect.answers import Document, whole
from monitor.collect.errors import LATER, PlatformError
from monitor.collect.platform import Gathered, Line
from monitor.collect.platforms.wechat import account, articles, published, service
from monitor.collect.platforms.wechat.api import NOT_READY, Api
from monitor.collect.walk import DayPage, Reach, Walk, walk_days
from monitor.domain.collecting import CoverageClaim, ErrorClass, Harvest
from monitor.domain.instants import DAY, HOUR, day_start, shanghai_day
from monitor.domain.post import SeenPost
from monitor.domain.service import Function, SeenService

FIRST_DAY: Final = date(2025, 11, 1)
"""The current endpoints know nothing earlier."""
READY: Final = 8 * HOUR
"""Yesterday's numbers may be asked for from 08:00 on."""
OVERLAP: Final = articles.COUNTED_DAYS + 1
CORRECTED_DAYS: Final = 3
"""Days before the end of coverage whose rows are taken anew: late corrections reach no further."""
OLD_DAYS: Final = 60
"""Days before the current endpoints that the one of old is asked about, one call each."""
COMMENT_DAYS: Final = 7
COMMENT_PAGE: Final = 49
MOST_COMMENT_PAGES: Final = 100
NO_COMMENTS: Final = frozenset({88000, 88001, 88002})
"""No right to comments; a post that never had any; comments closed on it."""
NO_RIGHT: Final = 88000
Step = Callable[[], Awaitable[None]]
HOPELESS: Final = frozenset({ErrorClass.REAUTHORISE, ErrorClass.BLOCKED, ErrorClass.QUOTA})


class Pass:
    """One pass over one account."""

    def __init__(self, gathered: Gathered, line: Line, api: Api) -> None:
        self.gathered = gathered
        self.line = line
        self.api = api
        # A day is whole at its end, and may be asked for eight hours later.
        self.newest = shanghai_day(gathered.started_at - READY - DAY)
        self.hopeless = False
        self.without_comments = False

    async def run(self) -> Harvest:
        """Read everything; the harvest says how it ended."""
        try:
            walk = await self._walk()
        except PlatformError as error:
            if error.error is ErrorClass.NO_PERMISSION:
                # Unverified accounts may still show their menu.
                await self._beside(self._menu)
                await self._beside(self._autoreply)
            return self.gathered.broken(error, self.line.second)
        for step in self._steps():
            await self._beside(step)
        return self._close(walk)

    def _steps(self) -> tuple[Step, ...]:
        """What is asked beside the list, the worthiest first."""
        numbers = (self._own_numbers, self._followers, self._replies)
        steps = (*numbers, self._menu, self._autoreply, self._words)
        return (*steps, self._before) if self._knows_no_post() else steps

    def _knows_no_post(self) -> bool:
        known = self.gathered.target.known
        return not self.gathered.posts and known.covered_until is None and not known.newest_post

    def _close(self, walk: Walk) -> Harvest:
        proven = walk.proven()
        if proven is None:
            what = "微信数据尚未最终生成(is_delay)"
            error = PlatformError(ErrorClass.RETRY, what, articles.WHERE, LATER)
            return self.gathered.broken(error, self.line.second)
        claim = CoverageClaim(*proven, looked_at=self.gathered.started_at)
        return self.gathered.complete(claim, self.line.second)

    async def _beside(self, step: Step) -> None:
        """Numbers beside the list fail by themselves: they are noted and touch no claim."""
        if self.hopeless:
            return
        try:
            await step()
        except PlatformError as error:
            self.gathered.notes.append(error)
            self.hopeless = error.error in HOPELESS

    async def _walk(self) -> Walk:
        known = self.gathered.target.known
        deepest = self.newest - timedelta(days=self.line.deepest_days)
        reach = Reach(self.newest, max(FIRST_DAY, deepest), OVERLAP, known)
        if known.covered_until is not None:
            self.gathered.reread_from = day_start(self.newest - timedelta(days=OVERLAP - 1))
        return await walk_days(reach, self._day)

    async def _day(self, day: date) -> DayPage:
        span = account.Span(day, day)
        document = await self._cube("getarticletotaldetail", span, NOT_READY)
        if document.get("errcode") == NOT_READY:
            return DayPage(day, (), final=False)
        asked = articles.Asked(day, self.newest, self._since(), self.gathered.started_at)
        page = articles.page(document, asked)
        self.gathered.posts.extend(page.posts)
        return page

    def _since(self) -> date:
        """The first day whose numbers the record has not been given yet, less the corrections."""
        covered = self.gathered.target.known.covered_until
        if covered is None:
            return FIRST_DAY
        return shanghai_day(covered) - timedelta(days=CORRECTED_DAYS)

    async def _cube(self, name: str, span: account.Span, *tolerated: int) -> Document:
        document = await self.api.call(f"/datacube/{name}", span.body, tolerated=tolerated)
        self.gathered.pages += 1
        return document

    async def _own_numbers(self) -> None:
        month, week = self._span(30), self._span(7)
        summed = account.summaries(await self._cube("getbizsummary", month), month)
        written = account.messages(await self._cube("getupstreammsg", week), week)
        self.gathered.accounts.extend(account.daily(summed, written))
        if any(numbers.messages for numbers in written.values()):
            self._offers(Function.MESSAGES, works=True, detail="近7日收到用户消息")

    async def _followers(self) -> None:
        week = self._span(7)
        document = await self._cube("getusercumulate", week)
        self.gathered.accounts.extend(account.followers(document, week))

    def _span(self, days: int) -> account.Span:
        return account.Span(self.newest - timedelta(days=days - 1), self.newest)

    async def _menu(self) -> None:
        document = await self.api.call("/cgi-bin/get_current_selfmenu_info")
        self.gathered.pages += 1
        self.gathered.services.extend(service.offered(document, self.gathered.started_at))
        self.gathered.offers = service.entries(document)

    async def _autoreply(self) -> None:
        document = await self.api.call("/cgi-bin/get_current_autoreply_info")
        seen = service.answers_itself(document, self.gathered.started_at)
        self.gathered.pages += 1
        self.gathered.services.append(seen)

    async def _before(self) -> None:
        """The endpoint of old, for an account silent since the new ones began: the newest of what
        was mass-sent. It lists nothing else, so that it proves presence and no silence."""
        deepest = self.newest - timedelta(days=self.line.deepest_days)
        day = FIRST_DAY - timedelta(days=1)
        earliest = max(deepest, FIRST_DAY - timedelta(days=OLD_DAYS))
        while day >= earliest and not self.gathered.posts:
            document = await self._cube("getarticletotal", account.Span(day, day))
            asked = articles.Asked(day, self.newest, day, self.gathered.started_at)
            self.gathered.posts.extend(articles.old_page(document, asked))
            day -= timedelta(days=1)

    async def _replies(self) -> None:
        """Count the owner's replies to the comments of the last week's posts.

        Where nobody has commented the newest post is asked about all the same: the answer tells
        whether the account may have comments at all.
        """
        young = self._newest_rows()
        commented = [at for at, post in young.items() if post.numbers.comments]
        for at in commented or list(young)[:1]:
            replies = await self._comments_of(young[at].native_id)
            if self.without_comments:
                self._offers(Function.COMMENTS, works=False, detail="该公众号没有留言功能")
                return
            if replies is not None and commented:
                self.gathered.posts[at] = _with_replies(young[at], replies)
        if any(post.numbers.comments for post in self.gathered.posts):
            self._offers(Function.COMMENTS, works=True, detail="近期作品有评论")

    async def _words(self) -> None:
        """The words of what was 发表 within the week; asked for only where something was."""
        young = self._newest_rows()
        silent = {post.native_id: at for at, post in young.items() if post.form == articles.SILENT}
        since, number, last = self._week_ago(), 0, not silent
        while not last:
            asked = published.question(number)
            document = await self.api.call(published.PATH, asked, tolerated=published.NO_RIGHT)
            self.gathered.pages += 1
            if document.get("errcode") in published.NO_RIGHT:
                return
            found = published.page(document, since, number)
            for native_id, words in found.words.items():
                if (at := silent.get(native_id)) is not None:
                    self.gathered.posts[at] = replace(self.gathered.posts[at], text=words)
            number, last = number + 1, found.last

    def _newest_rows(self) -> dict[int, SeenPost]:
        """The newest row of each post of the last week, by its place among the posts."""
        first = self._week_ago()
        places: dict[str, int] = {}
        for at, post in enumerate(self.gathered.posts):
            if post.published_from >= first:
                places[post.native_id] = at  # rows of a post stand oldest first
        return {at: self.gathered.posts[at] for at in places.values()}

    def _week_ago(self) -> int:
        return day_start(self.newest - timedelta(days=COMMENT_DAYS - 1))

    async def _comments_of(self, msgid: str) -> service.Replies | None:
        """All comments of one post, page by page; None where it cannot have any."""
        replies = service.Replies()
        message, _, index = msgid.partition("_")
        question = {"msg_data_id": int(message), "index": int(index) - 1, "type": 0}
        for _ in range(MOST_COMMENT_PAGES):
            body = {**question, "begin": len(replies.seen), "count": COMMENT_PAGE}
            document = await self.api.call("/cgi-bin/comment/list", body, tolerated=NO_COMMENTS)
            self.gathered.pages += 1
            code = whole(document, "errcode", service.COMMENTS)
            if code in NO_COMMENTS:
                self.without_comments = code == NO_RIGHT
                return None
            if not replies.take(document) or len(replies.seen) >= replies.total:
                break
        return replies

    def _offers(self, function: Function, *, works: bool, detail: str) -> None:
        seen = SeenService(function, works, self.gathered.started_at, measured=True, detail=detail)
        self.gathered.services.append(seen)


def _with_replies(post: SeenPost, replies: service.Replies) -> SeenPost:
    """The row with the replies given by its own instant, so that all its numbers are of one."""
    numbers = post.numbers
    told = numbers.comments if numbers.comments is not None else replies.told
    answered, wait = replies.by(post.observed_at), replies.wait_by(post.observed_at)
    more = replace(numbers, replies=answered, reply_seconds=wait, comments=told)
    return replace(post, numbers=more)
