"""One 考核方案: its lines, its text with faults told by line, and its way to be issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, data, links, markup, say
from dashboard.form_sheet import FormSheet, once
from monitor.actions import scheme_lines, scorecards, weighing
from monitor.actions import schemes as acting
from monitor.actions.schemes import Pressed
from monitor.domain.assessment import Move, State
from monitor.domain.errors import SentinelError
from monitor.domain.instants import shanghai_day
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from dashboard.page import Visit
    from monitor.actions.sending import Sent
    from monitor.domain.assessment_kept import SchemeRevision

COLUMNS: Final = ("一级指标", "二级指标", "满分", "测量项目", "计分办法")
TEXT: Final = acting.TEXT
MOST: Final = 60


def one(visit: Visit, kept: SchemeRevision | None) -> None:
    """The page of one revision."""
    markup.show(markup.back("返回考核方案", links.to("schemes")))
    if kept is None:
        markup.show(markup.empty("没有这份方案", ("请从列表重新打开。",)))
        return
    st.title(f"{kept.name}（第{kept.number}版）", anchor=False)
    afterwards.show("schemes")
    told = (
        f"{kept.state}，约束{shanghai_day(kept.valid_from)}起开始的周期；底稿：{kept.base or '无'}"
    )
    markup.show(markup.note(told))
    if makes(visit):
        _buttons(visit, kept)
    markup.show(markup.table(COLUMNS, scheme_lines.lines(kept), lesser={"测量项目"}))
    if kept.state is State.DRAFTING and visit.may(Permission.ASSESS) and makes(visit):
        _edit(visit, kept)
    else:
        with st.expander("方案文字"):
            st.code(kept.text, language=None)


def makes(visit: Visit) -> bool:
    """Whether somebody is of the house that makes schemes; others read what was issued."""
    here = visit.may(Permission.ASSESS) or visit.may(Permission.SETTLE)
    return here and "/" in visit.scope.paths


def _buttons(visit: Visit, kept: SchemeRevision) -> None:
    assessor = visit.may(Permission.ASSESS)
    if kept.state is State.DRAFTING and assessor and st.button("征求意见", key="scheme-consult"):
        _press(visit, kept, Move.CONSULT, "已转入征求意见，其间不改动。")
    if kept.state is not State.CONSULTING:
        return
    if visit.may(Permission.SETTLE):
        if st.button("印发方案", type="primary", key="scheme-issue"):
            _press(visit, kept, Move.PUT_IN_FORCE, "已印发，只约束生效日期以后开始的周期。")
    else:
        markup.show(markup.note("等科室负责人印发；拟定人不能印发本人拟定的方案。"))
    if not assessor:
        return
    with st.expander("退回修改"):
        markup.show(markup.unclassified())
        why = st.text_input("理由", max_chars=300, key="scheme-why")
        if st.button("退回修改", key="scheme-back"):
            _press(visit, kept, Move.TAKE_BACK, "已退回修改。", why)


def _press(visit: Visit, kept: SchemeRevision, move: Move, message: str, why: str = "") -> None:
    pressed = Pressed(kept.id, kept.version, move, why)
    does = acting.put_in_force if move is Move.PUT_IN_FORCE else acting.press

    def work(sent: Sent) -> object:
        return does(visit.store, visit.person, pressed, sent)

    if once(f"scheme-{kept.id}", work, f"{move.name}-{kept.version}"):
        afterwards.tell("schemes", message)


def _edit(visit: Visit, kept: SchemeRevision) -> None:
    with st.expander("修改方案文字"):
        st.caption("写错的按行指出；代号和版本不能改。怎么写见《写考核方案》。")
        sheet = FormSheet(visit, f"scheme-{kept.id}", {TEXT: kept.text}, kept.version)
        sheet.begin()
        markup.show(markup.unclassified())
        st.text_area(TEXT, height=420, **sheet.field(TEXT))
        if st.button("保存", type="primary", key="scheme-save") and sheet.send(
            lambda sent: acting.save_text(
                visit.store, visit.person, kept.id, sheet.words()[TEXT], sent
            )
        ):
            afterwards.tell("schemes", "已保存。")


def compare(visit: Visit, found: tuple[SchemeRevision, ...]) -> None:
    """What differs between two revisions, line of the scheme by line."""
    if len(found) < 2:  # noqa: PLR2004
        markup.show(markup.empty("有两份方案以后才能对比", ("先到“方案”里再拟定一份。",)))
        return
    by_key = {str(each.id): each for each in found}
    left, right = st.columns(2)

    def pick(where: DeltaGenerator, label: str, index: int) -> SchemeRevision:
        key = where.selectbox(
            label,
            list(by_key),
            index=index,
            format_func=lambda key: f"{by_key[key].name}（第{by_key[key].number}版）",
            key=f"schemes-{label}",
            filter_mode=None,
        )
        return by_key[str(key)]

    one, other = pick(left, "一份", 0), pick(right, "另一份", 1)
    rows = scheme_lines.differing(one, other)
    if not rows:
        markup.show(markup.note("两份方案的指标、满分、办法都相同。"))
        return
    markup.show(markup.table(("指标", "一份", "另一份"), rows))


def weights(visit: Visit) -> None:
    """权重试算 on a result that is there: nothing is changed by it."""
    found = [each for each in data.read(visit, data.assessing.listing) if each.kept.result_hash]
    if not found:
        steps = ("生成一次初评以后，可以在这里换权重看总分和位次怎么变。",)
        markup.show(markup.empty("还没有可以试算的结果", steps))
        return
    by_key = {str(each.kept.id): each.kept.title for each in found}
    key = st.selectbox(
        "在哪次考核上试", list(by_key), format_func=lambda key: by_key[key], filter_mode=None
    )
    try:
        sheet = scorecards.sheet(visit.store, visit.person, int(key))
    except SentinelError as refused:
        st.error(str(refused))
        return
    _try(sheet)


def _try(sheet: scorecards.Sheet) -> None:
    lines = weighing.points(sheet)
    with st.form("schemes-weights", border=True):
        columns = st.columns(3)
        typed = {
            line: columns[place % 3].number_input(
                f"{line} {name}", 0.0, 100.0, most, step=1.0, key=f"weight-{line}"
            )
            for place, (line, (name, most)) in enumerate(lines.items())
        }
        st.caption("各项合计按方案总分折算；扣分、加分、封顶照旧。只是试算，不改方案和结果。")
        if not st.form_submit_button("权重试算", type="primary"):
            return
    rows = weighing.tried(sheet, typed)
    moved = sum(each[5] != each[6] for each in rows)
    markup.show(markup.note(f"{len(rows)}个单位中{moved}个位次有变动。"))
    table = [
        (group or say.NONE, name, f"{before:g}", f"{after:g}", f"{one}→{two}")
        for _, name, group, before, after, one, two in rows[:MOST]
    ]
    markup.show(markup.table(("组别", "单位", "原总分", "试算总分", "位次变动"), table))
