"""回收情况: forms are sent with one click; a heap of those that come back is checked and merged."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, differences, form_links, markup, returned_forms, say, uploads
from dashboard.form_sheet import once
from dashboard.markup import Card
from dashboard.page import SOURCES, Visit, page
from monitor.actions import form_receipts, forms, patrol_files
from monitor.domain.errors import SentinelError
from monitor.domain.form import FormState
from monitor.domain.instants import HOUR, day_start, shanghai_day
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.actions.forms import Returned, Status
    from monitor.actions.sending import Sent
    from monitor.domain.form import Form, Round
    from monitor.domain.receipt import KeptAnswer

HEAP: Final = "returns_heap"
KINDS: Final = (*uploads.TABLES, "zip")
ORDER: Final = {FormState.FAULTY: 0, FormState.OUT: 1, FormState.RETURNED: 2}
DUE_HOUR: Final = 17
DUE_DAYS: Final = 3
FAULTS: Final = 3
"""Faults named in the list; the preview has them all."""


@page(
    "returns",
    title="回收情况",
    icon=":material/inventory:",
    section=SOURCES,
    order=55,
    permission=Permission.SEND_FORMS,
)
def returns(visit: Visit) -> None:
    """The state of a distribution, returned files, and a new distribution."""
    markup.style()
    st.title("回收情况", anchor=False)
    if visit.scope.empty:
        markup.show(markup.unscoped())
        return
    afterwards.show("returns")
    known = forms.rounds(visit.store, visit.person)
    if known:
        chosen = _choose(known)
        _status(visit, forms.status(visit.store, visit.person, chosen.id))
        _receive(visit)
    else:
        steps = ("在下面分发预填好的表格。", "收回的表格整批拖到本页，自动识别、核对、合并。")
        markup.show(markup.empty("还没有分发过表格", steps))
    _send(visit, first=not known)


def _choose(known: Sequence[Round]) -> Round:
    if len(known) == 1:
        return known[0]
    by_id = {each.id: each for each in known}
    chosen = st.selectbox(
        "哪一次分发",
        list(by_id),
        format_func=lambda key: f"{by_id[key].title}（{say.moment(by_id[key].sent_at)}）",
        key="returns_round",
        filter_mode=None,
    )
    return by_id[chosen]


def _status(visit: Visit, status: Status) -> None:
    sent = status.sent
    markup.show(
        markup.note(
            f"{sent.title}：{say.moment(sent.sent_at)}分发，{say.moment(sent.due_at)}截止。"
        ),
        markup.cards(
            (
                Card("应交", f"{len(status.forms):,}"),
                Card("已交", f"{status.count(FormState.RETURNED):,}"),
                Card("未交", f"{status.count(FormState.OUT):,}", alarming=_late(visit, status)),
                Card(
                    "有误",
                    f"{status.count(FormState.FAULTY):,}",
                    alarming=status.count(FormState.FAULTY) > 0,
                ),
            )
        ),
    )
    ordered = sorted(status.forms, key=lambda each: (ORDER[each.state], each.unit_code))
    columns = ("单位", "状态", "签收", "说明", "账号数", "有误之处", "最近提交", "文件")
    said = form_receipts.answers(visit.store, visit.person, sent.id)
    rows = [_form(each, said.get(each.id)) for each in ordered]
    markup.show(markup.table(columns, rows))
    form_links.show(visit, sent)
    with st.expander("催报语（可直接粘贴到工作群）", expanded=True):
        st.code(status.group_text, language=None, wrap_lines=True)
    if st.button("重新生成这次分发的表格", key="returns_again"):
        content = forms.package(visit.store, visit.person, sent.id)
        _download(sent.title, content)


def _late(visit: Visit, status: Status) -> bool:
    return visit.now > status.sent.due_at and status.count(FormState.OUT) > 0


def _form(each: Form, said: KeptAnswer | None) -> list[str | markup.Html]:
    faults = list(each.problems[:FAULTS])
    more = len(each.problems) - FAULTS
    faults += [f"另有{more}处"] if more > 0 else []
    return [
        each.unit_name,
        markup.badge(each.state.value),
        say.moment(said.signed_at) if said is not None else say.NONE,
        (said.answer.note if said is not None else "") or say.NONE,
        f"{each.accounts:,}" if each.returned_at is not None else say.NONE,
        markup.joined(*faults) if faults else say.NONE,
        say.moment(each.returned_at) if each.returned_at is not None else say.NONE,
        each.file or say.NONE,
    ]


def _receive(visit: Visit) -> None:
    """A heap of files: first what each of them would do, then the button that does it."""
    st.subheader("收回的表格", anchor=False)
    dropped = uploads.several("把收回的表格或压缩包整批拖到这里", "returns_files", KINDS)
    dropped = _ours(visit, dropped)
    if not dropped:
        return
    try:
        looked = _looked(visit, dropped)
    except SentinelError as error:
        st.error(str(error))
        return
    columns = ("文件", "单位", "账号数", "新增 / 变更 / 无变化", "结果")
    markup.show(markup.table(columns, [_returned(each) for each in looked]))
    for each in looked:
        if each.diff is not None and (each.problems or each.diff.added or each.diff.changed):
            with st.expander(f"{each.file}：核对详情"):
                differences.show(each.diff, folded=False)
    known = sum(each.form is not None for each in looked)
    good = sum(each.form is not None and not each.problems for each in looked)
    label = f"合并无误的{good}份，登记有误的{known - good}份"
    if st.button(label, type="primary", disabled=known == 0, key="returns_save"):
        _save(visit, looked)


def _ours(visit: Visit, dropped: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """The heap without 巡查表, 填报表, 回执表 and 自查表, which are taken in on their own."""
    left = []
    for name, content in dropped:
        kind = patrol_files.recognise(content, name)
        if kind:
            returned_forms.show(visit, name, content, kind)
        else:
            left.append((name, content))
    return left


def _looked(visit: Visit, dropped: Sequence[tuple[str, bytes]]) -> tuple[Returned, ...]:
    """Read once for the same heap."""
    key = tuple((name, sha256(content).hexdigest()) for name, content in dropped)
    before = st.session_state.get(HEAP)
    if before is not None and before[0] == (visit.person.id, key):
        kept: tuple[Returned, ...] = before[1]
        return kept
    with st.spinner("正在识别并核对"):
        looked = forms.look(visit.store, visit.person, dropped, visit.largest_file)
    st.session_state[HEAP] = ((visit.person.id, key), looked)
    return looked


def _returned(each: Returned) -> list[str | markup.Html]:
    unit = each.form.unit_name if each.form is not None else "未识别"
    diff = each.diff
    counts = (
        f"{len(diff.added)} / {len(diff.changed)} / {len(diff.unchanged)}" if diff else say.NONE
    )
    told = each.problems[0] if each.problems else "无误，可合并"
    more = f"等{len(each.problems)}处" if len(each.problems) > 1 else ""
    return [each.file, unit, f"{each.accounts:,}", counts, told + more]


def _save(visit: Visit, looked: Sequence[Returned]) -> None:
    try:
        done = forms.save(visit.store, visit.person, looked)
    except SentinelError as error:
        st.error(str(error))
        return
    faulty = [each for each in done if each.problems]
    st.session_state.pop(HEAP, None)
    afterwards.tell("returns", f"已合并{len(done) - len(faulty)}份，有误{len(faulty)}份。")


def _send(visit: Visit, *, first: bool) -> None:
    today = shanghai_day(visit.now)
    with (
        st.expander("分发新的表格", expanded=first),
        st.form("returns_send", border=False),
    ):
        markup.show(markup.unclassified())
        title = st.text_input(
            "名称", value=f"{today.year}年{today.month}月台账核对", max_chars=forms.LONGEST_TITLE
        )
        level = st.selectbox(
            "发给",
            list(forms.LEVELS),
            format_func=lambda each: forms.LEVELS[each],
            filter_mode=None,
        )
        due = st.date_input("截止日期", value=today + timedelta(days=DUE_DAYS), format=say.DATE_BOX)
        if not st.form_submit_button("生成并登记", type="primary"):
            return
    due_at = day_start(due if isinstance(due, date) else today) + DUE_HOUR * HOUR
    new = forms.NewRound(title, level, due_at)
    made: list[bytes] = []

    def work(sent: Sent) -> None:
        made.append(forms.send(visit.store, visit.person, new, sent)[1])

    if once("returns-send", work):
        st.success("已登记，请下载压缩包后发到工作群或逐一转发。截止时间为当日17时。")
        _download(title, made[-1])


def _download(title: str, content: bytes) -> None:
    st.download_button("下载压缩包", content, f"{title}.zip", "application/zip", on_click="ignore")
