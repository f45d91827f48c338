"""One account's life: what waits, the buttons that are mine with their fields, and its past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard import application_box, data, links, markup, say
from dashboard.form_sheet import once
from monitor.actions import lifecycle
from monitor.actions.case_moving import House
from monitor.actions.life_moving import Doing
from monitor.actions.lifecycle import Wanted
from monitor.domain.account import PLATFORMS
from monitor.domain.approval import State as Standing
from monitor.domain.instants import BEGINNING, shanghai_day
from monitor.domain.lifecycle import CHANGES, LOOKED, LOST_HOW, PICTURED, SYSTEMS, Field, Move, Side
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.markup import Html
    from dashboard.page import Visit
    from monitor.record.screens.lives import Lived, Past

UNSENT: Final = "未送审，还没有人可签"
SAID: Final = "life_said"
CHOICES: Final[Mapping[Field, tuple[str, ...]]] = {
    Field.SYSTEM: SYSTEMS,
    Field.WHAT: CHANGES,
    Field.HOW: (LOOKED, PICTURED),
}
BESIDE: Final[Mapping[Move, tuple[Field, ...]]] = {
    Move.OPENED: (Field.UID,),
    Move.GONE_THERE: (Field.PICTURE,),
}
"""Fields that may be left out."""
HINTS: Final = {
    Field.VALUE: "变更后(主办单位填机构代码)",
    Field.UID: "账号ID(可后补)",
    Field.PICTURE: "核验截图(留存截图时必传)",
}


def house(visit: Visit) -> House:
    """The office's data sheets, and where screenshots are kept."""
    return House(visit.data_dir, visit.data_dir / "local" / "photos")


def say_once(text: str) -> None:
    """To be told at the next look."""
    st.session_state[SAID] = text


def told() -> None:
    """What was just done."""
    text = st.session_state.pop(SAID, "")
    if text:
        st.toast(text)


def show(visit: Visit, account_id: int) -> None:
    """On an account's page; nothing of an officer's personal account."""
    told()
    if visit.may(Permission.APPLY) or visit.may(Permission.CONFIRM):
        found = data.read(visit, data.lives.one, visit.now, account_id)
        if found is not None:
            _buttons(visit, found)
    past = data.read(visit, data.lives.past, visit.now, account_id)
    names = data.read(visit, data.lives.names, visit.now, account_id)
    if len(names) > 1:
        st.subheader("名称沿革", anchor=False)
        said = [
            (each.name, "登记时" if each.since <= BEGINNING else say.moment(each.since))
            for each in names
        ]
        markup.show(markup.table(("名称", "自"), said))
    if past:
        st.subheader("办理记录", anchor=False)
        columns = ("时间", "事项", "状态", "内容", "办理人")
        markup.show(markup.table(columns, [_past(each) for each in past], lesser={"办理人"}))


def wanted(each: Lived) -> str:
    """What an application asks for."""
    return _given(each.wanted or {})


def signing(each: Lived) -> str | Html:
    """Where an application stands with those who sign it; a paper from outside is another way."""
    if each.approval_id is None:
        return "登记批文"
    told = UNSENT if each.approval_state == Standing.DRAFT else each.approval_state
    return markup.link(told, links.to(links.APPROVING, id=each.approval_id))


def due(visit: Visit, each: Lived) -> tuple[str, str]:
    """Until when, and working days left or over."""
    at = each.at or visit.now
    left = lifecycle.left(visit.data_dir, at, visit.now)
    until = shanghai_day(at).isoformat() + ("(暂按周历)" if each.provisional else "")
    return until, f"剩{left}个工作日" if visit.now <= at else f"逾期{-left}个工作日"


def open_form(visit: Visit) -> None:
    """申请开设: the platform, the name, the unit by its code, what it is for."""
    with st.form("life_open", border=True):
        markup.show(markup.note("先批准、后开设；内设机构一般不单独开设。"))
        platform = st.selectbox(
            "平台", list(PLATFORMS), format_func=say.platform, key="life_open_platform"
        )
        markup.show(markup.unclassified())
        name = st.text_input("账号名称", key="life_open_name", max_chars=60)
        code = st.text_input("主办单位机构代码(12位)", key="life_open_unit", max_chars=12)
        purpose = st.text_input("功能定位", key="life_open_purpose", max_chars=200)
        pressed = st.form_submit_button("申请开设", type="primary")
    if pressed:
        asked = Wanted(str(platform), name, code.strip(), purpose)
        if once("life_open", lambda sent: _open(visit, asked, sent)):
            say_once(f"已提出申请：{name}")
            st.rerun()


def _open(visit: Visit, asked: Wanted, sent: Any) -> int:
    return lifecycle.apply_open(visit.store, visit.person, asked, sent, house(visit))


def _buttons(visit: Visit, found: Lived) -> None:
    offered = lifecycle.buttons(visit.person, found)
    if not offered:
        return
    with st.expander("账号办理", expanded=bool(found.pending)):
        if found.pending:
            who = found.applicant or "单位"
            markup.show(markup.note(f"{who}{found.pending}，待批准。{wanted(found)}"))
            if found.approval_id is not None:
                markup.show(markup.note(markup.joined("线上审批", signing(found))))
            application_box.show(visit, found)
        key = f"life_{found.account_id}_{found.version}"
        place = st.selectbox(
            "办理事项",
            range(len(offered)),
            format_func=lambda at: offered[at][1].value,
            key=f"{key}_move",
        )
        _form(visit, found, offered[place], f"{key}_{place}")


def _form(visit: Visit, found: Lived, chosen: tuple[Side, Move], key: str) -> None:
    side, move = chosen
    with st.form(key, border=False):
        markup.show(markup.unclassified())
        given: dict[str, str] = {}
        picture = b""
        for each in (*lifecycle.asks(move), *BESIDE.get(move, ())):
            if each is Field.PICTURE:
                file = st.file_uploader(HINTS[each], ["png", "jpg", "jpeg"], key=f"{key}_{each}")
                picture = file.getvalue() if file is not None else b""
            else:
                given[each] = _field(visit, each, move, key)
        pressed = st.form_submit_button(move.value, type="primary")
    if not pressed:
        return
    doing = Doing(move, found.account_id, found.version, given, picture)
    act = lifecycle.tend if side is Side.UNIT else lifecycle.settle
    if once(key, lambda sent: act(visit.store, visit.person, doing, sent, house(visit))):
        say_once(f"{found.name}：已{move}")
        st.rerun()


def _field(visit: Visit, each: Field, move: Move, key: str) -> str:
    name, label = f"{key}_{each}", HINTS.get(each, each.value)
    if each in CHOICES:
        return str(st.selectbox(label, CHOICES[each], key=name))
    if each is Field.WHY and move is Move.LOSE:
        return str(st.selectbox(label, LOST_HOW, key=name))
    if each is Field.DAY:
        today = shanghai_day(visit.now)
        day = st.date_input(label, today, max_value=today, format="YYYY-MM-DD", key=name)
        return day.isoformat()
    return st.text_input(label, key=name, max_chars=300)


def _past(each: Past) -> tuple[str, ...]:
    state = each.after if each.before == each.after else f"{each.before or '(无)'} → {each.after}"
    return (say.moment(each.at), each.move, state, _given(each.given), each.person or say.NONE)


def _given(given: Mapping[str, Any]) -> str:
    said = [
        "核验截图：已留存" if name == Field.PICTURE else f"{name}：{text}"
        for name, text in given.items()
    ]
    return "；".join(said) or say.NONE
