"""Files the invented units hand in: exports of their back ends in the universal template."""

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from monitor.demo.reach import followers, grown
from monitor.demo.roster import SITE, Resident
from monitor.demo.world import World, WorldPost
from monitor.domain.account import PLATFORMS
from monitor.domain.instants import DAY, day_start, shanghai, shanghai_day

HEADER_LINE: Final = """
平台 账号名称 账号ID 作品ID 作品链接 标题 体裁 发布时间 统计日期 阅读播放 点赞 评论 转发分享 收藏
回复数 粉丝数
"""
HEADERS: Final = HEADER_LINE.split()
"""The columns of the universal template that these back ends know."""

USUAL_DAYS: Final = 45
LONG_DAYS: Final = 660
LONG: Final = frozenset({"sleepy", "zombie", "ended", "never"})
OVERDUE_DAYS: Final = 45
WEEK: Final = 7
"""Days that the shortest export of 视频号 reaches back, in the prefecture that knows no other."""
GAP: Final = (24, 21)
"""Days ago between which one prefecture's Weibo export has a hole."""
INTERFACE_DAYS: Final = 20
"""Days before today from which on WeChat's interface is left to tell."""
INTERFACE_LONG: Final = 380
SHORT_PLACE: Final = ("channels", "恩施州")
GAP_PLACE: Final = ("weibo", "宜昌市")
DAILY_FANS: Final = "douyin"
"""The platform whose back end tells the followers of each day, for as many days as these."""
FANS_DAYS: Final = 45
TWICE: Final = "kuaishou"
"""The platform whose usual file is handed in twice."""


class Export(NamedTuple):
    """A file, and the stretch of publishing time [covers_from, covers_to) its units vouch for."""

    name: str
    content: bytes
    covers_from: int
    covers_to: int


Days = tuple[int, int]
"""From so many days ago to so many days ago."""


def exports(world: World, residents: Sequence[Resident], now: int) -> list[Export]:
    """All files handed in by `now`: one per platform and period, whole days only."""
    today = shanghai_day(now)
    groups: dict[tuple[str, Days], list[Resident]] = defaultdict(list)
    for resident in residents:
        for period in _periods(resident) if resident.exported else ():
            groups[resident.world.platform, period].append(resident)
    found = []
    for (platform, period), group in groups.items():
        a, b = (day_start(today - timedelta(days=days)) for days in period)
        name = f"全省汇总_{PLATFORMS[platform]}_{shanghai_day(a)}至{shanghai_day(b - 1)}.csv"
        days = FANS_DAYS if platform == DAILY_FANS else 1
        export = Export(name, content(world, group, (a, b), days), a, b)
        found.append(export)
        if platform == TWICE and period == (USUAL_DAYS, 0):
            found.append(export._replace(name=name.replace(".csv", "(1).csv")))
    return found


def _periods(resident: Resident) -> tuple[Days, ...]:
    """What the exports of an account cover: the last weeks, and all of a long silence."""
    where = (resident.world.platform, resident.seat.region_name)
    if "late" in resident.marks or resident.marks & {"expired", "revoked"}:
        return ((OVERDUE_DAYS + USUAL_DAYS, OVERDUE_DAYS),)
    if resident.world.platform == "wechat":
        return ((INTERFACE_LONG, INTERFACE_DAYS),)
    if resident.role in LONG or resident.world.leap:
        return ((LONG_DAYS, 0),)
    if where == SHORT_PLACE and resident.role == "steady":
        return ((WEEK, 0),)
    if where == GAP_PLACE and resident.role == "steady":
        return ((USUAL_DAYS, GAP[0]), (GAP[1], 0))
    return ((USUAL_DAYS, 0),)


def content(world: World, group: Sequence[Resident], period: tuple[int, int], fans: int) -> bytes:
    """A file in the universal template of what was published in [a, b), as it stood at its end,
    with the followers of its last `fans` days."""
    a, b = period
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADERS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for resident in group:
        account = resident.world
        head = {
            "平台": PLATFORMS[account.platform],
            "账号名称": account.name,
            "账号ID": account.uid,
            "统计日期": shanghai_day(b - 1).isoformat(),
        }
        for end in range(b - 1, max(a, b - fans * DAY) - 1, -DAY):
            told = {"统计日期": shanghai_day(end).isoformat()}
            writer.writerow(head | told | {"粉丝数": str(followers(account, end))})
        for post in world.posts(account, a, b):
            if post.deleted_at is None or post.deleted_at >= b:
                writer.writerow(head | _post_row(account.platform, account.uid, post, b))
    return out.getvalue().encode("utf-8-sig")


def _post_row(platform: str, uid: str, post: WorldPost, at: int) -> dict[str, str]:
    age = at - post.published_at
    counts = {
        "阅读播放": post.readers,
        "点赞": post.likes,
        "评论": post.comments,
        "转发分享": post.sharers,
        "收藏": post.favourites,
        "回复数": post.replies,
    }
    return {
        "作品ID": post.native_id,
        "作品链接": f"{SITE}/{platform}/{uid}/{post.native_id}",
        "标题": post.title,
        "体裁": post.form,
        "发布时间": shanghai(post.published_at).strftime("%Y-%m-%d %H:%M:%S"),
    } | {name: str(grown(final, age)) for name, final in counts.items()}
