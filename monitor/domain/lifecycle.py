"""Life 账号生命周期: how far an account came from 拟开设 to 已注销, and what waits meanwhile."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from monitor.domain.account import State


class Move(StrEnum):
    """What a person does to an account's life: the buttons."""

    APPLY_OPEN = "申请开设"
    GRANT_OPEN = "批准开设"
    OPENED = "登记开通"
    FILE = "登记备案"
    APPLY_CHANGE = "申请变更"
    GRANT_CHANGE = "批准变更"
    PAUSE = "批准暂停更新"
    APPLY_CLOSE = "申请关停"
    GRANT_CLOSE = "批准关停"
    REFUSE = "不予批准"
    WITHDRAW = "撤回申请"
    ANNOUNCE = "登记公告"
    CLOSE = "登记关停"
    GONE_THERE = "登记注销核验(平台侧)"
    GONE_HERE = "登记注销核验(备案侧)"
    LOSE = "标记失管"
    RESTORE = "恢复在用"
    CHECK_YEAR = "年度核对确认"


class Side(StrEnum):
    """Whose hand it is: who tends the account, or who decides about it."""

    UNIT = "主办单位"
    ABOVE = "审批单位"


class Clock(StrEnum):
    """What is to be filed within five working days (鄂政办发〔2021〕11号)."""

    OPENING = "开设备案"
    CHANGE = "变更备案"
    CLOSING = "关停备案"
    REMOVAL = "注销备案"


class Field(StrEnum):
    """What is given with a move, as the form and the registry's columns call it."""

    PAPER = "批准文号"
    NOTICE = "公告链接"
    NOTICE_DAYS = "公告天数"
    DAY = "办理日期"
    SYSTEM = "备案平台"
    NUMBER = "备案号"
    WHY = "情况说明"
    WHAT = "变更事项"
    VALUE = "变更后"
    HOW = "核验方式"
    PICTURE = "核验截图"
    UID = "账号ID"
    PURPOSE = "功能定位"


SYSTEMS: Final = ("省平台", "国家系统")
NOT_FILED: Final = frozenset({"", "-", "—", "/", "无", "否", "未备案"})
"""What the column of a filing's number says where no filing stands."""
CHANGES: Final = ("账号名称", "主办单位", "绑定管理员", "运营者", "服务商", "功能定位")
LOOKED, PICTURED = "巡查所见", "留存截图"
LOST_HOW: Final = ("密码遗失", "绑定人离职", "绑定手机停用", "服务商失联", "其他")
SIGNED_AS: Final = {
    Move.APPLY_OPEN: "账号开设",
    Move.APPLY_CHANGE: "账号变更",
    Move.APPLY_CLOSE: "账号关停",
}
"""What kind of text an application goes up for signature as."""
FILING_DAYS: Final = 5
"""Working days of every filing; the province's rule."""


@dataclass(frozen=True, slots=True)
class Life:
    """Where an account stands. `state` is None before it was applied for.

    `pending` is the application nobody has decided, `applicant` who made it, `wanted` what it asked
    for, `back` the state a refused closure returns to. `closure` says that closing was approved,
    `until` is the last day of the 公告. `there` and `here` are the days on which the platform's and
    the filing side were found 已注销; `filed` the systems a filing still stands in. `text` is the
    manuscript the pending application goes up for signature with, None where it goes on paper only.
    """

    state: State | None
    pending: Move | None = None
    applicant: int | None = None
    wanted: dict[str, str] = field(default_factory=dict)
    back: State | None = None
    closure: bool = False
    until: date | None = None
    there: date | None = None
    here: date | None = None
    filed: frozenset[str] = frozenset()
    text: int | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """A move as handed in: by whom, on which side, on which day, and what goes with it.

    `seen_gone` is the day of a look that found the page gone and that none found standing since.
    """

    move: Move
    person: int
    side: Side
    today: date
    given: dict[str, str] = field(default_factory=dict)
    seen_gone: date | None = None
