"""Incident 异常: something wrong with a way of reading as a whole, not with one account."""

from enum import StrEnum
from typing import Final

from monitor.domain.collecting import ErrorClass


class IncidentKind(StrEnum):
    """What is wrong; each is open at most once per route."""

    UNREACHABLE = "平台大面积无应答"
    UNAUTHORISED = "授权大面积失效"
    FORBIDDEN = "权限大面积缺失"
    BLOCKED = "被平台限制"
    MALFORMED = "平台返回异常"
    QUOTA = "额度用尽"
    BLIND = "对照账号未见作品"
    HELD = "暂缓认定"


OF_ERROR: Final = {
    ErrorClass.RETRY: IncidentKind.UNREACHABLE,
    ErrorClass.REAUTHORISE: IncidentKind.UNAUTHORISED,
    ErrorClass.NO_PERMISSION: IncidentKind.FORBIDDEN,
    ErrorClass.BLOCKED: IncidentKind.BLOCKED,
    ErrorClass.MALFORMED: IncidentKind.MALFORMED,
    ErrorClass.QUOTA: IncidentKind.QUOTA,
}
"""What it is called when many accounts end the same way; GONE is each account's own matter."""
LEAST: Final = 5
"""Fewer accounts than that are no incident."""


def widespread(failed: int, tried: int) -> bool:
    """At least five accounts, and at least half of those tried, ended the same way."""
    return failed >= LEAST and failed * 2 >= tried
