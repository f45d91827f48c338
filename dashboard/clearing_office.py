"""清理排查 by the office that ordered it: ordering one, moving it on, and looking for itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, data, links, markup, say
from dashboard.form_sheet import once
from monitor.actions import clearing, clearing_lines
from monitor.actions.clearing import Due, Going, NewClearing
from monitor.actions.clearing_lines import LONGEST, Looked
from monitor.domain.clearing import Count, Move, Spot, Stage
from monitor.domain.instants import HOUR, day_start, shanghai_day
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.markup import Cell
    from dashboard.page import Visit
    from monitor.actions.sending import Sent
    from monitor.record.clearings import Kept
    from monitor.record.screens.clearings import Shown, Told

DAYS: Final = {"自查截止": 10, "核查截止": 20, "抽查截止": 30, "处置截止": 45}
"""本厅设定: so many days from today, unless the office chooses others."""
DUE_HOUR: Final = 17
LEADS: Final = {
    Move.TO_CHECK: "未填完的单位在核查阶段仍可填报。",
    Move.DRAW: "从核查通过的账号中按市州、平台分层抽取，抽取后不再自查、核查。",
    Move.TO_SETTLE: "抽中的账号都登记结果以后，转入处置。",
    Move.SUM_UP: "办结后不再改动，总结和明细可随时下载。",
}


def deploy(visit: Visit, *, first: bool) -> None:
    """部署: title, what is to be done, over whose area, and until when each stage is."""
    if not visit.may(Permission.SEND_FORMS):
        return
    today = shanghai_day(visit.now)
    with st.expander("部署清理排查", expanded=first), st.form("clearing_deploy", border=False):
        lead = "范围内每个未关停的官方账号一行，台账已有的内容已填好；每个单位计一次填报。"
        markup.show(markup.note(lead))
        markup.show(markup.unclassified())
        title = st.text_input(
            "名称", value=f"{today.year}年全面清理排查", max_chars=clearing.LONGEST_TITLE
        )
        words = st.text_area("工作要求", max_chars=clearing.LONGEST_WORDS, height=80)
        code = st.text_input("单位机构代码（不填为本人管理的全部范围）", max_chars=12)
        places = st.columns(len(DAYS))
        days = [
            place.date_input(name, today + timedelta(days=ahead), format=say.DATE_BOX)
            for place, (name, ahead) in zip(places, DAYS.items(), strict=True)
        ]
        if not st.form_submit_button("部署", type="primary"):
            return
    due = Due(*(_second(each, today) for each in days))
    new = NewClearing(code.strip(), title, words, due)
    if once("clearing-deploy", lambda sent: clearing.deploy(visit.store, visit.person, new, sent)):
        st.query_params.clear()
        afterwards.tell("clearing", f"已部署：{title}")


def _second(day: object, today: date) -> int:
    return day_start(day if isinstance(day, date) else today) + DUE_HOUR * HOUR


def move_on(visit: Visit, kept: Kept, units: Sequence[Told]) -> None:
    """The next stage, offered to who may order it; with the size of the sample, or the words."""
    move = clearing.next_move(visit.person, kept)
    if move is None:
        return
    count = sum((each.count for each in units), Count())
    key = f"clearing_{kept.id}_{kept.version}"
    with st.expander(f"{move}（部署单位办理）"), st.form(key, border=False):
        markup.show(markup.note(LEADS[move]))
        size, words = 0, ""
        if move is Move.DRAW:
            usual = clearing.usual_size(count.checked)
            most = max(1, count.checked)
            size = int(st.number_input("抽查数", 1, most, max(1, usual), key=f"{key}_size"))
        if move is Move.SUM_UP:
            markup.show(markup.unclassified())
            label = f"说明（有{count.asked - count.decided}个账号未定处置时必填）"
            words = st.text_input(label, max_chars=LONGEST, key=f"{key}_words")
        pressed = st.form_submit_button(move.value, type="primary")
    if pressed:
        going = Going(kept.id, kept.version, move, size, words)

        def work(sent: Sent) -> int:
            return clearing.move_on(visit.store, visit.person, going, sent)

        if once(key, work, move.name):
            afterwards.tell("clearing", f"已{move}。")


def spot(visit: Visit, kept: Kept) -> None:
    """The sample: how it was drawn, what was found of each, and the form for the next one."""
    if not kept.seed:
        steps = ("核查完成后，由部署单位在“进度”中抽取样本。",)
        markup.show(markup.empty("还没有抽取样本", steps))
        return
    wanted = data.clearings.Wanted(sampled=True)
    found = data.read(visit, data.clearings.lines, visit.now, kept.id, wanted)
    told = f"抽查{kept.size:,}个(共{kept.population:,}个)，按市州、平台分层抽取。"
    markup.show(markup.note(f"{told}抽样种子 {kept.seed}，用它可重抽出同一批账号。"))
    todo = [each for each in found.rows if each.line.spot is None]
    if todo and kept.stage is Stage.SPOT and clearing.may_do(visit.person, Permission.VERIFY, kept):
        _look(visit, kept, todo)
    columns = ("账号", "主办单位", "台账状态", "自查情况", "抽查结果", "抽查说明")
    markup.show(markup.table(columns, [_found(each) for each in found.rows], lesser={"台账状态"}))
    if found.total > len(found.rows):
        markup.show(markup.note(f"共{found.total:,}个，此处列出前{len(found.rows)}个。"))


def _found(each: Shown) -> list[Cell]:
    name = markup.link(each.name, links.account(each.account_id))
    line = each.line
    return [
        markup.joined(name, markup.faint(say.platform(each.platform))),
        each.unit_name,
        each.registered,
        line.answer or say.NONE,
        line.spot or "未登记",
        line.said or say.NONE,
    ]


def _look(visit: Visit, kept: Kept, todo: Sequence[Shown]) -> None:
    by_id = {each.line_id: each for each in todo}
    key = f"clearing_spot_{kept.id}_{len(todo)}"
    with st.form(key, border=True):
        lead = "打开主页，与台账逐项核对：名称、主体、状态、简介、联系方式。"
        markup.show(markup.note(lead))
        markup.show(markup.unclassified())
        left, right = st.columns([2, 1])
        chosen = left.selectbox(
            "抽中账号",
            list(by_id),
            format_func=lambda one: f"{by_id[one].name}（{say.platform(by_id[one].platform)}）",
            filter_mode=None,
        )
        result = right.radio("抽查结果", list(Spot), horizontal=True)
        words = st.text_input("抽查说明（不一致时必填）", max_chars=LONGEST)
        pressed = st.form_submit_button("登记抽查", type="primary")
    if pressed and chosen is not None and result is not None:
        looked = Looked(kept.id, chosen, by_id[chosen].version, result, words)

        def work(sent: Sent) -> int:
            return clearing_lines.spot(visit.store, visit.person, looked, sent)

        if once(key, work):
            afterwards.tell("clearing", f"已登记：{by_id[chosen].name} {result}")
