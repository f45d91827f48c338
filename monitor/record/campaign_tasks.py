"""Tasks of a campaign: laid out for all its accounts by one statement, each moved as a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Subquery,
    case,
    cast,
    false,
    func,
    insert,
    literal,
    null,
    select,
    update,
)

from monitor.domain.campaign import SURE, Hand, Order, Source, Task, TaskMove, TaskState
from monitor.domain.instants import MINUTE, OPEN
from monitor.domain.unit import Level
from monitor.record import campaign_stops, sendings
from monitor.record.campaigns import Kept
from monitor.record.store import Reading, Writing
from monitor.record.tables.base import METADATA

TASK: Final = METADATA.tables["campaign_task"]
ACCOUNT: Final = METADATA.tables["account"]
UNIT_REV: Final = METADATA.tables["unit_rev"]
MOVE: Final = METADATA.tables["campaign_task_move"]
CITIES: Final = (Level.PREFECTURE.value, Level.BRANCH.value)
HOUSE: Final = (Level.PROVINCE.value, Level.DEPARTMENT.value)


@dataclass(frozen=True, slots=True)
class KeptTask:
    """A task with its row: of which campaign, whose account, and how it stands."""

    id: int
    version: int
    campaign_id: int
    account_id: int
    unit_id: int
    leads: bool
    task: Task
    key_id: int | None = None


@dataclass(frozen=True, slots=True)
class Laying:
    """How tasks are laid out: in which state, from when, until when; whose accounts lead (a path,
    '' for none)."""

    state: TaskState
    start: int
    due: int
    lead: str = ""


def lay_out(tx: Writing, kept: Kept, chosen: Subquery, laying: Laying) -> int:
    """A task for every account chosen, in one statement; how many."""
    leads, opens = _turns(kept, chosen, laying)
    columns = {
        "campaign_id": literal(kept.id, BigInteger),
        "account_id": chosen.c.account_id,
        "unit_id": chosen.c.unit_id,
        "leads": leads,
        "opens_at": opens,
        "due_at": literal(laying.due, BigInteger),
        "marks": chosen.c.marks,
        "reach": chosen.c.followers,
        **_fresh(tx, laying.state),
    }
    return _insert(tx, columns)


def lay_out_amending(tx: Writing, kept: Kept, amended_id: int, due: int) -> int:
    """A task to put right what each account published in another campaign; how many."""
    out = [each.value for each in SURE | {TaskState.REPORTED}]
    columns = {
        "campaign_id": literal(kept.id, BigInteger),
        "account_id": TASK.c.account_id,
        "unit_id": TASK.c.unit_id,
        "leads": false(),
        "opens_at": literal(tx.second, BigInteger),
        "due_at": literal(due, BigInteger),
        "marks": TASK.c.marks,
        "reach": TASK.c.reach,
        **_fresh(tx, TaskState.TO_CORRECT),
    }
    return _insert(tx, columns, TASK.c.campaign_id == amended_id, TASK.c.state.in_(out))


def _insert(
    tx: Writing, columns: Mapping[str, ColumnElement[Any]], *conditions: ColumnElement[bool]
) -> int:
    rows = select(*(column.label(name) for name, column in columns.items())).where(*conditions)
    done = tx.conn.execute(insert(TASK).from_select(list(columns), rows))
    return int(done.rowcount)


def _fresh(tx: Writing, state: TaskState) -> dict[str, ColumnElement[Any]]:
    return {
        "state": literal(state.value),
        **{name: literal("") for name in ("url", "source", "found", "passage")},
        "places": cast(literal([], TASK.c.places.type), TASK.c.places.type),
        "version": literal(0),
        "recorded_at": literal(tx.stamp, BigInteger),
    }


def _turns(
    kept: Kept, chosen: Subquery, laying: Laying
) -> tuple[ColumnElement[bool], ColumnElement[Any]]:
    """Who leads, and when each one's turn comes: NULL until the first has published."""
    start = literal(laying.start, BigInteger)
    if laying.lead:
        inside = chosen.c.path.startswith(laying.lead, autoescape=True)
        if kept.content.order is Order.PROVINCE:
            inside = chosen.c.path == laying.lead
        return inside, case((inside, start), else_=cast(null(), BigInteger))
    if kept.content.order is not Order.BATCHES:
        return false(), start
    gap = kept.content.gap * MINUTE
    turn = case((chosen.c.level.in_(HOUSE), 0), (chosen.c.level.in_(CITIES), gap), else_=2 * gap)
    return false(), start + turn


def get(tx: Reading, task_id: int) -> KeptTask | None:
    """One task as it stands."""
    row = tx.conn.execute(select(TASK).where(TASK.c.id == task_id)).mappings().first()
    return None if row is None else kept_of(row)


def of_campaign(tx: Reading, campaign_id: int) -> list[KeptTask]:
    """All tasks of a campaign, by id."""
    rows = tx.conn.execute(
        select(TASK).where(TASK.c.campaign_id == campaign_id).order_by(TASK.c.id)
    ).mappings()
    return [kept_of(row) for row in rows]


def stopped(tx: Reading, campaign_id: int, now: int) -> frozenset[int]:
    """The tasks of a campaign that a stop covers: by their unit's place at `now` and platform."""
    covered = campaign_stops.covering(TASK.c.campaign_id, UNIT_REV.c.path, ACCOUNT.c.platform)
    rows = (
        select(TASK.c.id)
        .join(ACCOUNT, ACCOUNT.c.id == TASK.c.account_id)
        .join(UNIT_REV, UNIT_REV.c.unit_id == TASK.c.unit_id)
        .where(TASK.c.campaign_id == campaign_id, covered)
        .where(UNIT_REV.c.superseded_at == OPEN, UNIT_REV.c.valid_from <= now)
    )
    return frozenset(tx.conn.execute(rows).scalars())


def units(tx: Reading, campaign_id: int) -> list[int]:
    """The units that have a task of a campaign."""
    rows = select(TASK.c.unit_id).where(TASK.c.campaign_id == campaign_id).distinct()
    return list(tx.conn.execute(rows.order_by(TASK.c.unit_id)).scalars())


def put(tx: Writing, before: KeptTask, after: Task, key_id: int | None = None) -> bool:
    """Write a task down on top of the one that was read; False where that is not the newest."""
    values: dict[str, Any] = {} if key_id is None else {"key_id": key_id}
    return sendings.swap(tx, TASK, before.id, before.version, **values, **_columns(tx, after))


def note(
    tx: Writing,
    before: KeptTask,
    after: Task,
    made: tuple[TaskMove, Hand],
    said: tuple[int | None, str] = (None, ""),
) -> None:
    """Enter a move beside the state it led from and to; `said` is by whom and with which words."""
    tx.conn.execute(
        insert(MOVE).values(
            task_id=before.id,
            move=made[0].value,
            hand=made[1].value,
            person_id=said[0],
            words=said[1],
            before=before.task.state.value,
            after=after.state.value,
            at=tx.second,
            recorded_at=tx.stamp,
        )
    )


def follow_the_first(tx: Writing, campaign_id: int) -> int:
    """The turn of all who waited for the first to publish comes now; how many."""
    waiting = (TASK.c.campaign_id == campaign_id, TASK.c.opens_at.is_(None))
    done = tx.conn.execute(update(TASK).where(*waiting).values(opens_at=tx.second))
    return done.rowcount


def leading(tx: Reading, campaign_id: int) -> int:
    """How many accounts publish before the others."""
    rows = select(func.count()).where(TASK.c.campaign_id == campaign_id, TASK.c.leads)
    return int(tx.conn.execute(rows).scalar_one())


def kept_of(row: Mapping[Any, Any]) -> KeptTask:
    """A task out of its row."""
    task = Task(
        state=TaskState(row["state"]),
        due=row["due_at"],
        opens=row["opens_at"],
        signed_at=row["signed_at"],
        published=row["published_at"],
        url=row["url"],
        source=Source(row["source"]) if row["source"] else None,
        score=row["score"],
        places=tuple(_places(row["places"])),
        found=row["found"],
        passage=row["passage"],
        put_right_at=row["put_right_at"],
    )
    return KeptTask(
        row["id"],
        row["version"],
        row["campaign_id"],
        row["account_id"],
        row["unit_id"],
        bool(row["leads"]),
        task,
        row["key_id"],
    )


def _places(kept: Sequence[Any] | None) -> list[str]:
    return [str(each) for each in kept or ()]


def _columns(tx: Writing, task: Task) -> dict[str, Any]:
    return {
        "state": task.state.value,
        "opens_at": task.opens,
        "signed_at": task.signed_at,
        "published_at": task.published,
        "url": task.url,
        "source": task.source.value if task.source is not None else "",
        "score": task.score,
        "places": list(task.places),
        "found": task.found,
        "passage": task.passage,
        "put_right_at": task.put_right_at,
        "recorded_at": tx.stamp,
    }
