"""The invented office's ledger 台账: one row per account, with the columns an office keeps."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from monitor.demo.census import CONSENTS
from monitor.demo.dice import roll
from monitor.demo.places import MARK
from monitor.demo.roster import SITE, Resident
from monitor.domain.account import PLATFORMS
from monitor.domain.bulletin import Sort, last_ended
from monitor.domain.instants import say_minute, shanghai_day
from monitor.domain.unit import Level

HEADER_LINE: Final = """
序号 机构代码 市州 县市区 单位层级 警种条线 主办单位 主管单位 平台 账号类型 账号名称 账号ID
微信号/用户号 主页链接 账号归属(官方/民警个人) 主账号(是/否) 重点账号(是/否) 认证主体 认证状态
认证到期日 开设日期 审批文号 省平台备案号 省平台备案日期 国家系统备案号 国家系统备案日期 功能定位
互动功能 服务功能 分管领导 责任人 联络员 运维员A 运维员B 绑定管理员在岗(是/否/不详) 密码保管处
运维方式 服务商 数据来源 授权状态 授权到期日 账号状态 曾用名 备案名称 最近核对日期 关停公告链接
注销核验日期 备注 统计期 数据截止 监测时间点 认定标准 导出时间 导出人
"""
HEADERS: Final = HEADER_LINE.split()
"""The columns of a ledger, in its usual order, and the name an account was filed under."""

STATES: Final = {
    "removed": "已注销",
    "reopened": "已关停",
    "announced": "公告中",
    "lost": "失管待找回",
}
"""What the registry says of an account, by its mark; 在用 where it has none."""

CLOSURES: Final = frozenset({"removed", "reopened", "announced"})

OFFICIAL_ONLY: Final = (
    "认证主体",
    "认证状态",
    "审批文号",
    "省平台备案号",
    "省平台备案日期",
    "国家系统备案号",
    "国家系统备案日期",
    "功能定位",
    "互动功能",
    "服务功能",
    "备案名称",
    "数据来源",
)
"""What a ledger does not say of an officer's own account."""

AUTHORISED: Final = {
    "nokey": "未授权",
    "unauthorized": "未授权",
    "expired": "授权过期",
    "revoked": "已取消授权",
}

NOTES: Final = {
    "lost": "原绑定手机已注销,密码遗失,已报失管并另开账号",
    "late": "后台导出逾期未交",
    "second": "原账号密码遗失后新开",
    "noid": "原填账号ID有误,待补",
    "drifted": "平台已改名,台账待更新",
    "selfreport": "仅有单位自报,无作品链接",
    "borrowed": "运维员借调",
    "merged": "机构撤并,账号暂无责任人",
    "limited": "封面违规被平台限流,整改中",
    "dead": "服务商合同到期,菜单链接待更换",
    "unauthorized": "微信认证年审过期",
    "spring": "春节期间集中轮休",
    "new": "本月新开",
    "overstated": "后台导出未配置,以巡查为准",
    **{text: text for text, _ in CONSENTS},
}


CHECKED_BEFORE: Final = 10
"""Days before the end of a quarter on which the ledger is gone through: what it says of ways to
speak counts for that quarter."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The ledger at second `at`; `sourced` False before any source was found, `closures` False
    as it stood before accounts were closed."""

    at: int
    sourced: bool = True
    closures: bool = True


def render(residents: Sequence[Resident], asked: Asked) -> bytes:
    """The ledger as CSV: utf-8-sig, CRLF, one header row."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADERS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for number, resident in enumerate(residents, start=1):
        writer.writerow({"序号": str(number), **_row(resident, asked), **_tail(asked.at)})
    return out.getvalue().encode("utf-8-sig")


def _row(resident: Resident, asked: Asked) -> dict[str, str]:
    said = _unit(resident) | _identity(resident) | _filing(resident) | _running(resident)
    if not asked.sourced:
        said |= {"数据来源": "", "授权状态": ""}
    if not asked.closures and resident.marks & CLOSURES:
        said["账号状态"] = "在用"
    return said if resident.official else said | dict.fromkeys(OFFICIAL_ONLY, "")


def _unit(resident: Resident) -> dict[str, str]:
    seat = resident.seat
    return {
        "机构代码": seat.code,
        "市州": seat.region_name,
        "县市区": seat.county,
        "单位层级": seat.level.value,
        "警种条线": seat.line,
        "主办单位": seat.organ,
        "主管单位": "湖北省公安厅",
    }


def _identity(resident: Resident) -> dict[str, str]:
    account = resident.world
    noid = bool(resident.marks & {"noid", "drifted"})
    main = resident.seat.real and account.platform == "wechat" and resident.official
    return {
        "平台": PLATFORMS[account.platform],
        "账号类型": "订阅号" if account.platform == "wechat" else "",
        "账号名称": resident.ledger_name,
        "账号ID": "" if noid else account.uid,
        "主页链接": "" if noid else f"{SITE}/{account.platform}/{account.uid}",
        "账号归属(官方/民警个人)": "官方" if resident.official else "民警个人",
        "主账号(是/否)": "是" if main else "否",
        "重点账号(是/否)": "是" if resident.seat.level is Level.PROVINCE else "否",
        "认证主体": resident.seat.organ,
        "认证状态": "已认证",
    }


def _filing(resident: Resident) -> dict[str, str]:
    opened = resident.opened
    number = f"{roll(9000, 'filing', resident.world.uid) + 1000}号"
    filed = "unfiled" not in resident.marks
    day = (opened + timedelta(days=12)).isoformat() if filed else ""
    return {
        "开设日期": opened.isoformat(),
        "审批文号": f"鄂公宣批(演示){opened.year}-{number}",
        "省平台备案号": f"鄂政媒备(演示){number}" if filed else "未备案",
        "省平台备案日期": day,
        "国家系统备案号": f"国政媒备(演示){number}" if filed else "未备案",
        "国家系统备案日期": day,
        "曾用名": _former(resident),
        "备案名称": _former(resident) or resident.ledger_name,
    }


def _former(resident: Resident) -> str:
    return f"{resident.seat.name}{MARK}" if "renamed" in resident.marks else ""


def _running(resident: Resident) -> dict[str, str]:
    marks = resident.marks
    closed = bool(marks & CLOSURES)
    authorised = next((text for mark, text in AUTHORISED.items() if mark in marks), "已授权")
    by_interface = resident.world.platform == "wechat"
    return {
        "功能定位": "信息发布、政策解读、便民服务",
        "互动功能": "无" if "mute" in marks else "评论留言、私信",
        "服务功能": "无" if "bare" in marks else "服务菜单、办事链接",
        "责任人": "王某(演示)",
        "联络员": "李某(演示)",
        "运维员A": "张某(演示)",
        "绑定管理员在岗(是/否/不详)": "否" if "lost" in marks else "是",
        "运维方式": "自行运维",
        "数据来源": resident.source,
        "授权状态": authorised if by_interface else "",
        "账号状态": next((text for mark, text in STATES.items() if mark in marks), "在用"),
        "关停公告链接": f"{SITE}/notice/{resident.world.uid}" if closed else "",
        "备注": next((text for mark, text in NOTES.items() if mark in marks), ""),
    }


def _tail(now: int) -> dict[str, str]:
    today = shanghai_day(now)
    quarter = last_ended(Sort.QUARTER, now)
    checked = shanghai_day(quarter.until) - timedelta(days=CHECKED_BEFORE)
    return {
        "最近核对日期": checked.isoformat(),
        "统计期": f"{today.year}年",
        "数据截止": say_minute(now),
        "导出时间": say_minute(now),
        "导出人": "王某(演示)",
    }
