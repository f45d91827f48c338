"""Receipt link 免登录回执: one task, one unit; it ends by time or by hand, opens nothing else."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

REPORT: Final = "填报"
"""The kind of task a link may be for."""


class Standing(StrEnum):
    """Whether a link still opens its form, as the page says it."""

    LIVE = "有效"
    EXPIRED = "已过期"
    REVOKED = "已撤回"
    UNKNOWN = "无效"


@dataclass(frozen=True, slots=True)
class ReceiptLink:
    """A link as kept: only the hash of its token; seconds UTC."""

    id: int
    kind: str
    task_id: int
    unit_id: int
    created_at: int
    expires_at: int
    revoked_at: int | None = None


def standing(link: ReceiptLink | None, kind: str, now: int) -> Standing:
    """What a link is worth at `now` for a form of this kind."""
    if link is None or link.kind != kind:
        return Standing.UNKNOWN
    if link.revoked_at is not None:
        return Standing.REVOKED
    return Standing.EXPIRED if now >= link.expires_at else Standing.LIVE
