"""预计超期 in words: by the account's own rhythm, never without how often that was right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard import data, markup, say
from dashboard.markup import Html
from monitor.domain.forecast import LIKELY

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.domain.forecast import Backtest
    from monitor.record.screens.listing import Listed

UNKNOWN: Final = "数据不足，不作预计"


def record(visit: Visit) -> Html:
    """How often it was right, as one quiet line."""
    return markup.note(right(data.read(visit, data.forecasts.past, visit.now)))


def right(found: Backtest | None) -> str:
    """近N次预计命中m次, what was missed, and of how much the evidence could tell."""
    head = "按账号近180天自己的发布节奏，预计7天内会不会超期；用过去核对："
    if found is None or not found.n:
        return f"{head}还没有数据完整、可以核对的预计。"
    said = f"近{found.said}次预计命中{found.hit}次" if found.said else "近期没有作过预计"
    of = f"{say.percent(found.covered)}（{found.n}/{found.n + found.unseen}）"
    return f"{head}{said}，超期而未预计到{found.missed}次；数据完整、可以核对的占{of}。"


def beside(each: Listed) -> Html:
    """In a list: the day, where it is likely."""
    if each.foreseen_at is None or each.sure is None or each.sure < LIKELY:
        return Html("")
    return markup.faint(f"预计{say.moment(each.foreseen_at)[5:10]}超期")


def of_account(visit: Visit, account_id: int) -> Html:
    """On an account's page: the day and how sure, or why nothing is said."""
    found = data.read(visit, data.forecasts.of_account, visit.now, account_id)
    if found is None:
        return Html(UNKNOWN)
    day = say.moment(found.at)[:10]
    share = f"近180天{found.pauses}次停更间隔，停到这么久又超限的占{say.percent(found.sure)}"
    told = f"预计{day}超期" if found.sure >= LIKELY else "预计按时更新"
    return markup.joined(told, markup.faint(share))
