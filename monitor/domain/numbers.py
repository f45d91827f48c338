"""数据快照: what a source said at one instant; people and times never mix, missing is None."""

from dataclasses import dataclass, fields
from enum import StrEnum


class Provenance(StrEnum):
    """Where a number or a look came from, as the screens say it."""

    INTERFACE = "接口采集"
    EXPORT = "后台导出"
    PURCHASED = "购买数据"
    PATROL = "人工巡查"
    REPORT = "单位填报"
    FEED = "公开订阅源"
    MANUAL = "人工录入"


@dataclass(frozen=True, slots=True)
class PostNumbers:
    """Cumulative numbers of one post. readers and sharers are people, everything else is times;
    `reply_seconds` is the median time from a comment to the owner's answer, of `replies` answers.
    """

    readers: int | None = None
    reads: int | None = None
    plays: int | None = None
    likes: int | None = None
    recommends: int | None = None
    comments: int | None = None
    shares: int | None = None
    sharers: int | None = None
    favourites: int | None = None
    coins: int | None = None
    danmaku: int | None = None
    replies: int | None = None
    reply_seconds: int | None = None

    @property
    def empty(self) -> bool:
        """True when the source said nothing at all."""
        return all(getattr(self, each.name) is None for each in fields(self))


@dataclass(frozen=True, slots=True)
class AccountNumbers:
    """Numbers of an account: `followers` is a level; the others are of one day, or cumulative."""

    followers: int | None = None
    followers_gained: int | None = None
    followers_lost: int | None = None
    posts: int | None = None
    readers: int | None = None
    reads: int | None = None
    plays: int | None = None
    likes: int | None = None
    recommends: int | None = None
    comments: int | None = None
    sharers: int | None = None
    favourites: int | None = None
    messages: int | None = None
    message_senders: int | None = None

    @property
    def empty(self) -> bool:
        """True when the source said nothing at all."""
        return all(getattr(self, each.name) is None for each in fields(self))


@dataclass(frozen=True, slots=True)
class AccountObservation:
    """Numbers of an account. `observed_at` is the second they were true (a day's numbers: its last
    second). `basis` is '累计' (level, all time) or '单日' (of that Shanghai day)."""

    observed_at: int
    numbers: AccountNumbers
    basis: str
    final: bool = True
