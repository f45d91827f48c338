"""自愿邀请 on the register's page: handed on to each officer alone, his answer registered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, data, markup, say
from dashboard.form_sheet import once
from dashboard.page import link_maker
from monitor.actions import volunteer_links, volunteering
from monitor.domain.errors import SentinelError
from monitor.domain.volunteer import ANSWERS, OPEN, Reply
from monitor.report import wording

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.record.screens.volunteering import Asked

MADE: Final = "officer-invitation"
HOW: Final = (
    "请单独转告本人，不在群里点名，不追问理由。"
    "本人也可以点链接自己答复，截止前随时更改；不答复即为不参加。"
)


def show(visit: Visit) -> None:
    """Every invitation of the visitor's units to a campaign under way; nothing where there is
    none."""
    found = data.read(visit, data.volunteering.to_answer, visit.now)
    if not found:
        return
    st.subheader("协同自愿邀请", anchor=False)
    markup.show(markup.note(f"{wording.NOTE_VOLUNTARY}{HOW}"))
    for each in found:
        _one(visit, each)


def _one(visit: Visit, asked: Asked) -> None:
    volunteer, kept = asked.volunteer, asked.volunteer.kept
    key = f"{MADE}-{kept.id}-{kept.version}"
    whose = f"{volunteer.name}（{say.platform(volunteer.platform)}）"
    title = f"《{asked.campaign.content.title}》：{whose}"
    with st.expander(f"{title} · {kept.reply}", expanded=key in st.session_state):
        until = f"{volunteer.unit_name}；{say.moment(asked.campaign.due_at)}截止"
        stop = "；已紧急停发，请告知本人暂不发布" if volunteer.stopped else ""
        markup.show(markup.note(f"{until}{stop}"))
        with st.container(horizontal=True):
            if (
                kept.reply in OPEN
                and not volunteer.stopped
                and st.button("生成邀请文字", key=f"{key}-make")
            ):
                _make(visit, kept.id, key)
            for said in ANSWERS:
                if said is not kept.reply and st.button(
                    f"登记{said}", key=f"{key}-{said.name}", disabled=_late(asked, said)
                ):
                    _answer(visit, asked, said)
        if key in st.session_state:
            st.code(st.session_state[key], language=None, wrap_lines=True)


def _late(asked: Asked, said: Reply) -> bool:
    return said is Reply.JOINS and asked.volunteer.stopped


def _make(visit: Visit, invitation_id: int, key: str) -> None:
    secret, base = link_maker()
    try:
        made = volunteer_links.make(visit.store, visit.person, secret, invitation_id)
    except SentinelError as refused:
        st.warning(str(refused))
        return
    st.session_state[key] = volunteer_links.text(made, base)
    st.rerun()


def _answer(visit: Visit, asked: Asked, said: Reply) -> None:
    kept = asked.volunteer.kept
    which = (kept.id, kept.version)
    form = f"officer-invitation-{kept.id}"
    if once(
        form,
        lambda sent: volunteering.answer(visit.store, visit.person, which, said, sent),
        f"{said.name}-{kept.version}",
    ):
        afterwards.tell("officers", f"{asked.volunteer.name}：{said}")
