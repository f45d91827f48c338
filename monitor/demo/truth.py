"""The truth of the invented province on its first day: what a fair judge must say, and why not."""

from dataclasses import dataclass
from typing import Final

from monitor.demo.fates import Fate
from monitor.domain import cause
from monitor.domain.cause import BY_ERROR, Cause
from monitor.domain.collecting import ErrorClass

UNDECIDED: Final = "暂不作认定"
NOT_COUNTED: Final = "不纳入"

STATUSES: Final = {
    "steady": "正常",
    "hint": "提醒",
    "slack": "内容不更新",
    "sleepy": "睡眠",
    "zombie": "僵尸",
    "ended": "长期停更",
    "never": "从未更新",
}
"""The status by what becomes of an account whose sources say all."""

SET_ASIDE: Final = frozenset({"removed", "reopened", "announced", "new", "lost", "personal"})

CAUSES: Final[dict[str, tuple[str, Cause]]] = {
    "nokey": ("微信未授权", cause.NO_SOURCE),
    "unauthorized": ("微信未授权", BY_ERROR[ErrorClass.NO_PERMISSION]),
    "expired": ("授权过期", BY_ERROR[ErrorClass.REAUTHORISE]),
    "revoked": ("授权过期", BY_ERROR[ErrorClass.REAUTHORISE]),
    "late": ("导出未交", cause.EXPORT_AGED),
    "quota": ("平台改版/配额", BY_ERROR[ErrorClass.QUOTA]),
    "changed": ("平台改版/配额", BY_ERROR[ErrorClass.MALFORMED]),
    "noid": ("ID填错", cause.ID_MISSING),
    "drifted": ("改名后未更新台账", cause.ID_MISSING),
    "selfreport": ("仅自报无链接", cause.NO_SOURCE),
}
"""The true cause by mark, in the office's words and in those the product has for it today."""

OVERLAYS: Final = {
    "mute": "不互动",
    "bare": "无服务",
    "second": "多头",
    "twin": "多头",
    "unfiled": "未备案",
    "renamed": "更名未备案",
    "removed": "备案与平台状态不一致",
    "reopened": "备案与平台状态不一致",
    "lost": "失管",
}
"""Rules, beside 更新, that have something to say of an account with a mark."""


@dataclass(frozen=True, slots=True)
class Truth:
    """The status, and for 暂不作认定 its cause; `rules` are what other rules must find."""

    status: str
    why: str = ""
    cause: Cause | None = None
    rules: frozenset[str] = frozenset()


def truth_of(fate: Fate, *, official: bool = True) -> Truth:
    """What a fair judge says of an account with this fate."""
    rules = frozenset(OVERLAYS[mark] for mark in fate.marks & OVERLAYS.keys())
    if not official:
        return Truth(NOT_COUNTED)
    if fate.marks & SET_ASIDE:
        return Truth(NOT_COUNTED, rules=rules)
    for mark in fate.marks & CAUSES.keys():
        why, told = CAUSES[mark]
        return Truth(UNDECIDED, why, told, rules)
    return Truth(STATUSES[fate.role], rules=rules)
