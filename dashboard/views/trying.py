"""规则试算: another standard over the same accounts, before anybody is judged by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, house, markup, say
from dashboard.form_sheet import FormSheet
from dashboard.page import SETTINGS, Visit, fragment, page
from dashboard.tried import show as show_tried
from monitor.actions import setting_up
from monitor.actions import trying as acting
from monitor.domain.person import Permission
from monitor.domain.running import JobState

if TYPE_CHECKING:
    from monitor.actions.sending import Sent
    from monitor.domain.rulebook import Rulebook
    from monitor.record.screens.working import JobLine

BOOK: Final = "试算的标准"
TEXT: Final = "改动后的文字"
KNOWN: Final = "往季按"
TODAY: Final = "现在掌握的数据"
THEN: Final = "当时掌握的数据"
SHOWN: Final = 5
ENDED: Final = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})
NOTE: Final = (
    "试算只作比较：不改动任何结论，不发送消息，不开整改单。"
    "同时按最近四个季度末重算，看每季会多出或减少多少。"
)


@page(
    "trying",
    title="规则试算",
    icon=":material/calculate:",
    section=SETTINGS,
    order=16,
    permission=Permission.SET_UP,
)
def trying(visit: Visit) -> None:
    """The form, how far a trial is, and what came of the newest ones."""
    markup.style()
    st.title("规则试算", anchor=False)
    if visit.scope.empty:
        markup.show(markup.unscoped())
        return
    markup.show(markup.note(NOTE))
    _form(visit)
    mine = _mine(visit)
    _wait(visit, sum(each.state in ENDED for each in mine))
    ended = [each for each in mine if each.state in ENDED]
    if not mine:
        markup.show(
            markup.empty("还没有试算过", ("选择标准，按“开始试算”。", "完成后本页列出结果。"))
        )
    for number, each in enumerate(ended):
        _ended(visit, each, newest=number == 0)


def _form(visit: Visit) -> None:
    books = {each.name: each for each in setting_up.standards(visit.data_dir)}
    first = next((name for name, book in books.items() if not book.upper), next(iter(books)))
    sheet = FormSheet(visit, acting.TRY, {BOOK: first, TEXT: "", KNOWN: TODAY})
    sheet.begin()
    left, right = st.columns([3, 2])
    with left:
        st.selectbox(
            BOOK,
            list(books),
            format_func=lambda name: _named(books[name]),
            filter_mode=None,
            **sheet.field(BOOK),
        )
    with right:
        st.radio(KNOWN, (TODAY, THEN), horizontal=True, **sheet.field(KNOWN))
    with st.expander("改几个数再试（可不填）"):
        st.caption("粘贴标准文件的全部文字并改动数值；填了这里，就按这里的文字试算。")
        markup.show(markup.unclassified())
        st.text_area(TEXT, height=260, max_chars=acting.LONGEST_TEXT, **sheet.field(TEXT))
    if st.button("开始试算", type="primary", key="trying-start"):
        _send(visit, sheet)


def _named(book: Rulebook) -> str:
    return f"{book.title} 第{book.version}版"


def _send(visit: Visit, sheet: FormSheet) -> None:
    said = sheet.words()
    wanted = acting.Wanted(said[BOOK], said[TEXT], said[KNOWN] == THEN)

    def work(sent: Sent) -> None:
        acting.try_out(visit.store, visit.person, visit.data_dir, wanted, sent)

    if sheet.send(work):
        st.toast("已排队，完成后本页会更新。")
        st.rerun()


def _mine(visit: Visit) -> list[JobLine]:
    lines = data.read(visit, data.working.asked_by, visit.person.id, limit=50)
    return [each for each in lines if each.kind == acting.TRY][:SHOWN]


@fragment(run_every="3s")
def _wait(visit: Visit, ended: int) -> None:
    """How far it has come, with a button that calls it off; drawn anew once one has ended."""
    mine = _mine(visit)
    if sum(each.state in ENDED for each in mine) != ended:
        st.rerun()
    for each in mine:
        if each.state not in ENDED:
            house.line(each, visit)


def _ended(visit: Visit, job: JobLine, *, newest: bool) -> None:
    """What came of it: the counts and the list to fetch, or why there are none."""
    found = acting.result(visit.data_dir, job.job_id) if job.state == JobState.DONE else None
    if found is None:
        house.line(job, visit)
        return
    title = f"{say.moment(job.created_at)} · 试算 {found.after}"
    with st.expander(title, expanded=newest):
        show_tried(found)
        for path in acting.files(visit.data_dir, job.job_id):
            st.download_button(
                f"下载 {path.name}",
                path.read_bytes,
                file_name=path.name,
                mime="text/csv" if path.suffix == ".csv" else "text/plain",
                on_click="ignore",
                key=f"trying-{job.job_id}-{path.name}",
            )
