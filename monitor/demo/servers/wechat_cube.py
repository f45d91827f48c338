"""The stand-in's data cube: posts and numbers of whole days, one day late, growing for thirty."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from monitor.demo.servers.refusal import Refusal
from monitor.demo.world import World, WorldAccount, WorldPost
from monitor.domain.instants import HOUR, day_end, day_start, shanghai_day

COUNTED: Final = 30
"""Days after its publishing during which a post's numbers grow."""
OLD_DAYS: Final = 7
READY: Final = 8 * HOUR
TRUE_SAMPLE: Final = {
    "read_delivery_rate": 0.0271002,
    "read_finish_rate": 0.6304348,
    "read_avg_activetime": 1.0588236,
}
"""What the world knows nothing of is answered with the documents' own sample values."""
COUNTS: Final = {
    "read_user": "readers",
    "share_user": "sharers",
    "zaikan_user": "recommends",
    "like_user": "likes",
    "comment_count": "comments",
    "collection_user": "favourites",
}
"""The platform's name of each number, and the world's."""


@dataclass(frozen=True, slots=True)
class Question:
    """Whose numbers of which days, asked at which second."""

    world: World
    account: WorldAccount
    begin: date
    end: date
    at: int

    def days(self) -> Iterator[date]:
        """The days asked for, oldest first."""
        for number in range((self.end - self.begin).days + 1):
            yield self.begin + timedelta(days=number)

    def posts(self, begin: date, end: date) -> Sequence[WorldPost]:
        """What was published on these days and still stands."""
        return [
            post
            for post in self.world.posts(self.account, day_start(begin), day_end(end) + 1)
            if post.deleted_at is None or post.deleted_at > self.at
        ]


def msgid(post: WorldPost) -> str:
    """<msg_data_id>_<index>: a world that numbers its posts plainly has them at index 1."""
    return post.native_id if "_" in post.native_id else f"{post.native_id}_1"


def grown(value: int, days: int) -> int:
    """A number `days` after publishing: 45 % on the first day, all of it after thirty."""
    left = max(0, COUNTED - days)
    return value - value * 55 * left**3 // (100 * COUNTED**3)


def ask_cube(
    name: str, world: World, account: WorldAccount, body: dict[str, Any], at: int
) -> dict[str, Any]:
    """The answer of one endpoint; Refusal for dates it does not take."""
    endpoint = CUBE[name]
    begin, end = _date(body, "begin_date"), _date(body, "end_date")
    yesterday = shanghai_day(at) - timedelta(days=1)
    too_long = (end - begin).days >= endpoint.span
    out = begin < endpoint.since or end > endpoint.until
    if begin > end or too_long or end > yesterday or out:
        raise Refusal(61501, "date range error")
    if end > _newest_ready(at):
        raise Refusal(61503, "data not ready, please try later")
    if account.fault == "changed":
        # The platform renamed its fields overnight, and told nobody.
        return {"data": {"items": []}, "is_delay": False}
    answer: dict[str, Any] = {"list": endpoint.rows(Question(world, account, begin, end, at))}
    if endpoint.tells_delay:
        answer["is_delay"] = account.fault == "delay"
    return answer


def _newest_ready(at: int) -> date:
    """The newest day with data: yesterday, from 08:00 on."""
    return shanghai_day(at - READY) - timedelta(days=1)


def _date(body: dict[str, Any], field: str) -> date:
    value = body.get(field)
    try:
        if isinstance(value, str) and len(value) == len("2025-11-01"):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise Refusal(61500, "date format error")


def _total_detail(question: Question) -> list[dict[str, Any]]:
    return [
        {
            "ref_date": question.begin.isoformat(),
            "msgid": msgid(post),
            "publish_type": 0 if post.notified else 1,
            "title": post.title,
            "content_url": f"http://mp.weixin.qq.com/s?__biz=demo&mid={msgid(post)}",
            "detail_list": _rows(post, question),
        }
        for post in question.posts(question.begin, question.end)
    ]


def _rows(post: WorldPost, question: Question) -> list[dict[str, Any]]:
    """Numbers at the end of each ready day since publishing, at most thirty days on."""
    days = min(COUNTED, (_newest_ready(question.at) - question.begin).days)
    return [
        {
            "stat_date": (question.begin + timedelta(days=number)).isoformat(),
            **_counts([post], number),
            "read_user_source": [
                {"user_count": grown(post.readers, number), "scene_desc": "全部"},
            ],
            "praise_money": 0,
            "read_subscribe_user": grown(post.readers, number) * 4 // 5,
            "read_jump_position": [{"position": 1, "rate": 0.5304147}],
            **TRUE_SAMPLE,
        }
        for number in range(days + 1)
    ]


def _old_total(question: Question) -> list[dict[str, Any]]:
    """The endpoint of old: what was mass-sent on one day, and its numbers of seven days."""
    return [
        {
            "ref_date": question.begin.isoformat(),
            "msgid": msgid(post),
            "title": post.title,
            "details": [
                {
                    "stat_date": (question.begin + timedelta(days=number)).isoformat(),
                    "target_user": question.account.followers,
                    "int_page_read_user": grown(post.readers, number),
                    "int_page_read_count": grown(post.readers, number) * 6 // 5,
                    "ori_page_read_user": 0,
                    "ori_page_read_count": 0,
                    "share_user": grown(post.sharers, number),
                    "share_count": grown(post.sharers, number) * 6 // 5,
                    "add_to_fav_user": grown(post.favourites, number),
                    "add_to_fav_count": grown(post.favourites, number),
                }
                for number in range(OLD_DAYS)
            ],
        }
        for post in question.posts(question.begin, question.end)
        if post.notified
    ]


def _counts(posts: Sequence[WorldPost], days: int) -> dict[str, int]:
    return {
        name: sum(grown(getattr(post, noun), days) for post in posts)
        for name, noun in COUNTS.items()
    }


def _summaries(question: Question) -> list[dict[str, Any]]:
    posts = question.posts(question.begin - timedelta(days=COUNTED), question.end)
    return [
        {"ref_date": day.isoformat(), "detail": _summary(posts, day)} for day in question.days()
    ]


def _summary(posts: Sequence[WorldPost], day: date) -> dict[str, Any]:
    """What all posts of the last month gained on one day."""
    gained = dict.fromkeys(COUNTS, 0)
    published = 0
    for post in posts:
        age = (day - shanghai_day(post.published_at)).days
        published += age == 0
        if 0 <= age <= COUNTED:
            for name, noun in COUNTS.items():
                value = getattr(post, noun)
                gained[name] += grown(value, age) - (grown(value, age - 1) if age else 0)
    source = [{"user_count": gained["read_user"], "scene_desc": "全部"}]
    rest = {"redirect_ori_page_user": 0, "send_page_count": published}
    return {**gained, "read_user_source": source, **rest}


def _cumulate(question: Question) -> list[dict[str, Any]]:
    level = question.account.followers
    return [{"ref_date": day.isoformat(), "cumulate_user": level} for day in question.days()]


def _messages(question: Question) -> list[dict[str, Any]]:
    """One row a day and type, and none for a day on which nobody wrote."""
    rows = []
    for day in question.days():
        people, messages = question.world.messages(question.account, day.isoformat())
        row = {"ref_date": day.isoformat(), "msg_type": 1}
        rows.append({**row, "msg_user": people, "msg_count": messages})
    return [row for row in rows if row["msg_count"]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One endpoint: the most days it takes, the first day it knows, and how it answers."""

    span: int
    since: date
    rows: Callable[[Question], list[dict[str, Any]]]
    tells_delay: bool = True
    until: date = date.max


NEW: Final = date(2025, 11, 1)
OLD: Final = date(2014, 12, 1)
LAST_OLD: Final = date(2025, 10, 31)
CUBE: Final = {
    "getarticletotal": Endpoint(1, OLD, _old_total, tells_delay=False, until=LAST_OLD),
    "getarticletotaldetail": Endpoint(1, NEW, _total_detail),
    "getbizsummary": Endpoint(30, NEW, _summaries),
    "getusercumulate": Endpoint(7, OLD, _cumulate, tells_delay=False),
    "getupstreammsg": Endpoint(7, OLD, _messages, tells_delay=False),
}
