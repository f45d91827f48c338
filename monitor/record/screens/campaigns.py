"""协同: lists of campaigns, one campaign whole, its board by 市州, its tasks and every move."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from monitor.access.declared import shown
from monitor.domain.approval import Stage
from monitor.domain.approval import State as Signed
from monitor.domain.campaign import DONE, State
from monitor.domain.manuscript import SUBJECT
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record import campaign_stops
from monitor.record.approvals import APPROVAL, STEP
from monitor.record.campaign_stops import Stop
from monitor.record.campaign_tasks import TASK
from monitor.record.campaigns import CAMPAIGN, MOVE, Kept, kept_of
from monitor.record.screens.scoping import present, regions, visible, within
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

UNIT_REV: Final = METADATA.tables["unit_rev"]
UNIT: Final = METADATA.tables["unit"]
PERSON: Final = METADATA.tables["person"]
MOST: Final = 200
OVER: Final = (State.ARCHIVED.value, State.CANCELLED.value)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for; empty means no condition. Those that are put away or given up come
    along with `over` only."""

    kind: str = ""
    text: str = ""
    over: bool = False
    campaign: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One campaign in a list: whose, how its approval stands, and how far its tasks are. `tasks`
    and `done` count what the scope sees."""

    kept: Kept
    desk_name: str
    desk_path: str
    drafter: str
    approval_id: int
    approval: Signed
    stage: Stage | None
    stopped: bool
    tasks: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True)
class Campaigns:
    """One page of a list, and how many rows the whole list has."""

    total: int = 0
    rows: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """One move as the history shows it."""

    at: int
    move: str
    name: str
    said: str
    after: str


@shown(Permission.SEE_CAMPAIGNS)
def listing(
    tx: Reading, scope: Scope, now: int, wanted: Wanted, *, limit: int = 50, offset: int = 0
) -> Campaigns:
    """A page of at most 200 campaigns: those of offices in the scope, and those that gave one of
    its accounts a task. What is under way stands first, the next to end on top."""
    conditions = [_seen(tx, scope, now), *_conditions(wanted)]
    counted = select(func.count()).select_from(CAMPAIGN).where(*conditions)
    rows = (
        _query(now)
        .where(*conditions)
        .order_by(
            (CAMPAIGN.c.state == State.UNDER_WAY.value).desc(),
            (CAMPAIGN.c.state == State.DRAFT.value).desc(),
            CAMPAIGN.c.due_at,
            CAMPAIGN.c.id.desc(),
        )
        .limit(min(limit, MOST))
        .offset(offset)
    )
    found = [dict(row) for row in tx.conn.execute(rows).mappings()]
    return Campaigns(int(tx.conn.execute(counted).scalar_one()), _lines(tx, scope, now, found))


@shown(Permission.SEE_CAMPAIGNS)
def one(tx: Reading, scope: Scope, now: int, campaign_id: int = 0) -> Line | None:
    """One campaign, for whom the list shows it; None for anybody else."""
    found = listing(tx, scope, now, Wanted(campaign=campaign_id, over=True))
    return found.rows[0] if found.rows else None


@shown(Permission.SEE_CAMPAIGNS)
def history(tx: Reading, scope: Scope, now: int, campaign_id: int = 0) -> tuple[Moved, ...]:
    """Every move of a campaign, the newest first; nothing for whom it is not shown."""
    if one(tx, scope, now, campaign_id) is None:
        return ()
    rows = tx.conn.execute(
        select(MOVE, PERSON.c.name)
        .outerjoin(PERSON, PERSON.c.id == MOVE.c.person_id)
        .where(MOVE.c.campaign_id == campaign_id)
        .order_by(MOVE.c.id.desc())
    ).mappings()
    return tuple(
        Moved(row["at"], row["move"], row["name"] or "系统", row["words"], row["after"])
        for row in rows
    )


@shown(Permission.CAMPAIGN)
def to_amend(tx: Reading, scope: Scope, now: int) -> dict[int, str]:
    """Campaigns of offices in the scope that were issued: what a 更正/撤稿 may put right, by id."""
    rows = tx.conn.execute(
        _query(now)
        .where(
            CAMPAIGN.c.issued_at.is_not(None),
            within(tx, scope, UNIT_REV.c.path, (UNIT_REV.c.line,)),
        )
        .order_by(CAMPAIGN.c.id.desc())
        .limit(MOST)
    ).mappings()
    found = [kept_of(row) for row in rows]
    return {each.id: f"{each.number} {each.content.title}" for each in found}


@shown(Permission.CAMPAIGN)
def units(tx: Reading, scope: Scope, now: int) -> dict[str, str]:
    """The units of the scope that may publish first, names by code."""
    rows = tx.conn.execute(
        select(UNIT.c.code, UNIT_REV.c.name)
        .join(UNIT_REV, UNIT_REV.c.unit_id == UNIT.c.id)
        .where(present(UNIT_REV, "unit_id", now), within(tx, scope, UNIT_REV.c.path, ()))
        .order_by(UNIT_REV.c.path)
    )
    return {row.code: row.name for row in rows}


@shown(Permission.CAMPAIGN)
def places(tx: Reading, scope: Scope, now: int) -> dict[str, str]:
    """The prefectures whose accounts stand in the scope, names by code."""
    return regions(tx, scope, now)


@shown(Permission.CAMPAIGN)
def lines(tx: Reading, scope: Scope, now: int) -> tuple[str, ...]:
    """The 警种条线 that the scope's accounts and units belong to."""
    seen = visible(tx, scope, now)
    rows = tx.conn.execute(select(seen.c.line, seen.c.unit_line).distinct()).all()
    return tuple(sorted({each for row in rows for each in row if each}))


def _seen(tx: Reading, scope: Scope, now: int) -> ColumnElement[bool]:
    """Campaigns whose office stands in the scope, or that gave one of its accounts a task."""
    offices = select(UNIT_REV.c.unit_id).where(
        present(UNIT_REV, "unit_id", now), within(tx, scope, UNIT_REV.c.path, (UNIT_REV.c.line,))
    )
    seen = visible(tx, scope, now)
    tasked = select(TASK.c.campaign_id).join(seen, seen.c.account_id == TASK.c.account_id)
    return or_(CAMPAIGN.c.desk_id.in_(offices), CAMPAIGN.c.id.in_(tasked))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found = [
        column == value
        for column, value in ((CAMPAIGN.c.kind, wanted.kind), (CAMPAIGN.c.id, wanted.campaign))
        if value
    ]
    said: list[ColumnElement[bool]] = list(found)
    if not wanted.over:
        said.append(CAMPAIGN.c.state.not_in(OVER))
    if wanted.text.strip():
        said.append(CAMPAIGN.c.title.contains(wanted.text.strip(), autoescape=True))
    return said


def _query(now: int) -> Select[Any]:
    approval = and_(
        APPROVAL.c.subject_kind == SUBJECT, APPROVAL.c.subject_id == CAMPAIGN.c.manuscript_id
    )
    return (
        select(
            CAMPAIGN,
            UNIT_REV.c.name.label("desk_name"),
            UNIT_REV.c.path.label("desk_path"),
            PERSON.c.name.label("drafter"),
            APPROVAL.c.id.label("approval_id"),
            APPROVAL.c.state.label("approval"),
        )
        .join(UNIT_REV, UNIT_REV.c.unit_id == CAMPAIGN.c.desk_id)
        .join(APPROVAL, approval)
        .outerjoin(PERSON, PERSON.c.id == CAMPAIGN.c.drafter_id)
        .where(present(UNIT_REV, "unit_id", now))
    )


def _lines(tx: Reading, scope: Scope, now: int, rows: list[dict[str, Any]]) -> tuple[Line, ...]:
    ids = [row["id"] for row in rows]
    counts = _counts(tx, scope, now, ids)
    open_steps = tx.conn.execute(
        select(STEP.c.approval_id, STEP.c.stage)
        .where(STEP.c.open, STEP.c.approval_id.in_([row["approval_id"] for row in rows]))
        .order_by(STEP.c.id.desc())
    )
    stages = {row.approval_id: Stage(row.stage) for row in open_steps}
    stops = campaign_stops.in_force(tx)
    return tuple(_line(row, stages, stops, counts) for row in rows)


def _line(
    row: Mapping[str, Any],
    stages: Mapping[int, Stage],
    stops: list[Stop],
    counts: Mapping[int, tuple[int, int]],
) -> Line:
    tasks, done = counts.get(row["id"], (0, 0))
    return Line(
        kept=kept_of(row),
        desk_name=row["desk_name"],
        desk_path=row["desk_path"],
        drafter=row["drafter"] or "",
        approval_id=row["approval_id"],
        approval=Signed(row["approval"]),
        stage=stages.get(row["approval_id"]),
        stopped=any(
            campaign_stops.covers_campaign(each, row["id"], row["desk_path"]) for each in stops
        ),
        tasks=tasks,
        done=done,
    )


def _counts(tx: Reading, scope: Scope, now: int, ids: list[int]) -> dict[int, tuple[int, int]]:
    """Tasks of each campaign that the scope sees, and those that are published or excused."""
    seen = visible(tx, scope, now)
    done = func.sum(case((TASK.c.state.in_([each.value for each in DONE]), 1), else_=0))
    rows = tx.conn.execute(
        select(TASK.c.campaign_id, func.count(), done)
        .select_from(TASK)
        .join(seen, seen.c.account_id == TASK.c.account_id)
        .where(TASK.c.campaign_id.in_(ids))
        .group_by(TASK.c.campaign_id)
    )
    return {row[0]: (int(row[1]), int(row[2] or 0)) for row in rows}
