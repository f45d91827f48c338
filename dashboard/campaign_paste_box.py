"""粘贴接龙: replies of a group, line by line; a person decides on what is doubtful, all enters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import campaign_tasks_box, markup, say, uploads
from dashboard.form_sheet import once
from monitor.actions import campaign_receipt_sheets, campaign_returns
from monitor.actions.campaign_returns import Confirmed
from monitor.domain.campaign import State
from monitor.domain.errors import SentinelError
from monitor.domain.pasted import Sense
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dashboard.markup import Cell
    from dashboard.page import Visit
    from monitor.actions.campaign_returns import Understood
    from monitor.domain.pasted import Claim, Said
    from monitor.domain.person import Person
    from monitor.record.screens.campaign_board import TaskLine
    from monitor.record.screens.campaigns import Line
    from monitor.record.store import Store

LIVE: Final = frozenset({State.UNDER_WAY, State.ENDED})
COLUMNS: Final = ("行", "原文", "读懂的内容", "说明")
TONES: Final = {
    Sense.CLEAR: "正常",
    Sense.DOUBT: "提醒",
    Sense.NOTHING: "内容不更新",
    Sense.ASIDE: "不纳入",
}
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN: Final = 40
SKIP: Final = "不登记"
TOLD: Final = (
    "把工作群里的接龙或回复整段粘贴进来，逐行列出读懂了什么、哪里存疑、哪行没看懂；核对后一次登记，标“自报”。"
    "粘贴的原文不保存。也可以生成回执表发给各单位填写，收回后在这里核对。"
)
SAMPLE: Final = "1. ××市公安局 微博已发 链接\n2. ××县：抖音 已发"


def show(visit: Visit, line: Line, region: str) -> None:
    """The field, the sheet, what was understood, and the one button that enters it; `region` is the
    place whose tasks the page shows."""
    if line.kept.state not in LIVE or not visit.may(Permission.CAMPAIGN_TASK):
        return
    form = f"paste-{line.kept.id}"
    with st.expander("粘贴接龙、收回执表", expanded=form in st.session_state):
        markup.show(markup.note(TOLD), markup.unclassified())
        with st.form(f"{form}-text", border=False):
            text = st.text_area(
                "群里的接龙或回复",
                height=160,
                max_chars=campaign_returns.LONGEST,
                placeholder=SAMPLE,
            )
            pressed = st.form_submit_button("解读")
        if pressed:
            _read(form, lambda: campaign_returns.understand(*_whose(visit, line), text, visit.now))
        _sheets(visit, line, form, region)
        found: Understood | None = st.session_state.get(form)
        if found is not None:
            _understood(visit, line, form, found)


def _sheets(visit: Visit, line: Line, form: str, region: str) -> None:
    """回执表 out for the place that is shown, and back."""
    left, right = st.columns([1, 2])
    if left.button("生成回执表", key=f"{form}-make"):
        try:
            book = campaign_receipt_sheets.make(*_whose(visit, line), region, visit.now)
        except SentinelError as refused:
            st.error(str(refused))
        else:
            label = f"下载回执表（{book.lines}项）"
            left.download_button(label, book.content, book.name, XLSX, on_click="ignore")
    with right:
        file = uploads.one("填好的回执表", f"{form}-file", ("xlsx",))
    if file is not None and right.button("核对回执表", key=f"{form}-check"):
        _read(
            form,
            lambda: campaign_receipt_sheets.understand(*_whose(visit, line), file, visit.now),
        )


def _whose(visit: Visit, line: Line) -> tuple[Store, Person, int]:
    return visit.store, visit.person, line.kept.id


def _read(form: str, work: Callable[[], Understood]) -> None:
    try:
        st.session_state[form] = work()
    except SentinelError as refused:
        st.session_state.pop(form, None)
        st.error(str(refused))


def _understood(visit: Visit, line: Line, form: str, found: Understood) -> None:
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
    if st.button(f"登记{many}个账号（自报）", type="primary", key=f"{form}-confirm"):
        _enter(visit, line, form, entries)


def _enter(visit: Visit, line: Line, form: str, entries: list[Confirmed]) -> None:
    if once(
        form,
        lambda sent: campaign_returns.confirm(
            visit.store, visit.person, line.kept.id, entries, sent
        ),
    ):
        for name in [each for each in st.session_state if str(each).startswith(form)]:
            del st.session_state[name]
        st.session_state[campaign_tasks_box.SAID] = "已登记，看到作品后才算已核验。"
        st.rerun()


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
