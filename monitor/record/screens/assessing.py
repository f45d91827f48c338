"""考核 on screen: the periods that are or were assessed, what happened, objections within scope."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, case, func, select

from monitor.access import scopes
from monitor.access.declared import shown
from monitor.domain.assessed import Fact
from monitor.domain.assessment import TOLD, Kind, Move, Plea, State
from monitor.domain.assessment_kept import Assessment, KeptObjection, SchemeRevision
from monitor.domain.contact import Contact, OwnerKind
from monitor.domain.person import Permission
from monitor.domain.scope import EVERYTHING, Scope
from monitor.record import assessed, assessments, contacts, schemes
from monitor.record.assessments import ASSESSMENT, Moved
from monitor.record.objections import OBJECTION, objection_of
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA

ROSTER: Final = METADATA.tables["assessment_roster"]
MANUAL: Final = METADATA.tables["assessment_manual"]
TOTAL: Final = METADATA.tables["assessment_total"]
MOVE: Final = METADATA.tables["assessment_move"]
PERSON: Final = METADATA.tables["person"]
MOST: Final = 60


@dataclass(frozen=True, slots=True)
class Counted:
    """How much of an assessment there is, and how much of it waits for somebody."""

    units: int = 0
    objections: int = 0
    open_objections: int = 0
    items: int = 0
    open_items: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """One assessment with its scheme's title and number, what waits, who moved it last, and the
    number and row of the bulletin it went out with."""

    kept: Assessment
    scheme: str
    number: int
    counted: Counted
    moved_by: int | None
    coverage: float | None = None
    issued: str = ""
    bulletin_id: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """An objection with the unit's name and code, who raised and who decided it, and whom to call,
    masked."""

    kept: KeptObjection
    unit: str
    unit_name: str
    raised_by: str
    decided_by: str
    phones: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Happened:
    """A move with the name of who made it."""

    moved: Moved
    person: str


@shown(Permission.SEE_SCORES)
def listing(tx: Reading, scope: Scope, assessment_id: int | None = None) -> tuple[Told, ...]:
    """The newest assessments, or one: all of them for who reaches the whole house, else those that
    were told to units and have one in the scope. A trial is the house's own."""
    house = scopes.within(EVERYTHING, scope)
    query = select(ASSESSMENT).order_by(ASSESSMENT.c.id.desc()).limit(MOST)
    if assessment_id is not None:
        query = query.where(ASSESSMENT.c.id == assessment_id)
    if not house:
        told = [each.value for each in TOLD]
        query = query.where(ASSESSMENT.c.state.in_(told), ASSESSMENT.c.kind == Kind.FORMAL.value)
    found = [assessments.assessment_of(row) for row in tx.conn.execute(query).mappings()]
    mine = found if house else [each for each in found if _has_one(tx, scope, each.id)]
    return _told(tx, mine)


@shown(Permission.SEE_SCORES)
def objections(tx: Reading, scope: Scope, assessment_id: int) -> tuple[Said, ...]:
    """The objections of units in the scope against one assessment, in the order they came."""
    raised, decided = PERSON.alias("raised"), PERSON.alias("decided")
    query = (
        select(
            OBJECTION,
            ROSTER.c.unit.label("code"),
            ROSTER.c.name,
            ROSTER.c.path,
            raised.c.name.label("raiser"),
            decided.c.name.label("decider"),
        )
        .join(
            ROSTER,
            (ROSTER.c.unit_id == OBJECTION.c.unit_id)
            & (ROSTER.c.assessment_id == OBJECTION.c.assessment_id),
        )
        .outerjoin(raised, raised.c.id == OBJECTION.c.raised_by)
        .outerjoin(decided, decided.c.id == OBJECTION.c.decided_by)
        .where(OBJECTION.c.assessment_id == assessment_id)
        .order_by(OBJECTION.c.id)
    )
    rows = [
        row for row in tx.conn.execute(query).mappings() if scopes.covers(scope, row["path"], "")
    ]
    phones = contacts.of_many(tx, OwnerKind.OBJECTION, [row["id"] for row in rows])
    return tuple(
        Said(
            *(objection_of(row), row["code"], row["name"]),
            *(row["raiser"] or "", row["decider"] or "", phones.get(row["id"], ())),
        )
        for row in rows
    )


@shown(Permission.SEE_SCORES)
def facts(tx: Reading, scope: Scope, assessment_id: int, unit: str = "") -> tuple[Fact, ...]:
    """What was frozen of a unit (its code) in the scope, once its result was told."""
    rows = [each for each in assessed.roster(tx, assessment_id) if each.unit == unit]
    mine = [each for each in rows if scopes.covers(scope, each.path, "")]
    if not mine or not listing(tx, scope, assessment_id):
        return ()
    return tuple(assessed.facts(tx, assessment_id, unit))


@shown(Permission.ASSESS, Permission.SETTLE)
def history(tx: Reading, scope: Scope, assessment_id: int) -> tuple[Happened, ...]:
    """What happened to an assessment, for the house that makes it; the oldest first."""
    if not scopes.within(EVERYTHING, scope):
        return ()
    names = _names(tx)
    return tuple(
        Happened(each, names.get(each.person_id or 0, ""))
        for each in assessments.moves(tx, assessment_id)
    )


@shown(Permission.SEE_SCORES)
def revisions(tx: Reading, scope: Scope) -> tuple[SchemeRevision, ...]:
    """The revisions of schemes: all for the house that makes them, for others what was issued."""
    if scope.empty:
        return ()
    house = scopes.within(EVERYTHING, scope)
    return tuple(each for each in schemes.every(tx) if house or each.state is State.IN_FORCE)


def _has_one(tx: Reading, scope: Scope, assessment_id: int) -> bool:
    query = select(ROSTER.c.path).where(ROSTER.c.assessment_id == assessment_id)
    return any(scopes.covers(scope, path, "") for path in tx.conn.execute(query).scalars())


def _told(tx: Reading, found: list[Assessment]) -> tuple[Told, ...]:
    ids = [each.id for each in found]
    kept = {each.id: each for each in schemes.every(tx)}
    counted, movers, seen = _counted(tx, ids), _movers(tx, ids), _seen(tx, ids)
    out = _issued(tx, ids)
    return tuple(
        Told(
            each,
            kept[each.scheme_revision_id].name,
            kept[each.scheme_revision_id].number,
            counted[each.id],
            movers.get(each.id),
            seen.get(each.id),
            *out.get(each.id, ("", None)),
        )
        for each in found
    )


def counted(tx: Reading, assessment_id: int) -> Counted:
    """How much of one assessment waits."""
    return _counted(tx, [assessment_id])[assessment_id]


def mover(tx: Reading, assessment_id: int) -> int | None:
    """Who moved an assessment last."""
    return _movers(tx, [assessment_id]).get(assessment_id)


def _counted(tx: Reading, ids: list[int]) -> dict[int, Counted]:
    units = _sums(tx, select(ROSTER.c.assessment_id, func.count()), ROSTER.c.assessment_id, ids)
    pleas = _sums(
        tx,
        select(
            OBJECTION.c.assessment_id,
            func.count(),
            func.sum(case((OBJECTION.c.state == Plea.RAISED.value, 1), else_=0)),
        ),
        OBJECTION.c.assessment_id,
        ids,
    )
    items = _sums(
        tx,
        select(
            MANUAL.c.assessment_id,
            func.count(),
            func.sum(case((MANUAL.c.agreed.is_(None), 1), else_=0)),
        ),
        MANUAL.c.assessment_id,
        ids,
    )
    none = (0, 0)
    return {
        each: Counted(*units.get(each, (0,)), *pleas.get(each, none), *items.get(each, none))
        for each in ids
    }


def _seen(tx: Reading, ids: list[int]) -> dict[int, float]:
    """数据完整度: the mean over the units of each."""
    query = select(TOTAL.c.assessment_id, func.avg(TOTAL.c.coverage)).where(
        TOTAL.c.assessment_id.in_(ids), TOTAL.c.coverage.is_not(None)
    )
    rows = tx.conn.execute(query.group_by(TOTAL.c.assessment_id))
    return {row[0]: float(row[1]) for row in rows}


def _issued(tx: Reading, ids: list[int]) -> dict[int, tuple[str, int | None]]:
    """The number of what went out, and its row in the register; none where it was typed."""
    query = select(MOVE.c.assessment_id, MOVE.c.words, MOVE.c.papers).where(
        MOVE.c.assessment_id.in_(ids), MOVE.c.move == Move.ISSUE.value
    )
    return {
        row.assessment_id: (row.words, int(row.papers[0]) if row.papers else None)
        for row in tx.conn.execute(query)
    }


def _sums(
    tx: Reading, query: Select[Any], column: Any, ids: list[int]
) -> Mapping[int, tuple[int, ...]]:
    rows = tx.conn.execute(query.where(column.in_(ids)).group_by(column))
    return {row[0]: tuple(int(each or 0) for each in row[1:]) for row in rows}


def _movers(tx: Reading, ids: list[int]) -> dict[int, int]:
    """The last one to move each."""
    last = (
        select(func.max(MOVE.c.id))
        .where(
            MOVE.c.assessment_id.in_(ids),
            MOVE.c.after != MOVE.c.before,
            MOVE.c.after != State.RUNNING.value,
        )
        .group_by(MOVE.c.assessment_id)
    )
    query = select(MOVE.c.assessment_id, MOVE.c.person_id).where(MOVE.c.id.in_(last))
    return {row[0]: row[1] for row in tx.conn.execute(query) if row[1] is not None}


def _names(tx: Reading) -> dict[int, str]:
    return {row[0]: row[1] for row in tx.conn.execute(select(PERSON.c.id, PERSON.c.name))}


def decided_at(tx: Reading, assessment_id: int) -> int:
    """The stamp of the last upheld objection or agreed item, which a result must hold; 0: none."""
    upheld = select(func.max(OBJECTION.c.decided_at)).where(
        OBJECTION.c.assessment_id == assessment_id, OBJECTION.c.state == Plea.UPHELD.value
    )
    agreed = select(func.max(MANUAL.c.agreed_at)).where(
        MANUAL.c.assessment_id == assessment_id, MANUAL.c.agreed.is_not(None)
    )
    return max(int(tx.conn.execute(each).scalar() or 0) for each in (upheld, agreed))
