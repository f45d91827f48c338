"""A filled 巡查表 or 填报表 handed back in the browser: what it would enter, then the press."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, campaign_understood, links, markup, uploads
from monitor.actions import campaign_receipt_sheets, patrol_files, report_files
from monitor.actions.patrol_files import Returning
from monitor.domain.errors import SentinelError
from monitor.domain.iso_week import say_week

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.page import Visit
    from monitor.domain.loading import RowProblem

SHOWN: Final = 50
DONE: Final = "returned_forms_done"
COLUMNS: Final = ("工作表", "行", "列", "填写内容", "应为")


def upload(visit: Visit, wanted: Returning) -> None:
    """A box for filled forms of one kind, folded away until somebody needs it."""
    with st.expander(f"上传填好的{wanted}"):
        afterwards.said(f"{DONE}_{wanted}")
        dropped = uploads.several(f"选择填好的{wanted}，可一次多个", f"returned_{wanted}")
        for name, content in dropped:
            show(visit, name, content, wanted)


def show(visit: Visit, name: str, content: bytes, kind: Returning) -> None:
    """One form: how many rows it enters, which are refused, and the button."""
    if kind is Returning.RECEIPT:
        _receipt(visit, name, content)
        return
    if kind is Returning.CHECK:
        where = markup.link("清理排查", links.to("clearing"))
        markup.show(
            markup.joined(markup.note(f"{name}：填好的自查表，请到“清理排查”的“自查”交回"), where)
        )
        return
    try:
        good, head, problems = _checked(visit, name, content, kind)
    except SentinelError as wrong:
        st.error(str(wrong))
        return
    markup.show(markup.note(f"{name}：{head}"))
    _refusals(problems)
    key = sha256(content).hexdigest()[:12]
    if st.button(f"保存{good}行", type="primary", disabled=not good, key=f"returned_{key}"):
        _save(visit, name, content, kind)


def _receipt(visit: Visit, name: str, content: bytes) -> None:
    """A 回执表: its campaign is told from the file, what it says confirmed as on its own page."""
    key = f"receipt_{sha256(content).hexdigest()[:12]}"
    if told := st.session_state.pop(f"{DONE}_{key}", ""):
        st.success(told)
    try:
        campaign_id, found = campaign_receipt_sheets.receive(
            visit.store, visit.person, (name, content), visit.now
        )
    except SentinelError as wrong:
        st.error(str(wrong))
        return
    title = next(each.title for each in found.tasks.values())
    where = markup.link(title, links.campaign(campaign_id, "tasks"))
    markup.show(markup.note(f"{name}：填好的回执表"), where)

    def say_so(words: str) -> None:
        st.session_state[f"{DONE}_{key}"] = f"{name}：{words}"
        st.rerun()

    campaign_understood.show(visit, campaign_id, key, found, say_so)


def _checked(
    visit: Visit, name: str, content: bytes, kind: Returning
) -> tuple[int, str, Sequence[RowProblem]]:
    if kind is Returning.PATROL:
        looked = patrol_files.check(visit.store, visit.person, content, name, visit.largest_file)
        said = (
            f"巡查表，可录入{looked.good}行，未填写{looked.blank}行，拒收{len(looked.problems)}行"
        )
        return looked.good, said, looked.problems
    taken = report_files.load(visit.store, visit.person, content, name, dry_run=True)
    said = (
        f"填报表，{taken.unit}，{say_week(taken.week)}，"
        f"可录入{taken.saved}行，拒收{len(taken.problems)}处"
    )
    return taken.saved, said, taken.problems


def _save(visit: Visit, name: str, content: bytes, kind: Returning) -> None:
    try:
        if kind is Returning.PATROL:
            done = patrol_files.take(visit.store, visit.person, content, name, visit.largest_file)
            already = f"，先前已导入{done.already}行" if done.already else ""
            said = f"{name}：已录入{done.stored}行{already}，拒收{len(done.problems)}行"
        else:
            taken = report_files.load(visit.store, visit.person, content, name)
            said = f"{name}：已录入{taken.saved}行，拒收{len(taken.problems)}处"
    except SentinelError as wrong:
        st.error(str(wrong))
        return
    st.session_state[f"{DONE}_{kind}"] = said
    st.toast(said)
    st.success(said)


def _refusals(problems: Sequence[RowProblem]) -> None:
    if not problems:
        return
    rows = [
        [each.sheet, str(each.row), each.column, each.value, each.expected]
        for each in problems[:SHOWN]
    ]
    markup.show(markup.table(COLUMNS, rows))
    if len(problems) > SHOWN:
        markup.show(markup.note(f"另有{len(problems) - SHOWN}处拒收。"))
