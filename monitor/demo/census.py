"""How many accounts there are of each level, on each platform, in each place: the table, exactly.

Whole numbers are shared out by divisors (Sainte-Laguë); which units have an account on a platform
is settled by giving each platform's accounts to the units that still lack most (Gale and Ryser).
"""

from collections.abc import Hashable, Mapping, Sequence
from math import isqrt
from typing import Final, TypeVar

from monitor.demo.dice import roll

K = TypeVar("K", bound=Hashable)

PLATFORMS: Final = (
    "wechat", "weibo", "douyin", "channels", "toutiao", "kuaishou", "xiaohongshu", "bilibili",
    "baijiahao",
)  # fmt: skip

TABLE: Final[dict[str, tuple[int, ...]]] = {
    "省厅及厅直": (12, 8, 7, 9, 7, 4, 2, 3, 2),
    "市州局": (17, 17, 17, 16, 14, 10, 5, 6, 6),
    "支队": (74, 42, 58, 36, 20, 22, 5, 3, 4),
    "县级局": (108, 84, 104, 70, 58, 46, 8, 4, 12),
    "大队": (62, 24, 70, 30, 12, 18, 2, 0, 2),
    "派出所": (150, 56, 78, 36, 4, 10, 2, 0, 0),
}
"""Official accounts by level, in the order of PLATFORMS."""

BY_PLACE: Final = {
    "武汉": 248, "黄石": 74, "十堰": 104, "宜昌": 142, "襄阳": 122, "鄂州": 48, "荆门": 78,
    "孝感": 98, "荆州": 112, "黄冈": 128, "咸宁": 78, "随州": 48, "恩施州": 96, "仙桃": 14,
    "潜江": 12, "天门": 12, "神农架": 8,
}  # fmt: skip
"""Official accounts by prefecture, those of the province's own 54 left out."""

PERSONAL: Final = {"douyin": 11, "channels": 5, "weibo": 4, "kuaishou": 3, "bilibili": 1}
VALID: Final = "知情同意书有效"
EXPIRED: Final = "知情同意书已到期"
WITHDRAWN: Final = "已撤回同意"
CONSENTS: Final = ((VALID, 17), (EXPIRED, 4), (WITHDRAWN, 3))
"""Officers' own accounts: by platform, and how their consent stands."""

LEAST: Final = 3
"""Every prefecture is on WeChat, Weibo and Douyin."""
MOST_OF_BRANCHES: Final = 30
PER_TEAM: Final = (220, 90)
PER_STATION: Final = (336, 210)
"""Accounts and the units they belong to."""


def total(level: str) -> int:
    """All accounts of one row of the table."""
    return sum(TABLE[level])


def shared(whole: int, weights: Mapping[K, int], caps: Mapping[K, int]) -> dict[K, int]:
    """`whole` things given out by weight, at most `caps` to each; ValueError if they do not fit."""
    given = dict.fromkeys(weights, 0)
    for _ in range(whole):
        open_ones = [key for key in given if given[key] < caps[key] and weights[key]]
        if not open_ones:
            raise ValueError(f"{whole} do not fit")
        most = max(open_ones, key=lambda key: weights[key] / (2 * given[key] + 1))
        given[most] += 1
    return given


def placed(level: str, needs: Mapping[K, int]) -> dict[K, list[str]]:
    """Platforms of each unit of a level, as many as it needs; ValueError if there is no way."""
    left = dict(needs)
    found: dict[K, list[str]] = {key: [] for key in needs}
    for platform, count in zip(PLATFORMS, TABLE[level], strict=True):
        by_need = sorted(left, key=lambda key: (-left[key], roll(10**6, "on", platform, str(key))))
        for key in by_need[:count]:
            left[key] -= 1
            found[key].append(platform)
    if any(left.values()):
        raise ValueError(f"no way to place {level}")
    return found


def of_prefectures() -> dict[str, int]:
    """Accounts of each prefecture's own bureau."""
    weights = {place: isqrt(100 * count) for place, count in BY_PLACE.items()}
    rest = total("市州局") - LEAST * len(BY_PLACE)
    more = shared(rest, weights, dict.fromkeys(BY_PLACE, len(PLATFORMS) - LEAST))
    return {place: LEAST + count for place, count in more.items()}


def of_counties(names: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], int]:
    """Accounts of each county's bureau, by its place and name: some have two, some seven."""
    weights = {(p, n): 7 + roll(7, "county", p, n) for p, group in names.items() for n in group}
    return shared(total("县级局"), weights, dict.fromkeys(weights, 7))


def of_sub_units(left: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Accounts of branches, teams and stations by place, of what is left to each place."""
    weights = {place: isqrt(100 * count) for place, count in left.items()}
    caps = {place: min(count, MOST_OF_BRANCHES) for place, count in left.items()}
    branches = shared(total("支队"), weights, caps)
    rest = {place: left[place] - branches[place] for place in left}
    teams = shared(total("大队"), rest, rest)
    return branches, teams, {place: rest[place] - teams[place] for place in left}


def evenly(accounts: int, per: tuple[int, int]) -> list[int]:
    """Accounts of one place over as many units as are usual for them."""
    units = max(1, round(accounts * per[1] / per[0])) if accounts else 0
    return [(accounts + units - 1 - number) // units for number in range(units)]
