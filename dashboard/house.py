"""采集: what concerns the whole house: asking for a run, the jobs under way, the run log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard import data, markup, say
from dashboard.markup import Html
from dashboard.page import fragment
from monitor.actions import ask as asking
from monitor.domain.instants import MINUTE
from monitor.domain.person import Permission

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.page import Visit
    from monitor.domain.person import Person
    from monitor.record.screens.working import JobLine, RunLine
    from monitor.record.store import Store

COMMANDS: Final = {
    "collect": "采集",
    "judge": "比对",
    "judge-due": "比对(巡查后)",
    "digest": "周报",
    "digest-preview": "周报预览",
    "load": "导入数据",
    "export": "导出",
    "bulletin": "拟写通报",
    "whatif": "规则试算",
    "assess": "考核计分",
    "ladder": "更新提醒",
    "campaign-steps": "协同催办",
    "deliver": "发送",
    "backup": "备份",
    "units": "导入单位",
    "accounts": "导入台账",
}
COUNTS: Final = {
    "accounts": "账号",
    "passes": "轮次",
    "complete": "完整",
    "partial": "不完整",
    "failed": "失败",
    "posts": "作品",
    "changed": "变更",
    "changes": "状态变更",
    "sent": "已发",
    "rows": "行",
}


def ask(visit: Visit) -> None:
    """Buttons for those who may have the machine work now, and how far it has come."""
    if "/" not in visit.scope.paths:
        return
    left, right, _ = st.columns([1, 1, 3])
    if visit.may(Permission.ASK_COLLECT) and left.button("立即采集", width="stretch"):
        _asked(visit, "collect", asking.collect_now)
    if visit.may(Permission.ASK_JUDGE) and right.button("重新计算", width="stretch"):
        _asked(visit, "judge", asking.judge_now)
    _jobs(visit)


def _asked(visit: Visit, kind: str, action: Callable[[Store, Person, str], int]) -> None:
    """One job for one press: a double press within the same minute is the same request."""
    action(visit.store, visit.person, f"{kind}-{visit.session.id}-{visit.now // MINUTE}")
    st.toast(f"{COMMANDS[kind]}已排队，完成后本页会更新。")


def mine(visit: Visit) -> None:
    """The jobs somebody asked for oneself, and how far they have come."""
    _mine(visit)


@fragment(run_every="5s")
def _mine(visit: Visit) -> None:
    for each in data.read(visit, data.working.asked_by, visit.person.id, limit=5):
        line(each, visit)


def show(visit: Visit) -> None:
    """The run log, for those who see the whole tree."""
    runs = data.read(visit, data.working.runs, visit.now)
    if not runs:
        return
    st.subheader("运行记录", anchor=False)
    columns = ("任务", "计划时间", "开始", "结束", "结果", "数量", "说明")
    markup.show(markup.table(columns, [_run(each) for each in runs]))


def _run(each: RunLine) -> list[str | Html]:
    planned = say.moment(each.scheduled_for) if each.scheduled_for is not None else "人工发起"
    return [
        COMMANDS.get(each.command, each.command),
        planned,
        say.moment(each.started_at),
        say.moment(each.ended_at),
        markup.badge(each.outcome or "进行中"),
        _counts(each),
        each.note or say.NONE,
    ]


def _counts(each: RunLine) -> str:
    told = [f"{COUNTS[name]}{value:,}" for name, value in each.counts.items() if name in COUNTS]
    return "，".join(told) or say.NONE


@fragment(run_every="5s")
def _jobs(visit: Visit) -> None:
    """Jobs with their progress, looked at again every five seconds."""
    jobs = data.read(visit, data.working.jobs, visit.now, limit=5)
    for each in jobs:
        line(each, visit)


def line(each: JobLine, visit: Visit) -> None:
    """One job: how far, what came of it; who asked for it may call it off."""
    name = COMMANDS.get(each.kind, each.kind)
    told = f"{name} · {each.state} · {say.moment(each.created_at)}"
    if each.state in ("排队", "进行中"):
        st.progress(each.progress / 100, text=f"{told} · {each.progress}%")
        mine = each.asked_by == visit.person.id
        if mine and st.button("取消", key=f"job-cancel-{each.job_id}"):
            asking.cancel(visit.store, visit.person, each.job_id)
            st.toast("已要求取消，做完手上这一批就停。")
    else:
        markup.show(markup.note(f"{told}{'：' + each.result if each.result else ''}"))
