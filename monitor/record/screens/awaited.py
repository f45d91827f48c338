"""今天要办: how much of 协同 and of 清理排查 still waits in a scope, counted in SQL."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, case, func, select

from monitor.access.declared import shown
from monitor.domain.campaign import State as Running
from monitor.domain.campaign import TaskState
from monitor.domain.clearing import Count, Stage
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.campaign_tasks import TASK
from monitor.record.campaigns import CAMPAIGN
from monitor.record.clearings import CLEARING, LINE, counts
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading

OPEN: Final = (Stage.SELF, Stage.CHECK)
"""The stages in which units answer and are checked."""
UNPUBLISHED: Final = (TaskState.TO_SIGN, TaskState.TO_PUBLISH)


@dataclass(frozen=True, slots=True)
class Tasks:
    """The campaigns under way: how many, and of their tasks those whose turn has come. `to_publish`
    are in time, `missed` no longer, `to_correct` wait for a correction; `due_at` (seconds) is when
    the first of the campaigns that still run ends, None where none does."""

    campaigns: int = 0
    to_publish: int = 0
    missed: int = 0
    to_correct: int = 0
    unknown: int = 0
    due_at: int | None = None

    @property
    def open(self) -> int:
        """What somebody still has to publish or to correct."""
        return self.to_publish + self.missed + self.to_correct


@dataclass(frozen=True, slots=True)
class Clearing:
    """One project in its first two stages: until when (seconds), and how its lines stand."""

    clearing_id: int
    title: str
    answer_by: int
    check_by: int
    count: Count


@shown(Permission.SEE_CAMPAIGNS)
def tasks(tx: Reading, scope: Scope, now: int) -> Tasks:
    """What the campaigns under way still ask of the accounts of a scope."""
    seen = visible(tx, scope, now)
    row = tx.conn.execute(
        select(
            func.count(TASK.c.campaign_id.distinct()),
            _number(*UNPUBLISHED),
            _number(TaskState.MISSED),
            _number(TaskState.TO_CORRECT),
            _number(TaskState.UNKNOWN),
            func.min(case((CAMPAIGN.c.due_at > now, CAMPAIGN.c.due_at))),
        )
        .select_from(TASK)
        .join(seen, seen.c.account_id == TASK.c.account_id)
        .join(CAMPAIGN, CAMPAIGN.c.id == TASK.c.campaign_id)
        .where(CAMPAIGN.c.state == Running.UNDER_WAY.value, TASK.c.opens_at <= now)
    ).one()
    campaigns, to_publish, missed, to_correct, unknown, due_at = row
    return Tasks(campaigns, to_publish, missed, to_correct, unknown, due_at)


def _number(*states: TaskState) -> ColumnElement[Any]:
    within = TASK.c.state.in_([each.value for each in states])
    return func.coalesce(func.sum(case((within, 1), else_=0)), 0)


@shown(Permission.SEE_ACCOUNTS)
def clearings(tx: Reading, scope: Scope, now: int) -> tuple[Clearing, ...]:
    """The projects whose accounts are being answered and checked, the newest first."""
    seen = visible(tx, scope, now)
    named = (CLEARING.c.id, CLEARING.c.title, CLEARING.c.due_self, CLEARING.c.due_check)
    rows = tx.conn.execute(
        select(*named, *counts())
        .select_from(LINE)
        .join(seen, seen.c.account_id == LINE.c.account_id)
        .join(CLEARING, CLEARING.c.id == LINE.c.clearing_id)
        .where(CLEARING.c.stage.in_([each.value for each in OPEN]))
        .group_by(*named)
        .order_by(CLEARING.c.id.desc())
    )
    return tuple(
        Clearing(key, title, by, check, Count(*(int(each) for each in standing)))
        for key, title, by, check, *standing in rows
    )
