"""分地区数字: the same figures as the chart of places, as a table that can be read aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import links, markup, say

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from dashboard.markup import Html
    from monitor.record.screens.overview import Overview


def of(seen: Overview) -> Html:
    """A row a place, most failing first, each number leading to its accounts."""
    table = seen.regions.sort_values(["不合格", "暂不作认定"], ascending=False)
    rows = [_row(row) for row in table.to_dict("records")]
    columns = (
        "地区",
        "备案账号",
        "正常",
        "提醒",
        "更新不合格",
        "暂不作认定",
        "数据完整度",
        "合格率",
    )
    return markup.table(columns, rows)


def _row(row: Mapping[Hashable, object]) -> list[str | Html]:
    def total(*names: str) -> int:
        return sum(int(str(row[name])) for name in names)

    code, name = str(row["region"]), str(row["region_name"]) or "省级"
    kept, failed = total("正常", "提醒"), total("不合格")
    decided = kept + failed
    counted = decided + total("暂不作认定")
    place = markup.link(name, links.to(links.ACCOUNTS, region=code)) if code else name
    failing = markup.link(f"{failed:,}", links.to(links.ACCOUNTS, group="failed", region=code))
    return [
        place,
        f"{total('accounts'):,}",
        f"{total('正常'):,}",
        f"{total('提醒'):,}",
        failing if failed and code else f"{failed:,}",
        f"{total('暂不作认定'):,}",
        say.percent(decided / counted if counted else None),
        say.percent(kept / decided if decided else None),
    ]
