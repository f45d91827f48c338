"""A bench: what the platform kit needs to try one platform. One file in `benches` adds one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from monitor.demo.world import World, WorldAccount, WorldPost
from monitor.domain.collecting import ErrorClass
from monitor.registry import Registry


@dataclass(frozen=True)
class Bench:
    """A platform's server, an account on it, and the posts it has published.

    `now` is the instant of the first pass, and all `posts` are visible to it; `later` are published
    after it and visible a day later. `faults` names what the account's `fault` must end as.
    `midway` is a request in the middle of a pass, 0 where a pass asks once only. `secret` must
    never be seen outside the request. `secrets` are the credential's values as the reader gets
    them, shared ones included.
    """

    server: Callable[[World, Callable[[], datetime]], web.Application]
    account: WorldAccount
    posts: tuple[WorldPost, ...]
    later: tuple[WorldPost, ...]
    secrets: Mapping[str, str]
    secret: str
    now: datetime
    faults: Mapping[str, ErrorClass] = field(default_factory=dict)
    midway: int = 5
    listed_midway: bool = False
    """Whether the list, which alone is claimed, has been read by then."""
    endings: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """The lines of the fault table that end otherwise here: from the start, and midway."""
    words: bool = False
    """Whether it gives what stands below a title, of some posts at least."""
    named: Callable[[str], str] = str
    """How the reader's source names a post whose id in the world is given."""

    def ids(self) -> set[str]:
        """The posts a first pass must find, as the reader names them."""
        return {self.named(post.native_id) for post in self.posts}

    def later_ids(self) -> set[str]:
        """The posts a pass must find besides, a day later."""
        return {self.named(post.native_id) for post in self.later}


BENCHES = Registry[Bench]("tests.kits.benches")
