"""What the Weibo stand-in shows one authorised owner: user, timeline, counts and comments."""

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

from monitor.demo.servers.refusal import Refusal
from monitor.demo.servers.shown import counted, standing
from monitor.demo.servers.talk import SPREAD, Said, how_many, said
from monitor.demo.world import World, WorldAccount, WorldPost
from monitor.domain.instants import DAY, shanghai

Fields = Mapping[str, str]
MOST_POSTS: Final = 100
MOST_COMMENTS: Final = 200
DEEPEST: Final = 2000
"""Comments a list of the owner's own goes back."""
COMMENTED: Final = 30 * DAY
"""Posts of so many days are asked for the comments of the owner's lists."""
HIDDEN: Final = "仅自己可见"
"""The form of a post that only its owner sees."""
GOVERNMENT: Final = 1
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """One owner's view at second `at`. What is asked in a wrong way is answered as if not asked."""

    world: World
    account: WorldAccount
    at: int

    def owner(self, _: Fields) -> dict[str, Any]:
        """/2/account/get_uid.json."""
        return {"uid": number_of(self.account.uid)}

    def user(self, asked: Fields) -> dict[str, Any]:
        """/2/users/show.json."""
        self._owned(asked)
        return self._user(whole=True)

    def users(self, _: Fields) -> list[dict[str, Any]]:
        """/2/users/counts.json, of the owner alone."""
        user = self._user(whole=True)
        names = ("id", "followers_count", "friends_count", "statuses_count")
        return [{name: user[name] for name in names}]

    def timeline(self, asked: Fields) -> dict[str, Any]:
        """/2/statuses/user_timeline.json."""
        self._owned(asked)
        found = self._standing()
        size = min(_number(asked, "count", 20), MOST_POSTS)
        page = _page(found, lambda post: int(post.native_id), asked, size)
        return {
            "statuses": [self._status(post) for post in page],
            "hasvisible": False,
            "previous_cursor": 0,
            "next_cursor": 0,
            "total_number": len(found),
            "interval": 2000,
        }

    def one(self, asked: Fields) -> dict[str, Any]:
        """/2/statuses/show.json."""
        return self._status(self._post(asked.get("id", "")))

    def counts(self, asked: Fields) -> list[dict[str, Any]]:
        """/2/statuses/count.json; a post that is gone is left out."""
        wanted = set(asked.get("ids", "").split(",")[:MOST_POSTS])
        return [
            {
                "id": int(post.native_id),
                "comments": how_many(post, self.at),
                "reposts": counted(post.sharers, post, self.at),
                "attitudes": counted(post.likes, post, self.at),
            }
            for post in self._standing()
            if post.native_id in wanted
        ]

    def comments(self, asked: Fields) -> dict[str, Any]:
        """/2/comments/show.json: of one post, its owner's answers among them, newest first."""
        post = self._post(asked.get("id", ""))
        found = []
        for each in said(post, self.at):
            found.append(self._comment(each))
            if each.answered_at is not None:
                found.append(self._answer(each))
        return self._comments(sorted(found, key=_id, reverse=True), asked)

    def to_me(self, asked: Fields) -> dict[str, Any]:
        """/2/comments/to_me.json: what others wrote, newest first."""
        newest = heapq.nlargest(DEEPEST, self._talk(), key=lambda each: each.id)
        return self._comments([self._comment(each) for each in newest], asked)

    def by_me(self, asked: Fields) -> dict[str, Any]:
        """/2/comments/by_me.json: what the owner wrote, newest first."""
        answered = (each for each in self._talk() if each.answered_at is not None)
        newest = heapq.nlargest(DEEPEST, answered, key=lambda each: each.answer_id)
        return self._comments([self._answer(each) for each in newest], asked)

    def _owned(self, asked: Fields) -> None:
        uid = asked.get("uid") or self.account.uid
        name = asked.get("screen_name") or self.account.name
        if uid not in {self.account.uid, str(number_of(self.account.uid))}:
            raise Refusal(21335)
        if name != self.account.name:
            raise Refusal(21335)

    def _standing(self) -> Sequence[WorldPost]:
        found = standing(self.world, self.account, self.at)
        return sorted(found, key=lambda post: int(post.native_id), reverse=True)

    def _post(self, wanted: str) -> WorldPost:
        for post in self._standing():
            if post.native_id == wanted:
                return post
        raise Refusal(20101)

    def _talk(self) -> Iterator[Said]:
        for post in standing(self.world, self.account, self.at, self.at - COMMENTED - SPREAD):
            yield from said(post, self.at)

    def _user(self, *, whole: bool = False) -> dict[str, Any]:
        account = self.account
        user = {
            "id": number_of(account.uid),
            "idstr": account.uid,
            "screen_name": account.name,
            "name": account.name,
            "followers_count": account.followers,
            "friends_count": 12,
            "verified": True,
            "verified_type": GOVERNMENT,
            "verified_reason": f"{account.name}官方微博",
        }
        if whole:
            user["statuses_count"] = len(self._standing())
        return user

    def _status(self, post: WorldPost) -> dict[str, Any]:
        return {
            "created_at": _written(post.published_at),
            "id": int(post.native_id),
            "idstr": post.native_id,
            "mid": post.native_id,
            "text": post.title,
            "source": '<a href="http://app.weibo.com" rel="nofollow">微博网页版</a>',
            "truncated": False,
            "isLongText": False,
            "user": self._user(),
            "reposts_count": counted(post.sharers, post, self.at),
            "comments_count": how_many(post, self.at),
            "attitudes_count": counted(post.likes, post, self.at),
            "visible": {"type": int(post.form == HIDDEN), "list_id": 0},
            "pic_urls": [],
        }

    def _comment(self, each: Said) -> dict[str, Any]:
        reader = {"id": 10**9 + each.number, "idstr": str(10**9 + each.number)}
        return {
            "created_at": _written(each.written_at),
            "id": each.id,
            "idstr": str(each.id),
            "mid": str(each.id),
            "rootid": each.id,
            "text": each.words,
            "user": {**reader, "screen_name": f"演示网友{each.number}"},
            "status": {"id": int(each.post.native_id), "idstr": each.post.native_id},
        }

    def _answer(self, each: Said) -> dict[str, Any]:
        return {
            **self._comment(each),
            "created_at": _written(each.answered_at or 0),
            "id": each.answer_id,
            "idstr": str(each.answer_id),
            "mid": str(each.answer_id),
            "text": f"回复@演示网友{each.number}:{each.answer}",
            "user": self._user(),
            "reply_comment": self._comment(each),
        }

    def _comments(self, found: Sequence[dict[str, Any]], asked: Fields) -> dict[str, Any]:
        size = min(_number(asked, "count", 50), MOST_COMMENTS)
        return {
            "comments": _page(found, _id, asked, size),
            "hasvisible": False,
            "previous_cursor": 0,
            "next_cursor": 0,
            "total_number": len(found),
        }


def number_of(uid: str) -> int:
    """The number the platform knows an owner by; an invented id is made into one."""
    if uid.isascii() and uid.isdecimal():
        return int(uid)
    return 10**9 + int.from_bytes(blake2b(uid.encode(), digest_size=4).digest())


def _page(found: Sequence[Any], identity: Callable[[Any], int], asked: Fields, size: int) -> Any:
    """since_id < id <= max_id, newest first; then page number `page` of `size`."""
    since, last = _number(asked, "since_id", 0), _number(asked, "max_id", 0)
    fits = [
        each for each in found if identity(each) > since and (not last or identity(each) <= last)
    ]
    begin = (max(1, _number(asked, "page", 1)) - 1) * size
    return fits[begin : begin + size]


def _id(comment: Mapping[str, Any]) -> int:
    return int(comment["id"])


def _number(asked: Fields, name: str, otherwise: int) -> int:
    text = asked.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() else otherwise


def _written(second: int) -> str:
    """`Tue May 31 17:46:55 +0800 2011`, in the C locale whatever the machine's is."""
    at = shanghai(second)
    return f"{DAYS[at.weekday()]} {MONTHS[at.month - 1]} {at:%d %H:%M:%S} +0800 {at.year}"
