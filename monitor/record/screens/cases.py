"""整改: lists of cases filtered and paged in SQL, one case with its moves, and what waits."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Subquery, and_, case, false, func, or_, select

from monitor.access import permissions
from monitor.access.declared import shown
from monitor.domain.case import Side, State
from monitor.domain.instants import day_end, shanghai_day
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record import people
from monitor.record.case_steps import STEP
from monitor.record.cases import CASE, FILE, MOVE, Kept, kept_of, unit_paths
from monitor.record.screens.scoping import present, visible, within
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

UNIT_REV: Final = METADATA.tables["unit_rev"]
PERSON: Final = METADATA.tables["person"]
MOST: Final = 200
TURNS: Final = (
    (Permission.ASSIGN_CASE, "desk_id", (State.REVIEW, State.ASSIGNED, State.UNDER_WAY)),
    (Permission.VERIFY, "desk_id", (State.UNVERIFIED, State.FINAL_CHECK, State.CLOSING)),
)
"""Which right of the desk a state waits for, while the desk holds the case."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for; empty means no condition. `mine` is a person's id: what waits for
    him. Without a state those that are live are told, with `over` those that are not too."""

    state: str = ""
    holder: str = ""
    region: str = ""
    text: str = ""
    overdue: bool = False
    over: bool = False
    mine: int = 0
    account: int = 0
    case: int = 0
    unit: int = 0


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list, with the account as it is now; paths say where its parties stand."""

    kept: Kept
    name: str
    platform: str
    unit_name: str
    region_name: str
    county_name: str
    held_since: int
    due_at: int | None
    last_move: str
    last_at: int | None
    desk_path: str = ""
    unit_path: str = ""
    transit_path: str = ""
    reminded: bool = False


@dataclass(frozen=True, slots=True)
class Cases:
    """One page of a list, and how many rows the whole list has."""

    total: int = 0
    rows: tuple[CaseLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """逾期 · 今日到期 · 待我, and all that are live."""

    overdue: int = 0
    today: int = 0
    mine: int = 0
    live: int = 0


@dataclass(frozen=True, slots=True)
class CaseMove:
    """One move as the history shows it; `files` are name and hash."""

    at: int
    move: str
    side: str
    name: str
    said: str
    given: tuple[tuple[str, str], ...]
    after: str
    files: tuple[tuple[str, str], ...] = ()


@shown(Permission.SEE_CASES)
def listing(
    tx: Reading, scope: Scope, now: int, wanted: Wanted, *, limit: int = 50, offset: int = 0
) -> Cases:
    """A page of at most 200 cases, the next to run out first."""
    seen = visible(tx, scope, now)
    joined = CASE.join(seen, seen.c.judged_id == CASE.c.account_id)
    conditions = _conditions(tx, seen, wanted, now)
    counted = select(func.count()).select_from(joined).where(*conditions)
    rows = (
        select(CASE, *(seen.c[name] for name in _ACCOUNT))
        .select_from(joined)
        .where(*conditions)
        .order_by(CASE.c.live.desc(), CASE.c.due_at.is_(None), CASE.c.due_at, CASE.c.id.desc())
        .limit(min(limit, MOST))
        .offset(offset)
    )
    found = [dict(row) for row in tx.conn.execute(rows).mappings()]
    return Cases(int(tx.conn.execute(counted).scalar_one()), _lines(tx, found, now))


@shown(Permission.SEE_CASES)
def waiting(tx: Reading, scope: Scope, now: int, wanted: Wanted) -> Waiting:
    """How many cases are late, end today, and wait for the person `wanted.mine`."""
    seen = visible(tx, scope, now)
    end = day_end(shanghai_day(now))

    def number(condition: ColumnElement[bool]) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    row = tx.conn.execute(
        select(
            number(CASE.c.due_at < now),
            number(and_(CASE.c.due_at >= now, CASE.c.due_at <= end)),
            number(_mine(tx, wanted.mine, now)),
            func.count(),
        )
        .select_from(CASE.join(seen, seen.c.judged_id == CASE.c.account_id))
        .where(CASE.c.live)
    ).one()
    return Waiting(*(int(each) for each in row))


@shown(Permission.SEE_CASES)
def history(tx: Reading, scope: Scope, now: int, case_id: int = 0) -> tuple[CaseMove, ...]:
    """Every move of one case, the newest first; nothing for whom it is not shown."""
    if not listing(tx, scope, now, Wanted(case=case_id, over=True)).total:
        return ()
    rows = tx.conn.execute(
        select(MOVE, PERSON.c.name)
        .outerjoin(PERSON, PERSON.c.id == MOVE.c.person_id)
        .where(MOVE.c.case_id == case_id)
        .order_by(MOVE.c.id.desc())
    ).mappings()
    files: dict[int, list[tuple[str, str]]] = {}
    for row in tx.conn.execute(select(FILE).where(FILE.c.case_id == case_id)).mappings():
        files.setdefault(row["move_id"], []).append((row["name"], row["sha256"]))
    return tuple(_move(row, tuple(files.get(row["id"], ()))) for row in rows)


@shown(Permission.SEE_CASES)
def of_account(tx: Reading, scope: Scope, now: int, account_id: int) -> tuple[CaseLine, ...]:
    """All cases of one account, the live one first."""
    return listing(tx, scope, now, Wanted(account=account_id, over=True)).rows


def _move(row: Any, files: tuple[tuple[str, str], ...]) -> CaseMove:
    given = tuple((key, str(value)) for key, value in row["given"].items())
    return CaseMove(
        row["at"],
        row["move"],
        row["side"],
        row["name"] or "系统",
        row["words"],
        given,
        row["after"],
        files,
    )


def _conditions(tx: Reading, seen: Subquery, wanted: Wanted, now: int) -> list[ColumnElement[bool]]:
    conditions = [
        column == value
        for column, value in (
            (CASE.c.state, wanted.state),
            (CASE.c.holder, wanted.holder),
            (seen.c.region, wanted.region),
            (CASE.c.account_id, wanted.account),
            (CASE.c.id, wanted.case),
            (CASE.c.unit_id, wanted.unit),
        )
        if value
    ]
    if not (wanted.over or wanted.state):
        conditions.append(CASE.c.live.is_(True))
    if wanted.overdue:
        conditions.append(CASE.c.due_at < now)
    if wanted.mine:
        conditions.append(_mine(tx, wanted.mine, now))
    if wanted.text.strip():
        said = wanted.text.strip()
        conditions.append(
            or_(seen.c.name.contains(said, autoescape=True), seen.c.unit_name.contains(said))
        )
    return conditions


def _mine(tx: Reading, person_id: int, now: int) -> ColumnElement[bool]:
    """Cases that lie in a hand the person has, in a state his right is for."""
    kept = people.by_id(tx, person_id, now) if person_id else None
    if kept is None:
        return false()
    held = kept.person

    def inside(column: str, right: Permission) -> ColumnElement[bool]:
        reach = permissions.reach(held, right)
        units = select(UNIT_REV.c.unit_id).where(
            present(UNIT_REV, "unit_id", now), within(tx, reach, UNIT_REV.c.path, ())
        )
        return CASE.c[column].in_(units)

    desk = [
        and_(CASE.c.holder == Side.DESK, CASE.c.state.in_(states), inside(column, right))
        for right, column, states in TURNS
    ]
    city = and_(CASE.c.holder == Side.TRANSIT, inside("transit_id", Permission.TRANSIT_CASE))
    unit = and_(CASE.c.holder == Side.UNIT, inside("unit_id", Permission.RECTIFY))
    return or_(*desk, city, unit)


def _lines(tx: Reading, rows: list[dict[str, Any]], now: int) -> tuple[CaseLine, ...]:
    ids = [row["id"] for row in rows]
    newest = select(func.max(MOVE.c.id)).where(MOVE.c.case_id.in_(ids)).group_by(MOVE.c.case_id)
    moved = {
        row.case_id: (row.move, row.at)
        for row in tx.conn.execute(
            select(MOVE.c.case_id, MOVE.c.move, MOVE.c.at).where(MOVE.c.id.in_(newest))
        )
    }
    parties = {row[name] for row in rows for name in ("desk_id", "unit_id", "transit_id")}
    paths = unit_paths(tx, parties, now)
    reminded = _reminded(tx, ids)
    return tuple(_line(row, moved, paths, reminded) for row in rows)


def _reminded(tx: Reading, ids: list[int]) -> dict[int, int]:
    """When somebody was last reminded of each of these cases by the machine."""
    told = (STEP.c.case_id.in_(ids), STEP.c.told_at.is_not(None), STEP.c.reached > 0)
    newest = select(STEP.c.case_id, func.max(STEP.c.told_at)).where(*told)
    return {row[0]: row[1] for row in tx.conn.execute(newest.group_by(STEP.c.case_id))}


def _line(
    row: dict[str, Any],
    moved: dict[int, tuple[str, int]],
    paths: dict[int, str],
    reminded: dict[int, int],
) -> CaseLine:
    last, at = moved.get(row["id"], ("", None))
    return CaseLine(
        kept=kept_of(row),
        **{name: row[name] for name in _ACCOUNT},
        held_since=row["held_since"],
        due_at=row["due_at"],
        last_move=last,
        last_at=at,
        desk_path=paths.get(row["desk_id"], ""),
        unit_path=paths.get(row["unit_id"], ""),
        transit_path=paths.get(row["transit_id"], ""),
        reminded=reminded.get(row["id"], 0) >= row["held_since"],
    )


_ACCOUNT: Final = ("name", "platform", "unit_name", "region_name", "county_name")
