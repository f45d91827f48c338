"""Patrol 巡查: a person looked at an account's page; what that proves, and what it asks first."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from monitor.domain.collecting import CoverageClaim, Route
from monitor.domain.instants import BEGINNING, DAY, HOUR
from monitor.domain.numbers import Provenance

Moment = tuple[int, int]
"""The first and the last second (UTC) in which something may have been."""

SETTLE: Final = 2 * HOUR
"""A post under review shows on the page later than its publishing time says."""
FRESH_HOURS: Final = 168
SECONDS_EACH: Final = 40
"""What a look costs, as measured by those who patrol."""
OFFICE_GRADE: Final = 3
OWN_GRADE: Final = 1
DEPTH: Final[Mapping[str, int]] = {"weibo": 180 * DAY}
"""How far back the page itself goes, where the platform shows visitors no more than that."""
NONE_BELOW: Final[Moment] = (BEGINNING, BEGINNING)
"""As the second-newest post: there is no second one on the page."""


class Seen(StrEnum):
    """What the page was like."""

    OK = "正常"
    UNREACHABLE = "打不开"
    NOT_FOUND = "搜不到"
    RENAMED = "已改名"
    DEREGISTERED = "已注销"


NOTHING_SEEN: Final = frozenset({Seen.UNREACHABLE, Seen.NOT_FOUND, Seen.DEREGISTERED})
"""No page was seen, so nothing about posts was."""


class Comments(StrEnum):
    """Whether a citizen could leave a comment."""

    OPEN = "能"
    CLOSED = "不能"
    UNSEEN = "未看"


class Doubt(StrEnum):
    """Why an answer proves nothing before a person has answered a question."""

    NONE = ""
    NEWER_KNOWN = "已知有更新的作品"
    SECOND_WANTED = "请再看第二条"
    PINNED = "第二条更新,最近一条应为置顶"


@dataclass(frozen=True, slots=True)
class Look:
    """What one person saw of one account's page.

    The look took place in [looked_from, looked_until] (seconds; the same where it is known to the
    second, a Shanghai day where only that is known). `newest` is when the newest post was
    published, None with `empty` (主页无任何作品) or where no page was seen. `second` is the
    second-newest post, NONE_BELOW where there is none, None where nobody asked.
    """

    account_id: int
    looked_from: int
    looked_until: int
    seen: Seen = Seen.OK
    newest: Moment | None = None
    empty: bool = False
    title: str = ""
    url: str = ""
    second: Moment | None = None
    comments: Comments = Comments.UNSEEN
    name_now: str = ""
    remark: str = ""

    def __post_init__(self) -> None:
        if self.looked_from > self.looked_until:
            raise ValueError("a look ends no earlier than it begins")
        if self.newest is not None and (self.empty or self.newest[0] > self.newest[1]):
            raise ValueError("a newest post has a first and a last second, and an empty page none")
        if self.newest is not None and self.newest[1] > self.looked_until:
            raise ValueError("nothing is published after it was seen")

    @property
    def end(self) -> int:
        """The second before which the page was surely complete: the look less settling, and for a
        look known by its day that day's start."""
        if self.looked_until - self.looked_from >= DAY - 1:
            return self.looked_from
        return self.looked_from - SETTLE


def claim(look: Look, platform: str) -> CoverageClaim | None:
    """What the look proves: [newest + 1 s, end), all up to the end where the page was empty, as far
    as the platform's page reaches; None where no list was seen. [b, b): somebody looked."""
    if look.seen in NOTHING_SEEN:
        return None
    if look.newest is not None:
        a = look.newest[1] + 1
    elif look.empty:
        depth = DEPTH.get(platform)
        a = BEGINNING if depth is None else look.looked_until - depth
    else:
        return None
    return CoverageClaim(min(a, look.end), look.end, look.looked_from)


def doubt(look: Look, newest_live: Moment | None, limit: int) -> Doubt:
    """What must be asked before the look proves anything.

    `newest_live` is the newest known post that still stood and was surely published before the end
    of the look; `limit` the least silence in seconds that fails.
    """
    if look.seen in NOTHING_SEEN or (look.newest is None and not look.empty):
        return Doubt.NONE
    if look.newest is not None and look.second is not None and look.second[0] > look.newest[1]:
        return Doubt.PINNED
    if newest_live is not None and (look.newest is None or look.newest[1] < newest_live[0]):
        return Doubt.NEWER_KNOWN
    if look.second is None and convicts(look, limit):
        return Doubt.SECOND_WANTED
    return Doubt.NONE


def convicts(look: Look, limit: int) -> bool:
    """Whether the answer alone would show a silence of more than `limit` seconds."""
    return look.newest is not None and look.end - look.newest[1] > limit


def route(platform: str, grade: int) -> Route:
    """The way of patrol on a platform. A unit's own word has a way of its own, so that its mistakes
    never count against what third persons saw."""
    name = "patrol" if grade >= OFFICE_GRADE else "patrol/own"
    return Route(platform, name, Provenance.PATROL, grade, FRESH_HOURS)
