"""清理排查 on screen: the projects, how far each unit is, the lines, and whom the office drew."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Subquery, and_, func, select

from monitor.access.declared import shown
from monitor.domain.clearing import Count, Followed, Line, State
from monitor.domain.instants import OPEN
from monitor.domain.person import Permission
from monitor.domain.receipt import ALL_TRUE
from monitor.domain.receipt import CLEARING as CLEARING_LINK
from monitor.domain.scope import Scope
from monitor.record.cases import CASE
from monitor.record.clearings import ASKED, CLEARING, LINE, Kept, counts, kept_of, line_of
from monitor.record.lives import LIFE
from monitor.record.receipt_answers import ANSWER
from monitor.record.screens.scoping import visible
from monitor.record.store import Reading

MOST: Final = 200
SIZE: Final = 100
UNDONE: Final = "待处理"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines of a project: of one unit (0: all), in one state ('' all), drawn ones only, those
    without a decision only, those with one decision only;
    `skip` so many, for the pages after the first."""

    unit_id: int = 0
    state: str = ""
    sampled: bool = False
    undecided: bool = False
    decision: str = ""
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """How far one unit is; `path` is where it stands in the tree."""

    unit_id: int
    unit_name: str
    region: str
    region_name: str
    path: str
    count: Count


@dataclass(frozen=True, slots=True)
class Shown:
    """One line with its account as the registry knows it now: its state, the application that waits
    and the live case say how far what was decided has come."""

    line_id: int
    version: int
    account_id: int
    platform: str
    name: str
    registered: str
    unit_id: int
    unit_name: str
    region_name: str
    line: Line
    followed: Followed


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, and how many there are in all."""

    total: int
    rows: tuple[Shown, ...]


@shown(Permission.SEE_ACCOUNTS)
def projects(tx: Reading, scope: Scope, now: int) -> tuple[Kept, ...]:
    """The projects that ask something of an account in the scope, the newest first."""
    seen = visible(tx, scope, now)
    mine = select(LINE.c.clearing_id).join(seen, seen.c.account_id == LINE.c.account_id)
    rows = (
        select(CLEARING).where(CLEARING.c.id.in_(mine)).order_by(CLEARING.c.id.desc()).limit(MOST)
    )
    return tuple(kept_of(row) for row in tx.conn.execute(rows).mappings())


@shown(Permission.SEE_ACCOUNTS)
def progress(tx: Reading, scope: Scope, now: int, clearing_id: int = 0) -> tuple[Told, ...]:
    """How far each unit of the scope is in a project, by place and unit."""
    seen = visible(tx, scope, now)
    place = [seen.c[name] for name in ("unit_id", "unit_name", "region", "region_name", "path")]
    rows = tx.conn.execute(
        select(*place, *counts())
        .select_from(LINE.join(seen, seen.c.account_id == LINE.c.account_id))
        .where(LINE.c.clearing_id == clearing_id)
        .group_by(*place)
        .order_by(seen.c.region, seen.c.path)
    )
    return tuple(
        Told(row[0], row[1], row[2], row[3], row[4], Count(*(int(each) for each in row[5:])))
        for row in rows
    )


@shown(Permission.SEE_ACCOUNTS)
def lines(
    tx: Reading,
    scope: Scope,
    now: int,
    clearing_id: int = 0,
    wanted: Wanted = Wanted(),  # a frozen value
) -> Page:
    """Lines of a project in the scope, those of a unit together."""
    seen = visible(tx, scope, now)
    live = and_(CASE.c.account_id == seen.c.account_id, CASE.c.live)
    joined = (
        LINE.join(seen, seen.c.account_id == LINE.c.account_id)
        .outerjoin(LIFE, LIFE.c.account_id == seen.c.account_id)
        .outerjoin(CASE, live)
    )
    conditions = (LINE.c.clearing_id == clearing_id, *_conditions(wanted))
    total = select(func.count()).select_from(joined).where(*conditions)
    rows = (
        select(LINE, *_beside(seen), LIFE.c.pending, CASE.c.id.label("case_id"))
        .select_from(joined)
        .where(*conditions)
        .order_by(seen.c.region, seen.c.path, LINE.c.account_id)
        .limit(SIZE)
        .offset(wanted.skip)
    )
    found = tuple(_shown(row) for row in tx.conn.execute(rows).mappings())
    return Page(int(tx.conn.execute(total).scalar_one()), found)


@shown(Permission.CONFIRM)
def differing(tx: Reading, scope: Scope, now: int, clearing_id: int = 0) -> tuple[str, ...]:
    """Units that said by their link that something differs, and still owe an account, by name."""
    seen = visible(tx, scope, now)
    said = (
        select(ANSWER.c.id)
        .join(ASKED, ASKED.c.id == ANSWER.c.task_id)
        .where(
            ANSWER.c.kind == CLEARING_LINK,
            ANSWER.c.superseded_at == OPEN,
            ANSWER.c.note != ALL_TRUE,
            ASKED.c.clearing_id == LINE.c.clearing_id,
            ASKED.c.unit_id == LINE.c.unit_id,
        )
        .exists()
    )
    undone = LINE.c.state.in_([State.WAITING.value, State.RETURNED.value])
    rows = tx.conn.execute(
        select(seen.c.unit_name)
        .select_from(LINE.join(seen, seen.c.account_id == LINE.c.account_id))
        .where(LINE.c.clearing_id == clearing_id, undone, said)
        .distinct()
        .order_by(seen.c.unit_name)
    )
    return tuple(rows.scalars())


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.unit_id:
        found.append(LINE.c.unit_id == wanted.unit_id)
    if wanted.state == UNDONE:
        found.append(LINE.c.state.in_([State.WAITING.value, State.RETURNED.value]))
    elif wanted.state:
        found.append(LINE.c.state == wanted.state)
    if wanted.sampled:
        found.append(LINE.c.sampled)
    if wanted.undecided:
        found.append(LINE.c.decision == "")
    if wanted.decision:
        found.append(LINE.c.decision == wanted.decision)
    return found


def _beside(seen: Subquery) -> list[ColumnElement[object]]:
    """The account as the registry knows it; `state` is the line's, `now` the account's."""
    same = ("platform", "name", "unit_name", "region_name")
    return [*(seen.c[name] for name in same), seen.c.state.label("registered")]


def _shown(row: Any) -> Shown:
    same = ("version", "account_id", "platform", "name", "unit_id", "unit_name", "region_name")
    return Shown(
        line_id=row["id"],
        **{name: row[name] for name in same},
        registered=row["registered"],
        line=line_of(row),
        followed=Followed(row["registered"], row["pending"] or "", row["case_id"]),
    )
