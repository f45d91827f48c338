"""Files the invented units hand in: exports of their back ends in the universal template."""

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from monitor.demo.places import place_of
from monitor.demo.reach import grown
from monitor.demo.roster import SITE, Resident
from monitor.demo.world import World, WorldPost
from monitor.domain.account import PLATFORMS
from monitor.domain.instants import day_start, shanghai, shanghai_day

HEADER_LINE: Final = """
平台 账号名称 账号ID 作品ID 作品链接 标题 体裁 发布时间 统计日期 阅读播放 点赞 在看推荐 评论
转发分享 收藏 投币 弹幕 回复数 私信数 粉丝数 备注
"""
HEADERS: Final = HEADER_LINE.split()
"""The columns of the universal template."""

USUAL_DAYS: Final = 120
LONG_DAYS: Final = 400
OVERDUE_DAYS: Final = 45


class Export(NamedTuple):
    """A file, and the stretch of publishing time [covers_from, covers_to) its unit vouches for."""

    name: str
    content: bytes
    covers_from: int
    covers_to: int


def exports(world: World, residents: Sequence[Resident], now: int) -> list[Export]:
    """All files handed in by `now`: one per prefecture, platform and period, whole days only."""
    groups: dict[tuple[str, str, int, int], list[Resident]] = defaultdict(list)
    for resident in residents:
        if resident.source == "后台导出":
            place = place_of(resident.seat.code)
            region = place.region_name if place else "省厅"
            groups[(region, resident.world.platform, *_period(resident, now))].append(resident)
    return [
        Export(_file_name(region, platform, a, b), _content(world, group, a, b), a, b)
        for (region, platform, a, b), group in groups.items()
    ]


def _period(resident: Resident, now: int) -> tuple[int, int]:
    """What an export covers: the last months, and for a long silence all that belongs to it."""
    last = shanghai_day(now)
    if "late" in resident.marks:
        last -= timedelta(days=OVERDUE_DAYS)
    first = last - timedelta(days=USUAL_DAYS)
    if resident.role == "zombie":
        first = last - timedelta(days=LONG_DAYS)
    if resident.role == "never":
        first = min(first, resident.opened)
    if resident.rhythm.until is not None:
        first = min(first, resident.rhythm.until - timedelta(days=30))
    return day_start(first), day_start(last)


def _file_name(region: str, platform: str, a: int, b: int) -> str:
    return f"{region}_{PLATFORMS[platform]}_{shanghai_day(a)}至{shanghai_day(b - 1)}.csv"


def _content(world: World, group: Sequence[Resident], a: int, b: int) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADERS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for resident in group:
        account = resident.world
        head = {
            "平台": PLATFORMS[account.platform],
            "账号名称": account.name,
            "账号ID": "" if "noid" in resident.marks else account.uid,
            "统计日期": shanghai_day(b - 1).isoformat(),
        }
        writer.writerow(head | {"粉丝数": str(account.followers), "备注": "账号汇总"})
        for post in world.posts(account, a, b):
            if post.deleted_at is None or post.deleted_at >= b:
                writer.writerow(head | _post_row(account.platform, account.uid, post, b))
    return out.getvalue().encode("utf-8-sig")


def _post_row(platform: str, uid: str, post: WorldPost, at: int) -> dict[str, str]:
    age = at - post.published_at
    counts = {
        "阅读播放": post.readers,
        "点赞": post.likes,
        "在看推荐": post.recommends,
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
