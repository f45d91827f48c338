"""Papers of a case: the names a template may use, with what they stand for."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from monitor.domain.case_letter import Matter, Told

COUNTED: Final = "一二三四五六七八九十"
BLANKS: Final = (
    *("开设日期", "粉丝数", "并入账号", "内容存档方式", "公告日期及链接", "单位意见"),
    *("市州意见", "省厅意见", "省平台注销日期", "国家系统注销日期", "平台注销核验"),
)
"""Lines of 《关停申请表》 that are filled in by hand."""


def values(matter: Matter) -> dict[str, Any]:
    """Plain values by the names that stand in the templates; '' where there is nothing to say."""
    return {
        "文号": matter.number,
        "日期": say_day(matter.day),
        "落款": matter.office,
        "主送": matter.unit,
        "单位": matter.unit,
        "账号": matter.account,
        "账号ID": matter.uid or "待补",
        "平台": matter.platform,
        "问题": [_problem(place, each) for place, each in enumerate(matter.problems)],
        "最后发布": matter.last_post,
        "处置措施": matter.measure,
        "期限": _until(matter),
        "复核期限": str(matter.appeal_days),
        "联系人": matter.contact,
        "说明": matter.said,
        "整改单号": matter.case_number,
        "原文号": matter.amends,
        "关停原因": matter.said or "、".join(each.kind for each in matter.problems),
        **dict.fromkeys(BLANKS, ""),
    }


SAMPLE: Final = Matter(
    number="整改〔2026〕018号",
    day=date(2026, 11, 26),
    office="某公安厅宣传处",
    unit="某县公安局",
    account="平安某县(演示)",
    uid="gh_0",
    platform="微信公众号",
    problems=(Told("内容不更新", "截至11月23日10:12已15天未更新", "国办秘函〔2019〕19号"),),
    contact="某某,027-00000000",
    due=date(2026, 12, 1),
    appeal_days=3,
    last_post="11月8日 09:30",
    said="请一并核对绑定管理员。",
    amends="整改〔2026〕017号",
    case_number="整改〔2026〕018号",
    measure="限期整改",
)
"""One of each, against which a template is checked before it is used."""


def say_day(day: date) -> str:
    """`2026年11月26日`."""
    return f"{day.year}年{day.month}月{day.day}日"


def _problem(place: int, each: Told) -> Mapping[str, str]:
    counted = COUNTED[place] if place < len(COUNTED) else str(place + 1)
    ends = "" if each.sentence.endswith(("。", "！")) else "。"
    return {
        "序号": f"({counted})",
        "名称": each.kind,
        "情形": f"{each.sentence}{ends}",
        "依据": each.basis,
    }


def _until(matter: Matter) -> str:
    if matter.hours:
        return f"收到本通知起{matter.hours}小时内"
    return f"{say_day(matter.due)}前" if matter.due is not None else ""
