"""A province to read pasted replies against: every unit of the shipped tree, some tasks."""

from functools import lru_cache
from typing import Final

import yaml

from monitor.domain.account import platform_of
from monitor.domain.pasted import Asked, Named
from monitor.settings import ROOT

BELOW: Final = (
    ("421024000000", "江陵县公安局城南派出所"),
    ("421022000000", "公安县公安局城南派出所"),
    ("421024000000", "江陵县公安局交通警察大队"),
    ("420102000000", "武汉市公安局江岸区分局古渡派出所"),
    ("421000000000", "荆州市公安局交通警察支队"),
)
"""Units without a code of their own, below these."""
TASKS: Final = (
    *(
        "武汉市公安局:微博 微信 抖音",
        "荆州市公安局:微博 微信 抖音 视频号",
        "江陵县公安局:抖音 微信",
    ),
    *("公安县公安局:抖音 微博", "荆州市公安局荆州区分局:微信", "荆州市公安局沙市区分局:微信 抖音"),
    *("松滋市公安局:抖音", "监利市公安局:微信 微博 抖音 快手", "石首市公安局:微信 小红书 B站"),
    *("武汉市公安局江岸区分局:抖音 视频号", "武汉市公安局经济技术开发区(汉南区)分局:微博"),
    *(
        "恩施土家族苗族自治州公安局:微博 抖音",
        "恩施市公安局:抖音",
        "随州市公安局:微博",
        "随县公安局:微博",
    ),
    *("襄阳市公安局:微博", "襄阳市公安局襄城区分局:微博", "襄阳市公安局襄州区分局:微博"),
    *("神农架林区公安局:微博", "长阳土家族自治县公安局:抖音", "黄冈市公安局:抖音 微信"),
    *(
        "武汉市公安局东湖风景区分局:微博",
        "襄阳市公安局高新区分局:微博",
        "宜昌市公安局高新区分局:微博",
    ),
    *("湖北省公安厅:微信 微博", "湖北省公安厅交通管理局(总队):抖音", "湖北省公安厅禁毒总队:微博"),
    *(
        "江陵县公安局城南派出所:抖音",
        "公安县公安局城南派出所:抖音",
        "荆州市公安局交通警察支队:微博",
    ),
    *(
        "江陵县公安局交通警察大队:快手",
        "武汉市公安局江岸区分局古渡派出所:微信",
        "咸丰县公安局:头条",
    ),
    *("荆州市公安局沙市区分局:抖音", "仙桃市公安局:百家号 头条"),
)
"""Who was asked: a unit and its platforms; 沙市 has two accounts on 抖音."""
NICKNAMES: Final = {
    ("江陵县公安局", "douyin"): "江陵公安(演示)",
    ("荆州市公安局", "weibo"): "荆州警方在线(演示)",
    ("监利市公安局", "weibo"): "平安监利V(演示)",
    ("黄冈市公安局", "douyin"): "黄冈公安说(演示)",
}


@lru_cache(maxsize=1)
def province() -> tuple[tuple[Named, ...], tuple[Asked, ...]]:
    """Units with paths, and the tasks of those in `TASKS`, by ids in their order."""
    rows = yaml.safe_load((ROOT / "data/units/hubei.yaml").read_text(encoding="utf-8"))["rows"]
    units: dict[str, Named] = {}
    for number, (code, name, parent, *_) in enumerate(rows, 1):
        above = units[parent].path if parent else "/"
        units[code] = Named(number, name, f"{above}{number}/")
    for number, (code, name) in enumerate(BELOW, 1000):
        units[name] = Named(number, name, f"{units[code].path}{number}/")
    by_name = {each.name: each for each in units.values()}
    asked: list[Asked] = []
    for line in TASKS:
        name, platforms = line.split(":")
        for word in platforms.split():
            platform = platform_of(word) or ""
            account = NICKNAMES.get((name, platform), f"平安{name[:2]}{len(asked)}号(演示)")
            asked.append(Asked(len(asked) + 1, by_name[name].id, account, platform))
    return tuple(units.values()), tuple(asked)
