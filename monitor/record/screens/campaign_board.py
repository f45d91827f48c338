"""协同看板: the tasks of a campaign, by 市州 and by account, each with what is known of it."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Subquery, case, func, literal, select

from monitor.access.declared import shown
from monitor.domain.campaign import Move, Task, TaskState
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record import campaign_stops
from monitor.record.campaign_tasks import MOVE, TASK, KeptTask, kept_of
from monitor.record.campaigns import CAMPAIGN
from monitor.record.campaigns import MOVE as CAMPAIGN_MOVE
from monitor.record.screens.campaign_targets import marks_of
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading

MOST: Final = 2000
T = TaskState
HIDDEN: Final = "~"
"""No 市州 is called so: asked for where the province's own accounts are meant."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tasks; empty means no condition. `region` is a code, '~' the province's own; `missing`
    are those whose turn has come and who have not published."""

    campaign: int = 0
    region: str = ""
    state: str = ""
    unit: int = 0
    task: int = 0
    mine: bool = False
    missing: bool = False


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One task with the account as it is now; `stopped` while a stop covers it. `said` are the
    words of its newest move."""

    kept: KeptTask
    title: str
    name: str
    platform: str
    unit_name: str
    path: str
    region: str
    region_name: str
    county_name: str
    marks: str
    reach: int | None
    stopped: bool
    said: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """One task as a figure needs it: of which 市州, how it stands, when it was published."""

    region: str
    region_name: str
    task: Task


@dataclass(frozen=True, slots=True)
class Times:
    """When the first account of all published, in the scope or not, and since when nothing more is
    looked for; seconds, None where it has not come to that."""

    first: int | None = None
    ended: int | None = None


@shown(Permission.SEE_CAMPAIGNS)
def tasks(tx: Reading, scope: Scope, now: int, wanted: Wanted) -> tuple[TaskLine, ...]:
    """The tasks of a campaign within the scope, what is missing first."""
    seen = visible(tx, scope, now)
    newest = (
        select(MOVE.c.words)
        .where(MOVE.c.task_id == TASK.c.id, MOVE.c.words != "")
        .order_by(MOVE.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    stopped = campaign_stops.covering(TASK.c.campaign_id, seen.c.path, seen.c.platform)
    rows = tx.conn.execute(
        select(
            TASK,
            CAMPAIGN.c.title,
            newest.label("said"),
            stopped.label("stopped"),
            *(seen.c[name] for name in _ACCOUNT),
        )
        .select_from(TASK)
        .join(seen, seen.c.account_id == TASK.c.account_id)
        .join(CAMPAIGN, CAMPAIGN.c.id == TASK.c.campaign_id)
        .where(*_conditions(seen, wanted, now))
        .order_by(_first(), seen.c.region, TASK.c.unit_id, TASK.c.id)
        .limit(MOST)
    ).mappings()
    return tuple(_line(dict(row)) for row in rows)


@shown(Permission.SEE_CAMPAIGNS)
def published(tx: Reading, scope: Scope, now: int, wanted: Wanted) -> tuple[Published, ...]:
    """All tasks of a campaign within the scope, for figures: by place, without names."""
    seen = visible(tx, scope, now)
    rows = tx.conn.execute(
        select(TASK, seen.c.region, seen.c.region_name)
        .select_from(TASK)
        .join(seen, seen.c.account_id == TASK.c.account_id)
        .where(*_conditions(seen, wanted, now))
        .order_by(seen.c.region, TASK.c.id)
    ).mappings()
    return tuple(Published(row["region"], row["region_name"], kept_of(row).task) for row in rows)


@shown(Permission.SEE_CAMPAIGNS)
def times(tx: Reading, scope: Scope, now: int, campaign_id: int = 0) -> Times:
    """A campaign's first publication and its end, for whom it gave a task; else nothing."""
    if not regions(tx, scope, now, campaign_id):
        return Times()
    first = select(func.min(TASK.c.published_at)).where(TASK.c.campaign_id == campaign_id)
    ended = select(func.min(CAMPAIGN_MOVE.c.at)).where(
        CAMPAIGN_MOVE.c.campaign_id == campaign_id,
        CAMPAIGN_MOVE.c.move.in_((Move.END.value, Move.CANCEL.value)),
    )
    return Times(tx.conn.execute(first).scalar(), tx.conn.execute(ended).scalar())


@shown(Permission.SEE_CAMPAIGNS)
def regions(tx: Reading, scope: Scope, now: int, campaign_id: int = 0) -> dict[str, str]:
    """The places that have tasks of a campaign within the scope, by what `Wanted` calls them."""
    seen = visible(tx, scope, now)
    rows = tx.conn.execute(
        select(seen.c.region, seen.c.region_name)
        .select_from(seen)
        .join(TASK, TASK.c.account_id == seen.c.account_id)
        .where(TASK.c.campaign_id == campaign_id)
        .distinct()
        .order_by(seen.c.region)
    )
    return {row.region or HIDDEN: row.region_name or "省级" for row in rows}


def _conditions(seen: Subquery, wanted: Wanted, now: int) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        column == value
        for column, value in (
            (TASK.c.campaign_id, wanted.campaign),
            (TASK.c.state, wanted.state),
            (TASK.c.unit_id, wanted.unit),
            (TASK.c.id, wanted.task),
        )
        if value
    ]
    if wanted.region:
        found.append(seen.c.region == ("" if wanted.region == HIDDEN else wanted.region))
    if wanted.mine:
        found.append(TASK.c.state.in_([each.value for each in MINE]))
    if wanted.missing:
        found += [TASK.c.state.in_([each.value for each in MISSING]), TASK.c.opens_at <= now]
    return found


MISSING: Final = (T.TO_SIGN, T.TO_PUBLISH, T.MISSED)
"""Nothing was published, as far as anybody saw, and nobody asked to be excused."""
MINE: Final = (T.TO_SIGN, T.TO_PUBLISH, T.MISSED, T.UNKNOWN, T.TO_CORRECT, T.REPORTED)
"""What a unit may still do something about."""


def _first() -> ColumnElement[int]:
    """Not published, then doubtful, then asked, then what is done."""
    turns = (
        (T.MISSED, 0),
        (T.TO_SIGN, 1),
        (T.TO_PUBLISH, 1),
        (T.DIFFERS, 2),
        (T.TO_CORRECT, 2),
        (T.REPORTED, 3),
        (T.ASKS_OUT, 3),
        (T.UNKNOWN, 4),
    )
    pairs = [(TASK.c.state == state.value, literal(turn)) for state, turn in turns]
    return case(*pairs, else_=9)


def _line(row: dict[str, Any]) -> TaskLine:
    return TaskLine(
        kept=kept_of(row),
        **{name: row[name] for name in ("title", *_ACCOUNT)},
        marks=marks_of(row["marks"]),
        reach=row["reach"],
        stopped=bool(row["stopped"]),
        said=row["said"] or "",
    )


_ACCOUNT: Final = (
    *("name", "platform", "unit_name", "path", "region", "region_name", "county_name"),
)
