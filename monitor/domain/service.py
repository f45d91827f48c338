"""ServiceCheck 服务核查: which functions an account offers, measured or attested with a date."""

from dataclasses import dataclass
from enum import StrEnum


class Function(StrEnum):
    """A function citizens can use. The first group is interaction 互动, the second service 服务."""

    COMMENTS = "评论留言"
    MESSAGES = "私信"
    MENU_ENQUIRY = "菜单咨询"
    AUTO_REPLY = "自动回复"
    SERVICE_MENU = "服务菜单"
    SERVICE_LINK = "办事链接"


INTERACTION = frozenset({Function.COMMENTS, Function.MESSAGES, Function.MENU_ENQUIRY})
SERVICE = frozenset({Function.SERVICE_MENU, Function.SERVICE_LINK})


@dataclass(frozen=True, slots=True)
class SeenService:
    """One function at one instant: `works` is None where the source could not tell.

    `measured` is False for an attestation: a person's word, with its date.
    """

    function: Function
    works: bool | None
    checked_at: int
    measured: bool
    detail: str = ""
