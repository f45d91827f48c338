"""处置 of a 清理排查: what is proposed of each account and why, what was decided, how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, case_form, data, links, markup, say
from dashboard.form_sheet import once
from monitor.actions import case_opening, clearing, clearing_lines
from monitor.actions.case_opening import KINDS, Registered
from monitor.actions.clearing_lines import LONGEST, Deciding
from monitor.domain.case import Source
from monitor.domain.clearing import Decision, Stage
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.markup import Cell
    from dashboard.page import Visit
    from monitor.actions.clearing_lines import Proposed
    from monitor.actions.sending import Sent
    from monitor.domain.advice import Known
    from monitor.record.clearings import Kept
    from monitor.record.screens.clearings import Shown

NOTHING: Final = "没有建议"


def show(visit: Visit, kept: Kept) -> None:
    """What is still to be decided, grouped by what is proposed; then what was, and how far."""
    if kept.stage not in (Stage.SETTLE, Stage.DONE):
        todo = ("抽查结果登记齐以后，由部署单位转入处置。",)
        markup.show(markup.empty("还没有到处置阶段", todo))
        return
    if kept.stage is Stage.SETTLE and clearing.may_do(visit.person, Permission.CONFIRM, kept):
        _deciding(visit, kept)
    _decided(visit, kept)


def _deciding(visit: Visit, kept: Kept) -> None:
    wanted = data.clearings.Wanted(undecided=True)
    found = data.read(visit, data.clearings.lines, visit.now, kept.id, wanted)
    if not found.total:
        return
    advice = {
        each.account_id: each.known for each in data.read(visit, data.advising.weighed, visit.now)
    }
    groups = _groups(found.rows, advice)
    st.subheader(f"待定处置{found.total:,}个", anchor=False)
    names = {key: f"{_called(key)} {len(rows)}个" for key, rows in groups.items()}
    chosen = st.selectbox(
        "按建议列出",
        list(groups),
        format_func=lambda key: names[key],
        filter_mode=None,
        key=f"clearing_group_{kept.id}",
    )
    _form(visit, kept, chosen or next(iter(groups)), groups)


if TYPE_CHECKING:
    Groups = dict[str, list[tuple[Shown, Proposed | None]]]


def _groups(rows: Sequence[Shown], advice: Mapping[int, Known]) -> Groups:
    found: Groups = {}
    for each in rows:
        told = clearing_lines.proposed(each.line, advice.get(each.account_id))
        found.setdefault(told.decision.value if told else NOTHING, []).append((each, told))
    return found


def _called(key: str) -> str:
    return key if key == NOTHING else f"建议{key}"


def _form(visit: Visit, kept: Kept, key: str, groups: Groups) -> None:
    rows = groups[key]
    form = f"clearing_decide_{kept.id}_{key}_{sum(len(each) for each in groups.values())}"
    with st.form(form, border=True):
        markup.show(markup.note("建议仅供参考，由人逐个核对后确定；不同意的不要勾选。"))
        ticked = [
            each
            for each, told in rows
            if st.checkbox(_told(each, told), value=told is not None, key=f"{form}_{each.line_id}")
        ]
        left, right = st.columns([1, 3])
        place = list(Decision).index(Decision(key)) if key != NOTHING else 0
        decision = left.selectbox("处置意见", list(Decision), index=place, filter_mode=None)
        markup.show(markup.unclassified())
        words = right.text_input("处置说明", max_chars=LONGEST)
        pressed = st.form_submit_button("确定处置", type="primary")
    if pressed and decision is not None:
        versions = {each.line_id: each.version for each in ticked}
        deciding = Deciding(kept.id, versions, decision, words)

        def work(sent: Sent) -> int:
            return clearing_lines.decide(visit.store, visit.person, deciding, sent)

        if once(form, work):
            afterwards.tell("clearing", f"已定处置：{decision} {len(versions)}个。")


def _told(each: Shown, told: Proposed | None) -> str:
    why = f"　理由：{told.why}" if told is not None else "　未自查"
    return f"{each.name}（{say.platform(each.platform)}）　{each.unit_name}{why}"


def _decided(visit: Visit, kept: Kept) -> None:
    """What was decided beyond keeping, and how far it is where such things are always done."""
    found: list[Shown] = []
    for decision in (Decision.RECTIFY, Decision.MERGE, Decision.CLOSE):
        wanted = data.clearings.Wanted(decision=decision)
        found += data.read(visit, data.clearings.lines, visit.now, kept.id, wanted).rows
    if not found:
        markup.show(markup.empty("没有需要整改、合并、关停的账号", ()))
        return
    done = sum(clearing_lines.handled(each.line.decision, each.followed) != "" for each in found)
    st.subheader(f"整改、合并、关停{len(found):,}个，已办理{done:,}个", anchor=False)
    columns = ("账号", "主办单位", "处置意见", "处置说明", "办理进展")
    markup.show(markup.table(columns, [_row(each) for each in found]))
    basis = "关停、合并在账号页“申请关停”，整改登记为整改单；本页不另走一遍手续。"
    markup.show(markup.note(basis))
    _register(visit, kept, found)


def _row(each: Shown) -> list[Cell]:
    told = clearing_lines.handled(each.line.decision, each.followed)
    way: Cell = told or markup.link("待办理", links.account(each.account_id))
    if each.followed.case_id is not None and each.line.decision is Decision.RECTIFY:
        way = markup.link(told, links.case(each.followed.case_id))
    name = markup.link(each.name, links.account(each.account_id))
    return [
        markup.joined(name, markup.faint(say.platform(each.platform))),
        each.unit_name,
        each.line.decision or say.NONE,
        each.line.why or say.NONE,
        way,
    ]


def _register(visit: Visit, kept: Kept, found: Sequence[Shown]) -> None:
    """A problem of an account to be put right becomes a 整改单, found by the unit itself."""
    left = {
        each.line_id: each
        for each in found
        if each.line.decision is Decision.RECTIFY and each.followed.case_id is None
    }
    if not left or not visit.may(Permission.VERIFY):
        return
    with st.expander(f"登记为整改单（还有{len(left)}个）"):
        chosen = st.selectbox(
            "账号",
            list(left),
            format_func=lambda key: left[key].name,
            filter_mode=None,
            key=f"clearing_register_{kept.id}",
        )
        if chosen is None:
            return
        each = left[chosen]
        with st.form(f"clearing_case_{chosen}", border=False):
            kind = st.selectbox("问题类别", KINDS, index=len(KINDS) - 1, filter_mode=None)
            markup.show(markup.unclassified())
            said = st.text_area("问题说明", value=_why(kept, each), height=90)
            pressed = st.form_submit_button("生成整改单", type="primary")
    if pressed:
        told = Registered(each.account_id, Source.SELF, str(kind), said)
        _open(visit, told, each.name)


def _why(kept: Kept, each: Shown) -> str:
    line = each.line
    said = line.why or line.said or line.note
    return f"{kept.title}：{said}" if said else f"{kept.title}中定为整改。"


def _open(visit: Visit, told: Registered, name: str) -> None:
    def work(sent: Sent) -> int:
        house = case_form.house(visit)
        return case_opening.register(visit.store, visit.person, told, sent, house)

    if once(f"clearing_case_{told.account_id}", work):
        afterwards.tell("clearing", f"{name}：整改单已生成。")
