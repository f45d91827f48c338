"""文书 of a case: what left the house, to fetch; what may be issued now; files of its moves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import case_form, markup, say
from dashboard.form_sheet import once
from monitor.actions import case_files, case_letters
from monitor.domain.case_rules import Paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.page import Visit
    from monitor.record.case_papers import Issued
    from monitor.record.screens.cases import CaseLine, CaseMove

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLAIN: Final = "application/octet-stream"


def show(visit: Visit, line: CaseLine, issued: Sequence[Issued]) -> None:
    """The papers there are, each with its number, and a form for the next."""
    may = case_letters.offered(visit.person, line.kept.case, case_form.paths(line), issued)
    if not issued and not may:
        return
    st.subheader("文书", anchor=False)
    if issued:
        rows = [
            (
                str(each.kind),
                each.number,
                say.moment(each.issued_at),
                f"已由{each.amended_by}更正" if each.amended_by else "有效",
            )
            for each in issued
        ]
        markup.show(markup.table(("文书", "文号", "出具时间", "情况"), rows))
        with st.container(horizontal=True):
            for each in issued:
                st.download_button(
                    f"下载{each.kind}",
                    partial(_paper, visit, each.id),
                    f"{each.kind}-{each.number}.docx",
                    WORD,
                    on_click="ignore",
                    key=f"paper-{each.id}",
                )
    if may:
        _form(visit, line, may)


def attached(visit: Visit, line: CaseLine, moves: Sequence[CaseMove]) -> None:
    """A button for each file that came with a move; fetching one is written down."""
    files = list(dict.fromkeys(each for move in moves for each in move.files))
    if not files:
        return
    markup.show(markup.note("附件下载记入审计。"))
    with st.container(horizontal=True):
        for name, digest in files:
            st.download_button(
                f"下载附件：{name}",
                partial(_file, visit, line.kept.id, digest),
                name,
                PLAIN,
                on_click="ignore",
                key=f"file-{digest}",
            )


def _form(visit: Visit, line: CaseLine, may: Sequence[Paper]) -> None:
    key = f"paper_{line.kept.id}_{line.kept.version}_{len(may)}"
    with st.expander("出具文书"), st.form(key, border=False):
        kind = st.selectbox("文书", list(may), format_func=str, key=f"{key}_kind")
        markup.show(markup.unclassified())
        contact = st.text_input("联系人及电话", key=f"{key}_contact")
        said = st.text_area("补充说明(可不填)", key=f"{key}_said", height=70)
        if st.form_submit_button("编号并出具", type="primary") and kind is not None:
            asked = case_letters.Asked((line.kept.id, line.kept.version), kind, contact, said)
            _issue(visit, asked, key)


def _issue(visit: Visit, asked: case_letters.Asked, key: str) -> None:
    house = case_form.house(visit)
    if once(key, lambda sent: case_letters.issue(visit.store, visit.person, asked, sent, house)):
        st.session_state[case_form.SAID] = f"已出具{asked.kind}。"
        st.rerun()


def _paper(visit: Visit, paper_id: int) -> bytes:
    return case_letters.word(visit.store, visit.person, paper_id, case_form.house(visit))[1]


def _file(visit: Visit, case_id: int, digest: str) -> bytes:
    return case_files.fetch(visit.store, visit.person, case_id, digest, case_form.house(visit))[1]
