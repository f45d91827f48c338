"""The ledger 台账 as a table: the same columns an import takes, so that it can be handed back."""

from collections.abc import Iterable, Sequence
from typing import Final

from monitor.domain.account import PLATFORMS
from monitor.domain.instants import shanghai_day
from monitor.domain.judged import Registered
from monitor.report.table import Table, build

NOTES: Final = ("一个账号占一行;列与导入相同,修改后可直接再导入。", "空白表示台账中没有这项内容。")
REF: Final = "矩阵哨兵编号"
"""The column of our own number, in forms we send only."""
YES_NO: Final = {True: "是", False: "否"}


def table(registered: Iterable[Registered], headers: Sequence[str]) -> Table:
    """One row per account under the ledger's headers, in their order."""
    rows = [_row(place, each, headers) for place, each in enumerate(registered, 1)]
    return build("台账", headers, rows, NOTES)


def _row(place: int, each: Registered, headers: Sequence[str]) -> dict[str, str | None]:
    account, unit = each.account, each.unit
    known = {
        "序号": str(place),
        "机构代码": unit.code,
        "市州": unit.region_name,
        "县市区": unit.county_name,
        "单位层级": unit.level.value,
        "警种条线": account.line or unit.line,
        "主办单位": unit.name,
        "平台": PLATFORMS[account.platform],
        "账号名称": account.name,
        "账号ID": account.uid,
        "账号归属": account.kind.value,
        "主账号": YES_NO[account.main],
        "重点账号": YES_NO[account.key],
        "开设日期": _opened(each),
        "账号状态": account.state.value,
        REF: None if account.id is None else str(account.id),
    }
    return {
        header: (known.get(_name(header)) or account.details.get(_name(header)) or None)
        for header in headers
    }


def _name(header: str) -> str:
    """`主账号(是/否)` is the column 主账号."""
    return header.partition("(")[0]


def _opened(each: Registered) -> str:
    """The day of the opening, where the registry knows it to the day."""
    first, last = each.account.opened_from, each.account.opened_until
    if first is None or last is None or shanghai_day(first) != shanghai_day(last):
        return ""
    return shanghai_day(first).isoformat()
