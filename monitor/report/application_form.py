"""账号申请表: an application to open, change or close an account, for who signs it on paper."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from monitor.domain.account import PLATFORMS, Account
from monitor.domain.lifecycle import Field, Move

TEMPLATES: Final = {
    Move.APPLY_OPEN: "账号开设申请表.docx",
    Move.APPLY_CHANGE: "账号变更申请表.docx",
    Move.APPLY_CLOSE: "关停申请表.docx",
}
"""The form of each application; the last is the one a 整改单 goes out with too."""
BY_HAND: Final = (
    *("文号", "粉丝数", "并入账号", "内容存档方式", "公告日期及链接", "单位意见", "市州意见"),
    *("省厅意见", "批准文号", "省平台注销日期", "国家系统注销日期", "平台注销核验"),
)
"""Lines that are filled in with a pen."""
STAFF: Final = ("分管领导", "责任人", "联络员", "运维员A", "运维员B")
"""Columns of the ledger that the form of an opening asks for."""


def values(
    account: Account, unit: str, wanted: Mapping[str, str], contact: str, day: date
) -> dict[str, str]:
    """Plain values by the names that stand in the templates; '' is a blank to be written in."""
    details = account.details
    return {
        **dict.fromkeys(BY_HAND, ""),
        **{name: details.get(name, "").strip() for name in STAFF},
        "单位": unit,
        "机构代码": account.unit_code,
        "账号": account.name,
        "平台": PLATFORMS.get(account.platform, account.platform),
        "账号ID": account.uid or "待补",
        "开设日期": details.get("开设日期", "").strip(),
        "功能定位": wanted.get(Field.PURPOSE, "") or details.get("功能定位", "").strip(),
        "变更事项": wanted.get(Field.WHAT, ""),
        "变更前": _before(account, unit, wanted.get(Field.WHAT, "")),
        "变更后": wanted.get(Field.VALUE, ""),
        "情况说明": wanted.get(Field.WHY, ""),
        "关停原因": wanted.get(Field.WHY, ""),
        "联系人": contact,
        "日期": f"{day.year}年{day.month}月{day.day}日",
    }


def _before(account: Account, unit: str, what: str) -> str:
    """What the ledger says now of what is to be changed."""
    known = {"账号名称": account.name, "主办单位": unit}
    return known.get(what, account.details.get(what, "").strip())


SAMPLE: Final = values(
    Account("wechat", "平安某县(演示)", "990000000000", "gh_0"),
    "某县公安局",
    {Field.WHAT: "账号名称", Field.VALUE: "某县公安(演示)", Field.WHY: "与上级名称一致"},
    "某某,027-00000000",
    date(2026, 11, 26),
)
"""One of each, against which a template is checked before it is used."""
