"""What the demo's servers may ask of the invented province: a protocol, and its plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class WorldPost:
    """A post of the invented province; times are UTC seconds.

    `text` is what stands below the title where a platform has both. `notified` is 群发 as opposed
    to 发表. `readers`, `likes` ... are reached after 30 days.
    """

    native_id: str
    published_at: int
    title: str
    notified: bool = True
    form: str = "图文"
    readers: int = 0
    likes: int = 0
    recommends: int = 0
    comments: int = 0
    sharers: int = 0
    favourites: int = 0
    replies: int = 0
    deleted_at: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class WorldAccount:
    """An account of the invented province, with what a platform's server must know of it.

    `fault` names what its interface answers instead of data: '' none, 'unauthorized' (48001),
    'expired' (40001 whatever the token), 'revoked' (61003), 'delay' (is_delay for ever),
    'quota' (45009), 'changed' (fields nobody announced).
    `joined`: its owner agreed to the office's application (微信第三方平台).
    `grows` is how many followers a day come to those of `reach.ANCHOR`; from second `leap` on (0:
    never) there are a third more, and posts are liked out of all proportion.
    `menu` are (name, url) leaves of its service menu. `outage`: from the first second on and before
    the second its platform shows nothing that was published since the first.
    """

    platform: str
    uid: str
    name: str
    unit_code: str
    appid: str = ""
    secret: str = ""
    followers: int = 0
    menu: tuple[tuple[str, str], ...] = ()
    comments_open: bool = True
    fault: str = ""
    joined: bool = False
    grows: int = 0
    leap: int = 0
    outage: tuple[int, int] = (0, 0)


class World(Protocol):
    """The invented province as its platforms see it."""

    def accounts(self, platform: str) -> Sequence[WorldAccount]:
        """All accounts on one platform."""

    def posts(self, account: WorldAccount, since: int, until: int) -> Sequence[WorldPost]:
        """Posts with since <= published_at < until, oldest first; the same for ever."""

    def messages(self, account: WorldAccount, day: str) -> tuple[int, int]:
        """(people, messages) that wrote to the account on a Shanghai day (ISO)."""
