"""整改·认定差错率: what people overturned, by rule and platform, and the rules that are hints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard import case_form, data, markup, say
from dashboard.form_sheet import once
from monitor.actions import case_terms, case_trust
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.page import Visit
    from monitor.record.case_errors import Fallback

HEADS = ("规则", "平台", "核实", "推翻", "认定差错率")


def show(visit: Visit) -> None:
    """The figures of the office's window, then what fell back."""
    rules = case_terms.rules(visit.data_dir)
    limit = rules.tolerance
    found = data.read(visit, data.case_errors.errors, visit.now, rules)
    if not found.rates:
        told = (f"近{limit.window_days}天没有经人核实的系统结论，核实后这里列出各规则的差错率。",)
        markup.show(markup.empty("还没有可统计的核实结果", told))
        return
    verified = sum(each.verified for each in found.rates)
    over = sum(each.overturned for each in found.rates)
    markup.show(
        markup.note(
            f"近{limit.window_days}天推翻{over}/核实{verified}。核实满{limit.least}项且差错率达到"
            f"{limit.percent}%的，该规则在该平台退为提示，不再生成整改单。"
        )
    )
    rows = [
        (
            each.rule,
            say.platform(each.platform),
            str(each.verified),
            str(each.overturned),
            f"{each.percent:.1f}%（{each.overturned}/{each.verified}）",
        )
        for each in found.rates
    ]
    markup.show(markup.table(HEADS, rows))
    _fallen(visit, found.fallen)


def note(visit: Visit) -> None:
    """On the list of 疑似问题: which of them are hints for now."""
    found = data.read(visit, data.case_errors.hints, visit.now)
    if found:
        names = "、".join(f"{each.rule}({say.platform(each.platform)})" for each in found)
        markup.show(
            markup.note(
                f"下列规则近期差错率偏高，结论暂作提醒，不列为疑似问题、不生成整改单：{names}。"
            )
        )


def _fallen(visit: Visit, fallen: Sequence[Fallback]) -> None:
    if not fallen:
        return
    st.subheader("已退为提示的规则", anchor=False)
    rows = [
        (
            each.rule,
            say.platform(each.platform),
            say.moment(each.since),
            f"推翻{each.overturned}/核实{each.verified}",
        )
        for each in fallen
    ]
    markup.show(markup.table(("规则", "平台", "自何时起", "当时差错"), rows))
    if not visit.may(Permission.ASSIGN_CASE) or "/" not in visit.scope.paths:
        return
    names = {each.id: f"{each.rule}({say.platform(each.platform)})" for each in fallen}
    versions = {each.id: each.version for each in fallen}
    with st.form("restore_rule", border=True):
        markup.show(markup.unclassified())
        which = st.selectbox("规则", list(names), format_func=lambda key: names[key])
        said = st.text_area("查明的原因和改正的办法", height=80)
        if st.form_submit_button("恢复认定", type="primary") and which is not None:
            asked = case_trust.Restoring((which, versions[which]), said)
            if once(
                "restore_rule",
                lambda sent: case_trust.restore(visit.store, visit.person, asked, sent),
            ):
                st.session_state[case_form.SAID] = "已恢复，重新计算差错率。"
                st.rerun()
