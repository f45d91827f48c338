"""What the Douyin stand-in shows one authorised owner: films, numbers a day late, comments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any, Final

from monitor.demo.reach import followers
from monitor.demo.servers.refusal import Refusal
from monitor.demo.servers.shown import counted, standing
from monitor.demo.servers.talk import Said, how_many, said
from monitor.demo.world import World, WorldAccount, WorldPost
from monitor.domain.instants import DAY, HOUR, MINUTE, day_end, day_start, shanghai_day

Fields = Mapping[str, Any]
Reply = dict[str, Any]
MOST: Final = 20
WITH_DATA: Final = 30 * DAY
"""Films younger than this have numbers by day."""
READY: Final = 10 * HOUR
"""Yesterday's numbers are there from ten o'clock on."""
REVIEW: Final = 5 * MINUTE
PINNED: Final = "置顶"
"""The form of a film its owner holds at the top of the list."""
REFUSED: Final = "未过审"
"""The form of a film the platform shows to nobody."""
PERIODS: Final = ("7", "15", "30")


@dataclass(frozen=True)
class Shown:
    """One owner's view at second `at`."""

    world: World
    account: WorldAccount
    at: int

    def films(self, asked: Fields) -> Reply:
        """video_list: the held one first, then newest first below the cursor."""
        cursor, count = _number(asked, "cursor", 0), _number(asked, "count", 10)
        if not 0 < count <= MOST:
            raise Refusal(28001007)
        found = [post for post in self._standing() if post.form != PINNED]
        below = [post for post in found if not cursor or post.published_at * 1000 < cursor]
        page = below[:count]
        held = [] if cursor else [post for post in self._standing() if post.form == PINNED]
        last = page[-1].published_at * 1000 if page else cursor
        shown = [self._film(post) for post in (*held, *page)]
        return {"cursor": last, "has_more": len(below) > count, "list": shown}

    def some_films(self, asked: Fields) -> Reply:
        """video_data: films by their ids."""
        wanted = asked.get("item_ids") or []
        found = {post.native_id: post for post in self._standing()}
        return {"list": [self._film(found[each]) for each in wanted if each in found]}

    def by_day(self, kind: str, asked: Fields) -> Reply:
        """/data/external/user/<kind>/: the last days of the account, of which all are over."""
        days = list(self._days(asked))
        posts = self.world.posts(self.account, day_start(days[0]) - 30 * DAY, self.at)
        rows = [{"date": day.isoformat(), **self._of_user(kind, day, posts)} for day in days]
        return {"result_list": rows}

    def film_base(self, asked: Fields) -> Reply:
        """/data/external/item/base/: totals of one film, as strings, as the platform has it."""
        post = self._young(asked)
        at = min(self.at, day_end(self._newest_day()))
        return {
            "result": {
                "avg_play_duration": "7.5",
                "total_comment": str(how_many(post, at)),
                "total_like": str(counted(post.likes, post, at)),
                "total_play": str(counted(post.readers, post, at)),
                "total_share": str(counted(post.sharers, post, at)),
            }
        }

    def film_by_day(self, kind: str, asked: Fields) -> Reply:
        """/data/external/item/<kind>/: what one film gained on each of the last days."""
        post = self._young(asked)
        rows = [
            {"date": day.isoformat(), kind: str(_gained(post, kind, day))}
            for day in self._days(asked)
            if day_end(day) >= post.published_at
        ]
        return {"result_list": rows}

    def comments(self, asked: Fields) -> Reply:
        """/item/comment/list/: what citizens wrote under one film, newest first."""
        post = self._post(asked)
        found = sorted(said(post, self.at), key=lambda each: each.id, reverse=True)
        return _page([self._comment(each) for each in found], asked)

    def replies(self, asked: Fields) -> Reply:
        """/item/comment/reply/list/: what was answered to one comment."""
        post = self._post(asked)
        found = [
            self._answer(each)
            for each in said(post, self.at)
            if _comment_id(each) == asked.get("comment_id") and each.answered_at is not None
        ]
        return _page(found, asked)

    def _standing(self) -> Sequence[WorldPost]:
        return standing(self.world, self.account, self.at)

    def _post(self, asked: Fields) -> WorldPost:
        for post in self._standing():
            if post.native_id == asked.get("item_id"):
                return post
        raise Refusal(28001007)

    def _young(self, asked: Fields) -> WorldPost:
        post = self._post(asked)
        if self.at - post.published_at > WITH_DATA:
            raise Refusal(28001007)
        return post

    def _newest_day(self) -> date:
        return shanghai_day(self.at - READY) - timedelta(days=1)

    def _days(self, asked: Fields) -> Iterator[date]:
        period = str(asked.get("date_type", ""))
        if period not in PERIODS:
            raise Refusal(28001007)
        newest = self._newest_day()
        for ago in range(int(period) - 1, -1, -1):
            yield newest - timedelta(days=ago)

    def _of_user(self, kind: str, day: date, posts: Sequence[WorldPost]) -> dict[str, str]:
        if kind == "fans":
            return {"new_fans": "3", "total_fans": str(followers(self.account, day_end(day)))}
        if kind == "profile":
            return {"profile_uv": "40"}
        if kind == "item":
            issued = [post for post in posts if shanghai_day(post.published_at) == day]
            played = sum(_gained(post, "play", day) for post in posts)
            return {"new_issue": str(len(issued)), "new_play": str(played)}
        return {f"new_{kind}": str(sum(_gained(post, kind, day) for post in posts))}

    def _film(self, post: WorldPost) -> Reply:
        waiting = self.at - post.published_at < REVIEW
        return {
            "item_id": post.native_id,
            "title": post.title,
            "cover": "",
            "create_time": post.published_at,
            "is_reviewed": not waiting,
            "is_top": post.form == PINNED,
            "share_url": "https://www.iesdouyin.com/share/video/demo",
            "video_status": 2 if post.form == REFUSED else 4 if waiting else 5,
            "media_type": 2 if post.form == "图文" else 4,
            "statistics": {
                "comment_count": how_many(post, self.at),
                "digg_count": counted(post.likes, post, self.at),
                "download_count": 0,
                "forward_count": 0,
                "play_count": counted(post.readers, post, self.at),
                "share_count": counted(post.sharers, post, self.at),
            },
        }

    def _comment(self, each: Said) -> Reply:
        return {
            "comment_id": _comment_id(each),
            "comment_user_id": f"@citizen{each.number}",
            "content": each.words,
            "create_time": each.written_at,
            "digg_count": 0,
            "reply_comment_total": int(each.answered_at is not None),
            "top": False,
            "nick_name": f"演示网友{each.number}",
        }

    def _answer(self, each: Said) -> Reply:
        return {
            "comment_id": f"@{each.answer_id}",
            "comment_user_id": open_id(self.account),
            "content": each.answer,
            "create_time": each.answered_at,
            "digg_count": 0,
        }


def open_id(account: WorldAccount) -> str:
    """How the application knows an owner: another id than the one people see."""
    return f"_000{blake2b(account.uid.encode(), digest_size=15).hexdigest()}"


def _gained(post: WorldPost, kind: str, day: date) -> int:
    """What a film gained on one day."""
    begin, end = day_start(day), day_end(day)
    if kind == "comment":
        return how_many(post, end) - how_many(post, begin - 1)
    final = {"play": post.readers, "like": post.likes, "share": post.sharers}[kind]
    if end < post.published_at:
        return 0
    before = counted(final, post, begin - 1) if begin > post.published_at else 0
    return counted(final, post, end) - before


def _comment_id(each: Said) -> str:
    return f"@{each.id}"


def _page(found: Sequence[Reply], asked: Fields) -> Reply:
    begin, count = _number(asked, "cursor", 0), _number(asked, "count", 10)
    if not 0 < count <= MOST:
        raise Refusal(28001007)
    page = list(found[begin : begin + count])
    end = begin + len(page)
    return {"cursor": end, "has_more": end < len(found), "list": page}


def _number(asked: Fields, name: str, otherwise: int) -> int:
    text = str(asked.get(name, ""))
    if not text:
        return otherwise
    if not (text.isascii() and text.isdecimal()):
        raise Refusal(28001007)
    return int(text)
