"""整改: what stands beside a state (marks), who holds a case, and how much time is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import markup, say
from monitor.actions import case_terms
from monitor.domain.case import Side, State
from monitor.domain.instants import DAY

if TYPE_CHECKING:
    from dashboard.markup import Html
    from dashboard.page import Visit
    from monitor.record.screens.cases import CaseLine

TONES = {
    State.UNVERIFIED: "提醒",
    State.REVIEW: "提醒",
    State.CLOSED: "正常",
    State.UNFOUNDED: "不纳入",
    State.MERGED: "不纳入",
    State.SHUT: "不纳入",
}


def state(line: CaseLine) -> Html:
    """The state on its colour."""
    now = line.kept.case.state
    return markup.badge(TONES.get(now, "内容不更新"), now.value)


def late(visit: Visit, line: CaseLine) -> int:
    """Working days over the term; 0 where none."""
    found = case_terms.left(visit.data_dir, line.kept.case, visit.now)
    if found is None or line.due_at is None or line.due_at >= visit.now:
        return 0
    return max(1, -found.days)


def days_late(visit: Visit, line: CaseLine) -> int:
    """Days since the term ran out, as the calendar counts them; 0 where it did not."""
    if line.due_at is None or line.due_at >= visit.now:
        return 0
    return max(1, (visit.now - line.due_at) // DAY)


def marks(visit: Visit, line: CaseLine) -> list[str]:
    """逾期, 延期, 复核申请中 and the others, as they stand now."""
    case, over = line.kept.case, days_late(visit, line)
    told = (
        (f"逾期{over}天", over > 0),
        ("复核申请中(计时暂停)", case.appealed),
        (f"申请延期{case.asked_days}个工作日(计时暂停)", case.asked_days > 0),
        (f"延期至{say.moment(line.due_at)}", case.extended and line.due_at is not None),
        ("暂缓(待补数据)", case.deferred),
        ("已提醒", line.reminded or line.last_move == "提醒催办"),
        ("已提请通报", case.named),
        ("已约谈", case.talked),
        ("自行恢复", case.recovered),
        (f"退回重改{case.returns}次", case.returns > 0),
        (f"12个月内第{line.kept.nth}次", line.kept.nth > 1),
    )
    return [words for words, holds in told if holds]


def left(visit: Visit, line: CaseLine) -> str:
    """`剩3个工作日`, `今日到期`, `逾期2个工作日`, `计时暂停`."""
    case = line.kept.case
    found = case_terms.left(visit.data_dir, case, visit.now)
    if case.holder is Side.NOBODY:
        return say.NONE
    if case.holder is not Side.UNIT:
        return _turn(visit, line)
    if found is None:
        return say.NONE
    if found.due is None:
        return f"计时暂停，剩{max(0, found.days)}个工作日"
    over = late(visit, line)
    if over:
        return f"逾期{over}个工作日"
    return "今日到期" if found.days == 0 else f"剩{found.days}个工作日"


def _turn(visit: Visit, line: CaseLine) -> str:
    """The time of whoever holds it instead of the unit: the unit's own stands still."""
    due = case_terms.turn_due(visit.data_dir, line.kept.case, line.held_since)
    stands = "计时暂停，" if line.kept.case.term is not None and line.kept.case.term.ran else ""
    if due is None:
        return stands.rstrip("，") or say.NONE
    days = case_terms.ahead(visit.data_dir, due, visit.now)
    if due < visit.now:
        return f"{stands}应已办结，逾{max(1, -days)}个工作日"
    return f"{stands}应在{say.short(due)}前办"


def holder(line: CaseLine) -> str:
    """In whose hands it lies, as a reader names them."""
    side = line.kept.case.holder
    return line.unit_name if side is Side.UNIT else side.value


def problems(line: CaseLine) -> str:
    """The problems by name; 疑似 while nobody confirmed them."""
    return "、".join(
        each.kind if each.confirmed else f"疑似{each.kind}"
        for each in line.kept.case.problems
        if each.confirmed is not False
    ) or "、".join(f"{each.kind}(不属实)" for each in line.kept.case.problems)
