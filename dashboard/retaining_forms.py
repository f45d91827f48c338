"""留存, the two forms: somebody holds data back from the purge, somebody else lets it go."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, markup
from dashboard.form_sheet import KEPT, FormSheet
from dashboard.page import vault
from monitor.actions import retaining as acting
from monitor.actions.retaining import Covers, Placing
from monitor.domain.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.page import Visit
    from monitor.actions.sending import Sent
    from monitor.record.screens.retaining import Held

KIND: Final = "数据种类"
COVERS: Final = "范围"
CALLED: Final = "哪个单位、账号或整改单"
SINCE: Final = "数据时间自"
UNTIL: Final = "数据时间至(含当日)"
WHY: Final = "理由"
WHICH: Final = "哪一项"
OVER: Final = "解除理由"
EVERY: Final = "全部种类"


def place(visit: Visit, names: Mapping[str, str]) -> None:
    """登记留存: kept as a draft until it is sent, sent once."""
    with st.expander("登记留存"):
        stands = {
            KIND: EVERY,
            COVERS: Covers.HOUSE.value,
            CALLED: "",
            SINCE: "",
            UNTIL: "",
            WHY: "",
        }
        sheet = FormSheet(visit, "retaining-place", stands)
        sheet.begin()
        markup.show(markup.unclassified())
        left, right = st.columns(2)
        left.selectbox(KIND, [EVERY, *names.values()], **sheet.field(KIND))
        right.selectbox(COVERS, [each.value for each in Covers], **sheet.field(COVERS))
        hint = "机构代码或全称；账号全称或账号ID；整改单页面地址中 id= 后的数字；“全部”不用填"
        st.text_input(CALLED, max_chars=100, placeholder=hint, **sheet.field(CALLED))
        left, right = st.columns(2)
        left.text_input(SINCE, max_chars=10, placeholder="2026-01-01，可不填", **sheet.field(SINCE))
        right.text_input(UNTIL, max_chars=10, placeholder="可不填", **sheet.field(UNTIL))
        st.text_input(WHY, max_chars=acting.GROUND.longest, **sheet.field(WHY))
        st.caption(f"登记后立即生效，须由另一人解除，记入审计。{KEPT}")
        if st.button("登记留存", type="primary", key="retaining-place-go"):
            _place(visit, sheet, names)


def _place(visit: Visit, sheet: FormSheet, names: Mapping[str, str]) -> None:
    said = sheet.words()

    def work(sent: Sent) -> None:
        keys = {name: key for key, name in names.items()}
        asked = Placing(
            keys.get(said[KIND], ""),
            Covers(said[COVERS]),
            said[CALLED],
            said[WHY],
            _day(SINCE, said[SINCE]),
            _day(UNTIL, said[UNTIL]),
        )
        acting.place(visit.store, visit.person, vault(), visit.data_dir, asked, sent)

    if sheet.send(work):
        afterwards.tell("retaining", "留存已登记，所涉数据不会被清理。")


def lift(visit: Visit, holds: Sequence[Held], names: Mapping[str, str]) -> None:
    """解除留存, of those that somebody else placed."""
    others = {
        f"第{each.id}号：{names.get(each.kind, EVERY)}，{each.covers}{each.called}": each
        for each in holds
        if each.lifted_at is None and each.placed_by != visit.person.id
    }
    if not others:
        return
    with st.expander("解除留存"):
        sheet = FormSheet(visit, "retaining-lift", {WHICH: next(iter(others)), OVER: ""})
        sheet.begin()
        markup.show(markup.unclassified())
        st.selectbox(WHICH, list(others), **sheet.field(WHICH))
        st.text_input(OVER, max_chars=acting.RELEASED.longest, **sheet.field(OVER))
        st.caption(f"解除后，到期的数据下次清理时即清理。{KEPT}")
        if st.button("解除留存", key="retaining-lift-go"):
            _lift(visit, sheet, others)


def _lift(visit: Visit, sheet: FormSheet, others: Mapping[str, Held]) -> None:
    said = sheet.words()

    def work(sent: Sent) -> None:
        hold = others.get(said[WHICH])
        if hold is None:
            raise InputError("这项留存已不在列", said[WHICH], "请刷新后重新选择")
        which = (hold.id, hold.version)
        acting.lift(visit.store, visit.person, vault(), which, said[OVER], sent)

    if sheet.send(work):
        afterwards.tell("retaining", "留存已解除。")


def _day(name: str, text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(f"日期“{text}”读不懂", name, "应写成 2026-01-01") from error
