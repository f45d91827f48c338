"""催补函: the names its template may use, the group text beside it, and the mark on each line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from monitor.domain.account import PLATFORMS
from monitor.domain.instants import shanghai_day
from monitor.domain.owing import Letter, Owed
from monitor.domain.scheme import Indicator
from monitor.report.case_letter import say_day

PAPER: Final = "催补函.docx"
NO_REASON: Final = "没有取得数据"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a letter says: to whom, of which period, what is missing, until when, how to give it,
    whom to call."""

    number: str
    day: date
    office: str
    unit: str
    period: str
    owed: tuple[Owed, ...]
    due: date
    days: int
    way: str
    contact: str


def values(asked: Asked) -> dict[str, Any]:
    """Plain values by the names that stand in the template."""
    return {
        "文号": asked.number,
        "日期": say_day(asked.day),
        "落款": asked.office,
        "主送": asked.unit,
        "考核周期": asked.period,
        "事项": [_row(place, each) for place, each in enumerate(asked.owed, 1)],
        "期限": say_day(asked.due),
        "工作日": str(asked.days),
        "补交方式": asked.way,
        "联系人": asked.contact,
    }


def _row(place: int, each: Owed) -> Mapping[str, str]:
    return {
        "序号": str(place),
        "账号": each.account,
        "平台": PLATFORMS.get(each.platform, each.platform),
        "缺少": "、".join(each.measures),
        "原因": each.note or NO_REASON,
    }


SAMPLE: Final = Asked(
    number="催补〔2026〕001号",
    day=date(2026, 10, 10),
    office="某公安厅",
    unit="某县公安局",
    period="2026年第三季度",
    owed=(
        Owed(
            *(1, "990001000000", "某县公安局", "/1/2/", 3, "平安某县(演示)", "wechat"),
            ("有发布周率",),
            "没有完整采集到",
        ),
    ),
    due=date(2026, 10, 26),
    days=10,
    way="在“采集→导入”上传后台导出,或由管理员重新授权",
    contact="某某,027-00000000",
)
"""One of each, against which a template is checked before it is used."""


def group_text(asked: Asked, address: str) -> str:
    """What to paste into a unit's group, with its receipt link."""
    return (
        f"【{asked.number}】{asked.unit}:{asked.period}考核还缺{len(asked.owed)}个账号的数据,"
        f"请于{asked.due.month}月{asked.due.day}日前补交({asked.way})。"
        f"满{asked.days}个工作日仍未补的,只按有证据的计。"
        f"请先点链接签收(无需登录,只用于本单位,请勿外传):{address}"
    )


def mark(letter: Letter) -> str:
    """`已书面催补(催补〔2026〕001号),至10月26日`: what stands beside a line."""
    due = shanghai_day(letter.due_at)
    return f"已书面催补({letter.number}),至{due.month}月{due.day}日"


def marks(
    indicators: Mapping[str, Indicator], owed: Sequence[Owed], letters: Sequence[Letter]
) -> dict[tuple[str, str], str]:
    """The mark of each line, by (unit code, indicator), that something was asked for and is still
    missing of; the newest letter counts."""
    asked = {
        (each.unit_id, account): each
        for each in letters
        for account in each.accounts
        if each.stands
    }
    found: dict[tuple[str, str], str] = {}
    for each in owed:
        letter = asked.get((each.unit_id, each.account_id))
        for key, line in indicators.items() if letter is not None else ():
            if set(line.measures) & set(each.measures) and letter is not None:
                found[each.unit, key] = mark(letter)
    return found
