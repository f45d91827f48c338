"""Report 填报: a unit's weekly line about one account, and how far its own word goes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from monitor.domain.account import Account, State
from monitor.domain.collecting import CoverageClaim, Route
from monitor.domain.instants import HOUR
from monitor.domain.numbers import Provenance
from monitor.domain.unit import Level

Words = Mapping[str, str]
"""What a person typed, by column; kept as it was typed."""

POSTS: Final = "本周发布数"
NEWEST: Final = "最近一条发布时间"
URL: Final = "最近一条链接"
RECEIVED: Final = "收到留言数"
REPLIED: Final = "已回复数"
COMMENTS: Final = "评论留言是否开放"
REASON: Final = "本周停更原因"
KEEPER: Final = "绑定管理员在岗"
REMARK: Final = "备注"
COLUMNS: Final = (POSTS, NEWEST, URL, RECEIVED, REPLIED, COMMENTS, REASON, KEEPER, REMARK)
YES_NO: Final = ("是", "否")
KEEPERS: Final = ("是", "否", "不详")
STOPPED: Final = "停更原因"
"""The registry's column for the reason; 绑定管理员在岗 has its own name there too."""

SETTLE: Final = 2 * HOUR
"""A page may show a post so long after it was published."""
ROLLED_UP: Final = frozenset({Level.TEAM, Level.STATION})
"""Their superior fills their lines in: one form a week for a county, not one for every station."""
ASKED_STATES: Final = frozenset({State.ACTIVE, State.PAUSED, State.LOST, State.UNCHECKED})


class StopReason(StrEnum):
    """Why an account was not updated this week."""

    NONE = "无"
    STAFF = "人员调整"
    PASSWORD = "密码遗失"
    DEVICE = "设备故障"
    PAUSED = "已报批暂停"
    OTHER = "其他"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What a unit says of one account in one ISO week; None where it says nothing.

    `newest_from` and `newest_until` bound the newest post in UTC seconds.
    """

    account_id: int
    week: str
    posts: int | None = None
    newest_from: int | None = None
    newest_until: int | None = None
    url: str = ""
    received: int | None = None
    replied: int | None = None
    comments_open: bool | None = None
    reason: StopReason | None = None
    keeper: str = ""
    remark: str = ""

    def claim(self, looked_at: int) -> CoverageClaim | None:
        """What the line proves against the unit itself: nothing newer than the linked post.

        None without a link: such a line moves no bound.
        """
        if not self.url or self.newest_until is None:
            return None
        end = looked_at - SETTLE
        return CoverageClaim(min(self.newest_until + 1, end), end, looked_at)


def route_of(platform: str) -> Route:
    """The way a unit's own word comes in: grade 1, fresh for a week."""
    return Route(platform, "report", Provenance.REPORT, grade=1, fresh_hours=168)


def registered_as(account: Account, line: ReportLine) -> Account:
    """The account as the registry should state it after this line; itself where nothing changes.

    A reason is noted, and 无 takes 失管待找回 back. That a password is lost or a pause approved
    changes no state: a level above confirms it, and nobody excuses himself (`domain.proposal`).
    """
    details = dict(account.details)
    if line.reason is StopReason.NONE:
        details.pop(STOPPED, None)
    elif line.reason is not None:
        details[STOPPED] = line.reason.value
    if line.keeper:
        details[KEEPER] = line.keeper
    found = line.reason is StopReason.NONE and account.state is State.LOST
    return replace(account, state=State.ACTIVE if found else account.state, details=details)


def same_as_last(last: Words, newest: Words) -> dict[str, str]:
    """同上周,仅更新日期: last week's answers with the newest post as it is known today.

    `newest` holds 最近一条发布时间 and 最近一条链接 as we know them, blank where we know none. The
    number of posts and messages belong to their week and are not carried over.
    """
    kept = {key: last.get(key, "") for key in (COMMENTS, REASON, KEEPER, REMARK)}
    dated = {key: newest.get(key, "") or last.get(key, "") for key in (NEWEST, URL)}
    return {**kept, **dated}
