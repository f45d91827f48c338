"""What a ledger attests of an account's functions: a person's word, with its date."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from monitor.collect.files.values import MISSING, plain
from monitor.collect.ledger_columns import CHECKED, INTERACTION, SERVICE
from monitor.domain.account import Account
from monitor.domain.instants import day_end
from monitor.domain.service import INTERACTION as INTERACTIONS
from monitor.domain.service import SERVICE as SERVICES
from monitor.domain.service import Function, SeenService

NONE: Final = frozenset({"无", "否", "没有", "未开通", "未开设", "不支持", "均无", "关闭"})
SOME: Final = frozenset({"有", "是", "已开通", "开通", "支持", "√"})
WORDS: Final = (
    ("自动回复", Function.AUTO_REPLY),
    ("菜单咨询", Function.MENU_ENQUIRY),
    ("咨询", Function.MENU_ENQUIRY),
    ("私信", Function.MESSAGES),
    ("评论", Function.COMMENTS),
    ("留言", Function.COMMENTS),
    ("服务菜单", Function.SERVICE_MENU),
    ("菜单", Function.SERVICE_MENU),
    ("办事", Function.SERVICE_LINK),
    ("链接", Function.SERVICE_LINK),
    ("小程序", Function.SERVICE_LINK),
)
"""The first word that a part of the cell contains tells its function."""
_PARTS: Final = re.compile(r"[、,;/\n+]|以及|和")


def attested(account: Account, checked_at: int) -> tuple[SeenService, ...]:
    """The functions a ledger row names, at the end of 最近核对日期, else at `checked_at` (seconds).

    '无' says that no function of the group works; '有' says one does, and stands as the group's
    first; a function that is not named is not attested either way.
    """
    at = _checked(account.details.get(CHECKED, ""), checked_at)
    found: dict[Function, SeenService] = {}
    for column, group in ((INTERACTION, INTERACTIONS), (SERVICE, SERVICES)):
        text = account.details.get(column, "")
        for function, works in _functions(text, group):
            found[function] = SeenService(function, works, at, measured=False, detail=text)
    return tuple(found[each] for each in Function if each in found)


def _checked(text: str, checked_at: int) -> int:
    try:
        return min(day_end(date.fromisoformat(text)), checked_at)
    except ValueError:
        return checked_at


def _functions(text: str, group: frozenset[Function]) -> Iterator[tuple[Function, bool]]:
    said = plain(text)
    if said in MISSING:
        return
    if said in NONE:
        yield from ((function, False) for function in group)
        return
    if said in SOME:
        yield next(each for each in Function if each in group), True
        return
    for part in _PARTS.split(said):
        function = next((each for word, each in WORDS if word in part), None)
        if function is not None:
            yield function, not part.startswith(("无", "未", "不"))
