"""采集额度: how full the limits that platforms set are now, the fullest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, markup, say
from monitor.actions import readers

if TYPE_CHECKING:
    from dashboard.markup import Html
    from dashboard.page import Visit
    from monitor.record.allowances import Used

SHOWN: Final = 20


def show(visit: Visit) -> None:
    """The fullest limits, for those who see the whole tree; nothing where none was ever touched."""
    found = data.read(visit, data.incidents.budgets, visit.now)
    if not found:
        return
    st.subheader("采集额度", anchor=False)
    columns = ("接口", "计数对象", "窗口", "已用", "剩余", "说明")
    markup.show(markup.table(columns, [_line(each, visit.now) for each in found[:SHOWN]]))
    if len(found) > SHOWN:
        markup.show(markup.note(f"共{len(found):,}项额度，这里列出用得最多的{SHOWN}项。"))


def _line(each: Used, now: int) -> list[str | Html]:
    paused = each.paused_until > now
    told = f"平台要求暂停到{say.moment(each.paused_until)}" if paused else say.NONE
    share = min(1.0, each.used / each.most)
    return [
        readers.title(each.reader),
        each.per,
        each.window,
        markup.bar(share, f"{each.used:,} / {each.most:,}次"),
        f"{max(0, each.most - each.used):,}次",
        told,
    ]
