"""平台申诉函: asks a platform to give an account back whose password or administrator was lost."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from monitor.domain.account import PLATFORMS, Account


def values(account: Account, unit: str, contact: str, day: date) -> dict[str, str]:
    """Plain values by the names that stand in the template."""
    details: Mapping[str, str] = account.details
    return {
        "平台": PLATFORMS.get(account.platform, account.platform),
        "单位": unit,
        "账号": account.name,
        "账号ID": account.uid or "待平台核对",
        "认证主体": details.get("认证主体", "").strip() or unit,
        "失管情况": details.get("失管情况", "").strip() or "登录信息遗失",
        "备案号": details.get("省平台备案号", "").strip() or "见附件",
        "联系人": contact,
        "日期": f"{day.year}年{day.month}月{day.day}日",
    }


SAMPLE: Final = values(
    Account("douyin", "平安某县(演示)", "", "990000000000"),
    "某县公安局",
    "某某,027-00000000",
    date(2026, 11, 26),
)
"""One of each, against which a template is checked before it is used."""
