"""启用向导, the steps that take a file: units, ledger, people; shown before anything is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import enrolling, ledger_box, markup, say, wizard
from dashboard import slips as password_slips
from monitor.actions import intake
from monitor.actions.setting_up import finish_step
from monitor.domain.errors import SentinelError
from monitor.domain.office import Step
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.page import Visit
    from monitor.actions.intake import Enrolled
    from monitor.domain.loading import RowProblem
    from monitor.domain.office import Office
    from monitor.domain.unit import Unit

KINDS: Final = ["xlsx", "xls", "csv", "et"]
SHOWN: Final = 20


def units(visit: Visit, decided: Office) -> None:
    """2: the tree as shipped or as uploaded."""
    del decided
    known = intake.known_units(visit.store)
    if known:
        _levels(known)
        if st.button("单位树无误，下一步", type="primary"):
            finish_step(visit.store, visit.person, Step.UNITS)
            wizard.go(Step.LEDGER)
    else:
        st.caption("湖北预置：省厅及厅直、17个市州、103个县级单位和派驻分局，可再上传补充或更正。")
        if st.button("载入湖北预置单位", type="primary"):
            preset = intake.preset_units(visit.data_dir)
            count = intake.save_units(visit.store, visit.person, preset)
            wizard.go(Step.UNITS, f"已载入{count:,}个单位，请核对。")
    with st.expander("上传单位表（补充、更名、撤并）", expanded=not known):
        _units_file(visit)


def _levels(known: Sequence[Unit]) -> None:
    counted: dict[str, int] = {}
    for each in known:
        counted[each.level.value] = counted.get(each.level.value, 0) + 1
    told = "，".join(f"{level}{count:,}" for level, count in counted.items())
    markup.show(markup.note(f"单位树现有{len(known):,}个单位：{told}。"))
    by_code = {each.code: each.name for each in known}
    rows = [[each.name, each.code, by_code.get(each.parent_code or "", say.NONE)] for each in known]
    with st.expander("查看单位"):
        markup.show(markup.table(("单位名称", "机构代码", "上级单位"), rows[:200]))


def _units_file(visit: Visit) -> None:
    st.caption("列：机构代码、单位名称、上级机构代码、单位层级；市州、县市区、警种条线可选。")
    content = _upload("单位表", "units_file")
    if content is None:
        return
    try:
        found = intake.read_units(*content, visit.largest_file)
    except SentinelError as error:
        wizard.refused(error)
        return
    diff = intake.compare_units(visit.store, found)
    markup.show(
        markup.note(
            f"新增{len(diff.added):,}个，变更{len(diff.changed):,}个，无变化{diff.unchanged:,}个。"
        )
    )
    if st.button("保存单位表", type="primary") and wizard.tried(
        lambda: intake.save_units(visit.store, visit.person, found)
    ):
        wizard.go(Step.UNITS, "单位表已保存。")


def ledger(visit: Visit, decided: Office) -> None:
    """3: the ledger, read and compared as on the page 台账导入, its columns corrected and kept."""
    del decided
    st.caption("只需“平台、账号名称、主办单位”三列，账号ID可以以后补。先看差异，确认后才保存。")
    done = ledger_box.take(visit)
    if done is not None:
        finish_step(visit.store, visit.person, Step.LEDGER)
        wizard.go(Step.PEOPLE, ledger_box.told(done))
    if st.button("台账已导入，下一步"):
        finish_step(visit.store, visit.person, Step.LEDGER)
        wizard.go(Step.PEOPLE)


def problems(found: Iterable[RowProblem]) -> None:
    """Refused rows: where, what stands there, what was expected."""
    rows = [
        [each.sheet or say.NONE, str(each.row), each.column, each.value, each.expected]
        for each in found
    ]
    _some("有误的行", ("工作表", "行", "列", "内容", "应为"), rows)


def _some(title: str, columns: tuple[str, ...], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    more = f"，列出前{SHOWN}行" if len(rows) > SHOWN else ""
    with st.expander(f"{title} {len(rows):,}{more}", expanded=title == "有误的行"):
        markup.show(markup.table(columns, rows[:SHOWN]))


def people(visit: Visit, decided: Office) -> None:
    """4: people with their first passwords, shown once."""
    del decided
    if not visit.may(Permission.MANAGE_PEOPLE):
        st.info("人员由编辑或系统管理员办理；可以先选“稍后再做”。")
        return
    slips: Enrolled | None = st.session_state.get("slips")
    if slips is not None:
        _slips(visit, slips)
        return
    st.caption(
        f"列：{'、'.join(intake.PEOPLE_COLUMNS)}；机构代码不填为全省。同一文件可以重复导入。"
    )
    content = _upload("人员表", "people_file")
    if content is not None:
        _people_file(visit, content)


def _people_file(visit: Visit, content: tuple[bytes, str]) -> None:
    try:
        found = intake.read_people(visit.store, *content, visit.largest_file)
    except SentinelError as error:
        wizard.refused(error)
        return
    problems(found.problems)
    if not found.rows:
        return
    rows = [[each.login, each.name, each.role.value, each.unit_code] for each in found.rows]
    _some("将新增", intake.PEOPLE_COLUMNS, rows)
    done = enrolling.button(visit, found)
    if done is not None:
        st.session_state["slips"] = done
        st.rerun()


def _slips(visit: Visit, done: Enrolled) -> None:
    st.success(f"已新增{len(done.slips):,}人。初始口令只显示这一次，请打印后裁开分发。")
    if done.known:
        st.info(f"登录名已存在，未改动：{'、'.join(done.known[:SHOWN])}")
    for line in done.refused:
        st.warning(line)
    password_slips.show(done.slips)
    if st.button("密码条已打印，下一步", type="primary"):
        del st.session_state["slips"]
        finish_step(visit.store, visit.person, Step.PEOPLE)
        wizard.go(Step.SOURCES)


def _upload(label: str, key: str) -> tuple[bytes, str] | None:
    """The bytes and the name of a file somebody dropped; None before."""
    file = st.file_uploader(label, type=KINDS, key=key)
    return None if file is None else (file.getvalue(), file.name)
