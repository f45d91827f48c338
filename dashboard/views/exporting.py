"""导出: a table asked for with its purpose, made as a job, fetched by who asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, house, markup, say
from dashboard.form_sheet import KEPT, FormSheet
from dashboard.page import LEAVING, Visit, fragment, page, vault
from monitor.actions import exporting as acting
from monitor.domain.instants import DAY
from monitor.domain.person import Permission
from monitor.domain.running import EXPORT_DAYS, JobState
from monitor.report import wording

if TYPE_CHECKING:
    from pathlib import Path

    from monitor.actions.sending import Sent
    from monitor.record.screens.working import JobLine

FORM: Final = "export"
TABLE: Final = "表格"
LEDGER: Final = "accounts"
FILE: Final = "格式"
PURPOSE: Final = acting.PURPOSE.label.value
PHONES: Final = "联系电话"
WITHOUT, WITH = "不含", "含（敏感导出）"
SHOWN: Final = 10
ENDED: Final = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})
MIMES: Final = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
    ".txt": "text/plain",
}


@page(
    "exporting",
    title="导出",
    icon=":material/download:",
    section=LEAVING,
    order=20,
    permission=Permission.EXPORT,
)
def exporting(visit: Visit) -> None:
    """The form, and what one asked for, newest first."""
    markup.style()
    st.title("导出", anchor=False)
    if visit.scope.empty:
        markup.show(markup.unscoped())
        return
    _form(visit)
    st.subheader("我的导出", anchor=False)
    mine = _mine(visit)
    _wait(visit, sum(each.state in ENDED for each in mine))
    if not mine:
        steps = (
            "选择表格，写明用途，按“开始导出”。",
            "生成后在本页下载，只有您本人能看到，保留7天。",
        )
        markup.show(markup.empty("还没有导出过", steps))
    for each in mine:
        if each.state in ENDED:
            _ended(visit, each)


def _form(visit: Visit) -> None:
    """Which table, as what, what for; sent once however often it is pressed."""
    first_table, first_file = next(iter(acting.TABLES)), next(iter(acting.FILES))
    stands = {TABLE: first_table, FILE: first_file, PHONES: WITHOUT, PURPOSE: ""}
    sheet = FormSheet(visit, FORM, stands, unkept=frozenset({PURPOSE}))
    sheet.begin()
    markup.show(markup.unclassified())
    left, middle, right = st.columns([2, 2, 3])
    with left:
        tables = acting.TABLES
        st.selectbox(
            TABLE, list(tables), format_func=lambda each: tables[each], **sheet.field(TABLE)
        )
    with middle:
        files = acting.FILES
        st.selectbox(FILE, list(files), format_func=lambda each: files[each], **sheet.field(FILE))
    with right:
        st.text_input(
            f"{PURPOSE}(必填)",
            placeholder=acting.PURPOSE.example,
            max_chars=acting.PURPOSE.longest,
            **sheet.field(PURPOSE),
        )
    if sheet.words()[TABLE] == LEDGER and visit.may(Permission.EXPORT_SENSITIVE):
        _phones(sheet)
    st.caption(f"{wording.NOTE_KEEP}。只含您管理范围内的账号；导出会记入审计。{KEPT}用途不暂存。")
    if st.button("开始导出", type="primary", key="export-start"):
        _send(visit, sheet)


def _phones(sheet: FormSheet) -> None:
    """Whether people's numbers come along: only who may is asked."""
    st.radio(PHONES, (WITHOUT, WITH), horizontal=True, **sheet.field(PHONES))
    if sheet.words()[PHONES] == WITH:
        st.warning("含联系电话的台账按敏感导出办理：记录导出人、时间和用途，用后删除，不得转发。")


def _send(visit: Visit, sheet: FormSheet) -> None:
    said = sheet.words()
    phones = said[TABLE] == LEDGER and said[PHONES] == WITH
    wanted = acting.Wanted(said[TABLE], said[FILE], said[PURPOSE], phones)
    keys = vault()

    def work(sent: Sent) -> None:
        acting.export_now(visit.store, visit.person, keys, wanted, sent)

    if sheet.send(work):
        st.toast("已排队，生成后本页会更新。")
        st.rerun()


def _mine(visit: Visit) -> list[JobLine]:
    lines = data.read(visit, data.working.asked_by, visit.person.id, limit=50)
    return [each for each in lines if each.kind == acting.EXPORT][:SHOWN]


@fragment(run_every="3s")
def _wait(visit: Visit, ended: int) -> None:
    """How far each has come, with a button that calls it off; drawn anew once one has ended."""
    mine = _mine(visit)
    if sum(each.state in ENDED for each in mine) != ended:
        st.rerun()
    for each in mine:
        if each.state not in ENDED:
            house.line(each, visit)


def _ended(visit: Visit, job: JobLine) -> None:
    """What came of it: the files to fetch, or why there are none."""
    if job.state != JobState.DONE:
        house.line(job, visit)
        return
    over = visit.now - job.created_at > EXPORT_DAYS * DAY
    files = () if over else _files(visit.data_dir / "local" / "exports" / str(job.job_id))
    told = f"{say.moment(job.created_at)} · {job.result}"
    if not files:
        markup.show(markup.note(f"{told} · 文件已清理，请重新导出。"))
        return
    markup.show(markup.note(told))
    if wording.WITH_PHONES in files[0].name and not visit.may(Permission.EXPORT_SENSITIVE):
        markup.show(markup.note("您已没有敏感导出权限，这份文件不再提供。"))
        return
    for path in files:
        st.download_button(
            f"下载 {path.name}",
            path.read_bytes,
            file_name=path.name,
            mime=MIMES.get(path.suffix, "application/octet-stream"),
            on_click="ignore",
            key=f"export-{job.job_id}-{path.name}",
        )


def _files(place: Path) -> tuple[Path, ...]:
    return tuple(path for path in sorted(place.glob("*")) if path.is_file())
