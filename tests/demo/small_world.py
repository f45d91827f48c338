"""A world small enough to know by heart: accounts with posts at the seconds a test names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from monitor.demo.world import WorldAccount, WorldPost
from monitor.domain.instants import HOUR, to_second

EARLY = 2 * HOUR
"""Seconds by which the posts of `early` are shown before their time."""


def an_account(**changes: Any) -> WorldAccount:
    """A public account with a menu, comments and a key."""
    plain = WorldAccount(
        platform="wechat",
        uid="gh_0001",
        name="平安小城(演示)",
        unit_code="420100000000",
        appid="wxdemo0001",
        secret="s3cret-of-wxdemo0001",
        followers=1200,
        menu=(
            ("办事服务", "https://example.invalid/service"),
            ("我要咨询", "https://example.invalid/ask"),
        ),
    )
    return replace(plain, **changes)


def a_post(number: int, published: str, **changes: Any) -> WorldPost:
    """Post `number`, published at a Shanghai `YYYY-MM-DD HH:MM`."""
    plain = WorldPost(
        native_id=f"{2247480000 + number}_1",
        published_at=to_second(datetime.fromisoformat(f"{published}+08:00")),
        title=f"第{number}期",
        text=f"第{number}期的正文:\n一盔一带 & 慢行",
        readers=1000,
        likes=100,
        recommends=50,
        comments=20,
        sharers=30,
        favourites=10,
        replies=10,
    )
    return replace(plain, **changes)


def many_posts(count: int, prefix: str) -> tuple[WorldPost, ...]:
    """Up to 660 posts of October and November, no two in the same minute; ids `prefix` + number."""
    return tuple(
        a_post(
            number,
            f"2026-{10 + number % 2}-{number % 22 + 1:02d} {number % 12 + 8:02d}:{number % 60:02d}",
            native_id=f"{prefix}{number}",
        )
        for number in range(count)
    )


@dataclass
class SmallWorld:
    """Implements monitor.demo.world.World from what a test puts in, by uid."""

    people: Sequence[WorldAccount]
    written: Mapping[str, Sequence[WorldPost]]
    letters: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    early: Mapping[str, WorldPost] = field(default_factory=dict)

    def accounts(self, platform: str) -> Sequence[WorldAccount]:
        return [account for account in self.people if account.platform == platform]

    def posts(self, account: WorldAccount, since: int, until: int) -> Sequence[WorldPost]:
        mine = sorted(self.written.get(account.uid, ()), key=lambda post: post.published_at)
        shown = [post for post in mine if since <= post.published_at < until]
        early = self.early.get(account.uid)
        if early and since <= early.published_at <= until + EARLY:
            shown.append(early)
        return shown

    def befall(self, uid: str, fault: str) -> None:
        """Let a trouble befall an account, or be over: servers keep the account they once found,
        so the very same one changes."""
        for account in self.people:
            if account.uid == uid:
                object.__setattr__(account, "fault", fault)

    def messages(self, account: WorldAccount, day: str) -> tuple[int, int]:
        return self.letters.get(day, (0, 0))
