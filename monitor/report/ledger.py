"""The ledger 台账 as a table: the same columns an import takes, so that it can be handed back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from monitor.domain.account import PLATFORMS
from monitor.domain.contact import hidden
from monitor.domain.duty import HANDED_OVER
from monitor.domain.instants import shanghai_day
from monitor.domain.judged import Registered
from monitor.report.table import Table, build
from monitor.report.wording import NOTE_KEEP, WITH_PHONES

NOTES: Final = ("一个账号占一行;列与导入相同,修改后可直接再导入。", "空白表示台账中没有这项内容。")
REF: Final = "矩阵哨兵编号"
"""The column of our own number, in forms we send only."""
NAME: Final = "台账"
PHONES: Final = tuple(f"{each}电话" for each in HANDED_OVER)
"""The columns that only a sensitive export has, at its end: an import passes them over."""
SEALED_NOTE: Final = "联系电话取自联络员台账,只填本人管理范围内在岗的;按登记的用途使用,用后删除。"
HIDDEN_NOTE: Final = "姓名旁写有电话的,号码已隐去中间几位;再导入时不会改动台账中的号码。"
PEOPLE: Final = frozenset(
    {"分管领导", "责任人", *HANDED_OVER, "绑定管理员", "密码保管处", "服务商", "备注"}
)
"""Columns where somebody may have written a number beside a name."""
Numbers = Mapping[int, Mapping[str, str]]
"""The numbers by account id and by the column that names whose they are."""
YES_NO: Final = {True: "是", False: "否"}


def table(
    registered: Iterable[Registered], headers: Sequence[str], numbers: Numbers | None = None
) -> Table:
    """One row per account under the ledger's headers, in their order.

    Without `numbers` it holds no phone at all; with them theirs come in columns of their own.
    """
    if numbers is None:
        rows = [_hidden(_row(at, each, headers)) for at, each in enumerate(registered, 1)]
        return build(NAME, headers, rows, (*NOTES, HIDDEN_NOTE))
    called = [
        _row(at, each, headers) | _numbers(each, numbers) for at, each in enumerate(registered, 1)
    ]
    return build(WITH_PHONES, (*headers, *PHONES), called, (*NOTES, SEALED_NOTE, NOTE_KEEP))


def _numbers(each: Registered, numbers: Numbers) -> dict[str, str | None]:
    own = numbers.get(each.account.id or 0, {})
    return {f"{column}电话": own.get(column) for column in HANDED_OVER}


def _hidden(row: dict[str, str | None]) -> dict[str, str | None]:
    return {
        header: hidden(text) if text and _name(header) in PEOPLE else text
        for header, text in row.items()
    }


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
