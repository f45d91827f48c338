"""值班与联络员: who answers today and in the days to come; who speaks for a unit; hand-overs."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, data, hand_over, links, markup, reveal_box, say, uploads
from dashboard.markup import Card, Html
from dashboard.page import SETTINGS, Visit, page, vault
from monitor.actions import rosters
from monitor.domain.duty import Duty, Roster
from monitor.domain.errors import SentinelError
from monitor.domain.instants import shanghai_day
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.actions.rosters import Asked, Looked
    from monitor.domain.contact import Contact
    from monitor.domain.duty import Liaison
    from monitor.record.screens.duty import Ahead, Bound, OnDuty, Spokesman

SHOWN: Final = 20


@page(
    "duty",
    title="值班与联络员",
    icon=":material/call:",
    section=SETTINGS,
    order=30,
    permission=Permission.SEE_PEOPLE,
)
def duty(visit: Visit) -> None:
    """Two lists of people to call, their numbers masked, and what is to be done about them."""
    markup.style()
    st.title("值班与联络员", anchor=False)
    if visit.scope.empty:
        markup.show(markup.unscoped())
        return
    afterwards.show("duty")
    ahead = data.read(visit, data.duty.ahead, visit.now)
    people = data.read(visit, data.duty.liaisons, visit.now)
    behind = data.read(visit, data.duty.left_behind, visit.now)
    _figures(visit, ahead, people, behind)
    _roster(visit, ahead)
    _liaisons(people, behind)
    _reveal(visit, ahead, people)
    if visit.may(Permission.MANAGE_PEOPLE):
        hand_over.show(visit, people)
        _import(visit)


def _figures(
    visit: Visit, ahead: Ahead, people: Sequence[Spokesman], behind: Sequence[Bound]
) -> None:
    today = [each for each in ahead.entries if each.duty.day == _today(visit).isoformat()]
    left = len({each.account_id for each in behind})
    waits = sum(each.waits for each in people)
    markup.show(
        markup.cards(
            (
                Card("今日值班", today[0].duty.officer if today else "未排"),
                Card("值班缺口", f"{sum(len(each.days) for each in ahead.gaps):,}天"),
                Card("在岗联络员", f"{sum(not each.left for each in people):,}"),
                Card("待确认交接", f"{waits:,}", alarming=waits > 0),
                Card("联络员已离岗的账号", f"{left:,}", alarming=left > 0),
            )
        )
    )


def _roster(visit: Visit, ahead: Ahead) -> None:
    st.subheader("值班表", anchor=False)
    if not ahead.entries and not ahead.gaps:
        steps = ("准备一张表，列名：日期、单位、带班领导、值班员、值班电话、备班员、备注。",)
        markup.show(markup.empty("还没有值班表", (*steps, "在本页下方导入。")))
        return
    today = _today(visit).isoformat()
    columns = ("日期", "单位", "带班领导", "值班员", "值班电话", "备班员", "备注")
    markup.show(markup.table(columns, [_on_duty(each, today) for each in ahead.entries]))
    if ahead.gaps:
        lines = [f"{each.unit_name}：{'、'.join(each.days)}" for each in ahead.gaps]
        st.warning("以下日期没有排班：\n\n" + "\n\n".join(lines))


def _on_duty(each: OnDuty, today: str) -> list[str | Html]:
    found = each.duty
    day = markup.joined(
        found.day, markup.badge("提醒", "今天") if found.day == today else "", by=" "
    )
    rest = [found.leader, found.officer, _masked(each.phones), found.backup, found.remark]
    return [day, found.unit_name, *(text or say.NONE for text in rest)]


def _liaisons(people: Sequence[Spokesman], behind: Sequence[Bound]) -> None:
    st.subheader("联络员台账", anchor=False)
    if not people:
        steps = ("准备一张表，列名：单位、姓名、警号、职务、办公电话、手机、A/B岗、起、止。",)
        markup.show(markup.empty("还没有联络员台账", (*steps, "在本页下方导入。")))
        return
    columns = ("单位", "姓名", "职务", "岗", "电话", "起", "止", "情况")
    markup.show(markup.table(columns, [_spokesman(each) for each in people]))
    if behind:
        st.error(
            "以下账号的联络员或运维员已离岗，交接尚未确认。请办理交接，并核对密码保管和绑定手机。"
        )
        heads = ("账号", "平台", "主办单位", "已离岗人员", "离岗日期")
        markup.show(markup.table(heads, [_behind(each) for each in behind[:SHOWN]]))
        if len(behind) > SHOWN:
            markup.show(markup.note(f"另有{len(behind) - SHOWN}条，办理交接后减少。"))


def _spokesman(each: Spokesman) -> list[str | Html]:
    found = each.liaison
    state = markup.badge("僵尸", "已离岗") if each.left else markup.badge("正常", "在岗")
    if each.waits:
        state = markup.joined(state, markup.badge("提醒", "交接待确认"), by=" ")
    rest = [found.post, found.part.value, _masked(each.phones), found.since, found.until]
    return [found.unit_name, found.name, *(text or say.NONE for text in rest), state]


def _behind(each: Bound) -> list[str | Html]:
    name = markup.link(each.name, links.account(each.account_id))
    who = f"{each.liaison}（{each.column}）"
    return [name, say.platform(each.platform), each.unit_name, who, each.until]


def _masked(phones: Sequence[Contact]) -> str:
    return " ".join(each.masked for each in phones)


def _reveal(visit: Visit, ahead: Ahead, people: Sequence[Spokesman]) -> None:
    """A number is shown for a minute, to whoever may see it and says why."""
    known = {
        each.id: f"{who} {each.kind.value} {each.masked}"
        for who, phones in (
            *((f"{one.duty.day} {one.duty.officer}", one.phones) for one in ahead.entries),
            *((f"{one.liaison.unit_name} {one.liaison.name}", one.phones) for one in people),
        )
        for each in phones
    }
    if known and visit.may(Permission.REVEAL):
        reveal_box.draw(visit, known, vault)


def _import(visit: Visit) -> None:
    with st.expander("导入值班表或联络员台账"):
        chosen = st.radio("导入哪一种", list(Roster), horizontal=True, key="duty_kind")
        roster = chosen or Roster.DUTY
        markup.show(markup.note(f"列名：{'、'.join(rosters.COLUMNS[roster])}"))
        dropped = uploads.one("表格文件", "duty_file")
        if dropped is None:
            return
        asked = rosters.Asked(roster, *dropped)
        try:
            looked = rosters.look(visit.store, visit.person, asked)
        except SentinelError as error:
            st.error(str(error))
            return
        _preview(looked)
        label = "保存无误的行" if looked.problems else "保存"
        good = len(looked.added) + len(looked.changed) + looked.unchanged
        key = f"duty_save_{sha256(asked.content).hexdigest()[:12]}"
        if st.button(label, type="primary", key=key, disabled=good == 0):
            _save(visit, asked, looked)


def _preview(looked: Looked) -> None:
    counts = (
        f"新增{len(looked.added)}，变更{len(looked.changed)}，"
        f"无变化{looked.unchanged}，有误{len(looked.problems)}"
    )
    markup.show(markup.note(counts))
    marked = [("新增", each) for each in looked.added] + [("变更", each) for each in looked.changed]
    if marked:
        rows = [[what, *_entry(each)] for what, each in marked[:SHOWN]]
        markup.show(markup.table(("", "日期", "姓名", "其他"), rows))
    if looked.problems:
        st.error("\n\n".join(str(each) for each in looked.problems[:SHOWN]))


def _entry(each: Duty | Liaison) -> tuple[str, str, str]:
    if isinstance(each, Duty):
        return each.day, each.officer, each.leader or say.NONE
    return each.since, each.name, f"{each.part.value} {each.post}"


def _save(visit: Visit, asked: Asked, looked: Looked) -> None:
    try:
        rosters.save(
            visit.store,
            visit.person,
            vault(),
            asked,
            looked.fingerprint,
            skip_bad_rows=bool(looked.problems),
        )
    except SentinelError as error:
        st.error(str(error))
        return
    afterwards.tell(
        "duty", (f"{asked.roster}已保存：新增{len(looked.added)}，变更{len(looked.changed)}。")
    )


def _today(visit: Visit) -> date:
    return shanghai_day(visit.now)
