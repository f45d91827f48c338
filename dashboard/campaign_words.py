"""协同: how a campaign and a task are said: state on its colour, drill mark, minutes, turns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard import markup, say
from monitor.actions import campaign_terms
from monitor.domain.campaign import Kind, Source, State, TaskState
from monitor.domain.instants import MINUTE

if TYPE_CHECKING:
    from dashboard.markup import Html
    from dashboard.page import Visit
    from monitor.domain.campaign import Task
    from monitor.record.screens.campaign_board import TaskLine
    from monitor.record.screens.campaigns import Line

DRILL: Final = "【演练】"
SELF: Final = "自报"
TONES: Final = {
    State.UNDER_WAY: "正常",
    State.STOPPED: "僵尸",
    State.ARCHIVED: "不纳入",
    State.ENDED: "不纳入",
    State.CANCELLED: "不纳入",
}
TASK_TONES: Final = {
    TaskState.VERIFIED: "正常",
    TaskState.CORRECTED: "正常",
    TaskState.RETRACTED: "正常",
    TaskState.MISSED: "内容不更新",
    TaskState.DIFFERS: "僵尸",
    TaskState.TO_CORRECT: "僵尸",
    TaskState.EXCUSED: "不纳入",
    TaskState.UNKNOWN: "不纳入",
}
UNKNOWN: Final = "无法核验(数据不足)"


def title(line: Line) -> str:
    """The title; a drill is marked wherever it stands."""
    content = line.kept.content
    return f"{DRILL if content.kind is Kind.DRILL else ''}{content.title}"


def state(visit: Visit, line: Line) -> State:
    """Where a campaign stands now."""
    return campaign_terms.state(
        line.kept, line.approval, line.stage, visit.now, stopped=line.stopped
    )


def badge(visit: Visit, line: Line) -> Html:
    """The state on its colour."""
    now = state(visit, line)
    return markup.badge(TONES.get(now, "提醒"), now.value)


def task_badge(line: TaskLine) -> Html:
    """A task's state on its colour; a unit's own word is marked until somebody saw it."""
    now = line.kept.task.state
    said = UNKNOWN if now is TaskState.UNKNOWN else now.value
    badge = markup.badge(TASK_TONES.get(now, "提醒"), said)
    marks = [SELF] if line.kept.task.source is Source.SELF else []
    marks += [State.STOPPED.value] if line.stopped else []
    return markup.joined(badge, *(markup.faint(each) for each in marks), by=" ")


def turn(task: Task, now: int) -> str:
    """When its turn comes, where it has not come yet."""
    if task.published is not None or task.state not in (TaskState.TO_SIGN, TaskState.TO_PUBLISH):
        return ""
    if task.opens is None:
        return "待首发后发布"
    return f"{say.short(task.opens)}起发布" if task.opens > now else ""


def fit(task: Task) -> str:
    """By what the machine knew the post, how well it fits, and the words that do."""
    if not task.found or task.score is None:
        return ""
    words = f"“{task.passage}”" if task.passage else ""
    return "，".join(
        each for each in (f"凭{task.found}，匹配度{say.percent(task.score)}", words) if each
    )


def left(due: int, now: int) -> str:
    """How long until the deadline, or how long it is over."""
    return f"还剩{say.stretch(due - now)}" if due > now else f"已过{say.stretch(now - due)}"


def minutes(seconds: int | None) -> str:
    """Whole minutes of a wait; a dash where it was not seen to end."""
    return say.NONE if seconds is None else f"{seconds // MINUTE:,}"


def since(task: Task, first: int | None) -> str:
    """Minutes from the first publication to this one."""
    if task.published is None or first is None:
        return say.NONE
    return f"{(task.published - first) // MINUTE:,}分钟"
