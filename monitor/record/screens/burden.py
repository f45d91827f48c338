"""基层负担: the week's meter of a scope, unit by unit, and the very things behind each number."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, select

from monitor.access.declared import shown
from monitor.domain.burden import Sort
from monitor.domain.iso_week import week_of
from monitor.domain.person import Permission
from monitor.domain.scope import Scope
from monitor.record import burdens, reasons
from monitor.record.burdens import ALLOWANCE
from monitor.record.screens.scoping import UNIT_REV, present, within
from monitor.record.store import Reading
from monitor.record.tables.base import METADATA
from monitor.record.vault import Vault

PERSON: Final = METADATA.tables["person"]
MOST: Final = 200
MOST_PLACES: Final = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """One sort in a week: how much was issued, to how many units, the most that one unit (催办: one
    matter) got, how many are beyond the cap, and how many were so by allowance. `cap` None: no
    cap."""

    sort: Sort
    cap: int | None
    issued: int = 0
    units: int = 0
    most: int = 0
    beyond: int = 0
    allowed: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; empty means all."""

    sort: str = ""
    unit: int = 0


@dataclass(frozen=True, slots=True)
class UnitBurden:
    """What one unit was given in the week, by sort; whether that is beyond a cap, or was so and
    allowed."""

    unit_id: int
    unit_name: str
    issued: Mapping[str, int]
    beyond: bool
    allowed: bool


@dataclass(frozen=True, slots=True)
class Units:
    """A page of units, the most burdened first; how many there are."""

    total: int = 0
    rows: tuple[UnitBurden, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was issued: `matter` is `kind:id`, `at` seconds."""

    sort: str
    kind: str
    unit_id: int
    unit_name: str
    matter: str
    title: str
    at: int


@dataclass(frozen=True, slots=True)
class Items:
    """A page of things, the newest first; how many there are."""

    total: int = 0
    rows: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that more may be allowed for."""

    unit_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a section head allowed beyond the cap, and his words; `at` seconds."""

    sort: str
    unit_name: str
    extra: int
    name: str
    words: str
    at: int


@shown(Permission.SEE_HOME)
def meter(tx: Reading, scope: Scope, now: int) -> tuple[Figure, ...]:
    """The week of `now` within a scope, sort by sort; nothing at all without a scope."""
    if scope.empty:
        return ()
    caps = burdens.caps(tx)
    found = _loads(tx, scope, now, caps)
    number = found.c.issued
    rows = tx.conn.execute(
        select(
            found.c.sort,
            func.sum(number).label("issued"),
            func.count(func.distinct(found.c.unit_id)).label("units"),
            func.max(number).label("most"),
            _sum(number > found.c.cap + found.c.extra).label("beyond"),
            _sum(and_(number > found.c.cap, number <= found.c.cap + found.c.extra)).label(
                "allowed"
            ),
        ).group_by(found.c.sort)
    ).mappings()
    by_sort = {row["sort"]: row for row in rows}
    return tuple(_figure(each, caps.get(each), by_sort.get(each.value)) for each in Sort)


@shown(Permission.SEE_HOME)
def units(
    tx: Reading, scope: Scope, now: int, wanted: Wanted, *, limit: int = 50, offset: int = 0
) -> Units:
    """A page of the units that were given anything this week (of the sort wanted)."""
    found = _loads(tx, scope, now, burdens.caps(tx))
    of = (found.c.sort == wanted.sort,) if wanted.sort else ()
    columns = [_sum_of(found, each).label(each.name) for each in Sort]
    beyond = func.max(case((found.c.issued > found.c.cap + found.c.extra, 1), else_=0))
    above = func.max(case((found.c.issued > found.c.cap, 1), else_=0))
    told = (beyond.label("beyond"), above.label("above"))
    query = (
        select(found.c.unit_id, found.c.unit_name, *columns, *told)
        .where(*of)
        .group_by(found.c.unit_id, found.c.unit_name)
    )
    ordered = query.order_by(
        beyond.desc(), func.sum(found.c.issued).desc(), found.c.unit_name
    ).limit(min(limit, MOST))
    rows = tx.conn.execute(ordered.offset(offset)).mappings()
    lines = tuple(
        UnitBurden(
            row["unit_id"],
            row["unit_name"],
            {each.value: int(row[each.name]) for each in Sort},
            bool(row["beyond"]),
            bool(row["above"] and not row["beyond"]),
        )
        for row in rows
    )
    return Units(_count(tx, query), lines)


@shown(Permission.SEE_HOME)
def items(
    tx: Reading, scope: Scope, now: int, wanted: Wanted, *, limit: int = 50, offset: int = 0
) -> Items:
    """A page of what was issued this week, of a sort or to a unit where one is wanted."""
    sorts = tuple(each for each in Sort if wanted.sort in ("", each.value))
    rows = burdens.issued(week_of(now), sorts or tuple(Sort))
    of = (rows.c.unit_id == wanted.unit,) if wanted.unit else ()
    query = (
        select(
            *(rows.c[name] for name in ("sort", "kind", "unit_id", "matter", "title", "at")),
            UNIT_REV.c.name.label("unit_name"),
        )
        .join(UNIT_REV, UNIT_REV.c.unit_id == rows.c.unit_id)
        .where(*_here(tx, scope, now), *of)
    )
    ordered = query.order_by(rows.c.at.desc(), rows.c.matter, rows.c.unit_id)
    paged = ordered.limit(min(limit, MOST)).offset(offset)
    lines = tuple(Item(**row) for row in tx.conn.execute(paged).mappings())
    return Items(_count(tx, query), lines)


@shown(Permission.SEE_HOME)
def allowed(tx: Reading, scope: Scope, now: int, vault: Vault | None = None) -> tuple[Allowed, ...]:
    """What was allowed this week for units of the scope, the newest first; the words with a vault
    that opens them."""
    rows = tx.conn.execute(
        select(
            *(ALLOWANCE.c[name] for name in ("sort", "extra", "recorded_at")),
            UNIT_REV.c.name.label("unit_name"),
            func.coalesce(PERSON.c.name, "").label("name"),
            ALLOWANCE.c.reason_id,
        )
        .join(UNIT_REV, UNIT_REV.c.unit_id == ALLOWANCE.c.unit_id)
        .outerjoin(PERSON, PERSON.c.id == ALLOWANCE.c.by)
        .where(ALLOWANCE.c.week == week_of(now), *_here(tx, scope, now))
        .order_by(ALLOWANCE.c.id.desc())
        .limit(MOST)
    ).all()
    ids = [row.reason_id for row in rows]
    said = reasons.texts(tx, vault, ids) if vault is not None else {}
    return tuple(
        Allowed(
            row.sort,
            row.unit_name,
            row.extra,
            row.name,
            said.get(row.reason_id, reasons.GONE),
            row.recorded_at // 1_000_000,
        )
        for row in rows
    )


@shown(Permission.EXCEED)
def places(tx: Reading, scope: Scope, now: int) -> tuple[Place, ...]:
    """The units of a scope in the order of the tree; at most `MOST_PLACES`, the highest first."""
    rows = tx.conn.execute(
        select(UNIT_REV.c.unit_id, UNIT_REV.c.name)
        .where(*_here(tx, scope, now))
        .order_by(func.length(UNIT_REV.c.path), UNIT_REV.c.path)
        .limit(MOST_PLACES)
    )
    return tuple(Place(row.unit_id, row.name) for row in rows)


def _here(tx: Reading, scope: Scope, now: int) -> tuple[ColumnElement[bool], ...]:
    return (
        present(UNIT_REV, "unit_id", now),
        within(tx, scope, UNIT_REV.c.path, (UNIT_REV.c.line,)),
    )


def _loads(tx: Reading, scope: Scope, now: int, caps: Mapping[Sort, int]) -> Subquery:
    """The week's loads of a scope: with the unit's name, cap (NULL: none) and what was allowed."""
    week = week_of(now)
    found = burdens.loads(week)
    cap = case({each.value: limit for each, limit in caps.items()}, value=found.c.sort)
    return (
        select(
            *found.c,
            UNIT_REV.c.name.label("unit_name"),
            cap.label("cap"),
            burdens.allowed_more(week, found.c.sort, UNIT_REV.c.path).label("extra"),
        )
        .join(UNIT_REV, UNIT_REV.c.unit_id == found.c.unit_id)
        .where(*_here(tx, scope, now))
        .subquery("here")
    )


def _figure(sort: Sort, cap: int | None, row: Any) -> Figure:
    if row is None:
        return Figure(sort, cap)
    counted = {key: int(row[key]) for key in ("issued", "units", "most", "beyond", "allowed")}
    return Figure(sort, cap, **counted)


def _sum(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.sum(case((condition, 1), else_=0))


def _sum_of(found: Subquery, sort: Sort) -> ColumnElement[Any]:
    return func.sum(case((found.c.sort == sort.value, found.c.issued), else_=0))


def _count(tx: Reading, query: Select[Any]) -> int:
    counted = select(func.count()).select_from(query.subquery())
    return int(tx.conn.execute(counted).scalar_one())
