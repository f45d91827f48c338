"""What was understood of replies to a campaign, line by line; a person decides on doubtful ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import markup, say
from dashboard.form_sheet import once
from monitor.actions import campaign_returns
from monitor.actions.campaign_returns import Confirmed
from monitor.domain.pasted import Sense

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dashboard.markup import Cell
    from dashboard.page import Visit
    from monitor.actions.campaign_returns import Understood
    from monitor.domain.pasted import Claim, Said
    from monitor.record.screens.campaign_board import TaskLine

COLUMNS: Final = ("行", "原文", "读懂的内容", "说明")
TONES: Final = {
    Sense.CLEAR: "正常",
    Sense.DOUBT: "提醒",
    Sense.NOTHING: "内容不更新",
    Sense.ASIDE: "不纳入",
}
SHOWN: Final = 40
SKIP: Final = "不登记"


def show(
    visit: Visit, campaign_id: int, form: str, found: Understood, told: Callable[[str], object]
) -> None:
    """The rows of one campaign, and the one button that enters them; `told` says what came of it.
    What belongs to `form` is forgotten then."""
    counts = "，".join(
        f"{sense}{count}行"
        for sense in Sense
        if (count := sum(_lines(each) for each in found.said if each.sense is sense))
    )
    markup.show(markup.note(f"共{counts}。"))
    markup.show(markup.table(COLUMNS, [_row(each, found.tasks) for each in found.said]))
    entries = [
        _entry(found.tasks[claim.tasks[0]], claim.url)
        for each in found.said
        for claim in each.claims
        if claim.sure
    ]
    doubtful = [(each, claim) for each in found.said for claim in each.claims if not claim.sure]
    if doubtful:
        st.caption("存疑的请逐个选定，不选的不登记：")
    for place, (said, claim) in enumerate(doubtful):
        entries += _chosen(f"{form}-{place}", said, claim, found.tasks)
    if not entries:
        st.caption("还没有可以登记的内容。")
        return
    many = len({each.task[0] for each in entries})
    pressed = st.button(f"登记{many}个账号（自报）", type="primary", key=f"{form}-confirm")
    if pressed and _enter(visit, campaign_id, form, entries):
        told("已登记，看到作品后才算已核验。")


def _enter(visit: Visit, campaign_id: int, form: str, entries: list[Confirmed]) -> bool:
    by = (visit.store, visit.person, campaign_id, entries)
    if not once(form, lambda sent: campaign_returns.confirm(*by, sent)):
        return False
    for name in [each for each in st.session_state if str(each).startswith(form)]:
        del st.session_state[name]
    return True


def _chosen(key: str, said: Said, claim: Claim, tasks: Mapping[int, TaskLine]) -> list[Confirmed]:
    """What somebody made of a doubtful claim; nothing unless he chose."""
    chosen = st.selectbox(
        f"第{said.first}行：{said.text.strip()[:SHOWN]}",
        [0, *claim.tasks],
        format_func=lambda each: _account(tasks[each]) if each else SKIP,
        filter_mode=None,
        key=key,
    )
    return [_entry(tasks[chosen], claim.url)] if chosen else []


def _entry(line: TaskLine, url: str) -> Confirmed:
    return Confirmed((line.kept.id, line.kept.version), url)


def _lines(said: Said) -> int:
    return said.last - said.first + 1


def _row(said: Said, tasks: Mapping[int, TaskLine]) -> tuple[Cell, ...]:
    last = f"—{said.last}" if said.last > said.first else ""
    claims = [_claim(each, tasks) for each in said.claims] or ["、".join(said.units)]
    return (
        f"{said.first}{last}",
        said.text.strip() or "（空行）",
        markup.joined(markup.badge(TONES[said.sense], said.sense.value), *claims),
        "；".join(said.why) or say.NONE,
    )


def _claim(claim: Claim, tasks: Mapping[int, TaskLine]) -> Cell:
    names = " 或 ".join(_account(tasks[each]) for each in claim.tasks)
    link = markup.link("链接", claim.url, outside=True) if claim.url else "无链接"
    return markup.joined(names, link, by="，")


def _account(line: TaskLine) -> str:
    return f"{line.unit_name}“{line.name}”({say.platform(line.platform)})"
