"""What the writer of a text does with its approval: send up, take back, register paper, change."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import approval_sheet, links, markup, say, uploads
from monitor.actions import approving
from monitor.actions.approving import Doing, Signed
from monitor.domain.approval import Move, Stage, State
from monitor.domain.instants import SHANGHAI, shanghai, to_second
from monitor.domain.manuscript import KINDS

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.record.screens.approving import Shown


def show(visit: Visit, shown: Shown, offered: tuple[Move, ...]) -> None:
    """The writer's part of the page: nothing for anybody else."""
    if not shown.mine:
        return
    if shown.account_id is not None:
        markup.show(markup.note("申请内容有变的，在账号页撤回申请，改好后重新提出。"))
    if shown.line.state != State.REFUSED and shown.line.kind in KINDS:
        change = links.to(links.APPROVING, write=shown.line.approval_id)
        markup.show(markup.note(markup.link("修改文稿", change)))
    if Move.SUBMIT in offered:
        _submit(visit, shown)
    if Move.PAPER in offered:
        with st.expander(Move.PAPER.value):
            _paper(visit, shown)
    if Move.WITHDRAW in offered and st.button(Move.WITHDRAW.value, key="approval-withdraw"):
        approval_sheet.press(visit, shown, Doing(Move.WITHDRAW, shown.sha256))


def _submit(visit: Visit, shown: Shown) -> None:
    kind = shown.line.kind
    if approving.attested(visit.store, shown.unit_id, kind, visit.data_dir):
        _attest(visit, shown)
        return
    wanted = (kind, visit.data_dir)
    choices = approving.invitable(visit.store, visit.person, shown.unit_id, wanted, visit.now)
    invited: dict[Stage, list[int]] = {}
    for stage, people in choices.items():
        names = {each.person_id: each.name for each in people}
        invited[stage] = st.multiselect(
            f"请谁{stage}（可不选，可多选）",
            list(names),
            format_func=lambda each, names=names: names[each],  # type: ignore[misc]
            placeholder="按姓名选择",
            key=f"approval-{stage.name}",
        )
    if st.button(Move.SUBMIT.value, type="primary", key="approval-submit"):
        approval_sheet.press(visit, shown, Doing(Move.SUBMIT, shown.sha256, invited=invited))


def _attest(visit: Visit, shown: Shown) -> None:
    """At the county: who checked it, and that it was done by the rules."""
    markup.show(markup.unclassified())
    name = st.text_input("本单位审核人", max_chars=20, key="approval-attested")
    sure = st.checkbox("本单位已按规定审核", key="approval-sure")
    if st.button(Move.SUBMIT.value, type="primary", key="approval-submit"):
        said = name if sure else ""
        approval_sheet.press(visit, shown, Doing(Move.SUBMIT, shown.sha256, attested_by=said))


def _paper(visit: Visit, shown: Shown) -> None:
    printed = "申请" if shown.line.kind in approval_sheet.APPLICATIONS else "《信息发布审批单》"
    markup.show(
        markup.note(
            f"先打印{printed}，请领导在纸上签批，再在这里登记；由另一位负责人确认后生效，"
            "各处标注“线下签批”。"
        )
    )
    markup.show(markup.unclassified())
    signer = st.text_input("签批人", max_chars=20, key="approval-signer")
    left, right = st.columns(2)
    now = shanghai(visit.now)
    day = left.date_input("签批日期", now.date(), format=say.DATE_BOX, key="approval-day")
    at = right.time_input("签批时间", time(now.hour, now.minute), key="approval-time")
    scan = uploads.one("签批件照片或扫描件", "approval-scan", ("pdf", "png", "jpg", "jpeg"))
    if st.button(Move.PAPER.value, key="approval-paper"):
        moment = to_second(datetime.combine(day, at, SHANGHAI))
        paper = Signed(signer, moment, scan[1] if scan else b"")
        approval_sheet.press(visit, shown, Doing(Move.PAPER, shown.sha256, paper=paper))
