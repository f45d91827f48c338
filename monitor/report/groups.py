"""Groups 分组: accounts by place, platform, level and line, in an order that ranks nobody."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from monitor.domain.account import PLATFORMS
from monitor.domain.judged import Judged
from monitor.domain.unit import Level
from monitor.report import figures

NO_LINE: Final = "未分条线"
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to divide accounts: the table's name, its first column, an account's group, and where
    a group stands among the others."""

    name: str
    column: str
    of: Callable[[Judged], str]
    order: Callable[[Judged], Key]


def _region(each: Judged) -> str:
    return figures.place(each)


def _county(each: Judged) -> str:
    return figures.place(each, by_county=True)


def _platform(each: Judged) -> str:
    platform = each.registered.account.platform
    return PLATFORMS.get(platform, platform)


def _platform_order(each: Judged) -> Key:
    platform = each.registered.account.platform
    return (list(PLATFORMS).index(platform) if platform in PLATFORMS else len(PLATFORMS), platform)


def _level(each: Judged) -> str:
    return each.registered.unit.level.value


def _level_order(each: Judged) -> Key:
    return (list(Level).index(each.registered.unit.level),)


def _line(each: Judged) -> str:
    return each.registered.account.line or each.registered.unit.line or NO_LINE


def _line_order(each: Judged) -> Key:
    line = _line(each)
    return (line == NO_LINE, line)


def _place_order(each: Judged) -> Key:
    unit = each.registered.unit
    return (bool(unit.region_name or unit.region), unit.code)


def _county_order(each: Judged) -> Key:
    unit = each.registered.unit
    return (bool(unit.county_name), unit.code)


REGIONS: Final = Grouping("分地区情况", "地区", _region, _place_order)
COUNTIES: Final = Grouping("分地区情况", "地区", _county, _county_order)
PLATFORM: Final = Grouping("分平台情况", "平台", _platform, _platform_order)
LEVEL: Final = Grouping("分层级情况", "单位层级", _level, _level_order)
LINE: Final = Grouping("分条线情况", "警种条线", _line, _line_order)


def all_of(*, by_county: bool = False) -> tuple[Grouping, ...]:
    """The four ways of 附件2, places first."""
    return (COUNTIES if by_county else REGIONS, PLATFORM, LEVEL, LINE)


def grouped(judged: Iterable[Judged], by: Grouping) -> Mapping[str, tuple[Judged, ...]]:
    """Accounts by group, the groups in their order. All that are given: see `figures.official`."""
    found: dict[str, list[Judged]] = {}
    for each in judged:
        found.setdefault(by.of(each), []).append(each)
    names = sorted(found, key=lambda name: min(map(by.order, found[name])))
    return {name: tuple(found[name]) for name in names}
