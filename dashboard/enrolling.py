"""The button that enters the people of a table, with how far it is: one piece for two pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from monitor.actions import intake

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.actions.intake import Enrolled
    from monitor.collect.people_file import PeopleFile


def button(visit: Visit, found: PeopleFile) -> Enrolled | None:
    """What came of it; None where it was not pressed, or there is nobody to enter."""
    if not found.rows or not st.button(
        f"新增{len(found.rows):,}人并生成初始密码条", type="primary"
    ):
        return None
    told = st.progress(0.0, text="正在新增人员")
    return intake.enrol_people(
        visit.store,
        visit.person,
        found.rows,
        lambda at, every: told.progress(at / every, text=f"已办{at} / {every}人"),
    )
