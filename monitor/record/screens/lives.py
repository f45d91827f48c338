"""账号办理: what waits to be decided, filing clocks, 失管, closures to verify, the yearly check."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Subquery, and_, case, exists, func, select

from monitor.access.declared import shown
from monitor.domain.account import State
from monitor.domain.instants import OPEN
from monitor.domain.lifecycle import Move
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record.lives import LIFE, MOVE, signing
from monitor.record.screens.scoping import may_see, visible
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

ACCOUNT_REV: Final = METADATA.tables["account_rev"]
FINDING: Final = METADATA.tables["finding"]
PERSON: Final = METADATA.tables["person"]
MICRO: Final = 1_000_000
MISMATCH: Final = "备案与平台状态不一致"
TO_CHECK: Final = (
    *(State.ACTIVE, State.PAUSED, State.LOST, State.UNCHECKED),
    *(State.CLOSING, State.ANNOUNCED, State.CLOSED),
)
ENDING: Final = (State.CLOSING, State.ANNOUNCED, State.CLOSED)
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Lived:
    """One account and what waits of it: seconds UTC, days as ISO texts, '' where there is none.

    `told` is what the list is about: the clock, the sentence of a finding.
    """

    account_id: int
    platform: str
    name: str
    state: str
    unit_name: str
    region_name: str
    path: str
    pending: str = ""
    applicant: str = ""
    wanted: dict[str, Any] | None = None
    closure: bool = False
    until: str = ""
    there: str = ""
    here: str = ""
    version: int = 0
    told: str = ""
    at: int | None = None
    provisional: bool = False
    details: dict[str, Any] | None = None
    approval_id: int | None = None
    approval_state: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, and how many there are in all."""

    total: int
    rows: tuple[Lived, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the yearly check is in one prefecture: confirmed of all."""

    region: str
    done: int
    every: int


@dataclass(frozen=True, slots=True)
class Past:
    """One move that was made; `at` and `due_at` in seconds."""

    at: int
    move: str
    before: str
    after: str
    given: dict[str, Any]
    person: str
    clock: str
    due_at: int | None
    met_at: int | None


@dataclass(frozen=True, slots=True)
class Named:
    """A name an account bore, from a second (None: always) until the next."""

    name: str
    since: int


@shown(Permission.APPLY, Permission.CONFIRM)
def pending(tx: Reading, scope: Scope, now: int, *, limit: int = MOST, offset: int = 0) -> Page:
    """Applications nobody has decided, by account."""
    seen = visible(tx, scope, now)
    joined = seen.join(LIFE, LIFE.c.account_id == seen.c.account_id)
    closing = (LIFE.c.pending != Move.APPLY_CLOSE.value) | (seen.c.state == State.CLOSING.value)
    return _page(tx, (seen, joined), (LIFE.c.pending != "", closing), (limit, offset))


@shown(Permission.APPLY, Permission.CONFIRM)
def ending(tx: Reading, scope: Scope, now: int, *, limit: int = MOST, offset: int = 0) -> Page:
    """Accounts between 拟关停 and 已注销: which side is still to be verified."""
    seen = visible(tx, scope, now)
    joined = seen.outerjoin(LIFE, LIFE.c.account_id == seen.c.account_id)
    return _page(tx, (seen, joined), (seen.c.state.in_(ENDING),), (limit, offset))


@shown(Permission.APPLY, Permission.CONFIRM)
def lost(tx: Reading, scope: Scope, now: int, *, limit: int = MOST, offset: int = 0) -> Page:
    """失管待找回, those of one unit together."""
    seen = visible(tx, scope, now)
    joined = seen.outerjoin(LIFE, LIFE.c.account_id == seen.c.account_id)
    return _page(tx, (seen, joined), (seen.c.state == State.LOST.value,), (limit, offset))


@shown(Permission.APPLY, Permission.CONFIRM)
def clocks(tx: Reading, scope: Scope, now: int, *, limit: int = MOST, offset: int = 0) -> Page:
    """Filings that run or are overdue, the most urgent first."""
    seen = visible(tx, scope, now)
    running = and_(MOVE.c.due_at.is_not(None), MOVE.c.met_at.is_(None))
    joined = seen.join(MOVE, and_(MOVE.c.account_id == seen.c.account_id, running))
    joined = joined.outerjoin(LIFE, LIFE.c.account_id == seen.c.account_id)
    beside = (
        MOVE.c.clock.label("told"),
        MOVE.c.due_at.label("at"),
        MOVE.c.provisional.label("provisional"),
    )
    return _page(tx, (seen, joined), (), (limit, offset), beside, MOVE.c.due_at)


@shown(Permission.CONFIRM)
def reopened(tx: Reading, scope: Scope, now: int, *, limit: int = MOST, offset: int = 0) -> Page:
    """Closed or removed accounts the platform tells otherwise of, by the finding that stands."""
    seen = visible(tx, scope, now)
    newest = (
        select(FINDING.c.account_id, func.max(FINDING.c.id).label("id"))
        .where(FINDING.c.rule == MISMATCH, FINDING.c.superseded_at == OPEN)
        .group_by(FINDING.c.account_id)
        .subquery("newest")
    )
    joined = seen.join(newest, newest.c.account_id == seen.c.judged_id)
    joined = joined.join(FINDING, FINDING.c.id == newest.c.id)
    joined = joined.outerjoin(LIFE, LIFE.c.account_id == seen.c.account_id)
    beside = (FINDING.c.sentence.label("told"), FINDING.c.as_of.label("at"))
    told = (FINDING.c.sentence != "",)
    return _page(tx, (seen, joined), told, (limit, offset), beside, FINDING.c.as_of)


@shown(Permission.APPLY, Permission.CONFIRM)
def unchecked(
    tx: Reading, scope: Scope, now: int, year: int = 0, *, limit: int = MOST, offset: int = 0
) -> Page:
    """Accounts nobody confirmed for a year."""
    seen = visible(tx, scope, now)
    joined = seen.outerjoin(LIFE, LIFE.c.account_id == seen.c.account_id)
    wanted = (seen.c.state.in_(TO_CHECK), ~_checked(seen, year))
    return _page(tx, (seen, joined), wanted, (limit, offset))


@shown(Permission.APPLY, Permission.CONFIRM)
def progress(tx: Reading, scope: Scope, now: int, year: int = 0) -> tuple[Progress, ...]:
    """By prefecture, how many accounts were confirmed for a year, and of how many."""
    seen = visible(tx, scope, now)
    done = func.sum(case((_checked(seen, year), 1), else_=0))
    rows = tx.conn.execute(
        select(seen.c.region_name, done, func.count())
        .where(seen.c.state.in_(TO_CHECK))
        .group_by(seen.c.region, seen.c.region_name)
        .order_by(seen.c.region)
    )
    return tuple(Progress(name or "省厅本级", int(n), int(every)) for name, n, every in rows)


@shown(Permission.APPLY, Permission.CONFIRM)
def one(tx: Reading, scope: Scope, now: int, account_id: int) -> Lived | None:
    """One official account of the scope, and what waits of it."""
    seen = visible(tx, scope, now)
    joined = seen.outerjoin(LIFE, LIFE.c.account_id == seen.c.account_id)
    rows = _page(tx, (seen, joined), (seen.c.account_id == account_id,), (1, 0)).rows
    return rows[0] if rows else None


@shown(Permission.SEE_ACCOUNTS)
def past(tx: Reading, scope: Scope, now: int, account_id: int) -> tuple[Past, ...]:
    """The moves of one account, the newest first."""
    if not may_see(tx, scope, now, account_id):
        return ()
    rows = tx.conn.execute(
        select(MOVE, PERSON.c.name.label("person"))
        .outerjoin(PERSON, PERSON.c.id == MOVE.c.person_id)
        .where(MOVE.c.account_id == account_id)
        .order_by(MOVE.c.id.desc())
        .limit(MOST)
    )
    return tuple(_past(row) for row in rows.mappings())


@shown(Permission.SEE_ACCOUNTS)
def names(tx: Reading, scope: Scope, now: int, account_id: int) -> tuple[Named, ...]:
    """The names an account bore, the oldest first; one that was never renamed has one."""
    if not may_see(tx, scope, now, account_id):
        return ()
    rows = tx.conn.execute(
        select(ACCOUNT_REV.c.name, ACCOUNT_REV.c.valid_from)
        .where(ACCOUNT_REV.c.account_id == account_id, ACCOUNT_REV.c.superseded_at == OPEN)
        .order_by(ACCOUNT_REV.c.valid_from)
    )
    found: list[Named] = []
    for name, since in rows:
        if not found or found[-1].name != name:
            found.append(Named(name, since))
    return tuple(found)


@shown(Permission.APPLY)
def reached(tx: Reading, scope: Scope, now: int, ids: Collection[int] = ()) -> set[int]:
    """Which of these accounts, official ones, stand in the scope."""
    seen = visible(tx, scope, now)
    rows = select(seen.c.account_id).where(seen.c.account_id.in_(ids))
    return set(tx.conn.execute(rows).scalars())


def _checked(seen: Subquery, year: int) -> ColumnElement[bool]:
    return exists().where(MOVE.c.account_id == seen.c.account_id, MOVE.c.year == year)


def _page(
    tx: Reading,
    over: tuple[Subquery, Any],
    conditions: tuple[Any, ...],
    cut: tuple[int, int],
    beside: tuple[ColumnElement[Any], ...] = (),
    order: ColumnElement[Any] | None = None,
) -> Page:
    seen, joined = over
    total = select(func.count()).select_from(joined).where(*conditions)
    place = ("region", "unit_id", "account_id")
    first = [seen.c[name] for name in place] if order is None else [order, seen.c.account_id]
    applicant = select(PERSON.c.name).where(PERSON.c.id == LIFE.c.applicant).scalar_subquery()
    rows = (
        select(
            *(seen.c[name] for name in _OWN),
            *(LIFE.c[name] for name in _KEPT),
            applicant.label("applicant"),
            *signing(),
            *beside,
        )
        .select_from(joined)
        .where(*conditions)
        .order_by(*first)
        .limit(min(cut[0], MOST))
        .offset(cut[1])
    )
    found = tuple(_lived(row) for row in tx.conn.execute(rows).mappings())
    return Page(int(tx.conn.execute(total).scalar_one()), found)


_OWN: Final = (
    *("account_id", "platform", "name", "state", "unit_name", "region_name", "path"),
    "details",
)
_KEPT: Final = ("pending", "wanted", "closure", "until", "there", "here", "version")


def _lived(row: Any) -> Lived:
    """What the outer join left empty stands at its default."""
    return Lived(**{key: value for key, value in row.items() if value is not None})


def _past(row: Any) -> Past:
    return Past(
        row["recorded_at"] // MICRO,
        row["move"],
        row["before"],
        row["after"],
        dict(row["given"]),
        row["person"] or "",
        row["clock"],
        row["due_at"],
        None if row["met_at"] is None else row["met_at"] // MICRO,
    )
