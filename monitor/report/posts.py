"""Posts 作品 as a table in the columns of the universal template."""

from collections.abc import Iterable
from typing import Final

from monitor.domain.account import PLATFORMS
from monitor.domain.instants import shanghai, shanghai_day
from monitor.domain.listed import ListedPost
from monitor.report.table import Cell, Table, build

COLUMNS: Final = (
    *("平台", "账号名称", "账号ID", "作品ID", "作品链接", "标题", "体裁", "发布时间", "统计日期"),
    *("阅读播放", "点赞", "在看推荐", "评论", "转发分享", "收藏", "投币", "弹幕", "回复数"),
    *("私信数", "粉丝数", "备注"),
)
NOTES: Final = (
    "一条作品占一行,数字为最近一次取得的累计数;空白表示来源没有给出,不等于零。",
    "阅读播放:按人数统计的平台(微信)为人数,其余为次数;来源见备注。",
)


def table(posts: Iterable[ListedPost]) -> Table:
    """One row per post."""
    return build("作品", COLUMNS, [_row(each) for each in posts], NOTES)


def _row(post: ListedPost) -> dict[str, Cell]:
    numbers = post.numbers
    read = next(
        (each for each in (numbers.readers, numbers.reads, numbers.plays) if each is not None), None
    )
    shared = numbers.shares if numbers.shares is not None else numbers.sharers
    day = shanghai_day(post.observed_at).isoformat() if post.observed_at is not None else None
    return {
        "平台": PLATFORMS[post.platform],
        "账号名称": post.account_name,
        "账号ID": post.uid,
        "作品ID": post.native_id,
        "作品链接": post.url or None,
        "标题": post.title or None,
        "体裁": post.form or None,
        "发布时间": _published(post),
        "统计日期": day,
        "阅读播放": read,
        "点赞": numbers.likes,
        "在看推荐": numbers.recommends,
        "评论": numbers.comments,
        "转发分享": shared,
        "收藏": numbers.favourites,
        "投币": numbers.coins,
        "弹幕": numbers.danmaku,
        "回复数": numbers.replies,
        "备注": post.source or None,
    }


def _published(post: ListedPost) -> str:
    """To the second where the source gave it; otherwise the day."""
    if post.published_from == post.published_until:
        return shanghai(post.published_from).strftime("%Y-%m-%d %H:%M:%S")
    return shanghai_day(post.published_from).isoformat()
