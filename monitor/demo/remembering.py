"""A world that remembers: each post is made up once, however often a platform is asked for it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from monitor.demo.world import World, WorldAccount, WorldPost

EVER: Final = 946_684_800
"""The year 2000: before any account was opened."""
_PUBLISHED: Final = attrgetter("published_at")


@dataclass
class Remembering:
    """`world`, with the posts of each account kept; what was published once stays for ever."""

    world: World
    _known: dict[str, tuple[int, list[WorldPost]]] = field(default_factory=dict)

    def accounts(self, platform: str) -> Sequence[WorldAccount]:
        """See World."""
        return self.world.accounts(platform)

    def messages(self, account: WorldAccount, day: str) -> tuple[int, int]:
        """See World."""
        return self.world.messages(account, day)

    def posts(self, account: WorldAccount, since: int, until: int) -> Sequence[WorldPost]:
        """See World."""
        known_until, posts = self._known.get(account.uid, (EVER, []))
        if until > known_until:
            posts.extend(self.world.posts(account, known_until, until))
            self._known[account.uid] = (until, posts)
        first = bisect_left(posts, since, key=_PUBLISHED)
        return posts[first : bisect_left(posts, until, key=_PUBLISHED)]
