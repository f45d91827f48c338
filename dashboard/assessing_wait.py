"""How far the scoring of an assessment has come; the page is drawn anew once it has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import afterwards, data, house
from dashboard.form_sheet import once
from dashboard.page import fragment
from monitor.actions import assessing as acting
from monitor.domain.running import JobState

if TYPE_CHECKING:
    from dashboard.page import Visit
    from monitor.record.screens.assessing import Told
    from monitor.record.screens.working import JobLine

WAITING: Final = frozenset({JobState.QUEUED, JobState.RUNNING})
TODO: Final = (
    "数据和已有结果都没有改动。按提示处理后再按“重新计分”；仍不成功的，请把编号告诉系统管理员。"
)


def show(visit: Visit, told: Told, *, may_ask: bool) -> None:
    """The job under way, or why the last one failed, in a place of its own: what is open below
    stays open when it goes."""
    with st.container():
        job = _job(visit, told.kept.id)
        if job is None:
            return
        if job.state in WAITING:
            _wait(visit, told.kept.id)
        elif job.state == JobState.FAILED and told.kept.state in acting.SCORED:
            st.error(f"考核计分没有完成：{job.result}。{TODO}")
            if may_ask:
                _again(visit, told, job)


@fragment(run_every="2s")
def _wait(visit: Visit, assessment_id: int) -> None:
    """Looked at again every two seconds; the page follows once the job has ended."""
    job = _job(visit, assessment_id)
    if job is None or job.state not in WAITING:
        st.rerun()
    house.line(job, visit)


def _again(visit: Visit, told: Told, job: JobLine) -> None:
    if st.button("重新计分", key=f"assessing-again-{job.job_id}") and once(
        f"assessing-again-{told.kept.id}",
        lambda sent: acting.rescore(visit.store, visit.person, told.kept.id, sent),
        f"{job.job_id}",
    ):
        afterwards.tell("assessing", "已排队重新计分，算好以后本页会更新。")


def _job(visit: Visit, assessment_id: int) -> JobLine | None:
    return data.read(visit, data.working.scoring, visit.now, assessment_id)
