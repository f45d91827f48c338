"""Post 作品: something an account published, as one source showed it at one instant."""

from dataclasses import dataclass
from typing import Final

from monitor.domain.numbers import PostNumbers

NO_NUMBERS: Final = PostNumbers()
LONGEST_TEXT: Final = 3_000
"""So many characters of a post's text are kept: longer than any release is approved."""
LIVE_STREAM: Final = "直播"
"""The form of a live stream: it shows that somebody was there, and no list of works holds it."""
ORIGINAL: Final = ("微博", "自制", "原创")
"""Forms that say the account made it itself, in the words of the platform or of whoever filled in a
template; every other form but `REPOSTED` leaves that open."""
REPOSTED: Final = ("转发", "转载")
"""Forms that say it is somebody else's."""
MASS_SENT: Final = "群发"
"""The form of a WeChat article that went out to followers; 发表 went to the page only."""


@dataclass(frozen=True, slots=True)
class SeenPost:
    """A post as a source showed it, with its numbers of that instant.

    `published_from` and `published_until` are the first and last second (UTC) in which it may have
    been published: equal where the source gives a second, the Shanghai day where it gives a date,
    never after `observed_at`. `capped` names the numbers that were shown as a ceiling ('10万+').
    `text` is what the source gives of the post's words beside its title, '' where it gives none.
    """

    native_id: str
    published_from: int
    published_until: int
    observed_at: int
    title: str = ""
    url: str = ""
    form: str = ""
    numbers: PostNumbers = NO_NUMBERS
    final: bool = False
    capped: frozenset[str] = frozenset()
    deleted: bool = False
    text: str = ""

    def __post_init__(self) -> None:
        if not self.published_from <= self.published_until:
            raise ValueError("a post is published no later than the last second it may have been")
