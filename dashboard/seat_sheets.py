"""我的登录: the sheet on which one sees where one is signed in, and ends what one does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.sheets import Sheets, filled, notice_of
from monitor.domain.instants import say_minute

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.domain.person import Seat, Session


def listed(sheets: Sheets, session: Session, seats: Iterable[Seat], notice: str) -> str:
    """The sheet with one row per open session, the one in use marked."""
    rows = "".join(_row(session, each) for each in seats)
    content = filled("seats", {"token": session.csrf}, rows=rows, notice=notice_of(notice))
    return sheets.framed("我的登录", content, wide=True)


def _row(session: Session, seat: Seat) -> str:
    values = {
        "device": seat.place.device or "未记录设备",
        "address": seat.place.address or "未记录地址",
        "since": say_minute(seat.since),
        "seen": say_minute(seat.seen_at),
    }
    end = f'<button name="seat" value="{seat.id}" class="light">结束</button>'
    this = "<b>本机，正在使用</b>"
    return filled("seat", values, act=this if seat.id == session.id else end)
