"""The columns of the ledger 台账: their headers, other ways people write them, and their cells."""

from collections.abc import Callable
from typing import Final

from monitor.collect.files import moments, values
from monitor.collect.files.values import Cell, Unreadable
from monitor.domain.account import Kind, State

NUMBER, CODE, UNIT, NAME, UID = "序号", "机构代码", "主办单位", "账号名称", "账号ID"
PLATFORM, LINE, KIND, MAIN, KEY = "平台", "警种条线", "账号归属", "主账号", "重点账号"
OPENED, STATE, CITY, COUNTY, LEVEL = "开设日期", "账号状态", "市州", "县市区", "单位层级"
INTERACTION, SERVICE, CHECKED = "互动功能", "服务功能", "最近核对日期"

REF: Final = "矩阵哨兵编号"
"""Our own number of an account, hidden in forms we send: one that was renamed is still known."""

REQUIRED: Final = (PLATFORM, NAME, UNIT)
"""A row says which account of whom; everything else may come later."""

TAIL: Final = ("统计期", "数据截止", "监测时间点", "认定标准", "导出时间", "导出人")
"""What every exported file ends with; an import passes it over."""

HEADERS: Final = (
    NUMBER, CODE, CITY, COUNTY, LEVEL, LINE, UNIT, "主管单位", PLATFORM, "账号类型", NAME, UID,
    "微信号/用户号", "主页链接", "账号归属(官方/民警个人)", "主账号(是/否)", "重点账号(是/否)",
    "认证主体", "认证状态", "认证到期日", OPENED, "审批文号", "省平台备案号", "省平台备案日期",
    "国家系统备案号", "国家系统备案日期", "功能定位", INTERACTION, SERVICE, "分管领导", "责任人",
    "联络员", "运维员A", "运维员B", "绑定管理员在岗(是/否/不详)", "密码保管处", "运维方式",
    "服务商", "数据来源", "授权状态", "授权到期日", STATE, "曾用名", CHECKED, "关停公告链接",
    "注销核验日期", "备注",
)  # fmt: skip
"""The header row, in the order an export writes it."""

NAMES: Final[dict[str, tuple[str, ...]]] = {
    CODE: (CODE, "单位代码", "机构编码", "单位编码", "组织机构代码", "公安机关机构代码"),
    CITY: (CITY, "地市", "市(州)", "所属市州", "所属地市"),
    COUNTY: (COUNTY, "县(市、区)", "县(市区)", "区县", "所属县市区"),
    LEVEL: (LEVEL, "层级"),
    LINE: (LINE, "警种", "条线", "业务条线"),
    UNIT: (UNIT, "主办单位名称", "开设单位", "单位名称", "所属单位", "单位"),
    PLATFORM: (PLATFORM, "平台名称", "所属平台", "平台类型", "发布平台"),
    NAME: (NAME, "帐号名称", "账号名", "帐号名", "账号", "帐号", "新媒体名称", "昵称"),
    UID: (UID, "帐号ID", "平台ID", "账号编号", "平台账号ID", "原始ID"),
    "微信号/用户号": ("微信号/用户号", "微信号", "用户号"),
    "主页链接": ("主页链接", "账号链接", "主页地址", "链接"),
    KIND: ("账号归属(官方/民警个人)", KIND, "归属"),
    MAIN: ("主账号(是/否)", MAIN, "是否主账号"),
    KEY: ("重点账号(是/否)", KEY, "是否重点账号"),
    "绑定管理员在岗": ("绑定管理员在岗(是/否/不详)", "绑定管理员在岗"),
    OPENED: (OPENED, "开设时间", "开通日期", "开通时间", "注册日期", "开设年月"),
    "省平台备案号": ("省平台备案号", "备案号", "省备案号"),
    STATE: (STATE, "帐号状态", "运行状态", "状态"),
    INTERACTION: (INTERACTION, "互动"),
    SERVICE: (SERVICE, "服务"),
    CHECKED: (CHECKED, "核对日期"),
    REF: (REF,),
}
"""Canonical name -> the ways its header is written; others are known by their own header only."""

_WITH_A_MEANING: Final = {
    *(NUMBER, CODE, CITY, COUNTY, LEVEL, LINE, UNIT, PLATFORM),
    *(NAME, UID, KIND, MAIN, KEY, OPENED, STATE),
}
DETAILS: Final = tuple(
    each.partition("(")[0] for each in HEADERS if each.partition("(")[0] not in _WITH_A_MEANING
)
"""What an account keeps word for word, by canonical header."""

DATES: Final = frozenset(each for each in DETAILS if each.endswith(("日期", "到期日")))
IDENTITIES: Final = frozenset({"微信号/用户号", "省平台备案号", "国家系统备案号", "审批文号"})
LONG_WORDS: Final = frozenset({"长期", "长期有效", "永久", "无", "不详", "未知", "待补"})
NOTHING: Final = frozenset({"无", "未开通", "未开设", "没有", "暂无"})
"""An account of this name is none: the row says that the unit has no account there."""


def detail(header: str, cell: Cell) -> str:
    """A cell kept word for word; a date that is none, or lost digits, is refused."""
    if header in DATES:
        text = values.text_of(cell)
        if text in LONG_WORDS:
            return text
        day = moments.day(cell)
        return "" if day is None else day.isoformat()
    if header in IDENTITIES or isinstance(cell, int | float):
        return values.identity(cell)
    if header == "绑定管理员在岗":
        return _one_of(cell, ("是", "否", "不详"))
    # A phone beside a name has lost its digits just the same.
    return values.identity(cell) if _scientific(cell) else values.text_of(cell)


def _scientific(cell: Cell) -> bool:
    return isinstance(cell, str) and "E+" in cell.upper()


def code(cell: Cell) -> str:
    """A 12-digit organ code, '' where missing; a 6-digit division code is that of its organ."""
    text = values.plain(values.identity(cell))
    if values.is_missing(text):
        return ""
    if len(text) == 6 and text.isdecimal():  # noqa: PLR2004  # the length of a division code
        return f"{text}000000"
    if len(text) != 12 or not text.isdecimal():  # noqa: PLR2004
        raise Unreadable("12位机构代码")
    return text


def ref(cell: Cell) -> int | None:
    """Our own number of an account; None where missing."""
    text = values.plain(values.identity(cell))
    if values.is_missing(text):
        return None
    if not text.isdecimal() or len(text) > 15:  # noqa: PLR2004  # more digits than a sheet keeps
        raise Unreadable("系统下发时的编号,请勿改动")
    return int(text)


def uid(cell: Cell) -> str | None:
    """The platform's id of an account; None for ID待补."""
    text = values.identity(cell)
    if values.is_missing(text) or text in {*LONG_WORDS, "ID待补"}:
        return None
    if any(each.isspace() for each in text):
        raise Unreadable("不含空格的账号ID;一行只填一个账号")
    return text


def kind(cell: Cell) -> Kind | None:
    """官方 or 民警个人; None where missing."""
    text = _one_of(cell, ("官方", "民警个人", "官方账号", "民警个人账号", "个人"))
    if not text:
        return None
    return Kind.OFFICIAL if text.startswith("官方") else Kind.PERSONAL


def state(cell: Cell) -> State | None:
    """Where the account stands in its life; None where missing."""
    text = _one_of(cell, (*State, *_STATES))
    return State(_STATES.get(text, text)) if text else None


_STATES: Final = {
    "正常": State.ACTIVE,
    "正常运行": State.ACTIVE,
    "运行中": State.ACTIVE,
    "使用中": State.ACTIVE,
    "暂停": State.PAUSED,
    "停更": State.PAUSED,
    "关停": State.CLOSED,
    "注销": State.REMOVED,
    "失管": State.LOST,
}


def _one_of(cell: Cell, choice: tuple[str, ...]) -> str:
    text = values.plain(values.text_of(cell))
    if values.is_missing(text):
        return ""
    if text not in choice:
        raise Unreadable("、".join(dict.fromkeys(map(str, choice))) + "之一")
    return text


CELLS: Final[dict[str, Callable[[Cell], object]]] = {
    CODE: code,
    UID: uid,
    KIND: kind,
    STATE: state,
    MAIN: values.yes_or_no,
    KEY: values.yes_or_no,
    OPENED: moments.period,
    REF: ref,
}
"""How cells of columns with a meaning are read; the others are texts."""
