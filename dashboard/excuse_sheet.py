"""同意停更 on an account's page: what was agreed, and the forms of the level above."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, data, markup, say, standard_lines
from dashboard.form_sheet import KEPT, FormSheet
from dashboard.page import vault
from monitor.actions import excusing as acting
from monitor.actions import standard_sheets as sheets
from monitor.domain.errors import InputError
from monitor.domain.finding import Outcome
from monitor.domain.instants import say_day, shanghai_day
from monitor.report.wording import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.page import Visit
    from monitor.actions.sending import Sent
    from monitor.record.screens.excuses import Agreed, Silences

PAGE: Final = "excuse"
KIND: Final = "情形"
SINCE: Final = "停更自"
UNTIL: Final = "停更至(含当日)"
PAPER: Final = "批准文号"
WHY: Final = "理由"
LAST: Final = "停更到哪一天为止(含当日)"
NONE_YET: Final = "没有登记过同意停更。单位书面报批并经上一级同意的停更，由上一级在这里登记。"
MEANT: Final = (
    f"所登记的日子{OUTCOMES[Outcome.NOT_COUNTED]}：本厅口径不计入静默天数；"
    "上级口径照常计算，抽查时请另附批准文件。"
)


def show(visit: Visit, account_id: int) -> None:
    """What was agreed; the forms for who stands above the unit. Nothing of a personal account."""
    found = data.read(visit, data.excuses.agreed, visit.now, account_id)
    if found is None:
        return
    st.subheader("同意停更", anchor=False)
    afterwards.show(PAGE)
    if found.rows:
        columns = ("起止", KIND, "依据", "状态", "登记人")
        rows = [_row(visit, each) for each in found.rows]
        markup.show(markup.table(columns, rows, lesser={"登记人"}), markup.note(MEANT))
    else:
        markup.show(markup.note(NONE_YET))
    if acting.may(visit.person, found.path):
        _enter(visit, found)
        standing = [each for each in found.rows if not each.withdrawn and each.b > visit.now]
        _change(visit, found, standing)


def _row(visit: Visit, each: Agreed) -> tuple[str, ...]:
    return (span(each), each.kind, each.paper or say.NONE, _state(visit, each), each.by or say.NONE)


def span(each: Agreed) -> str:
    """Its days, the last one in."""
    return f"{say_day(each.a)}至{say_day(each.b - 1)}"


def _state(visit: Visit, each: Agreed) -> str:
    if each.withdrawn:
        return "已撤回"
    ended = "(提前结束)" if each.ended else ""
    if visit.now < each.a:
        return "尚未开始"
    return f"停更中{ended}" if visit.now < each.b else f"已结束{ended}"


def _enter(visit: Visit, found: Silences) -> None:
    """登记同意停更: kept as a draft until it is sent, sent once."""
    with st.expander("登记同意停更"):
        today = shanghai_day(visit.now)
        offered = _kinds(visit)
        stands = {
            KIND: offered[0] if offered else "",
            SINCE: today.isoformat(),
            UNTIL: (today + timedelta(days=6)).isoformat(),
            PAPER: "",
            WHY: "",
        }
        sheet = FormSheet(visit, f"excuse-{found.account_id}", stands, unkept=frozenset({WHY}))
        sheet.begin()
        markup.show(markup.unclassified())
        st.selectbox(KIND, offered, **sheet.field(KIND))
        left, right = st.columns(2)
        left.text_input(SINCE, max_chars=10, placeholder="2026-02-16", **sheet.field(SINCE))
        right.text_input(UNTIL, max_chars=10, placeholder="2026-02-23", **sheet.field(UNTIL))
        hint = "如 某公办〔2026〕12号"
        st.text_input(PAPER, max_chars=acting.LONGEST_PAPER, placeholder=hint, **sheet.field(PAPER))
        st.text_input(
            WHY,
            max_chars=acting.WHY.longest,
            placeholder=acting.WHY.example,
            **sheet.field(WHY),
        )
        st.caption(f"登记后立即生效，记入审计；上级口径不受影响。{KEPT}")
        if st.button("登记同意停更", type="primary", key=f"excuse-{found.account_id}-go"):
            _send(visit, found, sheet)


def _kinds(visit: Visit) -> tuple[str, ...]:
    """What the standard in force leaves out of silence, and 上级口径 does not."""
    history = standard_lines.past(visit)
    own, upper = (
        sheets.kept(standard_lines.present(visit, history, upper=each).text).excused_kinds
        for each in (False, True)
    )
    return acting.offered(own, upper)


def _send(visit: Visit, found: Silences, sheet: FormSheet) -> None:
    said = sheet.words()

    def work(sent: Sent) -> None:
        asked = acting.Agreed(
            found.account_id,
            said[KIND],
            _day(SINCE, said[SINCE]),
            _day(UNTIL, said[UNTIL]),
            said[PAPER],
            said[WHY],
        )
        acting.agree(visit.store, visit.person, vault(), visit.data_dir, asked, sent)

    if sheet.send(work):
        told = f"已登记：{said[SINCE]}至{said[UNTIL]}({said[KIND]})。"
        afterwards.tell(PAGE, f"{told}几分钟后按新的情况重新比对。")


def _change(visit: Visit, found: Silences, standing: Sequence[Agreed]) -> None:
    """提前结束 and 撤回, of what is agreed for now or later."""
    if not standing:
        return
    with st.expander("提前结束或撤回"):
        each = st.selectbox(
            "哪一项",
            standing,
            format_func=lambda one: f"{span(one)} {one.kind}",
            key=f"excuse-{found.account_id}-which",
        )
        markup.show(markup.unclassified())
        if each.a <= visit.now:
            _form(visit, each, "提前结束", _end)
        _form(visit, each, "撤回登记", _withdraw)


def _form(
    visit: Visit, each: Agreed, title: str, act: Callable[[Visit, Agreed, FormSheet], None]
) -> None:
    """One change with its reason; the day for an early end."""
    ends = title == "提前结束"
    today = shanghai_day(visit.now).isoformat()
    stands = {LAST: today, WHY: ""} if ends else {WHY: ""}
    sheet = FormSheet(visit, f"excuse-{title}-{each.id}", stands, unkept=frozenset({WHY}))
    sheet.begin()
    if ends:
        st.text_input(LAST, max_chars=10, **sheet.field(LAST))
    field = acting.ENDED if ends else acting.WITHDRAWN
    st.text_input(
        WHY if ends else "撤回理由",
        max_chars=field.longest,
        placeholder=field.example,
        **sheet.field(WHY),
    )
    if st.button(title, key=f"excuse-{title}-{each.id}-go"):
        act(visit, each, sheet)


def _end(visit: Visit, each: Agreed, sheet: FormSheet) -> None:
    said = sheet.words()

    def work(sent: Sent) -> None:
        last = _day(LAST, said[LAST])
        acting.end(visit.store, visit.person, vault(), (each.id, last), said[WHY], sent)

    if sheet.send(work):
        afterwards.tell(PAGE, f"已提前结束，停更到{said[LAST]}为止；此后的日子照常计算。")


def _withdraw(visit: Visit, each: Agreed, sheet: FormSheet) -> None:
    said = sheet.words()
    if sheet.send(
        lambda sent: acting.withdraw(visit.store, visit.person, vault(), each.id, said[WHY], sent)
    ):
        afterwards.tell(PAGE, f"已撤回{span(each)}的登记，这些日子照常计算。")


def _day(label: str, text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InputError("日期看不明白", label, "请写成 2026-02-16 这样") from None
