"""Volunteers 自愿参与: an officer's own account is invited to a campaign, and answers freely."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from monitor.domain.campaign import Kind
from monitor.domain.errors import Conflict

VOLUNTARY: Final = "自愿参与,可不参加,不作任何考核依据。"
"""Stands in every invitation."""
WHERE: Final = "自愿参与"


class Reply(StrEnum):
    """What came of an invitation. Who says nothing takes no part; 已失效 is shown nowhere."""

    WAITING = "待答复"
    JOINS = "参加"
    DECLINES = "不参加"
    GONE = "已失效"


ANSWERS: Final = (Reply.JOINS, Reply.DECLINES)
OPEN: Final = frozenset({Reply.WAITING, Reply.JOINS})
"""Whom a stop or the end of a campaign concerns."""
SPARED: Final = frozenset({Kind.DRILL})
"""To these nobody is invited."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """One account's invitation with its row; seconds. `told_at` None: it was not handed out yet."""

    id: int
    version: int
    campaign_id: int
    account_id: int
    unit_id: int
    reply: Reply
    invited_at: int
    told_at: int | None = None


_AFTER: Final[Mapping[Reply, frozenset[Reply]]] = {
    Reply.WAITING: frozenset(ANSWERS),
    Reply.JOINS: frozenset(ANSWERS),
    Reply.DECLINES: frozenset(ANSWERS),
    Reply.GONE: frozenset(),
}


def answered(reply: Reply, said: Reply, *, live: bool) -> Reply:
    """The reply after an answer: 不参加 may be said at any time and asks for no reason, 参加 while
    the campaign is `live`. Conflict, in Chinese, where the invitation or the campaign is over."""
    if said not in _AFTER[reply]:
        raise Conflict("这项邀请已失效", WHERE, "不需要再办理")
    if said is Reply.JOINS and not live:
        raise Conflict("这项协同发声已结束或正在停发", WHERE, "不需要再参加")
    return said
